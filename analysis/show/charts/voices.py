"""Charts of voices: who gets to speak and who does not, by which verbs they are introduced, who speaks of whom."""

import altair as alt
import pandas as pd

from ... import schema
from ...measure.addresses import BEHIND, SPOKEN, address_counts, address_of
from ...text import how_many
from ..figure import colours, draw_nothing, finish_chart, lanes, shorten, whole_numbers
from ..theme import BLUE, INK, ORANGE, PALE, QUIET, VERMILION

UNNAMED_LABEL = "unnamed speakers"
QUOTED, REPORTED = "in quotation marks", "reported without marks"
PARTS = {"quoted_words": QUOTED, "reported_words": REPORTED}
VOICE_COLOURS = {QUOTED: BLUE, REPORTED: PALE}
# Of those who never speak, at most this many are shown, and none who is mentioned only once.
MOST_SILENT, FEWEST_MENTIONS = 5, 2
# A part of a bar at least this long, as a share of the longest bar, has room for its number.
ROOM_FOR_NUMBER = 0.05
# From verbs that leave open whether and why it is true to those that tell the reader how to take it.
CUE_CLASSES = (
    "neutral",
    "discourse",
    "factive",
    "assertive",
    "doubting",
    "mental",
    "emotive",
    "directive",
    "commissive",
    "manner",
)
OPEN_CLASSES = ("neutral", "discourse")
# Pixels.
CUE_COLUMN, CUE_ROW, CUE_CIRCLE, BIGGEST = 88, 42, 320, 700
# A cell with more than this share of the highest count is dark, and its number white.
DARK_DOTS = 0.55


def draw_voices(voices, top=12):
    """Draw who gets to speak and for how long, the `top` actors with most words, from `count_voices(quotes, mentions, tokens)`.

    Below them stand those who are mentioned most of all who are never quoted.
    """
    schema.check(voices, "voices")
    voices = voices.assign(
        actor=voices["actor"].fillna(UNNAMED_LABEL),
        words=voices["quoted_words"] + voices["reported_words"],
    )
    speaking, silent = voices[voices["quotations"] > 0], voices[voices["quotations"] == 0]
    if voices.empty:
        return draw_nothing("Nobody is quoted or mentioned")
    silent = silent.sort_values(["mentions", "actor"], ascending=[False, True])
    often = silent[silent["mentions"] >= FEWEST_MENTIONS].head(MOST_SILENT)
    if speaking.empty:
        return draw_nothing(
            "Nobody is quoted" + (f"; {describe_silent(silent)}" if len(silent) else "")
        )
    speaking = speaking.sort_values(
        ["quoted_words", "words", "actor"], ascending=[False, False, True]
    )
    heard = speaking.head(top)
    shown = pd.concat([heard, often], ignore_index=True)
    source = f"{how_many(len(speaking), 'speaker')}{f', the {len(heard)} with most words' if len(heard) < len(speaking) else ''}; words in each part"
    source += (
        f"; below, the {len(often)} most mentioned of {len(silent)} who are never quoted"
        if len(often)
        else ""
    )
    finding = describe_longest(speaking) + (f"; {describe_silent(silent)}" if len(often) else "")
    return finish_chart(
        draw_words_said(shown.assign(said=shown.apply(describe_voice, axis=1))),
        "voices",
        finding,
        source,
    )


def describe_longest(speaking):
    """Who has most words in quotation marks, or, where there are none, most words reported."""
    column, kind = (
        ("quoted_words", "quoted") if speaking["quoted_words"].any() else ("words", "reported")
    )
    most, total = int(speaking[column].max()), int(speaking[column].sum())
    first = [shorten(actor) for actor in speaking["actor"][speaking[column] == most]]
    if len(first) > 1:
        second = first[1] if len(first) == 2 else how_many(len(first) - 1, "other")
        return f"{first[0]} and {second} speak longest: {most:,} of {total:,} {kind} words each"
    return f"{first[0]} {'speak' if first[0] == UNNAMED_LABEL else 'speaks'} longest: {most:,} of {total:,} {kind} words"


