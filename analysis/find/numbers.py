"""How numbers are written: digits and words, their size, and what “about” and “at least” leave."""

import math
import re
from typing import NamedTuple

from .when.words import GAP, ONES, TENS, either

EXACT, ABOUT, AT_LEAST, AT_MOST, BETWEEN = "exact", "about", "at least", "at most", "between"
IN_DIGITS, IN_WORDS, OPEN, FRACTION = "digits", "words", "open", "fraction"
SMALL = {
    **{word: number for number, word in enumerate(ONES, 1)},
    **{word: 10 * number for number, word in enumerate(TENS, 2)},
    "a": 1,
    "an": 1,
    "half": 0.5,
}
SCALES = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "k": 10**3,
    "m": 10**6,
    "mn": 10**6,
    "mln": 10**6,
    "b": 10**9,
    "bn": 10**9,
    "tn": 10**12,
    "trn": 10**12,
}
# From where "dozens", "hundreds" … begin; they end where the next begins twice.
PLURALS = {"tens": 20, "dozens": 20, "scores": 40, "hundreds": 150, "thousands": 1500}
PLURALS |= {"millions": 1.5e6, "billions": 1.5e9}
# Several hundred or a few thousand lie in this many.
SEVERAL = (2, 9)
FRACTIONS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "tenth": 10}
# "About" a number is said of what lies within a tenth of it, "almost" of what lies as near below.
ROUGHLY = 0.1
# "A dozen" and "half a million" are said of what lies within a fifth.
LOOSE = 0.4
# "As many as seven" is said of a number that may be seven, and hardly of less than half of it.
AS_MANY = 0.5

NUMERAL = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
UNDER_100 = rf"(?:(?:{either(TENS)})(?:[- ](?:{either(ONES[:9])}))?|{either(ONES)})"
LARGE = r"(?:dozen|hundred|thousand|million|billion|trillion)"
SIGN = r"(?:(?:US|A|C|NZ|HK)?[$£€¥])"
ANY_NUMBER = (
    rf"(?:(?:half{GAP})?an?|{NUMERAL}|{UNDER_100})(?:(?:{GAP}|-){LARGE}\b)+"
    rf"(?:(?:{GAP}and)?(?:{GAP}){UNDER_100}(?:(?:{GAP}|-){LARGE}\b)*)*"
    rf"|{NUMERAL}(?:bn|mln|mn|trn|tn|[kKmMbB])?(?![\w])|{UNDER_100}\b"
)
NUMBER_FORM = re.compile(
    rf"(?i:(?<![\w.,/:#@&'+–-])(?P<sign>{SIGN})?(?P<n>{ANY_NUMBER}))(?!\.?\d|[/:–-]\d)"
)
RANGE_FORM = re.compile(
    rf"(?<![\w.,/:#@&'+-])(?P<sign>{SIGN})?(?P<low>{NUMERAL})[-–](?P<high>{NUMERAL})(?![\w–-]|[.,:/]\d)"
)
VAGUE = re.compile(
    rf"(?i:(?<![\w-])(?:(?P<some>several|a{GAP}few){GAP}(?P<of>{LARGE})"
    rf"|(?P<n>{either(PLURALS)})(?:{GAP}of{GAP}(?P<times>thousands|millions|billions))?)\b)"
)
SHARE = re.compile(
    rf"(?i:(?<![\w-])(?:(?P<n>an?|{either(ONES[:9])})[- \n])?"
    rf"(?P<part>half|thirds?|quarters?|fourths?|fifths?|sixths?|tenths?)"
    rf"(?={GAP}(?:of|the|their|its)\b))"
)
ODDS = re.compile(
    rf"(?i:(?<![\w-])(?P<n>{either(ONES)}|\d{{1,3}})(?:-in-|{GAP}in{GAP})"
    rf"(?P<of>{either([*ONES, *TENS])}|\d{{1,5}})\b"
    rf"(?![:.,/-]?\d|{GAP}(?:of|{LARGE}|years?|days?)\b))"
)
FROM_TO, BETWEEN_AND = re.compile(rf"{GAP}(?:to|or){GAP}"), re.compile(rf"{GAP}and{GAP}")
OPENED, FROM_BEFORE = re.compile(r"(?i)\bbetween\s+$"), re.compile(r"(?i)\bfrom\s+$")
# What stands before a number, and how it is meant.
QUALIFYING = {
    AT_LEAST: "at least|more than|over|upwards of|upward of|no fewer than|not fewer than|no less "
    "than|not less than|a minimum of|in excess of|above|exceeding|greater than",
    "as many as": "as many as|as much as|up to|as high as",
    AT_MOST: "at most|no more than|not more than|a maximum of|fewer than|less than|under|below",
    "nearly": "nearly|almost|close to|just under|just short of|approaching",
    ABOUT: "about|around|some|roughly|approximately|an estimated|estimated|more or less|circa|"
    "perhaps|maybe|just over|well over a",
}
QUALIFIERS = re.compile(
    "(?i:(?<![\\w-])(?:"
    + "|".join(
        f"(?P<b{n}>{words.replace(' ', GAP)})" for n, words in enumerate(QUALIFYING.values())
    )
    + rf"){GAP}(?:the{GAP})?$)"
)
QUALIFIED_BEHIND = re.compile(rf"(?i:(?P<more>{GAP}or{GAP}more\b|\+)|(?P<so>{GAP}or{GAP}so\b))")
ROUND = re.compile(r"(?i:an?\s)")
# The longest of these words with their spaces.
LOOK_BACK = 24


