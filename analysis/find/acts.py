"""Who does what to whom: acts of one actor towards another."""

from collections import defaultdict
from typing import NamedTuple

import pandas as pd

from .. import schema
from ..errors import SchemaError
from ..lexicons import word_list
from ..parse.tree import FINITE, SUBJECTS, head_of
from ..parse.trees import read_trees
from ..schema import ACTOR_TYPES, REFERRING
from .corrected_acts import correct_acts
from .mentions import choose_mentions
from .quotes import find_voices
from .roles import ADDRESSEE, AGENT, PATIENT, POSSESSOR, is_linking, is_passive, role_at
from .status import BESIDE, DENIED, find_status, is_open_infinitive

# "The Iranians" can act, "Americans" be acted upon; before a noun ("Iranian troops") a nationality
# word has no such role.
ACTING = (*REFERRING, "adjective")
# Relations of what a verb acts upon, and how a phrase depends on a verb without a preposition.
THINGS = ("dobj", "nsubjpass")
DIRECT = {
    "dobj": "object of",
    "dative": "indirect object of",
    "nsubjpass": "subject of the passive",
    "nsubj": "subject of the passive",
}


def find_actions(
    mentions,
    tokens,
    quotes=None,
    speech=None,
    *,
    kinds=ACTING,
    types=ACTOR_TYPES,
    articles=None,
):
    """Find who does what to whom: one row a verb by which one actor acts towards another.

    Who acts is the subject of the verb or the by-phrase of a passive. To whom: its object, its
    indirect object, the object of a preposition that marks a target ("imposed sanctions on Iran"),
    or, as weaker evidence, the possessor of its object ("attacked Iran's troops"); `rule` says
    which. `verb` has the words as they stand. `status` says whether the text tells the act as done
    ("asserted"), or as alleged, denied, hypothetical, planned or asked (for); `voice` in whose
    words, where `quotes` and `speech` are handed over: an actor's, or "journalist". What is
    asserted in the journalist's own words is what the article states as fact (`select_stated`).
    With `articles`, the corrections beside them are made (`describe_corrections`).
    Joined verbs and infinitives share a subject ("agreed to attack"). `kinds` and `types` choose
    mentions as in `select_counted`. After Sudhahar et al. (2015), who read triplets of subject,
    verb and object from a parse. Relative clauses, nouns for acts ("Iran's attack on Israel") and
    subjects of participles are passed over.

    >>> articles = read_texts("The United States did not attack Iran. Iran agreed to act against "
    ...                       "Americans.")
    >>> tokens = split_tokens(articles)
    >>> actions = find_actions(find_mentions(articles, tokens), tokens)
    >>> actions[["actor", "verb", "target", "status"]].values.tolist()
    [['United States', 'did not attack', 'Iran', 'denied'],
     ['Iran', 'agreed to act against', 'United States', 'planned']]
    """
    schema.check(tokens, "tokens")
    chosen = choose_mentions(mentions, kinds, types)
    counted = schema.rows_of_articles(chosen, ["start", "end", "actor", "kind"])
    strange = counted.keys() - set(tokens["doc_id"])
    if strange:
        raise SchemaError(
            f"the mentions are of another article ({min(strange)}) than those in the tokens table. "
            "Pass the two that belong together."
        )
    rows, told = [], []
    trees = read_trees(tokens)
    for doc_id in trees:
        if doc_id in counted:
            for row, place in act_rows(counted[doc_id], trees[doc_id]):
                rows.append((doc_id, *row))
                told.append((doc_id, *place))
    actions = schema.table(rows, "actions")
    if quotes is not None:
        # "Lee refused to resign" is told by whoever tells of the refusal.
        told = pd.DataFrame(told, columns=["doc_id", "start", "end"])
        actions = actions.assign(voice=find_voices(told, quotes, speech))
    return actions if articles is None else correct_acts(actions, mentions, articles)


class Target(NamedTuple):
    """A phrase towards which a verb is directed."""

    verb: int  # row
    phrase: int  # row
    after: str  # what stands between the two: "", "against", "sanctions on", "troops of"
    how: str  # how the phrase depends on what, in words
    on: int = -1  # the row of that word, if it is one verb
    weak: bool = False  # the possessor of what is acted upon


class Act(NamedTuple):
    """What is done with one verb: who does it, in which words, and why it is told so."""

    agents: list  # rows of phrases
    how: str  # how they depend on the verb, in words
    doer: int  # row of the verb with the subject
    words: str  # of the verb: "agreed to attack"
    status: str
    doubts: list  # what leaves open whether it took place, in words


