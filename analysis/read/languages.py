"""In which language a text is."""

from functools import cache

# A language that is told less surely than this is not held against a text.
LANGUAGE_SURE = 0.99
# A text is not read to its end where so many letters of its beginning, its middle and its end are
# each surely in the language that is asked for.
PIECE_LETTERS = 300


def tell_other_language(text, language):
    """The code of another language that a text surely is in; None where it may be in `language`.

    >>> tell_other_language("Der Kanzler ist am Montag mit dem Zug nach Wien gereist.", "en")
    'de'
    """
    middle = (len(text) - PIECE_LETTERS) // 2
    if middle > 2 * PIECE_LETTERS:
        starts = (0, middle, len(text) - PIECE_LETTERS)
        pieces = (text[start : start + PIECE_LETTERS] for start in starts)
        if all(is_surely_in(piece, language) for piece in pieces):
            return None
    told, sure = language_identifier().classify(text)
    return told if told != language and sure > LANGUAGE_SURE else None


def is_surely_in(text, language):
    """Whether a text is surely in a language."""
    told, sure = language_identifier().classify(text)
    return told == language and sure > LANGUAGE_SURE


@cache
def language_identifier():
    """py3langid's language identifier (after Lui & Baldwin 2012), with probabilities."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
