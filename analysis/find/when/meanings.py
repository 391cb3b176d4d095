"""What an expression means: its kind, its value, what it was counted from, and why."""

from dataclasses import dataclass

from .days import Stretch
from .page import EXPLICIT, NO_DATE

IN_FULL = "written in full"


@dataclass(frozen=True)
class Meaning:
    """The kind, value, anchor and rule of an expression; `days` where it names days."""

    kind: str
    value: str | None
    anchor: str | None
    rule: str
    days: Stretch | None = None


def placed(days, anchor, rule, kind=None):
    """What names days of the calendar; nothing where these lie outside of it."""
    return days and Meaning(kind or days.kind, days.value, anchor, rule, days)


def written(days, rule=IN_FULL):
    """What is told by its own words."""
    return placed(days, EXPLICIT, rule)


def unresolved(kind, rule):
    """What has no value, with the reason."""
    return Meaning(kind, None, None, rule)


def undated(kind):
    """What would be counted from a publication date that is not known."""
    return unresolved(kind, NO_DATE)


def length(value, rule="a length of time"):
    """What says how long."""
    return Meaning("duration", value, None, rule)


def nearest(choices, base, tense):
    """The one of some stretches that a tense means, seen from a day, and the reason.

    In the past the last that has begun, in the future the first that has not ended; else the
    nearest.
    """
    told, verb = tense
    choices = [days for days in choices if days]
    if told == "past":
        choices = [days for days in choices if days.first <= base.day] or choices[:1]
        return choices[-1], f"the last one up to the {base}: “{verb}” tells of the past"
    if told == "future":
        choices = [days for days in choices if days.last >= base.day] or choices[-1:]
        return choices[0], f"the first one from the {base} on: “{verb}” tells of what is to come"
    distance = [abs((days.first - base.day).days) for days in choices]
    return choices[distance.index(min(distance))], f"the nearest one to the {base}"
