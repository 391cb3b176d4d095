"""Charts of the tone towards actors: by actor, along the article, by speaker.

And of how far the model can be trusted.
"""

import altair as alt
import numpy as np
import pandas as pd

from ... import schema
from ...errors import SchemaError
from ...find.quotes import JOURNALIST
from ...measure.addresses import TONED, address_of
from ...measure.corrected import CODED_HERE
from ...measure.tone.stance_counts import FEWEST_SENTENCES, select_toned
from ...text import how_many
from ..figure import draw_nothing, finish_chart
from ..theme import BLUE, INK, PALE, PAPER, QUIET, TONE_COLOURS, VERMILION, WIDTH
from .parts import (
    MOST_MARKS,
    check_one_article,
    colours,
    lanes,
    most_first,
    name_selection,
    names_above,
    names_beside,
    shorten,
    with_addresses,
)

UNSURE_LABEL = "too unsure to call"
TONE_LABELS = {
    "n_negative": "negative",
    "n_neutral": "neutral",
    "n_positive": "positive",
    "n_unsure": UNSURE_LABEL,
}
LABEL_COLOURS = {**TONE_COLOURS, UNSURE_LABEL: PAPER}
# Shapes differ, too, so that the labels are told apart in print.
SHAPES = {
    "negative": "triangle-down",
    "neutral": "circle",
    "positive": "triangle-up",
    UNSURE_LABEL: "stroke",
}
TOO_FEW = f"in fewer than {FEWEST_SENTENCES} sentences: too few to say"
SHARE_AXIS = "share in a negative light, 95 % interval"
CORRECTED_AXIS = "share in a negative light as corrected, 95 % interval"
TOO_FEW_CODED = "too few of these are coded to say"
SHARE_SCALE = alt.Scale(domain=[0, 1])
# What the model calls negative in every second case at least is dark, and its number white.
SHARE_SHADES = alt.Scale(domain=[0, 1], range=["#F4F4F4", VERMILION])
DARK_SHADES = 0.6
SURE_AXIS = "how sure the model is (its highest probability)"
RIGHT_AXIS = "how often it is right"
# In pixels: the width of the counts by label, a lane, a cell.
LABEL_COUNTS = 210
STANCE_LANE = 30
STANCE_CELL = 62
STANCE_ROW = 34


def draw_stance(counts, *, top=10):
    """Draw in what light actors stand, from `count_stance(stance)`.

    `top`: how many actors, the most mentioned, 10 by default. At the left mentions by label, at the
    right the share of them in a negative light with its interval; none for an actor in fewer than
    five sentences. Of a table counted with `coded=` it is the corrected share, and a ring the
    machine's.
    """
    schema.check(counts, "stance_counts")
    if counts.empty:
        return draw_nothing("Nobody is spoken of")
    shown = with_addresses(counts.head(top), "stance_counts").assign(
        full=counts["actor"], actor=counts["actor"].map(shorten)
    )
    y = lanes(shown["actor"])
    chart = alt.hconcat(
        draw_label_parts(part_by_label(shown), y), draw_shares(shown, y), spacing=12
    )
    interval = "interval by Wilson, each sentence counted once"
    if "corrected" in counts:
        interval = "dot and line: as corrected by what was coded; ring: the machine"
    source = (
        f"{name_selection(shown, counts)}; how each sentence makes the actor look, whoever speaks; "
        f"{interval}"
    )
    return finish_chart(chart, "tone", describe_shares(shown), source)


def part_by_label(shown):
    """One row an actor and a label: the parts of its bar, in the `order` of the labels."""
    parts = shown.melt(["actor", "full", "n", "sentences"], list(TONE_LABELS), "label", "mentions")
    order = {column: place for place, column in enumerate(TONE_LABELS)}
    parts = parts.assign(
        label=parts["label"].map(TONE_LABELS),
        order=parts["label"].map(order),
    )
    parts = parts[parts["mentions"] > 0]
    return parts.assign(href=[address_label(row) for row in parts.itertuples()])


def address_label(part):
    """The address of the mentions of an actor with one label."""
    label = part.label
    if label == UNSURE_LABEL:
        label = ""
    return address_of("mentions", part.mentions, **TONED, actor=part.full, label=label)


def draw_label_parts(parts, y):
    """A bar an actor, divided into mentions by label."""
    axis = alt.Axis(tickCount=5, tickMinStep=1, format="d")
    bars = alt.Chart(parts, width=LABEL_COUNTS, height=alt.Step(STANCE_LANE))
    return bars.mark_bar(stroke=INK, strokeWidth=0.5).encode(
        href="href:N",
        x=alt.X("mentions:Q", title="mentions", axis=axis),
        y=y,
        color=colours("label", LABEL_COLOURS, None, present=parts["label"]),
        order="order:Q",
        tooltip=["actor", "label", "mentions", "n", "sentences"],
    )


