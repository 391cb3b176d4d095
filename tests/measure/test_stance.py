"""Tone towards actors: a row a mention, honest where unsure, apart by voice, with intervals."""

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from parts import tables_to_quotes

import analysis as wb
from analysis.errors import SchemaError
from analysis.measure.tone.model import LONGEST, TONE_MODEL, encode_targets
from analysis.measure.tone.near_words import find_clues
from analysis.measure.tone.stance import DIGITS, METHODS
from analysis.measure.tone.stance_counts import share_interval
from analysis.measure.tone.vader import explain_score
from analysis.models import load_tokenizer


def read(text):
    """The mentions, sentences, quotations and speech of a text."""
    made = tables_to_quotes(wb.read_texts(text))
    return tuple(made[name] for name in ("mentions", "sentences", "quotes", "speech"))


def scored(text, **options):
    return wb.score_stance(*read(text), **options)


PLAIN = {  # text: label of each mention, in order
    "Joe Biden is a brilliant and honest leader.": ["positive"],
    "Vladimir Putin is a liar, a thief and a murderer.": ["negative"],
    "Joe Biden met Mike Pompeo on Monday.": ["neutral", "neutral"],
    "The jury found Mike Pompeo guilty of fraud.": ["negative"],
}


@pytest.mark.parametrize("text, labels", PLAIN.items())
def test_plain_sentences_get_the_label_that_a_reader_gives_them(text, labels):
    found = scored(text)
    assert found.loc[found["kind"] == "name", "label"].tolist() == labels


def test_two_actors_of_one_sentence_get_their_own_tone():
    found = scored(
        "Unlike the corrupt and cruel Vladimir Putin, Joe Biden is widely admired for his honesty."
    )
    tones = found[found["kind"] == "name"].set_index("actor")["tone"]
    assert tones["Vladimir Putin"] < -0.5 < 0.5 < tones["Joe Biden"]


def test_the_scores_are_probabilities_and_what_follows_from_them():
    found = scored("Joe Biden praised Mike Pompeo. Vladimir Putin lied.")
    assert found[["negative", "neutral", "positive"]].sum(axis=1).tolist() == pytest.approx(
        [1, 1, 1], abs=2e-4
    )
    assert found["tone"].tolist() == pytest.approx(
        (found["positive"] - found["negative"]).tolist(), abs=1e-4
    )
    assert found["basis"].str.startswith("model").all()


def test_a_score_does_not_depend_on_the_sentences_beside_it():
    alone = scored("Joe Biden praised Mike Pompeo.")
    among = scored(
        "Joe Biden praised Mike Pompeo. Vladimir Putin is a liar, a thief and a murderer, "
        "said everybody whom the paper had asked."
    )
    assert among.head(2)["tone"].tolist() == alone["tone"].tolist()


def test_what_is_too_unsure_gets_no_label_and_says_so(monkeypatch):
    monkeypatch.setitem(
        METHODS, "model", lambda texts, targets: np.array([[0.45, 0.1, 0.45]] * len(texts))
    )
    found = scored("Joe Biden left.")
    assert (found["label"].isna().all(), found["tone"].tolist(), found["basis"].tolist()) == (
        True,
        [0.0],
        ["model; too unsure to call: 0.450"],
    )
    assert wb.count_stance(found)[
        ["n", "n_negative", "n_neutral", "n_positive", "n_unsure"]
    ].values.tolist() == [[1, 0, 0, 0, 1]]


BAD = {  # what is wrong: (sentence, start, end of the mention in it, why there is no score)
    "an empty sentence": ("", 0, 0, "not scored: there is no sentence"),
    "a mention of no length": (
        "Biden left.",
        3,
        3,
        "not scored: the mention stands outside its sentence",
    ),
    "a mention behind its sentence": (
        "Biden left.",
        9,
        14,
        "not scored: the mention stands outside its sentence",
    ),
    "a mention before its sentence": (
        "Biden left.",
        -1,
        3,
        "not scored: the mention stands outside its sentence",
    ),
    "Chinese": ("拜登批评普京。", 0, 2, "not scored: not in the Latin script"),
    "Arabic": ("انتقد بايدن بوتين", 6, 11, "not scored: not in the Latin script"),
}


