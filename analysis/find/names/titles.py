"""Titles and offices before names, and nouns beside them."""

import calendar
from functools import cache

from ...lexicons import noun_gender, noun_types
from ...parse.tree import head_of
from ...schema import NAMED
from .pronouns import fits_noun

DAYS = frozenset((*calendar.day_name, *calendar.month_name, "Yesterday", "Today", "Tomorrow"))


def find_titles(tree, links):
    """[((first, last), actor)] of the titles and offices directly before people's names."""
    taken = {row for (first, last), _ in links for row in range(first, last)}
    titles = []
    for (name, last), link in links:
        first = (
            title_start(tree, name, taken) if link.actor_type == "person" and link.actor else name
        )
        if first < name and not is_tied(tree, name - 1, first, name, last):
            first = name
        if first < name:
            titles.append(((first, name), link.actor))
    return titles


def is_tied(tree, row, first, name, last):
    """Whether the grammar ties the word before a name to it, as in "President Raisi" and not in "the general Biden chose"."""
    head = head_of(tree, name, last)
    return (
        first <= tree.head[row] < last
        and tree.head[row] != row
        or tree.head[head] == row
        or is_title(tree.words[row])
    )


def title_start(tree, name, taken):
    """The row where the title before a name begins, or the name's own row."""
    first = name
    while (
        first
        and first - 1 not in taken
        and tree.sentence[first - 1] == tree.sentence[name]
        and in_title(tree, first - 1, first == name)
    ):
        first -= 1
        if tree.words[first].lower() == "of" and "person" in noun_types(
            tree.lemma[name - 1]
        ):  # "supporters of President Seo"
            first += 1
            break
    while first < name and tree.words[first].lower() in (
        "of",
        "for",
        "and",
        "former",
        "then",
        "-",
        "the",
    ):
        first += 1
    return first


def in_title(tree, row, beside):
    """Whether a word can be part of a title; beside the name it must be one by itself."""
    word, lower = tree.words[row], tree.words[row].lower()
    if tree.pos[row] in ("PRON", "DET") or word in DAYS:
        return False
    if (
        is_title(word)
        and lower not in ("former", "then", "the")
        and (word[0].isupper() or tree.pos[row] in ("NOUN", "PROPN"))
    ):
        return True
    if beside:
        return (
            "person" in noun_types(tree.lemma[row])
            and tree.pos[row] in ("NOUN", "PROPN")
            and tree.tag[row] in ("NN", "NNP")
        )
    return (
        word[0].isupper()
        and tree.pos[row] in ("PROPN", "NOUN", "ADJ")
        or (lower in ("of", "for") and tree.words[row - 1][:1].isupper())
    )


def find_beside(tree, links):
    """{row: (actor, actor type, noun, gender)} of nouns beside which a name stands: "a spokesman, Saeed Khatibzadeh"."""
    tied = {}
    taken = {row for (first, last), _ in links for row in range(first, last)}
    for (first, last), link in links:
        row = head_of(tree, first, last)
        noun = tree.head[row]
        named = link.actor and link.kind in NAMED and tree.dep[row] == "appos" and noun not in taken
        # Directly before the name it is a title: "his wife Ann Miller".
        several = link.actor_type == "person" and tree.tag[noun] == "NNS"
        if named and noun + 1 < first and fits_noun(tree, noun, link.actor_type) and not several:
            gender = noun_gender(tree.lemma[noun])
            tied[noun] = (link.actor, link.actor_type, tree.lemma[noun], gender)
    return tied


ABBREVIATED = {
    "sen",
    "rep",
    "gov",
    "gen",
    "col",
    "lt",
    "sgt",
    "rev",
    "hon",
    "pres",
    "supt",
    "insp",
    "cmdr",
    "adm",
    "amb",
}


@cache
def titles():
    """Words that stand before a name and are no part of it (nameparser's list)."""
    from nameparser.config import CONSTANTS

    return frozenset(CONSTANTS.titles) | {"former", "then", "emeritus"} | ABBREVIATED


def is_honorific(word):
    """Whether a word is Mr, Mrs, Ms, Dr and the like."""
    return word.rstrip(".") in ("Mr", "Mrs", "Ms", "Miss", "Dr", "Sir", "Dame")


def is_office(words, first, last):
    """Whether a person's name begins with a title or, before more words, a noun for an office."""
    return is_title(words[first]) or (
        last - first > 1 and noun_types(words[first].lower()) == {"person"}
    )


def is_title(word):
    """Whether a word is a title or part of one."""
    return word.lower().rstrip(".") in titles()
