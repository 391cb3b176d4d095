"""Charts of where actors stand: in which paragraphs, and how far into the text."""

import altair as alt
import pandas as pd

from ... import schema
from ...errors import SchemaError
from ...measure.actors import check_same_articles, count_actors, select_counted
from ...measure.addresses import COUNTED, address_of
from ...measure.words import word_rows
from ...schema import ACTOR_TYPES, REFERRING, SENTENCE
from ...text import how_many, join_names
from ..figure import draw_nothing, finish_chart
from ..theme import BLUE, INK, ORANGE, PALE, QUIET, TYPE_COLOURS, WIDTH
from .parts import (
    MOST_MARKS,
    WORDING_COLOURS,
    WORDINGS,
    colours,
    lanes,
    name_selection,
    shorten,
    with_addresses,
)

# Outlines in a square from -1 to 1, one for each colour, so that marks differ in print, too.
TICK = "M-.13,-1H.13V1H-.13Z"
DOT = "M-.45,0A.45,.45,0,1,0,.45,0A.45,.45,0,1,0,-.45,0Z"
DIAMOND = "M0,-.7L.5,0L0,.7L-.5,0Z"
SQUARE = "M-.4,-.4H.4V.4H-.4Z"
TRIANGLE = "M0,-.6L.5,.4H-.5Z"
STUMP = "M-.2,-.6H.2V.6H-.2Z"
# What marks may tell apart -> the title of the legend, colours, outlines.
LOOKS = {
    "kind": ("mentioned", WORDING_COLOURS, [TICK, DIAMOND, DOT, SQUARE, TRIANGLE, STUMP]),
    "quoted": ("quotation marks", {"outside": BLUE, "inside": ORANGE}, [TICK, DIAMOND]),
}
# In pixels: the height of a lane, the width of a paragraph's number and of a line between two.
LANE = 26
NUMBER_ROOM = 18
LINE_ROOM = 4
# In square pixels: a mark, and the circle of the most mentions in a paragraph.
MARK = 240
PARAGRAPH_CIRCLE = 350
QUARTERS = ("first", "second", "third", "last")
# More columns than this would run into one another.
MOST_COLUMNS = 100
# Fewer mentions than this stand close together by chance.
FEWEST_TOGETHER = 3
# More names than this are no finding.
MOST_WIDEST = 3


