"""The chart of who is mentioned together with whom."""

import altair as alt

from ... import schema
from ...text import how_many
from ..figure import draw_nothing, finish_chart
from .network import choose_pairs, count_together, draw_pairs, list_names
from .parts import shorten, times


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
    closest = comentions.rename(columns={"actor": "one"})
    closest = closest.sort_values("n", ascending=False, kind="stable")
    pairs, together = choose_pairs(closest, top), count_together(closest)
    chart = draw_pairs(pairs, together, [alt.Tooltip("share", format=".0%")])
    source = (
        f"{len(pairs)} of {how_many(len(comentions), 'pair')}, "
        f"{len(list_names(pairs))} of {how_many(len(together), 'actor')}; "
        "wider lines and larger dots: more often together"
    )
    return finish_chart(chart, "together", finding, source)


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