def draw_shares(shown, y):
    """The share of each actor's mentions in a negative light with its interval.

    In words where there are too few sentences.
    """
    enough = shown["negative_share"].notna()
    share_of, title = "negative_share", SHARE_AXIS
    said = np.where(enough, "", TOO_FEW)
    if "corrected" in shown:
        share_of, title = "corrected", CORRECTED_AXIS
        is_coded = shown["basis_of_interval"].eq(CODED_HERE)
        said = np.where(enough & ~is_coded, TOO_FEW_CODED, said)
        enough = enough & is_coded
    width = {"width": WIDTH - LABEL_COUNTS, "height": alt.Step(STANCE_LANE)}
    axis = {"scale": SHARE_SCALE, "axis": alt.Axis(format="%"), "title": title}
    base = alt.Chart(shown[enough], **width).encode(
        y=y.axis(None),
        href="href:N",
        tooltip=[
            "actor",
            alt.Tooltip(share_of, format=".0%"),
            alt.Tooltip("low", format=".0%"),
            alt.Tooltip("high", format=".0%"),
            "n_negative",
            "n",
            "sentences",
        ],
    )
    whiskers = base.mark_rule(strokeWidth=2, color=INK).encode(
        x=alt.X("low:Q", **axis), x2="high:Q"
    )
    share = alt.X(f"{share_of}:Q", **axis)
    points = base.mark_point(filled=True, opacity=1, size=70, color=INK).encode(x=share)
    few = shown.assign(said=said)[~enough].assign(**{share_of: 0.0})
    words = alt.Chart(few, **width).mark_text(align="left", dx=6, fontSize=11, color=QUIET)
    layers = [whiskers, points, words.encode(x=share, y=y.axis(None), text="said:N")]
    if "corrected" in shown:
        ring = base.mark_point(filled=False, size=70, color=VERMILION)
        layers.append(ring.encode(x=alt.X("negative_share:Q", **axis)))
    return alt.layer(*layers)


def describe_shares(counts):
    """Who stands most often in a negative light, if enough sentences say so."""
    ranked = counts[counts["negative_share"].notna()]
    if "corrected" in counts:
        return describe_corrected_shares(ranked)
    if ranked.empty:
        return f"No actor is in {FEWEST_SENTENCES} sentences or more: too few to say in what light"
    ranked = ranked.sort_values("negative_share", ascending=False, kind="stable")
    most = ranked.iloc[0]
    interval = f"{100 * most['low']:.0f} to {100 * most['high']:.0f} %"
    counted = f"{most['n_negative']} of {how_many(most['n'], 'mention')} ({interval})"
    name = shorten(most["actor"])
    if len(ranked) == 1:
        return f"{name}: {counted} in a negative light; nobody else is in enough sentences"
    if not most["n_negative"]:
        return "No mention of the actors with enough sentences stands in a negative light"
    rest = ranked.iloc[1:]
    if (rest["high"] >= most["low"]).any():
        return f"{name} stands in a negative light in {counted}; the order of actors may be chance"
    return f"{name} stands most often in a negative light: {counted}"


def describe_corrected_shares(ranked):
    """The same by the corrected shares: only what their intervals allow."""
    n_all = len(ranked)
    ranked = ranked[ranked["basis_of_interval"] == CODED_HERE]
    if ranked.empty:
        return "Too few mentions of any actor are coded to say in what light they stand"
    ranked = ranked.sort_values("corrected", ascending=False, kind="stable")
    most, rest = ranked.iloc[0], ranked.iloc[1:]
    share, low, high = (round(100 * most[each]) for each in ("corrected", "low", "high"))
    said = (
        f"{shorten(most['actor'])}: as corrected, {share} % in a negative light ({low} to {high})"
    )
    if rest.empty:
        return f"{said}; of nobody else is enough coded"
    if (rest["high"] >= most["low"]).any():
        return f"{said}; the order of actors may be chance"
    if len(ranked) == n_all:
        return f"{said}, most of all"
    others = rest["actor"].tolist()
    names = shorten(others[0]) if len(others) == 1 else f"{len(others)} others"
    return f"{said}, more than {names}; of the rest too little is coded"