def describe_silent(silent):
    """Whoever is mentioned most without being quoted."""
    first = silent.iloc[0]
    return f"{shorten(first['actor'])} is mentioned {how_many(first['mentions'], 'time')} and never quoted"


def describe_voice(row):
    """What stands beside a bar."""
    mentions = how_many(row["mentions"], "mention")
    return (
        how_many(row["quotations"], "quotation")
        if row["quotations"]
        else f"never quoted, {mentions}"
    )


def draw_words_said(shown):
    """A bar an actor, divided into words in marks and words reported, and what there is to say of it at its end."""
    parts = shown.melt(
        ["actor", "words", "quotations", "longest", "mentions"],
        ["quoted_words", "reported_words"],
        "part",
        "n",
    )
    parts = parts.assign(part=parts["part"].map(PARTS))
    right = parts.groupby("actor")["n"].cumsum()
    room = parts["n"] >= max(1, ROOM_FOR_NUMBER * shown["words"].max())
    parts = parts.assign(
        left=right - parts["n"],
        right=right,
        middle=right - parts["n"] / 2,
        number=parts["n"].astype("str").where(room, ""),
    )
    axis, y = whole_numbers(shown["words"].clip(lower=1)), lanes(shown["actor"])
    behind = {said: BEHIND["voices"][column] for column, said in PARTS.items()}
    rows = zip(parts["actor"], parts["part"], parts["n"], strict=True)
    parts = parts.assign(
        href=[
            address_of("quotes", n, behind[part].adds, **SPOKEN, actor=spoken_by(actor))
            for actor, part, n in rows
        ]
    )
    base = alt.Chart(parts[parts["n"] > 0]).encode(
        y=y, href="href:N", tooltip=["actor", "part", "n", "quotations", "longest", "mentions"]
    )
    bars = base.mark_bar(stroke=INK, strokeWidth=0.5).encode(
        x=alt.X("left:Q", title="words", axis=axis),
        x2="right:Q",
        color=colours("part", VOICE_COLOURS, None, parts["part"][parts["n"] > 0]),
    )
    white = alt.condition(alt.datum.part == QUOTED, alt.value("white"), alt.value("black"))
    inside = base.mark_text(fontSize=11).encode(
        x=alt.X("middle:Q", title="words"), text="number:N", color=white
    )
    named = shown.assign(actor=shown["actor"].map(spoken_by))
    heard, silent = (
        address_counts(named, "voices", "quotations"),
        address_counts(named, "voices", "mentions"),
    )
    ends = alt.Chart(
        shown.assign(href=[one or other for one, other in zip(heard, silent, strict=True)])
    ).encode(
        x=alt.X("words:Q", title="words"),
        y=y,
        text="said:N",
        href="href:N",
        tooltip=["actor", "quotations", "mentions"],
    )
    labels = [
        ends.transform_filter(test).mark_text(align="left", dx=6, fontSize=12, color=color)
        for test, color in (
            (alt.datum.quotations > 0, QUIET),
            (alt.datum.quotations == 0, VERMILION),
        )
    ]
    return alt.layer(bars, inside, *labels)


def spoken_by(actor):
    """The actor behind a name in a chart; none for unnamed speakers."""
    return None if actor == UNNAMED_LABEL else actor


