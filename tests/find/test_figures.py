"""What an article counts and measures: numbers, what they leave open, and what they are of."""

import pandas as pd
import pytest

import analysis as wb
from analysis.errors import SchemaError
from analysis.find.clock import find_clock_times
from analysis.find.figures import find_figures
from analysis.find.numbers import find_amounts


def figures(text, published=None):
    """The figures of a text."""
    articles = wb.read_texts(text)
    if published:
        articles = articles.assign(published=published)
    return find_figures(articles, wb.split_tokens(articles))


def read(text, *columns):
    """The chosen columns of the figures of a text."""
    return figures(text)[list(columns)].values.tolist()


def written(text):
    """[words, value] of the numbers in a text; None where the value is open."""
    return [
        [text[each.start : each.end], None if each.value != each.value else each.value]
        for each in find_amounts(text)
    ]


@pytest.mark.parametrize(
    "text, value",
    [
        ("1,340", 1340),
        ("2.7bn", 2.7e9),
        ("18m", 18e6),
        ("1.9 billion", 1.9e9),
        ("eleven", 11),
        ("forty-seven", 47),
        ("two hundred and five", 205),
        ("one hundred twenty-five thousand", 125_000),
        ("half a million", 500_000),
        ("a dozen", 12),
        ("half a dozen", 6),
        ("two million", 2e6),
        ("$4.5 million", 4.5e6),
        ("three quarters", None),
        ("dozens", None),
        ("tens of thousands", None),
        ("several hundred", None),
    ],
)
def test_numbers_are_read_in_digits_and_in_words(text, value):
    assert written(f"It was {text}.") == (
        [[text, value]] if text != "three quarters" else [["three", 3]]
    )


def test_parts_of_a_whole_and_odds_are_percentages():
    assert written("two-thirds of them, half the city, one-in-four odds") == [
        ["two-thirds", pytest.approx(200 / 3)],
        ["half", 50],
        ["one-in-four", 25],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "555-0142",
        "the 13th day",
        "F-16",
        "24/7",
        "won 134 to 63",
        "a 217-205 vote",
        "@user42",
        "#10",
    ],
)
def test_codes_ordinals_and_results_are_no_numbers(text):
    assert written(text) == []


@pytest.mark.parametrize(
    "text, low, high, how",
    [
        ("at least two men", 2, None, "at least"),
        ("more than 4,000 men", 4000, None, "at least"),
        ("fewer than 50 men", None, 50, "at most"),
        ("as many as seven men", 3.5, 7, "at most"),
        ("about 40 men", 36, 44, "about"),
        ("nearly 100 men", 50, 100, "about"),
        ("61 men", 61, 61, "exact"),
        ("600 men", 550, 650, "exact"),
        ("10 to 15 men", 10, 15, "between"),
        ("between five and seven men", 5, 7, "between"),
        ("5-7 men", 5, 7, "between"),
        ("50 or more men", 50, None, "at least"),
    ],
)
def test_what_a_number_leaves_open(text, low, high, how):
    row = figures(f"They saw {text} there.").iloc[0]
    ends = [None if pd.isna(each) else each for each in row[["low", "high"]]]
    assert [*ends, row["how"]] == [pytest.approx(low), pytest.approx(high), how]


def test_from_one_to_another_are_two_numbers_and_not_a_range():
    assert read("He cut the price from 31 to 19 dollars.", "value")[-1] == [19]


@pytest.mark.parametrize(
    "text, words, hours, code",
    [
        ("at 4.15pm", "4.15pm", 16.25, "clock"),
        ("at 3:41 p.m. on Friday", "3:41 p.m.", 15 + 41 / 60, "clock"),
        ("at about twenty to four", "about twenty to four", 3 + 40 / 60, "half_open"),
        ("at half past six in the morning", "half past six", 6.5, "clock"),
        ("at 13:00", "13:00", 13, "clock"),
        ("at one o'clock", "one o'clock", 1, "half_open"),
    ],
)
def test_times_of_the_day(text, words, hours, code):
    found = [
        (text[each.start : each.end], each.value, each.code) for each, _ in find_clock_times(text)
    ]
    assert found == [(words, pytest.approx(hours), code)]


def test_what_lies_around_a_time_is_left_open():
    amount, _ = next(find_clock_times("shortly after 5pm"))
    assert (amount.low, amount.high, amount.how) == (17, 17.5, "about")


def test_what_is_counted_and_what_becomes_of_it():
    text = "Three people were killed and 41 injured. Police arrested 15 students."
    assert read(text, "value", "unit", "noun", "event") == [
        [3, "people", "people", "kill"],
        [41, "people", "people", "injure"],
        [15, "people", "student", "arrest"],
    ]


def test_words_for_one_act_are_one_event():
    text = "Two died. Four people lost their lives. They spoke of seven dead."
    assert read(text, "value", "event") == [[2, "kill"], [4, "kill"], [7, "kill"]]


def test_measures_and_sums_have_their_unit():
    text = "It cost 1.9 billion crowns, or $3 million a mile, and rose by 91 per cent in 30 km."
    assert read(text, "text", "unit", "noun") == [
        ["1.9 billion crowns", "money", "crown"],
        ["$3 million", "money", "dollar"],
        ["91 per cent", "percent", "percent"],
        ["30 km", "length", "kilometre"],
    ]


def test_ages_stand_beside_their_names():
    text = "Ann Lee, 34, and Bob Reed, a 52-year-old farmer, left."
    assert read(text, "value", "unit", "about") == [[34, "age", "Lee"], [52, "age", "Reed"]]


def test_no_before_a_plural_is_a_number_of_none():
    assert read("They found no bombs.", "text", "value", "noun", "code") == [
        ["no", 0, "bomb", "none"]
    ]


def test_a_number_goes_on_with_what_was_counted_before():
    text = "The number of demonstrators is disputed. The police put it at 600."
    assert read(text, "value", "noun", "event", "code") == [
        [600, "demonstrator", "march", "goes_on"]
    ]


def test_dates_and_numbers_in_names_are_no_figures():
    text = "On Oct. 2, 2024, Apollo 11 and Route 66 were named in Section 8 by the Fortune 500."
    assert read(text, "text") == []


def test_one_without_a_noun_counts_nothing():
    assert read("One of them left, and no one knew which one.", "text") == []


def test_tables_that_are_none_are_refused_and_empty_ones_give_none():
    articles = wb.read_texts("It rained.")
    tokens = wb.split_tokens(articles)
    with pytest.raises(SchemaError, match="not a tokens table"):
        find_figures(articles, articles)
    with pytest.raises(SchemaError, match="not a dates table"):
        find_figures(articles, tokens, tokens)
    assert find_figures(articles.head(0), tokens.head(0)).empty