def draw_stance_along(stance, *, top=10):
    """Draw the tone towards actors along one article, a mark a mention, from `score_stance(...)`.

    `top`: how many actors, the most mentioned, 10 by default.
    """
    toned = select_toned(stance)
    check_one_article(toned)
    if toned.empty:
        return draw_nothing("Nobody is spoken of")
    totals = toned.groupby("actor").size().sort_values(ascending=False, kind="stable")
    order = totals.index[:top].tolist()
    marks = mark_tones(toned[toned["actor"].isin(order)])
    source = (
        f"The {len(order)} most mentioned of {how_many(len(totals), 'actor')}; "
        "marks of one sentence can lie upon one another"
    )
    if len(marks) > MOST_MARKS:
        source += f"; the first {MOST_MARKS:,} mentions"
    chart = draw_tones(marks.head(MOST_MARKS), [shorten(actor) for actor in order])
    return finish_chart(chart, "tone-along", describe_tones(marks), source)


def mark_tones(toned):
    """What a mark shows: the mentions with their label, unsure ones too, and an address."""
    columns = ["actor", "text", "label", "tone", "speaker", "sentence_id", "paragraph_id"]
    marks = toned[columns].assign(href=[address_tone(row) for row in toned.itertuples()])
    return marks.assign(
        label=marks["label"].fillna(UNSURE_LABEL), actor=marks["actor"].map(shorten)
    )


def address_tone(mention):
    """The address of the mentions of an actor in one sentence."""
    where = {**TONED, "actor": mention.actor, "sentence_id": mention.sentence_id}
    return address_of("mentions", **where)


def describe_tones(marks):
    """How many mentions stand in a sentence that speaks negatively, how many positively."""
    negative = marks["label"].eq("negative").sum()
    positive = marks["label"].eq("positive").sum()
    return (
        f"{negative} of {how_many(len(marks), 'mention')} stand in a negative light, "
        f"{positive} in a positive one"
    )


def draw_tones(marks, actors):
    """A mark a mention in the lane of its actor, told apart by colour and shape."""
    present = [label for label in SHAPES if label in set(marks["label"])]
    shapes = alt.Scale(domain=present, range=[SHAPES[label] for label in present])
    shades = alt.Scale(domain=present, range=[LABEL_COLOURS[label] for label in present])
    axis = alt.Axis(format="d", tickMinStep=1)
    lines = alt.Axis(grid=True, gridColor=PALE, domain=False, ticks=False)
    points = alt.Chart(marks, height=alt.Step(STANCE_LANE)).mark_point(
        filled=True, opacity=0.9, size=75, stroke=INK, strokeWidth=0.4
    )
    return points.encode(
        href="href:N",
        x=alt.X("sentence_id:Q", title="sentence, in the order of the text", axis=axis),
        y=lanes(actors).axis(lines),
        color=alt.Color("label:N", title=None, scale=shades),
        shape=alt.Shape("label:N", title=None, scale=shapes),
        tooltip=[
            "actor",
            "text",
            "label",
            alt.Tooltip("tone", format=".2f"),
            "speaker",
            "sentence_id",
            "paragraph_id",
        ],
    )


def draw_stance_matrix(counts, *, top=10):
    """Draw who speaks in what tone of whom, from `count_stance(stance, by="speaker")`.

    Speakers down, actors across; `top`: how many of each, 10 by default, the journalist always.
    """
    schema.check(counts, "stance_counts")
    if counts.empty:
        return draw_nothing("Nobody is spoken of")
    if "speaker" not in counts:
        raise SchemaError('no column `speaker`. Count with count_stance(stance, by="speaker").')
    about = most_first(counts, "actor")[:top]
    speakers = most_first(counts, "speaker")
    if JOURNALIST in speakers:
        speakers.remove(JOURNALIST)
        speakers.insert(0, JOURNALIST)
    speakers = speakers[:top]
    shown = counts[counts["speaker"].isin(speakers) & counts["actor"].isin(about)]
    source = (
        "How many of the mentions by each speaker (left) of each actor (above) stand in a negative "
        "light, without a speaker's own I and we"
    )
    chart = draw_tone_cells(shown, speakers, about)
    return finish_chart(chart, "tone-matrix", describe_matrix(shown), source)


