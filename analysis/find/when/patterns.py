"""How expressions of time are written: patterns, each with the function that reads it."""

import re
from functools import cache

from . import explicit, lengths, relative
from .words import (
    ANY_UNIT,
    AT_AMOUNT,
    DAY_OF_MONTH,
    FOUR_DIGITS,
    GAP,
    HOW_MANY,
    MONTH_NAME,
    MONTH_NUMBERS,
    ORDINALS,
    SEASON_NUMBERS,
    SOME,
    TENS,
    UP_TO,
    WEEKDAY_NAME,
    WEEKDAY_NUMBERS,
    begins_like,
    capitals,
    either,
)

OF_DAY = r"(?:morning|afternoon|evening|night|lunchtime)"
# "of this year" behind a day or month.
THAT_YEAR = rf"(?:,?{GAP}(?:of{GAP})?(?P<off>(?i:this|last|next)){GAP}year)?"
WITH_YEAR = rf"(?:,?{GAP}(?P<y>{FOUR_DIGITS})|{THAT_YEAR})"
ON_WEEKDAY = rf"(?:{WEEKDAY_NAME},?{GAP}(?:the{GAP})?)?"
# What a day with its month begins with, words between or before them included.
AT_NAMED_DAY = begins_like(*MONTH_NUMBERS, *WEEKDAY_NUMBERS, "the", "between", "from")
FROM_OR_BETWEEN = rf"(?:(?i:between|from){GAP})?"
BY_DASH = rf"{GAP}?[-–—]{GAP}?"
OR_AND = rf"(?:{UP_TO}|{GAP}and{GAP})"
SORTS_OF_UNITS = r"more|working|business|consecutive|straight|full|long"
AN_AMOUNT = rf"(?P<n>{HOW_MANY}|{SOME})[ \n-]+(?:(?:{SORTS_OF_UNITS}){GAP})?"
BEFORE_OR_AFTER = (
    rf"(?:(?:the|this){GAP})?(?:last|past|previous|preceding|next|coming|following|upcoming)"
)
AND_A_HALF = rf"(?P<half>{GAP}and{GAP}a{GAP}half)?"
TIME_ZONE = (
    rf"(?:{GAP}(?:GMT|UTC|BST|CET|CEST|E[SD]?T|C[SD]T|P[SD]?T|M[SD]T|local{GAP}time|IST)\b)?"
)


def days():
    """Patterns of days of the calendar, alone and from one to another."""
    d, d1, d2 = (f"(?P<{name}>{DAY_OF_MONTH})" for name in ("d", "d1", "d2"))
    m, m2 = (f"(?P<{name}>{MONTH_NAME})" for name in ("m", "m2"))
    return [
        (r"\b\d{4}-\d\d-\d\d\b", explicit.iso_day),
        (r"\b(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>\d{4}|\d\d)\b(?!/)", explicit.figures),
        (r"\b(?P<a>\d{1,2})\.(?P<b>\d{1,2})\.(?P<y>\d{4})\b", explicit.figures),
        (r"(?<![\d/])9/11(?![\d/])", explicit.attacks),
        (rf"{AT_NAMED_DAY}{ON_WEEKDAY}\b{m}{GAP}(?:the{GAP})?{d}{WITH_YEAR}", explicit.day),
        (
            rf"{AT_NAMED_DAY}{ON_WEEKDAY}\b(?:the{GAP})?{d}{GAP}(?:of{GAP})?{m}{WITH_YEAR}",
            explicit.day,
        ),
        (
            rf"{AT_NAMED_DAY}{FROM_OR_BETWEEN}\b{d1}{OR_AND}{d2}{GAP}(?:of{GAP})?{m}{WITH_YEAR}",
            explicit.days_between,
        ),
        (
            rf"{AT_NAMED_DAY}{FROM_OR_BETWEEN}\b{m}{GAP}{d1}{OR_AND}{d2}{WITH_YEAR}",
            explicit.days_between,
        ),
        (rf"\b{m}{GAP}{d1}{BY_DASH}{m2}{GAP}{d2}{WITH_YEAR}", explicit.days_between),
        (rf"\b{d1}{GAP}{m}{BY_DASH}{d2}{GAP}{m2}{WITH_YEAR}", explicit.days_between),
    ]


