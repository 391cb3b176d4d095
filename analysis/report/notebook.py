"""A notebook run from top to bottom in this process.

There is no kernel to start, and the tables are at hand afterwards.
"""

import ast
import contextlib
import io
import json
import warnings

from tqdm import tqdm

from ..errors import ArticleError, SchemaError, WorkbookError
from ..show.hiding import hide_packages

# Seconds to import, and of no use here: NLTK would measure collocations with it.
SLOW = "scipy"


def run_notebook(path, parameters, *, progress=True, names=None):
    """Run a notebook in the current folder and return it with its outputs.

    `parameters` (text and numbers) are put in place first. `names` is filled with what the notebook
    names (tables, mostly). WorkbookError with the cell and the reason where a cell fails. Plain
    Python only, no magics: that is all the workbook's notebooks need.
    """
    with hide_packages(SLOW):
        return run_cells(path, parameters, progress, {} if names is None else names)


def run_cells(path, parameters, progress, names):
    """The notebook with the outputs of its cells."""
    from IPython.core.formatters import DisplayFormatter

    notebook = set_parameters(path, parameters)
    names["__name__"] = "__main__"
    show = DisplayFormatter().format
    cells = enumerate(notebook.cells)
    code = [(number, cell) for number, cell in cells if cell.cell_type == "code"]
    bar = tqdm(code, "Executing", unit="cell", disable=not progress)
    for count, (number, cell) in enumerate(bar, 1):
        try:
            cell.outputs = run_cell(cell.source, f"cell {number}", names, show, count)
        except (ArticleError, SchemaError) as error:
            raise WorkbookError(str(error)) from error
        except MemoryError:
            raise WorkbookError(
                "the analysis stopped half-way for want of memory. Try a shorter article."
            ) from None
        except Exception as error:
            reason = f"{type(error).__name__}: {error}"
            raise WorkbookError(f"the notebook stopped in cell {number}: {reason}") from error
        cell.execution_count = count
    return notebook


def set_parameters(path, parameters):
    """The notebook with a cell below that of its parameters, which sets them anew."""
    import nbformat

    try:
        notebook = nbformat.read(path, as_version=4)
    except Exception as error:  # nbformat's errors and what JSON's reader raises
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise WorkbookError(
            f"{path}: cannot be read as a notebook ({reason}). If it came with the workbook, "
            "install the workbook again."
        ) from error
    if not parameters:
        return notebook
    lines = ["# Parameters"]
    for name, value in parameters.items():
        lines.append(f"{name} = {json.dumps(value, ensure_ascii=False)}")
    metadata = {"tags": ["injected-parameters"]}
    cell = nbformat.v4.new_code_cell("\n".join(lines), id="parameters", metadata=metadata)
    notebook.cells.insert(find_parameters(notebook) + 1, cell)
    return notebook


def find_parameters(notebook):
    """The place of the cell with the parameters; -1 where there is none."""
    for place, cell in enumerate(notebook.cells):
        if "parameters" in cell.metadata.get("tags", ()):
            return place
    return -1


def run_cell(source, name, names, show, count):
    """Run one cell; its outputs: what it printed, and the value of its last line."""
    from nbformat.v4 import new_output

    body = ast.parse(source, name).body
    last = None
    if body and isinstance(body[-1], ast.Expr):
        last = ast.Expression(body.pop().value)
    printed = io.StringIO()
    warned = io.StringIO()
    shown = {}
    with (
        contextlib.redirect_stdout(printed),
        contextlib.redirect_stderr(warned),
        warnings.catch_warnings(),
    ):
        exec(compile(ast.Module(body, []), name, "exec"), names)
        value = None if last is None else eval(compile(last, name, "eval"), names)
        if value is not None:
            shown, metadata = show(value)
    outputs = []
    for stream, text in (("stdout", printed), ("stderr", warned)):
        if text.getvalue():
            outputs.append(new_output("stream", name=stream, text=text.getvalue()))
    if shown:
        outputs.append(
            new_output("execute_result", shown, metadata=metadata, execution_count=count)
        )
    return outputs
