"""The trees of all articles of a tokens table, each read once where several ask for it."""

import contextlib
from contextvars import ContextVar

import numpy as np
import pandas as pd

from .tree import Tree

SHARED_TREES = ContextVar("SHARED_TREES", default=None)


class Trees:
    """The trees of the articles of a tokens table, in order; each is read when it is asked for."""

    def __init__(self, tokens, kept=None):
        self.tokens, self.kept = tokens, kept
        self.rows = find_article_rows(tokens)

    def __contains__(self, doc_id):
        return doc_id in self.rows

    def __iter__(self):
        return iter(self.rows)

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, doc_id):
        if self.kept is None:
            return Tree(self.tokens.iloc[self.rows[doc_id]])
        if doc_id not in self.kept:
            self.kept[doc_id] = Tree(self.tokens.iloc[self.rows[doc_id]])
        return self.kept[doc_id]

    def items(self):
        """(doc_id, tree) of each article."""
        return ((doc_id, self[doc_id]) for doc_id in self)


def read_trees(tokens):
    """The Trees of a tokens table."""
    shared = SHARED_TREES.get()
    if shared is None:
        return Trees(tokens)
    if not shared or shared[0].tokens is not tokens:
        shared[:] = [Trees(tokens, kept={})]
    return shared[0]


@contextlib.contextmanager
def sharing_trees():
    """Keep the trees of the tokens table that was asked for last, meanwhile.

    For whoever runs several steps on one table, which nobody changes.
    """
    token = SHARED_TREES.set([])
    try:
        yield
    finally:
        SHARED_TREES.reset(token)


def find_article_rows(table):
    """{doc_id: the rows of an article} of a table, in order; rows that stand together, a slice."""
    codes, names = pd.factorize(table["doc_id"])
    order = np.argsort(codes, kind="stable")
    starts = np.searchsorted(codes[order], np.arange(len(names) + 1)).tolist()
    rows = {}
    for number, name in enumerate(names):
        its = order[starts[number] : starts[number + 1]]
        first, last = int(its[0]), int(its[-1]) + 1
        rows[name] = slice(first, last) if last - first == len(its) else its
    return rows