def longer():
    """Patterns of months, quarters, years, decades and centuries."""
    m, m2 = (f"(?P<{name}>{MONTH_NAME})" for name in ("m", "m2"))
    of = rf"(?:,?{GAP}(?:in{GAP}|of{GAP})?(?P<y>{FOUR_DIGITS})|{THAT_YEAR})"
    y1 = rf"(?:,?{GAP}(?P<y1>{FOUR_DIGITS}))?"
    return [
        (rf"\b{m}{of}", explicit.month),
        (rf"\b{m}{y1}{BY_DASH}(?i:(?P<m2>{MONTH_NAME})){of}", explicit.months_between),
        (rf"(?i:\bbetween{GAP}){m}{GAP}and{GAP}{m2}{of}", explicit.months_between),
        (
            rf"(?i:\bfrom{GAP}){m}{GAP}(?:to|until|through){GAP}{m2}{of}",
            explicit.months_between,
        ),
        (
            rf"(?i:\b(?:the{GAP})?(?P<q>first|second|third|fourth){GAP}quarter{GAP}"
            rf"of{GAP}(?:(?P<y>{FOUR_DIGITS})|(?P<off>this|last|next){GAP}year))",
            explicit.quarter,
        ),
        (rf"\bQ(?P<q>[1-4]){GAP}(?:of{GAP})?(?P<y>{FOUR_DIGITS})", explicit.quarter),
        (rf"(?i:\bfiscal{GAP}(?:year{GAP})?|\bFY{GAP}?)(?P<y>{FOUR_DIGITS})", explicit.fiscal_year),
        (
            rf"(?<![\d$£€.,:/#])(?:(?<!-)|(?<=mid-))\b(?P<y>{FOUR_DIGITS})\b(?![/:]\d)",
            explicit.year,
        ),
        (
            rf"\b(?P<y1>{FOUR_DIGITS}){GAP}?[-–—/]{GAP}?(?P<y2>\d\d|{FOUR_DIGITS})\b",
            explicit.years_between,
        ),
        (rf"(?:\b(?i:the){GAP})?\b(?P<n>(?:1\d|20)\d0)'?s\b", explicit.decade),
        (rf"(?:\b(?i:the){GAP})?'(?P<n>\d0)'?s\b", explicit.decade),
        (
            rf"\b(?i:the){GAP}(?:(?:early|late|mid)[ -])?(?P<n>{either(tens_plural())})\b",
            explicit.decade,
        ),
        (
            rf"{begins_like('the', *ORDINALS)}"
            rf"(?i:(?:the{GAP})?(?P<n>\d{{1,2}}(?:st|nd|rd|th)|{either(ORDINALS)})"
            rf"[ \n-]century\b(?P<bc>{GAP}B\.?C\.?)?)",
            explicit.century,
        ),
    ]


def tens_plural():
    """ "twenties", "thirties" …"""
    return [ten.replace("ty", "ties") for ten in TENS]


