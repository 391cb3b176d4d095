"""Entities: the decisions of spaCy's recognizer, taken for all sentences of a batch at once.

The recognizer goes through a sentence token by token: one begins a name, goes on with it, ends it,
is a name of its own or outside of names. What it decides is what is here decided; spaCy asks for
each of its 74 moves in turn whether it is allowed, which takes longer than all else it does.
"""

from typing import NamedTuple

import numpy as np

from .vectors import read_vectors

# spaCy's codes in ENT_IOB.
IN_NAME, NO_NAME, BEGINS = 1, 2, 3


class Moves(NamedTuple):
    """What can be decided of a token."""

    kinds: np.ndarray  # B, I, L (the last of a name), U (the only one), O (outside)
    labels: np.ndarray  # codes of the kinds of entities; 0 outside
    allowed: np.ndarray  # [open name, may go on, is a space]: of each move, whether it is


def mark_entities(recognizer, docs):
    """(ENT_IOB, ENT_TYPE) of all tokens of documents, two arrays of codes."""
    moves = read_moves(recognizer)
    chosen = choose_moves(recognizer, moves, docs)
    kinds = moves.kinds[chosen]
    position = np.full(len(kinds), IN_NAME, dtype="uint64")
    position[np.isin(kinds, ["B", "U"])] = BEGINS
    position[kinds == "O"] = NO_NAME
    return position, moves.labels[chosen]


def read_moves(recognizer):
    """The moves of a recognizer, in its order."""
    system, strings = recognizer.moves, recognizer.vocab.strings
    names = [system.get_class_name(number) for number in range(system.n_moves)]
    parts = [name.partition("-") for name in names]
    kinds = np.array([kind for kind, _, _ in parts])
    labels = np.array([strings[label] for _, _, label in parts], dtype="uint64")
    allowed = np.zeros((len(names) + 1, 2, 2, len(names)), dtype=bool)
    # Outside of names: the last index.
    has_label = labels != 0
    allowed[-1, :, :, kinds == "O"] = True
    allowed[-1, :, 0, :] |= has_label & (kinds == "U")
    allowed[-1, 1, 0, :] |= has_label & (kinds == "B")
    for number in np.flatnonzero(kinds == "B"):
        same = labels == labels[number]
        allowed[number, :, :, :] = same & (kinds == "L")
        allowed[number, 1, :, :] |= same & (kinds == "I")
    return Moves(kinds, labels, allowed)


def choose_moves(recognizer, moves, docs):
    """The number of the move that is chosen for each token of documents."""
    features, bias = read_addends(recognizer, docs)
    score = recognizer.model.get_ref("upper").predict
    goes_on, is_space = read_bounds(docs)
    lengths = np.array([len(doc) for doc in docs])
    # Longest first: those that have a next token are always the first.
    order = np.argsort(-lengths, kind="stable")
    lengths, first = lengths[order], (np.cumsum(lengths) - lengths)[order]
    # Of each document, the first token of the name that is open, and the move that opened it.
    begun, opened = np.zeros(len(docs), dtype=int), np.full(len(docs), -1)
    chosen = np.zeros(len(is_space), dtype=int)
    for step in range(lengths.max(initial=0)):
        here = first[: np.searchsorted(-lengths, -step)] + step
        inside, move = begun[: len(here)], opened[: len(here)]
        is_open = move >= 0
        # In the table of features, row 0 stands for no token.
        sums = features[here + 1, 0] + features[np.where(is_open, inside + 1, 0), 1]
        sums = sums + features[np.where(is_open, here, 0), 2] + bias
        scores = score(sums.max(axis=2))
        scores[~moves.allowed[move, goes_on[here], is_space[here]]] = -np.inf
        best = scores.argmax(axis=1)
        chosen[here] = best
        begins, stays = moves.kinds[best] == "B", moves.kinds[best] == "I"
        inside[begins], move[begins] = here[begins], best[begins]
        move[~(begins | stays)] = -1
    return chosen


def read_addends(recognizer, docs):
    """What each token adds to a decision: as the one decided on, the first of its name, the last.

    An array with a row more than tokens, row 0 for no token; and what is added to every decision.
    """
    contexts, _, narrow = recognizer.model.get_ref("tok2vec").layers
    vectors = narrow.predict(np.concatenate(read_vectors(contexts, docs)))
    lower = recognizer.model.get_ref("lower")
    return lower.predict(vectors), lower.get_param("b")


def read_bounds(docs):
    """Of each token, whether a name may go on after it, and whether it is nothing but space."""
    is_space, begins = np.concatenate([doc.to_array(["IS_SPACE", "SENT_START"]) for doc in docs]).T
    begins = begins == 1
    begins[np.cumsum([0, *(len(doc) for doc in docs[:-1])])] = True
    return (~np.append(begins[1:], True)).astype(int), is_space.astype(int)
