"""Where an article says when."""

from . import schema

WHEN = ("DATE", "TIME")


def find_dates(tokens):
    """Find expressions of time ("Jan. 3", "last Saturday", "two years"): one row each, as spaCy's model tells them.

    They are marked in the reading view; which day is meant is not worked out.

    >>> find_dates(split_tokens(read_texts("He was killed on Jan. 3, 2020.")))["text"].tolist()
    ['Jan. 3, 2020']
    """
    ent = schema.check(tokens, "tokens")["ent"]
    when = ent.str[2:].isin(WHEN)
    inside = tokens[when]
    number = ent[when].str.startswith("B-").cumsum()
    rows = []
    for _, span in inside.groupby(number, sort=False):
        first, last = span.iloc[0], span.iloc[-1]
        gaps = [" " * (later - end) for end, later in zip(span["end"], span["start"].iloc[1:], strict=False)]
        text = "".join(token + gap for token, gap in zip(span["token"], [*gaps, ""], strict=True))
        place = (first["doc_id"], first["sentence_id"], first["paragraph_id"], first["start"], last["end"])
        rows.append((*place, text, f"spaCy's model: {first['ent'][2:].lower()}"))
    return schema.table(rows, "dates")
