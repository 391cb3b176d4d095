"""Whom the workbook serves worse: ``python -m benchmarks.fairness OUT.csv [--gap GAP.tsv]``.

Prints and writes `data/fairness/measured.csv`, one row a group: names found, by the region that
they come from (`data/fairness/names.csv`, 352 names written for the purpose, each in three of the
sentences of `data/fairness/frames.csv`, each sentence an article of its own), and with `--gap`,
pronouns by gender (GAP's development part, tab-separated: F1 over the two names beside each
pronoun). The last columns are a 95 % interval: Wilson's for shares, the bootstrap over pronouns for
F1.
"""

import csv

import numpy as np
import pandas as pd
from tqdm import tqdm

import analysis as wb
from analysis.lexicons import read_lexicon
from benchmarks.commands import make_parser

FRAMES_A_NAME = 3
# Articles parsed together.
TOGETHER = 250
WANTED = {"person": ("person",), "organisation": ("organisation",), "place": ("place", "state")}
MALE = frozenset(("he", "him", "his"))
LEVEL = 1.96  # standard deviations of a 95 % interval
DRAWS = 2000
COLUMNS = ["measure", "group", "n", "score", "low", "high"]


def make_sentences():
    """One row a sentence with a name: region, type, text, start, end."""
    frames = read_lexicon("fairness/frames").groupby("type")["frame"].apply(list)
    rows = []
    for number, (region, name, actor_type) in enumerate(
        read_lexicon("fairness/names").itertuples(index=False)
    ):
        fitting = frames[actor_type]
        for turn in range(FRAMES_A_NAME):
            frame = fitting[(FRAMES_A_NAME * number + turn) % len(fitting)]
            start = frame.index("{name}")
            text = frame.replace("{name}", name)
            rows.append((region, actor_type, text, start, start + len(name)))
    return pd.DataFrame(rows, columns=["region", "type", "text", "start", "end"])


def find_in(texts):
    """The mentions of each text, in order."""
    found = []
    for first in tqdm(range(0, len(texts), TOGETHER), desc="Finding names", leave=False):
        part = texts[first : first + TOGETHER]
        articles = pd.DataFrame({"doc_id": [str(each) for each in range(len(part))], "text": part})
        articles = articles.reindex(columns=wb.schema.columns("articles"))
        mentions = wb.find_mentions(articles, wb.split_tokens(articles))
        by_text = dict(list(mentions.groupby("doc_id")))
        found += [by_text.get(str(each), mentions.iloc[:0]) for each in range(len(part))]
    return found


def names_by_region():
    """Rows of the card: how many of the names of each region are found to the letter."""
    sentences = make_sentences()
    right = []
    for row, mentions in zip(
        sentences.itertuples(), find_in(sentences["text"].tolist()), strict=True
    ):
        same = (mentions["start"] == row.start) & (mentions["end"] == row.end)
        right.append(bool((same & mentions["actor_type"].isin(WANTED[row.type])).any()))
    sentences = sentences.assign(right=right)
    rows = []
    for actor_type, of_type in [("all", sentences), *sentences.groupby("type", sort=False)]:
        for region, hits in [("all", of_type["right"]), *of_type.groupby("region")["right"]]:
            measure = f"names found, {actor_type}"
            rows.append((measure, region, len(hits), *share_of(hits)))
    return rows


def share_of(hits):
    """A share in percent and its Wilson interval."""
    n, share = len(hits), hits.mean()
    middle = (share + LEVEL**2 / (2 * n)) / (1 + LEVEL**2 / n)
    reach = LEVEL * np.sqrt(share * (1 - share) / n + LEVEL**2 / (4 * n**2)) / (1 + LEVEL**2 / n)
    return tuple(round(100 * each, 1) for each in (share, middle - reach, middle + reach))


def pronouns_by_gender(path):
    """Rows of the card: F1 of the names that pronouns are linked to, by gender."""
    with open(path, encoding="utf-8", newline="") as lines:
        records = list(csv.DictReader(lines, delimiter="\t"))
    counts = {"he, him, his": [], "she, her": []}
    for record, mentions in zip(records, find_in([each["Text"] for each in records]), strict=True):
        is_male = record["Pronoun"].lower() in MALE
        counts["he, him, his" if is_male else "she, her"].append(count_links(record, mentions))
    draws = np.random.default_rng(0)
    rows = []
    for group, found in counts.items():
        found = np.array(found)
        drawn = found[draws.integers(len(found), size=(DRAWS, len(found)))].sum(1)
        low, high = np.percentile(f1(drawn), [2.5, 97.5])
        score = f1(found.sum(0, keepdims=True))[0]
        rows.append(("pronouns linked, F1", group, len(found), *np.round((score, low, high), 1)))
    return rows


def count_links(record, mentions):
    """(right, wrong, missed) links of one pronoun to the two names beside it."""
    named = mentions[mentions["actor"].notna()]
    whom = set(named.loc[named["start"] == int(record["Pronoun-offset"]), "actor"])
    right = wrong = missed = 0
    for letter in "AB":
        start = int(record[f"{letter}-offset"])
        end = start + len(record[letter])
        there = named[(named["start"] < end) & (named["end"] > start)]
        says, is_so = bool(whom & set(there["actor"])), record[f"{letter}-coref"] == "TRUE"
        right, wrong, missed = (
            right + (says and is_so),
            wrong + (says and not is_so),
            missed + (is_so and not says),
        )
    return right, wrong, missed


def f1(counts):
    """F1 in percent of rows (right, wrong, missed)."""
    right, wrong, missed = counts.T
    return 200 * right / np.maximum(2 * right + wrong + missed, 1)


def main(arguments=None):
    """Measure, print, write."""
    parser = make_parser("benchmarks.fairness", __doc__)
    parser.add_argument("output")
    parser.add_argument("--gap", help="GAP's development part")
    args = parser.parse_args(arguments)
    rows = names_by_region()
    if args.gap:
        rows += pronouns_by_gender(args.gap)
    table = pd.DataFrame(rows, columns=COLUMNS)
    print(table.to_string(index=False))
    table.to_csv(args.output, index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
