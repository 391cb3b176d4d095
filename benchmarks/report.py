"""How long a report takes and how large it is: ``python -m benchmarks.report [ARTICLE] [--rounds N]``.

Each format alone, all of them with all data, and their check, each in a fresh process (cold); the best of some rounds.
"""

import argparse
import tempfile
from pathlib import Path

from analysis.report.build import FORMATS
from benchmarks.speed import cold


def size(folder):
    """Megabytes of all files in a folder."""
    return sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file()) / 1e6


def measure(rounds, article, *options):
    """(seconds, MB) of a report with some options."""
    times = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            times.append(
                cold(
                    "-m",
                    "analysis",
                    "report",
                    *article,
                    "--quiet",
                    "--out",
                    folder,
                    *(option.format(folder) for option in options),
                )
            )
            written = size(folder)
    return min(times), written


def main(arguments=None):
    """Measure and print."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.report",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "article",
        nargs="?",
        help="the file with the article (default: the one that comes with the workbook)",
    )
    parser.add_argument(
        "--rounds", type=int, default=3, help="rounds, of which the best counts (default: 3)"
    )
    parser.add_argument("--only", choices=FORMATS, help="one format alone")
    args = parser.parse_args(arguments)
    article = [args.article] if args.article else []
    for name in [args.only] if args.only else FORMATS:
        print(
            "{}: {:.1f} seconds, {:.2f} MB".format(
                name, *measure(args.rounds, article, "--to", name)
            )
        )
    if not args.only:
        print(
            "all formats and all data: {:.1f} seconds, {:.2f} MB".format(
                *measure(args.rounds, article, "--to", ",".join(FORMATS), "--data", "{}/data")
            )
        )


if __name__ == "__main__":
    main()
