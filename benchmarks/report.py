"""How long a report takes, and how large it is: ``python -m benchmarks.report [ARTICLE]``.

Each format alone, all of them with all data, each in a fresh process (cold); the best of some
rounds.
"""

import tempfile
from pathlib import Path

from analysis.report.build import FORMATS
from benchmarks.commands import make_parser
from benchmarks.speed import cold


def size(folder):
    """Megabytes of all files in a folder."""
    total = 0
    for path in Path(folder).rglob("*"):
        if path.is_file():
            total += path.stat().st_size
    return total / 1e6


def print_cost(name, rounds, article, formats, *, data=False):
    """Print the seconds and megabytes of a report; with `data`, of all tables and figures too."""
    times = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            options = ["--quiet", "--out", folder, "--to", formats]
            if data:
                options += ["--data", f"{folder}/data"]
            times.append(cold("-m", "analysis", "report", *article, *options))
            written = size(folder)
    print(f"{name}: {min(times):.1f} seconds, {written:.2f} MB")


def main(arguments=None):
    """Measure and print."""
    parser = make_parser("benchmarks.report", __doc__)
    parser.add_argument(
        "article", nargs="?", help="the article's file (default: the one that comes along)"
    )
    parser.add_argument(
        "--rounds", type=int, default=3, help="of which the best counts (default: 3)"
    )
    parser.add_argument("--only", choices=FORMATS, help="one format alone")
    args = parser.parse_args(arguments)
    article = [args.article] if args.article else []
    if args.only:
        print_cost(args.only, args.rounds, article, args.only)
        return
    for name in FORMATS:
        print_cost(name, args.rounds, article, name)
    everything = ",".join(FORMATS)
    print_cost("all formats and all data", args.rounds, article, everything, data=True)


if __name__ == "__main__":
    main()
