"""Who speaks about whom, and in whose words each mention stands."""

from .. import schema
from ..find.quotes import find_voices, place_in_speech, stretches_of
from ..schema import ACTOR_TYPES, REFERRING
from .actors import select_counted
from .groups import by_article
from .in_parts import add_up
from .voices import select_speech

# The code of I and we inside quotation marks (see `find/names`).
I_AND_WE = "spoken"


def select_spoken_about(quotes, speech, mentions, *, kinds=REFERRING, types=ACTOR_TYPES):
    """Select the mentions that stand inside somebody's speech: the rows behind `count_talk`.

    They are rows of the mentions table with the `speaker`, who is missing where the text names
    nobody. Of speech in other speech, the innermost speaker speaks. Asserted speech only. Left out
    is a speaker's I, we, or any other pronoun for the speaker; a speaker who names itself stays in.
    `kinds` and `types` choose mentions as in `select_counted`.
    """
    counted = select_counted(mentions, kinds=kinds, types=types)
    inside = place_in_speech(stretches_of(select_speech(quotes), speech), counted)
    others = inside[~is_own_pronoun(inside)]
    return others.drop(columns=["place", "status"]).reset_index(drop=True)


def is_own_pronoun(mentions):
    """Which mentions are a speaker's I or we, or any other pronoun for the `speaker`."""
    own = (mentions["actor"] == mentions["speaker"]) | (mentions["code"] == I_AND_WE)
    return (mentions["kind"] == "pronoun") & own


def add_speaker(mentions, quotes, speech):
    """The mentions with the column `speaker`: in whose words each stands.

    An actor's name, "unnamed speaker", "denied or possible speech" (nobody said it), or
    "journalist" outside all speech. Of speech in other speech, the innermost counts.
    """
    voices = find_voices(schema.check(mentions, "mentions"), quotes, speech)
    return mentions.assign(speaker=voices)


@by_article
def count_talk(quotes, speech, mentions, *, kinds=REFERRING, types=ACTOR_TYPES):
    """Count who speaks of whom: one row a speaker and an actor spoken of, most often first.

    `n` counts the mentions that `select_spoken_about` gives, pronouns included. `speaker` is
    missing where the text names nobody.

    >>> articles = read_texts("“Vladimir Putin met Mike Pompeo,” Joe Biden said.")
    >>> tokens = split_tokens(articles)
    >>> speech = find_speech(articles, tokens)
    >>> mentions = find_mentions(articles, tokens, speech)
    >>> quotes = find_quotes(articles, tokens, mentions, speech)
    >>> count_talk(quotes, speech, mentions).values.tolist()
    [['Joe Biden', 'Mike Pompeo', 1], ['Joe Biden', 'Vladimir Putin', 1]]
    """
    counts = add_up(tally_talk, quotes, speech, mentions, kinds=kinds, types=types)["talk"]
    keys = ["n", "speaker", "actor"]
    counts = counts.sort_values(keys, ascending=[False, True, True], ignore_index=True)
    return schema.table(counts, "talk")


def tally_talk(sums, quotes, speech, mentions, *, kinds, types):
    """Note how often each speaker speaks of each actor."""
    inside = select_spoken_about(quotes, speech, mentions, kinds=kinds, types=types)
    sums.count("talk", inside, ["speaker", "actor"])
