"""Words by what they belong to: an article's outlet or month, a speaker, an actor's sentences."""

import difflib
import functools
import inspect

import numpy as np
import pandas as pd

from .. import schema
from ..errors import SchemaError
from ..find.quotes import pair_touching
from ..schema import SENTENCE
from .in_parts import count_groups, is_stored, leave_text, name_stored
from .outlets import tell_columns

SPAN = ["doc_id", "start", "end"]


def select_tokens(tokens, spans, *, inside=True, whole_sentences=False):
    """Select the tokens within the spans of another table: rows of the tokens table.

    `spans` is any table with doc_id, start and end: `speech`, `mentions`, `labels` … With
    `inside=False` the tokens that stand in none of them: what the journalist says, where `spans` is
    all speech. With `whole_sentences` the spans reach to the ends of their sentences: an actor's
    sentences, where `spans` are its mentions.

    >>> tokens = split_tokens(read_texts("Ann left. It rained."))
    >>> spans = tokens.head(1)
    >>> select_tokens(tokens, spans, whole_sentences=True)["token"].tolist()
    ['Ann', 'left', '.']
    """
    schema.check(tokens, "tokens")
    rows, _ = pair_with_spans(tokens, spans, whole_sentences=whole_sentences)
    chosen = np.zeros(len(tokens), dtype=bool)
    chosen[rows] = True
    return tokens[chosen == inside]


def pair_with_spans(tokens, spans, *, whole_sentences=False):
    """Which tokens stand within which spans: two arrays, of rows of each."""
    for column in SPAN:
        if column not in spans:
            raise SchemaError(
                f"no column `{column}` in the spans. They need {', '.join(SPAN)}, as every table "
                "has that is found in the text."
            )
    if not whole_sentences:
        return pair_overlapping(tokens, spans)
    sentences = tokens.groupby(SENTENCE, sort=False).agg(start=("start", "min"), end=("end", "max"))
    sentences = sentences.reset_index()
    sentence, span = pair_overlapping(sentences, spans)
    rows, pair = pair_overlapping(tokens, sentences.iloc[sentence])
    return rows, span[pair]


def pair_overlapping(pieces, spans):
    """Which pieces share letters with which spans: two arrays of rows, in the order of the spans.

    Pieces that only stand beside a span are not among them.
    """
    span, piece = pair_touching(spans, pieces)
    start, end = (pieces[edge].to_numpy()[piece] for edge in ("start", "end"))
    first, last = (spans[edge].to_numpy()[span] for edge in ("start", "end"))
    shared = (start < last) & (end > first)
    return piece[shared], span[shared]


def with_groups(tokens, by, table=None, *, whole_sentences=False):
    """The tokens with the columns to count `by`, from the tokens or from another table.

    A table with spans is joined by offsets: a token within several of them stands in each of their
    groups once. Any other is joined by article; of dates of publication come `year`, `month` and
    `day`. Tokens that belong to nothing are left out.
    """
    by = [by] if isinstance(by, str) else list(by or [])
    wanted = [column for column in by if column not in tokens]
    if not wanted:
        return tokens, by
    if table is None:
        raise SchemaError(
            f"no column `{wanted[0]}` in the tokens to count by. Say which table has it: "
            f'table=articles for by="outlet" or "month", or one with spans, such as mentions.'
        )
    told = tell_columns(table)
    for column in wanted:
        if column not in told:
            near = difflib.get_close_matches(column, map(str, told), 1)
            mend = f"Did you mean `{near[0]}`?" if near else f"It has {', '.join(map(str, told))}."
            raise SchemaError(f"no column `{column}` in that table to count by. {mend}")
    if "start" not in told:
        return join_articles(tokens, told, wanted), by
    rows, spans = pair_with_spans(tokens, told, whole_sentences=whole_sentences)
    groups = told[wanted].iloc[spans].reset_index(drop=True)
    keep = ~groups.assign(row=rows).duplicated() & groups.notna().all(axis=1)
    joined = tokens.iloc[rows[keep]].reset_index(drop=True)
    return pd.concat([joined, groups[keep].reset_index(drop=True)], axis=1), by


