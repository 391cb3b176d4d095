"""Strange articles through the whole workbook: nothing breaks, and every promise is kept."""

import pytest

import analysis as wb
from benchmarks import chain, fuzz, smaller, trial
from benchmarks.page_script import find_browser
from benchmarks.strange_texts import make_article

CASES = 5
ASKED = fuzz.Settings(seed=1, charts=2, model=0, exports=10, reports=0)


def test_an_article_is_made_again_by_its_number_and_the_seed():
    assert make_article(12, seed=7) == make_article(12, seed=7)
    assert make_article(12, seed=7) != make_article(12, seed=8)
    assert make_article(12, seed=7) != make_article(13, seed=7)


def test_a_failing_text_is_made_smaller_as_long_as_it_fails():
    parts = ["It rained. ", "Iran left\n", "“Why?” ", "😀"]
    assert smaller.shrink(parts, lambda text: "Iran" in text and "😀" in text) == "Iran😀"
    assert smaller.shrink(parts, lambda text: True, steps=1) == "“Why?” 😀"


def test_what_goes_wrong_is_told_by_the_case(monkeypatch):
    find = wb.find_hearsay

    def fail(tokens):
        assert "Anna" not in set(tokens["token"]), "no Anna"
        return find(tokens)

    monkeypatch.setattr("analysis.find_hearsay", fail)
    parts_of = {3: ["Rain."], 4: ["Rain. ", "Anna."]}
    found = smaller.try_each(parts_of, trial.Plan(), lambda stage: None, set())
    failure, number, text = found[0]
    assert (number, text, len(found)) == (4, "Anna", 1)
    assert failure == ("find_tables", "AssertionError in test_fuzz.fail", failure.said)


def test_every_chart_has_its_turn():
    names = set()
    for place in range(len(chain.CHARTS)):
        names |= set(fuzz.plan_batch(place, ASKED, 10).charts)
    assert names == set(chain.CHARTS)


@pytest.mark.slow
def test_strange_articles_break_nothing():
    settings = ASKED._replace(browser=find_browser())
    run = fuzz.run_all(range(CASES), settings, workers=1, size=50, progress=False)
    assert run.checked["tables, counts, page"] == CASES
    found = [(one.failure.kind, one.number, one.text) for one in run.found]
    assert found == []
