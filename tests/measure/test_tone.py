"""The tone of sentences, and its words and rules: what is shown adds up to VADER's score."""

import math
import re

import pytest
from hypothesis import given, settings, strategies as st

import analysis as wb
from analysis.measure.tone.vader import label_of


def sentences(text):
    return wb.split_sentences(wb.read_texts(text))


def tone_words(text):
    return wb.score_tone_words(sentences(text)).round({"score": 4})


def sums(found, scored):
    """What VADER's compound score is of the sums of the scores of tone words."""
    totals = (
        found.groupby("sentence_id")["score"].sum().reindex(scored["sentence_id"], fill_value=0)
    )
    return [round(total / math.sqrt(total**2 + 15), 4) for total in totals]


LABELS = {
    -1: "negative",
    -0.05: "negative",
    -0.0499: "neutral",
    0: "neutral",
    0.0499: "neutral",
    0.05: "positive",
    1: "positive",
}


def test_a_score_is_neutral_only_between_the_thresholds_of_vaders_authors():
    assert {compound: label_of(compound) for compound in LABELS} == LABELS


def test_a_sentence_has_its_scores_and_a_paragraph_the_means_of_its_sentences():
    split = sentences("A grave threat.\n\nIt rained. They agree.")
    assert wb.score_sentiment(split).drop(columns="doc_id").values.tolist() == [
        [1, 1, 0, 15, "A grave threat.", 1.0, 0.0, 0.0, -0.7184, "negative"],
        [2, 2, 17, 27, "It rained.", 0.0, 1.0, 0.0, 0.0, "neutral"],
        [3, 2, 28, 39, "They agree.", 0.0, 0.286, 0.714, 0.3612, "positive"],
    ]
    assert wb.score_sentiment(split, by="paragraph").drop(columns="doc_id").values.tolist() == [
        [1, 0, 15, 1, 1.0, 0.0, 0.0, -0.7184, "negative"],
        [2, 17, 39, 2, 0.0, 0.643, 0.357, 0.1806, "positive"],
    ]
    with pytest.raises(ValueError, match="by='article': choose 'sentence' or 'paragraph'"):
        wb.score_sentiment(split, by="article")


RULES = {  # text: (word, valence, score, rule) of each row
    "A threat. It rained!": [("threat", -2.4, -2.4, "lexicon")],
    "It is not a threat.": [("threat", -2.4, 1.776, "lexicon; negation (not)")],
    "He didn’t win.": [("win", 2.8, -2.072, "lexicon; negation (didn't)")],
    "It is very good.": [("good", 1.9, 2.193, "lexicon; intensifier (very)")],
    "It is VERY good.": [("good", 1.9, 2.926, "lexicon; intensifier (VERY)")],
    "It is hardly good.": [("good", 1.9, 1.607, "lexicon; downtoner (hardly)")],
    "It is sort of good.": [("good", 1.9, 1.607, "lexicon; downtoner (sort of)")],
    "It is not very good.": [("good", 1.9, -1.6228, "lexicon; intensifier (very); negation (not)")],
    "A GRAVE threat.": [
        ("GRAVE", -1.6, -2.333, "lexicon; capitals"),
        ("threat", -2.4, -2.4, "lexicon"),
    ],
    "A GRAVE THREAT": [("GRAVE", -1.6, -1.6, "lexicon"), ("THREAT", -2.4, -2.4, "lexicon")],
    "Good but bad.": [
        ("Good", 1.9, 0.95, "lexicon; before “but”"),
        ("bad", -2.5, -3.75, "lexicon; after “but”"),
    ],
    "He was the least happy man.": [("happy", 2.7, -1.998, "lexicon; negation (least)")],
    "He was at least happy.": [("happy", 2.7, 2.7, "lexicon")],
    "He is for us the bomb.": [("bomb", -2.2, 3, "lexicon; idiom")],
    "A threat!!": [("threat", -2.4, -2.4, "lexicon"), ("!!", 0, -0.584, "emphasis (! or ?)")],
    "A threat?": [("threat", -2.4, -2.4, "lexicon")],
    "They agree???": [("agree", 1.5, 1.5, "lexicon"), ("???", 0, 0.54, "emphasis (! or ?)")],
}


@pytest.mark.parametrize("text, expected", RULES.items())
def test_each_rule_is_named_and_its_effect_shown(text, expected):
    assert (
        list(
            tone_words(text)[["text", "valence", "score", "rule"]].itertuples(
                index=False, name=None
            )
        )
        == expected
    )


def test_a_rule_names_the_word_that_fired_it():
    assert set(
        re.findall(r"\((.+?)\)", tone_words("We are all so happy here.").loc[0, "rule"])
    ) == {"so"}


def test_never_so_happy_is_happier_and_no_negation():
    raised = tone_words("They were never so happy.").loc[0]
    assert (raised["score"] > raised["valence"], "negation" in raised["rule"]) == (True, False)


def test_a_rule_fires_only_where_its_word_stands():
    found = tone_words("I was not happy then; some weeks later a happy man left.")
    assert found[["score", "rule"]].values.tolist() == [
        [-1.998, "lexicon; negation (not)"],
        [2.7, "lexicon"],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "“revenge,”",
        "‘revenge’",
        "(“revenge”)",
        "“‘revenge,’",
        "—revenge—",
        "[revenge]…",
        "“revenge”:",
        "revenge’",
        "*revenge*",
    ],
)
def test_no_mark_hides_a_word(text):
    assert tone_words(f"He spoke of {text} on Monday.")[["text", "score"]].values.tolist() == [
        ["revenge", -2.4]
    ]


def test_emphasis_is_a_run_of_marks_and_covers_no_word():
    found = tone_words("“Terrible!” he cried, and “no!” he said.")
    assert found["text"].tolist() in (
        ["Terrible", "!", "cried", "no"],
        ["Terrible", "!", "cried", "no", "!"],
    )
    assert found["score"].sum() == pytest.approx(-2.1 - 1.6 - 1.2 - 2 * 0.292)


def test_words_are_added_up_from_the_most_negative_to_the_most_positive():
    counts = wb.count_tone_words(
        tone_words("A threat is a Threat. They agree; we disagree. No threat at all.")
    )
    assert counts.round(3).values.tolist() == [
        ["threat", 3, -7.2],
        ["disagree", 1, -1.6],
        ["no", 1, -1.2],
        ["agree", 1, 1.5],
    ]


WORDS = """good bad threat happy no kiss death the bomb hope grave win kind sort of not never \
won’t didn’t without very hardly so this least
at but BUT NEVER VERY GOOD Bad rain it Iran U.S. despite"""
BEFORE, AFTER = (
    ["", "", "“", "(", "‘"],
    ["", "", "", "", "", ",", ".", "!", "!!!", "?", "??", "!”", ",”", "…", "’s"],
)
MARKED = st.tuples(
    st.sampled_from(BEFORE), st.sampled_from(WORDS.split()), st.sampled_from(AFTER)
).map("".join)


@settings(max_examples=50, deadline=None)
@given(st.lists(MARKED, min_size=1, max_size=30).map(" ".join))
def test_the_words_of_a_sentence_add_up_to_its_compound_score(text):
    split = sentences(text)
    found, scored = wb.score_tone_words(split), wb.score_sentiment(split)
    assert scored["compound"].tolist() == pytest.approx(sums(found, scored), abs=1.01e-4)
    assert (found["score"] != 0).all()
