"""The command line: ``workbook report my-article.html``."""

import _thread
import argparse
import contextlib
import os
import re
import signal
import subprocess
import sys
import warnings
from itertools import chain
from pathlib import Path
from threading import Timer

from . import __version__
from .errors import WorkbookError

HELP = """What an article does: who is in it, who gets to speak, in what tone, in what words.
Nothing here asks the network for anything, but for `stick`, once.

examples:
  workbook new my-story article.html   make a folder with your article and notebooks
  workbook lab my-story                open it
  workbook report article.html         a report that opens in any browser
  workbook doctor                      something does not work? start here
  workbook stick DIR                   for laptops in a room without network
"""


REPORT = """Analyse an article, or compare several, and write a report. Every number
leads to its sentences.

examples:
  workbook report                      the article that comes with the workbook
  workbook report article.html         your own: .txt, .md, .html, or a table
                                       (.csv, .xlsx …) with one row
  workbook report a.txt b.html c.pdf   what these do differently; also a folder
  workbook report a.txt --to html,pdf  formats: html, pdf, docx, slides, xlsx
  workbook report a.txt --data desk    also every table, figure, annotation,
                                       into the folder desk

Nothing is replaced but earlier reports of the same article. A report is there
whole or not at all.
"""


VERIFY = """Make a report again from its article and say whether it is the same, to the
byte.

The article is looked for beside the report and in the folder above, unless
you name it.

examples:
  workbook verify reports/story.html
  workbook verify story.pdf ~/articles/story.txt
"""


NEW = """Make a working folder for your story: the article, the notebooks ready to run on
it, files for corrections and for what is known of the article, and a README
that says what to do first.

examples:
  workbook new my-story article.html
  workbook new practice            with the article that comes with the workbook
"""
HANDOUT = """Make what a workshop needs of each lesson: a notebook for participants (without
solutions), one with the solutions, slides, and a PDF to write on with a pencil.

examples:
  workbook handout                     all lessons, all four
  workbook handout 1 2                 the first two
  workbook handout reading --to student,pdf
  workbook handout my-lesson.ipynb     a lesson of your own

Nothing is replaced but earlier handouts of the same lesson in which nobody wrote.
"""
LAB = """Open the notebooks of a folder in JupyterLab, in your browser. Ends with Ctrl-C.

examples:
  workbook lab my-story
  workbook lab                                 this folder
"""
CLASS = """Merge what a class coded: put everybody's file (my-story.codings.csv, or whatever
it is called) into one folder and name it. Written are a page to talk about
with the class, and one sheet with all answers, in a folder of their own.

examples:
  workbook class stick                 the article that comes with the workbook
  workbook class stick my-article.txt  your own
  workbook class stick --names         coders by their names on the page
"""
FRESH = """Bring back a notebook of the workbook as it was. Yours stays as it is: the fresh
one stands beside it (03-actors.fresh.ipynb), and opens the same article.

examples:
  workbook fresh 03-actors
  workbook fresh my-story/03-actors.ipynb
"""
DOCTOR = """Check whether all that the workbook needs is there and works, and say what to
do where not.

examples:
  workbook doctor
  workbook doctor --classroom               the day before: a notebook is run
  workbook doctor --classroom --stick DIR   also whether the stick is complete
"""
STICK = """Make a stick for a room without network: a folder with all that laptops need,
for Windows, macOS and Linux, with a file for each to start from. This asks the
network, once, for the packages of the lock file; the laptops never do.

What is there and right is not fetched again, so run it again after a break.
Nothing is replaced but what it made itself.

examples:
  workbook stick /media/stick/media-workbook
  workbook stick stick --systems windows,macos --python 3.12,3.13
  workbook stick stick --without print         no PDF and Word; smaller
"""
ARTICLE = "the file with the article (default: the one that comes with the workbook)"
# JupyterLab asks its publisher for news at every start, PyPI for extensions, and npm for language
# servers, unless it is told not to.
OFFLINE = (
    "--LabApp.news_url=None",
    "--LabApp.extension_manager=readonly",
    "--LanguageServerManager.autodetect=False",
)
# Seconds for JupyterLab to end its kernels.
PATIENCE = 10
# Whether something works; None: it is not there, and not needed.
MARKS = {True: "✓", False: "✗", None: "–"}
PLAIN_MARKS = str.maketrans("✓✗–", "+x-")
# Of what a terminal takes for a command, or for a change of direction.
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
STOPPED = 130  # the status of what Ctrl-C ended


