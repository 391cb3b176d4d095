"""What a coder answers: a CSV file of items beside the article, which a spreadsheet can fill in."""

import csv
import difflib
import re
from pathlib import Path

from .. import schema
from ..errors import ArticleError, WorkbookError
from ..lexicons import read_lexicon, resource
from ..text import how_many, plain_words, quote, without_accents
from .beside import find_codings
from .files import CODINGS
from .tables import BROKEN, csv_rows

# The codings that come with the workbook, of the article that does.
WORKED = "worked example"
# An answer of every task: the item counts as not coded.
CANNOT_TELL = "cannot tell"
NO_ONE = "nobody"
# Between the answers that a sheet offers.
OFFERED = " | "
# What a coder reads and fills in comes first, what the workbook needs to know again last.
SHEET_COLUMNS = (
    "left",
    "text",
    "right",
    "question",
    "answers",
    "answer",
    "note",
    "coder",
    "task",
    "item",
    "doc_id",
    "sentence_id",
    "paragraph_id",
    "start",
    "end",
    "stratum",
    "weight",
)
WHOLE = ("sentence_id", "paragraph_id", "start", "end")
# A cell that is kept from being a formula has an apostrophe in front (see `report/tables`).
GUARD = re.compile(r"(^|[;\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029])'(?=[\"']*\s*[=+\-@＝＋－＠\t\r])")
# So much alike, an answer is a slip of the pen for the known one.
SLIP = 0.75


def read_coding_rules(task=None):
    """The tasks of coding and their rules: one row a task and answer, with what it means.

    `label` is empty where the answer is a name or words of the text. Every task has a further
    answer, "cannot tell". `task` chooses one of tone, actor, speaker, content, sentence and
    boilerplate; all by default. From `data/codings.csv`; the rules in full: `data/gold/README.md`.

    >>> read_coding_rules("tone")["label"].tolist()
    ['negative', 'neutral', 'positive']
    """
    rules = read_lexicon("codings")
    if task is None:
        return rules.copy()
    if task not in set(rules["task"]):
        raise ValueError(f"task={task!r}: choose from {', '.join(rules['task'].unique())}.")
    return rules[rules["task"] == task].reset_index(drop=True)


def takes_names(task):
    """Whether the answers of a task are names or words, beside the listed ones."""
    return "" in set(read_coding_rules(task)["label"])


def listed_answers(task):
    """The answers that are the same for every item of a task."""
    return [*filter(None, read_coding_rules(task)["label"]), CANNOT_TELL]


def name_item(doc_id, start, end, task):
    """The name of an item: the same in every sample of the same text."""
    return f"{doc_id}-{start}-{end}-{task}"


def read_codings(paths=None, articles=None, *, strict=True):
    """Read what coders answered: one row an item and coder, in the order of the files.

    `paths` is one file, made by `code_rows` or `write_codings`, or a list of such files, one for
    each coder; without it, those beside the articles (`my-story.codings.csv`, or with the coder's
    name, `my-story.anna.codings.csv`); "worked example": those of the article that comes with the
    workbook, made by reading. `answer` is missing where nothing was filled in; "cannot tell" is an
    answer. With `articles` the words of each item are compared with the text. WorkbookError, with
    the mend, where a file is no table of codings, of another article, or of a text that was edited
    since; where it has an answer that its task does not know, or an item twice. With
    `strict=False` such a file is left out (`describe_check` says why).

    >>> read_codings([]).columns.tolist()[:4]
    ['item', 'task', 'coder', 'answer']
    """
    if paths is None:
        paths = find_codings(schema.check(articles, "articles"))
    if isinstance(paths, str) and paths == WORKED:
        paths = resource("data") / "gold" / f"checking{CODINGS}"
    files = [paths] if isinstance(paths, str | Path) else list(paths)
    return read_files(files, articles, strict)[0]


def read_files(files, articles, strict):
    """The codings in files, and what is wrong with those left out, where not `strict`."""
    rows, wrong = [], []
    for path in map(Path, files):
        try:
            read = read_sheet(path)
            if articles is not None:
                check_texts(read, articles, path)
            read = [{**row, "answer": check_answer(row, path)} for row in read]
            check_once([*rows, *read])
            rows += read
        except WorkbookError as error:
            if strict:
                raise
            wrong.append(str(error))
    codings = schema.table([{key: row[key] for key in CODED} for row in rows], "codings")
    return codings, wrong


def list_wrong_codings(articles):
    """What is wrong with files beside the articles that are no codings of theirs, with the mend."""
    return read_files(find_codings(articles), articles, strict=False)[1]


CODED = schema.columns("codings")


def read_sheet(path):
    """The rows of one file as dicts, all cells read and none judged; WorkbookError otherwise."""
    mend = "Save it as CSV (in Excel: “CSV UTF-8”)."
    try:
        columns, rows = csv_rows(path)
    except OSError as error:
        raise WorkbookError(
            f"{path}: cannot be read ({error.strerror}). "
            "Make a file to fill in with write_codings(sample, ...)."
        ) from None
    except (ArticleError, csv.Error, IndexError):
        raise WorkbookError(f"{path}: cannot be read as a table of codings. {mend}") from None
    names = {str(column).strip().lower(): column for column in columns}
    missing = [f"`{column}`" for column in SHEET_COLUMNS if column not in names]
    if missing:
        raise WorkbookError(
            f"{path}: no column {', '.join(missing)}. "
            "Fill in the file that write_codings(sample, ...) made, and keep its columns."
        )
    return [
        read_item(row, names, path, line)
        for line, row in enumerate(rows, 2)
        if BROKEN in row or any("".join(cell or "").strip() for cell in row.values())
    ]


