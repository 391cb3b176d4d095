"""Tone towards an actor: of each mention, in whose words; by actor and speaker; where the methods disagree."""

import unicodedata
from functools import cache
from statistics import NormalDist

import numpy as np
import pandas as pd

from . import encoder, nearby, schema
from .counts import ACTOR_TYPES, REFERRING, find_counted, most_frequent_type
from .errors import SchemaError
from .tone import score_sentiment
from .voices import JOURNALIST, SPEECH, find_voice, own_pronouns, part_quotes, read_spans

LABELS = nearby.LABELS
METHODS = {"model": encoder.score, "lexicon": nearby.score}
# Below this probability no label is given; benchmarks/README.md says how many labels that costs, and how many of the rest are right.
CONFIDENCE = 0.5
# Fewer sentences than this are too few to rank an actor by, and for an interval.
FEWEST_SENTENCES = 5
CUT = "; of a very long sentence, what stands around the mention"
OWN_WORDS, UNSURE = "; without the speech in the sentence", "; too unsure to call: {:.3f}"
DRAWS, SEED, COVERED = 2000, 1, 0.95
CHUNK = 100  # draws at a time, so that a corpus needs no more memory than an article
SENTENCE = ["doc_id", "sentence_id"]


def score_stance(mentions, sentences, quotes=None, method="model"):
    """Score in what tone each mention's sentence speaks of the actor: the mentions table with the tone added, one row a mention.

    `negative`, `neutral` and `positive` are probabilities, `tone` is positive − negative (-1 to 1); `label` is the most probable
    one, missing where it is below 0.5 (`basis` says so). It is the tone of *the sentence towards the actor*, whoever speaks.
    With `quotes`, `voice` says in whose words the mention stands, and one in the journalist's words is scored without the
    speech in its sentence (`unread` says what was left out). `method="model"` is a small language model learned on NewsMTSC
    (Hamborg & Donnay 2021; `data/stance/README.md`); "lexicon" needs no model: VADER's word values around the mention, under
    weights learned on the same data. English only. A sentence of more than 124 word pieces is read around the mention.
    Accuracy, measured on whole sentences: benchmarks/README.md.

    >>> articles = read_texts("Joe Biden praised Mike Pompeo. Vladimir Putin lied and stole.")
    >>> sentences = split_sentences(articles)
    >>> stance = score_stance(find_mentions(articles, split_tokens(articles)), sentences)
    >>> stance[["actor", "label"]].values.tolist()
    [['Joe Biden', 'neutral'], ['Mike Pompeo', 'positive'], ['Vladimir Putin', 'negative']]
    """
    check_method(method)
    schema.check(mentions, "mentions")
    if quotes is not None:
        mentions = find_unread(quotes, find_voice(quotes, mentions))
        if not quotes["doc_id"].isin(schema.check(sentences, "sentences")["doc_id"]).all():
            raise SchemaError("the quotations are of another article than the sentences. Make them with find_quotes(articles, tokens, mentions).")
    placed = place_mentions(mentions if "voice" in mentions else mentions.assign(voice=None), sentences)
    places = zip(placed["sentence"], placed["left"], placed["right"], strict=True)
    why_not = pd.Series([unreadable(*place) for place in places], index=placed.index, dtype="str")
    readable = placed[why_not.isna()]
    scores = score_places(readable, method).reindex(placed.index).astype(dict.fromkeys(LABELS, "float64"))
    scores = scores.assign(tone=(scores["positive"] - scores["negative"]).round(4), label=find_labels(scores[[*LABELS]]))
    basis = [
        why if isinstance(why, str) else f"{said}{OWN_WORDS * isinstance(spans, str)}{'' if isinstance(label, str) else UNSURE.format(sure)}"
        for why, said, spans, label, sure in zip(
            why_not, scores["basis"], placed["unread"], scores["label"], scores[[*LABELS]].max(axis=1), strict=True
        )
    ]
    columns = [*LABELS, "tone", "label"]
    stance = placed.drop(columns=columns, errors="ignore").join(scores[columns]).assign(basis=basis)
    return schema.table(stance[schema.columns("stance")].reset_index(drop=True), "stance")


def check_method(method):
    """Refuse a method that is not known."""
    if method not in METHODS:
        raise ValueError(f"method={method!r}: choose 'model' or 'lexicon'.")


def find_labels(scores):
    """The label of each row of probabilities; missing where none is sure enough."""
    sure = scores[scores.max(axis=1) >= CONFIDENCE]
    return sure.idxmax(axis=1).reindex(scores.index) if len(sure) else pd.Series(None, index=scores.index, dtype="str")


