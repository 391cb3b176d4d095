"""Tone towards each actor, counted by actor and speaker; where the methods disagree."""

import numpy as np
import pandas as pd

from ... import schema
from ...errors import SchemaError
from ...find.corrections import CORRECTED
from ...schema import ACTOR_TYPES, LABELS, REFERRING, SENTENCE
from ..actors import count_types, most_frequent_type, select_counted
from ..answers import check_items, match_answers
from ..corrected import add_corrected, asked_codings, compare_corrected
from ..groups import by_article
from ..in_parts import add_up
from ..inference import share_interval
from ..outlets import tell_columns
from ..sums import mark_first
from ..talk import is_own_pronoun
from .stance import score_stance
from .vader import score_sentiment

# The label of which shares are told: what the model calls positive is mostly neutral.
NEGATIVE = LABELS[0]
# Fewer sentences than this are too few to say anything of an actor.
FEWEST_SENTENCES = 5
# What an interval covers.
COVERED = 0.95


def select_toned(stance, *, kinds=REFERRING, types=ACTOR_TYPES):
    """Select the rows that `count_stance` counts: mentions counted and scored, no own pronouns.

    The own pronouns are a speaker's I and we, and any other pronoun for the speaker in the
    speaker's own words. `kinds` and `types` choose mentions as in `select_counted`.
    """
    counted = select_counted(schema.check(stance, "stance"), kinds=kinds, types=types)
    return counted[counted["tone"].notna() & ~is_own_pronoun(counted)]


@by_article
def count_stance(stance, *, by=None, kinds=REFERRING, types=ACTOR_TYPES, coded=None):
    """Count in what tone each actor is spoken of: one row an actor (and a value of `by`), the most
    often mentioned first.

    `n_negative` … count mentions by label, `n_unsure` those without one; `negative_share` is the
    share of all in a negative light (0 to 1), `low` to `high` its 95 % interval (Wilson 1927, with
    as many observations as there are sentences), which knows of other sentences, not of the model's
    errors. The three are missing for an actor in fewer than 5 sentences: too few to say. There is
    no mean tone: on news that nobody chose for its tone, what the model calls positive is mostly
    neutral (`read_accuracy()`). `by="speaker"` keeps apart who speaks: a matrix of speakers and
    actors. `kinds` and `types` choose mentions as in `select_counted`.

    With `coded`, codings of the tone (`read_codings`), `corrected` is the share as the coder would
    have it, and `low` to `high` the 95 % interval of that, by prediction-powered inference: the
    machine's share of all mentions plus its mean error among those coded (Angelopoulos et al.
    2023). It is of these mentions, not of what else might have been written, so that it needs a
    random sample (`sample_rows`) and not that mentions are independent of each other. It is given
    from 5 coded mentions of an actor on; below, `low` to `high` is borrowed from the machine's
    errors on public data and only as good as these are like your text (`basis_of_interval`).
    `coded="borrowed"` asks for that alone.

    >>> articles = read_texts("Joe Biden praised Mike Pompeo. Vladimir Putin lied and stole.")
    >>> mentions = find_mentions(articles, split_tokens(articles))
    >>> stance = score_stance(mentions, split_sentences(articles))
    >>> count_stance(stance)[["actor", "n", "n_negative", "negative_share"]].values.tolist()
    [['Joe Biden', 1, 0, nan], ['Mike Pompeo', 1, 0, nan], ['Vladimir Putin', 1, 1, nan]]
    """
    by = [by] if isinstance(by, str) else list(by or [])
    sums = add_up(tally_stance, stance, by=by, kinds=kinds, types=types)
    columns = list(dict.fromkeys([*by, *schema.columns("stance_counts")]))
    counts = add_shares(sums["toned"]).reindex(columns=columns)
    if "actor_type" not in by:
        types_known = most_frequent_type(sums["types"])
        counts["actor_type"] = counts["actor"].map(types_known).astype("str")
    rising = [*[True] * len(by), False, True]
    counts = counts.sort_values([*by, "n", "actor"], ascending=rising, ignore_index=True)
    counts = counts.astype({name: schema.dtype_of(name) for name in columns})
    if coded is None:
        return counts
    codings = asked_codings(coded)
    check_items(stance, codings)
    matched = match_answers(select_toned(stance, kinds=kinds, types=types), codings, "tone")
    keys = list(dict.fromkeys([*by, "actor"]))
    return add_corrected(counts, matched, keys, lambda row: NEGATIVE, task="tone")


