"""A whole corpus analysed: `workbook analyse`."""

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from tqdm import tqdm

from ... import schema
from ...engine import has_killed, open_engine
from ...errors import ArticleError, WorkbookError
from ...find.near_copies import need_datasketch
from ...models import is_reading_quickly, reading_quickly
from ...partitions import is_complete, read_partition, write_partition
from ...read.stored import LEFT_OUT, read_tables
from ...read.streams import size_of_source
from .batches import BATCH_ARTICLES, cut_batches, name_batch
from .joined import join_corpus
from .manifest import alone_in, open_folder, take_away_old, write_manifest
from .stages import choose_stages, name_version
from .work import (
    analyse_batch,
    describe_done,
    is_full,
    leave_articles_out,
    place_of_table,
    try_alone,
)

ENDED = (
    "every process that analysed it ended at once, for want of memory most likely. Cut the text in "
    "several articles."
)


def write_corpus(
    source,
    out,
    *,
    workers=None,
    scheduler=None,
    tone=True,
    quick=False,
    batch=BATCH_ARTICLES,
    text_column=None,
    language="en",
    headline=True,
    progress=True,
):
    """Analyse a whole corpus into a folder of Parquet files; the tables, as `read_tables` has them.

    `source` is whatever `read_articles` reads or has read, JSON lines and Parquet of any size, and
    web archives (WARC). Articles are analysed in batches of about `batch`, by `workers` processes
    (None: one a core; 0: this one) or by the cluster of a Dask `scheduler`. The same articles give
    the same bytes, whoever works. Stopped or killed at any moment, it goes on where it was when it
    is called again; articles that are there already are not analysed again, whatever comes beside
    them. What is not analysed stands in `left_out.parquet` with the reason. Without `tone`, the
    slowest stage is left out; asked for later, it is added. `quick`: names and tone are read by
    small models, three times as fast and a little worse (`docs/corpus.md` says by how much).

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     tables = write_corpus(None, folder, workers=0, tone=False, progress=False)
    ...     tables["mentions"]["actor"].value_counts().index[0]
    'Iran'
    """
    options = {"text_column": text_column, "language": language, "headline": headline}
    stages = choose_stages(tone)
    # What is not there is said before anything is made.
    need_datasketch()
    size = 0 if isinstance(source, pd.DataFrame) else size_of_source(source)
    folder = open_folder(out).resolve()
    with alone_in(folder), reading_quickly(quick), open_engine(workers, scheduler) as engine:
        job = Job(folder, stages, engine, size)
        with show_progress(engine, progress) as bar:
            batches = job.analyse(cut_batches(source, size=batch, **options), bar)
        write_left_out(folder, batches)
        batches = join_corpus(folder, batches, engine)
        write_manifest(folder, batches, stages)
        take_away_old(folder, batches, stages)
    return read_tables(folder)


def show_progress(engine, progress):
    """A bar with how many articles, how many a second and the time left; where to watch closer."""
    bar = tqdm(desc="Analysing", unit=" articles", disable=not progress, smoothing=0.05)
    if progress and engine.dashboard:
        bar.write(f"watch the work: {engine.dashboard}")
    return bar


class Task(NamedTuple):
    """A batch handed out."""

    batch: object
    name: str
    earlier: tuple