def score_places(placed, method):
    """The probabilities of mentions placed in their sentences, with the `basis` of each; of copies, each is scored once."""
    places = list(zip(placed["sentence"], zip(placed["left"], placed["right"], strict=True), strict=True))
    unique = list(dict.fromkeys(places))
    texts, targets = [text for text, _ in unique], [target for _, target in unique]
    cut = encoder.is_cut(texts, targets) if method == "model" else [False] * len(unique)
    rows = zip(METHODS[method](texts, targets).round(4).tolist(), cut, strict=True)
    found = {place: (*row, method + CUT * is_cut) for place, (row, is_cut) in zip(unique, rows, strict=True)}
    return pd.DataFrame([found[place] for place in places], columns=[*LABELS, "basis"], index=placed.index)


def find_unread(quotes, mentions):
    """The mentions with the column `unread`: of those in the journalist's words, where speech stands in the article."""
    parts = part_quotes(quotes[quotes["quote_type"].isin(SPEECH)])
    spans = (parts["span_start"].astype("str") + "-" + parts["span_end"].astype("str")).groupby(parts["doc_id"]).agg(";".join)
    return mentions.assign(unread=mentions["doc_id"].map(spans).where(mentions["voice"] == JOURNALIST))


def place_mentions(mentions, sentences):
    """The mentions with the text of their sentence as it is read, and where in it they stand (`left`, `right`).

    Speech that is not read (`unread`) is blank in it, and `unread` keeps only what stands in this sentence.
    """
    places = schema.check(sentences, "sentences")[[*SENTENCE, "start", "text"]].rename(columns={"start": "first", "text": "sentence"})
    if places.duplicated(SENTENCE).any():
        raise SchemaError("the sentences table holds a sentence twice. Make it with split_sentences(articles).")
    if "unread" not in mentions:
        mentions = mentions.assign(unread=None)
    placed = mentions.reset_index(drop=True).merge(places, on=SENTENCE, how="left")
    if len(placed) and placed["sentence"].isna().all():
        raise SchemaError("these mentions and sentences are not of the same articles. Make both from the same articles table.")
    first = placed["first"].fillna(0)
    placed = placed.assign(left=(placed["start"] - first).astype("int64"), right=(placed["end"] - first).astype("int64"))
    read = [blank(row.sentence, int(row.first), row.unread) if isinstance(row.unread, str) else (row.sentence, None) for row in placed.itertuples()]
    return placed.assign(sentence=[text for text, _ in read], unread=[spans for _, spans in read]).drop(columns="first")


def blank(sentence, first, unread):
    """A sentence that starts at `first`, blank where some spans of the article stand in it, and these spans."""
    inside = []
    for start, end in read_spans(unread):
        start, end = max(start, first), min(end, first + len(sentence))
        if start < end:
            sentence = sentence[: start - first] + " " * (end - start) + sentence[end - first :]
            inside.append(f"{start}-{end}")
    return sentence, ";".join(inside) or None


def unreadable(sentence, left, right):
    """Why a sentence cannot be scored towards a target in it; None where it can."""
    if not isinstance(sentence, str) or not sentence.strip():
        return "not scored: there is no sentence"
    if not 0 <= left < right <= len(sentence):
        return "not scored: the mention stands outside its sentence"
    return None if is_latin(sentence) else "not scored: not in the Latin script"


@cache
def is_latin(sentence):
    """Whether at least half of the letters are Latin."""
    letters = [letter for letter in sentence if letter.isalpha()]
    return 2 * sum(unicodedata.name(letter, "").startswith("LATIN") for letter in letters) >= len(letters)


def find_toned(stance, kinds=REFERRING, types=ACTOR_TYPES):
    """Find the rows that `count_stance` counts: mentions counted as in `find_counted` that were scored, but no speaker's own pronouns.

    The own pronouns are a speaker's I and we, and any other pronoun for the speaker in the speaker's own words.
    """
    schema.check(stance, "stance")
    counted = find_counted(stance, kinds, types)
    return counted[counted["tone"].notna() & ~own_pronouns(counted, "voice")]


