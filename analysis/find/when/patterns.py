"""How expressions of time are written: patterns, each with the function that reads it."""

import re
from functools import cache

from . import explicit, lengths, relative
from .words import (
    COUNT,
    DAY,
    LOOSE,
    MONTH,
    MONTHS,
    ORDINALS,
    SEASONS,
    SPACE,
    TENS,
    TO,
    UNIT,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
    capitals,
    either,
)

OF_DAY = r"(?:morning|afternoon|evening|night|lunchtime)"
# "of this year" behind a day or month.
THAT_YEAR = rf"(?:,?{SPACE}(?:of{SPACE})?(?P<off>(?i:this|last|next)){SPACE}year)?"
WITH_YEAR = rf"(?:,?{SPACE}(?P<y>{YEAR})|{THAT_YEAR})"
ON = rf"(?:{WEEKDAY},?{SPACE}(?:the{SPACE})?)?"
BETWEEN = rf"(?:(?i:between|from){SPACE})?"
DASH = rf"{SPACE}?[-–—]{SPACE}?"
AND = rf"(?:{TO}|{SPACE}and{SPACE})"
KINDS = r"more|working|business|consecutive|straight|full|long"
AMOUNT = rf"(?P<n>{COUNT}|{LOOSE})[ \n-]+(?:(?:{KINDS}){SPACE})?"
BESIDE = rf"(?:(?:the|this){SPACE})?(?:last|past|previous|preceding|next|coming|following|upcoming)"
HALF = rf"(?P<half>{SPACE}and{SPACE}a{SPACE}half)?"
ZONE = rf"(?:{SPACE}(?:GMT|UTC|BST|CET|CEST|E[SD]?T|C[SD]T|P[SD]?T|M[SD]T|local{SPACE}time|IST)\b)?"


def days():
    """Patterns of days of the calendar, alone and from one to another."""
    d, d1, d2 = (f"(?P<{name}>{DAY})" for name in ("d", "d1", "d2"))
    m, m2 = (f"(?P<{name}>{MONTH})" for name in ("m", "m2"))
    y1 = rf"(?:,?{SPACE}(?P<y1>{YEAR}))?"
    return [
        (r"\b\d{4}-\d\d-\d\d\b", explicit.iso_day),
        (r"\b(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>\d{4}|\d\d)\b(?!/)", explicit.figures),
        (r"\b(?P<a>\d{1,2})\.(?P<b>\d{1,2})\.(?P<y>\d{4})\b", explicit.figures),
        (r"(?<![\d/])9/11(?![\d/])", explicit.attacks),
        (rf"{ON}\b{m}{SPACE}(?:the{SPACE})?{d}{WITH_YEAR}", explicit.day),
        (rf"{ON}\b(?:the{SPACE})?{d}{SPACE}(?:of{SPACE})?{m}{WITH_YEAR}", explicit.day),
        (rf"{BETWEEN}\b{d1}{AND}{d2}{SPACE}(?:of{SPACE})?{m}{WITH_YEAR}", explicit.days_between),
        (rf"{BETWEEN}\b{m}{SPACE}{d1}{AND}{d2}{WITH_YEAR}", explicit.days_between),
        (rf"\b{m}{SPACE}{d1}{y1}{DASH}{m2}{SPACE}{d2}{WITH_YEAR}", explicit.days_between),
        (rf"\b{d1}{SPACE}{m}{y1}{DASH}{d2}{SPACE}{m2}{WITH_YEAR}", explicit.days_between),
    ]


