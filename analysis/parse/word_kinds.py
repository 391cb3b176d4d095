"""Parts of speech and lemmas: the model's rules, asked of all tokens at once.

The rules are spaCy's attribute ruler: patterns of one token or two, by tag, relation and word in
small letters. spaCy asks each of them of each token; here each is a comparison of columns.
"""

import re

import numpy as np

# What a rule may say of a token, as spaCy's attributes are called.
RULED = ("TAG", "DEP", "POS", "MORPH", "LEMMA")


def mark_words(nlp, codes, sentence):
    """The codes of RULED of all tokens, from those of ORTH and of what is asked: {name: array}.

    `sentence`: a number for the sentence of each token.
    """
    said = apply_rules(nlp.get_pipe("attribute_ruler"), codes, sentence)
    bare = np.flatnonzero(said["LEMMA"] == 0)
    words = np.stack([codes["ORTH"], said["POS"], said["MORPH"]], axis=1)[bare]
    different, word = np.unique(words, axis=0, return_inverse=True)
    said["LEMMA"][bare] = lemmatize(nlp, different)[word.ravel()]
    return said


def apply_rules(ruler, codes, sentence):
    """The codes of RULED after all rules; where several say something, the last is right."""
    from spacy.attrs import IDS

    names = {IDS[name]: name for name in RULED}
    said = {name: np.zeros(len(sentence), dtype="uint64") for name in RULED}
    said |= {name: codes[name].copy() for name in RULED if name in codes}
    for rule, outcome in zip(ruler.patterns, ruler.attrs, strict=True):
        for pattern in rule["patterns"]:
            rows = find_pattern(pattern, codes, sentence, ruler.vocab.strings)
            rows = rows + rule["index"] % len(pattern)
            for attribute, value in outcome.items():
                said[names[attribute]][rows] = value
    return said


def find_pattern(pattern, codes, sentence, strings):
    """The rows of the first tokens of what a pattern matches."""
    n = len(sentence) - len(pattern) + 1
    rows = np.arange(max(n, 0))
    for place, token in enumerate(pattern):
        for name, asked in token.items():
            there = codes[name][rows + place]
            rows = rows[meets(there, asked, strings)]
    return rows[sentence[rows] == sentence[rows + len(pattern) - 1]]


def meets(column, asked, strings):
    """Whether codes are what a pattern asks for: a word, one of a list or none, an expression."""
    if not isinstance(asked, dict):
        return column == (int(asked) if isinstance(asked, bool) else strings[asked])
    ((kind, value),) = asked.items()
    if kind == "REGEX":
        different, place = np.unique(column, return_inverse=True)
        found = [re.search(value, strings[code]) is not None for code in different.tolist()]
        return np.array(found, dtype=bool)[place]
    is_one = np.isin(column, np.array([strings[word] for word in value], dtype="uint64"))
    return {"IN": is_one, "NOT_IN": ~is_one}[kind]


def lemmatize(nlp, words):
    """The codes of the lemmas of words: rows of ORTH, POS and MORPH."""
    from spacy.tokens import Doc

    strings = nlp.vocab.strings
    orths, pos, morphs = ([strings[code] for code in column] for column in words.T.tolist())
    doc = Doc(nlp.vocab, words=orths, pos=pos, morphs=morphs)
    return nlp.get_pipe("lemmatizer")(doc).to_array(["LEMMA"]).ravel()
