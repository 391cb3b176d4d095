"""Charts of where actors stand: in which paragraphs, and how far into the text."""

import altair as alt
import pandas as pd

from ... import schema
from ...errors import SchemaError
from ...measure.actors import check_same_articles, count_actors, select_counted
from ...measure.addresses import COUNTED, address_of
from ...measure.words import word_rows
from ...schema import ACTOR_TYPES, REFERRING
from ...text import how_many, join_names
from ..figure import (
    MOST_MARKS,
    WORDING_COLOURS,
    WORDINGS,
    check_one_article,
    colours,
    draw_nothing,
    finish_chart,
    lanes,
    name_selection,
    shorten,
    with_addresses,
)
from ..theme import BLUE, INK, ORANGE, PALE, QUIET, TYPE_COLOURS, WIDTH

# Outlines in a square from -1 to 1, one for each colour, so that marks differ in print, too.
TICK, DOT, DIAMOND = (
    "M-.13,-1H.13V1H-.13Z",
    "M-.45,0A.45,.45,0,1,0,.45,0A.45,.45,0,1,0,-.45,0Z",
    "M0,-.7L.5,0L0,.7L-.5,0Z",
)
SQUARE, TRIANGLE, STUMP = "M-.4,-.4H.4V.4H-.4Z", "M0,-.6L.5,.4H-.5Z", "M-.2,-.6H.2V.6H-.2Z"
LOOKS = {
    "kind": ("mentioned", WORDING_COLOURS, [TICK, DIAMOND, DOT, SQUARE, TRIANGLE, STUMP]),
    "quoted": ("quotation marks", {"outside": BLUE, "inside": ORANGE}, [TICK, DIAMOND]),
}
# Pixels.
LANE, MARK, NUMBER_ROOM, LINE_ROOM = 26, 240, 18, 4
QUARTERS = ("first", "second", "third", "last")
# More columns than this would run into one another.
MOST_COLUMNS = 100
# Fewer mentions than this stand close together by chance.
FEWEST_TOGETHER = 3


