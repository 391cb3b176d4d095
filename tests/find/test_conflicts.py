"""Where two articles conflict in figures and dates, and what one of them tells alone."""

import pytest

import analysis as wb
from analysis.errors import SchemaError
from analysis.find.alone import find_told_alone
from analysis.find.conflicts import find_conflicts

WEDNESDAY, FRIDAY = "2024-10-02", "2024-10-04"


def tables(*texts, published=None, outlets=None):
    """Articles and their tokens."""
    articles = wb.read_texts([*texts])
    days = published or [WEDNESDAY] * len(texts)
    names = outlets or ["A", "B", "C", "D"][: len(texts)]
    articles = articles.assign(published=days[: len(articles)], outlet=names[: len(articles)])
    return articles, wb.split_tokens(articles)


def conflicts(*texts, dated=False, agreeing=False, alike=0, **columns):
    """[words, words of the other] of each conflict, from the side of the first article."""
    articles, tokens = tables(*texts, **columns)
    dates = wb.find_dates(articles, tokens) if dated else None
    found = find_conflicts(articles, tokens, dates=dates, agreeing=agreeing, alike=alike)
    first = found[found["doc_id"] == articles["doc_id"].iat[0]]
    return first[["text", "other_text"]].values.tolist()


DEAD = "Police opened fire on marchers at the Dravik dam. {} killed at the gate."


@pytest.mark.parametrize(
    "one, other, differ",
    [
        ("Two people were", "Three people were", True),
        ("Two people were", "2 people were", False),
        ("At least two people were", "Three people were", False),
        ("At least two people were", "One person was", True),
        ("As many as seven people were", "One person was", True),
        ("As many as seven people were", "Six people were", False),
        ("Dozens of people were", "Forty people were", False),
        ("Dozens of people were", "Five people were", True),
        ("About 40 people were", "41 people were", False),
    ],
)
def test_figures_conflict_where_both_cannot_be_true(one, other, differ):
    found = conflicts(DEAD.format(one), DEAD.format(other))
    assert bool(found) == differ


def test_words_for_one_act_are_compared():
    found = conflicts(
        "Two people died when police shot at marchers in Linz.",
        "In Linz, three people lost their lives as police shot at the marchers.",
    )
    assert found == [["Two", "three"]]


def test_the_dead_and_the_injured_are_not_compared():
    texts = (
        "Two people were killed in the crash near Linz.",
        "Nine people were injured in the crash near Linz.",
    )
    assert conflicts(*texts) == []


def test_a_number_that_the_other_gives_too_is_no_conflict():
    texts = (
        "The dam will cost 1.9 billion crowns.",
        "The dam will cost 1.9 billion crowns. The dam was to cost 1.1 billion crowns.",
    )
    assert conflicts(*texts) == []


def test_sums_of_one_thing_conflict_and_of_another_do_not():
    texts = (
        "A month of standstill would cost the power company 18m crowns.",
        "A month of standstill will cost the power company about 30m crowns.",
        "The mayor of Port Sarn bought a yacht for 5m crowns.",
    )
    assert conflicts(*texts) == [["18m crowns", "about 30m crowns"]]


def test_times_of_one_act_conflict():
    texts = (
        "Warning shots were fired at the gate at 4.15pm.",
        "The shooting at the gate began at about twenty to four.",
    )
    assert conflicts(*texts) == [["4.15pm", "about twenty to four"]]


def test_a_time_without_its_half_of_the_day_agrees_with_both():
    texts = ("The shooting began at 3.41pm.", "The shooting began at 3.41 in the night, 3:41 a.m.")
    assert conflicts("The shooting began at twenty to four.", texts[0]) == []


def test_ages_of_one_person_conflict():
    texts = ("The dead are Lidia Varnos, 17, and others.", "Lidia Varnos, 19, was a student.")
    assert conflicts(*texts) == [["17", "19"]]


def test_dates_of_one_thing_conflict():
    texts = (
        "The Administrative Court in Lessin halted work in the cemetery on 9 September.",
        "On 19 September the Administrative Court in Lessin halted work in the cemetery.",
    )
    assert conflicts(*texts, dated=True) == [["9 September", "19 September"]]


