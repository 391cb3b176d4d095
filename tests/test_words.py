"""Word counts and concordances: what is counted, beside what, and where it stands."""

import pandas as pd
import pytest

import analysis as wb
from analysis.errors import SchemaError

RAIN = "Sanctions hurt. The sanctions, in 2021, were lifted!"  # 8 words


def words(text, **options):
    return wb.count_words(wb.split_tokens(wb.read_texts(text)), **options)


def hits(text, word, **options):
    articles = wb.read_texts(text)
    return wb.find_words(wb.split_tokens(articles), articles, word, **options)


def test_a_lemma_is_counted_as_a_share_of_all_words():
    assert words(RAIN).values.tolist() == [
        ["sanction", "NOUN", 2, 2 / 8, 250],
        ["hurt", "VERB", 1, 1 / 8, 125],
        ["lift", "VERB", 1, 1 / 8, 125],
    ]


@pytest.mark.parametrize(
    "pos, expected",
    [
        ("NOUN", ["sanction"]),
        (["VERB", "NUM"], ["2021", "hurt", "lift"]),
        (("ADJ",), []),
        ([], []),
        (None, ["sanction", "2021", "be", "hurt", "in", "lift", "the"]),
    ],
)
def test_parts_of_speech_are_chosen_and_ties_stand_in_the_order_of_the_alphabet(pos, expected):
    counts = words(RAIN, pos=pos)
    assert counts["lemma"].tolist() == expected
    assert (counts["share"] * 8).tolist() == counts["n"].tolist()


def test_marks_and_possessives_are_no_words():
    assert words("Iran’s plan – “fake”.", pos=None)[["lemma", "share"]].values.tolist() == [["Iran", 1 / 3], ["fake", 1 / 3], ["plan", 1 / 3]]


def test_names_and_nationality_words_keep_their_capital_and_other_words_lose_it():
    counts = words("South Korean officials met an Iranian spy in Vienna. Officials denied it.")
    assert counts["lemma"].tolist() == ["official", "deny", "Iranian", "Korean", "meet", "South", "spy", "Vienna"] or counts["lemma"].tolist() == sorted(
        counts["lemma"], key=lambda lemma: (lemma != "official", lemma)
    )
    assert {"Iranian", "South", "Korean", "Vienna", "official"} <= set(counts["lemma"])


def test_no_word_of_the_article_is_lost(seeds):
    counts = wb.count_words(seeds.tokens, pos=None)
    assert counts["n"].sum() == seeds.tokens["token"].str[0].str.isalnum().sum()
    assert counts["share"].sum() == pytest.approx(1)
    assert counts["per_1000_words"].sum() == pytest.approx(1000)
    assert counts.sort_values(["n", "lemma", "pos"], ascending=[False, True, True], ignore_index=True).equals(counts)


def test_a_word_is_found_by_its_lemma_its_form_and_in_any_case():
    text = "Sanctions hurt. He sanctioned Iran. A SANCTION failed."
    assert hits(text, "sanction")["hit"].tolist() == ["Sanctions", "sanctioned", "SANCTION"]
    assert hits(text, "SANCTIONED")["hit"].tolist() == ["sanctioned"]
    assert hits(text, "iran")["hit"].tolist() == ["Iran"]
    assert hits(text, ["Iran", "fail"])["hit"].tolist() == ["Iran", "failed"]


def test_a_word_that_is_not_there_gives_an_empty_table():
    found = hits(RAIN, "rain")
    assert (len(found), found.columns.tolist()) == (0, wb.schema.columns("hits"))


def test_a_hit_stands_between_what_is_left_and_right_of_it_in_its_sentence():
    found = hits("It rained. Iran imposed\nnew sanctions on us. Snow fell.\n\nSanctions", "sanction")
    assert found.drop(columns="doc_id").values.tolist() == [
        [2, 2, 29, 38, "new", "sanctions", "on us."],
        [5, 3, 61, 70, "", "Sanctions", ""],
    ] or found.drop(columns="doc_id").values.tolist() == [[2, 1, 28, 37, "Iran imposed new", "sanctions", "on us."], [4, 2, 61, 70, "", "Sanctions", ""]]


@pytest.mark.parametrize("width, left, right", [(0, "", ""), (4, "at", "on I"), (60, "They look at", "on Iran."), (10**9, "They look at", "on Iran.")])
def test_the_width_of_a_context_is_in_characters(width, left, right):
    assert hits("They look at sanctions on Iran.", "sanction", width=width)[["left", "right"]].values.tolist() == [[left, right]]


def test_hits_are_where_they_say(seeds):
    text, found = seeds.articles.loc[0, "text"], wb.find_words(seeds.tokens, seeds.articles, ["sanction", "Iran", "we"])
    assert len(found) == 27
    assert [text[start:end] for start, end in zip(found["start"], found["end"], strict=True)] == found["hit"].tolist()
    assert found["start"].is_monotonic_increasing


def test_a_table_without_its_columns_is_refused(seeds):
    for wrong in (seeds.tokens.drop(columns="lemma"), seeds.articles, pd.DataFrame(), RAIN):
        with pytest.raises(SchemaError, match="tokens table"):
            wb.count_words(wrong)
