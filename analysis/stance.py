"""Tone towards an actor: of each mention, in whose words; by actor and speaker; where the methods disagree."""

import unicodedata

import numpy as np
import pandas as pd

from . import encoder, nearby, schema
from .counts import ACTOR_TYPES, REFERRING, find_counted, most_frequent_type
from .errors import SchemaError
from .tone import score_sentiment
from .voices import find_voice, own_pronouns

LABELS = nearby.LABELS
METHODS = {"model": encoder.score, "lexicon": nearby.score}
# Below this probability no label is given. With it the model names a tone for 94 in 100 mentions of NewsMTSC's dev parts (benchmarks/README.md).
CONFIDENCE = 0.5
# Fewer sentences than this are too few to rank an actor by.
FEWEST_SENTENCES = 5
CUT = "; of a very long sentence, what stands around the mention"
DRAWS, SEED, INTERVAL = 2000, 1, 95
SENTENCE = ["doc_id", "sentence_id"]


def score_stance(mentions, sentences, quotes=None, method="model"):
    """Score in what tone each mention's sentence speaks of the actor: the mentions table with the tone added, one row a mention.

    `negative`, `neutral` and `positive` are probabilities, `tone` is positive − negative (-1 to 1); `label` is the most probable
    one, missing where it is below 0.5 (`basis` says so). It is the tone of *the sentence towards the actor*, whoever speaks:
    with `quotes`, `voice` says in whose words the mention stands. `method="model"` is a small language model learned on
    NewsMTSC (Hamborg & Donnay 2021; `data/stance/README.md`), "lexicon" VADER's word values around the mention. English
    only. A sentence of more than 124 word pieces is read around the mention. Accuracy: benchmarks/README.md.

    >>> articles = read_texts("Joe Biden praised Mike Pompeo. Vladimir Putin is a liar and a thief.")
    >>> sentences = split_sentences(articles)
    >>> stance = score_stance(find_mentions(articles, split_tokens(articles)), sentences)
    >>> stance[["actor", "label"]].values.tolist()
    [['Joe Biden', 'neutral'], ['Mike Pompeo', 'positive'], ['Vladimir Putin', 'negative']]
    """
    if method not in METHODS:
        raise ValueError(f"method={method!r}: choose 'model' or 'lexicon'.")
    schema.check(mentions, "mentions")
    voiced = find_voice(quotes, mentions) if quotes is not None else mentions.assign(voice=None)
    placed = place_mentions(voiced, sentences)
    places = zip(placed["sentence"], placed["left"], placed["right"], strict=True)
    why_not = pd.Series([unreadable(*place) for place in places], index=placed.index, dtype="str")
    readable = placed[why_not.isna()]
    scores = score_places(readable, method).reindex(placed.index)
    sure = scores[list(LABELS)].max(axis=1)
    label = readable.index[sure[readable.index] >= CONFIDENCE]
    label = scores.loc[label, list(LABELS)].idxmax(axis=1).reindex(placed.index)
    basis = scores["basis"] + sure.map("; too unsure to call: {:.2f}".format).where(sure < CONFIDENCE, "")
    stance = placed.join(scores[list(LABELS)]).assign(
        label=label, basis=basis.fillna(why_not), tone=(scores["positive"] - scores["negative"]).round(4)
    )
    return schema.table(stance[schema.columns("stance")].reset_index(drop=True), "stance")


def score_places(placed, method):
    """The probabilities of mentions placed in their sentences, with the `basis` of each; of copies, each is scored once."""
    places = list(zip(placed["sentence"], zip(placed["left"], placed["right"], strict=True), strict=True))
    unique = list(dict.fromkeys(places))
    texts, targets = [text for text, _ in unique], [target for _, target in unique]
    cut = encoder.is_cut(texts, targets) if method == "model" else [False] * len(unique)
    rows = zip(METHODS[method](texts, targets).round(4).tolist(), cut, strict=True)
    found = {place: (*row, method + CUT * is_cut) for place, (row, is_cut) in zip(unique, rows, strict=True)}
    return pd.DataFrame([found[place] for place in places], columns=[*LABELS, "basis"], index=placed.index)


def place_mentions(mentions, sentences):
    """The mentions with the text of their sentence and where in it they stand (`left`, `right`)."""
    places = schema.check(sentences, "sentences")[[*SENTENCE, "start", "text"]].rename(columns={"start": "first", "text": "sentence"})
    placed = mentions.reset_index(drop=True).merge(places, on=SENTENCE, how="left")
    if len(placed) and placed["sentence"].isna().all():
        raise SchemaError("these mentions and sentences are not of the same articles. Make both from the same articles table.")
    first = placed["first"].fillna(0)
    return placed.assign(left=(placed["start"] - first).astype("int64"), right=(placed["end"] - first).astype("int64")).drop(columns="first")


def unreadable(sentence, left, right):
    """Why a sentence cannot be scored towards a target in it; None where it can."""
    if not isinstance(sentence, str) or not sentence.strip():
        return "not scored: there is no sentence"
    if not 0 <= left < right <= len(sentence):
        return "not scored: the mention stands outside its sentence"
    letters = [letter for letter in sentence if letter.isalpha()]
    if 2 * sum(unicodedata.name(letter, "").startswith("LATIN") for letter in letters) < len(letters):
        return "not scored: not in the Latin script"
    return None