def test_each_pair_comes_from_both_sides_and_later_ones_of_an_outlet_are_marked():
    texts = (DEAD.format("Two people were"), DEAD.format("Three people were"))
    articles, tokens = tables(*texts, published=[WEDNESDAY, FRIDAY], outlets=["A", "A"])
    found = find_conflicts(articles, tokens, alike=0)
    assert found[
        ["text", "other_text", "value", "other_value", "later", "what"]
    ].values.tolist() == [
        ["Two", "Three", "2", "3", True, "people: kill"],
        ["Three", "Two", "3", "2", False, "people: kill"],
    ]
    assert found["other_start"].tolist() == found["start"].tolist()[::-1]


def test_numbers_that_agree_are_given_on_request():
    texts = (DEAD.format("Two people were"), DEAD.format("Two men and a boy left; two people were"))
    assert ["Two", "two"] in conflicts(*texts, agreeing=True)


def test_articles_on_other_events_or_months_apart_are_not_compared():
    other = "Mice ate the cheese of the mayor. Three people were killed by a bear in Norway."
    assert conflicts(DEAD.format("Two people were"), other, alike=0.15) == []
    texts = (DEAD.format("Two people were"), DEAD.format("Three people were"))
    assert conflicts(*texts, published=[WEDNESDAY, "2023-10-04"]) == []


def test_in_whose_words_both_stand():
    texts = (
        "Two people were killed at the Dravik dam, Ann Lee said.",
        "Three people were killed at the Dravik dam.",
    )
    articles, tokens = tables(*texts)
    speech = wb.find_speech(articles, tokens)
    mentions = wb.find_mentions(articles, tokens, speech)
    quotes = wb.find_quotes(articles, tokens, mentions, speech)
    found = find_conflicts(articles, tokens, quotes=quotes, speech=speech, alike=0)
    assert found[["voice", "other_voice"]].values.tolist() == [
        ["Ann Lee", "journalist"],
        ["journalist", "Ann Lee"],
    ]


ALONE = "Police shot at marchers in Linz. A roadblock held up the only ambulance for 25 minutes."


def test_a_sentence_without_a_counterpart_is_told_alone():
    articles, tokens = tables(ALONE, "In Linz, the police shot at the marchers.")
    found = find_told_alone(articles, tokens, alike=0)
    columns = ["text", "n", "figures", "acts", "code"]
    assert found[columns].values.tolist() == [
        [ALONE[33:], 0, "25 minutes (minute)", "hold ambulance", "new"]
    ]


def test_opinions_questions_and_quotations_are_no_facts():
    texts = (
        "Is the minister to blame for the whole affair? He must surely go away now. "
        "“I saw the wild horses run over the bridge to freedom,” he said.",
        "It rained in Linz.",
    )
    articles, tokens = tables(*texts)
    told = find_told_alone(articles, tokens, alike=0)
    assert articles["doc_id"].iat[0] not in set(told["doc_id"])


def test_an_article_without_another_on_its_event_tells_nothing_alone():
    articles, tokens = tables(ALONE, "Mice ate the cheese of the mayor of a town in Norway.")
    assert find_told_alone(articles, tokens).empty


def test_what_most_articles_may_have():
    texts = (ALONE, ALONE, "In Linz, the police shot at the marchers.")
    articles, tokens = tables(ALONE, ALONE.replace("only", "one"), texts[2])
    assert find_told_alone(articles, tokens, alike=0).empty
    assert len(find_told_alone(articles, tokens, alike=0, most=1)) == 2


@pytest.mark.parametrize("find", [find_conflicts, find_told_alone])
def test_tables_that_are_none_are_refused_and_empty_ones_give_none(find):
    articles, tokens = tables("It rained.")
    with pytest.raises(SchemaError, match="not a tokens table"):
        find(articles, articles)
    assert find(articles, tokens).empty
    assert find(articles.head(0), tokens.head(0)).empty
