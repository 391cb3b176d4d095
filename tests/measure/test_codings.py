"""A sample, its sheet, agreement, and figures corrected by what a coder answers."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st
from nltk.metrics.agreement import AnnotationTask
from parts import tables_to_tone
from scipy import stats

import analysis as wb
from analysis.errors import SchemaError, WorkbookError
from analysis.measure.agreement import find_alpha, find_kappa, share_letters
from analysis.measure.answers import settle_answers
from analysis.measure.borrowed import borrow_interval
from analysis.measure.checking import describe_corrected
from analysis.measure.inference import (
    HALF_ADDED,
    estimate_difference,
    estimate_mean,
    fit_coded,
    t_quantile,
)

TEXT = (
    "Anna Berg lied. Anna Berg stole. Peter Holm praised Anna Berg. Peter Holm left. "
    "“It rains,” Peter Holm said. Anna Berg said that he lied."
)


@pytest.fixture(scope="module")
def found():
    """The tables of a short text."""
    return tables_to_tone(TEXT)


def answer(sample, answers, coder="anna"):
    """Codings of a sample: one answer for all, or one each."""
    return wb.schema.table(
        sample.assign(coder=coder, answer=answers, note=None)[wb.schema.columns("codings")],
        "codings",
    )


# Drawing


def test_a_sample_is_the_same_however_the_rows_stand_and_changes_no_table(found):
    stance, sentences = found["stance"], found["sentences"]
    before = stance.copy(deep=True)
    sample = wb.sample_rows(stance, sentences, 4, seed=7, by="actor")
    turned = wb.sample_rows(
        stance[::-1], sentences[::-1].sort_values("start"), 4, seed=7, by="actor"
    )
    pd.testing.assert_frame_equal(sample, turned)
    pd.testing.assert_frame_equal(stance, before)
    other = wb.sample_rows(stance, sentences, 4, seed=8, by="actor")
    assert sample["item"].tolist() != other["item"].tolist()


@pytest.mark.parametrize("by", [None, "actor", "label", "confidence"])
@pytest.mark.parametrize("allocation", ["proportional", "equal"])
def test_a_larger_sample_adds_to_a_smaller_one_and_weights_add_up_to_all_items(
    found, by, allocation
):
    options = {"by": by, "allocation": allocation}
    samples = [
        wb.sample_rows(found["stance"], found["sentences"], n, **options) for n in (3, 5, 100)
    ]
    for small, large in zip(samples, samples[1:], strict=False):
        assert small["item"].tolist() == large["item"].tolist()[: len(small)]
    everything = samples[-1]
    assert len(everything) == len(wb.select_toned(found["stance"]))
    assert everything["weight"].tolist() == [1.0] * len(everything)
    if by is None:
        assert samples[0]["weight"].sum() == len(everything)


def test_a_sample_shows_the_passage_and_never_what_the_machine_says(found):
    sample = wb.sample_rows(found["stance"], found["sentences"], 100, by="label")
    first = sample.sort_values("start").iloc[0]
    assert (first["left"], first["text"], first["right"]) == ("", "Anna Berg", " lied.")
    assert {"label", "tone", "negative", "actor"} & set(sample) == set()
    assert not sample["stratum"].isin(["negative", "neutral", "positive"]).any()
    assert set(sample["answers"]) == {"negative | neutral | positive | cannot tell"}


def test_every_kind_of_item_can_be_drawn_and_stands_in_the_text(found):
    text = found["articles"].loc[0, "text"]
    asked = [
        ("stance", "tone"),
        ("stance", "actor"),
        ("mentions", "actor"),
        ("quotes", "speaker"),
        ("quotes", "content"),
        ("sentences", "sentence"),
        ("sentences", "content"),
        ("sentences", "boilerplate"),
    ]
    for name, task in asked:
        sample = wb.sample_rows(found[name], found["sentences"], 50, task=task)
        assert len(sample) and set(sample["task"]) == {task}
        for row in sample.itertuples():
            assert text[row.start : row.end] == row.text
    assert wb.sample_rows(found["quotes"], found["sentences"])["text"].tolist()[0] in text


def test_names_to_choose_from_are_all_those_of_the_article(found):
    sample = wb.sample_rows(found["mentions"], found["sentences"], 1)
    assert sample.loc[0, "answers"] == "Anna Berg | Peter Holm | nobody | cannot tell"


def test_strata_get_their_share_and_small_ones_are_one():
    n = {"Ann": 60, "Bob": 30, "Cem": 4, "Dan": 3, "Eve": 3}
    actors = [actor for actor, times in n.items() for _ in range(times)]
    rows = pd.DataFrame({"actor": actors}).assign(start=lambda table: 10 * table.index)
    table = rows.assign(doc_id="a", end=rows["start"] + 3, text=rows["actor"], kind="name")
    table = table.assign(sentence_id=1, paragraph_id=1, actor_type="person")
    mentions = wb.schema.table(
        table.reindex(columns=wb.schema.columns("mentions")).assign(quoted=False), "mentions"
    )
    sentences = wb.schema.table([("a", 1, 1, 0, 2000, "sentence", "x" * 2000)], "sentences")
    sample = wb.sample_rows(mentions, sentences, 20, by="actor")
    assert sorted(sample["stratum"].value_counts()) == [2, 6, 12]
    few = sample[~sample["text"].isin(["Ann", "Bob"])]
    assert few["weight"].tolist() == [5.0, 5.0]
    equal = wb.sample_rows(mentions, sentences, 21, by="actor", allocation="equal")
    assert sorted(equal["stratum"].value_counts()) == [7, 7, 7]
    assert sorted(set(equal["weight"].round(2))) == [1.43, 4.29, 8.57]


def test_what_cannot_be_drawn_is_refused_with_the_mend(found):
    with pytest.raises(SchemaError, match="nothing to code in this table"):
        wb.sample_rows(found["tokens"], found["sentences"])
    with pytest.raises(SchemaError, match="has items for speaker and content"):
        wb.sample_rows(found["quotes"], found["sentences"], task="tone")
    with pytest.raises(SchemaError, match="no column `outlet` to stratify by"):
        wb.sample_rows(found["stance"], found["sentences"], by="outlet")
    with pytest.raises(ValueError, match="choose from proportional, equal"):
        wb.sample_rows(found["stance"], found["sentences"], allocation="all")
    articles = found["articles"].assign(outlet="The Day")
    assert (
        len(wb.sample_rows(found["stance"], found["sentences"], 2, by="outlet", articles=articles))
        == 2
    )


def test_of_nothing_comes_an_empty_sample(found):
    for name in ("stance", "mentions", "quotes", "sentences"):
        sample = wb.sample_rows(found[name].iloc[:0], found["sentences"].iloc[:0])
        assert sample.columns.tolist() == wb.schema.columns("samples") and sample.empty


# The sheet


@pytest.fixture
def sheet(found, tmp_path):
    """A sheet of four items, not filled in."""
    sample = wb.sample_rows(found["stance"], found["sentences"], 4)
    return wb.write_codings(sample, tmp_path / "story.codings.csv", coder="anna")


def change(path, old, new, times=-1):
    text = path.read_text(encoding="utf-8-sig")
    assert old in text
    path.write_text(text.replace(old, new, times), encoding="utf-8-sig")


def test_a_sheet_is_read_back_as_it_was_filled_in(found, sheet):
    items = wb.read_codings(sheet)["item"]
    wb.write_answer(sheet, items[0], "negative", "plainly")
    wb.write_answer(sheet, items[1], "Cannot  tell")
    wb.write_answer(sheet, items[2], "neutral")
    wb.write_answer(sheet, items[2], "")
    codings = wb.read_codings(sheet, found["articles"])
    assert codings["answer"].fillna("-").tolist() == ["negative", "cannot tell", "-", "-"]
    assert codings.loc[0, "note"] == "plainly" and set(codings["coder"]) == {"anna"}
    assert codings.dtypes.astype(str).to_dict() == {
        column: wb.schema.dtype_of(column, "codings") for column in codings
    }


def test_a_sheet_that_a_spreadsheet_saved_with_semicolons_and_commas_is_read(found, sheet):
    table = pd.read_csv(sheet, encoding="utf-8-sig", dtype=str)
    table["weight"] = table["weight"].str.replace(".", ",")
    table["start"] = table["start"] + ",0"
    table["answer"] = "NEUTRAL "
    table.to_csv(sheet, sep=";", index=False, encoding="cp1252")
    codings = wb.read_codings(sheet, found["articles"])
    assert codings["answer"].tolist() == ["neutral"] * 4
    assert codings["weight"].tolist() == [len(wb.select_toned(found["stance"])) / 4] * 4


def test_codings_that_are_there_stay_when_a_larger_sample_is_written(found, sheet):
    first = wb.read_codings(sheet)["item"][0]
    wb.write_answer(sheet, first, "positive")
    larger = wb.sample_rows(found["stance"], found["sentences"], 6)
    wb.write_codings(larger, sheet, coder="anna")
    codings = wb.read_codings(sheet, found["articles"]).set_index("item")
    assert len(codings) == 6 and codings.loc[first, "answer"] == "positive"
    with pytest.raises(WorkbookError, match="1 coded item of it are not in this sample"):
        wb.write_codings(larger[larger["item"] != first], sheet, coder="anna")
    with pytest.raises(WorkbookError, match="has codings of “anna”, not of “ben”"):
        wb.write_codings(larger, sheet, coder="ben")
    assert wb.read_codings(sheet, found["articles"]).loc[0, "answer"] == "positive"


def test_words_that_a_spreadsheet_takes_for_formulas_are_guarded_and_read_back(tmp_path):
    articles = wb.read_texts("=SUM(A1) is bad. -1 is, too. @home it rains.\n\n+1 is not.")
    sentences = wb.split_sentences(articles)
    path = wb.write_codings(
        wb.sample_rows(sentences, sentences, 9), tmp_path / "a.codings.csv", coder="=evil()"
    )
    table = pd.read_csv(path, encoding="utf-8-sig", dtype=str, keep_default_na=False)
    assert not table.map(lambda cell: cell[:1] in tuple("=+-@")).any(axis=None)
    codings = wb.read_codings(path, articles)
    assert sorted(codings["text"]) == sorted(sentences["text"])
    assert set(codings["coder"]) == {"=evil()"}


@given(st.text(max_size=30))
@settings(max_examples=25, deadline=None)
def test_any_note_and_any_words_come_back(tmp_path_factory, note):
    articles = wb.read_texts("It rained in Linz.")
    sentences = wb.split_sentences(articles)
    path = tmp_path_factory.mktemp("any") / "a.codings.csv"
    wb.write_codings(wb.sample_rows(sentences, sentences, 1), path, coder="anna")
    item = wb.read_codings(path)["item"][0]
    wb.write_answer(path, item, "whole", note)
    assert wb.read_codings(path, articles)["answer"].tolist() == ["whole"]


WRONG = [
    ("neutral", "no such answer “nuetral”. Did you mean “neutral”?", "nuetral"),
    (
        "neutral",
        "no such answer “bad”. Choose from negative, neutral, positive, cannot tell",
        "bad",
    ),
]


@pytest.mark.parametrize("right, message, wrong", WRONG)
def test_an_answer_that_the_task_does_not_know_is_refused(sheet, right, message, wrong):
    item = wb.read_codings(sheet)["item"][0]
    wb.write_answer(sheet, item, right, "x")
    change(sheet, f",{right},x,", f",{wrong},x,")
    with pytest.raises(WorkbookError, match=message.replace("?", r"\?")):
        wb.read_codings(sheet)
    with pytest.raises(WorkbookError, match="no such answer"):
        wb.write_answer(sheet, item, wrong)


def test_what_is_no_sheet_of_this_article_is_refused_with_the_mend(found, sheet, tmp_path):
    other = wb.read_texts("Another article. It rains.")
    with pytest.raises(WorkbookError, match="4 items of 4 are of another article"):
        wb.read_codings(sheet, other)
    with pytest.raises(WorkbookError, match="stands twice under the coder “anna”"):
        wb.read_codings([sheet, sheet])
    with pytest.raises(WorkbookError, match="No such file"):
        wb.read_codings(tmp_path / "none.csv")
    (tmp_path / "list.csv").write_text("a,b\n1,2\n")
    with pytest.raises(WorkbookError, match="no column `left`, `text`"):
        wb.read_codings(tmp_path / "list.csv")
    moved = wb.read_codings(sheet).loc[0, "start"]
    text = sheet.read_text(encoding="utf-8-sig")
    change(sheet, f",{moved},", f",{moved + 1},")
    with pytest.raises(WorkbookError, match="but its place and task are those of"):
        wb.read_codings(sheet)
    sheet.write_text(text.replace("Anna Berg", "Hanna Berg"), encoding="utf-8-sig")
    with pytest.raises(WorkbookError, match="the item reads “Hanna Berg”, the text there"):
        wb.read_codings(sheet, found["articles"])


def test_a_name_is_taken_for_the_one_that_is_offered(found, tmp_path):
    sample = wb.sample_rows(found["mentions"], found["sentences"], 4)
    path = wb.write_codings(sample, tmp_path / "who.csv", coder="a")
    for item, typed in zip(sample["item"], ["berg", "PETER HOLM", "Nobody", "Zoe"], strict=True):
        wb.write_answer(path, item, typed)
    assert wb.read_codings(path)["answer"].tolist() == ["Anna Berg", "Peter Holm", "nobody", "Zoe"]


# Agreement


def test_kappa_is_that_of_a_published_example():
    # 50 applications, two readers: 20 yes both, 15 no both, 5 and 10 apart (kappa 0.40), the
    # example that textbooks and encyclopedias give of Cohen's kappa.
    tables = np.array([[[20, 5], [10, 15]]])
    assert find_kappa(tables)[0] == pytest.approx(0.4)


def test_alpha_is_that_of_a_published_example():
    # Krippendorff, K. 2011: Computing Krippendorff's alpha-reliability, section B: two observers,
    # nominal, 12 articles, no missing data; alpha 0.692.
    one = ["a", "a", "b", "b", "d", "c", "c", "c", "e", "d", "d", "a"]
    other = ["b", "a", "b", "b", "b", "c", "c", "c", "e", "d", "d", "d"]
    labels = sorted(set(one + other))
    table = np.zeros((5, 5))
    for pair in zip(one, other, strict=True):
        table[tuple(map(labels.index, pair))] += 1
    assert find_alpha(table[None])[0] == pytest.approx(0.692, abs=0.0005)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=2, max_size=30))
@settings(max_examples=40, deadline=None)
def test_kappa_and_alpha_are_those_of_nltk(pairs):
    given_labels = {label for pair in pairs for label in pair}
    table = np.zeros((3, 3))
    for one, other in pairs:
        table["abc".index(one), "abc".index(other)] += 1
    if len(given_labels) < 2:
        assert np.isnan(find_kappa(table[None])[0]) and np.isnan(find_alpha(table[None])[0])
        return
    data = [(coder, item, pair[coder]) for item, pair in enumerate(pairs) for coder in (0, 1)]
    task = AnnotationTask(data=data)
    assert find_alpha(table[None])[0] == pytest.approx(task.alpha())
    expected = (table.sum(0) * table.sum(1)).sum() / table.sum() ** 2
    if expected < 1:
        assert find_kappa(table[None])[0] == pytest.approx(task.kappa())


def test_agreement_tells_how_often_coder_and_machine_answer_alike(found):
    stance = found["stance"]
    sample = wb.sample_rows(stance, found["sentences"], 100)
    right = wb.select_toned(stance).set_index("start")["label"].reindex(sample["start"]).tolist()
    anna = answer(sample, right)
    ben = answer(sample, ["cannot tell", "positive", *right[2:]], "ben")
    scores = wb.score_agreement(pd.concat([anna, ben]), stance)
    assert scores[["one", "other"]].values.tolist() == [
        ["anna", "ben"],
        ["anna", "machine"],
        ["ben", "machine"],
    ]
    n = len(sample)
    assert scores["n"].tolist() == [n - 1, n, n - 1]
    assert scores.loc[1, ["agreement", "kappa", "alpha"]].tolist() == [1, 1, 1]
    assert scores["flag"].tolist() == ["fewer than 20 items"] * 3
    apart = wb.select_disagreements(pd.concat([anna, ben]), stance)
    assert set(apart["item"]) <= set(sample["item"][:2])
    assert {"anna", "ben"} == set(apart["one"]) and {"ben", "machine"} == set(apart["other"])


def test_agreement_of_all_coders_takes_items_that_some_leave_out(found):
    sample = wb.sample_rows(found["stance"], found["sentences"], 5)
    coders = [
        answer(sample, ["negative", "neutral", "neutral", "positive", None], "a"),
        answer(sample, ["negative", "neutral", "positive", "positive", None], "b"),
        answer(sample, ["negative", "neutral", "neutral", None, "neutral"], "c"),
    ]
    together = wb.score_agreement(pd.concat(coders)).iloc[-1]
    assert together[["one", "n", "agreed"]].tolist() == ["all coders", 4, 3]
    assert pd.isna(together["other"])
    # By hand: 11 answers pair up within items; disagreement is 2 of 11, by
    # chance 110 - 6 - 20 - 6 of 110 pairs.
    assert together["alpha"] == pytest.approx(1 - (2 / 11) / (78 / 110))


def test_spans_are_the_same_where_four_fifths_of_the_letters_are():
    assert share_letters("“We left,”", "We left") == 1
    assert share_letters("abcdefgh", "abcdefghij") == 0.8
    assert share_letters("that we left", "we left early") == pytest.approx(6 / 15)
    assert share_letters("rain", "snow") == 0


def test_of_speech_the_coder_and_the_machine_are_compared_by_span(found):
    quotes = found["quotes"]
    sample = wb.sample_rows(found["sentences"], found["sentences"], 50, task="content")
    said = {"“It rains,” Peter Holm said.": "It rains", "Anna Berg said that he lied.": "he lied"}
    codings = answer(sample, [said.get(text, "nobody") for text in sample["text"]])
    scores = wb.score_agreement(codings, quotes).iloc[0]
    # “that he lied” and “he lied” share 6 letters of 10: too few.
    assert scores[["n", "agreed", "f1"]].tolist() == [len(sample), len(sample) - 1, 0.5]
    assert pd.isna(scores["alpha"])
    apart = wb.select_disagreements(codings, quotes)
    assert apart[["answer", "other_answer"]].values.tolist() == [["he lied", "that he lied"]]


# Corrected figures


def test_where_all_is_coded_the_figure_is_the_truth_and_the_interval_has_no_width():
    machine, coded = np.array([1.0, 1, 0, 0, 0]), np.array([1.0, 0, 0, 1, 1])
    estimate = estimate_mean(machine, coded)
    assert estimate[:4] == (pytest.approx(0.6), pytest.approx(0.6), pytest.approx(0.6), 0)


def test_prediction_powered_figure_of_a_case_reckoned_by_hand():
    # 40 of 100 items coded; the machine says yes to 30 of all and to 12 of the coded; the coder to
    # 16 of these, 10 of them the machine's. With 0.3 of an item of each kind added, 41.2 are
    # 16.6 by the coder, 12.6 by the machine, 10.3 by both.
    slope = (10.3 - 16.6 * 12.6 / 41.2) / (12.6 - 12.6**2 / 41.2)
    value = slope * 0.3 + 16.6 / 41.2 - slope * 12.6 / 41.2
    machine = np.array([1.0] * 12 + [0.0] * 28 + [1.0] * 18 + [0.0] * 42)
    coded = np.array([1.0] * 10 + [0.0] * 2 + [1.0] * 6 + [0.0] * 22 + [np.nan] * 60)
    estimate = estimate_mean(machine, coded)
    assert estimate.value == pytest.approx(value)
    kinds = {(1, 1): 10.3, (0, 1): 2.3, (1, 0): 6.3, (0, 0): 22.3}
    mean = 16.6 / 41.2 - slope * 12.6 / 41.2
    squares = sum(n * (y - slope * f - mean) ** 2 for (y, f), n in kinds.items())
    error = np.sqrt(0.6 * squares / 39.2 / 41.2)
    assert estimate.error == pytest.approx(error)
    assert estimate.high - estimate.low == pytest.approx(2 * stats.t.ppf(0.975, 38) * error)


def test_without_what_is_added_it_is_the_published_estimator(monkeypatch):
    # PPI++ for a mean (Angelopoulos, Duchi & Zrnic 2023, example 6.1): as many unlabelled items as
    # there are, the tuned mean is mean(y) + slope (mean of f over all - mean of f over the coded).
    monkeypatch.setattr("analysis.measure.inference.ADDED", 0.0)
    rng = np.random.default_rng(1)
    truth = rng.random(500) < 0.4
    machine = np.where(rng.random(500) < 0.85, truth, ~truth).astype(float)
    coded = np.where(np.arange(500) < 60, truth, np.nan)
    y, f = coded[:60], machine[:60]
    slope = np.cov(y, f, bias=True)[0, 1] / f.var()
    estimate = estimate_mean(machine, coded)
    assert estimate.value == pytest.approx(y.mean() + slope * (machine.mean() - f.mean()))
    left = y - slope * f
    assert estimate.error == pytest.approx(np.sqrt((1 - 60 / 500) * left.var() / 58))


@given(
    st.lists(st.tuples(st.booleans(), st.booleans(), st.booleans()), min_size=1, max_size=60),
    st.randoms(),
)
@settings(max_examples=60, deadline=None)
def test_an_interval_holds_its_figure_lies_in_bounds_and_knows_no_order(items, random):
    def estimate(rows):
        machine = np.array([float(said) for said, _, _ in rows])
        coded = np.array([float(true) if read else np.nan for _, true, read in rows])
        return estimate_mean(machine, coded)

    one = estimate(items)
    random.shuffle(items)
    other = estimate(items)
    assert one == pytest.approx(other, nan_ok=True)
    if one.n >= 5:
        assert 0 <= one.low <= one.value <= one.high <= 1
    coded = [true for _, true, read in items if read]
    if one.n >= 5 or one.n == len(items):
        assert one.low >= sum(coded) / len(items) - 1e-9


def test_a_sample_of_unequal_parts_is_weighted():
    # Two strata of 50, of which 5 and 20 are coded; all of the first are so, none of the second.
    machine = np.zeros(100)
    coded = np.array([1.0] * 5 + [np.nan] * 45 + [0.0] * 20 + [np.nan] * 30)
    weight = np.array([10.0] * 50 + [2.5] * 50)
    assert abs(estimate_mean(machine, coded, weight).value - 0.5) < 0.001
    assert estimate_mean(machine, coded).value < 0.25


def test_quantiles_and_differences():
    for degrees in (1, 2, 3, 4, 9, 28, 78):
        assert t_quantile(degrees) == pytest.approx(stats.t.ppf(0.975, degrees), abs=0.001)
    one = estimate_mean(np.zeros(9), np.array([1.0, 0, 1, 0, 1, 0, 1, 0, 1]))
    other = estimate_mean(np.zeros(4), np.zeros(4))
    assert estimate_difference(one, other)[:3] == (pytest.approx(5 / 9),) * 3
    few = estimate_mean(np.zeros(9), np.array([1.0, *[np.nan] * 8]))
    assert np.isnan(estimate_difference(one, few).value)
    slope, mean, spread, size = fit_coded(np.ones(5), np.ones(5), np.full(5, 2.0))
    assert 0 <= slope <= 1 and spread > 0 and mean < 1 and size == 5


def test_of_several_coders_most_count_and_a_tie_is_no_answer(found):
    sample = wb.sample_rows(found["stance"], found["sentences"], 3)
    given_answers = [
        ["negative", "negative", "cannot tell"],
        ["negative", "neutral", "cannot tell"],
        ["neutral", None, "neutral"],
    ]
    codings = [
        answer(sample, each, coder) for each, coder in zip(given_answers, "abc", strict=True)
    ]
    settled = settle_answers(pd.concat(codings))
    assert settled["answer"].fillna("-").tolist() == ["negative", "-", "-"]
    # The one with an answer stands for all.
    assert settled["weight"].tolist()[0] == len(wb.select_toned(found["stance"]))


def test_counts_of_tone_stand_beside_what_the_coder_makes_of_them(found):
    stance = found["stance"]
    sample = wb.sample_rows(stance, found["sentences"], 100)
    codings = answer(sample, "negative")
    counts = wb.count_stance(stance, coded=codings)
    assert counts.columns.tolist() == wb.schema.columns("stance_counts_coded")
    plain = wb.count_stance(stance)
    pd.testing.assert_frame_equal(
        counts[plain.columns.drop(["low", "high"])], plain.drop(columns=["low", "high"])
    )
    assert counts[["corrected", "low", "high"]].values.tolist() == [[1.0] * 3] * len(counts)
    assert counts["n_coded"].tolist() == counts["n"].tolist()
    assert set(counts["basis_of_interval"]) == {"coded here"}
    borrowed = wb.count_stance(stance, coded="borrowed")
    assert set(borrowed["basis_of_interval"]) == {"borrowed from public data"}
    assert borrowed["corrected"].isna().all() and (borrowed["low"] <= borrowed["high"]).all()
    other = wb.read_texts("Zoe Lang lied.")
    theirs = wb.score_stance(
        wb.find_mentions(other, wb.split_tokens(other)), wb.split_sentences(other)
    )
    with pytest.raises(WorkbookError, match="the codings are of other articles than this table"):
        wb.count_stance(theirs, coded=codings)


def test_counts_of_actors_and_voices_stand_beside_what_the_coder_makes_of_them(found):
    mentions, quotes = found["mentions"], found["quotes"]
    sample = wb.sample_rows(mentions, found["sentences"], 100)
    codings = answer(sample, "Peter Holm")
    counts = wb.count_actors(mentions, found["tokens"], coded=codings)
    assert counts.columns.tolist() == wb.schema.columns("actors_coded")
    figures = counts.set_index("actor")[["corrected", "low", "high"]]
    assert figures.loc["Peter Holm"].tolist() == [len(sample)] * 3
    assert figures.loc["Anna Berg"].tolist() == [0, 0, 0]
    said = answer(wb.sample_rows(quotes, found["sentences"], 100), "Anna Berg")
    voices = wb.count_voices(quotes, found["speech"], mentions, coded=said)
    assert voices.columns.tolist() == wb.schema.columns("voices_coded")
    assert voices.set_index("speaker")["corrected"].to_dict() == {"Anna Berg": 1, "Peter Holm": 0}


def test_without_codings_intervals_of_actors_and_voices_are_borrowed(found):
    mentions, quotes = found["mentions"], found["quotes"]
    counts = wb.count_actors(mentions, coded="borrowed")
    assert set(counts["basis_of_interval"]) == {"borrowed from public data"}
    assert counts["corrected"].isna().all() and set(counts["n_coded"]) == {0}
    assert ((counts["low"] <= counts["n"]) & (counts["n"] <= counts["high"])).all()
    # Among pronouns the machine errs more than on the whole, which is what was measured.
    by_kind = wb.count_actors(mentions, by="kind", coded="borrowed")
    assert by_kind["low"].isna().all() and by_kind["basis_of_interval"].isna().all()
    voices = wb.count_voices(quotes, found["speech"], mentions, coded="borrowed")
    known = voices.dropna(subset=["speaker"])
    assert set(known["basis_of_interval"]) == {"borrowed from public data"}
    assert ((known["low"] <= known["share"]) & (known["share"] <= known["high"])).all()
    assert wb.count_actors(mentions[:0], coded="borrowed").empty


def test_roles_and_cues_stand_beside_what_the_coder_makes_of_them(found):
    mentions, quotes = found["mentions"], found["quotes"]
    codings = answer(wb.sample_rows(mentions, found["sentences"], 100), "Peter Holm")
    roles = wb.count_roles(mentions, coded=codings)
    plain = wb.count_roles(mentions)
    pd.testing.assert_frame_equal(roles[plain.columns], plain)
    agents = roles[roles["role"] == "agent"].set_index("actor")["corrected"]
    in_all = int((wb.select_counted(mentions)["role"] == "agent").sum())
    assert agents.to_dict() == {"Anna Berg": 0, "Peter Holm": in_all}
    said = answer(wb.sample_rows(quotes, found["sentences"], 100), "Anna Berg")
    cues = wb.count_cues(quotes, coded=said).set_index("speaker")
    assert cues["corrected"].to_dict() == {"Anna Berg": 2, "Peter Holm": 0}


def test_a_difference_shares_what_is_added_between_its_two_figures():
    machine = np.array([1.0] * 12 + [0.0] * 28 + [1.0] * 18 + [0.0] * 42)
    coded = np.array([1.0] * 10 + [0.0] * 2 + [1.0] * 6 + [0.0] * 22 + [np.nan] * 60)
    whole, half = estimate_mean(machine, coded), estimate_mean(machine, coded, added=HALF_ADDED)
    plain = estimate_mean(machine, coded, added=0.0)
    assert plain.error < half.error < whole.error


def test_corrected_counts_are_told_apart_by_outlet(found):
    articles = found["articles"].assign(outlet="The Day")
    codings = answer(wb.sample_rows(found["stance"], found["sentences"], 100), "negative")
    counts = wb.count_stance(found["stance"], by="outlet", table=articles, coded=codings)
    assert set(counts["outlet"]) == {"The Day"} and set(counts["corrected"]) == {1.0}


def test_the_difference_of_two_groups_has_an_interval(found):
    codings = answer(wb.sample_rows(found["stance"], found["sentences"], 100), "negative")
    pairs = wb.compare_stance(found["stance"], coded=codings, least=1)
    assert pairs[["group", "other", "corrected", "low", "high"]].values.tolist() == [
        ["Anna Berg", "Peter Holm", 0, 0, 0]
    ]
    assert wb.compare_stance(found["stance"].iloc[:0], coded=codings.iloc[:0]).empty


def test_a_borrowed_interval_is_wide_and_holds_what_the_machine_would_make_of_it():
    low, high = borrow_interval(0.4, 100, "negative")
    assert low < 0.35 and high > 0.4
    wide = borrow_interval(0.4, 10, "negative")
    assert wide[0] <= low and high <= wide[1]
    assert np.isnan(borrow_interval(0.4, 10, "green")).all()


def test_the_width_falls_with_the_items_coded_and_is_nothing_where_all_are():
    articles = wb.read_texts("Anna Berg lied. " * 40)
    sentences = wb.split_sentences(articles)
    stance = wb.score_stance(wb.find_mentions(articles, wb.split_tokens(articles)), sentences)
    sample = wb.sample_rows(stance, sentences, 20)
    codings = answer(sample, ["negative", "neutral"] * 10)
    widths = wb.describe_precision(codings, stance, "negative")
    assert widths["n_coded"].tolist() == [10, 15, 20, 25, 30, 40]
    assert widths["coded"].tolist() == [True] * 3 + [False] * 3
    assert widths["width"].is_monotonic_decreasing and widths["width"].iloc[-1] == 0
    now = wb.count_stance(stance, coded=codings).loc[0, ["low", "high"]]
    at_20 = widths.set_index("n_coded").loc[20, "width"]
    assert at_20 == pytest.approx(now["high"] - now["low"], abs=1e-6)
    assert wb.describe_precision(codings[:4], stance, "negative").empty


def test_what_the_sample_says_is_told_in_plain_words(found):
    stance = found["stance"]
    sample = wb.sample_rows(stance, found["sentences"], 100)
    nothing = wb.describe_codings(answer(sample, None), stance)
    assert nothing.startswith("Nothing is coded here") and "wb.sample_rows(stance," in nothing
    both = pd.concat([answer(sample, "negative"), answer(sample, "negative", "ben")])
    lines = wb.describe_codings(both, stance).splitlines()
    n = len(sample)
    said = f"anna and ben coded the tone of {n} mentions, {n} of them alike (100 %, "
    assert lines[0].startswith(said)
    assert lines[1].startswith(f"anna coded the tone of {n} mentions: the machine agreed in ")
    assert lines[3].startswith("All 4 mentions of Anna Berg are coded: 100 % stand in a negative")
    who = wb.sample_rows(found["quotes"], found["sentences"], 100)
    told = wb.describe_codings(answer(who, "Peter Holm"), found["quotes"])
    assert told.startswith("anna coded the speaker of 2 quotations: the machine agreed in 1 (50 %")


def test_codings_are_usable_unless_a_coded_item_was_corrected_by_hand(found):
    stance = found["stance"]
    sample = wb.sample_rows(stance, found["sentences"], 3)
    codings = answer(sample, ["negative"] * 3)
    assert wb.select_usable(codings, stance)["item"].tolist() == codings["item"].tolist()
    assert wb.select_usable(codings, stance, "actor").empty
    is_coded = pd.Series(stance.index.isin(find_rows(stance, codings)), index=stance.index)
    other = stance.assign(scored=stance["scored"].where(is_coded, "corrected"))
    assert len(wb.select_usable(codings, other)) == 3
    given = stance.assign(scored=stance["scored"].where(~is_coded, "corrected"))
    assert wb.select_usable(codings, given).empty
    with pytest.raises(WorkbookError, match="the tone corrected by hand since"):
        wb.count_stance(given, coded=codings)


def find_rows(table, codings):
    """The index of the rows that were coded."""
    places = table[["start", "end"]].apply(tuple, axis=1)
    return table.index[places.isin(list(zip(codings["start"], codings["end"], strict=True)))]


def test_wrong_arguments_of_a_sample_are_refused_with_the_mend(found):
    for n in (2.5, "10", True, 0):
        with pytest.raises(ValueError, match="a whole number of items"):
            wb.sample_rows(found["mentions"], found["sentences"], n)
    with pytest.raises(SchemaError, match="the name of one column"):
        wb.sample_rows(found["mentions"], found["sentences"], 2, by=["actor"])


def test_codings_of_another_table_are_told_of(found):
    codings = answer(wb.sample_rows(found["stance"], found["sentences"], 3), ["negative"] * 3)
    said = wb.describe_codings(codings, found["mentions"])
    assert said.startswith("What is coded (tone) is of another table")


def test_articles_without_an_outlet_have_no_row_and_their_codings_are_not_blamed(found):
    codings = answer(wb.sample_rows(found["mentions"], found["sentences"], 3), "Anna Berg")
    asked = {"by": "outlet", "table": found["articles"], "coded": codings}
    assert wb.count_actors(found["mentions"], **asked).empty


def test_one_mention_is_told_of_in_the_singular():
    row = pd.Series(
        {"actor": "Israel", "n": 1, "n_coded": 1, "n_negative": 1, "corrected": 0, "low": 0}
        | {"high": 0}
    )
    said = describe_corrected(row)
    assert said.startswith("The one mention of Israel is coded: 0 % stands")
