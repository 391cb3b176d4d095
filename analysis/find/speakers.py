"""Speakers corrected by hand: whose words a quotation is, where a reader says so."""

from ..read.codings import NO_ONE
from ..read.corrections import SPEAKER, read_corrections
from ..schema import UNNAMED
from ..text import plain_words
from .corrections import CORRECTED, HANDED_ON, by_hand, name_in_use, plain_rows

# Between the stretches of a quotation.
BETWEEN_STRETCHES = " … "


def correct_speakers(quotes, articles, mentions):
    """The quotations with the speakers that readers give them in the file beside the article.

    A correction is of the quotation that begins at its `start` with its `text`; `to` is the
    speaker, or "nobody".
    """
    asked = read_corrections(articles)
    asked = asked[(asked["action"] == SPEAKER) & asked["outcome"].isna()]
    if asked.empty or quotes.empty:
        return quotes
    corrected = quotes.copy()
    for row in plain_rows(asked):
        here = find_quotation(corrected, row)
        if row.to is None or not here.any():
            continue
        its = mentions[mentions["doc_id"] == row.doc_id]
        speaker = None if plain_words(row.to) == NO_ONE else name_in_use(its, row.to)
        nameless = its.loc[its["actor_type"] == UNNAMED, "actor"]
        corrected.loc[here, "speaker"] = speaker
        corrected.loc[here, "anonymous"] &= speaker is None or speaker in set(nameless)
        corrected.loc[here, "code"] = CORRECTED
        corrected.loc[here, "rule"] = by_hand(row)
    return corrected


def find_quotation(quotes, asked):
    """Which quotation a correction is of: the one at its place, if it reads so."""
    first = quotes["content"].str.split(BETWEEN_STRETCHES, n=1, regex=False).str[0].map(plain_words)
    place = (quotes["doc_id"] == asked.doc_id) & (quotes["start"] == asked.start)
    return place & (first == plain_words(asked.text or ""))


def log_speakers(log, quotes):
    """The log of corrections, with what became of those that were handed on to quotations."""
    handed_on = log["outcome"] == HANDED_ON
    if quotes is None or not handed_on.any():
        return log
    log = log.copy()
    for place, asked in zip(log.index[handed_on], plain_rows(log[handed_on]), strict=True):
        here = find_quotation(quotes, asked)
        n = int((quotes.loc[here, "code"] == CORRECTED).sum())
        begins = f"no quotation begins at {asked.start} with these words"
        log.loc[place, "n"] = n
        log.loc[place, "outcome"] = "applied to 1 quotation" if n else f"does not fit: {begins}"
    return log