def draw_tone_cells(counts, speakers, about):
    """A row a speaker and a column an actor, in the cell how many mentions are negative."""
    said = counts["n_negative"].astype("str") + " of " + counts["n"].astype("str")
    share = counts["n_negative"] / counts["n"]
    base = alt.Chart(
        with_addresses(counts.assign(said=said, share=share), "stance_counts"),
        width=alt.Step(STANCE_CELL),
        height=alt.Step(STANCE_ROW),
    ).encode(
        href="href:N",
        x=names_above("actor", about, "speaks of →"),
        y=names_beside("speaker", speakers),
        tooltip=[
            "speaker",
            "actor",
            "n",
            "sentences",
            "n_negative",
            "n_neutral",
            "n_positive",
            "n_unsure",
        ],
    )
    cells = base.mark_rect(stroke="#CCC").encode(
        color=alt.Color(
            "share:Q", title="negative", scale=SHARE_SHADES, legend=alt.Legend(format="%")
        )
    )
    is_dark = f"datum.share > {DARK_SHADES}"
    numbers = base.mark_text(fontSize=12).encode(
        text="said:N", color=alt.condition(is_dark, alt.value("white"), alt.value("black"))
    )
    return alt.layer(cells, numbers)


def describe_matrix(shown):
    """The speaker and actor with the largest negative share, among those with enough sentences."""
    enough = shown[shown["negative_share"].notna()]
    if enough.empty:
        return (
            f"Nobody speaks of anybody in {FEWEST_SENTENCES} sentences or more: too few to compare"
        )
    worst = enough.loc[enough["negative_share"].idxmax()]
    speaker = shorten(worst["speaker"])
    if worst["speaker"] == JOURNALIST:
        speaker = "The journalist"
    counted = f"{worst['n_negative']} of {how_many(worst['n'], 'mention')} in a negative light"
    most = ""
    if len(enough) > 1 and enough["high"].drop(worst.name).max() < worst["low"]:
        most = ", the largest share"
    return f"{speaker} on {shorten(worst['actor'])}: {counted}{most}"


def draw_reliability(reliability):
    """Draw how often the model is right when it is so sure, from `read_reliability()`.

    On the line it is as right as it is sure.
    """
    frame = reliability[reliability["n"] > 0]
    if frame.empty:
        return draw_nothing("Nothing was measured")
    ideal = pd.DataFrame({"sure": [1 / 3, 1], "right": [1 / 3, 1]})
    line = (
        alt.Chart(ideal)
        .mark_line(color=PALE, strokeWidth=3)
        .encode(x=alt.X("sure:Q", title=SURE_AXIS), y=alt.Y("right:Q", title=RIGHT_AXIS))
    )
    scale, axis = alt.Scale(domain=[0.3, 1]), alt.Axis(format=".0%", tickCount=7)
    base = alt.Chart(frame, width=340, height=300).encode(
        x=alt.X("sure:Q", scale=scale, axis=axis, title=SURE_AXIS),
        y=alt.Y("right:Q", scale=scale, axis=axis, title=RIGHT_AXIS),
    )
    points = base.mark_circle(color=BLUE, opacity=1).encode(
        size=alt.Size("n:Q", title="targets"),
        tooltip=["n", alt.Tooltip("sure", format=".1%"), alt.Tooltip("right", format=".1%")],
    )
    apart = (frame["sure"] - frame["right"]).abs()
    gap = (frame["n"] * apart).sum() / frame["n"].sum()
    finding = (
        "How sure the model is and how often it is right differ "
        f"by {100 * gap:.1f} points on average"
    )
    targets = how_many(int(frame["n"].sum()), "target")
    source = f"{targets} of NewsMTSC's dev parts, by how sure the model is"
    return finish_chart(alt.layer(line, points), "reliability", finding, source)


def draw_name_swaps(counts):
    """Draw how far each name moves the tone, from `count_name_swaps(swaps)`.

    Each stands in the place of others.
    """
    schema.check(counts, "name_swap_counts")
    if counts.empty:
        return draw_nothing("No name in the text can be exchanged")
    lowest, highest = counts.iloc[0], counts.iloc[-1]
    gap = counts["shift"].max() - counts["shift"].min()
    finding = (
        f"With {lowest['name']} the same sentences score lowest, "
        f"with {highest['name']} highest: {gap:.2f} apart"
    )
    chart = (
        alt.Chart(counts)
        .mark_bar(color=BLUE)
        .encode(
            x=alt.X("shift:Q", title="mean shift of the tone (the whole scale is from −1 to 1)"),
            y=alt.Y("name:N", title=None, sort=None),
            tooltip=[
                "name",
                "group",
                "n",
                alt.Tooltip("shift", format="+.3f"),
                alt.Tooltip("worst", format="+.2f", title="greatest in one sentence"),
            ],
        )
    )
    mentions = how_many(int(counts["n"].max()), "mention")
    source = f"Each name put in the place of others in {mentions}; a fair model would have no bars"
    return finish_chart(chart, "name-swaps", finding, source)
