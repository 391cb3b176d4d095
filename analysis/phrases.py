"""Noun phrases and quoted passages of one parsed article, as rows of its tokens table."""

from typing import NamedTuple

from .text import quieten, straighten

# Relations that end a noun phrase: what follows speaks about it, in a clause or beside it.
OUTSIDE = {"relcl", "acl", "appos", "conj", "cc", "punct", "preconj", "parataxis"}


class Parse(NamedTuple):
    """The columns of one article's tokens as lists; `head` holds row numbers, `below` the rows that depend on each row."""

    words: list
    lemma: list
    pos: list
    tag: list
    dep: list
    head: list
    sentence: list
    paragraph: list
    below: list


class Phrase(NamedTuple):
    """A noun phrase: its head's row, its rows `first` to `last` (half-open)."""

    head: int
    first: int
    last: int


def read_parse(parsed):
    """The tokens of one article (with row numbers 0, 1, …) as a Parse."""
    numbers = parsed["token_id"].tolist()
    head = [row if up == 0 else row + up - number for row, (number, up) in enumerate(zip(numbers, parsed["head"].tolist(), strict=True))]
    below = [[] for _ in head]
    for row, up in enumerate(head):
        if up != row:
            below[up].append(row)
    columns = (parsed[name].fillna("").tolist() for name in ("pos", "tag", "dep"))
    words = [straighten(word) for word in parsed["token"].tolist()]
    edges = [row for row, number in enumerate(numbers) if number == 1]
    words = [word for first, last in zip(edges, [*edges[1:], len(words)], strict=True) for word in quieten(words[first:last])]
    places = (parsed[name].tolist() for name in ("sentence_id", "paragraph_id"))
    return Parse(words, [straighten(lemma).lower() for lemma in parsed["lemma"].fillna("").tolist()], *columns, head, *places, below)


def paragraph_runs(paragraph):
    """(first, last) of the rows of each paragraph, half-open, from the paragraph number of each row."""
    starts = [row for row, number in enumerate(paragraph) if row == 0 or paragraph[row - 1] != number]
    return list(zip(starts, [*starts[1:], len(paragraph)], strict=True))


def phrase_at(parse, row):
    """The noun phrase whose head stands at `row`, without relative and participle clauses and appositions.

    Nouns under one determiner are one phrase: "the aggressor, murderer and main culprit".
    """
    first = last = row
    open_rows = [row]
    while open_rows:
        up = open_rows.pop()
        for child in parse.below[up]:
            if parse.dep[child] not in OUTSIDE or (parse.dep[child] in ("conj", "cc", "punct") and up != row) or is_joined(parse, child):
                first, last = min(first, child), max(last, child)
                open_rows.append(child)
    while last > row and parse.pos[last] == "PUNCT":
        last -= 1
    return Phrase(row, first, last + 1)


def is_joined(parse, row):
    """Whether a noun is joined to another without a determiner of its own."""
    owned = any(parse.dep[child] in ("det", "poss") for child in parse.below[row])
    return parse.dep[row] == "conj" and parse.pos[row] == "NOUN" and not owned
