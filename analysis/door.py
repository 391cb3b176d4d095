"""At the door of every public function: tables that were sorted, cut or joined before.

What was only sorted is put in order of the text again; what has rows twice, or half sentences where
grammar is read, is refused, with the mend. Parts of a table (whole sentences, whole articles, words
that are only counted) pass. The caller's table is never changed.
"""

import functools
import importlib
import inspect

import numpy as np
import pandas as pd

from .refused import refuse_cut, refuse_drawn_twice, refuse_gaps, refuse_twice

# Of each table what its rows stand in order of, within an article, and what no two rows share.
# A function's parameters are called as the tables that they take.
ROW_ORDERS = {
    "tokens": (["start"], ["start"]),
    "sentences": (["start"], ["start"]),
    "mentions": (["start", "end"], ["start", "end", "actor", "kind"]),
    "stance": (["start", "end"], ["start", "end", "actor", "kind"]),
    "quotes": (["quote_id"], ["quote_id"]),
    "speech": (["quote_id", "start"], ["quote_id", "start", "end"]),
    "dates": (["start", "end"], ["start", "end"]),
    "figures": (["start", "end"], ["start", "end"]),
    "events": (["start", "end"], ["start", "end", "order"]),
    "sentiment": (["start"], ["start"]),
    "tone_words": (["start"], ["start"]),
    "labels": (["start"], ["start", "end", "actor"]),
    "missing_doers": (["start"], ["start", "end", "actor", "affected"]),
    "places": (["start"], ["start", "end"]),
    "terms": (["start"], ["start", "end", "category", "pattern"]),
    "vouching": (["start"], ["start", "end", "quote_id"]),
    "actions": (["start"], ["start", "end", "actor", "verb", "target"]),
    "codings": ([], ["item", "coder"]),  # as a coder's file has them
}
# Those of which the longer of two that begin together stands first.
LONGER_FIRST = ("mentions", "stance", "dates")
# Parameters that are not called as the table that they take.
TAKEN_AS = {"target": "tokens", "reference": "tokens", "missing": "missing_doers"}
# Parameters that take one of several tables, which their columns tell.
OF_SEVERAL = ("table", "rows")
KIND_COLUMNS = {
    "stance": {"tone", "label", "actor"},
    "quotes": {"quote_id", "speaker", "content"},
    "mentions": {"actor", "kind", "role"},
}
# Charts of counted tables: a row that is there twice would be drawn twice.
CHART_TABLES = (
    "choices",
    "collocates",
    "comentions",
    "cues",
    "hits",
    "keyness",
    "labels",
    "talk",
    "voices",
    "words",
)
# What else may hold spans of sentences.
SPANS = ("spans", "rows", "hits")
# Functions that show rows beside their sentences.
DRAWING = ("draw_", "show_")
# Functions that hand on the rows as they were given, but for one that reads what stands beside; and
# those that look for words, whether sentences are whole or not.
AS_GIVEN = ("select_", "sample_", "write_")
NEIGHBOURS = "select_collocates"
OF_WORDS = ("find_words", "find_keyword", "find_copies", "find_terms")
# Functions that may also get tables that are stored, whatever their parameters are called.
OF_STORED = ("count_", "compare_", "describe_", "select_", "draw_", "write_matrix")


def guard(function):
    """The function, with the tables that it gets looked at before it works."""
    if not inspect.isfunction(function):
        return function
    signature = inspect.signature(function)
    known = {*ROW_ORDERS, *TAKEN_AS, *OF_SEVERAL, *CHART_TABLES, *SPANS}
    guarded = [name for name in signature.parameters if name in known]
    is_free = function.__name__.startswith(AS_GIVEN) and function.__name__ != NEIGHBOURS
    if is_free:
        guarded = []
    if not guarded and not function.__name__.startswith(OF_STORED):
        return function
    names = list(signature.parameters)

    @functools.wraps(function)
    def at_the_door(*args, **options):
        __tracebackhide__ = True
        given = {**dict(zip(names, args, strict=False)), **options}
        if any(getattr(each, "is_stored", False) for each in given.values()):
            return find_counter()(function, given)
        for name in guarded:
            put = receive(given.get(name), name, given.get("articles"), function.__name__)
            if put is given.get(name):
                continue
            if name in options:
                options[name] = put
            else:
                args = (*args[: names.index(name)], put, *args[names.index(name) + 1 :])
        if function.__name__.startswith(DRAWING):
            given = {**dict(zip(names, args, strict=False)), **options}
            parts = {name: given[name] for name in set(given) & {*guarded} - {"sentences"}}
            refuse_gaps(parts, given.get("sentences"))
        return function(*args, **options)

    return at_the_door


def find_counter():
    """What counts over stored tables; the door stands before the wings and imports none."""
    return importlib.import_module(f"{__package__}.measure.in_parts").count_stored


def receive(table, name, articles, asked_by):
    """The table in order of the text; SchemaError where rows are there twice or sentences cut.

    What lacks the columns is left to the function, which says so.
    """
    if name in CHART_TABLES and asked_by.startswith("draw_"):
        refuse_drawn_twice(table, name)
    if name in OF_SEVERAL:
        name = None if asked_by.startswith("draw_") else find_kind(table)
    name = TAKEN_AS.get(name, name)
    if name not in ROW_ORDERS:
        return table
    order, key = ROW_ORDERS[name]
    if not isinstance(table, pd.DataFrame) or not {"doc_id", *order, *key} <= set(table):
        return table
    if table.empty:
        return table
    if not isinstance(table.index, pd.RangeIndex) and table.index.has_duplicates:
        table = table.reset_index(drop=True)
    table = put_in_order(table, name, articles)
    refuse_twice(table, name, order, key)
    if name == "tokens" and asked_by.startswith("find_") and asked_by not in OF_WORDS:
        refuse_cut(table, articles)
    return table


def find_kind(table):
    """Which table one is, by its columns; None for all others."""
    columns = set(table) if isinstance(table, pd.DataFrame) else set()
    return next((name for name, needed in KIND_COLUMNS.items() if needed <= columns), None)


def put_in_order(table, name, articles):
    """The table by article and place; itself where it is so already."""
    if not ROW_ORDERS[name][0]:
        return table
    number = pd.factorize(table["doc_id"])[0]
    keys = [table[column].to_numpy() for column in ROW_ORDERS[name][0]]
    if name in LONGER_FIRST:
        keys[1] = -keys[1]
    if is_in_order([number, *keys]):
        return table
    if table.index.is_unique and pd.api.types.is_integer_dtype(table.index):
        # Sorted, a table keeps the numbers that its rows had: so the articles' order is known.
        number = table.index.to_series().groupby(number).transform("min").to_numpy()
    if isinstance(articles, pd.DataFrame) and "doc_id" in articles:
        known = {doc_id: place for place, doc_id in enumerate(articles["doc_id"])}
        number = table["doc_id"].map(known).fillna(len(known)).to_numpy()
    return table.iloc[np.lexsort([*reversed(keys), number])].reset_index(drop=True)


def is_in_order(keys):
    """Whether rows stand in order of several keys, the first before the second and so on."""
    even = np.ones(len(keys[0]) - 1, dtype=bool)
    for key in keys:
        if (even & (key[1:] < key[:-1])).any():
            return False
        even &= key[1:] == key[:-1]
    return True
