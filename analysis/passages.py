"""The passages that numbers lead to: every span that is counted somewhere, what an address finds among them, and lists of them."""

import pandas as pd

from . import schema
from .comparisons import CHOICES, find_chosen
from .counts import explain_uncounted, find_counted
from .errors import SchemaError
from .evidence import read_link, said
from .stance import find_toned
from .tone import find_tone_words, score_sentiment
from .voices import find_speech, find_spoken_about, measure_speech, part_quotes
from .words import CONTENT_POS, find_counted_words

PLACE = ["doc_id", "sentence_id", "paragraph_id", "start", "end"]
SENTENCE = ["doc_id", "sentence_id"]
# What may be asked for of each kind of passage.
ASKED = {
    "sentences": ["kind", "label"],
    "words": ["lemma", "pos", "content"],
    "tone_words": ["word"],
    "mentions": ["actor", "actor_type", "kind", "role", "position", "quoted", "counted", "toned", "uncounted", "label", "voice", "basis"],
    "choices": ["choice", "actor"],
    "quotes": ["actor", "quote_type", "status", "cue_verb", "cue_class", "spoken", "introduced", "anonymous", "first", "inside", "outside"],
    "talk": ["speaker", "actor"],
    "dates": [],
}


def collect_passages(sentences, tokens=None, mentions=None, quotes=None, dates=None):
    """Collect all that is counted anywhere: {kind of passage: table}, one row a span, for `draw_article`.

    What is not handed over is not there. `mentions` may be a stance table.
    """
    sets = {"sentences": schema.check(sentences, "sentences").merge(score_sentiment(sentences)[[*SENTENCE, "label"]], on=SENTENCE, how="left")}
    tone_words = find_tone_words(sentences)
    sets["tone_words"] = tone_words.assign(word=tone_words["text"].str.lower())
    if tokens is not None:
        words = find_counted_words(tokens)
        sets["words"] = words.assign(content=words["pos"].isin(CONTENT_POS))
    if mentions is not None:
        toned = find_toned(mentions).index if "tone" in mentions else []
        counted, why = find_counted(mentions).index, explain_uncounted(mentions)
        sets["mentions"] = mentions.assign(counted=mentions.index.isin(counted), toned=mentions.index.isin(toned), uncounted=why)
        sets["choices"] = pd.concat([find_chosen(mentions, choice).assign(choice=choice) for choice in CHOICES], ignore_index=True)
    if quotes is not None:
        sets["quotes"] = place_quotes(quotes if tokens is None else measure_speech(quotes, tokens), sentences)
        if mentions is not None:
            talk = find_spoken_about(quotes, mentions)
            sets["talk"] = talk.assign(speaker=talk["speaker_actor"])
    if dates is not None:
        sets["dates"] = dates
    return {name: frame[PLACE + [column for column in ASKED[name] if column in frame]].reset_index(drop=True) for name, frame in sets.items()}


def place_quotes(quotes, sentences):
    """The quotations, a row for each sentence that they touch; what is counted of each stands in the first of its rows."""
    speech = find_speech(quotes)
    is_speech = quotes.index.isin(speech.index)
    quotes = quotes.assign(spoken=is_speech & (quotes["level"] == 1), introduced=is_speech & quotes["cue_verb"].notna())
    pieces = part_quotes(quotes).drop(columns=["sentence_id", "paragraph_id", "start", "end"]).merge(sentences[PLACE], on="doc_id")
    pieces = pieces[(pieces["span_start"] < pieces["end"]) & (pieces["start"] < pieces["span_end"])]
    pieces = pieces.assign(start=pieces[["start", "span_start"]].max(axis=1), end=pieces[["end", "span_end"]].min(axis=1))
    first = ~pieces.duplicated(["doc_id", "quote_id"])
    numbers = {column: pieces[column].where(first, 0) for column in ("inside", "outside") if column in pieces}
    return pieces.assign(first=first.astype("int64"), **numbers).astype({"start": "int64", "end": "int64"})


def find_behind(address, passages):
    """Find the passages behind a number: the rows of `passages[...]` that its address asks for, and what they add up to."""
    name, where, _, adds = read_link(address)
    rows = passages[name]
    for column, values in where.items():
        rows = rows[rows[column].map(said).isin(values).astype(bool)]
    if not adds:
        return rows, len(rows)
    if adds in ("sentence_id", "paragraph_id"):
        return rows, len(rows.drop_duplicates(["doc_id", adds]))
    if adds == "actor":
        return rows, len(set(rows["actor"].map(said)))
    return rows, int(rows[adds].sum())


def select_rows(row, spans):
    """The spans that agree with a row of a counted table, or with {column: value or list of values}, in all that both have."""
    asked = row.to_dict() if isinstance(row, pd.Series) else dict(row)
    if "actor" in asked:
        asked.pop("actor_type", None)  # a count has the type that most of the actor's mentions have
    measured = {column for column, (kind, _) in schema.COLUMNS.items() if kind == "number"} | {"n"}
    keys = [column for column in asked if column in spans and column not in measured]
    if not keys:
        raise SchemaError(f"nothing to choose passages by: of {', '.join(map(str, asked))}, none is a column of the spans ({', '.join(spans)}).")
    for column in keys:
        values = asked[column] if isinstance(asked[column], (list, tuple, set)) else [asked[column]]
        spans = spans[spans[column].map(said).isin({said(value) for value in values}).astype(bool)]
    return keys, spans
