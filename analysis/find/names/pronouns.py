"""Pronouns and descriptions: to which actor of the article each refers, by weights learned on public texts, and how sure that is."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from math import exp

from ...lexicons import actor_nouns, noun_gender, noun_types, read_lexicon
from ...parse.tree import is_joined, noun_phrase
from .clues import GENDER, description_features, owners_of, pronoun_features

PRONOUN_GROUPS = {
    **dict.fromkeys(("he", "him", "his", "himself"), "he"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "she"),
    **dict.fromkeys(("it", "its", "itself"), "it"),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), "they"),
}
FIRST_PERSON = {"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"}
DEFINITE = {"the", "this", "that", "these", "those"}
# What the text mentioned last more sentences ago than this is out of a pronoun's, or a description's, reach.
PRONOUN_REACH, DESCRIPTION_REACH = 5, 30
# Below the first probability a reference is left open; below the second it is no reference to an actor at all.
SURE_ENOUGH, OPEN_BELOW = 0.35, 0.25


@dataclass
class Referent:
    """Somebody or something that the text has spoken of so far; `actor` is missing where it has no name."""

    actor: str | None
    actor_type: str
    gender: str = ""
    plural: bool = False
    total: int = 0  # how often it is named in the whole article
    row: int = 0  # where it was mentioned last,
    form: str = ""  # in which form,
    n: int = 0  # and how often so far
    nouns: set = field(default_factory=set)  # what it has been called
    owners: set = field(default_factory=set)  # whose president it has been called
    key: tuple = ()


class Discourse:
    """One article read from left to right: who has been spoken of, and what each pronoun and description refers to.

    `named` is {row: (actor, actor type, gender, nouns, owners)} of the names' heads, `beside` {row: (actor, actor type, noun,
    gender)} of nouns with a name beside them, `quoted` {row: quoted run}, `speakers` {quoted run: row of its speaker}. `choose`
    picks one of the candidates, as `choose_by` does. `found` holds (row, Referent or None, probability or rule).
    """

    def __init__(self, tree, named, beside, quoted, speakers, choose):
        self.tree, self.named, self.beside, self.quoted, self.speakers, self.choose = (
            tree,
            named,
            beside,
            quoted,
            speakers,
            choose,
        )
        self.totals = Counter(actor for actor, *_ in named.values())
        self.referents, self.at, self.found = {}, {}, []

    def read(self):
        """Read the whole article; returns itself."""
        tree = self.tree
        for row, (word, pos, dep) in enumerate(zip(tree.words, tree.pos, tree.dep, strict=True)):
            if row in self.named:
                actor, actor_type, gender, nouns, owners = self.named[row]
                referent = self.mention((actor,), row, "name", actor, actor_type, gender)
                referent.nouns.update(nouns)
                referent.owners.update(owners)
            elif row in self.beside:
                actor, actor_type, noun, gender = self.beside[row]
                self.mention((actor,), row, "description", actor, actor_type, gender).nouns.add(
                    noun
                )
                self.found.append((row, self.at[row], "stands beside"))
            elif pos in ("PRON", "DET") and word.lower() in PRONOUN_GROUPS and dep != "expl":
                self.read_pronoun(row, PRONOUN_GROUPS[word.lower()])
            elif pos in ("NOUN", "PROPN") and dep not in ("compound", "nmod", "npadvmod", "amod"):
                self.read_noun(row)
        return self

    def mention(self, key, row, form, actor=None, actor_type="thing", gender="", plural=False):
        """The referent of this key, new or known, mentioned at this row; the last mentioned stands last."""
        referent = self.referents.pop(key, None) or Referent(
            actor, actor_type, gender, plural, self.totals[actor]
        )
        self.referents[key] = referent
        referent.key, referent.row, referent.form, referent.n = key, row, form, referent.n + 1
        referent.gender = referent.gender or gender
        self.at[row] = referent
        return referent

    def refer(self, row, referent, form, sure):
        """A reference to a known referent."""
        self.mention(referent.key, row, form)
        self.found.append((row, referent, sure))

    def candidates(self, row, reach):
        """The referents that the text mentioned within reach, the last first."""
        near = []
        for referent in reversed(self.referents.values()):
            if self.tree.sentence[row] - self.tree.sentence[referent.row] > reach:
                break
            near.append(referent)
        return near

    def speaker(self, row):
        """Who speaks the quotation in which a row stands, or None."""
        return self.at.get(self.speakers.get(self.quoted.get(row)))

    def read_pronoun(self, row, group):
        """A pronoun of the third person: one of the candidates, or something without a name."""
        candidates = self.candidates(row, PRONOUN_REACH)
        picked, sure = self.choose(
            group, row, pronoun_features(self, row, group, candidates), candidates
        )
        if picked is not None:
            self.refer(row, picked, group, sure)
            picked.gender = picked.gender or GENDER.get(group, "")
        else:
            self.mention((row,), row, group, None, "thing", GENDER.get(group, ""), group == "they")
            if sure is not None:
                self.found.append((row, None, sure))

    def read_noun(self, row):
        """A noun that heads a phrase without a name: a description of an actor, or something of its own."""
        tree, noun = self.tree, self.tree.lemma[row]
        types = actor_nouns().get(noun, [])
        gender = noun_gender(noun)
        referent, rule = self.tied(row)
        determiner = self.determiner(row, types)
        plural = tree.tag[row] in ("NNS", "NNPS")
        # "The leaders, Biden and Putin": a noun for several is not one person's.
        if not (
            referent
            and fits_noun(tree, row, referent.actor_type)
            and not (plural and referent.actor_type == "person")
        ):
            referent, rule = self.described(row, noun, types, determiner)
        if referent:
            self.refer(row, referent, "description", rule)
            referent.nouns.add(noun)
            referent.gender = referent.gender or gender
            up = tree.head[row]
            # "The culprit – the president – must go": what stands before the description is the same.
            if (
                tree.dep[row] == "appos"
                and not (up in self.at and self.at[up].actor)
                and fits_noun(tree, up, referent.actor_type)
            ):
                self.at[up] = referent
                self.found.append((up, referent, "stands beside"))
            return
        if rule is not None:
            self.found.append((row, None, rule))
        form = "definite" if determiner in DEFINITE else "indefinite" if determiner else "bare"
        kind = types[0][0] if types else "name" if tree.pos[row] == "PROPN" else "thing"
        # "The report" is the report mentioned before; "a report" is another.
        key = (noun, plural)
        if form != "definite" and tree.pos[row] != "PROPN":
            self.referents.pop(key, None)
        self.mention(key, row, form, None, kind, gender, plural)

    def determiner(self, row, types):
        """The determiner of a noun phrase; "possessive" for his, her, our before a noun for an actor; "" where there is none."""
        tree = self.tree
        determiner = next(
            (tree.words[child].lower() for child in tree.below[row] if tree.dep[child] == "det"),
            "",
        )
        owned = types and any(
            tree.dep[child] == "poss" and tree.pos[child] == "PRON" for child in tree.below[row]
        )
        return determiner or ("possessive" if owned else "")

    def described(self, row, noun, types, determiner):
        """(Referent, probability) of a definite description; (None, probability) where it is left open; (None, None) where it is none."""
        tree = self.tree
        own_name = any(
            tree.pos[child] == "PROPN" and tree.dep[child] == "compound"
            for child in tree.below[row]
        )
        capital = tree.words[row][0].isupper() and types and not determiner and not own_name
        if determiner not in (*DEFINITE, "possessive") and not capital:
            return None, None
        plural = tree.tag[row] in ("NNS", "NNPS")
        candidates = [
            each
            for each in self.candidates(row, DESCRIPTION_REACH)
            if each.actor and not (plural and each.actor_type == "person")
        ]
        owners = owners_of(tree, row, self.named)
        # "The president of Iran" is whoever has been called Iran's president, if that is one person.
        called = [
            referent
            for referent in candidates
            if noun in referent.nouns and owners & referent.owners
        ]
        if len(called) == 1:
            return called[0], "has been called that before:"
        return self.choose(
            "description",
            row,
            description_features(self, row, noun, types, determiner, candidates),
            candidates,
        )

    def tied(self, row):
        """(Referent, rule) to which the grammar ties a noun as apposition or affirmative predicate; (None, None) where to none."""
        tree = self.tree
        dep, up = tree.dep[row], tree.head[row]
        if dep == "conj" and tree.dep[up] in ("attr", "appos") and not is_joined(tree, row):
            dep, up = tree.dep[up], tree.head[up]
        referent, rule = None, None
        before = tree.words[noun_phrase(tree, row)[0] - 1].lower() if row else ""
        if dep == "appos" and before not in ("not", "hardly", "no"):
            referent, rule = self.at.get(up), "stands beside"
        elif dep == "attr" and tree.lemma[up] in ("be", "become", "remain"):
            subject = next((child for child in tree.below[up] if tree.dep[child] == "nsubj"), None)
            denied = [
                *(tree.dep[child] for child in tree.below[up]),
                *(tree.words[child].lower() for child in tree.below[row]),
            ]
            if not {"neg", "no"}.intersection(denied):
                referent, rule = self.at.get(subject), "is said of"
        return (referent, rule) if referent and referent.actor else (None, None)


def fits_noun(tree, row, actor_type):
    """Whether a noun can describe an actor of this type."""
    return tree.pos[row] == "NOUN" and actor_type in noun_types(tree.lemma[row])


def choose_by(weights):
    """A chooser for `Discourse`: (the most probable candidate, its probability) by a softmax over summed weights.

    (None, probability) where an actor is the likeliest and not likely enough; (None, None) where it is no actor.
    """

    def choose(group, row, features, candidates):
        scores = [sum(map(lambda feature: weights.get(feature, 0.0), each)) for each in features]
        top = max(scores)
        odds = [exp(score - top) for score in scores]
        best = max(range(1, len(odds)), key=odds.__getitem__, default=0)
        sure = odds[best] / sum(odds) if best else 0.0
        if sure >= SURE_ENOUGH:
            return candidates[best - 1], sure
        is_open = sure >= OPEN_BELOW and candidates[best - 1].actor and odds[0] < odds[best]
        return None, sure if is_open else None

    return choose


@cache
def read_weights():
    """{feature: weight} of `data/reference_weights.csv`."""
    return {
        row.feature: float(row.weight) for row in read_lexicon("reference_weights").itertuples()
    }
