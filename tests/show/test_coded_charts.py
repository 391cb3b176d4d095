"""Charts of corrected figures and of how many items to code."""

import numpy as np
import pandas as pd
import pytest

import analysis as wb
from analysis.errors import SchemaError
from analysis.schema import table

NAN = float("nan")
STANCE = table(
    [
        ("Ann", "person", 20, 9, 12, 6, 2, 0, 0.6, 0.4, 0.2, 0.55, 12, "coded here"),
        ("Bob", "person", 10, 8, 2, 6, 2, 0, 0.2, 0.25, 0.1, 0.5, 6, "coded here"),
        ("Cem", "person", 4, 4, 1, 3, 0, 0, NAN, NAN, 0.0, 0.9, 1, "borrowed from public data"),
    ],
    "stance_counts_coded",
)
ACTORS = table([("Ann", "person", 9, 0.9, 9.0, 7.5, 5.0, 8.5, 30, "coded here")], "actors_coded")
PRECISION = table(
    [(10, 0.4, 0.5, True), (20, 0.25, 0.3, True), (40, 0.1, 0.15, False)], "precision"
)


def title(chart):
    text = chart.to_dict()["title"]["text"]
    return text if isinstance(text, str) else " ".join(text)


def values(chart):
    return [row for rows in chart.to_dict()["datasets"].values() for row in rows]


def test_a_machine_that_lies_outside_the_interval_is_the_finding():
    chart = wb.draw_corrected(STANCE)
    assert title(chart) == "The machine’s figure lies outside what the coded items allow: Ann"
    shown = {row["actor"]: row for row in values(chart)}
    assert [round(shown["Ann"][each]) for each in ("machine", "corrected", "low", "high")] == [
        60, 40, 20, 55,
    ]  # fmt: skip
    assert shown["Cem"]["corrected"] is None and shown["Cem"]["machine"] == 25


def test_numbers_of_mentions_are_drawn_as_numbers():
    (row,) = values(wb.draw_corrected(ACTORS))
    assert (row["machine"], row["corrected"]) == (9, 7.5)


@pytest.mark.parametrize(
    "rows, finding",
    [
        (STANCE[1:2], "No figure of the machine lies outside what the coded items allow"),
        (STANCE[2:], "Too little is coded here: intervals are borrowed from public data"),
        (STANCE[:0], "Nothing is coded yet: see sample_rows and write_codings"),
        (STANCE.assign(low=np.nan), "Nothing is coded yet: see sample_rows and write_codings"),
    ],
)
def test_what_the_coded_items_allow_is_said(rows, finding):
    assert finding in str(wb.draw_corrected(rows).to_dict())


def test_figures_that_are_not_corrected_are_refused():
    plain = STANCE.drop(columns=["corrected"])
    with pytest.raises(SchemaError, match="Count with them"):
        wb.draw_corrected(plain)


def test_the_width_now_and_with_twice_as_many_is_the_finding():
    chart = wb.draw_precision(PRECISION)
    assert title(chart) == (
        "With 20 items coded the interval is 25 points wide, with 40 it would be 10"
    )
    assert {row["by"] for row in values(chart)} == {"corrected", "coded items alone"}
    assert title(wb.draw_precision(PRECISION[:2])) == (
        "With 20 items coded the interval is 25 points wide"
    )
    assert "Nothing is coded yet" in str(wb.draw_precision(PRECISION[:0]).to_dict())


def test_the_chart_of_the_tone_shows_the_corrected_share_and_claims_no_more_than_its_interval():
    assert title(wb.draw_stance(STANCE)) == (
        "Ann: as corrected, 40 % in a negative light (20 to 55); the order of actors may be chance"
    )
    apart = STANCE.assign(low=[0.3, 0.05, 0.0], high=[0.55, 0.25, 0.9])
    assert title(wb.draw_stance(apart)).endswith("(30 to 55), most of all")
    shown = str(wb.draw_stance(apart).to_dict())
    assert "ring: the machine" in shown and "share in a negative light as corrected" in shown
    one = STANCE.assign(basis_of_interval=["coded here", *["borrowed from public data"] * 2])
    assert title(wb.draw_stance(one)).endswith("; of nobody else is enough coded")
    assert "too few of these are coded to say" in str(wb.draw_stance(one).to_dict())
    none = STANCE.assign(basis_of_interval="borrowed from public data")
    assert title(wb.draw_stance(none)).startswith("Too few mentions of any actor are coded")


def test_the_chart_of_actors_shows_corrected_numbers_and_doubts_an_order_that_they_leave_open():
    rows = [
        ("Ann", "person", 9, 0.6, 9.0, 7.5, 5.0, 8.5, 30, "coded here"),
        ("Bob", "person", 6, 0.4, 6.0, 5.0, 4.0, 6.0, 30, "coded here"),
    ]
    actors = table(rows, "actors_coded")
    chart = wb.draw_actors(actors)
    assert title(chart) == "Ann: as corrected, 8 mentions (5 to 8); the order may be chance"
    assert {7.5, 5.0} <= {row.get("corrected") for row in values(chart)}
    sure = wb.draw_actors(actors.assign(low=[7.0, 4.0]))
    assert title(sure) == "Ann: as corrected, 8 mentions (7 to 8), most of all"
    assert "grey line" not in str(sure.to_dict())


