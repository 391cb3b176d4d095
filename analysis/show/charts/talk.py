"""The chart of who speaks about whom."""

import altair as alt

from ... import schema
from ...text import how_many
from ..figure import draw_nothing, finish_chart
from ..theme import BLUE
from .parts import most_first, names_above, names_beside, shorten, with_addresses
from .voices import DARK_DOTS, NO_SPEAKER

# Pixels.
TALK_COLUMN = 62
TALK_ROW = 34
# From no mention to the most.
TALK_SHADES = ["#F2F7FB", BLUE]


def draw_talk(talk, *, top=10):
    """Draw who speaks of whom as a matrix, from `count_talk(quotes, speech, mentions)`.

    `top`: how many speakers and how many of those spoken about, 10 of each by default.
    """
    schema.check(talk, "talk")
    if talk.empty:
        return draw_nothing("Nobody speaks of anybody")
    talk = with_addresses(talk, "talk").assign(speaker=talk["speaker"].fillna(NO_SPEAKER))
    speakers, about = most_first(talk, "speaker"), most_first(talk, "actor")
    source = (
        "How often each speaker (left) mentions each actor (above), pronouns included; "
        f"{how_many(len(speakers), 'speaker')}, {len(about)} spoken about"
    )
    if max(len(speakers), len(about)) > top:
        source += f", the first {top} of each"
    speakers, about = speakers[:top], about[:top]
    shown = talk[talk["speaker"].isin(speakers) & talk["actor"].isin(about)]
    return finish_chart(draw_matrix(shown, speakers, about), "talk", describe_talk(talk), source)


def describe_talk(talk):
    """Who speaks most often of whom."""
    first = talk.sort_values("n", ascending=False, kind="stable").iloc[0]
    speaker, whom = shorten(first["speaker"]), shorten(first["actor"])
    if first["speaker"] == first["actor"]:
        whom = "itself by name"
    mentions = how_many(int(talk["n"].sum()), "mention")
    finding = f"{speaker} speaks most often of {whom}: {first['n']} of {mentions} in speech"
    if first["speaker"] == NO_SPEAKER:
        finding = f"Words without a speaker speak most often of {whom}: {first['n']} of {mentions}"
    equals = int((talk["n"] == first["n"]).sum()) - 1
    if equals:
        finding += f"; {how_many(equals, 'other pair')} as often"
    return finding


def draw_matrix(talk, speakers, about):
    """A row a speaker and a column an actor spoken about, with the count in the cell."""
    most = int(talk["n"].max())
    base = alt.Chart(talk).encode(
        x=names_above("actor", about, "speaks of →"),
        href="href:N",
        y=names_beside("speaker", speakers),
        tooltip=["speaker", alt.Tooltip("actor", title="speaks of"), "n"],
    )
    scale = alt.Scale(domain=[0, most], range=TALK_SHADES)
    cells = base.mark_rect(stroke="white", strokeWidth=2).encode(
        color=alt.Color("n:Q", legend=None, scale=scale)
    )
    is_dark = alt.datum.n > DARK_DOTS * most
    counts = base.mark_text(fontSize=13).encode(
        text="n:Q", color=alt.condition(is_dark, alt.value("white"), alt.value("black"))
    )
    chart = alt.layer(cells, counts)
    return chart.properties(width=alt.Step(TALK_COLUMN), height=alt.Step(TALK_ROW))
