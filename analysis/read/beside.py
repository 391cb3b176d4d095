"""Where the sheets of coders stand: beside the articles that they are of."""

import os
import re
from pathlib import Path

from .. import schema
from ..errors import WorkbookError
from ..lexicons import resource
from .files import CODINGS
from .formats import READERS

# The task whose sheet bears the article's name alone.
FIRST_TASK = "tone"


def find_codings(articles):
    """The files with codings beside the articles' files, in the order of their names."""
    found = {}
    for source in articles["source"].dropna().unique():
        path = place_codings(articles[articles["source"] == source], missing_ok=True)
        if path is not None:
            found |= dict.fromkeys(list_codings(path.parent, path.name.removesuffix(CODINGS)))
    return list(found)


def list_codings(folder, stem):
    """The files in a folder with codings of the article of that name."""
    named = re.compile(rf"{re.escape(stem)}(\.[^.]+)?{re.escape(CODINGS)}")
    try:
        return sorted(folder / name for name in os.listdir(folder) if named.fullmatch(name))
    except OSError:
        return []


def place_codings(path, task=FIRST_TASK, *, missing_ok=False):
    """The path of a sheet; of articles, the one beside the first one's file.

    Of another task than the tone, its name stands before the ending. That of the article that comes
    with the workbook is in the working folder. WorkbookError (or None, with `missing_ok`) where the
    articles come from no file.
    """
    if not hasattr(path, "columns"):
        return Path(path)
    for source in schema.check(path, "articles")["source"].dropna():
        file = Path(source)
        if file.suffix.lower() not in READERS:
            continue
        is_ours = file.parent.resolve() == Path(resource("seeds")).resolve()
        folder = Path() if is_ours else file.parent
        named = "" if task == FIRST_TASK else f".{task}"
        return folder / f"{file.stem}{named}{CODINGS}"
    if missing_ok:
        return None
    raise WorkbookError("these articles come from no file. Give the path of the sheet to fill in.")
