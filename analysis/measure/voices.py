"""Who gets to speak, for how long, brought by which verbs; who speaks without a name."""

import numpy as np
import pandas as pd

from .. import schema
from ..find.quotes import OF_QUOTE, pair_touching, stretches_of
from ..read.codings import NO_ONE
from ..schema import ACTOR_TYPES, PLACE, SPEECH, UNNAMED
from .actors import count_actors, count_types, most_frequent_type
from .answers import check_items, match_answers
from .corrected import add_corrected, asked_codings
from .groups import by_article
from .in_parts import add_up

# Columns of the voices table that are 0 for whoever never speaks.
SIZES = {"quotations": "sum", "quoted_words": "sum", "reported_words": "sum", "longest": "max"}


def select_speech(quotes):
    """Select the quotations that are counted as speech: direct, mixed or indirect, and asserted.

    Speech that is denied or only possible is not counted.
    """
    schema.check(quotes, "quotes")
    return quotes[quotes["quote_type"].isin(SPEECH) & (quotes["status"] == "asserted")]


@by_article
def count_cues(quotes, *, by=None, coded=None):
    """Count by which verbs and phrases each speaker is introduced, most frequent first.

    One row a speaker and reporting verb (and a value of `by`: one or more columns of the quotes
    table, such as "quote_type"). Counts asserted speech at any level that a verb or phrase brings:
    neither what somebody did *not* say or *would* say, nor quotations that go on without a new
    verb. `speaker` is missing where the text names nobody. `cue_class` follows the sources in
    `data/reporting_verbs.csv`: whether the verb vouches for what is said, doubts it, or leaves it
    open.

    With `coded`, codings of who speaks (`read_codings`), `corrected` is how often the speaker is so
    introduced, of all that the verb introduces, and `low` to `high` its 95 % interval: see
    `count_stance`.

    >>> articles = read_texts("Joe Biden claimed that Iran lied. “We left,” Biden said. "
    ...                       "“It was late,” Biden said.")
    >>> tokens = split_tokens(articles)
    >>> count_cues(find_quotes(articles, tokens, find_mentions(articles, tokens))).values.tolist()
    [['Joe Biden', 'say', 'neutral', 2], ['Joe Biden', 'claim', 'doubting', 1]]
    """
    by = schema.count_by(by, quotes, "quotes")
    keys = list(dict.fromkeys([*by, "speaker", "cue_verb", "cue_class"]))
    counts = add_up(tally_cues, quotes, keys=keys)["cues"].sort_values(keys)
    rising = [True] * len(by)
    counts = counts.sort_values(
        [*by, "n", "speaker", "cue_verb"], ascending=[*rising, False, True, True], ignore_index=True
    )
    columns = list(dict.fromkeys([*by, *schema.columns("cues")]))
    counts = counts[columns].astype({"n": "int64"})
    return counts if coded is None else correct_cues(counts, quotes, by, coded)


def select_brought(quotes):
    """Select the speech that a verb or phrase brings."""
    return select_speech(quotes).dropna(subset=["cue_verb"])


def tally_cues(sums, quotes, *, keys):
    """Note how often each speaker is introduced by which verb."""
    sums.count("cues", select_brought(quotes), keys)


def correct_cues(counts, quotes, by, coded):
    """Counts of reporting verbs with the corrected number beside each."""
    codings = asked_codings(coded)
    check_items(quotes, codings)
    matched = match_answers(select_brought(quotes), codings, "speaker")
    keys = list(dict.fromkeys([*(column for column in by if column != "speaker"), "cue_verb"]))
    return add_corrected(counts, matched, keys, say_speaker, task="speaker", counted=True)


def say_speaker(row):
    """Who speaks by a row of counts, as a coder would answer."""
    return row.speaker if isinstance(row.speaker, str) else NO_ONE


