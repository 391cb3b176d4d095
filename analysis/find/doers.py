"""Where the doer is missing: acts that a sentence tells without saying who did them."""

from bisect import bisect_left
from collections import defaultdict
from functools import cache
from typing import NamedTuple

from .. import schema
from ..lexicons import read_lexicon, word_list
from ..parse.tree import head_of, noun_phrase
from ..parse.trees import read_trees
from .mentions import find_positions
from .quotes import find_voices
from .roles import is_passive

PASSIVE, PARTICIPLE, ACT_NOUN, INTRANSITIVE = "passive", "participle", "noun", "intransitive"
DOERLESS_FORMS = (PASSIVE, PARTICIPLE, ACT_NOUN, INTRANSITIVE)
# Words for a death, by violence or not; acts of violence, and those that a cause can be.
DEATHS = ("die", "perish", "death", "demise")
VIOLENT = ("attack", "injure", "kill", "shoot")
CAUSES = (*VIOLENT, "violence")
# Where a verb's own subject, or what it is said of, stands.
SUBJECT = ("nsubjpass", "nsubj", "csubjpass")
# Entities that say when, not who.
WHEN_NOT_WHO = ("DATE", "TIME")
# Verbs that say who did it, and before what.
BLAMED_BY = {"attribute": "to", "blame": "on"}
WHY_MISSING = {
    PASSIVE: "passive without “by”",
    PARTICIPLE: "participle without “by”",
    ACT_NOUN: "noun for an act, without who does it",
    INTRANSITIVE: "told as if it happened by itself; the article tells of violence",
}


class Harm(NamedTuple):
    """What a word of harm or blame stands for: the act, and whom a possessor names."""

    act: str
    owner: str  # "affected", "doer", or "" of a verb


def find_missing_doers(articles, tokens, mentions, quotes=None, speech=None):
    """Find the acts told without who did them: one row an act.

    `form` says how: a `passive` without "by", a `participle` ("those detained"), a `noun` ("the
    killing of"), or an `intransitive` verb that stands in for an act ("died"). Passives are of any
    verb; the other forms only of the words of harm and blame in `data/harm.csv`, whose frames are
    FrameNet's (Baker, Fillmore & Lowe 1998); `harm` marks these. An intransitive counts only where
    the article tells of violence to the same actor, or the sentence names an attack. `affected` are
    the words for whom it is done to, `actor` who that is; `doer` are the words by which the article
    names who did the same elsewhere, at `doer_start` to `doer_end`. `voice` as in `find_actions`.
    To leave a doer out can have good reasons: nobody knows, everybody does, or it does not matter
    (Fowler, Hodge, Kress & Trew 1979: Language and control; Trew read headlines so).

    >>> articles = read_texts("Protesters were shot. The police shot the protesters.")
    >>> tokens = split_tokens(articles)
    >>> missing = find_missing_doers(articles, tokens, find_mentions(articles, tokens))
    >>> missing[["form", "text", "affected", "doer"]].values.tolist()
    [['passive', 'shot', 'Protesters', 'The police']]
    """
    texts = dict(zip(articles["doc_id"], articles["text"], strict=True))
    named = schema.check(mentions, "mentions").dropna(subset=["actor"])
    named = schema.rows_of_articles(named, ["start", "end", "actor"])
    rows = []
    for doc_id, tree in read_trees(schema.check(tokens, "tokens")).items():
        rows += Telling(texts[doc_id], tree, named.get(doc_id, ())).rows(doc_id)
    missing = schema.table(rows, "missing_doers")
    if quotes is None:
        return missing
    return missing.assign(voice=find_voices(missing, quotes, speech))


@cache
def words_of_harm():
    """{form: {lemma: Harm}} of `data/harm.csv`."""
    known = defaultdict(dict)
    for row in read_lexicon("harm").itertuples():
        known[row.form][row.word] = Harm(row.act, row.owner)
    return dict(known)


def harm_of(tree, row):
    """The Harm that a verb or noun tells of, or None."""
    known, lemma = words_of_harm(), tree.lemma[row]
    if tree.pos[row] == "NOUN":
        return known["noun"].get(lemma)
    return known["verb"].get(lemma) or known[INTRANSITIVE].get(lemma)


