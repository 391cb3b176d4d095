"""Why a score is what it is: words left out, sentences edited, names exchanged."""

import numpy as np
import pytest

import analysis as wb
from analysis.errors import SchemaError
from analysis.measure.tone.stance import METHODS
from analysis.measure.tone.swaps import exchange


def read(text):
    articles = wb.read_texts(text)
    sentences = wb.split_sentences(articles)
    return wb.score_stance(
        wb.find_mentions(articles, wb.split_tokens(articles)), sentences
    ), sentences


def by_length(texts, targets):
    """A method to count by hand: the longer the text, the more negative; the target is nothing."""
    length = np.array(
        [(len(text) - end + start) / 100 for text, (start, end) in zip(texts, targets, strict=True)]
    )
    return np.column_stack([length, 1 - length, 0 * length])


@pytest.fixture
def counted(monkeypatch):
    monkeypatch.setitem(METHODS, "model", by_length)


def test_each_word_but_the_mention_is_left_out_in_turn(counted):
    stance, sentences = read("It rained. Joe Biden left early.")
    words = wb.score_stance_words(stance, sentences)
    # Without "left" and the space beside it the text is 5 letters shorter.
    assert words[["start", "end", "text", "weight"]].values.tolist() == [
        [21, 25, "left", -0.05],
        [26, 31, "early", -0.05],
    ]
    assert words[["mention_start", "mention_end", "actor"]].drop_duplicates().values.tolist() == [
        [11, 20, "Joe Biden"]
    ]


def test_a_word_before_the_mention_moves_the_target_along(monkeypatch):
    seen = []
    monkeypatch.setitem(
        METHODS,
        "model",
        lambda texts, targets: (
            seen.extend(zip(texts, targets, strict=True)) or np.full((len(texts), 3), 1 / 3)
        ),
    )
    stance, sentences = read("The angry Joe Biden left.")
    wb.score_stance_words(stance, sentences)
    assert {text[start:end] for text, (start, end) in seen} == set(stance["text"])


def test_the_word_that_carries_the_tone_is_found():
    stance, sentences = read("Yesterday the paper called Joe Biden a liar.")
    words = wb.score_stance_words(stance, sentences)
    assert words.loc[words["weight"].idxmin(), "text"] == "liar"


def test_edits_are_compared_with_the_sentence_as_it_is(counted):
    table = wb.compare_edits(
        "Joe Biden left early.",
        "Joe Biden",
        [(" early", ""), ("left", "did not leave"), ("Joe Biden", "Putin")],
    )
    assert table[["edit", "sentence", "target", "change"]].values.tolist() == [
        ["as it is", "Joe Biden left early.", "Joe Biden", 0],
        [" early → ∅", "Joe Biden left.", "Joe Biden", 0.06],
        ["left → did not leave", "Joe Biden did not leave early.", "Joe Biden", -0.09],
        ["Joe Biden → Putin", "Putin left early.", "Putin", 0],
    ]


def test_the_target_of_an_edit_is_a_whole_word_and_moves_along(monkeypatch):
    seen = []
    monkeypatch.setitem(
        METHODS,
        "model",
        lambda texts, targets: seen.extend(targets) or np.full((len(texts), 3), 1 / 3),
    )
    table = wb.compare_edits(
        "Iranian critics say Iran lied.",
        "Iran",
        [("Iranian critics", "Fans of Iran"), ("lied", "left"), ("Iran", "Chad")],
    )
    assert [
        sentence[start:end] for sentence, (start, end) in zip(table["sentence"], seen, strict=True)
    ] == ["Iran", "Iran", "Iran", "Chad"]
    assert seen == [(20, 24), (17, 21), (20, 24), (20, 24)]
    assert table["label"].isna().all()  # nothing is sure enough


def test_negation_and_the_opposite_word_move_the_score():
    tone = wb.compare_edits(
        "The paper praised Biden.",
        "Biden",
        [("praised", "attacked"), ("praised", "did not praise")],
    )["tone"]
    assert tone[0] > 0 > tone[1]
    assert tone[2] < tone[0] - 0.3


def test_an_edit_that_does_not_fit_is_refused_with_the_mend():
    with pytest.raises(
        ValueError, match="“Putin” does not stand in the sentence. It reads: Biden left."
    ):
        wb.compare_edits("Biden left.", "Biden", [("Putin", "Xi")])
    with pytest.raises(
        ValueError, match="the target “Putin” does not stand in the sentence. It reads: Biden left."
    ):
        wb.compare_edits("Biden left.", "Putin", [])
    with pytest.raises(ValueError, match="the edit “Biden left → ” takes away the target “Biden”"):
        wb.compare_edits("Biden left.", "Biden", [("Biden left", "")])
    with pytest.raises(ValueError, match="method='magic': choose 'model' or 'lexicon'"):
        wb.compare_edits("Biden left.", "Biden", [], method="magic")


