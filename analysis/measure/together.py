"""Who is mentioned together with whom."""

import difflib

import pandas as pd

from .. import schema
from ..errors import SchemaError
from ..schema import ACTOR_TYPES, REFERRING
from .actors import count_actors, select_counted
from .groups import by_article
from .in_parts import add_up


@by_article
def count_comentions(mentions, *, within="sentence", kinds=REFERRING, types=ACTOR_TYPES):
    """Count who is mentioned together with whom: one row a pair of actors, most often first.

    `n` is the number of sentences (or paragraphs: `within="paragraph"`) in which both are
    mentioned; `share` is `n` as a share of those in which either is (Jaccard's index): 1 if the one
    never comes without the other. `actor` is the one of the two that is mentioned more often.
    `kinds` and `types` choose mentions as in `select_counted`, and `select_comentions` gives those
    behind a pair. Any other `within` raises SchemaError. To be mentioned together is not to be
    connected: read the passages.

    >>> articles = read_texts("Putin met Joe Biden. Putin left.")
    >>> count_comentions(find_mentions(articles, split_tokens(articles))).values.tolist()
    [['Putin', 'Joe Biden', 1, 0.5]]
    """
    place = choose_place(within)
    chosen = {"kinds": kinds, "types": types}
    sums = add_up(tally_comentions, mentions, place=place, **chosen)
    actors = count_actors(mentions, **chosen)["actor"]
    rank = pd.Series(actors.index, index=actors)
    pairs, size = sums["pairs"], sums["places"].set_index("actor")["n"]
    ranks = pairs[["one", "two"]].apply(lambda names: names.map(rank)).astype("int64")
    sizes = pairs[["one", "two"]].apply(lambda names: names.map(size)).astype("int64")
    either = sizes.sum(axis=1) - pairs["n"]
    pairs = pairs.assign(one=ranks.min(axis=1), two=ranks.max(axis=1), share=pairs["n"] / either)
    pairs = pairs.assign(actor=pairs["one"].map(actors), other=pairs["two"].map(actors))
    pairs = pairs.sort_values(["n", "one", "two"], ascending=[False, True, True], ignore_index=True)
    return schema.table(pairs, "comentions")


def tally_comentions(sums, mentions, *, place, kinds, types):
    """Note in how many places each actor is, and each pair of actors (in the alphabet's order)."""
    counted = select_counted(mentions, kinds=kinds, types=types)
    places = counted[[*place, "actor"]].drop_duplicates()
    sums.count("places", places, ["actor"])
    code, actors = pd.factorize(places["actor"], sort=True)
    places = places.assign(one=code)[[*place, "one"]]
    pairs = places.merge(places.rename(columns={"one": "two"}), on=place)
    pairs = pairs[pairs["one"] < pairs["two"]]
    named = {side: actors.take(pairs[side]) for side in ("one", "two")}
    sums.count("pairs", pairs.assign(**named), ["one", "two"])


def select_comentions(
    mentions, actor, other, *, within="sentence", kinds=REFERRING, types=ACTOR_TYPES
):
    """Select the mentions of two actors where both are mentioned.

    They are the rows behind one number of `count_comentions`, under the same options. An actor that
    is not counted raises SchemaError.

    >>> articles = read_texts("Putin met Joe Biden. Putin left.")
    >>> mentions = find_mentions(articles, split_tokens(articles))
    >>> select_comentions(mentions, "Putin", "Joe Biden")["sentence_id"].values.tolist()
    [1, 1]
    """
    place = choose_place(within)
    counted = select_counted(mentions, kinds=kinds, types=types)
    known = set(counted["actor"])
    for wrong in (name for name in (actor, other) if name not in known):
        near = difflib.get_close_matches(str(wrong), counted["actor"].unique(), 1)
        mend = "See count_actors(mentions)."
        if near:
            mend = f"Did you mean “{near[0]}”?"
        raise SchemaError(f"no actor “{wrong}” is counted here. {mend}")
    both = counted[counted["actor"].isin([actor, other])]
    return both[both.groupby(place)["actor"].transform("nunique") == 2]


def choose_place(within):
    """The columns that tell one sentence (or paragraph) from another."""
    if within not in ("sentence", "paragraph"):
        raise SchemaError(
            "mentions are counted together within a “sentence” or a “paragraph”, "
            f"not within “{within}”."
        )
    return ["doc_id", f"{within}_id"]
