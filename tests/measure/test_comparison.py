"""Groups of articles compared: rates, intervals, and what is said to hold."""

import pandas as pd
import pytest

import analysis as wb
from analysis.errors import SchemaError

OUTLETS = ["Echo", "Echo", "Globe"]


@pytest.fixture(scope="module")
def three():
    """Three articles of two outlets: 3, 5 and 4 words."""
    texts = ["Snow fell today.", "Rain and snow fell today.", "Rain fell all day."]
    articles = wb.read_texts(texts).assign(outlet=OUTLETS)
    return articles, wb.split_tokens(articles)


def make_rows(articles, items):
    """Rows of what was found: {number of the article: items}."""
    rows = [(articles.loc[n, "doc_id"], item) for n, its in items.items() for item in its]
    return pd.DataFrame(rows, columns=["doc_id", "actor"])


def test_a_rate_is_per_1000_words_of_the_group(three):
    articles, tokens = three
    rows = make_rows(articles, {0: ["Ann", "Ann"], 1: ["Ann"], 2: ["Ann", "Bob"]})
    compared = wb.compare_groups(rows, articles, tokens=tokens)
    columns = ["actor", "outlet", "n", "base", "articles", "rate", "n_others", "rate_others"]
    assert compared[columns].values.tolist() == [
        ["Ann", "Echo", 3, 8, 2, 375.0, 1, 250.0],
        ["Ann", "Globe", 1, 4, 1, 250.0, 3, 375.0],
        ["Bob", "Echo", 0, 8, 0, 0.0, 1, 250.0],
        ["Bob", "Globe", 1, 4, 1, 250.0, 0, 0.0],
    ]
    assert set(compared["unit"]) == {"per 1,000 words"}


def test_without_tokens_a_rate_is_a_share_of_the_groups_rows(three):
    articles, _ = three
    rows = make_rows(articles, {0: ["Ann"], 1: ["Ann", "Bob"], 2: ["Bob"]})
    compared = wb.compare_groups(rows, articles)
    assert compared["rate"].tolist() == [2 / 3, 0, 1 / 3, 1]
    assert set(compared["unit"]) == {"share of the group"}


def test_hit_asks_for_a_share_of_the_items_own_rows(three):
    articles, _ = three
    rows = make_rows(articles, {0: ["Ann", "Ann"], 2: ["Ann", "Bob"]})
    rows["label"] = ["negative", None, "negative", "positive"]
    compared = wb.compare_groups(rows, articles, hit={"label": "negative"})
    assert compared[["actor", "outlet", "n", "base"]].values.tolist() == [
        ["Ann", "Echo", 1, 2],
        ["Ann", "Globe", 1, 1],
        ["Bob", "Echo", 0, 0],
        ["Bob", "Globe", 0, 1],
    ]
    assert compared.loc[2, "rate"] != compared.loc[2, "rate"]  # of nothing there is no share


def test_weight_adds_up_and_a_missing_item_stays_missing(three):
    articles, _ = three
    rows = make_rows(articles, {0: ["Ann", None], 2: [None]}).assign(words=[10, 5, 20])
    compared = wb.compare_groups(rows, articles, weight="words")
    assert compared["n"].tolist() == [5, 20, 10, 0]
    assert compared["actor"].isna().tolist() == [True, True, False, False]


def test_an_article_that_was_left_out_and_one_without_outlet_are_in_no_group(three):
    articles, tokens = three
    known = articles.assign(left_out=[None, "empty", None])
    rows = make_rows(articles, {0: ["Ann"], 1: ["Ann"], 2: ["Ann"]})
    assert wb.compare_groups(rows, known, tokens=tokens)["n"].tolist() == [1, 1]
    nameless = articles.assign(outlet=["Echo", None, "Globe"])
    assert wb.compare_groups(rows, nameless, tokens=tokens)["base"].tolist() == [3, 4]


