"""What a mention does in its clause, read from the parse alone."""

from typing import NamedTuple

import numpy as np

AGENT, PATIENT, ADDRESSEE, POSSESSOR, OTHER = ROLES = ("agent", "patient", "addressee", "possessor", "other")

# Verbs by what their subject or object is to them. Chosen from the classes of Levin (1993) as VerbNet has them (Kipper et al. 2008).
VERBS = {
    use: frozenset(verbs.split())
    for use, verbs in {
        # The subject does nothing: always, or where a predicate follows ("looks weak", but "looks for revenge").
        "linking": "be seem remain become",
        "linking before a predicate": "appear feel get go grow keep look prove smell sound stand stay taste turn",
        # The direct object is spoken to: classes 37.2 (tell), 37.4 (phone), 37.9 (advise), 37.1.3 (question), 58 (urge, beg, order).
        "spoken to": """admonish advise alert ask assure beg brief caution cable command counsel email entreat fax implore inform instruct
            interrogate interview notify order phone query question quiz reassure remind telephone tell text urge warn""",
        # Spoken or given to: classes 11.1 (send), 13.1 to 13.3 (give, contribute, future having), 37 (communication).
        "to": """admit announce apologise apologize appeal award bequeath cable cede complain concede confess confide convey declare deliver
            describe dictate disclose dispatch distribute donate email entrust explain extend forward give grant hand lend lie loan mail
            mention mutter offer owe pay present promise propose provide read reply report respond reveal say sell send ship show speak
            state submit suggest supply surrender swear talk teach tell transfer transmit whisper write""",
        # Spoken with: classes 36.1 (correspond), 37.5 (talk), 37.6 (chat), and discussing and sharing.
        "with": """argue bargain bicker chat communicate confer consult converse correspond debate discuss gossip haggle joke negotiate plead
            quarrel reason share speak talk""",
        # Spoken at: class 37.3 (manner of speaking).
        "at": "bark growl holler scream screech shout shriek snap snarl swear yell",
    }.items()
}
PREDICATES = ("acomp", "attr", "oprd")
SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj", "csubjpass", "expl"))
OWN_HELP = SUBJECTS | {"aux", "auxpass"}  # a verb that has one of these shares no auxiliary with the verb it is joined to


class Clauses(NamedTuple):
    """The parse of one article as plain lists, one item a token; all that points, points to rows."""

    word: list
    lemma: list
    pos: list
    tag: list
    dep: list
    head: list  # the row itself at a root
    below: list  # {relation: first row that depends on this one so}
    whole: list  # of a conjunct or an apposition: what the conjunction or apposition begins with; else the row itself
    helped: list  # of a verb joined to another: the verb whose auxiliaries are its own too; else the row itself


def read_clauses(parsed):
    """The clauses of one article, its tokens in order. A token whose head is not in the table counts as a root."""
    texts = (parsed[column].fillna("").tolist() for column in ("token", "lemma", "pos", "tag", "dep"))
    word, lemma, pos, tag, dep = texts
    lemma = [each.lower() for each in lemma]
    head = head_rows(parsed)
    below = [{} for _ in head]
    for row, (relation, over) in enumerate(zip(dep, head, strict=True)):
        if over != row:
            below[over].setdefault(relation, row)
    whole, helped = list(range(len(head))), list(range(len(head)))
    for row, (relation, over) in enumerate(zip(dep, head, strict=True)):
        if over < row and relation in ("conj", "appos"):
            whole[row] = whole[over]
        if over < row and relation == "conj" and not below[row].keys() & OWN_HELP:
            joined = lemma[below[over]["cc"]] if "cc" in below[over] else ""
            # "did not attack or help", but neither "did not attack but help" nor "did not attack and left"
            helped[row] = helped[over] if joined == "or" or (joined != "but" and tag[row] == tag[over]) else row
    return Clauses(word, lemma, pos, tag, dep, head, below, whole, helped)


def head_rows(parsed):
    """The row of each token's head."""
    token, head, sentence = (parsed[column].to_numpy() for column in ("token_id", "head", "sentence_id"))
    rows = np.arange(len(parsed))
    over = rows + head - token
    known = (head > 0) & (over >= 0) & (over < len(rows))
    over = np.where(known, over, rows)
    return np.where((token[over] == head) & (sentence[over] == sentence), over, rows).tolist()


