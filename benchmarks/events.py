"""How well events are found and dated: ``python -m benchmarks.events [BASIL.jsonl]``.

BASIL.jsonl holds articles with `doc_id`, `date` and `text`; ten of its development part are coded
in `data/gold/events.csv`, and the article in `seeds`, which needs no file. What the rules missed
in six of these and the article was read before they were last mended (part `read`), not in the
other four (`fresh`). A date is right where
its days are those coded, narrower where it has some of them, wider where it has others, too, wrong
else; where none is coded, it is a guess. What is past has ended on the day of publication. What is
missed, open or wrong is listed.
"""

import json

import pandas as pd

import analysis as wb
from analysis.find.when.ties import days_of
from analysis.lexicons import resource
from benchmarks.commands import make_parser

SEED = "seeds/000_ff539187bb1851f8.txt"
SEED_ID = "article"
OUTCOMES = ("right", "narrower", "wider", "wrong", "open", "guess", "rightly open", "missed")


def read_coded(path, wanted):
    """{text_id: articles table} of the seed, where it is wanted, and of the articles in a file."""
    read = {}
    if SEED_ID in wanted:
        read[SEED_ID] = wb.read_articles(str(resource("seeds").parent / SEED))
    if path is not None:
        with open(path, encoding="utf-8") as lines:
            for line in map(json.loads, lines):
                if line["doc_id"] in wanted:
                    article = wb.read_texts([line["text"]])
                    read[line["doc_id"]] = article.assign(published=line["date"])
    return read


def find_in(articles):
    """The events of an article."""
    tokens = wb.split_tokens(articles)
    speech = wb.find_speech(articles, tokens)
    mentions = wb.find_mentions(articles, tokens, speech)
    quotes = wb.find_quotes(articles, tokens, mentions, speech)
    dates = wb.find_dates(articles, tokens, speech)
    return wb.find_events(articles, tokens, dates, mentions, quotes, speech)


def compare_events(coded, articles):
    """The coded events of one article, each with what is found; and what else is found."""
    text, events = articles["text"].iloc[0], find_in(articles)
    published = articles["published"].iloc[0]
    rows, matched = [], set()
    for each in coded.itertuples():
        start = text.index(each.words) + each.words.index(each.verb)
        there = events[events["start"] == start]
        found = there.iloc[0] if len(there) else None
        if found is not None:
            matched.add(start)
        rows.append(
            {
                "words": each.words,
                "value": each.value,
                "kind": each.kind,
                "found_kind": None if found is None else found["kind"],
                "date": None if found is None else found["date"],
                "rule": "" if found is None else f"{found['code']}: {found['rule']}",
                "outcome": "missed" if found is None else judge(each.value, found, published),
            }
        )
    return pd.DataFrame(rows), events[~events["start"].isin(matched)]


def judge(value, found, published):
    """What a date is beside the coded one. Both end on the day of publication, if they began."""
    if not value:
        return "rightly open" if pd.isna(found["date"]) else "guess"
    if pd.isna(found["date"]):
        return "open"
    first, last = (day.isoformat() for day in days_of(value))
    one = found["first"] if pd.notna(found["first"]) else ""
    two = found["last"] if pd.notna(found["last"]) else "9999"
    last, two = (
        min(end, published) if begin <= published else end
        for begin, end in ((first, last), (one, two))
    )
    if (one, two) == (first, last):
        return "right"
    if first <= one and two <= last:
        return "narrower"
    return "wider" if one <= first and last <= two else "wrong"


def main(argv=None):
    """Print how many of the coded events are found, and how their dates come out."""
    parser = make_parser("benchmarks.events", __doc__)
    parser.add_argument("articles", nargs="?")
    options = parser.parse_args(argv)
    gold = pd.read_csv(resource("data") / "gold" / "events.csv", keep_default_na=False)
    read = read_coded(options.articles, set(gold["text_id"]))
    for part, its in gold.groupby("part", sort=False):
        compared, others = [], []
        for text_id, coded in its.groupby("text_id", sort=False):
            if text_id in read:
                each, other = compare_events(coded, read[text_id])
                compared.append(each)
                others.append(other)
        if compared:
            print_part(part, pd.concat(compared), pd.concat(others))


def print_part(part, compared, others):
    """Print what became of the coded events of one part, and list what is not right."""
    counts = compared["outcome"].value_counts().reindex(OUTCOMES, fill_value=0)
    found, dated = len(compared) - counts["missed"], int((compared["value"] != "").sum())
    print(f"{part}: {len(compared)} events coded, {found} found ({found / len(compared):.1%})")
    print(f"found and not coded: {len(others)}, of these dated {others['date'].notna().sum()}")
    print(f"dated in the coding: {dated}, right {counts['right']} ({counts['right'] / dated:.1%})")
    for outcome in OUTCOMES:
        print(f"  {outcome}: {counts[outcome]}")
    for row in compared.itertuples():
        if row.outcome not in ("right", "rightly open"):
            given = row.date if pd.notna(row.date) else "none"
            print(f"{row.outcome}: {row.words} ({row.value or 'none'}): {given}; {row.rule}")
    for row in others[others["date"].notna()].itertuples():
        print(f"not coded: {row.event}: {row.date}; {row.code}")


if __name__ == "__main__":
    main()