def main(arguments=None):
    """Run the command line; returns the exit status."""
    open_streams()
    for asked in (signal.SIGINT, signal.SIGTERM):
        signal.signal(asked, interrupt)
    try:
        args = read_arguments(arguments)
        with warnings.catch_warnings():
            warnings.showwarning = warn
            return args.run(args)
    except WorkbookError as error:
        return complain(error)
    except KeyboardInterrupt:
        stop_at_once()
    except BrokenPipeError:  # whoever read what is printed is gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        return complain(f"{error.strerror or error}: {error.filename or 'what was asked for'}.")
    except MemoryError:
        return complain("there is not enough memory. Close other programs, or take a shorter text.")
    except ImportError as error:
        return complain(f"a package is missing or broken ({error}). Install the workbook again.")
    except Exception as error:
        if "WORKBOOK_TRACEBACK" in os.environ:
            raise
        return complain(
            f"this should not have happened ({type(error).__name__}: {error}). Nothing was lost. "
            "Type `workbook doctor`; if all is well, please report it, with what "
            "WORKBOOK_TRACEBACK=1 shows."
        )


def warn(message, *_, **__):
    """Say a warning in one line."""
    say(f"workbook: {' '.join(str(message).split())}", to=sys.stderr)


def complain(error):
    """Say in one line what is wrong; the status."""
    say(f"workbook: {' '.join(str(error).split())}", to=sys.stderr)
    return 1


def open_streams():
    """Give what is printed a place where there is none, as in a program without a terminal."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115


def interrupt(*_):
    """Break off what is being done, so that what is half done is taken away.

    Again after a second, until it is heeded: where a library is at work that ignores what is raised
    in it, the first is lost.
    """
    again = Timer(1, _thread.interrupt_main)
    again.daemon = True
    again.start()
    raise KeyboardInterrupt


def stop_at_once():
    """End this process and all that it started, and say so in one line.

    Python's own way of ending would wait for what libraries do in threads, or break off in them.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # once is enough
    import psutil

    children = psutil.Process().children(recursive=True)
    for child in children:
        with contextlib.suppress(psutil.Error):
            child.kill()
    psutil.wait_procs(children, timeout=1)
    with contextlib.suppress(OSError, ValueError):
        say("workbook: stopped", to=sys.stderr)
    os._exit(STOPPED)


def read_arguments(arguments):
    """What was typed, with the function that does it as `run`."""
    plain = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="workbook", description=HELP, formatter_class=plain)
    parser.add_argument("--version", action="version", version=f"workbook {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", title="commands")
    adders = (
        add_report,
        add_verify,
        add_new,
        add_lab,
        add_handout,
        add_stick,
        add_doctor,
    )
    for add in adders:
    for add in (add_report, add_verify, add_new, add_fresh, add_lab, add_class, add_doctor):
        add(commands)
    return parser.parse_args(arguments)


def add_command(commands, name, said, description, run):
    """A command without arguments."""
    plain = argparse.RawDescriptionHelpFormatter
    command = commands.add_parser(name, help=said, description=description, formatter_class=plain)
    command.set_defaults(run=run)
    return command


