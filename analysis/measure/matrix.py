"""The document-feature matrix: how often each word is in each text."""

from .. import schema
from ..errors import SchemaError
from .words import CONTENT_POS, count_words


def count_matrix(tokens, *, by="doc_id", table=None, min_n=1, min_articles=1, **options):
    """Count a document-feature matrix, without its zeros: one row a text and word in it.

    A text is an article, or what `by` and `table` say, as in `count_words`, whose `options` (unit,
    n, pos, names, stopwords) choose words. Words of fewer than `min_n` in all, or of fewer than
    `min_articles` texts, are left out. `write_matrix` makes files of it that R's quanteda and
    scikit-learn read; `matrix.pivot_table(values="n", index="document", columns="word",
    fill_value=0)` shows a small one in full.

    >>> tokens = split_tokens(read_texts(["The snow fell.", "My snow, my snow!"]))
    >>> count_matrix(tokens)[["word", "n"]].values.tolist()
    [['snow', 2], ['fall', 1], ['snow', 1]]
    """
    if not isinstance(by, str):
        raise SchemaError('a matrix has one row a text: name one column, such as by="doc_id".')
    counts = count_words(tokens, by=by, table=table, **({"pos": CONTENT_POS} | options))
    counts = counts.rename(columns={by: "document", "lemma": "word"})
    counts = counts.assign(document=counts["document"].astype("str"))
    counts = counts.groupby(["document", "word"], sort=True)["n"].sum().reset_index()
    totals = counts.groupby("word")["n"].agg(["sum", "size"])
    kept = totals.index[(totals["sum"] >= min_n) & (totals["size"] >= min_articles)]
    return schema.table(counts[counts["word"].isin(kept)], "matrix").reset_index(drop=True)
