"""From a number to the passages behind it: its address, and what each kind of count counts."""

from typing import NamedTuple
from urllib.parse import quote, urlencode

import pandas as pd

from ..find.doers import DOERLESS_FORMS
from ..schema import LABELS

PREFIX = "#find/"
# Parts of an address that choose no passages: the number itself, and what adds up to it.
N, ADDS = "n", "adds"
COUNTED, TONED, SPOKEN = {"counted": "yes"}, {"toned": "yes"}, {"spoken": "yes"}
# Columns that say which passages are behind a count, but for those in `KEYS`. An actor's type is
# not among them: it is the one that most mentions have.
ACTOR_KEYS = (
    "actor",
    "speaker",
    "kind",
    "role",
    "position",
    "quoted",
    "paragraph_id",
    "sentence_id",
    "doc_id",
)
KEYS = {
    "choices": ("choice", "actor"),
    "cues": ("speaker", "cue_verb", "cue_class"),
    "talk": ("speaker", "actor"),
    "words": ("lemma", "pos"),
    "tone_word_counts": ("word",),
    "vouching_counts": ("source", "certainty", "speaker", "about", "doc_id"),
    "missing_doer_counts": ("actor", "position", "voice", "act", "doc_id"),
    "label_counts": ("actor", "label", "form", "voice", "first_mention", "doc_id"),
    "term_counts": ("category", "voice", "doc_id"),
    "timelines": ("doc_id",),
    "place_counts": ("place", "country", "latitude", "longitude", "doc_id"),
    "sentiment": ("sentence_id",),
    "copy_counts": ("doc_id", "other_doc_id"),
    "disputed_counts": ("thing", "value"),
}


# Columns of the articles that counts can be parted by.
ARTICLE_KEYS = ("outlet", "author", "published", "title", "year", "month", "day", "article")


class Behind(NamedTuple):
    """What a counted column counts: which passages, and those with which values.

    `adds` is what adds up to the number (rows where nothing is said); `asks` the names under which
    the passages have columns of the table, where they have others.
    """

    passages: str
    where: dict
    adds: str = ""
    asks: dict = {}


# Events as `describe_timeline` counts them.
TAKING_PLACE = {"kind": "event", "status": ["asserted", "alleged", "planned"]}
MENTIONS, TONES = Behind("mentions", COUNTED), Behind("mentions", TONED)
# table -> counted column -> what is behind it
BEHIND = {
    "actors": {"n": MENTIONS},
    "unnamed": {"n": Behind("mentions", {"counted": "apart"})},
    "prominence": {
        "n": MENTIONS,
        "headline": Behind("mentions", {**COUNTED, "position": "headline"}),
        "lead": Behind("mentions", {**COUNTED, "position": "lead"}),
        "paragraphs": Behind("mentions", COUNTED, "paragraph_id"),
    },
    "roles": {"n": MENTIONS},
    "choices": {"n": Behind("choices", {})},
    "voices": {
        "quotations": Behind("quotes", SPOKEN, "first"),
        "quoted_words": Behind("quotes", SPOKEN, "inside"),
        "reported_words": Behind("quotes", SPOKEN, "outside"),
        "mentions": Behind("mentions", {"counted": ["yes", "apart"]}, asks={"speaker": "actor"}),
    },
    "cues": {"n": Behind("quotes", {"introduced": "yes"}, "first")},
    "talk": {"n": Behind("talk", {})},
    "stance_counts": {
        "n": TONES,
        "sentences": Behind("mentions", TONED, "sentence_id"),
        **{f"n_{label}": Behind("mentions", {**TONED, "label": label}) for label in LABELS},
        "n_unsure": Behind("mentions", {**TONED, "label": ""}),
    },
    "words": {"n": Behind("words", {})},
    "tone_word_counts": {"n": Behind("tone_words", {}), "score": Behind("tone_words", {})},
    "sentiment": {"compound": Behind("sentences", {})},
    "vouching_counts": {"n": Behind("vouching", {}, "first")},
    "missing_doer_counts": {
        "n": Behind("missing_doers", {}),
        **{form: Behind("missing_doers", {"form": form}) for form in DOERLESS_FORMS},
        "n_harm": Behind("missing_doers", {"harm": "yes"}),
        "n_told": Behind("missing_doers", {"told": "yes"}),
    },
    "label_counts": {"n": Behind("labels", {})},
    "term_counts": {"n": Behind("terms", {})},
    "copy_counts": {"n": Behind("copies", {})},
    "disputed_counts": {"n": Behind("disputed", {})},
    "place_counts": {"n": Behind("places", {})},
    "timelines": {
        "n": Behind("events", TAKING_PLACE),
        "dated": Behind("events", {**TAKING_PLACE, "dated": "yes"}),
    },
}
# Counted columns that hold no count, so that passages do not add up to them.
MEASURED = ("score", "compound")


def address_of(passages, n=None, adds="", **where):
    """The address of the passages behind a number.

    A list of values means any of them, a missing value one that is open.

    >>> address_of("mentions", 7, actor="Iran", kind=["name", "alias"])
    '#find/mentions?actor=Iran&kind=name&kind=alias&n=7'
    """
    pairs = []
    for key, values in where.items():
        for value in values if isinstance(values, (list, tuple)) else [values]:
            pairs.append((key, as_written(value)))
    if n is not None:
        pairs.append((N, str(n)))
    if adds:
        pairs.append((ADDS, adds))
    return f"{PREFIX}{passages}?{urlencode(pairs, quote_via=quote, errors='replace')}"


def as_written(value):
    """A value as an address has it: nothing for a missing one, yes and no, else as it is."""
    if pd.isna(value):
        return ""
    if isinstance(value, bool) or type(value).__name__ == "bool":
        return "yes" if value else "no"
    return str(value)


def address_counts(frame, table, column="n"):
    """The addresses of the passages behind the numbers of one column of a counted table.

    None for a 0 or a missing number.
    """
    behind = BEHIND[table][column]
    known = [*KEYS.get(table, ACTOR_KEYS), *ARTICLE_KEYS]
    keys = [key for key in known if key in frame and key not in behind.where]
    asked = [behind.asks.get(key, key) for key in keys]
    addresses = []
    for number, *values in zip(frame[column], *(frame[key] for key in keys), strict=True):
        if pd.isna(number) or (column not in MEASURED and number == 0):
            addresses.append(None)
            continue
        n = None if column in MEASURED else int(number)
        where = {**behind.where, **dict(zip(asked, values, strict=True))}
        addresses.append(address_of(behind.passages, n, behind.adds, **where))
    return addresses


def sentence_anchor(doc_id, sentence_id):
    """The id of a sentence in a page."""
    return f"s-{doc_id}-{sentence_id}"


def boilerplate_anchor(boilerplate):
    """The address of the first passage of boilerplate in a page; None where there is none."""
    if boilerplate.empty:
        return None
    first = boilerplate.iloc[0]
    return f"#out-{first['doc_id']}-{first['start']}"
