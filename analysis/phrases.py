"""Noun phrases and quoted passages of one parsed article, as rows of its tokens table."""

from typing import NamedTuple

from .text import quieten, straighten

# Relations that end a noun phrase: what follows speaks about it, in a clause or beside it.
OUTSIDE = {"relcl", "acl", "appos", "conj", "cc", "punct", "preconj", "parataxis"}
# Verbs that report speech, for "X said" beside a quotation.
SPEECH = set(
    [
        "say",
        "tell",
        "add",
        "ask",
        "reply",
        "answer",
        "state",
        "declare",
        "announce",
        "claim",
        "argue",
        "explain",
        "note",
        "insist",
        "warn",
        "write",
        "tweet",
        "comment",
        "remark",
        "recall",
        "admit",
        "continue",
        "conclude",
        "respond",
        "observe",
        "stress",
        "suggest",
        "joke",
        "shout",
        "cry",
        "whisper",
        "promise",
        "vow",
        "repeat",
        "report",
        "quip",
        "agree",
        "confirm",
    ]
)


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


def find_marked(parse):
    """Runs of rows inside quotation marks, one (first, last) each; marks pair within a paragraph, an open one ends with it."""
    marked, opened = [], None
    for row, word in enumerate(parse.words):
        if opened is not None and parse.paragraph[row] != parse.paragraph[opened]:
            marked.append((opened, row))
            opened = None
        if word in ('"', "''", "``"):
            if opened is None:
                opened = row
            else:
                marked.append((opened, row + 1))
                opened = None
    return [*marked, (opened, len(parse.words))] if opened is not None else marked


def find_speakers(parse, marked):
    """For each quoted run, the row of the word that names who speaks, or None; a paragraph that is all quotation keeps the last speaker."""
    inside = {row for first, last in marked for row in range(first, last)}
    verbs = [row for row, lemma in enumerate(parse.lemma) if row not in inside and lemma in SPEECH and parse.pos[row] == "VERB"]
    according = [row for row, word in enumerate(parse.words) if row not in inside and word.lower() == "according"]
    cues = sorted((row, who) for row in [*verbs, *according] for who in [cue_subject(parse, row)] if who is not None and who not in inside)
    speakers, running, last_paragraph = [], None, None
    by_paragraph = {}
    for row, who in cues:
        by_paragraph.setdefault(parse.paragraph[row], []).append((row, who))
    for first, last in marked:
        paragraph = parse.paragraph[first]
        near = [
            (gap, who)
            for row, who in by_paragraph.get(paragraph, ())
            for gap in [first - row if row < first else row - last + 1]
            if parse.sentence[row] in (parse.sentence[first], parse.sentence[last - 1]) or gap <= FAR
        ]
        if near:
            running = min(near)[1]
        elif last_paragraph is not None and paragraph - last_paragraph > 1:
            running = None
        speakers.append(running)
        last_paragraph = paragraph
    return speakers


# A cue further from the quotation than this many tokens, in another sentence, is not its own.
FAR = 25


def cue_subject(parse, row):
    """The row of who says it: the subject of a verb of speech, or the object of "according to"."""
    if parse.words[row].lower() == "according":
        to = next((child for child in parse.below[row] if parse.dep[child] == "prep"), None)
        return next((child for child in parse.below[to] if parse.dep[child] == "pobj"), None) if to is not None else None
    while True:
        subject = next((child for child in parse.below[row] if parse.dep[child] in ("nsubj",)), None)
        if subject is not None or parse.dep[row] != "conj":
            return subject
        row = parse.head[row]
