"""How often each actor is called what."""

from .. import schema
from .groups import by_article
from .in_parts import add_up

LABELS_BY = ("form", "voice", "doc_id", "first_mention")


@by_article
def count_labels(labels, *, by=None):
    """Count the labels of each actor: one row an actor and label (and a value of `by`).

    The actor with most labels comes first, its most frequent label on top. `by` is one or more of
    form, voice, first_mention and doc_id; `share` is of the actor's labels.

    >>> articles = read_texts("President Joe Biden met Mayor Ann Lee. President Biden left.")
    >>> tokens = split_tokens(articles)
    >>> labels = find_labels(articles, tokens, find_mentions(articles, tokens))
    >>> count_labels(labels)[["actor", "label", "n"]].values.tolist()
    [['Joe Biden', 'president', 2], ['Ann Lee', 'mayor', 1]]
    """
    by = schema.count_by(by, LABELS_BY, "labels")
    keys = ["actor", "actor_type", "label", *by]
    counts = add_up(tally_labels, labels, keys=keys)["labels"].sort_values(keys)
    total = counts.groupby("actor")["n"].transform("sum")
    counts = counts.assign(share=counts["n"] / total, total=total)
    order = ["total", "actor", "n", "label"]
    counts = counts.sort_values(order, ascending=[False, True, False, True], ignore_index=True)
    columns = list(dict.fromkeys([*by, *schema.columns("label_counts")]))
    return schema.typed(counts[columns], "label_counts")


def tally_labels(sums, labels, *, keys):
    """Note how often each actor is called what."""
    sums.count("labels", schema.check(labels, "labels"), keys)
