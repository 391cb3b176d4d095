"""Where two articles give different numbers, times or dates for the same thing."""

import itertools
from collections import defaultdict
from typing import NamedTuple

import numpy as np
import pandas as pd

from .. import schema
from ..read.articles import texts_behind
from ..schema import SENTENCE
from .alignment import SAME_EVENT, Alignment
from .claims import CALENDAR, agree, ends_of, read_claims, read_dated
from .figures import AGE, COUNTABLES, GOING_ON, PEOPLE, TIME_OF_DAY, find_figures
from .quotes import find_voices

# How like the words around two claims must be, by what they are of: deaths and ages of one event
# are seldom of different people, a sum of money can be of anything.
ENOUGH = {"kill": 0.2, "injure": 0.25, "arrest": 0.3, "march": 0.3, "shoot": 0.25, AGE: 0.1}
# Dates in full, and those that are counted from the day of publication.
ENOUGH |= {"plain": 0.85, "counted": 1.2}
ENOUGH_ELSE = 0.65
SAME_VERB, SAME_SUBJECT = 0.15, 0.15
# Reports of one event are published within so many days.
DAYS_APART = 31
# An act that is told with days so far apart is another one.
OTHER_DAY = 1


# Two claims whose words are all alike and that have one verb and subject are this near.
NEAREST_OF_ALL = 2.0
# Somebody who says the same stands against a conflict if what surrounds it is so near at least, as
# a share of how near the two are that conflict.
NEAR_ENOUGH = 0.6
# Up to here a number is written with its decimals.
WITH_DECIMALS = 100_000
CODES_OF_UNITS = {
    PEOPLE: "count",
    COUNTABLES: "count",
    AGE: "age",
    TIME_OF_DAY: "clock",
    CALENDAR: "date",
}
WHY_COMPARED = {
    "act": "both count those to whom the same was done, or who did it",
    "count": "both count the same",
    "age": "both are the age of somebody of this name",
    "clock": "both are times of the day",
    "date": "both are dates",
    "measure": "both measure in the same",
}


class Pair(NamedTuple):
    """Two claims of two articles on one thing."""

    one: object
    other: object
    agrees: bool
    near: float


def find_conflicts(
    articles,
    tokens,
    figures=None,
    mentions=None,
    dates=None,
    quotes=None,
    speech=None,
    *,
    alike=SAME_EVENT,
    agreeing=False,
):
    """Find where two articles give different figures for one thing: one row a passage and other
    article.

    Compared are articles on one event: those with `alike` in common (a cosine, 0.15 by default; 0
    compares all with all) and published within a month. Two figures are of one thing if they count
    the same (deaths, injuries, arrests and marchers under one word each), and the words around them
    are alike, rare words weighing most; `sure` says how much. What both leave open is no conflict:
    "at least two" and three agree, "as many as seven" and one do not. A number that the other
    article gives, too, is not held against the next one, but for deaths, injuries, arrests and
    crowds, where an article can give several people's. Each pair comes twice, once from either
    side. With `agreeing`, pairs that agree are given as well (`agrees`). `voice` and `other_voice`
    say in whose words each stands, if `quotes` and `speech` are given; `later` that the same outlet
    published the other one afterwards. Which of the two is right is not known. Of 100 figures
    changed in a sentence, 94 are found; told in other words, fewer are. Of what is found between
    articles as they are, most is of two different things: read both (benchmarks/README.md).

    >>> articles = read_texts(["Police shot at marchers in Linz. Two people were killed.",
    ...                        "In Linz, police shot at the marchers and killed three people."])
    >>> tokens = split_tokens(articles)
    >>> conflicts = find_conflicts(articles, tokens)
    >>> conflicts[["text", "other_text", "what"]].values.tolist()
    [['Two', 'three', 'people: kill'], ['three', 'Two', 'people: kill']]
    """
    texts = texts_behind(articles, schema.check(tokens, "tokens"))
    if figures is None:
        figures = find_figures(articles, tokens, dates)
    schema.check(figures, "figures")
    alignment = Alignment(tokens, mentions)
    comparing = Comparing(articles, alignment, mentions, dates, alike)
    pairs = comparing.find_pairs([*read_claims(figures, texts, alignment)])
    rows = [row for pair in pairs for row in rows_of_pair(pair, figures, comparing)]
    if dates is not None:
        told = comparing.find_pairs([*read_dated(dates, alignment, comparing.published)])
        rows += [row for pair in told for row in rows_of_pair(pair, dates, comparing)]
    rows = [row for row in rows if agreeing or not row["agrees"]]
    order = {doc_id: number for number, doc_id in enumerate(alignment.docs)}
    rows.sort(key=lambda row: (order[row["doc_id"]], row["start"], -row["end"], -row["sure"]))
    found = schema.table(rows, "conflicts")
    return found if quotes is None else add_voices(found, quotes, speech)


