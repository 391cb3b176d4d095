"""Where an article says when."""

from .. import schema
from ..read.articles import texts_behind

WHEN = ("DATE", "TIME")


def find_dates(articles, tokens):
    """Find expressions of time ("Jan. 3", "last Saturday", "two years"): one row each.

    They are those that spaCy's model tells, and are marked in the reading view; which day is meant
    is not worked out.

    >>> articles = read_texts("He was killed on Jan. 3, 2020.")
    >>> find_dates(articles, split_tokens(articles))["text"].tolist()
    ['Jan. 3, 2020']
    """
    texts = texts_behind(articles, schema.check(tokens, "tokens"))
    inside = tokens[tokens["ent"].str[2:].isin(WHEN)]
    number = inside["ent"].str.startswith("B-").cumsum()
    rows = []
    for _, span in inside.groupby(number, sort=False):
        first, end = span.iloc[0], span["end"].iat[-1]
        row = {
            **first[["doc_id", "sentence_id", "paragraph_id", "start"]],
            "end": end,
            "text": texts[first["doc_id"]][first["start"] : end],
            "rule": f"spaCy's model: {first['ent'][2:].lower()}",
        }
        rows.append(row)
    return schema.table(rows, "dates")
