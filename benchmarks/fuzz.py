"""Strange articles through the whole workbook: ``python -m benchmarks.fuzz --cases 1000``.

Articles are made up of all that a text may hold and a program may stumble over, each the same again
by its number and the seed (`benchmarks.strange_texts`). Of each batch of articles everything is
found, counted, drawn and written, as a report does and more (`benchmarks.chain`), and every promise
is checked (`benchmarks.promises`, `benchmarks.outputs`); in Chromium, if there is one, every number
of the page is followed, and what its script finds compared with what Python finds. A batch that
fails is tried article by article; the text is then made smaller as long as it fails in the same
way. What ends the process is told by the stage and the case. Ctrl-C prints what was found so far.
"""

import queue
import sys
import threading
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from tqdm import tqdm

from benchmarks import chain, smaller, trial
from benchmarks.commands import make_parser
from benchmarks.page_script import find_browser
from benchmarks.strange_texts import make_article
from benchmarks.workers import Worker

# One text of a kind of failure is printed to this length.
LONGEST_TEXT = 400


class Settings(NamedTuple):
    """What is tried of each batch, and how often what takes long: in every so manieth batch."""

    seed: int = 1
    charts: int = 3
    model: int = 5
    exports: int = 4
    reports: int = 50
    browser: str | None = None


class Found(NamedTuple):
    """A failure, the number of the article, and the smallest text that shows it."""

    failure: trial.Failure
    number: int
    text: str


