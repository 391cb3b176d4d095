"""What the language model says of ready-made sentences, in spaCy's codes: its parts, one by one.

spaCy's own parts tag and parse. What it does token by token in Python, or asking for the lock of
Python's interpreter, is done here for all tokens of a batch at once, with the same outcome.
"""

import numpy as np

from .entities import mark_entities
from .vectors import read_vectors
from .word_kinds import mark_words

# What is read off the documents once they are parsed, as spaCy's attributes are called.
READ = ("ORTH", "LOWER", "IS_SPACE", "TAG", "DEP", "HEAD")


def read_codes(nlp, docs):
    """What is said of the tokens of documents: {name of an attribute: one code a token}."""
    shared = nlp.get_pipe("tok2vec")
    shared.set_annotations(docs, read_vectors(shared.model, docs))
    for name in ("tagger", "parser"):
        pipe = nlp.get_pipe(name)
        pipe.set_annotations(docs, pipe.predict(docs))
    columns = np.concatenate([doc.to_array(READ) for doc in docs]).T
    codes = dict(zip(READ, columns, strict=True))
    sentence = np.repeat(np.arange(len(docs)), [len(doc) for doc in docs])
    codes |= mark_words(nlp, codes, sentence)
    codes["ENT_IOB"], codes["ENT_TYPE"] = mark_entities(nlp.get_pipe("ner"), docs)
    return codes
