"""Sheets for coders: a CSV file of items, which a program or a spreadsheet fills in."""

from pathlib import Path

import pandas as pd

from .. import schema
from ..errors import WorkbookError
from ..read.codings import SHEET_COLUMNS, check_answer, read_sheet
from ..text import how_many, quote
from ..whole import held
from .tables import whole_text, write_csv_cells
from .writing import write_whole

FILLED_IN = ("answer", "note")
EACH_A_FILE = (
    "Two who code need a file and a name each: "
    'wb.code_rows(sample, "ben.codings.csv", coder="ben").'
)
OTHER_FILE = "Nothing was changed. Choose another file name."


def write_codings(sample, path, *, coder):
    """Write a sample as a sheet to fill in, `my-story.codings.csv` beside `my-story.txt`; the path.

    One row an item: its words between what stands around them, the question, the answers to choose
    from, and the empty column `answer`; what the workbook needs to know again is at the right. It
    opens in a spreadsheet (UTF-8 with a byte-order mark; what would be a formula has an apostrophe
    in front). Each coder gets a file; `read_codings` reads them back. A file that is there is gone
    on with: its answers stay, items of a larger sample are added. WorkbookError where it is
    somebody else's, or holds answers to items that the sample lacks.

    >>> import tempfile
    >>> articles = read_texts("It rained in Linz. Nobody left.")
    >>> sample = sample_rows(split_sentences(articles), split_sentences(articles), 2)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = write_codings(sample, f"{folder}/rain.codings.csv", coder="anna")
    ...     print(len(read_codings(path, articles)))
    2
    """
    path = Path(path)
    schema.check(sample, "samples")
    coder = settle_coder(coder)
    rows = sample[schema.columns("samples")].assign(answer="", note="", coder=coder)
    there = find_answers(path, coder, set(rows["item"]))
    for column in FILLED_IN:
        kept = [there.get(item, {}).get(column, "") for item in rows["item"]]
        rows[column] = pd.Series(kept, index=rows.index, dtype="str")
    write_rows(rows, path)
    return path


def settle_coder(coder):
    """A coder's name on one line; ValueError where there is none."""
    coder = " ".join(str(coder).split())
    if not coder:
        raise ValueError("coder is empty: give the name or initials of whoever answers.")
    return coder


def find_answers(path, coder, items):
    """{item: its row} of what a file holds already; WorkbookError where it is not to be changed."""
    if not path.exists():
        return {}
    rows = read_sheet(path)
    others = {row["coder"] for row in rows} - {coder}
    if others:
        names = " and ".join(map(quote, sorted(others)))
        raise WorkbookError(f"{path}: has codings of {names}, not of {quote(coder)}. {OTHER_FILE}")
    answered = [row for row in rows if row["answer"].strip() or row["note"].strip()]
    lost = [row for row in answered if row["item"] not in items]
    if lost:
        raise WorkbookError(
            f"{path}: {how_many(len(lost), 'coded item')} of it are not in this sample (the first: "
            f"{quote(lost[0]['text'])}). {OTHER_FILE}"
        )
    return {row["item"]: row for row in answered}


def write_answer(path, item, answer, note=None, *, known=None):
    """Write one answer into a sheet, in place of an earlier one to the same item; nothing else.

    Returned is the answer as it was written: the name offered, where a part of it was given. An
    empty answer takes the earlier one away. `note` is left as it is where it is None.
    WorkbookError where the sheet has no such item, or its task no such answer; with `known`, where
    the earlier answer is not that one: somebody else writes into the file.
    """
    path = Path(path)
    with held(path):
        return change_answer(path, item, answer, note, known)


def change_answer(path, item, answer, note, known):
    """Write one answer into a sheet that nobody else changes meanwhile."""
    rows = read_sheet(path)
    mine = [row for row in rows if row["item"] == item]
    if not mine:
        raise WorkbookError(f"{path}: no item {quote(item)}. Take one of the column `item`.")
    there = mine[-1]["answer"].strip()
    if known is not None and there not in (known, answer):
        said = f"answered it with {quote(there)}" if there else "took the answer away"
        raise WorkbookError(
            f"{path.name}: somebody else {said}, in another window or program. Look again: answer "
            f"once more to change it. {EACH_A_FILE}"
        )
    for row in mine:
        row["answer"] = check_answer({**row, "answer": answer or ""}, path) or ""
        row["note"] = row["note"] if note is None else note
    write_rows(pd.DataFrame(rows), path)
    return mine[-1]["answer"]


def check_folder_of(path):
    """Refuse a file in a folder that is not there, be it by a stroke in a coder's name."""
    if not path.parent.is_dir():
        raise WorkbookError(
            f"{path.parent}: no such folder. Make it, or choose another place; a name that is to "
            "be part of a file's name has no / in it."
        )


def write_rows(rows, path):
    """Write the rows of a sheet."""
    if path.is_dir():
        raise WorkbookError(f"{path}: is a folder. Give the name of a file that ends in .csv.")
    check_folder_of(path)
    write_whole(path, write_csv_cells(rows[list(SHEET_COLUMNS)].map(whole_text)))
