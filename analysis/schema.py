"""Every table and every column of the workbook: `schema.toml`, read, made and checked.

Run ``python -m analysis.schema`` to print CODEBOOK.md.
"""

import difflib
import tomllib
from collections import defaultdict, namedtuple
from functools import cache
from pathlib import Path

import pandas as pd

from .errors import SchemaError

SCHEMA = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
# column -> {kind, meaning}; table -> {row, made_by, columns}; table -> {code: meaning}
COLUMNS, TABLES, CODES = SCHEMA["columns"], SCHEMA["tables"], SCHEMA["codes"]
DTYPES = {
    "text": "str",
    "whole": "int64",
    "number": "float64",
    "truth": "bool",
    "place": "Int64",
}
# How an actor is referred to.
KINDS = (
    "name",
    "alias",
    "acronym",
    "title",
    "adjective",
    "metonym",
    "description",
    "pronoun",
    "part",
)
# Those that name the actor, and those that mean it. A nationality word ("Iranian officials") or a
# name inside another means somebody else; a title beside a name is the same act of naming.
NAMED = ("name", "alias", "acronym", "metonym")
REFERRING = (*NAMED, "description", "pronoun")
# Types of actor; those that are counted; people and groups without a name, counted apart.
TYPES = ("person", "organisation", "state", "unnamed", "place", "other")
ACTOR_TYPES = ("person", "organisation", "state")
UNNAMED = "unnamed"
# The types of quotation that are somebody's speech, as ironic words and titles in marks are not.
SPEECH = ("direct", "mixed", "indirect")
QUOTE_TYPES = (*SPEECH, "scare", "title")
LABELS = ("negative", "neutral", "positive")
SENTENCE = ["doc_id", "sentence_id"]
PLACE = [*SENTENCE, "paragraph_id", "start", "end"]
# Names that other tools give to the columns of the articles table.
SYNONYMS = {
    "text": (
        "text",
        "body",
        "content",
        "article",
        "fulltext",
        "full_text",
        "articlebody",
        "article_text",
        "maintext",
        "main_text",
        "post_content",
    ),
    "title": ("title", "headline"),
    "author": ("author", "authors", "byline", "creator", "dc:creator", "writer"),
    "outlet": (
        "outlet",
        "source",
        "publisher",
        "publication",
        "sitename",
        "newspaper",
        "source_name",
        "media_name",
        "source_domain",
        "domain",
    ),
    "published": (
        "published",
        "date",
        "pubdate",
        "publish_date",
        "publication_date",
        "publishedat",
        "published_at",
        "date_publish",
        "date_published",
        "datepublished",
        "published_date",
        "published_time",
        "post_date",
    ),
    "url": ("url", "link", "href", "permalink"),
}


def columns(name):
    """The column names of the table `name`, in order, as a list."""
    return list(TABLES[name]["columns"])


def column_of(name, column):
    """{kind, meaning} of a column of the table `name`."""
    return TABLES[name].get("own", {}).get(column) or COLUMNS[column]


def dtype_of(column, name=None):
    """The pandas type of a column (of the table `name`)."""
    known = COLUMNS[column] if name is None else column_of(name, column)
    return DTYPES[known["kind"]]


def table(rows, name):
    """Make the table `name` of `rows` (dicts, or sequences in column order).

    It has its columns and types even when empty.
    """
    if isinstance(rows, list) and not rows:
        return empty_table(name).copy()
    frame = pd.DataFrame(rows, columns=columns(name))
    made = {}
    # Column by column, and only those that need it: `frame.astype` takes three times as long.
    for column, values in frame.items():
        wanted = dtype_of(column, name)
        made[column] = values if str(values.dtype) == wanted else values.astype(wanted)
    return pd.DataFrame(made, index=frame.index)


@cache
def empty_table(name):
    """The table `name` without rows."""
    frame = pd.DataFrame([], columns=columns(name))
    return frame.astype({column: dtype_of(column, name) for column in frame})


def check(frame, name):
    """Return `frame` if it has every column of the table `name`; else raise SchemaError.

    >>> schema.check(pd.DataFrame({"body": ["A text."]}), "articles")
    Traceback (most recent call last):
    ...
    analysis.errors.SchemaError: not an articles table: no column `doc_id`.
    Make one with read_articles(...).
    """
    made_by = f"Make one with {TABLES[name]['made_by']}."
    if not isinstance(frame, pd.DataFrame):
        got = type(frame).__name__
        raise SchemaError(f"expected the {name} table (a pandas DataFrame), got {got}. {made_by}")
    for column in columns(name):
        if column not in frame.columns:
            near = find_near(column, frame, name)
            hint = f"Did you mean `{near}`? Rename it." if near else made_by
            article = "an" if name[0] in "aeiou" else "a"
            raise SchemaError(f"not {article} {name} table: no column `{column}`. {hint}")
    return frame


def rows_of_articles(frame, columns=None):
    """{doc_id: [its rows, each a named tuple of these columns]}, all in order.

    Plain tuples, for what reads row by row: a table an article takes a hundred times as long.
    """
    columns = list(frame.columns) if columns is None else columns
    row_of = namedtuple("Row", columns, rename=True)
    values = zip(*(frame[column].tolist() for column in columns), strict=True)
    found = defaultdict(list)
    for doc_id, row in zip(frame["doc_id"].tolist(), map(row_of._make, values), strict=True):
        found[doc_id].append(row)
    return dict(found)


def typed(frame, name):
    """The frame, numbered anew, with the types that its columns have in the table `name`."""
    frame = frame.reset_index(drop=True)
    return frame.astype({column: dtype_of(column, name) for column in frame if column in COLUMNS})


def count_by(by, known, name):
    """The columns of the table `name` to count by, as a list; SchemaError if not `known`."""
    by = [by] if isinstance(by, str) else list(by or [])
    for wrong in (column for column in by if column not in known):
        raise SchemaError(
            f"no column `{wrong}` in the {name} table to count by. Choose from: {', '.join(known)}."
        )
    return by


def find_near(column, frame, name):
    """The column of `frame` that somebody may have meant for a missing one, or None."""
    others = [str(other) for other in frame.columns if other not in columns(name)]
    synonyms = [other for other in others if other.lower() in SYNONYMS.get(column, ())]
    near = synonyms or difflib.get_close_matches(column, others, 1, cutoff=0.6)
    return near[0] if near else None


def codebook():
    """CODEBOOK.md as text: every table, every column, its type and meaning."""
    lines = [
        "# Codebook",
        "",
        "Written from `analysis/schema.toml` by `python -m analysis.schema > CODEBOOK.md`; a test",
        "says that it is current. Offsets are 0-based, half-open, in Python characters of the",
        "article's unmodified `text`. Numbers of sentences, paragraphs and tokens start at 1, as a",
        "reader counts.",
        "Unknown is a missing value, never a guess.",
    ]
    for name, known in TABLES.items():
        head = f"{known['row']} Make one with {known['made_by']}."
        lines += ["", f"## {name}", "", head, "", "| column | type | meaning |", "|---|---|---|"]
        for column in columns(name):
            said = column_of(name, column)
            lines.append(f"| `{column}` | {said['kind']} | {said['meaning']} |")
    for name, codes in CODES.items():
        lines += ["", f"## Codes of {name}", "", "| code | meaning |", "|---|---|"]
        lines += [f"| `{code}` | {meaning} |" for code, meaning in codes.items()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(codebook(), end="")
