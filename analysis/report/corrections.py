"""What coders answer differently from the machine, taken over into the corrections file."""

import csv
import io
from pathlib import Path

import pandas as pd

from .. import schema
from ..errors import WorkbookError
from ..lexicons import resource
from ..measure.answers import add_machine, settle_answers, tasks_of
from ..read.codings import NO_ONE
from ..read.corrections import CORRECTION_COLUMNS, SPEAKER, place_corrections
from ..read.encodings import decode
from ..read.files import read_small
from ..text import quote
from .tables import defuse
from .writing import write_whole

# Tasks whose answers corrections can say.
CORRECTABLE = ("actor", SPEAKER)
NEW_TYPE = "other"


def write_corrections(codings, table, articles):
    """Write what coders answer differently from the machine into the corrections file; the paths.

    `table` is the one that the sample was drawn from: mentions or stance, for codings of who is
    meant; quotes, of who speaks. Each such answer is a line at the end of the file beside its
    article: `split`, `drop` where nobody is meant, `speaker`. A line that is there already is not
    written again. Later runs make these corrections, and the reports list them. WorkbookError where
    an article comes from no file of one's own, or nothing was coded that corrections can say.

    Agreement with the machine, and figures corrected by the codings, are to be reckoned from tables
    found before: the machine must not be measured by answers that it was given.

    >>> articles = read_texts("Putin left. He lied.")
    >>> mentions = find_mentions(articles, split_tokens(articles))
    >>> write_corrections(read_codings([]), mentions, articles)
    Traceback (most recent call last):
    ...
    analysis.errors.WorkbookError: there are no answers to correct by. Code who is meant, or who
    speaks, with sample_rows(mentions, sentences, 40), or of quotes.
    """
    schema.check(articles, "articles")
    tasks = [task for task in CORRECTABLE if task in tasks_of(table)]
    if not codings["task"].isin(tasks).any():
        raise WorkbookError(
            "there are no answers to correct by. Code who is meant, or who speaks, with "
            "sample_rows(mentions, sentences, 40), or of quotes."
        )
    differing = find_differing(codings, table)
    known = set(table["actor"].dropna()) if "actor" in table else set()
    paths = {}
    for row in differing.itertuples():
        path, doc_id = find_file_of(articles, row.doc_id)
        paths.setdefault(path, []).append(say_correction(row, known) | {"doc_id": doc_id})
    for path, rows in paths.items():
        append_rows(path, rows)
    return list(paths) or [find_file_of(articles, articles["doc_id"].iloc[0])[0]]


def count_differing(codings, table):
    """How many answers the machine does not give, of those that corrections can say."""
    return len(find_differing(codings, table))


def find_differing(codings, table):
    """The items of which coders settle on another actor than the machine's, with `coder`."""
    its = codings[codings["task"].isin(CORRECTABLE) & codings["task"].isin(tasks_of(table))]
    settled = settle_answers(its).reset_index().dropna(subset=["answer"])
    beside = add_machine(settled, table).dropna(subset=["machine"])
    return beside[beside["answer"] != beside["machine"]]


def say_correction(row, known):
    """A coded item as the cells of a correction."""
    cells = dict.fromkeys(CORRECTION_COLUMNS, "")
    cells |= {"start": row.start, "end": row.end, "text": row.text, "note": f"coded: {row.coder}"}
    if row.task == SPEAKER:
        return cells | {"action": SPEAKER, "to": row.answer}
    if row.machine != NO_ONE:
        cells["actor"] = row.machine
    if row.answer == NO_ONE:
        return cells | {"action": "drop"}
    is_new = row.machine == NO_ONE and row.answer not in known
    return cells | {"action": "split", "to": row.answer, "actor_type": NEW_TYPE if is_new else ""}


def find_file_of(articles, doc_id):
    """(the corrections file beside an article, the doc_id to write where it has several)."""
    article = articles.loc[articles["doc_id"] == doc_id].iloc[0]
    path = place_corrections(article["source"])
    if path is None:
        raise WorkbookError("the article comes from no file, so that nothing can stand beside it.")
    if path.parent.resolve() == Path(resource("seeds")).resolve():
        raise WorkbookError(
            "the article that comes with the workbook stays as it is. "
            "Make a folder with a copy: workbook new practice"
        )
    return path, doc_id if pd.notna(article["row"]) else None


def append_rows(path, rows):
    """Write corrections below those that a file has, in its columns and with its separator."""
    try:
        there = decode(read_small(path)) if path.exists() else ""
    except OSError as error:
        raise WorkbookError(f"{path}: cannot be read ({error.strerror}).") from None
    needs_id = any(row["doc_id"] is not None for row in rows)
    if not there.strip():
        there = ",".join((["doc_id"] if needs_id else []) + CORRECTION_COLUMNS) + "\n"
    head = there.lstrip("\ufeff").splitlines()[0]
    separator = max(",;\t", key=head.count)
    columns = [name.strip().strip('"').lower() for name in head.split(separator)]
    missing = [column for column in CORRECTION_COLUMNS if column not in columns]
    if needs_id and "doc_id" not in columns:
        missing.append("doc_id")
    if missing:
        raise WorkbookError(
            f"{path}: no column {', '.join(map(quote, missing))}. The first line must be "
            f"{','.join(CORRECTION_COLUMNS)}. Nothing was changed."
        )
    lines = []
    for row in rows:
        line = write_line(row, columns, separator)
        if line not in there.splitlines():
            lines.append(f"{line}\n")
    if lines:
        there = there if there.endswith("\n") else f"{there}\n"
        write_whole(path, (there + "".join(lines)).encode("utf-8", "replace"))


def write_line(row, columns, separator):
    """One correction as a line of a file with these columns."""
    written = io.StringIO()
    cells = [row.get(column) for column in columns]
    cells = ["" if cell is None else defuse(str(cell)) for cell in cells]
    csv.writer(written, delimiter=separator, lineterminator="").writerow(cells)
    return written.getvalue()