def add_report(commands):
    """The command `report`."""
    said = "write a report on an article, or on several"
    command = add_command(commands, "report", said, REPORT, do_report)
    command.add_argument("article", nargs="*", metavar="ARTICLE", help=ARTICLE)
    command.add_argument(
        "--to",
        default="html",
        metavar="FORMATS",
        help="html, pdf, docx, slides, xlsx, with commas (default: html)",
    )
    command.add_argument(
        "--data",
        metavar="DIR",
        help="also write every table, figure and annotation into this folder",
    )
    command.add_argument(
        "--out",
        default="reports",
        metavar="DIR",
        help="the folder for the report (default: reports)",
    )
    command.add_argument(
        "--replace",
        action="store_true",
        help="replace a report on another article, or on this one before it was changed",
    )
    command.add_argument("--quiet", action="store_true", help="show no progress")


def add_verify(commands):
    """The command `verify`."""
    said = "say whether a report can be made again"
    command = add_command(commands, "verify", said, VERIFY, do_verify)
    command.add_argument("report", metavar="REPORT", help="the file of the report, in any format")
    command.add_argument("article", nargs="*", metavar="ARTICLE", help="the file with its article")


def add_new(commands):
    """The command `new`."""
    command = add_command(commands, "new", "make a working folder for your story", NEW, do_new)
    command.add_argument("folder", metavar="FOLDER", help="the folder to make")
    command.add_argument("article", nargs="?", metavar="ARTICLE", help=ARTICLE)


def add_handout(commands):
    """The command `handout`."""
    said = "make what a workshop needs: notebooks, slides, paper"
    command = add_command(commands, "handout", said, HANDOUT, do_handout)
    command.add_argument(
        "lesson",
        nargs="*",
        metavar="LESSON",
        help="its number or name, or the path of a notebook (default: all that come along)",
    )
    command.add_argument(
        "--to",
        default="",
        metavar="KINDS",
        help="student, solution, slides, pdf, with commas (default: all)",
    )
    command.add_argument(
        "--out",
        default="handouts",
        metavar="DIR",
        help="the folder for the handouts (default: handouts)",
    )
    command.add_argument(
        "--replace",
        action="store_true",
        help="replace notebooks that were made here and in which somebody wrote since",
    )
    command.add_argument("--quiet", action="store_true", help="show no progress")


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


def add_class(commands):
    """The command `class`."""
    said = "merge what a class coded, and see where it differs"
    command = add_command(commands, "class", said, CLASS, do_class)
    command.add_argument("folder", metavar="FOLDER", help="the folder with everybody's files")
    command.add_argument("article", nargs="?", metavar="ARTICLE", help="what was coded")
    command.add_argument(
        "--out", metavar="DIR", help="the folder to write (default: FOLDER-class, here)"
    )
    command.add_argument("--names", action="store_true", help="name the coders on the page")
    command.add_argument("--quiet", action="store_true", help="show no progress")


def add_fresh(commands):
    """The command `fresh`."""
    command = add_command(commands, "fresh", "bring back a notebook as it was", FRESH, do_fresh)
    command.add_argument("notebook", metavar="NOTEBOOK", help="its name, or the path of yours")


def add_doctor(commands):
    """The command `doctor`."""
    said = "check the set-up, and say how to mend it"
    command = add_command(commands, "doctor", said, DOCTOR, do_doctor)
    command.add_argument(
        "--classroom", action="store_true", help="also what a room full of laptops needs"
    )
    command.add_argument("--stick", metavar="DIR", help="the stick to check, too")


def add_stick(commands):
    """The command `stick`."""
    said = "make a stick for laptops without network"
    command = add_command(commands, "stick", said, STICK, do_stick)
    command.add_argument("folder", metavar="DIR", help="the folder to fill, on the stick or not")
    command.add_argument(
        "--systems",
        default="",
        metavar="NAMES",
        help="windows, macos, linux, with commas (default: all)",
    )
    command.add_argument(
        "--python",
        default="",
        metavar="VERSIONS",
        help="3.11, 3.12, 3.13, 3.14, with commas (default: 3.12)",
    )
    command.add_argument(
        "--without",
        default="",
        metavar="EXTRAS",
        help="print, slides: formats that the laptops can do without",
    )
    command.add_argument("--quiet", action="store_true", help="show no progress")


