"""What is said of an answer: useful, never the solution, whatever was typed."""

import json
import re
import time

import numpy as np
import pandas as pd
import pytest

import analysis as wb
from analysis.lexicons import read_lexicon, resource
from analysis.measure.solutions import COMPUTED, compute_answer
from analysis.show import checks
from analysis.show.judging import JUDGES, judge, list_parts, list_right

ANSWERS = read_lexicon("workshop/answers")
WRONG = read_lexicon("workshop/wrong_answers")
MADE_UP = [
    ("lesson-9.1", "number", "12", "no", "2", "", "", ""),
    ("lesson-9.2", "number", "0.25", "no", "", "", "", ""),
    ("lesson-9.3", "choice", "b", "no", "", "Well read.", "", "Read on."),
    ("lesson-9.4", "name", "Qassem Soleimani | U.S. officials", "no", "", "", "", ""),
    ("lesson-9.5", "names", "Ann Miller; Bob Hall; Iran", "no", "1", "", "", ""),
    ("lesson-9.6", "words", "threat", "no", "", "", "", ""),
    ("lesson-9.7", "open", "", "no", "4", "", "", ""),
    ("lesson-9.8", "name", "=most mentioned actor", "no", "", "", "", ""),
    ("lesson-9.9", "name", "Ann Miller", "yes", "", "", "", ""),
]
MADE_UP_WRONG = [
    ("lesson-9.1", "> 100", "Sentences, not words."),
    ("lesson-9.1", "11", "Did you count the heading?"),
    ("lesson-9.5", "Linz", "A place is no person."),
    ("lesson-9.7", "/biased/", "By which words?"),
]


@pytest.fixture
def made_up(monkeypatch):
    """Exercises of this test in the place of the lessons'."""
    tables = {
        "workshop/answers": pd.DataFrame(MADE_UP, columns=ANSWERS.columns),
        "workshop/wrong_answers": pd.DataFrame(MADE_UP_WRONG, columns=WRONG.columns),
    }
    monkeypatch.setattr(checks, "read_lexicon", tables.__getitem__)
    return wb.read_texts("Ann Miller met Bob Hall. Ann Miller left Linz.")


def test_percent_is_one_share_for_each_of_the_numbers_that_are_right():
    assert judge("number", "12 %", "0.5 | 0.12") == ("right", "")
    assert judge("number", "50 %", "0.5 | 0.12") == ("right", "")


def say(exercise, answer, articles=None):
    return repr(wb.check(exercise, answer, articles))


EMPTY = [None, "", "  ", ..., "...", "…", "your answer", "Your answer!", float("nan"), pd.NA, []]
EMPTY += [[None], "None", np.nan, pd.NaT, pd.Series([], dtype=object), [""]]


@pytest.mark.parametrize("answer", EMPTY, ids=repr)
def test_no_answer_yet_is_told_where_it_comes(answer):
    assert say("lesson-1.2", answer).startswith("○ Not answered yet. Put your answer in the place")


RIGHT = [
    ("9.1", [12, 12.0, "12", "12 sentences", "about 12", "twelve", np.int64(12), [12]]),
    ("9.1", [pd.Series([12]), pd.DataFrame({"n": [12]}), np.array([12]), (12,), "“12”"]),
    ("9.2", [0.25, "0.25", "0,25", "25 %", "25 percent", 0.2500001, 0.3, np.float32(0.25)]),
    ("9.3", ["b", "B", " b) ", "(b)", "b.", "b: because", ["b"]]),
    ("9.4", ["Qassem Soleimani", "qassem  soleimani", "Soleimani", "General Soleimani"]),
    ("9.4", ["“Qassém Soleimani”", "Soleimani.", "the U.S. officials", ["Soleimani"]]),
    (
        "9.5",
        [
            ["Ann Miller", "Bob Hall", "Iran"],
            "Iran, Miller and Bob Hall",
            {"Hall", "Iran", "Miller"},
        ],
    ),
    (
        "9.5",
        [pd.Series(["Iran", "Bob Hall", "Ann Miller"]), "Miller; Hall; Islamic Republic of Iran"],
    ),
    ("9.3", ["answer b", "Headline b", "b only the two words", "My answer is b", "B!", "(b) so"]),
    ("9.4", ["Soleimani's", "Soleimani’s", "Qassem Soleimani, 110", "Soleimani (110)"]),
    ("9.4", ["Soleimani: 110 words", "Qassem Soleimani, the general", "Soleimani 110"]),
    ("9.6", ["threat", "Threat", "“threat”", ["threat"]]),
    ("9.8", ["Ann Miller", "Miller"]),
]


