"""Charts of the wording of an article."""

import altair as alt
import pandas as pd

from ... import schema
from ...measure.tone.vader import label_of
from ..figure import draw_nothing, finish_chart
from ..theme import TONE_COLOURS
from .parts import check_one_article, colours, times, with_addresses
from .words import MOST_BARS

# Pixels.
HEIGHT = 200


def draw_tone(sentiment):
    """Draw the tone of an article's sentences, from a sentiment table.

    One bar a sentence, in the order of the text; of a very long article, one bar a run of them.
    """
    schema.check(sentiment, "sentiment")
    check_one_article(sentiment)
    if sentiment.empty:
        return draw_nothing("No sentences to score")
    together = -(-len(sentiment) // MOST_BARS)
    lowest = sentiment.loc[sentiment["compound"].idxmin()]
    source = f"lowest: sentence {lowest['sentence_id']} ({lowest['compound']:.2f})"
    if together > 1:
        source = f"each bar is the mean of {together} sentences; {source}"
        bars = alt.Chart(mean_of_runs(sentiment, together), height=HEIGHT).mark_bar()
    else:
        # only a bar of one sentence leads to it
        placed = with_addresses(sentiment, "sentiment", "compound")
        bars = alt.Chart(placed, height=HEIGHT).mark_bar()
        bars = bars.encode(href="href:N")
    axis = alt.Axis(labelOverlap=True, labelAngle=0)
    chart = bars.encode(
        x=alt.X("sentence_id:O", title="sentence, in the order of the text", axis=axis),
        y=alt.Y("compound:Q", title="VADER compound score", scale=alt.Scale(domain=[-1, 1])),
        color=colours("label", TONE_COLOURS, "wording"),
        tooltip=["sentence_id", "paragraph_id", alt.Tooltip("compound", format=".2f"), "text"],
    )
    source = f"Scores of the wording, not of anybody's opinion; {source}"
    return finish_chart(chart, "wording", describe_worded(sentiment), source)


def describe_worded(sentiment):
    """How many sentences are worded negatively and positively."""
    counts = sentiment["label"].value_counts()
    negative, positive = counts.get("negative", 0), counts.get("positive", 0)
    return f"{negative} of {len(sentiment)} sentences are worded negatively, {positive} positively"


def mean_of_runs(sentiment, length):
    """The sentiment table with each run of `length` sentences as one row.

    It stands under the number of its first sentence.
    """
    run = (sentiment["sentence_id"] - 1) // length
    rows = sentiment.groupby(run).agg(
        sentence_id=("sentence_id", "first"),
        paragraph_id=("paragraph_id", "first"),
        compound=("compound", "mean"),
        text=("text", "first"),
    )
    return rows.assign(label=rows["compound"].map(label_of))


def draw_tone_words(counts, *, top=10):
    """Draw the words that brought most to the scores, from a table of `count_tone_words`.

    `top`: how many words of each sign, 10 by default.
    """
    schema.check(counts, "tone_word_counts")
    if counts.empty:
        return draw_nothing("No word in the text is in the lexicon")
    negative = counts[counts["score"] < 0].head(top).assign(label="negative")
    positive = counts[counts["score"] > 0].tail(top).assign(label="positive")
    shown = pd.concat([negative, positive])
    heaviest = shown.loc[shown["score"].abs().idxmax()]
    finding = (
        f"“{heaviest['word']}” weighs most in the scores: "
        f"{heaviest['score']:+.1f}, {times(heaviest['n'])}"
    )
    bars = alt.Chart(with_addresses(shown, "tone_word_counts")).mark_bar()
    chart = bars.encode(
        href="href:N",
        x=alt.X("score:Q", title="sum of what the word added to its sentences"),
        y=alt.Y("word:N", title=None, sort=None),
        color=colours("label", TONE_COLOURS, "wording", present=shown["label"]),
        tooltip=["word", "n", alt.Tooltip("score", format=".1f")],
    )
    source = (
        f"The {len(shown)} heaviest of {len(counts)} words; "
        "values of VADER's lexicon after its rules"
    )
    return finish_chart(chart, "tone-words", finding, source)
