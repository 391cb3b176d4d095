"""What two models say of each word, put to one vote: spaCy's entities and the encoder's names."""

from collections import Counter

import numpy as np

from ...lexicons import first_names
from .encoder import NAME_LABELS

# spaCy's labels of names, and what the encoder calls them.
ENCODER_KINDS = {
    "PERSON": "PER",
    "ORG": "ORG",
    "GPE": "LOC",
    "LOC": "LOC",
    "FAC": "LOC",
    "EVENT": "OTHER",
    "LAW": "OTHER",
    "PRODUCT": "OTHER",
    "WORK_OF_ART": "OTHER",
}
SPACY_LABELS = {"PER": "PERSON", "ORG": "ORG", "LOC": "GPE", "OTHER": "PRODUCT"}
# spaCy's label of nations, religions and parties: "Republicans" are no person.
PEOPLES = "NORP"
NUMBERS = {label: number for number, label in enumerate(NAME_LABELS)}
# What spaCy's word counts beside the encoder's log probabilities: for a name of a kind, for none.
# Chosen on UNER's English development part.
WEIGHT, WEIGHT_OF_NONE = 2.0, 2.0
BOTH, ENCODER, SPACY = "spaCy and the model of names", "the model of names", "spaCy"


def vote(tree, scores):
    """(the mark of each word, as spaCy writes them; who says so) by the sum of what both say.

    `scores` are the encoder's log probabilities. spaCy's numbers, dates and nationalities stand
    where the encoder sees no name.
    """
    own = [number_of(mark) for mark in tree.ent]
    weights = np.where(np.array(own) == 0, WEIGHT_OF_NONE, WEIGHT)
    together = scores.copy()
    together[np.arange(len(own)), own] += weights
    chosen = together.argmax(1).tolist()
    alone = scores.argmax(1).tolist()
    marks, by = [], []
    inside = [row for row, number in enumerate(chosen) if number == NUMBERS["I-PER"]]
    surnames = {tree.words[row] for row in inside}
    first = {tree.words[row - 1] for row in inside if row}
    for row, number in enumerate(chosen):
        mark = tree.ent[row]
        is_person = kind_of(number) == "PER"
        is_people = mark[2:] == PEOPLES and number == NUMBERS["B-PER"]
        if is_people or (is_person and is_sure_place(tree, row, surnames, first)):
            number = own[row]
        if number == 0:
            marks.append(mark if mark[2:] not in ENCODER_KINDS else "")
            by.append(SPACY)
            continue
        kind = kind_of(number)
        is_same = ENCODER_KINDS.get(mark[2:]) == kind
        marks.append(f"{NAME_LABELS[number][0]}-{mark[2:] if is_same else SPACY_LABELS[kind]}")
        if is_same:
            by.append(BOTH if kind_of(alone[row]) == kind else SPACY)
        else:
            by.append(ENCODER)
    return whole_names(tree, marks), by


def is_sure_place(tree, row, surnames, first):
    """Whether spaCy takes a word alone for a place that is also a first name, as in "left Jordan".

    The encoder, which reads the paragraph, may take it for the Jordan Hale who stands before it.
    """
    alone = tree.ent[row] == "B-GPE" and tree.ent[row + 1 : row + 2] != ["I-GPE"]
    beside = [tree.pos[each] for each in (row - 1, row + 1) if 0 <= each < len(tree.pos)]
    word = tree.words[row]
    is_first = word in first or word in first_names()
    return alone and "PROPN" not in beside and is_first and word not in surnames


def number_of(mark):
    """The number of the encoder's label for spaCy's mark."""
    kind = ENCODER_KINDS.get(mark[2:])
    return NUMBERS[f"{mark[0]}-{kind}"] if kind else 0


def kind_of(number):
    """The kind of name of a label; "" for no name."""
    return NAME_LABELS[number][2:]


def whole_names(tree, marks):
    """Marks of which each name begins with a B and has one label: that of most of its words."""
    runs = []
    for row, mark in enumerate(marks):
        is_name = mark[2:] in ENCODER_KINDS
        goes_on = is_name and mark[0] == "I" and runs and runs[-1][1] == row
        if goes_on and tree.sentence[row] == tree.sentence[row - 1]:
            runs[-1][1] = row + 1
        elif is_name:
            runs.append([row, row + 1])
    joined = list(marks)
    for first, last in runs:
        votes = Counter(mark[2:] for mark in marks[first:last])
        ((label, _),) = votes.most_common(1)
        joined[first] = f"B-{label}"
        joined[first + 1 : last] = [f"I-{label}"] * (last - first - 1)
    return joined
