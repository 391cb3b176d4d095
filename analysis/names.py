"""Names in a parsed article: spaCy's entities trimmed to the name, and what a table of known names lists."""

import re
from collections import defaultdict
from functools import cache
from typing import NamedTuple

from . import schema
from .lexicons import read_actors
from .text import straighten
from .tokens import token_spans

# Entity labels whose longer span beats a shorter name inside it ("Bank of England" is not England).
COVERING = ("PERSON", "ORG", "FAC", "GPE", "LOC")


class Span(NamedTuple):
    """A run of tokens of one article: rows `first` to `last` (half-open), the name there, and what spaCy calls it."""

    first: int
    last: int
    name: str
    label: str


class Entry(NamedTuple):
    """One form of a name in the gazetteer."""

    form: tuple
    actor: str
    actor_type: str
    kind: str
    source: str


def spell(words):
    """Tokens as one name, compounds closed again."""
    return " ".join(words).replace(" - ", "-").replace(" '", "'")


def read_entities(parsed, words):
    """spaCy's entities as spans, without titles, articles, possessives and brackets at their edges."""
    labels = parsed["ent"].fillna("").tolist()
    spans = []
    for first in (row for row, label in enumerate(labels) if label[:1] == "B"):
        if spans and first < spans[-1].last:
            continue
        last = next((row for row in range(first + 1, len(labels)) if labels[row][:1] != "I"), len(labels))
        label = labels[first][2:]
        office = label == "ORG" and last < len(labels) and labels[last] == "B-PERSON"  # "National Security Advisor" before a name
        first, last = trim(words, first, last, label == "PERSON")
        # spaCy stops short in "Ursula von der | Leyen"
        if label == "PERSON" and last < len(words) and words[last - 1] in particles() and words[last][0].isupper():
            last += 1
        named = any(word[0].isupper() for word in words[first:last]) if label == "PERSON" else first < last and words[first][0].isupper()
        if named and not office:
            spans.append(Span(first, last, spell(words[first:last]), label))
    return spans


def trim(words, first, last, person):
    """The rows of a name without what stands before and after it."""
    while first < last and (words[first].lower() in ("the", "a", "an") or (person and is_title(words[first]))):
        first += 1
    foreign = r"^\.$|[(\d]" if person else r"^\.$|\("  # a score or a year is no part of a person's name
    last = next((row for row in range(first, last) if re.search(foreign, words[row])), last)
    while first < last and (words[last - 1] in ("'s", "'") or not re.search(r"\w", words[last - 1])):
        last -= 1
    return first, last


@cache
def titles():
    """Words that stand before a name and are no part of it (nameparser's list)."""
    from nameparser.config import CONSTANTS

    return frozenset(CONSTANTS.titles) | {"former", "then"}


@cache
def particles():
    """Small words inside a surname: von, der, bin, da … (nameparser's list)."""
    from nameparser.config import CONSTANTS

    return frozenset(CONSTANTS.prefixes)


def is_title(word):
    """Whether a word is a title or part of one."""
    return word.lower().rstrip(".") in titles()


@cache
def parts(name):
    """A person's name as (first, middle, surname, suffix), by nameparser: ("Ursula", "", "Von der Leyen", "").

    The surname begins with a capital, as it does where a sentence begins with it.
    """
    from nameparser import HumanName

    parsed = HumanName(name)
    return parsed.first, parsed.middle, capital(parsed.last or name), parsed.suffix


def capital(name):
    """The name with a capital first letter."""
    return name[:1].upper() + name[1:]


def make_gazetteer(aliases):
    """{first token: entries, longest form first} of a table like `read_actors()`; rows without an alias are passed over."""
    known = defaultdict(list)
    for row in schema.check(aliases, "aliases").dropna(subset=["alias", "actor"]).itertuples():
        alias = str(row.alias)
        words = tuple(straighten(alias)[start:end] for start, end in token_spans(alias))
        plural = row.kind == "adjective" and words and words[-1][-1] not in "seh"
        for form in [words, (*words[:-1], f"{words[-1]}s")] if plural else [words] if words else []:
            known[form[0]].append(Entry(form, row.actor, row.actor_type, row.kind, getattr(row, "source", "the table given")))
    return {first: sorted(entries, key=lambda entry: -len(entry.form)) for first, entries in known.items()}


@cache
def gazetteer():
    """The gazetteer that comes with the workbook."""
    return make_gazetteer(read_actors())


def find_listed(words, sentence, known, entities):
    """(Span, Entry) of what the gazetteer lists, longest first, within a sentence, unless it is part of a longer name.

    The label of the span is that of the entity around it, if any.
    """
    around = {row: span for span in entities if span.label in COVERING for row in range(span.first, span.last)}
    people = {span.first for span in entities if span.label == "PERSON"}
    found, row = [], 0
    while row < len(words):
        entry = next((entry for entry in known.get(words[row], ()) if stands_at(words, sentence, row, entry.form)), None)
        last = row + (len(entry.form) if entry else 1)
        entity = around.get(row)
        if entry and entity and is_part(words, row, entry, entity, people):
            last = entity.last
        elif entry:
            found.append((Span(row, last, spell(entry.form), entity.label if entity else ""), entry))
        row = last
    return found


def stands_at(words, sentence, row, form):
    """Whether the words of a form stand from this row on, in one sentence."""
    last = row + len(form)
    return tuple(words[row:last]) == form and sentence[row] == sentence[last - 1]


def is_part(words, row, entry, entity, people):
    """Whether a listed name is only part of the entity around it ("Jordan" in "Michael Jordan"); `people` begin at these rows."""
    if entity.last - entity.first > len(entry.form):
        # "White House National Security" before "Advisor Robert O'Brien" is an office: the White House stays.
        person = next((first for first in (entity.last + 1, entity.last + 2) if first in people), entity.last)
        between = words[entity.last : person]
        office = entity.label == "ORG" and row == entity.first and between and all(word[0].isupper() for word in between)
        return not office
    return entity.label == "PERSON" and entry.actor_type == "state" and entry.kind != "acronym"
