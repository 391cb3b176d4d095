"""Charts of the tone towards actors: by actor, along the article, by speaker; how far the model can be trusted."""

import altair as alt
import pandas as pd

from ... import schema
from ...errors import SchemaError
from ...measure.addresses import TONED, address_of
from ...measure.talk import JOURNALIST
from ...measure.tone.stance_counts import FEWEST_SENTENCES, select_toned
from ...text import how_many
from ..figure import (
    MOST_MARKS,
    check_one_article,
    colours,
    draw_nothing,
    finish_chart,
    lanes,
    name_selection,
    shorten,
    with_addresses,
)
from ..theme import BLUE, INK, PALE, PAPER, TONE_COLOURS, VERMILION, WIDTH

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
FEW, ENOUGH = (
    f"in fewer than {FEWEST_SENTENCES} sentences",
    f"in {FEWEST_SENTENCES} sentences or more",
)
TONE, AXIS = alt.Scale(domain=[-1, 1]), "mean tone, −1 to 1, with 95 % interval"
SHADES = alt.Scale(domain=[-1, 0, 1], range=[VERMILION, "#F4F4F4", BLUE])
# A cell of this tone, either way, is dark, and its number white.
DARK_SHADES = 0.6
SURE_AXIS, RIGHT = "how sure the model is (its highest probability)", "how often it is right"
# Pixels.
LABEL_COUNTS, STANCE_LANE, STANCE_CELL, STANCE_ROW = 210, 30, 62, 34


def draw_stance(counts, top=10):
    """Draw in what tone the `top` most mentioned actors are spoken of: mentions by label, the mean with its interval; from `count_stance(stance)`."""
    schema.check(counts, "stance_counts")
    if counts.empty:
        return draw_nothing("Nobody is spoken of")
    shown = with_addresses(counts.head(top), "stance_counts").assign(
        full=counts["actor"],
        actor=counts["actor"].map(shorten),
        size=(counts["sentences"] >= FEWEST_SENTENCES).map({True: ENOUGH, False: FEW}),
    )
    parts = shown.melt(["actor", "full", "n", "sentences"], list(TONE_LABELS), "label", "mentions")
    parts = parts.assign(
        label=parts["label"].map(TONE_LABELS),
        order=parts["label"].map({name: place for place, name in enumerate(TONE_LABELS)}),
    )
    parts = parts[parts["mentions"] > 0]
    rows = zip(parts["full"], parts["label"], parts["mentions"], strict=True)
    parts = parts.assign(
        href=[
            address_of(
                "mentions", n, **TONED, actor=actor, label="" if label == UNSURE_LABEL else label
            )
            for actor, label, n in rows
        ]
    )
    y = lanes(shown["actor"])
    bars = (
        alt.Chart(parts, width=LABEL_COUNTS, height=alt.Step(STANCE_LANE))
        .mark_bar(stroke=INK, strokeWidth=0.5)
        .encode(
            href="href:N",
            x=alt.X(
                "mentions:Q",
                title="mentions",
                axis=alt.Axis(tickCount=5, tickMinStep=1, format="d"),
            ),
            y=y,
            color=colours("label", LABEL_COLOURS, None, parts["label"]),
            order="order:Q",
            tooltip=["actor", "label", "mentions", "n", "sentences"],
        )
    )
    base = alt.Chart(shown, width=WIDTH - LABEL_COUNTS, height=alt.Step(STANCE_LANE)).encode(
        y=y.axis(None),
        href="href:N",
        tooltip=[
            "actor",
            *(alt.Tooltip(column, format=".2f") for column in ("tone", "low", "high")),
            "n",
            "sentences",
        ],
    )
    zero = (
        alt.Chart(pd.DataFrame({"tone": [0]}))
        .mark_rule(color=PALE)
        .encode(x=alt.X("tone:Q", title=AXIS))
    )
    mark = alt.condition(alt.datum.size == ENOUGH, alt.value(INK), alt.value("#AAA"))
    whiskers = base.mark_rule(strokeWidth=2).encode(
        x=alt.X("low:Q", scale=TONE, title=AXIS), x2="high:Q", color=mark
    )
    points = base.mark_point(filled=True, opacity=1, size=70).encode(
        x=alt.X("tone:Q", scale=TONE, title=AXIS),
        color=mark,
        shape=alt.Shape(
            "size:N", title=None, scale=alt.Scale(domain=[ENOUGH, FEW], range=["circle", "diamond"])
        ),
    )
    source = f"{name_selection(shown, counts)}; tone of each sentence towards the actor, whoever speaks; interval by bootstrap over sentences"
    return finish_chart(
        alt.hconcat(bars, alt.layer(zero, whiskers, points), spacing=12),
        "tone",
        describe_ranking(shown),
        source,
    )


