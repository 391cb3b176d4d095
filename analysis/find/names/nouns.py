"""What the grammar around a noun says: whether it can describe an actor, and a known one."""

from ...lexicons import noun_types
from ...parse.tree import noun_phrase

DEFINITE = {"the", "this", "that", "these", "those"}
PLURAL_TAGS = ("NNS", "NNPS")


def is_denied_before(tree, row):
    """Whether an apposition is denied: "Mark Milley, not a general"."""
    first, _ = noun_phrase(tree, row)
    return first > 0 and tree.words[first - 1].lower() in ("not", "hardly", "no")


def is_affirmed(tree, row, verb):
    """Whether a verb says a noun of its subject: not "is not the leader", "is no general"."""
    if "neg" in tree.first[verb] or tree.lemma[verb] not in ("be", "become", "remain"):
        return False
    return all(tree.words[child].lower() != "no" for child in tree.below[row])


def is_denied(tree, row):
    """Whether a noun is said not to be somebody: "is not the leader", "X, not a general"."""
    joined = tree.dep[row] == "conj"
    first = tree.head[row] if joined else row
    if tree.dep[first] == "attr":
        return not is_affirmed(tree, first, tree.head[first])
    return tree.dep[first] == "appos" and is_denied_before(tree, row)


def is_definite(tree, row, types, determiner):
    """Whether a noun phrase speaks of somebody known: "the general", "his wife", "President"."""
    if determiner:
        return determiner == "possessive" or determiner in DEFINITE
    is_office = types and tree.words[row][0].isupper()
    if not is_office:
        return False
    below = tree.below[row]
    return not any(tree.pos[child] == "PROPN" and tree.dep[child] == "compound" for child in below)


def determiner_of(tree, row, types):
    """The determiner of a noun phrase; "" where there is none.

    "possessive" for his, her, our before a noun for an actor, which has `types`.
    """
    if "det" in tree.first[row]:
        return tree.words[tree.first[row]["det"]].lower()
    owners = [tree.pos[child] for child in tree.below[row] if tree.dep[child] == "poss"]
    return "possessive" if types and "PRON" in owners else ""


def fits_noun(tree, row, actor_type):
    """Whether a noun can describe an actor of this type."""
    return tree.pos[row] == "NOUN" and actor_type in noun_types(tree.lemma[row])
