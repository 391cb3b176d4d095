"""Whether what is said to hold is more than chance: ``python -m benchmarks.outlets BASIL.jsonl``.

The articles of an event are given to the outlets at random, again and again: no difference between
outlets is left, and whatever `compare_groups` then says to hold is a false alarm.
"""

import numpy as np
import pandas as pd

import analysis as wb

from .commands import make_parser

# What BASIL's fields are called.
FIELDS = {"source": "outlet", "date": "published"}


def read_events(path):
    """The articles of a file with an event a group, in the order of the events."""
    frame = pd.read_json(path, lines=True, dtype=False).rename(columns=FIELDS)
    read = wb.read_texts(frame["text"].tolist())
    known = read["left_out"].isna()
    named = frame[["event_id", "outlet"]].reset_index(drop=True)
    read = read.assign(event=named["event_id"], outlet=named["outlet"].str.lower())
    return read[known].sort_values("event", kind="stable").reset_index(drop=True)


def exchange(articles, generator):
    """The articles with the outlets of each event in another order."""
    outlets = articles.groupby("event", sort=False)["outlet"].transform(generator.permutation)
    return articles.assign(outlet=outlets)


def count_alarms(articles, rows, tokens, *, events, draws, seed=0):
    """In how many of so many draws of some events anything is said to hold."""
    generator = np.random.default_rng(seed)
    known = articles["event"].unique()
    alarms = 0
    for _ in range(draws):
        drawn = generator.choice(known, size=min(events, len(known)), replace=False)
        chosen = exchange(articles[articles["event"].isin(drawn)], generator)
        its = chosen["doc_id"]
        compared = wb.compare_groups(
            rows[rows["doc_id"].isin(its)], chosen, tokens=tokens[tokens["doc_id"].isin(its)]
        )
        alarms += bool(compared["holds"].any())
    return alarms


def main(argv=None):
    """Print how often anything holds although nothing can, by number of events."""
    parser = make_parser("benchmarks.outlets", __doc__)
    parser.add_argument("articles")
    parser.add_argument("--events", type=int, nargs="+", default=[6, 10, 80])
    parser.add_argument("--draws", type=int, default=120)
    options = parser.parse_args(argv)
    articles = read_events(options.articles)
    tokens = wb.split_tokens(articles)
    rows = wb.select_counted(wb.find_mentions(articles, tokens))
    for events in options.events:
        alarms = count_alarms(articles, rows, tokens, events=events, draws=options.draws)
        share = alarms / options.draws
        print(
            f"{events} events: something holds in {alarms} of {options.draws} draws ({share:.1%})"
        )


if __name__ == "__main__":
    main()