class Telling:
    """One article: its acts without a doer, and those with one."""

    def __init__(self, text, tree, named):
        self.text, self.tree = text, tree
        self.positions = find_positions(self.tree, text)
        self.actors = {}  # {row of a phrase's head: actor}
        for mention, (first, last) in zip(named, tree.find_rows(named), strict=True):
            if first < last:
                self.actors.setdefault(head_of(tree, first, last), mention.actor)
        self.told = defaultdict(list)  # {act: [(row of the doer, who is affected, row of the act)]}
        self.harmed = set()  # to whom violence is done, whoever does it
        for row in range(len(self.tree.words)):
            self.read_act(row)

    def rows(self, doc_id):
        """Rows of the missing_doers table."""
        tree, rows = self.tree, []
        for row in range(len(tree.words)):
            form = self.form_at(row)
            if form is None:
                continue
            affected, harm = self.affected_by(row, form), harm_of(tree, row)
            doer_start, doer_end, doer = self.words_of(self.doer_elsewhere(row, affected))
            made = {
                "doc_id": doc_id,
                "sentence_id": tree.sentence[row],
                "paragraph_id": tree.paragraph[row],
                "start": tree.starts[row],
                "end": tree.ends[row],
                "text": self.text[tree.starts[row] : tree.ends[row]],
                "form": form,
                "act": tree.lemma[row],
                "harm": harm is not None,
                "actor": self.actors.get(affected),
                "affected": self.words_of(affected)[2],
                "position": self.positions.get(tree.paragraph[row], "rest"),
                "doer_start": doer_start,
                "doer_end": doer_end,
                "doer": doer,
                "rule": WHY_MISSING[form],
            }
            rows.append(made)
        return rows

    def words_of(self, head):
        """(start, end, words) of the phrase of a noun; nothing where there is none."""
        if head is None:
            return None, None, None
        first, last = noun_phrase(self.tree, head)
        start, end = self.tree.starts[first], self.tree.ends[last - 1]
        return start, end, self.text[start:end]

    def form_at(self, row):
        """How the act at a row is told without its doer; None where it is none, or has one."""
        tree = self.tree
        harm = harm_of(tree, row)
        if tree.pos[row] == "VERB":
            if harm and tree.lemma[row] in words_of_harm()[INTRANSITIVE]:
                return INTRANSITIVE if self.is_violent(row) else None
            return self.form_of_verb(row, harm)
        # "consider it a threat"
        is_act = tree.dep[row] not in ("attr", "oprd") and "nsubj" not in tree.first[row]
        is_noun = tree.pos[row] == "NOUN" and harm is not None and is_act
        if not is_noun or self.is_charged(row) or self.doer_of_noun(row) is not None:
            return None
        if tree.lemma[row] in DEATHS:
            return ACT_NOUN if self.is_violent(row) else None
        # "Faced criticism", "in case of rape" tell of no one act.
        article = tree.first[row].get("det")
        is_one = article is not None and tree.lemma[article] in ("the", "this", "that", "these")
        is_one = is_one or "poss" in tree.first[row] or self.does_harm(row)
        return ACT_NOUN if is_one or self.affected_by(row, ACT_NOUN) is not None else None

    def form_of_verb(self, row, harm):
        """How a verb tells an act without its doer, or None."""
        tree = self.tree
        if tree.tag[row] in ("VBN", "VBD") and is_passive(tree, row):
            return PASSIVE if self.by_phrase(row) is None else None
        if harm is None:
            return None
        if self.is_bare_passive(row):
            return PASSIVE if self.by_phrase(row) is None else None
        if self.is_behind_noun(row):
            return PARTICIPLE if self.by_phrase(row) is None else None
        if tree.tag[row] == "VBG" and tree.dep[row] == "pcomp" and "dobj" in tree.first[row]:
            return ACT_NOUN if self.subject_of(row) is None and self.of_noun(row) else None
        return None

    def is_bare_passive(self, row):
        """Whether a verb of a headline is a passive without "was": "Three killed in raid"."""
        tree = self.tree
        is_above = self.positions.get(tree.paragraph[row]) == "headline"
        is_past = tree.tag[row] in ("VBN", "VBD") and tree.dep[row] in ("ROOT", "conj")
        below = tree.first[row].keys()
        return is_above and is_past and below.isdisjoint(("dobj", "aux")) and "nsubj" in below

    def is_behind_noun(self, row):
        """Whether a participle stands behind what it is said of: "those | detained"."""
        return self.tree.tag[row] == "VBN" and self.tree.dep[row] == "acl"

    def of_noun(self, row):
        """Whether a gerund stands behind a noun: "the act of killing him"."""
        tree = self.tree
        over = tree.head[tree.head[row]]
        return tree.pos[over] == "NOUN" and self.doer_of_noun(over) is None

    def subject_of(self, row):
        """The row of the subject of a verb, its own or that of the verb it is joined to."""
        tree = self.tree
        while tree.dep[row] in ("conj", "xcomp") and tree.first[row].keys().isdisjoint(SUBJECT):
            row = tree.head[row]
        return next((tree.first[row][each] for each in SUBJECT if each in tree.first[row]), None)

    def by_phrase(self, row):
        """The row of who does it behind "by", or None."""
        tree = self.tree
        for child in tree.below[row]:
            if tree.dep[child] in ("agent", "prep") and tree.lemma[child] == "by":
                who = tree.first[child].get("pobj")
                is_when = who is not None and tree.ent[who][2:] in WHEN_NOT_WHO
                if who is not None and not is_when:
                    return who
        return None

    def affected_by(self, row, form):
        """The row of whom an act is done to, or None."""
        tree = self.tree
        if form == PARTICIPLE:
            return tree.head[row]
        if form in (PASSIVE, INTRANSITIVE):
            return self.subject_of(row)
        if tree.pos[row] == "VERB":
            return tree.first[row]["dobj"]
        owner = tree.first[row].get("poss")
        if owner is not None and words_of_harm()["noun"][tree.lemma[row]].owner == "affected":
            return owner
        for child in tree.below[row]:
            listed = tree.lemma[child] in word_list("prepositions of whom an act noun affects")
            if tree.dep[child] == "prep" and listed and "pobj" in tree.first[child]:
                return tree.first[child]["pobj"]
        return None

    def doer_of_noun(self, row):
        """The row of who does what a noun tells, or None: "Israel's raid", "an Israeli raid"."""
        tree = self.tree
        by = self.by_phrase(row)
        if by is not None:
            return by
        source = next((each for each in tree.below[row] if tree.lemma[each] == "from"), None)
        if source is not None and "pobj" in tree.first[source]:
            return tree.first[source]["pobj"]  # "criticism from Democrats"
        harm = words_of_harm()["noun"].get(tree.lemma[row])
        owner = tree.first[row].get("poss")
        is_time = owner is not None and tree.ent[owner][2:] in WHEN_NOT_WHO  # "last night's attack"
        if owner is not None and not is_time and (harm is None or harm.owner == "doer"):
            return owner
        for child in tree.below[row]:
            if tree.dep[child] in ("compound", "amod", "nmod") and child in self.actors:
                return child
        return self.doer_of_support(row)

    def is_charged(self, row):
        """Whether a noun says what somebody is accused of: "a charge of | murder"."""
        tree = self.tree
        over = tree.head[tree.head[row]]
        harm = words_of_harm()["noun"].get(tree.lemma[over])
        is_charge = harm is not None and harm.act in ("accuse", "charge", "convict")
        is_charge = is_charge or tree.lemma[over] in ("charge", "count")
        return tree.lemma[tree.head[row]] == "of" and is_charge

    def does_harm(self, row):
        """Whether what happened is the subject of the harm it does: "a stabbing killed three"."""
        tree, verb = self.tree, self.tree.head[row]
        harm = harm_of(tree, verb) if tree.pos[verb] == "VERB" else None
        return harm is not None and tree.dep[row] == "nsubj" and "dobj" in tree.first[verb]

    def doer_of_support(self, row):
        """The subject of the verb that carries out what a noun tells: "Iran launched attacks"."""
        tree = self.tree
        said = tree.first[row].get("acl")
        if said is not None and self.by_phrase(said) is not None:
            return self.by_phrase(said)  # "attacks carried out by Iran"
        verb = tree.head[tree.whole[row]]
        blamed_by = BLAMED_BY.get(tree.lemma[verb])
        for child in tree.below[verb]:
            if tree.lemma[child] == blamed_by and "pobj" in tree.first[child]:
                return tree.first[child]["pobj"]  # "blamed the raid on Iran"
        carries = tree.lemma[verb] in word_list("verbs that carry out an act noun")
        if tree.dep[tree.whole[row]] == "dobj" and carries:
            return self.subject_of(verb)
        return self.by_phrase(verb) if carries and tree.dep[row] == "nsubjpass" else None

    def is_violent(self, row):
        """Whether a death is one by violence: told of the same actor, or named in its sentence."""
        tree = self.tree
        affected = self.subject_of(row) if tree.pos[row] == "VERB" else tree.first[row].get("poss")
        who = self.actors.get(affected)
        if who is not None and who in self.harmed:
            return True
        if tree.pos[row] == "VERB" and self.is_behind_violence(row):
            return True
        for prep in tree.below[row]:
            cause = tree.first[prep].get("pobj")
            if tree.lemma[prep] in ("in", "from", "after", "during") and cause is not None:
                harm = words_of_harm()["noun"].get(tree.lemma[cause])
                if harm and harm.act in CAUSES:
                    return True
        return False

    def is_behind_violence(self, row):
        """Whether the sentence before tells that somebody was harmed: "was stabbed. He died"."""
        tree = self.tree
        before = bisect_left(tree.sentence, tree.sentence[row] - 1)
        for verb in range(before, bisect_left(tree.sentence, tree.sentence[row])):
            harm = harm_of(tree, verb) if tree.pos[verb] == "VERB" else None
            if harm and harm.act in VIOLENT and is_passive(tree, verb):
                return True
        return False

    def read_act(self, row):
        """Keep what an act tells of who does it and to whom, whatever its form."""
        tree, harm = self.tree, harm_of(self.tree, row)
        if tree.pos[row] != "VERB" and (tree.pos[row] != "NOUN" or harm is None):
            return
        doer, affected = self.who_does(row), self.whom(row)
        if harm and harm.act in VIOLENT and tree.lemma[row] not in DEATHS:
            self.harmed.add(self.who_is(affected))
        if doer is not None:
            self.told[self.act_of(row)].append((doer, self.who_is(affected), row))

    def act_of(self, row):
        """What act a word tells: one of harm, or the verb's own."""
        harm = harm_of(self.tree, row)
        return harm.act if harm else self.tree.lemma[row]

    def who_is(self, row):
        """The actor at a row, or the noun of somebody whom the article does not name, or None."""
        return None if row is None else self.actors.get(row) or self.tree.lemma[row]

    def who_does(self, row):
        """The row of who does what a verb or noun tells, or None."""
        tree = self.tree
        if tree.pos[row] == "NOUN":
            return self.doer_of_noun(row)
        if is_passive(tree, row) or self.is_behind_noun(row):
            return self.by_phrase(row)
        subject = self.subject_of(row)
        is_known = subject is not None and tree.pos[subject] in ("NOUN", "PROPN")
        return subject if is_known and "dobj" in tree.first[row] else None

    def whom(self, row):
        """The row of whom a verb or noun says that it is done to, or None."""
        tree = self.tree
        if tree.pos[row] == "NOUN":
            return self.affected_by(row, ACT_NOUN)
        if self.is_behind_noun(row):
            return tree.head[row]
        return self.subject_of(row) if is_passive(tree, row) else tree.first[row].get("dobj")

    def doer_elsewhere(self, row, affected):
        """The row of who does the same to the same elsewhere in the article, or None."""
        if affected is None:
            return None
        told = [each for each in self.told[self.act_of(row)] if each[2] != row]
        same = [doer for doer, other, _ in told if other == self.who_is(affected)]
        # A headline speaks of the story's own act, by whatever words for whom it is done to.
        is_above = self.positions.get(self.tree.paragraph[row]) == "headline"
        if not same and is_above and harm_of(self.tree, row):
            same = [doer for doer, *_ in told]
        return same[0] if same else None
