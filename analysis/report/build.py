"""The report: the report notebook run on one article, and written in the formats asked for."""

import contextlib
import re
import warnings
from pathlib import Path
from threading import Thread

from tqdm import tqdm

from ..errors import WorkbookError
from ..lexicons import resource
from ..read.articles import analysed
from ..show.vega import check_addresses, start_vega, stop_vega
from ..text import how_many, in_xml
from .provenance import check_data_folder, check_target, describe_keywords
from .sources import Sources, find_sources
from .writing import check_writable, write_whole

# format -> how a report's file ends
FORMATS = {
    "html": ".html",
    "pdf": ".pdf",
    "docx": ".docx",
    "slides": ".slides.html",
    "xlsx": ".xlsx",
}


def build_report(
    article=None, *, out="reports", to=("html",), data=None, replace=False, progress=True
):
    """Build the report on an article in each of the formats `to`, and return the paths.

    They are `out/<name of the article's file>.<format>`. `article` is a file that `read_articles`
    reads; None stands for the one that comes with the workbook. Of several articles (a folder, a
    list of files, a table with several rows) it is a report that compares them, under the name of
    the folder or of the first file. `data` is a folder for every table, figure and annotation; none
    of them is written by default. The same article and the same package give the same bytes.
    Nothing is replaced but earlier reports of the same article (`replace`: of any article); what is
    in the way is said before the analysis.
    """
    sources = article if isinstance(article, Sources) else find_sources(article)
    targets = prepare_targets(sources, Path(out), to, replace)
    if data is not None:
        data = prepare_data(Path(data), sources, Path(out), replace)
    check_addresses()
    start_vega()
    loader = Thread(target=load_models, daemon=True)
    try:
        loader.start()
        names = {}
        notebook = run_report_notebook(sources, progress, names)
        return write_outputs(notebook, names, targets, data, progress)
    finally:
        stop_vega()
        # A process that ends while ONNX Runtime loads a model is aborted.
        loader.join()


def load_models():
    """Load the models meanwhile: ONNX Runtime leaves Python free.

    What is wrong with one is said where it is needed.
    """
    from ..models import load_model

    for name in ("names", "stance"):
        with contextlib.suppress(Exception):
            load_model(name)


def prepare_targets(sources, out, to, replace):
    """{format: the report's path}; WorkbookError where one could not be made or written there."""
    from .tables import made_at

    targets = {}
    for kind in to:
        if kind not in FORMATS:
            raise WorkbookError(f"--to {kind}: no such format. Choose from: {', '.join(FORMATS)}.")
        targets[kind] = out / f"{sources.stem}{FORMATS[kind]}"
    made_at()
    check_writable(out, "--out")
    for kind, target in targets.items():
        check_target(target, sources, replace)
        check_extras(kind)
    return targets


def prepare_data(data, sources, out, replace):
    """The folder for the data, with its whole path; WorkbookError where it cannot be made there."""
    data = Path.cwd() / data
    if data.exists():
        data = data.parent.resolve() / data.name
    out = out.resolve()
    if data == out or data in out.parents:
        raise WorkbookError(
            f"{data}: the data need a folder of their own. Choose another with --data."
        )
    check_data_folder(data, sources, replace)
    check_writable(data.parent, "--data")
    return data


def check_extras(kind):
    """See that the optional packages of a format are there."""
    if kind == "slides":
        from .slides import find_reveal

        find_reveal()
    elif kind in ("pdf", "docx"):
        from .typeset import PRINT_PACKAGES, need_package

        for package in PRINT_PACKAGES[kind]:
            need_package(package, kind.upper())


def write_outputs(notebook, names, targets, data, progress):
    """Write the reports, and the data where they are asked for; the paths.

    WorkbookError where one cannot be written; it names those that were.
    """
    keywords = notebook.metadata["keywords"]
    tables = find_tables(names)
    written = []
    try:
        for kind in tqdm(targets, "Writing", unit="format", disable=not progress):
            target, option = targets[kind], "--out"
            write_report(notebook, tables, kind, target)
            written.append(target)
        if data is not None:
            from .tables import write_data

            target, option = data, "--data"
            write_data(data, tables, find_pictures(notebook), names["articles"], keywords)
            written.append(data)
    except Exception as error:  # whatever a full disk or strange letters make a library raise
        reason = getattr(error, "strerror", None) or f"{type(error).__name__}: {error}"
        done = f" Written: {', '.join(map(str, written))}." if written else ""
        raise WorkbookError(
            f"{target}: could not be written ({reason}); what was there stands.{done} "
            f"Choose another folder with {option}, or another format."
        ) from error
    return written


def run_report_notebook(sources, progress, names):
    """The notebook of the report, run on files; `names` is filled with what it names.

    It runs in the files' own folder, so that the report holds their names and no path.
    """
    from .notebook import run_notebook

    names_of_files = sources.list_names()
    notebook, asked = "report.ipynb", {"article": names_of_files[0]}
    if sources.is_several:
        notebook, asked = "report-several.ipynb", {"several": names_of_files}
    with contextlib.chdir(sources.folder):
        path = resource("notebooks") / notebook
        notebook = run_notebook(path, asked, progress=progress, names=names)
    if sources.is_several:
        number = how_many(len(analysed(names["articles"])), "article")
        put_title(notebook, f"{sources.name}: {number} compared")
    else:
        put_headline(notebook, names["articles"], names["sentences"], sources.files[0])
    for flag in names["articles"]["flag"].dropna():
        warnings.warn(f"read with care: {flag}", stacklevel=2)
    notebook.metadata["keywords"] = describe_keywords(sources, names["articles"])
    return notebook


def put_headline(notebook, articles, sentences, file):
    """Make the article's headline the title of the report: of the page, the window, the slides.

    As the source states it, else the heading at the beginning of the text; the name of the file,
    where there is neither.
    """
    first = sentences.head(1)
    headings = first.loc[first["kind"] == "heading", "text"]
    headline = [*articles["title"].dropna(), *headings]
    put_title(notebook, headline[0] if headline else f"Report: {file.name}")


def put_title(notebook, title):
    """Make a text the title of the page, the window and the slides."""
    title = " ".join(in_xml(title).split())
    notebook.metadata["title"] = title
    question, _, rest = notebook.cells[0].source.removeprefix("# ").partition("\n\n")
    escaped = re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", title)
    notebook.cells[0].source = f"# {escaped}\n\n{question} {rest}"


def write_report(notebook, tables, kind, target):
    """Write the report in one format."""
    keywords = notebook.metadata["keywords"]
    # What a format needs is loaded only where it is asked for.
    if kind == "html":
        from .html import render_page

        write_whole(target, render_page(notebook))
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


def find_pictures(notebook):
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
