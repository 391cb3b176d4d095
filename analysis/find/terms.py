"""Words of a dictionary in the text: of frames, of modality, loaded ones, or a reader's own."""

import numpy as np
import pandas as pd

from .. import schema
from ..read.dictionaries import read_dictionary
from .keywords import join_slices, spans_of, with_spaces
from .patterns import Places, Vocabulary, list_patterns, locate_words
from .quotes import find_voices


def find_terms(tokens, dictionary="frames", quotes=None, speech=None):
    """Find the words of a dictionary: one row a hit, with its category.

    `dictionary` is what `read_dictionary` gives, or its name: "frames", "modality", "loaded", or a
    file of your own. Patterns are compared with forms and dictionary forms, as `find_words` does;
    within a longer hit ("no doubt") a shorter ("doubt") is not counted. With `quotes` and `speech`,
    `voice` says in whose words each stands: the journalist's, or a speaker's. A dictionary counts
    words, not frames: a word can be negated, ironic, or mean something else, so read the
    concordance.

    >>> articles = read_texts("The court may wait.")
    >>> find_terms(split_tokens(articles), "modality")[["text", "category"]].values.tolist()
    [['may', 'doubt']]
    """
    schema.check(tokens, "tokens")
    if not isinstance(dictionary, pd.DataFrame):
        dictionary = read_dictionary(dictionary)
    hits = locate_entries(tokens, schema.check(dictionary, "dictionary"))
    first, last = hits[["first", "last"]].to_numpy(dtype="int64").T
    places = Places(first, last, hits["pattern"].to_numpy())
    words = np.array(with_spaces(tokens), dtype=object)
    found = spans_of(tokens, places).assign(
        text=join_slices(words, places.first, places.last + 1),
        category=hits["category"].to_numpy(),
        pattern=places.pattern,
        voice=None,
    )
    terms = schema.table(found, "terms")
    if quotes is None and speech is None:
        return terms
    return terms.assign(voice=find_voices(terms, quotes, speech))


def locate_entries(tokens, dictionary):
    """Where the patterns of a dictionary stand: first, last, category, pattern, in order."""
    vocabulary = Vocabulary(tokens)
    list_patterns(dictionary["pattern"])
    found = []
    for entry in dictionary.itertuples():
        first, last = locate_words(vocabulary, entry.pattern, "word", warn=False)
        places = zip(first.tolist(), last.tolist(), strict=True)
        found += [(*place, entry.category, entry.pattern) for place in places]
    hits = pd.DataFrame(found, columns=["first", "last", "category", "pattern"])
    hits = hits.sort_values(["first", "last"], ascending=[True, False], kind="stable")
    hits = hits.drop_duplicates(["first", "last", "category"])
    return hits[~within_longer(hits["first"].tolist(), hits["last"].tolist())]


def within_longer(first, last):
    """Which of some ranges, in order of the text, overlap one that begins earlier or is longer.

    The same range twice is no overlap: a word may belong to several categories.
    """
    hidden, covered, since = [], -1, -1
    for begin, end in zip(first, last, strict=True):
        hidden.append(begin <= covered and (begin, end) != (since, covered))
        if not hidden[-1]:
            since, covered = begin, end
    return np.array(hidden, dtype=bool)
