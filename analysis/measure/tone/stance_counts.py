"""Tone towards each actor, counted by actor and speaker; where the methods disagree."""

from bisect import bisect_right
from functools import cache
from statistics import NormalDist

import numpy as np
import pandas as pd

from ... import schema
from ...errors import SchemaError
from ...lexicons import read_lexicon
from ...schema import ACTOR_TYPES, LABELS, REFERRING, SENTENCE
from ..actors import most_frequent_type, select_counted
from ..talk import is_own_pronoun
from .stance import score_stance
from .vader import score_sentiment

# Fewer sentences than this are too few to rank an actor by, and for an interval.
FEWEST_SENTENCES = 5
# Of the bootstrap: how many draws, from which seed, and what share of them an interval covers
# (`data/t_quantiles.csv` is of that share).
DRAWS = 2000
SEED = 1
COVERED = 0.95
# Draws at a time, so that a corpus needs no more memory than an article.
CHUNK = 100


def select_toned(stance, *, kinds=REFERRING, types=ACTOR_TYPES):
    """Select the rows that `count_stance` counts: mentions counted and scored, no own pronouns.

    The own pronouns are a speaker's I and we, and any other pronoun for the speaker in the
    speaker's own words. `kinds` and `types` choose mentions as in `select_counted`.
    """
    counted = select_counted(schema.check(stance, "stance"), kinds=kinds, types=types)
    return counted[counted["tone"].notna() & ~is_own_pronoun(counted)]


def count_stance(stance, *, by=None, kinds=REFERRING, types=ACTOR_TYPES):
    """Count in what tone each actor is spoken of: one row an actor (and a value of `by`), the most
    often mentioned first.

    `n_negative` … count mentions by label, `n_unsure` those without one; `tone` is the mean of all
    (-1 to 1), `low` to `high` its 95 % interval by bootstrap over the actor's sentences (expanded
    percentiles: Hesterberg 2015, The American Statistician 69), which knows of other sentences, not
    of the model's errors. It and `rank` (1: the most positive) are missing for an actor in fewer
    than 5 sentences: too few to say. `by="speaker"` keeps apart who speaks: a matrix of speakers
    and actors. `kinds` and `types` choose mentions as in `select_counted`.

    >>> articles = read_texts("Joe Biden praised Mike Pompeo. Vladimir Putin lied and stole.")
    >>> mentions = find_mentions(articles, split_tokens(articles))
    >>> stance = score_stance(mentions, split_sentences(articles))
    >>> count_stance(stance)[["actor", "n", "n_negative", "n_positive", "rank"]].values.tolist()
    [['Joe Biden', 1, 0, 0, nan], ['Mike Pompeo', 1, 0, 1, nan], ['Vladimir Putin', 1, 1, 0, nan]]
    """
    by = [by] if isinstance(by, str) else list(by or [])
    check_columns(stance, by)
    toned = select_toned(stance, kinds=kinds, types=types)
    columns = list(dict.fromkeys([*by, *schema.columns("stance_counts")]))
    counts = summarise(toned, list(dict.fromkeys([*by, "actor"]))).reindex(columns=columns)
    if "actor_type" not in by:
        types_known = most_frequent_type(toned) if len(toned) else {}
        counts["actor_type"] = counts["actor"].map(types_known).astype("str")
    enough = counts[counts["sentences"] >= FEWEST_SENTENCES]
    ranked = enough.groupby(by, dropna=False)["tone"] if by else enough["tone"]
    counts["rank"] = ranked.rank(ascending=False, method="min").reindex(counts.index)
    rising = [*[True] * len(by), False, True]
    counts = counts.sort_values([*by, "n", "actor"], ascending=rising, ignore_index=True)
    return counts.astype({name: schema.dtype_of(name) for name in columns})


def check_columns(stance, by):
    """Refuse to count by columns that are not there, or that do not say who speaks."""
    for wrong in (name for name in by if name not in stance or name in (*LABELS, "tone")):
        listed = ", ".join(schema.columns("mentions"))
        raise SchemaError(
            f"no column `{wrong}` in the stance table to count by. "
            f"Choose from: {listed}, speaker, label."
        )
    if "speaker" in by and len(stance) and stance["speaker"].isna().all():
        raise SchemaError(
            "these scores do not say who speaks. "
            "Make them with score_stance(mentions, sentences, quotes, speech)."
        )


