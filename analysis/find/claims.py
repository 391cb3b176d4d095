"""What two articles may contradict each other in: figures and dates, with what they are said of."""

import math
import re
from datetime import date
from functools import cache
from typing import NamedTuple

import numpy as np

from ..lexicons import word_list
from .alignment import NEAR_BY
from .clock import HALF_A_DAY
from .counted import HARMS, MARCH, people_words
from .figures import AGE, COUNTABLES, GOING_ON, MONEY, PEOPLE, TIME_OF_DAY, units
from .numbers import AT_LEAST, AT_MOST, EXACT, LOOK_BACK, OPEN, ROUGHLY
from .when.words import MONTH_NUMBERS, either

CALENDAR = "date"
# Behind these stands a part of what was counted before.
AMONG = re.compile(r"(?i)\b(?:among them|including|of whom|of them|and another|another)\s+$")
# A date in figures or with its month stands by itself; others are counted from another day.
DATE_IN_FULL = re.compile(rf"(?i)\d|\b(?:{either(MONTH_NUMBERS)})\b")
RIGHT_BESIDE = 25
YEAR = re.compile(r"\b\d{4}\b")
# A year that has every day.
LEAP_YEAR = 2000
# A date of a word or two.
LONGEST_WORD = 25
# Kinds of dates that lie somewhere on the calendar.
ON_CALENDAR = ("day", "week", "weekend", "month", "quarter", "season", "year", "range")
# Before a noun: those who are not all.
BESIDES = re.compile(r"(?i)\s(?:more|others?|additional|further)\b")
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
    how: str
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
        if figure.unit == AGE and not isinstance(figure.about, str):
            continue  # nobody's age
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
        is_part |= bool(BESIDES.match(text, figure.end))
        yield Claim(
            row=row,
            doc=docs[figure.doc_id],
            sentence=sentence,
            key=key_of_claim(figure),
            low=-math.inf if math.isnan(figure.low) else figure.low * scale,
            high=math.inf if math.isnan(figure.high) else figure.high * scale,
            how=figure.how,
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
        if of_act and (head in everybody() or head in people_words()):
            return PEOPLE, figure.event
        return COUNTABLES, head, figure.event if head in everybody() else ""
    if figure.unit == AGE:
        return AGE, figure.about
    return figure.unit, figure.noun if figure.unit == MONEY else ""


def read_dated(dates, alignment, published):
    """The claims of a table of dates: those that lie on the calendar.

    Of days of the week and the like that are counted from the day of publication only the words
    right beside count: most of them say when somebody spoke. A date in full that is the article's
    own day stands in its date line: when it was written, not when something happened.
    """
    docs = {doc_id: number for number, doc_id in enumerate(alignment.docs)}
    for row, told in enumerate(dates.itertuples()):
        ends = ends_of(told.value) if told.kind in ON_CALENDAR else None
        number = alignment.number.get((told.doc_id, told.sentence_id))
        if ends is None or number is None:
            continue
        is_plain = DATE_IN_FULL.search(told.text) is not None
        own_day = published[docs[told.doc_id]]
        if is_plain and own_day == own_day and told.value == own_day.date().isoformat():
            continue
        by = NEAR_BY if is_plain else RIGHT_BESIDE
        yield Claim(
            row=row,
            doc=docs[told.doc_id],
            sentence=number,
            key=(CALENDAR, told.kind, is_plain),
            low=ends[0],
            high=ends[1],
            how=EXACT,
            unit=CALENDAR,
            noun=told.kind,
            event="",
            about=told.text.lower() if len(told.text) < LONGEST_WORD else "",
            code="plain" if is_plain else "counted",
            is_part=False,
            words=alignment.words_near(number, told.start, told.end, by),
        )


def is_same_but_for_year(one, other):
    """Whether two dates are of one day or month, and one is told without its year."""
    if all(YEAR.search(claim.about) for claim in (one, other)) or one.noun == "year":
        return False
    days = [date.fromordinal(claim.low) for claim in (one, other)]
    return days[0].replace(year=LEAP_YEAR) == days[1].replace(year=LEAP_YEAR)


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
    """Whether two claims of one key can both be true.

    "At least two" and "at least thirty" can; but whoever says the one does not say the other.
    """
    ends = [(one.low, one.high), (other.low, other.high)]
    if one.how == other.how in (AT_LEAST, AT_MOST):
        told = [low if one.how == AT_LEAST else high for low, high in ends]
        ends = [(value * (1 - ROUGHLY), value * (1 + ROUGHLY)) for value in told]
    if one.unit == CALENDAR and is_same_but_for_year(one, other):
        return True
    if one.unit == TIME_OF_DAY and "half_open" in (one.code, other.code):
        ends = [(low % HALF_A_DAY, low % HALF_A_DAY + high - low) for low, high in ends]
    low, high = max(each[0] for each in ends), min(each[1] for each in ends)
    is_measured = one.unit not in (PEOPLE, COUNTABLES, CALENDAR)
    loose = ROUNDED if is_measured and one.noun != other.noun else 0.0
    return low <= high * (1 + loose) + 1e-9
