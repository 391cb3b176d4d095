"""The sheets of a class: what many coders answered, file by file in one folder."""

import os
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from .. import schema
from ..errors import ArticleError, WorkbookError
from ..text import quote
from .codings import CODED, bare, check_answer, check_once, check_texts, read_sheet
from .files import CODINGS, CORRECTIONS
from .tables import csv_rows

# What a class's page and its merged sheet are called, and the column that only the latter has.
CLASS_PAGE, MERGED, FROM_FILE = "class.html", f"class{CODINGS}", "file"
# Spreadsheets that hold answers and cannot be read as they are.
SPREADSHEETS = (".xlsx", ".xls", ".ods", ".numbers")
NO_SHEET = "It is no file with codings: its columns are others."
NO_TABLE_AT_ALL = "It is no table (.csv), so it holds no codings."
OTHER_SAMPLE = "It is of another sample: it shares no passage with the other files."
SAVE = "a spreadsheet: save it as CSV (in Excel: “CSV UTF-8”)."
# Names that somebody who did not choose one has, and names that others have.
UNCHOSEN, RESERVED = ("me", ""), ("machine", "all coders")
USED, UNANSWERED, NOT_USED = "used", "nothing answered yet", "left out"


class Sheet(NamedTuple):
    """One file of a class, and what became of it."""

    name: str  # as seen from the folder
    rows: list
    status: str
    notes: list


def read_class(folder, articles=None):
    """Read what a class coded: one row an item and coder, of all sheets in a folder.

    Every CSV file in `folder` and the folders in it counts, whatever it is called. Two files under
    the same coder's name are told apart by the files' names. Left out is what cannot be read, is of
    another article than `articles`, or has no answer so far; `read_class_files` says of each file
    what became of it. WorkbookError where the sheets are of different samples.

    >>> import tempfile
    >>> articles = read_texts("It rained in Linz. Nobody left.")
    >>> sample = sample_rows(split_sentences(articles), split_sentences(articles), 2)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = write_codings(sample, f"{folder}/a.csv", coder="me")
    ...     print(len(read_class(folder, articles)))
    0
    """
    rows = [row for sheet in gather_class(folder, articles) for row in sheet.rows]
    return schema.table([{key: row[key] for key in CODED} for row in rows], "codings")


def read_class_files(folder, articles=None):
    """Read which files of a class's folder count: one row a file, with what is wrong with it.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = write_codings(sample_rows(*[split_sentences(read_texts("It rained."))] * 2),
    ...                          f"{folder}/a.csv", coder="me")
    ...     read_class_files(folder)[["file", "status"]].values.tolist()
    [['a.csv', 'nothing answered yet']]
    """
    return list_class_files(gather_class(folder, articles), folder)


def list_class_files(sheets, folder):
    """The files of a class's folder, one row a file: its sheets as read, and all others."""
    listed = []
    for sheet in sheets:
        coders = sorted({row["coder"] for row in sheet.rows})
        answered = sum(row["answer"] is not None for row in sheet.rows)
        told = {"coders": "; ".join(coders) or None, "note": " ".join(sheet.notes) or None}
        counts = {"n": len(sheet.rows), "answered": answered}
        listed.append({"file": sheet.name, "status": sheet.status, **counts, **told})
    for path in find_other_files(Path(folder).expanduser()):
        listed.append(
            {"file": path, "status": NOT_USED, "n": 0, "answered": 0, "note": NO_TABLE_AT_ALL}
        )
    return schema.table(listed, "class_files")


def gather_class(folder, articles=None):
    """The sheets of a folder, those that do not count with empty rows; WorkbookError where none is
    a sheet, or where those of one task share no item."""
    folder = Path(folder).expanduser()
    files = find_sheets(folder)
    if not files:
        raise WorkbookError(
            f"{folder}: no file with codings (.csv) in it. Put the files of the class into it: "
            f"their names end in {CODINGS}."
        )
    sheets = [read_one(path, path.relative_to(folder).as_posix(), articles) for path in files]
    sheets = tell_apart(drop_lone(drop_copies(sheets, folder)))
    check_samples(sheets)
    return sheets


def find_sheets(folder):
    """The files in a folder and below that may be sheets, in the order of their names.

    Not hidden ones, nor what the command `class` made.
    """
    if not folder.is_dir():
        said = "is a file" if folder.exists() else "no such folder"
        raise WorkbookError(f"{folder}: {said}. Name the folder with the files of the class.")
    return [path for path in walk_class(folder) if is_sheet(path)]


def find_other_files(folder):
    """The names of the files in a folder and below that can be no sheets."""
    others = [path for path in walk_class(folder) if not is_sheet(path)]
    others = [path for path in others if not path.name.lower().endswith(CORRECTIONS)]
    return [path.relative_to(folder).as_posix() for path in others]


def walk_class(folder):
    """The files in a folder and below, in the order of their names."""
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not is_passed(name))
        if CLASS_PAGE in names and MERGED in names:
            folders.clear()
            continue
        yield from (Path(here, name) for name in sorted(names) if not is_passed(name))


def is_sheet(path):
    """Whether a file may be a sheet, by its name."""
    is_table = path.suffix.lower() in (".csv", *SPREADSHEETS)
    return is_table and not path.name.lower().endswith(CORRECTIONS)


def is_passed(name):
    """Whether a file or folder is hidden, or a system's own."""
    return name.startswith((".", "~", "__"))


