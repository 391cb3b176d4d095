"""Lengths of time, what comes again, times of the day, and holidays."""

import re
from datetime import date
from functools import cache

from dateutil.easter import easter

from ...lexicons import read_lexicon
from .days import ONE_DAY, make_day, one_day
from .meanings import Meaning, length, nearest, placed, undated, unresolved, written
from .relative import in_units
from .words import (
    MONTH_NUMBERS,
    SEASON_NUMBERS,
    WEEKDAY_NUMBERS,
    as_month,
    as_number,
    as_unit,
    as_weekday,
)

OFTEN = {
    "hourly": "PT1H",
    "daily": "P1D",
    "nightly": "P1D",
    "weekly": "P1W",
    "fortnightly": "P2W",
    "monthly": "P1M",
    "quarterly": "P3M",
    "annual": "P1Y",
    "annually": "P1Y",
    "yearly": "P1Y",
}
AGAIN = "comes again"
# Hours that have a name.
NAMED_HOURS = {"midnight": 0, "noon": 12, "midday": 12}


def duration(match, page):
    """How long: "two years", "three-day", "several months"."""
    number = as_number(match["n"]) if match["n"] else None
    half = 0.5 if match.groupdict().get("half") and number else 0
    rule = "a length of time" if number else "a length of time; how long is not said"
    return length("P" + in_units(number and number + half, as_unit(match["unit"])), rule)


def every(match, page):
    """What comes again: "every Monday", "each year", "Tuesdays", "every two weeks"."""
    groups = match.groupdict()
    word = groups["what"].lower()
    step = groups.get("n")
    number = {"other": 2, None: 1}.get(step) or as_number(step)
    if word.rstrip("s") in WEEKDAY_NUMBERS:
        value = f"XXXX-WXX-{as_weekday(word) + 1}"
    elif word in MONTH_NUMBERS:
        value = f"XXXX-{as_month(word):02}"
    elif word.rstrip("s") in SEASON_NUMBERS:
        value = f"XXXX-{('SP', 'SU', 'FA', 'WI')[SEASON_NUMBERS[word.rstrip('s')]]}"
    elif word == "weekend":
        value = "XXXX-WXX-WE"
    else:
        value = "P" + in_units(number, as_unit(word))
    rule = AGAIN if number == 1 or value[0] == "P" else f"{AGAIN}, every second one"
    return Meaning("set", value, None, rule)


def often(match, page):
    """The same in one word: "annual", "weekly"."""
    return Meaning("set", OFTEN[match[0].lower()], None, AGAIN)


def rate(match, page):
    """How often or how much in a unit: "twice a week", "per day"."""
    return Meaning("set", "P" + in_units(1, as_unit(match["unit"])), None, "so often or so much in")


def clock(match, page):
    """A time of the day: "9 p.m.", "15:11 GMT", "noon"; of which day stands beside it, if so."""
    hour, minute = NAMED_HOURS.get(match[0].lower()), 0
    if hour is None:
        hour, minute = int(match["h"]), int(match["min"] or 0)
        half = (match["half"] or "").lower()[:1]
        if half:
            hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59:
        return None
    return Meaning("time", f"T{hour:02}:{minute:02}", "explicit", "a time of the day")


@cache
def holiday_rules():
    """{name: rule} of the table of holidays, names in small letters."""
    table = read_lexicon("holidays")
    return dict(zip(table["name"].str.lower(), table["rule"], strict=True))


def holiday(match, page):
    """A holiday, in the year beside it or by the tense: "Christmas Eve"."""
    rule = holiday_rules()[re.sub(r"\s+", " ", match["holiday"].lower())]
    if rule == "moon":
        return unresolved("day", "a holiday that is counted by the moon")
    if match["y"]:
        return written(holiday_in(int(match["y"]), rule), "a holiday of that year")
    base = page.base_at(match.start())
    if base.day is None:
        return undated("day")
    choices = [holiday_in(base.day.year + step, rule) for step in (-1, 0, 1)]
    how = (match["how"] or "").lower()
    if how == "last":
        tense = ("past", "last")
    elif how in ("next", "this coming"):
        tense = ("future", "next")
    else:
        tense = page.tense(match.start())
    days, why = nearest(choices, base, tense)
    return placed(days, base.anchor, f"a holiday, {why}")


def holiday_in(year, rule):
    """The day of a holiday in a year by its rule: "12-25", "4 Thu 11", "-1 Mon 05", "easter -2"."""
    if rule == "election":
        # The Tuesday after the first Monday of November.
        return one_day(count_weekday(year, 11, 1, 0) + ONE_DAY)
    if rule.startswith("easter"):
        return one_day(easter(year) + int(rule.split()[1]) * ONE_DAY)
    if "-" in rule[1:] and " " not in rule:
        month, day = map(int, rule.split("-"))
        return make_day(year, month, day)
    number, weekday, month = rule.split()
    return one_day(count_weekday(year, int(month), int(number), as_weekday(weekday)))


def count_weekday(year, month, number, weekday):
    """The first, second … weekday of a month; -1 is the last."""
    if number < 0:
        first = date(year + month // 12, month % 12 + 1, 1) - 7 * ONE_DAY
        number = 1
    else:
        first = date(year, month, 1)
    return first + ((weekday - first.weekday()) % 7 + 7 * (number - 1)) * ONE_DAY
