"""A name in the text, and whom it means."""

from typing import NamedTuple


def free_spans(spans, others):
    """The spans that share no token with the others."""
    taken = {row for span in others for row in range(span.first, span.last)}
    return [span for span in spans if taken.isdisjoint(range(span.first, span.last))]


class Span(NamedTuple):
    """A run of tokens of one article: rows `first` to `last` (half-open), the name there, and what spaCy calls it."""

    first: int
    last: int
    name: str
    label: str


class Link(NamedTuple):
    """Whom a span means, and why."""

    actor: str | None
    actor_type: str
    kind: str
    rule: str


def spell_name(words):
    """Tokens as one name, compounds closed again."""
    return " ".join(words).replace(" - ", "-").replace(" '", "'")
