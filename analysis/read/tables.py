"""Tables with one article a row into records: .csv, .jsonl, .parquet and .xlsx."""

import csv
import io
import json
import re

from ..errors import ArticleError
from ..schema import SYNONYMS
from .encodings import decode

# What may stand between the cells of a CSV file; where all are as frequent, the first.
SEPARATORS = ",;\t|"
# Articles are longer than the csv module thinks a cell should be.
LONGEST_FIELD = 2**31 - 1
DATE_WITH_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d\S*")


def read_table(path, text_column=None):
    """A table with one article a row; `text_column` names its column with the text."""
    readers = {".csv": csv_rows, ".jsonl": json_rows}
    read_file_rows = readers.get(path.suffix.lower(), frame_rows)
    columns, rows = read_file_rows(path)
    found = match_columns(columns)
    if text_column is not None:
        found["text"] = text_column
    if found.get("text") not in columns:
        listed = ", ".join(f"`{column}`" for column in columns) or "none"
        missing = "no text column"
        if text_column is not None:
            missing = f"no column `{text_column}`"
        raise ArticleError(
            f"{missing}. Columns there: {listed}. "
            'Name the one with the article\'s text: text_column="…".'
        )
    for position, row in enumerate(rows, 1):
        record = {field: clean_cell(row.get(column)) for field, column in found.items()}
        if any(row.get(None, [])):  # csv's place for cells beyond the last column
            record["left_out"] = (
                "the row has more cells than the table has columns. Put the text in quotation "
                "marks."
            )
        yield record | {"row": position, "text": record["text"] or ""}


def match_columns(columns):
    """{field: the column that holds it}, by the names that `schema.SYNONYMS` gives a field."""
    names = {str(column).strip().lower(): column for column in columns}
    found = {}
    for field, synonyms in SYNONYMS.items():
        for name in synonyms:
            if name in names:
                found[field] = names[name]
                break
    return found


def csv_rows(path):
    """Columns and rows of a CSV file.

    Its separator is the one that the header line has most of, or the one that Excel notes first.
    """
    text = not_empty(decode(path.read_bytes()))
    noted = re.match(r"sep=(.)[\r\n]+", text)
    if noted:
        text = text[noted.end() :]
    header = text.splitlines()[0]
    separator = max(SEPARATORS, key=header.count)
    if noted:
        separator = noted[1]
    csv.field_size_limit(LONGEST_FIELD)
    lines = io.StringIO(text, newline="")
    reader = csv.DictReader(lines, delimiter=separator, skipinitialspace=True)
    return reader.fieldnames, list(reader)


def json_rows(path):
    """Columns and rows of a JSON-lines file.

    ArticleError names the first line that is no JSON object.
    """
    text = not_empty(decode(path.read_bytes()))
    rows, columns = [], {}
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        if line.strip():
            row = read_json_line(line, number)
            rows.append(row)
            # A dict keeps each column once, in the order of the file.
            columns |= dict.fromkeys(row)
    return list(columns), rows


def read_json_line(line, number):
    """The JSON object of one line."""
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise ArticleError(
            f"line {number} is not JSON ({error.msg}). Each line must hold one JSON object."
        ) from None
    if not isinstance(record, dict):
        raise ArticleError(
            f'line {number} is not a JSON object. Each line must look like {{"text": "…"}}.'
        )
    return record


def frame_rows(path):
    """Columns and rows of a Parquet or Excel file (its first sheet)."""
    import pandas as pd

    if path.suffix.lower() == ".parquet":
        frame = pd.read_parquet(path)
    else:
        frame = pd.read_excel(path, dtype=object, keep_default_na=False).map(unescape_cell)
    return list(frame.columns), frame.to_dict("records")


def unescape_cell(cell):
    """A cell of Excel with its control characters, which are stored as "_x000D_" and the like."""
    from openpyxl.utils.escape import unescape

    return unescape(cell) if isinstance(cell, str) else cell


def not_empty(text):
    """The text; ArticleError where there is none."""
    if not text.strip():
        raise ArticleError("the file is empty. Put one article in each row.")
    return text


def clean_cell(value):
    """A cell as text, a date without its time; None where the cell holds nothing."""
    if value is None:
        return None
    # Only what is missing, NaN or NaT, differs from itself.
    is_plain = not isinstance(value, (str, list, dict))
    if is_plain and value != value:
        return None
    if hasattr(value, "isoformat"):
        value = value.isoformat()
    text = str(value)
    if DATE_WITH_TIME.fullmatch(text):
        text = text[:10]
    return text if text.strip() else None