def summarise(toned, keys):
    """The counts, the mean tone and its interval of the rows with the same keys: one row each.

    Groups are in the order of their first rows.
    """
    group = toned.groupby(keys, dropna=False, sort=False).ngroup().to_numpy()
    sizes = np.bincount(group)
    once = toned[SENTENCE].assign(group=group).drop_duplicates()
    numbers = {"n": sizes, "sentences": np.bincount(once["group"], minlength=len(sizes))}
    counted = {f"n_{label}": toned["label"].eq(label) for label in LABELS}
    counted["n_unsure"] = toned["label"].isna()
    for column, fits in counted.items():
        numbers[column] = np.bincount(group[fits.to_numpy(bool)], minlength=len(sizes))
    tone = toned["tone"].to_numpy()
    rows = split_runs(np.argsort(group, kind="stable"), sizes)
    numbers["tone"] = [tone[its].mean() for its in rows]
    first = toned.loc[~pd.Series(group, index=toned.index).duplicated(), keys]
    low, high = intervals(toned, group, numbers["sentences"])
    return first.reset_index(drop=True).assign(**numbers, low=low, high=high)


def intervals(toned, group, sentences):
    """(low, high) of each group's mean tone; missing where it has too few `sentences`."""
    low, high = np.full((2, len(sentences)), np.nan)
    # Most actors of a long text are in too few sentences.
    enough = np.flatnonzero(sentences >= FEWEST_SENTENCES)
    chosen = np.isin(group, enough)
    keyed = toned[[*SENTENCE, "tone"]][chosen].assign(group=group[chosen])
    by_sentence = keyed.groupby(["group", *SENTENCE])["tone"].agg(["sum", "size"]).to_numpy()
    for number, of_group in zip(enough, split_runs(by_sentence, sentences[enough]), strict=True):
        low[number], high[number] = tone_interval(of_group)
    return low, high


def split_runs(values, sizes):
    """Values that stand together, parted into runs of the given sizes."""
    return np.split(values, np.cumsum(sizes)[:-1]) if len(sizes) else []


def tone_interval(by_sentence):
    """The bootstrap interval of a mean over clusters, given as rows of (sum, size).

    Missing where there are too few.
    """
    n = len(by_sentence)
    if n < FEWEST_SENTENCES:
        return float("nan"), float("nan")
    random = np.random.default_rng(SEED)
    drawn = []
    for _ in range(DRAWS // CHUNK):
        drawn.append(by_sentence[random.integers(n, size=(CHUNK, n))].sum(axis=1))
    sums, sizes = np.concatenate(drawn).T
    tail = NormalDist().cdf(-((n / (n - 1)) ** 0.5) * t_quantile(n - 1))
    return tuple(np.percentile(sums / sizes, [100 * tail, 100 * (1 - tail)]))


def t_quantile(degrees):
    """Student's t for a 95 % interval; above the table's end, that of its next lower row."""
    known, t = t_table()
    return t[bisect_right(known, degrees) - 1]


@cache
def t_table():
    """The degrees of freedom and the t of each row of `data/t_quantiles.csv`."""
    table = read_lexicon("t_quantiles")
    return table["degrees"].astype(int).tolist(), table["t"].astype(float).tolist()


def compare_methods(stance, sentences, speech=None):
    """Compare three methods: one row a mention that is counted, those that differ most first.

    `vader` is VADER's compound score of the whole sentence, `model` the tone that `stance` holds,
    `lexicon` that by VADER's words around the mention, all from -1 to 1; `spread` is the greatest
    difference. The first rows are the ones to read. `speech` is needed where the stance was scored
    with it.

    >>> articles = read_texts("Vladimir Putin praised the murder of a good man.")
    >>> sentences = split_sentences(articles)
    >>> stance = score_stance(find_mentions(articles, split_tokens(articles)), sentences)
    >>> compare_methods(stance, sentences)["actor"].tolist()
    ['Vladimir Putin']
    """
    toned = select_toned(stance)
    compound = score_sentiment(sentences).set_index(SENTENCE)["compound"]
    by_words = score_stance(toned, sentences, speech=speech, method="lexicon")
    places = pd.MultiIndex.from_frame(toned[SENTENCE])
    table = toned.assign(
        model=toned["tone"],
        lexicon=by_words["tone"].to_numpy(),
        vader=compound.reindex(places).to_numpy(),
    )
    numbers = table[["vader", "lexicon", "model"]]
    table["spread"] = numbers.max(axis=1) - numbers.min(axis=1)
    table = table.sort_values("spread", ascending=False, kind="stable", ignore_index=True)
    return schema.table(table[schema.columns("methods")], "methods")
