"""Tone towards an actor: of each mention, in whose words."""

import unicodedata
from bisect import bisect_right
from functools import cache

import numpy as np
import pandas as pd

from ... import schema
from ...errors import SchemaError
from ...find.mentions import choose_mentions
from ...find.quotes import JOURNALIST
from ...kept import Maker, keep
from ...schema import ACTOR_TYPES, LABELS, REFERRING, SENTENCE, SPEECH
from ..talk import add_speaker
from .corrected_tone import NOT_ASKED, correct_tone
from .model import TONE_MODEL, is_cut, score_with_model
from .near_words import score_near_words

METHODS = {"model": score_with_model, "lexicon": score_near_words}
SCORER = Maker(
    ("measure/tone/model.py", "measure/tone/stance.py"),
    (f"{TONE_MODEL}/checksums.txt",),
    ("onnxruntime", "tokenizers", "numpy"),
)
# Below this probability no label is given; benchmarks/README.md says how many labels that costs,
# and how many of the rest are right.
CONFIDENCE = 0.5
# What was read, or why nothing was: the codes of the column `scored`, with what `basis` says of it.
READ_WHOLE, READ_AROUND, NO_SENTENCE, OUT_OF_PLACE, SCRIPT = (
    "whole",
    "around",
    "no sentence",
    "outside",
    "script",
)
SAID = {
    READ_WHOLE: "",
    READ_AROUND: "; of a very long sentence, what stands around the mention",
    NOT_ASKED: "not scored: not asked for (see kinds and types)",
    NO_SENTENCE: "not scored: there is no sentence",
    OUT_OF_PLACE: "not scored: the mention stands outside its sentence",
    SCRIPT: "not scored: not in the Latin script",
}
OWN_WORDS = "; without the speech in the sentence"
UNSURE_NOTE = "; too unsure to call: {:.3f}"
DIGITS = 4


