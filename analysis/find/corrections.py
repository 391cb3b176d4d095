"""Corrections by hand: placed in the text, made one after the other, with what became of each."""

import difflib
import re
from types import SimpleNamespace

import pandas as pd

from .. import schema
from ..read.corrections import ADD_QUOTE, NEEDS, OF_TABLE, read_corrections
from ..schema import KINDS, SPEECH
from ..text import how_many, plain_words, quote, straighten

# The code of a row that a reader has changed or added.
CORRECTED = "corrected"
# A surname is about half as long as the full name: difflib's ratio for the two is just above this.
NEAR_NAME = 0.5
# How many places a message lists.
MOST_PLACES = 5
AS_IT_IS = "nothing to change: it is so already"
# What is said of a correction of another table than the one that is made.
HANDED_ON = {
    "speech": "for the quotations: see find_speech",
    "quotes": "for the quotations: see find_quotes",
    "stance": "for the tone: see score_stance",
    "actions": "for the acts: see find_actions",
}
TABLE_OF = {action: name for name, actions in OF_TABLE.items() for action in actions}


class MisfitError(Exception):
    """Why a correction cannot be made; never leaves the rooms that make them."""


def make_corrections(table, corrections, texts, make, row):
    """A table as corrected, and of each correction (how many rows, outcome).

    `make(table, asked, text)` makes one in a copy: it gives the table, how many rows have changed
    and what else is to be said, or raises MisfitError. `row` is what a row is, in one word.
    """
    outcomes = []
    for asked in plain_rows(corrections):
        if asked.outcome is not None:
            outcomes.append((0, asked.outcome))
            continue
        text = texts.get(asked.doc_id, "")
        try:
            check_row(asked, text)
            table, n, more = make(table, asked, text)
            outcomes.append((n, f"applied to {how_many(n, row)}{more}" if n else AS_IT_IS))
        except MisfitError as misfit:
            outcomes.append((0, f"does not fit: {misfit}"))
    return table, outcomes


def corrections_of(articles, name):
    """The corrections beside the articles that are of a table, without those that are broken."""
    asked = read_corrections(articles)
    return asked[asked["action"].isin(OF_TABLE[name]) & asked["outcome"].isna()]


def log_outcomes(log, name, find_outcomes):
    """The log of corrections, with what became of those that were handed on to another table.

    `find_outcomes(corrections)` gives (how many rows, outcome) of each.
    """
    here = log["outcome"] == HANDED_ON[name]
    if not here.any():
        return log
    log, asked = log.copy(), log[here].assign(outcome=None)
    for place, (n, outcome) in zip(log.index[here], find_outcomes(asked), strict=True):
        log.loc[place, "n"], log.loc[place, "outcome"] = n, outcome
    return log


def plain_rows(corrections):
    """The rows of a table of corrections in plain Python: None where a cell is missing."""
    for row in corrections.to_dict("records"):
        cells = {"doc_id": None, "outcome": None}
        for column, value in row.items():
            cells[column] = None if pd.isna(value) or value == "" else value
        for column in ("start", "end"):
            if cells[column] is not None:
                cells[column] = int(cells[column])
        yield SimpleNamespace(**cells)


def check_row(asked, text):
    """Refuse a correction that lacks what its action needs, or does not fit the text."""
    if asked.action not in NEEDS:
        known = ", ".join(NEEDS)
        raise MisfitError(f"no such action {quote(asked.action or '')}; choose from {known}")
    at = f"; {say_where(text, asked.text)}" if asked.text else ""
    missing = [column for column in NEEDS[asked.action] if getattr(asked, column) is None]
    if missing:
        hint = at if missing[0] in ("start", "end") else ""
        raise MisfitError(f"`{asked.action}` needs `{missing[0]}`, which is empty{hint}")
    kinds = SPEECH if asked.action == ADD_QUOTE else KINDS
    for column, allowed in (("actor_type", schema.TYPES), ("kind", kinds)):
        value = getattr(asked, column)
        if value is not None and value not in allowed:
            known = ", ".join(allowed)
            raise MisfitError(f"no such {column} {quote(value)}; choose from {known}")
    if (asked.start is None) != (asked.end is None):
        raise MisfitError(f"`start` and `end` must both be given, or neither{at}")
    if asked.start is not None:
        check_place(asked, text, at)


def check_place(asked, text, at):
    """Refuse a correction whose `text` does not stand at its offsets; `at` says where it does."""
    inside = 0 <= asked.start < asked.end <= len(text)
    there = text[asked.start : asked.end] if inside else ""
    reads = f"the text at {asked.start}–{asked.end} reads {quote(there)}"
    if asked.text is None:
        raise MisfitError(f"`text` is empty, so that the place cannot be checked; {reads}")
    if plain_words(there) != plain_words(asked.text):
        raise MisfitError(f"{reads}, not {quote(asked.text)}{at}")


def by_hand(asked):
    """The rule of a corrected row."""
    note = f" ({asked.note})" if asked.note else ""
    return f"corrected by hand: {asked.action}{note}"


def name_in_use(mentions, name):
    """The actor's name as the mentions spell it; the name itself where nobody has it.

    Quotation marks and spaces do not count.
    """
    for actor in mentions["actor"].dropna().unique():
        if plain_words(actor) == plain_words(name):
            return actor
    return name


def no_actor(mentions, name):
    """What to say of an actor who is not there."""
    known = mentions["actor"].dropna().unique()
    near = difflib.get_close_matches(name, known, 1, cutoff=NEAR_NAME)
    return f"no actor {quote(name)}" + (f"; nearest: {quote(near[0])}" if near else "")


def say_where(text, wanted):
    """Where the words stand in the article, in words."""
    places = [f"{start}–{end}" for start, end in find_wording(wanted, text, 0, len(text))]
    if not places:
        return f"{quote(wanted)} is nowhere in the article"
    more = len(places) - MOST_PLACES
    others = f" and {how_many(more, 'other place')}" if more > 0 else ""
    return f"found at {', '.join(places[:MOST_PLACES])}{others}"


def find_wording(words, text, low, high):
    """Where words stand in a part of a text, whatever their marks and spaces."""
    wanted = r"\s+".join(map(re.escape, straighten(words).split()))
    found = re.finditer(rf"(?<!\w){wanted}(?!\w)", straighten(text[low:high]))
    return [(low + match.start(), low + match.end()) for match in found]
