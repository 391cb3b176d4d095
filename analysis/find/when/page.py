"""One article as its expressions of time see it: the day it appeared, tenses, quotations."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date

import pandas as pd

from ...lexicons import word_list
from ...parse.datelines import LONGEST_DATELINE, dateline_length
from ...text import straighten
from .words import DAY_OF_MONTH, FOUR_DIGITS, GAP, MONTH_NAME, as_day, as_month

PUBLICATION, OWN_DATE = "publication date", "the text's own date"
IN_TEXT, SAID_ON, EXPLICIT = "another date in the text", "day of the quotation", "explicit"
NO_DATE = "the article's date is not known"
FULL_DATE = re.compile(
    rf"(?P<iso>{FOUR_DIGITS}-\d\d-\d\d)|(?P<m>{MONTH_NAME}){GAP}(?P<d>{DAY_OF_MONTH}),?{GAP}(?P<y>{FOUR_DIGITS})"
    rf"|(?P<d2>{DAY_OF_MONTH}){GAP}(?P<m2>{MONTH_NAME}),?{GAP}(?P<y2>{FOUR_DIGITS})"
)
# Where a text states its own date: its first paragraphs, in one with few other words.
HEAD_PARAGRAPHS = 5
LONGEST_DATE_LINE = 12
FUTURE_HELP = ("will", "'ll", "wo", "shall", "would", "could", "should", "may", "might", "must")
PAST_TAGS, PRESENT_TAGS = ("VBD", "VBN"), ("VBZ", "VBP")


@dataclass(frozen=True)
class Base:
    """The day that is counted from, and in words what it is."""

    day: date | None
    anchor: str

    def __str__(self):
        return f"{self.anchor}, {self.day}"


class Page:
    """The tree of one article, its text, its speech and the day from which it counts.

    `known` holds what the text has said so far, in order: (place, stretch of days).
    """

    def __init__(self, tree, text, published, speech):
        self.tree = tree
        self.text = straighten(text)
        self.speech = [row for row in speech if row.quote_type in ("direct", "mixed")]
        self.base = Base(read_day(published), PUBLICATION)
        if self.base.day is None:
            self.base = Base(self.own_date(), OWN_DATE)
        self.known = []

    def row_at(self, place):
        """The row of the token at or behind a place."""
        return min(bisect_right(self.tree.ends, place), len(self.tree.ends) - 1)

    def rows(self, start, end):
        """The rows of the tokens between two places."""
        first = bisect_right(self.tree.ends, start)
        return range(first, bisect_left(self.tree.starts, end))

    def own_date(self):
        """The day that a dateline, or a line of few words at the head of a text, states."""
        for first, last in self.tree.paragraphs[:HEAD_PARAGRAPHS]:
            ends = last if last - first <= LONGEST_DATE_LINE else first
            if ends == first:
                ends += dateline_length(self.tree.words[first : first + LONGEST_DATELINE])
            if ends > first:
                piece = self.text[self.tree.starts[first] : self.tree.ends[ends - 1]]
                found = FULL_DATE.search(piece)
                if found and (day := read_full(found)):
                    return day
        return None

    def quotation(self, place):
        """The stretch of a quotation in marks that a place stands in; None outside."""
        return next((row for row in self.speech if row.start <= place < row.end), None)

    def base_at(self, place):
        """The day that "today" would mean at a place: of a quotation, the day it was said."""
        stretch = self.quotation(place)
        if stretch is None or self.base.day is None:
            return self.base
        day = self.day_of(stretch)
        return self.base if day is None else Base(day, SAID_ON)

    def day_of(self, stretch):
        """The day on which the text says that somebody said something; None where it says none.

        It stands in the sentence of the cue, in the paragraph so far, or in the sentence before it.
        """
        cue = stretch.start if pd.isna(stretch.cue_start) else int(stretch.cue_start)
        row = self.row_at(stretch.start)
        first, _ = next(part for part in self.tree.paragraphs if part[0] <= row < part[1])
        around = [self.sentence_span(self.row_at(cue)), (self.tree.starts[first], stretch.start)]
        if first:
            around.append(self.sentence_span(first - 1))
        for start, end in around:
            for place, days in reversed(self.known):
                near = days.kind == "day" and 0 <= (self.base.day - days.first).days < 7
                if near and start <= place < end and self.quotation(place) is None:
                    return days.first
        return None

    def sentence_span(self, row):
        """(start, end) of the sentence of a token."""
        number = self.tree.sentence
        first, last = bisect_left(number, number[row]), bisect_right(number, number[row])
        return self.tree.starts[first], self.tree.ends[last - 1]

    def before(self, place, reach, kinds=()):
        """The days told last before a place, up to so many sentences ago; None where none are.

        `kinds`: only such days.
        """
        here = self.tree.sentence[self.row_at(place)]
        for where, days in reversed(self.known):
            if where < place and (not kinds or days.kind in kinds):
                near = here - self.tree.sentence[self.row_at(where)] <= reach
                return days if near else None
        return None

    def tense(self, place):
        """(`past`, `present`, `future` or None, the verb that says so) at a place."""
        tree = self.tree
        row, ahead = self.row_at(place), False
        while True:
            is_set = tree.lemma[row] == "set" and tree.tag[row] == "VBN"
            planned = is_set or tree.lemma[row] in word_list("words of what is planned")
            # Who vowed something on Thursday did so in the past.
            if planned and (ahead or tree.tag[row] != "VBD"):
                return "future", tree.words[row]
            if tree.pos[row] in ("VERB", "AUX") and (told := self.tense_of(row)):
                # "is to be held", "wants to go".
                return "future" if ahead and told == "present" else told, tree.words[row]
            ahead = ahead or any(tree.tag[child] == "TO" for child in tree.below[row])
            if tree.head[row] == row:
                return None, None
            row = tree.head[row]

    def tense_of(self, row):
        """The time of a verb by its form and its auxiliaries; None where another verb decides."""
        tree = self.tree
        row = tree.helped[row]
        help_words = [child for child in tree.below[row] if tree.dep[child] in ("aux", "auxpass")]
        if any(tree.words[child].lower() in FUTURE_HELP for child in help_words):
            perfect = any(tree.lemma[child] == "have" for child in help_words)
            return "past" if perfect else "future"
        tags = {tree.tag[row], *(tree.tag[child] for child in help_words)}
        if "TO" in tags:
            return "future" if tree.head[row] == row else None
        if tags & set(PAST_TAGS):
            return "past"
        if tags & set(PRESENT_TAGS):
            return "past" if tree.lemma[row] in word_list("verbs that say") else "present"
        return None


def read_day(words):
    """The day of a publication date; None where it is not known to the day."""
    try:
        return date.fromisoformat(str(words)[:10])
    except ValueError:
        return None


def read_full(found):
    """The day of a match of FULL_DATE; None where the calendar has no such day."""
    if found["iso"]:
        return read_day(found["iso"])
    day, month, year = (found[name] or found[f"{name}2"] for name in "dmy")
    try:
        return date(int(year), as_month(month), as_day(day))
    except ValueError:
        return None