def test_borrowed_intervals_are_grey_lines_without_a_dot_and_the_title_says_whence():
    rows = [
        ("Ann", "person", 9, 0.6, 9.0, NAN, 6.0, 12.0, 0, "borrowed from public data"),
        ("Bob", "person", 3, 0.2, 3.0, NAN, 1.0, 5.0, 0, "borrowed from public data"),
    ]
    chart = wb.draw_actors(table(rows, "actors_coded"))
    assert title(chart) == "Ann: 9 mentions, 6 to 12 by errors on public data, most of all"
    drawn = str(chart.to_dict())
    assert "grey line: where it may lie" in drawn and "as corrected by what" not in drawn
    unknown = wb.draw_actors(table(rows, "actors_coded").assign(low=NAN, high=NAN))
    assert title(unknown).startswith("Ann is mentioned most often: 9 of 12")


def make_voices(**columns):
    """Two speakers with 60 and 40 of 100 quoted words."""
    rows = [
        ("Ann", "person", 4, 60, 0, 0.6, 20, 1, 5, 0.55, 0.5, 0.7, 20, "coded here"),
        ("Bob", "person", 3, 40, 5, 0.4, 20, 2, 4, 0.4, 0.3, 0.45, 20, "coded here"),
    ]
    return table(rows, "voices_coded").assign(**columns)


def test_the_chart_of_voices_shows_the_words_as_corrected_and_claims_what_their_intervals_allow():
    chart = wb.draw_voices(make_voices())
    assert title(chart) == "Ann: as corrected, 55 % of quoted words (50 to 70), most of all"
    intervals = [row for row in values(chart) if "low" in row and "words" not in row]
    (ann,) = [row for row in intervals if row["speaker"] == "Ann"]
    assert [round(ann[each]) for each in ("corrected", "low", "high")] == [55, 50, 70]
    open_order = wb.draw_voices(make_voices(high=[0.7, 0.55]))
    assert title(open_order).endswith("(50 to 70); the order may be chance")
    borrowed = make_voices(corrected=NAN, basis_of_interval="borrowed from public data")
    said = title(wb.draw_voices(borrowed))
    assert said == "Ann: 60 % of quoted words, 50 to 70 by errors on public data, most of all"
    nothing = make_voices(corrected=NAN, low=NAN, high=NAN, basis_of_interval=None)
    assert title(wb.draw_voices(nothing)) == "Ann speaks longest: 60 of 100 quoted words"


def make_compared(**columns):
    """One actor in two outlets: share of negative mentions as corrected."""
    numbers = {
        "n": [12, 6], "base": [30, 30], "articles": [4, 4], "rate": [0.4, 0.2],
        "corrected": [0.5, 0.2], "low": [0.4, 0.1], "high": [0.6, 0.3],
        "unit": "share of the item", "n_others": [6, 12], "base_others": 30,
        "rate_others": [0.2, 0.4], "corrected_others": [0.2, 0.5], "difference": [0.3, -0.3],
        "difference_low": [0.1, -0.5], "difference_high": [0.5, -0.1], "n_coded": 15,
        "basis_of_interval": "coded here", "comparisons": 0, "holds": False,
    }  # fmt: skip
    names = {"actor": "Ann", "outlet": ["Echo", "Globe"]}
    columns_of = wb.schema.columns("comparison_coded")
    return pd.DataFrame({**names, **numbers, **columns}).reindex(
        columns=["actor", "outlet", *columns_of]
    )


def test_compared_groups_show_corrected_rates_and_what_is_known_of_these_articles():
    chart = wb.draw_comparison(make_compared(), "stance_counts", column="n_negative")
    assert title(chart).startswith("In these articles, as corrected, more than elsewhere: Ann in")
    assert {row["said"] for row in values(chart)} == {"50 %", "20 %"}
    few = make_compared(corrected=[0.5, NAN], difference=NAN)
    chart = wb.draw_comparison(few, "stance_counts", column="n_negative")
    assert title(chart) == "Too few of each group are coded to compare them"
    assert {row["said"] for row in values(chart)} == {"50 %", "–"}
    same = make_compared(difference_low=[-0.1, -0.5])
    chart = wb.draw_comparison(same, "stance_counts", column="n_negative")
    assert "no group is known to have more" in title(chart)


def test_whom_coders_never_mean_is_said_and_no_order_with_it():
    rows = [("Ann", "person", 2, 1.0, NAN, 0.0, 0.0, 0.0, 2, "coded here")]
    said = title(wb.draw_actors(table(rows, "actors_coded")))
    assert said == "As corrected, none of those whom the machine finds is meant"


def test_reporting_verbs_are_drawn_as_corrected():
    articles = wb.read_texts("“We left,” Joe Biden said. “It was late,” Biden said.")
    tokens = wb.split_tokens(articles)
    quotes = wb.find_quotes(articles, tokens, wb.find_mentions(articles, tokens))
    sample = wb.sample_rows(quotes, wb.split_sentences(articles), 9)
    rows = sample.assign(coder="anna", answer="Joe Biden", note=None)
    codings = table(rows[wb.schema.columns("codings")], "codings")
    chart = wb.draw_corrected(wb.count_cues(quotes, coded=codings))
    (row,) = values(chart)
    assert (row["speaker"], row["machine"], row["corrected"]) == ("Joe Biden: say", 2, 2)
    assert "whom only coders name is not shown" in str(chart.to_dict()["title"]["subtitle"])