def draw_actors_by_paragraph(counts, paragraphs, *, top=12):
    """Draw who is mentioned in which paragraph, from `count_actors(..., by="paragraph_id")`.

    `paragraphs`: how many the article has; `top`: how many actors, the most mentioned, 12 by
    default. Of a very long article, several paragraphs share a column.
    """
    schema.check(counts, "actors")
    if "paragraph_id" not in counts:
        raise SchemaError(
            "no column `paragraph_id`. "
            'Count with count_actors(mentions, tokens, by="paragraph_id").'
        )
    if counts.empty:
        return draw_nothing("Nobody is mentioned")
    totals = counts.groupby("actor").agg(n=("n", "sum"), where=("paragraph_id", "nunique"))
    totals = totals.sort_values(["n", "where"], ascending=False, kind="stable")
    order = totals.index[:top].tolist()
    source = name_selection(order, totals)
    together = -(-int(paragraphs) // MOST_COLUMNS)
    if together > 1:
        source += f"; each column is {together} paragraphs"
    shown = counts[counts["actor"].isin(order)]
    shown = shown.assign(paragraph_id=(shown["paragraph_id"] - 1) // together * together + 1)
    shown = shown.groupby(["paragraph_id", "actor", "actor_type"])["n"].sum().reset_index()
    columns = list(range(1, int(paragraphs) + 1, together))
    if together == 1:
        # only a column of one paragraph leads to it
        shown = with_addresses(shown, "actors")
    chart = draw_circles(shown, columns, order)
    return finish_chart(chart, "paragraphs", describe_widest(totals, paragraphs), source)


def describe_widest(totals, paragraphs):
    """Who is mentioned in most paragraphs."""
    most = totals["where"].max()
    widest = [shorten(actor) for actor in totals.index[totals["where"] == most]]
    where = f"{most} of {paragraphs} paragraphs"
    if len(widest) > MOST_WIDEST:
        return f"Nobody is mentioned in more than {where}"
    return f"{join_names(widest)} mentioned in {where}, more than anybody else"


def draw_circles(shown, columns, order):
    """A circle for each actor in each column of paragraphs, as large as its mentions are many."""
    most = int(shown["n"].max())
    circles = alt.Chart(shown).mark_circle(opacity=1)
    if "href" in shown:
        circles = circles.encode(href="href:N")
    axis = alt.Axis(labelAngle=0, labelOverlap=True, grid=True)
    legend = alt.Legend(values=sorted({1, most}), format="d")
    area = alt.Scale(domain=[0, most], range=[0, PARAGRAPH_CIRCLE])
    return circles.encode(
        x=alt.X("paragraph_id:O", title="paragraph", scale=alt.Scale(domain=columns), axis=axis),
        y=lanes(order),
        size=alt.Size("n:Q", title="mentions", legend=legend, scale=area),
        color=colours("actor_type", TYPE_COLOURS, "kind of actor", present=shown["actor_type"]),
        tooltip=["actor", "paragraph_id", "n"],
    )


def draw_dispersion(mentions, tokens, *, top=12, by="kind", kinds=REFERRING, types=ACTOR_TYPES):
    """Draw where each actor is mentioned, one mark a mention (a dispersion plot).

    Of several articles it draws how far into its article each mention stands.

    `top`: how many actors, the most mentioned, 12 by default. `by` says what the marks tell apart:
    "kind" (name, description, pronoun; the default) or "quoted" (inside quotation marks or not).
    `kinds` and `types` choose mentions as in `select_counted`. A mark's tooltip has its sentence.
    Of very long articles and of several, mentions that stand close together share a mark.
    """
    if by not in LOOKS:
        raise SchemaError(f"marks can tell apart {' or '.join(LOOKS)}, not “{by}”.")
    articles = schema.check(tokens, "tokens")["doc_id"].nunique()
    counted = select_counted(mentions, kinds=kinds, types=types)
    check_same_articles(counted, tokens)
    if counted.empty:
        return draw_nothing("Nobody is mentioned")
    words = tokens[word_rows(tokens)]
    marks = place_marks(counted, tokens, words, by)
    totals = count_actors(counted, kinds=None, types=None)
    shown = totals.head(top)
    reach, title = len(words), "words from the beginning"
    if articles > 1:
        reach, title = 100, "how far into its article, in per cent"
    drawn, note = join_marks(marks[marks["actor"].isin(shown["actor"])], reach, articles)
    source = f"{name_selection(shown, totals)}; {note}"
    x = alt.X(
        "word:Q",
        title=title,
        scale=alt.Scale(domain=[0, reach], nice=False),
        axis=alt.Axis(format=",d", tickCount=8),
    )
    y = lanes(shown["actor"])
    counts = alt.Chart(shown.assign(word=reach)).mark_text(align="left", dx=8, fontSize=12)
    if articles == 1:
        # Of several, a mark stands for mentions in many of them.
        drawn = drawn.assign(href=[address_mark(row) for row in drawn.itertuples()])
    layers = [draw_marks(drawn, x, y, by), counts.encode(x=x, y=y, text="n:Q")]
    if articles == 1 and words["paragraph_id"].nunique() * LINE_ROOM <= WIDTH:
        layers = draw_breaks(words, x) + layers
        source += "; grey lines part paragraphs"
    chart = alt.layer(*layers).properties(height=alt.Step(LANE))
    if articles > 1:
        finding = describe_reach(marks, totals["actor"], articles)
    else:
        finding = describe_spread(marks, totals["actor"], words["paragraph_id"].nunique())
    return finish_chart(chart, "dispersion", finding, source)


def place_marks(counted, tokens, words, by):
    """The mentions with what their marks need.

    `word` is the number of the word where each stands, `said` what tells it apart; `quarter` of the
    article and `sentence` are where it stands. Of several articles, `word` is in per cent of its
    article.
    """
    if by == "quoted":
        said = counted["quoted"].map({True: "inside", False: "outside"})
    else:
        said = counted["kind"].map(WORDINGS).fillna("by name")
    starts = dict(list(words.groupby("doc_id", sort=False)["start"]))
    placed = []
    for doc_id, mentions in counted.assign(said=said).groupby("doc_id", sort=False):
        of_article = starts[doc_id]
        word = of_article.searchsorted(mentions["start"], side="right")
        word = word.clip(1)  # a mention before the first word, such as "#tag", stands there
        quarter = len(QUARTERS) * (word - 1) // max(len(of_article), 1)
        if len(starts) > 1:
            word = 100 * (word - 1) / len(of_article)
        placed.append(mentions.assign(word=word, quarter=quarter))
    return pd.concat(placed).merge(read_sentences(tokens), on=SENTENCE)


def read_sentences(tokens):
    """Sentences as text on one line, from their tokens: doc_id, sentence_id, sentence."""
    apart = tokens["start"] > tokens.groupby(SENTENCE)["end"].shift()
    pieces = tokens["token"].where(~apart, " " + tokens["token"])
    by = [tokens[column] for column in SENTENCE]
    return pieces.groupby(by, sort=False).agg("".join).rename("sentence").reset_index()


def join_marks(marks, reach, articles):
    """The marks, as one those that stand close together where there would be too many.

    And a note that says what a mark is; `reach`: how many words the article has, 100 per cent of
    several.
    """
    if len(marks) <= MOST_MARKS and articles == 1:
        return marks.assign(n=1), "one mark a mention"
    lines = marks["actor"].nunique() * marks["said"].nunique()
    slots = min(WIDTH // LINE_ROOM, max(1, MOST_MARKS // lines))
    width = max(-(-reach // slots), 1)
    joined = marks.groupby([marks["word"] // width, "actor", "said"]).agg(
        word=("word", "first"),
        text=("text", "first"),
        paragraph_id=("paragraph_id", "first"),
        rule=("rule", "first"),
        sentence=("sentence", "first"),
        n=("start", "size"),
    )
    unit = f"{width} words" if articles == 1 else f"{width} per cent of an article"
    note = f"a mark stands for all mentions within {unit}"
    return joined.reset_index(["actor", "said"]), note


def draw_breaks(words, x):
    """Lines between paragraphs and their numbers, as many as there is room for."""
    paragraph = words["paragraph_id"]
    first = paragraph.ne(paragraph.shift()).to_numpy().nonzero()[0]
    number = "¶" + paragraph.iloc[first].astype("str")
    starts = pd.DataFrame({"word": first + 1, "number": number})
    numbered, free = [], 0
    for word in starts["word"]:
        has_room = word >= free
        numbered.append(has_room)
        if has_room:
            free = word + NUMBER_ROOM * len(words) / WIDTH
    lines = alt.Chart(starts).mark_rule(color=PALE).encode(x=x)
    labels = alt.Chart(starts[numbered]).mark_text(color=QUIET, fontSize=10, align="left", dx=1)
    return [lines, labels.encode(x=x, y=alt.value(-6), text="number:N")]


def draw_marks(marks, x, y, by):
    """One point a mark, told apart by colour and outline."""
    title, palette, outlines = LOOKS[by]
    outline_of = dict(zip(palette, outlines, strict=True))
    present = [said for said in palette if said in set(marks["said"])]
    shapes = alt.Scale(domain=present, range=[outline_of[said] for said in present])
    color = colours("said", palette, title, present=present)
    columns = ["actor", "word", "said", "text", "n", "paragraph_id", "rule", "sentence"]
    linked = [column for column in ("href",) if column in marks]
    points = alt.Chart(marks[columns + linked]).mark_point(
        filled=True, opacity=1, size=MARK, stroke=INK, strokeWidth=0.5
    )
    if linked:
        points = points.encode(href="href:N")
    return points.encode(
        x=x,
        y=y,
        color=color.legend(symbolStrokeWidth=0.5, symbolSize=MARK),
        shape=alt.Shape("said:N", title=title, scale=shapes),
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


def address_mark(mark):
    """The address of the mentions of an actor in the paragraph where its mark stands."""
    return address_of("mentions", **COUNTED, actor=mark.actor, paragraph_id=mark.paragraph_id)


def describe_reach(marks, actors, articles):
    """Who is mentioned in most of several articles."""
    where = marks.groupby("actor")["doc_id"].nunique()
    widest = [actor for actor in actors if where[actor] == where.max()]
    if len(widest) > MOST_WIDEST:
        return f"Nobody is mentioned in more than {where.max():,} of {articles:,} articles"
    names = join_names([shorten(actor) for actor in widest])
    return f"{names} mentioned in {where.max():,} of {articles:,} articles"


def describe_spread(marks, actors, paragraphs):
    """Who is in most paragraphs, and who of the others stands in one quarter of the article only.

    `actors`: by number of mentions; `paragraphs`: how many there are.
    """
    where = marks.groupby("actor")["paragraph_id"].nunique()
    widest = [actor for actor in actors if where[actor] == where.max()]
    names = join_names([shorten(actor) for actor in widest])
    finding = f"{names} mentioned in {where.max():,} of {how_many(paragraphs, 'paragraph')}"
    quarter = marks.groupby("actor")["quarter"].agg(["nunique", "first", "size"])
    for actor in actors[~actors.isin(widest)]:
        quarters, first, n = quarter.loc[actor]
        if quarters == 1 and n >= FEWEST_TOGETHER:
            place = f"the {QUARTERS[first]} quarter"
            return f"{finding}; all {n} mentions of {shorten(actor)} stand in {place}"
    return finding
