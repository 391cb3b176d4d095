"""The commands for a class: what is handed out, what was coded, a stick without network."""

import sys

from .terminal import add_command, say, split_names

HANDOUT = """Make what a workshop needs of each lesson: a notebook for participants (without
solutions), one with the solutions, slides, and a PDF to write on with a pencil.

examples:
  workbook handout                     all lessons, all four
  workbook handout 1 2                 the first two
  workbook handout reading --to student,pdf
  workbook handout my-lesson.ipynb     a lesson of your own

Nothing is replaced but earlier handouts of the same lesson in which nobody wrote.
"""
CLASS = """Merge what a class coded: put everybody's file (my-story.codings.csv, or whatever
it is called) into one folder and name it. Written are a page to talk about
with the class, and one sheet with all answers, in a folder of their own.

examples:
  workbook class stick                 the article that comes with the workbook
  workbook class stick my-article.txt  your own
  workbook class stick --names         coders by their names on the page
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


def do_handout(args):
    """Make handouts, and print where they are."""
    from ..report.handouts import build_handouts

    paths = build_handouts(
        args.lesson,
        out=args.out,
        to=split_names(args.to),
        replace=args.replace,
        progress=not args.quiet,
    )
    say(*paths)
    return 0


def do_class(args):
    """Merge what a class coded, and print where it is."""
    from ..report.classroom import build_class

    options = {"out": args.out, "names": args.names, "progress": not args.quiet}
    paths, told = build_class(args.folder, args.article, **options)
    say(*told, to=sys.stderr)
    say(*paths)
    return 0


def do_stick(args):
    """Make a stick, and print what is on it."""
    from ..report.stick import make_stick

    systems, pythons, without = map(split_names, (args.systems, args.python, args.without))
    lines, is_complete = make_stick(args.folder, systems, pythons, without, not args.quiet)
    say(*lines)
    return 0 if is_complete else 1
