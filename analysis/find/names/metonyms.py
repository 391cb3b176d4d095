"""Capitals that stand for their governments: "Tehran rejected the plan"."""

from ...lexicons import reporting_verbs, word_list
from ..roles import is_linking
from .clues import first_conjunct


def is_acting(tree, row):
    """Whether a town at a row does, or is told, what only a government can do, or be told.

    "Tehran rejected the plan" and "asked Dublin", but not "Paris looks beautiful".
    """
    row = first_conjunct(tree, row)
    verb = tree.head[row]
    if tree.dep[row] == "nsubj":
        return tree.pos[verb] == "VERB" and is_government_act(tree, verb)
    is_told = tree.dep[row] in ("dobj", "dative")
    return is_told and tree.lemma[verb] in word_list("what is done to a government")


def is_place_here(tree, row):
    """Whether a seat at a row is where somebody goes or is: "left the White House", "inside it"."""
    row = first_conjunct(tree, row)
    up = tree.lemma[tree.head[row]]
    if tree.dep[row] == "dobj":
        return up in word_list("verbs of going to a place")
    return tree.dep[row] == "pobj" and up in word_list("prepositions of being in a place")


def is_government_act(tree, verb):
    """Whether a verb, with what stands beside it, is what governments do and towns do not."""
    if is_linking(tree, verb):
        return False
    lemma = tree.lemma[verb]
    if lemma in reporting_verbs() and lemma not in word_list("what towns do, too"):
        return True
    if lemma in word_list("verbs of beginning and going on"):
        acts = [row for row in tree.below[verb] if tree.dep[row] == "xcomp"]
        return any(is_government_act(tree, row) for row in acts)
    acts = word_list("what governments do")
    if lemma in acts or not acts.isdisjoint(phrases_of(tree, verb)):
        return True
    if lemma in word_list("what governments set out to do") and has_aim(tree, verb):
        return True
    things = objects_of(tree, verb)
    if lemma in word_list("what governments do to something"):
        return bool(things)
    if lemma not in word_list("what governments do to matters of state"):
        return False
    return not word_list("matters of state").isdisjoint(things)


def phrases_of(tree, verb):
    """A verb with each particle and preposition beside it: "look for", "cut off"."""
    small = [row for row in tree.below[verb] if tree.dep[row] in ("prt", "prep")]
    return [f"{tree.lemma[verb]} {tree.words[row].lower()}" for row in small]


def objects_of(tree, verb):
    """The dictionary forms of the objects of a verb, joined ones too."""
    found, rows = [], [row for row in tree.below[verb] if tree.dep[row] == "dobj"]
    while rows:
        row = rows.pop()
        found.append(tree.lemma[row])
        rows += [child for child in tree.below[row] if tree.dep[child] == "conj"]
    return found


def has_aim(tree, verb):
    """Whether an infinitive says what a verb aims at: "moved to protect", not "looks to be big"."""
    for row in tree.below[verb]:
        if tree.dep[row] not in ("xcomp", "advcl") or is_linking(tree, row):
            continue
        if "to" in [tree.words[child].lower() for child in tree.below[row]]:
            return True
    return False
