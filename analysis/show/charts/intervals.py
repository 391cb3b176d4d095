"""Intervals under bars: how far the figure of a bar is known."""

import altair as alt

from ...measure.corrected import BORROWED, CODED_HERE, may_be_chance
from ..theme import GREY, INK

# Pixels: a lane with room for a line under its bar, how far below the middle that stands.
ROOMY_LANE, UNDER_BAR = 29, 12
# The share of such a lane that is free.
ROOM_UNDER = 0.46
ENDS = ("corrected", "low", "high")


def draw_intervals(known, y, who):
    """The interval of each row under its bar, with a dot for the corrected figure.

    In dark what was coded here says, in grey what is borrowed from public data.
    """
    base = alt.Chart(known).encode(
        y=y,
        tooltip=[
            who,
            *(alt.Tooltip(each, format=".1f") for each in ENDS),
            "n_coded",
            alt.Tooltip("basis_of_interval", title="interval"),
        ],
    )
    is_coded = alt.FieldEqualPredicate(field="basis_of_interval", equal=CODED_HERE)
    colour = alt.condition(is_coded, alt.value(INK), alt.value(GREY))
    line = base.mark_rule(strokeWidth=2, yOffset=UNDER_BAR).encode(
        x="low:Q", x2="high:Q", color=colour
    )
    coded = known[known["basis_of_interval"] == CODED_HERE]
    if coded.empty:
        return line
    dot = base.properties(data=coded).mark_point(
        filled=True, opacity=1, size=45, color=INK, yOffset=UNDER_BAR
    )
    return line + dot.encode(x="corrected:Q")


def say_intervals(known):
    """What the marks under the bars mean, for the line below a chart."""
    said = ""
    if known["basis_of_interval"].eq(CODED_HERE).any():
        said += "; dot and line: as corrected by what was coded, 95 % interval"
        said += "; whom only coders name is not shown"
    if known["basis_of_interval"].eq(BORROWED).any():
        said += "; grey line: where it may lie, by errors on public data"
    return said


def say_order(known, first):
    """Whether the first of some rows has most beyond what their intervals leave open, in words."""
    is_chance = may_be_chance(known, first)
    if is_chance is None:
        return ""
    return "; the order may be chance" if is_chance else ", most of all"
