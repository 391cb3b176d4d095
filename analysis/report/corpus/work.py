"""What is done with one batch of articles, by whichever process: read, analyse, write.

Each stage's tables are files of their own, written whole. Last the articles are: a batch is in the
corpus when its articles are there. Done again, it does nothing that is done.
"""

import contextlib
import errno
import gc
import itertools
import os
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from ... import schema
from ...engine import refuse_other
from ...kept import afresh
from ...models import is_reading_quickly, reading_quickly
from ...parse.trees import sharing_trees
from ...partitions import is_complete, read_about, read_partition, write_partition
from .stages import (
    STAGE_OF,
    STAGES,
    key_articles,
    name_articles_of,
    name_version,
    run_stage,
)

# Batches that this process has done.
BATCHES_DONE = itertools.count(1)
FAILED = "its analysis failed ({kind}: {said}). Please report it, with the text."


class Done(NamedTuple):
    """What became of a batch."""

    number: int
    name: str
    files: dict  # {stage: the name of its files}
    articles: int
    left_out: int
    read: int


def place_of_table(folder, table, name):
    """The file of a table of a batch."""
    return Path(folder, table, f"{name}.parquet")


def analyse_batch(folder, batch, name, versions, quick=False, earlier=(), cores=None):
    """Analyse a batch of articles and write its tables; what became of it.

    `versions` is {stage: its version}, as whoever asks knows it. `earlier` are names of batches of
    an earlier run that have some of these articles: their rows are taken over, where nothing that
    they depend on has changed. `quick`: with the small models. `cores`: how many this process has
    for itself; None: all.
    """
    if cores:
        os.environ.setdefault("WORKBOOK_CORES", str(cores))
    with reading_quickly(quick), collecting_later():
        check_versions(versions)
        return write_batch(folder, batch, name, list(versions), earlier)


@contextlib.contextmanager
def collecting_later():
    """Look for dead circles of objects when a batch is done, not in the midst of it.

    Its millions of small objects are in use until then; going through them costs a tenth of all.
    What was there before it, code and models, is gone through every tenth time.
    """
    was_on = gc.isenabled()
    gc.disable()
    gc.freeze()
    try:
        yield
    finally:
        gc.collect()
        gc.unfreeze()
        if next(BATCHES_DONE) % 10 == 0:
            gc.collect()
        if was_on:
            gc.enable()


def write_batch(folder, batch, name, stages, earlier):
    """Analyse a batch and write its tables, leaving out the articles that cannot be analysed."""
    place = place_of_table(folder, "articles", name)
    if not is_complete(place):
        articles, files = batch.articles, {}
        while True:
            good = articles[articles["left_out"].isna()].reset_index(drop=True)
            try:
                with afresh(), sharing_trees():
                    files = write_stages(folder, good, stages, earlier)
                break
            except Exception as error:
                if is_of_machine(error):
                    raise
                articles = leave_failing(articles, stages, error)
        write_partition(place, articles, "articles", files=files)
    return describe_done(place, batch.number, name, batch.read)


def check_versions(versions):
    """WorkbookError where this process has another workbook than whoever asks."""
    others = [stage for stage, version in versions.items() if name_version(stage) != version]
    if others:
        refuse_other(f"the stage “{others[0]}”")


def describe_done(place, number, name, read):
    """What became of a batch whose articles are written."""
    left_out = read_partition(place, "articles", ["left_out"])["left_out"]
    files = read_about(place)["files"]
    return Done(number, name, files, len(left_out), int(left_out.notna().sum()), read)


def is_of_machine(error):
    """Whether an error is of the machine, not of an article: a full disk, too little memory."""
    return isinstance(error, (OSError, MemoryError)) and not isinstance(error, UnicodeError)


def is_full(error):
    """Whether an error says that a disk is full, or that a file may not grow."""
    return getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def write_stages(folder, articles, stages, earlier):
    """Make the tables of each stage that are not there; {stage: the name of its files}."""
    keys = key_articles(articles)
    files = {stage: name_articles_of(keys, stage) for stage in stages}
    made = MadeSoFar(folder, files)
    for stage in stages:
        places = [place_of_table(folder, table, files[stage]) for table in STAGES[stage].tables]
        if all(map(is_complete, places)):
            continue
        tables = make_stage(folder, stage, articles, keys, made, earlier)
        for place, (name, table) in zip(places, tables.items(), strict=True):
            write_partition(place, table, name, stage=name_version(stage))
            made.tables[name] = table
    return files


