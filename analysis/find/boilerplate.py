"""What on a page is not the article."""

from .. import schema
from ..parse.furniture import place_furniture
from ..read.articles import analysed


def find_boilerplate(articles):
    """Find what belongs to the page and not to the article: one row a passage.

    Credits, share lines, links to other articles and the like: whole paragraphs, or passages at an
    end of one, that match a pattern of `data/boilerplate.csv`. The other functions leave them out.

    >>> find_boilerplate(read_articles())[["text", "rule"]].values.tolist()
    [['Share this article', 'share line']]
    """
    rows = []
    for article in analysed(articles).itertuples():
        for start, end, rule in place_furniture(article.text):
            rows.append((article.doc_id, start, end, article.text[start:end], rule))
    return schema.table(rows, "boilerplate")
