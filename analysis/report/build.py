"""The report: the report notebook run on one article, and written in the formats that are asked for."""

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


def build_report(article=None, out="reports", to=("html",), data=None, progress=True):
    """Build the report on one article in each of the formats `to` and return the paths, `out/<name of the article's file>.<format>`.

    `data` is a folder for every table, figure and annotation. The same article and the same package give the same bytes.
    `article` is a file that `read_articles` reads and that holds one article; None stands for the one that comes with the workbook.
    """
    unknown = [name for name in to if name not in FORMATS]
    if unknown:
        raise WorkbookError(
            f"--to {unknown[0]}: no such format. Choose from: {', '.join(FORMATS)}."
        )
    files = find_files(article)
    if len(files) > 1:
        raise ArticleError(
            f"{article}: there are {len(files)} files, and a report is of one article. Name the one you mean."
        )
    file, folder = files[0].resolve(), Path(out)
    data = None if data is None else Path(data).resolve()
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
    written = []
    for name in tqdm(to, "Writing", unit="format", disable=not progress):
        target = folder / f"{file.stem}{FORMATS[name]}"
        try:
            write_report(notebook, names, name, target)
        except OSError as error:
            raise WorkbookError(
                f"{target}: could not be written ({error.strerror}). Choose another folder with --out."
            ) from None
        written.append(target)
    if data is not None:
        from .tables import write_data

        write_data(data, find_tables(names), find_figures(notebook), names["articles"])
        written.append(data)
    return written


def run_report_notebook(file, progress, names):
    """The report notebook, run on a file in the file's own folder, so that the report holds its name and not its path."""
    from .notebook import run_notebook

    path = resource("notebooks") / "report.ipynb"
    with contextlib.chdir(file.parent):
        notebook = run_notebook(path, {"article": file.name}, progress, names)
    notebook.metadata["title"] = f"Report: {file.name}"
    notebook.metadata["keywords"] = describe_keywords(file, names["articles"])
    return notebook


def write_report(notebook, names, name, target):
    """Write the report in one format."""
    keywords = notebook.metadata["keywords"]
    if name == "html":
        from .html import render_page

        target.write_text(render_page(notebook), encoding="utf-8", newline="\n")
    elif name == "xlsx":
        from .tables import write_workbook

        write_workbook(find_tables(names), target, keywords)
    elif name == "slides":
        from .slides import write_slides

        write_slides(notebook, target, keywords)
    else:
        from . import typeset

        {"pdf": typeset.write_pdf, "docx": typeset.write_docx}[name](notebook, target, keywords)


def find_tables(names):
    """The tables that a notebook has named, without selections from them, whose rows keep their old numbers."""
    import pandas as pd

    frames = {name: value for name, value in names.items() if isinstance(value, pd.DataFrame)}
    return {
        name: frame
        for name, frame in frames.items()
        if frame.index.equals(pd.RangeIndex(len(frame)))
    }


def find_figures(notebook):
    """The figures of an executed notebook, in their order: name, finding, source, specification."""
    from ..show.figure import FIGURE_DATA

    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return [
        output["data"][FIGURE_DATA] for output in outputs if FIGURE_DATA in output.get("data", {})
    ]


def describe_keywords(file, articles):
    """What a report says of itself, in every format: the package, the article, and all that may change the numbers, as checksums."""
    from ..measure.source import describe_run

    made = (
        describe_run(articles).to_csv(index=False, lineterminator="\n").encode("utf-8", "replace")
    )
    return f"workbook {__version__}; article {hash_files(file)} {file.name}; environment {hashlib.sha256(made).hexdigest()}"


def hash_files(file):
    """A checksum of an article's file and of what stands beside it (what is known of it, corrections)."""
    total = hashlib.sha256()
    for path in (file, *(file.with_suffix(ending) for ending in BESIDE_ARTICLE)):
        if path.is_file():
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()