@pytest.mark.parametrize("method", ["model", "lexicon"])
@pytest.mark.parametrize("text, start, end, why", BAD.values(), ids=BAD)
def test_what_cannot_be_scored_keeps_its_row_and_says_why(text, start, end, why, method):
    sentences = wb.schema.table([("1", 1, 1, 10, 10 + len(text), "sentence", text)], "sentences")
    row = dict(
        doc_id="1",
        sentence_id=1,
        paragraph_id=1,
        start=10 + start,
        end=10 + end,
        actor="Joe Biden",
        actor_type="person",
        kind="name",
        quoted=False,
    )
    found = wb.score_stance(wb.schema.table([row], "mentions"), sentences, method=method)
    assert found[["negative", "neutral", "positive", "tone", "label"]].isna().all(axis=None)
    assert found["basis"].tolist() == [why]
    assert wb.count_stance(found).empty


def test_digits_and_marks_alone_are_scored_and_no_error():
    sentences = wb.schema.table([("1", 1, 1, 0, 5, "sentence", "42 …!")], "sentences")
    row = dict(doc_id="1", sentence_id=1, paragraph_id=1, start=0, end=2, quoted=False)
    mentions = wb.schema.table([row], "mentions")
    found = wb.score_stance(mentions, sentences, kinds=None, types=None)
    assert found["tone"].notna().all()


def test_of_a_very_long_sentence_what_stands_around_the_mention_is_read():
    around = "Joe Biden is a brilliant and honest leader, "
    long = "it rained, " * 100 + around + "it rained, " * 100
    found = scored(f"{long.strip()} and it rained.")
    assert set(found["basis"]) == {"model; of a very long sentence, what stands around the mention"}
    ids, target, whole = read_target(long, (long.index("Joe"), long.index("Joe") + 9))
    assert (len(ids), whole) == (LONGEST, False)
    read = load_tokenizer(TONE_MODEL).decode(ids)
    assert "joe biden is a brilliant and honest leader" in read
    assert load_tokenizer(TONE_MODEL).decode(target) == "joe biden"


def read_target(text, target):
    """The word pieces that are read, those of the target, and whether all are read."""
    readings, places, whole = encode_targets(load_tokenizer(TONE_MODEL), [text], [target])
    (ids, spans), (_, row) = readings[0], places[0]
    return ids, ids[slice(*spans[row])], whole[0]


def test_the_window_uses_the_room_that_one_side_leaves():
    long = "Joe Biden spoke. " + "It rained. " * 200
    for text, target in (
        (long, (0, 9)),
        ("It rained. " * 200 + "Joe Biden", (2200, 2209)),
        ("a " * 1000, (0, 2000)),
    ):
        ids, inside, whole = read_target(text, target)
        assert (len(ids), whole) == (LONGEST, False)
        assert 0 < len(inside) <= LONGEST - 2


def test_a_sentence_is_read_once_for_all_its_targets():
    text = "Joe Biden met Mike Pompeo; Biden left."
    targets = [(0, 9), (14, 25), (27, 32), (0, 9)]
    readings, places, whole = encode_targets(load_tokenizer(TONE_MODEL), [text] * 4, targets)
    assert (len(readings), all(whole)) == (1, True)
    (ids, spans) = readings[0]
    said = [load_tokenizer(TONE_MODEL).decode(ids[low:high]) for low, high in spans]
    assert said == ["joe biden", "mike pompeo", "biden"]
    assert places == [(0, 0), (0, 1), (0, 2), (0, 0)]


def test_a_score_does_not_depend_on_the_targets_beside_it():
    text = "Joe Biden praised Mike Pompeo, and Vladimir Putin lied to the people of Iran."
    targets = [(0, 9), (18, 29), (35, 49), (72, 76)]
    together = METHODS["model"]([text] * 4, targets)
    alone = np.array([METHODS["model"]([text], [target])[0] for target in targets])
    assert together.round(DIGITS).tolist() == alone.round(DIGITS).tolist()


