"""Names that a table lists: states, their capitals and people, well-known organisations."""

from collections import defaultdict
from functools import cache
from typing import NamedTuple

from ... import schema
from ...lexicons import read_actors, word_list
from ...parse.tokens import token_spans
from ...parse.tree import head_of
from ...text import straighten
from .metonyms import is_acting, is_place_here
from .spans import Link, Span, spell_name

# Entity labels whose longer span beats a shorter name inside it ("Bank of England" is not England).
COVERING = ("PERSON", "ORG", "FAC", "GPE", "LOC")


class Entry(NamedTuple):
    """One form of a name in the gazetteer."""

    form: tuple  # tokens
    actor: str
    actor_type: str
    kind: str
    source: str


def make_gazetteer(aliases):
    """{first token: entries, longest form first} of a table like `read_actors()`.

    Rows without an alias are passed over.
    """
    known = defaultdict(list)
    for row in schema.check(aliases, "aliases").dropna(subset=["alias", "actor"]).itertuples():
        source = getattr(row, "source", "the table given")
        for form in forms_of(str(row.alias), row.kind):
            entry = Entry(form, row.actor, row.actor_type, row.kind, source)
            known[form[0]].append(entry)
    for entries in known.values():
        entries.sort(key=lambda entry: -len(entry.form))
    return dict(known)


def forms_of(alias, kind):
    """The forms of an alias as tuples of tokens: of a nationality word, the plural too."""
    words = tuple(straighten(alias)[start:end] for start, end in token_spans(alias))
    if not words:
        return []
    has_plural = kind == "adjective" and words[-1][-1] not in "seh"
    return [words, (*words[:-1], f"{words[-1]}s")] if has_plural else [words]


@cache
def packaged_names():
    """The gazetteer that comes with the workbook."""
    return make_gazetteer(read_actors())


def find_listed(tree, known, entities):
    """[(Span, Entry)] of what the gazetteer lists, longest first, within a sentence.

    What is part of a longer name is passed over. The label of the span is that of the entity around
    it, if any.
    """
    around = {}
    for span in entities:
        if span.label in COVERING:
            around.update(dict.fromkeys(range(span.first, span.last), span))
    people = {span.first for span in entities if span.label == "PERSON"}
    found, row = [], 0
    while row < len(tree.words):
        entry, entity = entry_at(tree, row, known), around.get(row)
        if entry is None:
            row += 1
        elif entity and is_part(tree.words, row, entry, entity, people):
            row = entity.last
        else:
            label = entity.label if entity else ""
            last = row + len(entry.form)
            found.append((Span(row, last, spell_name(entry.form), label), entry))
            row = last
    return found


def entry_at(tree, row, known):
    """The longest entry of which a form stands from this row on, in one sentence, or None."""
    for entry in known.get(tree.words[row], ()):
        last = row + len(entry.form)
        stands = tuple(tree.words[row:last]) == entry.form
        if stands and tree.sentence[row] == tree.sentence[last - 1]:
            return entry
    return None


def is_part(words, row, entry, entity, people):
    """Whether a listed name is only part of the entity around it ("Jordan" in "Michael Jordan").

    `people` begin at these rows.
    """
    if entity.last - entity.first > len(entry.form):
        at_start = entity.label == "ORG" and row == entity.first
        return not (at_start and is_office_before(words, entity.last, people))
    is_state_name = entry.actor_type == "state" and entry.kind not in ("acronym", "capital")
    return entity.label == "PERSON" and is_state_name


def is_office_before(words, last, people):
    """Whether an organisation that ends before a row is part of the office of somebody behind it.

    "White House National Security" before "Advisor Robert O'Brien": the White House stays.
    """
    for person in (last + 1, last + 2):
        if person in people:
            return all(word[0].isupper() for word in words[last:person])
    return False


def is_surname(tree, span, entry, full):
    """Whether a listed place's or state's name is somebody's surname here.

    "Paris" where Valeska Paris is in the article, but not behind a preposition of place.
    """
    if span.name not in full or entry.kind not in ("name", "capital"):
        return False
    before = tree.words[span.first - 1].lower() if span.first else ""
    is_likely = entry.kind == "capital" or span.label == "PERSON"
    return is_likely and before not in word_list("prepositions of place")


def link_listed(tree, listed):
    """Links of what the gazetteer lists.

    A capital that does something stands for its government; else it is a place.
    """
    links = []
    for span, entry in listed:
        if entry.kind == "capital":
            link = link_capital(tree, span, entry)
        elif entry.kind == "metonym" and is_place_here(tree, head_of(tree, span.first, span.last)):
            link = Link(span.name, "place", "name", "seat_place", f"as a place ({entry.source})")
        else:
            link = link_entry(entry)
        if link is not None:
            links.append((span, link))
    return links


def link_entry(entry):
    """The link of a name that is no capital."""
    code, said = "listed", entry.kind
    if entry.kind == "adjective":
        code, said = "nationality", f"nationality word of {entry.actor}"
    return Link(entry.actor, entry.actor_type, entry.kind, code, f"{said} ({entry.source})")


def link_capital(tree, span, entry):
    """The link of a capital; None where the word is no name here."""
    said = f"capital of {entry.actor}"
    if is_acting(tree, span.last - 1):
        rule = f"{said} doing something, for its government ({entry.source})"
        return Link(entry.actor, entry.actor_type, "metonym", "capital_acts", rule)
    if tree.pos[span.last - 1] != "PROPN":
        return None
    return Link(span.name, "place", "name", "capital_place", f"{said}, as a place ({entry.source})")
