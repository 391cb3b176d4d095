"""Who does what to whom: roles of actors counted, and acts of one actor towards another."""

from collections import defaultdict
from typing import NamedTuple

import numpy as np

from . import schema
from .clauses import ADDRESSEE, AGENT, PATIENT, POSSESSOR, ROLES, SUBJECTS, head_of, is_linking, is_passive, read_clauses, role_at
from .counts import ACTOR_TYPES, REFERRING, find_counted, most_frequent_type
from .errors import SchemaError

# "Americans" and "the Iranian" can act and be acted upon; before a noun ("Iranian troops") a nationality word has no such role.
ACTING = (*REFERRING, "adjective")
# Verbs that say how two actors stand to each other, not what one does: VerbNet's classes 15.4 (contain), 107 (involve), 47.8 (border), 100 (own).
RELATIONS = frozenset(["border", "comprise", "contain", "equal", "have", "include", "involve", "lack", "mean", "own", "resemble"])
# Prepositions that mark whom an act is directed at, beside these verbs or beside these nouns as their objects ("impose sanctions on").
# "Against" does so everywhere; most others mark place, time, topic or company far more often, so that only these are taken.
AIMED = {
    preposition: frozenset(words.split())
    for preposition, words in {
        "on": """call crack declare impose inflict open prey slap spy wage
            assault attack ban blame blockade curb duty embargo fire levy limit offensive onslaught penalty pressure raid restriction revenge
            sanction strike tariff tax vengeance war""",
        "at": "aim direct fire hurl launch laugh lash point shoot throw",
        "to": "aid assistance blow challenge concession damage harm help message support threat ultimatum visit warning weapon",
        "with": """ally battle break clash collude compete cooperate collaborate coordinate feud fight meet side sympathise sympathize
            accord agreement alliance clash contact contract cooperation deal dialogue meeting negotiation pact partnership peace relation
            relationship talk tie trade treaty truce war""",
        "of": """arrest assassination bombing capture defeat destruction execution expulsion invasion isolation killing murder occupation
            overthrow release""",
    }.items()
}
FINITE = ("VBD", "VBP", "VBZ")  # tags of verbs that no other verb governs
# Words that leave open whether an act took place: conditions, and adverbs beside the verb.
OPEN = ("if", "unless", "whether", "allegedly", "almost", "barely", "hardly", "nearly", "perhaps", "possibly", "probably", "rarely", "reportedly")
# Relations of what a verb acts upon, and how a phrase depends on a verb that it needs no preposition for.
THINGS = ("dobj", "nsubjpass")
DIRECT = {"dobj": "object of", "dative": "indirect object of", "nsubjpass": "subject of the passive", "nsubj": "subject of the passive"}


def count_roles(mentions, kinds=REFERRING, types=ACTOR_TYPES):
    """Count in which grammatical roles actors are named: one row an actor and role, the most mentioned actor first.

    An article that shows one side as doing and the other as done to says so in its grammar (van Leeuwen 1996 on role allocation).
    `kinds` and `types` choose mentions as in `find_counted`; `share` is of the actor's own mentions. A role that an actor
    never has gets no row.

    >>> articles = read_texts("Israel attacked Iran. Iran protested. Iran's army left.")
    >>> roles = count_roles(find_mentions(articles, split_tokens(articles)))
    >>> roles[["actor", "role", "n"]].values.tolist()
    [['Iran', 'agent', 1], ['Iran', 'patient', 1], ['Iran', 'possessor', 1], ['Israel', 'agent', 1]]
    """
    counted = find_counted(mentions, kinds, types)
    counts = counted.groupby(["actor", "role"]).size().rename("n").reset_index()
    total = counts.groupby("actor")["n"].transform("sum")
    counts = counts.assign(actor_type=counts["actor"].map(most_frequent_type(counted)), share=counts["n"] / total, total=-total)
    counts["order"] = counts["role"].map({role: rank for rank, role in enumerate(ROLES)})
    return schema.table(counts.sort_values(["total", "actor", "order", "role"], ignore_index=True), "roles")


