"""Charts of voices: who gets to speak and who does not, and by which verbs they are introduced."""

import altair as alt
import pandas as pd

from ... import schema
from ...measure.addresses import BEHIND, SPOKEN, address_counts, address_of
from ...measure.voices import choose_longest, have_names, is_longest
from ...text import how_many
from ..figure import draw_nothing, finish_chart
from ..theme import BLUE, INK, ORANGE, PALE, QUIET, VERMILION
from .intervals import (
    ENDS,
    ROOM_UNDER,
    ROOMY_LANE,
    draw_intervals,
    say_intervals,
    say_order,
)
from .parts import colours, lanes, shorten, stack_parts, whole_numbers

NO_SPEAKER = "no speaker found"
QUOTED = "in quotation marks"
REPORTED = "reported without marks"
# column of the table -> part of a bar
PARTS = {"quoted_words": QUOTED, "reported_words": REPORTED}
VOICE_COLOURS = {QUOTED: BLUE, REPORTED: PALE}
# Of those who never speak, at most this many are shown, and none who is mentioned only once.
MOST_SILENT = 5
FEWEST_MENTIONS = 2
# A part of a bar at least this long, as a share of the longest bar, has room for its number.
ROOM_FOR_NUMBER = 0.05
# From verbs that leave open whether and why it is true to those that tell the reader how
# to take it.
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
OTHER_CLASS = "other"
# Pixels; of circles, the area of the smallest and of the largest.
CUE_COLUMN = 88
CUE_ROW = 42
CUE_CIRCLE = 320
BIGGEST = 700
# A cell with more than this share of the highest count is dark, and its number white.
DARK_DOTS = 0.55


def draw_voices(voices, *, top=12):
    """Draw who gets to speak and for how long, from `count_voices(quotes, speech, mentions)`.

    `top`: how many speakers, those with most words, 12 by default. Below them stand those who are
    mentioned most of all who are never quoted; while quotations are left without a speaker, who are
    not found quoted. Of a table counted with `coded=`, a dot under the bar has the corrected number
    of words in quotation marks, the line its 95 % interval; a grey line is borrowed from public
    data.
    """
    schema.check(voices, "voices")
    if voices.empty:
        return draw_nothing("Nobody is quoted or mentioned")
    voices = voices.assign(
        speaker=voices["speaker"].fillna(NO_SPEAKER),
        words=voices["quoted_words"] + voices["reported_words"],
        has_name=have_names(voices),
        is_nobody=voices["speaker"].isna(),
    )
    speaking = voices[voices["quotations"] > 0]
    keys = ["is_nobody", "has_name", "quoted_words", "words", "speaker"]
    speaking = speaking.sort_values(keys, ascending=[True, False, False, False, True])
    n_open = int(speaking["quotations"][~speaking["has_name"]].sum())
    silent = voices[voices["quotations"] == 0]
    silent = silent.sort_values(["mentions", "speaker"], ascending=[False, True])
    if not speaking["words"].any():
        return draw_nothing(describe_no_words(speaking, silent, n_open))
    heard = speaking.head(top)
    often = silent[silent["mentions"] >= FEWEST_MENTIONS].head(MOST_SILENT)
    finding = describe_corrected_longest(speaking) or describe_longest(speaking)
    n_named = int(speaking["has_name"].sum())
    n_unnamed = len(speaking) - n_named - int(speaking["is_nobody"].sum())
    source = how_many(n_named, "named speaker")
    if n_unnamed:
        source += f" and {n_unnamed} without a name"
    if len(heard) < len(speaking):
        source += f", the {len(heard)} with most words"
    source += "; words in each part"
    if len(often):
        finding += f"; {describe_silent(silent, n_open)}"
        not_quoted = say_silent(n_open).split(" (")[0]
        source += f"; below, the {len(often)} most mentioned of {len(silent)} {not_quoted}"
    shown = pd.concat([heard, often], ignore_index=True)
    shown = shown.assign(said=[describe_voice(row, n_open) for row in shown.to_dict("records")])
    known = find_known(shown, int(voices["quoted_words"].sum()))
    y = lanes(shown["speaker"], column="speaker", room=ROOM_UNDER if len(known) else None)
    chart = draw_words_said(shown, y)
    if len(known):
        chart = chart + draw_intervals(known, y, "speaker")
        chart = chart.properties(height=alt.Step(ROOMY_LANE))
        source += say_intervals(known)
    return finish_chart(chart, "voices", finding, source)


