"""A smoke run of each benchmark, on records made up here."""

import json
import re

import numpy as np
import pandas as pd
import pytest

from benchmarks import calibration, gold, name_swaps, predict, report, score, speed, words
from training import nearby, references, targets

TEXT = "Anna Berg met Peter Holm in Vienna. “We agree,” Berg said."
TARGETS = [{"start": 0, "end": 9}, {"start": 45, "end": 49}]
RECORDS = [
    {"doc_id": "a", "id": "a", "text": TEXT, "targets": TARGETS},
    {"doc_id": "b", "id": "b", "text": "", "targets": [{"start": 0, "end": 0}]},
    {
        "doc_id": "c",
        "id": "c",
        "text": "Ann Berg is a liar and a thief.",
        "targets": [{"start": 0, "end": 8}, {"start": 90, "end": 99}],
    },
]


@pytest.fixture
def predicted(tmp_path):
    """Run a task on the records; returns the lines written."""

    def run(task, *options):
        (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, RECORDS)), encoding="utf-8")
        predict.main([task, str(tmp_path / "in.jsonl"), str(tmp_path / "out.jsonl"), *options])
        return [
            json.loads(line)
            for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
        ]

    return run


def test_segment_writes_spans_of_sentences_and_tokens(predicted):
    first, empty, _ = predicted("segment")
    assert [TEXT[start:end] for start, end in first["sentences"]] == [
        "Anna Berg met Peter Holm in Vienna.",
        "“We agree,” Berg said.",
    ]
    assert [TEXT[start:end] for start, end in first["tokens"]][-4:] == ["”", "Berg", "said", "."]
    assert empty == {"doc_id": "b", "sentences": [], "tokens": []}


def test_actors_writes_mentions_under_one_name(predicted):
    first, empty, _ = predicted("actors")
    assert [
        m["actor"]
        for m in first["mentions"]
        if TEXT[m["start"] : m["end"]] in ("Anna Berg", "Berg")
    ] == ["Anna Berg", "Anna Berg"]
    assert empty == {"doc_id": "b", "mentions": []}


def test_names_writes_types(predicted):
    first, empty, _ = predicted("names")
    assert {(TEXT[n["start"] : n["end"]], n["type"]) for n in first["names"]} >= {
        ("Anna Berg", "PER"),
        ("Vienna", "LOC"),
    }
    assert empty == {"doc_id": "b", "names": []}


def test_dates_writes_expressions_of_time():
    text = "He left on Jan. 3, 2020."
    assert predict.predict("dates", {"text": text}) == {
        "dates": [{"start": 11, "end": 23, "value": ""}]
    }


def test_names_are_of_people_organisations_and_places_alone():
    text = "President Anna Berg left Austria. She and Iranian officials of NATO read the 2015 Joint Comprehensive Plan of Action."
    found = {
        (text[name["start"] : name["end"]], name["type"])
        for name in predict.predict("names", {"text": text})["names"]
    }
    assert found == {("Anna Berg", "PER"), ("Austria", "LOC"), ("NATO", "ORG")}


def test_tone_writes_a_label_for_each_target(predicted):
    # Of what stands outside the text nothing is known.
    assert predicted("tone")[1:] == [
        {"id": "b", "labels": ["neutral"]},
        {"id": "c", "labels": ["negative", "neutral"]},
    ]
    assert predicted("tone", "--method", "lexicon")[2] == {
        "id": "c",
        "labels": ["negative", "neutral"],
    }
    vader = [["positive", "positive"], ["neutral"], ["negative", "negative"]]
    assert [record["labels"] for record in predicted("tone", "--method", "vader")] == vader


def test_only_tone_has_methods(predicted, capsys):
    with pytest.raises(SystemExit):
        predicted("names", "--method", "vader")
    assert "--method is for tone" in capsys.readouterr().err