def act_rows(counted, tree):
    """(row of the actions table, (start, end) of the verb with the subject) of one article's.

    The row is without doc_id.
    """
    named = place_actors(counted, tree)
    by, targets = defaultdict(list), defaultdict(list)
    for phrase in named:
        role, verb = role_at(tree, phrase)
        target = find_target(tree, phrase, named)
        if role == AGENT and tree.dep[phrase] == "pobj":
            by[verb].append(phrase)
        elif target:
            targets[target.verb].append(target)
    doers = find_doers(tree)
    columns = (tree.sentence, tree.paragraph, tree.starts, tree.ends, tree.forms)
    rows = []
    for verb in sorted({*by, *targets}):
        for doer, *row in acts_of_verb(tree, verb, doers[verb], by[verb], targets[verb], named):
            place = [column[verb] for column in columns]
            rows.append(((*place, *row), (tree.starts[doer], tree.ends[doer])))
    return rows


def place_actors(counted, tree):
    """{row of a phrase: {actor named by it: kind}}; what is joined or apposed is one phrase."""
    named = defaultdict(dict)
    for mention, (first, last) in zip(counted, tree.find_rows(counted), strict=True):
        if first < last:
            phrase = tree.whole[head_of(tree, first, last)]
            named[phrase].setdefault(mention.actor, mention.kind)
    return dict(named)


def find_doers(tree):
    """Of each verb, the row of the verb whose subject is also its own; -1 where no one says.

    That verb is itself, or one above it.
    """
    doers = []
    for row, over in enumerate(tree.head):
        if not tree.first[row].keys().isdisjoint(SUBJECTS):
            doers.append(row)
        elif over < row and tree.pos[over] in ("VERB", "AUX") and shares_subject(tree, row, over):
            doers.append(doers[over])
        else:
            doers.append(-1)
    return doers


def shares_subject(tree, row, over):
    """Whether a verb without a subject has that of the verb above it.

    In "told Iran to leave" another leaves, and in "was told to leave" perhaps nobody does.
    """
    if tree.dep[row] == "conj":
        return True
    another = {"dobj", "dative"} & tree.first[over].keys()
    return tree.dep[row] == "xcomp" and not another and not is_passive(tree, over)


def find_target(tree, phrase, named):
    """The Target that a phrase is, or None."""
    role, over = role_at(tree, phrase)
    if role == POSSESSOR:
        thing = tree.whole[over]
        # In "met Iran's president" the president is met, if the article says who that is; whose
        # "his authority" is, only a name tells for certain.
        is_uncertain = thing in named or tree.pos[phrase] == "PRON"
        if tree.dep[thing] not in THINGS or is_uncertain:
            return None
        how = f"possessor of “{tree.words[over]}”"
        return Target(tree.head[thing], phrase, f"{spell_word(tree, over)} of", how, weak=True)
    if tree.dep[phrase] == "pobj":
        return find_aim(tree, phrase, role, over)
    if role in (PATIENT, ADDRESSEE):
        how = f"{DIRECT[tree.dep[phrase]]} “{tree.words[over]}”"
        return Target(over, phrase, "", how, on=over)
    return None


def find_aim(tree, phrase, role, over):
    """The Target that the object of a preposition is, or None.

    `over` is the row of the word to which the preposition belongs.
    """
    preposition = tree.lemma[tree.head[phrase]]
    if tree.dep[tree.whole[over]] in THINGS:
        verb, thing = tree.head[tree.whole[over]], over
    else:
        beside = tree.first[over]
        verb, thing = over, next((beside[each] for each in THINGS if each in beside), None)
    if preposition == "on" and tree.words[phrase] in word_list("media on which somebody speaks"):
        return None
    words = {tree.lemma[row] for row in (verb, thing) if row is not None}
    aimed = preposition == "against" or words & word_list(f"aims with {preposition}")
    if role != ADDRESSEE and not aimed:
        return None
    after = preposition if thing is None else f"{spell_word(tree, thing)} {preposition}"
    return Target(verb, phrase, after, f"object of “{after}”")


def spell_word(tree, row):
    """A word as it stands within a sentence."""
    return tree.words[row] if tree.pos[row] == "PROPN" else tree.words[row].lower()


def acts_of_verb(tree, verb, doer, by, targets, named):
    """(doer, actor, verb in words, target, status, no voice yet, rule) of what one verb says.

    The doer is the row of the verb with the subject.
    """
    acts = {}
    act = find_act(tree, verb, doer, by, named)
    if act is None:
        return []
    passive_subject = shared_passive_subject(tree, verb, doer)
    if passive_subject in named:
        how = f"subject of “{tree.words[doer]}”"
        targets = [Target(verb, passive_subject, "", how), *targets]
    for target in sorted(targets, key=lambda target: target.weak):
        others = named.get(target.phrase, ())
        done, rule = f"{act.words} {target.after}".rstrip(), explain_act(tree, act, target)
        status = DENIED if is_neither(tree, (*act.agents, target.phrase)) else act.status
        for phrase in act.agents:
            for actor in named[phrase]:
                for other in others:
                    if actor != other:
                        told = (act.doer, actor, done, other, status, None, rule)
                        acts.setdefault((actor, other), told)
    return list(acts.values())