class Amount(NamedTuple):
    """A number as it is written, with the least and most that it leaves open."""

    start: int
    end: int
    sign: str
    value: float
    low: float
    high: float
    how: str
    code: str


def find_amounts(text):
    """The numbers in a text with straight marks, in order; none over another."""
    found = [*find_vague(text), *find_shares(text), *find_spans(text), *find_odds(text)]
    taken = {place for each in found for place in range(each.start, each.end)}
    for match in NUMBER_FORM.finditer(text):
        value, step = size_of(match["n"])
        is_free = taken.isdisjoint(range(*match.span()))
        if is_free:
            code = IN_DIGITS if any(sign.isdigit() for sign in match["n"]) else IN_WORDS
            found.append(qualify(text, match, value, step, code))
    return join_ranges(text, sorted(found))


def size_of(words):
    """(value, step): the number that words or digits stand for, and the last place that is told."""
    total, current, step = 0.0, 0.0, 1.0
    for part in re.findall(r"\d[\d,]*(?:\.\d+)?|[a-zA-Z]+", words):
        word = part.lower()
        if word[0].isdigit():
            current, step = float(word.replace(",", "")), step_of(word)
        elif word in SMALL:
            # "Half a million"
            current = current * SMALL[word] if current == SMALL["half"] else current + SMALL[word]
            step = LOOSE if word in ("a", "an", "half") else 1.0
        elif word in SCALES:
            current, step = (current or 1) * SCALES[word], step * SCALES[word]
            if SCALES[word] >= 1000:
                total, current = total + current, 0.0
    return total + current, step


def step_of(digits):
    """The last place that digits tell: 10 of "30", 0.1 of "2.7", 100 of "4,200"."""
    whole, _, decimals = digits.replace(",", "").partition(".")
    if decimals:
        return 10.0 ** -len(decimals)
    zeros = len(whole) - len(whole.rstrip("0"))
    return 10.0**zeros if zeros > 1 else 1.0


def qualify(text, match, value, step, code):
    """An Amount of a match, with what stands before and behind it."""
    start, end = match.span()
    before = QUALIFIERS.search(text, max(0, start - LOOK_BACK), start)
    behind = QUALIFIED_BEHIND.match(text, end)
    # "A dozen" is hardly ever counted.
    said = ABOUT if ROUND.match(text, *match.span()) else EXACT
    if before:
        start = before.start()
        said = next(how for n, how in enumerate(QUALIFYING) if before[f"b{n}"] is not None)
    elif behind:
        end = behind.end()
        said = AT_LEAST if behind["more"] else ABOUT
    sign = match["sign"] or ""
    return Amount(start, end, sign, value, *bounds(value, step, said), code)


