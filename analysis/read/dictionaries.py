"""Dictionaries of content analysis: those that come with the workbook, and a reader's own."""

import csv
import re
from pathlib import Path

from .. import schema
from ..errors import ArticleError
from ..lexicons import read_lexicon, resource
from .encodings import decode
from .files import read_small
from .tables import csv_rows

# In a LIWC file a line of its own begins and ends the list of categories.
PERCENT = re.compile(r"^%\s*$", re.MULTILINE)
CATEGORY = re.compile(r"^\s*(\d+)\s+(.+?)\s*$")
ENTRY = re.compile(r"^\s*(.+?)\s+((?:\d+\s*)+)$")


def read_dictionary(source="frames"):
    """Read a dictionary of content analysis: one row a pattern, with its category.

    `source` is "frames" (conflict, economy, morality …, after the generic frames of Semetko &
    Valkenburg 2000), "modality" (certainty, doubt, obligation), "loaded" (praise, blame, alarm …),
    "corrections" (words by which newspapers take something back); or a file of your own: a table
    (`.csv`) with the columns category and pattern, and reason if you like, or a LIWC dictionary
    (`.dic`). In a pattern of several words each must stand; `*` stands for any letters. The words
    of the workbook's own were chosen for it, each with a reason.

    >>> read_dictionary("modality")["category"].unique().tolist()
    ['certainty', 'doubt', 'obligation']
    """
    own = sorted(path.stem for path in (resource("data") / "frames").glob("*.csv"))
    if str(source) in own:
        return schema.table(read_lexicon(f"frames/{source}").to_dict("records"), "dictionary")
    path = Path(source)
    try:
        text = decode(read_small(path))
        rows = read_liwc(text, path) if path.suffix.lower() == ".dic" else read_entries(path)
    except OSError as error:
        raise ArticleError(
            f"{path}: cannot be read ({error.strerror}). Name a file (.csv or .dic), "
            f"or one of {', '.join(own)}."
        ) from None
    except ArticleError as error:
        said = str(error)
        raise ArticleError(said if str(path) in said else f"{path}: {said}") from None
    if not rows:
        raise ArticleError(f"{path}: no entries. A dictionary has the columns category,pattern.")
    return (
        schema.table(rows, "dictionary")
        .drop_duplicates(["category", "pattern"])
        .reset_index(drop=True)
    )


def read_entries(path):
    """The entries of a table."""
    try:
        columns, rows = csv_rows(path)
    except (ArticleError, csv.Error, IndexError):
        raise ArticleError(
            f"{path}: cannot be read as a table. Save it as CSV (in Excel: “CSV UTF-8”)."
        ) from None
    names = {str(column).strip().lower(): column for column in columns}
    for column in ("category", "pattern"):
        if column not in names:
            raise ArticleError(
                f"{path}: no column `{column}`. The first line must be category,pattern or "
                "category,pattern,reason."
            )
    entries = []
    for row in rows:
        cells = {
            name: (row.get(names.get(name)) or "").strip() for name in schema.columns("dictionary")
        }
        if cells["category"] and cells["pattern"]:
            entries.append({**cells, "reason": cells["reason"] or None})
    return entries


def read_liwc(text, path):
    """The entries of a LIWC dictionary: categories between two lines with %, then the words."""
    parts = PERCENT.split(text)
    if len(parts) < 3:
        raise ArticleError(
            f"{path}: no LIWC dictionary. The list of its categories stands between two lines "
            "that hold only %."
        )
    categories = dict(
        found.groups() for found in map(CATEGORY.match, parts[1].splitlines()) if found
    )
    entries = []
    for line in "%".join(parts[2:]).splitlines():
        found = ENTRY.match(line)
        for number in found[2].split() if found else ():
            if number in categories:
                entries.append({"category": categories[number], "pattern": found[1]})
    return entries
