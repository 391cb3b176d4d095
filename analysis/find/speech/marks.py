"""Quotation marks: which belong together.

Marks pair within a paragraph, so that one never closed harms nothing beyond it.
"""

import re
from bisect import bisect_right
from typing import NamedTuple

OPENERS = "“„«‹‟"
# What may stand before an opening mark, besides space and other opening marks.
BEFORE_OPENING = "([{—–-/:" + OPENERS
# The closing marks that each opening one waits for; German and Danish marks point the other way.
PAIRS = {
    "“": ("”", '"', "’’", "''"),
    "„": ("“", "”", '"'),
    "«": ("»",),
    "‹": ("›",),
    "‟": ("”",),
    '"': ('"', "”"),
    "»": ("«",),
    "``": ("''",),
    "‘‘": ("’’", "”", '"'),
}
DOUBLE = re.compile(r"[“”„‟«»‹›\"]|``|''|‘‘|’’")
SINGLE_OPENING = re.compile(r"(?<![\w.])[‘'](?=\w)")
SINGLE_CLOSING = re.compile(r"(?<=[\w.,!?…])[’'](?!\w)")
INCHES = re.compile(r"\d$")


class Marked(NamedTuple):
    """A stretch of text in quotation marks, marks included."""

    start: int
    end: int  # half-open
    closed: bool
    level: int  # 1, or 2 where it stands inside another


def find_marked(text, start, end):
    """What stands in quotation marks in one paragraph, text[start:end], in order.

    Those are outer stretches, and those nested in them.

    >>> found = find_marked('He is 6\\'3". "Go," she said. "Now', 0, 32)
    >>> [(each.start, each.end, each.closed) for each in found]
    [(12, 17, True), (28, 32, False)]
    """
    found = find_double(text, start, end)
    outside = start
    for each in list(found):
        found += find_single(text, outside, each.start, 1)
        found += find_single(text, each.start + 1, each.end - 1, 2)
        outside = each.end
    return sorted(found + find_single(text, outside, end, 1))


def find_double(text, start, end):
    """Stretches in double marks or guillemets, none in another."""
    found, opened, closing = [], None, ()
    for match in DOUBLE.finditer(text, start, end):
        mark, place = match[0], match.start()
        before = text[max(start, place - 1) : place]
        after = text[match.end() : min(end, match.end() + 1)]
        if opened is None:
            if is_opening(mark, before, after):
                opened, closing = place, closing_of(mark)
        elif mark in closing:
            found.append(Marked(opened, match.end(), True, 1))
            opened = None
        elif mark == "“" and before.isspace():  # the one before was never closed
            found.append(Marked(opened, place - len(before), False, 1))
            opened, closing = place, closing_of(mark)
    if opened is not None and opened < end:
        found.append(Marked(opened, end, False, 1))
    return found


def is_opening(mark, before, after):
    """Whether a mark can open a quotation, by the characters beside it."""
    if mark == "’’" or (mark in ('"', "''") and INCHES.search(before)):
        return False
    if mark in OPENERS or mark in ("``", "‘‘"):
        return True
    free = not before or before.isspace() or before in BEFORE_OPENING
    return bool(free and after and not after.isspace())


def closing_of(mark):
    """The marks that close what a mark has opened."""
    return PAIRS.get(mark, ('"', "”") if mark == "”" else ("''",))


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
        following = openings[number + 1] if number + 1 < len(openings) else end
        close = sure_closing(sure, opening, following) or closings[place]
        found.append(Marked(opening, close, True, level))
        position = close
    return found


def sure_closing(sure, opening, following):
    """The closing mark behind a comma or full stop, before the next opening one, or None.

    An apostrophe at a word's end ("the workers' party") closes nothing where such a mark follows.
    """
    behind = bisect_right(sure, opening + 1)
    found = behind < len(sure) and sure[behind] <= following
    return sure[behind] if found else None
