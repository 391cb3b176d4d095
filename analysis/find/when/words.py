"""The words of time as numbers, and the pieces that patterns are made of."""

import calendar
import re

MONTH_NUMBERS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
WEEKDAY_NUMBERS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
SEASON_NUMBERS = {"spring": 0, "summer": 1, "autumn": 2, "fall": 2, "winter": 3}
ONES = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
NUMBER_WORDS = {
    **{word: number for number, word in enumerate(ONES, 1)},
    **{word: 10 * number for number, word in enumerate(TENS, 2)},
    "a": 1,
    "an": 1,
    "half a": 0.5,
    "half an": 0.5,
}
ORDINAL_WORDS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
    *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth"),
    *("seventeenth", "eighteenth", "nineteenth", "twentieth", "twenty-first"),
)
ORDINALS = {word: number for number, word in enumerate(ORDINAL_WORDS, 1)}
# ISO letters of the units; those behind T are parts of a day.
ISO_LETTERS = {
    "second": "TS",
    "minute": "TM",
    "hour": "TH",
    "day": "D",
    "night": "D",
    "weekend": "W",
    "week": "W",
    "fortnight": "W",
    "month": "M",
    "quarter": "M",
    "year": "Y",
    "decade": "Y",
    "century": "Y",
}
# How many of its ISO unit a unit has.
ISO_TIMES = {"fortnight": 2, "quarter": 3, "decade": 10, "century": 100}
UNIT_NAMES = {**{unit: unit for unit in ISO_LETTERS}, "centurie": "century"}

# White space within a paragraph.
GAP = r"(?:(?:[ \t]|\n(?!\s*\n))+)"


def either(words):
    """A pattern of any of some words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def capitals(words, ends=""):
    """A pattern of words that begin with a capital, or are all capitals; `ends` follows each."""
    forms = [form for word in words for form in (word.capitalize(), word.upper())]
    return f"(?:{either(forms)}){ends}"


def begins_like(*words):
    """A pattern of where a figure or one of some words may begin, by the first letter alone.

    Before a long pattern: most places are passed over by one look.
    """
    letters = {form for word in words for form in (word[0].lower(), word[0].upper())}
    return rf"\b(?=[\d{''.join(sorted(letters))}])"


# "Jan." and "Jan", "Sept."; May, June and July have no short form of their own in "Jun.", "Jul.".
SHORT_MONTHS = [name[:3] for name in MONTH_NUMBERS if name != "may"] + ["sept"]
MONTH_NAME = rf"(?:{capitals(MONTH_NUMBERS)}\b|{capitals(SHORT_MONTHS)}(?:\.|\b))"
SHORT_DAYS = ["mon", "tue", "tues", "wed", "weds", "thu", "thur", "thurs", "fri", "sat", "sun"]
WEEKDAY_NAME = rf"(?:{capitals(WEEKDAY_NUMBERS)}\b|{capitals(SHORT_DAYS)}\.)"
DAY_OF_MONTH = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d:%]|[.,]\d)"
FOUR_DIGITS = r"(?:1\d|20)\d\d(?![\d%]|[.,]\d|st\b|nd\b|rd\b|th\b)"
TWENTIES = rf"(?:{either(TENS)})(?:-(?:{either(ONES[:9])}))?"
HOW_MANY = (
    rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,3}}(?:\.\d+)?|{TWENTIES}|{either(ONES)}|half{GAP}an?|an?)"
)
SOME = rf"(?:(?:an?{GAP})?(?:few|couple{GAP}of|couple)|several|some|many|dozens{GAP}of)"
WORDS_OF_SOME = ("few", "couple", "several", "some", "many", "dozens")
AT_AMOUNT = begins_like(*TENS, *NUMBER_WORDS, *WORDS_OF_SOME)
# A quarter is mostly a part, "a second" mostly another one.
ANY_UNIT = rf"(?:centurie|(?<!a )(?<!an )second|{either({*ISO_LETTERS} - {'quarter', 'second'})})"
UP_TO = rf"(?:{GAP}(?:to|through|until|till){GAP}|{GAP}?[-–—]{GAP}?)"


def as_number(words):
    """A number from its digits or words; None where it is not said ("several").

    >>> as_number("twenty-four"), as_number("1,500"), as_number("a few")
    (24, 1500, None)
    """
    words = re.sub(r"\s+", " ", words.lower()).strip()
    if words[0].isdigit():
        number = float(words.replace(",", ""))
        return int(number) if number.is_integer() else number
    if words in NUMBER_WORDS:
        return NUMBER_WORDS[words]
    parts = [NUMBER_WORDS.get(part) for part in words.split("-")]
    return sum(parts) if all(parts) else None


def as_month(word):
    """The number of a month from its name, short or long."""
    return next(
        number for name, number in MONTH_NUMBERS.items() if name.startswith(word.lower()[:3])
    )


def as_weekday(word):
    """The number of a day of the week from its name, short or long; Monday is 0."""
    return next(
        number for name, number in WEEKDAY_NUMBERS.items() if name.startswith(word.lower()[:3])
    )


def as_day(words):
    """The number of a day from its digits: "3rd"."""
    return int(re.match(r"\d+", words)[0])


def as_ordinal(words):
    """A number from an ordinal: "19th", "nineteenth"."""
    words = words.lower()
    return int(re.match(r"\d+", words)[0]) if words[0].isdigit() else ORDINALS[words]


def as_unit(word):
    """A unit from its singular or plural."""
    word = word.lower()
    return UNIT_NAMES[word if word in UNIT_NAMES else word.rstrip("s")]