def select_spoken(quotes, speech):
    """Select the quotations that `count_voices` counts: asserted, and not within other speech.

    With their `words` in all, `quoted_words` in quotation marks and `reported_words` not in marks.
    For `compare_groups(…, of="speaker", weight="quoted_words")`: whose words have how much room.

    >>> articles = read_texts("“We will not sign this deal,” Joe Biden said.")
    >>> tokens = split_tokens(articles)
    >>> speech = find_speech(articles, tokens)
    >>> quotes = find_quotes(articles, tokens, find_mentions(articles, tokens, speech), speech)
    >>> select_spoken(quotes, speech)[["speaker", "quoted_words"]].values.tolist()
    [['Joe Biden', 6]]
    """
    return measure_quotes(select_speech(quotes), speech).query("level == 1").reset_index(drop=True)


@by_article
def count_voices(quotes, speech, mentions, *, coded=None):
    """Count how much each actor gets to say: one row an actor, most words in quotation marks first.

    Counts asserted speech that does not stand in other speech (`level` 1); the words of somebody
    quoted by a speaker count for the speaker. `quoted_words` stand in quotation marks,
    `reported_words` are the rest of what is reported; `share` is of all quoted words; `longest`
    counts both. `order` is the rank by first quotation, 0 for whoever is mentioned and never
    quoted. Behind the actors with a name stand people and groups without one (`actor_type`
    "unnamed") who speak; speech of which the text does not say whose it is is the last row, with
    `speaker` missing. To be quoted at length is not to be quoted fairly.

    With `coded`, codings of who speaks (`read_codings`), `corrected` is the share of quoted words,
    and `low` to `high` its 95 % interval: see `count_stance`, also for `coded="borrowed"`.
    Quotations that were not found are in neither, and whom only coders name has no row.

    >>> articles = read_texts("“We will not sign this deal,” Joe Biden said. Vladimir Putin left.")
    >>> tokens = split_tokens(articles)
    >>> speech = find_speech(articles, tokens)
    >>> mentions = find_mentions(articles, tokens, speech)
    >>> quotes = find_quotes(articles, tokens, mentions, speech)
    >>> voices = count_voices(quotes, speech, mentions)
    >>> voices[["speaker", "quotations", "quoted_words", "share", "order"]].values.tolist()
    [['Joe Biden', 1, 6, 1.0, 1], ['Vladimir Putin', 0, 0, 0.0, 0]]
    """
    sums = add_up(tally_voices, quotes, speech, mentions)
    counted = count_actors(mentions, types=(*ACTOR_TYPES, UNNAMED))
    voices = finish_voices(sums["said"], counted, most_frequent_type(sums["types"]))
    if coded is None:
        return voices
    return correct_voices(voices, select_spoken(quotes, speech), quotes, coded)


def tally_voices(sums, quotes, speech, mentions):
    """Note how much each speaker says, in order of first speech; the type of each actor."""
    said = put_in_order_of_speech(select_spoken(quotes, speech))
    said = said.assign(quotations=1, longest=said["words"])
    sums.add("said", said, ["speaker"], SIZES)
    count_types(sums, mentions)


def finish_voices(sizes, counted, types):
    """The voices of what is said in all, and of the actors who are mentioned.

    `types` are of each speaker. Who is first among those with a name has spoken first.
    """
    order = pd.Series(range(1, len(sizes) + 1), index=sizes["speaker"])
    order = order[order.index.notna()].rank()
    is_shown = (counted["actor_type"] != UNNAMED) | counted["actor"].isin(sizes["speaker"])
    counted = counted.loc[is_shown, ["actor", "n"]]
    counted = counted.rename(columns={"actor": "speaker", "n": "mentions"})
    voices = counted.merge(sizes, on="speaker", how="outer")
    voices = voices.assign(
        actor_type=voices["speaker"].map(types),
        order=voices["speaker"].map(order),
        share=voices["quoted_words"] / max(sizes["quoted_words"].sum(), 1),
    )
    voices["apart"] = (voices["actor_type"] == UNNAMED) + 2 * voices["speaker"].isna()
    numbers = [*SIZES, "share", "order", "mentions"]
    voices[numbers] = voices[numbers].fillna(0)
    keys = ["apart", "quoted_words", "reported_words", "quotations", "mentions", "speaker"]
    rising = [True, False, False, False, False, True]
    voices = voices.sort_values(keys, ascending=rising, ignore_index=True)
    return schema.table(voices[schema.columns("voices")], "voices")