def find_known(shown, total):
    """The rows with an interval of the words in marks, in words of `total` quoted ones."""
    if "corrected" not in shown:
        return shown.iloc[:0]
    known = shown[shown["quotations"] > 0].dropna(subset=["low"])
    known = known[known["corrected"].notna() | (known["quoted_words"] > 0)]
    known = known[["speaker", *ENDS, "n_coded", "basis_of_interval"]]
    return known.assign(**{each: total * known[each] for each in ENDS})


def describe_corrected_longest(speaking):
    """What the intervals let be said of who has most quoted words; None where there are none."""
    if "corrected" not in speaking or speaking["low"].isna().all():
        return None
    named = speaking[speaking["has_name"] & (speaking["quoted_words"] > 0)]
    if named.empty:
        return None
    first = choose_longest(named)
    name = shorten(first["speaker"])
    if pd.isna(first["low"]):
        return f"Too few quotations are coded to say how much of them is {name}'s"
    share, low, high = (round(100 * first[each]) for each in ("share", "low", "high"))
    said = f"{name}: {share} % of quoted words, {low} to {high} by errors on public data"
    if pd.notna(first["corrected"]):
        share = round(100 * first["corrected"])
        said = f"{name}: as corrected, {share} % of quoted words ({low} to {high})"
    return f"{said}{say_order(named.dropna(subset=['low']), first)}"


def describe_longest(speaking):
    """Which named speaker has most words in quotation marks, or, without any, most reported.

    And how many of these words nobody is named for.
    """
    column, kind = "words", "reported"
    if speaking["quoted_words"].any():
        column, kind = "quoted_words", "quoted"
    total = int(speaking[column].sum())
    named = speaking[speaking["has_name"]]
    n_open = total - int(named[column].sum())
    if not named[column].any():
        return f"No speaker is named for the {total:,} {kind} words"
    most = int(named[column].max())
    words = f"{most:,} of {total:,} {kind} words"
    rest = f"; {n_open:,} have no named speaker" if n_open else ""
    longest = [shorten(speaker) for speaker in named["speaker"][named[column] == most]]
    if len(longest) == 1:
        if not is_longest(speaking, column):
            return f"Most words with a name are {longest[0]}'s: {words}{rest}"
        return f"{longest[0]} speaks longest: {words}{rest}"
    others = longest[1]
    if len(longest) > 2:
        others = how_many(len(longest) - 1, "other")
    return f"{longest[0]} and {others} speak longest: {words} each{rest}"


def describe_no_words(speaking, silent, n_open):
    """What there is to say where nobody is quoted, or with signs only, such as “😀”."""
    said = "Nobody is quoted" if speaking.empty else "What is quoted has no words"
    return said if silent.empty else f"{said}; {describe_silent(silent, n_open)}"


def describe_silent(silent, n_open):
    """Whoever is mentioned most without being quoted."""
    first = silent.iloc[0]
    mentions = how_many(first["mentions"], "time")
    return f"{shorten(first['speaker'])} is mentioned {mentions} and {say_silent(n_open)}"


def say_silent(n_open):
    """That somebody is not quoted: never, if no quotation without a speaker could be theirs."""
    if not n_open:
        return "never quoted"
    have = "has" if n_open == 1 else "have"
    return f"not found quoted ({how_many(n_open, 'quotation')} {have} no named speaker)"


def describe_voice(row, n_open):
    """What stands beside a bar."""
    if row["quotations"]:
        said = how_many(row["quotations"], "quotation")
        if pd.isna(row.get("corrected")):
            return said
        share, low, high = (round(100 * row[each]) for each in ("corrected", "low", "high"))
        return f"{said}; corrected: {share} % ({low}–{high})"
    not_quoted = say_silent(n_open).split(" (")[0]
    return f"{not_quoted}, {how_many(row['mentions'], 'mention')}"


