"""What an answer to an exercise of the workshop is told: one sentence that helps to look again.

The exercises, what is right and what helps are data (`data/workshop/`), and so is every hint.
"""

import difflib
import re
from html import escape

import pandas as pd

from ..lexicons import read_lexicon, resource
from ..measure.solutions import COMPUTED, compute_answer, is_given_article
from ..read.articles import read_articles
from ..text import quote
from .given import is_unanswered, say_kind, unwrap
from .judging import KIND_WANTED, SAID_SPELT, fits_wrong, judge
from .output import Output
from .theme import read_style

MARKS_SAID = {
    "right": ("\u2713", "Right."),
    "noted": ("\u2713", "Noted."),
    "near": ("\u2248", "Nearly."),
    "warned": ("\u2248", "Look again."),
    "else": ("\u2717", "Not yet."),
    "open": ("\u25cb", "Not answered yet."),
    "unknown": ("\u25cb", "Not checked."),
}
SAID_UNANSWERED = (
    "Put your answer in the place of `None` in the cell above, run that cell (Shift+Enter), "
    "then this one."
)
SAID_ELSE = "Look again, and compare with a neighbour."
SAID_NEAR = "You are close: look once more."
SAID_TIED = (
    "This answer is tied to the article that comes along, and yours is another one. "
    "Compare with somebody who reads the same."
)
SAID_NOTHING = "There is no such thing in this article, so there is nothing to check here."


def check(exercise, answer, articles=None):
    """Check an answer to an exercise of the workshop, and say one sentence that helps.

    `exercise` is its name ("lesson-3.2"), `answer` whatever was typed. Some answers are worked out
    on `articles` (by default the article that comes along); others are tied to that article, and
    not judged on another. The right answer is never said, nothing is written, and no answer raises
    an error. What is right, and the hints, stand in `data/workshop/`: a hint knows the mistakes
    that its author thought of.

    >>> check("lesson-1.3", None)
    \u25cb Not answered yet. Put your answer in the place of `None` in the cell above, run that cell
    (Shift+Enter), then this one.
    """
    try:
        verdict, said = find_verdict(exercise, answer, articles)
    except Exception as error:  # whatever an object does that was typed as an answer
        verdict = "unknown"
        said = f"This answer could not be read ({type(error).__name__}). Type it by hand."
    return draw_verdict(verdict, said)


def draw_verdict(verdict, said):
    """A verdict and its sentence, as a page and as a text."""
    mark, word = MARKS_SAID[verdict]
    if said.casefold().startswith(word.casefold().rstrip(".")):
        word, said = said[: len(word) - 1], said[len(word) - 1 :]
    elif said:
        said = f" {said}"
    shown = re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(said))
    live = f"<p><strong>{mark} {escape(word)}</strong>{shown}</p>"
    html = f'<div class="wb" role="status">{live}</div>'
    return Output(html, live, read_style(), plain=f"{mark} {word}{said}")


def find_verdict(exercise, answer, articles):
    """(verdict, sentence) on an answer."""
    exercises = read_lexicon("workshop/answers").set_index("exercise")
    name = name_exercise(exercise)
    if name not in exercises.index:
        return "unknown", say_unknown(exercise, name, exercises.index)
    row = exercises.loc[name]
    value = unwrap(answer)
    if is_unanswered(value):
        return "open", SAID_UNANSWERED
    given = read_given(articles)
    if given is None:
        return "unknown", "In the third place stands `articles`, the table of the first cells."
    if row["tied"] == "yes" and not is_own_article(given):
        return "unknown", SAID_TIED
    expected = find_expected(row["expected"], given)
    if expected is None:
        return "unknown", SAID_NOTHING
    return say_verdict(name, row, value, expected, given)


def say_verdict(name, row, value, expected, articles):
    """(verdict, sentence) on a value, of an exercise and what is right."""
    verdict, detail = judge(row["kind"], value, expected, row["near"])
    if verdict == "right":
        return "right", row["says_right"]
    if verdict == "type":
        shown = "" if isinstance(value, bool | list | pd.DataFrame) else say_value(value)
        asked = KIND_WANTED[row["kind"]]
        return "else", f"{asked} is asked for; you gave {say_kind(value)}{shown}. {detail}".strip()
    hint = find_hint(name, row["kind"], value, articles)
    if row["kind"] == "open":
        if verdict == "near":
            return "near", hint or row["says_near"] or "Say it in a whole sentence."
        if hint:
            return "warned", hint
        return "noted", row["says_right"] or "Now compare with a neighbour."
    if hint or detail == SAID_SPELT:
        return verdict, hint or detail
    said = (row["says_near"] or SAID_NEAR) if verdict == "near" else (row["says_else"] or SAID_ELSE)
    return verdict, f"{said} {detail}".strip()


def say_value(value):
    """A value as it was typed, if it is a number or a text."""
    return f": {quote(str(value))}" if isinstance(value, int | float | str) else ""


def name_exercise(exercise):
    """The name of an exercise however it was typed: "3.2", 3.2, "Lesson 3.2", "lesson_3_2"."""
    numbers = re.findall(r"\d+", str(exercise))
    return f"lesson-{'.'.join(numbers)}" if len(numbers) == 2 else str(exercise)


def say_unknown(exercise, name, names):
    """What to say of an exercise that is not there."""
    # A name with another lesson's number is not near, however alike the letters are.
    lesson = name.rpartition(".")[0]
    its = [each for each in names if each.rpartition(".")[0] == lesson or "." not in name]
    near = difflib.get_close_matches(name, its, 1)
    mend = f"Did you mean {quote(near[0])}?" if near else "The check cell of the lesson has it."
    return f"There is no exercise {quote(str(exercise))}. {mend}"


def read_given(articles):
    """The articles, or the one that comes along; None where this is no such table."""
    if articles is None:
        return read_articles()
    if not isinstance(articles, pd.DataFrame) or not {"doc_id", "text"} <= set(articles):
        return None
    return articles


def is_own_article(articles):
    """Whether the articles are the one that comes along with the workbook."""
    return is_given_article(articles, read_articles(sorted(resource("seeds").glob("*.txt"))))


def find_expected(written, articles):
    """What is right: as written, or (behind "=") worked out; None where the articles have none."""
    if not written.startswith("="):
        return written
    return compute_answer(written.removeprefix("=").strip(), articles)


def find_hint(name, kind, value, articles):
    """The hint of the first typical wrong answer that a value is; "" of none."""
    rows = read_lexicon("workshop/wrong_answers")
    for row in rows[rows["exercise"] == name].itertuples():
        wrong = row.answer
        if wrong.startswith("=") and wrong[1:].strip() in COMPUTED:
            wrong = find_expected(wrong, articles)
        if wrong is not None and fits_wrong(kind, value, wrong):
            return row.hint
    return ""