def from_another_day():
    """Patterns of what is counted from another day."""
    what = rf"(?:(?:yesterday|tomorrow)(?:{GAP}{OF_DAY})?|today|tonight|last{GAP}night"
    what += rf"|the{GAP}day{GAP}(?:before{GAP}yesterday|after{GAP}tomorrow)"
    what += rf"|this{GAP}{OF_DAY})"
    named = r"week|weekend|month|quarter|year|decade|century|fortnight|year's|(?<=this.)years"
    named += rf"|{either(SEASON_NUMBERS)}|(?-i:{MONTH_NAME})"
    return [
        (rf"(?i:\b(?P<w>{what})\b)", relative.today),
        (
            rf"\b(?:(?i:(?P<how>this{GAP}past|this{GAP}coming|last|next|this)){GAP})?"
            rf"(?P<wd>{WEEKDAY_NAME})(?:{GAP}(?i:{OF_DAY}))?",
            relative.weekday,
        ),
        (
            rf"(?i:\b(?:(?:earlier|later){GAP})?"
            rf"(?P<how>{BEFORE_OR_AFTER}|this|that(?:{GAP}same)?|the{GAP}same){GAP}(?P<unit>{named})\b)",
            relative.named_unit,
        ),
        (
            rf"(?i:\b(?P<how>(?:the{GAP}(?:next|following|previous|same)|that(?:{GAP}same)?)){GAP}"
            rf"(?P<unit>day)\b|\bthe{GAP}(?P<unit2>day|week|month|year){GAP}"
            rf"(?P<how2>before|after)(?=[.,;\n]))",
            beside,
        ),
        (rf"(?i:\bthe{GAP}weekend\b)", relative.bare_weekend),
        (
            rf"(?i:\b(?:in|during|over|this|since|by|of|until|for){GAP}(?P<w>(?:the{GAP})?"
            rf"(?P<s>spring|summer|autumn|winter|(?<=the.)fall)(?:{GAP}of)?"
            rf"(?:{GAP}(?P<y>{FOUR_DIGITS}))?)\b)",
            relative.season,
        ),
        (
            rf"(?i:\b(?P<s>spring|summer|autumn|winter|fall){GAP}(?:of{GAP})?(?P<y>{FOUR_DIGITS})\b)",
            relative.season,
        ),
    ]


def so_far_away():
    """Patterns of what is so many units from another day, or a part of a unit around it."""
    back = r"(?P<how>last|past|recent|next|coming|following|previous|preceding)"
    plural = r"(?:second|minute|hour|day|night|week|weekend|month|year|decade|centurie)s"
    return [
        (rf"{AT_AMOUNT}(?i:{AN_AMOUNT}(?P<unit>{ANY_UNIT})s?{GAP}ago\b)", relative.ago),
        (
            rf"(?i:\b(?:(?:the|these){GAP})?{back}{GAP}(?:(?P<n>{HOW_MANY}|{SOME}){GAP})?"
            rf"(?P<unit>{plural})\b)",
            relative.stretch_of_units,
        ),
        (
            rf"{AT_AMOUNT}(?i:{AN_AMOUNT}(?P<unit>{ANY_UNIT})s?{GAP}"
            rf"(?P<how>later|earlier|before|after|afterwards|in{GAP}advance)\b)",
            relative.later,
        ),
        (
            rf"(?i:\b(?P<part>(?:the{GAP})?(?:beginning|start|middle|end){GAP}of){GAP}"
            rf"(?:the|this){GAP}(?P<unit>week|month|year|decade|century)\b)",
            relative.end_of_year,
        ),
        (r"(?i:\b(?P<unit>year)[ -](?P<part>end)\b)", relative.end_of_year),
    ]


def beside(match, page):
    """ "the next day", "the year before": see `relative.beside_told`."""
    how = (match["how"] or match["how2"]).lower().split()[-1]
    unit = (match["unit"] or match["unit2"]).lower()
    return relative.beside_told(match, page, how, unit)


def lasting():
    """Patterns of lengths, of what comes again, of times and of holidays."""
    unit = rf"(?P<unit>{ANY_UNIT})"
    plural_days = "|".join(capitals([f"{name}s"]) for name in WEEKDAY_NUMBERS)
    what = rf"{ANY_UNIT}s?|{either([*WEEKDAY_NUMBERS, *MONTH_NUMBERS, *SEASON_NUMBERS])}"
    return [
        (rf"(?i:\bper{GAP}{unit}\b)", lengths.rate),
        (
            rf"{AT_AMOUNT}(?i:(?:once|twice|{HOW_MANY}{GAP}times){GAP}(?P<w>an?{GAP}{unit})\b)",
            lengths.rate,
        ),
        (rf"{AT_AMOUNT}(?i:{AN_AMOUNT}{unit}(?:s\b|s?'|\b)(?!-|'s))", lengths.duration),
        (rf"{AT_AMOUNT}(?i:(?P<n>{HOW_MANY}){AND_A_HALF}{GAP}{unit}s\b)", lengths.duration),
        (rf"{AT_AMOUNT}(?i:(?P<n>{HOW_MANY}|{SOME})-{unit}\b(?!-old))", lengths.duration),
        (
            rf"(?i:\b(?:for|over|in|after|of|within|took|takes|take|by){GAP}(?P<w>(?P<n>)"
            rf"(?P<unit>minute|hour|day|week|month|year|decade|centurie)s)\b)",
            lengths.duration,
        ),
        (
            rf"(?i:\b(?:every|each){GAP}(?:(?P<n>other|{HOW_MANY}){GAP})?(?P<what>{what})\b)",
            lengths.every,
        ),
        (rf"\b(?P<what>{plural_days})\b", lengths.every),
        (rf"\b(?:{either(lengths.OFTEN)})\b", lengths.often),
    ]