def find_act(tree, verb, doer, by, named):
    """What is done with a verb as an Act; None where it is no act or nobody named does it."""
    relation = tree.lemma[verb] in word_list("verbs of relation")
    if tree.pos[verb] != "VERB" or relation or is_linking(tree, verb):
        return None
    if is_passive(tree, verb):
        agents, how, doer = by, "by-phrase", verb
    else:
        subject = subject_row(tree, doer)
        agents, how = [subject] if subject in named else [], "subject"
    agents = [phrase for phrase in agents if not is_some_of_state(tree, phrase, named)]
    if not agents:
        return None
    chain = govern(tree, verb, doer)
    status, doubts = find_status(tree, chain), find_doubts(tree, chain)
    return Act(agents, how, doer, name_verb(tree, chain), status, doubts)


def is_some_of_state(tree, phrase, named):
    """Whether only people of a state are named, who are not the state: "Americans fear"."""
    article = tree.first[phrase].get("det", phrase)
    return set(named[phrase].values()) == {"adjective"} and tree.lemma[article] != "the"


def subject_row(tree, doer):
    """The row of the subject of a verb, active or passive; None where it has none."""
    beside = tree.first[doer] if doer >= 0 else {}
    return beside.get("nsubj", beside.get("nsubjpass"))


def shared_passive_subject(tree, verb, doer):
    """The subject that a passive verb shares with the one before it; None where it shares none.

    "Iran was attacked and looted by Israel".
    """
    joined = tree.dep[verb] == "conj" and tree.head[verb] == doer != verb
    return subject_row(tree, doer) if joined and is_passive(tree, verb) else None


def is_neither(tree, phrases):
    """Whether one of the phrases is denied: "neither Iran nor Syria"."""
    words = (tree.lemma[row] for phrase in phrases for row in tree.first[phrase].values())
    return "neither" in words


def explain_act(tree, act, target):
    """Why the row is there: "subject and object of “attacked”, with “may”"."""
    if target.on == act.doer:
        said = f"{act.how} and {target.how}"
    else:
        said = f"{act.how} of “{tree.words[act.doer]}”, {target.how}"
    return ", ".join([said, *act.doubts])


def govern(tree, verb, doer):
    """The rows of the verbs from the one with the subject to the verb: "agreed", "attack"."""
    chain, row = [verb], verb
    while row != doer and tree.tag[verb] not in FINITE:
        if tree.dep[row] == "xcomp":
            chain.append(tree.head[row])
        row = tree.head[row]
    return chain[::-1]


def name_verb(tree, chain):
    """The words of a chain of verbs as they stand: "did not agree to attack".

    Of a passive, the participle: it is the agent that "attacked".
    """
    rows = []
    for row in chain:
        rows += [*helpers(tree, row), row, *verb_particles(tree, row)]
    return join_words(tree.words[row].lower() for row in rows)


def helpers(tree, row):
    """The rows of the auxiliaries and the negation before a verb, in order, shared ones too.

    Of a passive, of its negation alone.
    """
    wanted = ("neg",) if is_passive(tree, row) else ("aux", "neg")
    found = set()
    for child in (*tree.below[tree.helped[row]], *tree.below[row]):
        denies = tree.dep[child] == "advmod" and "neg" in tree.first[child]
        if child < row and (tree.dep[child] in wanted or denies):
            found.update([tree.first[child]["neg"], child] if denies else [child])
    return sorted(found)


def verb_particles(tree, row):
    """The rows of the particles of a verb: "cut off"."""
    return [child for child in tree.below[row] if tree.dep[child] == "prt"]


def join_words(words):
    """Words with spaces between them, but for what is written on to a word: "don't", "we'll"."""
    said = ""
    for word in words:
        said += word if word.startswith("'") or word == "n't" else f" {word}"
    return said.strip()


def find_doubts(tree, chain):
    """What leaves open whether an act took place, in words: a modal, a condition, an adverb."""
    doubts = []
    beside = [tree.first[tree.helped[row]] for row in chain]
    for words in beside:
        for relation in ("mark", "advmod", "aux"):
            row = words.get(relation)
            if row is not None and is_doubt(tree, row):
                doubts.append(f"with “{tree.words[row].lower()}”")
    if is_open_infinitive(tree, chain[0]):
        doubts.append("in an infinitive")
    return doubts


def is_doubt(tree, row):
    """Whether a word beside a verb leaves open whether the act took place."""
    listed = any(tree.lemma[row] in word_list(name) for name in BESIDE.values())
    return listed or tree.tag[row] == "MD"
