"""Word counts and concordances: what is counted, beside what, and where it stands."""

import pytest

import analysis as wb

RAIN = "Sanctions hurt. The sanctions, in 2021, were lifted!"  # 8 words


def words(text, **options):
    return wb.count_words(wb.split_tokens(wb.read_texts(text)), **options)


def hits(text, word, **options):
    articles = wb.read_texts(text)
    return wb.find_words(articles, wb.split_tokens(articles), word, **options)


def test_a_lemma_is_counted_as_a_share_of_all_words():
    rows = words(RAIN).values.tolist()
    assert rows == [
        ["sanction", "NOUN", 2, 2 / 8, 250, 1],
        ["hurt", "VERB", 1, 1 / 8, 125, 1],
        ["lift", "VERB", 1, 1 / 8, 125, 1],
    ]


ALL = ["sanction", "2021", "be", "hurt", "in", "lift", "the"]


@pytest.mark.parametrize(
    "pos, expected",
    [("NOUN", ALL[:1]), (["VERB", "NUM"], ["2021", "hurt", "lift"]), ([], []), (None, ALL)],
)
def test_parts_of_speech_are_chosen_and_ties_stand_in_the_order_of_the_alphabet(pos, expected):
    counts = words(RAIN, pos=pos)
    assert counts["lemma"].tolist() == expected
    assert (counts["share"] * 8).tolist() == counts["n"].tolist()


def test_the_alphabet_knows_no_capitals():
    assert words("Zagreb denied it. Vienna asked again.")["lemma"].tolist() == [
        "again",
        "ask",
        "deny",
        "Vienna",
        "Zagreb",
    ]


def test_marks_and_possessives_are_no_words():
    counts = words("Iran’s plan – “fake”.", pos=None)
    assert dict(zip(counts["lemma"], counts["share"], strict=True)) == {
        "Iran": 1 / 3,
        "fake": 1 / 3,
        "plan": 1 / 3,
    }


def test_names_and_nationality_words_keep_their_capital_and_other_words_lose_it():
    counts = words("South Korean officials met an Iranian in Vienna. Officials denied it.")
    assert set(counts["lemma"]) == {
        "South",
        "Korean",
        "official",
        "meet",
        "Iranian",
        "Vienna",
        "deny",
    }


def test_no_word_of_the_article_is_lost(seeds):
    counts = wb.count_words(seeds.tokens, pos=None)
    assert counts["n"].sum() == seeds.tokens["token"].str[0].str.isalnum().sum()
    assert (counts["share"].sum(), counts["per_1000_words"].sum()) == (
        pytest.approx(1),
        pytest.approx(1000),
    )


FOUND = [
    ("sanction", ["Sanctions", "sanctioned", "SANCTION"]),
    ("SANCTIONED", ["sanctioned"]),
    (["iran", "fail"], ["Iran", "failed"]),
    ("rain", []),
]


@pytest.mark.parametrize("word, expected", FOUND)
def test_a_word_is_found_by_its_lemma_its_form_and_in_any_case(word, expected):
    assert (
        hits("Sanctions hurt. He sanctioned Iran. A SANCTION failed.", word)["hit"].tolist()
        == expected
    )


def test_a_hit_stands_between_what_is_left_and_right_of_it_in_its_sentence():
    found = hits(
        (
            "It rained. The six powers agreed to lift the old and new\nsanctions on Iran. "
            "Snow fell.\n\nSanctions"
        ),
        "sanction",
    )
    assert found.drop(columns="doc_id").values.tolist() == [
        [2, 1, 57, 66, "The six powers agreed to lift the old and new", "sanctions", "on Iran."],
        [4, 2, 88, 97, "", "Sanctions", ""],
    ]


@pytest.mark.parametrize(
    "width, left, right",
    [
        (0, "", ""),
        (5, "k at", "on I"),
        (60, "They look at", "on Iran."),
        (10**9, "They look at", "on Iran."),
    ],
)
def test_the_width_of_a_context_is_in_characters(width, left, right):
    assert hits("They look at sanctions on Iran.", "sanction", width=width)[
        ["left", "right"]
    ].values.tolist() == [[left, right]]