def read_item(row, names, path, line):
    """One row of a file: its cells by column, numbers as numbers, texts without their guard."""
    at = f"{path}, row {line}"
    if BROKEN in row:
        raise WorkbookError(f"{at}: {row[BROKEN]}")
    cells = {column: unguard(row.get(names[column]) or "") for column in SHEET_COLUMNS}
    cells["line"] = line
    for column in WHOLE:
        number = re.fullmatch(r"(\d{1,12})(?:[.,]0+)?", cells[column].strip())
        if not number:
            raise WorkbookError(
                f"{at}: `{column}` is {quote(cells[column])}, not a whole number. "
                "Take the row from the sheet as it was made."
            )
        cells[column] = int(number[1])
    weight = cells["weight"].strip().replace(",", ".")
    if not re.fullmatch(r"\d+(\.\d+)?", weight) or float(weight) < 1:
        raise WorkbookError(
            f"{at}: `weight` is {quote(cells['weight'])}, not a number from 1 on. "
            "Take the row from the sheet as it was made."
        )
    cells["weight"] = float(weight)
    for column in ("task", "item", "doc_id", "coder", "stratum"):
        cells[column] = cells[column].strip()
    check_item(cells, at)
    return cells


def unguard(text):
    """A text without the apostrophes that keep a spreadsheet from taking it for a formula."""
    return GUARD.sub(r"\1", text)


def check_item(cells, at):
    """Refuse a row whose item is not what its other cells say, or whose task is not known."""
    known = read_coding_rules()["task"].unique()
    if cells["task"] not in known:
        raise WorkbookError(
            f"{at}: no such task {quote(cells['task'])}. Choose from {', '.join(known)}."
        )
    item = name_item(cells["doc_id"], cells["start"], cells["end"], cells["task"])
    if cells["item"] != item:
        raise WorkbookError(
            f"{at}: the item is called {quote(cells['item'])}, but its place and task are those of "
            f"{quote(item)}. Take the row from the sheet as it was made."
        )


def check_texts(rows, articles, path):
    """Refuse rows of other articles, and items whose words are not those of the text."""
    schema.check(articles, "articles")
    texts = dict(zip(articles["doc_id"], articles["text"], strict=True))
    strange = [row for row in rows if row["doc_id"] not in texts]
    if strange:
        raise WorkbookError(
            f"{path}: {how_many(len(strange), 'item')} of {len(rows)} are of another article "
            f"(the first in row {strange[0]['line']}), or of this one before its text was edited. "
            "Take the file that belongs to it, or draw a new sample."
        )
    for row in rows:
        there = texts[row["doc_id"]][row["start"] : row["end"]]
        if plain_words(there).strip() != plain_words(row["text"]).strip():
            raise WorkbookError(
                f"{path}, row {row['line']}: the item reads {quote(row['text'])}, the text there "
                f"{quote(there)}. Take the row from the sheet as it was made."
            )


def check_answer(row, path):
    """The answer of a row as it is counted, None where there is none; WorkbookError if unknown."""
    answer = re.sub(r"\s+", " ", row["answer"]).strip()
    if not answer:
        return None
    listed = listed_answers(row["task"])
    known = {bare(label): label for label in listed}
    if bare(answer) in known:
        return known[bare(answer)]
    if takes_names(row["task"]):
        return find_offered(answer, row)
    near = difflib.get_close_matches(bare(answer), known, 1, cutoff=SLIP)
    hint = f"Did you mean {quote(known[near[0]])}? " if near else ""
    raise WorkbookError(
        f"{path}, row {row['line']}: no such answer {quote(answer)}. {hint}"
        f"Choose from {', '.join(listed)}, or leave the cell empty."
    )


def find_offered(answer, row):
    """The name that a coder means: one of those offered, also where a part of it is written."""
    if row["task"] == "content":
        return answer
    offered = [name for name in row["answers"].split(OFFERED) if name]
    same = [name for name in offered if bare(name) == bare(answer)]
    words = set(bare(answer).split())
    part = [name for name in offered if words <= set(bare(name).split())]
    if same:
        return same[0]
    return part[0] if len(part) == 1 else answer


def bare(answer):
    """An answer in small letters, without accents, for comparing."""
    return without_accents(plain_words(answer)).strip().casefold()


def check_once(rows):
    """Refuse an item that one coder answers twice."""
    seen = {}
    for row in rows:
        key = row["item"], row["coder"]
        if key in seen:
            raise WorkbookError(
                f"the item {quote(row['text'])} ({row['item']}) stands twice under the coder "
                f"{quote(row['coder'])}: in rows {seen[key]} and {row['line']}. Keep one; of two "
                "coders, give each a name in the column `coder`."
            )
        seen[key] = row["line"]
