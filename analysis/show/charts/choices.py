"""The chart of the ranking under other choices."""

import textwrap

import altair as alt

from ... import schema
from ...measure.choices import OWN, find_leaders
from ...text import how_many, join_names
from ..figure import draw_nothing, finish_chart, name_selection, shorten, with_addresses
from ..theme import BLUE, LABEL_HEIGHT, LABEL_WIDTH, VERMILION

# Letters in a line of a choice's label.
LABEL_LETTERS = 13
# In pixels: the area of a circle, the room beside it, a column, and the place of a rank in it.
RANK_CIRCLE = 500
CIRCLE_GAP = 18
CHOICE_COLUMN = 96
RANK_PLACE = 34
MOVES = ("the same under every choice", "changes")


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
    ranked = (
        choices[choices["choice"] == own]
        .sort_values(["n", "actor"], ascending=[False, True])["actor"]
        .tolist()
    )
    highest = (
        choices.groupby("actor")["n"]
        .max()
        .reindex(ranked)
        .sort_values(ascending=False, kind="stable")
        .head(top)
    )
    shown = choices[choices["actor"].isin(highest.index)]
    shown = shown.assign(order=shown["actor"].map(ranked.index)).sort_values(
        ["n", "order"], ascending=[False, True]
    )
    shown = shown.assign(
        place=(shown.groupby("choice").cumcount() + 1).where(shown["n"] > 0),
        column=shown["choice"].map(in_column),
    )
    moves = (shown.groupby("actor")["place"].transform("nunique") > 1).map(
        dict(zip([False, True], MOVES, strict=True))
    )
    source = f"{name_selection(highest, ranked)}; in the circles, the number of mentions"
    if own == OWN:
        source += f"; “{own}” is the workbook's own count"
    return finish_chart(
        draw_bumps(shown.assign(moves=moves), [in_column(label) for label in labels]),
        "choices",
        describe_leaders(choices, own),
        source,
    )


def in_column(label):
    """A label on short lines."""
    return "\n".join(textwrap.wrap(str(label), LABEL_LETTERS)) or " "


def draw_bumps(shown, columns):
    """A line an actor through its place in each column; it breaks where the actor is not counted."""
    lines_above = max(column.count("\n") for column in columns)
    axis = alt.Axis(
        orient="top",
        labelExpr="split(datum.label, '\\n')",
        labelAngle=0,
        domain=False,
        ticks=False,
        labelLimit=0,
    )
    axis.labelPadding = CIRCLE_GAP + LABEL_HEIGHT * (lines_above - 1)
    places = int(shown["place"].max())
    base = alt.Chart(with_addresses(shown, "choices")).encode(
        href="href:N",
        x=alt.X("column:N", title=None, sort=columns, axis=axis, scale=alt.Scale(domain=columns)),
        y=alt.Y(
            "place:Q",
            axis=None,
            scale=alt.Scale(reverse=True, domain=[0.5, places + 0.5], nice=False),
        ),
        tooltip=["choice", "actor", "n", "rank"],
    )
    present = [move for move in MOVES if move in set(shown["moves"])]
    legend = alt.Legend(symbolType="stroke", symbolSize=900, symbolStrokeWidth=3, values=present)
    color, dash = (
        channel(
            "moves:N",
            title="place among those shown",
            scale=alt.Scale(domain=list(MOVES), range=looks),
            legend=legend,
        )
        for channel, looks in ((alt.Color, [BLUE, VERMILION]), (alt.StrokeDash, [[1, 0], [5, 3]]))
    )
    lines = base.mark_line(strokeWidth=3).encode(detail="actor:N", color=color, strokeDash=dash)
    circles = base.mark_circle(size=RANK_CIRCLE, opacity=1).encode(color=color)
    numbers = base.mark_text(color="white", fontSize=12).encode(text="n:Q")
    names = [
        base.transform_filter(alt.FieldEqualPredicate(field="column", equal=column))
        .mark_text(align=align, dx=dx, fontSize=12, limit=LABEL_WIDTH)
        .encode(text="actor:N")
        for column, align, dx in (
            (columns[0], "right", -CIRCLE_GAP),
            (columns[-1], "left", CIRCLE_GAP),
        )[: len(columns)]
    ]
    return alt.layer(lines, circles, numbers, *names).properties(
        width=alt.Step(CHOICE_COLUMN), height=RANK_PLACE * places
    )


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