def test_names_are_exchanged_in_the_same_sentence(monkeypatch):
    # The tone is that of the name alone: B lower than A by 1.
    monkeypatch.setitem(
        METHODS,
        "model",
        lambda texts, targets: np.array(
            [
                [text[start:end] == "B", 0, 0]
                for text, (start, end) in zip(texts, targets, strict=True)
            ]
        ),
    )
    stance, sentences = read("Joe Biden left. Mike Pompeo met Iran.")
    swaps = wb.score_name_swaps(stance, sentences, "gender", names={"A": "first", "B": "second"})
    assert swaps[["text", "name", "group", "tone", "shift"]].values.tolist() == [
        ["Joe Biden", "A", "first", 0, 0.5],
        ["Joe Biden", "B", "second", -1, -0.5],
        ["Mike Pompeo", "A", "first", 0, 0.5],
        ["Mike Pompeo", "B", "second", -1, -0.5],
    ]
    assert wb.count_name_swaps(swaps).values.tolist() == [
        ["second", "B", 2, -1, -0.5, -0.5],
        ["first", "A", 2, 0, 0.5, 0.5],
    ]
    worst = wb.compare_name_swaps(swaps)
    assert worst[
        ["text", "lowest_name", "lowest", "highest_name", "highest", "spread"]
    ].values.tolist()[0] == ["Joe Biden", "B", -1, "A", 0, 1]


def test_the_same_name_is_exchanged_everywhere_and_broken_sentences_are_left_out():
    assert exchange("Iran said Iran was no Iranian.", 10, 14, "Chad") == (
        "Chad said Chad was no Iranian.",
        (10, 14),
    )
    swaps = wb.score_name_swaps(
        *read(
            "Joe Biden lost his keys. Joe Biden left. The Democratic Party met the Supreme Court."
        ),
        "gender",
        names={"Ann Lee": "female"},
    )
    assert swaps["sentence_id"].tolist() == [2]
    stance, sentences = read("The Democratic Party met the Supreme Court.")
    assert set(wb.score_name_swaps(stance, sentences, "party")["text"]) <= {"Democratic Party"}


def test_the_words_behind_a_lexicon_score_are_those_of_the_lexicon(monkeypatch):
    articles = wb.read_texts("Joe Biden is a liar.")
    sentences = wb.split_sentences(articles)
    stance = wb.score_stance(
        wb.find_mentions(articles, wb.split_tokens(articles)), sentences, method="lexicon"
    )
    monkeypatch.setitem(METHODS, "model", lambda *_: pytest.fail("the model was asked"))
    words = wb.score_stance_words(stance, sentences)
    assert words.loc[words["weight"].idxmin(), "text"] == "liar"


def test_words_and_names_are_tried_in_the_sentence_as_it_was_read():
    articles = wb.read_texts("Joe Biden smiled and said that Iran lied.")
    sentences, tokens = wb.split_sentences(articles), wb.split_tokens(articles)
    speech = wb.find_speech(articles, tokens)
    mentions = wb.find_mentions(articles, tokens, speech)
    quotes = wb.find_quotes(articles, tokens, mentions, speech)
    stance = wb.score_stance(mentions, sentences, quotes, speech, method="lexicon")
    assert stance[["text", "unread"]].values.tolist() == [["Joe Biden", 14], ["Iran", 0]]
    words = wb.score_stance_words(stance.head(1), sentences, speech)
    assert words["text"].tolist() == ["smiled", "said"]
    swaps = wb.score_name_swaps(
        stance, sentences, "gender", speech=speech, names={"Joe Biden": "as it is"}
    )
    assert swaps["tone"].tolist() == stance.head(1)["tone"].tolist()
    with pytest.raises(SchemaError, match="Hand over `speech` too: find_speech"):
        wb.score_stance_words(stance, sentences)
    with pytest.raises(SchemaError, match="Hand over `speech` too: find_speech"):
        wb.score_name_swaps(stance, sentences, "gender")


def test_an_unknown_category_is_refused_with_the_known_ones():
    with pytest.raises(
        SchemaError, match="no names for “age”. Choose from: nationality, gender, origin, party."
    ):
        wb.score_name_swaps(*read("Joe Biden left."), "age")


def test_a_text_without_such_names_gives_empty_tables():
    swaps = wb.score_name_swaps(*read("It rained."), "nationality")
    assert (len(swaps), len(wb.count_name_swaps(swaps)), len(wb.compare_name_swaps(swaps))) == (
        0,
        0,
        0,
    )


def test_words_are_drawn_with_the_mention_framed_and_everything_escaped():
    stance, sentences = read("Joe Biden is a <b>liar</b> & more.")
    page = wb.draw_stance_words(wb.score_stance_words(stance, sentences), stance, sentences).data
    assert "<b>Joe Biden</b>" in page
    assert "&lt;b&gt;" in page and "<b>liar" not in page and "&amp;" in page
    assert 'class="negative"' in page and "negative, tone -0." in page
    assert (
        "Nothing to show"
        in wb.draw_stance_words(
            wb.score_stance_words(stance.head(0), sentences), stance.head(0), sentences
        ).data
    )
