"""The calendar: stretches of days, their ISO values, and what lies before and behind them."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
# Kinds whose value is the whole stretch of the calendar that a short form can name.
MONTHS_OF = {"month": 1, "quarter": 3, "season": 3, "year": 12, "decade": 120, "century": 1200}
DAYS_OF = {"day": 1, "week": 7, "weekend": 7, "fortnight": 14}
# The last year that a date can have; what lies outside has no days here.
LAST_YEAR = 9998


@dataclass(frozen=True)
class Stretch:
    """Days from `first` to `last`, both counted, of a kind (`day`, `month`, `range` …)."""

    first: date
    last: date
    kind: str

    @property
    def value(self):
        """In ISO 8601: a day, month or year in its short form, else first and last day."""
        if self.kind == "day":
            return self.first.isoformat()
        if self.kind in ("month", "year"):
            return self.first.isoformat()[: 7 if self.kind == "month" else 4]
        return f"{self.first.isoformat()}/{self.last.isoformat()}"


def one_day(day):
    """A day as a stretch."""
    return Stretch(day, day, "day")


def make_day(year, month, day):
    """A day as a stretch; None where the calendar has no such day."""
    try:
        return one_day(date(year, month, day))
    except ValueError:
        return None


def months_from(year, month, length, kind):
    """The stretch of `length` months that begins with a month; None outside the calendar."""
    end = add_months(date(year, month, 1), length) if 0 < year <= LAST_YEAR - 101 else None
    return end and Stretch(date(year, month, 1), end - ONE_DAY, kind)


def make_month(year, month):
    """A month as a stretch."""
    return months_from(year, month, 1, "month")


def make_year(year):
    """A year as a stretch."""
    return months_from(year, 1, 12, "year")


def add_months(day, number):
    """The day so many months later (earlier, below 0), or the last of a shorter month.

    None outside the calendar.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    if not 0 < year <= LAST_YEAR:
        return None
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def add_units(day, number, unit):
    """The day so many units later (earlier, below 0); None outside the calendar."""
    if unit in MONTHS_OF:
        return add_months(day, number * MONTHS_OF[unit])
    try:
        return day + number * DAYS_OF.get(unit, 0) * ONE_DAY
    except OverflowError:
        return None


def around(day, unit):
    """The stretch of the calendar of a kind that a day lies in. Weeks begin on Monday.

    >>> around(date(2020, 1, 3), "week").value
    '2019-12-30/2020-01-05'
    """
    if unit == "day":
        return one_day(day)
    if unit in ("week", "fortnight"):
        first = day - day.weekday() * ONE_DAY
        return Stretch(first, first + (DAYS_OF[unit] - 1) * ONE_DAY, "week")
    if unit == "weekend":
        saturday = day + (5 - day.weekday()) * ONE_DAY
        return Stretch(saturday, saturday + ONE_DAY, "weekend")
    if unit == "season":
        return make_season(day.year if day.month > 2 else day.year - 1, (day.month - 3) % 12 // 3)
    length = MONTHS_OF[unit]
    if length <= 12:
        month = (day.month - 1) // length * length + 1
        return months_from(day.year, month, length, unit)
    years = length // 12
    return months_from(max(day.year // years * years, 1), 1, length, unit)


def make_season(year, number):
    """A season by its months: spring is 0, winter 3, which ends in the next year."""
    return months_from(year, 3 * number + 3, 3, "season")


def narrow(stretch, part):
    """The `early`, `mid` or `late` part of a stretch: its first or last half, its middle third.

    `start` and `end` are its first and its last day. Years count within decades and centuries.

    >>> narrow(make_month(2021, 11), "late").value
    '2021-11-16/2021-11-30'
    """
    first, last = stretch.first, stretch.last
    if part in ("start", "end"):
        return one_day(first if part == "start" else last)
    if stretch.kind == "day":
        return stretch
    months = MONTHS_OF.get(stretch.kind, 0)
    steps = months if months > 1 else (last - first).days + 1
    unit = "month" if months > 1 else "day"
    half, third = steps // 2, steps // 3
    begin, end = {"early": (0, half), "mid": (third, steps - third), "late": (half, steps)}[part]
    if months > 1:
        return Stretch(
            add_units(first, begin, unit), add_units(first, end, unit) - ONE_DAY, "range"
        )
    return Stretch(first + begin * ONE_DAY, first + (end - 1) * ONE_DAY, "range")
