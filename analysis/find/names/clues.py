"""What speaks for and against a candidate for a pronoun or a description: features, as plain words with a learned weight each.

The kinds of evidence are the classic ones (recency, grammatical role, parallelism, agreement, how often mentioned: Lappin &
Leass 1994, "An algorithm for pronominal anaphora resolution"), and for descriptions what the article has called the actor so far."""

GENDER = {"he": "male", "she": "female"}
# Verbs whose "it" may stand for nothing, and relations of what it then stands for.
EXPLETIVE = ("be", "seem", "appear", "make", "take")
CLAUSE_RELATIONS = ("ccomp", "xcomp", "advcl", "csubj", "acomp")
SUBJECTS_AND_AGENTS = ("nsubj", "nsubjpass", "csubj", "agent")
# Nouns for which it pays to know what kind of actor they describe.
WATCHED = frozenset(
    [
        "country",
        "nation",
        "state",
        "government",
        "city",
        "capital",
        "region",
        "company",
        "team",
        "group",
        "organization",
        "party",
        "man",
        "woman",
    ]
)


def verb_above(tree, row):
    """The row of the verb (or root) above a word."""
    while tree.head[row] != row and tree.pos[row] not in ("VERB", "AUX"):
        row = tree.head[row]
    return row


def role_of(tree, row):
    """The grammatical relation of a phrase, that of its first conjunct."""
    while tree.dep[row] == "conj" and tree.head[row] != row:
        row = tree.head[row]
    return tree.dep[row]


def bucket(n):
    """A count as one of 0, 1, 2, 3-4, 5-8, 9+."""
    return n if n < 3 else "3-4" if n < 5 else "5-8" if n < 9 else "9+"


def pronoun_features(discourse, row, group, candidates):
    """A list of features for "nobody of these", then one for each candidate, the last mentioned first."""
    tree, quoted = discourse.tree, discourse.quoted
    role = role_of(tree, row)
    speaker = discourse.speaker(row)
    ranks = ranked(candidates, lambda each: fits(group, each))
    most = max((each.total for each in candidates if id(each) in ranks), default=0)
    gender = GENDER.get(group)
    group = "person" if gender else group
    lists = [nobody_features(tree, row, group, role, len(ranks))]
    for each in candidates:
        last, gap, place = (
            each.row,
            tree.sentence[row] - tree.sentence[each.row],
            ranks.get(id(each)),
        )
        other_role = role_of(tree, last)
        form = (
            each.form
            if each.form not in GENDER
            else "same pronoun"
            if GENDER[each.form] == gender
            else "other pronoun"
        )
        features = [
            f"{group} gap{gap}",
            f"{group} type {each.actor_type} {'named' if each.actor else 'unnamed'} {'many' if each.plural else 'one'}",
            f"{group} gender {'unknown' if not each.gender else each.gender == gender} {each.actor_type}",
            f"{group} n {bucket(each.n)}",
            f"{group} total {bucket(each.total)}",
            f"{group} form {form}",
            f"{group} most named {each.total == most}",
            f"rank {'unfit' if place is None else min(place, 4)}",
            f"{group} rank {'unfit' if place is None else min(place, 2)}",
            f"role {'subject' if other_role in SUBJECTS_AND_AGENTS else other_role} gap{min(gap, 2)}",
            f"same role {role == other_role or (role in SUBJECTS_AND_AGENTS and other_role in SUBJECTS_AND_AGENTS)} gap{min(gap, 2)}",
        ]
        if tree.paragraph[row] != tree.paragraph[last]:
            features.append(f"{group} other paragraph")
        if gap == 0:
            features.append(
                f"same verb {verb_above(tree, last) == verb_above(tree, row)} {binding(tree, row, role)}"
            )
        if last > 0 and tree.sentence[last - 1] != tree.sentence[last]:
            features.append("first in sentence")
        if row in quoted:
            features.append(
                "own speaker"
                if each is speaker
                else "same run"
                if quoted.get(last) == quoted[row]
                else "from outside"
            )
        elif last in quoted:
            features.append("from inside a quotation")
        lists.append(features)
    return lists


def nobody_features(tree, row, group, role, n):
    """Features of a pronoun that refers to no candidate, of which `n` would fit."""
    features = [f"{group} none", f"{group} none fit{min(n, 3)}", f"{group} none role {role}"]
    if group == "it":
        up = tree.head[row]
        features.append(f"it none verb {tree.lemma[up] if tree.lemma[up] in EXPLETIVE else 'else'}")
        if any(tree.dep[child] in CLAUSE_RELATIONS for child in tree.below[up]):
            features.append("it none clause")
    return features


