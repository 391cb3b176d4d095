"""What articles give different figures or dates for: each thing once, with all that is said."""

import pandas as pd

from .. import schema
from .outlets import names_by_article

# Measures are of one thing only where the words around them are this much alike: deaths, injuries
# or a time of day are one thing in articles on one event, a sum of money need not be.
ALIKE = 0.4
OF_MEASURES = "measure"
NODE = ["doc_id", "start", "end"]
OTHER_NODE = ["other_doc_id", "other_start", "other_end"]


def select_disputed(conflicts):
    """Select the passages that conflict with another: one row a passage, those of one thing under
    one number, the things most articles speak of first.

    From `find_conflicts(articles, tokens, …)`. `thing` is the number, `what` how most of its
    passages put it. What conflicts with a passage of a thing is of that thing.

    >>> articles = read_texts(["Police shot at marchers in Linz. Two people were killed.",
    ...                        "In Linz, police shot at the marchers and killed three people."])
    >>> disputed = select_disputed(find_conflicts(articles, split_tokens(articles)))
    >>> disputed[["thing", "text", "value"]].values.tolist()
    [[1, 'Two', '2'], [1, 'three', '3']]
    """
    rows = schema.check(conflicts, "conflicts")
    rows = rows[~rows["agrees"] & ((rows["code"] != OF_MEASURES) | (rows["sure"] >= ALIKE))]
    numbers = number_things(rows)
    passages = rows.drop_duplicates(NODE).reset_index(drop=True)
    spans = zip(*(passages[column] for column in NODE), strict=True)
    passages["thing"] = [numbers[span] for span in spans]
    named = passages.groupby("thing")["what"].agg(lambda what: what.value_counts().index[0])
    size = passages.groupby("thing")["doc_id"].nunique()
    order = size.sort_values(ascending=False, kind="stable").index
    rank = {thing: place for place, thing in enumerate(order, 1)}
    passages["what"] = passages["thing"].map(named)
    passages["thing"] = passages["thing"].map(rank)
    return schema.table(passages[schema.columns("disputed")], "disputed")


def number_things(rows):
    """{span of a passage: the number of its thing}: spans that conflict have the same."""
    parent = {}

    def root(span):
        parent.setdefault(span, span)
        while parent[span] != span:
            parent[span] = parent[parent[span]]
            span = parent[span]
        return span

    for spans in rows[[*NODE, *OTHER_NODE]].itertuples(index=False, name=None):
        one, two = root(spans[:3]), root(spans[3:])
        parent[max(one, two)] = min(one, two)
    roots = [root(span) for span in parent]
    numbers = {each: number for number, each in enumerate(dict.fromkeys(sorted(roots)), 1)}
    return {span: numbers[root(span)] for span in list(parent)}


def count_disputed(disputed, articles):
    """Count what is said of each thing: one row a thing and value.

    `n` passages, `text` the words of the first, `articles` which ones say so, `voices` in whose
    words it stands there, where that was asked.
    """
    rows = schema.check(disputed, "disputed")
    names = names_by_article(articles)
    rows = rows.assign(article=rows["doc_id"].map(names))
    counts = rows.groupby(["thing", "value"], dropna=False, sort=False).agg(
        what=("what", "first"),
        text=("text", "first"),
        n=("text", "size"),
        articles=("article", join_once),
        voices=("voice", join_once),
    )
    counts = counts.reset_index()
    counts = counts.assign(size=pd.to_numeric(counts["value"], errors="coerce"))
    counts = counts.sort_values(["thing", "size", "value"], kind="stable", ignore_index=True)
    return schema.table(counts[schema.columns("disputed_counts")], "disputed_counts")


def join_once(texts):
    """The different texts with semicolons between."""
    return "; ".join(dict.fromkeys(texts.dropna()))