def find_actions(mentions, tokens, kinds=ACTING, types=ACTOR_TYPES):
    """Find who does what to whom: one row a verb by which one actor acts towards another.

    Who acts is the subject of the verb or the by-phrase of a passive. To whom: its object, its indirect object, the object of
    a preposition that marks a target ("imposed sanctions on Iran"), or, as weaker evidence, the possessor of its object
    ("attacked Iran's troops"); `rule` says which. Joined verbs and infinitives share a subject ("agreed to attack").
    `kinds` and `types` choose mentions as in `find_counted`. After Sudhahar et al. (2015), who read triplets of subject, verb and object
    from a parse. Relative clauses, nouns for acts ("Iran's attack on Israel") and subjects of participles are passed over.
    What is only planned, claimed or feared is a row too: read the sentence.

    >>> articles = read_texts("The United States did not attack Iran. Iran agreed to act against Americans.")
    >>> tokens = split_tokens(articles)
    >>> find_actions(find_mentions(articles, tokens), tokens)[["actor", "verb", "target"]].values.tolist()
    [['United States', 'not attack', 'Iran'], ['Iran', 'agree to act against', 'United States']]
    """
    schema.check(tokens, "tokens")
    counted = dict(list(find_counted(mentions, kinds, types).groupby("doc_id", sort=False)))
    strange = counted.keys() - set(tokens["doc_id"])
    if strange:
        raise SchemaError(f"the mentions are of another article ({min(strange)}) than those in the tokens table. Pass the two that belong together.")
    rows = []
    for doc_id, parsed in tokens.groupby("doc_id", sort=False):
        if doc_id in counted:
            rows += act_rows(counted[doc_id], parsed.reset_index(drop=True))
    return schema.table(rows, "actions")


class Target(NamedTuple):
    """A phrase towards which a verb is directed."""

    verb: int  # row
    phrase: int  # row
    after: str  # what stands between the two: "", "against", "sanctions on", "troops of"
    how: str  # how the phrase depends on the verb


def act_rows(counted, parsed):
    """Rows of the actions table for one article."""
    clauses = read_clauses(parsed)
    named = place_actors(counted, parsed, clauses)
    by, targets = defaultdict(list), defaultdict(list)
    for phrase in named:
        role, verb = role_at(clauses, phrase)
        target = find_target(clauses, phrase, named)
        if role == AGENT and clauses.dep[phrase] == "pobj":
            by[verb].append(phrase)
        elif target:
            targets[target.verb].append(target)
    doers = find_doers(clauses)
    places = parsed[["doc_id", "sentence_id", "paragraph_id", "start", "end", "token"]].to_numpy()
    verbs = sorted({*by, *targets})
    return [(*places[verb], *act) for verb in verbs for act in find_acts(clauses, verb, doers[verb], by[verb], targets[verb], named)]


def place_actors(counted, parsed, clauses):
    """{row of a phrase: the actors named by it}; what is joined or apposed is one phrase."""
    firsts = np.searchsorted(parsed["end"], counted["start"], side="right").tolist()
    lasts = np.searchsorted(parsed["start"], counted["end"], side="left").tolist()
    named = defaultdict(dict)
    for first, last, actor in zip(firsts, lasts, counted["actor"], strict=True):
        if first < last:
            named[clauses.whole[head_of(clauses, first, last)]][actor] = None
    return dict(named)


def find_doers(clauses):
    """Of each verb, the row of the verb whose subject is also its own: itself, or one above it; -1 where the parse does not say."""
    doers = []
    for row, (relation, over) in enumerate(zip(clauses.dep, clauses.head, strict=True)):
        # In "told Iran to leave" it is another who leaves, and in "was told to leave" perhaps nobody does.
        controlled = relation == "xcomp" and not clauses.below[over].keys() & {"dobj", "dative"} and not is_passive(clauses, over)
        shared = over < row and clauses.pos[over] in ("VERB", "AUX") and (relation == "conj" or controlled)
        doers.append(row if clauses.below[row].keys() & SUBJECTS else doers[over] if shared else -1)
    return doers


def find_target(clauses, phrase, named):
    """The Target that a phrase is, or None."""
    role, over = role_at(clauses, phrase)
    if role == POSSESSOR:
        thing = clauses.whole[over]
        # In "met Iran's president" the president is met, if the article says who that is.
        if clauses.dep[thing] in THINGS and thing not in named:
            return Target(clauses.head[thing], phrase, f"{spell(clauses, over)} of", f"possessor of “{clauses.word[over]}”")
    elif clauses.dep[phrase] == "pobj":
        return find_aim(clauses, phrase, role, over)
    elif role in (PATIENT, ADDRESSEE):
        return Target(over, phrase, "", f"{DIRECT[clauses.dep[phrase]]} “{clauses.word[over]}”")
    return None


