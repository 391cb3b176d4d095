"""Charts that set actors, and ways of counting them, beside one another."""

import math
import textwrap

import altair as alt
import pandas as pd

from . import schema
from .canvas import draw_nothing, finish, linked, name_selection, shorten, times
from .comparisons import OWN, find_leaders
from .look import BLUE, QUIET, VERMILION
from .text import how_many, join_names

# Of the network, in pixels: the circle, its labels, the area of the largest dot, a line for one time together, the widest line.
RADIUS, LABEL_HEIGHT, LABEL_WIDTH, LABEL_GAP, DOT, LINE, WIDEST = 150, 16, 200, 18, 400, 2, 10
# More than this nobody can follow.
MOST_DOTS, MOST_LINES = 24, 60
# Of the choices: letters in a line of a label; in pixels, the area of a circle, the room beside it, columns and places.
LABEL_LETTERS, CIRCLE, CIRCLE_GAP, COLUMN, PLACE = 13, 500, 18, 96, 34
MOVES = ("the same under every choice", "changes")


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
    together = closest.groupby("actor")["n"].sum().add(closest.groupby("other")["n"].sum(), fill_value=0).astype("int64")
    chosen = list(dict.fromkeys(closest[["actor", "other"]].to_numpy().ravel()))[: min(top, MOST_DOTS)]
    pairs = closest[closest["actor"].isin(chosen) & closest["other"].isin(chosen)].head(MOST_LINES)
    chosen = [actor for actor in chosen if actor in {*pairs["actor"], *pairs["other"]}]
    nodes = place_on_circle(order_by_ties(pairs, chosen))
    chart = draw_network(pairs, nodes.assign(together=nodes["actor"].map(together)))
    shown = f"{len(pairs)} of {how_many(len(comentions), 'pair')}, {len(nodes)} of {how_many(len(together), 'actor')}"
    return finish(chart, "together", finding, f"{shown}; wider lines and larger dots: more often together")


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
    lines = pairs.join(place, on="actor").join(place.add_suffix("2"), on="other").assign(pair=pairs["actor"] + " and " + pairs["other"])[::-1]
    most = int(pairs["n"].max())
    least = int(pairs["n"].min())
    closest = f"datum.n == {most}" if most > least else "false"
    width = alt.Scale(domain=[0, most], range=[0, min(WIDEST, LINE * most)])
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
    size = alt.Size("together:Q", legend=None, scale=alt.Scale(domain=[0, int(nodes["together"].max())], range=[0, DOT]))
    dots = names.mark_circle(color=BLUE, opacity=1, stroke="white", strokeWidth=1.5).encode(size=size)
    sides = [
        names.transform_filter(alt.datum.align == align)
        .mark_text(align=align, fontSize=12, limit=LABEL_WIDTH)
        .encode(x=alt.X("label_x:Q", scale=scale, axis=None), y=alt.Y("label_y:Q", scale=scale, axis=None), text="actor:N")
        for align in ("left", "right")
    ]
    return alt.layer(drawn, dots, *sides).properties(width=2 * edge, height=2 * edge)


def order_by_ties(pairs, actors):
    """The actors so that each is followed by the one it is most often together with among those left; else by the next."""
    ties = {frozenset(pair): n for *pair, n in pairs[["actor", "other", "n"]].itertuples(index=False)}
    order, left = actors[:1], actors[1:]
    while left:
        order.append(max(left, key=lambda actor: ties.get(frozenset((order[-1], actor)), 0)))
        left.remove(order[-1])
    return order


def place_on_circle(actors):
    """A place on a circle for each actor, and on which side its label stands; the circle is as large as the labels need."""
    angles = [(number + 0.5) * 2 * math.pi / len(actors) for number in range(len(actors))]
    nodes = pd.DataFrame({"actor": actors, "x": [math.sin(angle) for angle in angles], "y": [math.cos(angle) for angle in angles]})
    nodes["align"] = (nodes["x"].round(9) >= 0).map({True: "left", False: "right"})
    gaps = nodes.sort_values("y").groupby("align")["y"].diff()
    radius = max(RADIUS, LABEL_HEIGHT / gaps.min()) if gaps.notna().any() else RADIUS
    label = radius + LABEL_GAP
    return nodes.assign(x=nodes["x"] * radius, y=nodes["y"] * radius, label_x=nodes["x"] * label, label_y=nodes["y"] * label)


