"""The commands for a working folder: make it, open it, have a notebook back."""

import contextlib
import signal
import subprocess
import sys
from pathlib import Path

from ..errors import WorkbookError
from .terminal import ARTICLE, add_command, say

NEW = """Make a working folder for your story: the article, the notebooks ready to run on
it, files for corrections and for what is known of the article, and a README
that says what to do first.

examples:
  workbook new my-story article.html
  workbook new practice            with the article that comes with the workbook
"""
LAB = """Open the notebooks of a folder in JupyterLab, in your browser. Ends with Ctrl-C.

examples:
  workbook lab my-story
  workbook lab                                 this folder
"""
FRESH = """Bring back a notebook of the workbook as it was. Yours stays as it is: the fresh
one stands beside it (03-actors.fresh.ipynb), and opens the same article.

examples:
  workbook fresh 03-actors
  workbook fresh my-story/03-actors.ipynb
  workbook fresh 3-actors                      a lesson, as participants get it
"""
# JupyterLab asks its publisher for news at every start, PyPI for extensions, and npm for language
# servers, unless it is told not to.
OFFLINE = (
    "--LabApp.news_url=None",
    "--LabApp.extension_manager=readonly",
    "--LanguageServerManager.autodetect=False",
)
# Seconds for JupyterLab to end its kernels.
PATIENCE = 10


def add_new(commands):
    """The command `new`."""
    command = add_command(commands, "new", "make a working folder for your story", NEW, do_new)
    command.add_argument("folder", metavar="FOLDER", help="the folder to make")
    command.add_argument("article", nargs="?", metavar="ARTICLE", help=ARTICLE)


def add_lab(commands):
    """The command `lab`."""
    command = add_command(commands, "lab", "open notebooks in JupyterLab", LAB, do_lab)
    command.add_argument(
        "folder",
        nargs="?",
        default=".",
        metavar="FOLDER",
        help="the folder with the notebooks (default: this one)",
    )
    command.add_argument(
        "options", nargs="*", metavar="-- OPTION", help="options for JupyterLab, after --"
    )


def add_fresh(commands):
    """The command `fresh`."""
    command = add_command(commands, "fresh", "bring back a notebook as it was", FRESH, do_fresh)
    command.add_argument("notebook", metavar="NOTEBOOK", help="its name, or the path of yours")


def do_new(args):
    """Make a working folder."""
    from ..report.story import in_shell, make_story

    made = make_story(args.folder, args.article)
    files = [path for path in made if path.is_file()]
    say(f"{args.folder}: {len(files)} files. Now type:", f"  workbook lab {in_shell(args.folder)}")
    return 0


def do_lab(args):
    """Open JupyterLab."""
    folder = Path(args.folder)
    if not folder.is_dir():
        raise WorkbookError(f"{folder}: no such folder. Make one with: workbook new {folder}")
    if not any(folder.glob("*.ipynb")):
        folder = folder / "notebooks"
    if not any(folder.glob("*.ipynb")):
        raise WorkbookError(
            f"{folder.parent.resolve()}: no notebooks in it. "
            "Make a folder with notebooks with: workbook new my-story"
        )
    command = [
        sys.executable,
        "-m",
        "jupyter",
        "lab",
        str(folder.resolve()),
        *list_lab_options(),
        *args.options,
    ]
    with subprocess.Popen(command) as lab:
        try:
            return lab.wait()
        except KeyboardInterrupt:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            lab.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                lab.wait(PATIENCE)
            raise


def list_lab_options():
    """What JupyterLab is told: to ask the network for nothing; the entry in the menu Help."""
    from ..show.theme import TEMPLATES

    return [
        *OFFLINE,
        f"--LabApp.extra_labextensions_path={TEMPLATES / 'labextensions'}",
        "--ServerApp.jpserver_extensions=analysis.report.menu=True",
    ]


def do_fresh(args):
    """Bring back a notebook as it was, and print where it is."""
    from ..report.fresh import copy_fresh

    made = copy_fresh(args.notebook)
    kept = "; yours stays as it is" if ".fresh" in made.name else ""
    say(f"{made}: open this one{kept}.")
    return 0
