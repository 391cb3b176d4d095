"""Charts of the words and the tone of an article."""

import altair as alt
import pandas as pd

from . import schema
from .canvas import check_one_article, colours, draw_nothing, finish, linked, numbers, times, whole_numbers
from .look import BLUE, TONE_COLOURS
from .text import join_names
from .tone import label

POS_NAMES = {"PROPN": "name", "ADJ": "adjective", "ADV": "adverb", "NUM": "number", "ADP": "preposition", "DET": "determiner", "PRON": "pronoun"}
# More bars than this no screen can tell apart.
MOST_BARS = 300


def draw_words(words, top=20):
    """Draw the most frequent words of a words table as bars, `top` of them."""
    shown = schema.check(words, "words").head(top)
    if shown.empty:
        return draw_nothing("No words to count")
    first = words[words["n"] == words["n"].max()]
    kinds = words["pos"].unique()
    kind = POS_NAMES.get(kinds[0], kinds[0].lower()) if len(kinds) == 1 else "word"
    most = f"the most frequent {kind}{'s' * (len(first) > 1)}: {'each ' * (len(first) > 1)}{times(first['n'].iat[0])}"
    finding = f"{join_names(('“' + first['lemma'] + '”').tolist())} {most}, {first['per_1000_words'].iat[0]:.1f} in 1,000 words"
    shown = shown.assign(word=shown["lemma"] + " (" + shown["pos"].map(POS_NAMES).fillna(shown["pos"].str.lower()) + ")")
    base = alt.Chart(linked(shown, "words")).encode(
        href="href:N",
        x=alt.X("n:Q", title="number of times", axis=whole_numbers(shown["n"])),
        y=alt.Y("word:N", title=None, sort=None),
        tooltip=["word", "n", alt.Tooltip("per_1000_words", format=".1f", title="per 1,000 words")],
    )
    source = f"The {len(shown)} most frequent of {len(words)} different {kind}s; dictionary forms"
    return finish(base.mark_bar(color=BLUE) + numbers(base), "words", finding, source)


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
        alt.Chart(linked(shown, "sentiment", "compound") if together == 1 else shown)
        .mark_bar()
        .encode(
            **{"href": "href:N"} if together == 1 else {},
            x=alt.X("sentence_id:O", title="sentence, in the order of the text", axis=alt.Axis(labelOverlap=True, labelAngle=0)),
            y=alt.Y("compound:Q", title="VADER compound score", scale=alt.Scale(domain=[-1, 1])),
            color=colours("label", TONE_COLOURS, "wording"),
            tooltip=["sentence_id", "paragraph_id", alt.Tooltip("compound", format=".2f"), "text"],
        )
    )
    note = f"each bar is the mean of {together} sentences; " if together > 1 else ""
    low = f"lowest: sentence {lowest['sentence_id']} ({lowest['compound']:.2f})"
    return finish(chart, "wording", finding, f"Scores of the wording, not of anybody's opinion; {note}{low}")


def mean_of_runs(sentiment, length):
    """The sentiment table with each run of `length` sentences as one row, under the number of its first sentence."""
    run = (sentiment["sentence_id"] - 1) // length
    rows = sentiment.groupby(run).agg(
        sentence_id=("sentence_id", "first"), paragraph_id=("paragraph_id", "first"), compound=("compound", "mean"), text=("text", "first")
    )
    return rows.assign(label=rows["compound"].map(label))


def draw_tone_words(counts, top=10):
    """Draw the words that brought most to the scores, `top` of each sign, from a table of `count_tone_words`."""
    schema.check(counts, "tone_word_counts")
    if counts.empty:
        return draw_nothing("No word in the text is in the lexicon")
    negative, positive = counts[counts["score"] < 0].head(top), counts[counts["score"] > 0].tail(top)
    shown = pd.concat([negative, positive]).assign(label=["negative"] * len(negative) + ["positive"] * len(positive))
    heaviest = shown.loc[shown["score"].abs().idxmax()]
    finding = f"“{heaviest['word']}” weighs most in the scores: {heaviest['score']:+.1f}, {times(heaviest['n'])}"
    chart = (
        alt.Chart(linked(shown, "tone_word_counts"))
        .mark_bar()
        .encode(
            href="href:N",
            x=alt.X("score:Q", title="sum of what the word added to its sentences"),
            y=alt.Y("word:N", title=None, sort=None),
            color=colours("label", TONE_COLOURS, "wording", shown["label"]),
            tooltip=["word", "n", alt.Tooltip("score", format=".1f")],
        )
    )
    return finish(chart, "tone-words", finding, f"The {len(shown)} heaviest of {len(counts)} words; values of VADER's lexicon after its rules")
