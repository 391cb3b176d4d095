"""Who does what to whom: roles of actors counted, and acts of one actor towards another."""

from collections import defaultdict
from typing import NamedTuple

import numpy as np

from . import schema
from .clauses import ADDRESSEE, AGENT, PATIENT, POSSESSOR, ROLES, SUBJECTS, head_of, is_linking, is_passive, read_clauses, role_at
from .counts import ACTOR_TYPES, REFERRING, find_counted
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
    kept = counted.groupby("actor")["actor_type"].agg(lambda values: values.mode().iat[0])
    counts = counted.groupby(["actor", "role"]).size().rename("n").reset_index()
    total = counts.groupby("actor")["n"].transform("sum")
    counts = counts.assign(actor_type=counts["actor"].map(kept), share=counts["n"] / total, total=-total)
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
    parsed = schema.check(tokens, "tokens").reset_index(drop=True)
    clauses = read_clauses(parsed)
    named = place_actors(find_counted(mentions, kinds, types), parsed, clauses)
    targets = defaultdict(list)
    for row in named:
        target = find_target(clauses, row, named)
        if target:
            targets[target.verb].append(target)
    doers = find_doers(clauses) if targets else []
    rows = [(verb, *act) for verb in sorted(targets) for act in acts(clauses, verb, doers[verb], targets[verb], named)]
    places = parsed[["doc_id", "sentence_id", "paragraph_id", "start", "end", "token"]].iloc[[verb for verb, *_ in rows]]
    return schema.table([(*place, *act) for place, (_, *act) in zip(places.to_numpy().tolist(), rows, strict=True)], "actions")


class Target(NamedTuple):
    """A phrase at which a verb is directed."""

    verb: int  # row
    phrase: int  # row
    after: str  # what stands between verb and phrase: "", "against", "sanctions on", "troops of"
    how: str  # how the phrase depends on the verb


def place_actors(counted, parsed, clauses):
    """{row of a phrase: the actors named by it}, in order; conjuncts and appositions are one phrase."""
    code, articles = pd.factorize(parsed["doc_id"])
    own = articles.get_indexer(counted["doc_id"])
    if (own < 0).any():
        raise SchemaError(
            f"the mentions are of another article ({counted['doc_id'].iloc[own.argmin()]}) than the tokens. Pass those that belong together."
        )
    # Article and offset as one number, so that one search finds the tokens that a mention covers, whole or in part.
    width = 1 + max(parsed["end"].max() if len(parsed) else 0, counted["end"].max() if len(counted) else 0)
    firsts = np.searchsorted(code * width + parsed["end"], own * width + counted["start"], side="right").tolist()
    lasts = np.searchsorted(code * width + parsed["start"], own * width + counted["end"], side="left").tolist()
    named = defaultdict(dict)
    for first, last, actor in zip(firsts, lasts, counted["actor"], strict=True):
        if first < last:
            named[clauses.whole[head_of(clauses, first, last)]][actor] = None
    return dict(named)


def find_doers(clauses):
    """Of each verb, the row of the verb whose subject is its own too, itself or one before it; -1 if the parse does not say."""
    doers = []
    for row, (relation, over) in enumerate(zip(clauses.dep, clauses.head, strict=True)):
        beside = clauses.below.get(over, {})
        # In "told Iran to leave" and "was told to leave" it is another who leaves, or is only asked to.
        shared = relation == "conj" or (relation == "xcomp" and not beside.keys() & {"dobj", "dative"} and not is_passive(clauses, over))
        if clauses.below.get(row, {}).keys() & SUBJECTS:
            doers.append(row)
        else:
            doers.append(doers[over] if shared and over < row and clauses.pos[over] in ("VERB", "AUX") else -1)
    return doers


def find_target(clauses, row, named):
    """The Target that a phrase is, or None."""
    role, over = role_at(clauses, row)
    relation = clauses.dep[row]
    if role == POSSESSOR:
        thing = clauses.whole[over]  # where that is an actor itself ("met Iran's president"), the possessor is not the target
        if clauses.dep[thing] in ("dobj", "nsubjpass") and thing not in named:
            return Target(clauses.head[thing], row, f"{spell(clauses, over)} of", f"possessor of “{clauses.word[over]}”")
    elif relation == "pobj" and role != AGENT:
        return find_aim(clauses, row, role, over)
    elif role in (PATIENT, ADDRESSEE):
        how = {"dobj": "object", "dative": "indirect object"}.get(relation, "subject of the passive")
        return Target(over, row, "", f"{how} of “{clauses.word[over]}”".replace("passive of", "passive"))
    return None


def find_aim(clauses, row, role, over):
    """The Target that the object of a preposition is, or None; the preposition belongs to the word at `over`."""
    preposition = clauses.lemma[clauses.head[row]]
    if clauses.dep[clauses.whole[over]] in ("dobj", "nsubjpass"):
        verb, thing = clauses.head[clauses.whole[over]], over
    else:
        beside = clauses.below.get(over, {})
        verb, thing = over, beside.get("dobj", beside.get("nsubjpass"))
    words = {clauses.lemma[each] for each in (verb, thing) if each is not None}
    if role != ADDRESSEE and preposition != "against" and not words & AIMED.get(preposition, frozenset()):
        return None
    after = preposition if thing is None else f"{spell(clauses, thing)} {preposition}"
    return Target(verb, row, after, f"object of “{after}”")


def acts(clauses, verb, doer, targets, named):
    """(actor, verb in words, target, rule) of what is done with one verb."""
    lemma = clauses.lemma[verb]
    if clauses.pos[verb] != "VERB" or lemma in RELATIONS or is_linking(clauses, verb):
        return []