def test_calibration_counts_how_often_it_is_right_when_it_is_so_sure(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(
        "benchmarks.calibration.score_with_model",
        lambda texts, targets: np.array([[0.9, 0.1, 0], [0.9, 0.1, 0], [0.1, 0.55, 0.35]]),
    )
    labels = [
        {"start": 0, "end": 1, "label": label} for label in ("negative", "positive", "neutral")
    ]
    records = [
        {"split": "dev-rw", "text": "A", "targets": labels},
        {"split": "train", "text": "B", "targets": labels},
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    calibration.main([str(tmp_path / "in.jsonl"), str(tmp_path / "out.csv")])
    assert pd.read_csv(tmp_path / "out.csv").values.tolist() == [
        [0.5, 0.6, 1, 0.55, 1],
        [0.8, 0.9, 2, 0.9, 0.5],
    ]
    printed = capsys.readouterr().out
    assert "expected calibration error: 41.7 points" in printed  # (2 · 0.4 + 0.45) / 3
    assert "from 0.60 on: 66.7 of 100 get a label, 50.0 of 100 of these are right" in printed


def test_name_swaps_prints_shifts_and_the_worst_sentences(tmp_path, capsys):
    (tmp_path / "in.jsonl").write_text(
        json.dumps({"text": "Iran attacked a ship. Anna Berg met Peter Holm.", "split": "a"}),
        encoding="utf-8",
    )
    name_swaps.main([str(tmp_path / "in.jsonl"), "--split", "a", "--method", "lexicon"])
    printed = capsys.readouterr().out
    assert "== nationality: 1 mentions, 24 names" in printed
    assert "== gender: 2 mentions, 12 names" in printed
    # The lexicon knows no names.
    assert "mean absolute shift: 0.000" in printed


def labelled(number):
    """Invented records as NewsMTSC has them, of each label one."""
    said = {"negative": "is a liar", "neutral": "left", "positive": "is a hero"}
    return [
        {
            "split": "train",
            "text": f"{name} {words}.",
            "targets": [{"start": 0, "end": len(name), "label": label}],
        }
        for name in (f"Ann Berg {number}", f"Bob Holm {number}")
        for label, words in said.items()
    ]


def test_training_learns_what_words_near_a_target_say(tmp_path):
    records = [record for number in range(5) for record in labelled(number)]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    nearby.main([str(tmp_path / "in.jsonl"), str(tmp_path / "out.csv")])
    weights = pd.read_csv(tmp_path / "out.csv").set_index("evidence")
    assert weights.loc["negative after", "negative"] > 0 > weights.loc["negative after", "positive"]
    assert weights.loc["positive after", "positive"] > 0 > weights.loc["positive after", "negative"]


def entity(start, end, eid, etype="person", form="named"):
    return {
        "start": start,
        "end": end,
        "head": [start, end],
        "eid": eid,
        "etype": etype,
        "form": form,
    }


GOLD = {
    "doc_id": "a",
    "id": "a",
    "sentences": [{"start": 0, "end": 10}, {"start": 11, "end": 20}],
    "tokens": [[0, 4], [5, 10], [11, 20]],
    "entities": [
        entity(0, 4, "x"),
        entity(5, 10, "x", form="pronoun"),
        entity(11, 20, "y", "event"),
        entity(12, 15, "z"),
    ],
    "dates": [
        {"start": 0, "end": 4, "tag": "date"},
        {"start": 11, "end": 20, "tag": "date"},
        {"start": 12, "end": 15, "tag": "time"},
    ],
    "targets": [{"label": "positive"}, {"label": "negative"}],
}
SCORED = {
    "segment": (
        {"sentences": [[0, 10], [11, 19]], "tokens": [[0, 4], [5, 10], [11, 20]]},
        [
            "sentences: F1, precision, recall: 50.0 50.0 50.0",
            "tokens: F1, precision, recall: 100.0 100.0 100.0",
        ],
    ),
    "actors": (
        {
            "mentions": [
                {"start": 0, "end": 4, "actor": "X"},
                {"start": 11, "end": 20, "actor": "Y"},
                {"start": 12, "end": 15, "actor": "Q"},
            ]
        },
        [
            "actor mentions: F1, precision, recall: 80.0 100.0 66.7",
            "mean error of an actor's count: 1.0",
            "three most mentioned actors found: 100.0",
        ],
    ),
    "dates": ({"dates": [{"start": 3, "end": 10, "value": ""}]}, ["found: 50.0", "dates: 2"]),
    "tone": (
        {"labels": ["positive", "neutral"]},
        ["macro-F1: 33.3", "accuracy: 50.0", "targets: 2"],
    ),
}


@pytest.mark.parametrize("task", SCORED)
def test_predictions_are_scored_as_counted_by_hand(task, tmp_path, capsys):
    predicted, expected = SCORED[task]
    for name, record in (("gold", GOLD), ("predicted", {"doc_id": "a", "id": "a"} | predicted)):
        (tmp_path / name).write_text(json.dumps(record), encoding="utf-8")
    score.main([task, str(tmp_path / "gold"), str(tmp_path / "predicted")])
    assert capsys.readouterr().out.splitlines() == expected


def test_a_gold_record_without_prediction_is_named(tmp_path, capsys):
    (tmp_path / "gold").write_text(json.dumps(GOLD), encoding="utf-8")
    (tmp_path / "predicted").write_text("", encoding="utf-8")
    with pytest.raises(SystemExit):
        score.main(["segment", str(tmp_path / "gold"), str(tmp_path / "predicted")])
    assert "1 of 1 gold records have no prediction" in capsys.readouterr().err


def test_a_record_without_text_is_named(tmp_path):
    (tmp_path / "in.jsonl").write_text('{"doc_id": "a"}\n', encoding="utf-8")
    with pytest.raises(SystemExit, match="record 1 of .* has no `text`"):
        predict.main(["segment", str(tmp_path / "in.jsonl"), str(tmp_path / "out.jsonl")])


def test_words_counts_right_lemmas_and_parts_of_speech(tmp_path, capsys):
    tokens = [
        [0, 3, "Two", "two", "NUM"],
        [4, 8, "dogs", "dog", "NOUN"],
        [9, 15, "barked", "bark", "ADV"],
        [15, 16, ".", ".", "PUNCT"],
    ]
    gold = {"text": "Two dogs barked.", "genre": "news", "tokens": tokens}
    (tmp_path / "in.jsonl").write_text(
        json.dumps(gold) + "\n" + json.dumps(gold | {"genre": "other"}), encoding="utf-8"
    )
    words.main([str(tmp_path / "in.jsonl"), "--genre", "news"])
    assert capsys.readouterr().out.splitlines() == [
        "lemma right: 100.0 of 100 tokens (4 of 4)",
        "part of speech right: 75.0 of 100 tokens (3 of 4)",
    ]


def test_the_report_is_measured(capsys):
    report.main(["--only", "html", "--rounds", "1"])
    assert re.fullmatch(r"html: [\d.]+ seconds, [12]\.\d\d MB\n", capsys.readouterr().out)


def test_speed_prints_each_measure(capsys):
    speed.main(["--copies", "1", "--rounds", "1"])
    printed = capsys.readouterr().out
    for measure in (
        "whole analysis",
        "spaCy alone",
        "time of the whole analysis / time of spaCy alone",
        "tone towards actors",
        "cold first score of tone",
        "size of the tone model",
        "peak memory",
        "cold workbook report",
        "cold import analysis",
    ):
        assert re.search(rf"^{re.escape(measure)}: -?[\d.,]+", printed, re.MULTILINE)


def test_gold_prints_rates_and_every_miss_of_the_texts_asked_for(capsys):
    gold.main(["court"])
    printed = capsys.readouterr().out.splitlines()
    assert printed[0] == "== court"
    assert re.fullmatch(r"mentions: F1, precision, recall: [\d.]+ [\d.]+ [\d.]+", printed[1])
    assert [line.split(":")[0] for line in printed[2:5]] == [
        "kind right",
        "actor_type right",
        "role right",
    ]
    assert [line.split(":")[0] for line in printed[5:8]] == [
        "quotations",
        "quotation's actor right",
        "quote_type right",
    ]
    assert not any(line.startswith("tone") for line in printed)
    assert all(re.match(r"(missed|other|added) +\d+ ['\"]", line) for line in printed[8:])
    gold.main(["article"])
    printed = capsys.readouterr().out
    assert re.search(
        r"^tone: agreement, kappa of the model with the coding: [\d.]+ -?[\d.]+$",
        printed,
        re.MULTILINE,
    )
    assert re.search(r"^voice right: [\d.]+$", printed, re.MULTILINE)
    with pytest.raises(SystemExit):
        gold.main(["court", "weather"])
    assert "no coding of 'weather'. Choose from: article, court, sport." in capsys.readouterr().err


def coded(doc_id, *people):
    """A record as the training reads it: of each person a sentence by name and one by pronoun, the same entity."""
    text, entities = "", []
    for name, pronoun in people:
        for mention in (name, pronoun):
            head = len(text) + mention.rfind(" ") + 1
            entities.append(
                {
                    "start": len(text),
                    "end": len(text + mention),
                    "head": [head, len(text + mention)],
                    "eid": name,
                }
            )
            text += f"{mention} smiled. "
    return {"doc_id": doc_id, "text": text, "entities": entities}


TRAINING = [
    coded("a", ("Ann Berg", "She"), ("Bob Holm", "He"), ("Carl Dean", "He")),
    coded("b", ("Jim Cole", "He"), ("Ann Iver", "She"), ("Jane Miller", "She")),
]


def test_training_learns_weights_and_with_folds_predicts_each_text_by_the_others(tmp_path):
    (tmp_path / "dev.jsonl").write_text("\n".join(map(json.dumps, TRAINING)), encoding="utf-8")
    references.main([str(tmp_path / "dev.jsonl"), str(tmp_path / "weights.csv")])
    header, *rows = (tmp_path / "weights.csv").read_text(encoding="utf-8").splitlines()
    weights = {feature: float(weight) for feature, weight in (row.rsplit(",", 1) for row in rows)}
    assert header == "feature,weight"
    assert weights["person gap1"] > 0 > weights["person none"]
    references.main([str(tmp_path / "dev.jsonl"), str(tmp_path / "out.jsonl"), "--folds", "2"])
    written = [
        json.loads(line)
        for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert [record["doc_id"] for record in written] == ["a", "b"]
    assert {mention["actor"] for mention in written[0]["mentions"]} == {
        "Ann Berg",
        "Bob Holm",
        "Carl Dean",
    }


def test_targets_are_all_mentions_beside_those_labelled_and_none_of_the_dev_parts(tmp_path):
    labelled_one = {"start": 0, "end": 8, "label": "neutral"}
    places = {"train": "Oslo", "dev-rw": "Rome"}
    records = [
        {"split": split, "text": f"Ann Berg met Bob Holm in {place}.", "targets": [labelled_one]}
        for split, place in places.items()
    ]
    news = [
        {"genre": "news", "text": "It rained. Carl Dean left."},
        {"genre": "bio", "text": "Jane Miller left."},
    ]
    for name, lines in (("newsmtsc", records), ("gum", news)):
        (tmp_path / name).write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    targets.main([str(tmp_path / name) for name in ("newsmtsc", "gum", "out")])
    found = [
        json.loads(line) for line in (tmp_path / "out").read_text(encoding="utf-8").splitlines()
    ]
    spans = [(each["text"], each["text"][each["start"] : each["end"]]) for each in found]
    assert spans == [
        ("Ann Berg met Bob Holm in Oslo.", "Bob Holm"),
        ("Ann Berg met Bob Holm in Oslo.", "Oslo"),
        ("Carl Dean left.", "Carl Dean"),
    ]
