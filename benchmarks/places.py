"""How well places are found and placed: ``python -m benchmarks.places WIKINEWS.csv``.

WIKINEWS.csv is a table of Wikinews articles with the columns `title` and `text`; those of 2019
hold the eight articles of `data/gold/places.csv`. Every mention that is missed or placed in another
country is listed.
"""

import pandas as pd

import analysis as wb
from analysis.lexicons import resource

from .commands import make_parser


def compare_places(gold, articles):
    """The gold mentions, each with the row of `find_places` that it touches, if any."""
    read = wb.read_texts(articles["text"].tolist())
    titles = dict(zip(read["text"], articles["title"], strict=True))
    mentions = wb.find_mentions(read, wb.split_tokens(read), across=False)
    places = wb.find_places(mentions)
    places["title"] = places["doc_id"].map(read.set_index("doc_id")["text"].map(titles))
    rows = []
    for coded in gold.itertuples():
        there = places[places["title"] == coded.title]
        end = coded.start + len(coded.text)
        touched = there[(there["start"] < end) & (there["end"] > coded.start)]
        found = touched.iloc[0] if len(touched) else None
        rows.append(
            {
                "title": coded.title,
                "text": coded.text,
                "country": coded.country,
                "found": found is not None,
                "placed": None if found is None else found["country_code"],
                "on_map": found is not None and pd.notna(found["latitude"]),
                "rule": "no mention of a place" if found is None else found["rule"],
            }
        )
    return pd.DataFrame(rows)


def main(argv=None):
    """Print how many of the coded mentions are found, placed, and in the right country."""
    parser = make_parser("benchmarks.places", __doc__)
    parser.add_argument("articles")
    options = parser.parse_args(argv)
    gold = pd.read_csv(resource("data") / "gold" / "places.csv", keep_default_na=False)
    articles = pd.read_csv(options.articles)
    articles = articles[articles["title"].isin(gold["title"])]
    compared = compare_places(gold, articles)
    placed = compared["placed"].notna()
    right = compared["placed"] == compared["country"]
    print(f"places: {len(compared)} coded, {compared['found'].sum()} found as mentions of places")
    print(f"country: {placed.sum()} given, {right.sum()} right ({right.mean():.1%} of all coded)")
    print(
        f"with coordinates: {compared['on_map'].sum()}, of the country: "
        f"{(compared['on_map'] & right).sum()}"
    )
    for row in compared[~right].itertuples():
        given = row.placed if pd.notna(row.placed) else "none"
        print(f"  {row.text} ({row.country}): {given}; {row.rule}")


if __name__ == "__main__":
    main()
