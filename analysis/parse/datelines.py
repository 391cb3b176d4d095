"""Datelines: where and when a report was written, before its first sentence."""

from ..lexicons import acronyms

# Tokens before a dateline's dash.
LONGEST_DATELINE = 12
DASHES = ("-", "–", "—", "--")
# Words that begin a note on the report itself: "UPDATE: 7:19 p.m. --".
NOTES = ("UPDATE", "UPDATED", "CORRECTION", "BREAKING", "DEVELOPING")


def dateline_length(line):
    """How many tokens a dateline has that begins a line, without its dash; 0 for none.

    >>> dateline_length("LONDON ( Reuters ) - Rain fell .".split())
    4
    """
    line = line[:LONGEST_DATELINE]
    dash = next((place for place, word in enumerate(line) if word in DASHES), 0)
    before = line[:dash]
    if line and line[0] in NOTES:
        return dash or (1 if line[1:2] == [":"] else 0)
    if not before or not (is_town(before[0]) or ")" in before):
        return 0
    small = [word for word in before if word.islower() and word not in ("and", "of")]
    return dash if before[0][0].isupper() and not small else 0


def is_town(word):
    """Whether a word is spelled as towns are in datelines: "LONDON"."""
    return len(word) > 2 and word.isupper() and word.isalpha() and word not in acronyms()
