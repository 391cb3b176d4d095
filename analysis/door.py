"""At the door of every public function: tables that were sorted, cut or joined before.

What was only sorted is put in order of the text again; what has rows twice, or half sentences where
grammar is read, is refused, with the mend. Parts of a table (whole sentences, whole articles, words
that are only counted) pass. The caller's table is never changed.
"""

import functools
import inspect
import sys

import numpy as np
import pandas as pd

from .errors import SchemaError

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
}
# Those of which the longer of two that begin together stands first.
LONGER_FIRST = ("mentions", "stance", "dates")
# Parameters that are not called as the table that they take.
TAKEN_AS = {"target": "tokens", "reference": "tokens"}
# Functions that hand on the rows as they were given, but for one that reads what stands beside; and
# those that look for words, whether sentences are whole or not.
AS_GIVEN = ("select_", "sample_", "write_")
NEIGHBOURS = "select_collocates"
OF_WORDS = ("find_words", "find_keyword", "find_copies", "find_terms")
# What a sentence ends with; before a line's end it may end with anything.
SENTENCE_CLOSERS = frozenset(".!?…:;\"'”’»)]")
MEND = "Pass the whole table, or filter it by whole sentences: table[table['sentence_id'] <= 3]."


def guard(function):
    """The function, with the tables that it gets looked at before it works."""
    if not inspect.isfunction(function):
        return function
    signature = inspect.signature(function)
    guarded = [name for name in signature.parameters if name in ROW_ORDERS or name in TAKEN_AS]
    is_free = function.__name__.startswith(AS_GIVEN) and function.__name__ != NEIGHBOURS
    if is_free or not guarded:
        return function
    names = list(signature.parameters)

    @functools.wraps(function)
    def at_the_door(*args, **options):
        __tracebackhide__ = True
        given = {**dict(zip(names, args, strict=False)), **options}
        for name in guarded:
            put = receive(given.get(name), name, given.get("articles"), function.__name__)
            if put is given.get(name):
                continue
            if name in options:
                options[name] = put
            else:
                args = (*args[: names.index(name)], put, *args[names.index(name) + 1 :])
        return function(*args, **options)

    return at_the_door


def receive(table, name, articles, asked_by):
    """The table in order of the text; SchemaError where rows are there twice or sentences cut.

    What lacks the columns is left to the function, which says so.
    """
    name = TAKEN_AS.get(name, name)
    order, key = ROW_ORDERS[name]
    if not isinstance(table, pd.DataFrame) or not {"doc_id", *order, *key} <= set(table):
        return table
    if table.empty:
        return table
    if not isinstance(table.index, pd.RangeIndex) and table.index.has_duplicates:
        table = table.reset_index(drop=True)
    table = put_in_order(table, name, articles)
    refuse_twice(table, name)
    if name == "tokens" and asked_by.startswith("find_") and asked_by not in OF_WORDS:
        refuse_cut(table, articles)
    return table


def put_in_order(table, name, articles):
    """The table by article and place; itself where it is so already."""
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


def refuse_twice(table, name):
    """SchemaError where a row of a table in order is there twice."""
    key = ["doc_id", *ROW_ORDERS[name][1]]
    # Rows that are the same stand together: only where neighbours begin alike is it worth a look.
    begin = table[ROW_ORDERS[name][0][0]].to_numpy()
    beside = np.flatnonzero(begin[1:] == begin[:-1])
    if not len(beside):
        return
    few = table.iloc[np.union1d(beside, beside + 1)]
    twice = few[few.duplicated(key)]
    if len(twice):
        row = twice.iloc[0]
        raise SchemaError(
            f"the {name} table has rows twice (the first: {describe_row(row)}), as after a merge "
            f"or a concat. Every number would count them twice. Keep one of each: "
            f"{name}.drop_duplicates({key})."
        )


def describe_row(row):
    """Where a row stands, in words."""
    at = f"sentence {row['sentence_id']}, " if "sentence_id" in row else ""
    return f"{at}article {row['doc_id']}"


def refuse_cut(tokens, articles):
    """SchemaError where tokens of a sentence are missing: grammar is read by whole sentences."""
    if not {"sentence_id", "token_id", "head", "end", "token"} <= set(tokens):
        return
    number, sentence = tokens["token_id"].to_numpy(), tokens["sentence_id"].to_numpy()
    article = pd.factorize(tokens["doc_id"])[0]
    is_new = np.ones(len(tokens), dtype=bool)
    is_new[1:] = (sentence[1:] != sentence[:-1]) | (article[1:] != article[:-1])
    wanted = np.ones(len(tokens), dtype=number.dtype)
    wanted[1:] = np.where(is_new[1:], 1, number[:-1] + 1)
    if (number != wanted).any():
        refuse_sentence(tokens.iloc[int((number != wanted).argmax())])
    if isinstance(articles, pd.DataFrame) and {"doc_id", "text"} <= set(articles):
        refuse_cut_ends(tokens, np.flatnonzero(np.append(is_new[1:], True)), articles)


def refuse_cut_ends(tokens, last, articles):
    """SchemaError where a sentence goes on in the text behind its last token.

    `last`: the rows of the last tokens. Those that do not look like an end are compared with the
    article's sentences.
    """
    texts = dict(zip(articles["doc_id"], articles["text"], strict=True))
    columns = (tokens[column].iloc[last].tolist() for column in ("doc_id", "end", "token"))
    following = tokens["start"].iloc[np.minimum(last + 1, len(tokens) - 1)].tolist()
    for row, start, doc_id, end, token in zip(last.tolist(), following, *columns, strict=True):
        text = texts.get(doc_id)
        if not text or token[-1:] in SENTENCE_CLOSERS:
            continue
        behind = text[end : end + 80].partition("\n")[0]
        there = behind.strip()
        if not there or end + behind.index(there) == start:
            continue
        if goes_on(articles[articles["doc_id"] == doc_id], end):
            refuse_sentence(tokens.iloc[row])


def goes_on(article, end):
    """Whether a sentence of the article goes on behind a place."""
    # By its public name: the door stands before the wings and imports none.
    sentences = sys.modules[__package__].split_sentences(article)
    return bool(((sentences["start"] < end) & (sentences["end"] > end)).any())


def refuse_sentence(row):
    """Raise the SchemaError for a sentence that is not whole."""
    raise SchemaError(
        f"these are not all tokens of {describe_row(row)}: some are missing, as after head(…) or "
        f"a filter of words, and grammar is read by whole sentences. {MEND}"
    )
