"""An address followed in Python, as the page follows it: what a number's passages add up to."""

from urllib.parse import parse_qsl

from analysis.measure.addresses import ADDS, PREFIX, N, as_written


def read_address(address):
    """(passages, {column: values}, n, adds) of an address that `address_of` made."""
    passages, _, query = address.removeprefix(PREFIX).partition("?")
    where = {}
    for key, value in parse_qsl(query, keep_blank_values=True):
        where.setdefault(key, []).append(value)
    n = where.pop(N, [None])[0]
    adds = where.pop(ADDS, [""])[0]
    return passages, where, None if n is None else int(n), adds


def find_behind(address, passages):
    """The rows of `passages` behind a number's address, and what they add up to."""
    name, where, _, adds = read_address(address)
    rows = passages[name]
    for column, values in where.items():
        rows = rows[rows[column].map(as_written).isin(values).astype(bool)]
    if not adds:
        return rows, len(rows)
    if adds in ("sentence_id", "paragraph_id"):
        return rows, len(rows.drop_duplicates(["doc_id", adds]))
    if adds == "speaker":
        return rows, len(set(rows["speaker"].map(as_written)))
    return rows, int(rows[adds].sum())
