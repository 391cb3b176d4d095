"""Tables, figures and annotations as files for the next tool.

Spreadsheets, statistics programs, annotation tools, layout.
"""

import datetime
import io
import json
import os
import re
import zipfile
from pathlib import Path

import pandas as pd

from .. import schema
from ..errors import WorkbookError
from ..show.vega import draw_png, draw_svg
from ..text import in_xml
from .annotations import write_annotations, write_conllu
from .provenance import ABOUT_DATA, CHECKSUMS, check_data_folder, list_checksums
from .writing import whole_folder, write_whole

# What a spreadsheet would take for a formula: where a cell begins, or where one would if the file
# were parted at semicolons, tabs or line ends; blanks and quotation marks do not stop it.
PARTS_CELLS = r"\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029"
FORMULA = re.compile(rf"""(^|[;{PARTS_CELLS}])(?=(?:["']|[^\S{PARTS_CELLS}])*+[=+\-@＝＋－＠])""")
# A cell that begins with these is taken for a formula by some.
FORMULA_START = re.compile(r"^[\t\r]")
# What Excel allows: letters in a cell, and in the name of a sheet.
LONGEST_CELL = 32_767
LONGEST_SHEET = 31
# Letters to a line: longer texts are broken.
WIDEST_CELL = 60
CUT_CELL = " … (cut: a cell holds no more)"
# The dates among the properties of an Office file.
DATE = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
# Dates of files that must come out alike: the first that a ZIP archive can hold, unless
# SOURCE_DATE_EPOCH says another.
EARLIEST = datetime.datetime(1980, 1, 1, tzinfo=datetime.UTC)
LATEST_YEAR = 2107


DATA_README = """Data behind a report of the media analysis workbook.

tables.xlsx        all tables, for Excel and LibreOffice: a sheet each, and a codebook that
                   says what every column means
csv/               the same, a file each (UTF-8), for any program. Text that begins with
                   = + - @, or goes on so after a line end, tab or semicolon, has an
                   apostrophe in front of it, so that no spreadsheet takes it for a formula;
                   tables.xlsx, parquet/ and json/ have it as it is
parquet/           the same with types, for pandas, R (arrow) and DuckDB
json/              the same, a list of rows each
figures/           every figure: .svg for layout, .png for slides and documents, .vl.json
                   the Vega-Lite specification with its data
annotations.json   mentions, quotations and dates as W3C Web Annotations, for annotation
                   tools
article.conllu     the parse of the article with its mentions, for tools of corpus
                   linguistics (CoNLL-U)

checksums.txt      of all these files; `sha256sum -c checksums.txt` tells whether one was changed

start and end count characters of the article's text from 0; text[start:end] is what a row
speaks of.
"""


def made_at():
    """The date that files say they are from: SOURCE_DATE_EPOCH, else one long ago.

    WorkbookError where that is no number of seconds, or beyond what an archive can hold.
    """
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not seconds:
        return EARLIEST
    try:
        made = datetime.datetime.fromtimestamp(int(seconds), datetime.UTC)
    except (ValueError, OverflowError, OSError):
        made = None
    if made is None or made.year > LATEST_YEAR:
        raise WorkbookError(
            f"SOURCE_DATE_EPOCH={seconds}: not a number of seconds between 1970 and the year "
            f"{LATEST_YEAR}. Set it right, or take it away."
        )
    return max(made, EARLIEST)


def write_data(folder, tables, figures=(), articles=None, keywords=""):
    """Write every table, figure and annotation of a report as a folder, in place of an earlier one.

    `tables` is {name: table}, `figures` what `build.find_pictures` gives, `keywords` what the
    report says of itself. The same data give the same bytes. It is complete, or not there.
    WorkbookError where the folder holds anything that was not made so.
    """
    folder = Path(folder)
    check_data_folder(folder)
    with whole_folder(folder) as made:
        write_tables(tables, made)
        write_figures(figures, made / "figures")
        if articles is not None:
            write_found(made, tables, articles)
        about = f"{DATA_README}\nMade by {keywords}\n" if keywords else DATA_README
        write_whole(made / ABOUT_DATA, about)
        write_whole(made / CHECKSUMS, list_checksums(made))


def write_found(folder, tables, articles):
    """Write what was found in articles in the formats of others."""
    # A stance table has all that the mentions have, and more.
    mentions = tables.get("stance", tables.get("mentions"))
    found = {name: tables.get(name) for name in ("quotes", "speech", "dates")}
    write_annotations(articles, folder / "annotations.json", mentions=mentions, **found)
    if "tokens" in tables:
        write_conllu(articles, tables["tokens"], folder / "article.conllu", mentions)


def write_tables(tables, folder):
    """Write tables as CSV, Parquet, JSON and one XLSX; the paths.

    CSV is UTF-8 with a byte-order mark, which Excel needs; text in it that a spreadsheet would take
    for a formula gets an apostrophe in front. Half characters, which no file can hold, become
    question marks.
    """
    folder = Path(folder)
    paths = []
    for name, table in tables.items():
        paths += write_table(table.reset_index(drop=True).map(whole_text), name, folder)
    paths.append(folder / "tables.xlsx")
    write_workbook(tables, paths[-1])
    return paths


