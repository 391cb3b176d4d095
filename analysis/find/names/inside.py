"""Names inside a longer name that is somebody else's.

The United States in "US State Department".
"""

from .gazetteer import entry_at
from .spans import Link, Span, spell_name

# Types of actor whose names may hold another's.
HOLDING = ("organisation", "place", "other")


def link_parts(tree, links, known):
    """Links of the names inside longer ones, known from the article or from the gazetteer."""
    names = {}
    for span, link in links:
        if link.actor and link.kind in ("name", "alias", "acronym"):
            form = tuple(tree.words[span.first : span.last])
            names.setdefault(form, (link.actor, link.actor_type))
    parts = []
    for span, link in links:
        row = span.first
        while row < span.last and link.actor_type in HOLDING:
            size, actor, actor_type = part_at(tree, row, span, names, known)
            last = row + max(size, 1)
            if size and actor != link.actor:
                part = Span(row, last, spell_name(tree.words[row:last]), "")
                rule = f"inside the name {span.name}"
                parts.append((part, Link(actor, actor_type, "part", "inside_name", rule)))
            row = last
    return parts


def part_at(tree, row, span, names, known):
    """(how many tokens, actor, actor type) of the name at a row inside a longer one; 0 for none."""
    whole = span.last - span.first
    for size in range(span.last - row, 0, -1):
        form = tuple(tree.words[row : row + size])
        if form in names:
            if size < whole:
                return size, *names[form]
            break
    entry = entry_at(tree, row, known)
    if entry and entry.kind in ("name", "acronym"):
        size = len(entry.form)
        if size < whole and row + size <= span.last:
            return size, entry.actor, entry.actor_type
    return 0, None, ""
