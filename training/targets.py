"""Find targets to learn from without labels.

    python -m training.targets NEWSMTSC.jsonl GUM.jsonl WIKINEWS OUT.jsonl

All mentions that the workbook finds in the sentences of NewsMTSC's train part (MIT) beside the
targets labelled there, in GUM's news, interviews, academic articles (CC BY), and in the articles of
the folder WIKINEWS (CSV with `url` and `text`; CC BY) but those coded by hand in `data/gold`. OUT
gets one a line: `text`, `start`, `end`. Some five minutes.
"""

import csv
from pathlib import Path

import pandas as pd

import analysis as wb
from benchmarks.commands import make_parser, read_records, write_records
from training.data import DEV, span_of

GENRES = ("news", "interview", "academic")
# Longer articles of Wikinews are interviews of many pages.
LONGEST_ARTICLE = 8000


def find_targets(texts):
    """The named mentions of all texts, without titles, each with its sentence and text number."""
    articles = pd.DataFrame({"doc_id": list(map(str, range(len(texts)))), "text": texts})
    articles = articles.reindex(columns=wb.schema.columns("articles"))
    sentences = wb.split_sentences(articles)
    mentions = wb.find_mentions(articles, wb.split_tokens(articles, sentences))
    is_target = (mentions["kind"] != "title") & (mentions["actor_type"] != wb.schema.UNNAMED)
    return mentions[is_target].merge(
        sentences, on=["doc_id", "sentence_id"], suffixes=["", "_of_sentence"]
    )


def read_labelled(path):
    """{text: spans of its targets} of the train part, without texts that the dev parts have too."""
    labelled, kept_back = {}, set()
    for record in read_records(path):
        if record["split"] in DEV:
            kept_back.add(record["text"])
        else:
            labelled.setdefault(record["text"], []).extend(map(span_of, record["targets"]))
    return {text: spans for text, spans in labelled.items() if text not in kept_back}


def make_targets(labelled, news):
    """Targets beside those labelled, in the whole text; then those of the news, by sentence."""
    texts = list(labelled)
    for row in find_targets(texts).itertuples():
        text = texts[int(row.doc_id)]
        if all(row.end <= start or row.start >= end for start, end in labelled[text]):
            yield {"text": text, "start": row.start, "end": row.end}
    for row in find_targets(news).itertuples():
        start, end = row.start - row.start_of_sentence, row.end - row.start_of_sentence
        yield {"text": row.text_of_sentence, "start": start, "end": end}


def read_wikinews(folder):
    """The texts of a folder of Wikinews articles but those coded by hand."""
    with open("data/gold/wikinews.csv", encoding="utf-8", newline="") as lines:
        kept_back = {row["url"] for row in csv.DictReader(lines)}
    texts = []
    for path in sorted(Path(folder).glob("*.csv")):
        with open(path, encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                if row["url"] not in kept_back and len(row["text"]) <= LONGEST_ARTICLE:
                    texts.append(row["text"])
    return texts


def main(arguments=None):
    """Read, find, write."""
    parser = make_parser("training.targets", __doc__)
    for name in ("newsmtsc", "gum", "wikinews", "output"):
        parser.add_argument(name)
    args = parser.parse_args(arguments)
    news = [record["text"] for record in read_records(args.gum) if record["genre"] in GENRES]
    news += read_wikinews(args.wikinews)
    write_records(args.output, make_targets(read_labelled(args.newsmtsc), news))


if __name__ == "__main__":
    main()
