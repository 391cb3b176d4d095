"""A source cut into batches of articles: which articles stand together depends on them alone.

A batch ends where an article's own name says so, as the pieces of a file do in rsync and the like:
so an article more or less changes the batch that it stands in, and no other.
"""

import hashlib
import json
from typing import NamedTuple

import pandas as pd

from ... import schema
from ...read.articles import describe_record, put_above
from ...read.streams import stream_records

# Articles of a batch, more or less.
BATCH_ARTICLES = 200
# Characters of a batch at most: what a worker holds in memory does not grow with long articles.
BATCH_LETTERS = 2_000_000


class Batch(NamedTuple):
    """Articles that are analysed together."""

    number: int  # from 0, in the order of the source
    articles: pd.DataFrame
    read: int  # bytes of the source up to its end


class SeenInCorpus:
    """What was read before, in few bytes an article."""

    def __init__(self):
        self.texts, self.names, self.times = {}, set(), {}

    def find_first(self, words):
        """The name of the article with the same words that was read first; None of new words."""
        first = self.texts.get(number_words(words))
        return None if first is None else f"the article {first:012x}"

    def note(self, words, _, doc_id):
        """Note an article that is the first with its words."""
        self.texts[number_words(words)] = int(doc_id[:12], 16)

    def name(self, doc_id):
        """A name for an article that no other has."""
        number = int(doc_id, 16)
        if number not in self.names:
            self.names.add(number)
            return doc_id
        self.times[number] = self.times.get(number, 1) + 1
        return f"{doc_id}-{self.times[number]}"


def number_words(words):
    """A text as a number of 64 bits."""
    return int.from_bytes(hashlib.blake2b(words.encode(), digest_size=8).digest(), "big")


def cut_batches(source, *, text_column=None, language="en", headline=True, size=BATCH_ARTICLES):
    """The articles of a source in batches of about `size`, in order; read as they are asked for.

    Articles are those of `read_articles`: what cannot be analysed is among them, with the reason.
    """
    rows, letters, number, read = [], 0, 0, 0
    for row, read in describe_rows(source, text_column, language, headline):
        rows.append(row)
        letters += len(row["text"])
        if ends_batch(row["doc_id"], len(rows), size) or letters >= BATCH_LETTERS:
            yield Batch(number, schema.table(rows, "articles"), read)
            rows, letters, number = [], 0, number + 1
    if rows:
        yield Batch(number, schema.table(rows, "articles"), read)


def describe_rows(source, text_column, language, headline):
    """The rows of the articles table one by one: (row, bytes of the source read so far)."""
    if isinstance(source, pd.DataFrame):
        rows = schema.check(source, "articles").astype(object)
        for row in rows.where(rows.notna(), None).to_dict("records"):
            yield row, 0
        return
    seen = SeenInCorpus()
    for record, read in stream_records(source, text_column):
        record = put_above(record) if headline else record
        yield describe_record(record, language, seen), read


def ends_batch(doc_id, n, size):
    """Whether a batch of n articles ends with this one: half of its size after half of its size,
    on average, and never more than twice its size.
    """
    half = max(size // 2, 1)
    return n >= 2 * size or (n >= half and int(doc_id[-6:].split("-")[0], 16) % half == 0)


def name_batch(articles, versions):
    """A name for a batch: for its rows as they are, and all that is made of them."""
    rows = articles.astype(object)
    rows = rows.where(rows.notna(), None).values.tolist()
    said = json.dumps([versions, rows], ensure_ascii=False, default=str)
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:32]
