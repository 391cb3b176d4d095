"""Whom each name in an article means, by the article's own evidence and by tables of known names."""

import re
from collections import Counter, defaultdict
from typing import NamedTuple

from .names import Span, capital, find_listed, parts, read_entities

TYPES = {"PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "place", "LAW": "other", "EVENT": "other"}


class Link(NamedTuple):
    """Whom a span means, and why."""

    actor: str | None
    actor_type: str
    kind: str
    rule: str


def link_names(parsed, parse, known):
    """(Span, Link) of every name in one article, in order; `parse` is the Parse of `parsed`."""
    words, paragraph = parse.words, parse.paragraph
    entities = read_entities(parsed, words)
    listed = find_listed(words, parse.sentence, known, entities)
    named = one_label_a_name([span for span in free(entities, [span for span, _ in listed]) if span.label in TYPES])
    full = full_names([span for span in named if span.label == "PERSON"])
    given = group((parts(name)[0], name) for family in full.values() for name in family)
    links = link_listed(listed, parse.dep)
    links += [(span, link_person(span, full, given, paragraph)) for span in named if span.label == "PERSON"]
    links += link_others([span for span in named if span.label != "PERSON"], full)
    missed = free(missed_surnames(words, parsed, full), [*entities, *(span for span, _ in links)])
    links += [(span, link_person(span, full, given, paragraph)) for span in missed]
    return one_type_an_actor(sorted(link_acronyms(words, links, paragraph)))


def group(pairs):
    """{key: values} of pairs of key and value."""
    grouped = defaultdict(list)
    for key, value in pairs:
        grouped[key].append(value)
    return grouped


def free(spans, others):
    """The spans that share no token with the others."""
    taken = {row for span in others for row in range(span.first, span.last)}
    return [span for span in spans if taken.isdisjoint(range(span.first, span.last))]


def one_label_a_name(spans):
    """Spans with the label that most mentions of the same name have in the article."""
    votes = defaultdict(Counter)
    for span in spans:
        votes[span.name][span.label] += 1
    return [span._replace(label=votes[span.name].most_common(1)[0][0]) for span in spans]


def link_listed(listed, deps):
    """Links of what the gazetteer lists. A capital that does something stands for its government; else it is a place."""
    links = []
    for span, entry in listed:
        if entry.kind != "capital":
            said = f"nationality word of {entry.actor}" if entry.kind == "adjective" else entry.kind
            links.append((span, Link(entry.actor, entry.actor_type, entry.kind, f"{said} ({entry.source})")))
        elif span.label == "GPE" and deps[span.last - 1] == "nsubj":
            links.append(
                (span, Link(entry.actor, "state", "metonym", f"capital of {entry.actor} doing something, for its government ({entry.source})"))
            )
        elif span.label == "GPE":
            links.append((span, Link(span.name, "place", "name", f"capital of {entry.actor}, as a place ({entry.source})")))
    return links


def full_names(people):
    """{surname: {full name: its first span}} of the people of an article."""
    surnames = {parts(span.name)[2] for span in people if parts(span.name)[2] != capital(span.name)}
    full = {}
    for span in people:
        if " " in span.name and capital(span.name) not in surnames:
            family = full.setdefault(parts(span.name)[2], {})
            family.setdefault(namesake(span.name, family), span)
    return full


def namesake(name, family):
    """The full name in the family with the same first name and suffix, and no other middle name; or the name itself."""
    first, middle, _, suffix = parts(name)
    for other in family:
        others = parts(other)
        if (others[0], others[3]) == (first, suffix) and (not middle or not others[1] or middle == others[1]):
            return other
    return name


def link_person(span, full, given, paragraph):
    """Whom a person's name means, where `full` has the full names by surname and `given` by first name."""
    if capital(span.name) in full:
        family = full[capital(span.name)]
        if len(family) > 1:
            return Link(None, "person", "alias", f"surname of {' and of '.join(family)}: the text leaves it open")
        (name, first), *_ = family.items()
        return Link(name, "person", "alias", f"surname of {name}, paragraph {paragraph[first.first]}")
    if " " in span.name:
        name = namesake(span.name, full.get(parts(span.name)[2], ()))
        return Link(name, "person", "name", "full name" if name == span.name else f"another form of {name}")
    named = given.get(span.name, [])
    if len(named) > 1:
        return Link(None, "person", "alias", f"first name of {' and of '.join(named)}: the text leaves it open")
    if named:
        return Link(named[0], "person", "alias", f"first name of {named[0]}")
    return Link(span.name, "person", "name", "single name; no full name in the article")


def link_others(others, full):
    """Links of organisations and places; a short form goes to the one longer name in the article that ends with it."""
    names = dict.fromkeys(span.name for span in others)
    by_end = group((name[space.end() :], name) for name in names for space in re.finditer(" ", name))
    links = []
    for span in others:
        longer = by_end.get(span.name, []) if " " in span.name else []
        if len(full.get(span.name, ())) == 1:
            name = next(iter(full[span.name]))
            links.append((span, Link(name, "person", "alias", f"surname of {name}")))
        elif len(longer) == 1:
            links.append((span, Link(longer[0], TYPES[span.label], "alias", f"short for {longer[0]}")))
        else:
            links.append((span, Link(span.name, TYPES[span.label], "name", f"name ({span.label} by spaCy)")))
    return links


def link_acronyms(words, links, paragraph):
    """The links, with every acronym that the article introduces in brackets linked to the name before it."""
    introduced = {}
    for span, link in links:
        opening, acronym, closing = (*words[span.last : span.last + 3], "", "", "")[:3]
        if (
            (opening, closing) == ("(", ")")
            and len(acronym) > 1
            and acronym.isupper()
            and "".join(re.findall(r"\b[A-Z]", span.name)).endswith(acronym)
        ):
            introduced.setdefault(acronym, (link, paragraph[span.first]))
    longer = [span for span, _ in links if span.last - span.first > 1]  # the IRGC Quds Force is not the IRGC
    spans = free([Span(row, row + 1, word, "") for row, word in enumerate(words) if word in introduced], longer)
    acronyms = []
    for span in spans:
        link, where = introduced[span.name]
        acronyms.append((span, Link(link.actor, link.actor_type, "acronym", f"introduced in brackets after {link.actor}, paragraph {where}")))
    kept = set(free([span for span, _ in links], spans))
    return [(span, link) for span, link in links if span in kept] + acronyms


def one_type_an_actor(links):
    """Links with the type that the actor has where it is first named in full."""
    types = {}
    for _, link in links:
        if link.kind == "name":
            types.setdefault(link.actor, link.actor_type)
    return [(span, link._replace(actor_type=types.get(link.actor, link.actor_type))) for span, link in links]


def missed_surnames(words, parsed, full):
    """Surnames of people named in full that spaCy passed over elsewhere in the article."""
    # Tagged as a common noun in mid-sentence, a capital still speaks for a name.
    tagged = (parsed["pos"] == "PROPN") | ((parsed["token_id"] > 1) & parsed["pos"].isin(["NOUN", "ADJ", "X"]))
    return [Span(row, row + 1, word, "PERSON") for row, (word, name) in enumerate(zip(words, tagged, strict=True)) if name and word in full]
