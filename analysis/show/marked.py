"""What is marked in an article: every span, how it looks, and what there is to say of it."""

from collections import defaultdict
from typing import NamedTuple

import pandas as pd

from ..find.quotes import OF_QUOTE, stretches_of
from ..schema import SPEECH, TYPES

REFERRED = {
    "name": "by name",
    "alias": "by a short name",
    "acronym": "by acronym",
    "title": "by title",
    "adjective": "by nationality word",
    "metonym": "by its capital or seat",
    "description": "by description",
    "pronoun": "by pronoun",
    "part": "inside another name",
}
# The tones that are marked, with what the legend says of them.
TONE_KEYS = {"negative": "in a negative light", "positive": "in a positive light"}
# What is said of a tone without a label.
UNSURE = "too unsure to call"


class Mark(NamedTuple):
    """A span of the article that is marked."""

    start: int
    end: int
    layer: str  # mention, quote, date
    look: str  # classes
    note: str  # what there is to say of it, a line each
    actor: str | None = None  # of a mention, who is meant
    by: str = ""  # of a quotation, who says it, as its label reads
    speaker: str = ""  # of a quotation, the actor who says it, if the text names one


def find_marks(mentions=None, quotes=None, speech=None, dates=None):
    """Everything that is marked: {doc_id: its marks}."""
    marks = defaultdict(list)
    if mentions is not None:
        for row in mentions.itertuples():
            marks[row.doc_id].append(mark_mention(row))
    if quotes is not None:
        for row in find_said(quotes, speech).itertuples():
            marks[row.doc_id].append(mark_stretch(row))
    if dates is not None:
        for row in dates.itertuples():
            value = "what it means stays open" if pd.isna(row.value) else row.value
            mark = Mark(row.start, row.end, "date", "date", f"{row.kind}: {value}\n{row.rule}")
            marks[row.doc_id].append(mark)
    return marks


def find_said(quotes, speech):
    """The stretches of somebody's speech, with the words in the text that name speaker and cue."""
    said = quotes[quotes["quote_type"].isin(SPEECH)]
    words = said[[*OF_QUOTE, "speaker_text", "cue"]]
    return stretches_of(said, speech).merge(words, on=OF_QUOTE)


def mark_mention(row):
    """The mark of a mention, a row of the mentions table or of a stance table."""
    actor = fill_missing(row.actor, None)
    look = "open"
    if actor and row.actor_type in TYPES:
        look = row.actor_type
    tone = getattr(row, "label", None)
    if tone in TONE_KEYS:
        look = f"{look} {tone}"
    return Mark(row.start, row.end, "mention", look, describe_mention(row, actor), actor)


def describe_mention(row, actor):
    """What there is to say of a mention, a line each."""
    lines = ["left open: the text does not say who is meant"]
    if actor:
        lines = [f"{actor} ({row.actor_type})"]
    referred = REFERRED.get(row.kind, row.kind)
    if isinstance(row.rule, str):
        referred = f"{referred}; {row.rule}"
    lines.append(referred)
    if pd.notna(getattr(row, "tone", None)):
        lines.append(describe_tone(row))
    return "\n".join(lines)


def describe_tone(row):
    """The tone towards a mention, and in whose words."""
    label = fill_missing(row.label, UNSURE)
    said = f"tone of the sentence towards it: {label} ({row.tone:+.2f})"
    if isinstance(row.speaker, str):
        said += f", in the words of: {row.speaker}"
    return said


def fill_missing(text, instead):
    """A text, or what stands for one that is missing."""
    return text if isinstance(text, str) else instead


def mark_stretch(row):
    """The mark of a stretch of somebody's speech."""
    in_text = fill_missing(row.speaker_text, "speaker not named")
    by = fill_missing(row.speaker, in_text)
    look = "q reported" if row.quote_type == "indirect" else "q"
    speaker = fill_missing(row.speaker, "")
    note = describe_quote(row, by)
    return Mark(row.start, row.end, "quote", look, note, by=by, speaker=speaker)


def describe_quote(row, by):
    """What there is to say of a quotation, a line each."""
    cue = f"brought by “{row.cue}”" if isinstance(row.cue, str) else "no verb brings it"
    said = f"{row.quote_type} speech, {cue}"
    if row.status != "asserted":
        said += f"; {row.status}"
    lines = [f"Words of: {by}", said]
    if isinstance(row.rule, str):
        lines.append(row.rule)
    return "\n".join(lines)