def find_aim(clauses, phrase, role, over):
    """The Target that the object of a preposition is, or None; the preposition belongs to the word at `over`."""
    preposition = clauses.lemma[clauses.head[phrase]]
    if clauses.dep[clauses.whole[over]] in THINGS:
        verb, thing = clauses.head[clauses.whole[over]], over
    else:
        verb, thing = over, next((clauses.below[over][relation] for relation in THINGS if relation in clauses.below[over]), None)
    words = {clauses.lemma[row] for row in (verb, thing) if row is not None}
    if role != ADDRESSEE and preposition != "against" and not words & AIMED.get(preposition, frozenset()):
        return None
    after = preposition if thing is None else f"{spell(clauses, thing)} {preposition}"
    return Target(verb, phrase, after, f"object of “{after}”")


def spell(clauses, row):
    """A word as it stands within a sentence."""
    return clauses.word[row] if clauses.pos[row] == "PROPN" else clauses.word[row].lower()


def find_acts(clauses, verb, doer, by, targets, named):
    """(actor, verb in words, target, rule) of all that is done with one verb."""
    if clauses.pos[verb] != "VERB" or clauses.lemma[verb] in RELATIONS or is_linking(clauses, verb):
        return []
    beside = clauses.below[doer] if doer >= 0 else {}
    subject = beside.get("nsubj", beside.get("nsubjpass"))
    if is_passive(clauses, verb):
        if subject in named and clauses.dep[verb] == "conj" and clauses.head[verb] == doer != verb:  # "was attacked and looted by Israel"
            targets = [Target(verb, subject, "", f"subject of “{clauses.word[doer]}”"), *targets]
        agents, doer, how = by, verb, "by-phrase"
    else:
        agents, how = [subject] if subject in named else [], "subject"
    if not agents:
        return []
    chain = govern(clauses, verb, doer)
    words, doubts = name_verb(clauses, chain), find_doubts(clauses, chain)
    acts = {}
    for target in sorted(targets, key=lambda target: target.how.startswith("possessor")):  # the weakest evidence last
        same = target.how.endswith(f"“{clauses.word[doer]}”")
        rule = ", ".join([f"{how} and {target.how}" if same else f"{how} of “{clauses.word[doer]}”, {target.how}", *doubts])
        neither = any(clauses.lemma[row] == "neither" for phrase in (*agents, target.phrase) for row in clauses.below[phrase].values())
        done = " ".join(["not"] * neither + words + [target.after] * bool(target.after))
        for actor in (actor for phrase in agents for actor in named[phrase]):
            for other in named.get(target.phrase, ()):
                if actor != other:
                    acts.setdefault((actor, other), (actor, done, other, rule))
    return list(acts.values())


def govern(clauses, verb, doer):
    """The rows of the verb with the subject, the verbs that it governs on the way, and the verb itself: "agreed", "attack"."""
    chain, row = [verb], verb
    while row != doer and clauses.tag[verb] not in FINITE:
        if clauses.dep[row] == "xcomp":
            chain.append(clauses.head[row])
        row = clauses.head[row]
    return chain[::-1]


def name_verb(clauses, chain):
    """The words for a chain of verbs: "agree", "not", "to", "attack"."""
    words = []
    for row in chain:
        own, shared = clauses.below[row], clauses.below[clauses.helped[row]]
        adverb = clauses.below[own["advmod"]] if "advmod" in own else {}
        words += ["not"] if "neg" in own or "neg" in shared or "neg" in adverb else []  # "no longer" is an adverb with a negation
        if words and "aux" in shared and clauses.lemma[shared["aux"]] == "to" and row != chain[0]:
            words.append("to")
        gerund = row != chain[0] and "aux" not in shared  # "stop attacking"
        words.append(clauses.word[row].lower() if gerund else clauses.lemma[row])
        words += [clauses.lemma[own["prt"]]] if "prt" in own else []
    return words


def find_doubts(clauses, chain):
    """What leaves open whether an act took place, in words: a modal, a condition, an adverb, an infinitive."""
    shared = [clauses.below[clauses.helped[row]] for row in chain]
    beside = [each[relation] for each in shared for relation in ("mark", "advmod", "aux") if relation in each]
    doubts = [f"with “{clauses.word[row].lower()}”" for row in beside if clauses.tag[row] == "MD" or clauses.lemma[row] in OPEN]
    infinitive = clauses.tag[chain[0]] == "VB" and ("aux" not in shared[0] or clauses.lemma[shared[0]["aux"]] == "to")
    return [*doubts, "in an infinitive"] if infinitive else doubts