def describe_ranking(counts):
    """Who is spoken of most positively and most negatively, if there are enough sentences to say so."""
    ranked = counts[counts["rank"].notna()].sort_values("tone", ascending=False, kind="stable")
    if ranked.empty:
        return f"No actor is spoken of in {FEWEST_SENTENCES} sentences or more: too few to rank anybody"
    best, worst = ranked.iloc[0], ranked.iloc[-1]
    if len(ranked) == 1:
        return f"{shorten(best['actor'])}: tone {best['tone']:+.2f} ({best['low']:+.2f} to {best['high']:+.2f}); nobody else is in enough sentences"
    finding = f"{shorten(worst['actor'])} is spoken of most negatively ({worst['tone']:+.2f}), {shorten(best['actor'])} least so ({best['tone']:+.2f})"
    if best["tone"] > 0:
        finding = f"{shorten(best['actor'])} is spoken of most positively ({best['tone']:+.2f}), {shorten(worst['actor'])} least so ({worst['tone']:+.2f})"
    return finding + (
        "; their intervals overlap, so the order may be chance"
        if worst["high"] >= best["low"]
        else ""
    )


def draw_stance_along(stance, top=10):
    """Draw the tone towards the `top` most mentioned actors along one article, a mark a mention, from `score_stance(...)`."""
    toned = select_toned(stance)
    check_one_article(toned)
    if toned.empty:
        return draw_nothing("Nobody is spoken of")
    totals = toned.groupby("actor").size().sort_values(ascending=False, kind="stable")
    order = totals.index[:top].tolist()
    columns = ["actor", "text", "label", "tone", "voice", "sentence_id", "paragraph_id"]
    shown = toned.loc[toned["actor"].isin(order), columns]
    where = zip(shown["actor"], shown["sentence_id"], strict=True)
    shown = shown.assign(
        href=[
            address_of("mentions", **TONED, actor=actor, sentence_id=sentence)
            for actor, sentence in where
        ]
    )
    shown = shown.assign(
        label=toned["label"].fillna(UNSURE_LABEL), actor=toned["actor"].map(shorten)
    )
    negative, positive = (shown["label"].eq(label).sum() for label in ("negative", "positive"))
    finding = f"{negative} of {how_many(len(shown), 'mention')} stand in a sentence that speaks negatively of the actor, {positive} positively"
    rest = f"; the first {MOST_MARKS:,} mentions" if len(shown) > MOST_MARKS else ""
    shown = shown.head(MOST_MARKS)
    present = [label for label in SHAPES if label in set(shown["label"])]
    shapes = alt.Scale(domain=present, range=[SHAPES[label] for label in present])
    colour = alt.Scale(domain=present, range=[LABEL_COLOURS[label] for label in present])
    lines = alt.Axis(grid=True, gridColor=PALE, domain=False, ticks=False)
    chart = (
        alt.Chart(shown, height=alt.Step(STANCE_LANE))
        .mark_point(filled=True, opacity=0.9, size=75, stroke=INK, strokeWidth=0.4)
        .encode(
            href="href:N",
            x=alt.X(
                "sentence_id:Q",
                title="sentence, in the order of the text",
                axis=alt.Axis(format="d", tickMinStep=1),
            ),
            y=lanes([shorten(actor) for actor in order]).axis(lines),
            color=alt.Color("label:N", title=None, scale=colour),
            shape=alt.Shape("label:N", title=None, scale=shapes),
            tooltip=[
                "actor",
                "text",
                "label",
                alt.Tooltip("tone", format=".2f"),
                "voice",
                "sentence_id",
                "paragraph_id",
            ],
        )
    )
    source = f"The {len(order)} most mentioned of {how_many(len(totals), 'actor')}; marks of one sentence can lie upon one another{rest}"
    return finish_chart(chart, "tone-along", finding, source)


