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
