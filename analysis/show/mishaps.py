"""What a notebook says when a cell needs a name that no cell has made yet: which cell makes it.

What the workbook's own notebooks make is read from them, and only once there is such an error.
"""

import ast
import builtins
import difflib
import json
import re
import sys
from dataclasses import dataclass
from functools import cache

from ..errors import line_of_cell, wants_traceback
from ..lexicons import resource

# What an exercise of the workshop calls an answer: no cell that makes one is told, for it is the
# solution.
ANSWER_NAME = re.compile(r"(?:answer|prediction)_\d+_\d+")
SAID_ANSWER = (
    "It is your answer: run the cell above, in which it stands (click on it, then Shift+Enter), "
    "then this one again."
)


@dataclass(frozen=True)
class Made:
    """A statement of a notebook's cell, with the names that it makes, if any, and needs."""

    notebook: str
    heading: str
    cell: str
    source: str
    makes: frozenset
    needs: frozenset


def explain_errors():
    """Let this notebook say which cell makes a missing name. Nothing happens outside IPython.

    Whoever handles these errors already goes on doing so; all other errors stay as they are.
    """
    shell = find_shell()
    if shell is None or any(issubclass(NameError, each) for each in shell.custom_exceptions):
        return
    others, their = shell.custom_exceptions, shell.CustomTB

    def handle(shell, kind, error, traceback, tb_offset=None):
        if others and issubclass(kind, others):
            return their(kind, error, traceback, tb_offset)
        return show_mishap(shell, kind, error, traceback, tb_offset)

    shell.set_custom_exc((*others, NameError), handle)


def find_shell():
    """The running IPython, or None."""
    from IPython import get_ipython

    return get_ipython()


def show_mishap(shell, kind, error, traceback, tb_offset=None):
    """Show a NameError: as one paragraph where the name is known, else as IPython does."""
    try:
        said = None if wants_traceback() else explain_name(error, traceback, shell.user_ns)
    except Exception:  # an explanation that fails must not hide the error
        said = None
    if said is None:
        shown = shell.InteractiveTB.structured_traceback(kind, error, traceback, tb_offset)
    else:
        shown = [said]
    shell._showtraceback(kind, error, shown)
    return shown


def explain_name(error, traceback, names):
    """What to do about a name that is missing from `names`, the notebook's; None if unknown."""
    if type(error) is not NameError or not error.name or not is_own(traceback, names):
        return None
    missing, where = error.name, line_of_cell(traceback)
    if ANSWER_NAME.fullmatch(missing):
        return f"NameError{where}: `{missing}` is not there yet. {SAID_ANSWER}"
    made = find_made(missing, names)
    if made:
        return f"NameError{where}: {write_mend(missing, made)}"
    if missing in sys.modules["analysis"].__all__:
        return f"NameError{where}: `{missing}` is the workbook's. Write `wb.{missing}`."
    known = {*names, *dir(builtins), *(name for each in read_made() for name in each.makes)}
    near = difflib.get_close_matches(missing, known, 1, cutoff=0.75)
    if near:
        return f"NameError{where}: nothing here is called `{missing}`. Did you mean `{near[0]}`?"
    return None


def is_own(traceback, names):
    """Whether the error comes from the notebook's code, not from a package's."""
    while traceback.tb_next is not None:
        traceback = traceback.tb_next
    return traceback.tb_frame.f_globals is names


def find_made(missing, names):
    """The statements that make a missing name, those first that make what they need; [] if none.

    From the notebook of which most cells were run here.
    """
    ran = set(map(str.strip, names.get("In", ())))
    notebooks = {}
    for each in read_made():
        notebooks.setdefault(each.notebook, []).append(each)
    having = [
        statements
        for statements in notebooks.values()
        if any(missing in each.makes for each in statements)
    ]
    if not having:
        return []
    known = max(having, key=lambda statements: len(ran & {each.cell for each in statements}))
    chosen, open_names, there = set(), [missing], {*names, *dir(builtins)}
    while open_names:
        name = open_names.pop()
        makers = [place for place, each in enumerate(known) if name in each.makes]
        if makers and makers[0] not in chosen:
            chosen.add(makers[0])
            open_names += known[makers[0]].needs - there
    return [known[place] for place in sorted(chosen)]


def write_mend(missing, made):
    """In words: which cell makes a name, and the lines to copy where the cell is gone."""
    maker = next(each for each in made if missing in each.makes)
    lines = "\n".join(each.source for each in made)
    line = "this line" if "\n" not in lines else "these lines"
    begin = maker.cell.split("\n")[0]
    return (
        f"`{missing}` is not there yet. In the notebook {maker.notebook} the cell below "
        f"“{maker.heading}” makes it, the one that begins with `{begin}`. Run that cell "
        "(click on it, then Shift+Enter), then this one again. "
        f"If it is gone, put {line} in a new cell above and run it:\n\n{lines}"
    )


@cache
def read_made():
    """Every statement of the workbook's notebooks, in their order."""
    made = []
    paths = sorted(resource("notebooks").rglob("*.ipynb"), key=lambda path: path.stem)
    for path in paths:
        heading = ""
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            source = "".join(cell["source"]).strip()
            if cell["cell_type"] == "markdown":
                titles = [line for line in source.split("\n") if line.startswith("#")]
                heading = titles[-1].lstrip("# ") if titles else heading
            elif cell["cell_type"] == "code" and "answer" not in cell["metadata"].get("tags", ()):
                made += read_statements(path.stem, heading, source)
    return made


def read_statements(notebook, heading, source):
    """The statements of a cell, with the names that each makes and needs."""
    for statement in ast.parse(source).body:
        stored, loaded, passing = set(), set(), set()
        for node in ast.walk(statement):
            if isinstance(node, ast.Name):
                (loaded if isinstance(node.ctx, ast.Load) else stored).add(node.id)
            elif isinstance(node, ast.alias):
                stored.add((node.asname or node.name).split(".")[0])
            elif isinstance(node, ast.FunctionDef | ast.ClassDef):
                stored.add(node.name)
            elif isinstance(node, ast.comprehension):
                passing |= {each.id for each in ast.walk(node.target) if isinstance(each, ast.Name)}
        text = ast.get_source_segment(source, statement)
        needs = frozenset(loaded - stored - passing)
        yield Made(notebook, heading, source, text, frozenset(stored - passing), needs)