def draw_stance_matrix(counts, top=10):
    """Draw who speaks in what tone of whom, speakers down, actors across; from `count_stance(stance, by="voice")`."""
    schema.check(counts, "stance_counts")
    if counts.empty:
        return draw_nothing("Nobody is spoken of")
    if "voice" not in counts:
        raise SchemaError('no column `voice`. Count with count_stance(stance, by="voice").')
    speakers, about = (
        counts.groupby(column)["n"].sum().sort_values(ascending=False, kind="stable").index
        for column in ("voice", "actor")
    )
    speakers = [name for name in speakers if name == JOURNALIST] + [
        name for name in speakers if name != JOURNALIST
    ]
    speakers, about = speakers[:top], list(about[:top])
    shown = counts[counts["voice"].isin(speakers) & counts["actor"].isin(about)]
    shown = shown.assign(
        said=shown["tone"].map("{:+.1f}".format) + " (" + shown["n"].astype("str") + ")"
    )
    names = alt.Axis(
        orient="top",
        labelAngle=-40,
        domain=False,
        ticks=False,
        labelLimit=150,
        labelAlign="left",
        title="speaks of →",
    )
    base = alt.Chart(
        with_addresses(shown, "stance_counts"),
        width=alt.Step(STANCE_CELL),
        height=alt.Step(STANCE_ROW),
    ).encode(
        href="href:N",
        x=alt.X("actor:N", axis=names, scale=alt.Scale(domain=about)),
        y=alt.Y(
            "voice:N",
            title=None,
            scale=alt.Scale(domain=speakers),
            axis=alt.Axis(domain=False, ticks=False),
        ),
        tooltip=[
            "voice",
            "actor",
            alt.Tooltip("tone", format=".2f"),
            "n",
            "sentences",
            "n_negative",
            "n_neutral",
            "n_positive",
            "n_unsure",
        ],
    )
    cells = base.mark_rect(stroke="#CCC").encode(
        color=alt.Color("tone:Q", title="mean tone", scale=SHADES)
    )
    white = alt.condition(
        f"abs(datum.tone) > {DARK_SHADES}", alt.value("white"), alt.value("black")
    )
    numbers = base.mark_text(fontSize=12).encode(text="said:N", color=white)
    source = "Mean tone of what each speaker (left) says of each actor (above), in brackets the number of mentions, without a speaker's own I and we"
    return finish_chart(alt.layer(cells, numbers), "tone-matrix", describe_matrix(shown), source)


def describe_matrix(shown):
    """The speaker and actor with the most negative tone, among those with enough sentences to say so."""
    enough = shown[shown["sentences"] >= FEWEST_SENTENCES]
    if enough.empty:
        return (
            f"Nobody speaks of anybody in {FEWEST_SENTENCES} sentences or more: too few to compare"
        )
    worst = enough.loc[enough["tone"].idxmin()]
    speaker = "The journalist" if worst["voice"] == JOURNALIST else shorten(worst["voice"])
    most = "the most negative tone among cells" if len(enough) > 1 else "the only cell"
    return f"{speaker} on {shorten(worst['actor'])}: tone {worst['tone']:+.2f}, {most} of {FEWEST_SENTENCES} sentences or more"


def draw_reliability(reliability):
    """Draw how often the model is right when it is so sure, from `read_reliability()`. On the line it is as right as it is sure."""
    frame = reliability[reliability["n"] > 0]
    if frame.empty:
        return draw_nothing("Nothing was measured")
    line = (
        alt.Chart(pd.DataFrame({"sure": [1 / 3, 1], "right": [1 / 3, 1]}))
        .mark_line(color=PALE, strokeWidth=3)
        .encode(x=alt.X("sure:Q", title=SURE_AXIS), y=alt.Y("right:Q", title=RIGHT))
    )
    scale, axis = alt.Scale(domain=[0.3, 1]), alt.Axis(format=".0%", tickCount=7)
    base = alt.Chart(frame, width=340, height=300).encode(
        x=alt.X("sure:Q", scale=scale, axis=axis, title=SURE_AXIS),
        y=alt.Y("right:Q", scale=scale, axis=axis, title=RIGHT),
    )
    points = base.mark_circle(color=BLUE, opacity=1).encode(
        size=alt.Size("n:Q", title="targets"),
        tooltip=["n", alt.Tooltip("sure", format=".1%"), alt.Tooltip("right", format=".1%")],
    )
    gap = (frame["n"] * (frame["sure"] - frame["right"]).abs()).sum() / frame["n"].sum()
    source = f"{how_many(int(frame['n'].sum()), 'target')} of NewsMTSC's dev parts, by how sure the model is"
    finding = f"How sure the model is and how often it is right differ by {100 * gap:.1f} points on average"
    return finish_chart(alt.layer(line, points), "reliability", finding, source)


def draw_name_swaps(counts):
    """Draw how far each name moves the tone when it stands in another's place, from `count_name_swaps(swaps)`."""
    schema.check(counts, "name_swap_counts")
    if counts.empty:
        return draw_nothing("No name in the text can be exchanged")
    gap = counts["shift"].max() - counts["shift"].min()
    lowest, highest = counts.iloc[0], counts.iloc[-1]
    finding = f"With {lowest['name']} the same sentences score lowest, with {highest['name']} highest: {gap:.2f} apart"
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
    source = f"Each name put in the place of others in {how_many(int(counts['n'].max()), 'mention')}; a fair model would have no bars"
    return finish_chart(chart, "name-swaps", finding, source)
