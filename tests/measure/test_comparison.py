"""Groups of articles compared: rates, intervals, and what is said to hold."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import analysis as wb
from analysis.errors import SchemaError
from analysis.measure.inference import t_chance

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


def make_coded(articles, items, coded):
    """(rows with places, codings) of {number of an article: items}; `coded` says which, and what.

    {(number of the article, place among its items): the coder's answer}
    """
    rows = make_rows(articles, items)
    place = rows.groupby("doc_id").cumcount()
    rows = rows.assign(start=10 * place, kind="name", quoted=False)
    rows["end"] = rows["start"] + 3
    numbers = {doc_id: n for n, doc_id in enumerate(articles["doc_id"])}
    answers = [
        coded.get((numbers[doc_id], n)) for doc_id, n in zip(rows["doc_id"], place, strict=True)
    ]
    codings = rows.assign(answer=answers, task="actor", coder="a", stratum="all", text="x")
    codings = codings.assign(sentence_id=1, paragraph_id=1, weight=1.0)
    ends = zip(codings["doc_id"], codings["start"], codings["end"], strict=True)
    codings["item"] = [f"{doc_id}-{start}-{end}-actor" for doc_id, start, end in ends]
    columns = wb.schema.columns("codings")
    return rows, wb.schema.table(
        codings.dropna(subset="answer").reindex(columns=columns), "codings"
    )


@pytest.fixture
def ten_each(three):
    """Six mentions of Ann and four of Bob in Echo's first article, five of each in Globe's."""
    items = {0: ["Ann"] * 6 + ["Bob"] * 4, 2: ["Ann"] * 5 + ["Bob"] * 5}
    return three[0], items


def test_where_all_is_coded_groups_differ_by_what_the_coder_says(ten_each, three):
    articles, items = ten_each
    # Of Echo's mentions nine are Ann's by the coder, of Globe's three.
    coded = {(0, n): "Ann" for n in range(9)} | {(0, 9): "Bob"}
    coded |= {(2, n): "Ann" if n < 3 else "Bob" for n in range(10)}
    rows, codings = make_coded(articles, items, coded)
    compared = wb.compare_groups(rows, articles, coded=codings)
    ann = compared[compared["actor"] == "Ann"]
    assert ann["n"].tolist() == [6, 5]
    assert ann["rate"].tolist() == [0.6, 0.5]
    figures = ["corrected", "low", "high", "corrected_others"]
    assert ann[figures].values.tolist() == [[0.9, 0.9, 0.9, 0.3], [0.3, 0.3, 0.3, 0.9]]
    apart = ann[["difference", "difference_low", "difference_high"]].to_numpy()
    assert apart == pytest.approx(np.array([[0.6] * 3, [-0.6] * 3]))
    assert set(ann["n_coded"]) == {10} and set(ann["basis_of_interval"]) == {"coded here"}
    assert wb.select_typical(compared, min_n=1)["actor"].unique().tolist() == ["Ann", "Bob"]
    words = wb.compare_groups(rows, articles, coded=codings, tokens=three[1])
    # Echo has 8 words, Globe 4.
    assert words["corrected"].tolist()[:2] == pytest.approx([9 / 8 * 1000, 3 / 4 * 1000])


def test_nothing_is_said_of_a_group_of_which_too_few_are_coded(ten_each):
    articles, items = ten_each
    coded = {(0, n): "Ann" for n in range(7)} | {(2, n): "Ann" for n in range(4)}
    rows, codings = make_coded(articles, items, coded)
    compared = wb.compare_groups(rows, articles, coded=codings).set_index(["actor", "outlet"])
    assert compared["n_coded"].tolist() == [7, 4, 7, 4]
    assert compared["corrected"].notna().tolist() == [True, False, True, False]
    assert compared["difference"].isna().all() and not compared["holds"].any()
    assert compared["flag"].str.contains("fewer than 5 coded").all()
    # Of Globe the interval is borrowed.
    basis = compared.loc[("Ann", "Globe"), "basis_of_interval"]
    assert basis == "borrowed from public data"


def test_codings_of_one_outlet_say_nothing_of_the_others():
    texts = [f"It rained on day {n}." for n in range(3)]
    articles = wb.read_texts(texts).assign(outlet=["Echo", "Globe", "Herald"])
    items = {n: ["Ann"] * 10 for n in range(3)}
    coded = {(n, each): "Ann" for n in (0, 1) for each in range(8)}
    rows, codings = make_coded(articles, items, coded)
    compared = wb.compare_groups(rows, articles, coded=codings).set_index("outlet")
    assert "none coded of another group" in compared.loc["Echo", "flag"]
    assert compared["difference"].isna().tolist() == [True, True, True]


def make_many_coded(says):
    """Six articles an outlet with ten mentions each, of which five are said to be Ann's."""
    articles = wb.read_texts([f"Text {n} of all." for n in range(12)])
    articles = articles.assign(outlet=["Echo"] * 6 + ["Globe"] * 6)
    items = {n: ["Ann"] * 5 + ["Bob"] * 5 for n in range(12)}
    coded = {(n, each): says(n, each) for n in range(12) for each in (0, 1, 5, 6)}
    rows, codings = make_coded(articles, items, coded)
    return wb.compare_groups(rows, articles, coded=codings)


def test_what_holds_is_judged_by_the_corrected_figures():
    # The machine has the same in both; the coder sees Ann alone in Echo and Bob alone in Globe.
    apart = make_many_coded(lambda n, each: "Ann" if n < 6 else "Bob")
    assert apart["holds"].all() and set(apart["comparisons"]) == {2}
    assert apart["rate"].nunique() == 1
    assert apart.loc[0, "difference_low"] > 0.3 and apart.loc[0, "log_likelihood"] > 0
    # And the other way round: what the machine says is right.
    alike = make_many_coded(lambda n, each: "Ann" if each < 5 else "Bob")
    assert not alike["holds"].any()
    assert alike.loc[0, "difference_low"] < 0 < alike.loc[0, "difference_high"]
    assert alike.loc[0, "p"] == pytest.approx(alike.loc[1, "p"])


def test_what_no_coding_says_is_not_compared_by_it(ten_each):
    articles, items = ten_each
    rows, codings = make_coded(articles, items, {(0, 0): "Ann"})
    with pytest.raises(SchemaError, match="no coding says what is compared here"):
        wb.compare_groups(rows, articles, of="kind", coded=codings)
    with pytest.raises(SchemaError, match="no coding says"):
        wb.compare_groups(rows, articles, hit={"kind": "name"}, coded=codings)


def test_rows_that_were_not_found_are_no_columns_less(three):
    articles, _ = three
    rows, codings = make_coded(articles, {0: ["Ann"]}, {})
    compared = wb.compare_groups(rows[:0], articles, coded=codings)
    assert compared.empty
    assert compared.columns.tolist()[2:] == wb.schema.columns("comparison_coded")


@pytest.mark.parametrize("degrees", [1, 2, 3, 4, 9, 30, 1001])
def test_the_chance_of_a_value_of_students_t(degrees):
    for t in (0.0, 0.5, 2.0, 5.0):
        assert t_chance(t, degrees) == pytest.approx(2 * stats.t.sf(t, degrees), abs=0.0003)


def test_a_comparison_is_corrected_where_some_are_among_the_coded_and_others_are_not():
    body = "Joe Biden left. Iran waited. Vladimir Putin lied. Iran hit Biden. " * 2
    articles = wb.read_texts([body, body + "Ann Miller rose."])
    sentences = wb.split_sentences(articles)
    mentions = wb.find_mentions(articles, wb.split_tokens(articles, sentences))
    sample = wb.sample_rows(mentions[mentions["actor"] != "Ann Miller"], sentences, 12)
    machine = mentions.set_index(["doc_id", "start"])["actor"]
    answers = [machine[row.doc_id, row.start] for row in sample.itertuples()]
    coded = wb.schema.table(
        sample.assign(coder="a", note=None, answer=answers)[wb.schema.columns("codings")],
        "codings",
    )
    compared = wb.compare_groups(wb.select_counted(mentions), articles, by="article", coded=coded)
    flags = dict(zip(compared["actor"], compared["flag"].fillna(""), strict=True))
    assert "not among the coded" in flags["Ann Miller"]
    assert "not among the coded" not in flags["Iran"]
