"""The chart of who is mentioned together with whom."""

import math

import altair as alt
import pandas as pd

from ... import schema
from ...text import how_many
from ..figure import draw_nothing, finish_chart, shorten, times
from ..theme import BLUE, LABEL_HEIGHT, LABEL_WIDTH, QUIET, VERMILION

# Of the network, in pixels: the circle, the room between it and its labels, the area of the largest
# dot, the width of a line for one time together, and of the widest line.
RADIUS = 150
LABEL_GAP = 18
TIE_DOT = 400
TIE_LINE = 2
WIDEST_LINE = 10
# More than this nobody can follow.
MOST_DOTS, MOST_LINES = 24, 60


def draw_comentions(comentions, top=12):
    """Draw who is mentioned together with whom as a network, from `count_comentions(mentions)`: the `top` actors of the closest pairs.

    The wider a line, the more often the two are mentioned together; the larger a dot, the more often the actor is together with
    others. Neighbours on the circle are together often; otherwise places have no meaning.
    """
    schema.check(comentions, "comentions")
    if comentions.empty:
        return draw_nothing("No two actors are mentioned together")
    finding = describe_closest(comentions)
    if len(comentions) == 1:
        return draw_nothing(finding)
    closest = comentions.sort_values("n", ascending=False, kind="stable")
    together = (
        closest.groupby("actor")["n"]
        .sum()
        .add(closest.groupby("other")["n"].sum(), fill_value=0)
        .astype("int64")
    )
    chosen = list(dict.fromkeys(closest[["actor", "other"]].to_numpy().ravel()))[
        : min(top, MOST_DOTS)
    ]
    pairs = closest[closest["actor"].isin(chosen) & closest["other"].isin(chosen)].head(MOST_LINES)
    chosen = [actor for actor in chosen if actor in {*pairs["actor"], *pairs["other"]}]
    nodes = place_on_circle(order_by_ties(pairs, chosen))
    chart = draw_network(pairs, nodes.assign(together=nodes["actor"].map(together)))
    shown = f"{len(pairs)} of {how_many(len(comentions), 'pair')}, {len(nodes)} of {how_many(len(together), 'actor')}"
    return finish_chart(
        chart, "together", finding, f"{shown}; wider lines and larger dots: more often together"
    )


def describe_closest(comentions):
    """Who is mentioned together most often."""
    most = comentions[comentions["n"] == comentions["n"].max()]
    n = int(most["n"].iat[0])
    if len(most) > 1:
        return f"{how_many(len(most), 'pair')} of actors are mentioned together most often: {times(n)} each"
    only = "Only " * (len(comentions) == 1)
    most_often = " most often" * (len(comentions) > 1)
    return f"{only}{shorten(most['actor'].iat[0])} and {shorten(most['other'].iat[0])} are mentioned together{most_often}: {times(n)}"


def draw_network(pairs, nodes):
    """Lines between dots, with names around them."""
    edge = math.ceil(nodes[["label_x", "label_y"]].abs().max(axis=None)) + LABEL_HEIGHT
    scale = alt.Scale(domain=[-edge, edge], nice=False)
    x, y = alt.X("x:Q", scale=scale, axis=None), alt.Y("y:Q", scale=scale, axis=None)
    place = nodes.set_index("actor")[["x", "y"]]
    lines = (
        pairs.join(place, on="actor")
        .join(place.add_suffix("2"), on="other")
        .assign(pair=pairs["actor"] + " and " + pairs["other"])[::-1]
    )
    most = int(pairs["n"].max())
    least = int(pairs["n"].min())
    closest = f"datum.n == {most}" if most > least else "false"
    width = alt.Scale(domain=[0, most], range=[0, min(WIDEST_LINE, TIE_LINE * most)])
    legend = alt.Legend(values=sorted({least, most}), format="d", symbolSize=900)
    drawn = (
        alt.Chart(lines)
        .mark_rule(strokeCap="round")
        .encode(
            x=x,
            y=y,
            x2="x2:Q",
            y2="y2:Q",
            strokeWidth=alt.StrokeWidth("n:Q", title="together", scale=width, legend=legend),
            color=alt.condition(closest, alt.value(VERMILION), alt.value(QUIET)),
            opacity=alt.condition(closest, alt.value(1), alt.value(0.5)),
            tooltip=["pair", "n", alt.Tooltip("share", format=".0%")],
        )
    )
    names = alt.Chart(nodes).encode(x=x, y=y, tooltip=["actor", "together"])
    size = alt.Size(
        "together:Q",
        legend=None,
        scale=alt.Scale(domain=[0, int(nodes["together"].max())], range=[0, TIE_DOT]),
    )
    dots = names.mark_circle(color=BLUE, opacity=1, stroke="white", strokeWidth=1.5).encode(
        size=size
    )
    sides = [
        names.transform_filter(alt.datum.align == align)
        .mark_text(align=align, fontSize=12, limit=LABEL_WIDTH)
        .encode(
            x=alt.X("label_x:Q", scale=scale, axis=None),
            y=alt.Y("label_y:Q", scale=scale, axis=None),
            text="actor:N",
        )
        for align in ("left", "right")
    ]
    return alt.layer(drawn, dots, *sides).properties(width=2 * edge, height=2 * edge)


def order_by_ties(pairs, actors):
    """The actors so that each is followed by the one it is most often together with among those left; else by the next."""
    ties = {
        frozenset(pair): n for *pair, n in pairs[["actor", "other", "n"]].itertuples(index=False)
    }
    order, left = actors[:1], actors[1:]
    while left:
        order.append(max(left, key=lambda actor: ties.get(frozenset((order[-1], actor)), 0)))
        left.remove(order[-1])
    return order


def place_on_circle(actors):
    """A place on a circle for each actor, and on which side its label stands; the circle is as large as the labels need."""
    angles = [(number + 0.5) * 2 * math.pi / len(actors) for number in range(len(actors))]
    nodes = pd.DataFrame(
        {
            "actor": actors,
            "x": [math.sin(angle) for angle in angles],
            "y": [math.cos(angle) for angle in angles],
        }
    )
    nodes["align"] = (nodes["x"].round(9) >= 0).map({True: "left", False: "right"})
    gaps = nodes.sort_values("y").groupby("align")["y"].diff()
    radius = max(RADIUS, LABEL_HEIGHT / gaps.min()) if gaps.notna().any() else RADIUS
    label = radius + LABEL_GAP
    return nodes.assign(
        x=nodes["x"] * radius,
        y=nodes["y"] * radius,
        label_x=nodes["x"] * label,
        label_y=nodes["y"] * label,
    )