def draw_words_said(shown, y):
    """A bar an actor, divided into words in marks and words reported.

    At its end what there is to say of it (`said`).
    """
    parts = part_by_marks(shown)
    base = alt.Chart(parts).encode(
        y=y, href="href:N", tooltip=["speaker", "part", "n", "quotations", "longest", "mentions"]
    )
    axis = whole_numbers(shown["words"].clip(lower=1))
    bars = base.mark_bar(stroke=INK, strokeWidth=0.5).encode(
        x=alt.X("left:Q", title="words", axis=axis),
        x2="right:Q",
        color=colours("part", VOICE_COLOURS, None, present=parts["part"]),
    )
    is_dark = alt.datum.part == QUOTED
    inside = base.mark_text(fontSize=11).encode(
        x=alt.X("middle:Q", title="words"),
        text="number:N",
        color=alt.condition(is_dark, alt.value("white"), alt.value("black")),
    )
    ends = alt.Chart(shown.assign(href=address_voices(shown))).encode(
        x=alt.X("words:Q", title="words"),
        y=y,
        text="said:N",
        href="href:N",
        tooltip=[alt.Tooltip("speaker", title="actor"), "quotations", "mentions"],
    )
    heard = ends.transform_filter(alt.datum.quotations > 0)
    silent = ends.transform_filter(alt.datum.quotations == 0)
    return alt.layer(
        bars,
        inside,
        heard.mark_text(align="left", dx=6, fontSize=12, color=QUIET),
        silent.mark_text(align="left", dx=6, fontSize=12, color=VERMILION),
    )


def part_by_marks(shown):
    """One row an actor and a part of its bar: its words in marks, its words reported."""
    kept = ["speaker", "words", "quotations", "longest", "mentions"]
    parts = shown.melt(kept, list(PARTS), "part", "n")
    addresses = [address_part(row) for row in parts.itertuples()]
    parts = parts.assign(part=parts["part"].map(PARTS))
    room = max(1, ROOM_FOR_NUMBER * shown["words"].max())
    parts = stack_parts(parts, room=room, column="speaker")
    return parts.assign(href=addresses)[parts["n"] > 0]


def address_part(row):
    """The address of the quotations behind a part of a bar."""
    behind = BEHIND["voices"][row.part]
    return address_of("quotes", row.n, behind.adds, **SPOKEN, speaker=spoken_by(row.speaker))


def address_voices(shown):
    """The addresses of the quotations of each actor, or of the mentions of one never quoted."""
    named = shown.assign(speaker=shown["speaker"].map(spoken_by))
    quoted = address_counts(named, "voices", "quotations")
    mentioned = address_counts(named, "voices", "mentions")
    return [one or other for one, other in zip(quoted, mentioned, strict=True)]


def spoken_by(speaker):
    """The speaker behind a name in a chart; none where none was found."""
    return None if speaker == NO_SPEAKER else speaker


def draw_cues(cues, *, top=10):
    """Draw which classes of reporting verbs introduce whom, from `count_cues(quotes)`.

    `top`: how many speakers, those introduced most often, 10 by default. The number in a circle is
    how often; the verbs stand below each class and, where the pointer rests, for each circle.
    """
    schema.check(cues, "cues")
    if cues.empty:
        return draw_nothing("No verb introduces anybody's speech")
    cues = cues.assign(
        speaker=cues["speaker"].fillna(NO_SPEAKER),
        cue_class=cues["cue_class"].fillna(OTHER_CLASS),
    )
    totals = cues.groupby("speaker")["n"].sum().reset_index()
    totals = totals.sort_values(["n", "speaker"], ascending=[False, True])
    shown = totals["speaker"].head(top).tolist()
    ranked = cues.sort_values(["n", "cue_verb"], ascending=[False, True])
    cells = count_cells(ranked[ranked["speaker"].isin(shown)])
    source = how_many(len(totals), "speaker")
    if len(shown) < len(totals):
        source += f", the {top} introduced most often"
    source += (
        "; in the circles, how often; below them, the verbs. "
        "Blue: verbs that leave open how to take what is said"
    )
    chart = draw_dots(cells, shown, order_classes(cells))
    return finish_chart(chart, "cues", describe_cues(ranked), source)