def binding(tree, row, role):
    """What kind of argument a pronoun is: "himself", "his", or another."""
    return (
        "self"
        if tree.words[row].lower().endswith(("self", "selves"))
        else "poss"
        if role == "poss"
        else "argument"
    )


def ranked(candidates, fitting):
    """{id of a candidate: its rank} of those that fit, the last mentioned first."""
    return {id(each): place for place, each in enumerate(filter(fitting, candidates))}


def fits(group, referent):
    """Whether number, gender and kind let the pronoun mean this."""
    if group in GENDER:
        return (
            referent.actor_type in ("person", "thing", "name")
            and not referent.plural
            and referent.gender in ("", GENDER[group])
        )
    if group == "it":
        return referent.actor_type != "person" and not referent.plural
    return referent.plural or referent.actor_type in ("organisation", "state", "person")


def owners_of(tree, row, named):
    """Actors that a noun belongs to: "the president of Iran", "Iran's president", "the Iranian president"."""
    owners = set()
    for child in tree.below[row]:
        rows = [child] if tree.dep[child] in ("poss", "compound", "nmod", "amod") else []
        if tree.dep[child] == "prep" and tree.words[child].lower() in ("of", "for", "at"):
            rows = [below for below in tree.below[child] if tree.dep[below] == "pobj"]
        owners |= {named[each][0] for each in rows if each in named}
    return owners


def description_features(discourse, row, noun, types, determiner, candidates):
    """A list of features for "none of these", then one for each candidate, the last mentioned first."""
    tree = discourse.tree
    kinds = [actor_type for actor_type, _ in types]
    kind = kinds[0] if kinds else "thing"
    owners = owners_of(tree, row, discourse.named)
    possessor = next(
        (discourse.at.get(child) for child in tree.below[row] if tree.dep[child] == "poss"), None
    )
    speaker = discourse.speaker(row)
    shape = shape_of(tree, row)
    ranks = ranked(candidates, lambda each: describes(types, each))
    lists = [
        [
            "description none",
            f"description none {determiner}",
            f"description none shape {shape}",
            f"description none kind {kind}",
            f"description none {'many' if tree.tag[row] in ('NNS', 'NNPS') else 'one'}",
            f"description none capital {tree.words[row][0].isupper() and row > 0}",
            f"description none subject {role_of(tree, row) in SUBJECTS_AND_AGENTS}",
        ]
    ]
    for each in candidates:
        gap, place = tree.sentence[row] - tree.sentence[each.row], ranks.get(id(each))
        features = [
            f"description gap{min(gap, 4)}",
            f"description rank {'unfit' if place is None else min(place, 3)}",
            f"description type {kind} {each.actor_type}",
            f"description n {bucket(each.n)}",
            f"description total {bucket(each.total)}",
            f"description known noun {noun in each.nouns} {shape}",
            f"description in name {noun in each.actor.lower().split()} {each.actor_type == 'person'} {shape}",
            f"description fits {place is not None} {shape}",
            f"description owner {bool(owners & each.owners) if owners and each.owners else 'unknown'} {noun in each.nouns}",
        ]
        if place is not None and noun in WATCHED:
            features.append(f"description {noun} {each.actor_type} {min(place, 1)}")
        if possessor:
            features.append(f"description of the possessor {each is possessor}")
        if speaker:
            features.append(
                f"description in quotation {'speaker' if each is speaker else 'another'}"
            )
        lists.append(features)
    return lists


def shape_of(tree, row):
    """Whether words beside the determiner stand before and after a noun in its phrase."""
    after = any(
        tree.dep[child] in ("prep", "relcl", "acl") and child > row for child in tree.below[row]
    )
    before = any(
        tree.dep[child] in ("amod", "compound", "nummod", "poss", "nmod")
        for child in tree.below[row]
    )
    return f"{'after' if after else ''}{'before' if before else ''}" or "bare"


def describes(types, referent):
    """Whether a noun of these types (actor type, gender) can describe the referent."""
    fitting = {gender for actor_type, gender in types if actor_type == referent.actor_type}
    return bool(fitting) and (
        referent.actor_type != "person" or "" in fitting or referent.gender in ("", *fitting)
    )
