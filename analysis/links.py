"""Whom each name in an article means, by the article's own evidence and by tables of known names."""

import re
from collections import Counter, defaultdict

from .lexicons import actor_nouns, first_names
from .names import Link, Span, find_listed, is_title, read_entities, spell
from .people import full_names, link_people

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
    entities = read_entities(parsed, parse)
    full = full_names([span for span in entities if span.label == "PERSON"])
    listed = [(span, entry) for span, entry in find_listed(words, parse.sentence, known, entities) if not is_surname(span, entry, full, words)]
    named = [span for span in free(entities, [span for span, _ in listed]) if span.label in TYPES]
    named += find_compounds(parse, named, [*entities, *(span for span, _ in listed)])
    named += find_unlabelled(parse, parsed["ent"].fillna("").tolist(), named, [*entities, *(span for span, _ in listed)])
    named = one_label_a_name(named + find_repeated(parse, named, [*entities, *named, *(span for span, _ in listed)], full))
    people = [span for span in named if span.label == "PERSON"]
    full = full_names(sorted(people))
    links = link_listed(listed, parse) + link_people(people, full, words, paragraph)
    links += link_others([span for span in named if span.label != "PERSON"], full, words, paragraph)
    links += link_halves(words, links)
    links = sorted(link_acronyms(words, links, paragraph))
    return one_type_an_actor(sorted(links + link_parts(parse, links, known)))


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
    return entry.kind in ("name", "capital") and span.name in full and before not in TO_PLACES


def find_repeated(parse, named, others, full):
    """Names that the language model saw elsewhere in the article and passed over here."""
    forms = {tuple(parse.words[span.first : span.last]): span.label for span in named}
    surnames = {(surname,) for surname in full if " " not in surname}
    forms |= dict.fromkeys(surnames, "PERSON")
    by_word = group((form[0], form) for form in sorted(forms, key=len, reverse=True))
    taken = {row for span in others for row in range(span.first, span.last)}
    found, row = [], 0
    while row < len(parse.words):
        form = next((form for form in by_word.get(parse.words[row], ()) if stands(parse, row, form, taken)), None)
        if form:
            first = row - 1 if form in surnames and is_full(parse, row, taken) else row
            found.append(Span(first, row + len(form), spell(parse.words[first : row + len(form)]), forms[form]))
        row += len(form) if form else 1
    return found


def is_full(parse, row, taken):
    """Whether a first name that spaCy does not know stands before a known surname ("Bocar | Thiaw")."""
    before = row - 1
    joined = row and before not in taken and parse.head[before] == row and parse.dep[before] == "compound" and parse.pos[before] == "PROPN"
    return joined and parse.words[before][0].isupper() and not is_title(parse.words[before])


def find_unlabelled(parse, labels, named, others):
    """Names in mid-sentence, or of several words, that spaCy does not label: runs of proper nouns.

    A person where a first name or a title begins the run, or where spaCy knows its first or last word as a person elsewhere.
    """
    people = {span.name for span in named if span.label == "PERSON"} | set(first_names())
    before_people = {span.first for span in named if span.label == "PERSON"}
    taken = {row for span in (*named, *others) for row in range(span.first, span.last)} | {row for row, label in enumerate(labels) if label}
    taken |= capitalised_rows(parse)
    found = []
    for first, last in proper_runs(parse, taken):
        titled = is_title(parse.words[first]) and last - first > 1
        first += titled
        run = parse.words[first:last]
        begins = first == 0 or parse.sentence[first - 1] != parse.sentence[first]
        class_words = all(is_title(word) or lemma in actor_nouns() for word, lemma in zip(run, parse.lemma[first:last], strict=True))
        person = titled or (len(run) > 1 and (run[0] in people or run[-1] in people))
        if class_words or len("".join(run)) == 1 or (begins and not person) or last in before_people:
            continue
        found.append(Span(first, last, spell(run), "PERSON" if person else "OTHER"))
    return found


# In a sentence with a larger share of capitalised words, as headlines have it, a capital does not speak for a name.
MOST_CAPITALS = 0.75


def capitalised_rows(parse):
    """The rows of sentences most of whose words are capitalised."""
    words, capitals = Counter(), Counter()
    for sentence, word in zip(parse.sentence, parse.words, strict=True):
        words[sentence] += word[0].isalpha()
        capitals[sentence] += word[0].isupper()
    return {row for row, sentence in enumerate(parse.sentence) if capitals[sentence] > MOST_CAPITALS * words[sentence]}


