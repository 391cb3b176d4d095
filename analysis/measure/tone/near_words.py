"""Tone towards a target by VADER's words around it.

How near they are, on which side, in the same clause or not.
"""

import re
from bisect import bisect_right
from functools import cache

import numpy as np
from nltk.stem.snowball import SnowballStemmer

from ...lexicons import read_lexicon, word_list
from ...schema import LABELS
from ...text import straighten
from .vader import explain_score

NEAR_WORD = re.compile(r"\w[\w'-]*")
# Where another clause, list item or quotation may begin: these marks, and the words of the list.
BREAKING_MARK = re.compile(r"[,;:()–—\"]")
BREAKING_WORDS = "words that begin a clause"
SENTENCE_START = re.compile(r"[.!?\"]\s*$")
# A value weighs half at so many words' distance, and so much less behind each break. Chosen by
# cross-validation on NewsMTSC's train part.
HALF = 8
BEHIND_BREAK = 0.7
# Words of so many letters have no capital in most headlines; nor is a text of so few longer words
# taken for one.
SHORT = 3
# Characters on each side of the target; what stands farther away weighs nothing to speak of.
WORDS_REACH = 1000
# Words after (and before) the target among which a reporting verb makes it the speaker.
AFTER = 3
# A target among so many first words of a text comes first.
OPENING = 3


def score_near_words(texts, targets):
    """Probabilities (negative, neutral, positive) for each text with its target (start, end).

    An array of a row a text.
    """
    names, weights = learned_weights()
    known = {text: explain_score(text) for text in dict.fromkeys(texts)}
    evidence = np.empty((len(texts), len(names)))
    for row, (text, target) in enumerate(zip(texts, targets, strict=True)):
        found = find_clues(*clip(text, *target, known[text]))
        evidence[row] = list(map(found.get, names))
    sums = evidence @ weights
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
    words = []
    for left, right, *score in tone_words:
        if low <= left and right <= high:
            words.append((left - low, right - low, *score))
    return text[low:high], start - low, end - low, words


def find_clues(text, start, end, tone_words):
    """{evidence: strength} for the tone towards `text[start:end]`.

    `tone_words` are the words that VADER scores, as `explain_score` gives them.
    """
    plain = straighten(text)
    words = [match.span() for match in NEAR_WORD.finditer(plain)]
    first = bisect_right([left for left, _ in words], start)
    clues = {
        "always": 1.0,
        "the target speaks": float(target_speaks(plain, start, end, words)),
        "the target comes first": float(first <= OPENING),
    }
    for name, value in weigh_words(plain, start, end, words, tone_words).items():
        # A second word adds less than the first.
        clues[name] = value / (value + 1)
    return clues


def weigh_words(plain, start, end, words, tone_words):
    """{sign and side: the sum of what VADER's words say there}, nearer ones weighing more.

    Names and the target itself say nothing; `words` are the spans of all words.
    """
    capitals = is_title_case(plain)
    starts = [left for left, _ in words]
    first, last = bisect_right(starts, start), bisect_right(starts, end - 1)
    sums = {}
    for sign in ("negative", "positive"):
        for where in ("before", "after", "anywhere"):
            sums[f"{sign} {where}"] = 0.0
    for left, right, valence, value, _ in tone_words:
        inside = left < end and right > start
        if not valence or inside:
            continue
        if not capitals and is_name(plain, left, right):
            continue
        place = bisect_right(starts, left)
        if left < start:
            side, distance, between = "before", first - place, plain[right:start]
        else:
            side, distance, between = "after", place - last, plain[end:left]
        sign = "negative" if value < 0 else "positive"
        nearness = 0.5 ** (distance / HALF)
        sums[f"{sign} anywhere"] += abs(value)
        sums[f"{sign} {side}"] += abs(value) * nearness * BEHIND_BREAK ** count_breaks(between)
    return sums


def count_breaks(between):
    """How often another clause, list item or quotation may begin in a stretch of text."""
    breaking = word_list(BREAKING_WORDS)
    n_words = sum(word in breaking for word in re.findall(r"\w+", between))
    return n_words + len(BREAKING_MARK.findall(between))


def target_speaks(plain, start, end, words):
    """Whether a reporting verb beside the target, or "according to", makes it the speaker."""
    before, after = [], []
    for left, right in words:
        if right <= start:
            before.append(plain[left:right].lower())
        elif left >= end:
            after.append(plain[left:right].lower())
    if before[-2:] == ["according", "to"]:
        return True
    return any(map(reports, [*before[-1:], *after[:AFTER]]))


def is_title_case(text):
    """Whether all but short words begin with a capital, so that capitals tell nothing.

    As in many headlines.
    """
    words = [word for word in NEAR_WORD.findall(text) if len(word) > SHORT]
    return len(words) > SHORT and all(word[0].isupper() for word in words)


def is_name(text, start, end):
    """Whether a word with a value is likely part of a name ("United").

    It has a capital inside a sentence, and is not all in capitals.
    """
    begins_sentence = start == 0 or SENTENCE_START.search(text[:start])
    has_capital = text[start].isupper() and not text[start:end].isupper()
    return has_capital and not begins_sentence


def reports(word):
    """Whether a word is a form of a reporting verb."""
    irregular = word_list("irregular forms of reporting verbs")
    return word in irregular or word_stem(word) in reporting_stems()


@cache
def reporting_stems():
    """The stems of the reporting verbs in `data/reporting_verbs.csv`."""
    return {word_stem(verb) for verb in read_lexicon("reporting_verbs")["verb"] if " " not in verb}


@cache
def word_stem(word):
    """The stem of a word (Porter's English stemmer, as NLTK has it)."""
    return SnowballStemmer("english").stem(word)
