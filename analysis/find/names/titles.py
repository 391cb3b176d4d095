"""Titles and offices before names, and nouns beside them."""

import calendar
from functools import cache

from ...lexicons import first_names, noun_gender, noun_types, word_list
from ...parse.tree import head_of
from ...schema import NAMED
from .nouns import fits_noun
from .pronouns import Naming
from .spans import rows_of

DAYS = frozenset((*calendar.day_name, *calendar.month_name, "Yesterday", "Today", "Tomorrow"))
# What a title may hold, and does not begin with.
NOT_FIRST = ("of", "for", "and", "former", "then", "-", "the")
# Words that are in nameparser's list and no title by themselves.
NO_TITLE = ("former", "then", "the")


def find_titles(tree, names):
    """[(first, last, actor)] of the titles and offices directly before people's names."""
    taken = rows_of(span for span, _ in names)
    titles = []
    for span, link in names:
        if link.actor_type != "person" or not link.actor:
            continue
        first = title_start(tree, span.first, taken)
        if first < span.first and is_tied(tree, first, span):
            titles.append((first, span.first, link.actor))
    return titles


def is_tied(tree, first, span):
    """Whether the grammar ties the word before a name to it.

    As in "President Raisi", and not in "the general Biden chose". `first` is where the title of the
    name in the span begins.
    """
    row = span.first - 1
    over = tree.head[row]
    depends_inside = over != row and first <= over < span.last
    governs = tree.head[head_of(tree, span.first, span.last)] == row
    return depends_inside or governs or is_title(tree.words[row])


def title_start(tree, name, taken):
    """The row where the title before a name begins, or the name's own row."""
    first = name
    while first and continues_title(tree, first - 1, name, taken):
        first -= 1
        # "supporters of President Seo"
        if tree.words[first].lower() == "of" and "person" in noun_types(tree.lemma[name - 1]):
            first += 1
            break
    while first < name and tree.words[first].lower() in NOT_FIRST:
        first += 1
    return first


def continues_title(tree, row, name, taken):
    """Whether the title before a name, so far from the next row on, takes in this row too."""
    if row in taken or tree.sentence[row] != tree.sentence[name]:
        return False
    if tree.pos[row] in ("PRON", "DET") or tree.words[row] in DAYS:
        return False
    if is_title_word(tree, row):
        return True
    # Beside the name it must be a title by itself.
    return is_office_noun(tree, row) if row == name - 1 else is_inside_title(tree, row)


def is_title_word(tree, row):
    """Whether a word is a title by itself, here."""
    word = tree.words[row]
    is_noun = word[0].isupper() or tree.pos[row] in ("NOUN", "PROPN")
    is_whole = is_title(word) and word.lower() not in NO_TITLE
    return is_noun and is_whole


def is_office_noun(tree, row):
    """Whether a word is a noun for one person."""
    is_one = tree.pos[row] in ("NOUN", "PROPN") and tree.tag[row] in ("NN", "NNP")
    return is_one and "person" in noun_types(tree.lemma[row])


def is_inside_title(tree, row):
    """Whether a word can stand inside a title of several words: "Minister of Foreign Affairs"."""
    word = tree.words[row]
    if word[0].isupper() and tree.pos[row] in ("PROPN", "NOUN", "ADJ"):
        return True
    return word.lower() in ("of", "for") and tree.words[row - 1][:1].isupper()


def find_beside(tree, names):
    """{row: Naming} of nouns beside which a name stands: "a spokesman, Saeed Khatibzadeh"."""
    taken = rows_of(span for span, _ in names)
    tied = {}
    for span, link in names:
        row = head_of(tree, span.first, span.last)
        noun = tree.head[row]
        is_named = link.actor and link.kind in NAMED
        if not is_named or tree.dep[row] != "appos":
            continue
        # Directly before the name it is a title: "his wife Ann Miller".
        is_title_there = noun + 1 >= span.first
        if is_title_there or noun in taken:
            continue
        several = link.actor_type == "person" and tree.tag[noun] == "NNS"
        if fits_noun(tree, noun, link.actor_type) and not several:
            lemma = tree.lemma[noun]
            tied[noun] = Naming(link.actor, link.actor_type, noun_gender(lemma), [lemma], set())
    return tied


@cache
def titles():
    """Words that stand before a name and are no part of it (nameparser's list, and ours)."""
    from nameparser.config import CONSTANTS

    listed = frozenset(CONSTANTS.titles)
    return listed | word_list("words of titles") | word_list("abbreviated titles")


def is_honorific(word):
    """Whether a word is Mr, Mrs, Ms, Dr and the like."""
    return word.rstrip(".") in word_list("honorifics")


def is_office(words, first, last):
    """Whether a person's name begins with a title or, before more words, a noun for an office.

    "Majority Whip Kevin McCarthy": a noun for an office behind a word that is no first name.
    """
    if is_title(words[first]):
        return True
    if last - first > 1 and noun_types(words[first].lower()) == {"person"}:
        return True
    is_second = last - first > 2 and noun_types(words[first + 1].lower()) == {"person"}
    return is_second and words[first] not in first_names()


def is_title(word):
    """Whether a word is a title or part of one."""
    return word.lower().rstrip(".") in titles()
