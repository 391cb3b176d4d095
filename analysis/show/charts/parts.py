"""What several charts share: colours, lanes, axes, and how names and numbers are written."""

import altair as alt

from ...errors import SchemaError
from ...measure.addresses import address_counts
from ...text import how_many
from ..theme import BLUE, COAL, GREY, ORANGE, PALE, YELLOW

# How an actor is referred to, and a colour each.
# Neighbours differ in lightness, so that they differ in grey.
WORDINGS = {
    "description": "by description",
    "pronoun": "by pronoun",
    "adjective": "by nationality word",
    "title": "by title",
    "part": "inside a name",
}
WORDING_COLOURS = {
    "by name": BLUE,
    "by description": ORANGE,
    "by pronoun": YELLOW,
    "by nationality word": COAL,
    "by title": GREY,
    "inside a name": PALE,
}
# In these a number is white.
DARK_BARS = (BLUE, COAL)
# Longer names are cut where they stand in a title.
NAME_LETTERS = 50
# Altair takes 5,000 rows of data; a chart of fewer marks is read sooner.
MOST_MARKS = 4000


def with_addresses(frame, table, column="n"):
    """The frame with the addresses of the passages behind its numbers, for the channel `href`."""
    return frame.assign(href=address_counts(frame, table, column))


def shorten(name):
    """A name that a title has room for."""
    if len(name) <= NAME_LETTERS:
        return name
    return f"{name[: NAME_LETTERS - 1]}…"


def times(n):
    """A count in words."""
    words = {1: "once", 2: "twice"}
    return words.get(n, f"{n:,} times")


def name_selection(shown, actors):
    """Whom a chart shows, in words."""
    if len(shown) < len(actors):
        return f"The {len(shown)} most mentioned of {len(actors)} actors"
    return how_many(len(actors), "actor")


def check_one_article(frame):
    """Refuse a table of several articles."""
    articles = frame["doc_id"].nunique()
    if articles > 1:
        raise SchemaError(
            f"this draws one article, and the table holds {articles}. "
            "Save the one you mean as a file of its own; "
            "or, in a notebook, choose it: table[table['doc_id'] == '…']."
        )


def most_first(frame, column):
    """The values of a column, those with the highest `n` in all first."""
    totals = frame.groupby(column)["n"].sum()
    return totals.sort_values(ascending=False, kind="stable").index.tolist()


def stack_parts(parts, *, room, column="actor"):
    """The parts of each bar end to end: `left`, `right`, `middle`, and its `number`.

    A bar is a value of the `column`. A part of fewer than `room` has no room for its number.
    """
    right = parts.groupby(column)["n"].cumsum()
    return parts.assign(
        left=right - parts["n"],
        right=right,
        middle=right - parts["n"] / 2,
        number=parts["n"].astype("str").where(parts["n"] >= room, ""),
    )


def draw_parts(base, parts, column, palette, *, title, legend):
    """A bar for each lane of `base`, divided as `stack_parts` says, with numbers that have room.

    `column` says what each part is, `title` what is counted, `legend` what the colours tell.
    """
    bars = base.mark_bar(stroke="white", strokeWidth=1).encode(
        x=alt.X("left:Q", title=title, axis=whole_numbers(parts["right"])),
        x2="right:Q",
        color=colours(column, palette, legend, present=parts[column]),
    )
    dark = [part for part, colour in palette.items() if colour in DARK_BARS]
    is_dark = alt.FieldOneOfPredicate(field=column, oneOf=dark)
    inside = base.mark_text(fontSize=11).encode(
        x=alt.X("middle:Q", title=title),
        text="number:N",
        color=alt.condition(is_dark, alt.value("white"), alt.value("black")),
    )
    return bars + inside


def colours(column, palette, title, *, present=None, channel=alt.Color):
    """A colour channel with fixed colours, showing only what is present, by default all.

    What the palette does not know is grey.
    """
    present = set(palette if present is None else present)
    used = {key: colour for key, colour in palette.items() if key in present}
    used |= dict.fromkeys(sorted(present - set(palette)), GREY)
    scale = alt.Scale(domain=list(used), range=list(used.values()))
    return channel(f"{column}:N", title=title, scale=scale)


def lanes(names, *, column="actor", room=None):
    """A lane for each of the names in the `column`, in this order.

    `room` is the share of a lane that is left free under its bar.
    """
    scale = alt.Scale(domain=list(names))
    if room:
        scale = alt.Scale(domain=list(names), paddingInner=room, paddingOuter=room / 2)
    return alt.Y(f"{column}:N", title=None, scale=scale)


def names_above(column, names, title):
    """A column of a matrix for each of the names, which stand above it aslant."""
    axis = alt.Axis(
        orient="top",
        labelAngle=-40,
        domain=False,
        ticks=False,
        labelLimit=150,
        labelAlign="left",
        title=title,
    )
    return alt.X(f"{column}:N", axis=axis, scale=alt.Scale(domain=names))


def names_beside(column, names):
    """A row of a matrix for each of the names."""
    axis = alt.Axis(domain=False, ticks=False)
    return alt.Y(f"{column}:N", title=None, scale=alt.Scale(domain=names), axis=axis)


def whole_numbers(counts):
    """An axis for counts, with no half mentions on it."""
    return alt.Axis(tickCount=min(int(counts.max()), 10), format="d")


def numbers(bars):
    """The count at the end of each bar."""
    return bars.mark_text(align="left", dx=4, fontSize=12).encode(text="n:Q")
