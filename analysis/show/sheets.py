"""Coding sheets on paper: a sample as numbered passages, with boxes to tick."""

from html import escape

from .. import schema
from ..read.codings import CANNOT_TELL, OFFERED, read_coding_rules
from ..text import how_many
from .output import Output
from .theme import read_style

# So many answers fit as boxes on a line; of more, the list stands once above the passages.
MOST_BOXES = 6
BOX = "☐"
CANNOT_TELL_RULE = "The passage does not let you say. The item then counts as not coded."


def draw_coding_sheet(sample):
    """Draw a sample as a sheet of paper for a coder: the rules, numbered passages, boxes to tick.

    For a class without laptops. `sample` comes from `sample_rows`; passage 7 is the seventh row of
    the file that `write_codings` makes of the same sample, into which somebody copies the answers.

    >>> sentences = split_sentences(read_texts("It rained in Linz. Nobody left."))
    >>> draw_coding_sheet(sample_rows(sentences, sentences, 2)).data.count("☐ whole")
    2
    """
    schema.check(sample, "samples")
    look = read_style()
    if sample.empty:
        return Output('<div class="wb wb-sheet"><p>There is nothing to code.</p></div>', look=look)
    parts = []
    for task, its in sample.groupby("task", sort=False):
        listed = its["answers"].nunique() == 1 and count_offered(its["answers"].iloc[0])
        names = its["answers"].iloc[0] if listed and listed > MOST_BOXES else None
        items = "".join(write_item(row) for row in its.itertuples())
        parts.append(f"{write_rules(task)}{write_offered(names)}<ol>{items}</ol>")
    head = f"Coding sheet: {how_many(len(sample), 'passage')}"
    coder = "Coder: ____________________ &nbsp; Date: ____________"
    html = f'<div class="wb wb-sheet"><h3>{head}</h3><p>{coder}</p>{"".join(parts)}</div>'
    return Output(html, look=look)


def count_offered(answers):
    """How many answers there are to choose from."""
    return len(answers.split(OFFERED))


def list_rules(task):
    """(answer, what it means) for each answer of a task, the one of all tasks last."""
    rules = read_coding_rules(task)
    told = [(row.label or "a name or words", row.meaning) for row in rules.itertuples()]
    return [*told, (CANNOT_TELL, CANNOT_TELL_RULE)]


def write_rules(task):
    """The question and the rules of a task, as HTML."""
    rows = [
        f"<div><dt>{escape(label)}</dt><dd>{escape(meaning)}</dd></div>"
        for label, meaning in list_rules(task)
    ]
    question = escape(read_coding_rules(task)["question"].iloc[0])
    return f"<p><strong>{question}</strong></p><dl>{''.join(rows)}</dl>"


def write_offered(names):
    """The answers that all items share, where they are too many for boxes."""
    if names is None:
        return ""
    return f"<p>Answers: {escape(', '.join(names.split(OFFERED)))}.</p>"


def write_item(row):
    """One passage with its boxes, or with a line to write on."""
    passage = (
        f"{escape(row.left)}<mark><strong>{escape(row.text)}</strong></mark>{escape(row.right)}"
    )
    boxes = "Answer: ______________________________"
    if count_offered(row.answers) <= MOST_BOXES:
        offered = row.answers.split(OFFERED)
        boxes = "".join(f"<span>{BOX} {escape(answer)}</span> " for answer in offered)
    return f'<li><p>{passage}</p><p class="boxes">{boxes}</p></li>'
