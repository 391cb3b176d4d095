"""Predictions of the workbook for public test data: ``python -m benchmarks.predict TASK IN OUT``.

IN holds one JSON object a line with `doc_id` and `text` (for tone: `id`, `text` and `targets`); OUT
gets one a line:

    segment  {"doc_id", "sentences": [[start, end]], "tokens": [[start, end]]}
    names    {"doc_id", "names": [{"start", "end", "type": "PER" | "ORG" | "LOC"}]}
    actors   {"doc_id", "mentions": [{"start", "end", "actor"}]}
    quotes   {"doc_id", "quotes": [{"content": [[start, end], ...],
                                    "source": [[start, end]] or null,
                                    "cue": [[start, end]] or null}]}
    dates    {"doc_id", "dates": [{"start", "end", "value"}]}; the value is empty where it stays
             open. IN has the day of publication as `published`, `date_created` or `date`
    tone     {"id", "labels": ["positive" | "neutral" | "negative", ...]}, one for each target

Offsets are 0-based and half-open, in Python characters of `text`.
"""

import sys

import pandas as pd
from tqdm import tqdm

import analysis as wb
from analysis.models import reading_quickly
from analysis.schema import LABELS, NAMED, REFERRING, SPEECH, UNNAMED
from benchmarks.commands import make_parser, read_records, write_records

NAME_TYPES = {"person": "PER", "organisation": "ORG", "state": "LOC", "place": "LOC"}


def predict_segment(articles):
    """Spans of sentences and tokens."""
    sentences = wb.split_sentences(articles, boilerplate=True)
    tokens = wb.split_tokens(articles, sentences)
    return {"sentences": spans(sentences), "tokens": spans(tokens)}


def split_whole(articles):
    """The tokens of whole texts: annotated data code credits and captions, too."""
    return wb.split_tokens(articles, wb.split_sentences(articles, boilerplate=True))


def predict_actors(articles):
    """Mentions of named actors and places by name, description or pronoun.

    What the text leaves open is not predicted. As in the annotation measured against, a mention is
    a noun phrase: the title belongs to the name.
    """
    return actor_spans(wb.find_mentions(articles, split_whole(articles), titles="with"))


def actor_spans(mentions):
    """The mentions of a table in the form of `actors`; people without a name are left out."""
    named = mentions["actor"].notna() & (mentions["actor_type"] != UNNAMED)
    counted = mentions[mentions["kind"].isin((*REFERRING, "part")) & named]
    return {"mentions": counted[["start", "end", "actor"]].to_dict("records")}


def predict_names(articles):
    """Names of people, organisations and places."""
    mentions = wb.find_mentions(articles, split_whole(articles))
    named = mentions[mentions["kind"].isin(NAMED) & mentions["actor_type"].isin(NAME_TYPES)]
    named = named.assign(type=named["actor_type"].map(NAME_TYPES))
    return {"names": named[["start", "end", "type"]].to_dict("records")}


def predict_quotes(articles):
    """Quotations, direct, mixed and indirect; words in marks that nobody says are left out."""
    tokens = wb.split_tokens(articles)
    speech = wb.find_speech(articles, tokens)
    mentions = wb.find_mentions(articles, tokens, speech)
    quotes = wb.find_quotes(articles, tokens, mentions, speech)
    return {"quotes": quote_spans(quotes[quotes["quote_type"].isin(SPEECH)], speech)}


def quote_spans(quotes, speech):
    """The quotations of one article in the form of `quotes`."""
    stretches = dict(list(speech.groupby("quote_id")))
    made = []
    for row in quotes.itertuples():
        content = spans(stretches[row.quote_id])
        made.append({"content": content, "source": place(row, "speaker"), "cue": place(row, "cue")})
    return made


def place(row, name):
    """[[start, end]] of a speaker or cue; None where there is none."""
    start, end = getattr(row, f"{name}_start"), getattr(row, f"{name}_end")
    return None if pd.isna(start) else [[int(start), int(end)]]


