"""The encoder of names and references: a small language model that reads an article once.

Of each word it says which kind of name it is part of, and gives two vectors: what the word asks for
where it is a pronoun or the head of a description, and what it answers where it is an earlier
mention; their product says how well the two fit. Loaded on first use.
"""

from bisect import bisect_right
from functools import cache, lru_cache
from itertools import pairwise
from math import exp, log
from typing import NamedTuple

import numpy as np

from ...kept import Maker, keep
from ...models import load_tokenizer, read_shipped, run_model

NAME_MODEL = "names"
NAME_TYPES = ("PER", "ORG", "LOC", "OTHER")
NAME_LABELS = ("O", *(f"{mark}-{kind}" for kind in NAME_TYPES for mark in "BI"))
READER = Maker(
    ("find/names/encoder.py",),
    (f"{NAME_MODEL}/checksums.txt",),
    ("onnxruntime", "tokenizers", "numpy"),
)
# How a word is spelled: in small letters, with a capital, in capitals, otherwise, without letters.
CASES = ("lower", "Title", "UPPER", "mixed", "none")
NO_LETTERS = CASES.index("none")
# Distances in sentences between a mention and an earlier one, each up to the next.
DISTANCES = (0, 1, 2, 3, 5, 9, 17)
# Of what refers; a distance counts differently for each.
FORMS = ("pronoun", "name", "noun")
PRONOUN, NOUN = FORMS.index("pronoun"), FORMS.index("noun")
# Words that are read together at most: a paragraph, or as many of its sentences.
LONGEST_WINDOW = 110
# Word pieces that are read of a window at once.
MOST_PIECES = 400
# Earlier mentions of one candidate that are compared: the last of them.
LAST_MENTIONS = 6
# The lowest log probability that is told apart.
FLOOR = -8.0


class Reading(NamedTuple):
    """What the encoder says of the words of an article, a row a word."""

    names: np.ndarray  # log probability of each of `NAME_LABELS`
    asks: np.ndarray  # what each word asks of an earlier mention,
    answers: np.ndarray  # and what it answers to a later one; a score is their product
    nobody: np.ndarray  # the score of none of the earlier mentions
    distances: np.ndarray  # added to a score: a row a form (pronoun, noun), a column a distance


def case_of(word):
    """The number of the case of a word."""
    if word.islower():
        return 0
    if word.isupper():
        return 2 if len(word) > 1 else 1
    if word[:1].isupper() and word[1:].islower():
        return 1
    return 3 if any(map(str.isalpha, word)) else NO_LETTERS


@lru_cache(maxsize=2**15)
def pieces_of(tokenizer, word):
    """(ids of the pieces of one word, its case); words are parted one by one, whatever is near."""
    pieces = tokenizer.encode([word], is_pretokenized=True, add_special_tokens=False).ids
    return tuple(pieces or [tokenizer.token_to_id("[UNK]")]), case_of(word)


def word_pieces(tokenizer, windows):
    """(ids, cases, place of each word's first piece) of each window, a list of words.

    A word of which the tokenizer can make nothing is one unknown piece.
    """
    first, last = tokenizer.encode("").ids
    made = []
    for words in windows:
        ids, cases, firsts = [first], [NO_LETTERS], []
        for word in words:
            pieces, case = pieces_of(tokenizer, word)
            firsts.append(len(ids))
            ids += pieces
            cases += [case] * len(pieces)
        made.append(([*ids, last], [*cases, NO_LETTERS], firsts))
    return made


def windows_of(tree):
    """The words of an article in windows: paragraphs, long ones parted between sentences."""
    windows = []
    for first, last in tree.paragraphs:
        starts = [first]
        for row in range(first + 1, last):
            if tree.sentence[row] != tree.sentence[row - 1]:
                starts.append(row)
        begin = first
        for start, end in pairwise([*starts, last]):
            if end - begin > LONGEST_WINDOW and start > begin:
                windows.append(tree.words[begin:start])
                begin = start
        windows.append(tree.words[begin:last])
    return windows


class Links:
    """How well earlier mentions fit what a word refers to, by the encoder's reading."""

    def __init__(self, tree, reading):
        self.sentence, self.reading = tree.sentence, reading

    def scores(self, row, candidates, is_noun):
        """The log probability of none of the candidates, then of each."""
        form = NOUN if is_noun else PRONOUN
        rows, owner = [], []
        for number, candidate in enumerate(candidates, 1):
            for each in candidate.rows[-LAST_MENTIONS:]:
                rows.append(each)
                owner.append(number)
        odds = [0.0] * (len(candidates) + 1)
        top = float(self.reading.nobody[row])
        if rows:
            here = self.sentence[row]
            far = [bisect_right(DISTANCES, here - self.sentence[each]) - 1 for each in rows]
            found = self.reading.answers[rows] @ self.reading.asks[row]
            found = found + self.reading.distances[form][far]
            top = max(top, float(found.max()))
            for number, odd in zip(owner, np.exp(found - top).tolist(), strict=True):
                odds[number] += odd
        odds[0] = exp(float(self.reading.nobody[row]) - top)
        total = float(np.sum(odds))
        return [max(FLOOR, log(each / total)) if each > 0 else FLOOR for each in odds]


def read_article(tree):
    """The encoder's Reading of an article, which is kept where there is a place for it."""
    windows = windows_of(tree)
    (kept,) = keep(READER, [windows], lambda _: [read_windows(windows)])
    return Reading(**kept, distances=read_distances())


def read_windows(windows):
    """What the model says of the words in these windows: {output: a row a word}."""
    pieces = short_pieces(load_tokenizer(NAME_MODEL), windows)
    rows = [{"ids": [ids], "cases": [cases]} for ids, cases, _ in pieces]
    found = run_model(NAME_MODEL, rows, title="Reading names", unit=" paragraphs")
    outputs = [[], [], [], []]
    for (_, _, firsts), made in zip(pieces, found, strict=True):
        for output, numbers in zip(outputs, made, strict=True):
            output.append(numbers[firsts])
    return dict(zip(Reading._fields, map(np.concatenate, outputs), strict=False))


def short_pieces(tokenizer, windows):
    """The `word_pieces` of windows; one of more pieces than are read at once is halved."""
    made = []
    for window, pieces in zip(windows, word_pieces(tokenizer, windows), strict=True):
        half = len(window) // 2
        if half and len(pieces[0]) > MOST_PIECES:
            made += short_pieces(tokenizer, [window[:half], window[half:]])
        else:
            # A single word may have more.
            ids, cases, firsts = pieces
            made.append((ids[:MOST_PIECES], cases[:MOST_PIECES], firsts))
    return made


@cache
def read_distances():
    """What the distance in sentences adds to a score: a row a form, a column a distance."""
    lines = read_shipped(NAME_MODEL, "distances.csv").decode().split()
    weights = [float(line.split(",")[2]) for line in lines[1:]]
    return np.array(weights).reshape(-1, len(DISTANCES))
