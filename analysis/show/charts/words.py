"""Charts of the words of an article."""

import altair as alt

from ... import schema
from ...text import join_names
from ..figure import draw_nothing, finish_chart, numbers, times, whole_numbers, with_addresses
from ..theme import BLUE

POS_NAMES = {
    "PROPN": "name",
    "ADJ": "adjective",
    "ADV": "adverb",
    "NUM": "number",
    "ADP": "preposition",
    "DET": "determiner",
    "PRON": "pronoun",
}
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
    shown = shown.assign(
        word=shown["lemma"]
        + " ("
        + shown["pos"].map(POS_NAMES).fillna(shown["pos"].str.lower())
        + ")"
    )
    base = alt.Chart(with_addresses(shown, "words")).encode(
        href="href:N",
        x=alt.X("n:Q", title="number of times", axis=whole_numbers(shown["n"])),
        y=alt.Y("word:N", title=None, sort=None),
        tooltip=["word", "n", alt.Tooltip("per_1000_words", format=".1f", title="per 1,000 words")],
    )
    source = f"The {len(shown)} most frequent of {len(words)} different {kind}s; dictionary forms"
    return finish_chart(base.mark_bar(color=BLUE) + numbers(base), "words", finding, source)
