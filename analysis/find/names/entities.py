"""Names in a parsed article: spaCy's entities trimmed to the name."""

import re
from functools import cache

from ...lexicons import actor_nouns, first_names, word_list
from .gazetteer import packaged_names
from .spans import Span, spell_name
from .titles import DAYS, is_honorific, is_office, is_title

# What joins two people in one entity.
NAME_JOINTS = ("and", "&", ",", "/")
# Relations between the words of one name, and those of a word that goes on with a name before it.
NAME_RELATIONS = ("compound", "flat")
CONTINUING = (*NAME_RELATIONS, "appos")
# What ends a name: for a person, a score or a year as well.
FOREIGN = re.compile(r"^\.$|\(")
FOREIGN_TO_PEOPLE = re.compile(r"^\.$|[(\d]")


def read_entities(tree):
    """spaCy's entities as spans, two people joined in one parted.

    Without titles, articles, possessives and brackets at their edges.
    """
    spans, end = [], 0
    for first, entity in enumerate(tree.ent):
        if entity[:1] != "B" or first < end:
            continue
        last = first + 1
        while last < len(tree.ent) and tree.ent[last][:1] == "I":
            last += 1
        label = "PERSON" if is_first_name(tree, first, last) else entity[2:]
        if label == "PERSON" and last - first > 1 and tree.words[first].lower() == "of":
            first, label = first + 1, "GPE"  # "Archbishop | of Durham"
        # "National Security Advisor" before a name is an office.
        if label == "ORG" and tree.ent[last : last + 1] == ["B-PERSON"]:
            continue
        for begin, over in part_people(tree, first, last, label):
            begin, over = trim_name(tree.words, begin, over, label == "PERSON")
            while over - begin > 1 and tree.pos[over - 1] == "ADV":
                over -= 1  # "HuffPost | later"
            if label == "PERSON" and begin < over:
                begin, over = complete_name(tree, begin, over)
            words = tree.words[begin:over]
            if is_capitalised(words, label) and not is_only_title(words):
                spans.append(Span(begin, over, spell_name(words), label))
                end = over
    return spans


def is_capitalised(words, label):
    """Whether words have the capital of a name: of a person's, any of them, else the first."""
    if label == "PERSON":
        return any(word[0].isupper() for word in words)
    return bool(words) and words[0][0].isupper()


def is_only_title(words):
    """Whether the words are no name but a title that is written short: "MP", "Gen."."""
    short = word_list("abbreviated titles")
    return all(is_honorific(word) or word.lower().rstrip(".") in short for word in words)


def part_people(tree, first, last, label):
    """The parts of an entity: people joined by "and" one by one.

    Nothing stays behind a small word that is no part of a name. Of people joined by a hyphen, as in
    "the Romney-Ryan Medicare plan", stay the surnames alone, or the organisation behind them.
    """
    if label not in ("PERSON", "ORG"):
        return [(first, last)]
    words, hyphens = tree.words, find_joining_hyphens(tree, first, last)
    if label == "ORG" and hyphens and hyphens[-1] + 2 < last:
        first = hyphens[-1] + 2
    ends, joints = word_list("words that end a name"), []
    if label == "PERSON":
        ends = ends | word_list("words that end a person's name")
        joints = [row for row in range(first + 1, last) if words[row].lower() in NAME_JOINTS]
        joints = sorted([*joints, *hyphens])
    parts, begin = [], first
    for end in (*joints, last):
        over = begin + 1
        is_joined = begin - 1 in hyphens
        while over < end and not is_joined and not is_name_over(words, over, ends):
            over += 1
        parts.append((begin, min(over, end)))
        begin = end + 1
    return parts


def find_joining_hyphens(tree, first, last):
    """The rows of hyphens that join two people, each of whom is named elsewhere without one."""
    words = tree.words
    hyphens = [row for row in range(first + 1, last - 1) if words[row] == "-"]
    if not hyphens:
        return []
    beside = {row + step for row, word in enumerate(words) if word == "-" for step in (-1, 1)}
    people = {
        words[row]
        for row, mark in enumerate(tree.ent)
        if mark[2:] == "PERSON" and row not in beside
    }
    return [row for row in hyphens if {words[row - 1], words[row + 1]} <= people]


def is_name_over(words, row, ends):
    """Whether the name is over before this row: "Rathbun | the Church", not "Bank of the West"."""
    return words[row] in ends or (words[row] == "the" and not words[row - 1].islower())