def find_roles(parsed, spans, kinds=None):
    """The grammatical role of each span (first and last row, half-open) of one article, as a list.

    Roles are defined as in `ROLES`: who does something, has it done to them, is spoken or given to, possesses; or is named
    in passing. `kinds` are the kinds of mention: a title has the role of the name after it, and a nationality word before
    a noun none, whatever it is joined to.
    """
    clauses = read_clauses(parsed)
    heads = [head_of(clauses, first, last) for first, last in spans]
    shortest_last = sorted(zip(spans, heads, strict=True), key=lambda pair: -pair[0][1])
    named = {first: head for (first, _), head in shortest_last}
    roles = []
    for (_, last), head, kind in zip(spans, heads, kinds or [None] * len(spans), strict=True):
        if kind == "title":
            head = named.get(last, head)
        if kind in ("title", "description") and clauses.dep[head] == "compound":  # "Foreign Ministry spokesman Khatibzadeh"
            head = clauses.head[head]
        adjective = kind == "adjective" and clauses.pos[head] == "ADJ" and clauses.whole[head] != head
        roles.append(OTHER if adjective else role_at(clauses, head)[0])
    return roles


def head_of(clauses, first, last):
    """The row on which the rest of a span depends: the first that depends on something outside."""
    heads = [row for row in range(first, last) if clauses.head[row] == row or not first <= clauses.head[row] < last]
    return next((row for row in heads if clauses.dep[row] not in ("punct", "case", "det")), heads[0] if heads else first)


def role_at(clauses, row):
    """The role of the phrase around a row, and the row of the verb or other word beside which it has that role."""
    row = clauses.whole[row]
    relation, over = clauses.dep[row], clauses.head[row]
    if relation == "poss":
        return POSSESSOR, over
    if relation in ("nsubj", "nsubjpass"):
        return role_of_subject(clauses, relation, over), over
    if relation == "dobj":
        return (ADDRESSEE if clauses.lemma[over] in VERBS["spoken to"] else PATIENT), over
    if relation == "dative":
        return ADDRESSEE, over
    if relation == "pobj":
        return role_after_preposition(clauses, over)
    return OTHER, over


def role_of_subject(clauses, relation, verb):
    """The role of the subject of a verb, or of what the parser takes for one."""
    if relation == "nsubjpass" or is_passive(clauses, verb):
        return PATIENT
    if clauses.pos[verb] not in ("VERB", "AUX"):  # "considers Iran hostile"
        return PATIENT if clauses.dep[verb] == "ccomp" else OTHER
    return OTHER if is_linking(clauses, verb) else AGENT


def role_after_preposition(clauses, preposition):
    """The role of the object of a preposition, and the row of the word to which both belong."""
    word, first = clauses.lemma[preposition], clauses.whole[preposition]
    relation, over = clauses.dep[first], clauses.head[first]
    if word == "by" and (relation == "agent" or clauses.pos[over] == "NOUN"):
        return AGENT, over
    if word == "to" and relation == "dative":
        return ADDRESSEE, over
    verb = clauses.head[over] if clauses.dep[over] == "dobj" else over  # "sent a letter to Biden"
    if clauses.pos[verb] == "VERB" and word in ("to", "with", "at") and clauses.lemma[verb] in VERBS[word]:
        return ADDRESSEE, verb
    return OTHER, over


def is_passive(clauses, verb):
    """Whether a verb is in the passive; in headlines the auxiliary may be missing."""
    return "agent" in clauses.below[verb] or "auxpass" in clauses.below[clauses.helped[verb]]


def is_linking(clauses, verb):
    """Whether a verb links its subject to a predicate, so that the subject does nothing."""
    lemma = clauses.lemma[verb]
    predicate = any(relation in clauses.below[verb] for relation in PREDICATES) and "dobj" not in clauses.below[verb]
    return lemma in VERBS["linking"] or (predicate and lemma in VERBS["linking before a predicate"])