class Job:
    """A corpus that is being analysed."""

    def __init__(self, folder, stages, engine, size):
        self.folder, self.stages, self.engine, self.size = folder, stages, engine, size
        self.versions = {stage: name_version(stage) for stage in stages}
        self.earlier = Earlier(folder)
        self.open, self.done, self.read = {}, [], 0
        self.quick = is_reading_quickly()

    def analyse(self, batches, bar):
        """What became of each batch, in the order of the source."""
        for number, outcome in self.engine.run(self.hand_out(batches, bar)):
            task = self.open.pop(number)
            if has_killed(outcome):
                outcome = self.analyse_apart(task)
            if isinstance(outcome, Exception):
                refuse(self.folder, outcome)
            self.note(outcome, bar)
        return sorted(self.done, key=lambda each: each.number)

    def hand_out(self, batches, bar):
        """The tasks of the batches that are not there; those that are, are noted."""
        n = 0
        for batch in batches:
            name = name_batch(batch.articles, list(self.versions.values()))
            self.read += len(batch.articles)
            bar.total = round(self.read * self.size / batch.read) if batch.read else None
            place = place_of_table(self.folder, "articles", name)
            if is_complete(place):
                self.note(describe_done(place, batch.number, name, batch.read), bar, is_new=False)
                continue
            self.open[n] = Task(batch, name, self.earlier.find(batch.articles))
            yield self.ask(self.open[n])
            n += 1
        bar.total = self.read

    def ask(self, task):
        """A task as a function with what it takes."""
        batch = task.batch
        given = (str(self.folder), batch, task.name, self.versions, self.quick, task.earlier)
        return (analyse_batch, *given, self.engine.cores)

    def note(self, done, bar, is_new=True):
        """Note what became of a batch."""
        self.done.append(done)
        if is_new:
            bar.update(done.articles)
        elif not bar.disable:  # what was there already says nothing of how fast it goes
            bar.initial += done.articles
            bar.n += done.articles
            bar.refresh()

    def analyse_apart(self, task):
        """What becomes of a batch that ended each process that analysed it.

        Its articles are tried one by one; those that do it again are left out.
        """
        articles = task.batch.articles
        good = articles[articles["left_out"].isna()]
        alone = [good.iloc[[row]].reset_index(drop=True) for row in range(len(good))]
        tried = self.engine.run((try_alone, each, self.stages, self.quick) for each in alone)
        reasons = {}
        for number, outcome in tried:
            if has_killed(outcome):
                outcome = ENDED
            elif isinstance(outcome, Exception):
                refuse(self.folder, outcome)
            if outcome:
                reasons[good["doc_id"].iloc[number]] = outcome
        left = task.batch._replace(articles=leave_articles_out(articles, reasons))
        again = self.ask(task._replace(batch=left))
        ((_, outcome),) = self.engine.run([again])
        return outcome


class Earlier:
    """Which batches of earlier runs have which articles."""

    def __init__(self, folder):
        self.names = sorted(path.stem for path in Path(folder, "articles").glob("*.parquet"))
        self.folder, self.known = folder, None

    def find(self, articles):
        """The names of the batches that have some of the articles."""
        if not self.names:
            return ()
        if self.known is None:
            self.known = self.read()
        numbers, batches = self.known
        asked = number_articles(articles)
        first = np.searchsorted(numbers, asked)
        behind = np.searchsorted(numbers, asked, side="right")
        found = set()
        for one, two in zip(first, behind, strict=True):
            found.update(batches[one:two].tolist())
        return tuple(self.names[each] for each in sorted(found))

    def read(self):
        """(numbers of articles in order, the batch of each), two arrays."""
        numbers, batches = [np.empty(0, "uint64")], [np.empty(0, "int64")]
        for place, name in enumerate(self.names):
            path = place_of_table(self.folder, "articles", name)
            if is_complete(path):
                its = number_articles(read_partition(path, "articles", ["doc_id"]))
                numbers.append(its)
                batches.append(np.full(len(its), place))
        numbers, batches = np.concatenate(numbers), np.concatenate(batches)
        order = np.argsort(numbers, kind="stable")
        return numbers[order], batches[order]


def number_articles(articles):
    """The names of articles as numbers."""
    return np.array([int(doc_id[:12], 16) for doc_id in articles["doc_id"]], dtype="uint64")


def refuse(folder, error):
    """Raise what ended the work, with the mend."""
    if is_full(error):
        raise WorkbookError(
            f"{folder}: the disk is full, or the file may not grow ({error.strerror}). What is "
            "written stands. Make room, and type the same command again: it goes on from there."
        ) from error
    raise error


def write_left_out(folder, batches):
    """Write the articles that are not analysed; ArticleError where none is."""
    rows = [schema.table([], "articles")]
    for each in batches:
        if each.left_out:
            articles = read_partition(place_of_table(folder, "articles", each.name), "articles")
            rows.append(articles[articles["left_out"].notna()])
    left_out = pd.concat(rows, ignore_index=True)
    if sum(each.articles for each in batches) == len(left_out):
        reasons = left_out["left_out"].head(3).tolist()
        raise ArticleError("\n".join(reasons) or "no article was found there.")
    write_partition(folder / LEFT_OUT, left_out, "articles")
