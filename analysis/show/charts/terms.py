"""The chart of how often the words of a dictionary are used, and in whose words."""

import altair as alt

from ... import schema
from ...find.quotes import JOURNALIST
from ...measure.addresses import address_of
from ...text import how_many
from ..figure import draw_nothing, finish_chart
from ..theme import BLUE, ORANGE
from .parts import (
    draw_parts,
    lanes,
    most_first,
    numbers,
    stack_parts,
    times,
    whole_numbers,
    with_addresses,
)

WHOSE = {"the journalist's words": BLUE, "quoted or reported": ORANGE}
# A part of fewer has no room for its number, as a share of the longest bar.
PART_ROOM = 0.06


def draw_terms(counts):
    """Draw how often the words of each category are used, from `count_terms(terms, tokens)`.

    Counted by="voice", bars are parted in the journalist's own words and those of others. It shows
    words, not frames.
    """
    schema.check(counts, "term_counts")
    if counts.empty:
        return draw_nothing("No word of the dictionary is used")
    order = most_first(counts, "category")
    totals = counts.groupby("category")["n"].sum()
    finding = describe_most_used(totals)
    source = f"{how_many(int(totals.sum()), 'word')} of {how_many(len(totals), 'category')}"
    source = source.replace("categorys", "categories") + "; words, not frames"
    if "voice" not in counts:
        bars = totals.rename("n").reset_index()
        if len(bars) == len(counts):
            bars = with_addresses(counts, "term_counts")
        base = alt.Chart(bars).encode(
            x=alt.X("n:Q", title="words", axis=whole_numbers(bars["n"])),
            y=lanes(order, column="category"),
            tooltip=["category", "n"],
        )
        if "href" in bars:
            base = base.encode(href="href:N")
        return finish_chart(base.mark_bar(color=BLUE) + numbers(base), "terms", finding, source)
    own, other = WHOSE
    whose = (counts["voice"] == JOURNALIST).map({True: own, False: other})
    parts = counts.assign(whose=whose).groupby(["category", "whose"])
    parts = parts.agg(n=("n", "sum"), voices=("voice", list)).reset_index()
    parts["href"] = [
        address_of("terms", row.n, category=row.category, voice=row.voices)
        for row in parts.itertuples()
    ]
    parts = parts.drop(columns="voices")
    parts = parts.sort_values("whose", key=lambda whose: whose != own, kind="stable")
    parts = stack_parts(parts, room=PART_ROOM * totals.max(), column="category")
    base = alt.Chart(parts).encode(
        href="href:N",
        y=lanes(order, column="category"),
        tooltip=["category", "whose", "n"],
    )
    chart = draw_parts(base, parts, "whose", WHOSE, title="words", legend="in whose words")
    return finish_chart(chart, "terms", finding, source)


def describe_most_used(totals):
    """Which category has the most words."""
    first = totals[totals == totals.max()].index.tolist()
    often = times(int(totals.max()))
    if len(first) > 2:
        return f"No category of words stands out: {len(first)} are used {often} each"
    each = " each" * (len(first) > 1)
    return f"Words of {' and '.join(first)} are used most: {often}{each}"
