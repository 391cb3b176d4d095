"""Dates as the calendar names them: days, months, years, decades, centuries, and what is between.

Each function reads a match of a pattern (`patterns`) on a page and gives its meaning; None where it
is no date after all. Without a year, a date is of the year that the sentence, or the one before
it, speaks of, else of the one that the tense means.
"""

import re
from datetime import date

from .days import Stretch, make_day, make_month, make_year, months_from
from .meanings import nearest, placed, undated, unresolved, written
from .page import IN_TEXT, read_day
from .words import DAY_OF_MONTH, FOUR_DIGITS, GAP, MONTH_NAME, TENS, as_day, as_month, as_ordinal

# "this year", "of last year" behind a day or month.
YEARS_OFF = {"last": -1, "this": 0, "next": 1, "that": 0}
# What stands behind a date that shares its year with the next.
JOINED = re.compile(
    rf"{GAP}(?:and|to|until|till|through){GAP}(?:(?P<m>{MONTH_NAME})(?:{GAP}{DAY_OF_MONTH})?"
    rf"|{DAY_OF_MONTH}{GAP}(?P<m2>{MONTH_NAME})),?{GAP}(?P<y>{FOUR_DIGITS})"
)
# Years: of what lies further back, the sentence before may say the year, too.
LONG_AGO = 5
# Two digits of a year above this are of the century before.
LAST_SHORT_YEAR = 40


def day(match, page):
    """A day by its month: "Jan. 3, 2020", "the 3rd of January", "Friday, Jan. 3"."""
    month, number = as_month(match["m"]), as_day(match["d"])
    return in_year(match, page, lambda year: make_day(year, month, number), "day")


def month(match, page):
    """A month: "January 2020", "June"."""
    number = as_month(match["m"])
    return in_year(match, page, lambda year: make_month(year, number), "month")


def in_year(match, page, make, kind):
    """A day, month or stretch of days in the year that stands behind it, or that is meant."""
    groups = match.groupdict()
    if groups.get("y"):
        return written(make(int(groups["y"])))
    base = page.base_at(match.start())
    if groups.get("off"):
        if base.day is None:
            return undated(kind)
        how = groups["off"].lower()
        return placed(make(base.day.year + YEARS_OFF[how]), base.anchor, f"counted from the {base}")
    joined = year_joined(match, page) if "m" in groups else None
    if joined:
        return placed(make(joined), IN_TEXT, f"in {joined}, told beside it")
    said = page.before(match.start(), 1)
    told = said and (base.day is None or abs(said.first.year - base.day.year) > LONG_AGO)
    if not told:
        said = page.before(match.start(), 0)
    if said and (base.day is None or abs(said.first.year - base.day.year) > 1):
        return placed(make(said.first.year), IN_TEXT, f"in {said.first.year}, told just before")
    if base.day is None:
        return undated(kind)
    choices = [make(base.day.year + step) for step in (-1, 0, 1)]
    if not any(choices):
        return None
    days, why = nearest(choices, base, page.tense(match.start()))
    return placed(days, base.anchor, why)


def year_joined(match, page):
    """The year of the date that a month or day is joined to: "from Dec. 28 to Jan. 3, 2020"."""
    behind = JOINED.match(page.text, match.end())
    if behind is None:
        return None
    later = as_month(behind["m"] or behind["m2"])
    return int(behind["y"]) - (as_month(match["m"]) > later)


def iso_day(match, page):
    """A day in ISO's form: "2020-01-03"."""
    found = read_day(match[0])
    return found and written(make_day(found.year, found.month, found.day))


