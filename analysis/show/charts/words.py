"""Charts of the words of an article."""

import altair as alt

from ... import schema
from ...text import join_names
from ..figure import draw_nothing, finish_chart
from ..theme import BLUE
from .parts import numbers, times, whole_numbers, with_addresses

POS_NAMES = {
    "PROPN": "name",
    "ADJ": "adjective",
    "ADV": "adverb",
    "NUM": "number",
    "ADP": "preposition",
    "DET": "determiner",
    "PRON": "pronoun",
}
RUN_OF_WORDS = "run of words"
# More bars than this no screen can tell apart.
MOST_BARS = 300


def draw_words(words, *, top=20):
    """Draw the most frequent words of a words table as bars.

    `top`: how many words, 20 by default.
    """
    if "word" not in words:
        schema.check(words, "words")
    shown = words.head(top)
    if shown.empty:
        return draw_nothing("No words to count")
    base = alt.Chart(name_words(shown))
    if set(words) == set(schema.columns("words")):
        base = alt.Chart(with_addresses(name_words(shown), "words")).encode(href="href:N")
    base = base.encode(
        x=alt.X("n:Q", title="number of times", axis=whole_numbers(shown["n"])),
        y=alt.Y("word:N", title=None, sort=None),
        tooltip=["word", "n", alt.Tooltip("per_1000_words", format=".1f", title="per 1,000 words")],
    )
    kind = name_kind(words)
    source = f"The {len(shown)} most frequent of {len(words):,} different {plural(kind)}"
    if "lemma" in words:
        source += "; dictionary forms"
    chart = base.mark_bar(color=BLUE) + numbers(base)
    return finish_chart(chart, "words", describe_most_frequent(words, kind), source)


def name_words(words):
    """The words with the label of each: its part of speech and group, where it has them."""
    if "word" in words:
        word = words["word"]
    else:
        pos = words["pos"].map(POS_NAMES).fillna(words["pos"].str.lower())
        word = words["lemma"] + " (" + pos + ")"
    known = {*schema.columns("words"), "word"}
    for column in [column for column in words if column not in known]:
        word = word + ", " + words[column].astype("str")
    return words.assign(word=word)


def plural(kind):
    """The plural of what the words are."""
    return "runs of words" if kind == RUN_OF_WORDS else f"{kind}s"


def name_kind(words):
    """What the words are: "verb" where all of them are verbs."""
    if "word" in words:
        is_run = words["word"].str.contains(" ").all()
        return RUN_OF_WORDS if is_run else "word"
    kinds = words["pos"].unique()
    if len(kinds) > 1:
        return "word"
    return POS_NAMES.get(kinds[0], kinds[0].lower())


def describe_most_frequent(words, kind):
    """Which words are most frequent, and how often each stands in the text."""
    first = words[words["n"] == words["n"].max()]
    often = times(first["n"].iat[0])
    if len(first) > 1:
        kind, often = plural(kind), f"each {often}"
    word = "word" if "word" in words else "lemma"
    names = join_names(("“" + first[word] + "”").tolist())
    rate = f"{first['per_1000_words'].iat[0]:.1f} in 1,000 words"
    return f"{names} the most frequent {kind}: {often}, {rate}"