def is_first_name(tree, first, last):
    """Whether a first name that is no country stands before a surname taken for a place.

    As spaCy takes it in "Valeska | Paris".
    """
    if last - first > 1 or last >= len(tree.ent):
        return False
    can_be_surname = tree.ent[last] in ("", "B-GPE", "B-PERSON")
    goes_on = tree.ent[last + 1 : last + 2] == ["I-GPE"]
    if goes_on or not can_be_surname:
        return False
    if not is_compound(tree, first, last):
        return False
    word = tree.words[first]
    listed = any(entry.form == (word,) for entry in packaged_names().get(word, ()))
    return word in first_names() and not listed


def is_compound(tree, row, over):
    """Whether a word is part of a compound whose last word, a proper noun, stands at `over`."""
    joined = tree.head[row] == over and tree.dep[row] == "compound"
    return joined and tree.pos[over] == "PROPN"


def complete_name(tree, first, last):
    """(first, last) of a person's whole name where spaCy stops short.

    As in "Ursula von der | Leyen", "Valeska | Paris" and "Xi | Jinping".
    """
    words = tree.words
    while joins_name(tree, first - 1, first):
        first -= 1
    while joins_name(tree, last, last - 1):
        last += 1
    behind = words[last : last + 2]
    has_capital = bool(behind) and behind[0][0].isupper()
    if has_capital and tree.sentence[last] == tree.sentence[first]:
        if words[last - 1] in particles() or is_first_name(tree, first, last):
            return first, last + 1
        is_hyphened = behind[1:] == ["-"] and tree.pos[last] == "PROPN"
        if last - first == 1 and is_hyphened:
            return first, min(last + 3, len(words))
    # "Moon Jae | -in"
    is_syllable = len(behind) == 2 and behind[0] == "-" and behind[1].islower()
    if is_syllable and tree.pos[last + 1] in ("PROPN", "NOUN", "X"):
        return first, last + 2
    return first, last


def joins_name(tree, row, edge):
    """Whether a word outside belongs to the name whose edge is at `edge`.

    A proper noun that the grammar joins to it, and no title or noun for an actor.
    """
    if not 0 <= row < len(tree.words) or tree.sentence[row] != tree.sentence[edge]:
        return False
    word = tree.words[row]
    is_proper = tree.pos[row] == "PROPN" and word[:1].isupper()
    if tree.ent[row] or not is_proper:
        return False
    is_joined = tree.head[row] == edge or tree.head[edge] in (row, tree.head[row])
    as_name = tree.dep[row] in CONTINUING or tree.dep[edge] in NAME_RELATIONS
    is_class = is_title(word) or tree.lemma[row] in actor_nouns()
    return is_joined and as_name and not is_class


def trim_name(words, first, last, is_person):
    """The rows of a name without what stands before and after it."""
    while first < last and precedes_name(words, first, last, is_person):
        first += 1
    foreign = FOREIGN_TO_PEOPLE if is_person else FOREIGN
    for row in range(first, last):
        if foreign.search(words[row]):
            last = row
            break
    while first < last and not ends_name(words[last - 1]):
        last -= 1
    return first, last


def precedes_name(words, first, last, is_person):
    """Whether the first word of an entity is no part of the name: an article or a title."""
    word = words[first]
    if word.lower() in ("the", "a", "an", "'s") or is_honorific(word) or word in DAYS:
        return True
    if is_person and last - first > 1 and word.endswith("s") and is_title(word[:-1]):
        return True  # "Senators Ann Lee and Bob Reed"
    is_behind_the = first > 0 and words[first - 1].lower() == "the"
    if is_person and last - first > 2 and is_behind_the and word not in first_names():
        return True  # "Secretary of the Interior Ryan Zinke"
    return is_person and is_office(words, first, last)


def ends_name(word):
    """Whether a word can be the last of a name: no possessive, no mark."""
    return word not in ("'s", "'") and re.search(r"\w", word) is not None


@cache
def particles():
    """Small words inside a surname: von, der, bin, da … (nameparser's list)."""
    from nameparser.config import CONSTANTS

    return frozenset(CONSTANTS.prefixes)


@cache
def name_parts(name):
    """A person's name as (first, middle, surname, suffix), by nameparser.

    "Ursula von der Leyen" is ("Ursula", "", "Von der Leyen", ""): the surname begins with a
    capital, as it does where a sentence begins with it.
    """
    from nameparser import HumanName

    parsed = HumanName(name)
    return parsed.first, parsed.middle, capitalised(parsed.last or name), parsed.suffix.rstrip(".")


def capitalised(name):
    """The name with a capital first letter."""
    return name[:1].upper() + name[1:]
