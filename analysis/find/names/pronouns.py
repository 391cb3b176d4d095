"""Pronouns and descriptions: to which actor of the article each refers, and how sure that is.

By weights learned on public texts.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cache
from math import exp
from typing import NamedTuple

from ...lexicons import actor_nouns, noun_gender, read_lexicon, reporting_verbs, word_list
from ...parse.tree import SUBJECTS, is_joined, noun_phrase
from .clues import (
    GENDER,
    description_features,
    is_apart,
    owners_of,
    participant_features,
    pronoun_features,
)
from .encoder import Links
from .nouns import (
    DEFINITE,
    PLURAL_TAGS,
    determiner_of,
    fits_noun,
    is_affirmed,
    is_definite,
    is_denied,
    is_denied_before,
)
from .strangers import (
    NAMED_WITHIN,
    call_stranger,
    can_have_name,
    choose_described,
    is_headline,
    is_plural,
    is_stranger,
)

PRONOUN_GROUPS = {
    **dict.fromkeys(("he", "him", "his", "himself"), "he"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "she"),
    **dict.fromkeys(("it", "its", "itself"), "it"),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), "they"),
}
# Who speaks and is spoken to outside of quotation marks, as in interviews.
PARTICIPANTS = {
    **dict.fromkeys(("i", "me", "my", "mine", "myself"), "i"),
    **dict.fromkeys(("we", "us", "our", "ours", "ourselves"), "we"),
    **dict.fromkeys(("you", "your", "yours", "yourself", "yourselves"), "you"),
}
FIRST_PERSON = {"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"}
# People without a name who are looked at where a name may be theirs: the last of them.
MOST_STRANGERS = 40
# Relations of nouns that head no phrase of their own.
INNER = ("compound", "nmod", "npadvmod", "amod")
# What the text mentioned last more sentences ago than this is out of reach.
PRONOUN_REACH = 5
DESCRIPTION_REACH = 30
# How the title of whoever stands in for somebody begins.
DEPUTIES = ("vice", "deputy", "assistant")
PARTICIPANT_REACH = 30
SPEAKER_REACH = 2  # paragraphs too
# Below the first probability a pronoun is left open, below the second a description; below the
# third it is no reference to an actor at all. Chosen by cross-validation on GUM.
SURE_ENOUGH = 0.3
SURE_OF_DESCRIPTION = 0.4
OPEN_BELOW = 0.2


@dataclass
class Referent:
    """Somebody or something that the text has spoken of so far.

    `actor` is missing where it has no name.
    """

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
    titles: set = field(default_factory=set)  # what stands before its name
    key: tuple = ()
    rows: list = field(default_factory=list)  # where it has been mentioned
    runs: set = field(default_factory=set)  # the quoted runs of these, None outside
    named_in: set = field(default_factory=set)  # those in which it is named
    called: str = ""  # somebody without a name: how
    why: str = ""  # described before it was named: why it is the same


class Naming(NamedTuple):
    """An actor named at a row, with what the words around the name tell."""

    actor: str
    actor_type: str
    gender: str
    nouns: list  # what it is called there
    owners: set  # whose president
    title: str = ""  # what stands before the name


class Finding(NamedTuple):
    """To whom a pronoun or description at a row refers; nobody where it is open."""

    row: int
    referent: Referent | None
    code: str  # of `schema.CODES["mentions"]`
    sure: float | None = None  # how probable that is, by the weights


class Said(NamedTuple):
    """Who speaks where in an article."""

    quoted: dict  # {row: number of the run in quotation marks in which it stands}
    speakers: dict  # {that number: row of the word that names the speaker}
    speaking: list  # rows of all words that name a speaker, in order


class Discourse:
    """One article read from left to right: who has been spoken of, and who is meant each time.

    `named` is {row: Naming} of the names' heads, `inside` the rows of all names and titles,
    `beside` {row: Naming} of nouns with a name beside them, `said` who speaks where, `reading` what
    the encoder says. `choose` picks one of the candidates, as `choose_by` does. `found` holds a
    Finding for each reference.
    """

    def __init__(self, tree, named, inside, beside, said, choose, reading):
        self.tree, self.choose, self.inside = tree, choose, inside
        self.links = Links(tree, reading)
        self.named, self.beside = named, beside
        self.quoted, self.speakers, self.speaking = said
        self.spoken_at = defaultdict(set)  # {row of a speaker: the quoted runs that it speaks}
        for run, row in self.speakers.items():
            self.spoken_at[row].add(run)
        self.totals = Counter(naming.actor for naming in named.values())
        self.referents = {}  # {key: Referent}, the last mentioned last
        self.at = {}  # {row: Referent}
        self.strangers = []  # Referents of people and groups without a name
        self.found = []

    def read(self):
        """Read the whole article; returns itself."""
        for row in range(len(self.tree.words)):
            if row in self.named:
                self.read_name(row, self.named[row], "name")
            elif row in self.beside:
                self.read_name(row, self.beside[row], "description")
                self.found.append(Finding(row, self.at[row], "beside"))
            elif is_pronoun(self.tree, row, PRONOUN_GROUPS):
                if self.tree.dep[row] != "expl":
                    self.read_pronoun(row)
            elif row not in self.quoted and is_pronoun(self.tree, row, PARTICIPANTS):
                self.read_participant(row)
            elif self.tree.pos[row] in ("NOUN", "PROPN") and self.tree.dep[row] not in INNER:
                self.read_noun(row)
        self.tell_apart()
        # What was left open, and is told later, is not open.
        known = {finding.row for finding in self.found if finding.referent}
        self.found = [each for each in self.found if each.referent or each.row not in known]
        return self

    def tell_apart(self):
        """People without a name who are called the same get a number; groups are one group."""
        times = Counter()
        for each in self.strangers:
            if each.actor is None and not each.plural:
                times[each.called] += 1
                if times[each.called] > 1:
                    each.called += f" ({times[each.called]})"

    def mention(self, key, row, form, referent):
        """The referent of this key is mentioned at this row; the one given, where none is known."""
        known = self.referents.pop(key, referent)
        self.referents[key] = known
        known.key, known.row, known.form = key, row, form
        known.rows.append(row)
        known.runs.add(self.quoted.get(row))
        known.n += 1
        known.gender = known.gender or referent.gender
        self.at[row] = known
        return known

    def refer(self, finding, form):
        """A reference to a known referent."""
        self.mention(finding.referent.key, finding.row, form, finding.referent)
        self.found.append(finding)

    def candidates(self, row, reach):
        """The referents that the text mentioned within reach, the last first."""
        sentence = self.tree.sentence
        near = []
        for referent in reversed(self.referents.values()):
            if sentence[row] - sentence[referent.row] > reach:
                break
            near.append(referent)
        return near

    def speaker(self, row):
        """Who speaks the quotation in which a row stands, or None."""
        return self.at.get(self.speakers.get(self.quoted.get(row)))

    def read_name(self, row, naming, form):
        """A name, or a noun beside a name."""
        actor, actor_type, gender, nouns, owners, title = naming
        if actor_type == "person" and (actor,) not in self.referents:
            self.name_stranger(row, naming)
        new = Referent(actor, actor_type, gender, total=self.totals[actor])
        referent = self.mention((actor,), row, form, new)
        referent.nouns.update(nouns)
        referent.owners.update(owners)
        referent.named_in.add(self.quoted.get(row))
        if title:
            referent.titles.add(title)

    def name_stranger(self, row, naming):
        """Somebody described before is named here, if it is told who."""
        tree, near = self.tree, []
        for each in self.strangers[-MOST_STRANGERS:]:
            gap = tree.sentence[row] - tree.sentence[each.row]
            fits = not each.gender or naming.gender in ("", each.gender)
            if each.actor is None and not each.plural and fits and gap <= NAMED_WITHIN:
                near.append(each)
        number, why = choose_described(tree, [each.rows for each in near], row)
        if number is None:
            return
        stranger = near[number]
        noun = tree.lemma[stranger.rows[0]]
        same = [each for each in near if tree.lemma[each.rows[0]] == noun]
        for each in same:
            self.referents.pop(each.key, None)
            each.actor, each.actor_type, each.why = naming.actor, naming.actor_type, why
        stranger.total = self.totals[naming.actor]
        self.referents[(naming.actor,)] = stranger

    def read_pronoun(self, row):
        """A pronoun of the third person: one of the candidates, or something without a name."""
        group = PRONOUN_GROUPS[self.tree.words[row].lower()]
        gender = GENDER.get(group, "")
        candidates, speaker = [], self.said_by(row)
        for each in self.candidates(row, PRONOUN_REACH):
            # What is named is known to be a person, or known to be none.
            is_person = each.actor_type == "person"
            fits = each.actor is None or group == "they" or is_person == bool(gender)
            is_several = bool(gender) and each.plural
            is_speaker = each.actor is not None and each.actor == speaker
            if fits and not is_several and not is_speaker and not self.is_spoken_of(row, each):
                candidates.append(each)
        finding = self.spoke_last(row, gender) or self.tells_of_self(row, gender)
        if finding is None:
            features = pronoun_features(self, row, group, candidates)
            finding = self.ask(group, row, features, candidates)
        if finding and finding.referent:
            self.refer(finding, group)
            finding.referent.gender = finding.referent.gender or gender
            return
        if finding:
            self.found.append(finding)
        self.mention((row,), row, group, Referent(None, "thing", gender, group == "they"))

    def spoke_last(self, row, gender):
        """The Finding of he or she as a speaker: whoever spoke last before; None where it is open.

        Within two sentences, those of the speaker's words not counted, and with nobody else of that
        gender as a subject in between.
        """
        tree = self.tree
        place = bisect_left(self.speaking, row)
        if not gender or not place or self.speaking[place : place + 1] != [row]:
            return None
        last = self.speaking[place - 1]
        referent = self.named_in(last)
        told = [each for each in range(last + 1, row + 1) if each not in self.quoted]
        gap = len({tree.sentence[each] for each in told} - {tree.sentence[last]})
        paragraphs = tree.paragraph[row] - tree.paragraph[last]
        is_near = 0 < gap <= SPEAKER_REACH and paragraphs <= SPEAKER_REACH
        if referent is None or not referent.actor or not is_near:
            return None
        if referent.actor_type != "person" or referent.gender not in ("", gender):
            return None
        if self.is_spoken_of(row, referent):
            return None
        for between in range(last + 1, row):
            other = self.at.get(between)
            is_other = other is not None and other is not referent and other.actor
            is_person = is_other and other.actor_type == "person"
            fits = is_person and other.gender in ("", gender)
            is_subject = tree.dep[between] in SUBJECTS and between not in self.quoted
            if fits and is_subject and not is_told_by(tree, between, last):
                return None
        return Finding(row, referent, "last_speaker")

    def tells_of_self(self, row, gender):
        """The Finding of he or she as the subject of what somebody says: "Pow told Dale that he".

        None where it is open.
        """
        tree, verb = self.tree, self.tree.head[row]
        over = tree.head[verb]
        is_told = tree.dep[verb] == "ccomp" and tree.lemma[over] in reporting_verbs()
        if not is_told or not gender or tree.dep[row] not in SUBJECTS or row in self.quoted:
            return None
        # "said he should go", "suggested that he go" are of another.
        help_word = tree.lemma[tree.first[verb].get("aux", verb)]
        is_asked = tree.tag[verb] == "VB" and "aux" not in tree.first[verb]
        if is_asked or help_word in word_list("modals of obligation"):
            return None
        while "nsubj" not in tree.first[over] and tree.dep[over] in ("advcl", "conj", "xcomp"):
            over = tree.head[over]
        referent = self.named_in(tree.first[over].get("nsubj"))
        if referent is None or not referent.actor or referent.actor_type != "person":
            return None
        return Finding(row, referent, "tells_of_self") if referent.gender in ("", gender) else None

    def named_in(self, row):
        """The referent at a row, or of the only person named in its phrase; None where none is."""
        if row is None or row in self.at and self.at[row].actor:
            return self.at.get(row)
        people = []
        for each in range(*noun_phrase(self.tree, row)):
            if each in self.named and self.named[each].actor_type == "person":
                people.append(self.at.get(each))
        return people[0] if len(people) == 1 else self.at.get(row)

    def said_by(self, row):
        """The actor who speaks the words in marks around a row, as far as the text names one."""
        speaker = self.speakers.get(self.quoted.get(row))
        naming = self.named.get(speaker) or self.beside.get(speaker)
        if naming:
            return naming.actor
        return self.at[speaker].actor if speaker in self.at else None

    def is_spoken_of(self, row, referent):
        """Whether the words of the speaker at this row name a referent: “Anna is late,” he said.

        Or speak of one of whom nothing else does.
        """
        mine = self.spoken_at.get(row, ())
        only_there = len(referent.runs) == 1 and not referent.runs.isdisjoint(mine)
        return only_there or not referent.named_in.isdisjoint(mine)

    def read_participant(self, row):
        """A pronoun of the first or second person that stands in no quotation marks."""
        group = PARTICIPANTS[self.tree.words[row].lower()]
        candidates = []
        for each in self.candidates(row, PARTICIPANT_REACH):
            if each.actor_type == "person" or group == "we":
                candidates.append(each)
        features = participant_features(self.tree, row, group, candidates)
        finding = self.ask(group, row, features, candidates)
        if finding and finding.referent:
            self.refer(finding, group)
            return
        kind = "thing" if group == "we" else "person"
        self.mention((group, self.tree.paragraph[row]), row, group, Referent(None, kind))

    def ask(self, group, row, features, candidates):
        """The Finding of the chooser; None where it finds no actor."""
        said = self.links.scores(row, candidates, group == "description")
        # The same weight for men and women.
        kind = "person" if group in GENDER else group
        for each, score in zip(features, said, strict=True):
            each.append((f"{kind} reading", score))
        picked, sure = self.choose(group, row, features, candidates)
        if picked is not None:
            return Finding(row, picked, "resolved", sure)
        return Finding(row, None, "open", sure) if sure is not None else None

    def read_noun(self, row):
        """A noun that heads a phrase without a name: it describes an actor, or is something new."""
        types = actor_nouns().get(self.tree.lemma[row], [])
        finding = self.tied(row) or self.described(row, types)
        if finding and finding.referent:
            self.describe(finding)
            return
        if finding:
            self.found.append(finding)
        referent = self.read_thing(row, types)
        if not finding and row not in self.inside and is_stranger(self.tree, row, self.quoted):
            if referent.called or not can_have_name(self.tree, row):
                self.meet(row, referent)
            else:
                self.found.append(Finding(row, None, "perhaps_named"))

    def describe(self, finding):
        """A noun that describes a known referent."""
        tree, row, referent = self.tree, finding.row, finding.referent
        noun = tree.lemma[row]
        self.refer(finding, "description")
        referent.nouns.add(noun)
        referent.gender = referent.gender or noun_gender(noun)
        if tree.dep[row] != "appos":
            return
        # "The culprit – the president – must go": what stands before the description is the same.
        up = tree.head[row]
        is_named = up in self.at and self.at[up].actor
        if not is_named and fits_noun(tree, up, referent.actor_type):
            self.at[up] = referent
            self.found.append(Finding(up, referent, "beside"))

    def read_thing(self, row, types):
        """A noun for something without a name, as a referent; `types` are those it can describe."""
        tree, noun = self.tree, self.tree.lemma[row]
        kind = "name" if tree.pos[row] == "PROPN" else "thing"
        if types:
            kind = types[0][0]
        determiner = determiner_of(tree, row, types)
        form = "indefinite" if determiner else "bare"
        if determiner in DEFINITE:
            form = "definite"
        plural = is_plural(tree, row)
        key = (noun, plural)
        # "The report" is the report mentioned before; "a report" is another, but for one in the
        # headline.
        known = self.referents.get(key)
        in_headline = known is not None and is_headline(tree, known.row)
        is_new_one = form != "definite" and determiner != "possessive"
        if is_new_one and tree.pos[row] != "PROPN" and not in_headline:
            self.referents.pop(key, None)
        return self.mention(key, row, form, Referent(None, kind, noun_gender(noun), plural))

    def meet(self, row, referent):
        """A noun that speaks of somebody without a name."""
        if not referent.called:
            referent.called = call_stranger(self.tree, row)
            self.strangers.append(referent)
        self.found.append(Finding(row, referent, "unnamed"))

    def tied(self, row):
        """The Finding where the grammar ties a noun to an actor whom it can describe, or None."""
        tree = self.tree
        dep, up = tree.dep[row], tree.head[row]
        is_second = dep == "conj" and tree.dep[up] in ("attr", "appos")
        if is_second and not is_joined(tree, row):
            dep, up = tree.dep[up], tree.head[up]
        referent, code = None, None
        if dep == "appos" and not is_denied_before(tree, row):
            referent, code = self.at.get(up), "beside"
        elif dep == "attr" and is_affirmed(tree, row, up):
            referent, code = self.at.get(tree.first[up].get("nsubj")), "said_of"
        if referent is None or referent.actor is None:
            return None
        # "The leaders, Biden and Putin": a noun for several is not one person's.
        several = tree.tag[row] in PLURAL_TAGS and referent.actor_type == "person"
        fits = fits_noun(tree, row, referent.actor_type) and not several
        return Finding(row, referent, code) if fits else None

    def described(self, row, types):
        """The Finding of a description; None where it is none."""
        tree, noun = self.tree, self.tree.lemma[row]
        determiner = determiner_of(tree, row, types)
        is_no_reference = row in self.inside or is_denied(tree, row)
        is_asked = types or is_definite(tree, row, types, determiner)
        if is_no_reference or not is_asked:
            return None
        plural = tree.tag[row] in PLURAL_TAGS
        candidates = []
        for each in self.candidates(row, DESCRIPTION_REACH):
            is_several = plural and each.actor_type == "person"
            if each.actor and not is_several and not is_apart(tree, row, each.row):
                candidates.append(each)
        owners = owners_of(tree, row, self.named)
        # "The vice president" is the one who has that title, "the president of Iran" whoever has
        # been called Iran's president, if just one has.
        first = min((child for child in tree.below[row] if tree.dep[child] in INNER), default=row)
        title = " ".join(tree.words[first : row + 1]).lower()
        called = [each for each in candidates if first < row and title in each.titles]
        candidates = [each for each in candidates if not is_deputy(each, title)]
        if not called:
            called = [each for each in candidates if noun in each.nouns and owners & each.owners]
        if len(called) == 1:
            return Finding(row, called[0], "called_before")
        features = description_features(self, row, types, determiner, candidates)
        return self.ask("description", row, features, candidates)


def is_deputy(referent, title):
    """Whether somebody is known as the deputy of who has a title: a vice president, of presidents.

    Who has both titles is not.
    """
    below = [each for each in referent.titles if each.endswith(f" {title}")]
    return bool(below) and all(each.split()[0] in DEPUTIES for each in below)


def is_told_by(tree, row, speaker):
    """Whether a word stands in the clause that somebody reports: "Lee said that | Reed left"."""
    while tree.head[row] != row:
        if tree.dep[row] == "ccomp" and tree.head[row] == tree.head[speaker]:
            return True
        row = tree.head[row]
    return False


def is_pronoun(tree, row, words):
    """Whether one of these words stands at a row as a pronoun."""
    return tree.pos[row] in ("PRON", "DET") and tree.words[row].lower() in words


def choose_by(weights):
    """A chooser for `Discourse`: (the most probable candidate, its probability).

    By a softmax over summed weights. (None, probability) where an actor is the likeliest and not
    likely enough; (None, None) where it is no actor.
    """

    def choose(group, row, features, candidates):
        scores = [score_of(each, weights) for each in features]
        top = max(scores)
        odds = [exp(score - top) for score in scores]
        best = max(range(1, len(odds)), key=odds.__getitem__, default=0)
        sure = odds[best] / sum(odds) if best else 0.0
        enough = SURE_OF_DESCRIPTION if group == "description" else SURE_ENOUGH
        if sure >= enough:
            return candidates[best - 1], sure
        is_likeliest = sure >= OPEN_BELOW and odds[0] < odds[best]
        is_open = is_likeliest and candidates[best - 1].actor
        return None, sure if is_open else None

    return choose


def score_of(features, weights):
    """The sum of the weights of features; those never learned have none."""
    score, weight_of = 0.0, weights.get
    for feature in features:
        if type(feature) is str:
            score += weight_of(feature, 0.0)
        else:
            name, value = feature
            score += value * weight_of(name, 0.0)
    return score


@cache
def read_weights():
    """{feature: weight} of `data/reference_weights.csv`."""
    table = read_lexicon("reference_weights")
    return dict(zip(table["feature"], map(float, table["weight"]), strict=True))
