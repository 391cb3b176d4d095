"""Predictions of the workbook for public test data: ``python -m benchmarks.predict TASK IN.jsonl OUT.jsonl``.

IN holds one JSON object a line with `doc_id` and `text` (for tone: `id`, `text` and `targets`); OUT gets one a line:

    segment  {"doc_id", "sentences": [[start, end]], "tokens": [[start, end]]}
    names    {"doc_id", "names": [{"start", "end", "type": "PER" | "ORG" | "LOC"}]}
    actors   {"doc_id", "mentions": [{"start", "end", "actor"}]}
    quotes   {"doc_id", "quotes": [{"content": [[start, end], ...], "source": [[start, end]] or null, "cue": [[start, end]] or null}]}
    dates    {"doc_id", "dates": [{"start", "end", "value"}]}; the value is empty: which day is meant is not worked out
    tone     {"id", "labels": ["positive" | "neutral" | "negative", ...]}, one for each target

Offsets are 0-based and half-open, in Python characters of `text`.
"""

import argparse
import json
import sys

import pandas as pd
from tqdm import tqdm

import analysis as wb
from analysis.measure.voices import read_spans
from analysis.schema import NAMED, REFERRING, SPEECH

NAME_TYPES = {"person": "PER", "organisation": "ORG", "state": "LOC", "place": "LOC"}


def predict_segment(articles):
    """Spans of sentences and tokens."""
    sentences = wb.split_sentences(articles)
    tokens = wb.split_tokens(articles, sentences)
    return {"sentences": spans(sentences), "tokens": spans(tokens)}


def predict_actors(articles):
    """Mentions of named actors and places by name, description or pronoun; what the text leaves open is not predicted.

    As in the annotation measured against, a mention is a noun phrase: the title belongs to the name.
    """
    return actor_spans(wb.find_mentions(articles, wb.split_tokens(articles), titles="with"))


def actor_spans(mentions):
    """The mentions of a table in the form of `actors`."""
    counted = mentions[mentions["kind"].isin((*REFERRING, "part")) & mentions["actor"].notna()]
    return {
        "mentions": [
            dict(start=start, end=end, actor=actor)
            for (start, end), actor in zip(spans(counted), counted["actor"], strict=True)
        ]
    }


def predict_names(articles):
    """Names of people, organisations and places."""
    mentions = wb.find_mentions(articles, wb.split_tokens(articles))
    mentions = mentions[mentions["kind"].isin(NAMED) & mentions["actor_type"].isin(NAME_TYPES)]
    types = mentions["actor_type"].map(NAME_TYPES)
    return {
        "names": [
            dict(start=start, end=end, type=kind)
            for (start, end), kind in zip(spans(mentions), types, strict=True)
        ]
    }


def predict_quotes(articles):
    """Quotations, direct, mixed and indirect; words in marks that nobody says are left out."""
    tokens = wb.split_tokens(articles)
    quotes = wb.find_quotes(articles, tokens, wb.find_mentions(articles, tokens))
    speech = quotes[quotes["quote_type"].isin(SPEECH)]
    return {
        "quotes": [
            dict(content=read_spans(row.spans), source=place(row, "speaker"), cue=place(row, "cue"))
            for row in speech.itertuples()
        ]
    }


def place(row, name):
    """[[start, end]] of a speaker or cue; None where there is none."""
    start, end = getattr(row, f"{name}_start"), getattr(row, f"{name}_end")
    return None if pd.isna(start) else [[int(start), int(end)]]


def predict_dates(articles):
    """Expressions of time; which day is meant is not worked out."""
    return {
        "dates": [
            dict(start=start, end=end, value="")
            for start, end in spans(wb.find_dates(articles, wb.split_tokens(articles)))
        ]
    }


def predict_tone(articles, targets, method="model"):
    """The label for each target; where the workbook would rather not say, the most probable one, and neutral where nothing can be read.

    `method`: the model, the lexicon near the target, or VADER's label of the whole text for everybody in it.
    """
    text = articles.loc[0, "text"]
    sentences = wb.schema.table([("1", 1, 1, 0, len(text), "sentence", text)], "sentences")
    if method == "vader":
        return {"labels": [wb.score_sentiment(sentences).loc[0, "label"]] * len(targets)}
    rows = [
        dict(
            doc_id="1",
            sentence_id=1,
            paragraph_id=1,
            start=target.get("start", 0),
            end=target.get("end", 0),
        )
        for target in targets
    ]
    stance = wb.score_stance(
        wb.schema.table(pd.DataFrame(rows).assign(quoted=False), "mentions"),
        sentences,
        method=method,
    )
    scores = stance[["negative", "neutral", "positive"]]
    return {
        "labels": [row.idxmax() if row.notna().all() else "neutral" for _, row in scores.iterrows()]
    }


def spans(table):
    """[[start, end], ...] of a table."""
    return table[["start", "end"]].to_numpy().tolist()


TASKS = {
    "segment": predict_segment,
    "names": predict_names,
    "actors": predict_actors,
    "quotes": predict_quotes,
}
TASKS |= {"dates": predict_dates, "tone": predict_tone}


def predict(task, record, **options):
    """The prediction for one record; empty text gets an empty prediction."""
    articles = pd.DataFrame([{"doc_id": "1", "text": record["text"], "left_out": None}])
    articles = articles.reindex(columns=wb.schema.columns("articles"))
    return (
        TASKS[task](articles, record["targets"], **options)
        if task == "tone"
        else TASKS[task](articles)
    )


def main(arguments=None):
    """Read IN, predict, write OUT."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.predict",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("task", choices=TASKS)
    parser.add_argument("input")
    parser.add_argument("output")
    parser.add_argument(
        "--method", choices=["model", "lexicon", "vader"], help="for tone: how (default: model)"
    )
    args = parser.parse_args(arguments)
    if args.method and args.task != "tone":
        parser.error("--method is for tone.")
    options = {"method": args.method} if args.method else {}
    key = "id" if args.task == "tone" else "doc_id"
    with open(args.input, encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines if line.strip()]
    needed = [key, "text", "targets"] if args.task == "tone" else [key, "text"]
    for number, record in enumerate(records, 1):
        missing = [field for field in needed if field not in record]
        if missing:
            sys.exit(f"predict: record {number} of {args.input} has no `{missing[0]}`.")
    with open(args.output, "w", encoding="utf-8") as out:
        for record in tqdm(records, desc=args.task, delay=2):
            out.write(
                json.dumps(
                    {key: record[key], **predict(args.task, record, **options)}, ensure_ascii=False
                )
                + "\n"
            )


if __name__ == "__main__":
    main()
