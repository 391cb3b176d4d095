"""The report: the report notebook run on one article, and written in the formats asked for."""

import contextlib
import hashlib
from pathlib import Path
from threading import Thread

from tqdm import tqdm

from .. import __version__
from ..errors import ArticleError, WorkbookError
from ..lexicons import resource
from ..measure.tone.model import tone_model
from ..read.files import CORRECTIONS, find_files
from ..show.vega import start_vega

# How files end that stand beside an article's file.
BESIDE_ARTICLE = (".toml", CORRECTIONS)
# format -> how a report's file ends
FORMATS = {
    "html": ".html",
    "pdf": ".pdf",
    "docx": ".docx",
    "slides": ".slides.html",
    "xlsx": ".xlsx",
}


def build_report(article=None, *, out="reports", to=("html",), data=None, progress=True):
    """Build the report on one article in each of the formats `to`, and return the paths.

    They are `out/<name of the article's file>.<format>`. `article` is a file that `read_articles`
    reads and that holds one article; None stands for the one that comes with the workbook. `data`
    is a folder for every table, figure and annotation; none of them is written by default. The same
    article and the same package give the same bytes.
    """
    unknown = [kind for kind in to if kind not in FORMATS]
    if unknown:
        raise WorkbookError(
            f"--to {unknown[0]}: no such format. Choose from: {', '.join(FORMATS)}."
        )
    file = find_one_file(article)
    data = None if data is None else Path(data).resolve()
    folder = Path(out)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise WorkbookError(
            f"{out}: no folder can be made there. Choose another with --out."
        ) from None
    start_vega()
    Thread(target=tone_model, daemon=True).start()  # ONNX Runtime leaves Python free meanwhile
    names = {}
    notebook = run_report_notebook(file, progress, names)
    tables = find_tables(names)
    written = []
    for kind in tqdm(to, "Writing", unit="format", disable=not progress):
        target = folder / f"{file.stem}{FORMATS[kind]}"
        try:
            write_report(notebook, tables, kind, target)
        except OSError as error:
            raise WorkbookError(
                f"{target}: could not be written ({error.strerror}). "
                "Choose another folder with --out."
            ) from None
        written.append(target)
    if data is not None:
        from .tables import write_data

        write_data(data, tables, find_figures(notebook), names["articles"])
        written.append(data)
    return written


def find_one_file(article):
    """The file of the one article that a report is of."""
    files = find_files(article)
    if len(files) > 1:
        raise ArticleError(
            f"{article}: there are {len(files)} files, and a report is of one article. "
            "Name the one you mean."
        )
    return files[0].resolve()


def run_report_notebook(file, progress, names):
    """The report notebook, run on a file; `names` is filled with what the notebook names.

    It runs in the file's own folder, so that the report holds the file's name and not its path.
    """
    from .notebook import run_notebook

    path = resource("notebooks") / "report.ipynb"
    with contextlib.chdir(file.parent):
        notebook = run_notebook(path, {"article": file.name}, progress=progress, names=names)
    notebook.metadata["title"] = f"Report: {file.name}"
    notebook.metadata["keywords"] = describe_keywords(file, names["articles"])
    return notebook


def write_report(notebook, tables, kind, target):
    """Write the report in one format."""
    keywords = notebook.metadata["keywords"]
    # What a format needs is loaded only where it is asked for.
    if kind == "html":
        from .html import render_page

        target.write_text(render_page(notebook), encoding="utf-8", newline="\n")
    elif kind == "xlsx":
        from .tables import write_workbook

        write_workbook(tables, target, keywords)
    elif kind == "slides":
        from .slides import write_slides

        write_slides(notebook, target, keywords)
    elif kind == "pdf":
        from .typeset import write_pdf

        write_pdf(notebook, target, keywords)
    else:
        from .typeset import write_docx

        write_docx(notebook, target, keywords)


def find_tables(names):
    """The tables that a notebook has named, without selections from them.

    The rows of a selection keep their old numbers.
    """
    import pandas as pd

    tables = {}
    for name, value in names.items():
        if isinstance(value, pd.DataFrame) and value.index.equals(pd.RangeIndex(len(value))):
            tables[name] = value
    return tables


def find_figures(notebook):
    """The figures of an executed notebook, in their order.

    Each has a name, its finding, its source and the specification.
    """
    from ..show.figure import FIGURE_DATA

    figures = []
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            if FIGURE_DATA in output.get("data", ()):
                figures.append(output["data"][FIGURE_DATA])
    return figures


def describe_keywords(file, articles):
    """What a report says of itself, in every format.

    It names the package, the article, and all that may change the numbers, as checksums.
    """
    from ..measure.source import describe_run

    run = describe_run(articles).to_csv(index=False, lineterminator="\n")
    environment = hashlib.sha256(run.encode("utf-8", "replace")).hexdigest()
    article = f"{hash_files(file)} {file.name}"
    return f"workbook {__version__}; article {article}; environment {environment}"


def hash_files(file):
    """A checksum of an article's file and of what stands beside it."""
    total = hashlib.sha256()
    beside = [file.with_suffix(ending) for ending in BESIDE_ARTICLE]
    for path in [file, *beside]:
        if path.is_file():
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()
