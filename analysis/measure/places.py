"""Which places are named, and how often."""

from .. import schema
from .in_parts import add_up
from .sums import mark_first

SAME_PLACE = ["place", "country", "latitude", "longitude"]


def count_places(places):
    """Count the places that are named: one row a place, the most named first.

    From `find_places(mentions)`. A place that is in no list has a row without coordinates, and
    `unplaced` says why. Two places of one name are two rows.

    >>> articles = read_texts("Rain fell in Linz. The rain reached Vienna and left Linz.")
    >>> places = find_places(find_mentions(articles, split_tokens(articles)))
    >>> count_places(places)[["place", "country", "n"]].values.tolist()
    [['Linz', 'Austria', 2], ['Vienna', 'Austria', 1]]
    """
    counts = add_up(tally_places, places)["places"]
    counts = counts.sort_values("n", ascending=False, kind="stable", ignore_index=True)
    return schema.table(counts, "place_counts")


def tally_places(sums, places):
    """Note how often each place is named, and in how many articles."""
    schema.check(places, "places")
    rows = places.assign(
        n=1,
        articles=mark_first(places, [*SAME_PLACE, "doc_id"]),
        unplaced=places["rule"].where(places["latitude"].isna()),
    )
    sums.add("places", rows, SAME_PLACE, {"n": "sum", "articles": "sum", "unplaced": "first"})
