"""What coders answer differently from the machine, taken over into the corrections file."""

import csv
import io
from pathlib import Path

import pandas as pd

from .. import schema
from ..errors import ArticleError, WorkbookError
from ..find.corrections import find_wording
from ..find.speech.corrected_speech import BETWEEN_STRETCHES
from ..lexicons import resource
from ..measure.agreement import are_same
from ..measure.answers import add_machine, settle_answers, tasks_of
from ..read.codings import NO_ONE
from ..read.corrections import (
    ADD_QUOTE,
    CONTENT,
    CORRECTION_COLUMNS,
    DROP_QUOTE,
    SPEAKER,
    place_corrections,
    read_named_cells,
)
from ..read.encodings import decode
from ..read.files import read_small
from ..read.tables import find_separator
from ..schema import SPEECH
from ..text import quote
from .tables import defuse
from .writing import write_whole

# Tasks whose answers corrections can say.
CORRECTABLE = ("tone", "actor", SPEAKER, "content")
NEW_TYPE = "other"
NOTHING_SAID = (
    "there are no answers to correct by. Corrections can say who is meant and in what tone, who "
    "speaks and what is said: code that with sample_rows(mentions, sentences, 40), or of stance or "
    "quotes. Where a sentence ends and what belongs to the page they cannot say."
)


def write_corrections(codings, table, articles):
    """Write what coders answer differently from the machine into the corrections file; the paths.

    `table` is the one that the sample was drawn from: mentions or stance, for codings of who is
    meant; stance, of the tone; quotes, of who speaks or what is said. Each such answer is a line at
    the end of the file beside its article: `split`, `drop` where nobody is meant, `tone`,
    `speaker`, `content`, and `add_quote` or `drop_quote` where only one of the two finds speech. A
    line that is there already is not written again; where nothing is written, there are no paths.
    Later runs make these corrections, and the reports list them. WorkbookError, and no file is
    changed, where an article comes from no file of one's own, a corrections file cannot be read,
    or nothing was coded that corrections can say.

    Agreement with the machine, and figures corrected by the codings, are to be reckoned from tables
    found before: the machine must not be measured by answers that it was given.

    >>> articles = read_texts("Putin left. He lied.")
    >>> mentions = find_mentions(articles, split_tokens(articles))
    >>> write_corrections(read_codings([]), mentions, articles)
    Traceback (most recent call last):
    ...
    analysis.errors.WorkbookError: there are no answers to correct by. Corrections can say who is
    meant and in what tone, who speaks and what is said: code that with sample_rows(mentions,
    sentences, 40), or of stance or quotes. Where a sentence ends and what belongs to the page they
    cannot say.
    """
    schema.check(articles, "articles")
    tasks = [task for task in CORRECTABLE if task in tasks_of(table)]
    if not codings["task"].isin(tasks).any():
        raise WorkbookError(NOTHING_SAID)
    differing = find_differing(codings, table)
    texts = dict(zip(articles["doc_id"], articles["text"], strict=True))
    known = set(table["actor"].dropna()) if "actor" in table else set()
    paths = {}
    for row in differing.itertuples():
        path, doc_id = find_file_of(articles, row.doc_id)
        if row.task == "content":
            said = say_content(row, table, texts[row.doc_id])
        else:
            said = [say_correction(row, known)]
        paths.setdefault(path, []).extend(each | {"doc_id": doc_id} for each in said)
    # All files are read before one is written: what one of them lacks leaves all as they were.
    longer = {path: lengthen_file(path, rows) for path, rows in paths.items()}
    written = [path for path, content in longer.items() if content is not None]
    for path in written:
        write_whole(path, longer[path])
    return written


def count_differing(codings, table):
    """How many answers the machine does not give, of those that corrections can say."""
    return len(find_differing(codings, table))


def find_differing(codings, table):
    """The items of which coders settle on another answer than the machine's, with `coder`."""
    its = codings[codings["task"].isin(CORRECTABLE) & codings["task"].isin(tasks_of(table))]
    settled = settle_answers(its).reset_index().dropna(subset=["answer"])
    beside = add_machine(settled, table).dropna(subset=["machine"])
    answers = zip(beside["answer"], beside["machine"], beside["task"], strict=True)
    same = [are_same(one, other, task == "content") for one, other, task in answers]
    return beside[[not each for each in same]]


def say_correction(row, known):
    """A coded item as the cells of a correction."""
    cells = correction_at(row, row.start, row.end, row.text)
    if row.task in ("tone", SPEAKER):
        return cells | {"action": row.task, "to": row.answer}
    if row.machine != NO_ONE:
        cells["actor"] = row.machine
    if row.answer == NO_ONE:
        return cells | {"action": "drop"}
    is_new = row.machine == NO_ONE and row.answer not in known
    return cells | {"action": "split", "to": row.answer, "actor_type": NEW_TYPE if is_new else ""}


def correction_at(row, start, end, text):
    """The cells of a correction of a place, from a coded item; in one line."""
    cells = dict.fromkeys(CORRECTION_COLUMNS, "")
    cells |= {"start": start, "end": end, "text": " ".join(text.split())}
    return cells | {"note": f"coded: {row.coder}"}


