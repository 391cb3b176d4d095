"""Tables as a classroom hands them over: sorted, cut, filtered, joined, numbered anew."""

import inspect

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from parts import tables_to_quotes

import analysis as wb
from analysis.door import ROW_ORDERS, receive
from analysis.errors import SchemaError

TEXT = (
    "Iran’s president Ebrahim Raisi left Tehran on Monday. “We want peace,” he said.\n\n"
    "Ann Miller of NATO doubts it and waits for Iran"
)


@pytest.fixture(scope="module")
def tables():
    articles = wb.read_texts([TEXT, "Ann Miller went home. It rained in Linz, she said."])
    made = tables_to_quotes(articles)
    return made | {
        "dates": wb.find_dates(articles, made["tokens"], made["speech"]),
        "sentiment": wb.score_sentiment(made["sentences"]),
    }


def shuffle(table):
    return table.sample(frac=1, random_state=1)


KNOWN = ("tokens", "sentences", "speech", "mentions", "quotes", "dates", "sentiment")


@pytest.mark.parametrize("name", KNOWN)
def test_a_table_as_it_was_made_passes_untouched(tables, name):
    assert receive(tables[name], name, tables["articles"], "find_mentions") is tables[name]


@pytest.mark.parametrize("name", KNOWN)
def test_a_sorted_table_is_put_in_order_and_the_callers_stays(tables, name):
    mixed = shuffle(tables[name])
    before = mixed.copy()
    put = receive(mixed, name, None, "find_mentions")
    assert_frame_equal(put, tables[name])
    assert_frame_equal(mixed, before)


@pytest.mark.parametrize("name", [name for name in KNOWN if name != "dates"])
def test_rows_that_are_there_twice_are_refused_with_the_mend(tables, name):
    twice = pd.concat([tables[name], tables[name].head(1)])
    with pytest.raises(SchemaError, match=rf"{name} table has rows twice.*drop_duplicates"):
        receive(twice, name, None, "count_words")


def test_what_is_counted_does_not_hang_on_the_order_of_the_rows(tables):
    tokens, mentions = tables["tokens"], tables["mentions"]
    same = tokens.sort_values("lemma"), mentions.sort_values("text")
    articles, speech = tables["articles"], tables["speech"]
    found = wb.find_mentions(articles, same[0], shuffle(speech))
    assert_frame_equal(found, mentions)
    assert_frame_equal(wb.find_places(same[1]), wb.find_places(mentions))
    assert_frame_equal(wb.score_diversity(same[0]), wb.score_diversity(tokens))
    assert_frame_equal(wb.count_prominence(same[1], same[0]), wb.count_prominence(mentions, tokens))
    assert_frame_equal(wb.count_words(tokens.set_axis([0] * len(tokens))), wb.count_words(tokens))


@pytest.mark.parametrize(
    "cut",
    [
        lambda tokens: tokens.head(4),
        lambda tokens: tokens.iloc[2:],
        lambda tokens: tokens[tokens["pos"] != "PUNCT"],
        lambda tokens: tokens[tokens["token"] != "Monday"],
    ],
    ids=["head", "without the first", "without marks", "without a word"],
)
def test_half_sentences_are_refused_where_grammar_is_read(tables, cut):
    with pytest.raises(SchemaError, match=r"not all tokens of sentence \d, article .* whole table"):
        wb.find_speech(tables["articles"], cut(tables["tokens"]))


def test_a_sentence_cut_behind_its_root_is_refused(tables):
    articles = wb.read_texts("Ann left Linz with a very long letter on Monday.")
    tokens = wb.split_tokens(articles)
    with pytest.raises(SchemaError, match="not all tokens of sentence 1"):
        wb.find_mentions(articles, tokens.head(3))


