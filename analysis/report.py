"""The report: the report notebook run on one article and rendered as a single HTML file that opens without network."""

import asyncio
import re
import sys
import tempfile
from pathlib import Path

from .errors import ArticleError, WorkbookError
from .files import find_files, resource

TEMPLATES = Path(__file__).parent / "templates"


def build_report(article=None, out="reports", progress=True):
    """Build the report on one article and return the path of its HTML file, `out/<name of the article's file>.html`.

    The same article and the same package give the same bytes. `article` is a file that `read_articles` reads and that
    holds one article; None stands for the article that comes with the workbook.
    """
    files = find_files(article)
    if len(files) > 1:
        raise ArticleError(f"{article}: there are {len(files)} files, and a report is of one article. Name the one you mean.")
    folder = Path(out)
    target = folder / f"{files[0].stem}.html"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise WorkbookError(f"{out}: no folder can be made there. Choose another with --out.") from None
    notebook = run_notebook(resource("notebooks") / "report.ipynb", {"article": str(files[0].resolve())}, progress)
    notebook.metadata["title"] = f"Report: {files[0].name}"
    try:
        target.write_text(render(notebook), encoding="utf-8", newline="\n")
    except OSError as error:
        raise WorkbookError(f"{target}: could not be written ({error.strerror}). Choose another folder with --out.") from None
    return target


def run_notebook(path, parameters, progress):
    """The notebook, run with papermill in a scratch folder; WorkbookError with the last line where a cell fails."""
    import nbformat
    import papermill
    from nbclient.exceptions import DeadKernelError

    if sys.platform == "win32":  # Jupyter's sockets need the older event loop there
        asyncio.set_event_loop_policy(asyncio.WindowsSelectorEventLoopPolicy())
    with tempfile.TemporaryDirectory() as scratch:
        target = Path(scratch) / path.name
        try:
            papermill.execute_notebook(
                path, target, parameters, cwd=scratch, kernel_name="python3", progress_bar=progress, extra_arguments=["--log-level=CRITICAL"]
            )
        except papermill.PapermillExecutionError as error:
            known = error.ename in ("ArticleError", "SchemaError")
            raise WorkbookError(
                error.evalue if known else f"the report notebook stopped in cell {error.cell_index}: {error.ename}: {error.evalue}"
            ) from None
        except DeadKernelError:
            raise WorkbookError("the analysis stopped half-way, probably for want of memory. Try a shorter article.") from None
        return nbformat.read(target, as_version=4)


def render(notebook):
    """The HTML of an executed notebook in the workbook's own template."""
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(template_name="workbook", extra_template_basedirs=[str(TEMPLATES)], exclude_anchor_links=True)
    page, _ = exporter.from_notebook_node(notebook)
    return re.sub(r"\n{3,}", "\n\n", page)
