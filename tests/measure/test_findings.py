"""The findings that a report begins with: each with its numbers, their passages and a limit."""

import re

import pytest

import analysis as wb
from benchmarks.chain import find_tables


def findings(text, *, links=False, coded=None):
    found = find_tables(wb.read_texts(text), "lexicon")
    tokens, mentions = found["tokens"], found["mentions"]
    voices = wb.count_voices(found["quotes"], found["speech"], mentions, coded=coded)
    lines = wb.describe_findings(
        tokens, mentions, voices, found["actions"], found["stance"], links=links
    )
    found = re.findall(r"\*\*(.+?)\.\*\* (.+) \((.+)\.\)", lines)
    assert len(found) == lines.count("\n") + 1 == 4
    return {what: (said, limit) for what, said, limit in found}


def test_each_finding_has_its_numbers_and_its_limit():
    found = findings(
        "Joe Biden met Mike Pompeo. “Vladimir Putin attacked Mike Pompeo,” Joe Biden said. "
        "Vladimir Putin is said to be ill.\n\nIt was late.\n\n“It will rain all day.”"
    )
    assert found["Who is in it"] == (
        "Joe Biden, Mike Pompeo and Vladimir Putin are mentioned most often "
        "(2 of 6 mentions each).",
        "Of 100 mentions counted, 88 are right",
    )
    assert found["Who speaks"][0] == (
        "It carries the words of 1 speaker in 2 quotations (1 of them without a named speaker); "
        "Joe Biden takes up most room, 5 of 10 words in quotation marks."
    )
    assert found["What it states as fact"] == (
        "1 act of one actor towards another: Joe Biden met Mike Pompeo; 1 more is alleged, denied, "
        "hypothetical, planned or asked for, or told in somebody else's words.",
        "What the grammar says outright: not all that happens",
    )
    assert found["In what light they stand"][0] == (
        "3 of 6 mentions stand in a negative light, of nobody often enough to say more."
    )


@pytest.mark.parametrize(
    "text, what, said",
    [
        ("It rained.", "Who is in it", "No person, organisation or state is named in it."),
        ("It rained.", "Who speaks", "Nobody is quoted."),
        ("It rained.", "What it states as fact", "No act of one actor towards another."),
        ("It rained.", "In what light they stand", "0 of 0 mentions stand in a negative light."),
        (
            "“The road is closed for good.”",
            "Who speaks",
            "It carries 1 quotation, and names no speaker.",
        ),
    ],
)
def test_where_there_is_nothing_the_finding_says_so(text, what, said):
    assert findings(text)[what][0] == said


def test_who_has_most_room_is_claimed_only_where_intervals_allow_it():
    near = (
        "“It will rain in the city of Linz all day,” Joe Biden said. "
        "“It will snow in Vienna all day,” Mike Pompeo said."
    )
    said = findings(near)["Who speaks"][0]
    assert said.endswith("Joe Biden takes up most room, 10 of 17 words in quotation marks.")
    said = findings(near, coded="borrowed")["Who speaks"][0]
    assert said.endswith(
        "Joe Biden has most by this count, 10 of 17 words in quotation marks, but the order may be "
        "chance."
    )
    far = near + " “I know that, and I said it to all of you again and again,” Biden said." * 9
    said = findings(far, coded="borrowed")["Who speaks"][0]
    assert "Joe Biden takes up most room" in said


def test_every_number_leads_to_its_passages():
    found = findings("Joe Biden met Mike Pompeo. “I am glad,” Biden said.", links=True)
    for what in ("Who is in it", "Who speaks", "What it states as fact"):
        assert re.search(r"\[\d+[^\]]*\]\(#find/", found[what][0]), what