def add_voices(found, quotes, speech):
    """The table with in whose words both passages stand."""
    there = found[["other_doc_id", "other_start", "other_end"]]
    there = there.set_axis(["doc_id", "start", "end"], axis=1)
    voices = find_voices(found, quotes, speech), find_voices(there, quotes, speech)
    found = found.assign(voice=voices[0], other_voice=voices[1])
    return schema.table(found, "conflicts")


class Comparing:
    """Articles beside each other: which pairs of claims are of one thing."""

    def __init__(self, articles, alignment, mentions, dates, alike):
        self.alignment = alignment
        by_id = articles.drop_duplicates("doc_id").set_index("doc_id").reindex(alignment.docs)
        self.outlets = by_id["outlet"].tolist()
        self.published = pd.to_datetime(by_id["published"], errors="coerce", utc=True).tolist()
        self.related = alignment.related(alike)
        self.places, self.days = self.read_places(mentions), self.read_days(dates)

    def is_later(self, one, other):
        """Whether the other article is of the same outlet, and of a later day."""
        outlets = self.outlets[one], self.outlets[other]
        is_same = isinstance(outlets[0], str) and outlets[0] == outlets[1]
        return bool(is_same and self.published[one] < self.published[other])

    def read_places(self, mentions):
        """{sentence: the places that it names}."""
        found = defaultdict(set)
        if mentions is not None:
            is_place = mentions["actor_type"].eq("place") & mentions["actor"].notna()
            for mention in mentions[is_place].itertuples():
                found[self.alignment.number[mention.doc_id, mention.sentence_id]].add(mention.actor)
        return found

    def read_days(self, dates):
        """{sentence: the first and last days of the dates that it tells}."""
        found = defaultdict(list)
        if dates is not None:
            for told in dates[dates["kind"].isin(("day", "year"))].itertuples():
                ends = ends_of(told.value)
                if ends is not None:
                    found[self.alignment.number.get((told.doc_id, told.sentence_id))].append(ends)
        return found

    def find_pairs(self, claims):
        """The pairs of claims that are of one thing, each once."""
        by_key, shared = defaultdict(lambda: defaultdict(list)), Shared(self.alignment)
        for claim in claims:
            by_key[claim.key][claim.doc].append(claim)
        compared = []
        for by_doc in by_key.values():
            for one, other in self.candidates(by_doc):
                if self.may_be_one(one, other):
                    near = shared.nearness(one, other)
                    compared.append(Pair(one, other, agree(one, other), near))
        matched, ranks = find_matched(compared), rank_claims(claims)
        return [
            pair
            for pair in compared
            if is_enough(pair) and not is_met(pair, matched) and is_in_step(pair, ranks)
        ]

    def candidates(self, by_doc):
        """The pairs of claims of two related articles, each once."""
        for doc, claims in by_doc.items():
            for other in np.flatnonzero(self.related[doc, :doc]):
                yield from itertools.product(by_doc.get(other, ()), claims)

    def may_be_one(self, one, other):
        """Whether two claims can be of one thing, by their articles, places and days."""
        if one.is_part != other.is_part:
            return False
        apart = abs((self.published[one.doc] - self.published[other.doc]).days)
        if apart > DAYS_APART:
            return False
        places = self.places.get(one.sentence), self.places.get(other.sentence)
        if one.unit != AGE and all(places) and places[0].isdisjoint(places[1]):
            return False
        days = self.days.get(one.sentence), self.days.get(other.sentence)
        if one.unit in (CALENDAR, AGE) or not all(days):
            return True
        return any(
            first <= last_other + OTHER_DAY and first_other <= last + OTHER_DAY
            for first, last in days[0]
            for first_other, last_other in days[1]
        )


class Shared:
    """What the words around claims share with other sentences; each is looked up once."""

    def __init__(self, alignment):
        self.alignment, self.near, self.whole = alignment, {}, {}

    def nearness(self, one, other):
        """How like two claims are: the words near each, and their sentences; 0 to 2."""
        alignment = self.alignment
        near = self.part(one, other) + self.part(other, one)
        weights = alignment.weight[one.words].sum() + alignment.weight[other.words].sum()
        if one.sentence not in self.whole:
            words = alignment.words_of[one.sentence]
            self.whole[one.sentence] = alignment.shared(words)
        whole = 2 * self.whole[one.sentence][other.sentence]
        total = alignment.total[one.sentence] + alignment.total[other.sentence]
        score = near / max(weights, 1e-9) + whole / max(total, 1e-9)
        score += SAME_VERB * (one.event != "" and one.event == other.event)
        return score + SAME_SUBJECT * (one.about != "" and one.about == other.about)

    def part(self, one, other):
        """The weight of the words near a claim that the other's sentence, or what is near, has."""
        key = one.row, one.unit
        if key not in self.near:
            self.near[key] = self.alignment.shared(one.words)
        return self.near[key][other.sentence]


