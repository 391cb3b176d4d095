"""Charts of actors: how often they are mentioned, in which words and in which roles."""

import altair as alt
import pandas as pd

from ... import schema
from ...measure.actors import select_leaders
from ...measure.addresses import COUNTED, address_of
from ...text import join_names
from ..figure import draw_nothing, finish_chart
from ..theme import BLUE, INK, QUIET, TYPE_COLOURS, VERMILION
from .intervals import ROOM_UNDER, ROOMY_LANE, draw_intervals, say_intervals, say_order
from .parts import (
    WORDING_COLOURS,
    WORDINGS,
    colours,
    draw_parts,
    lanes,
    name_selection,
    numbers,
    shorten,
    stack_parts,
    whole_numbers,
    with_addresses,
)

# A bar at least this long, as a share of the longest, has room for its number.
ROOM_IN_BAR = 0.04
# Pixels from the end of a bar to the type of the actor, and for each digit of the number between.
BESIDE_BAR = 10
DIGIT = 7
# What an actor does stands to the right, what is done to it to the left, next to the middle.
SIDES = {"agent": 1, "patient": -1, "addressee": -1}
DEEDS = {"patient": "is acted upon", "addressee": "is spoken or given to", "agent": "acts"}
# An outline alone differs in grey, too.
DEED_COLOURS = {"is spoken or given to": "white", "is acted upon": VERMILION, "acts": BLUE}
DEED_OUTLINES = {"is spoken or given to": VERMILION, "is acted upon": VERMILION, "acts": BLUE}
DEED_AXIS = "mentions in which the actor  ← is acted upon | acts →"


def draw_actors(actors, *, top=15):
    """Draw how often each actor is mentioned as bars, from a table of `count_actors`.

    `top`: how many actors, the most mentioned, 15 by default. From `count_actors(..., by="kind")`
    each bar is divided into mentions by name, by description, by pronoun. Of a table counted with
    `coded=`, a dot under the bar is the corrected number, the line its 95 % interval; a grey line
    is borrowed from public data.
    """
    schema.check(actors, "actors")
    if actors.empty:
        return draw_nothing("Nobody is mentioned")
    totals = total_actors(actors)
    shown = totals.assign(share=totals["n"] / totals["n"].sum()).head(top)
    tooltip = [
        "actor",
        alt.Tooltip("actor_type", title="kind"),
        "n",
        alt.Tooltip("share", format=".0%"),
    ]
    if actors["actor"].is_unique:
        shown = shown.merge(actors[["actor", "per_1000_words"]], on="actor")
        tooltip.append(alt.Tooltip("per_1000_words", format=".1f"))
    has_ends = "corrected" in actors and actors["actor"].is_unique
    y = lanes(shown["actor"], room=ROOM_UNDER if has_ends else None)
    base = alt.Chart(with_addresses(shown, "actors")).encode(
        href="href:N",
        x=alt.X("n:Q", title="mentions", axis=whole_numbers(shown["n"]), stack=False),
        y=y,
        tooltip=tooltip,
    )
    source = name_selection(shown, totals)
    if "kind" in actors:
        chart = draw_wordings(part_by_wording(actors, shown), shown) + numbers(base)
        source += "; how they are referred to"
    else:
        chart = draw_typed_bars(base, shown)
    finding = describe_most_mentioned(totals)
    if has_ends:
        known = actors[actors["actor"].isin(shown["actor"])].dropna(subset=["low"])
        chart = (chart + draw_intervals(known, y, "actor")).properties(height=alt.Step(ROOMY_LANE))
        source += say_intervals(known)
        finding = describe_corrected_order(actors) or finding
    return finish_chart(chart, "actors", finding, source)


