"""Which person a name means: full names, surnames, first names, namesakes."""

from collections import defaultdict
from itertools import pairwise
from typing import NamedTuple

from ...lexicons import actor_nouns, first_names, word_list
from ...parse.tree import head_of
from ...text import without_accents
from .entities import capitalised, name_parts
from .spans import Link
from .titles import is_title


class People(NamedTuple):
    """The people of an article, by what they may be called."""

    full: dict  # {surname: {full name: its first span}}
    given: dict  # {first name, or other part but the last: full names}
    genders: dict  # {full name: gender, or "" where nothing tells it}
    titles: dict  # {full name: the words that stand before it}
    alone: dict  # {surname: the full names meant by it alone so far}
    named: dict  # {full name: the rows where it, or the surname with a title, stands}


def full_names(people):
    """{surname: {full name: its first span}} of the people of an article."""
    surnames, parts = set(), set()
    for span in people:
        surname = name_parts(span.name)[2]
        parts.update(given_parts(span.name))
        if surname != capitalised(span.name):
            surnames.add(surname)
    full = {}
    for span in people:
        is_full = " " in span.name and span.name not in parts and not is_junior(span.name)
        if is_full and capitalised(span.name) not in surnames:
            family = full.setdefault(name_parts(span.name)[2], {})
            family.setdefault(namesake(span.name, family), span)
    return full


def know_people(tree, full, spans):
    """The people of an article, from `full_names` and the spans of people's names."""
    given, genders, titles = defaultdict(list), {}, defaultdict(set)
    named = defaultdict(list)
    for span in spans:
        named[span.name].append(span.first)
        titles[span.name].update(map(plain_title, word_before(tree, span)))
        beside = tree.below[head_of(tree, span.first, span.last)]
        titles[span.name].update(tree.lemma[row] for row in beside if tree.dep[row] == "appos")
    for family in full.values():
        for name, first in family.items():
            for part in given_parts(name) if is_full_name(name) else ():
                given[plain_name(part)].append(name)
            genders[name] = gender_of(name, word_before(tree, first))
    return People(full, dict(given), genders, titles, defaultdict(set), named)


def is_full_name(name):
    """Whether a name has a first name and a surname, not a title before one: "Mrs. Trump"."""
    return " " in name and name_parts(name)[0] != ""


def is_junior(name):
    """Whether a name is a surname with a suffix: "Trump Jr."."""
    _, _, suffix = name.partition(" ")
    return suffix.lower().rstrip(".") in ("jr", "sr", "ii", "iii", "iv")


def with_surnames(tree, people):
    """The spans of people's names, in order, a first name that shares a surname with it.

    "Barack | and Michelle Obama" is Barack Obama.
    """
    surnames = full_names(people).keys()
    whole = []
    for span, behind in pairwise([*people, None]):
        is_joined = behind and tree.words[span.last : behind.first] in (["and"], ["&"])
        is_given = span.name in first_names() and span.name not in surnames
        if is_joined and is_given and " " in behind.name:
            span = span._replace(name=f"{span.name} {name_parts(behind.name)[2]}")
        whole.append(span)
    return whole


def add_bearers(tree, full, spans):
    """Add whoever is called by a surname alone and can be nobody who is named in full.

    "Mr. Trump" is not Melania Trump; "President Trump" is not Donald Trump Jr., before anything is
    said of him or where he is called "Trump Jr.". `full` as from `full_names`.
    """
    apart = {span.name.split()[0] for span in spans if is_junior(span.name)}
    genders = defaultdict(set)
    for span in spans:
        genders[span.name].add(gender_of("", word_before(tree, span)))
    for span in spans:
        family = full.get(capitalised(span.name))
        before = word_before(tree, span)
        if not family or span.name in family or not before or not is_title(before[0]):
            continue
        gender = gender_of("", before)
        others = [name for name in family if {gender, gender_of(name, ())} == {"male", "female"}]
        juniors = []
        for name, named in family.items():
            if name_parts(name)[3] and (span.name in apart or named.first > span.first):
                juniors.append(name)
        if len({*others, *juniors}) == len(family):
            # "Mr. and Mrs. Trump" are two.
            are_two = {"male", "female"} <= genders[span.name]
            family[f"{before[0]} {span.name}" if are_two else span.name] = span


def given_parts(name):
    """What a person of this full name may be called besides the surname."""
    words = name.split()
    parts = [name_parts(name)[0]]
    for place in range(1, len(words) - 1):
        parts.append(" ".join(words[place:]))  # "Lan Anh" of "Nguyen Thi Lan Anh"
    return parts + words[1:-1]  # "Herrera" of "Lucía Herrera Montoya"


def word_before(tree, span):
    """The word before a span, as a list; empty where there is none."""
    return tree.words[max(0, span.first - 1) : span.first]


def namesake(name, family):
    """The one full name of the same person in the family, or the name itself; see `namesakes`."""
    same = namesakes(name, family)
    return same[0] if len(same) == 1 and name not in family else name


def namesakes(name, family):
    """The full names in the family with the same first name and suffix.

    Those with another middle name are left out.
    """
    first, middle, _, suffix = name_parts(name)
    same = []
    for other in family:
        other_first, other_middle, _, other_suffix = name_parts(other)
        differ = middle and other_middle and middle != other_middle
        same_first = without_accents(other_first) == without_accents(first)
        if same_first and other_suffix == suffix and not differ:
            same.append(other)
    return same


