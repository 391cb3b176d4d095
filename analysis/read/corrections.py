"""What a reader corrects by hand: a small CSV file beside the article."""

import csv
import os
import re
from pathlib import Path

import pandas as pd

from .. import schema
from ..errors import ArticleError
from ..text import quote
from .codings import unguard
from .encodings import decode
from .files import CORRECTIONS, read_small
from .formats import READERS
from .tables import BROKEN, csv_rows

AT = ("start", "end", "text")
# Which cells each action needs.
NEEDS = {
    "merge": ("actor", "to"),
    "rename": ("actor", "to"),
    "split": ("to",),
    "relabel": (),
    "drop": (),
    "add": (*AT, "actor"),
    "speaker": (*AT, "to"),
    "content": (*AT, "to"),
    "quote_type": (*AT, "to"),
    "add_quote": AT,
    "drop_quote": AT,
    "tone": (*AT, "to"),
    "doer": (*AT, "to"),
    "target": (*AT, "to"),
    "status": (*AT, "to"),
    "drop_act": AT,
}
SPEAKER, CONTENT, ADD_QUOTE, DROP_QUOTE = "speaker", "content", "add_quote", "drop_quote"
# The actions that change other tables than the mentions.
OF_TABLE = {
    "speech": (CONTENT, "quote_type", ADD_QUOTE, DROP_QUOTE),
    "quotes": (SPEAKER,),
    "stance": ("tone",),
    "actions": ("doer", "target", "status", "drop_act"),
}
CORRECTION_COLUMNS = schema.columns("corrections")
# Spreadsheets write 12 as 12.0 or 12,0; no text has more characters than twelve digits can count.
OFFSET = re.compile(r"(\d{1,12})(?:[.,]0)?")
# A row below a quotation mark that was never closed ends up inside a cell: an action and behind it
# an offset or an empty cell. ("Target, the shop" in the second line of a cell is none.)
SWALLOWED = re.compile(
    rf"[\r\n]\s*({'|'.join(NEEDS)})\s*[,;\t|]\s*\d*(?:[.,]0)?\s*[,;\t|]", re.IGNORECASE
)
STRANGE = "does not fit: no article read with this file has this doc_id; it changes with the text"


def read_corrections(articles):
    """Read what readers corrected by hand: one row a correction, in the order of its file.

    The corrections of `my-article.txt` stand beside it in `my-article.corrections.csv`, with the
    columns of the table `corrections` (`note` may be missing, cells may be empty). Those of a table
    with one article a row are for every article of the table, or, where the file has a column
    `doc_id` and it is filled in, for that article only. `outcome` says what is wrong with a row
    that cannot be used, and is missing otherwise. A file without its columns raises ArticleError.

    >>> read_corrections(read_texts("It rained in Vienna.")).columns.tolist()
    ['doc_id', 'action', 'start', 'end', 'text', 'actor', 'actor_type', 'kind', 'to', 'note',
     'outcome']
    """
    beside, rows = {}, []
    for article in schema.check(articles, "articles").itertuples():
        path = file_beside(article.source)
        if path is not None:
            beside.setdefault(path, []).append(article)
    for path, its in beside.items():
        for asked in read_rows(path):
            rows += place_correction(asked, its)
    return corrections_table(rows, ["doc_id", *CORRECTION_COLUMNS, "outcome"])


def place_correction(asked, articles):
    """A row of a file for each of the articles beside it that it is of."""
    rows = []
    for article in articles:
        in_table = pd.notna(article.row)
        if in_table and asked["doc_id"] not in (None, article.doc_id):
            continue
        outcome = asked["outcome"]
        if outcome is None and isinstance(article.left_out, str):
            outcome = f"not applied: the article is left out ({article.left_out})"
        rows.append({**asked, "doc_id": article.doc_id, "outcome": outcome})
    return rows or [{**asked, "outcome": asked["outcome"] or STRANGE}]


def corrections_table(rows, columns):
    """A table of corrections, in which offsets may be missing."""
    kinds = {column: schema.dtype_of(column) for column in columns}
    return pd.DataFrame(rows, columns=columns).astype(kinds | {"start": "Int64", "end": "Int64"})


def file_beside(source):
    """The corrections file beside the file that an article comes from, or None."""
    beside = place_corrections(source)
    return beside if beside is not None and os.path.lexists(beside) else None


def place_corrections(source):
    """Where the corrections of an article from a file stand, or would; None of another source."""
    path = Path(source if isinstance(source, str) else "")
    if path.suffix.lower() not in READERS:
        return None
    return path.with_name(f"{path.stem}{CORRECTIONS}")


def read_rows(path):
    """The corrections in a file, a dict each; ArticleError where it is no table of corrections."""
    names, rows = read_named_cells(path)
    return [read_row(row, names) for row in rows if not is_empty(row)]


def read_named_cells(path):
    """{column: as a file of corrections calls it} in its order, and its rows, a dict each."""
    try:
        empty = not decode(read_small(path)).strip()
        columns, rows = (CORRECTION_COLUMNS, []) if empty else csv_rows(path)
    except OSError as error:
        raise ArticleError(
            f"{path}: cannot be read ({error.strerror}). Make it readable, or take it away."
        ) from None
    except (ArticleError, csv.Error, IndexError, ValueError):  # only Excel's note on the separator
        raise ArticleError(
            f"{path}: cannot be read as a table of corrections. "
            "Save it as CSV (in Excel: “CSV UTF-8”)."
        ) from None
    names = {re.sub(r"\s+", "_", str(column).strip().lower()): column for column in columns}
    missing = [column for column in CORRECTION_COLUMNS if column not in (*names, "note")]
    if missing:
        listed = ", ".join(f"`{column}`" for column in missing)
        raise ArticleError(
            f"{path}: no column {listed}. The first line must be "
            f"{','.join(CORRECTION_COLUMNS)} (cells may be empty)."
        )
    return names, rows


def is_empty(row):
    """Whether nothing is filled in."""
    return not any("".join(cell or "").strip() for cell in row.values())


def read_row(row, names):
    """One row of a file: its cells by column, offsets as numbers.

    `outcome` says what is wrong with it, and is None where nothing is.
    """
    cells, wrong = {}, None
    for column in ("doc_id", *CORRECTION_COLUMNS):
        cell = row.get(names[column]) if column in names else None
        cells[column] = unguard((cell or "").strip()) or None
    beyond = "".join(row.get(None, []))  # csv's place for cells beyond the last column
    texts = [beyond, *filter(None, cells.values())]
    for column in ("start", "end"):
        number = OFFSET.fullmatch(cells[column] or "")
        if cells[column] and not number:
            wrong = (
                f"`{column}` is {quote(cells[column])}, not a whole number. "
                "Copy it from the mentions table"
            )
        cells[column] = int(number[1]) if number else None
    if beyond.strip():
        wrong = (
            "the row has more cells than the file has columns. "
            "Put what holds a comma or semicolon in quotation marks"
        )
    if any(SWALLOWED.search(text) for text in texts):
        wrong = "a quotation mark is not closed, so that the rows below it are not read. Close it"
    if BROKEN in row:
        wrong = row[BROKEN].rstrip(".")
    for column in ("action", "actor_type", "kind"):
        cells[column] = cells[column] and cells[column].lower()
    if cells["action"]:
        cells["action"] = re.sub(r"[\s-]+", "_", cells["action"])  # "drop quote"
    return cells | {"outcome": wrong and f"broken row: {wrong}"}