def longer():
    """Patterns of months, quarters, years, decades and centuries."""
    m, m2 = (f"(?P<{name}>{MONTH})" for name in ("m", "m2"))
    of = rf"(?:,?{SPACE}(?:in{SPACE}|of{SPACE})?(?P<y>{YEAR})|{THAT_YEAR})"
    y1 = rf"(?:,?{SPACE}(?P<y1>{YEAR}))?"
    number = either(ORDINALS)
    return [
        (rf"\b{m}{of}", explicit.month),
        (rf"\b{m}{y1}{DASH}(?i:(?P<m2>{MONTH})){of}", explicit.months_between),
        (rf"(?i:\bbetween{SPACE}){m}{SPACE}and{SPACE}{m2}{of}", explicit.months_between),
        (
            rf"(?i:\bfrom{SPACE}){m}{SPACE}(?:to|until|through){SPACE}{m2}{of}",
            explicit.months_between,
        ),
        (
            rf"(?i:\b(?:the{SPACE})?(?P<q>first|second|third|fourth){SPACE}quarter{SPACE}"
            rf"of{SPACE}(?:(?P<y>{YEAR})|(?P<off>this|last|next){SPACE}year))",
            explicit.quarter,
        ),
        (rf"\bQ(?P<q>[1-4]){SPACE}(?:of{SPACE})?(?P<y>{YEAR})", explicit.quarter),
        (rf"(?i:\bfiscal{SPACE}(?:year{SPACE})?|\bFY{SPACE}?)(?P<y>{YEAR})", explicit.fiscal_year),
        (rf"(?<![\d$£€.,:/#-])\b(?P<y>{YEAR})\b(?![/:]\d)", explicit.year),
        (rf"\b(?P<y1>{YEAR}){SPACE}?[-–—/]{SPACE}?(?P<y2>\d\d|{YEAR})\b", explicit.years_between),
        (rf"(?:\b(?i:the){SPACE})?\b(?P<n>(?:1\d|20)\d0)'?s\b", explicit.decade),
        (rf"(?:\b(?i:the){SPACE})?'(?P<n>\d0)'?s\b", explicit.decade),
        (
            rf"\b(?i:the){SPACE}(?:(?:early|late|mid)[ -])?(?P<n>{either(tens_plural())})\b",
            explicit.decade,
        ),
        (
            rf"(?i:\b(?:the{SPACE})?(?P<n>\d{{1,2}}(?:st|nd|rd|th)|{number}|twenty-first)"
            rf"[ \n-]century\b(?P<bc>{SPACE}B\.?C\.?)?)",
            explicit.century,
        ),
    ]


def tens_plural():
    """ "twenties", "thirties" …"""
    return [ten.replace("ty", "ties") for ten in TENS]