@pytest.mark.parametrize("text", ["", " ", "\u200b", "a\u200bb", "\ufffd", "\0\0"])
def test_a_target_of_which_the_tokenizer_makes_nothing_is_scored_all_the_same(text):
    made = METHODS["model"]([text + " "], [(0, 1)])
    assert made.sum(axis=1).tolist() == pytest.approx([1], abs=1e-5)


def test_a_wrong_method_or_strange_sentences_are_refused_with_the_mend():
    mentions, sentences, *_ = read("Joe Biden left.")
    with pytest.raises(ValueError, match="method='magic': choose 'model' or 'lexicon'"):
        wb.score_stance(mentions, sentences, method="magic")
    with pytest.raises(SchemaError, match="not of the same articles"):
        wb.score_stance(mentions, sentences.assign(doc_id="other"))
    with pytest.raises(
        SchemaError,
        match="do not say who speaks. Make them with score_stance.mentions, sentences, quotes.",
    ):
        wb.count_stance(wb.score_stance(mentions, sentences), by="speaker")
    with pytest.raises(SchemaError, match="no column `voice` in the stance table"):
        wb.count_stance(wb.score_stance(mentions, sentences), by="voice")


def test_each_mention_stands_in_somebodys_words():
    text = (
        "Joe Biden met Vladimir Putin. “Mike Pompeo is a liar,” Biden said. "
        "Officials said that Pompeo had lied. Putin said: “I trust Biden.”"
    )
    found = scored(text)
    voices = found.groupby(["text", "speaker"]).size()
    assert {
        ("Vladimir Putin", "journalist"),
        ("Mike Pompeo", "Joe Biden"),
        ("Pompeo", "officials"),
        ("I", "Vladimir Putin"),
    } <= set(voices.index)
    speakers = found.loc[found["text"] == "Biden", "speaker"]
    assert speakers.tolist() == ["journalist", "Vladimir Putin"]


def test_what_was_not_said_is_in_nobodys_words():
    found = scored("Joe Biden did not say that Vladimir Putin is a thief.")
    assert found["speaker"].tolist() == [
        "journalist",
        *["denied or possible speech"] * (len(found) - 1),
    ]


def test_the_journalists_tone_is_that_of_the_journalists_own_words():
    text = "“Vladimir Putin is a liar and a murderer,” Joe Biden said in Vienna."
    mentions, sentences, quotes, speech = read(text)
    found = wb.score_stance(mentions, sentences, quotes, speech)
    biden = found[found["actor"] == "Joe Biden"].iloc[0]
    assert biden[["speaker", "unread", "method", "scored", "basis"]].tolist() == [
        "journalist",
        42,
        "model",
        "whole",
        "model; without the speech in the sentence",
    ]
    alone = wb.score_stance(*read("Joe Biden said in Vienna.")[:2])
    assert biden["tone"] == pytest.approx(alone["tone"].iat[0], abs=0.1)
    assert (found.loc[found["actor"] == "Vladimir Putin", "unread"] == 0).all()
    # Without the quotations the whole sentence is read.
    assert (wb.score_stance(mentions, sentences)["unread"] == 0).all()


def test_a_speakers_own_pronouns_are_not_counted():
    found = scored("“I am a great man and I love Mike Pompeo,” Joe Biden said.")
    assert found["text"].tolist() == ["I", "I", "Mike Pompeo", "Joe Biden"]
    by_speaker = wb.count_stance(found, by="speaker")
    assert by_speaker[["speaker", "actor", "n"]].values.tolist() == [
        ["Joe Biden", "Mike Pompeo", 1],
        ["journalist", "Joe Biden", 1],
    ]
    assert by_speaker["n"].sum() == len(wb.select_toned(found))


