"""The command line: ``workbook report my-article.html``."""

import argparse
import subprocess
import sys
from pathlib import Path

from . import __version__
from .errors import WorkbookError

HELP = """What an article does: who is in it, who gets to speak, in what tone, in what words.
Nothing here asks the network for anything.

examples:
  workbook new my-story article.html   make a folder with your article and notebooks
  workbook lab my-story                open it
  workbook report article.html         a report that opens in any browser
  workbook doctor                      something does not work? start here
"""


REPORT = """Analyse one article and write a report. Every number leads to its sentences.

examples:
  workbook report                      the article that comes with the workbook
  workbook report article.html         your own: .txt, .md, .html, or a table
                                       (.csv, .xlsx …) with one row
  workbook report a.txt --to html,pdf  formats: html, pdf, docx, slides, xlsx
  workbook report a.txt --data desk    also every table, figure, annotation,
                                       into the folder desk
"""


VERIFY = """Make a report again from its article and say whether it is the same, to the
byte.

The article is looked for beside the report, in the folder above, and here,
unless you name it.

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
LAB = """Open the notebooks of a folder in JupyterLab, in your browser. Ends with Ctrl-C.

examples:
  workbook lab my-story
  workbook lab                                 this folder
"""
DOCTOR = """Check whether all that the workbook needs is there and works, and say what to
do where not."""
# JupyterLab asks its publisher for news at every start, unless it is told not to.
NO_NEWS = "--LabApp.news_url=None"


def main(arguments=None):
    """Run the command line; returns the exit status."""
    args = read_arguments(arguments)
    try:
        return args.run(args)
    except WorkbookError as error:
        print(f"workbook: {' '.join(str(error).split())}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("workbook: stopped", file=sys.stderr)
        return 130


def read_arguments(arguments):
    """What was typed, with the function that does it as `run`."""
    style = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="workbook", description=HELP, formatter_class=style)
    parser.add_argument("--version", action="version", version=f"workbook {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", title="commands")

    def command(name, said, description, run):
        made = commands.add_parser(name, help=said, description=description, formatter_class=style)
        made.set_defaults(run=run)
        return made

    report = command("report", "write a report on one article", REPORT, do_report)
    report.add_argument(
        "article",
        nargs="?",
        metavar="ARTICLE",
        help="the file with the article (default: the one that comes with the workbook)",
    )
    report.add_argument(
        "--to",
        default="html",
        metavar="FORMATS",
        help="html, pdf, docx, slides, xlsx, with commas (default: html)",
    )
    report.add_argument(
        "--data",
        metavar="DIR",
        help="also write every table, figure and annotation into this folder",
    )
    report.add_argument(
        "--out",
        default="reports",
        metavar="DIR",
        help="the folder for the report (default: reports)",
    )
    report.add_argument("--quiet", action="store_true", help="show no progress")
    verify = command("verify", "say whether a report can be made again", VERIFY, do_verify)
    verify.add_argument("report", metavar="REPORT", help="the file of the report, in any format")
    verify.add_argument("article", nargs="?", metavar="ARTICLE", help="the file with its article")
    new = command("new", "make a working folder for your story", NEW, do_new)
    new.add_argument("folder", metavar="FOLDER", help="the folder to make")
    new.add_argument(
        "article",
        nargs="?",
        metavar="ARTICLE",
        help="the file with the article (default: the one that comes with the workbook)",
    )
    lab = command("lab", "open notebooks in JupyterLab", LAB, do_lab)
    lab.add_argument(
        "folder",
        nargs="?",
        default=".",
        metavar="FOLDER",
        help="the folder with the notebooks (default: this one)",
    )
    lab.add_argument(
        "options", nargs="*", metavar="-- OPTION", help="options for JupyterLab, after --"
    )
    command("doctor", "check the set-up, and say how to mend it", DOCTOR, do_doctor)
    return parser.parse_args(arguments)


def do_report(args):
    """Write reports, and print where they are."""
    from .report.build import build_report

    formats = tuple(
        dict.fromkeys(name.strip().lower() for name in args.to.split(",") if name.strip())
    )
    for path in build_report(
        args.article, args.out, formats or ("html",), args.data, progress=not args.quiet
    ):
        print(path)
    return 0


def do_verify(args):
    """Say whether a report can be made again."""
    from .report.verify import verify_report

    same, lines = verify_report(args.report, args.article, progress=True)
    say(*lines)
    return 0 if same else 1


def do_new(args):
    """Make a working folder."""
    from .report.story import make_story

    made = make_story(args.folder, args.article)
    say(f"{args.folder}: {len(made)} files. Now type:", f'  workbook lab "{args.folder}"')
    return 0


def do_lab(args):
    """Open JupyterLab."""
    folder = Path(args.folder)
    if not folder.is_dir():
        raise WorkbookError(f"{folder}: no such folder. Make one with: workbook new {folder}")
    if not any(folder.glob("*.ipynb")) and any(folder.glob("notebooks/*.ipynb")):
        folder = folder / "notebooks"
    if not any(folder.glob("*.ipynb")):
        raise WorkbookError(
            f"{folder.resolve()}: no notebooks in it. Make a folder with notebooks with: workbook new my-story"
        )
    return subprocess.run(
        [sys.executable, "-m", "jupyter", "lab", str(folder), NO_NEWS, *args.options], check=False
    ).returncode


def do_doctor(_):
    """Check the set-up, a line each."""
    from .report.doctor import check_setup

    wrong = 0
    for what, works, known, mend in check_setup():
        wrong += works is False
        say(
            f"{'–' if works is None else '✓' if works else '✗'} {what}: {known}",
            *[f"    Do this: {mend}"] * (works is not True),
        )
    say(
        "✓ network: none is needed, and none was used",
        "",
        f"{wrong} to mend." if wrong else "All is well.",
    )
    return 1 if wrong else 0


def say(*lines):
    """Print lines, with plain marks where the terminal has no others."""
    encoding = sys.stdout.encoding or "ascii"
    for line in lines:
        try:
            line.encode(encoding)
        except UnicodeEncodeError:
            line = (
                line.replace("✓", "+")
                .replace("✗", "x")
                .replace("–", "-")
                .encode(encoding, "replace")
                .decode(encoding)
            )
        print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