def draw_choices(choices, top=8):
    """Draw who is mentioned most under each choice of what counts, from `compare_choices(mentions)`: the `top` actors by their highest count.

    One column a choice, the most mentioned on top, the number of mentions in each circle. Lines that cross show where a
    ranking hangs on the choice; of equal counts, the one that the workbook's own count puts first stands first.
    """
    schema.check(choices, "choices")
    if not choices["n"].any():
        return draw_nothing("Nobody is mentioned")
    labels = choices["choice"].unique().tolist()
    own = OWN if OWN in labels else labels[0]
    ranked = choices[choices["choice"] == own].sort_values(["n", "actor"], ascending=[False, True])["actor"].tolist()
    highest = choices.groupby("actor")["n"].max().reindex(ranked).sort_values(ascending=False, kind="stable").head(top)
    shown = choices[choices["actor"].isin(highest.index)]
    shown = shown.assign(order=shown["actor"].map(ranked.index)).sort_values(["n", "order"], ascending=[False, True])
    shown = shown.assign(place=(shown.groupby("choice").cumcount() + 1).where(shown["n"] > 0), column=shown["choice"].map(in_column))
    moves = (shown.groupby("actor")["place"].transform("nunique") > 1).map(dict(zip([False, True], MOVES, strict=True)))
    source = f"{name_selection(highest, ranked)}; in the circles, the number of mentions"
    if own == OWN:
        source += f"; “{own}” is the workbook's own count"
    return finish(draw_bumps(shown.assign(moves=moves), [in_column(label) for label in labels]), "choices", describe_leaders(choices, own), source)


def in_column(label):
    """A label on short lines."""
    return "\n".join(textwrap.wrap(str(label), LABEL_LETTERS)) or " "


def draw_bumps(shown, columns):
    """A line an actor through its place in each column; it breaks where the actor is not counted."""
    lines_above = max(column.count("\n") for column in columns)
    axis = alt.Axis(orient="top", labelExpr="split(datum.label, '\\n')", labelAngle=0, domain=False, ticks=False, labelLimit=0)
    axis.labelPadding = CIRCLE_GAP + LABEL_HEIGHT * (lines_above - 1)
    places = int(shown["place"].max())
    base = alt.Chart(linked(shown, "choices")).encode(
        href="href:N",
        x=alt.X("column:N", title=None, sort=columns, axis=axis, scale=alt.Scale(domain=columns)),
        y=alt.Y("place:Q", axis=None, scale=alt.Scale(reverse=True, domain=[0.5, places + 0.5], nice=False)),
        tooltip=["choice", "actor", "n", "rank"],
    )
    present = [move for move in MOVES if move in set(shown["moves"])]
    legend = alt.Legend(symbolType="stroke", symbolSize=900, symbolStrokeWidth=3, values=present)
    color, dash = (
        channel("moves:N", title="place among those shown", scale=alt.Scale(domain=list(MOVES), range=looks), legend=legend)
        for channel, looks in ((alt.Color, [BLUE, VERMILION]), (alt.StrokeDash, [[1, 0], [5, 3]]))
    )
    lines = base.mark_line(strokeWidth=3).encode(detail="actor:N", color=color, strokeDash=dash)
    circles = base.mark_circle(size=CIRCLE, opacity=1).encode(color=color)
    numbers = base.mark_text(color="white", fontSize=12).encode(text="n:Q")
    names = [
        base.transform_filter(alt.FieldEqualPredicate(field="column", equal=column))
        .mark_text(align=align, dx=dx, fontSize=12, limit=LABEL_WIDTH)
        .encode(text="actor:N")
        for column, align, dx in ((columns[0], "right", -CIRCLE_GAP), (columns[-1], "left", CIRCLE_GAP))[: len(columns)]
    ]
    return alt.layer(lines, circles, numbers, *names).properties(width=alt.Step(COLUMN), height=PLACE * places)


def describe_leaders(choices, own, top=3):
    """Whether the same actors lead under every choice that counts anybody."""
    leading = {label: ranks for label, ranks in find_leaders(choices, top).items() if ranks}
    own = leading.get(own) or next(iter(leading.values()))
    every = f"under {'all ' * (len(leading) > 1)}{how_many(len(leading), 'way')} of counting"
    same = sum(ranks == own for ranks in leading.values())
    if same == len(leading):
        order = ", in this order," * (len(own) > 1)
        return f"{join_names([shorten(actor) for actor in own])} mentioned most{order} {every}"
    first = [actor for actor, rank in own.items() if rank == 1]
    leads = sum(all(ranks.get(actor) == 1 for actor in first) for ranks in leading.values())
    most = f"{join_names([shorten(actor) for actor in first])} mentioned most"
    if leads == len(leading):
        return f"{most} {every}, and the first {len(own)} are the same under {same}"
    return f"{most} under {leads} of {how_many(len(leading), 'way')} of counting: it depends on what counts"
