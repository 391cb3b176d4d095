"""What happened when: events, their dates, and the order in which an article tells them."""

import pandas as pd
import pytest
from parts import parts

import analysis as wb
from analysis.find.events import find_events
from analysis.find.when.ties import days_of

PUBLISHED = "2020-01-08"  # a Wednesday


def events(text, published=PUBLISHED):
    """The events of a text, with mentions, quotations and the day of publication."""
    articles, tokens, speech, mentions, quotes = parts(text)
    articles["published"] = published
    dates = wb.find_dates(articles, tokens, speech)
    return find_events(articles, tokens, dates, mentions, quotes, speech)


def dated(text, *columns, **options):
    """The chosen columns of each event, "" for what is missing."""
    return events(text, **options)[list(columns)].fillna("").values.tolist()


OWN = {
    "Ann Lee resigned on Monday.": ["2020-01-06", "2020-01-06"],
    "On Monday, Ann Lee resigned.": ["2020-01-06", "2020-01-06"],
    "Ann Lee resigned in 2015.": ["2015-01-01", "2015-12-31"],
    "Ann Lee resigned in March 2015.": ["2015-03-01", "2015-03-31"],
    # what is past has ended by the day of publication
    "Ann Lee resigned this week.": ["2020-01-06", "2020-01-08"],
    "Ann Lee will resign next week.": ["2020-01-13", "2020-01-19"],
    "Ann Lee lost her seat in 2015.": ["2015-01-01", "2015-12-31"],
    "Ann Lee resigned in a letter to the party on Monday.": ["2020-01-06", "2020-01-06"],
}


@pytest.mark.parametrize("text", OWN)
def test_a_date_beside_the_verb_dates_the_event(text):
    assert dated(text, "first", "last") == [OWN[text]]


BOUNDS = {
    "Ann Lee has worked there since 2015.": ["2015-01-01", PUBLISHED],
    "Ann Lee will leave by March 3, 2020.": [PUBLISHED, "2020-03-03"],
    "Ann Lee had left before March 3, 2015.": ["", "2015-03-02"],
    "Ann Lee left after March 3, 2015.": ["2015-03-03", PUBLISHED],
    "Ann Lee worked there until 2015.": ["", "2015-12-31"],
    "Ann Lee worked there from 2015 to 2017.": ["2015-01-01", "2017-12-31"],
}


@pytest.mark.parametrize("text", BOUNDS)
def test_a_date_before_or_after_which_it_was_is_one_end(text):
    assert dated(text, "first", "last") == [BOUNDS[text]]


def test_a_clause_of_the_same_time_and_a_joined_verb_share_a_date():
    assert dated("On Monday, Ann Lee resigned and left.", "text", "date", "code") == [
        ["resigned", "2020-01-06", "own"],
        ["left", "2020-01-06", "joined"],
    ]
    assert dated("On Monday, Ann Lee resigned as Kim Day arrived.", "text", "date", "code") == [
        ["resigned", "2020-01-06", "own"],
        ["arrived", "2020-01-06", "joined"],
    ]
    # who came on Monday need not have gone on that day
    assert dated("Ann Lee came on Monday and won the race.", "text", "date") == [
        ["came", "2020-01-06"],
        ["won", ""],
    ]


def test_the_sentence_before_dates_the_next_one_in_the_same_paragraph_and_tense():
    text = "Ann Lee resigned on Monday. Kim Day thanked her. She had won before."
    assert dated(text, "text", "date", "code") == [
        ["resigned", "2020-01-06", "own"],
        ["thanked", "2020-01-06", "carried"],
        ["won", "", "earlier"],
    ]
    apart = "Ann Lee resigned on Monday.¶Kim Day thanked her."
    assert dated(apart, "date", "code")[1] == ["", "past"]
    assert dated("Ann Lee resigned in 2015. Kim Day thanked her.", "date")[1] == [""]
    assert dated("Ann Lee resigned on Monday. Kim Day once beat her.", "date")[1] == [""]


def test_the_same_act_of_the_same_actor_has_the_day_that_stands_elsewhere():
    text = "Iran has punished Ann Lee.¶Iran punished Ann Lee on Monday."
    assert dated(text, "text", "date", "code") == [
        ["punished", "2020-01-06", "again"],
        ["punished", "2020-01-06", "own"],
    ]
    other = "Iran has punished Kim Day.¶Iran punished Ann Lee on Monday."
    assert dated(other, "date")[0] == [""]


def test_yesterday_in_a_quotation_is_counted_from_the_day_of_the_quotation():
    text = "Ann Lee spoke on Monday. “Kim Day left yesterday,” she said."
    found = events(text).set_index("text")
    assert found.loc["left", ["date", "voice"]].tolist() == ["2020-01-05", "Ann Lee"]
    assert found.loc["said", "date"] == "2020-01-06"


REASONS = {
    "Ann Lee resigned.": ["past", "", PUBLISHED],
    "Ann Lee has resigned.": ["perfect", "", PUBLISHED],
    "Ann Lee will resign.": ["future", PUBLISHED, ""],
    "Ann Lee may resign.": ["modal", "", ""],
    "Ann Lee was held for two years.": ["length", "", PUBLISHED],
    "Ann Lee works in Linz.": ["present", "", ""],
}


