"""How much of an article stands word for word in another."""

import numpy as np
import pandas as pd

from .. import schema
from .groups import pair_with_spans
from .in_parts import add_up
from .words import word_rows

PAIR = ["doc_id", "other_doc_id"]


def count_copies(copies, tokens):
    """Count how much of an article stands in another: one row a pair, most first.

    From `find_copies(articles, tokens)`. `n` passages, `words` of the article in them, each once,
    and their `share` of all its words: 1 where the other holds all of it.

    >>> texts = ["The minister of trade left the city on Friday night.",
    ...          "He said: the minister of trade left the city on Monday."]
    >>> articles = read_texts(texts)
    >>> tokens = split_tokens(articles)
    >>> count_copies(find_copies(articles, tokens), tokens)["share"].tolist()
    [0.8, 0.7272727272727273]
    """
    sums = add_up(tally_copies, copies, tokens)
    counts = sums["passages"].merge(sums["words"], on=PAIR)
    total = counts["doc_id"].map(sums["all words"].set_index("doc_id")["n"])
    counts = counts.assign(share=counts["words"] / np.maximum(total.astype(float), 1))
    keys = ["share", *PAIR]
    counts = counts.sort_values(keys, ascending=[False, True, True], ignore_index=True)
    return schema.table(counts, "copy_counts")


def tally_copies(sums, copies, tokens):
    """Note how many passages and words of each article stand in which other."""
    words = tokens[word_rows(tokens)].reset_index(drop=True)
    rows, spans = pair_with_spans(words, schema.check(copies, "copies"))
    other = copies["other_doc_id"].to_numpy()[spans]
    doc = words["doc_id"].to_numpy()[rows]
    inside = pd.DataFrame({"doc_id": doc, "other_doc_id": other, "row": rows}).drop_duplicates()
    sums.add("words", inside.assign(words=1), PAIR, {"words": "sum"})
    sums.count("passages", copies, PAIR)
    is_copied = words["doc_id"].isin(copies["doc_id"])
    sums.count("all words", words[is_copied], ["doc_id"])
