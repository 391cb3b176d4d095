"""Which places are named, and how often."""

from .. import schema


def count_places(places):
    """Count the places that are named: one row a place, the most named first.

    From `find_places(mentions)`. A place that is in no list has a row without coordinates, and
    `unplaced` says why. Two places of one name are two rows.

    >>> articles = read_texts("Rain fell in Linz. The rain reached Vienna and left Linz.")
    >>> places = find_places(find_mentions(articles, split_tokens(articles)))
    >>> count_places(places)[["place", "country", "n"]].values.tolist()
    [['Linz', 'Austria', 2], ['Vienna', 'Austria', 1]]
    """
    schema.check(places, "places")
    same = ["place", "country", "latitude", "longitude"]
    unplaced = places["rule"].where(places["latitude"].isna())
    counts = places.assign(unplaced=unplaced).groupby(same, sort=False, dropna=False)
    counts = counts.agg(
        n=("doc_id", "size"), articles=("doc_id", "nunique"), unplaced=("unplaced", "first")
    ).reset_index()
    counts = counts.sort_values("n", ascending=False, kind="stable", ignore_index=True)
    return schema.table(counts, "place_counts")
