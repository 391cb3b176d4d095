"""Speakers corrected by hand: whose words a quotation is, where a reader says so."""

from ..read.codings import NO_ONE
from ..read.corrections import ADD_QUOTE, CONTENT, SPEAKER, read_corrections
from ..schema import UNNAMED
from ..text import plain_words
from .corrections import (
    AS_IT_IS,
    CORRECTED,
    MisfitError,
    by_hand,
    corrections_of,
    make_corrections,
    name_in_use,
    plain_rows,
)
from .speech.corrected_speech import RECUT, RECUT_AND_SPOKEN, first_pieces


def correct_speakers(quotes, articles, mentions):
    """The quotations with the speakers that readers give them in the file beside the article.

    A correction is of the quotation that begins at its `start` with its `text`; `to` is the
    speaker, or "nobody". Of a quotation that a reader has put in, `actor` is.
    """
    asked = read_corrections(articles)
    named = (asked["action"] == ADD_QUOTE) & asked["actor"].notna()
    asked = asked[((asked["action"] == SPEAKER) | named) & asked["outcome"].isna()]
    if asked.empty or quotes.empty:
        return quotes
    asked = asked.assign(to=asked["to"].where(asked["action"] == SPEAKER, asked["actor"]))
    return make_speakers(quotes, asked, articles, mentions)[0]


def make_speakers(quotes, corrections, articles, mentions):
    """The quotations with the speakers given, and of each correction (how many, outcome)."""

    moved = find_moved(articles)

    def make(quotes, asked, text):
        """One correction made."""
        its = mentions[mentions["doc_id"] == asked.doc_id]
        return name_speaker(quotes, asked, its, find_quotation(quotes, asked, moved))

    texts = dict(zip(articles["doc_id"], articles["text"], strict=True))
    return make_corrections(quotes, corrections, texts, make, "quotation")


def find_moved(articles):
    """{place and words of a quotation whose words a reader has exchanged: the new words}."""
    asked = corrections_of(articles, "speech")
    moved = {}
    for row in plain_rows(asked[asked["action"] == CONTENT]):
        if row.to is not None:
            moved[place_and_words(row)] = plain_words(row.to)
    return moved


def place_and_words(asked):
    """Article, place and words of the quotation that a correction is of."""
    return asked.doc_id, asked.start, plain_words(asked.text or "")


def name_speaker(quotes, asked, mentions, here):
    """A quotation given to another speaker, an actor of the article or a new one."""
    if not here.any():
        raise MisfitError(f"no quotation begins at {asked.start} with these words")
    speaker = None if plain_words(asked.to) == NO_ONE else name_in_use(mentions, asked.to)
    if (quotes.loc[here, "speaker"].fillna("") == (speaker or "")).all():
        return quotes, 0, ""
    nameless = mentions.loc[mentions["actor_type"] == UNNAMED, "actor"]
    corrected = quotes.copy()
    corrected.loc[here, "speaker"] = speaker
    corrected.loc[here, "anonymous"] &= speaker is None or speaker in set(nameless)
    is_recut = corrected.loc[here, "code"].isin((RECUT, RECUT_AND_SPOKEN))
    corrected.loc[here, "code"] = is_recut.map({True: RECUT_AND_SPOKEN, False: CORRECTED})
    corrected.loc[here, "rule"] = by_hand(asked)
    return corrected, int(here.sum()), ""


def find_quotation(quotes, asked, moved):
    """Which quotation a correction is of: the one at its place, if it reads so or ends there.

    Or the one that had that place before its words were exchanged (`moved`).
    """
    in_article = quotes["doc_id"] == asked.doc_id
    reads = (first_pieces(quotes).map(plain_words) == plain_words(asked.text)) | (
        quotes["end"] == asked.end
    )
    here = in_article & (quotes["start"] == asked.start) & reads
    if here.any() or place_and_words(asked) not in moved:
        return here
    recut = in_article & quotes["code"].isin((RECUT, RECUT_AND_SPOKEN))
    return recut & (quotes["content"].map(plain_words) == moved[place_and_words(asked)])


def log_speakers(corrections, quotes, articles, mentions):
    """Of each correction (how many, outcome), from the quotations as they are corrected."""
    outcomes = make_speakers(quotes, corrections, articles, mentions)[1]
    spoken = quotes[quotes["code"].isin((CORRECTED, RECUT_AND_SPOKEN))]
    moved = find_moved(articles)
    for place, asked in enumerate(plain_rows(corrections)):
        if outcomes[place][1] == AS_IT_IS and find_quotation(spoken, asked, moved).any():
            outcomes[place] = 1, "applied to 1 quotation"
    return outcomes