class MadeSoFar:
    """The tables of a batch so far; those of earlier stages are read when they are asked for."""

    def __init__(self, folder, files):
        self.folder, self.files, self.tables = folder, files, {}

    def __getitem__(self, table):
        if table not in self.tables:
            place = place_of_table(self.folder, table, self.files[STAGE_OF[table]])
            self.tables[table] = read_partition(place, table)
        return self.tables[table]


class Part:
    """The tables of some of a batch's articles."""

    def __init__(self, made, articles):
        self.made, self.wanted = made, set(articles["doc_id"])

    def __getitem__(self, table):
        rows = self.made[table]
        return rows[rows["doc_id"].isin(self.wanted)].reset_index(drop=True)


def make_stage(folder, stage, articles, keys, made, earlier):
    """The tables of a stage: rows of an earlier run for what is unchanged, the rest made."""
    known, found = take_earlier(folder, stage, articles, keys, earlier)
    if not known:
        return run_stage(stage, articles, made)
    is_new = ~articles["doc_id"].isin(known)
    new = articles[is_new].reset_index(drop=True)
    tables = run_stage(stage, new, Part(made, new)) if len(new) else {}
    joined = {}
    for name in STAGES[stage].tables:
        rows = pd.concat([*found[name], *([tables[name]] if tables else [])], ignore_index=True)
        place = pd.Series(range(len(articles)), index=articles["doc_id"])
        order = rows["doc_id"].map(place).argsort(kind="stable").to_numpy()
        joined[name] = schema.table(rows.iloc[order].reset_index(drop=True), name)
    return joined


def take_earlier(folder, stage, articles, keys, earlier):
    """(doc_ids of articles that an earlier run has, {table: [their rows]})."""
    wanted = dict(zip(keys, articles["doc_id"], strict=True))
    known, found = set(), {name: [] for name in STAGES[stage].tables}
    for name in earlier:
        place = place_of_table(folder, "articles", name)
        if not is_complete(place):
            continue
        file = read_about(place).get("files", {}).get(stage)
        tables = [place_of_table(folder, table, file) for table in STAGES[stage].tables]
        if file is None or not all(map(is_complete, tables)):
            continue
        if read_about(tables[0]).get("stage") != name_version(stage):
            continue
        old = read_partition(place, "articles")
        old = old[old["left_out"].isna()]
        mine = {wanted[key] for key in key_articles(old) if key in wanted} - known
        if not mine:
            continue
        known |= mine
        for table, path in zip(STAGES[stage].tables, tables, strict=True):
            rows = read_partition(path, table)
            found[table].append(rows[rows["doc_id"].isin(mine)])
    return known, found


def leave_failing(articles, stages, error):
    """The articles with the reason at those of which alone the analysis fails.

    Where none fails alone, the error is raised: it is not of an article.
    """
    reasons = {}
    for doc_id, is_out in zip(articles["doc_id"], articles["left_out"].notna(), strict=True):
        if not is_out:
            alone = articles[articles["doc_id"] == doc_id].reset_index(drop=True)
            reason = try_alone(alone, stages, is_reading_quickly())
            if reason:
                reasons[doc_id] = reason
    if not reasons:
        raise error
    return leave_articles_out(articles, reasons)


def leave_articles_out(articles, reasons):
    """The articles, those in {doc_id: reason} left out."""
    reason = articles["doc_id"].map(reasons)
    return articles.assign(left_out=articles["left_out"].where(reason.isna(), reason).astype("str"))


def try_alone(article, stages, quick=False):
    """Why one article cannot be analysed; None where it can."""
    made = {}
    try:
        with afresh(), sharing_trees(), reading_quickly(quick):
            for stage in stages:
                made |= run_stage(stage, article, made)
    except Exception as error:
        if is_of_machine(error):
            raise
        return FAILED.format(kind=type(error).__name__, said=" ".join(str(error).split())[:200])
    return None