def draw_cues(cues, top=10):
    """Draw which classes of reporting verbs introduce whom, the `top` speakers introduced most often, from `count_cues(quotes)`.

    The number in a circle is how often; the verbs stand below each class and, where the pointer rests, for each circle.
    """
    schema.check(cues, "cues")
    if cues.empty:
        return draw_nothing("No verb introduces anybody's speech")
    cues = cues.assign(
        actor=cues["actor"].fillna(UNNAMED_LABEL), cue_class=cues["cue_class"].fillna("other")
    )
    totals = (
        cues.groupby("actor")["n"]
        .sum()
        .reset_index()
        .sort_values(["n", "actor"], ascending=[False, True])
    )
    shown = totals["actor"].head(top).tolist()
    ranked = cues.sort_values(["n", "cue_verb"], ascending=[False, True])
    cells = ranked[ranked["actor"].isin(shown)].groupby(["actor", "cue_class"])
    cells = cells.agg(
        n=("n", "sum"), verbs=("cue_verb", list_verbs), all_verbs=("cue_verb", ", ".join)
    ).reset_index()
    behind = BEHIND["cues"]["n"]
    cells["href"] = [
        address_of(
            "quotes",
            row.n,
            behind.adds,
            **behind.where,
            actor=spoken_by(row.actor),
            cue_class="" if row.cue_class == "other" else row.cue_class,
        )
        for row in cells.itertuples()
    ]
    present = [
        name
        for name in (*CUE_CLASSES, *sorted(set(cells["cue_class"]) - set(CUE_CLASSES)))
        if name in set(cells["cue_class"])
    ]
    source = f"{how_many(len(totals), 'speaker')}{f', the {top} introduced most often' if len(shown) < len(totals) else ''}"
    source += "; in the circles, how often; below them, the verbs. Blue: verbs that leave open how to take what is said"
    return finish_chart(draw_dots(cells, shown, present), "cues", describe_cues(ranked), source)


def list_verbs(verbs, most=2):
    """The first of some verbs in a line."""
    verbs = list(dict.fromkeys(verbs))
    return ", ".join(verbs[:most]) + (" …" if len(verbs) > most else "")


def describe_cues(cues):
    """How much of the speech is brought by neutral verbs, and whose is brought most often by others."""
    total = int(cues["n"].sum())
    plain = cues["cue_class"].isin(OPEN_CLASSES)
    finding = f"Neutral verbs such as “say” introduce {cues['n'][plain].sum():,} of {how_many(total, 'quotation')}"
    loaded = cues[~plain].groupby("actor")["n"].sum().sort_values(ascending=False, kind="stable")
    if loaded.empty:
        return finding
    first = cues[~plain & (cues["actor"] == loaded.index[0])]
    others = f"{loaded.iloc[0]:,} of {how_many(loaded.sum(), 'other')}"
    return f"{finding}; {others} introduce {shorten(loaded.index[0])} ({list_verbs(first['cue_verb'])})"


def draw_dots(cells, actors, classes):
    """A row an actor and a column a class, with a circle where one introduces the other."""
    top = int(cells["n"].max())
    axis = alt.Axis(orient="top", labelAngle=0, domain=False, ticks=False, labelLimit=CUE_COLUMN)
    base = alt.Chart(cells).encode(
        x=alt.X("cue_class:N", title=None, axis=axis, scale=alt.Scale(domain=classes)),
        href="href:N",
        y=lanes(actors).axis(domain=False, ticks=False, grid=True, gridColor=PALE),
        tooltip=[
            "actor",
            alt.Tooltip("cue_class", title="class"),
            alt.Tooltip("all_verbs", title="verbs"),
            "n",
        ],
    )
    plain = alt.FieldOneOfPredicate(field="cue_class", oneOf=list(OPEN_CLASSES))
    size = alt.Size(
        "n:Q",
        legend=None,
        scale=alt.Scale(
            type="linear", domain=[0, top], range=[CUE_CIRCLE, BIGGEST if top > 1 else CUE_CIRCLE]
        ),
    )
    dots = base.mark_circle(opacity=1, yOffset=-5).encode(
        size=size, color=alt.condition(plain, alt.value(BLUE), alt.value(ORANGE))
    )
    numbers = base.mark_text(fontSize=11, fontWeight="bold", yOffset=-5).encode(
        text="n:Q", color=alt.condition(plain, alt.value("white"), alt.value("black"))
    )
    verbs = base.mark_text(fontSize=10, color=QUIET, dy=15, limit=CUE_COLUMN).encode(text="verbs:N")
    return alt.layer(dots, numbers, verbs).properties(
        width=alt.Step(CUE_COLUMN), height=alt.Step(CUE_ROW)
    )