def describe_corrected_order(actors):
    """What the intervals let be said of the most mentioned actor; None where there are none."""
    known = actors.dropna(subset=["low"])
    if known.empty:
        return None
    first = actors.loc[actors["corrected"].fillna(actors["n"]).idxmax()]
    if pd.isna(first["low"]):
        return f"Too few mentions are coded to say how often {shorten(first['actor'])} is meant"
    if first["high"] == 0:
        return "As corrected, none of those whom the machine finds is meant"
    ends = f"{first['low']:.0f} to {first['high']:.0f}"
    said = f"{shorten(first['actor'])}: {first['n']} mentions, {ends} by errors on public data"
    if pd.notna(first["corrected"]):
        said = (
            f"{shorten(first['actor'])}: as corrected, {first['corrected']:.0f} mentions ({ends})"
        )
    return f"{said}{say_order(known, first)}"


def total_actors(actors):
    """One row an actor with its type and all its mentions, the most mentioned first."""
    totals = actors.groupby("actor").agg(actor_type=("actor_type", "first"), n=("n", "sum"))
    totals = totals.reset_index()
    return totals.sort_values(["n", "actor"], ascending=[False, True], ignore_index=True)


def describe_most_mentioned(totals):
    """Who is mentioned most often, and how often."""
    leaders = select_leaders(totals)
    first = [shorten(actor) for actor in leaders["actor"]]
    most = [*dict.fromkeys(map(str, leaders["n"]))]
    each = "each " if len(first) > len(most) == 1 else ""
    if len(most) > 2:
        most = [f"{most[-1]} to {most[0]}"]
    total = totals["n"].sum()
    said = f"{each}{' and '.join(most)} of {total} mentions"
    return f"{join_names(first)} mentioned most often: {said}"


def draw_typed_bars(base, shown):
    """A bar an actor in the colour of its type, with its number and its type at the end."""
    color = colours("actor_type", TYPE_COLOURS, "kind of actor", present=shown["actor_type"])
    bars = base.mark_bar().encode(color=color.legend(None))
    beside = BESIDE_BAR + DIGIT * len(str(shown["n"].max()))
    types = base.mark_text(align="left", dx=beside, fontSize=11, color=QUIET)
    return bars + numbers(base) + types.encode(text="actor_type:N")


def part_by_wording(actors, shown):
    """One row an actor shown and a way of referring to it: the parts of its bar."""
    mentioned = actors[actors["actor"].isin(shown["actor"])]
    wording = mentioned["kind"].map(WORDINGS).fillna("by name")
    in_order = pd.Categorical(wording, list(WORDING_COLOURS), ordered=True)
    counts = mentioned.assign(wording=in_order).groupby(["actor", "wording"], observed=True)["n"]
    parts = counts.sum().reset_index().astype({"wording": "str"})
    parts = stack_parts(parts, room=ROOM_IN_BAR * shown["n"].max())
    return parts.assign(href=[address_wording(row) for row in parts.itertuples()])


def address_wording(part):
    """The address of the mentions behind a part of a bar."""
    kinds = [kind for kind, wording in WORDINGS.items() if wording == part.wording]
    if not kinds:
        kinds = list(schema.NAMED)
    return address_of("mentions", part.n, **COUNTED, actor=part.actor, kind=kinds)


def draw_wordings(parts, shown):
    """A bar for each actor, divided by how it is referred to, with the numbers that have room."""
    base = alt.Chart(parts).encode(
        y=lanes(shown["actor"]),
        href="href:N",
        tooltip=["actor", alt.Tooltip("wording", title="mentioned"), "n"],
    )
    titles = {"title": "mentions", "legend": "mentioned"}
    return draw_parts(base, parts, "wording", WORDING_COLOURS, **titles)


