"""What a class coded, merged: one page to talk about, and one sheet with all answers."""

import warnings
from pathlib import Path

import pandas as pd

from .. import schema
from ..errors import ArticleError, WorkbookError
from ..lexicons import resource
from ..read.articles import read_articles
from ..read.classroom import CLASS_PAGE, FROM_FILE, MERGED, USED, gather_class, list_class_files
from ..read.codings import SHEET_COLUMNS
from ..read.files import find_files
from ..read.formats import READERS
from ..text import how_many
from .notebook import run_notebook
from .provenance import CHECKSUMS, check_unchanged, list_checksums, read_checksums
from .tables import whole_text, write_csv_cells
from .writing import check_writable, has_content, whole_folder, write_whole

FILES = "files.csv"
# Files beside a class's sheets that are tried as their article, at most.
MOST_TRIED = 20


def build_class(folder, article=None, *, out=None, names=False, progress=True):
    """Merge what a class coded and return (the paths of page and sheet, what to say of the files).

    `folder` holds the files of all coders, `article` is what they coded: by default the article
    that comes with the workbook, or one that lies in the folder or here. Written is a folder of its
    own, `out`: the page, one sheet with all answers, and a list of the files. It is replaced only
    where nothing in it was changed since it was made. Coders are named on the page with `names`.
    """
    folder = Path(folder).expanduser()
    target = Path(out or f"{folder.resolve().name}-class")
    check_target_folder(Path.cwd() / target)
    found, headline = find_coded(check_used(gather_class(folder), folder), article, folder)
    articles = read_quietly(found, headline)
    sheets = check_used(gather_class(folder, articles), folder)
    files = list_class_files(sheets, folder)
    if found:  # the article lies among them, and is used
        its = [(folder / name).resolve() == Path(found).resolve() for name in files["file"]]
        files = files[[not each for each in its]].reset_index(drop=True)
    asked = {"article": str(found or ""), "folder": str(folder.resolve())}
    asked |= {"headline": int(headline), "names": int(names)}
    page = render_class(asked, progress)
    with whole_folder(Path.cwd() / target) as made:
        write_whole(made / CLASS_PAGE, page)
        write_whole(made / MERGED, write_sheets(sheets))
        write_whole(made / FILES, write_cells(files))
        write_whole(made / CHECKSUMS, list_checksums(made))
    return [target / CLASS_PAGE, target / MERGED], describe_files(files, target)


def check_target_folder(target):
    """See that a folder may be written; WorkbookError where it holds what `class` did not make."""
    mend = "Nothing was changed. Choose another folder with --out."
    if has_content(target, mend):
        check_unchanged(target, mend)
        if CLASS_PAGE not in read_checksums(target):
            raise WorkbookError(f"{target}: holds what `workbook class` did not make. {mend}")
    check_writable(target.parent, "--out")


def check_used(sheets, folder):
    """The sheets; WorkbookError where none of them counts."""
    if not any(sheet.status == USED for sheet in sheets):
        why = " ".join(f"{sheet.name}: {' '.join(sheet.notes) or sheet.status}" for sheet in sheets)
        raise WorkbookError(f"{folder}: no file in it holds an answer that counts. {why}")
    return sheets


def find_coded(sheets, article, folder):
    """(the file of the article that was coded, None for the workbook's own; whether its headline
    stands above its text); WorkbookError where it is not found."""
    wanted = [row["doc_id"] for sheet in sheets for row in sheet.rows]
    tried = [article] if article else [None, *list_near(folder)]
    hits = {}
    for path in tried:
        for headline in (False, True):
            known = set(read_quietly(path, headline)["doc_id"])
            hits[path, headline] = sum(doc_id in known for doc_id in wanted)
    best = max(hits, key=hits.get)
    if hits[best]:
        return best
    mend = f"workbook class {folder} my-article.txt"
    said = "none is of the article that comes with the workbook, or of one in that folder or here"
    if article:
        said = f"none is of {article}, or its text was edited since"
    raise WorkbookError(f"{folder}: of the answers in it {said}. Name the article: {mend}")


def list_near(folder):
    """Files in the class's folder, and here, that may be the article."""
    near = []
    for place in (folder, Path.cwd()):
        its = [path for path in sorted(place.iterdir()) if path.suffix.lower() in READERS]
        its = [path for path in its if path.is_file() and path.suffix.lower() != ".csv"]
        near += its[:MOST_TRIED]
    return list(dict.fromkeys(path.resolve() for path in near))


def read_quietly(path, headline):
    """The articles in a file; a table without rows where it holds none."""
    with warnings.catch_warnings(action="ignore"):
        try:
            return read_articles(path or find_files(None)[0], headline=headline)
        except (ArticleError, OSError):
            return schema.table([], "articles")


def render_class(asked, progress):
    """The page, from the notebook that makes it."""
    from .html import render_page

    notebook = run_notebook(resource("notebooks") / "class.ipynb", asked, progress=progress)
    # What it was run with are paths, and those are nobody's business.
    notebook.cells = [cell for cell in notebook.cells if cell.id != "parameters"]
    return render_page(notebook)


def write_sheets(sheets):
    """One sheet of all answers that count, as CSV, with the file that each comes from."""
    rows = [row for sheet in sheets for row in sheet.rows]
    frame = pd.DataFrame(rows, columns=[*SHEET_COLUMNS, FROM_FILE])
    return write_cells(frame)


def write_cells(frame):
    """A table as CSV, empty where something is missing."""
    cells = frame.astype("object").where(frame.notna(), "")
    return write_csv_cells(cells.map(whole_text))


def describe_files(files, target):
    """What to say of the files: how many count, and what is wrong with which."""
    used = files[files["status"] == USED]
    told = [f"{how_many(len(used), 'file')} of {len(files)} merged."]
    for row in files[files["note"].notna() | (files["status"] != USED)].itertuples():
        note = f" {row.note}" if isinstance(row.note, str) else ""
        told.append(f"{row.file}: {row.status}.{note}")
    return [*told, f"All files and what became of them: {target / FILES}"]