def predict_dates(articles):
    """Expressions of time with their values, empty where these stay open."""
    dates = wb.find_dates(articles, wb.split_tokens(articles))
    dates["value"] = dates["value"].fillna("")
    return {"dates": dates[["start", "end", "value"]].to_dict("records")}


def predict_tone(articles, targets, *, method="model"):
    """The label for each target.

    Where the workbook would rather not say, the most probable one, and neutral where nothing can be
    read. `method`: the model (default), the lexicon near the target, or VADER's label of the whole
    text for everybody in it.
    """
    text = articles.loc[0, "text"]
    sentences = wb.schema.table([("1", 1, 1, 0, len(text), "sentence", text)], "sentences")
    if method == "vader":
        return {"labels": [wb.score_sentiment(sentences).loc[0, "label"]] * len(targets)}
    places = pd.DataFrame(targets, columns=["start", "end"]).fillna(0).astype("int64")
    # Annotators may ask of one place twice; a table of mentions has it once.
    mentions = places.drop_duplicates().sort_values(["start", "end"], ignore_index=True)
    mentions = mentions.assign(doc_id="1", sentence_id=1, paragraph_id=1, quoted=False)
    stance = wb.score_stance(
        wb.schema.table(mentions, "mentions"), sentences, method=method, kinds=None, types=None
    )
    read = stance.dropna(subset=list(LABELS))
    labels = read[list(LABELS)].idxmax(axis=1)
    label_of = dict(zip(zip(read["start"], read["end"], strict=True), labels, strict=True))
    asked = places.itertuples(index=False, name=None)
    return {"labels": [label_of.get(place, "neutral") for place in asked]}


def spans(table):
    """[[start, end], ...] of a table."""
    return table[["start", "end"]].to_numpy().tolist()


TASKS = {
    "segment": predict_segment,
    "names": predict_names,
    "actors": predict_actors,
    "quotes": predict_quotes,
    "dates": predict_dates,
    "tone": predict_tone,
}


def predict(task, record, **options):
    """The prediction for one record; empty text gets an empty prediction."""
    articles = pd.DataFrame([{"doc_id": "1", "text": record["text"], "left_out": None}])
    articles = articles.reindex(columns=wb.schema.columns("articles"))
    # As annotated data call the day of publication.
    days = (record.get(name) for name in ("published", "date_created", "date"))
    articles["published"] = next(filter(None, days), None)
    if task == "tone":
        return predict_tone(articles, record["targets"], **options)
    return TASKS[task](articles)


def check_records(records, path, needed):
    """Stop at the first record that lacks a field."""
    for number, record in enumerate(records, 1):
        for field in needed:
            if field not in record:
                sys.exit(f"predict: record {number} of {path} has no `{field}`.")


def main(arguments=None):
    """Read IN, predict, write OUT."""
    parser = make_parser("benchmarks.predict", __doc__)
    parser.add_argument("task", choices=TASKS)
    parser.add_argument("input")
    parser.add_argument("output")
    methods = ["model", "lexicon", "vader"]
    parser.add_argument("--method", choices=methods, help="for tone: how (default: model)")
    parser.add_argument("--quick", action="store_true", help="with the small models")
    args = parser.parse_args(arguments)
    if args.method and args.task != "tone":
        parser.error("--method is for tone.")
    key, needed, options = "doc_id", ["doc_id", "text"], {}
    if args.task == "tone":
        key, needed = "id", ["id", "text", "targets"]
        options = {"method": args.method or "model"}
    records = read_records(args.input)
    check_records(records, args.input, needed)
    predictions = (
        {key: record[key], **predict(args.task, record, **options)}
        for record in tqdm(records, desc=args.task, delay=2)
    )
    with reading_quickly(args.quick):
        write_records(args.output, predictions)


if __name__ == "__main__":
    main()
