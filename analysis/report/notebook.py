"""A notebook run from top to bottom in this process: no kernel to start, and its tables at hand afterwards."""

import ast
import contextlib
import io
import json
import sys
import warnings

from tqdm import tqdm

from ..errors import ArticleError, SchemaError, WorkbookError

# Seconds to import, and of no use here: NLTK would measure collocations with the one, jsonschema check addresses with the other.
SLOW = ("scipy", "rfc3987_syntax")


def run_notebook(path, parameters, progress=True, names=None):
    """Run a notebook in the current folder with parameters (text and numbers) in place, and return it with its outputs.

    `names` is filled with what the notebook names (tables, mostly). WorkbookError with the cell and the reason where a cell fails.
    Plain Python only, no magics: that is all the workbook's notebooks need.
    """
    with hide_packages(*SLOW):
        return run_cells(path, parameters, progress, {} if names is None else names)


@contextlib.contextmanager
def hide_packages(*packages):
    """Hide optional packages from whatever is imported meanwhile."""
    hidden = [package for package in packages if package not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))
    try:
        yield
    finally:
        for package in hidden:
            del sys.modules[package]


def run_cells(path, parameters, progress, names):
    """The notebook with the outputs of its cells."""
    from IPython.core.formatters import DisplayFormatter

    notebook = set_parameters(path, parameters)
    names["__name__"] = "__main__"
    show = DisplayFormatter().format
    code = [
        (number, cell) for number, cell in enumerate(notebook.cells) if cell.cell_type == "code"
    ]
    for count, (number, cell) in enumerate(
        tqdm(code, "Executing", unit="cell", disable=not progress), 1
    ):
        try:
            cell.outputs = run_cell(cell.source, f"cell {number}", names, show, count)
        except (ArticleError, SchemaError) as error:
            raise WorkbookError(str(error)) from error
        except MemoryError:
            raise WorkbookError(
                "the analysis stopped half-way for want of memory. Try a shorter article."
            ) from None
        except Exception as error:
            raise WorkbookError(
                f"the notebook stopped in cell {number}: {type(error).__name__}: {error}"
            ) from error
        cell.execution_count = count
    return notebook


def set_parameters(path, parameters):
    """The notebook with a cell below that of its parameters, as papermill makes it (whose import takes most of a second)."""
    import nbformat

    notebook = nbformat.read(path, as_version=4)
    if parameters:
        lines = [
            "# Parameters",
            *(
                f"{name} = {json.dumps(value, ensure_ascii=False)}"
                for name, value in parameters.items()
            ),
        ]
        cell = nbformat.v4.new_code_cell(
            "\n".join(lines), id="parameters", metadata={"tags": ["injected-parameters"]}
        )
        places = [
            place
            for place, cell in enumerate(notebook.cells)
            if "parameters" in cell.metadata.get("tags", ())
        ]
        notebook.cells.insert(places[0] + 1 if places else 0, cell)
    return notebook


def run_cell(source, name, names, show, count):
    """Run one cell; its outputs: what it printed, and the value of its last line."""
    body = ast.parse(source, name).body
    last = ast.Expression(body.pop().value) if body and isinstance(body[-1], ast.Expr) else None
    printed, warned = io.StringIO(), io.StringIO()
    with (
        contextlib.redirect_stdout(printed),
        contextlib.redirect_stderr(warned),
        warnings.catch_warnings(),
    ):
        exec(compile(ast.Module(body, []), name, "exec"), names)
        value = None if last is None else eval(compile(last, name, "eval"), names)
        shown, metadata = ({}, {}) if value is None else show(value)
    from nbformat.v4 import new_output

    outputs = [
        new_output("stream", name=stream, text=text.getvalue())
        for stream, text in (("stdout", printed), ("stderr", warned))
        if text.getvalue()
    ]
    if shown:
        outputs.append(
            new_output("execute_result", shown, metadata=metadata, execution_count=count)
        )
    return outputs