def say_content(row, quotes, text):
    """A sentence of which it is coded what is said in it, as the cells of corrections.

    What a quotation says behind the sentence stays.
    """
    coded = find_coded_spans(row, text)
    in_it = (quotes["doc_id"] == row.doc_id) & (quotes["sentence_id"] == row.sentence_id)
    begun = quotes[in_it & quotes["quote_type"].isin(SPEECH)]
    said = []
    if begun.empty:
        start, end = coded[0]
        said.append(correction_at(row, start, end, text[start:end]) | {"action": ADD_QUOTE})
        if coded[1:]:
            said.append(said[0] | {"action": CONTENT, "to": in_one_line(coded, text)})
    for quotation in begun.itertuples():
        stretches = find_stretches(quotation, text)
        start, end = stretches[0]
        cells = correction_at(row, start, end, text[start:end])
        new = join_coded(coded, stretches, row.end, text)
        if not new:
            said.append(cells | {"action": DROP_QUOTE})
            continue
        said.append(cells | {"action": CONTENT, "to": in_one_line(new, text)})
        if coded:  # the others in the sentence are not asked about
            break
    return said


def in_one_line(spans, text):
    """The words of some spans, in one line."""
    pieces = [" ".join(text[start:end].split()) for start, end in spans]
    return BETWEEN_STRETCHES.join(pieces)


def find_coded_spans(row, text):
    """Where the words that a coder copies from a sentence stand; none where nobody says them."""
    if row.answer == NO_ONE:
        return []
    spans, begin = [], row.start
    whole = find_wording(row.answer, text, row.start, row.end)
    for words in [row.answer] if whole else row.answer.split(BETWEEN_STRETCHES):
        found = find_wording(words, text, begin, row.end)
        if not found:
            raise WorkbookError(
                f"the answer {quote(words)} does not stand in the sentence {quote(row.text)}. Copy "
                "it from there to the letter. Nothing was changed."
            )
        spans.append(found[0])
        begin = found[0][1]
    return spans


def find_stretches(quotation, text):
    """Where the stretches of a quotation stand."""
    spans, begin = [], quotation.start
    for piece in quotation.content.split(BETWEEN_STRETCHES):
        start = text.find(piece, begin)
        spans.append((start, start + len(piece)))
        begin = start + len(piece)
    return spans


def join_coded(coded, stretches, sentence_end, text):
    """The spans coded in a sentence, and what of the stretches stands behind it.

    Words that go on from the one to the other are one span.
    """
    spans = list(coded)
    for start, end in stretches:
        goes_on = start < sentence_end
        begin = max(start, sentence_end)
        begin += len(text[begin:end]) - len(text[begin:end].lstrip())
        if begin >= end:
            continue
        if goes_on and spans and not text[spans[-1][1] : begin].strip():
            spans[-1] = spans[-1][0], end
        else:
            spans.append((begin, end))
    return spans


def find_file_of(articles, doc_id):
    """(the corrections file beside an article, the doc_id to write where it has several)."""
    its = articles[articles["doc_id"] == doc_id]
    if its.empty:
        raise WorkbookError(
            "the codings are of an article that is not in the articles table. Hand over the "
            "articles that the sample was drawn from."
        )
    article = its.iloc[0]
    path = place_corrections(article["source"])
    if path is None:
        raise WorkbookError("the article comes from no file, so that nothing can stand beside it.")
    if path.parent.resolve() == Path(resource("seeds")).resolve():
        raise WorkbookError(
            "the article that comes with the workbook stays as it is. "
            "Make a folder with a copy: workbook new practice"
        )
    return path, doc_id if pd.notna(article["row"]) else None


def lengthen_file(path, rows):
    """What a file is with corrections below those it has; None where all are there already.

    In its columns and with its separator, as they are read.
    """
    needs_id = any(row["doc_id"] is not None for row in rows)
    try:
        there = decode(read_small(path)) if path.exists() else ""
        columns = list(read_named_cells(path)[0]) if there.strip() else []
    except OSError as error:
        raise WorkbookError(f"{path}: cannot be read ({error.strerror}).") from None
    except ArticleError as error:
        raise WorkbookError(f"{error} Nothing was changed.") from None
    if not columns:
        columns = (["doc_id"] if needs_id else []) + CORRECTION_COLUMNS
        there = ",".join(columns) + "\n"
    if needs_id and "doc_id" not in columns:
        raise WorkbookError(
            f"{path}: no column `doc_id`, which says of which article a row is. Put it into the "
            "first line. Nothing was changed."
        )
    separator = find_separator(there)[1]
    lines = [write_line(row, columns, separator) for row in rows]
    lines = [f"{line}\n" for line in lines if line not in there.splitlines()]
    if not lines:
        return None
    there = there if there.endswith("\n") else f"{there}\n"
    return (there + "".join(lines)).encode("utf-8", "replace")


def write_line(row, columns, separator):
    """One correction as a line of a file with these columns."""
    written = io.StringIO()
    cells = [row.get(column) for column in columns]
    cells = ["" if cell is None else defuse(str(cell)) for cell in cells]
    csv.writer(written, delimiter=separator, lineterminator="").writerow(cells)
    return written.getvalue()
