"""Words as vectors in their contexts: what spaCy's layers say, for many sentences at once.

A word is the same before its neighbours are read, wherever it stands: four in five tokens of a
batch are words that stand in it more than once, and each word is looked up once. Sentences of the
same length are then read in step, each for itself, on one core: no number depends on what is read
beside it, nor on how many cores there are. The numbers are spaCy's, but for the last digit.
"""

from functools import cache
from threading import Lock
from typing import NamedTuple

import numpy as np

# What spaCy adds to a variance, so that nothing is divided by zero.
TINY = np.float32(1e-8)
# How many cores NumPy uses is set for all threads at once.
ONE_AT_A_TIME = Lock()


class Layer(NamedTuple):
    """A layer that reads each word with one on either side, and adds what it says to the word."""

    weights: np.ndarray  # [of the words before, here and behind; of the three pieces, one by one]
    bias: np.ndarray
    scale: np.ndarray
    shift: np.ndarray


def read_vectors(tok2vec, docs):
    """The vectors of the tokens of each document, as `tok2vec.predict(docs)` has them."""
    embed = tok2vec.get_ref("embed")
    extract, _, look_up, mix, _ = embed.layers
    features = np.concatenate(extract.predict(docs))
    words, word = np.unique(features, axis=0, return_inverse=True)
    vectors = mix.predict(look_up.predict(words))[word.ravel()]
    layers = read_layers(tok2vec.get_ref("encode"))
    lengths = np.array([len(doc) for doc in docs])
    ends = np.cumsum(lengths)
    with ONE_AT_A_TIME, blas_libraries().limit(limits=1):
        for length in np.unique(lengths):
            alike = (ends - lengths)[lengths == length, np.newaxis] + np.arange(length)
            vectors[alike] = read_in_context(layers, vectors[alike])
    return np.split(vectors, ends[:-1])


@cache
def blas_libraries():
    """The libraries that multiply for NumPy, whose numbers depend on how many cores they use."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController().select(user_api="blas")


@cache
def read_layers(encode):
    """The layers that read words in their contexts."""
    layers = []
    for residual in encode.layers[0].layers:
        maxout, norm = residual.layers[0].layers[1].layers[0].layers
        weights = maxout.get_param("W").transpose(2, 1, 0)
        weights = np.ascontiguousarray(weights.reshape(len(weights), -1))
        bias = maxout.get_param("b").T.ravel()
        layers.append(Layer(weights, bias, norm.get_param("G"), norm.get_param("b")))
    return layers


def read_in_context(layers, vectors):
    """What the layers make of the words of sentences of one length: [sentence, word, number]."""
    n, length, width = vectors.shape
    # Around a sentence there is nothing, as far as the layers see.
    around = np.zeros((n, length + 2 * len(layers), width), dtype="float32")
    around[:, len(layers) : -len(layers)] = vectors
    for layer in layers:
        windows = np.concatenate([around[:, :-2], around[:, 1:-1], around[:, 2:]], axis=2)
        pieces = windows @ layer.weights + layer.bias
        one, two, three = np.split(pieces, 3, axis=2)
        most = np.maximum(np.maximum(one, two), three)
        most -= most.mean(axis=2, keepdims=True)
        most /= np.sqrt(np.square(most).mean(axis=2, keepdims=True) + TINY)
        around = around[:, 1:-1] + most * layer.scale + layer.shift
    return around
