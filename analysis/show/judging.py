"""Whether an answer is right, nearly right or another: by the kind of answer that is asked for."""

import difflib
import math
import operator
import re
from functools import cache

from ..find.names.titles import is_title
from ..lexicons import read_actors
from .given import find_number, fold, list_given

KIND_WANTED = {
    "number": "A number",
    "choice": "A letter in quotation marks",
    "name": "A name in quotation marks",
    "names": "A list of names",
    "words": "A word, or a list of words, in quotation marks",
    "open": "A sentence in quotation marks",
}
# Beyond this likeness a name is taken for a misspelt one.
MISSPELT = 0.8
# A number may be rounded by this share of it.
MOST_ROUNDED = 0.2
# Words that somebody may put before or behind a name: a title, an article, what they are.
MOST_AROUND = 3
WRONG_BOUND = re.compile(r"\s*([<>])\s*(-?\d+(?:\.\d+)?)\s*$")
COMPARED = {"<": operator.lt, ">": operator.gt}


def judge(kind, value, expected, near=""):
    """("right", "near", "else" or "type", and what to add) of a value.

    `expected` is a text as the data have it, with alternatives between bars and parts between
    semicolons, or a value that was worked out. `near`: the distance of a number, or how many parts
    may be missing or too many, or (of an open answer) the words that it should have.
    """
    return JUDGES[kind](value, expected, find_distance(near))


def find_distance(near):
    """The distance that counts as nearly right."""
    found = find_number(near)
    return 0.0 if found is None else found[0]


def list_right(expected):
    """The alternatives that are right."""
    if isinstance(expected, tuple):
        return [str(each) for each in expected]
    return [part.strip() for part in str(expected).split(" | ")]


def judge_number(value, expected, near):
    """Of a number: rounded as it was typed; percent for a share and the other way round."""
    found = find_number(value)
    if found is None:
        return "type", "Type digits, without quotation marks."
    given, is_percent = found
    verdict = ("else", "")
    for right in (find_number(each)[0] for each in list_right(expected)):
        if is_percent and abs(right) < 1:
            given /= 100
        if is_rounded(given, right):
            return "right", ""
        if abs(given - right) <= near:
            verdict = "near", ""
        elif is_rounded(given * 100, right) or is_rounded(given / 100, right):
            verdict = "near", "Is a share asked for, or percent?"
    return verdict


def is_rounded(given, right):
    """Whether a number is the right one, or either of them is it rounded, though not by much.

    >>> is_rounded(12, 12.34), is_rounded(0.3333, 0.33), is_rounded(0, 0.25), is_rounded(12, 13)
    (True, True, False, False)
    """
    if not math.isfinite(given):
        return False
    digits = min(count_decimals(given), count_decimals(right))
    allowed = min(0.5 * 10**-digits, MOST_ROUNDED * abs(right))
    return abs(given - right) <= allowed + 1e-9


def count_decimals(number):
    """How many decimals a number has."""
    return len(f"{number:.10f}".rstrip("0").partition(".")[2])


def judge_choice(value, expected, near):
    """Of a letter, whatever stands around it."""
    if not isinstance(value, str):
        return "type", ""
    letter = fold(re.split(r"[).:]", value.strip(" ([\"'"))[0])
    return ("right" if letter in map(fold, list_right(expected)) else "else"), ""


def judge_name(value, expected, near):
    """Of a name: in full, a part of it that ends it, or with a title before it."""
    if not isinstance(value, str):
        return "type", ""
    likeness = max(compare_names(value, right) for right in list_right(expected))
    if likeness == 1:
        return "right", ""
    if likeness >= MISSPELT:
        return "near", "Is it the whole name, and spelt right?"
    return "else", ""


def judge_names(value, expected, near):
    """Of a list: how many of those asked for are missing, how many are too many."""
    if isinstance(value, bool | int | float):
        return "type", ""
    given = list(dict.fromkeys(list_given(value)))
    results = []
    for right in list_parts(expected):
        left = list(given)
        missing = 0
        for name in right:
            fitting = [each for each in left if compare_names(each, name) == 1]
            missing += not fitting
            left = [each for each in left if each not in fitting]
        results.append((missing + len(left), missing, len(left)))
    wrong, missing, more = min(results)
    if not wrong:
        return "right", ""
    return ("near" if wrong <= near else "else"), say_missing(missing, more)


def list_parts(expected):
    """Of each alternative, the parts that are asked for together."""
    if isinstance(expected, list):
        return [[str(each) for each in expected]]
    return [[part.strip() for part in each.split(";")] for each in list_right(expected)]


def say_missing(missing, more):
    """In words: how many are missing, how many too many."""
    parts = [f"{missing} missing"] * bool(missing) + [f"{more} too many"] * bool(more)
    return f"({', '.join(parts)}.)"


def judge_open(value, expected, near):
    """Of a text: nothing is wrong, but it may be too short."""
    words = len(str(value).split())
    return ("near" if words < near else "noted"), ""


JUDGES = {
    "number": judge_number,
    "choice": judge_choice,
    "name": judge_name,
    "names": judge_names,
    "words": judge_names,
    "open": judge_open,
}


@cache
def read_aliases():
    """{another name of a state or organisation: its name}, both as they are compared."""
    actors = read_actors()
    actors = actors[actors["kind"].isin(["name", "alias", "acronym"])]
    return {fold(row.alias): fold(row.actor) for row in actors.itertuples()}


def compare_names(given, right):
    """How alike two names are, up to 1: the same, another name of the same, or a part that will do.

    >>> compare_names("Soleimani", "Qassem Soleimani"), compare_names("the U.S.", "United States")
    (1, 1)
    """
    given, right = fold(given), fold(right)
    aliases = read_aliases()
    if given == right or aliases.get(given, given) == aliases.get(right, right):
        return 1
    given_words, right_words = without_titles(given.split()), right.split()
    if given_words and is_ending(given_words, right_words):
        return 1
    around = len(given_words) - len(right_words)
    if 0 < around <= MOST_AROUND and (
        is_ending(right_words, given_words) or given_words[: len(right_words)] == right_words
    ):
        return 1
    if given_words and len(given_words[0]) > 2 and given_words == right_words[: len(given_words)]:
        return 0.9
    return min(difflib.SequenceMatcher(None, given, right).ratio(), 0.99)


def without_titles(words):
    """The words of a name without the titles before it."""
    first = 0
    while first < len(words) - 1 and is_title(words[first]):
        first += 1
    return words[first:]


def is_ending(words, others):
    """Whether a name ends with words, of which the last is no mere letter or number."""
    return others[-len(words) :] == words and len(words[-1]) > 2 and words[-1].isalpha()


def fits_wrong(kind, value, wrong):
    """Whether a value is a typical wrong answer: a value, a bound ("< 5"), a pattern ("/was/").

    Of a list it is enough that one of its parts is.
    """
    if isinstance(wrong, str) and len(wrong) > 2 and wrong[0] == wrong[-1] == "/":
        return bool(re.search(wrong[1:-1], str(value), re.IGNORECASE))
    bound = WRONG_BOUND.match(wrong) if isinstance(wrong, str) else None
    if bound:
        found = find_number(value)
        return found is not None and COMPARED[bound[1]](found[0], float(bound[2]))
    if kind == "open":
        return fold(value) == fold(wrong)
    if kind in ("names", "words"):
        return any(compare_names(each, str(wrong)) == 1 for each in list_given(value))
    return judge(kind, value, wrong)[0] == "right"