def write_table(table, name, folder):
    """Write a table in three formats, in a folder each; the paths."""
    files = {kind: folder / kind / f"{name}.{kind}" for kind in ("csv", "parquet", "json")}
    for path in files.values():
        path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(files["csv"], write_csv_cells(table))
    write_whole(files["parquet"], table.to_parquet(index=False))
    json_rows = table.to_json(orient="records", force_ascii=False, indent=1)
    write_whole(files["json"], json_rows + "\n")
    return list(files.values())


def write_csv_cells(table):
    """A table as CSV that a spreadsheet opens: nothing in it is a formula."""
    # Line ends as RFC 4180 has them: with others Python leaves a lone \r without quotation marks.
    csv = table.map(defuse).to_csv(index=False, lineterminator="\r\n")
    return csv.encode("utf-8-sig", "replace")


def whole_text(value):
    """A text without half characters."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def defuse(value):
    """A text that no spreadsheet takes for a formula, however it parts the file into cells."""
    if not isinstance(value, str):
        return value
    value = FORMULA.sub(r"\1'", value)
    return f"'{value}" if FORMULA_START.match(value) else value


def write_workbook(tables, path, keywords=""):
    """Write tables as one Excel file: what is in it, a sheet a table, a codebook of their columns.

    Nothing in it is a formula. Control characters become �; a text longer than a cell can hold is
    cut, and says so.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    named = {}
    for place, (name, table) in enumerate(tables.items()):
        named[name_sheet(name, place)] = (name, table)
    sheets = {"about": describe_sheets(named)}
    for sheet, (_, table) in named.items():
        sheets[sheet] = table
    sheets["codebook"] = describe_columns(named)
    for name, table in sheets.items():
        fill_sheet(book.create_sheet(name), table)
    book.properties.creator = "media-analysis-workbook"
    book.properties.keywords = keywords
    content = io.BytesIO()
    book.save(content)
    write_whole(path, fix_dates(content.getvalue()))


def describe_column(column):
    """(type, meaning) of a column, as the codebook has them; empty where it has none."""
    known = schema.COLUMNS.get(column, {"kind": "", "meaning": ""})
    return known["kind"], known["meaning"]


def name_sheet(name, place):
    """A name that Excel allows, its own for each table."""
    plain = re.sub(r"[\[\]:*?/\\]", "_", name)
    if len(plain) <= LONGEST_SHEET and plain not in ("about", "codebook"):
        return plain
    return f"{plain[: LONGEST_SHEET - 4]}_{place}"


def describe_sheets(named):
    """What is in the file: one row a sheet. `named` is {sheet: (name, table)}."""
    rows = []
    for sheet, (name, table) in named.items():
        meaning = schema.TABLES.get(name, {}).get("row", "")
        rows.append((sheet, len(table), meaning))
    return pd.DataFrame(rows, columns=["sheet", "rows", "what a row is"])


def describe_columns(named):
    """What the columns mean: one row a column of a sheet."""
    rows = []
    for sheet, (_, table) in named.items():
        for column in table:
            rows.append((sheet, column, *describe_column(column)))
    return pd.DataFrame(rows, columns=["sheet", "column", "type", "meaning"])


def fill_sheet(sheet, table):
    """A sheet with a table: bold names that stay in view, filters, columns as wide as they need."""
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    for column, name in enumerate(map(str, table), 1):
        values = [in_cell(value) for value in table.iloc[:, column - 1].tolist()]
        for row, value in enumerate([name, *values], 1):
            cell = sheet.cell(row, column, value)
            if isinstance(value, str):
                cell.data_type = "s"  # never a formula
                cell.alignment = Alignment(vertical="top", wrap_text=len(value) > WIDEST_CELL)
        sheet.cell(1, column).font = Font(bold=True)
        seen = pd.Series([name, *values[:500]], dtype=object).dropna()
        longest = seen.astype(str).str.len().max()
        sheet.column_dimensions[get_column_letter(column)].width = min(longest + 2, WIDEST_CELL)
    sheet.freeze_panes = "A2"
    if len(table.columns):
        sheet.auto_filter.ref = sheet.dimensions


def in_cell(value):
    """A value as a cell can hold it."""
    if isinstance(value, str):
        value = in_xml(value)
        if len(value) > LONGEST_CELL:
            return value[: LONGEST_CELL - len(CUT_CELL)] + CUT_CELL
        return value
    return None if pd.isna(value) else value


def fix_dates(content):
    """An Office file with the dates in it, and of its parts, that the same data always get."""
    made = made_at()
    fixed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                date = made.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
                # openpyxl has its own word on the second date; a parser would change more of the
                # file than what is asked for.
                data = DATE.sub(rb"\g<1>" + date, data)
            part = zipfile.ZipInfo(name, made.timetuple()[:6])
            new.writestr(part, data, zipfile.ZIP_DEFLATED)
    return fixed.getvalue()


def write_figures(figures, folder):
    """Write figures as SVG, PNG (twice the size), and Vega-Lite with its data."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for number, figure in enumerate(figures, 1):
        stem = f"{number:02d}-{figure['name']}"
        spec = figure["spec"]
        write_whole(folder / f"{stem}.svg", draw_svg(spec))
        write_whole(folder / f"{stem}.png", draw_png(spec))
        source = json.dumps(spec, sort_keys=True, ensure_ascii=False, indent=1)
        write_whole(folder / f"{stem}.vl.json", source + "\n")
