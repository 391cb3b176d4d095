"""Whom each name in an article means, by the article's own evidence and by tables of known names."""

import re
from collections import Counter, defaultdict

from .lexicons import first_names, noun_types
from .names import Link, Span, find_listed, read_entities, spell
from .overlooked import capitalised_rows, find_overlooked
from .people import full_names, link_people
from .phrases import paragraph_runs
from .reported import reporting_verbs

TYPES = {
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
# A capital's or country's name after these is the place, even where somebody of that surname is in the article.
TO_PLACES = {"in", "to", "from", "at", "near", "outside", "into", "across", "around", "throughout"}
# Shorter runs of capitals are initials of too many things.
SHORTEST_ACRONYM = 3


def link_names(parsed, parse, known):
    """(Span, Link) of every name in one article, in order; `parse` is the Parse of `parsed`."""
    words, paragraph = parse.words, parse.paragraph
    aside = dateline_rows(parse)
    entities = [span for span in confirmed(parse, read_entities(parsed, parse)) if span.first not in aside]
    full = full_names([span for span in entities if span.label == "PERSON"])
    listed = [(span, entry) for span, entry in find_listed(words, parse.sentence, known, entities) if not is_surname(span, entry, full, words)]
    listed = [(span, entry) for span, entry in listed if span.first not in aside]
    links = link_listed(listed, parse)
    links += link_halves(words, entities, links)
    taken = [*entities, *(span for span, _ in links), *(Span(row, row + 1, "", "") for row in aside)]
    named = [span for span in free(entities, [span for span, _ in (*listed, *links)]) if span.label in TYPES]
    named = one_label_a_name(named + find_overlooked(parse, parsed["ent"].fillna("").tolist(), named, taken, full))
    people = [span for span in named if span.label == "PERSON"]
    full = full_names(sorted(people))
    links += link_people(people, full, words, paragraph)
    links += link_others([span for span in named if span.label != "PERSON"], full, words, paragraph)
    links = sorted(link_acronyms(words, links, paragraph))
    return one_type_an_actor(sorted(links + link_parts(parse, links, known)))


def confirmed(parse, entities):
    """The entities, without runs of several words in headlines and capitals that nothing else in the article confirms.

    Where every word is capitalised, spaCy takes "Biden Warns Putin" for one person. A run stays if it begins with a first
    name and is no longer than a name, or stands elsewhere in the article too.
    """
    loud = capitalised_rows(parse)
    elsewhere = Counter(span.name for span in entities if span.first not in loud)
    kept = []
    for span in entities:
        name = span.first in loud and span.last - span.first > 1 and span.label in ("PERSON", "ORG")
        short = span.last - span.first <= LONGEST_NAME and parse.words[span.first] in first_names()
        clause = any(parse.pos[row] in ("VERB", "AUX") or parse.lemma[row] in reporting_verbs() for row in range(span.first, span.last))
        if not name or elsewhere[span.name] or (short and not clause):
            kept.append(relabelled(parse, span))
    return kept


# Words of a person's name in a headline.
LONGEST_NAME = 3


def relabelled(parse, span):
    """An entity under the label that its last word, or the noun it stands beside, speaks for."""
    head = span.last - 1
    beside = parse.lemma[parse.head[head]] if parse.dep[head] == "appos" else ""
    kinds = noun_types(parse.words[head].lower()) if span.last - span.first > 1 else set()
    if kinds == {"organisation"}:
        return span._replace(label="ORG")
    if beside and noun_types(beside) == {"person"} and span.label in ("ORG", "GPE", "FAC", "LOC"):
        return span._replace(label="PERSON")
    return span


def dateline_rows(parse):
    """Rows of datelines ("LONDON (Reuters) -") and bylines ("By Jane Smith"): they tell of the report, not of its story."""
    rows = set()
    for first, end in paragraph_runs(parse.paragraph):
        line = parse.words[first : min(first + LONGEST_DATELINE, end)]
        dash = next((place for place, word in enumerate(line) if word in ("-", "–", "—", "--")), None)
        town = len(line[0]) > 2 and line[0].isupper() and line[0].isalpha()
        if (
            dash
            and (town or ")" in line[:dash])
            and line[0][0].isupper()
            and all(not word.islower() or word in ("and", "of") for word in line[:dash])
        ):
            rows.update(range(first, first + dash))
        elif line[0] == "By" and end - first <= LONGEST_DATELINE and parse.words[end - 1] not in (".", "!", "?"):
            rows.update(range(first, end))
    return rows


# Tokens before a dateline's dash, or of a byline.
LONGEST_DATELINE = 12


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


def is_surname(span, entry, full, words):
    """Whether a listed place's or state's name is somebody's surname here ("Paris" where Valeska Paris is in the article)."""
    before = words[span.first - 1].lower() if span.first else ""
    surname = entry.kind == "capital" or span.label == "PERSON"
    return entry.kind in ("name", "capital") and surname and span.name in full and before not in TO_PLACES


def one_label_a_name(spans):
    """Spans with the label that most mentions of the same name have in the article."""
    votes = defaultdict(Counter)
    for span in spans:
        votes[span.name][span.label] += 1
    return [span._replace(label=votes[span.name].most_common(1)[0][0]) for span in spans]


def link_listed(listed, parse):
    """Links of what the gazetteer lists. A capital that does something stands for its government; else it is a place."""
    links = []
    for span, entry in listed:
        if entry.kind != "capital":
            said = f"nationality word of {entry.actor}" if entry.kind == "adjective" else entry.kind
            links.append((span, Link(entry.actor, entry.actor_type, entry.kind, f"{said} ({entry.source})")))
        elif acts(parse, span):
            links.append(
                (
                    span,
                    Link(entry.actor, entry.actor_type, "metonym", f"capital of {entry.actor} doing something, for its government ({entry.source})"),
                )
            )
        elif parse.pos[span.last - 1] == "PROPN":
            links.append((span, Link(span.name, "place", "name", f"capital of {entry.actor}, as a place ({entry.source})")))
    return links


def acts(parse, span):
    """Whether a place does something or is spoken to, as only a government can: "Tehran rejected", "asked Dublin"."""
    row = span.last - 1
    while parse.dep[row] == "conj" and parse.head[row] != row:
        row = parse.head[row]
    verb = parse.lemma[parse.head[row]]
    if parse.dep[row] == "nsubj":
        return parse.pos[parse.head[row]] == "VERB" and (verb in reporting_verbs() or verb in GOVERNING)
    return parse.dep[row] in ("dobj", "dative") and verb in ADDRESSING


# What governments do and towns do not (besides saying something), and what is done to a government but to no place.
GOVERNING = frozenset(
    """
    impose meet sanction sign withdraw expel recall ban approve ratify block veto support join send supply arm finance fund
    invade bomb strike negotiate retaliate pursue look aim try intend decide act react respond move freeze seize detain
    release extradite deport annex occupy recognise recognize abandon suspend resume halt lift ease tighten break cut
    restore strengthen cooperate collaborate ally deploy provide grant launch use accept welcome
    """.split()  # noqa: SIM905
)
ADDRESSING = {"ask", "tell", "urge", "warn", "accuse", "assure", "inform", "persuade", "pressure", "press", "blame", "criticise", "criticize"}


def link_others(others, full, words, paragraph):
    """Links of organisations, places and other names; a short form goes to the longer name in the article."""
    first_words = Counter(name.split()[0] for family in full.values() for name in family)
    given = {word for word, n in first_words.items() if n == 1}
    spelled = {}
    for span in others:
        spelled.setdefault(span.name.casefold(), span.name)  # one actor, whatever the capitals
    names = list(dict.fromkeys(spelled.values()))
    by_end = group((name[space.end() :], name) for name in names for space in re.finditer(" ", name))
    by_start = group((name[: space.start()], name) for name in names for space in re.finditer(" ", name))
    links = []
    for span in others:
        name = spelled[span.name.casefold()]
        longer = longer_names(span, name, by_end, by_start)
        if span.name in full or span.name in given:
            links += link_people([span], full, words, paragraph)
        elif len(longer) == 1:
            links.append((span, Link(longer[0], TYPES[span.label], "alias", f"short for {longer[0]}")))
        elif longer:
            links.append((span, Link(None, TYPES[span.label], "alias", f"short for {' or '.join(longer)}: the text leaves it open")))
        else:
            links.append(
                (
                    span,
                    Link(name, TYPES[span.label], "name", f"name ({span.label} by spaCy)" if span.label != "OTHER" else "name, of what kind is open"),
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
    return list(dict.fromkeys(by_end.get(name, []) + (by_start.get(name, []) if class_word else [])))


def link_halves(words, entities, links):
    """ "The North" for the one state in the article whose name so begins, where it is no part of a longer name."""
    taken = {row for span in (*entities, *(span for span, _ in links)) if span.last - span.first > 1 for row in range(span.first, span.last)}
    halves = group((link.actor.split()[0], link.actor) for _, link in links if link.actor_type == "state")
    found = []
    for row, word in enumerate(words):
        states = set(halves.get(word, ())) if word in ("North", "South", "East", "West") else ()
        name_ends = not words[row + 1 : row + 2] or not words[row + 1][0].isupper()
        if len(states) == 1 and row and words[row - 1].lower() == "the" and row not in taken and name_ends:
            (state,) = states
            found.append((Span(row, row + 1, word, "GPE"), Link(state, "state", "alias", f"short for {state}")))
    return found


def link_parts(parse, links, known):
    """Names inside a longer name that is somebody else's: the United States in "US State Department"."""
    names = {}
    for span, link in links:
        if link.actor and link.kind in ("name", "alias", "acronym"):
            names.setdefault(tuple(parse.words[span.first : span.last]), (link.actor, link.actor_type))
    parts = []
    for span, link in links:
        row = span.first
        while link.actor_type in ("organisation", "place", "other") and row < span.last:
            longest = next((size for size in range(span.last - row, 0, -1) if tuple(parse.words[row : row + size]) in names), 0)
            actor, actor_type = names.get(tuple(parse.words[row : row + longest]), (None, ""))
            if not longest or longest == span.last - span.first:
                entry = next(
                    (entry for entry in known.get(parse.words[row], ()) if tuple(parse.words[row : row + len(entry.form)]) == entry.form), None
                )
                fits = entry and entry.kind in ("name", "acronym") and row + len(entry.form) <= span.last and len(entry.form) < span.last - span.first
                longest, actor, actor_type = (len(entry.form), entry.actor, entry.actor_type) if fits else (0, None, "")
            if longest and actor != link.actor:
                inside = Span(row, row + longest, spell(parse.words[row : row + longest]), "")
                parts.append((inside, Link(actor, actor_type, "part", f"inside the name {span.name}")))
            row += longest or 1
    return parts


def link_acronyms(words, links, paragraph):
    """The links, with acronyms linked to the name that they stand for: introduced in brackets, or its initials."""
    introduced = {}
    for span, link in links:
        opening, acronym, closing = (*words[span.last : span.last + 3], "", "", "")[:3]
        if BRACKETS.get(opening) == closing and is_acronym(acronym) and abbreviates(acronym, span.name):
            introduced.setdefault(acronym, (link, f"introduced in brackets after {link.actor}, paragraph {paragraph[span.first]}"))
    longer_names = {link.actor: link for _, link in links if link.kind == "name" and link.actor_type == "organisation" and " " in link.actor}
    by_initials = group((made, link) for link in longer_names.values() for made in initials(link.actor))
    for span, link in links:
        whole = by_initials.get(span.name, ())
        if link.actor == span.name and is_acronym(span.name) and len(span.name) >= SHORTEST_ACRONYM and len(whole) == 1:
            introduced.setdefault(span.name, (whole[0], f"initials of {whole[0].actor}"))
    longer = [span for span, _ in links if span.last - span.first > 1]  # the IRGC Quds Force is not the IRGC
    spans = free([Span(row, row + 1, word, "") for row, word in enumerate(words) if word in introduced], longer)
    acronyms = []
    for span in spans:
        link, rule = introduced[span.name]
        acronyms.append((span, Link(link.actor, link.actor_type, "acronym", rule)))
    kept = set(free([span for span, _ in links], spans))
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


def one_type_an_actor(links):
    """Links with the type that the actor has where it is first named in full."""
    types = {}
    for _, link in links:
        if link.kind == "name":
            types.setdefault(link.actor, link.actor_type)
    return [(span, link._replace(actor_type=types.get(link.actor, link.actor_type))) for span, link in links]
