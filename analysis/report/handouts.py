"""Handouts: what participants and teachers of a workshop get of each lesson."""

import contextlib
import hashlib
import json
import os
import re
import tempfile
from pathlib import Path

from tqdm import tqdm

from .. import __version__
from ..errors import WorkbookError
from ..show.vega import check_addresses, start_vega, stop_vega
from .build import check_extras
from .lessons import drop_outputs, find_lessons, is_for, make_paper, make_slides, make_student
from .notebook import run_notebook, set_parameters
from .slides import write_slides
from .writing import check_writable, write_whole

# What is made of a lesson -> how its file ends.
HANDOUTS = {
    "student": ".ipynb",
    "solution": ".solution.ipynb",
    "slides": ".slides.html",
    "pdf": ".pdf",
}
# What a page or PDF says of itself.
HANDOUT_KEYWORDS = re.compile(rb"workbook \S{1,40}; handout (\w+) of ([\w.%~-]{1,200})")
LIE_ELSEWHERE = "Choose another folder with --out, or move it away."


def build_handouts(lessons=(), *, out="handouts", to=(), replace=False, progress=True):
    """Make of each lesson what is asked for (`to`, by default all), and return the paths.

    A handout replaces only an earlier one of the same lesson; a notebook in which somebody has
    written since, only with `replace`. What is in the way is said before anything is made.
    """
    kinds = tuple(to) or tuple(HANDOUTS)
    for kind in kinds:
        if kind not in HANDOUTS:
            known = ", ".join(HANDOUTS)
            raise WorkbookError(f"--to {kind}: no such handout. Choose from: {known}.")
        check_extras(kind)
    paths = find_lessons(lessons)
    targets = {
        path: {kind: Path(out) / f"{path.stem}{HANDOUTS[kind]}" for kind in kinds} for path in paths
    }
    if len({path.stem for path in paths}) < len(paths):
        raise WorkbookError("two of these lessons have one name. Make them one by one, with --out.")
    check_writable(Path(out), "--out")
    for path in paths:
        for kind, target in targets[path].items():
            check_handout(target, path, kind, replace)
    written = []
    if {"slides", "pdf"} & set(kinds):
        check_addresses()
        start_vega()
    try:
        for path in tqdm(paths, "Lessons", unit="lesson", disable=not progress):
            written += write_handouts(path, targets[path], progress)
    finally:
        stop_vega()
    return written


def write_handouts(path, targets, progress):
    """Write the handouts of one lesson; their paths."""
    lesson = set_parameters(path, {})
    shown_on_paper = [cell for cell in lesson.cells if is_for(cell, "paper")]
    executed = lesson
    if "slides" in targets or ("pdf" in targets and shown_on_paper):
        executed = run_lesson(path, progress)
    for kind, target in targets.items():
        keywords = f"workbook {__version__}; handout {kind} of {name_lesson(path)}"
        try:
            write_handout(lesson, executed, kind, target, keywords)
        except Exception as error:  # a full disk, or what a library makes of a strange letter
            reason = getattr(error, "strerror", None) or f"{type(error).__name__}: {error}"
            raise WorkbookError(
                f"{target}: could not be written ({reason}); what was there stands. "
                "Choose another folder with --out, or another handout."
            ) from error
    return list(targets.values())


def write_handout(lesson, executed, kind, target, keywords):
    """Write one handout of a lesson."""
    if kind == "student":
        write_notebook(make_student(lesson), target, keywords)
    elif kind == "solution":
        write_notebook(drop_outputs(lesson), target, keywords)
    elif kind == "slides":
        slides = make_slides(executed)
        slides.metadata["keywords"] = keywords
        write_slides(slides, target)
    else:
        from .typeset import write_pdf

        write_pdf(make_paper(executed), target, keywords)


def run_lesson(path, progress):
    """The lesson with the outputs of its cells, run in a folder of its own: it may write files."""
    path, article = path.resolve(), os.environ.get("WORKBOOK_ARTICLE")
    if article and Path(article).exists():
        os.environ["WORKBOOK_ARTICLE"] = str(Path(article).resolve())
    try:
        with tempfile.TemporaryDirectory() as scratch, contextlib.chdir(scratch):
            return run_notebook(path, {}, progress=progress)
    finally:
        if article:
            os.environ["WORKBOOK_ARTICLE"] = article


def write_notebook(notebook, target, keywords):
    """Write a notebook that says of itself what it is, and what stood in it when it was made."""
    import nbformat

    notebook.metadata["workbook"] = {"made": keywords, "checksum": hash_cells(notebook)}
    nbformat.validate(notebook)
    write_whole(target, nbformat.writes(notebook) + "\n")


def hash_cells(notebook):
    """A checksum of what stands in the cells, without what running them gives."""
    cells = [[cell["cell_type"], "".join(cell["source"])] for cell in notebook["cells"]]
    return hashlib.sha256(json.dumps(cells).encode()).hexdigest()


def name_lesson(path):
    """The name of a lesson as its handouts say it."""
    return re.sub(r"[^\w.-]", "~", path.stem, flags=re.ASCII)


def check_handout(target, path, kind, replace):
    """See that a handout may be written to `target`.

    WorkbookError where something stands there that is no earlier handout of the lesson, or (without
    `replace`) one in which somebody has written.
    """
    if target.is_symlink():
        raise WorkbookError(f"{target}: is a link, which a handout would replace. {LIE_ELSEWHERE}")
    if not target.exists():
        return
    if target.samefile(path):
        raise WorkbookError(f"{target}: is the lesson itself. {LIE_ELSEWHERE}")
    try:
        content = target.read_bytes()
    except OSError as error:
        raise WorkbookError(f"{target}: {error.strerror}. {LIE_ELSEWHERE}") from None
    found = HANDOUT_KEYWORDS.search(content)
    if found is None or found[1].decode() != kind or found[2].decode() != name_lesson(path):
        raise WorkbookError(
            f"{target}: is there already, and no handout of this lesson. Nothing was changed. "
            + LIE_ELSEWHERE
        )
    if target.suffix == ".ipynb" and not replace and is_edited(content):
        raise WorkbookError(
            f"{target}: somebody has written in it since it was made. Nothing was changed. "
            "Choose another folder with --out, or add --replace to have it anew."
        )


def is_edited(content):
    """Whether a notebook holds something else than when it was made."""
    try:
        notebook = json.loads(content)
        return notebook["metadata"]["workbook"]["checksum"] != hash_cells(notebook)
    except (ValueError, KeyError, TypeError):
        return True