def read_one(path, name, articles):
    """One file as a sheet; of one that cannot be used, why."""
    if path.suffix.lower() in SPREADSHEETS:
        return Sheet(name, [], NOT_USED, [f"It is {SAVE}"])
    try:
        rows = read_sheet(path)
        if FROM_FILE in (str(column).strip().lower() for column in csv_rows(path)[0]):
            raise WorkbookError("it was merged from other files by `workbook class`.")
        if articles is not None:
            check_texts(rows, articles, path)
        check_once(rows)
    except (WorkbookError, ArticleError, OSError) as error:
        said = str(error).removeprefix(str(path)).lstrip(":, ")
        said = NO_SHEET if said.startswith("no column `left`, `text`") else said
        return Sheet(name, [], NOT_USED, [said[:1].upper() + said[1:]])
    notes = []
    read = [settle(row, path, name, notes) for row in rows]
    if all(row["answer"] is None for row in read):
        return Sheet(name, [], UNANSWERED, notes)
    return Sheet(name, read, USED, notes)


def settle(row, path, name, notes):
    """A row with its answer as it counts: none where the task has no such answer, and a note."""
    row = {**row, FROM_FILE: name}
    try:
        return {**row, "answer": check_answer(row, path)}
    except WorkbookError as error:
        said = str(error).removeprefix(str(path)).lstrip(":, ")
        notes.append(f"An answer counts as none: {said}")
        return {**row, "answer": None}


def drop_copies(sheets, folder):
    """The sheets, without those that are the same to the byte as one before of the same coder.

    Those of coders without a name of their own may be alike by chance: they stay, and that is said.
    """
    seen, kept = {}, []
    for sheet in sheets:
        if sheet.status == USED:
            content = (folder / sheet.name).read_bytes()
            first = seen.setdefault(content, sheet.name)
            if first != sheet.name and has_chosen(sheet):
                note = f"The same as {first}, which counts once."
                sheet = Sheet(sheet.name, [], NOT_USED, [note])
            elif first != sheet.name:
                sheet.notes.append(f"The same as {first}: if it is a copy, take it away.")
        kept.append(sheet)
    return kept


def drop_lone(sheets):
    """The sheets without those of no chosen name that share no passage with any other, where the
    others share theirs: somebody's own reading has come into the folder."""
    items = {each.name: {row["item"] for row in each.rows} for each in sheets if each.rows}
    kept, lone = [], []
    for name, its in items.items():
        if not any(its & others for other, others in items.items() if other != name):
            lone.append(name)
    for sheet in sheets:
        if sheet.name in lone and len(lone) < len(items) and not has_chosen(sheet):
            sheet = Sheet(sheet.name, [], NOT_USED, [OTHER_SAMPLE])
        kept.append(sheet)
    return kept


def has_chosen(sheet):
    """Whether the coders of a sheet have a name that is not the one that notebooks begin with."""
    return all(bare(row["coder"]) not in UNCHOSEN for row in sheet.rows)


def tell_apart(sheets):
    """The sheets with a name of its own for each coder: the file's is added where two are alike.

    A coder of several files in none of which an item comes again is one.
    """
    by_coder, again = defaultdict(set), set()
    for sheet in sheets:
        for row in sheet.rows:
            key = bare(row["coder"])
            if row["item"] in by_coder[key]:
                again.add(key)
        for row in sheet.rows:
            by_coder[bare(row["coder"])].add(row["item"])
    taken, named = set(), []
    for sheet in sheets:
        new = {}
        for row in sheet.rows:
            key = bare(row["coder"])
            if key not in new and (key in again or key in ("", *RESERVED)):
                new[key] = free_name(f"{row['coder'] or 'coder'} ({cut_ending(sheet.name)})", taken)
        rows = [{**row, "coder": new.get(bare(row["coder"]), row["coder"])} for row in sheet.rows]
        named.append(sheet._replace(rows=rows, notes=[*sheet.notes, *tell_names(new, again)]))
    return named


def tell_names(new, again):
    """What is said of coders who got another name."""
    return [
        f"Other files name their coder {quote(key)}, too: told apart by the files' names."
        if key in again
        else f"Its coder is called {quote(key)}: the file's name is added."
        for key in new
    ]


def cut_ending(file):
    """A file's name without its ending."""
    for ending in (CODINGS, ".csv"):
        if file.lower().endswith(ending):
            return file[: -len(ending)]
    return file


def free_name(name, taken):
    """A name that no other coder has; it is taken from now on."""
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    taken.add(free)
    return free


def check_samples(sheets):
    """WorkbookError where the sheets of one task fall into groups that share no item."""
    tasks = sorted({row["task"] for sheet in sheets for row in sheet.rows})
    for task in tasks:
        groups = []
        for sheet in sheets:
            items = {row["item"] for row in sheet.rows if row["task"] == task}
            if not items:
                continue
            near = [group for group in groups if group[0] & items]
            joined = items.union(*(group[0] for group in near))
            names = [name for group in near for name in group[1]] + [sheet.name]
            groups = [group for group in groups if group not in near] + [(joined, names)]
        if len(groups) > 1:
            told = "; ".join(list_few(names) for _, names in sorted(groups, key=rank))
            raise WorkbookError(
                f"the sheets of the task {quote(task)} are of {len(groups)} different samples, "
                f"which share no passage: {told}. Put those of each sample into a folder of its "
                "own. (All get the same passages with the same article, number and seed.)"
            )


def rank(group):
    """Groups with many files first."""
    return -len(group[1]), group[1]


def list_few(names):
    """Names of files, at most five, in words."""
    listed = ", ".join(names[:5])
    return f"{listed} and {len(names) - 5} more" if len(names) > 5 else listed
