"""A notebook brought back as it was, beside the one that somebody has worked in."""

import ast
import difflib
import itertools
import json
import re
from pathlib import Path

from ..errors import WorkbookError
from .lessons import list_lessons, make_student, match_names
from .story import find_notebooks, set_article
from .writing import write_whole

# What copies of a notebook are called: by this module, by JupyterLab, by file managers.
COPIED = re.compile(
    r"([.]fresh(-\d+)?|[.]solution|-Copy\d*| ?\(\d+\)| [-–] .+| copy( \d+)?)+$", re.I
)
# Where lessons lie: in the workbook, and where `workbook handout` puts them.
LESSONS, HANDED_OUT = "workshop", "handouts"


def copy_fresh(asked):
    """Bring back a notebook of the workbook as it was, and return its path.

    `asked` is its name (`03-actors`, `3`), or the path of one's own copy, whose folder it comes to.
    Nothing is replaced: where that name is taken it is `03-actors.fresh.ipynb`, then
    `03-actors.fresh-2.ipynb`. It opens the article that its neighbours open. A lesson comes as
    participants get it.
    """
    asked = Path(asked)
    folder = asked.parent
    if not folder.is_dir():
        raise WorkbookError(f"{folder}: no such folder. Name one that is there.")
    folder, source = find_copied(asked)
    notebook = json.loads(source.read_text(encoding="utf-8"))
    if source.parent.name == LESSONS:
        notebook = without_solutions(source)
    article = find_opened(folder, source.name)
    if article:
        set_article(notebook, article)
    made = json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"
    for path in (folder / name for name in name_copies(source.stem)):
        try:
            path.open("x").close()  # so that of two who ask at once each gets one
            break
        except FileExistsError:
            continue
        except OSError as error:
            raise WorkbookError(
                f"{path}: cannot be written ({error.strerror}). Copy your notebook to a folder "
                "of your own first."
            ) from None
    write_whole(path, made)
    return path


def find_copied(asked):
    """(the folder that a fresh copy comes to, the notebook's file).

    Where no folder was named and this one has no notebooks, it is that of the handouts, if the
    lesson is among them.
    """
    folder = asked.parent
    if str(folder) == "." and not any(folder.glob("*.ipynb")) and Path(HANDED_OUT).is_dir():
        source = find_source(asked.name, Path(HANDED_OUT))
        if Path(HANDED_OUT, source.name).is_file():
            return Path(HANDED_OUT), source
    return folder, find_source(asked.name, folder)


def find_source(name, folder=None):
    """The file of the workbook's notebook that is meant; WorkbookError where there is none.

    Of several that a number or a word stands for it is the one that stands in `folder`, or a copy
    of it; where none or more do, the notebook and not the lesson.
    """
    known = {path.stem: path for path in find_notebooks()} | list_lessons()
    stem = name.removesuffix(".ipynb")
    bare = COPIED.sub("", stem)
    fitting = [each for each in (stem, bare) if each in known][:1]
    if not fitting:
        is_lesson = bare.lower().startswith("lesson")
        fitting = match_names(bare, known)
        fitting.sort(key=lambda each: not is_lesson and known[each].parent.name == LESSONS)
        here = {COPIED.sub("", path.stem) for path in folder.glob("*.ipynb")} if folder else set()
        fitting.sort(key=lambda each: each not in here)
        if is_lesson:
            fitting.sort(key=lambda each: known[each].parent.name != LESSONS)
    if fitting:
        return known[fitting[0]]
    near = difflib.get_close_matches(bare.lower(), known, 1)
    hint = f"Did you mean {near[0]}? " if near else ""
    raise WorkbookError(
        f"{name}: is no notebook of the workbook, so there is no fresh one. {hint}"
        f"There are: {', '.join(known)}."
    )


def name_copies(stem):
    """Names for a notebook, one after the other."""
    yield f"{stem}.ipynb"
    yield f"{stem}.fresh.ipynb"
    for number in itertools.count(2):
        yield f"{stem}.fresh-{number}.ipynb"


def without_solutions(source):
    """A lesson as participants get it."""
    import nbformat

    return json.loads(nbformat.writes(make_student(nbformat.read(source, as_version=4))))


def find_opened(folder, name):
    """The article that a notebook in a folder opens, or else its neighbours; "" where none does."""
    ours = {path.name for path in find_notebooks()}
    near = sorted(path for path in folder.glob("*.ipynb") if path.name in ours)
    for path in [folder / name, *near]:
        article = read_parameter(path)
        if article and (folder / article).is_file():
            return article
    return ""


def read_parameter(path):
    """What a notebook sets as its article; "" where that cannot be read."""
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        for cell in cells:
            if "parameters" in cell["metadata"].get("tags", ()):
                for line in ast.parse("".join(cell["source"])).body:
                    if isinstance(line, ast.Assign) and line.targets[0].id == "article":
                        return str(ast.literal_eval(line.value) or "")
    except (OSError, ValueError, KeyError, TypeError, AttributeError, SyntaxError):
        pass
    return ""