def bounds(value, step, said):
    """(low, high, how) of a number: what its last place, "about" or "at least" leave open."""
    half = step / 2 if step != 1 else 0.0
    near = max(half, ROUGHLY * value)
    return {
        EXACT: (value - half, value + half, EXACT),
        ABOUT: (value - near, value + near, ABOUT),
        "nearly": (value - near, value, ABOUT),
        AT_LEAST: (value, math.nan, AT_LEAST),
        AT_MOST: (math.nan, value, AT_MOST),
        "as many as": (AS_MANY * value, value, AT_MOST),
    }[said]


def find_vague(text):
    """ "Dozens", "hundreds of thousands", "several hundred": numbers with an open value."""
    for match in VAGUE.finditer(text):
        if match["some"]:
            low, high = (times * SCALES[match["of"].lower()] for times in SEVERAL)
        else:
            times = SCALES[match["times"].lower()[:-1]] if match["times"] else 1
            low = PLURALS[match["n"].lower()] * times
            high = math.nan if low > 10**6 else 10 * low
        yield Amount(*match.span(), "", math.nan, low, high, ABOUT, OPEN)


def find_shares(text):
    """ "Half", "two-thirds", "a quarter" of something, in percent."""
    for match in SHARE.finditer(text):
        part = match["part"].lower().rstrip("s") if match["part"].lower() != "half" else "half"
        value = 100 * SMALL[(match["n"] or "one").lower()] / FRACTIONS[part]
        if value < 100:
            yield qualify(text, FractionMatch(match), value, value * ROUGHLY, FRACTION)


class FractionMatch:
    """A match of a fraction, read like one of a number."""

    def __init__(self, match):
        self.span, self.sign = match.span, None

    def __getitem__(self, name):
        return None


def find_spans(text):
    """ "5-7": from one number to a greater one; anything else with a dash is a result or a code."""
    for match in RANGE_FORM.finditer(text):
        low, high = (float(match[name].replace(",", "")) for name in ("low", "high"))
        if low < high:
            sign = match["sign"] or ""
            yield Amount(*match.span(), sign, math.nan, low, high, BETWEEN, IN_DIGITS)


def find_odds(text):
    """ "One in three", "2-in-5": so many of so many, in percent."""
    for match in ODDS.finditer(text):
        n, of = (size_of(match[name])[0] for name in ("n", "of"))
        if n < of:
            yield qualify(text, FractionMatch(match), 100 * n / of, 0.0, FRACTION)


def join_ranges(text, amounts):
    """The numbers, with "10 to 15" and "between 10 and 15" as one; a result, "134 to 63", is none.

    "From 10 to 15" are two.
    """
    joined = []
    for each in amounts:
        last = joined[-1] if joined else None
        before, between = (text[: last.start], text[last.end : each.start]) if last else ("", "")
        opened, came_from = (
            OPENED.search(before[-LOOK_BACK:]),
            FROM_BEFORE.search(before[-LOOK_BACK:]),
        )
        is_pair = bool(last) and last.how == each.how == EXACT and last.code == each.code
        is_joint = (BETWEEN_AND if opened else FROM_TO).fullmatch(between) is not None
        if not is_pair or not is_joint or came_from:
            joined.append(each)
        elif last.value < each.value:
            joined[-1] = join_pair(
                last, each, last.start - len(opened[0]) if opened else last.start
            )
        elif FROM_TO.fullmatch(between) and not each.sign:
            joined.pop()
        else:
            joined.append(each)
    return joined


def join_pair(last, each, start):
    """Two numbers as the ends of one."""
    # "4 to 5 million"
    size = 1000 ** int(math.log(each.value / last.value, 1000)) if last.value else 1
    ends = last.value * size, each.value
    return Amount(start, each.end, last.sign or each.sign, math.nan, *ends, BETWEEN, last.code)
