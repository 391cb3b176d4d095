"""Quotation marks: which belong together. Marks pair within a paragraph, so that one never closed harms nothing beyond it."""

import re
from bisect import bisect_right
from typing import NamedTuple

OPENERS, CLOSERS = "“„«‹‟", "”»›"
# The closing mark that each opening one waits for; German and Danish marks point the other way round.
PAIRS = {"“": '”"', "„": '“”"', "«": "»", "‹": "›", "‟": "”", '"': '"”', "»": "«", "‘": "’'", "'": "'’", "``": "''"}
DOUBLE = re.compile(r"[“”„‟«»‹›\"]|``|''")
SINGLE_OPENING = re.compile(r"(?<![\w.])[‘'](?=\w)")
SINGLE_CLOSING = re.compile(r"(?<=[\w.,!?…])[’'](?!\w)")
INCHES = re.compile(r"\d$")


class Marked(NamedTuple):
    """A stretch of text in quotation marks, marks included: [start, end), whether it is closed, and how deep it is nested."""

    start: int
    end: int
    closed: bool
    level: int


def find_marked(text, start, end):
    """What stands in quotation marks in text[start:end], one paragraph: outer stretches, and those nested in them.

    >>> [(each.start, each.end, each.closed) for each in find_marked('He is 6\\'3". "Go," she said. "Now', 0, 32)]
    [(12, 17, True), (28, 32, False)]
    """
    outer = find_double(text, start, end)
    edges = [start, *(edge for each in outer for edge in (each.start, each.end)), end]
    outside = [single for first, last in zip(edges[::2], edges[1::2], strict=True) for single in find_single(text, first, last, 1)]
    return sorted(outer + outside + [inner for each in outer for inner in find_single(text, each.start + 1, each.end - 1, 2)])


def find_double(text, start, end):
    """Stretches in double marks or guillemets, none in another."""
    found, opened, closing = [], None, ""
    for match in DOUBLE.finditer(text, start, end):
        mark, place = match[0], match.start()
        before, after = text[max(start, place - 1) : place], text[match.end() : min(end, match.end() + 1)]
        if opened is None:
            free = not before or before.isspace() or before in "([{—–-/:" or before in OPENERS
            opens = mark in OPENERS or mark == "``" or (free and after and not after.isspace())
            if opens and not (mark in "\"''" and INCHES.search(text, max(start, place - 1), place)):
                opened, closing = place, PAIRS.get(mark, '”"' if mark == "”" else "''")
        elif mark in closing or (mark == "''" and closing == "''"):
            found.append(Marked(opened, match.end(), True, 1))
            opened = None
        elif mark in "“" and before.isspace():  # the one before was never closed
            found.append(Marked(opened, place - len(before), False, 1))
            opened, closing = place, PAIRS[mark]
    return found + ([Marked(opened, end, False, 1)] if opened is not None and opened < end else [])


def find_single(text, start, end, level):
    """Stretches in single marks, apostrophes left alone."""
    found, position = [], start
    closings = [match.end() for match in SINGLE_CLOSING.finditer(text, start, end)]
    sure = [place for place in closings if text[place - 2] in ",.!?…"]
    openings = [match.start() for match in SINGLE_OPENING.finditer(text, start, end)]
    for number, opening in enumerate(openings):
        place = bisect_right(closings, opening + 1)
        if opening < position or place == len(closings):
            continue
        # An apostrophe at a word's end ("the workers' party") is no closing mark if one behind a comma or full stop follows.
        close = closings[place]
        behind = bisect_right(sure, opening + 1)
        if behind < len(sure) and (number + 1 == len(openings) or openings[number + 1] >= sure[behind]):
            close = sure[behind]
        found.append(Marked(opening, close, True, level))
        position = close
    return found
