"""Find targets to learn from without labels: ``python -m training.targets NEWSMTSC.jsonl GUM.jsonl OUT.jsonl``.

All mentions that the workbook finds in the sentences of NewsMTSC's train part (MIT) beside the targets labelled there, and in GUM's
news, interviews and academic articles (CC BY). OUT gets one a line: `text`, `start`, `end`. Some three minutes.
"""

import argparse
import json

import pandas as pd

import analysis as wb
from training.data import DEV, read_lines

GENRES = ("news", "interview", "academic")


def find_targets(texts):
    """(number of the text, sentence, where it starts, start and end of a mention) of all mentions but titles."""
    articles = pd.DataFrame(
        {"doc_id": [str(number) for number in range(len(texts))], "text": texts}
    ).reindex(columns=wb.schema.columns("articles"))
    sentences = wb.split_sentences(articles)
    mentions = wb.find_mentions(articles, wb.split_tokens(articles, sentences))
    mentions = mentions[mentions["kind"] != "title"].merge(
        sentences, on=["doc_id", "sentence_id"], suffixes=["", "_of_sentence"]
    )
    for row in mentions.itertuples():
        yield int(row.doc_id), row.text_of_sentence, row.start_of_sentence, row.start, row.end


def main(arguments=None):
    """Read, find, write."""
    parser = argparse.ArgumentParser(
        prog="python -m training.targets",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    for name in ("newsmtsc", "gum", "output"):
        parser.add_argument(name)
    args = parser.parse_args(arguments)
    labelled, kept_back = {}, set()
    for record in read_lines(args.newsmtsc):
        if record["split"] in DEV:
            kept_back.add(record["text"])
        else:
            labelled.setdefault(record["text"], []).extend(
                (target["start"], target["end"]) for target in record["targets"]
            )
    texts = [text for text in labelled if text not in kept_back]
    news = [record["text"] for record in read_lines(args.gum) if record["genre"] in GENRES]
    with open(args.output, "w", encoding="utf-8") as out:
        for number, _, _, start, end in find_targets(texts):
            if all(end <= left or start >= right for left, right in labelled[texts[number]]):
                out.write(
                    json.dumps(
                        {"text": texts[number], "start": start, "end": end}, ensure_ascii=False
                    )
                    + "\n"
                )
        for _, sentence, first, start, end in find_targets(news):
            out.write(
                json.dumps(
                    {"text": sentence, "start": start - first, "end": end - first},
                    ensure_ascii=False,
                )
                + "\n"
            )


if __name__ == "__main__":
    main()