def at_times():
    """Patterns of times of the day, and of holidays."""
    names = either(lengths.holiday_rules())
    return [
        (
            rf"\b(?P<h>\d{{1,2}})(?:[:.](?P<min>\d\d))?{GAP}?(?P<half>[aApP])(?:\.{GAP}?[mM]\.|[mM]\b)"
            rf"{TIME_ZONE}",
            lengths.clock,
        ),
        (
            rf"(?<![\d:.])(?P<h>[01]?\d|2[0-3]):(?P<min>[0-5]\d)(?![\d:])(?P<half>){TIME_ZONE}",
            lengths.clock,
        ),
        (rf"\b(?P<h>\d{{1,2}})(?P<min>)(?P<half>){GAP}o'clock\b", lengths.clock),
        (r"(?i:\b(?:midnight|noon|midday)\b)", lengths.clock),
        (
            rf"{begins_like('last', 'next', 'this', *lengths.holiday_rules())}"
            rf"(?:(?i:(?P<how>last|next|this{GAP}coming|this)){GAP})?"
            rf"(?P<holiday>(?i:{names}))(?:,?{GAP}(?P<y>{FOUR_DIGITS}))?(?![\w])",
            lengths.holiday,
        ),
    ]


PART_NAMES = {
    "early": "early",
    "late": "late",
    "mid": "mid",
    "middle": "mid",
    "beginning": "start",
    "start": "start",
    "end": "end",
}
# Before a month, year, decade: which part of it.
PART_BEFORE = re.compile(
    rf"(?i:\b(?:the{GAP})?(?P<part>early|late|mid)(?:-|{GAP}(?:in{GAP})?)?"
    rf"|\b(?:the{GAP})?(?P<part2>beginning|start|middle|end){GAP}of{GAP})$"
)
# What looks like a length and is an age.
AGES = re.compile(
    rf"(?i:{AT_AMOUNT}(?:\d+|{HOW_MANY})[ \n-]+(?:{ANY_UNIT})s?[ \n-]old\b"
    rf"|\baged?{GAP}(?:{HOW_MANY})(?:(?:[-–]|{GAP}to{GAP}){HOW_MANY})?\b(?:{GAP}(?:{ANY_UNIT})s?)?"
    rf"|{AT_AMOUNT}(?:{HOW_MANY})(?:{GAP}|-)(?:{ANY_UNIT})s?(?:{GAP}|-)(?:olds?\b|of{GAP}age\b)"
    rf"|\b(?:his|her|their|my|your|our){GAP}(?:(?:early|mid|late)[ -])?"
    rf"'?(?:\d0s|(?:{either(tens_plural())}))\b)"
)


@cache
def patterns():
    """(pattern, function) of everything that is looked for; a group `w` is all of a date."""
    made = [*days(), *longer(), *from_another_day(), *so_far_away(), *lasting(), *at_times()]
    return [(re.compile(pattern), read) for pattern, read in made]


def part_in(words):
    """The part that some words name: "the end of"."""
    return next(part for word, part in PART_NAMES.items() if word in words.lower())


def part_before(text, start):
    """(place, part) of "early", "the end of" before a place; None where there is none."""
    found = PART_BEFORE.search(text, max(0, start - 30), start)
    if found is None:
        return None
    return found.start(), PART_NAMES[(found["part"] or found["part2"]).lower()]


def span_of(match):
    """(start, end) of the expression in a match."""
    return match.span("w" if "w" in match.groupdict() else 0)
