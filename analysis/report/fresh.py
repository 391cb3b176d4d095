"""A notebook brought back as it was, beside the one that somebody has worked in."""

import ast
import difflib
import json
import re
from pathlib import Path

from ..errors import WorkbookError
from ..lexicons import resource
from .story import find_notebooks, set_article
from .writing import write_whole

# What copies of a notebook are called: by this module, by JupyterLab, by file managers.
COPIED = re.compile(
    r"([.]fresh(-\d+)?|[.]solution|-Copy\d*| ?\(\d+\)| [-–] .+| copy( \d+)?)+$", re.I
)
LESSONS = "workshop"


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
    source = find_source(asked.name)
    notebook = json.loads(source.read_text(encoding="utf-8"))
    if source.parent.name == LESSONS:
        notebook = without_solutions(source)
    article = find_opened(folder, source.name)
    if article:
        set_article(notebook, article)
    made = json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"
    for name in name_copies(source.stem):
        path = folder / name
        try:
            path.open("x").close()  # so that of two who ask at once each gets one
        except FileExistsError:
            continue
        except OSError as error:
            raise WorkbookError(
                f"{path}: cannot be written ({error.strerror}). Copy your notebook to a folder "
                "of your own first."
            ) from None
        write_whole(path, made)
        return path
    return None


def find_source(name):
    """The file of the workbook's notebook that is meant; WorkbookError where there is none."""
    lessons = sorted((resource("notebooks") / LESSONS).glob("*.ipynb"))
    known = {path.stem: path for path in [*find_notebooks(), *lessons]}
    stem = name.removesuffix(".ipynb")
    for wanted in filter(None, (stem, COPIED.sub("", stem))):
        if wanted in known:
            return known[wanted]
        # Of a number or word that a lesson has, too, the notebook's, which stands first.
        for each, path in known.items():
            if wanted.lower() in (each.lower(), *parts_of(each)):
                return path
    near = difflib.get_close_matches(COPIED.sub("", stem).lower(), known, 1)
    hint = f"Did you mean {near[0]}? " if near else ""
    raise WorkbookError(
        f"{name}: is no notebook of the workbook, so there is no fresh one. {hint}"
        f"There are: {', '.join(known)}."
    )


def parts_of(stem):
    """By what else a notebook is called: its number, its word."""
    number, _, word = stem.partition("-")
    return [number, number.lstrip("0") or "0", word.lower()]


def name_copies(stem):
    """Names for a notebook, one after the other."""
    yield f"{stem}.ipynb"
    yield f"{stem}.fresh.ipynb"
    number = 2
    while True:
        yield f"{stem}.fresh-{number}.ipynb"
        number += 1


def without_solutions(source):
    """A lesson as participants get it."""
    import nbformat

    from .lessons import make_student

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