def compare_stance(stance, by="actor", *, coded, table=None, least=10):
    """Compare in what tone groups of mentions are spoken of: one row two groups, large ones first.

    `by` is a column of the stance table, or of the articles handed over as `table` (outlet, month
    …). `machine` is the share of negative mentions of `group` minus that of `other`; `corrected`
    the same as the coder would have it, with the 95 % interval from `low` to `high`: where that
    holds 0, the sample does not tell which is spoken of more negatively. Groups have at least
    `least` mentions (10 by default) and for a corrected difference as many coded ones: see
    `count_stance`.

    >>> articles = read_texts("Joe Biden praised Mike Pompeo. Vladimir Putin lied and stole.")
    >>> mentions = find_mentions(articles, split_tokens(articles))
    >>> stance = score_stance(mentions, split_sentences(articles))
    >>> pairs = compare_stance(stance, coded=read_codings([]), least=1)
    >>> pairs[["group", "other", "machine"]].values.tolist()[-1]
    ['Mike Pompeo', 'Vladimir Putin', -1.0]
    """
    if table is not None and by not in stance:
        of_article = tell_columns(table).drop_duplicates("doc_id").set_index("doc_id")
        if by not in of_article:
            raise SchemaError(f"no column `{by}` in that table to compare by.")
        stance = stance.assign(**{by: stance["doc_id"].map(of_article[by])})
    check_columns(stance, [by])
    codings = asked_codings(coded)
    check_items(stance, codings)
    matched = match_answers(select_toned(stance), codings, "tone")
    sizes = matched[by].value_counts()
    matched = matched[matched[by].isin(sizes[sizes >= least].index)]
    rows = compare_corrected(matched, by, NEGATIVE)
    return schema.table(rows, "stance_comparison")


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


def tally_stance(sums, stance, *, by, kinds, types):
    """Note how many mentions of each actor have which label, and in how many sentences."""
    check_columns(stance, by)
    toned = select_toned(stance, kinds=kinds, types=types)
    keys = list(dict.fromkeys([*by, "actor"]))
    counted = {f"n_{label}": toned["label"].eq(label) for label in LABELS}
    counted["n_unsure"] = toned["label"].isna()
    counted = {column: fits.fillna(False).astype("int64") for column, fits in counted.items()}
    rows = toned.assign(n=1, sentences=mark_first(toned, [*keys, *SENTENCE]), **counted)
    sums.add("toned", rows, keys, dict.fromkeys(["n", "sentences", *counted], "sum"))
    count_types(sums, toned)


def add_shares(counts):
    """Counts with the negative share and its interval; missing of too few sentences."""
    sentences = counts["sentences"].to_numpy()
    enough = sentences >= FEWEST_SENTENCES
    share = counts["n_negative"].to_numpy() / counts["n"].to_numpy()
    low, high = share_interval(share, sentences)
    told = {"negative_share": share, "low": low, "high": high}
    return counts.assign(**{name: np.where(enough, each, np.nan) for name, each in told.items()})


def compare_methods(stance, sentences, speech=None):
    """Compare three methods: one row a mention that is counted, those that differ most first.

    `vader` is VADER's compound score of the whole sentence, `model` the tone that `stance` holds,
    `lexicon` that by VADER's words around the mention, all from -1 to 1; `spread` is the greatest
    difference. The first rows are the ones to read. `speech` is needed where the stance was scored
    with it. A tone that a reader has given is of no method.

    >>> articles = read_texts("Vladimir Putin praised the murder of a good man.")
    >>> sentences = split_sentences(articles)
    >>> stance = score_stance(find_mentions(articles, split_tokens(articles)), sentences)
    >>> compare_methods(stance, sentences)["actor"].tolist()
    ['Vladimir Putin']
    """
    table = add_up(tally_methods, stance, sentences, speech)["methods"]
    table = table.sort_values("spread", ascending=False, kind="stable", ignore_index=True)
    return schema.table(table[schema.columns("methods")], "methods")


def tally_methods(sums, stance, sentences, speech):
    """Keep what each method says of each mention."""
    toned = select_toned(stance)
    toned = toned[toned["scored"] != CORRECTED]
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
    sums.keep("methods", schema.table(table[schema.columns("methods")], "methods"))
