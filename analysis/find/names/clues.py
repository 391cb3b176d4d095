"""What speaks for and against a candidate for a pronoun or a description.

Features are plain words with a learned weight each. The kinds of evidence are the classic ones
(recency, grammatical role, parallelism, agreement, how often mentioned: Lappin & Leass 1994, "An
algorithm for pronominal anaphora resolution"), and for descriptions what the article has called the
actor so far.
"""

from typing import NamedTuple

from ...lexicons import word_list
from .nouns import PLURAL_TAGS

GENDER = {"he": "male", "she": "female"}
# Relations of what an "it" that stands for nothing stands before.
CLAUSE_RELATIONS = frozenset(("ccomp", "xcomp", "advcl", "csubj", "acomp"))
SUBJECTS_AND_AGENTS = ("nsubj", "nsubjpass", "csubj", "agent")
ARGUMENTS = frozenset((*SUBJECTS_AND_AGENTS, "dobj", "dative"))
# How words that tell more depend on a noun, behind it and before it.
BEHIND_NOUN = ("prep", "relcl", "acl")
BEFORE = ("amod", "compound", "nummod", "poss", "nmod")
# How the name of its owner depends on a noun without a preposition.
OWNING = ("poss", "compound", "nmod", "amod")


class Pronoun(NamedTuple):
    """A pronoun of the third person that somebody is looked for."""

    row: int
    relation: str
    group: str  # person, it, they
    gender: str | None


class Description(NamedTuple):
    """A noun that somebody is looked for whom it describes."""

    row: int
    noun: str
    kind: str  # the first type of actor that it can describe, or thing
    determiner: str
    shape: str
    owners: set


def pronoun_features(discourse, row, group, candidates):
    """A list of features for "nobody of these", then one for each candidate, the last first."""
    tree = discourse.tree
    fitting = [each for each in candidates if fits(group, each)]
    ranks = ranked(fitting)
    most = max((each.total for each in fitting), default=0)
    gender = GENDER.get(group)
    kind = "person" if gender else group
    pronoun = Pronoun(row, role_of(tree, row), kind, gender)
    lists = [nobody_features(tree, pronoun, len(fitting))]
    for each in candidates:
        features = agreement_features(tree, pronoun, each)
        features.append(f"{kind} most named {each.total == most}")
        features.append(f"rank {capped(ranks.get(id(each)), 4)}")
        features.append(f"{kind} rank {capped(ranks.get(id(each)), 2)}")
        features += grammar_features(tree, pronoun, each)
        features += quotation_features(discourse, row, each)
        lists.append(features)
    return lists


def participant_features(tree, row, group, candidates):
    """Features of "nobody of these" and each candidate for I, we or you outside of marks."""
    lists = [[f"{group} none", f"{group} none fit{min(len(candidates), 3)}"]]
    for each in candidates:
        gap = tree.sentence[row] - tree.sentence[each.row]
        where = "here" if tree.paragraph[row] == tree.paragraph[each.row] else "before"
        named = "named" if each.actor else "unnamed"
        features = [
            f"{group} gap{min(gap, 6)}",
            f"{group} type {each.actor_type} {named}",
            f"{group} total {bucket(each.total)}",
            f"{group} n {bucket(each.n)}",
            f"{group} form {each.form} {where}",
        ]
        lists.append(features)
    return lists


def nobody_features(tree, pronoun, n):
    """Features of a pronoun that refers to no candidate, of which `n` would fit."""
    row, relation, group, _ = pronoun
    features = [f"{group} none", f"{group} none fit{min(n, 3)}", f"{group} none role {relation}"]
    if group == "it":
        up = tree.head[row]
        verb = tree.lemma[up]
        if verb not in word_list("verbs with an empty it"):
            verb = "else"
        features.append(f"it none verb {verb}")
        if tree.first[up].keys() & CLAUSE_RELATIONS:
            features.append("it none clause")
    return features


