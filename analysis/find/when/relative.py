"""Dates counted from another day: of publication, of a quotation, or told in the text before."""

import re

from .days import ONE_DAY, Stretch, add_units, around, make_month, make_season, one_day
from .meanings import Meaning, length, nearest, placed, undated, unresolved
from .page import IN_TEXT
from .words import (
    ISO_LETTERS,
    ISO_TIMES,
    MONTH_NUMBERS,
    SEASON_NUMBERS,
    as_month,
    as_number,
    as_unit,
    as_weekday,
)

DAY_STEPS = {
    "day before yesterday": -2,
    "yesterday": -1,
    "last night": -1,
    "tomorrow": 1,
    "day after tomorrow": 2,
}
BACKWARDS = ("last", "past", "previous", "preceding", "prior")
ONWARDS = ("next", "coming", "following", "upcoming")
# Sentences: how far back "the next day" counts from.
TOLD_REACH = 3
# What says of which year or month the text speaks.
WITHIN = {"year": ("day", "month", "quarter", "season", "year"), "month": ("day", "month")}
NOTHING_BEFORE = "counted from a day that the text does not tell"


def today(match, page):
    """Today, yesterday, tomorrow, this morning, last night."""
    base = page.base_at(match.start())
    if base.day is None:
        return undated("day")
    words = " ".join(match["w"].lower().split()).removeprefix("the ")
    if words.startswith(("yesterday", "tomorrow")):
        words = words.split()[0]
    days = one_day(base.day + DAY_STEPS.get(words, 0) * ONE_DAY)
    return placed(days, base.anchor, f"counted from the {base}")


def weekday(match, page):
    """A day of the week: the last or next one, by the tense, or by "last" and "next"."""
    base = page.base_at(match.start())
    if base.day is None:
        return undated("day")
    back = (base.day.weekday() - as_weekday(match["wd"])) % 7
    how = (match["how"] or "").lower().split()
    if set(how) & {"last", "past"}:
        return placed(one_day(base.day - (back or 7) * ONE_DAY), base.anchor, f"before the {base}")
    if set(how) & {"next", "coming"}:
        return placed(one_day(base.day + (7 - back) * ONE_DAY), base.anchor, f"after the {base}")
    choices = [one_day(base.day + step * ONE_DAY) for step in (-back, (7 - back) % 7)]
    told = page.tense(match.start())
    if told[0] == "present":
        told = ("future", told[1])
    days, why = nearest(choices, base, told if told[0] else ("past", "no verb"))
    return placed(days, base.anchor, why if told[0] else f"the last one up to the {base}")


def named_unit(match, page):
    """A week, weekend, month, year … beside this: "last week", "this year", "next month"."""
    base = page.base_at(match.start())
    how, word = match["how"].lower().split()[-1], match["unit"].lower().rstrip("'s")
    kind = unit_kind(word)
    if how in ("that", "same", "before", "after", "later", "earlier"):
        return beside_told(match, page, how, kind)
    if how in ("following", "previous", "preceding") and page.before(
        match.start(), TOLD_REACH, ("day", kind)
    ):
        return beside_told(match, page, how, kind)
    if base.day is None:
        return undated(kind)
    if word in SEASON_NUMBERS or word in MONTH_NUMBERS:
        return named_part(match, page, how, word, base)
    if how == "past" and kind in ("year", "decade", "century"):
        days = Stretch(add_units(base.day, -1, kind), base.day, "range")
        return placed(days, base.anchor, f"up to the {base}")
    step = -1 if how in BACKWARDS else 1 if how in ONWARDS else 0
    if kind == "weekend":
        return weekend(step, base, page.tense(match.start()))
    day = add_units(base.day, step, kind)
    return day and placed(around(day, kind), base.anchor, f"counted from the {base}")


def unit_kind(word):
    """The kind of stretch that a word names."""
    if word in SEASON_NUMBERS:
        return "season"
    if word in MONTH_NUMBERS:
        return "month"
    return "weekend" if word == "weekend" else as_unit(word)


def beside_told(match, page, how, kind):
    """The same, from what the text has told before: "that year", "the next day"."""
    said = page.before(match.start(), TOLD_REACH, WITHIN.get(kind, ("day", kind)))
    if kind in ("season", "weekend") or said is None:
        return unresolved(kind, NOTHING_BEFORE)
    step = {"before": -1, "previous": -1, "preceding": -1, "earlier": -1, "that": 0, "same": 0}
    day = add_units(said.first, step.get(how, 1), kind)
    return day and placed(around(day, kind), IN_TEXT, f"counted from {said.value}, told before")


def weekend(step, base, tense):
    """Last, this or next weekend; this one is the last where the tense is past."""
    here = around(base.day, "weekend")
    before = add_units(here.first, -1, "week")
    days = here
    if step < 0 or (not step and tense[0] == "past" and base.day < here.first):
        days = around(before, "weekend")
    elif step > 0:
        days = around(add_units(here.first, 1, "week"), "weekend")
    return placed(days, base.anchor, f"counted from the {base}")


