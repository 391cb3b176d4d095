"""Tables with one article a row into records: .csv, .jsonl, .parquet and .xlsx."""

import ast
import contextlib
import csv
import io
import json
import re
import warnings
import zipfile
from collections import Counter

from ..errors import ArticleError
from ..schema import SYNONYMS
from .encodings import UNDECODED, decode_lines
from .markup import is_html, plain_html

# What may stand between the cells of a CSV file; where all are as frequent, the first.
SEPARATORS = ",;\t|"
# Articles are longer than the csv module thinks a cell should be.
LONGEST_FIELD = 2**31 - 1
# In a row, beside its cells: why it could not be read; the names that it has twice.
BROKEN, TWICE = object(), object()
# Limits of what an Excel file may unpack to, in bytes and in cells; as so many cells counts a row
# without any.
LARGEST_SHEET = 200 * 2**20
MOST_CELLS = 50_000_000
EMPTY_ROW = 100
# The same of a Parquet file, in bytes and in rows.
LARGEST_TABLE = 500 * 2**20
MOST_ROWS = 2_000_000
# Lines of a CSV file read in vain for each line that it has.
MOST_IN_VAIN = 20
# Fields that may hold objects with a name: {"id": null, "name": "…"}.
NAMED_FIELDS = ("outlet", "author")
NULL = re.compile(r"\bnull\b")
DATE_WITH_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d\S*")


def read_table(path, text_column=None):
    """A table with one article a row; `text_column` names its column with the text.

    Of an Excel file, every sheet that has such a column; the rows are numbered through.
    """
    parts, position = [], 0
    for name, columns, rows in read_parts(path):
        try:
            parts.append((name, rows, find_columns(columns, text_column)))
        except ArticleError as error:
            parts.append((name, error, None))
    if all(found is None for *_, found in parts):
        raise parts[0][1]
    for name, rows, found in parts:
        if found is None:
            warnings.warn(f"{path.name}: the sheet “{name}” was not read: {rows}", stacklevel=2)
            continue
        yield from record_rows(rows, found, position)
        position += len(rows)


def record_rows(rows, found, position):
    """The records of rows, numbered on from a position; `found` is {field: column}."""
    for number, row in enumerate(rows, position + 1):
        record = {field: read_cell(field, row.get(column)) for field, column in found.items()}
        reason = explain_row(row, found)
        yield record | {"row": number, "text": record["text"] or "", "left_out": reason}


def read_parts(path):
    """(name, columns, rows) of each table in a file."""
    readers = {
        ".csv": csv_rows,
        ".tsv": csv_rows,
        ".json": json_document_rows,
        ".jsonl": json_rows,
        ".parquet": parquet_rows,
    }
    reader = readers.get(path.suffix.lower())
    return excel_sheets(path) if reader is None else [("", *reader(path))]


def find_columns(columns, text_column):
    """{field: the column that holds it}; ArticleError where none holds the text."""
    found = match_columns(columns)
    if text_column is not None:
        found["text"] = text_column
        if columns.count(text_column) > 1:
            refuse_doubled(text_column)
    if found.get("text") in columns:
        return found
    listed = ", ".join(f"`{column}`" for column in columns) or "none"
    missing = "no text column" if text_column is None else f"no column `{text_column}`"
    mend = 'Name the one with the article\'s text: text_column="…".'
    if text_column is None and "url" in found:
        mend += " Where it lists addresses only, fetch and save the pages first."
    raise ArticleError(f"{missing}. Columns there: {listed}. {mend}")


def read_cell(field, cell):
    """A cell as text: of an outlet or author its name, of what holds HTML the words."""
    if field in NAMED_FIELDS:
        cell = names_in(cell)
    text = clean_cell(cell)
    return plain_html(text) if text and field in ("text", "title") and is_html(text) else text


def names_in(cell):
    """The names in a cell of outlets or authors, which may hold objects or a list, also as text."""
    if isinstance(cell, str) and cell[:1] in ("{", "["):
        try:
            cell = ast.literal_eval(NULL.sub("None", cell))
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            return cell
    if isinstance(cell, dict):
        return cell.get("name") or cell.get("title")
    if isinstance(cell, (list, tuple)) or hasattr(cell, "tolist"):
        names = [names_in(each) for each in list(cell)]
        return "; ".join(name for name in names if isinstance(name, str)) or None
    return cell


