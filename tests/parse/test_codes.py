"""What the parse decides for a batch at once is what spaCy decides token by token."""

import numpy as np
import pytest
from spacy.tokens import Doc

from analysis.parse.codes import read_codes
from analysis.parse.tokens import ATTRIBUTES, language_model, ready_made, token_spans
from analysis.parse.vectors import read_vectors

SENTENCES = [
    "WASHINGTON (AP) — President Joe Biden met Angela Merkel of Germany's CDU on Monday, May 3.",
    "Ain't nobody gonna tell y'all that there's nothin' left; c'mon, let's go, you gotta see it.",
    "There are 2.5 million reasons, or $3 billion, said the New York Times and the U.N.",
    "Iran-backed Houthis don't, didn't and won't stop because they have had it.",
    "“They saw me and him,” she said, “and I ain't sorry.”",
    "Paris",
    "The Senate of the United States of America passed the Affordable Care Act in 2010,"
    " after 14 hours, 60 to 39, as Harry Reid, Mitch McConnell and Nancy Pelosi looked on.",
    "😀 £40m ... ?! -- (see http://www.example.org/a?b=c)",
]


def make_docs(texts):
    return [ready_made(language_model(), text, token_spans(text), True) for text in texts]


def read_as_spacy(docs):
    return np.concatenate([doc.to_array(ATTRIBUTES) for doc in language_model().pipe(docs)])


def check_same(docs, again):
    found = read_codes(language_model(), docs)
    expected = dict(zip(ATTRIBUTES, read_as_spacy(again).T, strict=True))
    for name in ATTRIBUTES:
        assert found[name].tolist() == expected[name].tolist(), name


def test_all_is_said_that_spacy_says():
    check_same(make_docs(SENTENCES), make_docs(SENTENCES))


@pytest.mark.parametrize("text", SENTENCES)
def test_a_sentence_is_the_same_alone(text):
    check_same(make_docs([text]), make_docs([text]))


def test_vectors_are_spacys_and_depend_on_nothing_but_their_sentence():
    layers = language_model().get_pipe("tok2vec").model
    docs = make_docs([*SENTENCES, *(text.replace("Joe", "Ann") for text in SENTENCES)])
    for doc, vectors, expected in zip(
        docs, read_vectors(layers, docs), layers.predict(docs), strict=True
    ):
        np.testing.assert_allclose(vectors, expected, atol=1e-4)
        (alone,) = read_vectors(layers, [doc])
        assert np.array_equal(vectors, alone)


def test_tokens_of_nothing_but_space_are_no_names():
    words = ["\n", "Joe", "Biden", " ", "met", "\t", "Angela", "Merkel", "."]
    docs = [[Doc(language_model().vocab, words=words)] for _ in range(2)]
    check_same(*docs)


def test_a_name_ends_where_a_sentence_does():
    words = ["New", "York", "Times", "reporters", "met", "Angela", "Merkel"]
    begins = [True, False, True, False, False, False, True]
    docs = [[Doc(language_model().vocab, words=words, sent_starts=begins)] for _ in range(2)]
    check_same(*docs)