def join_articles(tokens, articles, wanted):
    """The tokens with columns of their articles; SchemaError if an article has several rows."""
    schema.check(tokens, "tokens")
    if "doc_id" not in articles:
        raise SchemaError("no column `doc_id` in that table to join it by.")
    several = articles["doc_id"].duplicated()
    if several.any():
        raise SchemaError(
            "that table has several rows for an article and no spans. "
            "Keep one: table.drop_duplicates('doc_id')."
        )
    joined = tokens.merge(articles[["doc_id", *wanted]], on="doc_id", how="inner")
    return joined.dropna(subset=wanted).reset_index(drop=True)


def by_article(count):
    """Let a function that counts do so apart for each value of a column of the articles table.

    It gets the option `table` (the articles), and its `by` may name any of their columns, also
    `year`, `month` and `day` of publication.
    """
    signature = inspect.signature(count)

    @functools.wraps(count)
    def counted(*args, table=None, **options):
        if table is None:
            return count(*args, **options)
        by = options.pop("by", None)
        by = [by] if isinstance(by, str) else list(by or [])
        is_large = any(map(is_stored, (*args, *options.values())))
        if is_stored(table) and not is_large:
            table = leave_text(table).read()
        told = tell_columns(schema.table([], table.name) if is_stored(table) else table)
        groups = [column for column in by if column in told]
        own = [column for column in by if column not in groups]
        if own and "by" in signature.parameters:
            options["by"] = own
        elif own or not groups:
            wrong = f"`{own[0]}`" if own else "to count by"
            known = ", ".join(map(str, told))
            raise SchemaError(f"no column {wrong} in that table. Choose from: {known}.")
        if not groups:
            return count(*args, **options)
        if is_large:
            return count_groups(count, name_stored(table, groups), groups, args, options)
        return count_apart(count, groups, told, args, options)

    last = inspect.Parameter("table", inspect.Parameter.KEYWORD_ONLY, default=None)
    counted.__signature__ = signature.replace(parameters=[*signature.parameters.values(), last])
    counted.__doc__ = add_to_docstring(count.__doc__)
    return counted


def count_apart(count, groups, articles, args, options):
    """What `count` makes of each group of articles, one below the other, with its values first."""
    articles = articles.dropna(subset=groups).drop_duplicates("doc_id")
    number = articles.groupby(groups).ngroup()
    group_of = dict(zip(articles["doc_id"], number, strict=True))
    values = articles.assign(number=number).drop_duplicates("number").set_index("number")
    parted = [part_table(each, group_of) for each in args]
    named = {name: part_table(each, group_of) for name, each in options.items()}
    parts = []
    for place in sorted(values.index):
        options_of = {name: choose(place) for name, choose in named.items()}
        counts = count(*(choose(place) for choose in parted), **options_of)
        counts = counts.drop(columns=groups, errors="ignore")
        heads = {column: values.at[place, column] for column in groups}
        parts.append(pd.concat([pd.DataFrame(heads, index=counts.index), counts], axis=1))
    if parts:
        return pd.concat(parts, ignore_index=True)
    options_of = {name: choose(None) for name, choose in named.items()}
    nothing = count(*(choose(None) for choose in parted), **options_of)
    return pd.concat([pd.DataFrame(columns=groups, dtype="str"), nothing], axis=1)


def part_table(value, group_of):
    """A function that gives a table's rows of one group of articles; of what is no table, itself.

    `group_of`: {doc_id: its group}.
    """
    if not isinstance(value, pd.DataFrame) or "doc_id" not in value:
        return lambda group: value
    parts = dict(list(value.groupby(value["doc_id"].map(group_of))))
    return lambda group: parts.get(group, value.iloc[:0]).reset_index(drop=True)


def add_to_docstring(said):
    """A docstring that tells of the option `table`, before its examples."""
    told = (
        "With `table=articles`, `by` may also name columns of the articles table (outlet, author,\n"
        "    month …): counted apart for each value, shares and rates within each.\n\n    "
    )
    text, examples, rest = said.partition(">>>")
    return f"{text}{told}{examples}{rest}"
