"""The parse as a tree: heads, noun phrases, and what happens where tokens are missing."""

import pytest

import analysis as wb
from analysis.errors import SchemaError
from analysis.parse.tree import Tree, head_of, noun_phrase


def tree_of(text):
    return Tree(wb.split_tokens(wb.read_texts(text)))


def words(tree, first, last):
    return " ".join(tree.words[first:last])


def test_the_head_of_a_span_is_what_the_rest_of_it_depends_on():
    tree = tree_of("The old mayor of Vienna left.")
    assert tree.words[head_of(tree, 0, 5)] == "mayor"


def test_a_noun_phrase_has_no_clauses_behind_it():
    tree = tree_of("The mayor of Vienna, who had lost, left.")
    mayor = tree.words.index("mayor")
    assert words(tree, *noun_phrase(tree, mayor)) == "The mayor of Vienna"


def test_a_speaker_is_named_with_what_stands_beside_and_is_joined():
    tree = tree_of("Ann Miller, the mayor, left.")
    miller = tree.words.index("Miller")
    assert words(tree, *noun_phrase(tree, miller)) == "Ann Miller"
    assert words(tree, *noun_phrase(tree, miller, whole=True)) == "Ann Miller , the mayor"


@pytest.mark.parametrize("find", ["find_mentions", "find_speech"])
def test_tokens_without_their_marks_are_refused_with_the_mend(find):
    articles = wb.read_texts("“No,” said Ann Miller. It rained, and she left.")
    tokens = wb.split_tokens(articles)
    without = tokens[tokens["pos"] != "PUNCT"]
    with pytest.raises(SchemaError, match=r"not all tokens of sentence 1.*whole table"):
        getattr(wb, find)(articles, without)


def test_acts_are_refused_too_where_tokens_are_missing():
    articles = wb.read_texts("Iran, an old state, attacked Israel.")
    tokens = wb.split_tokens(articles)
    mentions = wb.find_mentions(articles, tokens)
    with pytest.raises(SchemaError, match="not all tokens of sentence 1"):
        wb.find_actions(mentions, tokens[tokens["token"] != ","])
