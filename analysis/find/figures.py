"""What an article counts and measures: numbers with what they are of, and the time of day."""

import re
from bisect import bisect_right
from functools import cache
from typing import NamedTuple

from .. import schema
from ..lexicons import read_lexicon, word_list
from ..parse.tree import Tree
from ..read.articles import texts_behind
from ..text import straighten
from .clock import CLOCK, find_clock_times
from .counted import (
    HARMS,
    counted_noun,
    event_of,
    is_person_noun,
    noun_of,
    subject_above,
    verb_over,
)
from .dates import find_dates
from .numbers import EXACT, FRACTION, IN_DIGITS, IN_WORDS, Amount, find_amounts
from .when.words import GAP, either

PEOPLE, COUNTABLES, AGE, MONEY, SHARE_OF_100, TIME = (
    "people",
    "things",
    "age",
    "money",
    "percent",
    "time",
)
TIME_OF_DAY, NONE = "time of day", "none"
MONEY_SIGNS = {"$": "dollar", "£": "pound", "€": "euro", "¥": "yen"}
# Expressions of time that a number can stand in and count all the same.
LASTING = ("duration", "time")
# Entities in whose names a number counts nothing.
NAMED_ENTITIES = (
    "ORG",
    "PERSON",
    "GPE",
    "FAC",
    "LAW",
    "PRODUCT",
    "WORK_OF_ART",
    "EVENT",
    "NORP",
    "LOC",
)
# One of these counts nothing.
VAGUE_NOUNS = ("thing", "day", "time", "point", "way", "side", "reason", "hand", "word", "place")
OLDEST = 110
# From here on a number without a unit can go on with a sum of money.
LARGE_SUM = 1000
GOING_ON, IT_GOES_ON = "goes_on", "it goes on with what was counted before it"
# In front of a unit: "US dollars", "square metres" are listed; these are not.
SORTS_OF_MONEY = r"(?:(?:US|U\.S\.|American|Canadian|Australian|Danish|Swedish|Norwegian)[ ])?"


class Unit(NamedTuple):
    """A word for a unit: what it measures, its name, and how many of the basic unit it is."""

    unit: str
    noun: str
    times: float


def find_figures(articles, tokens, dates=None):
    """Find the numbers that count or measure something: one row each, with what they are of.

    `value` is the number (of a time the hours: 16.25 at 4.15pm; missing for "dozens"), `low` and
    `high` what it leaves open: the last place that is told ("1.9 billion" is 1.85 to 1.95), a tenth
    for "about", no upper end for "at least". `unit` is what sort of thing is counted, `noun` what;
    `event` what becomes of it, under one word for deaths, injuries, arrests; `about` is the subject
    of a sum or share, the name beside an age. Dates are in `find_dates`: years, ordinals, numbers
    in names, results and telephone numbers are no figures here. `dates` is that table, made here
    where it is not given.

    >>> articles = read_texts("About 40 men were arrested. At least two people died.")
    >>> figures = find_figures(articles, split_tokens(articles))
    >>> figures[["text", "value", "unit", "noun", "event", "how"]].values.tolist()
    [['About 40', 40.0, 'people', 'man', 'arrest', 'about'],
     ['At least two', 2.0, 'people', 'people', 'kill', 'at least']]
    """
    texts = texts_behind(articles, schema.check(tokens, "tokens"))
    if dates is None:
        dates = find_dates(articles, tokens)
    schema.check(dates, "dates")
    of_calendar = dict(list(dates[~dates["kind"].isin(LASTING)].groupby("doc_id", sort=False)))
    rows = []
    for doc_id, its in tokens.groupby("doc_id", sort=False):
        calendar = of_calendar.get(doc_id, dates.iloc[:0])
        page = Counting(its.reset_index(drop=True), texts[doc_id], calendar)
        rows += [{"doc_id": doc_id, **row} for row in page.rows()]
    return schema.table(rows, "figures")


@cache
def units():
    """{word: Unit} of `data/units.csv`, plurals too."""
    known = {}
    for row in read_lexicon("units").itertuples():
        unit = Unit(row.unit, row.noun, float(row.times))
        known[row.word] = unit
        if row.word[-1].isalpha():
            known.setdefault(f"{row.word}s", unit)
    return known