@pytest.mark.parametrize("text", REASONS)
def test_what_has_no_date_stays_with_the_reason(text):
    assert dated(text, "date", "code", "first", "last") == [["", *REASONS[text]]]


def test_what_goes_on_is_dated_by_the_day_of_publication():
    assert dated("Ann Lee is packing her bags.", "date", "code") == [[PUBLISHED, "going_on"]]
    assert dated("Ann Lee is packing her bags.", "date", published=None) == [[""]]


def test_states_are_no_events_and_participles_only_with_a_date():
    assert dated("Ann Lee is the mayor and has a dog. She believes him.", "text") == []
    assert dated("The rules issued on Monday are new.", "event", "date") == [
        ["The rules issued", "2020-01-06"]
    ]
    assert dated("The rules issued here are new.", "event") == []
    assert dated("Ann Lee became mayor in 2015.", "text", "date") == [["became", "2015"]]


def test_a_date_of_a_noun_is_not_that_of_the_verb():
    assert dated("Ann Lee praised the 2015 deal.", "date") == [[""]]
    assert dated("Monday's attack angered Ann Lee.", "date") == [[""]]
    assert dated("Ann Lee is running for 2024.", "code") != [["own"]]


def test_who_does_what_to_whom_how_surely_and_in_whose_words():
    columns = ("kind", "event", "actor", "target", "status")
    assert dated("Iran did not attack Israel on Monday.", *columns) == [
        ["event", "Iran did not attack Israel", "Iran", "Israel", "denied"]
    ]
    assert dated("Ann Lee was attacked by Iran.", *columns) == [
        ["event", "Ann Lee was attacked", "Iran", "Ann Lee", "asserted"]
    ]
    assert dated("Iran said Israel would strike in March.", *columns)[0][:2] == [
        "speech",
        "Iran said",
    ]
    assert dated("Iran works with Israel.", "kind") == [["present"]]
    assert dated("Iran, which agreed to lift sanctions, won.", "event") == [
        ["Iran agreed to lift sanctions"],
        ["Iran won"],
    ]


def test_the_order_counts_anew_in_each_article():
    articles = wb.read_texts(["Ann Lee resigned. Kim Day left.", "Ann Lee won."])
    tokens = wb.split_tokens(articles)
    found = find_events(articles, tokens, wb.find_dates(articles, tokens))
    assert found["order"].tolist() == [1, 2, 1]
    assert found[["actor", "voice"]].isna().all(axis=None)


def test_every_code_is_explained():
    codes = set(wb.schema.CODES["events"])
    told = [*OWN, *BOUNDS, *REASONS]
    assert {row for text in told for row in events(text)["code"]} <= codes


def test_days_of_a_value():
    assert [str(day) for day in days_of("2020-02")] == ["2020-02-01", "2020-02-29"]
    assert days_of("../2020-02-01")[0] is None
    assert days_of("P2Y") == days_of(None) == (None, None)


def timeline(*days, kind="event", status="asserted"):
    """Events with these first and last days, in the order of the telling."""
    rows = []
    for order, day in enumerate(days, start=1):
        first, _, last = (day or "").partition("/")
        row = {"doc_id": "a", "sentence_id": order, "paragraph_id": 1, "start": order}
        row |= {"end": order + 1, "text": "x", "order": order, "kind": kind, "event": f"e{order}"}
        ends = [None if end in ("", "..") else end for end in (first, last or first)]
        row |= {"lemma": "x", "date": day, "first": ends[0], "last": ends[1]}
        rows.append(row | {"status": status, "code": "own", "rule": "r"})
    return wb.schema.table(rows, "events")


def described(table, *columns):
    return wb.describe_timeline(table)[list(columns)].iloc[0].tolist()


def test_pairs_of_which_one_was_over_before_the_other_are_in_order_or_not():
    days = ("2020-01-03", "2020-01-01", "2020-01-02", "2020-01-01/2020-01-05", None)
    found = timeline(*days)
    assert described(found, "n", "dated", "pairs", "in_order") == [5, 4, 3, 1]
    assert described(found, "jumps_back", "jumps_ahead", "first_told") == [1, 1, 2]
    assert described(found, "first", "last") == ["2020-01-01", "2020-01-05"]


def test_of_few_dated_events_there_is_no_share():
    assert pd.isna(described(timeline("2020-01-01", "2020-01-02"), "share")[0])
    rising = timeline(*(f"2020-01-0{day}" for day in range(1, 6)))
    assert described(rising, "share", "jumps_back") == [1.0, 0]
    # Told the other way round; rows in another order are the same telling.
    falling = timeline(*(f"2020-01-0{day}" for day in range(5, 0, -1)))
    assert described(falling, "share") == [0.0]
    assert described(rising.iloc[::-1], "share") == [1.0]


def test_what_is_denied_or_said_is_no_point_of_a_timeline():
    assert len(wb.select_dated(timeline("2020-01-01", status="denied"))) == 0
    assert len(wb.select_dated(timeline("2020-01-01", kind="speech"))) == 0
    assert len(wb.select_dated(timeline("2020-01-01", kind="speech"), kinds="speech")) == 1
    assert len(wb.select_dated(timeline("2020-01-01", None, "../2020-01-02"))) == 1
