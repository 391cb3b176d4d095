"""What a reader searches for, as words that tokens can be compared with; where they stand."""

import difflib
import re
import warnings
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

from .. import schema
from ..errors import SchemaError
from ..parse.tokens import token_spans
from ..schema import REFERRING
from ..text import quote, straighten

# How a pattern may be compared with the words of a text.
WAYS = ("glob", "form", "phrase", "lemma", "word", "regex", "pos", "actor")
# Letters that stand for the wildcards while a pattern is parted into words: no tokenizer parts at
# them, and no news text has them.
WILD = str.maketrans("*?", "\ua7ff\ua7fe")
WILD_AS_REGEX = {"\ua7ff": ".*", "\ua7fe": "."}
# Parts of speech of Universal Dependencies.
UPOS = (
    *("ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM"),
    *("PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X"),
)
# Of words that are not there, how many like them are named.
MOST_NEAR = 3
LONGEST_PATTERN = 1000


class Places(NamedTuple):
    """Where patterns are found: arrays of the rows of the tokens table, `last` included."""

    first: np.ndarray
    last: np.ndarray
    pattern: np.ndarray


class Vocabulary:
    """The different forms, dictionary forms and parts of speech of a tokens table, each once."""

    def __init__(self, tokens, *, match_case=False):
        self.match_case = match_case
        self.sentence = tokens.groupby(schema.SENTENCE, sort=False).ngroup().to_numpy()
        self.number = tokens["token_id"].to_numpy()
        self.columns = {}
        for column in ("token", "lemma", "pos"):
            # First the different values, then those that are alike when folded.
            codes, values = pd.factorize(tokens[column].fillna(""))
            alike, folded = pd.factorize(np.array(list(map(self.fold, values)), dtype=object))
            self.columns[column] = (alike[codes], folded.tolist())

    def fold(self, word):
        """A word as it is compared: straight marks, and small letters unless case counts."""
        word = straighten(word)
        return word if self.match_case else word.lower()

    def mask(self, column, fits):
        """Which tokens have a value in the column that fits."""
        codes, values = self.columns[column]
        chosen = np.array([bool(fits(value)) for value in values], dtype=bool)
        return chosen[codes] if len(values) else np.zeros(len(codes), dtype=bool)

    def equal(self, column, word):
        """Which tokens have this word in the column."""
        codes, values = self.columns[column]
        return codes == values.index(word) if word in values else np.zeros(len(codes), dtype=bool)

    def near(self, word):
        """The forms most like a word that is not there."""
        letters = sorted({form for form in self.columns["token"][1] if form[:1].isalpha()})
        return difflib.get_close_matches(word.replace("*", ""), letters, MOST_NEAR, cutoff=0.7)


def locate(tokens, patterns, by, *, match_case=False, mentions=None):
    """The places of one or several patterns in a tokens table, in the order of the text.

    A place that several patterns find is the first one's. Warns of each pattern that is nowhere.
    """
    if by not in WAYS:
        raise SchemaError(f"`by` is {', '.join(WAYS[:-1])} or {WAYS[-1]}, not {quote(str(by))}.")
    patterns = list_patterns(patterns)
    if by == "actor":
        found = [locate_actor(tokens, actor, mentions) for actor in patterns]
    else:
        vocabulary = Vocabulary(tokens, match_case=match_case)
        found = [locate_words(vocabulary, pattern, by) for pattern in patterns]
    first = np.concatenate([firsts for firsts, _ in found] or [[]]).astype("int64")
    last = np.concatenate([lasts for _, lasts in found] or [[]]).astype("int64")
    which = np.repeat(np.arange(len(patterns)), [len(firsts) for firsts, _ in found])
    order = np.lexsort((which, -last, first))
    places = pd.DataFrame({"first": first, "last": last, "which": which}).iloc[order]
    places = places.drop_duplicates(["first", "last"])
    names = np.array(patterns, dtype=object)[places["which"]]
    return Places(places["first"].to_numpy(), places["last"].to_numpy(), names)


def list_patterns(patterns):
    """One pattern, or several, as a list of texts; SchemaError for what cannot be searched."""
    is_list = isinstance(patterns, Iterable) and not isinstance(patterns, str)
    listed = list(patterns) if is_list else [patterns]
    for pattern in listed:
        if not isinstance(pattern, str):
            raise SchemaError(
                f"a pattern is a text, not {quote(str(pattern))}. Write it in quotation marks."
            )
        if not pattern.strip():
            raise SchemaError("an empty pattern finds nothing. Name a word or a phrase.")
        if len(pattern) > LONGEST_PATTERN:
            raise SchemaError(
                f"{quote(pattern)} has {len(pattern):,} characters; "
                f"a pattern may have {LONGEST_PATTERN:,}."
            )
    return listed


