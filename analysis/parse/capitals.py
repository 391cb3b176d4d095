"""Words as the parse reads them: quiet where all are in capitals, without invisible characters."""

import calendar
import re

from ..lexicons import acronyms

# Shorter runs of capitals can be a name with its acronyms ("NATO, EU, US").
LOUD_WORDS = 4
# A line that ends without one of these may be a headline.
SENTENCE_ENDS = (".", "!", "?", "…")
# Soft hyphens, joiners, spaces without width.
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+")
# "JAN. 27", "MARCH 3"; not "MAY", which has another meaning.
MONTHS = frozenset(
    name.upper()
    for name in (*calendar.month_name, *(f"{each}." for each in calendar.month_abbr), "Sept.")
    if name not in ("", ".", "May", "May.")
)


def quieten(words):
    """The words of a sentence that is all in capitals, each with one capital only.

    Acronyms of `data/actors.csv`, and what has a full stop in it, stay as they are; so do the words
    of any other sentence but months. Invisible characters are taken out of all.

    >>> quieten("IRAN AND THE U.S. HOLD TALKS".split())
    ['Iran', 'And', 'The', 'U.S.', 'Hold', 'Talks']
    >>> quieten("THE IAEA VISITS IRAN".split())
    ['The', 'IAEA', 'Visits', 'Iran']
    """
    words = [word if word.isascii() else INVISIBLE.sub("", word) or word for word in words]
    words = [word.capitalize() if word in MONTHS else word for word in words]
    letters = [word for word in words if word[:1].isalpha()]
    if len(letters) < LOUD_WORDS or not all(word.isupper() for word in letters):
        return words
    kept = acronyms()
    quiet = []
    for word in words:
        if "." not in word and word not in kept:
            word = word.capitalize()
        quiet.append(word)
    return quiet
