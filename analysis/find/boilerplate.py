"""What on a page is not the article."""

from .. import schema
from ..lexicons import boilerplate_rule
from ..read.articles import analysed
from ..text import paragraph_spans


def find_boilerplate(articles):
    """Find what belongs to the page and not to the article: one row a passage.

    Share lines, advertisement labels and the like: whole paragraphs that match a pattern of
    `data/boilerplate.csv`. The other functions leave them out.

    >>> find_boilerplate(read_articles())[["text", "rule"]].values.tolist()
    [['Share this article', 'share line']]
    """
    rows = []
    for article in analysed(articles).itertuples():
        for start, end in paragraph_spans(article.text):
            rule = boilerplate_rule(article.text[start:end])
            if rule:
                rows.append((article.doc_id, start, end, article.text[start:end], rule))
    return schema.table(rows, "boilerplate")
