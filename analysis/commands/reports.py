"""The commands that write a report, and make it again."""

from .terminal import ARTICLE, add_command, say, split_names

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


def do_report(args):
    """Write reports, and print where they are."""
    from ..report.build import build_report

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
    from ..report.verify import verify_report

    same, lines = verify_report(args.report, args.article or None, progress=True)
    say(*lines)
    return 0 if same else 1