def gender_of(name, title):
    """What the words before a person's name and the first name say.

    "male", "female", or "" where they say nothing.
    """
    words = [word.lower().rstrip(".") for word in title]
    if word_list("titles of men").intersection(words):
        return "male"
    if word_list("titles of women").intersection(words):
        return "female"
    told = set()
    for word in words:
        for kind, gender in actor_nouns().get(word, ()):
            if kind == "person" and gender:
                told.add(gender)
    return told.pop() if len(told) == 1 else first_names().get(name_parts(name)[0], "")


def link_person(tree, span, people):
    """Whom one person's name means."""
    family = people.full.get(capitalised(span.name))
    if family is not None:
        return link_surname(tree, span, family, people)
    if " " in span.name:
        link = link_full_name(span.name, people)
        if span.last - span.first == 1:
            rule = f"first name before a surname that two share: {span.name}"
            return link._replace(code="shared_surname", rule=rule)
        return link
    return link_single_name(span.name, people)


def person_link(actor, code, rule, kind="alias"):
    """The link of a person's name."""
    return Link(actor, "person", kind, code, rule)


def link_full_name(name, people):
    """Whom a name of several words means that is nobody's surname."""
    whole = people.given.get(plain_name(name), ())
    if len(whole) == 1 and plain_name(capitalised(name)) in people.given:
        return person_link(whole[0], "part_of_name", f"part of the name {whole[0]}")
    family = people.full.get(name_parts(name)[2], {})
    others = [other for other in namesakes(name, family) if other != name]
    if len(others) > 1:
        rule = f"another form of {' or of '.join(others)}: the text leaves it open"
        return person_link(None, "several_forms", rule)
    actor = namesake(name, family)
    if actor == name:
        return person_link(name, "full_name", "full name", "name")
    return person_link(actor, "other_form", f"another form of {actor}", "name")


def link_single_name(name, people):
    """Whom a single name means that is nobody's surname: a first name, or a name of its own."""
    named = people.given.get(plain_name(name), ())
    if not named:
        rule = "single name; no full name in the article"
        return person_link(name, "single_name", rule, "name")
    if len(named) > 1:
        rule = f"first name of {' and of '.join(named)}: the text leaves it open"
        return person_link(None, "first_names_open", rule)
    (actor,) = named
    if without_accents(actor.split()[0]) == without_accents(name):
        return person_link(actor, "first_name", f"first name of {actor}")
    return person_link(actor, "part_of_name", f"part of the name {actor}")


def plain_name(name):
    """A name as it is compared: "Trump Jr" is "Trump Jr."."""
    return without_accents(name).rstrip(".")


def plain_title(word):
    """A title as it is compared."""
    return word.lower().rstrip(".")


def link_surname(tree, span, family, people):
    """Whom a surname means: the one of that name.

    Of several, the only one who has had the title, whom it fits, who was named so far, or who alone
    was called so before.
    """
    before = word_before(tree, span)
    title = gender_of("", before)
    candidates, rule = fitting_title(before, title, family, people), ""
    if not candidates:
        rule = f"surname of {' and of '.join(family)}, whom the title does not fit"
        return person_link(None, "surname_no_title_fits", rule)
    by_title = title or len(candidates) < len(family)
    if len(candidates) > 1:
        so_far = [name for name in candidates if family[name].first < span.first]
        candidates = so_far or candidates
    if len(candidates) > 1:
        candidates, rule = called_before(tree, span, candidates, people)
        if len(candidates) > 1:
            return person_link(None, "surname_open", rule)
    (name,) = candidates
    people.named[name].append(span.first)
    if not title:
        people.alone[capitalised(span.name)].add(name)
    if name == span.name:
        others = " and ".join(each for each in family if each != name)
        return person_link(name, "single_name", f"surname of somebody else than {others}", "name")
    if rule:
        return person_link(name, "surname_before", rule)
    rule = f"surname of {name}, paragraph {tree.paragraph[family[name].first]}"
    if len(family) > 1:
        rule += ", as the title says" if by_title else ", the only one of that name so far"
    return person_link(name, "surname", rule)


def fitting_title(before, title, family, people):
    """Those of a family whom the word before a surname fits: who alone has it, or by gender."""
    fits = [name for name in family if not title or people.genders[name] in ("", title)]
    held = []
    if before and is_title(before[0]):
        held = [name for name in fits if plain_title(before[0]) in people.titles[name]]
    return held if len(held) == 1 else fits


def called_before(tree, span, candidates, people):
    """(those of several whom a surname can mean, why): one if it is clear.

    Who is known by the surname alone; or who alone was called so before, and no other is near.
    """
    if span.name in candidates:
        return [span.name], ""
    called = [name for name in candidates if name in people.alone[capitalised(span.name)]]
    others = [name for name in candidates if name not in called]
    rows = [row for name in others for row in people.named[name]]
    is_near = any(0 <= tree.sentence[span.first] - tree.sentence[row] <= 1 for row in rows)
    if len(called) != 1 or is_near:
        return candidates, f"surname of {' and of '.join(candidates)}: the text leaves it open"
    rule = f"surname of {called[0]}, who alone was called so before: not {' or '.join(others)}"
    return called, rule
