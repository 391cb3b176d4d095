"""The passages that numbers lead to: every span that is counted somewhere, and lists of them."""

import pandas as pd

from .. import schema
from ..errors import SchemaError
from ..find.quotes import OF_QUOTE, stretches_of
from ..measure.actors import explain_uncounted, select_counted
from ..measure.addresses import as_written
from ..measure.choices import CHOICES, select_chosen
from ..measure.talk import select_spoken_about
from ..measure.tone.stance_counts import select_toned
from ..measure.tone.vader import score_sentiment, score_tone_words
from ..measure.voices import cut_at_sentences, select_speech
from ..measure.words import CONTENT_POS, select_words
from ..schema import PLACE, SENTENCE

# What may be asked for of each kind of passage.
ASKED = {
    "sentences": "kind label",
    "words": "lemma pos content",
    "tone_words": "word",
    "mentions": "actor actor_type kind role position quoted counted toned uncounted label speaker "
    "scored",
    "choices": "choice actor",
    "quotes": "speaker quote_type status cue_verb cue_class spoken introduced anonymous first "
    "inside outside",
    "talk": "speaker actor",
    "dates": "resolved",
    "vouching": "source certainty speaker about first",
    "missing_doers": "form act harm actor position voice told",
    "labels": "actor label form voice first_mention",
    "terms": "category pattern voice",
    "copies": "other_doc_id",
    "figures": "unit noun event how",
    "conflicts": "what unit agrees later voice other_doc_id",
    "disputed": "thing value",
    "told_alone": "code",
    "places": "place country latitude longitude code",
    "events": "order event kind status voice actor target code dated",
}


def collect_passages(
    sentences,
    tokens=None,
    mentions=None,
    quotes=None,
    speech=None,
    dates=None,
    **others,
):
    """Collect all that is counted anywhere: {kind of passage: table}, one row a span.

    For `draw_article`. What is not handed over is not there. `mentions` may be a stance table. A
    passage of `conflicts` is counted once for each passage of another article that it differs from.
    """
    tones = score_sentiment(sentences)[[*SENTENCE, "label"]]
    tone_words = score_tone_words(sentences)
    sets = {
        "sentences": sentences.merge(tones, on=SENTENCE, how="left"),
        "tone_words": tone_words.assign(word=tone_words["text"].str.lower()),
    }
    if mentions is not None:
        chosen = [select_chosen(mentions, choice).assign(choice=choice) for choice in CHOICES]
        sets["choices"] = pd.concat(chosen, ignore_index=True)
    if quotes is not None and mentions is not None:
        sets["talk"] = select_spoken_about(quotes, speech, mentions)
    sets |= collect_found(sentences, tokens, mentions, quotes, speech, dates, others)
    return {name: keep_asked(rows, ASKED[name].split()) for name, rows in sets.items()}


def collect_found(sentences, tokens, mentions, quotes, speech, dates, others):
    """What was found, a table of each kind, with the columns that may be asked for."""
    sets = dict(others)
    if tokens is not None:
        words = select_words(tokens)
        sets["words"] = words.assign(content=words["pos"].isin(CONTENT_POS))
    if mentions is not None:
        sets["mentions"] = flag_mentions(mentions)
    if quotes is not None:
        sets["quotes"] = place_quotes(quotes, speech, sentences)
    if dates is not None:
        sets["dates"] = dates.assign(resolved=dates["value"].notna())
    vouching, missing = sets.pop("vouching", None), sets.pop("missing", None)
    if vouching is not None and quotes is not None:
        stands = vouching[[*OF_QUOTE, "source", "certainty", "speaker", "about"]]
        sets["vouching"] = sets["quotes"].drop(columns="speaker").merge(stands, on=OF_QUOTE)
    if missing is not None:
        sets["missing_doers"] = missing.assign(told=missing["doer"].notna())
    if sets.get("events") is not None:
        events = sets["events"]
        is_dated = events["first"].notna() & events["last"].notna()
        sets["events"] = events.assign(dated=is_dated)
    return {name: rows for name, rows in sets.items() if rows is not None}


def keep_asked(rows, asked):
    """Where the spans stand, and what may be asked for of them."""
    columns = [*PLACE, *(column for column in asked if column in rows)]
    return rows[columns].reset_index(drop=True)


def flag_mentions(mentions):
    """The mentions with what says where they count: `counted`, `toned`, `uncounted`.

    Those of people and groups without a name are counted "apart".
    """
    counted = pd.Series("no", index=mentions.index)
    counted[select_counted(mentions).index] = "yes"
    counted[select_counted(mentions, types=schema.UNNAMED).index] = "apart"
    toned = mentions.index.isin(select_toned(mentions).index) if "tone" in mentions else False
    why = explain_uncounted(mentions)
    return mentions.assign(counted=counted, toned=toned, uncounted=why)


def place_quotes(quotes, speech, sentences):
    """The quotations, a row for each stretch and sentence that it touches.

    What is counted of a stretch stands in the first of its rows, what is counted of a quotation in
    the first of the quotation's.
    """
    is_speech = quotes.index.isin(select_speech(quotes).index)
    flags = quotes[[*OF_QUOTE, "anonymous"]].assign(
        spoken=is_speech & (quotes["level"] == 1),
        introduced=is_speech & quotes["cue_verb"].notna(),
    )
    stretches = stretches_of(quotes, speech).merge(flags, on=OF_QUOTE)
    pieces = cut_at_sentences(stretches.assign(stretch=range(len(stretches))), sentences)
    begins = ~pieces.duplicated("stretch")
    reported = pieces["words"] - pieces["quoted_words"]
    return pieces.assign(
        first=(~pieces.duplicated(OF_QUOTE)).astype("int64"),
        inside=pieces["quoted_words"].where(begins, 0),
        outside=reported.where(begins, 0),
    )


def select_rows(row, spans):
    """The spans that agree with a row of a counted table in all columns that both have.

    `row` may be {column: value or list of values}. Returns (the columns, the rows).
    """
    asked = row.to_dict() if isinstance(row, pd.Series) else dict(row)
    if "actor" in asked:
        asked.pop("actor_type", None)  # a count has the type that most of the mentions have
    numbers = {column for column, known in schema.COLUMNS.items() if known["kind"] == "number"}
    measured = numbers | {"n"}
    keys = [column for column in asked if column in spans and column not in measured]
    if not keys:
        raise SchemaError(
            f"nothing to choose passages by: of {', '.join(map(str, asked))}, "
            f"none is a column of the spans ({', '.join(spans)})."
        )
    for column in keys:
        is_list = isinstance(asked[column], (list, tuple, set))
        values = {as_written(value) for value in (asked[column] if is_list else [asked[column]])}
        fits = spans[column].map(as_written).isin(values)
        spans = spans[fits.astype(bool)]
    return keys, spans
