"""How much of an article stands word for word in another."""

import numpy as np
import pandas as pd

from .. import schema
from .groups import pair_with_spans
from .words import word_rows


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
    words = tokens[word_rows(tokens)].reset_index(drop=True)
    rows, spans = pair_with_spans(words, schema.check(copies, "copies"))
    other = copies["other_doc_id"].to_numpy()[spans]
    doc = words["doc_id"].to_numpy()[rows]
    inside = pd.DataFrame({"doc_id": doc, "other_doc_id": other, "row": rows}).drop_duplicates()
    pair = ["doc_id", "other_doc_id"]
    counts = inside.groupby(pair).size().rename("words").reset_index()
    counts = counts.merge(copies.groupby(pair).size().rename("n").reset_index(), on=pair)
    total = counts["doc_id"].map(words.groupby("doc_id").size())
    counts = counts.assign(share=counts["words"] / np.maximum(total.astype(float), 1))
    keys = ["share", *pair]
    counts = counts.sort_values(keys, ascending=[False, True, True], ignore_index=True)
    return schema.table(counts, "copy_counts")
