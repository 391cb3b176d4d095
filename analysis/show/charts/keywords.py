"""The dispersion plot of a concordance: where in a text, or in which texts, words stand."""

import altair as alt
import pandas as pd

from ... import schema
from ...errors import SchemaError
from ...measure.words import word_rows
from ...text import how_many
from ..figure import draw_nothing, finish_chart
from ..theme import BLUE, WIDTH
from .parts import lanes, shorten, times

# In pixels: the height of a lane, and what a mark needs of the width.
LANE_HEIGHT = 26
SLOT = 2
MOST_ARTICLES = 25


def draw_keywords(hits, tokens, articles=None, *, top=MOST_ARTICLES):
    """Draw where words stand, from `find_keyword` or `find_words`: a mark a hit (dispersion plot).

    Of one article, a lane a pattern, from its first word to its last. Of several, a lane an
    article, the `top` ones with the most hits, each from its beginning to its end; `articles` gives
    their titles.
    """
    if "start" not in hits or "doc_id" not in hits:
        raise SchemaError("expected a concordance. Make one with find_keyword(tokens, 'word').")
    words = schema.check(tokens, "tokens")[word_rows(tokens)]
    if hits.empty:
        return draw_nothing("What was looked for is nowhere in the text")
    several = tokens["doc_id"].nunique() > 1
    marks = place_hits(hits, words)
    marks = marks.assign(lane=name_lanes(marks, articles, several))
    totals = marks["lane"].value_counts(sort=False).sort_values(ascending=False, kind="stable")
    shown = totals.head(top)
    drawn = marks[marks["lane"].isin(shown.index)]
    reach = 100 if several else len(words)
    place = drawn["place"] * (100 if several else 1)
    slot = (place / reach * WIDTH / SLOT).astype(int)
    drawn = drawn.assign(place=place).groupby(["lane", slot], sort=False)
    drawn = drawn.agg(place=("place", "first"), n=("start", "size"), line=("line", "first"))
    title = "how far into the article, in per cent" if several else "words from the beginning"
    x = alt.X("place:Q", title=title, scale=alt.Scale(domain=[0, reach], nice=False))
    y = lanes(shown.index, column="lane")
    ticks = alt.Chart(drawn.reset_index(level=0)).mark_tick(
        color=BLUE, thickness=SLOT, size=0.7 * LANE_HEIGHT
    )
    ends = pd.DataFrame({"lane": shown.index, "place": reach, "n": shown.to_numpy()})
    counts = alt.Chart(ends).mark_text(align="left", dx=8, fontSize=12)
    chart = ticks.encode(x=x, y=y, tooltip=["line", "n"]) + counts.encode(x=x, y=y, text="n:Q")
    chart = chart.properties(height=alt.Step(LANE_HEIGHT))
    finding, source = describe_hits(hits, words, shown, totals, several)
    return finish_chart(chart, "keywords", finding, source)


def place_hits(hits, words):
    """The hits with their `place`: the word of the article, or how far into one of several."""
    places = []
    of_words = dict(list(words.groupby("doc_id", sort=False)["start"]))
    several = len(of_words) > 1
    keyword = hits["keyword"] if "keyword" in hits else hits["hit"]
    line = hits["left"].str[-60:] + " " + keyword + " " + hits["right"].str[:60]
    marks = hits.assign(line=line, keyword=keyword)
    for doc_id, of_article in marks.groupby("doc_id", sort=False):
        starts = of_words[doc_id].to_numpy()
        word = starts.searchsorted(of_article["start"], side="right").clip(1)
        places.append(pd.Series((word - 1) / len(starts) if several else word, of_article.index))
    return marks.assign(place=pd.concat(places).astype(float))


def name_lanes(marks, articles, several):
    """The name of each hit's lane."""
    if not several:
        return marks["pattern"] if "pattern" in marks else marks["keyword"].str.lower()
    if articles is None:
        return marks["doc_id"]
    known = schema.check(articles, "articles").drop_duplicates("doc_id").set_index("doc_id")
    outlet = known["outlet"].fillna("")
    titles = known["title"].fillna(pd.Series(known.index, known.index)).map(shorten)
    names = titles.str.cat(outlet.where(outlet == "", " (" + outlet + ")"))
    # Two articles of one name are two lanes.
    names = names.where(~names.duplicated(keep=False), names + " " + known.index.str[:4])
    return marks["doc_id"].map(names)


def describe_hits(hits, words, shown, totals, several):
    """(the finding, what was drawn): how often the words are there, and how widely."""
    patterns = hits["pattern"].unique() if "pattern" in hits else []
    what = f"“{shorten(patterns[0])}” is there" if len(patterns) == 1 else "They are there"
    often = times(len(hits))
    if several:
        articles = words["doc_id"].nunique()
        within = f"in {hits['doc_id'].nunique():,} of {articles:,} articles"
        source = f"Most hits first: {how_many(len(shown), 'article')} of {len(totals):,} with any"
    else:
        where = hits["paragraph_id"].nunique()
        within = f"in {where:,} of {how_many(words['paragraph_id'].nunique(), 'paragraph')}"
        source = "A mark a hit"
        if len(shown) < len(totals):
            source += f"; {len(shown)} of {len(totals)} words"
    rate = 10_000 * len(hits) / max(len(words), 1)
    return f"{what} {often}, {within}: {rate:.1f} in 10,000 words", source
