"""The time of day, in digits and in words: "4.15pm", "about twenty to four"."""

import re

from .numbers import ABOUT, EXACT, Amount
from .when.words import GAP, NUMBER_WORDS, ONES, TENS, either

CLOCK = "clock"
HOUR_NAMES = {word: number for number, word in enumerate(ONES[:12], 1)}
MINUTES = {"quarter": 15, "half": 30}
HALF_DAY = r"(?P<half>[ap])(?:m\b|\.[ ]?m\b\.?)"
# Words before a time, with the minutes from it that they leave open.
MINUTES_AROUND = {
    "shortly before|just before|a little before": (-30, 0),
    "shortly after|just after|a little after": (0, 30),
    "about|around|approximately|roughly|towards|toward|nearly|almost": (-10, 10),
    "before": (-60, 0),
    "after": (0, 60),
}
WRITTEN_TIMES = (
    rf"\b(?P<h>1[0-2]|0?[1-9])(?:[:.](?P<min>[0-5]\d))?{GAP}?{HALF_DAY}",
    r"(?<![\d:.$£€])(?P<h>[01]?\d|2[0-3]):(?P<min>[0-5]\d)(?![\d:])",
    rf"\b(?P<h>{either(HOUR_NAMES)}|1[0-2]|[1-9]){GAP}o'clock\b",
    rf"\b(?:a{GAP})?(?P<n>quarter|half|(?:{either(TENS)})(?:-(?:{either(ONES[:9])}))?"
    rf"|{either(ONES)}|[1-5]?\d)(?:{GAP}minutes)?{GAP}(?P<side>past|to){GAP}"
    rf"(?P<h>{either(HOUR_NAMES)})\b(?![-\w])(?!{GAP}(?:percent|per|million|people))",
)
PATTERNS_OF_TIMES = [re.compile(f"(?i:{pattern})") for pattern in WRITTEN_TIMES]
BEFORE_TIME = [
    (re.compile(rf"(?i:\b(?:{words.replace(' ', GAP)}){GAP}(?:at{GAP})?$)"), minutes)
    for words, minutes in MINUTES_AROUND.items()
]
# A time of so many minutes, or of twice as many, may be rounded.
ROUND_MINUTES = 5
LONGEST_BEFORE = 20
DAY_PART = re.compile(r"(?i:\s+(?:in the|on \w+) (?P<part>morning|afternoon|evening)\b)")
# A day has 24 hours, a clock 12.
HALF_A_DAY = 12


def find_clock_times(text):
    """(Amount in hours of the day, rule) of the times in a text with straight marks.

    Where morning and afternoon are not told apart, the hour is one to twelve.
    """
    reached = 0
    matches = [match for each in PATTERNS_OF_TIMES for match in each.finditer(text)]
    for match in sorted(matches, key=lambda match: (match.start(), -match.end())):
        hours = read_time(match, text)
        if match.start() >= reached and hours is not None:
            reached = match.end()
            yield time_amount(match, text, *hours)


def read_time(match, text):
    """(hours, whether the half of the day is told) of a match."""
    groups = match.groupdict()
    hour = HOUR_NAMES.get(groups["h"].lower()) or int(groups["h"])
    minutes = int(groups.get("min") or 0)
    if groups.get("side"):
        n = groups["n"].lower()
        minutes = MINUTES.get(n) or (int(n) if n.isdecimal() else in_words(n))
        if minutes > 30 or (n == "half" and groups["side"].lower() == "to"):
            return None
        minutes *= -1 if groups["side"].lower() == "to" else 1
    half = groups.get("half")
    part = DAY_PART.match(text, match.end())
    if half is None and part:
        half = "a" if part["part"].lower() == "morning" else "p"
    told = half is not None or hour > HALF_A_DAY or hour == 0 or groups["h"].startswith("0")
    if half:
        hour = hour % HALF_A_DAY + (HALF_A_DAY if half.lower() == "p" else 0)
    return hour + minutes / 60, told


def in_words(number):
    """A number below a hundred from its words: "twenty-five"."""
    return sum(NUMBER_WORDS[part] for part in number.split("-"))


def time_amount(match, text, hours, told):
    """(Amount, rule) of a time, with what stands before it."""
    start, low, high, how = match.start(), 0, 0, EXACT
    for pattern, (least, most) in BEFORE_TIME:
        before = pattern.search(text, max(0, start - LONGEST_BEFORE), start)
        if before:
            start, low, high, how = before.start(), least, most, ABOUT
            break
    rule = "a time of the day" if told else "a time of the day; which half of it is not said"
    if how == EXACT and round(hours * 60) % ROUND_MINUTES == 0:
        low, high = -ROUND_MINUTES / 2, ROUND_MINUTES / 2
    ends = hours + low / 60, hours + high / 60
    return Amount(start, match.end(), "", hours, *ends, how, CLOCK if told else "half_open"), rule
