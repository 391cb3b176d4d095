"""A corpus's folder: what is in it, told at the end of each run from the files themselves.

Until then readers see the corpus of the run before. What no run needs any more is taken away.
"""

import contextlib
import json
import os
import re
from pathlib import Path

from ... import __version__
from ...errors import WorkbookError
from ...models import is_reading_quickly
from ...partitions import name_codebook
from ...read.stored import ABOUT_CORPUS, CORPUS_README, JOINS, MANIFEST
from ...whole import write_whole
from .joined import JOIN_STAGE
from .stages import STAGES, name_version

PARTITION = re.compile(r"[0-9a-f]{32}\.parquet")
OLD_FILES = re.compile(r"\.[0-9a-f]{32}\.part")


def open_folder(folder):
    """Make a corpus's folder, or find it; WorkbookError where the folder is somebody else's."""
    folder = Path(folder)
    if folder.exists() and not folder.is_dir():
        raise WorkbookError(f"{folder}: is there already, and not a folder. Choose another.")
    if folder.is_dir() and any(folder.iterdir()) and not is_corpus(folder):
        raise WorkbookError(
            f"{folder}: holds something else than a corpus. Nothing was changed. Choose another "
            "folder with --out."
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not is_corpus(folder):
            write_whole(folder / ABOUT_CORPUS, CORPUS_README)
    except OSError as error:
        raise WorkbookError(
            f"{folder}: cannot be written ({error.strerror}). Choose another folder with --out."
        ) from None
    return folder


def is_corpus(folder):
    """Whether a folder is a corpus's."""
    with contextlib.suppress(OSError):
        return (folder / ABOUT_CORPUS).read_bytes() == CORPUS_README.encode()
    return False


@contextlib.contextmanager
def alone_in(folder):
    """Be the only one who writes into a folder; WorkbookError where somebody does already."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    with open(folder / ABOUT_CORPUS, "rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise WorkbookError(
                f"{folder}: is being written by another `workbook analyse`. Wait for it."
            ) from None
        yield


def write_manifest(folder, batches, stages):
    """Tell what the corpus is: its batches in order, with the names of their files."""
    total = sum(each.articles for each in batches)
    left_out = sum(each.left_out for each in batches)
    told = {
        "workbook": __version__,
        "codebook": name_codebook(),
        "articles": total,
        "analysed": total - left_out,
        "left_out": left_out,
        "models": "small" if is_reading_quickly() else "whole",
        "stages": {stage: name_version(stage) for stage in stages},
        "tables": dict(stage_of_tables(stages)),
        "batches": [{"articles": each.name, **each.files} for each in batches],
    }
    write_whole(folder / MANIFEST, json.dumps(told, indent=1) + "\n")


def stage_of_tables(stages):
    """(table, the stage that makes it) of all tables of a corpus."""
    yield "articles", "articles"
    for stage in stages:
        for table in STAGES[stage].tables:
            yield table, stage
    yield JOINS, JOIN_STAGE


def take_away_old(folder, batches, stages):
    """Take away the files that no batch of the corpus names, of the stages that were asked for."""
    wanted = {}
    for table, stage in stage_of_tables(stages):
        wanted[table] = {each.files.get(stage, each.name) for each in batches}
    for table, names in wanted.items():
        with contextlib.suppress(FileNotFoundError):
            for path in Path(folder, table).iterdir():
                is_old = PARTITION.fullmatch(path.name) and path.stem not in names
                if is_old or OLD_FILES.fullmatch(path.name):
                    with contextlib.suppress(OSError):
                        path.unlink()
    for path in Path(folder).iterdir():
        if OLD_FILES.fullmatch(path.name):
            with contextlib.suppress(OSError):
                path.unlink()
    for table in wanted:
        with contextlib.suppress(OSError):
            os.rmdir(Path(folder, table))  # only where it is empty