def made(*rows):
    """A stance table of (actor, sentence, tone, label)."""
    return wb.schema.table(
        [
            dict(
                doc_id="1",
                sentence_id=sentence,
                paragraph_id=1,
                start=place,
                end=place + 1,
                text="x",
                actor=actor,
                actor_type="person",
            )
            | dict(kind="name", code="", rule="", quoted=False, tone=tone, label=label)
            | dict(speaker="journalist", unread=0, method="model", scored="whole")
            for place, (actor, sentence, tone, label) in enumerate(rows)
        ],
        "stance",
    )


def test_an_actor_is_counted_by_label():
    counts = wb.count_stance(
        made(
            ("A", 1, -0.8, "negative"),
            ("A", 1, -0.4, "negative"),
            ("A", 2, 0.0, None),
            ("B", 2, 0.9, "positive"),
        )
    )
    assert counts.drop(columns=["negative_share", "low", "high"]).values.tolist() == [
        ["A", "person", 3, 2, 2, 0, 0, 1],
        ["B", "person", 1, 1, 0, 0, 1, 0],
    ]


def test_each_speakers_own_words_are_counted_apart_and_a_missing_speaker_is_one_too():
    rows = made(
        ("B", 7, 0.5, "positive"),
        ("A", 1, -0.8, "negative"),
        ("A", 1, -0.4, "negative"),
        ("A", 2, 0.4, None),
        ("B", 9, 0.1, "neutral"),
    ).assign(speaker=[None, "Cy", None, "Cy", None])
    counts = wb.count_stance(rows, by="speaker")
    columns = ["actor", "n", "sentences", "n_negative", "n_positive", "n_unsure"]
    assert counts["speaker"].isna().tolist() == [False, True, True]
    assert counts[columns].values.tolist() == [
        ["A", 2, 2, 1, 0, 1],
        ["B", 2, 2, 0, 1, 0],
        ["A", 1, 1, 1, 0, 0],
    ]