@pytest.mark.parametrize("exercise, answers", RIGHT, ids=[row[0] for row in RIGHT])
def test_what_is_right_is_right_however_it_was_typed(made_up, exercise, answers):
    for answer in answers:
        assert say(exercise, answer, made_up).startswith("✓ Right."), answer


SAID = [
    ("9.1", 13, "≈ Nearly. You are close: look once more."),
    ("9.1", "11", "≈ Nearly. Did you count the heading?"),
    ("9.1", 333, "✗ Not yet. Sentences, not words."),
    ("9.1", 5, "✗ Not yet. Look again, and compare with a neighbour."),
    ("9.1", float("inf"), "✗ Not yet. Sentences, not words."),
    ("9.1", 10**400, "✗ Not yet. Sentences, not words."),
    ("9.1", "many", "✗ Not yet. A number is asked for; you gave a text: “many”. Type"),
    ("9.1", "3 or 4", "✗ Not yet. A number is asked for; you gave a text: “3 or 4”."),
    ("9.1", True, "✗ Not yet. A number is asked for; you gave a yes or no. Type"),
    ("9.1", [1, 2], "✗ Not yet. A number is asked for; you gave a list of 2."),
    ("9.1", len, "✗ Not yet. A number is asked for; you gave a function (are its"),
    ("9.1", pd.DataFrame({"a": [1], "b": 2}), "✗ Not yet. A number is asked for; you gave a tab"),
    ("9.2", 25, "≈ Nearly. You are close: look once more. Is a share asked for, or percent?"),
    ("9.3", "a", "✗ Not yet. Read on."),
    ("9.3", "b", "✓ Right. Well read."),
    ("9.3", 2, "✗ Not yet. A letter in quotation marks is asked for; you gave a number: “2”."),
    ("9.4", "Qasem Soleimanni", "≈ Nearly. You are close: look once more. Is it the whole"),
    ("9.4", "Qassem", "≈ Nearly."),
    ("9.4", "Raisi", "✗ Not yet."),
    ("9.4", 7, "✗ Not yet. A name in quotation marks is asked for; you gave a number: “7”."),
    ("9.4", ["Raisi", "Soleimani"], "✗ Not yet. A name in quotation marks is asked for; you gave"),
    ("9.5", ["Hall", "Iran"], "≈ Nearly. You are close: look once more. (1 missing.)"),
    ("9.5", ["Hall", "Iran", "Miller", "Raisi"], "≈ Nearly. You are close: look once more. (1 too"),
    ("9.5", "Iran", "✗ Not yet. Look again, and compare with a neighbour. (2 missing.)"),
    ("9.5", ["Hall", "Iran", "Miller", "Linz"], "≈ Nearly. A place is no person."),
    ("9.7", "Too short.", "≈ Nearly. Say it in a whole sentence."),
    ("9.7", "I think it is biased.", "≈ Look again. By which words?"),
    ("9.7", "It quotes one side only.", "✓ Noted. Now compare with a neighbour."),
    ("9.1", "18 and 22", "✗ Not yet. A number is asked for; you gave a text: “18 and 22”. How"),
    ("9.1", "39-40", "✗ Not yet. A number is asked for; you gave a text: “39-40”. How many is"),
    ("9.1", "42 of 100", "✗ Not yet. A number is asked for; you gave a text: “42 of 100”. How"),
    ("9.1", [6, 2, 4], "✗ Not yet. A number is asked for; you gave a list of 3. One"),
    ("9.1", 12.4, "≈ Nearly."),
    ("9.1", "14.2", "✗ Not yet."),
    ("9.3", "a or b", "✗ Not yet. A letter in quotation marks is asked for; you gave a text"),
    ("9.5", ["Hal Miler", "Hall", "Iran"], "✗ Not yet."),
    ("9.5", ["Ann Miler", "Hall", "Iran"], "≈ Nearly. Is each one whole, and spelt right?"),
    ("9.5", ["Ann Miler", "Bob Hal", "Irann"], "≈ Nearly. Is each one whole, and spelt right?"),
    ("9.5", ["Ann Miler", "Hall"], "≈ Nearly. You are close: look once more. (1 missing.) Is each"),
    ("9.5", "Ann Miller Bob Hall Iran", "✗ Not yet. A list of names is asked for; you gave a text"),
    ("9.7", 5, "✗ Not yet. A text in quotation marks is asked for; you gave a number: “5”."),
    ("9.7", "one; two", "≈ Nearly. Say it in a whole sentence."),
    ("9.7", "one; two;three\nfour", "✓ Noted."),
    ("6.7", "x", "○ Not checked. There is no exercise “6.7”. The check cell of the lesson has"),
    ("9.9", "Ann Miller", "○ Not checked. This answer is tied to the article that comes along"),
    ("9.99", "x", "○ Not checked. There is no exercise “9.99”. Did you mean “lesson-9.9”?"),
    ("lesson-9.10", "x", "○ Not checked. There is no exercise “lesson-9.10”. Did"),
    ("words", "x", "○ Not checked. There is no exercise “words”. The check cell"),
]  # fmt: skip


