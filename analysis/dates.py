"""Where an article says when."""

from . import schema
from .articles import texts_behind

WHEN = ("DATE", "TIME")


def find_dates(articles, tokens):
    """Find expressions of time ("Jan. 3", "last Saturday", "two years"): one row each, as spaCy's model tells them.

    They are marked in the reading view; which day is meant is not worked out.

    >>> articles = read_texts("He was killed on Jan. 3, 2020.")
    >>> find_dates(articles, split_tokens(articles))["text"].tolist()
    ['Jan. 3, 2020']
    """
    texts = texts_behind(articles, schema.check(tokens, "tokens"))
    inside = tokens[tokens["ent"].str[2:].isin(WHEN)]
    rows = []
    for _, span in inside.groupby(inside["ent"].str.startswith("B-").cumsum(), sort=False):
        first, end = span.iloc[0], span["end"].iat[-1]
        text = texts[first["doc_id"]][first["start"] : end]
        place = (first["doc_id"], first["sentence_id"], first["paragraph_id"], first["start"], end)
        rows.append((*place, text, f"spaCy's model: {first['ent'][2:].lower()}"))
    return schema.table(rows, "dates")
