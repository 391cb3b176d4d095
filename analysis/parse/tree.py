"""The parse of one article as a tree: which word depends on which, and the phrases that makes."""

import copy
from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import pairwise

import numpy as np

from ..errors import SchemaError
from ..text import straighten
from .capitals import quieten

SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj", "csubjpass", "expl"))
# Tags of verbs that no other verb governs.
FINITE = ("VBD", "VBP", "VBZ")
# A verb that has one of these shares no auxiliary with the verb it is joined to.
OWN_HELP = SUBJECTS | {"aux", "auxpass"}
# What is joined to a word, and what joins it.
JOINTS = ("conj", "cc", "punct")
# Relations that end a noun phrase: what follows speaks about it, in a clause or beside it.
CLAUSES_BEHIND = ("relcl", "acl", "parataxis")
OUTSIDE = (*CLAUSES_BEHIND, *JOINTS, "appos", "preconj")


class Tree:
    """The tokens of one article as plain lists, one item a token; all that points, points to rows.

    `forms` are the tokens as they stand. `words` and `lemma` have straight marks; words of
    sentences in capitals are in small letters. `head` is the row itself at a root; `below` has the
    rows that depend on each row, in order.
    """

    def __init__(self, tokens):
        check_sentences_whole(tokens)
        texts = (tokens[column].fillna("").tolist() for column in ("pos", "tag", "dep", "ent"))
        self.pos, self.tag, self.dep, self.ent = map(change_each, texts)
        self.lemma = change_each(tokens["lemma"].fillna("").tolist(), plain_lemma)
        self.sentence = tokens["sentence_id"].tolist()
        self.paragraph = tokens["paragraph_id"].tolist()
        self.starts, self.ends = tokens["start"].tolist(), tokens["end"].tolist()
        self.forms = tokens["token"].tolist()
        self.words = read_words(self.forms, tokens["token_id"].to_numpy())
        rows = np.arange(len(tokens))
        up = tokens["head"].to_numpy()
        self.head = np.where(up > 0, rows + up - tokens["token_id"].to_numpy(), rows).tolist()
        self.below = [[] for _ in self.head]
        for row, over in enumerate(self.head):
            if over != row:
                self.below[over].append(row)

    def with_names(self, ent, named_by):
        """The same tree with other marks of names, and for each word who says so."""
        other = copy.copy(self)
        other.ent, other.named_by = ent, named_by
        return other

    def find_rows(self, spans):
        """(first, last) of the rows that each of some spans touches, half-open."""
        ends, starts = self.ends, self.starts
        return [(bisect_right(ends, each.start), bisect_left(starts, each.end)) for each in spans]

    @cached_property
    def first(self):
        """Of each row {relation: the first row that depends on it so}."""
        nothing = {}
        found = [nothing] * len(self.below)
        for over, rows in enumerate(self.below):
            if rows:
                # The last row is set first, so that the first one stays.
                found[over] = {self.dep[row]: row for row in reversed(rows)}
        return found

    @cached_property
    def whole(self):
        """Of a conjunct or apposition, the row of what it is joined to first; else the row."""
        found = list(range(len(self.head)))
        for row, over in enumerate(self.head):
            if over < row and self.dep[row] in ("conj", "appos"):
                found[row] = found[over]
        return found

    @cached_property
    def helped(self):
        """Of a verb joined to another, the row of the verb whose help it shares; else the row."""
        found = list(range(len(self.head)))
        for row, over in enumerate(self.head):
            joined = over < row and self.dep[row] == "conj"
            if joined and not self.first[row].keys() & OWN_HELP and self.shares_help(row, over):
                found[row] = found[over]
        return found

    def shares_help(self, row, over):
        """Whether a verb shares the auxiliaries of the one that it is joined to.

        "did not attack or help", but not "did not attack but help", "never attacked and left".
        """
        conjunction = self.first[over].get("cc")
        word = "" if conjunction is None else self.lemma[conjunction]
        is_bare = self.tag[row] == self.tag[over] and self.tag[row] not in FINITE
        return word == "or" or (word != "but" and is_bare)

    @cached_property
    def paragraphs(self):
        """(first, last) of the rows of each paragraph, half-open."""
        return paragraph_runs(self.paragraph)


