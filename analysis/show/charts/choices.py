"""The chart of the ranking under other choices."""

import textwrap

import altair as alt

from ... import schema
from ...measure.choices import OWN, find_leaders
from ...text import how_many, join_names
from ..figure import draw_nothing, finish_chart
from ..theme import BLUE, LABEL_HEIGHT, LABEL_WIDTH, VERMILION
from .parts import name_selection, shorten, with_addresses

# Letters in a line of a choice's label.
LABEL_LETTERS = 13
# In pixels: the area of a circle, the room beside it, a column, and the place of a rank in it.
RANK_CIRCLE = 500
CIRCLE_GAP = 18
CHOICE_COLUMN = 96
RANK_PLACE = 34
# Whether an actor's place hangs on the choice, and how its line looks.
STAYS = "the same under every choice"
CHANGES = "changes"
MOVES = (STAYS, CHANGES)
MOVE_COLOURS = [BLUE, VERMILION]
MOVE_DASHES = [[1, 0], [5, 3]]


def draw_choices(choices, *, top=8):
    """Draw who is mentioned most under each choice of what counts.

    From `compare_choices(mentions)`; `top`: how many actors, those with the highest counts, 8 by
    default. One column a choice, the most mentioned on top, the number of mentions in each circle.
    Lines that cross show where a ranking hangs on the choice; of equal counts, the one that the
    workbook's own count puts first stands first.
    """
    schema.check(choices, "choices")
    if not choices["n"].any():
        return draw_nothing("Nobody is mentioned")
    labels = choices["choice"].unique().tolist()
    own = OWN if OWN in labels else labels[0]
    counted = choices[choices["choice"] == own]
    ranked = counted.sort_values(["n", "actor"], ascending=[False, True])["actor"].tolist()
    highest = choices.groupby("actor")["n"].max().reindex(ranked)
    highest = highest.sort_values(ascending=False, kind="stable").head(top)
    shown = place_in_columns(choices[choices["actor"].isin(highest.index)], ranked)
    source = f"{name_selection(highest, ranked)}; in the circles, the number of mentions"
    if own == OWN:
        source += f"; “{own}” is the workbook's own count"
    chart = draw_bumps(shown, [in_column(label) for label in labels])
    return finish_chart(chart, "choices", describe_leaders(choices, own), source)


def place_in_columns(shown, ranked):
    """The choices with the actor's `place` in the `column`, and whether that `moves`.

    Of equal counts, the actor that stands first in `ranked` stands first.
    """
    shown = shown.assign(order=shown["actor"].map(ranked.index))
    shown = shown.sort_values(["n", "order"], ascending=[False, True])
    place = shown.groupby("choice").cumcount() + 1
    shown = shown.assign(
        place=place.where(shown["n"] > 0),
        column=shown["choice"].map(in_column),
    )
    places = shown.groupby("actor")["place"].transform("nunique")
    return shown.assign(moves=(places > 1).map({False: STAYS, True: CHANGES}))


def in_column(label):
    """A label on short lines."""
    return "\n".join(textwrap.wrap(str(label), LABEL_LETTERS)) or " "


def draw_bumps(shown, columns):
    """A line an actor through its place in each column.

    It breaks where the actor is not counted.
    """
    places = int(shown["place"].max())
    scale = alt.Scale(reverse=True, domain=[0.5, places + 0.5], nice=False)
    base = alt.Chart(with_addresses(shown, "choices")).encode(
        href="href:N",
        x=labels_above(columns),
        y=alt.Y("place:Q", axis=None, scale=scale),
        tooltip=["choice", "actor", "n", "rank"],
    )
    present = set(shown["moves"])
    color = look_of_moves(alt.Color, MOVE_COLOURS, present)
    dash = look_of_moves(alt.StrokeDash, MOVE_DASHES, present)
    lines = base.mark_line(strokeWidth=3).encode(detail="actor:N", color=color, strokeDash=dash)
    circles = base.mark_circle(size=RANK_CIRCLE, opacity=1).encode(color=color)
    counts = base.mark_text(color="white", fontSize=12).encode(text="n:Q")
    names = [name_actors(base, columns[0], "right", -CIRCLE_GAP)]
    if len(columns) > 1:
        names.append(name_actors(base, columns[-1], "left", CIRCLE_GAP))
    chart = alt.layer(lines, circles, counts, *names)
    return chart.properties(width=alt.Step(CHOICE_COLUMN), height=RANK_PLACE * places)


def labels_above(columns):
    """A column a choice, with its label above it on short lines."""
    breaks = max(column.count("\n") for column in columns)
    axis = alt.Axis(
        orient="top",
        labelExpr="split(datum.label, '\\n')",
        labelAngle=0,
        domain=False,
        ticks=False,
        labelLimit=0,
        labelPadding=CIRCLE_GAP + LABEL_HEIGHT * (breaks - 1),
    )
    scale = alt.Scale(domain=columns)
    return alt.X("column:N", title=None, sort=columns, axis=axis, scale=scale)


def look_of_moves(channel, looks, present):
    """A channel that tells apart whose place changes; the legend has those present."""
    return channel(
        "moves:N",
        title="place among those shown",
        scale=alt.Scale(domain=list(MOVES), range=looks),
        legend=alt.Legend(
            symbolType="stroke",
            symbolSize=900,
            symbolStrokeWidth=3,
            values=[move for move in MOVES if move in present],
        ),
    )


def name_actors(base, column, align, dx):
    """The names of the actors beside their circles in one column."""
    in_this_column = alt.FieldEqualPredicate(field="column", equal=column)
    names = base.transform_filter(in_this_column)
    names = names.mark_text(align=align, dx=dx, fontSize=12, limit=LABEL_WIDTH)
    return names.encode(text="actor:N")


def describe_leaders(choices, own, *, top=3):
    """Whether the same actors lead under every choice that counts anybody.

    `own`: the choice to hold the others against; `top`: how many ranks lead, 3 by default.
    """
    leading = {label: ranks for label, ranks in find_leaders(choices, top).items() if ranks}
    own = leading.get(own) or next(iter(leading.values()))
    ways = f"{how_many(len(leading), 'way')} of counting"
    every, in_order = f"under {ways}", ""
    if len(leading) > 1:
        every = f"under all {ways}"
    if len(own) > 1:
        in_order = ", in this order,"
    same = sum(ranks == own for ranks in leading.values())
    if same == len(leading):
        return f"{name_leaders(own)} mentioned most{in_order} {every}"
    first = first_of(own)
    leads = sum(set(first) <= set(first_of(ranks)) for ranks in leading.values())
    most = f"{name_leaders(first)} mentioned most"
    if leads == len(leading):
        return f"{most} {every}, and the first {len(own)} are the same under {same}"
    return f"{most} under {leads} of {ways}: it depends on what counts"


def first_of(ranks):
    """Those who share the first rank."""
    return [actor for actor, rank in ranks.items() if rank == 1]


def name_leaders(actors):
    """The actors as the subject of a title, with its verb."""
    return join_names([shorten(actor) for actor in actors])
