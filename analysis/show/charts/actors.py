"""Charts of actors: how often they are mentioned, in which words and in which roles."""

import altair as alt
import pandas as pd

from ... import schema
from ...measure.addresses import COUNTED, address_of
from ...text import join_names
from ..figure import (
    WORDING_COLOURS,
    WORDINGS,
    colours,
    draw_nothing,
    finish_chart,
    lanes,
    name_selection,
    numbers,
    shorten,
    whole_numbers,
    with_addresses,
)
from ..theme import BLUE, COAL, INK, QUIET, TYPE_COLOURS, VERMILION

DARK_BARS = (BLUE, COAL)
# A bar at least this long, as a share of the longest, has room for its number.
ROOM_IN_BAR = 0.04
# Pixels from the end of a bar to the type of the actor, and for each digit of the number between them.
BESIDE_BAR, DIGIT = 10, 7
# What an actor does stands to the right, what is done to it to the left, next to the middle; an outline alone differs in grey, too.
SIDES = {"agent": 1, "patient": -1, "addressee": -1}
# wording -> the kinds of mention in it
KINDS_OF_WORDING = {
    wording: [kind for kind, said in WORDINGS.items() if said == wording] or list(schema.NAMED)
    for wording in WORDING_COLOURS
}
DEEDS = {"patient": "is acted upon", "addressee": "is spoken or given to", "agent": "acts"}
DEED_COLOURS = {"is spoken or given to": "white", "is acted upon": VERMILION, "acts": BLUE}
DEED_OUTLINES = {"is spoken or given to": VERMILION, "is acted upon": VERMILION, "acts": BLUE}


def draw_actors(actors, top=15):
    """Draw how often each actor is mentioned as bars, `top` of them, from a table of `count_actors`.

    From `count_actors(..., by="kind")` each bar is divided into mentions by name, by description, by pronoun.
    """
    schema.check(actors, "actors")
    if actors.empty:
        return draw_nothing("Nobody is mentioned")
    totals = (
        actors.groupby("actor")
        .agg(actor_type=("actor_type", "first"), n=("n", "sum"))
        .reset_index()
    )
    totals = totals.sort_values(["n", "actor"], ascending=[False, True], ignore_index=True)
    total = int(totals["n"].sum())
    shown = totals.assign(share=totals["n"] / total).head(top)
    most = [shorten(actor) for actor in totals[totals["n"] == totals["n"].max()]["actor"]]
    finding = f"{join_names(most)} mentioned most often: {'each ' * (len(most) > 1)}{shown['n'].max()} of {total} mentions"
    tooltip = [
        "actor",
        alt.Tooltip("actor_type", title="kind"),
        "n",
        alt.Tooltip("share", format=".0%"),
    ]
    if actors["actor"].is_unique:
        shown = shown.merge(actors[["actor", "per_1000_words"]], on="actor")
        tooltip.append(alt.Tooltip("per_1000_words", format=".1f"))
    base = alt.Chart(with_addresses(shown, "actors")).encode(
        href="href:N",
        x=alt.X("n:Q", title="mentions", axis=whole_numbers(shown["n"]), stack=False),
        y=lanes(shown["actor"]),
        tooltip=tooltip,
    )
    source = name_selection(shown, totals)
    if "kind" in actors:
        return finish_chart(
            draw_wordings(actors, shown) + numbers(base),
            "actors",
            finding,
            f"{source}; how they are referred to",
        )
    bars = base.mark_bar().encode(
        color=colours("actor_type", TYPE_COLOURS, "kind of actor", shown["actor_type"]).legend(None)
    )
    beside = BESIDE_BAR + DIGIT * len(str(shown["n"].max()))
    types = base.mark_text(align="left", dx=beside, fontSize=11, color=QUIET).encode(
        text="actor_type:N"
    )
    return finish_chart(bars + numbers(base) + types, "actors", finding, source)


def draw_wordings(actors, shown):
    """A bar for each actor shown, divided by how it is referred to, with the numbers that have room."""
    parts = actors[actors["actor"].isin(shown["actor"])]
    parts = parts.assign(
        wording=pd.Categorical(
            parts["kind"].map(WORDINGS).fillna("by name"), list(WORDING_COLOURS), ordered=True
        )
    )
    parts = (
        parts.groupby(["actor", "wording"], observed=True)["n"]
        .sum()
        .reset_index()
        .astype({"wording": "str"})
    )
    right = parts.groupby("actor")["n"].cumsum()
    room = parts["n"] >= ROOM_IN_BAR * shown["n"].max()
    parts = parts.assign(
        left=right - parts["n"],
        right=right,
        middle=right - parts["n"] / 2,
        number=parts["n"].astype("str").where(room, ""),
    )
    parts = parts.assign(
        href=[
            address_of(
                "mentions", row.n, **COUNTED, actor=row.actor, kind=KINDS_OF_WORDING[row.wording]
            )
            for row in parts.itertuples()
        ]
    )
    base = alt.Chart(parts).encode(
        y=lanes(shown["actor"]),
        href="href:N",
        tooltip=["actor", alt.Tooltip("wording", title="mentioned"), "n"],
    )
    bars = base.mark_bar(stroke="white", strokeWidth=1).encode(
        x=alt.X("left:Q", title="mentions", axis=whole_numbers(shown["n"])),
        x2="right:Q",
        color=colours("wording", WORDING_COLOURS, "mentioned", parts["wording"]),
    )
    dark = alt.FieldOneOfPredicate(
        field="wording",
        oneOf=[wording for wording, colour in WORDING_COLOURS.items() if colour in DARK_BARS],
    )
    inside = base.mark_text(fontSize=11).encode(
        x=alt.X("middle:Q", title="mentions"),
        text="number:N",
        color=alt.condition(dark, alt.value("white"), alt.value("black")),
    )
    return bars + inside