def do_report(args):
    """Write reports, and print where they are."""
    from .report.build import build_report

    formats = split_names(args.to) or ("html",)
    paths = build_report(
        args.article or None,
        out=args.out,
        to=formats,
        data=args.data,
        replace=args.replace,
        progress=not args.quiet,
    )
    say(*paths)
    return 0


def do_verify(args):
    """Say whether a report can be made again."""
    from .report.verify import verify_report

    same, lines = verify_report(args.report, args.article or None, progress=True)
    say(*lines)
    return 0 if same else 1


def do_new(args):
    """Make a working folder."""
    from .report.story import in_shell, make_story

    made = make_story(args.folder, args.article)
    files = [path for path in made if path.is_file()]
    say(f"{args.folder}: {len(files)} files. Now type:", f"  workbook lab {in_shell(args.folder)}")
    return 0


def do_handout(args):
    """Make handouts, and print where they are."""
    from .report.handouts import build_handouts

    paths = build_handouts(
        args.lesson,
        out=args.out,
        to=split_names(args.to),
        replace=args.replace,
        progress=not args.quiet,
    )
def do_class(args):
    """Merge what a class coded, and print where it is."""
    from .report.classroom import build_class

    options = {"out": args.out, "names": args.names, "progress": not args.quiet}
    paths, told = build_class(args.folder, args.article, **options)
    say(*told, to=sys.stderr)
    say(*paths)
    return 0


def split_names(typed):
    """Names with commas between: each once, in the order given."""
    names = [name.strip().lower() for name in typed.split(",")]
    return tuple(dict.fromkeys(filter(None, names)))
def do_fresh(args):
    """Bring back a notebook as it was, and print where it is."""
    from .report.fresh import copy_fresh

    say(copy_fresh(args.notebook))
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
        *OFFLINE,
        *list_menu(),
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


def do_stick(args):
    """Make a stick, and print what is on it."""
    from .report.stick import make_stick

    systems, pythons, without = (
        [name.strip().lower() for name in listed.split(",") if name.strip()]
        for listed in (args.systems, args.python, args.without)
    )
    lines, is_complete = make_stick(args.folder, systems, pythons, without, not args.quiet)
    say(*lines)
    return 0 if is_complete else 1


def do_doctor(args):
def list_menu():
    """What gives JupyterLab the workbook's entry in the menu Help."""
    from .show.theme import TEMPLATES

    return [
        f"--LabApp.extra_labextensions_path={TEMPLATES / 'labextensions'}",
        "--ServerApp.jpserver_extensions=analysis.report.menu=True",
    ]


def do_doctor(_):
    """Check the set-up, a line each."""
    from .report.classroom import check_classroom
    from .report.doctor import check_setup

    checks = [check_setup()]
    if args.classroom or args.stick:
        checks.append(check_classroom(OFFLINE, args.stick))
    wrong = 0
    for what, works, known, mend in chain(*checks):
        say(f"{MARKS[works]} {what}: {known}")
        if not works:
            say(f"    Do this: {mend}")
        if works is False:
            wrong += 1
    say("✓ network: none is needed, and none was used", "")
    say(f"{wrong} to mend." if wrong else "All is well.")
    return 1 if wrong else 0


def say(*lines, to=None):
    """Print lines: nothing in them is a command to the terminal.

    Marks are plain where it has no others.
    """
    to = to or sys.stdout
    encoding = to.encoding or "ascii"
    for line in lines:
        line = UNPRINTABLE.sub(lambda found: ascii(found[0])[1:-1], str(line))
        try:
            line.encode(encoding)
        except UnicodeEncodeError:
            line = line.translate(PLAIN_MARKS)
            line = line.encode(encoding, "backslashreplace").decode(encoding)
        print(line, file=to, flush=True)


if __name__ == "__main__":
    sys.exit(main())
