"""Where speech stands: stretches of quotations, found once and handed on."""

import pandas as pd
import pytest

import analysis as wb
from analysis import schema
from analysis.errors import SchemaError


def speech(text, **options):
    articles = wb.read_texts(text)
    return wb.find_speech(articles, wb.split_tokens(articles), **options)


def test_a_quotation_that_goes_on_behind_its_cue_has_several_stretches():
    found = speech("“We will go,” Ann Miller said. “It is late.”")
    columns = ["quote_id", "text", "words", "quoted_words", "quote_type"]
    assert found[columns].values.tolist() == [
        [1, "“We will go,”", 3, 3, "direct"],
        [1, "“It is late.”", 3, 3, "direct"],
    ]


def test_words_in_and_outside_marks_are_counted_apart():
    found = speech("Ann Miller said that it was “far too late” for talks.")
    assert found[["words", "quoted_words", "quote_type"]].values.tolist() == [[8, 3, "mixed"]]


def test_of_speech_inside_marks_only_marks_in_marks_make_it_mixed():
    found = speech("“Bob Lee said that it was ‘far too late’ for talks,” Ann Miller said.")
    assert found[["level", "quote_type"]].values.tolist() == [[1, "direct"], [2, "mixed"]]
    found = speech("“Bob Lee said that it was far too late,” Ann Miller said. She left ‘at once’.")
    inside = found[found["level"] == 2]
    assert inside[["level", "quote_type"]].values.tolist() == [[2, "indirect"]]


def test_an_interview_has_labels_that_come_again_and_a_label_alone_is_none():
    found = speech("Q: Why did you go?\n\nA: It was late.\n\nQ: And then?\n\nLee: It rained.")
    assert found["text"].tolist() == ["Why did you go?", "And then?"]


def test_a_mark_never_closed_ends_with_its_paragraph():
    found = speech("“We left early.\n\nThen: “It was late,” Ann Miller said.")
    assert found[["text", "words"]].values.tolist() == [
        ["“We left early.", 3],
        ["“It was late,”", 3],
    ]


def test_a_mark_left_open_goes_on_where_the_next_paragraph_begins_with_one():
    found = speech("“We left early.\n\n“It was late,” Ann Miller said.")
    assert found[["text", "words"]].values.tolist() == [
        ["“We left early.\n\n“It was late,”", 6],
    ]


def test_every_stretch_is_its_piece_of_the_text():
    text = "“No,” said Ann Miller, “never.” Bob Lee claimed that she lied."
    for row in speech(text).itertuples():
        assert text[row.start : row.end] == row.text


@pytest.mark.parametrize(
    "text, cue, said",
    [
        ("She made it clear that talks had failed.", "make clear", "talks had failed"),
        ("The firm made it public that profits had fallen.", "make public", "profits had fallen"),
        ("She let it be known that she would resign.", "let it be known", "she would resign"),
        ("The minister ruled out going to war.", "rule out", "going to war"),
    ],
)
def test_phrases_report_as_verbs_do(text, cue, said):
    (row,) = speech(text).to_dict("records")
    assert row["cue_verb"] == cue
    assert said in row["text"]


@pytest.mark.parametrize(
    "text",
    ["He made tea that was cold.", "The judge ruled the court.", "They let the known thief go."],
)
def test_a_verb_without_its_phrase_reports_nothing(text):
    assert speech(text).empty


def test_thoughts_are_speech_only_when_asked_for():
    text = "Ann Miller believes that it will rain."
    assert speech(text).empty
    assert speech(text, beliefs=True)["cue_verb"].tolist() == ["believe"]


def test_handing_speech_on_gives_what_finding_it_anew_gives(seeds):
    articles, tokens = seeds.articles, seeds.tokens
    found = wb.find_speech(articles, tokens)
    mentions = wb.find_mentions(articles, tokens, found)
    pd.testing.assert_frame_equal(mentions, seeds.mentions)
    anew = wb.find_quotes(articles, tokens, mentions)
    pd.testing.assert_frame_equal(wb.find_quotes(articles, tokens, mentions, found), anew)


def test_codes_of_speech_are_in_the_codebook(seeds):
    found = wb.find_speech(seeds.articles, seeds.tokens)
    assert set(found["code"]) <= set(schema.CODES["speech"])


def test_counting_voices_without_speech_says_what_to_hand_over(seeds):
    quotes = wb.find_quotes(seeds.articles, seeds.tokens, seeds.mentions)
    with pytest.raises(SchemaError, match=r"find_speech\(articles, tokens\)"):
        wb.count_voices(quotes, None, seeds.mentions)
    with pytest.raises(SchemaError, match="`quotes` and `speech` go together"):
        wb.score_stance(seeds.mentions, seeds.sentences, quotes)