def correct_voices(voices, said, quotes, coded):
    """Voices with the corrected share of quoted words beside each."""
    codings = asked_codings(coded)
    check_items(quotes, codings)
    matched = match_answers(said, codings, "speaker")
    return add_corrected(
        voices,
        matched,
        [],
        say_speaker,
        task="speaker",
        sizes="quoted_words",
    )


def have_names(voices):
    """Which rows of a table of voices are speakers with a name: not “a spokesman”, not nobody."""
    return voices["speaker"].notna() & (voices["actor_type"] != UNNAMED)


def choose_longest(named):
    """The row of voices with most quoted words: as corrected, where that is known."""
    return named.loc[named["corrected"].fillna(named["share"]).idxmax()]


def is_longest(speaking, column="quoted_words"):
    """Whether one named speaker has most words, whosever those without a named speaker are."""
    named = speaking.loc[have_names(speaking), column].sort_values(ascending=False)
    most, second = [*named, 0, 0][:2]
    return most >= second + speaking[column].sum() - named.sum()


def measure_quotes(quotes, speech):
    """The quotes with their `words` in all, `quoted_words` in marks, `reported_words` not."""
    stretches = stretches_of(quotes, speech)
    sizes = stretches.groupby(OF_QUOTE)[["words", "quoted_words"]].sum().reset_index()
    sizes["reported_words"] = sizes["words"] - sizes["quoted_words"]
    return quotes.merge(sizes, on=OF_QUOTE, how="left")


def put_in_order_of_speech(quotes):
    """The quotations in the order of the articles of the table, then of the text."""
    place = {doc_id: number for number, doc_id in enumerate(quotes["doc_id"].unique())}
    placed = quotes.assign(article=quotes["doc_id"].map(place))
    return placed.sort_values(["article", "start"], kind="stable")


def cut_at_sentences(stretches, sentences):
    """The stretches of quotations, a row for each sentence that they touch: the part in it."""
    places = schema.check(sentences, "sentences")[PLACE]
    of_stretch, of_sentence = pair_touching(stretches, places)
    pieces = stretches.iloc[of_stretch].drop(columns=["sentence_id", "paragraph_id", "text"])
    pieces = pieces.reset_index(drop=True)
    where = places.iloc[of_sentence].reset_index(drop=True)
    start = np.maximum(pieces["start"], where["start"])
    end = np.minimum(pieces["end"], where["end"])
    pieces = pieces.drop(columns=["start", "end"]).assign(
        sentence_id=where["sentence_id"], paragraph_id=where["paragraph_id"], start=start, end=end
    )
    return pieces[start < end]


def select_voiced(quotes, speech, sentences):
    """Select the passages behind `count_voices`: one row a stretch and sentence that it touches.

    For `draw_rows` and `draw_passages`; `start` to `end` is the part in that sentence.

    >>> articles = read_texts("“We left. It was late,” Joe Biden said.")
    >>> tokens = split_tokens(articles)
    >>> speech = find_speech(articles, tokens)
    >>> quotes = find_quotes(articles, tokens, find_mentions(articles, tokens, speech), speech)
    >>> voiced = select_voiced(quotes, speech, split_sentences(articles))
    >>> voiced[["sentence_id", "start", "end", "speaker"]].values.tolist()
    [[1, 0, 9, 'Joe Biden'], [2, 10, 23, 'Joe Biden']]
    """
    said = select_speech(quotes).query("level == 1")
    pieces = cut_at_sentences(stretches_of(said, speech), sentences)
    return schema.table(pieces[schema.columns("voiced")].reset_index(drop=True), "voiced")


def select_anonymous(quotes):
    """Select speech of people whom the text describes and does not name: one row a quotation.

    "A source close to the team said …". Denied and hypothetical speech is shown, too, with its
    `status`. Whether a newsroom knows the source the text cannot tell.
    """
    schema.check(quotes, "quotes")
    shown = quotes[quotes["anonymous"] & quotes["quote_type"].isin(SPEECH)]
    shown = shown[schema.columns("anonymous_quotes")].reset_index(drop=True)
    return schema.table(shown, "anonymous_quotes")
