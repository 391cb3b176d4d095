"""Names that a table lists: states, their capitals and people, well-known organisations."""

from collections import defaultdict
from functools import cache
from typing import NamedTuple

from ... import schema
from ...lexicons import read_actors, reporting_verbs
from ...parse.tokens import token_spans
from ...text import straighten
from .spans import Link, Span, spell_name

# A capital's or country's name after these is the place, even where somebody of that surname is in the article.
TO_PLACES = {"in", "to", "from", "at", "near", "outside", "into", "across", "around", "throughout"}


def is_surname(span, entry, full, words):
    """Whether a listed place's or state's name is somebody's surname here ("Paris" where Valeska Paris is in the article)."""
    before = words[span.first - 1].lower() if span.first else ""
    surname = entry.kind == "capital" or span.label == "PERSON"
    return (
        entry.kind in ("name", "capital")
        and surname
        and span.name in full
        and before not in TO_PLACES
    )


def link_listed(listed, tree):
    """Links of what the gazetteer lists. A capital that does something stands for its government; else it is a place."""
    links = []
    for span, entry in listed:
        if entry.kind != "capital":
            said = f"nationality word of {entry.actor}" if entry.kind == "adjective" else entry.kind
            links.append(
                (span, Link(entry.actor, entry.actor_type, entry.kind, f"{said} ({entry.source})"))
            )
        elif is_acting(tree, span):
            links.append(
                (
                    span,
                    Link(
                        entry.actor,
                        entry.actor_type,
                        "metonym",
                        f"capital of {entry.actor} doing something, for its government ({entry.source})",
                    ),
                )
            )
        elif tree.pos[span.last - 1] == "PROPN":
            links.append(
                (
                    span,
                    Link(
                        span.name,
                        "place",
                        "name",
                        f"capital of {entry.actor}, as a place ({entry.source})",
                    ),
                )
            )
    return links


def is_acting(tree, span):
    """Whether a place does something or is spoken to, as only a government can: "Tehran rejected", "asked Dublin"."""
    row = span.last - 1
    while tree.dep[row] == "conj" and tree.head[row] != row:
        row = tree.head[row]
    verb = tree.lemma[tree.head[row]]
    if tree.dep[row] == "nsubj":
        return tree.pos[tree.head[row]] == "VERB" and (
            verb in reporting_verbs() or verb in GOVERNING
        )
    return tree.dep[row] in ("dobj", "dative") and verb in ADDRESSING


# What governments do and towns do not (besides saying something), and what is done to a government but to no place.
GOVERNING = frozenset(
    """
    impose meet sanction sign withdraw expel recall ban approve ratify block veto support join send supply arm finance fund
    invade bomb strike negotiate retaliate pursue look aim try intend decide act react respond move freeze seize detain
    release extradite deport annex occupy recognise recognize abandon suspend resume halt lift ease tighten break cut
    restore strengthen cooperate collaborate ally deploy provide grant launch use accept welcome
    """.split()  # noqa: SIM905
)
ADDRESSING = {
    "ask",
    "tell",
    "urge",
    "warn",
    "accuse",
    "assure",
    "inform",
    "persuade",
    "pressure",
    "press",
    "blame",
    "criticise",
    "criticize",
}


# Entity labels whose longer span beats a shorter name inside it ("Bank of England" is not England).
COVERING = ("PERSON", "ORG", "FAC", "GPE", "LOC")


class Entry(NamedTuple):
    """One form of a name in the gazetteer."""

    form: tuple
    actor: str
    actor_type: str
    kind: str
    source: str


def make_gazetteer(aliases):
    """{first token: entries, longest form first} of a table like `read_actors()`; rows without an alias are passed over."""
    known = defaultdict(list)
    for row in schema.check(aliases, "aliases").dropna(subset=["alias", "actor"]).itertuples():
        alias = str(row.alias)
        words = tuple(straighten(alias)[start:end] for start, end in token_spans(alias))
        plural = row.kind == "adjective" and words and words[-1][-1] not in "seh"
        for form in [words, (*words[:-1], f"{words[-1]}s")] if plural else [words] if words else []:
            known[form[0]].append(
                Entry(
                    form,
                    row.actor,
                    row.actor_type,
                    row.kind,
                    getattr(row, "source", "the table given"),
                )
            )
    return {
        first: sorted(entries, key=lambda entry: -len(entry.form))
        for first, entries in known.items()
    }


@cache
def packaged_names():
    """The gazetteer that comes with the workbook."""
    return make_gazetteer(read_actors())


def find_listed(words, sentence, known, entities):
    """(Span, Entry) of what the gazetteer lists, longest first, within a sentence, unless it is part of a longer name.

    The label of the span is that of the entity around it, if any.
    """
    around = {
        row: span
        for span in entities
        if span.label in COVERING
        for row in range(span.first, span.last)
    }
    people = {span.first for span in entities if span.label == "PERSON"}
    found, row = [], 0
    while row < len(words):
        entry = next(
            (
                entry
                for entry in known.get(words[row], ())
                if stands_at(words, sentence, row, entry.form)
            ),
            None,
        )
        last = row + (len(entry.form) if entry else 1)
        entity = around.get(row)
        if entry and entity and is_part(words, row, entry, entity, people):
            last = entity.last
        elif entry:
            found.append(
                (Span(row, last, spell_name(entry.form), entity.label if entity else ""), entry)
            )
        row = last
    return found


def stands_at(words, sentence, row, form):
    """Whether the words of a form stand from this row on, in one sentence."""
    last = row + len(form)
    return tuple(words[row:last]) == form and sentence[row] == sentence[last - 1]


def is_part(words, row, entry, entity, people):
    """Whether a listed name is only part of the entity around it ("Jordan" in "Michael Jordan"); `people` begin at these rows."""
    if entity.last - entity.first > len(entry.form):
        # "White House National Security" before "Advisor Robert O'Brien" is an office: the White House stays.
        person = next(
            (first for first in (entity.last + 1, entity.last + 2) if first in people), entity.last
        )
        between = words[entity.last : person]
        office = (
            entity.label == "ORG"
            and row == entity.first
            and between
            and all(word[0].isupper() for word in between)
        )
        return not office
    return (
        entity.label == "PERSON"
        and entry.actor_type == "state"
        and entry.kind not in ("acronym", "capital")
    )