def proper_runs(parse, taken):
    """(first, last) of runs of capitalised proper nouns, hyphens between them included, outside the rows taken."""
    proper = [pos == "PROPN" and word[0].isupper() and row not in taken for row, (pos, word) in enumerate(zip(parse.pos, parse.words, strict=True))]
    runs, row = [], 0
    while row < len(proper):
        last = row
        while last < len(proper) and parse.sentence[last] == parse.sentence[row]:
            hyphen = last > row and parse.words[last] == "-" and last + 1 not in taken
            if not (proper[last] or hyphen or (last > row and parse.words[last - 1] == "-" and parse.pos[last] in ("PROPN", "NOUN", "X"))):
                break
            last += 1
        while last > row and not parse.words[last - 1][0].isalnum():
            last -= 1
        if last > row:
            runs.append((row, last))
        row = max(last, row + 1)
    return runs


def find_compounds(parse, named, others):
    """Names that end in a small word for an organisation ("the Quds force"), which spaCy does not know as names."""
    taken = {row for span in others for row in range(span.first, span.last)}
    forms, found = {span.name for span in named}, []
    for last, lemma in enumerate(parse.lemma):
        first = last
        while first and first - 1 not in taken and parse.pos[first - 1] == "PROPN" and parse.dep[first - 1] == "compound":
            first -= 1
        organisation = any(kind == "organisation" for kind, _ in actor_nouns().get(lemma, ()))
        if first < last and last not in taken and organisation and parse.tag[last] == "NN" and spell(parse.words[first:last]) not in forms:
            found.append(Span(first, last + 1, spell(parse.words[first : last + 1]), "ORG"))
    return found


def stands(parse, row, form, taken):
    """Whether a known name stands from this row on, free of other names, as a name (a capital alone may begin a sentence)."""
    rows = range(row, row + len(form))
    if tuple(parse.words[row : rows.stop]) != form or not taken.isdisjoint(rows) or parse.sentence[row] != parse.sentence[rows.stop - 1]:
        return False
    first_word = row == 0 or parse.sentence[row - 1] != parse.sentence[row]
    as_name = parse.pos[row] == "PROPN" or (not first_word and parse.pos[row] in ("NOUN", "ADJ", "X"))
    return form[0][0].isupper() and (len(form) > 1 or as_name)


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
                (span, Link(entry.actor, "state", "metonym", f"capital of {entry.actor} doing something, for its government ({entry.source})"))
            )
        elif parse.pos[span.last - 1] == "PROPN":
            links.append((span, Link(span.name, "place", "name", f"capital of {entry.actor}, as a place ({entry.source})")))
    return links


def acts(parse, span):
    """Whether a place does something or is spoken to, as only a government can: "Tehran rejected", "asked Dublin"."""
    row = span.last - 1
    verb = parse.lemma[parse.head[row]]
    if parse.dep[row] == "nsubj":
        return parse.pos[parse.head[row]] == "VERB" and verb not in STANDING
    return parse.dep[row] in ("dobj", "dative") and verb in ADDRESSING


# What a place itself does, and what is done to a government but to no place.
STANDING = {"lie", "stand", "remain", "see", "have", "host", "sit"}
ADDRESSING = {"ask", "tell", "urge", "warn", "accuse", "assure", "inform", "persuade", "pressure", "press", "blame", "criticise", "criticize"}


def link_others(others, full, words, paragraph):
    """Links of organisations, places and other names; a short form goes to the longer name in the article."""
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
        if len(full.get(span.name, ())) == 1:
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
    class_word = any(kind == "organisation" for kind, _ in actor_nouns().get(name.lower(), ()))
    return list(dict.fromkeys(by_end.get(name, []) + (by_start.get(name, []) if class_word else [])))


def link_halves(words, links):
    """ "The North" for the one state in the article whose name so begins; free of other names."""
    taken = {row for span, _ in links for row in range(span.first, span.last)}
    halves = group((link.actor.split()[0], link.actor) for _, link in links if link.actor_type == "state" and link.actor)
    found = []
    for row, word in enumerate(words):
        states = set(halves.get(word, ())) if word in ("North", "South", "East", "West") else ()
        if len(states) == 1 and row and words[row - 1].lower() == "the" and row not in taken and not words[row + 1 : row + 2][0:1][0].isupper():
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
