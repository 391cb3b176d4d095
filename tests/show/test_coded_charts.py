"""Charts of corrected figures and of how many items to code."""

import numpy as np
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
    assert title(chart).endswith("; as corrected, the order may be chance")
    assert {7.5, 5.0} <= {row.get("corrected") for row in values(chart)}
    sure = wb.draw_actors(actors.assign(low=[7.0, 4.0]))
    assert "may be chance" not in title(sure)