def draw_roles(roles, top=12):
    """Draw in how many of its mentions each actor acts and is acted upon, the `top` most mentioned, from `count_roles(mentions)`.

    Other mentions (as an owner, in passing) have no bar, but count in the total at the right.
    """
    schema.check(roles, "roles")
    if not roles["role"].isin(list(SIDES)).any():
        return draw_nothing("Nobody acts or is acted upon")
    totals = (
        roles.assign(acts=roles["n"].where(roles["role"] == "agent", 0))
        .groupby("actor")[["n", "acts"]]
        .sum()
        .reset_index()
    )
    totals = totals.sort_values(["n", "actor"], ascending=[False, True], ignore_index=True)
    first, *second = [
        (shorten(row.actor), f"in {row.acts} of {row.n}") for row in totals.head(2).itertuples()
    ]
    finding = ", ".join(
        [f"{first[0]} acts {first[1]} mentions", *(" ".join(said) for said in second)]
    )
    shown = totals.head(top)
    source = f"{name_selection(shown, totals)}; who acts is read from the grammar; other mentions (owner, in passing) have no bar"
    return finish_chart(
        draw_sides(place_roles(roles[roles["actor"].isin(shown["actor"])]), shown),
        "roles",
        finding,
        source,
    )


def place_roles(roles):
    """The parts of each actor's bar: `inner` and `outer` end, on the side of what it does or of what is done to it."""
    parts = (
        roles[roles["role"].isin(list(SIDES))].groupby(["actor", "role"])["n"].sum().reset_index()
    )
    side = parts["role"].map(SIDES).astype("int64")
    parts = parts.assign(side=side, deed=parts["role"].map(DEEDS)).sort_values(
        ["actor", "role"], ascending=[True, False], ignore_index=True
    )
    outer = parts.groupby(["actor", "side"])["n"].cumsum()
    return parts.assign(inner=(outer - parts["n"]) * parts["side"], outer=outer * parts["side"])


def draw_sides(parts, actors):
    """Bars to both sides of the middle, with their numbers and, at the right, all mentions of each of the `actors`."""
    ends = [min([-1, *parts["outer"]]), max([1, *parts["outer"]])]
    room = parts["n"] >= ROOM_IN_BAR * (ends[1] - ends[0])
    parts = parts.assign(
        middle=(parts["inner"] + parts["outer"]) / 2,
        number=parts["n"].astype("str").where(room, ""),
    )
    title = "mentions in which the actor  ← is acted upon | acts →"
    axis = alt.Axis(
        tickCount=min(ends[1] - ends[0], 10), format="d", labelExpr="format(abs(datum.value), 'd')"
    )
    y = lanes(actors["actor"])
    base = alt.Chart(with_addresses(parts, "roles")).encode(
        y=y, href="href:N", tooltip=["actor", alt.Tooltip("deed", title="role"), "n"]
    )
    bars = base.mark_bar(strokeWidth=1).encode(
        x=alt.X("inner:Q", title=title, axis=axis, scale=alt.Scale(domain=ends, nice=False)),
        x2="outer:Q",
        fill=colours("deed", DEED_COLOURS, "the actor", parts["deed"], alt.Fill),
        stroke=colours("deed", DEED_OUTLINES, "the actor", parts["deed"], alt.Stroke),
    )
    black = alt.condition("datum.role == 'addressee'", alt.value("black"), alt.value("white"))
    inside = base.mark_text(fontSize=11).encode(
        x=alt.X("middle:Q", title=title), text="number:N", color=black
    )
    middle = (
        alt.Chart(pd.DataFrame({"at": [0]}))
        .mark_rule(color=INK)
        .encode(x=alt.X("at:Q", title=title))
    )
    totals = with_addresses(
        actors.assign(said="of " + actors["n"].astype("str"), at=ends[1]), "roles"
    )
    right = alt.Chart(totals).mark_text(align="left", dx=8, fontSize=12)
    return alt.layer(
        bars,
        inside,
        middle,
        right.encode(x=alt.X("at:Q", title=title), y=y, text="said:N", href="href:N"),
    )
