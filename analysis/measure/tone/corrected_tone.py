"""Tone corrected by hand: in what tone a mention is spoken of, where a reader says so."""

from ...find.corrections import (
    AS_IT_IS,
    CORRECTED,
    MisfitError,
    by_hand,
    corrections_of,
    make_corrections,
    name_in_use,
    plain_rows,
)
from ...schema import LABELS
from ...text import quote

# The code of a tone that a reader has given, and of a mention that nobody was asked about.
BY_HAND, NOT_ASKED = "hand", "not asked"
NOT_MADE = "not made in this table: score_stance(…, articles=articles) makes it"


def correct_tone(stance, articles):
    """The stance table with the tones that readers give in the file beside the article."""
    asked = corrections_of(articles, "stance")
    return stance if asked.empty else make_tones(stance, asked, articles)[0]


def make_tones(stance, corrections, articles):
    """The stance table with the tones given, and of each correction (how many, outcome)."""
    texts = dict(zip(articles["doc_id"], articles["text"], strict=True))
    return make_corrections(stance, corrections, texts, put_tone, "mention")


def put_tone(stance, asked, text):
    """The tone of a mention given: what a reader says is certain, so its probability is 1."""
    label = asked.to.lower()
    if label not in LABELS:
        raise MisfitError(f"no such tone {quote(asked.to)}; choose from {', '.join(LABELS)}")
    here = find_toned(stance, asked)
    scored = stance.loc[here, "scored"].iat[0]
    if scored == NOT_ASKED:
        at = f"{asked.start}–{asked.end}"
        raise MisfitError(f"the mention at {at} is not counted, so that it has no tone")
    if (stance.loc[here, "label"] == label).all():
        return stance, 0, ""
    corrected = stance.copy()
    for each in LABELS:
        corrected.loc[here, each] = float(each == label)
    corrected.loc[here, "tone"] = float(label == "positive") - float(label == "negative")
    corrected.loc[here, "label"], corrected.loc[here, "unread"] = label, 0
    corrected.loc[here, "method"], corrected.loc[here, "scored"] = BY_HAND, CORRECTED
    corrected.loc[here, "basis"] = by_hand(asked)
    return corrected, int(here.sum()), ""


def find_toned(stance, asked):
    """Which mention of a stance table a correction is of (and of whom, where it names one)."""
    here = (stance["start"] == asked.start) & (stance["end"] == asked.end)
    here &= stance["doc_id"] == asked.doc_id
    at = f"{asked.start}–{asked.end}"
    if not here.any():
        raise MisfitError(f"no mention at {at}")
    actor = stance.loc[here, "actor"].iat[0]
    if asked.actor is not None and name_in_use(stance[here], asked.actor) != actor:
        raise MisfitError(f"the mention at {at} is of {quote(actor)}, not of {quote(asked.actor)}")
    return here


def log_tones(corrections, stance, articles):
    """Of each correction (how many, outcome), from the stance table as it is corrected."""
    outcomes = make_tones(stance, corrections, articles)[1]
    by_reader = stance[stance["scored"] == CORRECTED]
    places = set(zip(by_reader["doc_id"], by_reader["start"], by_reader["end"], strict=True))
    for place, asked in enumerate(plain_rows(corrections)):
        n, outcome = outcomes[place]
        is_so = n or outcome == AS_IT_IS
        if is_so and (asked.doc_id, asked.start, asked.end) in places:
            outcomes[place] = 1, "applied to 1 mention"
        elif n:
            outcomes[place] = 0, NOT_MADE
    return outcomes
