"""Which person a name means: full names, surnames, first names, namesakes."""

from collections import defaultdict

from ...lexicons import actor_nouns, first_names
from .entities import capitalised, name_parts
from .spans import Link

MALE_TITLES = {"mr", "sir", "lord", "king", "prince"}
FEMALE_TITLES = {"mrs", "ms", "miss", "lady", "dame", "queen", "princess"}


def full_names(people):
    """{surname: {full name: its first span}} of the people of an article."""
    surnames = {
        name_parts(span.name)[2]
        for span in people
        if name_parts(span.name)[2] != capitalised(span.name)
    }
    full = {}
    for span in people:
        if " " in span.name and capitalised(span.name) not in surnames:
            family = full.setdefault(name_parts(span.name)[2], {})
            family.setdefault(namesake(span.name, family), span)
    return full


def namesake(name, family):
    """The one full name in the family with the same first name and suffix, and no other middle name; or the name itself."""
    same = namesakes(name, family)
    return same[0] if len(same) == 1 and name not in family else name


def namesakes(name, family):
    """The full names in the family with the same first name and suffix, and no other middle name."""
    first, middle, _, suffix = name_parts(name)
    same = []
    for other in family:
        others = name_parts(other)
        if (others[0], others[3]) == (first, suffix) and (
            not middle or not others[1] or middle == others[1]
        ):
            same.append(other)
    return same


def gender_of(name, title):
    """What the words before a person's name and the first name say: male, female, or "" where they say nothing."""
    words = [word.lower().rstrip(".") for word in title]
    for gender, titles in (("male", MALE_TITLES), ("female", FEMALE_TITLES)):
        if titles.intersection(words):
            return gender
    told = {
        gender
        for word in words
        for kind, gender in actor_nouns().get(word, ())
        if kind == "person" and gender
    }
    return told.pop() if len(told) == 1 else first_names().get(name_parts(name)[0], "")


def link_people(spans, full, words, paragraph):
    """Links of people's names, where `full` has the full names by surname."""
    given, genders = defaultdict(list), defaultdict(str)
    for family in full.values():
        for name, first in family.items():
            given[name_parts(name)[0]].append(name)
            words_of = name.split()
            for place in range(2, len(words_of) - 1):  # "Lan Anh" of "Nguyen Thi Lan Anh"
                given[" ".join(words_of[place:])].append(name)
            for word in words_of[1:-1]:  # "Herrera" of "Lucía Herrera Montoya"
                given[word].append(name)
            genders[name] = gender_of(name, words[max(0, first.first - 1) : first.first])
    return [(span, link_person(span, full, given, genders, words, paragraph)) for span in spans]


def link_person(span, full, given, genders, words, paragraph):
    """Whom one person's name means."""
    if capitalised(span.name) in full:
        return link_surname(span, full[capitalised(span.name)], genders, words, paragraph)
    if capitalised(span.name) in given and len(given[span.name]) == 1 and " " in span.name:
        return Link(
            given[span.name][0], "person", "alias", f"part of the name {given[span.name][0]}"
        )
    if " " in span.name:
        others = [
            other
            for other in namesakes(span.name, full.get(name_parts(span.name)[2], ()))
            if other != span.name
        ]
        if len(others) > 1:
            return Link(
                None,
                "person",
                "alias",
                f"another form of {' or of '.join(others)}: the text leaves it open",
            )
        name = namesake(span.name, full.get(name_parts(span.name)[2], ()))
        return Link(
            name, "person", "name", "full name" if name == span.name else f"another form of {name}"
        )
    named = given.get(span.name, [])
    if len(named) > 1:
        return Link(
            None,
            "person",
            "alias",
            f"first name of {' and of '.join(named)}: the text leaves it open",
        )
    if named:
        return Link(
            named[0],
            "person",
            "alias",
            f"part of the name {named[0]}"
            if named[0].split()[0] != span.name
            else f"first name of {named[0]}",
        )
    return Link(span.name, "person", "name", "single name; no full name in the article")


def link_surname(span, family, genders, words, paragraph):
    """Whom a surname means: the one of that name; of several, the only one named so far, or the only one whom the title fits."""
    open_to = family
    title = gender_of("", words[max(0, span.first - 1) : span.first])
    if title:
        open_to = {name: first for name, first in open_to.items() if genders[name] in ("", title)}
        if not open_to:
            return Link(
                None,
                "person",
                "alias",
                f"surname of {' and of '.join(family)}, whom the title does not fit",
            )
    if len(open_to) > 1:
        open_to = {
            name: first for name, first in open_to.items() if first.first < span.first
        } or open_to
    if len(open_to) > 1:
        return Link(
            None,
            "person",
            "alias",
            f"surname of {' and of '.join(open_to)}: the text leaves it open",
        )
    ((name, first),) = open_to.items()
    why = (
        ""
        if len(family) == 1
        else f", {'as the title says' if title else 'the only one of that name so far'}"
    )
    return Link(
        name, "person", "alias", f"surname of {name}, paragraph {paragraph[first.first]}{why}"
    )