def test_of_fewer_than_six_articles_a_group_nothing_is_said_to_hold(three):
    articles, _ = three
    rows = make_rows(articles, {0: ["Ann"] * 90 + ["Bob"], 2: ["Bob"] * 90})
    compared = wb.compare_groups(rows, articles)
    assert compared["p"].isna().all() and not compared["holds"].any()
    assert set(compared["flag"]) == {"fewer than 6 articles"}
    assert set(compared["comparisons"]) == {0}


def make_many(counts, items=("Ann",)):
    """Articles of two outlets, with so many rows of the first item each, and ten of the second."""
    outlets = ["Echo"] * (len(counts) // 2) + ["Globe"] * (len(counts) // 2)
    texts = [f"Text {n} of all." for n in range(len(counts))]
    articles = wb.read_texts(texts).assign(outlet=outlets)
    rows = make_rows(articles, {n: ["Ann"] * count for n, count in enumerate(counts)})
    rest = make_rows(articles, {n: ["Bob"] * 10 for n in range(len(counts))})
    return articles, pd.concat([rows, rest], ignore_index=True)


def test_what_every_article_of_an_outlet_has_holds():
    articles, rows = make_many([5] * 6 + [1] * 6)
    compared = wb.compare_groups(rows, articles)
    assert compared["holds"].all()
    assert set(compared["comparisons"]) == {2}  # of two outlets, the second says the same


def test_what_one_article_repeats_does_not_hold():
    articles, rows = make_many([30, 0, 0, 0, 0, 0] + [1] * 6)
    compared = wb.compare_groups(rows, articles)
    assert not compared["holds"].any()
    ann = compared[compared["actor"] == "Ann"]
    assert ann["n"].tolist() == [30, 6]


def test_the_interval_of_equal_articles_is_wilsons():
    articles, rows = make_many([10] * 12)
    echo = wb.compare_groups(rows, articles).iloc[0]
    assert echo["rate"] == 0.5
    # Of 60 of 120, by hand: 0.5 ± 1.96 √(0.25/120 + 1.96²/(4·120²)) / (1 + 1.96²/120)
    assert (round(echo["low"], 4), round(echo["high"], 4)) == (0.4119, 0.5881)


def test_holm_multiplies_the_smallest_chance_by_all_comparisons():
    articles, rows = make_many([3] * 6 + [1] * 6)
    compared = wb.compare_groups(rows, articles)
    smallest = compared["p"].min()
    assert compared["p_adjusted"].min() == pytest.approx(2 * smallest)
    assert (compared["p_adjusted"] >= compared["p"]).all()


def test_nothing_found_is_an_empty_table_with_its_columns(three):
    articles, tokens = three
    rows = make_rows(articles, {})
    compared = wb.compare_groups(rows, articles, tokens=tokens)
    assert compared.empty
    assert compared.columns[:2].tolist() == ["actor", "outlet"]


def test_what_cannot_be_compared_says_why(three):
    articles, tokens = three
    rows = make_rows(articles, {0: ["Ann"]})
    with pytest.raises(SchemaError, match="no column `paper` in the articles"):
        wb.compare_groups(rows, articles, by="paper")
    with pytest.raises(SchemaError, match='each for itself: by="article"'):
        wb.compare_groups(rows, articles.assign(outlet="Echo"))
    with pytest.raises(SchemaError, match="no column `speaker` in the rows"):
        wb.compare_groups(rows, articles, of="speaker")


def test_each_article_has_a_short_name_of_its_own():
    articles = wb.read_texts(["Ann left.", "Bob left.", "Cem left.", "Dora left.", "Eve left."])
    articles = articles.assign(
        outlet=["Echo", "Globe", "Globe", None, "Echo"],
        published=["2024-01-01", "2024-01-01", "2024-01-02", None, "2024-01-01"],
        title=[
            "One",
            "Two",
            "Three",
            "A headline that is too long to stand in a chart",
            "Two",
        ],
    )
    rows = make_rows(articles, {n: ["Ann"] for n in range(5)})
    names = wb.compare_groups(rows, articles, by="article")["article"].tolist()
    assert sorted(names) == sorted(
        [
            "One",
            "Globe, 2024-01-01",
            "Globe, 2024-01-02",
            "A headline that is too long to stand in…",
            "text 5",
        ]
    )