def score_stance(
    mentions,
    sentences,
    quotes=None,
    speech=None,
    *,
    method="model",
    kinds=REFERRING,
    types=ACTOR_TYPES,
    articles=None,
):
    """Score in what tone each mention's sentence speaks of the actor: the mentions table with the
    tone added, one row a mention.

    `negative`, `neutral` and `positive` are probabilities, `tone` is positive − negative (-1 to 1);
    `label` is the most probable one, missing where it is below 0.5 (`basis` says so). It is the
    tone of *the sentence towards the actor*, whoever speaks. With `quotes` and `speech`, `speaker`
    says in whose words the mention stands, and one in the journalist's words is scored without the
    speech in its sentence (`unread` says how much was left out). `kinds` and `types` choose the
    mentions to score as in `select_counted`: by default those that are counted; with None for both,
    all. `method="model"` is a small
    language model learned on NewsMTSC (Hamborg & Donnay 2021; `data/stance/README.md`); "lexicon"
    needs no model: VADER's word values around the mention, under weights learned on the same data.
    English only. A sentence of more than 124 word pieces is read around the mention. With
    `articles`, the tones that a reader corrects beside them are taken (`describe_corrections`).
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
        mentions = add_speaker(mentions, quotes, speech)
        if not quotes["doc_id"].isin(schema.check(sentences, "sentences")["doc_id"]).all():
            raise SchemaError(
                "the quotations are of another article than the sentences. "
                "Make them with find_quotes(articles, tokens, mentions, speech)."
            )
    if "speaker" not in mentions:
        mentions = mentions.assign(speaker=None)
    placed = place_in_sentences(mentions, sentences, speech)
    places = zip(placed["sentence"], placed["left"], placed["right"], strict=True)
    why_not = pd.Series([unreadable(*place) for place in places], index=placed.index, dtype="str")
    if kinds is not None or types is not None:
        asked = placed.index.isin(choose_mentions(placed, kinds, types).index)
        why_not = why_not.where(asked, NOT_ASKED)
    scores = score_places(placed[why_not.isna()], method).reindex(placed.index)
    scores = scores.astype(dict.fromkeys(LABELS, "float64"))
    tone = (scores["positive"] - scores["negative"]).round(DIGITS)
    scores = scores.assign(tone=tone, label=label_scores(scores[[*LABELS]]))
    scores["scored"] = scores["scored"].where(why_not.isna(), why_not)
    stance = placed.drop(columns=scores.columns, errors="ignore").join(scores)
    stance["basis"] = [explain_basis(row) for row in stance.itertuples()]
    stance = schema.table(stance[schema.columns("stance")].reset_index(drop=True), "stance")
    return stance if articles is None else correct_tone(stance, articles)


def explain_basis(row):
    """In plain words: by which method a mention was scored on what, or why it was not."""
    if pd.isna(row.method):
        return SAID[row.scored]
    said = row.method + SAID[row.scored]
    if row.unread:
        said += OWN_WORDS
    if pd.isna(row.label):
        said += UNSURE_NOTE.format(max(row.negative, row.neutral, row.positive))
    return said


def check_method(method):
    """Refuse a method that is not known."""
    if method not in METHODS:
        raise ValueError(f"method={method!r}: choose 'model' or 'lexicon'.")


def label_scores(scores):
    """The label of each row of probabilities; missing where none is sure enough."""
    sure = scores[scores.max(axis=1) >= CONFIDENCE]
    if sure.empty:
        return pd.Series(None, index=scores.index, dtype="str")
    return sure.idxmax(axis=1).reindex(scores.index)


def score_places(placed, method):
    """The probabilities of mentions placed in their sentences, with `method` and what was `scored`.

    What the model says is kept, article by article, where there is a place for it.
    """
    targets = zip(placed["left"].tolist(), placed["right"].tolist(), strict=True)
    places = list(zip(placed["sentence"].tolist(), targets, strict=True))
    of_article = {}
    for doc_id, place in zip(placed["doc_id"].tolist(), places, strict=True):
        of_article.setdefault(doc_id, {})[place] = None
    asked = [list(each) for each in of_article.values()]

    def make(numbers):
        return score_articles([asked[number] for number in numbers], method)

    made = keep(SCORER, asked, make) if method == "model" else make(range(len(asked)))
    known = {}
    for doc_id, own, scored in zip(of_article, asked, made, strict=True):
        for place, tones, is_around in zip(own, scored["tones"], scored["cut"], strict=True):
            known[doc_id, place] = [*tones, READ_AROUND if is_around else READ_WHOLE]
    rows = [known[key] for key in zip(placed["doc_id"].tolist(), places, strict=True)]
    scores = pd.DataFrame(rows, columns=[*LABELS, "scored"], index=placed.index)
    return scores.astype(dict.fromkeys(LABELS, "float64")).assign(method=method)


def score_articles(articles, method):
    """Of each article, given as [(sentence, target)]: its `tones`, and which sentences are `cut`.

    Of copies, each is scored once.
    """
    number_of = {}
    for places in articles:
        for place in places:
            number_of.setdefault(place, len(number_of))
    texts, spans = [text for text, _ in number_of], [span for _, span in number_of]
    tones = np.asarray(METHODS[method](texts, spans)).reshape(-1, len(LABELS)).round(DIGITS)
    cut = np.array(is_cut(texts, spans) if method == "model" else [False] * len(texts), dtype=bool)
    numbers = [[number_of[place] for place in places] for places in articles]
    return [{"tones": tones[own], "cut": cut[own]} for own in numbers]


def place_in_sentences(mentions, sentences, speech=None):
    """The mentions with the text of their sentence as it is read, and where in it they stand.

    `left` to `right` is the mention. Where it stands in the journalist's words, the speech in its
    sentence is blank, and `unread` says how many characters that are.
    """
    places = schema.check(sentences, "sentences")[[*SENTENCE, "start", "text"]]
    places = places.rename(columns={"start": "first", "text": "sentence"})
    if places.duplicated(SENTENCE).any():
        raise SchemaError(
            "the sentences table holds a sentence twice. Make it with split_sentences(articles)."
        )
    if "unread" in mentions and mentions["unread"].any() and speech is None:
        raise SchemaError(
            "some of these mentions were scored without the speech in their sentence. "
            "Hand over `speech` too: find_speech(articles, tokens)."
        )
    placed = mentions.reset_index(drop=True).merge(places, on=SENTENCE, how="left")
    if len(placed) and placed["sentence"].isna().all():
        raise SchemaError(
            "these mentions and sentences are not of the same articles. "
            "Make both from the same articles table."
        )
    first = placed["first"].fillna(0).astype("int64")
    placed = placed.assign(left=placed["start"] - first, right=placed["end"] - first, unread=0)
    return (
        placed.drop(columns="first") if speech is None else read_own_words(placed, places, speech)
    )


def read_own_words(placed, places, speech):
    """The mentions in the journalist's words with the speech in their sentence blank."""
    own = (placed["speaker"] == JOURNALIST).to_numpy()
    blank = blank_speech(places, speech)
    read = list(zip(placed["sentence"], placed["unread"], strict=True))
    for row, key in enumerate(zip(placed["doc_id"], placed["sentence_id"], strict=True)):
        if own[row] and key in blank:
            read[row] = blank[key]
    sentence, unread = zip(*read, strict=True) if read else ((), ())
    return placed.assign(sentence=list(sentence), unread=list(unread)).drop(columns="first")


def blank_speech(places, speech):
    """{sentence: (its text with the speech in it blank, how many characters that are)}."""
    said = speech[schema.check(speech, "speech")["quote_type"].isin(SPEECH)]
    stretches = dict(list(said.groupby("doc_id", sort=False)))
    blank = {}
    for doc_id, rows in places.groupby("doc_id", sort=False):
        if doc_id not in stretches:
            continue
        rows = rows.sort_values("first")
        starts, letters = rows["first"].tolist(), [list(text) for text in rows["sentence"]]
        gone = [set() for _ in starts]
        spans = zip(stretches[doc_id]["start"], stretches[doc_id]["end"], strict=True)
        for start, end in spans:
            place = max(bisect_right(starts, start) - 1, 0)
            while place < len(starts) and starts[place] < end:
                left = max(start - starts[place], 0)
                right = min(end - starts[place], len(letters[place]))
                gone[place].update(range(left, right))
                place += 1
        for sentence_id, text, places_gone in zip(rows["sentence_id"], letters, gone, strict=True):
            if places_gone:
                for at in places_gone:
                    text[at] = " "
                blank[doc_id, sentence_id] = "".join(text), len(places_gone)
    return blank


def unreadable(sentence, left, right):
    """Why a sentence cannot be scored towards a target in it, as a code; None where it can."""
    if not isinstance(sentence, str) or not sentence.strip():
        return NO_SENTENCE
    if not 0 <= left < right <= len(sentence):
        return OUT_OF_PLACE
    return None if is_latin(sentence) else SCRIPT


@cache
def is_latin(sentence):
    """Whether at least half of the letters are Latin."""
    letters = [letter for letter in sentence if letter.isalpha()]
    latin = sum(unicodedata.name(letter, "").startswith("LATIN") for letter in letters)
    return 2 * latin >= len(letters)