def find_toned(stance, kinds=REFERRING, types=ACTOR_TYPES):
    """Find the rows that `count_stance` counts: mentions counted as in `find_counted` that were scored, but no speaker's own I or we."""
    schema.check(stance, "stance")
    counted = find_counted(stance, kinds, types)
    return counted[counted["tone"].notna() & ~own_pronouns(counted, "voice")]


def count_stance(stance, by=None, kinds=REFERRING, types=ACTOR_TYPES):
    """Count in what tone each actor is spoken of: one row an actor (and a value of `by`), the most often mentioned first.

    `n_negative` … count mentions by label, `n_unsure` those without one; `tone` is the mean of all (-1 to 1), `low` to `high`
    its 95 % interval by bootstrap over the actor's sentences (Efron & Tibshirani 1993), missing where there is but one.
    `rank` (1: the most positive) is missing for an actor with fewer than 5 sentences: too few to rank. `by="voice"` keeps
    apart who speaks: a matrix of speakers and actors. `kinds` and `types` choose mentions as in `find_counted`.

    >>> articles = read_texts("Joe Biden praised Mike Pompeo. Vladimir Putin is a liar and a thief.")
    >>> stance = score_stance(find_mentions(articles, split_tokens(articles)), split_sentences(articles))
    >>> count_stance(stance)[["actor", "n", "n_negative", "n_positive", "rank"]].values.tolist()
    [['Joe Biden', 1, 0, 0, nan], ['Mike Pompeo', 1, 0, 1, nan], ['Vladimir Putin', 1, 1, 0, nan]]
    """
    by = [by] if isinstance(by, str) else list(by or [])
    for wrong in (column for column in by if column not in stance):
        raise SchemaError(f"no column `{wrong}` in the stance table to count by. Choose from: {', '.join(stance)}.")
    if "voice" in by and len(stance) and stance["voice"].isna().all():
        raise SchemaError("these scores do not say who speaks. Make them with score_stance(mentions, sentences, quotes).")
    toned = find_toned(stance, kinds, types)
    columns = list(dict.fromkeys([*by, *schema.columns("stance_counts")]))
    types_of = most_frequent_type(toned) if len(toned) else {}
    groups = toned.groupby([*by, "actor"], dropna=False, sort=False)
    rows = [dict(zip([*by, "actor"], key, strict=True)) | summarise(group) for key, group in groups]
    counts = pd.DataFrame(rows, columns=columns).assign(actor_type=lambda table: table["actor"].map(types_of).astype("str"))
    enough = counts["sentences"] >= FEWEST_SENTENCES
    ranked = counts[enough].groupby(by) if by else counts[enough]
    counts["rank"] = ranked["tone"].rank(ascending=False, method="min").reindex(counts.index)
    counts = counts.sort_values([*by, "n", "actor"], ascending=[*[True] * len(by), False, True], ignore_index=True)
    dtypes = {column: schema.DTYPES[schema.COLUMNS[column][0]] for column in columns}
    return counts.astype(dtypes)


def summarise(group):
    """The counts, the mean tone and its interval of some rows of a stance table."""
    labels = group["label"].value_counts()
    by_sentence = group.groupby(SENTENCE)["tone"].agg(["sum", "size"]).to_numpy()
    low, high = interval(by_sentence)
    return {
        "n": len(group),
        "sentences": len(by_sentence),
        **{f"n_{label}": int(labels.get(label, 0)) for label in LABELS},
        "n_unsure": int(group["label"].isna().sum()),
        "tone": group["tone"].mean(),
        "low": low,
        "high": high,
    }


def interval(by_sentence):
    """The bootstrap interval of a mean over clusters, given as rows of (sum, size); missing for one cluster."""
    if len(by_sentence) < 2:
        return float("nan"), float("nan")
    draws = np.random.default_rng(SEED).integers(len(by_sentence), size=(DRAWS, len(by_sentence)))
    sums, sizes = by_sentence[draws].sum(axis=1).T
    half = (100 - INTERVAL) / 2
    return tuple(np.percentile(sums / sizes, [half, 100 - half]))


def compare_methods(mentions, sentences):
    """Compare three methods mention by mention: one row a mention that is counted, those on which they differ most first.

    `vader` is VADER's compound score of the whole sentence, `lexicon` and `model` the tone of `score_stance` by each method,
    all from -1 to 1; `spread` is the greatest difference. The first rows are the ones to read.

    >>> articles = read_texts("Vladimir Putin praised the murder of a good man.")
    >>> compare_methods(find_mentions(articles, split_tokens(articles)), split_sentences(articles))["actor"].tolist()
    ['Vladimir Putin']
    """
    tones = {method: score_stance(mentions, sentences, method=method) for method in METHODS}
    compound = score_sentiment(sentences).set_index(SENTENCE)["compound"]
    table = tones["model"].assign(
        lexicon=tones["lexicon"]["tone"],
        model=tones["model"]["tone"],
        vader=[compound.get(place, float("nan")) for place in zip(mentions["doc_id"], mentions["sentence_id"], strict=True)],
    )
    table = table.loc[find_toned(table).index]
    numbers = table[["vader", "lexicon", "model"]]
    table = table.assign(spread=numbers.max(axis=1) - numbers.min(axis=1)).sort_values("spread", ascending=False, kind="stable", ignore_index=True)
    return schema.table(table[schema.columns("methods")], "methods")