def explain_row(row, found):
    """Why the cells of a row cannot be used, or None."""
    if BROKEN in row:
        return row[BROKEN]
    if any(row.get(None, [])):  # csv's place for cells beyond the last column
        return "the row has more cells than the table has columns. Put the text in quotation marks."
    for field, column in found.items():
        cell = row.get(column)
        if column in row.get(TWICE, ()):
            return f"the row has two values called `{column}`. Rename one of them."
        if isinstance(cell, str) and UNDECODED.search(cell):
            return (
                f"the letters of `{column}` are not in UTF-8, as those of other rows are. Save all "
                "rows in one encoding."
            )
        if field == "text" and cell is not None and not is_scalar(cell):
            kind = type(cell).__name__
            return f"the cell `{column}` holds no text ({kind}). Save the text as text."
    return None


def is_scalar(cell):
    """Whether a cell holds one value that can be read as text, and not bytes or a list."""
    return isinstance(cell, str) or not hasattr(cell, "__len__")


def match_columns(columns):
    """{field: the column that holds it}, by the names that `schema.SYNONYMS` gives a field.

    ArticleError where two columns of that name are there.
    """
    plain = [str(column).strip().lower() for column in columns]
    names = dict(zip(plain, columns, strict=True))
    found = {}
    for field, synonyms in SYNONYMS.items():
        known = [name for name in synonyms if name in names]
        if known:
            found[field] = names[known[0]]
        if known and plain.count(known[0]) > 1:
            refuse_doubled(names[known[0]])
    return found


def refuse_doubled(column):
    """Raise the error for two columns of one name."""
    raise ArticleError(f"two columns are called `{column}`. Rename the one that is not meant.")


def csv_rows(path):
    """Columns and rows of a CSV file.

    Its separator is the one that the header line has most of, or the one that Excel notes first.
    """
    text, separator = find_separator(not_empty(decode_lines(path.read_bytes())))
    csv.field_size_limit(LONGEST_FIELD)
    lines = list(io.StringIO(text, newline=""))
    found = [(cells, wrong) for cells, wrong in csv_cells(lines, separator) if cells or wrong]
    (columns, wrong), *rest = found
    if wrong:
        raise ArticleError(f"the first line of the table: {wrong}")
    return columns, [{BROKEN: wrong} if wrong else fill_row(columns, row) for row, wrong in rest]


def find_separator(text):
    """The text of a CSV file without Excel's note on its separator, and that separator."""
    noted = re.match(r"\ufeff?\s*sep=(.)[\r\n]+", text)
    if noted:
        return text[noted.end() :], noted[1]
    header = text.lstrip("\ufeff\r\n ").splitlines()[0]
    return text, max(SEPARATORS, key=header.count)


def csv_cells(lines, separator):
    """The cells of each row of a CSV file, or None and what is wrong with it.

    Where a quotation mark is not closed, the line with it is given up, and the next one is read as
    a row of its own: it is not swallowed.
    """
    at = in_vain = 0
    while at < len(lines):
        if in_vain > MOST_IN_VAIN * (len(lines) + 100):
            raise ArticleError(
                f"from line {at + 1} on, quotation marks are not closed or not doubled all over. "
                "Save the table again, with quotation marks around the texts."
            )
        rest = map(lines.__getitem__, range(at, len(lines)))
        reader = csv.reader(rest, delimiter=separator, skipinitialspace=True, strict=True)
        good = 0
        try:
            for cells in reader:
                yield cells, None
                good = reader.line_num
            return
        except csv.Error:
            yield (
                None,
                f"in line {at + good + 1} of the file a quotation mark is not closed, or stands "
                "within a cell and is not doubled. Close it, or double it.",
            )
        in_vain += reader.line_num - good
        at += good + 1


def fill_row(columns, cells):
    """A row as {column: cell}; under None the cells beyond the last column."""
    row = dict(zip(columns, cells, strict=False))
    if len(cells) > len(columns):
        row[None] = cells[len(columns) :]
    return row


def json_rows(path):
    """Columns and rows of a JSON-lines file.

    ArticleError names the first line that is no JSON object, where none is.
    """
    text = not_empty(decode_lines(path.read_bytes()))
    columns = {}  # the first spelling of each
    rows, wrong = parse_json_lines(text, columns)
    if len(wrong) == len(rows):
        raise wrong[0]
    return list(columns.values()), rows


def parse_json_lines(text, columns, number=1):
    """The rows of JSON lines, numbered on, and the errors of those that are none.

    `columns` gets their columns, as first spelt.
    """
    rows, wrong = [], []
    for line_number, line in enumerate(re.split(r"\r\n|\r|\n", text), number):
        if not line.strip():
            continue
        try:
            row = spell_alike(read_json_line(line, line_number), columns)
        except ArticleError as error:
            row = {BROKEN: str(error)}
            wrong.append(error)
        rows.append(row)
    return rows, wrong


