"""Tone towards a target by VADER's words around it: how near, on which side, in the same clause or not."""

import re
from bisect import bisect_right
from functools import cache

import numpy as np
from nltk.stem.snowball import SnowballStemmer

from ...lexicons import read_lexicon
from ...schema import LABELS
from ...text import straighten
from .vader import explain_score

NEAR_WORD = re.compile(r"\w[\w'-]*")
# Where another clause, list item or quotation may begin.
BREAK = re.compile(
    r"[,;:()–—\"]|\b(?:but|while|although|though|and|that|which|who|because|after|as|if|when|whereas)\b"
)
SENTENCE_START = re.compile(r"[.!?\"]\s*$")
# A value weighs half at so many words' distance, and so much less behind each break. Chosen by cross-validation on NewsMTSC's train part.
HALF, BEHIND_BREAK = 8, 0.7
IRREGULAR = {"said", "told", "wrote", "thought", "knew", "spoke"}
# Words of so many letters have no capital in most headlines; nor is a text of so few longer words taken for one.
SHORT = 3
# Characters on each side of the target; what stands farther away weighs nothing to speak of.
WORDS_REACH = 1000
# Words after (and before) the target among which a reporting verb makes it the speaker; first words of a sentence.
AFTER, OPENING = 3, 3


def score_near_words(texts, targets):
    """Probabilities (negative, neutral, positive) for each text with its target (start, end): an array."""
    names, weights = learned_weights()
    known = {text: explain_score(text) for text in dict.fromkeys(texts)}
    found = [
        find_clues(*clip(text, *target, known[text]))
        for text, target in zip(texts, targets, strict=True)
    ]
    sums = (
        np.array([[each[name] for name in names] for each in found]).reshape(-1, len(names))
        @ weights
    )
    odds = np.exp(sums - sums.max(1, keepdims=True))
    return odds / odds.sum(1, keepdims=True)


@cache
def learned_weights():
    """The names of the evidence and its weights for each label (`data/stance_weights.csv`)."""
    table = read_lexicon("stance_weights")
    return table["evidence"].tolist(), table[list(LABELS)].to_numpy(float)


def clip(text, start, end, tone_words):
    """The same, of a text no longer than what is within reach of the target."""
    if len(text) <= WORDS_REACH:
        return text, start, end, tone_words
    low, high = max(0, start - WORDS_REACH), end + WORDS_REACH
    words = [
        (left - low, right - low, *rest)
        for left, right, *rest in tone_words
        if low <= left and right <= high
    ]
    return text[low:high], start - low, end - low, words


def find_clues(text, start, end, tone_words):
    """{evidence: strength} for the tone towards `text[start:end]`, from the words that VADER scores (`tone.explain`)."""
    plain = straighten(text)
    capitals = is_title_case(plain)
    spans = [match.span() for match in NEAR_WORD.finditer(plain)]
    starts = [left for left, _ in spans]
    first, last = bisect_right(starts, start), bisect_right(starts, end - 1)
    found = {
        f"{sign} {where}": 0.0
        for sign in ("negative", "positive")
        for where in ("before", "after", "anywhere")
    }
    for left, right, valence, value, _ in tone_words:
        if (
            not valence
            or (left < end and right > start)
            or (not capitals and is_name(plain, left, right))
        ):
            continue
        place = bisect_right(starts, left)
        side, distance, between = (
            ("before", first - place, plain[right:start])
            if left < start
            else ("after", place - last, plain[end:left])
        )
        sign = "negative" if value < 0 else "positive"
        found[f"{sign} anywhere"] += abs(value)
        found[f"{sign} {side}"] += (
            abs(value) * 0.5 ** (distance / HALF) * BEHIND_BREAK ** len(BREAK.findall(between))
        )
    found = {
        name: value / (value + 1) for name, value in found.items()
    }  # a second word adds less than the first
    before = [plain[left:right].lower() for left, right in spans if right <= start][-2:]
    after = [plain[left:right].lower() for left, right in spans if left >= end][:AFTER]
    speaks = (
        any(map(reports, after)) or any(map(reports, before[-1:])) or before == ["according", "to"]
    )
    return {
        "always": 1.0,
        "the target speaks": float(speaks),
        "the target comes first": float(first <= OPENING),
        **found,
    }


def is_title_case(text):
    """Whether all but short words begin with a capital, as in many headlines, so that capitals tell nothing."""
    words = [word for word in NEAR_WORD.findall(text) if len(word) > SHORT]
    return len(words) > SHORT and all(word[0].isupper() for word in words)


def is_name(text, start, end):
    """Whether a word with a value is likely part of a name ("United"): capital inside a sentence, not all capitals."""
    return (
        start > 0
        and text[start].isupper()
        and not text[start:end].isupper()
        and not SENTENCE_START.search(text[:start])
    )


def reports(word):
    """Whether a word is a form of a reporting verb."""
    return word in IRREGULAR or word_stem(word) in reporting_stems()


@cache
def reporting_stems():
    """The stems of the reporting verbs in `data/reporting_verbs.csv`."""
    return {word_stem(verb) for verb in read_lexicon("reporting_verbs")["verb"] if " " not in verb}


@cache
def word_stem(word):
    """The stem of a word (Porter's English stemmer, as NLTK has it)."""
    return SnowballStemmer("english").stem(word)