def plan_batch(place, settings, size):
    """What is done with the batch at a place of the run; 0 of anything is never."""
    first = place * settings.charts
    turns = range(first, first + settings.charts)
    names = {chain.CHARTS[turn % len(chain.CHARTS)] for turn in turns}
    per_report = max(1, settings.reports // size)
    return trial.Plan(
        method=chain.MODEL if is_turn(place, settings.model) else chain.LEXICON,
        charts=tuple(sorted(names)),
        exports=is_turn(place, settings.exports),
        report=bool(settings.reports) and is_turn(place, per_report),
        browser=settings.browser,
    )


def is_turn(place, every):
    """Whether something that is done every so many times is done at a place."""
    return bool(every) and place % every == 0


class Run:
    """All batches of a run, taken by workers as they are free; what was found and checked."""

    def __init__(self, numbers, settings, size):
        self.settings, self.found, self.checked = settings, [], Counter()
        self.batches, self.done = queue.Queue(), queue.Queue()
        self.known, self.stopped = set(), threading.Event()
        for place, first in enumerate(range(0, len(numbers), size)):
            batch = list(numbers[first : first + size])
            self.batches.put((batch, plan_batch(place, settings, size)))

    def work(self):
        """Take batches until there are none, in a process of one's own."""
        worker = Worker()
        while not self.stopped.is_set():
            try:
                numbers, plan = self.batches.get_nowait()
            except queue.Empty:
                break
            self.found += self.try_batch(worker, numbers, plan)
            self.count(numbers, plan)
            self.done.put(len(numbers))
        worker.close()

    def try_batch(self, worker, numbers, plan):
        """What was found in a batch; where it ends the process, each article is tried alone."""
        parts_of = {number: make_article(number, self.settings.seed) for number in numbers}
        found, death = worker.try_each(parts_of, plan, set(self.known))
        if death is None:
            self.known |= {failure.kind for failure, _, _ in found}
            return [Found(*one) for one in found]
        if self.stopped.is_set():
            return []
        if len(numbers) > 1:
            alone = []
            for number in numbers:
                own = smaller.plan_alone(plan, number, numbers)
                alone += self.try_batch(worker, [number], own)
            return alone or [Found(death, numbers[0], "(only together)")]
        parts = parts_of[numbers[0]]
        text = "".join(parts)
        if death.kind not in self.known:
            self.known.add(death.kind)
            text = smaller.shrink(parts, lambda text: worker.dies(text, plan, death), MOST_DEATHS)
        return [Found(death, numbers[0], text)]

    def count(self, numbers, plan):
        """Count which articles got which checks."""
        done = {
            "tables, counts, page": True,
            "charts": bool(plan.charts),
            "tone model": plan.method == chain.MODEL,
            "page's script in Chromium": bool(plan.browser),
            "CSV, XLSX, Parquet, JSON, annotations, CoNLL-U": plan.exports,
        }
        self.checked.update({what: len(numbers) for what, is_done in done.items() if is_done})
        self.checked.update({f"charts: {name}": len(numbers) for name in plan.charts})
        self.checked["reports (HTML, PDF, DOCX, slides, XLSX)"] += plan.report


# So many processes to make a text smaller that ends them: each takes seconds to start.
MOST_DEATHS = 25


def run_all(numbers, settings, *, workers=2, size=20, progress=True):
    """Try all articles; the run, with what was found so far where it was stopped."""
    run = Run(numbers, settings, size)
    threads = [threading.Thread(target=run.work, daemon=True) for _ in range(workers)]
    for thread in threads:
        thread.start()
    bar = tqdm(total=len(numbers), desc="Trying", unit="case", disable=not progress)
    try:
        while bar.n < len(numbers) and any(thread.is_alive() for thread in threads):
            try:
                bar.update(run.done.get(timeout=1))
            except queue.Empty:
                continue
            bar.set_postfix(failures=len(run.found))
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
    run.stopped.set()
    bar.close()
    for thread in threads:
        thread.join(timeout=5)
    return run


def print_found(run):
    """Print each kind of failure with its smallest text, and how many articles got which checks."""
    kinds = {}
    for one in run.found:
        kinds.setdefault(one.failure.kind, []).append(one)
    for kind, ones in sorted(kinds.items(), key=lambda item: -len(item[1])):
        least = min(ones, key=lambda one: len(one.text))
        print(f"\n{len(ones)} × {kind} (in {least.failure.stage})")
        print(f"  case {least.number} (seed {run.settings.seed}): {least.text[:LONGEST_TEXT]!a}")
        print(f"  {least.failure.said}")
    print(f"\n{len(run.found)} failures of {len(kinds)} kinds")
    for what, n in sorted(run.checked.items()):
        print(f"{what}: {n}")
    if not run.settings.browser:
        print("page's script: not checked, there is no Chromium or no Playwright")


def keep_texts(run, folder):
    """Write the texts that fail into a folder: whole, made smaller, and what is wrong."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    told = {}
    for one in run.found:
        failure = one.failure
        told.setdefault(one.number, []).append(f"{failure.kind} (in {failure.stage})")
        told[one.number] += [f"  {one.text!a}", f"  {failure.said}"]
    for number, lines in told.items():
        stem = f"{run.settings.seed}-{number}"
        write_text(folder / f"{stem}.txt", "".join(make_article(number, run.settings.seed)))
        write_text(folder / f"{stem}.why.txt", "\n".join(lines) + "\n")


def write_text(path, text):
    """Write a text with the line ends that it has, and halves of characters as they are."""
    path.write_bytes(text.encode("utf-8", "surrogatepass"))


def read_arguments(arguments):
    """What was asked for."""
    parser = make_parser("benchmarks.fuzz", __doc__)
    parser.add_argument("--cases", type=int, default=100, help="how many articles (default: 100)")
    parser.add_argument("--first", type=int, default=0, help="number of the first (default: 0)")
    parser.add_argument("--seed", type=int, default=1, help="default: 1")
    parser.add_argument("--workers", type=int, default=2, help="processes (default: 2)")
    parser.add_argument("--batch", type=int, default=20, help="articles at once (default: 20)")
    parser.add_argument("--charts", type=int, default=3, help="charts a batch, in turn")
    parser.add_argument("--model", type=int, default=5, help="tone model: every N-th batch")
    parser.add_argument("--exports", type=int, default=4, help="data files: every N-th batch")
    parser.add_argument("--reports", type=int, default=50, help="report: about every N-th case")
    parser.add_argument("--no-browser", action="store_true", help="without Chromium")
    parser.add_argument("--keep", help="a folder for the texts that fail")
    return parser.parse_args(arguments)


def main(arguments=None):
    """Try, and print what was found; 1 where anything was."""
    args = read_arguments(arguments)
    browser = None if args.no_browser else find_browser()
    often = (args.charts, args.model, args.exports, args.reports)
    settings = Settings(args.seed, *often, browser)
    numbers = range(args.first, args.first + args.cases)
    run = run_all(numbers, settings, workers=args.workers, size=args.batch)
    print_found(run)
    if args.keep:
        keep_texts(run, args.keep)
    return int(bool(run.found))


if __name__ == "__main__":
    sys.exit(main())
