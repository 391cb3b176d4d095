"""Words as vectors in their contexts: spaCy's layers, with each distinct word looked up once.

A word is the same before its neighbours are read, wherever it stands; four in five tokens of a
batch are words that stand in it more than once.
"""

import numpy as np


def read_vectors(tok2vec, docs):
    """The vectors of the tokens of each document: as `tok2vec.predict(docs)`, to the last bit."""
    embed, encode = tok2vec.get_ref("embed"), tok2vec.get_ref("encode")
    extract, _, look_up, mix, _ = embed.layers
    features = np.concatenate(extract.predict(docs))
    words, word = np.unique(features, axis=0, return_inverse=True)
    vectors = mix.predict(look_up.predict(words))[word.ravel()]
    ends = np.cumsum([len(doc) for doc in docs])
    return encode.predict(np.split(vectors, ends[:-1]))
