"""The chart of who is mentioned together with whom."""

import math

import altair as alt
import pandas as pd

from ... import schema
from ...text import how_many
from ..figure import draw_nothing, finish_chart
from ..theme import BLUE, LABEL_HEIGHT, LABEL_WIDTH, QUIET, VERMILION
from .parts import shorten, times

# Of the network, in pixels: the circle, the room between it and its labels, the area of the largest
# dot, the width of a line for one time together, and of the widest line.
RADIUS = 150
LABEL_GAP = 18
TIE_DOT = 400
TIE_LINE = 2
WIDEST_LINE = 10
# More than this nobody can follow.
MOST_DOTS = 24
MOST_LINES = 60


def draw_comentions(comentions, *, top=12):
    """Draw who is mentioned together with whom as a network, from `count_comentions(mentions)`.

    `top`: how many actors, those of the closest pairs, 12 by default. The wider a line, the more
    often the two are mentioned together; the larger a dot, the more often the actor is together
    with others. Neighbours on the circle are together often; otherwise places have no meaning.
    """
    schema.check(comentions, "comentions")
    if comentions.empty:
        return draw_nothing("No two actors are mentioned together")
    finding = describe_closest(comentions)
    if len(comentions) == 1:
        return draw_nothing(finding)
    closest = comentions.sort_values("n", ascending=False, kind="stable")
    pairs = choose_pairs(closest, min(top, MOST_DOTS))
    nodes = place_on_circle(order_by_ties(pairs, list_actors(pairs)))
    together = count_together(closest)
    chart = draw_network(pairs, nodes.assign(together=nodes["actor"].map(together)))
    source = (
        f"{len(pairs)} of {how_many(len(comentions), 'pair')}, "
        f"{len(nodes)} of {how_many(len(together), 'actor')}; "
        "wider lines and larger dots: more often together"
    )
    return finish_chart(chart, "together", finding, source)


def list_actors(pairs):
    """The actors of the pairs, those of the first pairs first."""
    return list(dict.fromkeys(pairs[["actor", "other"]].to_numpy().ravel()))


def choose_pairs(closest, most):
    """The pairs among the first so many actors, as many as can be drawn."""
    chosen = list_actors(closest)[:most]
    among = closest["actor"].isin(chosen) & closest["other"].isin(chosen)
    return closest[among].head(MOST_LINES)


def count_together(pairs):
    """{actor: how often it is together with others}."""
    first = pairs.groupby("actor")["n"].sum()
    second = pairs.groupby("other")["n"].sum()
    return first.add(second, fill_value=0).astype("int64")


def describe_closest(comentions):
    """Who is mentioned together most often."""
    n = int(comentions["n"].max())
    most = comentions[comentions["n"] == n]
    if len(most) > 1:
        pairs = how_many(len(most), "pair")
        return f"{pairs} of actors are mentioned together most often: {times(n)} each"
    pair = f"{shorten(most['actor'].iat[0])} and {shorten(most['other'].iat[0])}"
    if len(comentions) == 1:
        return f"Only {pair} are mentioned together: {times(n)}"
    return f"{pair} are mentioned together most often: {times(n)}"


def draw_network(pairs, nodes):
    """Lines between dots, with names around them."""
    edge = math.ceil(nodes[["label_x", "label_y"]].abs().max(axis=None)) + LABEL_HEIGHT
    scale = alt.Scale(domain=[-edge, edge], nice=False)
    x, y = alt.X("x:Q", scale=scale, axis=None), alt.Y("y:Q", scale=scale, axis=None)
    names = alt.Chart(nodes).encode(x=x, y=y, tooltip=["actor", "together"])
    largest = int(nodes["together"].max())
    area = alt.Scale(domain=[0, largest], range=[0, TIE_DOT])
    dots = names.mark_circle(color=BLUE, opacity=1, stroke="white", strokeWidth=1.5)
    dots = dots.encode(size=alt.Size("together:Q", legend=None, scale=area))
    chart = alt.layer(
        draw_ties(pairs, nodes).encode(x=x, y=y, x2="x2:Q", y2="y2:Q"),
        dots,
        draw_names(names, "left", scale),
        draw_names(names, "right", scale),
    )
    return chart.properties(width=2 * edge, height=2 * edge)


def draw_ties(pairs, nodes):
    """A line a pair, as wide as it is often together; the closest pair in a colour of its own."""
    place = nodes.set_index("actor")[["x", "y"]]
    lines = pairs.join(place, on="actor").join(place.add_suffix("2"), on="other")
    lines = lines.assign(pair=pairs["actor"] + " and " + pairs["other"])
    # the closest pairs last, so that they lie on top
    lines = lines[::-1]
    most, least = int(pairs["n"].max()), int(pairs["n"].min())
    is_closest = "false"
    if most > least:
        is_closest = f"datum.n == {most}"
    width = alt.Scale(domain=[0, most], range=[0, min(WIDEST_LINE, TIE_LINE * most)])
    legend = alt.Legend(values=sorted({least, most}), format="d", symbolSize=900)
    return (
        alt.Chart(lines)
        .mark_rule(strokeCap="round")
        .encode(
            strokeWidth=alt.StrokeWidth("n:Q", title="together", scale=width, legend=legend),
            color=alt.condition(is_closest, alt.value(VERMILION), alt.value(QUIET)),
            opacity=alt.condition(is_closest, alt.value(1), alt.value(0.5)),
            tooltip=["pair", "n", alt.Tooltip("share", format=".0%")],
        )
    )


def draw_names(names, align, scale):
    """The names on one side of the circle."""
    side = names.transform_filter(alt.datum.align == align)
    return side.mark_text(align=align, fontSize=12, limit=LABEL_WIDTH).encode(
        x=alt.X("label_x:Q", scale=scale, axis=None),
        y=alt.Y("label_y:Q", scale=scale, axis=None),
        text="actor:N",
    )


def order_by_ties(pairs, actors):
    """The actors so that neighbours are together often.

    Each is followed by the one it is most often together with among those left; else by the next.
    """
    ties = {}
    for row in pairs.itertuples():
        ties[row.actor, row.other] = ties[row.other, row.actor] = row.n
    order, left = actors[:1], actors[1:]
    while left:
        with_last = [ties.get((order[-1], actor), 0) for actor in left]
        order.append(left.pop(with_last.index(max(with_last))))
    return order


def place_on_circle(actors):
    """A place on a circle for each actor, and on which side its label stands.

    The circle is as large as the labels need.
    """
    angle = pd.Series(range(len(actors)), dtype="float64").add(0.5) * 2 * math.pi / len(actors)
    nodes = pd.DataFrame({"actor": actors, "x": angle.map(math.sin), "y": angle.map(math.cos)})
    is_right = nodes["x"].round(9) >= 0
    nodes = nodes.assign(align=is_right.map({True: "left", False: "right"}))
    gaps = nodes.sort_values("y").groupby("align")["y"].diff()
    radius = RADIUS
    if gaps.notna().any():
        radius = max(RADIUS, LABEL_HEIGHT / gaps.min())
    label = radius + LABEL_GAP
    return nodes.assign(
        x=nodes["x"] * radius,
        y=nodes["y"] * radius,
        label_x=nodes["x"] * label,
        label_y=nodes["y"] * label,
    )