def counted():
    """Patterns of what is counted from another day."""
    what = rf"(?:(?:yesterday|tomorrow)(?:{SPACE}{OF_DAY})?|today|tonight|last{SPACE}night"
    what += rf"|the{SPACE}day{SPACE}(?:before{SPACE}yesterday|after{SPACE}tomorrow)"
    what += rf"|this{SPACE}{OF_DAY})"
    named = r"week|weekend|month|quarter|year|decade|century|fortnight|year's|(?<=this.)years"
    named += rf"|{either(SEASONS)}|(?-i:{MONTH})"
    back = r"(?P<how>last|past|recent|next|coming|following|previous|preceding)"
    plural = r"(?:second|minute|hour|day|night|week|weekend|month|year|decade|centurie)s"
    return [
        (rf"(?i:\b(?P<w>{what})\b)", relative.today),
        (
            rf"\b(?:(?i:(?P<how>this{SPACE}past|this{SPACE}coming|last|next|this)){SPACE})?"
            rf"(?P<wd>{WEEKDAY})(?:{SPACE}(?i:{OF_DAY}))?",
            relative.weekday,
        ),
        (
            rf"(?i:\b(?:(?:earlier|later){SPACE})?(?P<how>{BESIDE}|this|that|the{SPACE}same)"
            rf"{SPACE}(?P<unit>{named})\b)",
            relative.named_unit,
        ),
        (
            rf"(?i:\b(?P<how>(?:the{SPACE}(?:next|following|previous|same)|that)){SPACE}"
            rf"(?P<unit>day)\b|\bthe{SPACE}(?P<unit2>day|week|month|year){SPACE}"
            rf"(?P<how2>before|after)(?=[.,;\n]))",
            beside,
        ),
        (rf"(?i:\bthe{SPACE}weekend\b)", relative.bare_weekend),
        (
            rf"(?i:\b(?:in|during|over|this|since|by|of|until|for){SPACE}(?P<w>(?:the{SPACE})?"
            rf"(?P<s>spring|summer|autumn|winter|(?<=the.)fall)(?:{SPACE}of)?"
            rf"(?:{SPACE}(?P<y>{YEAR}))?)\b)",
            relative.season,
        ),
        (
            rf"(?i:\b(?P<s>spring|summer|autumn|winter|fall){SPACE}(?:of{SPACE})?(?P<y>{YEAR})\b)",
            relative.season,
        ),
        (rf"(?i:\b{AMOUNT}(?P<unit>{UNIT})s?{SPACE}ago\b)", relative.ago),
        (
            rf"(?i:\b(?:(?:the|these){SPACE})?{back}{SPACE}(?:(?P<n>{COUNT}|{LOOSE}){SPACE})?"
            rf"(?P<unit>{plural})\b)",
            relative.stretch_of_units,
        ),
        (
            rf"(?i:\b{AMOUNT}(?P<unit>{UNIT})s?{SPACE}"
            rf"(?P<how>later|earlier|before|after|afterwards|in{SPACE}advance)\b)",
            relative.later,
        ),
        (
            rf"(?i:\b(?P<part>(?:the{SPACE})?(?:beginning|start|middle|end){SPACE}of){SPACE}"
            rf"(?:the|this){SPACE}(?P<unit>week|month|year|decade|century)\b)",
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
    unit = rf"(?P<unit>{UNIT})"
    names = rf"{either(lengths.holiday_rules())}"
    plural_days = "|".join(capitals([f"{name}s"]) for name in WEEKDAYS)
    what = rf"{UNIT}s?|{either([*WEEKDAYS, *MONTHS, *SEASONS])}"
    return [
        (rf"(?i:\bper{SPACE}{unit}\b)", lengths.rate),
        (
            rf"(?i:\b(?:once|twice|{COUNT}{SPACE}times){SPACE}(?P<w>an?{SPACE}{unit})\b)",
            lengths.rate,
        ),
        (rf"(?i:\b{AMOUNT}{unit}(?:s\b|s?'|\b)(?!-|'s))", lengths.duration),
        (rf"(?i:\b(?P<n>{COUNT}){HALF}{SPACE}{unit}s\b)", lengths.duration),
        (rf"(?i:\b(?P<n>{COUNT}|{LOOSE})-{unit}\b(?!-old))", lengths.duration),
        (
            rf"(?i:\b(?:for|over|in|after|of|within|took|takes|take|by){SPACE}(?P<w>(?P<n>)"
            rf"(?P<unit>minute|hour|day|week|month|year|decade|centurie)s)\b)",
            lengths.duration,
        ),
        (
            rf"(?i:\b(?:every|each){SPACE}(?:(?P<n>other|{COUNT}){SPACE})?(?P<what>{what})\b)",
            lengths.every,
        ),
        (rf"\b(?P<what>{plural_days})\b", lengths.every),
        (rf"\b(?:{either(lengths.OFTEN)})\b", lengths.often),
        (
            rf"\b(?P<h>\d{{1,2}})(?:[:.](?P<min>\d\d))?{SPACE}?(?P<half>[aApP])(?:\.{SPACE}?[mM]\.|[mM]\b)"
            rf"{ZONE}",
            lengths.clock,
        ),
        (
            rf"(?<![\d:.])(?P<h>[01]?\d|2[0-3]):(?P<min>[0-5]\d)(?![\d:])(?P<half>){ZONE}",
            lengths.clock,
        ),
        (rf"\b(?P<h>\d{{1,2}})(?P<min>)(?P<half>){SPACE}o'clock\b", lengths.clock),
        (r"(?i:\b(?:midnight|noon|midday)\b)", lengths.clock),
        (
            rf"\b(?:(?i:(?P<how>last|next|this{SPACE}coming|this)){SPACE})?"
            rf"(?P<holiday>(?i:{names}))(?:,?{SPACE}(?P<y>{YEAR}))?(?![\w])",
            lengths.holiday,
        ),
    ]


PARTS = {
    "early": "early",
    "late": "late",
    "mid": "mid",
    "middle": "mid",
    "beginning": "start",
    "start": "start",
    "end": "end",
}
# Before a month, year, decade: which part of it.
PART = re.compile(
    rf"(?i:\b(?:the{SPACE})?(?P<part>early|late|mid)(?:-|{SPACE}(?:in{SPACE})?)?"
    rf"|\b(?:the{SPACE})?(?P<part2>beginning|start|middle|end){SPACE}of{SPACE})$"
)
# What looks like a length and is an age.
AGE = re.compile(
    rf"(?i:\b(?:\d+|{COUNT})[ \n-]+(?:{UNIT})s?[ \n-]old\b"
    rf"|\baged?{SPACE}(?:{COUNT})(?:(?:[-–]|{SPACE}to{SPACE}){COUNT})?\b(?:{SPACE}(?:{UNIT})s?)?"
    rf"|\b(?:{COUNT})(?:{SPACE}|-)(?:{UNIT})s?(?:{SPACE}|-)(?:olds?\b|of{SPACE}age\b)"
    rf"|\b(?:his|her|their|my|your|our){SPACE}(?:(?:early|mid|late)[ -])?"
    rf"'?(?:\d0s|(?:{either(tens_plural())}))\b)"
)


@cache
def patterns():
    """(pattern, function) of everything that is looked for; a group `w` is all of a date."""
    made = [*days(), *longer(), *counted(), *lasting()]
    return [(re.compile(pattern), read) for pattern, read in made]


def part_before(text, start):
    """(place, part) of "early", "the end of" before a place; None where there is none."""
    found = PART.search(text, max(0, start - 30), start)
    if found is None:
        return None
    return found.start(), PARTS[(found["part"] or found["part2"]).lower()]


def span_of(match):
    """(start, end) of the expression in a match."""
    return match.span("w" if "w" in match.groupdict() else 0)
