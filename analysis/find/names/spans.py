"""A name in the text, whom it means, and why."""

from typing import NamedTuple

# Why a mention means its actor, in one word for code; its `rule` says it in prose, with the names.
CODES = {
    "full_name": "a person's full name",
    "other_form": "a full name in another form: a middle name or suffix more or less",
    "several_forms": "a full name that may be another form of several people's; open",
    "part_of_name": "a middle name, a second surname or several last words of a person's name",
    "first_name": "the first name of a person named in full",
    "first_names_open": "the first name of several people; open",
    "single_name": "a person's single name, without a full name in the article",
    "surname": "the surname of a person named in full",
    "surname_open": "the surname of several people; open",
    "surname_no_title_fits": "a surname under a title that fits nobody of that name; open",
    "listed": "a name that the table of actors lists",
    "nationality": "a nationality word",
    "capital_acts": "a capital that does something, for its government",
    "capital_place": "a capital as a place",
    "half": "“the North” for the one state in the article whose name so begins",
    "entity": "a name that spaCy labels",
    "unknown_kind": "a name that spaCy does not label",
    "short_form": "part of the one longer name in the article that so begins or ends",
    "short_form_open": "part of several longer names in the article; open",
    "introduced": "an acronym introduced in brackets behind the name",
    "initials": "an acronym made of the initials of a name in the article",
    "inside_name": "a name inside a longer name that is somebody else's",
    "title": "a title or office before a person's name",
    "beside": "a noun that stands beside a name (an apposition)",
    "said_of": "a noun that the text says of somebody (a predicate)",
    "called_before": "a noun by which only this actor has been called before",
    "resolved": "a pronoun or description that the weights resolve",
    "open": "a pronoun or description of which the weights are not sure enough; open",
    "nobody": "a pronoun for a person without a name, or for nobody certain; open",
    "spoken": "I or we inside quotation marks: the speaker",
}


class Span(NamedTuple):
    """A name at the rows `first` to `last` (half-open), and what spaCy calls it."""

    first: int
    last: int
    name: str
    label: str


class Link(NamedTuple):
    """Whom a span means, and why: one of `CODES`, and the reason in plain words."""

    actor: str | None
    actor_type: str
    kind: str
    code: str
    rule: str


def rows_of(spans):
    """The rows of the tokens in any of the spans."""
    rows = set()
    for span in spans:
        rows.update(range(span.first, span.last))
    return rows


def free_spans(spans, others):
    """The spans that share no token with the others."""
    taken = rows_of(others)
    return [span for span in spans if taken.isdisjoint(range(span.first, span.last))]


def spell_name(words):
    """Tokens as one name, compounds closed again."""
    return " ".join(words).replace(" - ", "-").replace(" '", "'")