def count_cells(cues):
    """One row a speaker and a class: how often verbs of this class introduce it, and which."""
    cells = cues.groupby(["speaker", "cue_class"])
    cells = cells.agg(
        n=("n", "sum"), verbs=("cue_verb", list_verbs), all_verbs=("cue_verb", ", ".join)
    ).reset_index()
    return cells.assign(href=[address_cell(row) for row in cells.itertuples()])


def address_cell(row):
    """The address of the quotations that verbs of one class introduce."""
    cue_class = row.cue_class
    if cue_class == OTHER_CLASS:
        cue_class = ""
    behind = BEHIND["cues"]["n"]
    where = {**behind.where, "speaker": spoken_by(row.speaker), "cue_class": cue_class}
    return address_of("quotes", row.n, behind.adds, **where)


def order_classes(cells):
    """The classes present: the known ones in their order, then others by name."""
    present = set(cells["cue_class"])
    known = [name for name in CUE_CLASSES if name in present]
    return known + sorted(present - set(known))


def list_verbs(verbs, most=2):
    """The first of some verbs in a line."""
    verbs = list(dict.fromkeys(verbs))
    listed = ", ".join(verbs[:most])
    if len(verbs) > most:
        listed += " …"
    return listed


def describe_cues(cues):
    """How much speech neutral verbs introduce, and whose is introduced most often by others."""
    total = how_many(int(cues["n"].sum()), "quotation")
    is_open = cues["cue_class"].isin(OPEN_CLASSES)
    plain = cues["n"][is_open].sum()
    finding = f"Neutral verbs such as “say” introduce {plain:,} of {total}"
    loaded = cues[~is_open]
    if loaded.empty:
        return finding
    counts = loaded.groupby("speaker")["n"].sum().sort_values(ascending=False, kind="stable")
    first = counts.index[0]
    others = f"{counts.iloc[0]:,} of {how_many(counts.sum(), 'other')}"
    verbs = list_verbs(loaded["cue_verb"][loaded["speaker"] == first])
    whom = "nobody who is named" if first == NO_SPEAKER else shorten(first)
    return f"{finding}; {others} introduce {whom} ({verbs})"


def draw_dots(cells, speakers, classes):
    """A row a speaker and a column a class, with a circle where one introduces the other."""
    axis = alt.Axis(orient="top", labelAngle=0, domain=False, ticks=False, labelLimit=CUE_COLUMN)
    base = alt.Chart(cells).encode(
        x=alt.X("cue_class:N", title=None, axis=axis, scale=alt.Scale(domain=classes)),
        href="href:N",
        y=lanes(speakers, column="speaker").axis(
            domain=False, ticks=False, grid=True, gridColor=PALE
        ),
        tooltip=[
            "speaker",
            alt.Tooltip("cue_class", title="class"),
            alt.Tooltip("all_verbs", title="verbs"),
            "n",
        ],
    )
    is_open = alt.FieldOneOfPredicate(field="cue_class", oneOf=list(OPEN_CLASSES))
    dots = base.mark_circle(opacity=1, yOffset=-5).encode(
        size=size_dots(int(cells["n"].max())),
        color=alt.condition(is_open, alt.value(BLUE), alt.value(ORANGE)),
    )
    counts = base.mark_text(fontSize=11, fontWeight="bold", yOffset=-5).encode(
        text="n:Q", color=alt.condition(is_open, alt.value("white"), alt.value("black"))
    )
    verbs = base.mark_text(fontSize=10, color=QUIET, dy=15, limit=CUE_COLUMN).encode(text="verbs:N")
    chart = alt.layer(dots, counts, verbs)
    return chart.properties(width=alt.Step(CUE_COLUMN), height=alt.Step(CUE_ROW))


def size_dots(most):
    """Circles as large as their numbers, none too small for it; where all are 1, all the same."""
    biggest = BIGGEST
    if most == 1:
        biggest = CUE_CIRCLE
    scale = alt.Scale(type="linear", domain=[0, most], range=[CUE_CIRCLE, biggest])
    return alt.Size("n:Q", legend=None, scale=scale)
