"""Charts of the wording of an article."""

import altair as alt
import pandas as pd

from ... import schema
from ...measure.tone.vader import label_of
from ..figure import check_one_article, colours, draw_nothing, finish_chart, times, with_addresses
from ..theme import TONE_COLOURS
from .words import MOST_BARS


def draw_tone(sentiment):
    """Draw the tone of an article's sentences, one bar a sentence in the order of the text, from a sentiment table."""
    schema.check(sentiment, "sentiment")
    check_one_article(sentiment)
    if sentiment.empty:
        return draw_nothing("No sentences to score")
    counts = sentiment["label"].value_counts()
    lowest = sentiment.loc[sentiment["compound"].idxmin()]
    finding = f"{counts.get('negative', 0)} of {len(sentiment)} sentences are worded negatively, {counts.get('positive', 0)} positively"
    together = -(-len(sentiment) // MOST_BARS)
    shown = sentiment if together == 1 else mean_of_runs(sentiment, together)
    chart = (
        alt.Chart(with_addresses(shown, "sentiment", "compound") if together == 1 else shown)
        .mark_bar()
        .encode(
            **{"href": "href:N"} if together == 1 else {},
            x=alt.X(
                "sentence_id:O",
                title="sentence, in the order of the text",
                axis=alt.Axis(labelOverlap=True, labelAngle=0),
            ),
            y=alt.Y("compound:Q", title="VADER compound score", scale=alt.Scale(domain=[-1, 1])),
            color=colours("label", TONE_COLOURS, "wording"),
            tooltip=["sentence_id", "paragraph_id", alt.Tooltip("compound", format=".2f"), "text"],
        )
    )
    note = f"each bar is the mean of {together} sentences; " if together > 1 else ""
    low = f"lowest: sentence {lowest['sentence_id']} ({lowest['compound']:.2f})"
    return finish_chart(
        chart, "wording", finding, f"Scores of the wording, not of anybody's opinion; {note}{low}"
    )


def mean_of_runs(sentiment, length):
    """The sentiment table with each run of `length` sentences as one row, under the number of its first sentence."""
    run = (sentiment["sentence_id"] - 1) // length
    rows = sentiment.groupby(run).agg(
        sentence_id=("sentence_id", "first"),
        paragraph_id=("paragraph_id", "first"),
        compound=("compound", "mean"),
        text=("text", "first"),
    )
    return rows.assign(label=rows["compound"].map(label_of))


def draw_tone_words(counts, top=10):
    """Draw the words that brought most to the scores, `top` of each sign, from a table of `count_tone_words`."""
    schema.check(counts, "tone_word_counts")
    if counts.empty:
        return draw_nothing("No word in the text is in the lexicon")
    negative, positive = (
        counts[counts["score"] < 0].head(top),
        counts[counts["score"] > 0].tail(top),
    )
    shown = pd.concat([negative, positive]).assign(
        label=["negative"] * len(negative) + ["positive"] * len(positive)
    )
    heaviest = shown.loc[shown["score"].abs().idxmax()]
    finding = f"“{heaviest['word']}” weighs most in the scores: {heaviest['score']:+.1f}, {times(heaviest['n'])}"
    chart = (
        alt.Chart(with_addresses(shown, "tone_word_counts"))
        .mark_bar()
        .encode(
            href="href:N",
            x=alt.X("score:Q", title="sum of what the word added to its sentences"),
            y=alt.Y("word:N", title=None, sort=None),
            color=colours("label", TONE_COLOURS, "wording", shown["label"]),
            tooltip=["word", "n", alt.Tooltip("score", format=".1f")],
        )
    )
    return finish_chart(
        chart,
        "tone-words",
        finding,
        f"The {len(shown)} heaviest of {len(counts)} words; values of VADER's lexicon after its rules",
    )
