"""Who is mentioned together with whom."""

import difflib

import pandas as pd

from .. import schema
from ..errors import SchemaError
from ..schema import ACTOR_TYPES, REFERRING
from .actors import count_actors, select_counted
from .groups import by_article


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
    counted = select_counted(mentions, kinds=kinds, types=types)
    actors = count_actors(counted, kinds=None, types=None)["actor"]
    rank = pd.Series(actors.index, index=actors)
    places = counted[[*place, "actor"]].drop_duplicates()
    one = places["actor"].map(rank).astype("int64")
    places = places.assign(one=one)[[*place, "one"]]
    pairs = places.merge(places.rename(columns={"one": "two"}), on=place)
    pairs = pairs[pairs["one"] < pairs["two"]]
    pairs = pairs.groupby(["one", "two"]).size().rename("n").reset_index()
    size = places["one"].value_counts()
    either = pairs["one"].map(size) + pairs["two"].map(size) - pairs["n"]
    pairs = pairs.assign(
        actor=pairs["one"].map(actors), other=pairs["two"].map(actors), share=pairs["n"] / either
    )
    pairs = pairs.sort_values(["n", "one", "two"], ascending=[False, True, True], ignore_index=True)
    return schema.table(pairs, "comentions")


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