@pytest.mark.parametrize("exercise, answer, said", SAID, ids=[f"{each[:2]}"[:30] for each in SAID])
def test_every_other_answer_gets_a_sentence_that_helps(made_up, exercise, answer, said):
    assert say(exercise, answer, made_up).startswith(said)


@pytest.mark.parametrize("name", ["lesson-9.1", "Lesson 9.1", "lesson_9_1", "9.1", 9.1])
def test_an_exercise_is_known_however_its_name_is_typed(made_up, name):
    assert say(name, 12).startswith("✓")


def test_an_answer_is_never_markup(made_up):
    shown = wb.check("9.1", "<img src=x onerror=alert()> [x](#find/a)", made_up)
    assert "<img" not in shown.data and "&lt;img" in shown.data and "<a" not in shown.data
    assert "<img" not in shown._repr_mimebundle_()["application/vnd.workbook.still+json"]["html"]


class Hostile:
    """An answer that cannot even be printed."""

    def __str__(self):
        raise RuntimeError("no")

    __repr__ = __eq__ = __hash__ = __bool__ = __str__


@pytest.mark.parametrize("exercise", [row[0] for row in MADE_UP])
@pytest.mark.parametrize("answer", [Hostile(), [Hostile()], {1: 2}, b"x", 1j, "\ud800", "(" * 500])
def test_no_answer_raises_an_error(made_up, exercise, answer):
    assert say(exercise, answer, made_up)


@pytest.mark.parametrize("articles", ["text", 3, pd.DataFrame({"a": [1]}), pd.DataFrame()], ids=str)
def test_what_is_no_table_of_articles_is_said(made_up, articles):
    assert say("9.8", "x", articles).startswith("○ Not checked. In the third place stands")


@pytest.mark.parametrize("text", ["", "It rained."])
def test_where_an_article_has_no_such_thing_it_is_said(made_up, text):
    articles = wb.read_texts([text, "It rained in Linz."]).head(1)
    assert say("9.8", "x", articles).startswith("○ Not checked. There is no such thing in this")


def test_an_article_is_worked_out_once_and_the_callers_table_stays(made_up):
    before = made_up.copy()
    say("9.8", "x", made_up)
    begun = time.perf_counter()
    assert say("9.8", "Miller", made_up.copy()).startswith("✓")
    assert time.perf_counter() - begun < 0.5
    pd.testing.assert_frame_equal(made_up, before)


def test_names_typed_without_commas_are_told_how(made_up):
    said = 'Put commas between, as in ["one", "other"].'
    assert said in say("9.5", "Ann Miller Bob Hall Iran", made_up).replace("`", "")
    assert said in say("9.5", ["Ann MillerBob Hall"], made_up).replace("`", "")


# The data of the lessons.


def test_what_lies_between_the_dot_and_its_label_is_right():
    for answer in (39, "39 %", 39.2, 39.47, 39.5, 40, "40 percent"):
        assert say("6.2", answer).startswith("✓"), answer
    for answer in (38.9, 38, 40.5, 41):
        assert say("6.2", answer).startswith("≈"), answer
    for answer in (37, 42, 68, 0.2):
        assert say("6.2", answer).startswith("✗"), answer


@pytest.mark.parametrize(
    "exercise, answer, said",
    [
        ("2.4", 9.5, "≈ Nearly: count"),
        ("3.2", "19.4", "✗"),
        ("2.7", "terrorist; murderer; grave", "✓"),
        ("2.7", "terrorist\nmurderer\ngrave", "✓"),
        ("2.7", "“terrorist”, “murderer”, “grave”", "✓"),
        ("4.3", "c only the two words", "✓"),
        ("4.4", [60, 62, 16, 7], "✗ Not yet. A number is asked for; you gave a list of 4. One num"),
        ("4.5", "Threatened Raisi yesterday.", "✓"),
        ("6.7", "Iran has 9 passages in this article.", "≈ Nearly. Write a longer text"),
        ("1.4", "Trump’s", "✓"),
        ("4.2", "Jake Sullivan, 110", "✓"),
        ("9.9", 1, "○ Not checked. There is no exercise “9.9”. The check cell"),
    ],
)
def test_answers_of_a_class_are_told_what_helps(exercise, answer, said):
    assert say(exercise, answer).startswith(said)


