"""The command line: ``workbook report my-article.html``."""

import argparse
import sys

from . import __version__
from .errors import WorkbookError

REPORT_HELP = """Analyse one article and write a report that opens in any browser, without network.

examples:
  workbook report                        the article that comes with the workbook
  workbook report my-article.html        your own: .txt, .md, .html, or a table (.csv, .xlsx …) with one row
  workbook report story.txt --out desk   into the folder desk
"""


def main(arguments=None):
    """Run the command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="workbook", description="What an article does: who is in it, in what tone, in what words.")
    parser.add_argument("--version", action="version", version=f"workbook {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    report = commands.add_parser(
        "report", help="write a report on one article", description=REPORT_HELP, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    report.add_argument("article", nargs="?", metavar="ARTICLE", help="the file with the article (default: the one that comes with the workbook)")
    report.add_argument("--out", default="reports", metavar="DIR", help="the folder for the report (default: reports)")
    report.add_argument("--quiet", action="store_true", help="show no progress")
    args = parser.parse_args(arguments)
    try:
        from .report import build_report

        print(build_report(args.article, args.out, progress=not args.quiet))
    except WorkbookError as error:
        print(f"workbook: {' '.join(str(error).split())}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("workbook: stopped", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
