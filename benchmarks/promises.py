"""What tables and numbers promise, whatever the text; a check raises `BrokenError` if it is not so.

Tables come from `benchmarks.chain`; of pages, charts and files see `benchmarks.outputs`.
"""

from urllib.parse import parse_qsl

import pandas as pd

from analysis.measure.addresses import ADDS, PREFIX, N, as_written
from analysis.schema import PLACE

# The columns of spans other than `start` and `end`.
TEXT_COLUMNS = ("text", "token", "hit")
SECTIONS = ("sentence_id", "paragraph_id")


class BrokenError(AssertionError):
    """A promise that is not kept."""


def expect(kept, promise, *evidence):
    """Raise `BrokenError`, with the evidence, where a promise is not kept."""
    if not kept:
        raise BrokenError(promise, *(str(piece)[:300] for piece in evidence))


def visible(text):
    """A text without white space."""
    return "".join(text.split())


def check_rows(texts, articles):
    """Every text has its row, in its place; halves of characters are replaced."""
    expect(len(texts) == len(articles), "a row for every article", len(texts), len(articles))
    expect(articles["doc_id"].is_unique, "a name of its own for each article")
    for text, kept in zip(texts, articles["text"], strict=True):
        expect(len(text) == len(kept), "a text as long as it was given", text, kept)


def check_spans(tables):
    """Spans are inside their text, which reads there as the row says."""
    texts = dict(zip(tables["articles"]["doc_id"], tables["articles"]["text"], strict=True))
    for name, table in tables.items():
        if not {"doc_id", "start", "end"} <= set(table):
            continue
        places = zip(table["doc_id"], table["start"], table["end"], strict=True)
        places = [(texts[doc_id], start, end) for doc_id, start, end in places]
        inside = all(0 <= start < end <= len(text) for text, start, end in places)
        expect(inside, f"spans of {name} are inside the text")
        pieces = [text[start:end] for text, start, end in places]
        for column in set(TEXT_COLUMNS) & set(table):
            for piece, said in zip(pieces, table[column], strict=True):
                expect(piece == said, f"{name}.{column} is what stands there", piece, said)


def check_order(tables):
    """Sentences and tokens stand one behind the other."""
    for name in ("sentences", "tokens"):
        for _, rows in tables[name].groupby("doc_id"):
            behind = (one <= two for one, two in zip(rows["end"], rows["start"][1:], strict=False))
            expect(all(behind), f"{name} stand one behind the other")


def check_nothing_lost(tables):
    """Sentences and boilerplate make up the text, tokens their sentences."""
    pieces = pd.concat([tables["sentences"], tables["boilerplate"]]).sort_values("start")
    kept = pieces.groupby("doc_id")["text"].agg("".join).to_dict()
    articles = tables["articles"]
    for article in articles[articles["left_out"].isna()].itertuples():
        there = visible(kept.get(article.doc_id, ""))
        expect(there == visible(article.text), "every letter is in a sentence", there)
    tokens = tables["tokens"].groupby(["doc_id", "sentence_id"])["token"].agg("".join)
    for row in tables["sentences"].itertuples():
        there = visible(tokens.get((row.doc_id, row.sentence_id), ""))
        expect(there == visible(row.text), "every letter is in a token", there, row.text)


def check_numbered(tables):
    """Rows are numbered from 0."""
    for name, table in tables.items():
        expect(table.index.equals(pd.RangeIndex(len(table))), f"rows of {name} are numbered")


def check_unchanged(tables, copies):
    """No function has changed a table of its caller."""
    for name, table in copies.items():
        expect(table.equals(tables[name]), f"{name} is unchanged")


class Passages:
    """The passages behind numbers, as Python finds them."""

    def __init__(self, tables):
        self.places, self.columns = {}, {}
        for name, table in tables.items():
            self.places[name] = list(table[PLACE].itertuples(index=False, name=None))
            self.columns[name] = {key: list(map(as_written, table[key])) for key in table}

    def find(self, address):
        """(rows, what they add up to, the number that the address says or None)."""
        name, _, query = address.removeprefix(PREFIX).partition("?")
        asked = {}
        for key, value in parse_qsl(query, keep_blank_values=True):
            asked.setdefault(key, []).append(value)
        n, adds = asked.pop(N, [None])[0], asked.pop(ADDS, [""])[0]
        columns = self.columns[name]
        rows = range(len(self.places[name]))
        for key, values in asked.items():
            rows = [row for row in rows if columns[key][row] in values]
        total = self.add_up(columns, list(rows), adds)
        return [self.places[name][row] for row in rows], total, None if n is None else int(n)

    def add_up(self, columns, rows, adds):
        """What rows add up to."""
        if not adds:
            return len(rows)
        values = [columns[adds][row] for row in rows]
        if adds in SECTIONS:
            return len({(columns["doc_id"][row], columns[adds][row]) for row in rows})
        return len(set(values)) if adds == "speaker" else sum(map(int, values))


def check_addresses(addresses, passages):
    """Every number's passages are there and add up to it."""
    for address in addresses:
        rows, total, n = passages.find(address)
        expect(rows, "a number has passages", address)
        expect(n in (None, total), "passages add up to their number", address, total)


def expect_marks(places, firsts):
    """The marks that a list of passages has: (article, sentence, start, end) within the sentence.

    Of marks that overlap, the inner one ends where the outer does.
    """
    marks = []
    spans = [(doc, sentence, start, end) for doc, sentence, _, start, end in places]
    spans.sort(key=lambda span: (span[0], span[1], span[2], -span[3]))
    open_marks = []
    for (doc, sentence, start, end), before in zip(spans, [None, *spans], strict=False):
        if before is None or before[:2] != (doc, sentence):
            open_marks = []
        while open_marks and open_marks[-1] <= start:
            open_marks.pop()
        end = min(end, open_marks[-1]) if open_marks else end
        open_marks.append(end)
        first = firsts[doc, sentence]
        marks.append([str(doc), str(sentence), start - first, end - first])
    return marks
