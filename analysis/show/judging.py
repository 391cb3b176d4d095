"""Whether an answer is right, nearly right or another: by the kind of answer that is asked for."""

import difflib
import operator
import re
from functools import cache

from ..find.names.titles import is_title
from ..lexicons import read_actors
from .given import find_ends, find_number, fold, is_rounded, list_given, say_no_number

KIND_WANTED = {
    "number": "A number",
    "choice": "A letter in quotation marks",
    "name": "A name in quotation marks",
    "names": "A list of names",
    "words": "A word, or a list of words, in quotation marks",
    "open": "A text in quotation marks",
}
# Beyond this likeness a name is taken for a misspelt one.
MISSPELT = 0.8
# Words that somebody may put before or behind a name: a title, an article, what they are.
MOST_AROUND = 3
# What stands before the letter of a choice, and two letters where one is asked for.
BEFORE_LETTER = re.compile(r"^(?:(?:my|the|answer|headline|choice|letter|option|is|it)[\s:]+)+")
TWO_LETTERS = re.compile(r"\b[a-e]\W*(?:[,;/&]|\b(?:or|and)\b)\W*[a-e]\b")
# What somebody adds to a name: a number, or words behind a comma that are no second name.
BEHIND_NAME = re.compile(r"(?:[\s,;:(=-]+\d[\s\S]*|\s*[,(]\s*[a-z][\s\S]*)$")
WORDS_GIVEN = re.compile(r"\w+(?:['\u2019*-]\w*)*")
SAID_COMMAS = 'Put commas between, as in `["one", "other"]`.'
SAID_SPELT = "Is each one whole, and spelt right?"
WRONG_BOUND = re.compile(r"\s*([<>])\s*(-?\d+(?:\.\d+)?)\s*$")
COMPARED = {"<": operator.lt, ">": operator.gt}


def judge(kind, value, expected, near=""):
    """("right", "near", "else" or "type", and what to add) of a value.

    `expected` is a text as the data have it, with alternatives between bars and parts between
    semicolons (of numbers also "39 to 40"), or a value that was worked out. `near`: the distance of
    a number, or how many parts may be missing or too many, or (of an open answer) the words that it
    should have.
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
    """Of a number: a count exactly, another rounded as it was typed; percent for a share and the
    other way round."""
    found = find_number(value)
    if found is None:
        return "type", say_no_number(value)
    typed, is_percent = found
    verdict = ("else", "")
    for low, high in map(find_ends, list_right(expected)):
        given = typed / 100 if is_percent and abs(high) < 1 else typed
        if low < given < high or is_rounded(given, low) or is_rounded(given, high):
            return "right", ""
        if low - near <= given <= high + near:
            verdict = "near", ""
        elif any(is_rounded(each, low) for each in (given * 100, given / 100)):
            verdict = "near", "Is a share asked for, or percent?"
    return verdict


def judge_choice(value, expected, near):
    """Of a letter, whatever stands around it."""
    if not isinstance(value, str):
        return "type", ""
    typed = BEFORE_LETTER.sub("", fold(value))
    if TWO_LETTERS.search(typed):
        return "type", "Choose one of them."
    letter = re.split(r"\W", typed)[0]
    return ("right" if letter in map(fold, list_right(expected)) else "else"), ""


def judge_name(value, expected, near):
    """Of a name: in full, a part of it that ends it, or with a title before it."""
    if not isinstance(value, str):
        return "type", ""
    names = [value, BEHIND_NAME.sub("", value) or value]
    likeness = max(compare_names(name, right) for name in names for right in list_right(expected))
    if likeness == 1:
        return "right", ""
    if likeness >= MISSPELT:
        return "near", "Is it the whole name, and spelt right?"
    return "else", ""


def judge_names(value, expected, near):
    """Of a list: how many of those asked for are missing, misspelt, or too many."""
    if isinstance(value, bool | int | float):
        return "type", ""
    given = list(dict.fromkeys(list_given(value)))
    if is_run_together(given, expected):
        return "type", SAID_COMMAS
    results = [compare_lists(given, right) for right in list_parts(expected)]
    missing, more, misspelt = min(results, key=lambda each: (each[0] + each[1] + each[2], each))
    if not missing + more + misspelt:
        return "right", ""
    said = " ".join(filter(None, [say_missing(missing, more), SAID_SPELT * bool(misspelt)]))
    is_near = missing + more <= near or (misspelt and not missing + more)
    return ("near" if is_near else "else"), said


def compare_lists(given, right):
    """(how many names are missing, too many, nearly right) of a list."""
    left, missing = list(given), []
    for name in right:
        fitting = [each for each in left if compare_names(each, name) == 1]
        missing += [] if fitting else [name]
        left = [each for each in left if each not in fitting]
    misspelt = 0
    for name in list(missing):
        alike = [each for each in left if compare_names(each, name) >= MISSPELT]
        if alike:
            missing.remove(name)
            left.remove(alike[0])
            misspelt += 1
    return len(missing), len(left), misspelt


def is_run_together(given, expected):
    """Whether somebody typed several of the names as one text, with nothing between them."""
    if len(given) != 1:
        return False
    text = fold(given[0])
    return any(
        sum(fold(name).split()[-1] in text for name in right) > 1 for right in list_parts(expected)
    )


def list_parts(expected):
    """Of each alternative, the parts that are asked for together."""
    if isinstance(expected, list):
        return [[str(each) for each in expected]]
    return [[part.strip() for part in each.split(";")] for each in list_right(expected)]


def say_missing(missing, more):
    """In words: how many are missing, how many too many; "" of none."""
    parts = [f"{missing} missing"] * bool(missing) + [f"{more} too many"] * bool(more)
    return f"({', '.join(parts)}.)" if parts else ""


def judge_open(value, expected, near):
    """Of a text: nothing is wrong, but it may be too short."""
    if isinstance(value, bool | int | float):
        return "type", ""
    words = len(WORDS_GIVEN.findall(str(value)))
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
    given, right = fold(given).removesuffix("'s"), fold(right)
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
