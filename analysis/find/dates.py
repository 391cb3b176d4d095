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
    number = inside["ent"].str.startswith("B-").cumsum().rename("number")
    spans = inside.groupby(number, sort=False)
    dates = spans.first().assign(end=spans["end"].last())
    rows = []
    for date in dates.itertuples():
        row = {
            "doc_id": date.doc_id,
            "sentence_id": date.sentence_id,
            "paragraph_id": date.paragraph_id,
            "start": date.start,
            "end": date.end,
            "text": texts[date.doc_id][date.start : date.end],
            "rule": f"spaCy's model: {date.ent[2:].lower()}",
        }
        rows.append(row)
    return schema.table(rows, "dates")
