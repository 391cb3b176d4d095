"""Short forms for longer names in the article: last words, acronyms, "the North"."""

import re
from collections import Counter, defaultdict

from ...lexicons import noun_types, word_list
from ...schema import NAMED
from .people import link_person
from .spans import Link, Span, free_spans, rows_of

LABEL_TYPES = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "LAW": "other",
    "EVENT": "other",
    "OTHER": "other",
}
HALVES = ("North", "South", "East", "West")
BRACKETS = {"(": ")", "[": "]"}
# Shorter runs of capitals are initials of too many things.
SHORTEST_ACRONYM = 3


def link_others(tree, others, people, listed):
    """Links of organisations, places and other names.

    A short form goes to the longer name in the article, one that a table lists among them: `listed`
    are the links of those.
    """
    known = [link.actor for _, link in listed if link.kind in NAMED and link.actor]
    spelled = {name.casefold(): name for name in known}
    for span in others:
        # One actor, whatever the capitals.
        spelled.setdefault(span.name.casefold(), span.name)
    by_end, by_start = shortened(dict.fromkeys(spelled.values()))
    given = unique_first_names(people)
    links = []
    for span in others:
        name = spelled[span.name.casefold()]
        if span.name in people.full or span.name in given:
            link = link_person(tree, span, people)
        else:
            longer = longer_names(span, name, by_end, by_start)
            by = tree.named_by[span.first] if tree.ent[span.first] else "its words"
            link = link_other(span, name, longer, by)
        links.append((span, link))
    return links


def unique_first_names(people):
    """The first words of full names that only one person's name begins with."""
    first_words = Counter()
    for family in people.full.values():
        first_words.update(name.split()[0] for name in family)
    return {word for word, n in first_words.items() if n == 1}


def shortened(names):
    """({ending: names}, {beginning: names}) of names of several words."""
    by_end, by_start = defaultdict(list), defaultdict(list)
    for name in names:
        for space in re.finditer(" ", name):
            by_end[name[space.end() :]].append(name)
            by_start[name[: space.start()]].append(name)
    return by_end, by_start


def longer_names(span, name, by_end, by_start):
    """The longer names in the article for which a name can be short.

    They have the same ending; for "the Court", also the beginning of "Court of Justice", and for
    every body that of the same with "Inc." behind it.
    """
    if span.label != "ORG":
        return by_end.get(name, []) if " " in name else []
    longer = list(by_end.get(name, []))
    is_noun = "organisation" in noun_types(name.lower())
    for whole in by_start.get(name, []):
        rest = whole[len(name) + 1 :]
        is_firm = rest.rstrip(".") in word_list("words that end a firm's name")
        if is_firm or (is_noun and rest[0].islower()):
            longer.append(whole)
    return list(dict.fromkeys(longer))


def link_other(span, name, longer, by):
    """The link of a name that is no person's, from the longer names for which it can be short.

    `by` says what took it for a name.
    """
    actor_type = LABEL_TYPES[span.label]
    if len(longer) == 1:
        return Link(longer[0], actor_type, "alias", "short_form", f"short for {longer[0]}")
    if longer:
        rule = f"short for {' or '.join(longer)}: the text leaves it open"
        return Link(None, actor_type, "alias", "short_form_open", rule)
    if span.label == "OTHER":
        return Link(name, actor_type, "name", "unknown_kind", "name, of what kind is open")
    return Link(name, actor_type, "name", "entity", f"name ({span.label} by {by})")


def link_halves(tree, entities, links):
    """Links of "the North" to the one state in the article whose name so begins.

    Not where it is part of a longer name.
    """
    spans = [*entities, *(span for span, _ in links)]
    taken = rows_of(span for span in spans if span.last - span.first > 1)
    halves = defaultdict(set)
    for _, link in links:
        if link.actor_type == "state":
            halves[link.actor.split()[0]].add(link.actor)
    found = []
    for row, word in enumerate(tree.words):
        if word not in HALVES or row in taken:
            continue
        states = halves.get(word, ())
        if len(states) == 1 and stands_alone(tree.words, row):
            (state,) = states
            link = Link(state, "state", "alias", "half", f"short for {state}")
            found.append((Span(row, row + 1, word, "GPE"), link))
    return found


def stands_alone(words, row):
    """Whether "the" stands before a word, and no capitalised word behind it."""
    before, behind = words[max(0, row - 1) : row], words[row + 1 : row + 2]
    has_article = bool(before) and before[0].lower() == "the"
    goes_on = bool(behind) and behind[0][0].isupper()
    return has_article and not goes_on


def link_acronyms(tree, links):
    """The links, with acronyms linked to the name that they stand for.

    It is introduced in brackets, or its initials.
    """
    meant = acronyms_by_initials(links) | introduced_acronyms(tree, links)
    spans = []
    for row, word in enumerate(tree.words):
        if word in meant:
            spans.append(Span(row, row + 1, word, ""))
    # The IRGC Quds Force is not the IRGC.
    spans = free_spans(spans, [span for span, _ in links if span.last - span.first > 1])
    kept = set(free_spans([span for span, _ in links], spans))
    others = [(span, link) for span, link in links if span in kept]
    return others + [(span, meant[span.name]) for span in spans]


def introduced_acronyms(tree, links):
    """{acronym: Link} of those introduced in brackets behind a name: "International … (ICJ)"."""
    introduced = {}
    for span, link in links:
        behind = tree.words[span.last : span.last + 3]
        if len(behind) < 3 or BRACKETS.get(behind[0]) != behind[2]:
            continue
        acronym = behind[1]
        if is_acronym(acronym) and abbreviates(acronym, span.name):
            paragraph = tree.paragraph[span.first]
            rule = f"introduced in brackets after {link.actor}, paragraph {paragraph}"
            introduced.setdefault(acronym, acronym_of(link, "introduced", rule))
    return introduced


def acronyms_by_initials(links):
    """{acronym: Link} of those that are the initials of just one name of a body or a law."""
    wholes = {}
    for _, link in links:
        is_long = link.kind == "name" and " " in link.actor
        if is_long and link.actor_type in ("organisation", "other"):
            wholes[link.actor] = link
    by_initials = defaultdict(list)
    for link in wholes.values():
        for made in initials(link.actor):
            by_initials[made].append(link)
    meant = {}
    for span, link in links:
        plain = span.name.replace(".", "")
        whole = by_initials.get(plain, ())
        is_long_enough = is_acronym(plain) and len(plain) >= SHORTEST_ACRONYM
        is_unknown = link.actor == span.name
        if len(whole) == 1 and is_long_enough and is_unknown:
            rule = f"initials of {whole[0].actor}"
            meant[span.name] = acronym_of(whole[0], "initials", rule)
    return meant


def acronym_of(link, code, rule):
    """The link of an acronym for what another link means."""
    return Link(link.actor, link.actor_type, "acronym", code, rule)


def is_acronym(word):
    """Whether a word is all capitals, and more than one."""
    return len(word) > 1 and word.isupper() and word.isalnum()


def abbreviates(acronym, name):
    """Whether an acronym in brackets can stand for the name before it.

    A translated one may have its letters in another order.
    """
    same_letters = [made for made in initials(name) if sorted(made) == sorted(acronym)]
    return bool(same_letters) or any(made.endswith(acronym) for made in initials(name))


def initials(name):
    """What a name's acronym can be: initials of its capitalised words, and of all its words."""
    return {"".join(re.findall(r"\b[A-Z]", name)), "".join(re.findall(r"\b\w", name)).upper()}
