"""From a number to the passages behind it: the address that a number carries, and what each kind of count counts."""

from typing import NamedTuple
from urllib.parse import parse_qsl, quote, urlencode

import pandas as pd

PREFIX = "#find/"
# Parts of an address that choose no passages: the number itself, and what adds up to it.
NUMBER, ADDS = "n", "adds"


class Behind(NamedTuple):
    """What a counted column counts: which passages, those with which values, and what adds up (rows where nothing is said)."""

    passages: str
    where: dict
    adds: str = ""


COUNTED, TONED, SPOKEN = {"counted": "yes"}, {"toned": "yes"}, {"spoken": "yes"}
MENTIONS, TONES = Behind("mentions", COUNTED), Behind("mentions", TONED)
# table -> counted column -> what is behind it
COUNTS = {
    "actors": {"n": MENTIONS},
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
        "mentions": MENTIONS,
    },
    "cues": {"n": Behind("quotes", {"introduced": "yes"}, "first")},
    "talk": {"n": Behind("talk", {})},
    "stance_counts": {
        "n": TONES,
        "sentences": Behind("mentions", TONED, "sentence_id"),
        **{f"n_{label}": Behind("mentions", {**TONED, "label": label}) for label in ("negative", "neutral", "positive")},
        "n_unsure": Behind("mentions", {**TONED, "label": ""}),
        "tone": TONES,
    },
    "words": {"n": Behind("words", {})},
    "tone_word_counts": {"n": Behind("tone_words", {}), "score": Behind("tone_words", {})},
    "sentiment": {"compound": Behind("sentences", {})},
}
# table -> the columns that say which of these passages. An actor's type is not among them: it is the one that most mentions have.
KEYS = {
    "choices": ("choice", "actor"),
    "cues": ("actor", "cue_verb", "cue_class"),
    "talk": ("speaker", "actor"),
    "words": ("lemma", "pos"),
    "tone_word_counts": ("word",),
    "sentiment": ("sentence_id",),
}
ACTOR_KEYS = ("actor", "kind", "role", "voice", "position", "quoted", "paragraph_id", "sentence_id", "doc_id")


def link(passages, n=None, adds="", **where):
    """The address of the passages behind a number; a list of values means any of them, a missing value one that is open.

    >>> link("mentions", 7, actor="Iran", kind=["name", "alias"])
    '#find/mentions?actor=Iran&kind=name&kind=alias&n=7'
    """
    pairs = [(key, said(value)) for key, values in where.items() for value in (values if isinstance(values, (list, tuple)) else [values])]
    pairs += [(NUMBER, str(n))] * (n is not None) + [(ADDS, adds)] * bool(adds)
    return f"{PREFIX}{passages}?{urlencode(pairs, quote_via=quote, errors='replace')}"


def read_link(address):
    """(passages, {column: values}, n, adds) of an address that `link` made."""
    passages, _, query = address.removeprefix(PREFIX).partition("?")
    where = {}
    for key, value in parse_qsl(query, keep_blank_values=True):
        where.setdefault(key, []).append(value)
    n, adds = where.pop(NUMBER, [None])[0], where.pop(ADDS, [""])[0]
    return passages, where, None if n is None else int(n), adds


def said(value):
    """A value as an address has it: nothing for a missing one, yes and no, whole numbers without a point."""
    if pd.isna(value):
        return ""
    return ("no", "yes")[value] if isinstance(value, bool) or type(value).__name__ == "bool" else str(value)


def link_counts(frame, table, column="n"):
    """The addresses of the passages behind the numbers of one column of a counted table; none for a 0 or a missing number."""
    behind = COUNTS[table][column]
    keys = [key for key in KEYS.get(table, ACTOR_KEYS) if key in frame and key not in behind.where]
    whole = column not in ("tone", "score", "compound")
    rows = zip(frame[column], *(frame[key] for key in keys), strict=True)
    return [
        link(behind.passages, int(n) if whole else None, behind.adds, **behind.where, **dict(zip(keys, values, strict=True)))
        if pd.notna(n) and (n or not whole)
        else None
        for n, *values in rows
    ]
