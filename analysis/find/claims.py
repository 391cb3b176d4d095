"""What two articles may contradict each other in: figures and dates, with what they are said of."""

import math
import re
from datetime import date
from functools import cache
from typing import NamedTuple

import numpy as np

from ..lexicons import word_list
from .clock import HALF_A_DAY
from .counted import HARMS, MARCH, is_person_noun
from .figures import AGE, COUNTABLES, GOING_ON, MONEY, PEOPLE, TIME_OF_DAY, units
from .numbers import LOOK_BACK, OPEN

CALENDAR = "date"
# Behind these stands a part of what was counted before.
AMONG = re.compile(r"(?i)\b(?:among them|including|of whom|of them|and another|another)\s+$")
# Kinds of dates that lie somewhere on the calendar.
ON_CALENDAR = ("day", "week", "weekend", "month", "quarter", "season", "year", "range")
# Two units of one sort say the same if they differ by less ("two miles", "three kilometres").
ROUNDED = 0.05


class Claim(NamedTuple):
    """A figure or date in a sentence: what two of one key say of one thing can agree or not."""

    row: int
    doc: int
    sentence: int
    key: tuple
    low: float
    high: float
    unit: str
    noun: str
    event: str
    about: str
    code: str
    is_part: bool
    words: np.ndarray


def read_claims(figures, texts, alignment):
    """The claims of a table of figures."""
    docs = {doc_id: number for number, doc_id in enumerate(alignment.docs)}
    times, before = {(each.unit, each.noun): each.times for each in units().values()}, None
    for row, figure in enumerate(figures.itertuples()):
        sentence = alignment.number[figure.doc_id, figure.sentence_id]
        words = alignment.words_near(sentence, figure.start, figure.end)
        if figure.code == GOING_ON and before is not None:
            # It is of what the number before it is of.
            words = np.union1d(words, before)
        before = words
        scale = times.get((figure.unit, figure.noun), 1.0)
        text = texts[figure.doc_id]
        is_part = figure.code != OPEN and text.startswith(" of ", figure.end)
        is_part |= bool(AMONG.search(text, max(0, figure.start - LOOK_BACK), figure.start))
        yield Claim(
            row=row,
            doc=docs[figure.doc_id],
            sentence=sentence,
            key=key_of_claim(figure),
            low=-math.inf if math.isnan(figure.low) else figure.low * scale,
            high=math.inf if math.isnan(figure.high) else figure.high * scale,
            unit=figure.unit,
            noun=figure.noun,
            event=figure.event if isinstance(figure.event, str) else "",
            about=figure.about if isinstance(figure.about, str) else "",
            code=figure.code,
            is_part=is_part,
            words=words,
        )


@cache
def everybody():
    """Nouns that say no more of people than that they are some, or what became of them."""
    return (
        word_list("nouns for anybody")
        | word_list("words for the dead")
        | (word_list("words for the hurt"))
    )


def key_of_claim(figure):
    """What two figures must have in common to be compared."""
    head = figure.noun.split()[-1]
    if figure.unit in (PEOPLE, COUNTABLES):
        of_act = figure.event in (*HARMS, MARCH)
        if of_act and (head in everybody() or is_person_noun(head)):
            return PEOPLE, figure.event
        return COUNTABLES, head, figure.event if head in everybody() else ""
    if figure.unit == AGE:
        return AGE, figure.about
    return figure.unit, figure.noun if figure.unit == MONEY else ""


def read_dated(dates, alignment):
    """The claims of a table of dates: those that lie on the calendar."""
    docs = {doc_id: number for number, doc_id in enumerate(alignment.docs)}
    for row, told in enumerate(dates.itertuples()):
        ends = ends_of(told.value) if told.kind in ON_CALENDAR else None
        number = alignment.number.get((told.doc_id, told.sentence_id))
        if ends is None or number is None:
            continue
        words = alignment.words_near(number, told.start, told.end)
        yield Claim(
            row,
            docs[told.doc_id],
            number,
            (CALENDAR,),
            *ends,
            CALENDAR,
            told.kind,
            "",
            "",
            "date",
            False,
            words,
        )


def ends_of(value):
    """(first, last) day of a value in ISO 8601 as numbers; None where it has none."""
    if not isinstance(value, str):
        return None
    first, _, last = value.partition("/")
    ends = day_number(first, 1), day_number(last or first, -1)
    return None if None in ends else ends


def day_number(value, side):
    """The first or last day of a day, month or year as a number; None of anything else."""
    parts = value.split("-")
    if not all(part.isdecimal() for part in parts) or len(parts[0]) != 4:
        return None
    year, month, day = (*map(int, parts), *(0,) * (3 - len(parts)))[:3]
    if not 0 < year < 9999:
        return None
    if side > 0 or day:
        return date(year, month or 1, day or 1).toordinal()
    year, month = (year, month + 1) if 0 < month < 12 else (year + 1, 1)
    return date(year, month, 1).toordinal() - 1


def agree(one, other):
    """Whether two claims of one key can both be true."""
    ends = [(one.low, one.high), (other.low, other.high)]
    if one.unit == TIME_OF_DAY and "half_open" in (one.code, other.code):
        ends = [(low % HALF_A_DAY, low % HALF_A_DAY + high - low) for low, high in ends]
    low, high = max(each[0] for each in ends), min(each[1] for each in ends)
    loose = (
        ROUNDED
        if one.noun != other.noun and one.unit not in (PEOPLE, COUNTABLES, CALENDAR)
        else 0.0
    )
    return low <= high * (1 + loose) + 1e-9