def test_whole_sentences_and_articles_pass_and_words_are_counted_in_any_part(tables):
    articles, tokens = tables["articles"], tables["tokens"]
    last = tokens[tokens["sentence_id"] == tokens["sentence_id"].max()]
    for part in (tokens[tokens["sentence_id"] == 2], tokens[tokens["sentence_id"] > 1], last):
        wb.find_mentions(articles, part)
    one = tokens[tokens["doc_id"] == articles["doc_id"].iat[1]]
    assert set(wb.find_mentions(articles, one)["doc_id"]) == set(one["doc_id"])
    assert len(wb.count_words(tokens[tokens["pos"] == "NOUN"]))
    assert len(wb.count_words(wb.select_tokens(tokens, tables["speech"])))
    assert len(wb.find_words(articles, tokens.head(4), "Ebrahim"))


def test_mentions_behind_the_last_token_are_refused_where_shares_are_counted(tables):
    tokens, mentions = tables["tokens"], tables["mentions"]
    with pytest.raises(SchemaError, match="the tokens end before the mentions do"):
        wb.count_actors(mentions, tokens.head(4))
    two = [table[table["sentence_id"] <= 1] for table in (mentions, tokens)]
    assert len(wb.count_actors(*two))


def test_counts_and_findings_with_rows_twice_are_refused(tables):
    places = wb.find_places(tables["mentions"])
    terms = wb.find_terms(tables["tokens"], "loaded")
    voices = wb.count_voices(tables["quotes"], tables["speech"], tables["mentions"])
    joined = places.merge(places[["doc_id", "place"]], on="doc_id", suffixes=["", "_of"])
    for count, table in (
        (wb.count_places, joined),
        (wb.count_places, pd.concat([places, places])),
        (wb.draw_voices, pd.concat([voices, voices], ignore_index=True)),
    ):
        with pytest.raises(SchemaError, match="has rows twice"):
            count(table)
    wb.draw_voices(voices.sample(frac=1, random_state=1))
    wb.count_terms(shuffle(terms), tables["tokens"])
    table = pd.concat([tables["mentions"]] * 2)
    with pytest.raises(SchemaError, match="mentions table has rows twice"):
        wb.compare_groups(table, tables["articles"], by="article", of="actor")


def test_rows_of_sentences_that_are_not_there_are_refused_where_they_are_drawn(tables):
    mentions, sentences = tables["mentions"], tables["sentences"]
    for draw in (
        lambda cut: wb.draw_article(tables["articles"].head(1), cut, tables["tokens"], mentions),
        lambda cut: wb.draw_passages(mentions, cut),
        lambda cut: wb.draw_rows(wb.count_actors(mentions), mentions, cut),
    ):
        with pytest.raises(SchemaError, match=r"sentences table lacks sentence \d, article .*head"):
            draw(sentences.head(2))
    few = mentions[mentions["sentence_id"] == 1], sentences[sentences["sentence_id"] == 1]
    assert wb.draw_passages(*few).data


def test_a_table_to_look_at_stays_as_it_was_sorted(tables):
    by_words = tables["mentions"].sort_values("text", ascending=False)
    drawn = wb.draw_table(by_words[["doc_id", "text", "start"]]).data
    assert drawn.index(by_words["text"].iloc[0]) < drawn.index(by_words["text"].iloc[-1])
    assert wb.draw_table(pd.concat([by_words, by_words])).data


def test_selected_rows_stay_as_they_were_sorted(tables):
    by_words = tables["mentions"].sort_values("text", ascending=False)
    chosen = wb.select_counted(by_words)
    assert chosen.index.tolist() == [row for row in by_words.index if row in set(chosen.index)]


def test_the_door_knows_columns_of_the_schema_and_keeps_signatures():
    for name, (order, key) in ROW_ORDERS.items():
        assert {*order, *key} <= set(wb.schema.columns(name))
    assert list(inspect.signature(wb.find_speech).parameters)[:2] == ["articles", "tokens"]


def test_what_is_no_table_is_left_to_the_function():
    with pytest.raises(SchemaError, match="expected the tokens table"):
        wb.count_words("a text")
