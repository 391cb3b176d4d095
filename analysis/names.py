"""Names in a parsed article: spaCy's entities trimmed to the name, and what a table of known names lists."""

import re
from collections import defaultdict
from functools import cache
from typing import NamedTuple

from . import schema
from .lexicons import actor_nouns, first_names, noun_types, read_actors
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


class Link(NamedTuple):
    """Whom a span means, and why."""

    actor: str | None
    actor_type: str
    kind: str
    rule: str


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


def read_entities(parsed, parse):
    """spaCy's entities as spans, without titles, articles, possessives and brackets at their edges; two people joined are parted."""
    labels, words = parsed["ent"].fillna("").tolist(), parse.words
    spans = []
    for first in (row for row, label in enumerate(labels) if label[:1] == "B"):
        if spans and first < spans[-1].last:
            continue
        last = next((row for row in range(first + 1, len(labels)) if labels[row][:1] != "I"), len(labels))
        label = labels[first][2:]
        if is_given(parse, labels, first, last):
            label = "PERSON"
        if label == "ORG" and last < len(labels) and labels[last] == "B-PERSON":
            continue  # "National Security Advisor" before a name is an office
        for begin, end in pieces(words, first, last, label):
            begin, end = trim(words, begin, end, label == "PERSON")
            begin, end = complete(parse, labels, begin, end) if label == "PERSON" and begin < end else (begin, end)
            named = any(word[0].isupper() for word in words[begin:end]) if label == "PERSON" else begin < end and words[begin][0].isupper()
            if named:
                spans.append(Span(begin, end, spell(words[begin:end]), label))
    return spans


def pieces(words, first, last, label):
    """The parts of an entity: people joined by "and" one by one, and nothing behind a small word that is no part of a name."""
    if label not in ("PERSON", "ORG"):
        return [(first, last)]
    joints = [row for row in range(first + 1, last) if label == "PERSON" and words[row].lower() in ("and", "&", ",", "/")]
    edges = zip([first, *(row + 1 for row in joints)], [*joints, last], strict=True)
    ends = {"PERSON": PERSON_ENDS, "ORG": ORG_ENDS}[label]

    def over(row):
        """Whether the name is over before this row: "Rathbun | the Church", not "Bank of the West"."""
        return words[row] in ends or (words[row] == "the" and not words[row - 1].islower())

    return [(begin, next((row for row in range(begin + 1, end) if over(row)), end)) for begin, end in edges]


# Small words that spaCy takes into a name now and then, and that end it.
ORG_ENDS = {"on", "in", "as", "by", "with", "from", "that", "who", "which", "is", "was", "said"}
PERSON_ENDS = ORG_ENDS | {"for", "of", "at", "the", "to", "or"}


def is_given(parse, labels, first, last):
    """Whether a single word that is no country is a first name before a surname that spaCy takes for a place ("Valeska | Paris")."""
    word, known = parse.words[first], gazetteer()
    if last - first > 1 or last >= len(labels) or labels[last] not in ("", "B-GPE", "B-PERSON") or labels[last + 1 : last + 2] == ["I-GPE"]:
        return False
    joined = parse.head[first] == last and parse.dep[first] == "compound" and parse.pos[last] == "PROPN"
    return joined and word in first_names() and not any(entry.form == (word,) for entry in known.get(word, ()))


def complete(parse, labels, first, last):
    """(first, last) of a person's whole name: spaCy stops short in "Ursula von der | Leyen", "Valeska | Paris" and "Xi | Jinping"."""
    words, sentence = parse.words, parse.sentence

    def joins(row, other):
        """Whether a word outside belongs to the name whose edge is at `other`: a proper noun that the grammar joins to it."""
        proper = 0 <= row < len(words) and sentence[row] == sentence[other] and parse.pos[row] == "PROPN" and words[row][:1].isupper()
        grammar = parse.head[row] == other or parse.head[other] == row or parse.head[row] == parse.head[other] if proper else False
        name = parse.dep[row] in ("compound", "flat", "appos") or parse.dep[other] in ("compound", "flat") if grammar else False
        return name and not labels[row] and not is_title(words[row]) and parse.lemma[row] not in actor_nouns()

    while joins(first - 1, first):
        first -= 1
    while joins(last, last - 1):
        last += 1
    if last < len(words) and words[last][0].isupper() and sentence[last] == sentence[first]:
        if words[last - 1] in particles() or is_given(parse, labels, first, last):
            return first, last + 1
        if last - first == 1 and words[last + 1 : last + 2] == ["-"] and parse.pos[last] == "PROPN":
            return first, min(last + 3, len(words))
    if words[last : last + 1] == ["-"] and last + 1 < len(words) and words[last + 1].islower() and parse.pos[last + 1] in ("PROPN", "NOUN", "X"):
        return first, last + 2  # "Moon Jae | -in"
    return first, last


def trim(words, first, last, person):
    """The rows of a name without what stands before and after it."""
    while first < last and (
        words[first].lower() in ("the", "a", "an", "'s") or is_honorific(words[first]) or (person and is_office(words, first, last))
    ):
        first += 1
    foreign = r"^\.$|[(\d]" if person else r"^\.$|\("  # a score or a year is no part of a person's name
    last = next((row for row in range(first, last) if re.search(foreign, words[row])), last)
    while first < last and (words[last - 1] in ("'s", "'") or not re.search(r"\w", words[last - 1])):
        last -= 1
    return first, last


ABBREVIATED = {"sen", "rep", "gov", "gen", "col", "lt", "sgt", "rev", "hon", "pres", "supt", "insp", "cmdr", "adm", "amb"}


@cache
def titles():
    """Words that stand before a name and are no part of it (nameparser's list)."""
    from nameparser.config import CONSTANTS

    return frozenset(CONSTANTS.titles) | {"former", "then", "emeritus"} | ABBREVIATED


@cache
def particles():
    """Small words inside a surname: von, der, bin, da … (nameparser's list)."""
    from nameparser.config import CONSTANTS

    return frozenset(CONSTANTS.prefixes)


def is_honorific(word):
    """Whether a word is Mr, Mrs, Ms, Dr and the like."""
    return word.rstrip(".") in ("Mr", "Mrs", "Ms", "Miss", "Dr", "Sir", "Dame")


def is_office(words, first, last):
    """Whether a person's name begins with a title or, before more words, a noun for an office."""
    return is_title(words[first]) or (last - first > 1 and noun_types(words[first].lower()) == {"person"})


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
    return entity.label == "PERSON" and entry.actor_type == "state" and entry.kind not in ("acronym", "capital")