def agreement_features(tree, pronoun, each):
    """How near a candidate is, of what kind, and how often named."""
    group = pronoun.group
    named = "named" if each.actor else "unnamed"
    number = "many" if each.plural else "one"
    agrees = each.gender == pronoun.gender if each.gender else "unknown"
    return [
        f"{group} gap{tree.sentence[pronoun.row] - tree.sentence[each.row]}",
        f"{group} type {each.actor_type} {named} {number}",
        f"{group} gender {agrees} {each.actor_type}",
        f"{group} n {bucket(each.n)}",
        f"{group} total {bucket(each.total)}",
        f"{group} form {form_of(pronoun, each)}",
    ]


def form_of(pronoun, each):
    """In which form a candidate was mentioned last."""
    if each.form not in GENDER:
        return each.form
    return "same pronoun" if GENDER[each.form] == pronoun.gender else "other pronoun"


def grammar_features(tree, pronoun, each):
    """Where a candidate was mentioned last, beside where the pronoun stands."""
    row, last, relation = pronoun.row, each.row, role_of(tree, each.row)
    gap = tree.sentence[row] - tree.sentence[last]
    is_subject = relation in SUBJECTS_AND_AGENTS
    both_subjects = is_subject and pronoun.relation in SUBJECTS_AND_AGENTS
    features = [
        f"role {'subject' if is_subject else relation} gap{min(gap, 2)}",
        f"same role {both_subjects or pronoun.relation == relation} gap{min(gap, 2)}",
    ]
    if tree.paragraph[row] != tree.paragraph[last]:
        features.append(f"{pronoun.group} other paragraph")
    if gap == 0:
        same = verb_above(tree, last) == verb_above(tree, row)
        features.append(f"same verb {same} {binding(tree, pronoun)}")
    if last > 0 and tree.sentence[last - 1] != tree.sentence[last]:
        features.append("first in sentence")
    return features


def quotation_features(discourse, row, each):
    """Whether a candidate speaks the quotation of a pronoun, or was mentioned in the same one."""
    quoted = discourse.quoted
    if row not in quoted:
        return ["from inside a quotation"] if each.row in quoted else []
    if each is discourse.speaker(row):
        return ["own speaker"]
    return ["same run" if quoted.get(each.row) == quoted[row] else "from outside"]


def binding(tree, pronoun):
    """What kind of argument a pronoun is: "himself", "his", or another."""
    if tree.words[pronoun.row].lower().endswith(("self", "selves")):
        return "self"
    return "poss" if pronoun.relation == "poss" else "argument"


def is_apart(tree, row, other):
    """Whether the grammar forbids that a noun means what another word does.

    They are subject and object of one verb, or the other stands inside the noun's own phrase or one
    joined to it: "the envoy of Iran", "Biden's son and Iran's envoy".
    """
    if tree.dep[row] in ARGUMENTS and tree.dep[other] in ARGUMENTS:
        return tree.head[row] == tree.head[other]
    whole = first_conjunct(tree, row)
    while tree.head[other] != other and tree.pos[other] not in ("VERB", "AUX"):
        other = tree.head[other]
        if other in (row, whole):
            return True
    return False


def verb_above(tree, row):
    """The row of the verb (or root) above a word."""
    while tree.head[row] != row and tree.pos[row] not in ("VERB", "AUX"):
        row = tree.head[row]
    return row


def first_conjunct(tree, row):
    """The row of the first of the words that a word is joined to, or the row itself."""
    while tree.dep[row] == "conj" and tree.head[row] != row:
        row = tree.head[row]
    return row


def role_of(tree, row):
    """The grammatical relation of a phrase, that of its first conjunct."""
    return tree.dep[first_conjunct(tree, row)]


def bucket(n):
    """A count as one of 0, 1, 2, 3-4, 5-8, 9+."""
    if n < 3:
        return n
    if n < 5:
        return "3-4"
    return "5-8" if n < 9 else "9+"


def ranked(fitting):
    """{id of a candidate: its rank} of those that fit, the last mentioned first."""
    return {id(each): place for place, each in enumerate(fitting)}