@cache
def unit_pattern():
    """What can stand right behind a number: a unit."""
    return re.compile(rf"(?i:(?:{GAP}|-)?{SORTS_OF_MONEY}(?P<unit>{either(units())})(?![\w]))")


def is_free(amount, taken):
    """Whether a number touches none of some spans."""
    return all(amount.end <= start or end <= amount.start for start, end in taken)


class Counting:
    """One article, and what it counts."""

    def __init__(self, tokens, text, calendar):
        self.text, self.plain, self.tree = text, straighten(text), Tree(tokens)
        self.calendar = sorted(zip(calendar["start"], calendar["end"], strict=True))

    def rows(self):
        """Rows of the figures table, in order."""
        taken, found = list(self.calendar), []
        for amount, rule in find_clock_times(self.plain):
            if is_free(amount, taken):
                taken.append((amount.start, amount.end))
                found.append(self.row(amount, TIME_OF_DAY, CLOCK, self.row_at(amount.end), rule))
        found = [row for row in found if row is not None]
        for amount in sorted([*find_amounts(self.plain), *self.find_nothing()]):
            if is_free(amount, taken) and self.row_at(amount.end) >= 0:
                made = self.read(amount) or self.continued(amount, found)
                found += [] if made is None else [made]
        return sorted(found, key=lambda row: row["start"])

    def continued(self, amount, found):
        """The row of a number that goes on with what was counted before it, or None.

        "The number of marchers is disputed. The police put it at 600." "… from 1.9bn crowns to
        2.7bn".
        """
        row = self.row_at(amount.end)
        tree, over = self.tree, self.tree.head[row]
        is_put = tree.dep[row] == "pobj" and tree.lemma[over] in ("at", "of", "to")
        is_object = tree.dep[row] in ("dobj", "pobj", "attr") and amount.value >= LARGE_SUM
        if amount.code not in (IN_DIGITS, IN_WORDS) or self.is_name(row):
            return None
        before = [each for each in found if each["start"] < amount.start]
        last = before[-1] if before else None
        is_near = last and 0 <= tree.sentence[row] - last["sentence_id"] <= 1
        if (
            is_near
            and last["unit"] == MONEY
            and amount.value >= LARGE_SUM
            and (is_object or is_put)
        ):
            return self.row(amount, MONEY, last["noun"], row, IT_GOES_ON, code=GOING_ON)
        verb = verb_over(tree, row)
        counts = verb is not None and tree.lemma[verb] in word_list("verbs that estimate")
        noun = self.number_of_before(row) if is_put and counts else None
        if noun is not None:
            unit = PEOPLE if is_person_noun(tree.lemma[noun]) else COUNTABLES
            made = self.row(amount, unit, noun_of(tree, noun), row, IT_GOES_ON, code=GOING_ON)
            return made and {**made, "event": event_of(tree, noun) or made["event"]}
        return None

    def number_of_before(self, row):
        """The row of the noun counted last before a row, in its sentence or the one before."""
        tree = self.tree
        for at in range(row - 1, -1, -1):
            if tree.sentence[row] - tree.sentence[at] > 1:
                return None
            is_number_of = tree.dep[at] == "pobj" and tree.lemma[tree.head[at]] == "of"
            over = tree.head[tree.head[at]]
            if is_number_of and tree.lemma[over] in ("number", "toll", "total", "count"):
                return at
            if tree.pos[at] == "NUM" and (noun := counted_noun(tree, at)) is not None:
                return noun
        return None

    def row_at(self, end):
        """The row of the token in which a span ends."""
        return min(bisect_right(self.tree.starts, end - 1), len(self.tree.starts)) - 1

    def find_nothing(self):
        """ "No bombs": a number of none, before a noun in the plural."""
        tree = self.tree
        for row, word in enumerate(tree.words):
            over = tree.head[row]
            if word.lower() == "no" and tree.dep[row] == "det" and tree.tag[over] == "NNS":
                place = tree.starts[row], tree.ends[row]
                yield Amount(*place, "", 0.0, 0.0, 0.0, EXACT, NONE)

    def read(self, amount):
        """The row of an amount, or None where it counts nothing."""
        row = self.row_at(amount.end)
        if row < 0 or self.is_name(row):
            return None
        unit = unit_pattern().match(self.plain, amount.end)
        if amount.sign:
            noun = MONEY_SIGNS.get(amount.sign[-1], "dollar")
            return self.row(amount, MONEY, noun, row, "a sum with the sign of its money")
        if unit:
            return self.measured(amount, row, unit)
        if amount.code == FRACTION:
            return self.row(
                amount, SHARE_OF_100, SHARE_OF_100, row, "a part of a whole, in percent"
            )
        if self.is_age(amount, row):
            return self.aged(amount, row)
        return self.counted(amount, row)

    def is_name(self, row):
        """Whether a number belongs to a name or stands behind what it numbers: "Route 66"."""
        tree, over = self.tree, self.tree.head[row]
        in_name = tree.ent[row][2:] in NAMED_ENTITIES
        numbers_it = (
            over == row - 1
            and tree.dep[row] == "nummod"
            and tree.pos[over]
            in (
                "PROPN",
                "NOUN",
                "SYM",
            )
        )
        return in_name or numbers_it

    def measured(self, amount, row, match):
        """The row of a number before a unit; an age where it says so."""
        known = units()[match["unit"].lower()]
        behind = self.plain[match.end() : match.end() + 6]
        if re.match(r"(?i)[- ]olds?\b", behind) and known.unit == TIME:
            return self.aged(amount, row, known.noun)
        wide = amount._replace(end=match.end())
        at = self.row_at(match.end())
        return self.row(wide, known.unit, known.noun, at, "a number and its unit")

    def is_age(self, amount, row):
        """Whether a number stands alone between commas behind a name: "Ann Lee, 34,"."""
        tree = self.tree
        alone = amount.value <= OLDEST and amount.how == EXACT and row >= 2
        if not alone or amount.value != int(amount.value):
            return False
        aged = tree.words[row - 1].lower() == "aged"
        behind = tree.words[row + 1] if row + 1 < len(tree.words) else "."
        named = tree.words[row - 1] == "," and tree.pos[row - 2] == "PROPN"
        return aged or (named and behind in (",", ";", ".", ")", "and") and tree.pos[row] == "NUM")

    def aged(self, amount, row, noun="year"):
        """The row of an age, with the name that it stands beside."""
        tree, name = self.tree, None
        for at in range(row - 1, max(-1, row - 5), -1):
            if tree.pos[at] == "PROPN" and tree.sentence[at] == tree.sentence[row]:
                name = tree.words[at]
                break
        made = self.row(amount, AGE, noun, row, "an age")
        return made and {**made, "about": name}

    def counted(self, amount, row):
        """The row of a number of people or things; None where nothing is counted."""
        tree = self.tree
        while row > 0 and tree.starts[row] > amount.start and tree.pos[row] != "NUM":
            row -= 1  # "50 or more"
        over = counted_noun(tree, row)
        if over is None:
            is_harm = event_of(tree, row) in HARMS and tree.dep[row] not in ("nummod", "compound")
            if not is_harm or amount.code == NONE:
                return None
            return self.row(amount, PEOPLE, "people", row, "a number of those to whom it is done")
        is_lone = amount.value == 1 and amount.how == EXACT
        if is_lone and (tree.dep[row] != "nummod" or tree.lemma[over] in VAGUE_NOUNS):
            return None
        unit = PEOPLE if is_person_noun(tree.lemma[over]) else COUNTABLES
        return self.row(amount, unit, noun_of(tree, over), over, "a number and what it counts")

    def row(self, amount, unit, noun, row, rule, code=None):
        """A row of the figures table, without doc_id."""
        tree = self.tree
        first = bisect_right(tree.ends, amount.start)
        if first >= len(tree.starts) or tree.sentence[first] != tree.sentence[row]:
            return None
        return {
            "sentence_id": tree.sentence[row],
            "paragraph_id": tree.paragraph[row],
            "start": amount.start,
            "end": amount.end,
            "text": self.text[amount.start : amount.end],
            "value": amount.value,
            "low": amount.low,
            "high": amount.high,
            "how": amount.how,
            "unit": unit,
            "noun": noun,
            "event": event_of(tree, row),
            "about": subject_above(tree, row),
            "code": code or amount.code,
            "rule": rule,
        }