def json_document_rows(path):
    """Columns and rows of a JSON file: a list of objects, one object, or one that holds a list."""
    text = not_empty(decode_lines(path.read_bytes()))
    data = load_json(text, "it", "Save it again; one object a line is a .jsonl file.")
    if isinstance(data, dict):
        lists = [each for each in data.values() if isinstance(each, list) and is_of_objects(each)]
        has_text = not set(SYNONYMS["text"]).isdisjoint(str(name).lower() for name in data)
        data = lists[0] if lists and not has_text else [data]
    if not isinstance(data, list) or not is_of_objects(data):
        raise ArticleError('it holds no articles. It must look like [{"text": "…"}, …].')
    columns = {}
    rows = [spell_alike(record, columns) for record in data]
    return list(columns.values()), rows


def is_of_objects(found):
    """Whether a list holds objects and nothing else."""
    return bool(found) and all(isinstance(each, dict) for each in found)


def spell_alike(record, columns):
    """A record whose names are spelt as in the first that had them; `columns` gets new ones."""
    row = {TWICE: set(record.pop(TWICE, ()))}
    for name, value in record.items():
        column = columns.setdefault(name.strip().lower(), name)
        if column in row:
            row[TWICE].add(column)
        row[column] = value
    return row


def read_json_line(line, number):
    """The JSON object of one line."""
    record = load_json(line, f"line {number}", "Each line must hold one JSON object.")
    if not isinstance(record, dict):
        raise ArticleError(
            f'line {number} is not a JSON object. Each line must look like {{"text": "…"}}.'
        )
    return record


def load_json(text, what, mend):
    """What a JSON text holds; ArticleError that says of `what` it is none, and the mend."""
    try:
        return json.loads(text, object_pairs_hook=note_doubles)
    except (ValueError, RecursionError) as error:
        raise ArticleError(f"{what} is not JSON ({getattr(error, 'msg', error)}). {mend}") from None


def note_doubles(pairs):
    """A JSON object; it notes the names that it has twice."""
    record = dict(pairs)
    if len(record) < len(pairs):
        times = Counter(name for name, _ in pairs)
        record[TWICE] = {name for name, n in times.items() if n > 1}
    return record


def parquet_rows(path):
    """Columns and rows of a Parquet file."""
    from pyarrow.parquet import ParquetFile

    with ParquetFile(path) as file:
        if file.metadata.num_rows > MOST_ROWS:
            raise ArticleError(
                f"the table has more than {MOST_ROWS:,} rows. Cut it in several files."
            )
        columns, rows, size = file.schema_arrow.names, [], 0
        for batch in file.iter_batches(batch_size=1000):
            size += batch.nbytes
            if size > LARGEST_TABLE:
                raise ArticleError(
                    f"the table unpacks to more than {LARGEST_TABLE // 2**20} MB. Cut it in "
                    "several files."
                )
            rows += batch.to_pandas().to_dict("records")
    return columns, rows


def excel_sheets(path):
    """(name, columns, rows) of each sheet of an Excel file that is not empty."""
    from openpyxl import load_workbook

    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
        if unpacked > LARGEST_SHEET:
            raise ArticleError(
                f"the file unpacks to more than {LARGEST_SHEET // 2**20} MB. Cut it in several "
                "files, or save it as CSV."
            )
    book = load_workbook(path, read_only=True, data_only=True)
    sheets = []
    with contextlib.closing(book):
        for sheet in book.worksheets:
            columns, *rows = list(read_cells(sheet)) or [[]]
            if columns or not sheets:
                sheets.append((sheet.title, columns, [fill_row(columns, row) for row in rows]))
    filled = [sheet for sheet in sheets if sheet[1]]
    return filled or sheets


def read_cells(sheet):
    """The rows of a sheet to the last that is filled, each to its last filled cell."""
    n, empty = 0, 0
    for row in sheet.iter_rows(values_only=True):
        is_empty_row = all(cell is None for cell in row)
        n += max(len(row), EMPTY_ROW) if is_empty_row else len(row)
        if n > MOST_CELLS:
            raise ArticleError(
                f"the sheet has more than {MOST_CELLS:,} cells, most of them empty. Save what is "
                "filled as CSV."
            )
        if is_empty_row:
            empty += 1
            continue
        yield from ([] for _ in range(empty))
        empty = 0
        cells = [unescape_cell(cell) for cell in row]
        while cells[-1] is None:
            cells.pop()
        yield cells


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
    """A cell as text, a date without its time; None where the cell holds nothing that is text."""
    # Only what is missing, NaN or NaT, differs from itself.
    if value is None or not is_scalar(value) or value != value:
        return None
    if hasattr(value, "isoformat"):
        value = value.isoformat()
    text = str(value)
    if DATE_WITH_TIME.fullmatch(text):
        text = text[:10]
    return text if text.strip() else None
