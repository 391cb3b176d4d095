"""Pronouns and descriptions: to which actor of the article each refers, by weights learned on public texts, and how sure that is."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from math import exp

from .lexicons import actor_nouns, read_lexicon
from .phrases import phrase_at

CLASSES = {
    **dict.fromkeys(("he", "him", "his", "himself"), "he"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "she"),
    **dict.fromkeys(("it", "its", "itself"), "it"),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), "they"),
}
SPEAKER = {"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"}
GENDER = {"he": "male", "she": "female"}
DEFINITE = {"the", "this", "that", "these", "those"}
# Whom the text mentioned last this many sentences ago is out of a pronoun's, or a description's, reach.
REACH = 5
FAR_REACH = 30
SUBJECTS = ("nsubj", "nsubjpass", "csubj", "agent")


@dataclass
class Referent:
    """Somebody or something that the text has spoken of so far."""

    actor: str | None
    actor_type: str
    gender: str = ""
    plural: bool = False
    row: int = 0
    form: str = ""
    n: int = 0
    nouns: set = field(default_factory=set)
    owners: set = field(default_factory=set)
    total: int = 0


def resolve(parse, named, nouns_of, speakers, quoted, choose):
    """[(row, Referent, probability)] of pronouns and descriptions in one article, left to right.

    `named` is {head row: (actor, actor type, gender)} of the names, `nouns_of` {head row: (actor, noun)} of descriptions that
    the grammar ties to an actor, `speakers` {quoted run: row of its speaker}, `quoted` {row: quoted run}. `choose` picks one
    of the candidates: see `choose_by`.
    """
    referents, found, at = {}, [], {}
    totals = Counter(actor for actor, *_ in named.values())

    def mention(key, row, form, actor=None, actor_type="thing", gender="", plural=False):
        referent = referents.setdefault(key, Referent(actor, actor_type, gender, plural, total=totals[actor]))
        referent.row, referent.form, referent.n = row, form, referent.n + 1
        referent.gender = referent.gender or gender
        at[row] = referent
        return referent

    for row, dep in enumerate(parse.dep):
        word = parse.words[row].lower()
        if row in named:
            actor, actor_type, gender, nouns, owners = named[row]
            referent = mention((actor,), row, "name", actor, actor_type, gender)
            referent.nouns.update(nouns)
            referent.owners.update(owners)
            continue
        if row in nouns_of:
            actor, actor_type, noun, gender = nouns_of[row]
            mention((actor,), row, "description", actor, actor_type, gender).nouns.add(noun)
            continue
        if parse.pos[row] in ("PRON", "DET") and word in CLASSES and dep != "expl":
            candidates = [each for each in referents.values() if parse.sentence[row] - parse.sentence[each.row] <= REACH]
            features = pronoun_features(parse, row, CLASSES[word], candidates, speakers, quoted, at)
            picked, sure = choose(CLASSES[word], row, features, candidates)
            if picked is None:
                mention((row,), row, CLASSES[word], None, "thing", GENDER.get(CLASSES[word], ""), CLASSES[word] == "they")
                if sure is not None:
                    found.append((row, sure[0], sure[1]))
            else:
                picked.row, picked.form, picked.n = row, CLASSES[word], picked.n + 1
                picked.gender = picked.gender or GENDER.get(CLASSES[word], "")
                at[row] = picked
                found.append((row, picked, sure))
        elif parse.pos[row] in ("NOUN", "PROPN") and dep not in ("compound", "nmod", "npadvmod", "amod"):
            start(parse, row, referents, mention, choose, found, at, speakers, quoted, named)
    return found, at


def start(parse, row, referents, mention, choose, found, at, speakers, quoted, named):
    """A noun phrase without a name: a description of an actor, or something of its own."""
    noun, plural = parse.lemma[row], parse.tag[row] in ("NNS", "NNPS")
    other, rule = tied_to(parse, row, at)
    if other and fits_noun(parse, row, other.actor_type):
        other.row, other.form, other.n = row, "description", other.n + 1
        other.nouns.add(noun)
        other.gender = other.gender or next((gender for kind, gender in actor_nouns()[noun] if kind == "person"), "")
        at[row] = other
        found.append((row, other, rule))
        return
    types = actor_nouns().get(noun, [])
    determiner = next((parse.words[child].lower() for child in parse.below[row] if parse.dep[child] == "det"), "")
    if not determiner and types and any(parse.dep[child] == "poss" and parse.pos[child] == "PRON" for child in parse.below[row]):
        determiner = "possessive"
    if determiner in (*DEFINITE, "possessive") or (parse.words[row][0].isupper() and types and not determiner):
        candidates = [each for each in referents.values() if each.actor and parse.sentence[row] - parse.sentence[each.row] <= FAR_REACH]
        features = description_features(parse, row, noun, types, determiner, plural, candidates, named)
        speaker = at.get(speakers.get(quoted.get(row))) if row in quoted else None
        possessor = next((at.get(child) for child in parse.below[row] if parse.dep[child] == "poss"), None)
        for each, listed in zip(candidates, features[1:], strict=True):
            if possessor:
                listed.append(f"description of the possessor {each is possessor}")
            if speaker:
                listed.append(f"description in quotation {'speaker' if each is speaker else 'another'}")
        picked, sure = choose("description", row, features, candidates)
        if picked is not None:
            picked.row, picked.form, picked.n = row, "description", picked.n + 1
            picked.nouns.add(noun)
            at[row] = picked
            found.append((row, picked, sure))
            up = parse.head[row]
            # "The culprit – the president – must go": what stands before the description is the same.
            if parse.dep[row] == "appos" and up not in at_actor(at) and fits_noun(parse, up, picked.actor_type):
                at[up] = picked
                found.append((up, picked, "stands beside"))
            return
        if sure is not None:
            found.append((row, sure[0], sure[1]))
    form = "definite" if determiner in DEFINITE else "indefinite" if determiner else "bare"
    kind = types[0][0] if types else "name" if parse.pos[row] == "PROPN" else "thing"
    gender = next((gender for actor_type, gender in types if actor_type == "person"), "")
    key = ("noun", noun, plural) if form == "definite" or parse.pos[row] == "PROPN" else ("noun", noun, plural, row)
    if key not in referents and form == "definite":
        before = [other for other in referents if other[:3] == key]
        key = before[-1] if before else key
    mention(key, row, form, None, kind, gender, plural)


def at_actor(at):
    """The rows at which an actor is mentioned."""
    return {row for row, referent in at.items() if referent.actor}


def tied_to(parse, row, at):
    """(Referent, rule) to which the grammar ties a noun as apposition or affirmative predicate; (None, "") where it ties it to none."""
    dep, up = parse.dep[row], parse.head[row]
    if dep == "conj" and parse.dep[up] in ("attr", "appos"):
        dep, up = parse.dep[up], parse.head[up]
    if dep == "appos":
        return at.get(up), "stands beside"
    if dep == "attr" and parse.lemma[up] in ("be", "become", "remain"):
        subject = next((child for child in parse.below[up] if parse.dep[child] == "nsubj"), None)
        denied = any(parse.dep[child] == "neg" for child in parse.below[up]) or any(parse.words[child].lower() == "no" for child in parse.below[row])
        return (at.get(subject), "is said of") if not denied else (None, "")
    return None, ""


def fits_noun(parse, row, actor_type):
    """Whether a noun can describe an actor of this type."""
    return parse.pos[row] == "NOUN" and any(kind == actor_type for kind, _ in actor_nouns().get(parse.lemma[row], ()))


def verb_of(parse, row):
    """The row of the verb (or root) above a word."""
    while parse.head[row] != row and parse.pos[row] not in ("VERB", "AUX"):
        row = parse.head[row]
    return row


def role_of(parse, row):
    """The grammatical relation of a phrase, that of its first conjunct."""
    while parse.dep[row] == "conj" and parse.head[row] != row:
        row = parse.head[row]
    return parse.dep[row]


def bucket(n):
    """A count as one of 0, 1, 2, 3-4, 5-8, 9+."""
    return n if n < 3 else "3-4" if n < 5 else "5-8" if n < 9 else "9+"


def pronoun_features(parse, row, group, candidates, speakers, quoted, at):
    """One list of features for "nobody of these", then one a candidate."""
    role, verb, sentence = role_of(parse, row), verb_of(parse, row), parse.sentence[row]
    reflexive = parse.words[row].lower().endswith(("self", "selves"))
    run = quoted.get(row)
    speaker = at.get(speakers.get(run)) if run is not None else None
    by_recency = sorted(candidates, key=lambda each: -each.row)
    fitting = [each for each in by_recency if fits(group, each)]
    rank = {id(each): place for place, each in enumerate(fitting)}
    gender = GENDER.get(group)
    group = "person" if gender else group
    most = max((each.total for each in fitting), default=0)
    none = [f"{group} none", f"{group} none fit{min(len(fitting), 3)}", f"{group} none role {role}"]
    if group == "it":
        up = parse.head[row]
        none += [f"it none verb {parse.lemma[up]}" if parse.lemma[up] in ("be", "seem", "appear", "make", "take") else "it none verb else"]
        none += ["it none clause"] if any(parse.dep[child] in ("ccomp", "xcomp", "advcl", "csubj", "acomp") for child in parse.below[up]) else []
    lists = [none]
    for each in candidates:
        last, gap = each.row, sentence - parse.sentence[each.row]
        place = rank.get(id(each))
        other_role = role_of(parse, last)
        features = [
            f"{group} gap{gap}",
            f"{group} type {each.actor_type} {'named' if each.actor else 'unnamed'} {'many' if each.plural else 'one'}",
            f"{group} gender {'unknown' if not each.gender else each.gender == gender} {each.actor_type}",
            f"{group} n {bucket(each.n)}",
            f"{group} total {bucket(each.total)}",
            f"{group} form {each.form if each.form not in GENDER else 'same pronoun' if GENDER[each.form] == gender else 'other pronoun'}",
            f"{group} most named {each.total == most}",
            f"rank {'unfit' if place is None else min(place, 4)}",
            f"{group} rank {'unfit' if place is None else min(place, 2)}",
            f"role {'subject' if other_role in SUBJECTS else other_role} gap{min(gap, 2)}",
            f"same role {role == other_role or (role in SUBJECTS and other_role in SUBJECTS)} gap{min(gap, 2)}",
        ]
        if parse.paragraph[row] != parse.paragraph[last]:
            features.append(f"{group} other paragraph")
        if gap == 0:
            same = verb_of(parse, last) == verb
            features.append(f"same verb {same} {'self' if reflexive else 'poss' if role == 'poss' else 'argument'}")
        if last > 0 and parse.sentence[last - 1] != parse.sentence[last]:
            features.append("first in sentence")
        if run is not None:
            features.append("own speaker" if each is speaker else "same run" if quoted.get(last) == run else "from outside")
        elif last in quoted:
            features.append("from inside a quotation")
        lists.append(features)
    return lists


def fits(group, referent):
    """Whether number, gender and kind let the pronoun mean this."""
    if group in GENDER:
        return referent.actor_type in ("person", "thing", "name") and not referent.plural and referent.gender in ("", GENDER[group])
    if group == "it":
        return referent.actor_type != "person" and not referent.plural
    return referent.plural or referent.actor_type in ("organisation", "state", "person")


def owners_of(parse, row, named):
    """Actors that a noun belongs to: "the president of Iran", "Iran's president", "the Iranian president"."""
    owners = set()
    for child in parse.below[row]:
        rows = [child] if parse.dep[child] in ("poss", "compound", "nmod", "amod") else []
        if parse.dep[child] == "prep" and parse.words[child].lower() in ("of", "for", "at"):
            rows = [below for below in parse.below[child] if parse.dep[below] == "pobj"]
        owners |= {named[each][0] for each in rows if each in named}
    return owners


def description_features(parse, row, noun, types, determiner, plural, candidates, named):
    """One list of features for "none of these", then one a candidate."""
    phrase = phrase_at(parse, row)
    after = parse.dep[phrase.last - 1] if phrase.last - 1 > row else ""
    follows = any(parse.dep[child] in ("prep", "relcl", "acl") and child > row for child in parse.below[row])
    modified = any(parse.dep[child] in ("amod", "compound", "nummod", "poss", "nmod") for child in parse.below[row])
    kinds = [actor_type for actor_type, _ in types]
    capital = parse.words[row][0].isupper()
    owners = owners_of(parse, row, named)
    shape = f"{'after' if follows else ''}{'before' if modified else ''}"
    none = [
        "description none",
        f"description none {determiner}",
        f"description none shape {shape}",
        f"description none kind {kinds[0] if kinds else 'thing'}",
        f"description none {'many' if plural else 'one'}",
        f"description none capital {capital and row > 0}",
        f"description none role {after and 'x'}{role_of(parse, row) in SUBJECTS}",
    ]
    by_recency = sorted(candidates, key=lambda each: -each.row)
    fitting = [each for each in by_recency if describes(kinds, types, each)]
    rank = {id(each): place for place, each in enumerate(fitting)}
    lists = [none]
    for each in candidates:
        gap = parse.sentence[row] - parse.sentence[each.row]
        place = rank.get(id(each))
        name = each.actor.lower().split()
        features = [
            f"description gap{min(gap, 4)}",
            f"description rank {'unfit' if place is None else min(place, 3)}",
            f"description type {kinds[0] if kinds else 'thing'} {each.actor_type}",
            f"description n {bucket(each.n)}",
            f"description total {bucket(each.total)}",
            f"description known noun {noun in each.nouns} {shape}",
            f"description in name {noun in name} {each.actor_type == 'person'} {shape}",
            f"description fits {place is not None} {shape}",
            f"description owner {'' if not owners or not each.owners else bool(owners & each.owners)} {noun in each.nouns}",
        ]
        if place is not None and noun in WATCHED:
            features.append(f"description {noun} {each.actor_type} {min(place, 1)}")
        lists.append(features)
    return lists


WATCHED = {
    "country",
    "nation",
    "city",
    "company",
    "team",
    "group",
    "organization",
    "man",
    "woman",
    "party",
    "region",
    "capital",
    "state",
    "government",
}


def describes(kinds, types, referent):
    """Whether a noun of these kinds can describe the referent."""
    if not kinds:
        return False
    genders = {gender for actor_type, gender in types if actor_type == "person"}
    kind = referent.actor_type
    if kind == "person":
        return "person" in kinds and ("" in genders or not referent.gender or referent.gender in genders)
    return kind in kinds or (kind == "state" and "place" in kinds and False) or (kind == "place" and "state" in kinds and False)


# Below this probability a reference is left open; below the second it is no reference at all.
SURE = 0.35
OPEN = 0.25


def choose_by(weights):
    """A chooser for `resolve`: the most probable candidate by a softmax over summed weights, or nobody."""

    def choose(group, row, features, candidates):
        scores = [sum(map(lambda feature: weights.get(feature, 0.0), each)) for each in features]
        top = max(scores)
        odds = [exp(score - top) for score in scores]
        total = sum(odds)
        best = max(range(1, len(odds)), key=odds.__getitem__, default=0)
        if not best:
            return None, None
        sure = odds[best] / total
        referent = candidates[best - 1]
        if sure >= SURE:
            return referent, sure
        return None, ((None, sure) if referent.actor and sure >= OPEN and odds[0] < odds[best] else None)

    return choose


@cache
def read_weights():
    """{feature: weight} of `data/reference_weights.csv`."""
    return {row.feature: float(row.weight) for row in read_lexicon("reference_weights").itertuples()}
