"""The chart of who speaks about whom."""

import altair as alt

from ... import schema
from ...text import how_many
from ..figure import draw_nothing, finish_chart, shorten, with_addresses
from ..theme import BLUE
from .voices import DARK_DOTS, UNNAMED_LABEL

TALK_COLUMN, TALK_ROW = 62, 34


def draw_talk(talk, top=10):
    """Draw who speaks of whom as a matrix, the `top` speakers and the `top` spoken about, from `count_talk(quotes, mentions)`."""
    schema.check(talk, "talk")
    if talk.empty:
        return draw_nothing("Nobody speaks of anybody")
    talk = with_addresses(talk, "talk").assign(speaker=talk["speaker"].fillna(UNNAMED_LABEL))
    speakers, about = (
        talk.groupby(column)["n"].sum().sort_values(ascending=False, kind="stable").index.tolist()
        for column in ("speaker", "actor")
    )
    first, total = (
        talk.sort_values("n", ascending=False, kind="stable").iloc[0],
        int(talk["n"].sum()),
    )
    verb = "speak" if first["speaker"] == UNNAMED_LABEL else "speaks"
    whom = "itself by name" if first["speaker"] == first["actor"] else shorten(first["actor"])
    finding = f"{shorten(first['speaker'])} {verb} most often of {whom}: {first['n']} of {how_many(total, 'mention')} in speech"
    equals = int((talk["n"] == first["n"]).sum()) - 1
    finding += f"; {how_many(equals, 'other pair')} as often" * bool(equals)
    shown = talk[talk["speaker"].isin(speakers[:top]) & talk["actor"].isin(about[:top])]
    source = f"How often each speaker (left) mentions each actor (above), pronouns included; {how_many(len(speakers), 'speaker')}"
    source += f", {len(about)} spoken about" + (
        f", the first {top} of each" if max(len(speakers), len(about)) > top else ""
    )
    return finish_chart(draw_matrix(shown, speakers[:top], about[:top]), "talk", finding, source)


def draw_matrix(talk, speakers, about):
    """A row a speaker and a column an actor spoken about, with the count in the cell."""
    dark = DARK_DOTS * int(talk["n"].max())
    names = alt.Axis(
        orient="top",
        labelAngle=-40,
        domain=False,
        ticks=False,
        labelLimit=150,
        labelAlign="left",
        title="speaks of →",
    )
    base = alt.Chart(talk).encode(
        x=alt.X("actor:N", axis=names, scale=alt.Scale(domain=about)),
        href="href:N",
        y=alt.Y(
            "speaker:N",
            title=None,
            scale=alt.Scale(domain=speakers),
            axis=alt.Axis(domain=False, ticks=False),
        ),
        tooltip=["speaker", alt.Tooltip("actor", title="speaks of"), "n"],
    )
    shade = alt.Color(
        "n:Q",
        legend=None,
        scale=alt.Scale(domain=[0, int(talk["n"].max())], range=["#F2F7FB", BLUE]),
    )
    cells = base.mark_rect(stroke="white", strokeWidth=2).encode(color=shade)
    counts = base.mark_text(fontSize=13).encode(
        text="n:Q", color=alt.condition(alt.datum.n > dark, alt.value("white"), alt.value("black"))
    )
    return alt.layer(cells, counts).properties(
        width=alt.Step(TALK_COLUMN), height=alt.Step(TALK_ROW)
    )
