"""The report: the report notebook run on one article and rendered as a single HTML file that opens without network."""

import asyncio
import re
import sys
import tempfile
from pathlib import Path

import nbformat

from .articles import analysed, find_files, read_articles
from .errors import ArticleError, WorkbookError
from .files import resource

TEMPLATES = Path(__file__).parent / "templates"


def build_report(article=None, out="reports", progress=True):
    """Build the report on one article and return the path of its HTML file, `out/<name of the article's file>.html`.

    The same article and the same package give the same bytes. `article` is a file that `read_articles` reads and that
    holds one article; None stands for the article that comes with the workbook.
    """
    articles = read_articles(article)
    if len(analysed(articles)) > 1:
        raise ArticleError(f"{article} holds {len(analysed(articles))} articles, and a report is of one. Save the one you mean as a file of its own.")
    file = find_files(article)[0]
    title = analysed(articles)["title"].iloc[0]
    notebook = run_notebook(resource("notebooks") / "report.ipynb", {"article": str(file.resolve())}, progress)
    notebook.metadata["title"] = f"Report: {title if isinstance(title, str) else file.name}"
    folder = Path(out)
    target = folder / f"{file.stem}.html"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        target.write_text(render(notebook), encoding="utf-8", newline="\n")
    except OSError as error:
        raise WorkbookError(f"{target}: could not be written ({error.strerror}). Choose another folder with --out.") from None
    return target


def run_notebook(path, parameters, progress):
    """The notebook, run with papermill in a scratch folder; WorkbookError with the last line where a cell fails."""
    import papermill

    if sys.platform == "win32":  # Jupyter's sockets need the older event loop there
        asyncio.set_event_loop_policy(asyncio.WindowsSelectorEventLoopPolicy())
    with tempfile.TemporaryDirectory() as scratch:
        target = Path(scratch) / path.name
        try:
            papermill.execute_notebook(path, target, parameters, cwd=scratch, kernel_name="python3", progress_bar=progress, log_output=False)
        except papermill.PapermillExecutionError as error:
            raise WorkbookError(f"the report notebook stopped in cell {error.cell_index}: {error.ename}: {error.evalue}") from None
        return nbformat.read(target, as_version=4)


def render(notebook):
    """The HTML of an executed notebook in the workbook's own template."""
    from nbconvert import HTMLExporter

    page, _ = HTMLExporter(template_name="workbook", extra_template_basedirs=[str(TEMPLATES)]).from_notebook_node(notebook)
    return re.sub(r"\n{3,}", "\n\n", page)