def draw_roles(roles, *, top=12):
    """Draw in how many of its mentions each actor acts and is acted upon.

    From `count_roles(mentions)`; `top`: how many actors, the most mentioned, 12 by default. Other
    mentions (as an owner, in passing) have no bar, but count in the total at the right.
    """
    schema.check(roles, "roles")
    if not roles["role"].isin(list(SIDES)).any():
        return draw_nothing("Nobody acts or is acted upon")
    acts = roles["n"].where(roles["role"] == "agent", 0)
    totals = roles.assign(acts=acts).groupby("actor")[["n", "acts"]].sum().reset_index()
    totals = totals.sort_values(["n", "actor"], ascending=[False, True], ignore_index=True)
    shown = totals.head(top)
    parts = place_roles(roles[roles["actor"].isin(shown["actor"])])
    source = (
        f"{name_selection(shown, totals)}; who acts is read from the grammar; "
        "other mentions (owner, in passing) have no bar"
    )
    return finish_chart(draw_sides(parts, shown), "roles", describe_agents(totals), source)


def describe_agents(totals):
    """In how many of their mentions the two most mentioned actors act."""
    first = totals.iloc[0]
    finding = f"{shorten(first['actor'])} acts in {first['acts']} of {first['n']} mentions"
    if len(totals) == 1:
        return finding
    second = totals.iloc[1]
    return f"{finding}, {shorten(second['actor'])} in {second['acts']} of {second['n']}"


def place_roles(roles):
    """The parts of each actor's bar.

    `inner` and `outer` end, on the side of what it does or of what is done to it.
    """
    with_side = roles[roles["role"].isin(list(SIDES))]
    parts = with_side.groupby(["actor", "role"])["n"].sum().reset_index()
    side = parts["role"].map(SIDES).astype("int64")
    parts = parts.assign(side=side, deed=parts["role"].map(DEEDS))
    parts = parts.sort_values(["actor", "role"], ascending=[True, False], ignore_index=True)
    outer = parts.groupby(["actor", "side"])["n"].cumsum()
    return parts.assign(inner=(outer - parts["n"]) * parts["side"], outer=outer * parts["side"])


def draw_sides(parts, actors):
    """Bars to both sides of the middle, with their numbers.

    At the right all mentions of each of the `actors`.
    """
    ends = [min([-1, *parts["outer"]]), max([1, *parts["outer"]])]
    width = ends[1] - ends[0]
    has_room = parts["n"] >= ROOM_IN_BAR * width
    parts = parts.assign(
        middle=(parts["inner"] + parts["outer"]) / 2,
        number=parts["n"].astype("str").where(has_room, ""),
    )
    axis = alt.Axis(tickCount=min(width, 10), format="d", labelExpr="format(abs(datum.value), 'd')")
    y = lanes(actors["actor"])
    base = alt.Chart(with_addresses(parts, "roles")).encode(
        y=y, href="href:N", tooltip=["actor", alt.Tooltip("deed", title="role"), "n"]
    )
    scale = alt.Scale(domain=ends, nice=False)
    deeds = parts["deed"]
    bars = base.mark_bar(strokeWidth=1).encode(
        x=alt.X("inner:Q", title=DEED_AXIS, axis=axis, scale=scale),
        x2="outer:Q",
        fill=colours("deed", DEED_COLOURS, "the actor", present=deeds, channel=alt.Fill),
        stroke=colours("deed", DEED_OUTLINES, "the actor", present=deeds, channel=alt.Stroke),
    )
    color = alt.condition("datum.role == 'addressee'", alt.value("black"), alt.value("white"))
    inside = base.mark_text(fontSize=11).encode(
        x=alt.X("middle:Q", title=DEED_AXIS), text="number:N", color=color
    )
    zero = alt.Chart(pd.DataFrame({"at": [0]})).mark_rule(color=INK)
    middle = zero.encode(x=alt.X("at:Q", title=DEED_AXIS))
    return alt.layer(bars, inside, middle, draw_totals(actors, ends[1], y))


def draw_totals(actors, at, y):
    """All mentions of each actor, as text at the right end of its lane."""
    said = "of " + actors["n"].astype("str")
    totals = with_addresses(actors.assign(said=said, at=at), "roles")
    texts = alt.Chart(totals).mark_text(align="left", dx=8, fontSize=12)
    return texts.encode(x=alt.X("at:Q", title=DEED_AXIS), y=y, text="said:N", href="href:N")
