"""What a number is of: the noun that it counts, what becomes of that, and its subject."""

from functools import cache

from ..lexicons import noun_types, word_list
from ..parse.tree import SUBJECTS
from .doers import words_of_harm

DEATH, INJURY, MARCH, SHOOTING = "kill", "injure", "march", "shoot"
HARMS = (DEATH, INJURY, "arrest")
COUNTED_BY = ("nummod", "quantmod", "compound", "nmod", "amod", "predet", "det")
NOUNS = ("NOUN", "ADJ", "PROPN")
# What is said of a noun right behind or before it.
SAID_OF = ("relcl", "acl", "amod", "appos")
# How far up a verb is looked for.
MOST_STEPS = 8


@cache
def act_words():
    """{lemma of a verb, adjective or noun: the act it tells}: deaths, injuries, arrests …"""
    harm, known = words_of_harm(), {}
    for form in ("noun", "verb", "intransitive"):
        for word, each in harm[form].items():
            if each.act in (*HARMS, SHOOTING):
                known[word] = each.act
    known |= dict.fromkeys(word_list("words for the dead"), DEATH)
    known |= dict.fromkeys(word_list("words for the hurt"), INJURY)
    known |= dict.fromkeys(word_list("words for shots"), SHOOTING)
    for words in ("words for a march", "words for those who march"):
        known |= dict.fromkeys(word_list(words), MARCH)
    return known


@cache
def harmed_words():
    """Words that say of people by themselves what became of them: "three dead"."""
    return word_list("words for the dead") | word_list("words for the hurt")


@cache
def people_words():
    """Nouns for people by what they do or what becomes of them."""
    return harmed_words() | word_list("words for those who march")


def is_person_noun(lemma):
    """Whether a noun is of people."""
    return "person" in noun_types(lemma) or lemma in people_words() or lemma == "people"


def noun_of(tree, row):
    """The noun at a row with what is joined to it before: "petrol bomb"."""
    before = [
        at
        for at in tree.below[row]
        if at < row and tree.dep[at] == "compound" and tree.pos[at] in ("NOUN", "PROPN")
    ]
    return " ".join(tree.lemma[at] for at in [*before, row])


def counted_noun(tree, row):
    """The row of the noun that a number counts: "two men", "11 of the injured"; or None."""
    over = tree.head[row]
    while tree.dep[row] in (*COUNTED_BY, "conj") and over != row and tree.pos[over] == "NUM":
        row, over = over, tree.head[over]
    if tree.dep[row] in COUNTED_BY and over > row and tree.pos[over] in NOUNS:
        return over
    behind = row + 1
    if behind < len(tree.words) and tree.lemma[behind] in harmed_words():
        return behind if tree.pos[behind] in ("NOUN", "ADJ") else None
    of = [child for child in tree.below[row] if tree.lemma[child] == "of" and child > row]
    objects = [at for child in of for at in tree.below[child] if tree.dep[at] == "pobj"]
    return next((at for at in objects if tree.pos[at] in NOUNS[:2]), None)


def event_of(tree, row):
    """What becomes of what stands at a row: an act under one word, else the verb; or None."""
    said = [at for at in tree.below[row] if tree.dep[at] in SAID_OF]
    acts = [act_words().get(tree.lemma[at]) for at in said]
    own = act_words().get(tree.lemma[row])
    for act in (*acts, own if tree.lemma[row] in harmed_words() else None):
        if act:
            return act
    verb = verb_over(tree, row)
    act = None if verb is None else act_at(tree, verb)
    return own if own == MARCH and act not in act_words().values() else act


def verb_over(tree, row):
    """The row of the verb, or word for an act, above a word; None where there is none."""
    for _ in range(MOST_STEPS):
        over = tree.head[row]
        if over == row:
            return None
        row = over
        is_act = tree.lemma[row] in harmed_words() and tree.pos[row] == "ADJ"
        if tree.pos[row] in ("VERB", "AUX") or is_act:
            return row
    return None


def act_at(tree, verb):
    """The act that a verb tells: "lost their lives" is a death, "the shooting began" a shooting."""
    lemma, below = tree.lemma[verb], tree.below[verb]
    around = {tree.lemma[at] for at in below}
    if lemma in ("lose", "claim", "cost") and "life" in around:
        return DEATH
    particles = [tree.lemma[at] for at in below if tree.dep[at] == "prt"]
    phrase = " ".join([lemma, *particles])
    if phrase in act_words():
        return act_words()[phrase]
    if lemma in word_list("verbs that an act takes place by"):
        nouns = [at for at in below if tree.dep[at] in (*SUBJECTS, "dobj", "attr")]
        acts = [act_words().get(tree.lemma[at]) for at in nouns]
        return next(filter(None, acts), lemma)
    return act_words().get(lemma, lemma)


def subject_above(tree, row):
    """The subject of the clause in which a number stands, if it is another word; or None."""
    at = row
    for _ in range(MOST_STEPS):
        if tree.dep[at] in SUBJECTS or tree.head[at] == at:
            return None
        at = tree.head[at]
        subjects = [tree.first[at][each] for each in SUBJECTS if each in tree.first[at]]
        if subjects:
            return None if tree.pos[subjects[0]] == "PRON" else tree.lemma[subjects[0]]
    return None