def capped(rank, most):
    """A rank of at most so much; "unfit" for a candidate that has none."""
    return "unfit" if rank is None else min(rank, most)


def fits(group, referent):
    """Whether number, gender and kind let the pronoun mean this."""
    if group == "they":
        return referent.plural or referent.actor_type in ("organisation", "state", "person")
    if referent.plural:
        return False
    if group == "it":
        return referent.actor_type != "person"
    agrees = referent.gender in ("", GENDER[group])
    return agrees and referent.actor_type in ("person", "thing", "name")


def owners_of(tree, row, named):
    """Actors that a noun belongs to: "the president of Iran", "Iran's", "the Iranian president"."""
    rows = []
    for child in tree.below[row]:
        if tree.dep[child] in OWNING:
            rows.append(child)
        elif tree.dep[child] == "prep" and tree.words[child].lower() in ("of", "for", "at"):
            rows += [below for below in tree.below[child] if tree.dep[below] == "pobj"]
    return {named[each].actor for each in rows if each in named}


def description_features(discourse, row, types, determiner, candidates):
    """A list of features for "none of these", then one for each candidate, the last first."""
    tree = discourse.tree
    kind = types[0][0] if types else "thing"
    owners = owners_of(tree, row, discourse.named)
    shape = shape_of(tree, row)
    description = Description(row, tree.lemma[row], kind, determiner, shape, owners)
    possessor = discourse.at.get(tree.first[row].get("poss"))
    speaker = discourse.speaker(row)
    ranks = ranked(each for each in candidates if describes(types, each))
    lists = [none_described_features(tree, description)]
    for each in candidates:
        features = described_features(tree, description, each, ranks.get(id(each)))
        if possessor:
            features.append(f"description of the possessor {each is possessor}")
        if speaker:
            who = "speaker" if each is speaker else "another"
            features.append(f"description in quotation {who}")
        lists.append(features)
    return lists


def none_described_features(tree, description):
    """Features of a description of no candidate."""
    row = description.row
    return [
        "description none",
        f"description none {description.determiner}",
        f"description none shape {description.shape}",
        f"description none kind {description.kind}",
        f"description none {'many' if tree.tag[row] in PLURAL_TAGS else 'one'}",
        f"description none capital {tree.words[row][0].isupper() and row > 0}",
        f"description none subject {role_of(tree, row) in SUBJECTS_AND_AGENTS}",
    ]


def described_features(tree, description, each, rank):
    """Features of a candidate for a description; `rank` is missing where it does not fit."""
    row, noun, kind, _, shape, owners = description
    gap = tree.sentence[row] - tree.sentence[each.row]
    known = noun in each.nouns
    in_name = noun in each.actor.lower().split()
    owner = bool(owners & each.owners) if owners and each.owners else "unknown"
    features = [
        f"description gap{min(gap, 4)}",
        f"description rank {capped(rank, 3)}",
        f"description type {kind} {each.actor_type}",
        f"description n {bucket(each.n)}",
        f"description total {bucket(each.total)}",
        f"description known noun {known} {shape}",
        f"description in name {in_name} {each.actor_type == 'person'} {shape}",
        f"description fits {rank is not None} {shape}",
        f"description owner {owner} {known}",
    ]
    if rank is not None and noun in word_list("nouns watched"):
        features.append(f"description {noun} {each.actor_type} {min(rank, 1)}")
    return features


def shape_of(tree, row):
    """Whether words beside the determiner stand before and after a noun in its phrase."""
    below = tree.below[row]
    shape = ""
    if any(tree.dep[child] in BEHIND_NOUN and child > row for child in below):
        shape += "after"
    if any(tree.dep[child] in BEFORE for child in below):
        shape += "before"
    return shape or "bare"


def describes(types, referent):
    """Whether a noun of these types (actor type, gender) can describe the referent."""
    genders = {gender for actor_type, gender in types if actor_type == referent.actor_type}
    if referent.actor_type != "person" or "" in genders:
        return bool(genders)
    return bool(genders) and (referent.gender == "" or referent.gender in genders)