def check_sentences_whole(tokens):
    """Refuse tokens of which some are missing: heads are counted within the sentence."""
    columns = ("sentence_id", "token_id", "head")
    sentence, number, head = (tokens[column].to_numpy() for column in columns)
    begins = np.flatnonzero(np.diff(sentence, prepend=sentence[:1] - 1))
    sizes = np.diff(begins, append=len(tokens))
    place = np.arange(len(tokens)) - np.repeat(begins, sizes) + 1
    outside = (head < 0) | (head > np.repeat(sizes, sizes))
    wrong = (place != number) | outside
    if wrong.any():
        sentence = tokens["sentence_id"].iat[int(wrong.argmax())]
        raise SchemaError(
            f"tokens of sentence {sentence} are missing or out of order. Hand over the whole table "
            "that split_tokens(articles) gives, marks included."
        )


def change_each(texts, change=str):
    """Texts, each changed; what is equal is changed once and is one string."""
    changed = {text: change(text) for text in set(texts)}
    return [changed[text] for text in texts]


def plain_lemma(lemma):
    """A dictionary form as it is compared."""
    return straighten(lemma).lower()


def read_words(forms, numbers):
    """The tokens with straight marks; those of a sentence in capitals in small letters.

    `numbers` are those in the sentence.
    """
    words = change_each(forms, straighten)
    edges = np.flatnonzero(numbers == 1).tolist()
    quiet = []
    for first, last in pairwise([*edges, len(words)]):
        quiet += quieten(words[first:last])
    return quiet


def paragraph_runs(paragraph):
    """(first, last) of the rows of each paragraph, half-open, from the paragraph of each row."""
    starts = [
        row for row, number in enumerate(paragraph) if row == 0 or paragraph[row - 1] != number
    ]
    return list(pairwise([*starts, len(paragraph)]))


def head_of(tree, first, last):
    """The row on which the rest of a span depends: the first that depends on something outside.

    Marks, determiners and case markers are passed over.
    """
    heads = []
    for row in range(first, last):
        over = tree.head[row]
        if over == row or not first <= over < last:
            heads.append(row)
    content = [row for row in heads if tree.dep[row] not in ("punct", "case", "det")]
    return next(iter(content or heads), first)


def subtree(tree, row, without=()):
    """The rows below a word, itself among them, without the branches at the rows `without`."""
    rows, open_rows = [], [row]
    while open_rows:
        up = open_rows.pop()
        rows.append(up)
        open_rows += [child for child in tree.below[up] if child not in without]
    return rows


def noun_phrase(tree, row, *, whole=False):
    """(first, last) of the noun phrase whose head stands at `row`, without clauses behind it.

    Nouns under one determiner are one phrase: "the aggressor, murderer and main culprit". `whole`
    takes in the appositions behind the head and all that is joined to it, as a speaker is named:
    "Ann Miller, the mayor, and her deputy".
    """
    rows, open_rows = [row], [row]
    while open_rows:
        up = open_rows.pop()
        inside = [child for child in tree.below[up] if is_inside(tree, child, up, row, whole)]
        rows += inside
        open_rows += inside
    if whole:
        for child in tree.below[row]:
            if tree.dep[child] == "conj" and tree.pos[child] in ("NOUN", "PROPN", "PRON"):
                rows += subtree(tree, child)
    first, last = min(rows), max(rows) + 1
    while last - 1 > row and tree.pos[last - 1] == "PUNCT":
        last -= 1
    if whole and is_open(tree.words[first:last]) and tree.words[last : last + 1] == [")"]:
        last += 1
    return first, last


def is_inside(tree, child, up, row, whole):
    """Whether a word that depends on `up` belongs to the noun phrase around `row`."""
    relation = tree.dep[child]
    if relation in JOINTS and up != row:
        return True
    if not whole:
        return relation not in OUTSIDE or is_joined(tree, child)
    if relation == "appos":
        return child > up
    return relation not in CLAUSES_BEHIND and relation not in JOINTS


def is_open(words):
    """Whether a bracket is opened in the words and not closed."""
    return "(" in words and ")" not in words


def is_joined(tree, row):
    """Whether a noun is joined to another without a determiner of its own."""
    owned = any(tree.dep[child] in ("det", "poss") for child in tree.below[row])
    return tree.dep[row] == "conj" and tree.pos[row] == "NOUN" and not owned
