"""What the door refuses: rows that are there twice, half sentences, rows of what is not there."""

import sys

import numpy as np
import pandas as pd

from .errors import SchemaError

# What a sentence ends with; before a line's end it may end with anything.
SENTENCE_CLOSERS = frozenset(".!?…:;\"'”’»)]")
MEND = "Pass the whole table, or filter it by whole sentences: table[table['sentence_id'] <= 3]."


def refuse_twice(table, name, order, key):
    """SchemaError where a row of a table in order is there twice."""
    key = ["doc_id", *key]
    few = table
    if order:
        # Rows that are the same stand together: only neighbours that begin alike are worth a look.
        begin = table[order[0]].to_numpy()
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


def refuse_drawn_twice(table, name):
    """SchemaError where a counted table has a row that is the same as another."""
    if isinstance(table, pd.DataFrame) and table.astype("str").duplicated().any():
        raise SchemaError(
            f"the table of {name} has rows twice, as after a merge or a concat, and they would be "
            "drawn twice. Keep one of each: table.drop_duplicates()."
        )


def refuse_gaps(spans, sentences):
    """SchemaError where rows are of sentences that the table of sentences lacks.

    Of an article that it lacks altogether the function says so itself.
    """
    keys = ["doc_id", "sentence_id"]
    if not isinstance(sentences, pd.DataFrame) or not set(keys) <= set(sentences):
        return
    there = sentences[keys].drop_duplicates()
    for name, table in spans.items():
        if not isinstance(table, pd.DataFrame) or not set(keys) <= set(table):
            continue
        asked = table.loc[table["doc_id"].isin(there["doc_id"]), keys].drop_duplicates()
        lacking = asked.merge(there, on=keys, how="left", indicator=True)
        lacking = lacking[lacking["_merge"] == "left_only"]
        if len(lacking):
            raise SchemaError(
                f"the sentences table lacks {describe_row(lacking.iloc[0])}, of which the {name} "
                "table has a row, as after head(…) or a filter. Pass all sentences of that article."
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
