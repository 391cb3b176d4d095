"""The chart of which words one text uses more, or less, than another."""

import altair as alt
import pandas as pd

from ... import schema
from ...text import how_many
from ..figure import draw_nothing, finish_chart
from ..theme import BLUE, GREY, PAPER, QUIET, VERMILION

SIDE_COLOURS = (BLUE, VERMILION)
# The area of the dot of the strongest evidence, in square pixels.
STRONGEST = 350
LEVEL = 0.05


def draw_keyness(keyness, *, top=12, target="the target", reference="the reference"):
    """Draw which words are key, from `compare_words(target, reference)`: effect and evidence.

    `top`: how many words of each side, 12 by default, those with the most evidence; `target` and
    `reference` are what the two are called. A dot's place is the effect (log ratio: 1 is twice as
    frequent, 2 four times), its size the evidence (log likelihood); it is hollow where that could
    be chance among so many words (Bonferroni), or the word is flagged.
    """
    schema.check(keyness, "keyness")
    limit = LEVEL / max(len(keyness), 1)
    more = keyness[keyness["log_likelihood"] > 0].head(top)
    less = keyness[keyness["log_likelihood"] < 0].tail(top)
    shown = keyness.loc[more.index.union(less.index)]
    if shown.empty:
        return draw_nothing("No words to compare")
    sure = (shown["p"] < limit) & shown["flag"].isna()
    sides = [f"more in {target}", f"less in {target}"]
    shown = shown.assign(
        side=(shown["log_likelihood"] > 0).map({True: sides[0], False: sides[1]}),
        evidence=shown["log_likelihood"].abs(),
        sure=sure.map({True: "yes", False: "no"}),
        zero=0,
        counts=[write_counts(row) for row in shown.itertuples()],
        flag=shown["flag"].fillna(""),
    )
    palette = alt.Scale(domain=sides, range=list(SIDE_COLOURS))
    side = alt.Color("side:N", title=None, scale=palette)
    base = alt.Chart(shown).encode(y=alt.Y("word:N", title=None, sort=shown["word"].tolist()))
    lowest, highest = min(shown["log_ratio"].min(), 0), max(shown["log_ratio"].max(), 0)
    room = max(highest - lowest, 1) / 12
    x = alt.X(
        "log_ratio:Q",
        title="log ratio: each step is twice as often",
        scale=alt.Scale(domain=[lowest - room, highest + room], nice=False),
    )
    stems = base.mark_rule(strokeWidth=2, opacity=0.6).encode(x=x, x2="zero:Q", color=side)
    is_sure = alt.datum.sure == "yes"
    dots = base.mark_circle(opacity=1, strokeWidth=1.5).encode(
        x=x,
        size=alt.Size(
            "evidence:Q",
            legend=None,
            scale=alt.Scale(domain=[0, shown["evidence"].max()], range=[20, STRONGEST]),
        ),
        fill=alt.condition(
            is_sure, alt.Fill("side:N", scale=palette, legend=None), alt.value(PAPER)
        ),
        stroke=alt.Stroke("side:N", title=None, scale=palette, legend=None),
        tooltip=[
            "word",
            "counts",
            alt.Tooltip("log_ratio", format=".1f", title="log ratio"),
            alt.Tooltip("log_likelihood", format=".1f", title="log likelihood (G²)"),
            alt.Tooltip("p", format=".2g"),
            alt.Tooltip("difference", format=".1f", title="difference per 1,000 words"),
            alt.Tooltip("low", format=".1f"),
            alt.Tooltip("high", format=".1f"),
            "flag",
        ],
    )
    middle = alt.Chart(shown.head(1)).mark_rule(color=GREY).encode(x=alt.X("zero:Q"))
    labels = base.mark_text(align="left", fontSize=11, color=QUIET).encode(
        x=alt.value(alt.expr("width + 6")), text="counts:N"
    )
    chart = alt.layer(middle, stems, dots, labels)
    counted = f"in {target}"
    if keyness["n_reference"].notna().any():
        counted += f" : in {reference}"
    source = (
        f"{len(shown)} of {how_many(len(keyness), 'word')}; right: how often {counted}; "
        "larger dots: more evidence (G²); hollow: could be chance among so many words, or too few"
    )
    return finish_chart(chart, "keyness", describe_key(keyness, limit, target, reference), source)


def write_counts(row):
    """How often a word is in both, or its rate where only that is known."""
    if pd.notna(row.n_reference):
        return f"{row.n_target} : {row.n_reference}"
    return f"{row.n_target}"


def describe_key(keyness, limit, target, reference):
    """Which word is most remarkable for the target, if any is."""
    sure = keyness[(keyness["p"] < limit) & keyness["flag"].isna()]
    more = sure[sure["log_likelihood"] > 0]
    if more.empty:
        return f"No word is so much more frequent in {target} that it could not be chance"
    first = more.iloc[0]
    other = first["per_1000_reference"]
    other = f"{other:.0f}" if other >= 10 else f"{other:.2g}"
    rates = f"{first['per_1000_target']:.1f} in 1,000 words, {other}"
    return f"“{first['word']}” marks {target} most: {rates} in {reference}"
