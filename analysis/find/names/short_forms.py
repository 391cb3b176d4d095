"""Short forms for longer names in the article: acronyms, last words, "the North"; names inside names."""

import re
from collections import Counter, defaultdict

from ...lexicons import noun_types
from .people import link_people
from .spans import Link, Span, free_spans, spell_name

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


BRACKETS = {"(": ")", "[": "]"}
# Shorter runs of capitals are initials of too many things.
SHORTEST_ACRONYM = 3


def group_pairs(pairs):
    """{key: values} of pairs of key and value."""
    grouped = defaultdict(list)
    for key, value in pairs:
        grouped[key].append(value)
    return grouped


def link_others(others, full, words, paragraph):
    """Links of organisations, places and other names; a short form goes to the longer name in the article."""
    first_words = Counter(name.split()[0] for family in full.values() for name in family)
    given = {word for word, n in first_words.items() if n == 1}
    spelled = {}
    for span in others:
        spelled.setdefault(span.name.casefold(), span.name)  # one actor, whatever the capitals
    names = list(dict.fromkeys(spelled.values()))
    by_end = group_pairs(
        (name[space.end() :], name) for name in names for space in re.finditer(" ", name)
    )
    by_start = group_pairs(
        (name[: space.start()], name) for name in names for space in re.finditer(" ", name)
    )
    links = []
    for span in others:
        name = spelled[span.name.casefold()]
        longer = longer_names(span, name, by_end, by_start)
        if span.name in full or span.name in given:
            links += link_people([span], full, words, paragraph)
        elif len(longer) == 1:
            links.append(
                (span, Link(longer[0], LABEL_TYPES[span.label], "alias", f"short for {longer[0]}"))
            )
        elif longer:
            links.append(
                (
                    span,
                    Link(
                        None,
                        LABEL_TYPES[span.label],
                        "alias",
                        f"short for {' or '.join(longer)}: the text leaves it open",
                    ),
                )
            )
        else:
            links.append(
                (
                    span,
                    Link(
                        name,
                        LABEL_TYPES[span.label],
                        "name",
                        f"name ({span.label} by spaCy)"
                        if span.label != "OTHER"
                        else "name, of what kind is open",
                    ),
                )
            )
    return links


def longer_names(span, name, by_end, by_start):
    """The longer names in the article for which a name can be short: the same ending; for "the Court", also the same beginning."""
    if " " in name:
        return by_end.get(name, [])
    if span.label != "ORG":
        return []
    class_word = "organisation" in noun_types(name.lower())
    return list(
        dict.fromkeys(by_end.get(name, []) + (by_start.get(name, []) if class_word else []))
    )


def link_halves(words, entities, links):
    """ "The North" for the one state in the article whose name so begins, where it is no part of a longer name."""
    taken = {
        row
        for span in (*entities, *(span for span, _ in links))
        if span.last - span.first > 1
        for row in range(span.first, span.last)
    }
    halves = group_pairs(
        (link.actor.split()[0], link.actor) for _, link in links if link.actor_type == "state"
    )
    found = []
    for row, word in enumerate(words):
        states = set(halves.get(word, ())) if word in ("North", "South", "East", "West") else ()
        name_ends = not words[row + 1 : row + 2] or not words[row + 1][0].isupper()
        if (
            len(states) == 1
            and row
            and words[row - 1].lower() == "the"
            and row not in taken
            and name_ends
        ):
            (state,) = states
            found.append(
                (
                    Span(row, row + 1, word, "GPE"),
                    Link(state, "state", "alias", f"short for {state}"),
                )
            )
    return found


def link_parts(tree, links, known):
    """Names inside a longer name that is somebody else's: the United States in "US State Department"."""
    names = {}
    for span, link in links:
        if link.actor and link.kind in ("name", "alias", "acronym"):
            names.setdefault(
                tuple(tree.words[span.first : span.last]), (link.actor, link.actor_type)
            )
    parts = []
    for span, link in links:
        row = span.first
        while link.actor_type in ("organisation", "place", "other") and row < span.last:
            longest = next(
                (
                    size
                    for size in range(span.last - row, 0, -1)
                    if tuple(tree.words[row : row + size]) in names
                ),
                0,
            )
            actor, actor_type = names.get(tuple(tree.words[row : row + longest]), (None, ""))
            if not longest or longest == span.last - span.first:
                entry = next(
                    (
                        entry
                        for entry in known.get(tree.words[row], ())
                        if tuple(tree.words[row : row + len(entry.form)]) == entry.form
                    ),
                    None,
                )
                fits = (
                    entry
                    and entry.kind in ("name", "acronym")
                    and row + len(entry.form) <= span.last
                    and len(entry.form) < span.last - span.first
                )
                longest, actor, actor_type = (
                    (len(entry.form), entry.actor, entry.actor_type) if fits else (0, None, "")
                )
            if longest and actor != link.actor:
                inside = Span(row, row + longest, spell_name(tree.words[row : row + longest]), "")
                parts.append(
                    (inside, Link(actor, actor_type, "part", f"inside the name {span.name}"))
                )
            row += longest or 1
    return parts


def link_acronyms(words, links, paragraph):
    """The links, with acronyms linked to the name that they stand for: introduced in brackets, or its initials."""
    introduced = {}
    for span, link in links:
        opening, acronym, closing = (*words[span.last : span.last + 3], "", "", "")[:3]
        if (
            BRACKETS.get(opening) == closing
            and is_acronym(acronym)
            and abbreviates(acronym, span.name)
        ):
            introduced.setdefault(
                acronym,
                (
                    link,
                    f"introduced in brackets after {link.actor}, paragraph {paragraph[span.first]}",
                ),
            )
    longer_names = {
        link.actor: link
        for _, link in links
        if link.kind == "name" and link.actor_type == "organisation" and " " in link.actor
    }
    by_initials = group_pairs(
        (made, link) for link in longer_names.values() for made in initials(link.actor)
    )
    for span, link in links:
        whole = by_initials.get(span.name, ())
        if (
            link.actor == span.name
            and is_acronym(span.name)
            and len(span.name) >= SHORTEST_ACRONYM
            and len(whole) == 1
        ):
            introduced.setdefault(span.name, (whole[0], f"initials of {whole[0].actor}"))
    longer = [
        span for span, _ in links if span.last - span.first > 1
    ]  # the IRGC Quds Force is not the IRGC
    spans = free_spans(
        [Span(row, row + 1, word, "") for row, word in enumerate(words) if word in introduced],
        longer,
    )
    acronyms = []
    for span in spans:
        link, rule = introduced[span.name]
        acronyms.append((span, Link(link.actor, link.actor_type, "acronym", rule)))
    kept = set(free_spans([span for span, _ in links], spans))
    return [(span, link) for span, link in links if span in kept] + acronyms


def is_acronym(word):
    """Whether a word is all capitals, and more than one."""
    return len(word) > 1 and word.isupper() and word.isalnum()


def abbreviates(acronym, name):
    """Whether an acronym in brackets can stand for the name before it; a translated one may have its letters in another order."""
    return any(made.endswith(acronym) or sorted(made) == sorted(acronym) for made in initials(name))


def initials(name):
    """What a name's acronym can be: the initials of its capitalised words, and of all its words."""
    return {"".join(re.findall(r"\b[A-Z]", name)), "".join(re.findall(r"\b\w", name)).upper()}