def figures(match, page):
    """A day in figures: "21/07/2017", which may be unclear on which is the month."""
    one, two, year = int(match["a"]), int(match["b"]), as_year(match["y"])
    both = [make_day(year, two, one), make_day(year, one, two)]
    if not any(both):
        return None
    if one == two or not all(both):
        return written(both[0] or both[1], "in figures; only one of them can be the month")
    order = habit(page.text)
    if order is None:
        first, second = (each.value for each in both)
        return unresolved("day", f"in figures: {first} or {second}, which is not said")
    names = ("day", "month") if order == 0 else ("month", "day")
    return written(both[order], f"in figures, the {names[0]} first as elsewhere in the text")


def as_year(words):
    """A year from two or four digits."""
    year = int(words)
    return year if len(words) == 4 else year + (2000 if year <= LAST_SHORT_YEAR else 1900)


def habit(text):
    """0 where other dates in figures have the day first, 1 the month; None: no or both."""
    pairs = re.findall(r"\b(\d{1,2})/(\d{1,2})/\d{2,4}\b", text)
    orders = {0 if int(one) > 12 else 1 for one, two in pairs if int(one) > 12 or int(two) > 12}
    return orders.pop() if len(orders) == 1 else None


def attacks(match, page):
    """9/11, as the attacks of 11 September 2001 are called."""
    return written(make_day(2001, 9, 11), "the attacks of 11 September 2001")


def year(match, page):
    """A year in four digits."""
    return written(make_year(int(match["y"])))


def fiscal_year(match, page):
    """A fiscal year, which need not begin in January."""
    return written(make_year(as_year(match["y"])), "a fiscal year: it may begin in another month")


def decade(match, page):
    """A decade: "the 1990s", "'90s", "the sixties"."""
    words = match["n"].lower()
    if words.isdigit():
        first = int(words) if len(words) == 4 else 1900 + int(words)
    else:
        first = 1920 + 10 * TENS.index(words.replace("ies", "y"))
    if len(words) == 4 and words.endswith("00") and first < 2000:
        return written(months_from(first, 1, 1200, "century"))
    return written(months_from(first, 1, 120, "decade"))


def century(match, page):
    """A century, counted from its round year on: "the 20th century" begins in 1900."""
    number = as_ordinal(match["n"])
    if match["bc"]:
        return unresolved("century", "before the first year of the calendar")
    return written(months_from(max(100 * (number - 1), 1), 1, 1200, "century"))


def quarter(match, page):
    """A quarter of a year: "the third quarter of 2020", "Q3 2020"."""
    number = int(match["q"]) if match["q"].isdigit() else as_ordinal(match["q"])
    return in_year(match, page, lambda y: months_from(y, 3 * number - 2, 3, "quarter"), "quarter")


def years_between(match, page):
    """From year to year: "2008-2011", "between 2008 and 2011", "2008-11"."""
    first, last = int(match["y1"]), int(match["y2"])
    if last < 100:
        last += first // 100 * 100
    if not first < last < first + 1000:
        return None
    return written(Stretch(date(first, 1, 1), date(last, 12, 31), "range"))


def days_between(match, page):
    """From day to day: "between 1 and 30 March 2017", "Dec. 28 to Jan. 3"."""
    groups = match.groupdict()
    last_month = as_month(groups.get("m2") or groups["m"])
    first_month = as_month(groups["m"])

    def make(last_year):
        first_year = last_year - (first_month > last_month)
        first = make_day(first_year, first_month, as_day(match["d1"]))
        last = make_day(last_year, last_month, as_day(match["d2"]))
        return between(first, last)

    return in_year(match, page, make, "range")


def months_between(match, page):
    """From month to month: "January-June 2016"."""
    first_month, last_month = as_month(match["m"]), as_month(match["m2"])

    def make(last_year):
        first_year = last_year - (first_month > last_month)
        if match.groupdict().get("y1"):
            first_year = int(match["y1"])
        return between(make_month(first_year, first_month), make_month(last_year, last_month))

    return in_year(match, page, make, "range")


def between(first, last):
    """From one stretch to another; None where they are out of order."""
    if not first or not last or first.first > last.last:
        return None
    return Stretch(first.first, last.last, "range")
