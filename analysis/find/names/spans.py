"""A name in the text, whom it means, and why."""

from typing import NamedTuple


class Span(NamedTuple):
    """A name at the rows `first` to `last` (half-open), and what spaCy calls it."""

    first: int
    last: int
    name: str
    label: str


class Link(NamedTuple):
    """Whom a span means, and why: a code of `schema.CODES["mentions"]`, and in plain words."""

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
