"""A network of names on a circle: who, or which words, stand together."""

import math

import altair as alt
import pandas as pd

from ..theme import BLUE, LABEL_HEIGHT, LABEL_WIDTH, QUIET, VERMILION

# In pixels: the circle, the room between it and its labels, the area of the largest dot, the width
# of a line for one time together, and of the widest line.
RADIUS = 150
LABEL_GAP = 18
TIE_DOT = 400
TIE_LINE = 2
WIDEST_LINE = 10
# More than this nobody can follow.
MOST_DOTS = 24
MOST_LINES = 60


def choose_pairs(closest, most):
    """The pairs among the first so many names, as many as can be drawn.

    `closest`: one, other, n; the closest pairs first.
    """
    chosen = list_names(closest)[: min(most, MOST_DOTS)]
    among = closest["one"].isin(chosen) & closest["other"].isin(chosen)
    return closest[among].head(MOST_LINES)


def list_names(pairs):
    """The names of the pairs, those of the first pairs first."""
    return list(dict.fromkeys(pairs[["one", "other"]].to_numpy().ravel()))


def count_together(pairs):
    """{name: how often it is together with others}."""
    first = pairs.groupby("one")["n"].sum()
    second = pairs.groupby("other")["n"].sum()
    return first.add(second, fill_value=0).astype("int64")


def draw_pairs(pairs, together, tooltip=()):
    """The chosen pairs as lines between dots; `together` as from `count_together`, of all pairs."""
    nodes = place_on_circle(order_by_ties(pairs, list_names(pairs)))
    return draw_network(pairs, nodes.assign(together=nodes["name"].map(together)), tooltip)


def draw_network(pairs, nodes, tooltip=()):
    """Lines between dots, with names around them.

    `pairs`: one, other, n; `nodes`: name, together and what `place_on_circle` gives; `tooltip`:
    further columns of the pairs that pointing at a line shows.
    """
    edge = math.ceil(nodes[["label_x", "label_y"]].abs().max(axis=None)) + LABEL_HEIGHT
    scale = alt.Scale(domain=[-edge, edge], nice=False)
    x, y = alt.X("x:Q", scale=scale, axis=None), alt.Y("y:Q", scale=scale, axis=None)
    names = alt.Chart(nodes).encode(x=x, y=y, tooltip=["name", "together"])
    largest = int(nodes["together"].max())
    area = alt.Scale(domain=[0, largest], range=[0, TIE_DOT])
    dots = names.mark_circle(color=BLUE, opacity=1, stroke="white", strokeWidth=1.5)
    dots = dots.encode(size=alt.Size("together:Q", legend=None, scale=area))
    chart = alt.layer(
        draw_ties(pairs, nodes, tooltip).encode(x=x, y=y, x2="x2:Q", y2="y2:Q"),
        dots,
        draw_names(names, "left", scale),
        draw_names(names, "right", scale),
    )
    return chart.properties(width=2 * edge, height=2 * edge)


def draw_ties(pairs, nodes, tooltip):
    """A line a pair, as wide as it is often together; the closest pair in a colour of its own."""
    place = nodes.set_index("name")[["x", "y"]]
    lines = pairs.join(place, on="one").join(place.add_suffix("2"), on="other")
    lines = lines.assign(pair=pairs["one"] + " and " + pairs["other"])
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
            tooltip=["pair", "n", *tooltip],
        )
    )


def draw_names(names, align, scale):
    """The names on one side of the circle."""
    side = names.transform_filter(alt.datum.align == align)
    return side.mark_text(align=align, fontSize=12, limit=LABEL_WIDTH).encode(
        x=alt.X("label_x:Q", scale=scale, axis=None),
        y=alt.Y("label_y:Q", scale=scale, axis=None),
        text="name:N",
    )


def order_by_ties(pairs, names):
    """The names so that neighbours are together often.

    Each is followed by the one it is most often together with among those left; else by the next.
    """
    ties = {}
    for row in pairs.itertuples():
        ties[row.one, row.other] = ties[row.other, row.one] = row.n
    order, left = names[:1], names[1:]
    while left:
        with_last = [ties.get((order[-1], name), 0) for name in left]
        order.append(left.pop(with_last.index(max(with_last))))
    return order


def place_on_circle(names):
    """A place on a circle for each name, and on which side its label stands.

    The circle is as large as the labels need.
    """
    angle = pd.Series(range(len(names)), dtype="float64").add(0.5) * 2 * math.pi / len(names)
    nodes = pd.DataFrame({"name": names, "x": angle.map(math.sin), "y": angle.map(math.cos)})
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
