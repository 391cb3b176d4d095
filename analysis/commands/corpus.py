"""The commands for a whole corpus: analyse it, and write it for another tool."""

from .terminal import add_command, say

ANALYSE = """Analyse a whole corpus into a folder of tables (Parquet), on every core of this
machine or on a cluster. JSON lines, Parquet and web archives (WARC) may be of
any size; else, files as `report` reads them.

examples:
  workbook analyse my-folder --out corpus
  workbook analyse "export-*.jsonl" --out corpus --quick
  workbook analyse my-folder --out corpus --without-tone
  workbook analyse big.parquet --out corpus --scheduler tcp://10.0.0.1:8786

Stopped or killed at any moment, the same command goes on from there. When new
articles come, only these are analysed. What is not analysed stands in
left_out.parquet, with the reason.
"""
EXPORT = """Write a corpus that `workbook analyse` made for another tool: plain texts for
AntConc, a CSV file for R's quanteda, the parse for spaCy, every table for SQLite
or DuckDB. Nothing that is there already is replaced.

examples:
  workbook export corpus --to antconc --out texts
  workbook export corpus --to sqlite --out corpus.sqlite
"""


def add_analyse(commands):
    """The command `analyse`."""
    said = "analyse a whole corpus into tables, on one machine or on many"
    command = add_command(commands, "analyse", said, ANALYSE, do_analyse)
    command.add_argument("source", nargs="+", metavar="SOURCE", help="files, folders or patterns")
    command.add_argument("--out", required=True, metavar="DIR", help="the folder for the tables")
    command.add_argument(
        "--workers",
        type=int,
        metavar="N",
        help="processes that work (default: one a core; 0: this one alone, without Dask)",
    )
    command.add_argument(
        "--scheduler", metavar="ADDRESS", help="a Dask cluster's, tcp://HOST:8786, instead"
    )
    command.add_argument(
        "--quick", action="store_true", help="read names and tone with small models, a little worse"
    )
    command.add_argument("--without-tone", action="store_true", help="leave out the slowest stage")
    command.add_argument(
        "--batch", type=int, default=200, metavar="N", help="articles of a batch (default: 200)"
    )
    command.add_argument("--text-column", metavar="NAME", help="the column with the text")
    command.add_argument(
        "--language", default="en", metavar="CODE", help="of the articles (default: en; any: all)"
    )
    command.add_argument("--quiet", action="store_true", help="show no progress")


def add_export(commands):
    """The command `export`."""
    said = "write an analysed corpus for another tool"
    command = add_command(commands, "export", said, EXPORT, do_export)
    command.add_argument("corpus", metavar="CORPUS", help="the folder that `analyse` wrote")
    command.add_argument(
        "--to", required=True, metavar="TOOL", help="antconc, quanteda, spacy, sqlite or duckdb"
    )
    command.add_argument("--out", required=True, metavar="PATH", help="the file or folder to write")


def do_analyse(args):
    """Analyse a corpus, and say what became of its articles."""
    from ..report.corpus.run import write_corpus

    tables = write_corpus(
        args.source[0] if len(args.source) == 1 else args.source,
        args.out,
        workers=args.workers,
        scheduler=args.scheduler,
        tone=not args.without_tone,
        quick=args.quick,
        batch=args.batch,
        text_column=args.text_column,
        language=None if args.language == "any" else args.language,
        progress=not args.quiet,
    )
    say(*tables.describe())
    return 0


def do_export(args):
    """Write a corpus for another tool, and print where it is."""
    from ..read.stored import read_tables
    from ..report.corpus.exports import write_export

    say(write_export(read_tables(args.corpus), args.out, args.to))
    return 0