def in_light(actor, negative, n, per_sentence=1):
    """Rows of an actor's mentions, so many of them negative."""
    rows = []
    for place in range(n):
        label = "negative" if place < negative else "neutral"
        rows.append((actor, place // per_sentence, 0.0, label))
    return rows


def test_of_too_few_sentences_no_share_is_told():
    counts = wb.count_stance(made(*in_light("A", 2, 5), *in_light("B", 4, 4))).set_index("actor")
    assert counts.loc["A", "negative_share"] == 0.4
    assert counts.loc["B", ["negative_share", "low", "high"]].isna().all()


@pytest.mark.parametrize(
    "negative, n, low, high",
    # Wilson's interval, as R's prop.test(..., correct = FALSE) gives it.
    [(0, 10, 0.0, 0.2775), (3, 10, 0.1078, 0.6032), (20, 20, 0.8389, 1.0)],
)
def test_the_interval_of_a_share_is_wilsons(negative, n, low, high):
    counts = wb.count_stance(made(*in_light("A", negative, n)))
    assert counts.loc[0, ["low", "high"]].tolist() == pytest.approx([low, high], abs=5e-4)


def test_mentions_of_one_sentence_say_no_more_than_one():
    once = wb.count_stance(made(*in_light("A", 10, 20))).loc[0]
    twice = wb.count_stance(made(*in_light("A", 10, 20, per_sentence=2))).loc[0]
    assert once["negative_share"] == twice["negative_share"] == 0.5
    assert twice["high"] - twice["low"] > 1.2 * (once["high"] - once["low"])


def test_the_interval_covers_what_it_says():
    random = np.random.default_rng(3)
    drawn = random.binomial(12, 0.3, 2000)
    low, high = share_interval(drawn / 12, np.full(2000, 12))
    assert 0.93 <= ((low <= 0.3) & (high >= 0.3)).mean() <= 0.98


def test_by_type_each_type_keeps_its_own_row_and_a_measure_is_no_group():
    rows = made(("A", 1, 0.1, None), ("A", 2, 0.1, None)).assign(actor_type=["person", "state"])
    assert wb.count_stance(rows, by="actor_type")[["actor", "actor_type", "n"]].values.tolist() == [
        ["A", "person", 1],
        ["A", "state", 1],
    ]
    with pytest.raises(SchemaError, match="no column `tone` in the stance table to count by"):
        wb.count_stance(rows, by="tone")


def test_sentences_given_twice_or_quotations_of_another_article_are_refused():
    mentions, sentences, quotes, speech = read("“I left,” Joe Biden said.")
    with pytest.raises(SchemaError, match="has rows twice"):
        wb.score_stance(mentions, pd.concat([sentences, sentences]))
    with pytest.raises(SchemaError, match="the quotations are of another article"):
        wb.score_stance(mentions, sentences, quotes.assign(doc_id="other"), speech)


def test_marks_of_the_model_in_a_text_are_text():
    ids, *_ = read_target("[SEP] Biden [MASK]", (6, 11))
    assert ids.count(load_tokenizer(TONE_MODEL).token_to_id("[SEP]")) == 1


def test_methods_are_compared_and_the_widest_spread_comes_first():
    mentions, sentences, *_ = read(
        "Joe Biden praised Mike Pompeo for the fight against murder, terror and death. "
        "It rained on Vladimir Putin."
    )
    stance_table = wb.score_stance(mentions, sentences)
    methods = wb.compare_methods(stance_table, sentences)
    assert len(methods) == len(wb.select_toned(stance_table))
    assert methods["spread"].is_monotonic_decreasing
    numbers = methods[["vader", "lexicon", "model"]]
    assert (numbers.max(axis=1) - numbers.min(axis=1)).tolist() == methods["spread"].tolist()
    assert methods.loc[0, "vader"] < -0.5 < methods.loc[0, "model"]


NEAR = {  # sentence with its target in brackets: the strongest evidence
    "[Biden] is a liar, and it rained on the good people of Ohio.": "negative after",
    "A good friend of [Biden] spoke of the murder of a rich man.": "positive before",
}


@pytest.mark.parametrize("marked, strongest", NEAR.items())
def test_the_lexicon_near_the_mention_weighs_side_distance_and_clause(marked, strongest):
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    found = find_clues(text, start, end, explain_score(text))
    sided = {
        name: value for name, value in found.items() if name.split()[-1] in ("before", "after")
    }
    assert max(sided, key=sided.get) == strongest


def evidence(text, target):
    return find_clues(
        text, text.index(target), text.index(target) + len(target), explain_score(text)
    )


def test_negation_turns_the_evidence_and_a_break_weakens_it():
    assert (
        evidence("Biden is not a threat.", "Biden")["positive after"]
        > 0
        == evidence("Biden is not a threat.", "Biden")["negative after"]
    )
    assert (
        evidence("Biden met a liar.", "Biden")["negative after"]
        > evidence("Biden met, a liar.", "Biden")["negative after"]
    )


def test_in_a_headline_capitals_tell_nothing_of_names():
    headline = "Terrible Attack Kills Many as Iran Blamed for Murder"
    assert (
        evidence(headline, "Iran")["negative before"]
        == evidence(headline.lower().replace("iran", "Iran"), "Iran")["negative before"]
    )


def test_names_are_no_evidence_and_speakers_are_known():
    assert evidence("In the United Kingdom Biden left.", "Biden")["positive anywhere"] == 0
    speaks = [
        evidence(text, "Biden")["the target speaks"]
        for text in (
            "Biden said no.",
            "No, said Biden.",
            "It rained, according to Biden.",
            "Biden left.",
        )
    ]
    assert speaks == [1, 1, 1, 0]


def test_the_lexicon_needs_no_model(monkeypatch):
    monkeypatch.setattr(
        "analysis.measure.tone.model.run_model", lambda *_, **__: pytest.fail("the model ran")
    )
    assert (
        scored("Vladimir Putin is a liar and a thief.", method="lexicon")["label"].iat[0]
        == "negative"
    )


@pytest.mark.slow
def test_importing_loads_neither_model_nor_tokeniser():
    asked = "import sys, analysis; analysis.score_stance; print(*sys.modules)"
    command = [sys.executable, "-c", asked]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert "analysis.measure.tone.stance" in loaded
    assert {"onnxruntime", "tokenizers", "torch"} & set(loaded) == set()
