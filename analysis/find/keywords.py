"""A word in its contexts: the concordance."""

import re

from .. import schema
from ..read.articles import texts_behind
from ..schema import SENTENCE


def find_words(articles, tokens, word, *, width=60):
    """Find a word with what stands around it: one row a hit (a concordance, or keyword in context).

    `word` is a dictionary form or a form in the text ("sanction" finds "sanctions", "sanctioned"),
    or a list of them; case does not count. `width` is how many characters to show on each side,
    within the sentence, 60 by default.

    >>> articles = read_texts("Iran imposed sanctions. Talks go on.")
    >>> hits = find_words(articles, split_tokens(articles), "sanction")
    >>> hits[["left", "hit", "right"]].values.tolist()
    [['Iran imposed', 'sanctions', '.']]
    """
    texts = texts_behind(articles, schema.check(tokens, "tokens"))
    wanted = [each.lower() for each in ([word] if isinstance(word, str) else word)]
    by_lemma = tokens["lemma"].str.lower().isin(wanted)
    by_form = tokens["token"].str.lower().isin(wanted)
    edges = tokens.groupby(SENTENCE).agg(first=("start", "min"), last=("end", "max"))
    rows = []
    for hit in tokens[by_lemma | by_form].join(edges, on=SENTENCE).itertuples():
        text = texts[hit.doc_id]
        row = {
            "doc_id": hit.doc_id,
            "sentence_id": hit.sentence_id,
            "paragraph_id": hit.paragraph_id,
            "start": hit.start,
            "end": hit.end,
            "left": on_line(text[max(hit.first, hit.start - width) : hit.start]),
            "hit": text[hit.start : hit.end],
            "right": on_line(text[hit.end : min(hit.last, hit.end + width)]),
        }
        rows.append(row)
    return schema.table(rows, "hits")


def on_line(text):
    """Text on one line."""
    return re.sub(r"\s+", " ", text).strip()