def count_stance(stance, by=None, kinds=REFERRING, types=ACTOR_TYPES):
    """Count in what tone each actor is spoken of: one row an actor (and a value of `by`), the most often mentioned first.

    `n_negative` … count mentions by label, `n_unsure` those without one; `tone` is the mean of all (-1 to 1), `low` to `high`
    its 95 % interval by bootstrap over the actor's sentences (expanded percentiles: Hesterberg 2015, The American Statistician
    69), which knows of other sentences, not of the model's errors. It and `rank` (1: the most positive) are missing for an
    actor in fewer than 5 sentences: too few to say. `by="voice"` keeps apart who speaks: a matrix of speakers and actors.
    `kinds` and `types` choose mentions as in `find_counted`.

    >>> articles = read_texts("Joe Biden praised Mike Pompeo. Vladimir Putin lied and stole.")
    >>> stance = score_stance(find_mentions(articles, split_tokens(articles)), split_sentences(articles))
    >>> count_stance(stance)[["actor", "n", "n_negative", "n_positive", "rank"]].values.tolist()
    [['Joe Biden', 1, 0, 0, nan], ['Mike Pompeo', 1, 0, 1, nan], ['Vladimir Putin', 1, 1, 0, nan]]
    """
    by = [by] if isinstance(by, str) else list(by or [])
    for wrong in (column for column in by if column not in stance or column in (*LABELS, "tone")):
        raise SchemaError(f"no column `{wrong}` in the stance table to count by. Choose from: {', '.join(schema.columns('mentions'))}, voice, label.")
    if "voice" in by and len(stance) and stance["voice"].isna().all():
        raise SchemaError("these scores do not say who speaks. Make them with score_stance(mentions, sentences, quotes).")
    toned = find_toned(stance, kinds, types)
    columns = list(dict.fromkeys([*by, *schema.columns("stance_counts")]))
    types_of = most_frequent_type(toned) if len(toned) else {}
    groups = toned.groupby([*by, "actor"], dropna=False, sort=False)
    rows = [dict(zip([*by, "actor"], key, strict=True)) | summarise(group) for key, group in groups]
    counts = pd.DataFrame(rows, columns=columns)
    if "actor_type" not in by:
        counts = counts.assign(actor_type=counts["actor"].map(types_of).astype("str"))
    enough = counts["sentences"] >= FEWEST_SENTENCES
    ranked = counts[enough].groupby(by, dropna=False) if by else counts[enough]
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
    """The bootstrap interval of a mean over clusters, given as rows of (sum, size); missing where there are too few."""
    n = len(by_sentence)
    if n < FEWEST_SENTENCES:
        return float("nan"), float("nan")
    random = np.random.default_rng(SEED)
    drawn = [by_sentence[random.integers(n, size=(CHUNK, n))].sum(axis=1) for _ in range(DRAWS // CHUNK)]
    sums, sizes = np.concatenate(drawn).T
    tail = NormalDist().cdf(-((n / (n - 1)) ** 0.5) * student(NormalDist().inv_cdf((1 + COVERED) / 2), n - 1))
    return tuple(np.percentile(sums / sizes, [100 * tail, 100 * (1 - tail)]))


def student(z, degrees):
    """Student's t for the normal quantile `z`, by the expansion in Abramowitz & Stegun 1964, 26.7.5."""
    return z + (z**3 + z) / (4 * degrees) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * degrees**2)


def compare_methods(stance, sentences):
    """Compare three methods mention by mention: one row a mention that is counted, those on which they differ most first.

    `vader` is VADER's compound score of the whole sentence, `model` the tone that `stance` holds, `lexicon` that by VADER's
    words around the mention, all from -1 to 1; `spread` is the greatest difference. The first rows are the ones to read.

    >>> articles = read_texts("Vladimir Putin praised the murder of a good man.")
    >>> sentences = split_sentences(articles)
    >>> stance = score_stance(find_mentions(articles, split_tokens(articles)), sentences)
    >>> compare_methods(stance, sentences)["actor"].tolist()
    ['Vladimir Putin']
    """
    toned = find_toned(stance)
    compound = score_sentiment(sentences).set_index(SENTENCE)["compound"]
    table = toned.assign(
        model=toned["tone"],
        lexicon=score_stance(toned, sentences, method="lexicon")["tone"].to_numpy(),
        vader=[compound[place] for place in zip(toned["doc_id"], toned["sentence_id"], strict=True)],
    )
    numbers = table[["vader", "lexicon", "model"]]
    table = table.assign(spread=numbers.max(axis=1) - numbers.min(axis=1)).sort_values("spread", ascending=False, kind="stable", ignore_index=True)
    return schema.table(table[schema.columns("methods")], "methods")
