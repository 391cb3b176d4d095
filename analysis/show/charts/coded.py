"""Charts of what a coder's sample makes of the machine's figures, and of how large it must be."""

import altair as alt
import pandas as pd

from ... import schema
from ...errors import SchemaError
from ...measure.corrected import ADDED_COLUMNS, BORROWED, CODED_HERE
from ...text import how_many
from ..figure import draw_nothing, finish_chart
from ..theme import BLUE, GREY, ORANGE
from .parts import lanes

# Pixels.
ROW_HEIGHT, PLAIN_HEIGHT = 22, 220
A_HUNDRED = 100
# A borrowed interval that is wider, as a share, is not drawn: it leaves nearly all open.
WIDEST_SHOWN = 0.9
# Of a table of counts with corrected figures: the column that tells which it is, the column with
# the machine's figure, who its rows are of, what the figure is, and whether it is a share.
FIGURES = (
    ("negative_share", "negative_share", "actor", "share in a negative light", True),
    ("quoted_words", "share", "speaker", "share of all quoted words", True),
    ("per_1000_words", "n", "actor", "mentions", False),
    ("cue_verb", "n", "speaker", "times a verb introduces a speaker", False),
)
BASES = {CODED_HERE: BLUE, BORROWED: GREY}


def draw_corrected(counts, *, top=12):
    """Draw the machine's figures beside the corrected ones, of a table counted with `coded=`.

    `counts` comes from `count_stance`, `count_actors`, `count_voices` or `count_cues`. A ring is
    the machine's figure, a dot the corrected one, the line its 95 % interval; grey lines are
    borrowed from public data. Whom only coders name has no row. `top`: how many rows, 12 by
    default.
    """
    column, who, title, is_share = find_figure(counts)
    if "cue_verb" in counts:
        counts = counts.assign(speaker=counts["speaker"] + ": " + counts["cue_verb"])
    known = counts.dropna(subset=["low", "high", who])
    if is_share:
        says_little = (known["high"] - known["low"] > WIDEST_SHOWN) & known["corrected"].isna()
        known = known[~says_little]
    known = known.head(top)
    if known.empty:
        return draw_nothing("Nothing is coded yet: see sample_rows and write_codings")
    factor = A_HUNDRED if is_share else 1
    shown = known[[who, "n_coded", "basis_of_interval", "low", "high", "corrected"]].copy()
    shown["machine"] = known[column]
    if column == "negative_share":
        shown["machine"] = known["n_negative"] / known["n"]
    for each in ("low", "high", "corrected", "machine"):
        shown[each] = shown[each] * factor
    unit = f"{title}, in percent" if is_share else title
    shape = alt.Chart(shown, height=ROW_HEIGHT * len(shown)).encode(
        y=lanes(shown[who].tolist(), column=who),
        tooltip=[who, *(alt.Tooltip(each, format=".1f") for each in SHOWN_NUMBERS), "n_coded"],
    )
    line = shape.mark_rule(strokeWidth=3).encode(
        x=alt.X("low:Q", title=unit, scale=alt.Scale(zero=True)),
        x2="high:Q",
        color=alt.Color(
            "basis_of_interval:N",
            title="interval",
            scale=alt.Scale(domain=list(BASES), range=list(BASES.values())),
        ),
    )
    dot = shape.mark_circle(size=70, color=BLUE, opacity=1).encode(x="corrected:Q")
    ring = shape.mark_point(size=70, color=ORANGE, filled=False).encode(x="machine:Q")
    source = "ring: the machine; dot and line: as corrected by what was coded, 95 % interval"
    if column != "negative_share":
        source += "; whom only coders name is not shown"
    return finish_chart(line + dot + ring, "corrected", describe_shift(shown, who), source)


SHOWN_NUMBERS = ("machine", "corrected", "low", "high")


def find_figure(counts):
    """(column, who, what it is, whether a share) of a table that was counted with `coded=`."""
    if set(ADDED_COLUMNS) <= set(counts):
        for told_by, column, who, *what in FIGURES:
            if {told_by, who} <= set(counts):
                return column, who, *what
    raise SchemaError(
        "no corrected figures in this table. Count with them: count_stance(stance, coded=codings)."
    )


def describe_shift(shown, who):
    """Whose figure of the machine lies outside what the coded items allow."""
    coded = shown[shown["basis_of_interval"] == CODED_HERE]
    if coded.empty:
        return "Too little is coded here: intervals are borrowed from public data"
    outside = coded[(coded["machine"] < coded["low"]) | (coded["machine"] > coded["high"])]
    if outside.empty:
        return "No figure of the machine lies outside what the coded items allow"
    names = outside[who].tolist()
    listed = names[0] if len(names) == 1 else f"{len(names)} of {len(coded)}"
    return f"The machine’s figure lies outside what the coded items allow: {listed}"


def draw_precision(widths):
    """Draw how wide the interval of a share is against how many items are coded.

    `widths` comes from `describe_precision(codings, table, answer)`: one line for the corrected
    share, one for the coded items alone; a dot where the coding stands.
    """
    schema.check(widths, "precision")
    if widths.empty:
        return draw_nothing("Nothing is coded yet: see sample_rows and write_codings")
    names = {"width": "corrected", "width_alone": "coded items alone"}
    parts = [
        pd.DataFrame(
            {"n_coded": widths["n_coded"], "points": A_HUNDRED * widths[column], "by": name}
        )
        for column, name in names.items()
    ]
    lines = pd.concat(parts, ignore_index=True)
    done = int(widths.loc[widths["coded"], "n_coded"].max())
    colour = alt.Color(
        "by:N", title=None, scale=alt.Scale(domain=list(names.values()), range=[BLUE, ORANGE])
    )
    base = alt.Chart(lines, height=PLAIN_HEIGHT).encode(
        x=alt.X("n_coded:Q", title="items coded"),
        y=alt.Y("points:Q", title="width of the 95 % interval, percentage points"),
        color=colour,
        tooltip=["n_coded", alt.Tooltip("points", format=".1f"), "by"],
    )
    dots = base.transform_filter(alt.datum.n_coded == done).mark_circle(size=90, opacity=1)
    source = f"reckoned from {how_many(done, 'item')} coded so far"
    return finish_chart(base.mark_line() + dots, "precision", describe_width(widths, done), source)


def describe_width(widths, done):
    """How wide the interval is now, and how wide it would be with twice as many."""
    now = A_HUNDRED * widths.set_index("n_coded").loc[done, "width"]
    said = f"With {how_many(done, 'item')} coded the interval is {now:.0f} points wide"
    more = widths[widths["n_coded"] >= 2 * done]
    if more.empty:
        return said
    then = more.iloc[0]
    return f"{said}, with {then['n_coded']} it would be {A_HUNDRED * then['width']:.0f}"
