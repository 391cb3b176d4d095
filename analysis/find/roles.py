"""What a mention does in its clause, read from the parse alone."""

from ..lexicons import word_list
from ..parse.tree import head_of

AGENT, PATIENT, ADDRESSEE, POSSESSOR, OTHER = ROLES = (
    "agent",
    "patient",
    "addressee",
    "possessor",
    "other",
)
PREDICATES = ("acomp", "attr", "oprd")


def find_roles(tree, spans, kinds=None):
    """The grammatical role of each span (first and last row, half-open) of one article, as a list.

    Roles are those of `ROLES`: who does something, has it done to them, is spoken or given to,
    possesses; or is named in passing. `kinds` are the kinds of mention: a title has the role of the
    name after it, and a nationality word before a noun none, whatever it is joined to.
    """
    heads = [head_of(tree, first, last) for first, last in spans]
    names = find_name_heads(spans, heads)
    roles = []
    for (_, last), head, kind in zip(spans, heads, kinds or [None] * len(spans), strict=True):
        if kind == "title":
            head = names.get(last, head)
        # "Foreign Ministry spokesman Khatibzadeh"
        if kind in ("title", "description") and tree.dep[head] == "compound":
            head = tree.head[head]
        before_noun = kind == "adjective" and tree.pos[head] == "ADJ" and tree.whole[head] != head
        roles.append(OTHER if before_noun else role_at(tree, head)[0])
    return roles


def find_name_heads(spans, heads):
    """{first row of a span: its head's row}, of the shortest of the spans that begin there."""
    longest_first = sorted(zip(spans, heads, strict=True), key=lambda pair: -pair[0][1])
    return {first: head for (first, _), head in longest_first}


def role_at(tree, row):
    """The role of the phrase around a row, and the row of the word beside which it has it."""
    row = tree.whole[row]
    relation, over = tree.dep[row], tree.head[row]
    if relation == "poss":
        return POSSESSOR, over
    if relation in ("nsubj", "nsubjpass"):
        return role_of_subject(tree, relation, over), over
    if relation == "dobj":
        spoken_to = tree.lemma[over] in word_list("verbs that speak to their object")
        return (ADDRESSEE if spoken_to else PATIENT), over
    if relation == "dative":
        return ADDRESSEE, over
    if relation == "pobj":
        return role_after_preposition(tree, over)
    return OTHER, over


def role_of_subject(tree, relation, verb):
    """The role of the subject of a verb, or of what the parser takes for one."""
    if relation == "nsubjpass" or is_passive(tree, verb):
        return PATIENT
    if tree.pos[verb] not in ("VERB", "AUX"):  # "considers Iran hostile"
        return PATIENT if tree.dep[verb] == "ccomp" else OTHER
    return OTHER if is_linking(tree, verb) else AGENT


def role_after_preposition(tree, preposition):
    """The role of the object of a preposition, and the row of the word to which both belong."""
    word, first = tree.lemma[preposition], tree.whole[preposition]
    relation, over = tree.dep[first], tree.head[first]
    if word == "by" and (relation == "agent" or tree.pos[over] == "NOUN"):
        return AGENT, over
    if word == "to" and relation == "dative":
        return ADDRESSEE, over
    verb = tree.head[over] if tree.dep[over] == "dobj" else over  # "sent a letter to Biden"
    addressing = word_list(f"verbs with an addressee behind {word}")
    if tree.pos[verb] == "VERB" and tree.lemma[verb] in addressing:
        return ADDRESSEE, verb
    return OTHER, over


def is_passive(tree, verb):
    """Whether a verb is in the passive; in headlines the auxiliary may be missing."""
    return "agent" in tree.first[verb] or "auxpass" in tree.first[tree.helped[verb]]


def is_linking(tree, verb):
    """Whether a verb links its subject to a predicate, so that the subject does nothing."""
    lemma, beside = tree.lemma[verb], tree.first[verb]
    if lemma in word_list("linking verbs"):
        return True
    predicate = "dobj" not in beside and not beside.keys().isdisjoint(PREDICATES)
    return predicate and lemma in word_list("linking verbs before a predicate")
