"""Words of sentences that are all in capitals, made quiet for the parse."""

from ..lexicons import acronyms

# Shorter runs of capitals can be a name with its acronyms ("NATO, EU, US").
LOUD_WORDS = 4


def quieten(words):
    """The words of a sentence that is all in capitals, each with one capital only.

    Acronyms of `data/actors.csv`, and what has a full stop in it, stay as they are; so do the words
    of any other sentence.

    >>> quieten("IRAN AND THE U.S. HOLD TALKS".split())
    ['Iran', 'And', 'The', 'U.S.', 'Hold', 'Talks']
    >>> quieten("THE IAEA VISITS IRAN".split())
    ['The', 'IAEA', 'Visits', 'Iran']
    """
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