def locate_words(vocabulary, pattern, by, *, warn=True):
    """(first rows, last rows) of a pattern of one or several words within a sentence."""
    pieces = part_pattern(pattern, by)
    masks = [fit_piece(vocabulary, piece, by) for piece in pieces]
    length, n = len(masks), len(vocabulary.sentence)
    begins = np.flatnonzero(masks[0][: max(n - length + 1, 0)])
    for place, mask in enumerate(masks[1:], 1):
        begins = begins[mask[begins + place]]
    ends = begins + length - 1
    together = vocabulary.sentence[begins] == vocabulary.sentence[ends]
    # Between them nothing was taken out of the table.
    together &= vocabulary.number[ends] - vocabulary.number[begins] == length - 1
    begins, ends = begins[together], ends[together]
    if warn and not len(begins):
        warn_of_nothing(vocabulary, pattern, by, pieces, masks)
    return begins, ends


def part_pattern(pattern, by):
    """The words of a pattern, parted as the text is; SchemaError for what is no pattern."""
    if by in ("regex", "pos"):
        return pattern.split()
    plain = straighten(pattern).strip()
    if by in ("glob", "word"):
        plain = plain.translate(WILD)
    pieces = [plain[start:end] for start, end in token_spans(plain)]
    if not pieces:
        raise SchemaError(f"{quote(pattern)} has no words. Name a word or a phrase.")
    return pieces


def fit_piece(vocabulary, piece, by):
    """Which tokens one word of a pattern fits."""
    if by == "pos":
        if piece.upper() not in UPOS:
            raise SchemaError(
                f"no part of speech is called {quote(piece)}. Choose from: {', '.join(UPOS)}."
            )
        return vocabulary.equal("pos", vocabulary.fold(piece.upper()))
    if by == "regex":
        return vocabulary.mask("token", compile_regex(vocabulary, piece).fullmatch)
    folded = vocabulary.fold(piece)
    if by in ("form", "phrase"):
        return vocabulary.equal("token", folded)
    if by == "lemma":
        fits = vocabulary.equal("lemma", folded)
        # What nothing has as its dictionary form: a mark, a piece of a contraction, a plural.
        return fits if fits.any() else vocabulary.equal("token", folded)
    fits = fit_wildcards(vocabulary, "token", folded)
    if by == "word":
        fits = fits | fit_wildcards(vocabulary, "lemma", folded)
    return fits


def fit_wildcards(vocabulary, column, piece):
    """Which tokens have in the column what a word with or without wildcards asks for."""
    if WILD_AS_REGEX.keys().isdisjoint(piece):
        return vocabulary.equal(column, piece)
    return vocabulary.mask(column, compile_wildcards(piece).fullmatch)


def compile_regex(vocabulary, piece):
    """A regular expression of a reader; SchemaError where it is none."""
    try:
        return re.compile(straighten(piece), 0 if vocabulary.match_case else re.IGNORECASE)
    except re.error as error:
        raise SchemaError(
            f"{quote(piece)} is no regular expression: {error}. "
            'To search for it as it is, say by="form".'
        ) from None


def compile_wildcards(piece):
    """A word with wildcards as a regular expression: * for any letters, ? for one."""
    parts = [WILD_AS_REGEX.get(letter, re.escape(letter)) for letter in piece]
    return re.compile("".join(parts))


def locate_actor(tokens, actor, mentions):
    """(first rows, last rows) of the mentions of an actor."""
    if mentions is None:
        raise SchemaError(
            'by="actor" needs the mentions: find_keyword(…, mentions=find_mentions(articles, '
            "tokens))."
        )
    schema.check(mentions, "mentions")
    named = mentions["actor"].str.lower() == actor.lower()
    chosen = mentions[named & mentions["kind"].isin(REFERRING)]
    if chosen.empty:
        known = mentions["actor"].dropna().unique().tolist()
        near = difflib.get_close_matches(actor, known, MOST_NEAR, cutoff=0.4)
        warn_of("is no actor of these texts", actor, near)
    starts = pd.MultiIndex.from_frame(tokens[["doc_id", "start"]])
    ends = pd.MultiIndex.from_frame(tokens[["doc_id", "end"]])
    first = starts.get_indexer(pd.MultiIndex.from_frame(chosen[["doc_id", "start"]]))
    last = ends.get_indexer(pd.MultiIndex.from_frame(chosen[["doc_id", "end"]]))
    whole = (first >= 0) & (last >= 0)
    return first[whole], last[whole]


def warn_of_nothing(vocabulary, pattern, by, pieces, masks):
    """Say that a pattern is nowhere, which words of it are, and what is like the others."""
    plain = [piece.translate({value: key for key, value in WILD.items()}) for piece in pieces]
    absent = [word for word, mask in zip(plain, masks, strict=True) if not mask.any()]
    if by in ("pos", "regex"):
        warn_of("finds nothing in these texts", pattern)
    elif not absent:
        warn_of("is not in these texts; its words are, but not in this order", pattern)
    elif len(pieces) == 1:
        warn_of("is not in these texts", pattern, vocabulary.near(vocabulary.fold(absent[0])))
    else:
        near = [form for word in absent for form in vocabulary.near(vocabulary.fold(word))]
        missing = ", ".join(map(quote, absent))
        warn_of(f"is not in these texts: no {missing}", pattern, near)


def warn_of(said, pattern, near=()):
    """Warn of a pattern that finds nothing."""
    message = f"{quote(pattern)} {said}."
    if near:
        message += f" Near it: {', '.join(map(quote, near))}."
    warnings.warn(message, stacklevel=2)