def rank_claims(claims):
    """{(row, key): (which of the claims of its key in its sentence one is, of how many)}."""
    together = defaultdict(list)
    for claim in claims:
        together[claim.sentence, claim.key].append(claim)
    return {
        (claim.row, claim.key): (rank, len(alike))
        for alike in together.values()
        for rank, claim in enumerate(alike)
    }


def is_in_step(pair, ranks):
    """Whether two claims have the same place among as many: 1967 to 1979, 1966 to 1978."""
    one, other = (ranks[claim.row, claim.key] for claim in (pair.one, pair.other))
    return pair.agrees or one[1] != other[1] or one == other


def is_same_word(one, other):
    """Whether two dates are told in one word, so that they differ by the day of publication."""
    words = set(one.about.split()) & set(other.about.split())
    return any(word not in ("last", "next", "this", "the", "late", "early") for word in words)


def is_of_act(claim):
    """Whether a claim is of deaths, injuries, arrests or a crowd."""
    return claim.key[0] == PEOPLE


def is_enough(pair):
    """Whether two claims are alike enough to be of one thing."""
    one, other = pair.one, pair.other
    of_act = is_of_act(one) or (one.unit == TIME_OF_DAY and one.event == other.event)
    kind = one.event if of_act and not one.is_part else one.unit
    kind = one.code if one.unit == CALENDAR else kind
    return pair.near >= ENOUGH.get(kind, ENOUGH_ELSE)


def find_matched(compared):
    """{(claim, article, sentence or None): how near the nearest is who says the same there}."""
    found = defaultdict(float)
    for pair in compared:
        if pair.agrees:
            for one, other in ((pair.one, pair.other), (pair.other, pair.one)):
                for sentence in (None, other.sentence):
                    key = one.row, other.doc, sentence
                    found[key] = max(found[key], pair.near)
    return found


def is_met(pair, matched):
    """Whether two claims differ of which one is met elsewhere by one that agrees."""
    if pair.agrees:
        return False
    one, other = pair.one, pair.other
    if one.code == "counted" and is_same_word(one, other):
        return True
    goes_on = GOING_ON in (one.code, other.code)
    if goes_on and is_of_act(one):
        return False  # "the police put it at 600, the organisers at 4,000"
    is_open = is_of_act(one) or goes_on or one.unit == CALENDAR
    for claim, against in ((one, other), (other, one)):
        place = against.sentence if is_open else None
        if matched.get((claim.row, against.doc, place), 0) >= NEAR_ENOUGH * pair.near:
            return True
    return False


def rows_of_pair(pair, table, comparing):
    """The two rows of a pair, one from either side."""
    for one, other in ((pair.one, pair.other), (pair.other, pair.one)):
        here, there = table.iloc[one.row], table.iloc[other.row]
        sure = min(pair.near / NEAREST_OF_ALL, 1.0)
        code = code_of(one)
        yield {
            **{column: here[column] for column in (*SENTENCE, "paragraph_id", "start", "end")},
            "text": here["text"],
            "value": value_in_words(here["value"]),
            "other_doc_id": there["doc_id"],
            "other_start": there["start"],
            "other_end": there["end"],
            "other_text": there["text"],
            "other_value": value_in_words(there["value"]),
            "unit": one.unit,
            "what": describe_claim(one),
            "agrees": pair.agrees,
            "later": comparing.is_later(one.doc, other.doc),
            "sure": sure,
            "code": code,
            "rule": f"{WHY_COMPARED[code]}; the words around them are {sure:.0%} alike",
        }


def code_of(claim):
    """The code of a pair of claims."""
    if is_of_act(claim):
        return "act"
    return CODES_OF_UNITS.get(claim.unit, "measure")


def value_in_words(value):
    """A value as text; None where it is missing."""
    if pd.isna(value):
        return None
    return (
        value
        if isinstance(value, str)
        else f"{value:g}"
        if value < WITH_DECIMALS
        else f"{value:.0f}"
    )


def describe_claim(claim):
    """What a figure is of, in plain words."""
    if claim.unit == CALENDAR:
        return f"date ({claim.noun})"
    if claim.unit == AGE:
        return f"age of {claim.about}"
    if claim.unit == TIME_OF_DAY:
        return f"time of day: {claim.event}" if claim.event else "time of day"
    return f"{claim.noun}: {claim.event}" if claim.event else claim.noun
