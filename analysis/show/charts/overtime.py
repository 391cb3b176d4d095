"""How counts change from month to month: actors, speakers, tone."""

import altair as alt
import pandas as pd

from ...errors import SchemaError
from ...text import how_many
from ..figure import draw_nothing, finish_chart
from ..theme import BLUE, WIDTH
from .parts import shorten

# What says when, and what is drawn of whom.
WHEN_COUNTED = ("day", "month", "year")
WHOM_COUNTED = ("actor", "speaker", "lemma", "word")
# What a number is called on its axis.
AXES = {
    "n": "mentions",
    "per_1000_words": "per 1,000 words",
    "negative_share": "share in a negative light, 95 % interval",
    "quoted_words": "words in quotation marks",
    "share": "share",
}
# Missing where there is too little to say: no 0 stands for it.
TONE_SHARE = "negative_share"
TIME_LANE = 60


def draw_over_time(counts, *, column="n", top=6):
    """Draw how a count changes over time, a lane an actor, from a table counted by month.

    `counts` is from `count_actors(…, by="month", table=articles)`, `count_stance`, `count_voices`
    or `count_words` alike, by day, month or year. `column` is what is drawn: "n",
    "per_1000_words", "negative_share" with its interval …; `top`: how many actors, those with most
    in all. Who is not mentioned has 0; where tone is missing (in fewer than 5 sentences) is a gap.
    """
    when = next((each for each in WHEN_COUNTED if each in counts), None)
    whom = next((each for each in WHOM_COUNTED if each in counts), None)
    if when is None or whom is None or column not in counts:
        raise SchemaError(
            "this draws a table that is counted by day, month or year: "
            'count_actors(mentions, tokens, by="month", table=articles).'
        )
    size = "n" if "n" in counts else column
    totals = counts.dropna(subset=[whom]).groupby(whom)[size].sum()
    names = totals.sort_values(ascending=False, kind="stable").index[:top].tolist()
    shown = counts[counts[whom].isin(names)]
    if shown.empty:
        return draw_nothing("There is nothing to draw over time")
    times = sorted(counts[when].unique())
    if column != TONE_SHARE:
        shown = fill_gaps(shown, when, whom, column, times)
    shown = shown.assign(name=shown[whom].map(shorten))
    chart = draw_lanes(shown, when, column, times, [shorten(name) for name in names])
    finding = describe_change(shown[shown[whom] == names[0]], when, column, names[0])
    of_all = f"{len(names)} of {how_many(len(totals), whom)}, {how_many(len(times), when)}"
    source = f"{AXES.get(column, column)}; {of_all}"
    return finish_chart(chart, f"over-time-{column}".replace("_", "-"), finding, source)


def fill_gaps(shown, when, whom, column, times):
    """The rows with a 0 where an actor is not mentioned at a time that has articles."""
    every = pd.MultiIndex.from_product([shown[whom].unique(), times], names=[whom, when])
    sums = shown.groupby([whom, when])[column].sum()
    return sums.reindex(every, fill_value=0).reset_index()


def draw_lanes(shown, when, column, times, names):
    """A lane for each name, one below the other, all to one scale."""
    highest = shown["high"].max() if column == TONE_SHARE else shown[column].max()
    scale = alt.Scale(domain=[0, float(highest) if highest > 0 else 1])
    lanes = []
    for name in names:
        is_last = name == names[-1]
        axis = alt.Axis(title=None, labels=is_last, ticks=is_last, labelAngle=-40)
        x = alt.X(f"{when}:O", scale=alt.Scale(domain=times), axis=axis)
        base = alt.Chart(shown[shown["name"] == name]).encode(x=x)
        lanes.append(draw_lane(base, column, scale, name))
    return alt.vconcat(*lanes, spacing=6)


def draw_lane(base, column, scale, name):
    """The line of one name, with intervals where there are any."""
    title = alt.Axis(title=None, tickCount=3, grid=True)
    y = alt.Y(f"{column}:Q", scale=scale, axis=title)
    line = base.mark_line(point=True, color=BLUE).encode(y=y)
    layers = [line]
    if column == TONE_SHARE:
        reach = base.mark_rule(color=BLUE, opacity=0.45, strokeWidth=4)
        layers = [reach.encode(y=alt.Y("low:Q", scale=scale, axis=title), y2="high:Q"), line]
    named = alt.Title(name, anchor="start", fontSize=12, fontWeight="normal")
    return alt.layer(*layers).properties(width=WIDTH, height=TIME_LANE, title=named)


def describe_change(rows, when, column, name):
    """The finding: when the first of them has most."""
    told = rows.dropna(subset=[column])
    if told.empty:
        return f"Too little is said of {name} in any {when} to tell"
    most = told.loc[told[column].idxmax(), when]
    return f"{name}: highest in {most}"
