"""An answer as somebody typed it: a number, a text or a list behind whatever stands around it."""

import math
import re

import numpy as np
import pandas as pd

from ..text import straighten, without_accents

# A number within a text: thousands in groups of three, a comma or a point before decimals.
TYPED_NUMBER = re.compile(r"[-\u2212]?(?:\d{1,3}(?:[,' ]\d{3})+|\d+)(?:[.,]\d+)?")
SAYS_PERCENT = re.compile(r"%|\bper ?cent\b", re.IGNORECASE)
# The place of each is its number.
TYPED_WORDS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve"),
)
# What stands where an answer shall stand, letters small and marks taken off.
PLACEHOLDERS = {"", "none", "your answer", "your answer here", "answer", "todo"}
EDGES = " \t\r\n\"'.,;:!?()[]{}-_*\u2026"
# What parts the names of a list that was typed as one text.
LIST_PARTS = re.compile(r"[;,\n|]|\s+(?:and|&)\s+", re.IGNORECASE)

# A number may be rounded by this share of it.
MOST_ROUNDED = 0.2
# Numbers that are right from the one to the other.
RANGE = re.compile(r"(-?\d+(?:\.\d+)?) to (-?\d+(?:\.\d+)?)$")
SAID_DIGITS = "Type digits, without quotation marks."
SAID_SEVERAL = "How many is that? Type one number."
SAID_SUM = "One number is asked for: if they belong together, add them up."


def unwrap(answer):
    """What is in an answer: plain values for those of NumPy and pandas; a list for columns."""
    if isinstance(answer, pd.DataFrame):
        return unwrap(answer.iloc[:, 0]) if answer.shape[1] == 1 else answer
    if isinstance(answer, pd.Series | pd.Index | np.ndarray):
        answer = answer.tolist()
    if isinstance(answer, np.generic):
        answer = answer.item()
    if isinstance(answer, dict):
        answer = list(answer)
    if isinstance(answer, list | tuple | set | frozenset):
        values = [unwrap(each) for each in answer]
        return values[0] if len(values) == 1 else values
    return answer


def is_unanswered(value):
    """Whether a value stands for no answer yet."""
    if value is None or value is Ellipsis or value is pd.NA or value is pd.NaT:
        return True
    if isinstance(value, list):
        return all(is_unanswered(each) for each in value)
    if isinstance(value, float):
        return math.isnan(value)
    return isinstance(value, str) and fold(value) in PLACEHOLDERS


def fold(text):
    """A text as answers are compared: small letters without accents, single spaces, no marks
    around it.

    >>> fold(" \u201cRa\u00fal  O\u2019Brien.\u201d ")
    "raul o'brien"
    """
    text = without_accents(straighten(str(text))).casefold()
    return re.sub(r"\s+", " ", text).strip(EDGES).removeprefix("the ")


def find_number(value):
    """(the number that a value is or holds, whether it says percent); None where there is not one.

    >>> find_number("12 %"), find_number("1,234 words"), find_number("3 or 4")
    ((12.0, True), (1234.0, False), None)
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        try:
            return float(value), False
        except OverflowError:
            return math.inf, False
    if not isinstance(value, str):
        return None
    if fold(value) in TYPED_WORDS:
        return float(TYPED_WORDS.index(fold(value))), False
    found = TYPED_NUMBER.findall(straighten(value))
    if len(found) != 1:
        return None
    digits = re.sub(r"[,' ](?=\d{3}(?:\D|$))", "", found[0]).replace(",", ".")
    return float(digits.replace("\u2212", "-")), bool(SAYS_PERCENT.search(value))


def list_given(value):
    """The parts of an answer that is a list, or a text with commas, semicolons or "and" in it."""
    if isinstance(value, str):
        parts = LIST_PARTS.split(value)
    elif isinstance(value, list):
        parts = value
    else:
        parts = [value]
    return [str(part) for part in parts if not is_unanswered(part)]


def say_kind(value):
    """What a value is, in a beginner's words."""
    if isinstance(value, bool):
        return "a yes or no"
    if isinstance(value, int | float | complex):
        return "a number"
    if isinstance(value, str):
        return "a text"
    if isinstance(value, list):
        return f"a list of {len(value)}"
    if isinstance(value, pd.DataFrame):
        return "a table"
    if callable(value):
        return "a function (are its brackets missing?)"
    return f"something of the type {type(value).__name__}"


def say_no_number(value):
    """What helps to make one number of a value."""
    if isinstance(value, str) and len(TYPED_NUMBER.findall(straighten(value))) > 1:
        return SAID_SEVERAL
    if isinstance(value, list) and value and all(find_number(each) for each in value):
        return SAID_SUM
    return SAID_DIGITS


def find_ends(right):
    """The lowest and the highest number that is right; of one number both are it.

    >>> find_ends("39 to 40"), find_ends("12")
    ((39.0, 40.0), (12.0, 12.0))
    """
    ends = RANGE.match(right)
    if ends:
        return float(ends[1]), float(ends[2])
    number = find_number(right)[0]
    return number, number


def is_rounded(given, right):
    """Whether a number is the right one, or either of them is it rounded, though not by much.

    A whole number is a count, and no other is it.

    >>> is_rounded(12, 12.34), is_rounded(0.3333, 0.33), is_rounded(0, 0.25), is_rounded(9.5, 9)
    (True, True, False, False)
    """
    if not math.isfinite(given):
        return False
    digits = min(count_decimals(given), count_decimals(right))
    allowed = min(0.5 * 10**-digits, MOST_ROUNDED * abs(right))
    if float(right).is_integer():
        allowed = 0
    return abs(given - right) <= allowed + 1e-9


def count_decimals(number):
    """How many decimals a number has."""
    return len(f"{number:.10f}".rstrip("0").partition(".")[2])
