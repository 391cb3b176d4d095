"""Whether an act took place as the text tells it: asserted, alleged, denied, planned, asked …"""

from ..lexicons import word_list
from .roles import is_passive
from .speech.reports import sentence_run

ASSERTED, ALLEGED, DENIED, HYPOTHETICAL, PLANNED, REQUESTED = (
    "asserted",
    "alleged",
    "denied",
    "hypothetical",
    "planned",
    "asked",
)
# The list of words that makes each status: of words that govern an act, and of words beside it.
GOVERNING = {
    DENIED: "words that deny an act",
    ALLEGED: "words that allege an act",
    REQUESTED: "words that ask for an act",
    PLANNED: "words that plan an act",
    HYPOTHETICAL: "nouns of what may be",
}
BESIDE = {
    DENIED: "adverbs that deny an act",
    ALLEGED: "adverbs that allege an act",
    HYPOTHETICAL: "doubts",
}
# Verbs that ask for an act with an infinitive, and tell of one with "that".
TELLING = ("tell", "warn", "advise")
FUTURE = ("will", "shall", "wo", "'ll")
# How a clause depends on the verb that says whether it holds; how many such verbs are looked at.
UNDER = ("ccomp", "xcomp", "advcl", "acl", "relcl", "pcomp", "prep", "conj")
MOST_ABOVE = 4


def find_status(tree, chain):
    """The status of the act of a chain of verbs, from the one with the subject to the act.

    Of all that is found, what says least holds: a denial first, an assertion last.
    """
    found = {ASSERTED}
    for row in chain:
        found |= told_beside(tree, row)
        if is_negated(tree, row):
            found.add(DENIED)
    for row in [*chain[:-1], *verbs_above(tree, chain[0])]:
        found |= told_by_verb(tree, row)
    if is_open_infinitive(tree, chain[0]) and found == {ASSERTED}:
        above = tree.lemma[tree.head[chain[0]]]
        if above not in word_list("verbs by which an act takes place"):
            found.add(PLANNED)
    if asks(tree, chain[0]):
        found.add(REQUESTED)
    ranked = (DENIED, ALLEGED, REQUESTED, PLANNED, HYPOTHETICAL, ASSERTED)
    return next(status for status in ranked if status in found)


def told_beside(tree, row):
    """What an auxiliary, an adverb or a conjunction beside a verb makes of the act."""
    found = set()
    for child in (*tree.below[row], *tree.below[tree.helped[row]]):
        if tree.dep[child] not in ("mark", "advmod", "aux", "advcl", "prep"):
            continue
        word = tree.lemma[child]
        found.update(status for status, name in BESIDE.items() if word in word_list(name))
        is_ahead = tree.dep[child] == "mark" and word in word_list("words for what is to come")
        if is_ahead and tree.tag[row] in ("VBZ", "VBP"):
            found.add(PLANNED)
        if tree.tag[child] == "MD":
            found.add(PLANNED if tree.words[child].lower() in FUTURE else HYPOTHETICAL)
    return found


def told_by_verb(tree, row):
    """What a verb or noun that governs an act makes of it: "denied that he robbed", "charges that".

    Of "say" only the passive does: who says it is the act's voice.
    """
    if tree.lemma[row] == "say" and is_passive(tree, row):
        return {ALLEGED}
    determiner = tree.first[row].get("det")
    if tree.pos[row] == "NOUN" and determiner is not None and tree.lemma[determiner] == "no":
        return {DENIED}  # "no evidence that"
    found = {status for status, name in GOVERNING.items() if tree.lemma[row] in word_list(name)}
    if tree.lemma[row] in TELLING and "ccomp" in tree.first[row]:
        found.discard(REQUESTED)  # "told a reporter that he had left"
    return found


def verbs_above(tree, row):
    """The verbs in whose clauses a verb stands, the nearest first."""
    found = []
    while len(found) < MOST_ABOVE and tree.dep[row] in UNDER and tree.head[row] != row:
        joined = tree.dep[row] == "conj"
        row = tree.head[row]
        if not joined and tree.pos[row] in ("VERB", "NOUN"):
            found.append(row)
    return found


def is_negated(tree, row):
    """Whether a verb is denied: by its own negation, a shared one, an adverb's, or "neither"."""
    own, shared = tree.first[row], tree.first[tree.helped[row]]
    adverb = tree.first[own["advmod"]] if "advmod" in own else {}
    joined = tree.head[row] if tree.dep[row] == "conj" else row
    neither = any(tree.lemma[child] == "neither" for child in tree.below[joined] if child < row)
    return neither or any("neg" in beside for beside in (own, shared, adverb))


def is_open_infinitive(tree, row):
    """Whether a verb is an infinitive that no modal governs: "Iran to attack", "let it attack"."""
    aux = tree.first[row].get("aux")
    return tree.tag[row] == "VB" and (aux is None or tree.lemma[aux] == "to")


def asks(tree, row):
    """Whether a verb stands in a question: an auxiliary before its subject, a question mark."""
    beside = tree.first[row]
    subject = beside.get("nsubj", beside.get("nsubjpass"))
    aux = beside.get("aux", beside.get("auxpass"))
    if tree.dep[row] != "ROOT" or subject is None or aux is None or aux > subject:
        return False
    return "?" in tree.words[row : sentence_run(tree, row)[1]]