def find_cell(lesson, start):
    """What stands in the cell of a lesson that holds a text."""
    path = resource("notebooks") / "workshop" / f"{lesson}.ipynb"
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return next(text for text in map("".join, (c["source"] for c in cells)) if start in text)


@pytest.mark.parametrize(
    "answer, words",
    [
        ("terrorist; murderer; grave", 3),
        ("“terrorist”, “murderer”", 2),
        ('"terrorist", "murderer"', 2),
        ("terrorist\nmurderer\r\ngrave", 3),
        ("terrorist, , grave,", 2),
        (["terrorist", "grave, murder*"], 3),
        (7, 1),
        (None, 1),
        (" , ", 0),
    ],
)
def test_a_list_of_ones_own_is_split_however_it_was_typed(seeds, answer, words):
    names = {"wb": wb, "answer_2_7": answer, "tokens": seeds.tokens}
    speech = wb.find_speech(seeds.articles, seeds.tokens)
    mentions = wb.find_mentions(seeds.articles, seeds.tokens, speech)
    quotes = wb.find_quotes(seeds.articles, seeds.tokens, mentions, speech)
    names |= {"quotes": quotes, "speech": speech}
    source = find_cell("2-words", "answer_2_7 if").rpartition("\n")
    exec(source[0], names)
    assert len(names["patterns"]) == words
    drawn = eval(source[2], names)
    assert ("None of your words was found" in drawn.data) == (answer in (7, " , "))


@pytest.mark.parametrize("answer", ["USA", "US", "u.s.", "America", "the United States"])
def test_a_correction_has_the_name_of_the_chart(tmp_path, answer):
    pronouns = pd.DataFrame(
        [[1, "its", 1, 4, "Iran"]], columns=["sentence_id", "text", "start", "end", "actor"]
    )
    names = {"wb": wb, "answer_3_6": answer, "story": tmp_path / "a.txt", "pronouns": pronouns}
    exec(find_cell("3-actors", "to=names"), names)
    assert names["line"]["to"].tolist() == ["United States"]


def test_the_exercises_of_the_lessons_are_in_order_and_each_can_be_judged():
    numbers = [tuple(map(int, re.findall(r"\d+", name))) for name in ANSWERS["exercise"]]
    assert numbers == sorted(set(numbers))
    assert set(ANSWERS["kind"]) <= set(JUDGES) and set(ANSWERS["tied"]) <= {"yes", "no"}
    assert ((ANSWERS["expected"] == "") == (ANSWERS["kind"] == "open")).all()
    computed = ANSWERS.loc[ANSWERS["expected"].str.startswith("="), "expected"].str[1:]
    assert set(computed) <= set(COMPUTED)
    assert set(WRONG["exercise"]) <= set(ANSWERS["exercise"])
    assert (WRONG["hint"].str.strip() != "").all()


def right_of(row, articles):
    if row.expected.startswith("="):
        return compute_answer(row.expected[1:], articles)
    return row.expected


def words_of(kind, expected):
    """What no hint may contain: patterns."""
    if kind == "choice":
        return [
            rf"[“\"(']{re.escape(each)}[”\"')]|\b{re.escape(each)}\)"
            for each in list_right(expected)
        ]
    values = [each for parts in list_parts(expected) for each in parts]
    if kind in ("name", "names"):
        values += [each.split()[-1] for each in values]
    return [rf"(?<!\w){re.escape(value)}(?!\w)" for value in values]


@pytest.mark.parametrize("row", list(ANSWERS.itertuples()), ids=ANSWERS["exercise"])
def test_no_hint_says_what_is_right(seeds, row):
    hints = [row.says_near, row.says_else, *WRONG.loc[WRONG["exercise"] == row.exercise, "hint"]]
    if row.kind == "open":
        return
    for pattern in words_of(row.kind, right_of(row, seeds.articles)):
        for hint in hints:
            assert not re.search(pattern, hint, re.IGNORECASE), (pattern, hint)


@pytest.mark.parametrize(
    "row", list(WRONG.itertuples()), ids=WRONG["exercise"] + " " + WRONG["answer"]
)
def test_a_typical_wrong_answer_gets_its_hint(seeds, row):
    known = ANSWERS.set_index("exercise").loc[row.exercise]
    if row.answer.startswith(("/", "<", ">")):
        re.compile(row.answer.strip("/"))
        return
    value = row.answer
    if value.startswith("="):
        value = compute_answer(value[1:], seeds.articles)
        value = value[0] if isinstance(value, tuple) else value
    assert judge(known["kind"], value, right_of(known, seeds.articles), known["near"])[0] != "right"
    assert row.hint in say(row.exercise, value, seeds.articles)
