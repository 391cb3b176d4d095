"""How well conflicting figures are found: ``python -m benchmarks.conflicts BASIL.jsonl``.

BASIL.jsonl holds articles with `text`, `event_id`, `source` and `date`, three outlets on an event.
Planted: in a sentence with a figure the figure is changed, in digits or words as it stands; found
is a conflict at that figure in the copy with the one in the article. The copy is the article's
second half in front of its first, a third of its sentences left out; or, with `--into other`, an
article of another outlet on the event into which the one sentence is put. False alarms are the
conflicts between articles as they are, all listed with `--list`.
"""

import json
import random
import re

import pandas as pd

import analysis as wb
from analysis.find.numbers import ONES, TENS
from analysis.text import quote

from .commands import make_parser

SMALLER = (*ONES, *TENS)
# Figures that can be changed without a change of the words beside them.
UNITS = ("people", "things", "money", "percent", "time", "length", "area", "mass", "time of day")


def read_events(path):
    """The articles of a file of BASIL, with `event`."""
    with open(path, encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    articles = pd.DataFrame(
        {
            "text": [row["text"] for row in rows],
            "outlet": [row["source"] for row in rows],
            "published": [row["date"] for row in rows],
            "event": [row["event_id"] for row in rows],
        }
    )
    return articles.drop_duplicates("text", ignore_index=True)


def read_table(articles):
    """Articles as the workbook has them, from a table of texts."""
    read = wb.read_texts(articles["text"].tolist())
    known = articles.drop_duplicates("text").set_index("text").reindex(read["text"])
    return read.assign(**{column: known[column].tolist() for column in ("outlet", "published")})


def change_figure(words, rng):
    """A figure with another number in it, told in the same way; None where it has none."""
    digits = re.search(r"\d[\d,]*(?:\.\d+)?", words)
    if digits:
        number = digits[0].replace(",", "")
        times = rng.choice((0.4, 0.6, 1.7, 2.5))
        changed = float(number) * times
        if "." in number:
            new = f"{changed:.{len(number.partition('.')[2])}f}"
        else:
            new = f"{max(round(changed), 1):,}" if "," in digits[0] else f"{max(round(changed), 1)}"
        new = new if new != digits[0] else f"{int(float(number)) + 2}"
        return words[: digits.start()] + new + words[digits.end() :]
    for word in re.findall(r"[a-z]+", words.lower()):
        if word in SMALLER and word != "one":
            new = rng.choice([each for each in SMALLER[1:12] if each != word])
            return re.sub(rf"(?i)\b{word}\b", new, words, count=1)
    return None


def shorten(sentences, keep, rng):
    """An article without a third of its sentences, its second half first; `keep` stays."""
    kept = [each for each in sentences if each == keep or rng.random() > 1 / 3]
    half = len(kept) // 2
    return "\n\n".join([*kept[half:], *kept[:half]])


def plant(read, figures, sentences, events, *, into, n, seed=0):
    """Rows of a text, its copy with a figure changed, and both figures."""
    rng = random.Random(seed)
    texts = dict(zip(read["doc_id"], read["text"], strict=True))
    usable = figures[
        figures["unit"].isin(UNITS) & figures["value"].notna() & (figures["value"] > 1)
    ]
    spans = sentences.set_index(["doc_id", "sentence_id"])
    planted = []
    for row in usable.sample(frac=1, random_state=seed).itertuples():
        sentence = spans.loc[(row.doc_id, row.sentence_id)]
        if row.end > sentence["end"] or (new := change_figure(row.text, rng)) is None:
            continue
        at = row.start - sentence["start"]
        changed = sentence["text"][:at] + new + sentence["text"][at + len(row.text) :]
        own = spans.loc[row.doc_id]["text"].tolist()
        if into == "copy":
            copy = shorten(
                [changed if each == sentence["text"] else each for each in own], changed, rng
            )
        else:
            others = [each for each in events[row.doc_id] if each != row.doc_id]
            if not others:
                continue
            base = spans.loc[rng.choice(others)]["text"].tolist()
            base.insert(rng.randrange(len(base) + 1), changed)
            copy = "\n\n".join(base)
        planted.append(
            {
                "text": texts[row.doc_id],
                "start": row.start,
                "end": row.end,
                "copy": copy,
                "changed": copy.index(changed) + at,
                "figure": row.text,
                "new": new,
                "unit": row.unit,
                "sentence": changed,
            }
        )
        if len(planted) == n:
            break
    return planted


def find_planted(cases):
    """Of each case, whether its conflict is found between the article and its copy."""
    texts = list(dict.fromkeys(text for case in cases for text in (case["text"], case["copy"])))
    read = wb.read_texts(texts)
    tokens = wb.split_tokens(read)
    figures = wb.find_figures(read, tokens)
    ids = dict(zip(read["text"], read["doc_id"], strict=True))
    return [
        is_found(case, read, tokens, figures, (ids[case["text"]], ids[case["copy"]]))
        for case in cases
    ]


def is_found(case, read, tokens, figures, pair):
    """Whether the conflict of a case is found between two of many articles, alone."""
    alone = [table[table["doc_id"].isin(pair)] for table in (read, tokens, figures)]
    conflicts = wb.find_conflicts(*(table.reset_index(drop=True) for table in alone))
    there = conflicts[conflicts["doc_id"] == pair[0]]
    is_here = (there["start"] < case["end"]) & (there["end"] > case["start"])
    end = case["changed"] + len(case["new"])
    reaches = (there["other_start"] <= end) & (there["other_end"] >= case["changed"])
    return bool((is_here & reaches).any())


def main(argv=None):
    """Print how many planted conflicts are found, and how many alarms real articles give."""
    parser = make_parser("benchmarks.conflicts", __doc__)
    parser.add_argument("articles")
    parser.add_argument("--into", choices=("copy", "other"), default="copy")
    parser.add_argument("--n", type=int, default=100)
    parser.add_argument("--events", type=int)
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args(argv)
    articles = read_events(options.articles)
    chosen = articles["event"].drop_duplicates().head(options.events or len(articles))
    articles = articles[articles["event"].isin(chosen)]
    read = read_table(articles)
    sentences = wb.split_sentences(read)
    tokens = wb.split_tokens(read, sentences)
    speech = wb.find_speech(read, tokens)
    dates = wb.find_dates(read, tokens, speech)
    figures = wb.find_figures(read, tokens, dates)
    event_of = articles.set_index("text")["event"].reindex(read["text"])
    together = read.groupby(event_of.to_numpy())["doc_id"].agg(list)
    events = {doc_id: docs for docs in together for doc_id in docs}
    cases = plant(read, figures, sentences, events, into=options.into, n=options.n)
    found = find_planted(cases)
    print(f"planted into {options.into}: {len(cases)}, found {sum(found)}")
    for case, is_there in zip(cases, found, strict=True):
        if not is_there:
            print(f"  missed: {case['figure']} → {case['new']}: {quote(case['sentence'])}")
    conflicts = wb.find_conflicts(read, tokens, figures, wb.find_mentions(read, tokens), dates)
    pairs = len(conflicts) // 2
    print(f"alarms: {pairs} in {len(read)} articles as they are ({pairs / len(read):.2f} each)")
    if options.list:
        print_alarms(conflicts, read)


def print_alarms(conflicts, read):
    """Print each conflict once, with the words around both passages."""
    texts = dict(zip(read["doc_id"], read["text"], strict=True))
    for row in conflicts.itertuples():
        if row.doc_id < row.other_doc_id:
            for doc_id, start, end in (
                (row.doc_id, row.start, row.end),
                (row.other_doc_id, row.other_start, row.other_end),
            ):
                text = texts[doc_id]
                around = (
                    f"{text[max(0, start - 60) : start]}[{text[start:end]}]{text[end : end + 60]}"
                )
                print(f"  {row.what}: …{around}…".replace("\n", " "))


if __name__ == "__main__":
    main()
