"""The chart of which words stand near which."""

import altair as alt
import pandas as pd

from ... import schema
from ...text import how_many
from ..figure import draw_nothing, finish_chart
from .network import choose_pairs, count_together, draw_pairs, list_names
from .parts import shorten, times


def draw_collocates(collocates, *, top=16, by="log_likelihood"):
    """Draw which words stand near which as a network, from `count_collocates(tokens, …)`.

    `top`: how many words, those of the strongest pairs, 16 by default; `by` says what makes a pair
    strong: the column "log_likelihood" (the default), "log_dice", "pmi", "t_score" or "n". Pairs
    that avoid each other are left out. The wider a line, the more often the two stand together.
    """
    schema.check(collocates, "collocates")
    drawn = collocates[collocates["n"] > collocates["expected"]]
    drawn = drawn.rename(columns={"node": "one", "collocate": "other"})
    drawn = drawn[drawn["one"] != drawn["other"]]
    drawn = drawn.sort_values(by, ascending=False, kind="stable")
    # Where each word is a node, a pair comes twice.
    ends = pd.DataFrame({"first": drawn[["one", "other"]].min(axis=1)})
    ends["last"] = drawn[["one", "other"]].max(axis=1)
    drawn = drawn[~ends.duplicated()]
    if drawn.empty:
        return draw_nothing("No words stand together more often than by chance")
    finding = describe_strongest(drawn)
    if len(drawn) == 1:
        return draw_nothing(finding)
    pairs, together = choose_pairs(drawn, top), count_together(drawn)
    measures = [alt.Tooltip(column, format=".1f") for column in ("log_likelihood", "log_dice")]
    chart = draw_pairs(pairs, together, measures)
    source = (
        f"{len(pairs)} of {how_many(len(drawn), 'pair')}, "
        f"{len(list_names(pairs))} of {how_many(len(together), 'word')}; "
        f"chosen by {by.replace('_', ' ')}; wider lines and larger dots: more often together"
    )
    return finish_chart(chart, "collocates", finding, source)


def describe_strongest(drawn):
    """Which two words stand together most remarkably."""
    first = drawn.iloc[0]
    pair = f"“{shorten(first['one'])}” and “{shorten(first['other'])}”"
    expected = f"{first['expected']:.1f} by chance"
    return f"{pair} stand together {times(first['n'])} ({expected}), the strongest pair of words"