def named_part(match, page, how, word, base):
    """Last, this or next summer or June."""
    years = (base.day.year + step for step in (-2, -1, 0, 1, 2))
    if word in SEASON_NUMBERS:
        choices = [make_season(year, SEASON_NUMBERS[word]) for year in years]
    else:
        choices = [make_month(year, as_month(word)) for year in years]
    if how in BACKWARDS:
        days = [each for each in choices if each.last < base.day][-1]
        return placed(days, base.anchor, f"the last one before the {base}")
    if how in ONWARDS:
        days = next(each for each in choices if each.first > base.day)
        return placed(days, base.anchor, f"the first one after the {base}")
    days = choices[2]
    return placed(days, base.anchor, f"of the year of the {base}")


def season(match, page):
    """A season without a year, the last or next one by the tense; with one, that one."""
    number = SEASON_NUMBERS[match["s"].lower()]
    if match["y"]:
        return placed(make_season(int(match["y"]), number), "explicit", "a season by its months")
    base = page.base_at(match.start())
    if base.day is None:
        return undated("season")
    choices = [make_season(base.day.year + step, number) for step in (-1, 0, 1)]
    days, why = nearest(choices, base, page.tense(match.start()))
    return placed(days, base.anchor, why)


def bare_weekend(match, page):
    """The weekend, last or next by the tense."""
    base = page.base_at(match.start())
    if base.day is None:
        return undated("weekend")
    return weekend(0, base, page.tense(match.start()))


def ago(match, page):
    """So long ago, to the unit that is said: "two years ago" is a year."""
    base = page.base_at(match.start())
    unit = as_unit(match["unit"])
    if base.day is None:
        return undated(unit)
    number = as_number(match["n"])
    if number is None:
        days = f"../{base.day}"
        return Meaning("range", days, base.anchor, f"before the {base}; how long is not said")
    return counted(base.day, -number, unit, base.anchor, f"counted from the {base}")


def counted(day, number, unit, anchor, rule):
    """So many units from a day on, to the unit: years give a year, weeks a week."""
    hours = {"hour": 24, "minute": 1440, "second": 86400, "night": 1}
    if unit in hours:
        number, unit = int(number / hours[unit]), "day"
    if not isinstance(number, int):
        return unresolved(unit, "not a whole number of units")
    there = add_units(day, number, unit) if abs(number) < 3000 else None
    if there is None:
        return unresolved(unit, "outside of the calendar that dates are counted in")
    unit = "year" if unit in ("decade", "century") else unit
    return placed(around(there, unit), anchor, rule)


def later(match, page):
    """So long before or after: from a day told before it, else a length of time."""
    number, unit, how = as_number(match["n"]), as_unit(match["unit"]), match["how"].lower()
    behind = page.text[match.end() :].lstrip(" ")[:1]
    ends = behind in ("", ".", ",", ";", ")", "\n", "!", "?", '"') or how in ("later", "earlier")
    said = page.before(match.start(), TOLD_REACH, ("day", unit))
    whole = number is not None and ISO_LETTERS[unit][0] != "T"
    if not ends or not whole or said is None:
        value = "P" + in_units(number, unit)
        return length(value, "a distance from what the text does not date")
    sign = -1 if how in ("before", "earlier", "in advance") else 1
    unit_day = "day" if unit in ("week", "fortnight") and said.kind == "day" else unit
    number = number * (14 if unit == "fortnight" else 7 if unit_day != unit else 1)
    rule = f"counted from {said.value}, told before"
    return counted(said.first, sign * number, unit_day, IN_TEXT, rule)


def in_units(number, unit):
    """A number of units in ISO's letters, without the P: "7D", "T90M"; X for one not said."""
    letter = ISO_LETTERS[unit]
    count = "X" if number is None else f"{number * ISO_TIMES.get(unit, 1):g}"
    return f"T{count}{letter[1]}" if letter[0] == "T" else count + letter


def stretch_of_units(match, page):
    """The last or next so many units: "the past 30 days", "the next two years"."""
    base = page.base_at(match.start())
    if base.day is None:
        return undated("range")
    number = as_number(match["n"]) if match["n"] else None
    unit = as_unit(match["unit"])
    if number and re.match(r"\s+of\b", page.text[match.end() :]):
        return length("P" + in_units(number, unit), "a length of time, of what is not dated")
    back = match["how"].lower() in BACKWARDS or match["how"].lower() == "recent"
    if number is None:
        value = f"../{base.day}" if back else f"{base.day}/.."
        rule = f"{'up to' if back else 'from'} the {base}; how long is not said"
        return Meaning("range", value, base.anchor, rule)
    if unit in ("second", "minute", "hour"):
        return length("P" + in_units(number, unit))
    there = add_units(base.day, -number if back else number, "day" if unit == "night" else unit)
    if there is None:
        return unresolved("range", "outside of the calendar that dates are counted in")
    first, last = sorted((there, base.day))
    return placed(Stretch(first, last, "range"), base.anchor, f"counted from the {base}")


def end_of_year(match, page):
    """The start, middle or end of this week, month, year: "the end of the year", "year-end"."""
    base = page.base_at(match.start())
    kind = as_unit(match["unit"])
    if base.day is None:
        return undated(kind)
    return placed(around(base.day, kind), base.anchor, f"counted from the {base}")