def draw_actors_by_paragraph(counts, paragraphs, top=12):
    """Draw who is mentioned in which paragraph, from `count_actors(..., by="paragraph_id")`; `paragraphs` is how many there are."""
    schema.check(counts, "actors")
    if "paragraph_id" not in counts:
        raise SchemaError(
            'no column `paragraph_id`. Count with count_actors(mentions, tokens, by="paragraph_id").'
        )
    if counts.empty:
        return draw_nothing("Nobody is mentioned")
    totals = (
        counts.groupby("actor")
        .agg(n=("n", "sum"), where=("paragraph_id", "nunique"))
        .sort_values(["n", "where"], ascending=False, kind="stable")
    )
    widest = [shorten(actor) for actor in totals.index[totals["where"] == totals["where"].max()]]
    finding = f"{join_names(widest)} mentioned in {totals['where'].max()} of {paragraphs} paragraphs, more than anybody else"
    if len(widest) > 3:
        finding = (
            f"Nobody is mentioned in more than {totals['where'].max()} of {paragraphs} paragraphs"
        )
    order = totals.index[:top].tolist()
    together = -(-int(paragraphs) // MOST_COLUMNS)
    shown = counts[counts["actor"].isin(order)]
    shown = shown.assign(paragraph_id=(shown["paragraph_id"] - 1) // together * together + 1)
    shown = shown.groupby(["paragraph_id", "actor", "actor_type"])["n"].sum().reset_index()
    note = f"; each column is {together} paragraphs" if together > 1 else ""
    chart = draw_circles(shown, list(range(1, int(paragraphs) + 1, together)), order)
    return finish_chart(chart, "paragraphs", finding, name_selection(order, totals) + note)


def draw_circles(shown, paragraphs, order):
    """A circle for each actor in each paragraph, as large as its mentions are many."""
    most = int(shown["n"].max())
    axis = alt.Axis(labelAngle=0, labelOverlap=True, grid=True)
    legend = alt.Legend(values=sorted({1, most}), format="d")
    is_single = len(paragraphs) == paragraphs[-1]
    return (
        alt.Chart(with_addresses(shown, "actors") if is_single else shown)
        .mark_circle(opacity=1)
        .encode(
            **{"href": "href:N"} if is_single else {},
            x=alt.X(
                "paragraph_id:O", title="paragraph", scale=alt.Scale(domain=paragraphs), axis=axis
            ),
            y=lanes(order),
            size=alt.Size(
                "n:Q",
                title="mentions",
                legend=legend,
                scale=alt.Scale(domain=[0, most], range=[0, 350]),
            ),
            color=colours("actor_type", TYPE_COLOURS, "kind of actor", shown["actor_type"]),
            tooltip=["actor", "paragraph_id", "n"],
        )
    )


def draw_dispersion(mentions, tokens, top=12, by="kind", kinds=REFERRING, types=ACTOR_TYPES):
    """Draw where in an article each actor is mentioned, one mark a mention, for the `top` most mentioned (a dispersion plot).

    `by` says what the marks tell apart: "kind" (name, description, pronoun) or "quoted" (inside quotation marks or not);
    `kinds` and `types` choose mentions as in `find_counted`. A mark's tooltip has its sentence. Of very long articles, mentions
    that stand close together share a mark.
    """
    if by not in LOOKS:
        raise SchemaError(f"marks can tell apart {' or '.join(LOOKS)}, not “{by}”.")
    check_one_article(schema.check(tokens, "tokens"))
    counted = select_counted(mentions, kinds, types)
    check_same_articles(counted, tokens)
    if counted.empty:
        return draw_nothing("Nobody is mentioned")
    words = tokens[word_rows(tokens)]
    marks = place_marks(counted, tokens, words, by)
    totals = count_actors(counted, kinds=None, types=None)
    shown = totals.head(top)
    drawn, note = join_marks(marks[marks["actor"].isin(shown["actor"])], len(words))
    x = alt.X(
        "word:Q",
        title="words from the beginning",
        scale=alt.Scale(domain=[0, len(words)], nice=False),
        axis=alt.Axis(format=",d", tickCount=8),
    )
    y = lanes(shown["actor"])
    numbers = (
        alt.Chart(shown.assign(word=len(words)))
        .mark_text(align="left", dx=8, fontSize=12)
        .encode(x=x, y=y, text="n:Q")
    )
    lines = draw_breaks(words, x)
    chart = alt.layer(*lines, draw_marks(drawn, x, y, by), numbers).properties(
        height=alt.Step(LANE)
    )
    finding = describe_spread(marks, totals["actor"], words["paragraph_id"].nunique())
    return finish_chart(
        chart,
        "dispersion",
        finding,
        f"{name_selection(shown, totals)}; {note}{'; grey lines part paragraphs' if lines else ''}",
    )


def place_marks(counted, tokens, words, by):
    """The mentions with what their marks need: `word`, the number of the word where each stands, `said`, and its `sentence`."""
    said = (
        counted["quoted"].map({True: "inside", False: "outside"})
        if by == "quoted"
        else counted["kind"].map(WORDINGS).fillna("by name")
    )
    word = words["start"].searchsorted(counted["start"], side="right")
    word = word.clip(1)  # a mention before the first word, such as "#tag", stands there
    quarter = len(QUARTERS) * (word - 1) // max(len(words), 1)
    return counted.assign(word=word, said=said, quarter=quarter).merge(
        read_sentences(tokens), on="sentence_id"
    )


def read_sentences(tokens):
    """The sentences of an article as text on one line, from its tokens: sentence_id, sentence."""
    apart = tokens["start"] > tokens.groupby("sentence_id")["end"].shift()
    pieces = tokens["token"].where(~apart, " " + tokens["token"])
    return pieces.groupby(tokens["sentence_id"]).agg("".join).rename("sentence").reset_index()


def join_marks(marks, words):
    """The marks, those that stand close together as one where there would be too many; and a note that says so."""
    if len(marks) <= MOST_MARKS:
        return marks.assign(n=1), "one mark a mention"
    slots = min(
        WIDTH // LINE_ROOM,
        max(1, MOST_MARKS // (marks["actor"].nunique() * marks["said"].nunique())),
    )
    width = -(-words // slots)
    rest = {
        column: (column, "first") for column in ("word", "text", "paragraph_id", "rule", "sentence")
    }
    joined = marks.groupby([marks["word"] // width, "actor", "said"]).agg(
        **rest, n=("start", "size")
    )
    return joined.reset_index(
        ["actor", "said"]
    ), f"a mark stands for all mentions within {width} words"


def draw_breaks(words, x):
    """Lines between paragraphs and their numbers, as many as there is room for."""
    first = words["paragraph_id"].ne(words["paragraph_id"].shift()).to_numpy().nonzero()[0]
    starts = pd.DataFrame(
        {"word": first + 1, "number": "¶" + words["paragraph_id"].iloc[first].astype("str")}
    )
    if len(starts) * LINE_ROOM > WIDTH:
        return []
    numbered, free = [], 0
    for word in starts["word"]:
        numbered.append(word >= free)
        free = word + NUMBER_ROOM * len(words) / WIDTH if word >= free else free
    lines = alt.Chart(starts).mark_rule(color=PALE).encode(x=x)
    labels = alt.Chart(starts[numbered]).mark_text(color=QUIET, fontSize=10, align="left", dx=1)
    return [lines, labels.encode(x=x, y=alt.value(-6), text="number:N")]


def draw_marks(marks, x, y, by):
    """One point a mark, told apart by colour and outline."""
    title, palette, outlines = LOOKS[by]
    present = [said for said in palette if said in set(marks["said"])]
    outlines = [outline for said, outline in zip(palette, outlines, strict=True) if said in present]
    columns = ["actor", "word", "said", "text", "n", "paragraph_id", "rule", "sentence"]
    where = zip(marks["actor"], marks["paragraph_id"], strict=True)
    addresses = [
        address_of("mentions", **COUNTED, actor=actor, paragraph_id=paragraph)
        for actor, paragraph in where
    ]
    return (
        alt.Chart(marks[columns].assign(href=addresses))
        .mark_point(filled=True, opacity=1, size=MARK, stroke=INK, strokeWidth=0.5)
        .encode(
            href="href:N",
            x=x,
            y=y,
            color=colours("said", palette, title, present).legend(
                symbolStrokeWidth=0.5, symbolSize=MARK
            ),
            shape=alt.Shape("said:N", title=title, scale=alt.Scale(domain=present, range=outlines)),
            tooltip=[
                "actor",
                "text",
                alt.Tooltip("said", title=title),
                "n",
                alt.Tooltip("paragraph_id", title="paragraph"),
                "rule",
                "sentence",
            ],
        )
    )


def describe_spread(marks, actors, paragraphs):
    """Who is in most paragraphs, and which of the others stands in one quarter of the article only; `actors` by number of mentions."""
    where = marks.groupby("actor")["paragraph_id"].nunique()
    widest = [actor for actor in actors if where[actor] == where.max()]
    finding = f"{join_names([shorten(actor) for actor in widest])} mentioned in {where.max():,} of {how_many(paragraphs, 'paragraph')}"
    quarter = marks.groupby("actor")["quarter"].agg(["nunique", "first", "size"])
    for actor in actors[~actors.isin(widest)]:
        quarters, first, n = quarter.loc[actor]
        if quarters == 1 and n >= FEWEST_TOGETHER:
            return f"{finding}; all {n} mentions of {shorten(actor)} stand in the {QUARTERS[first]} quarter"
    return finding
