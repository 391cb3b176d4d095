"""Names in a parsed article: spaCy's entities trimmed to the name."""

import re
from functools import cache

from ...lexicons import actor_nouns, first_names
from .gazetteer import packaged_names
from .spans import Span, spell_name
from .titles import is_honorific, is_office, is_title


def read_entities(parsed, tree):
    """spaCy's entities as spans, without titles, articles, possessives and brackets at their edges; two people joined are parted."""
    labels, words = parsed["ent"].fillna("").tolist(), tree.words
    spans = []
    for first in (row for row, label in enumerate(labels) if label[:1] == "B"):
        if spans and first < spans[-1].last:
            continue
        last = next(
            (row for row in range(first + 1, len(labels)) if labels[row][:1] != "I"), len(labels)
        )
        label = labels[first][2:]
        if is_first_name(tree, labels, first, last):
            label = "PERSON"
        if label == "ORG" and last < len(labels) and labels[last] == "B-PERSON":
            continue  # "National Security Advisor" before a name is an office
        for begin, end in part_people(words, first, last, label):
            begin, end = trim_name(words, begin, end, label == "PERSON")
            begin, end = (
                complete_name(tree, labels, begin, end)
                if label == "PERSON" and begin < end
                else (begin, end)
            )
            named = (
                any(word[0].isupper() for word in words[begin:end])
                if label == "PERSON"
                else begin < end and words[begin][0].isupper()
            )
            if named:
                spans.append(Span(begin, end, spell_name(words[begin:end]), label))
    return spans


def part_people(words, first, last, label):
    """The parts of an entity: people joined by "and" one by one, and nothing behind a small word that is no part of a name."""
    if label not in ("PERSON", "ORG"):
        return [(first, last)]
    joints = [
        row
        for row in range(first + 1, last)
        if label == "PERSON" and words[row].lower() in ("and", "&", ",", "/")
    ]
    edges = zip([first, *(row + 1 for row in joints)], [*joints, last], strict=True)
    ends = {"PERSON": PERSON_ENDS, "ORG": ORG_ENDS}[label]

    def over(row):
        """Whether the name is over before this row: "Rathbun | the Church", not "Bank of the West"."""
        return words[row] in ends or (words[row] == "the" and not words[row - 1].islower())

    return [
        (begin, next((row for row in range(begin + 1, end) if over(row)), end))
        for begin, end in edges
    ]


# Small words that spaCy takes into a name now and then, and that end it.
ORG_ENDS = {"on", "in", "as", "by", "with", "from", "that", "who", "which", "is", "was", "said"}
PERSON_ENDS = ORG_ENDS | {"for", "of", "at", "the", "to", "or"}


def is_first_name(tree, labels, first, last):
    """Whether a single word that is no country is a first name before a surname that spaCy takes for a place ("Valeska | Paris")."""
    word, known = tree.words[first], packaged_names()
    if (
        last - first > 1
        or last >= len(labels)
        or labels[last] not in ("", "B-GPE", "B-PERSON")
        or labels[last + 1 : last + 2] == ["I-GPE"]
    ):
        return False
    joined = (
        tree.head[first] == last and tree.dep[first] == "compound" and tree.pos[last] == "PROPN"
    )
    return (
        joined
        and word in first_names()
        and not any(entry.form == (word,) for entry in known.get(word, ()))
    )


def complete_name(tree, labels, first, last):
    """(first, last) of a person's whole name: spaCy stops short in "Ursula von der | Leyen", "Valeska | Paris" and "Xi | Jinping"."""
    words, sentence = tree.words, tree.sentence

    def joins(row, other):
        """Whether a word outside belongs to the name whose edge is at `other`: a proper noun that the grammar joins to it."""
        proper = (
            0 <= row < len(words)
            and sentence[row] == sentence[other]
            and tree.pos[row] == "PROPN"
            and words[row][:1].isupper()
        )
        grammar = (
            tree.head[row] == other or tree.head[other] == row or tree.head[row] == tree.head[other]
            if proper
            else False
        )
        name = (
            tree.dep[row] in ("compound", "flat", "appos")
            or tree.dep[other] in ("compound", "flat")
            if grammar
            else False
        )
        return (
            name
            and not labels[row]
            and not is_title(words[row])
            and tree.lemma[row] not in actor_nouns()
        )

    while joins(first - 1, first):
        first -= 1
    while joins(last, last - 1):
        last += 1
    if last < len(words) and words[last][0].isupper() and sentence[last] == sentence[first]:
        if words[last - 1] in particles() or is_first_name(tree, labels, first, last):
            return first, last + 1
        if last - first == 1 and words[last + 1 : last + 2] == ["-"] and tree.pos[last] == "PROPN":
            return first, min(last + 3, len(words))
    if (
        words[last : last + 1] == ["-"]
        and last + 1 < len(words)
        and words[last + 1].islower()
        and tree.pos[last + 1] in ("PROPN", "NOUN", "X")
    ):
        return first, last + 2  # "Moon Jae | -in"
    return first, last


def trim_name(words, first, last, person):
    """The rows of a name without what stands before and after it."""
    while first < last and (
        words[first].lower() in ("the", "a", "an", "'s")
        or is_honorific(words[first])
        or (person and is_office(words, first, last))
    ):
        first += 1
    foreign = (
        r"^\.$|[(\d]" if person else r"^\.$|\("
    )  # a score or a year is no part of a person's name
    last = next((row for row in range(first, last) if re.search(foreign, words[row])), last)
    while first < last and (
        words[last - 1] in ("'s", "'") or not re.search(r"\w", words[last - 1])
    ):
        last -= 1
    return first, last


@cache
def particles():
    """Small words inside a surname: von, der, bin, da … (nameparser's list)."""
    from nameparser.config import CONSTANTS

    return frozenset(CONSTANTS.prefixes)


@cache
def name_parts(name):
    """A person's name as (first, middle, surname, suffix), by nameparser: ("Ursula", "", "Von der Leyen", "").

    The surname begins with a capital, as it does where a sentence begins with it.
    """
    from nameparser import HumanName

    parsed = HumanName(name)
    return parsed.first, parsed.middle, capitalised(parsed.last or name), parsed.suffix


def capitalised(name):
    """The name with a capital first letter."""
    return name[:1].upper() + name[1:]
