"""A smoke run of each benchmark, on records made up here."""

import json
import re
from itertools import chain
from operator import itemgetter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import analysis as wb
from analysis.__main__ import read_arguments
from analysis.find.names.encoder import read_article
from analysis.lexicons import resource
from analysis.measure.tone import stance
from analysis.parse.tree import Tree
from benchmarks import (
    borrowed,
    calibration,
    commands,
    conflicts,
    contrasts,
    coverage,
    events,
    fairness,
    gold,
    name_swaps,
    outlets,
    places,
    predict,
    report,
    scaling,
    score,
    shapes,
    speed,
    telling,
    who,
    words,
)
from training import nearby, references, salience, targets

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
def keep(tmp_path):
    """Write records as JSON lines; returns the path of the file."""

    def write(name, *records):
        commands.write_records(tmp_path / name, records)
        return str(tmp_path / name)

    return write


@pytest.fixture
def predicted(keep):
    """Run a task on the records; returns the records written."""

    def run(task, *options):
        out = keep("out.jsonl")
        predict.main([task, keep("in.jsonl", *RECORDS), out, *options])
        return commands.read_records(out)

    return run


def words_of(spans):
    """What stands in the text at [start, end]."""
    return [TEXT[start:end] for start, end in spans]


def test_segment_writes_spans_of_sentences_and_tokens(predicted):
    first, empty, _ = predicted("segment")
    assert words_of(first["sentences"]) == [
        "Anna Berg met Peter Holm in Vienna.",
        "“We agree,” Berg said.",
    ]
    assert words_of(first["tokens"])[-4:] == ["”", "Berg", "said", "."]
    assert empty == {"doc_id": "b", "sentences": [], "tokens": []}


def test_actors_writes_mentions_under_one_name(predicted):
    first, empty, _ = predicted("actors")
    assert {"start": 0, "end": 9, "actor": "Anna Berg"} in first["mentions"]
    assert {"start": 48, "end": 52, "actor": "Anna Berg"} in first["mentions"]
    assert empty == {"doc_id": "b", "mentions": []}


def test_names_writes_types(predicted):
    first, empty, _ = predicted("names")
    assert first["names"] == [
        {"start": 0, "end": 9, "type": "PER"},
        {"start": 14, "end": 24, "type": "PER"},
        {"start": 28, "end": 34, "type": "LOC"},
        {"start": 48, "end": 52, "type": "PER"},
    ]
    assert empty == {"doc_id": "b", "names": []}


def test_quotes_writes_who_says_what(predicted):
    first, empty, _ = predicted("quotes")
    said = {"content": [[36, 47]], "source": [[48, 52]], "cue": [[53, 57]]}
    assert first["quotes"] == [said]
    assert empty == {"doc_id": "b", "quotes": []}


def test_dates_writes_expressions_of_time():
    text = "He left on Jan. 3, 2020, and came back last week."
    record = {"text": text, "date_created": "2020-02-03"}
    explicit = {"start": 11, "end": 23, "value": "2020-01-03"}
    told = {"start": 39, "end": 48, "value": "2020-01-27/2020-02-02"}
    assert predict.predict("dates", record) == {"dates": [explicit, told]}
    assert predict.predict("dates", {"text": text}) == {"dates": [explicit, {**told, "value": ""}]}


def test_names_are_of_people_organisations_and_places_alone():
    text = (
        "President Anna Berg left Austria. She and Iranian officials of NATO read the 2015 Joint "
        "Comprehensive Plan of Action."
    )
    assert predict.predict("names", {"text": text})["names"] == [
        {"start": 10, "end": 19, "type": "PER"},
        {"start": 25, "end": 32, "type": "LOC"},
        {"start": 63, "end": 67, "type": "ORG"},
    ]


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
    assert list(map(itemgetter("labels"), predicted("tone", "--method", "vader"))) == vader


def test_tone_is_told_of_a_place_as_often_as_it_is_asked_of():
    targets = [{"start": 24, "end": 32}, *3 * [{"start": 0, "end": 8}], {}]
    record = {"text": "Ann Berg is a liar, and Per Dahl won a prize.", "targets": targets}
    labels = predict.predict("tone", record)["labels"]
    assert labels[1:4] == ["negative"] * 3
    assert labels[0] != "negative"
    assert len(labels) == 5


def test_only_tone_has_methods(predicted, capsys):
    with pytest.raises(SystemExit):
        predicted("names", "--method", "vader")
    assert "--method is for tone" in capsys.readouterr().err


def label(end, said):
    """A labelled target at the beginning of a text."""
    return {"start": 0, "end": end, "label": said}


def test_calibration_counts_how_often_it_is_right_when_it_is_so_sure(
    tmp_path, keep, capsys, monkeypatch
):
    made = np.array([[0.9, 0.1, 0], [0.9, 0.1, 0], [0.1, 0.55, 0.35]])
    monkeypatch.setattr("benchmarks.calibration.score_with_model", lambda texts, targets: made)
    labels = [label(1, "negative"), label(1, "positive"), label(1, "neutral")]
    dev = {"split": "dev-rw", "text": "A", "targets": labels}
    path = keep("in.jsonl", dev, dev | {"split": "train", "text": "B"})
    calibration.main([path, str(tmp_path / "out.csv")])
    assert pd.read_csv(tmp_path / "out.csv").values.tolist() == [
        [0.5, 0.6, 1, 0.55, 1],
        [0.8, 0.9, 2, 0.9, 0.5],
    ]
    printed = capsys.readouterr().out
    assert "expected calibration error: 41.7 points" in printed  # (2 · 0.4 + 0.45) / 3
    assert "from 0.60 on: 66.7 of 100 get a label, 50.0 of 100 of these are right" in printed


def test_name_swaps_prints_shifts_and_the_worst_sentences(keep, capsys):
    record = {"text": "Iran attacked a ship. Anna Berg met Peter Holm.", "split": "a"}
    other = {"text": "Cuba attacked a ship.", "split": "b"}
    path = keep("in.jsonl", record, other)
    name_swaps.main([path, "--split", "a", "--method", "lexicon"])
    printed = capsys.readouterr().out
    assert "== nationality: 1 mentions, 24 names" in printed
    assert "== gender: 2 mentions, 12 names" in printed
    # The lexicon knows no names.
    assert "mean absolute shift: 0.000" in printed


def labelled(number):
    """Invented records as NewsMTSC has them, of each label one."""
    said = {"negative": "is a liar", "neutral": "left", "positive": "is a hero"}
    for name in (f"Ann Berg {number}", f"Bob Holm {number}"):
        for tone, what in said.items():
            target = label(len(name), tone)
            yield {"split": "train", "text": f"{name} {what}.", "targets": [target]}


def test_training_learns_what_words_near_a_target_say(tmp_path, keep):
    path = keep("in.jsonl", *chain.from_iterable(map(labelled, range(5))))
    nearby.main([path, str(tmp_path / "out.csv")])
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


SPEEDY = [
    {"text": "Anna Berg met Peter Holm in Vienna. “We agree,” Berg said."},
    {"text": "Ann Miller praised Bob Dean on Jan. 3, 2020."},
]
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
        {"start": 0, "end": 4, "tag": "date", "when": "2020"},
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
    "dates": (
        {"dates": [{"start": 3, "end": 10, "value": "2020"}]},
        ["found: 50.0", "value right: 50.0", "dates: 2"],
    ),
    "tone": (
        {"labels": ["positive", "neutral"]},
        ["macro-F1: 33.3", "accuracy: 50.0", "targets: 2"],
    ),
}


def test_names_are_scored_by_span_and_type(keep, capsys):
    iran, un = {"start": 0, "end": 4, "type": "LOC"}, {"start": 9, "end": 11, "type": "ORG"}
    gold_path = keep("gold", {"doc_id": "a", "entities": [iran, un]})
    found = {"doc_id": "a", "names": [iran, un | {"type": "PER"}, un | {"end": 12}]}
    score.main(["names", gold_path, keep("predicted", found)])
    assert capsys.readouterr().out == "names: F1, precision, recall: 40.0 33.3 50.0\n"


@pytest.mark.parametrize("task", SCORED)
def test_predictions_are_scored_as_counted_by_hand(task, keep, capsys):
    predicted, expected = SCORED[task]
    gold_path = keep("gold", GOLD)
    score.main([task, gold_path, keep("predicted", {"doc_id": "a", "id": "a"} | predicted)])
    assert capsys.readouterr().out.splitlines() == expected


def test_of_quotations_speakers_and_those_in_marks_are_scored_apart(keep, capsys):
    text = "“We go,” Ann said. It rains, Bob said."
    marked = {"content": [[0, 8]], "source": [[9, 12]], "style": "direct"}
    reported = {"content": [[19, 27]], "source": [[29, 32]], "style": "indirect"}
    record = {"doc_id": "a", "text": text, "attributions": [marked, reported]}
    quotes = [marked | {"source": None}, reported]
    predicted = keep("predicted", {"doc_id": "a", "quotes": quotes})
    score.main(["quotes", keep("gold", record), predicted])
    right, half, none = "100.0 100.0 100.0", "50.0 50.0 50.0", "0.0 0.0 0.0"
    rates = [right, right, none, none, right, right, half, half]
    printed = capsys.readouterr().out.splitlines()
    assert [line.split(": ")[-1] for line in printed] == rates
    assert printed[2].startswith("quoted: who said what, overlap 0.8: F1, precision, recall")


def test_a_gold_record_without_prediction_is_named(keep, capsys):
    with pytest.raises(SystemExit):
        score.main(["segment", keep("gold", GOLD), keep("predicted")])
    assert "1 of 1 gold records have no prediction" in capsys.readouterr().err


def test_a_record_without_text_is_named(keep):
    with pytest.raises(SystemExit, match="record 1 of .* has no `text`"):
        predict.main(["segment", keep("in.jsonl", {"doc_id": "a"}), keep("out.jsonl")])


def test_words_counts_right_lemmas_and_parts_of_speech(keep, capsys):
    tokens = [
        [0, 3, "Two", "two", "NUM"],
        [4, 8, "dogs", "dog", "NOUN"],
        [9, 15, "barked", "bark", "ADV"],
        [15, 16, ".", ".", "PUNCT"],
    ]
    gold = {"text": "Two dogs barked.", "genre": "news", "tokens": tokens}
    words.main([keep("in.jsonl", gold, gold | {"genre": "other"}), "--genre", "news"])
    assert capsys.readouterr().out.splitlines() == [
        "lemma right: 100.0 of 100 tokens (4 of 4)",
        "part of speech right: 75.0 of 100 tokens (3 of 4)",
    ]


def test_the_report_is_measured(capsys, monkeypatch):
    seconds = [4.0, 3.0]

    def run(*command):
        """Write as a report does, in no time."""
        assert command[:3] == ("-m", "analysis", "report")
        args = read_arguments(list(command[2:]))
        assert args.to == "html"
        (Path(args.out) / "report.html").write_bytes(b" " * 1_250_000)
        return seconds.pop()

    monkeypatch.setattr("benchmarks.report.cold", run)
    report.main(["--only", "html", "--rounds", "2"])
    assert capsys.readouterr().out == "html: 3.0 seconds, 1.25 MB\n"


def test_speed_prints_the_ratio_of_each_part(keep, capsys, monkeypatch):
    monkeypatch.setattr("benchmarks.speed.cold", lambda *command: 0.5)
    speed.main([keep("in.jsonl", *SPEEDY), "--rounds", "1"])
    text = capsys.readouterr().out
    assert text.splitlines()[0] == "articles: 2 (27 tokens, 7 mentions)"
    ratios = dict(
        re.findall(r"^([\w ]+?)(?: \(.*\))? / spaCy alone: ([\d.]+)$", text, re.MULTILINE)
    )
    assert list(ratios) == [
        "parse",
        "find_quotes",
        "find_mentions",
        "find_dates",
        "tone model",
        "words behind the tone",
        "VADER",
        "counts",
        "how it is told",
        "descriptions",
        "whole analysis",
    ]
    assert float(ratios["whole analysis"]) > float(ratios["tone model"]) > 0
    for measure in (
        "tone model",
        "peak memory",
        "cold first score of tone",
        "cold import analysis",
    ):
        assert re.search(rf"^{measure}: [\d.,]+ ", text, re.MULTILINE)


def test_scaling_prints_how_each_function_grows(capsys, monkeypatch):
    monkeypatch.setattr("benchmarks.scaling.time_apart", scaling.time_shape)
    monkeypatch.setattr("benchmarks.scaling.peak_memory", lambda: 700.0)
    monkeypatch.setattr("benchmarks.scaling.JUDGED", float("inf"))
    monkeypatch.setattr("benchmarks.scaling.LENGTHS", 2)
    monkeypatch.setattr("gc.collect", lambda: 0)  # among all tests, there is much to look through
    scaling.main(["--shapes", "dialogue", "marks", "--longest", "200"])
    head, columns, *rows = capsys.readouterr().out.splitlines()
    assert head.startswith("tone by the lexicon")
    assert columns.split()[2:] == ["100", "200", "exponent"]
    called = set(re.findall(r"wb\.(\w+)", Path(scaling.__file__).read_text(encoding="utf-8")))
    assert {"split_tokens", "find_speech", "count_talk", "score_stance", "draw_article"} < called
    for shape in ("dialogue", "marks"):
        of_shape = [row.split() for row in rows if row.startswith(f"{shape} ")]
        assert of_shape[-1][1:] == ["peak", "memory:", "700", "MB"]
        assert {row[1] for row in of_shape[:-1]} == {*called, "whole"}
        assert all(row[-2:] == ["not", "judged"] and len(row) == 7 for row in of_shape[:-1])


def test_scaling_fails_where_time_grows_faster_than_the_text_or_memory_is_too_large(
    capsys, monkeypatch
):
    def grow(shape, lengths):
        """Times as if one function were linear, one quadratic, one too quick to tell."""
        names = {"even": 1e-5, "steep": 1e-9, "quick": 1e-12}
        powers = {"even": 1, "steep": 2, "quick": 2}
        times = []
        for length in lengths:
            times.append({name: names[name] * length ** powers[name] for name in names})
        return times, 1_600.0

    monkeypatch.setattr("benchmarks.scaling.time_apart", grow)
    with pytest.raises(SystemExit) as stopped:
        scaling.main(["--shapes", "news"])
    assert stopped.value.code.splitlines() == [
        "news: steep grows with exponent 2.00",
        "news: peak memory is 1,600 MB",
    ]
    printed = capsys.readouterr().out
    assert re.search(r"even .* 1\.00$", printed, re.MULTILINE)
    assert re.search(r"quick .* not judged$", printed, re.MULTILINE)


@pytest.mark.parametrize("shape", shapes.SHAPES)
def test_a_made_up_text_has_its_shape_and_length(shape):
    text = shapes.make_text(shape, 4000)
    assert 3900 < len(text) <= 4000
    assert text == shapes.make_text(shape, 4000)
    paragraphs = {"news": 12, "dialogue": 50, "short": 40, "actors": 9}
    assert text.count("\n\n") + 1 >= paragraphs.get(shape, 1)
    assert (shape in paragraphs) == ("\n\n" in text)


def test_speed_runs_on_the_different_texts_of_the_project():
    own = speed.read_different(None, None)
    assert len(own) == 3 and own["text"].is_unique
    assert len(speed.read_different(None, 2)) == 2


def read_two(name):
    """The rows of a table of the coding by hand that are of the first two articles."""
    coded = gold.read_table(name)
    return coded[coded["text_id"].isin(coded["text_id"].unique()[:2])]


def test_telling_finds_passives_by_the_gold_tree_and_prints_what_it_misses(
    capsys, tmp_path, monkeypatch
):
    words = [
        ("He", 3, "nsubj:pass"),
        ("was", 3, "aux:pass"),
        ("seen", 0, "root"),
        (".", 3, "punct"),
    ]
    tokens, at = [], 0
    for word, head, relation in words:
        tokens.append([at, at + len(word), word, word, "X", "X", head, relation, 0, 0])
        at += len(word) + (word != "seen")
    path = tmp_path / "gum.jsonl"
    path.write_text(json.dumps({"genre": "news", "text": "He was seen.", "tokens": tokens}))
    telling.main(["doers", str(path)])
    assert capsys.readouterr().out == "news: F1 100.0 (1 of 1 found, 1 coded)\n"
    telling.main(["article"])
    printed = capsys.readouterr().out
    assert re.search(r"doers: \d+ coded, [\d.]+ found", printed)
    assert re.search(r"  missed: ….*\[provocations\].*… \(noun\)", printed)
    monkeypatch.setattr(telling, "read_table", read_two)
    telling.main(["sentences"])
    printed = capsys.readouterr().out
    n = len(read_two("telling_doers"))
    assert re.search(rf"acts of harm: {n} coded, [\d.]+ found", printed)


def test_telling_edits_headlines(capsys, tmp_path):
    rows = [("Lee kills 20 people", "Ann Lee"), ("Reed left Ohio", "Bob Reed")]
    texts = [
        f"Monday\n\n{name} killed 20 people. " + "It rained in Linz. " * 20 for _, name in rows
    ]
    table = pd.DataFrame({"title": [title for title, _ in rows], "text": texts})
    table.to_csv(tmp_path / "news.csv", index=False)
    telling.main(["headlines", str(tmp_path)])
    printed = capsys.readouterr().out
    assert "another headline: area under the curve" in printed
    assert re.search(r"another number: area under the curve [\d.]+ \(1 headlines\)", printed)


def test_salience_is_learned_from_who_is_named_by_summaries():
    entity = {"start": 0, "end": 7, "head": [4, 7], "eid": "1", "etype": "person"}
    document = {"doc_id": "a", "text": "Ann Lee left. It rained.", "entities": []}
    document["entities"].append(entity | {"salience": "ssnnn"})
    rows = salience.read_actors(document)
    assert rows[["actor", "n", "grade"]].values.tolist() == [["Ann Lee", 1, 2]]
    rows = pd.concat([rows, rows.assign(grade=0, first_sentence=9)])
    weights = salience.learn(rows)
    assert weights["log of first sentence"] < 0
    scores = salience.score(rows, weights)
    assert scores[0] > scores[1]


def test_the_weights_of_salience_are_made_again_by_its_command(capsys, tmp_path):
    text = "Ann Lee left. Lee slept.\n\nBob Reed met Tom Hale."
    entities = []
    for eid, name, grade in (("1", "Lee", "ssnnn"), ("2", "Reed", "nnnnn"), ("3", "Hale", "snnnn")):
        head = [text.index(name), text.index(name) + len(name)]
        entity = {"start": head[0], "end": head[1], "head": head, "eid": eid, "etype": "person"}
        entities.append(entity | {"salience": grade})
    documents = tmp_path / "gum.jsonl"
    lines = []
    for doc_id in "ab":
        record = {"doc_id": doc_id, "genre": "news", "text": text, "entities": entities}
        lines.append(json.dumps(record))
    documents.write_text("\n".join(lines))
    salience.main([str(documents), str(tmp_path / "weights.csv")])
    printed = capsys.readouterr().out.splitlines()
    assert printed[0] == "2 articles, 6 actors"
    assert printed[1].startswith("plain count: ")
    learned = pd.read_csv(tmp_path / "weights.csv")
    assert learned["evidence"].tolist() == list(salience.evidence_of(salience.read_actors(record)))


def test_gold_prints_rates_and_every_miss_of_the_texts_asked_for(capsys, monkeypatch):
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
    monkeypatch.setitem(stance.METHODS, "model", stance.METHODS["lexicon"])  # is faster
    gold.main(["wikinews"])
    printed = capsys.readouterr().out
    assert "tone: agreement, kappa of the two coders: 98.7 0.94\n" in printed
    assert "tone: always neutral, agreement: 88.2\n" in printed
    with pytest.raises(SystemExit):
        gold.main(["court", "weather"])
    assert (
        "no coding of 'weather'. Choose from: article, court, sport, wikinews."
        in capsys.readouterr().err
    )


def test_fairness_counts_names_by_region_and_pronouns_by_gender(
    tmp_path, keep, monkeypatch, capsys
):
    sentences = fairness.make_sentences()
    assert len(sentences) == 3 * 352 and sentences["region"].nunique() == 11
    for row in sentences.itertuples():
        assert "{" not in row.text and row.text[row.start : row.end] in row.text
    monkeypatch.setattr(fairness, "make_sentences", lambda: sentences.iloc[[0, 1, 40]])
    lines = [
        [
            "ID",
            "Text",
            "Pronoun",
            "Pronoun-offset",
            "A",
            "A-offset",
            "A-coref",
            "B",
            "B-offset",
            "B-coref",
        ]
    ]
    lines.append(
        ["1", "Ann Berg left. She smiled.", "She", 15, "Ann", 0, "TRUE", "left", 9, "FALSE"]
    )
    lines.append(["2", "Bob Holm left. He smiled.", "He", 15, "Bob", 0, "TRUE", "left", 9, "FALSE"])
    path = tmp_path / "gap.tsv"
    path.write_text("".join("\t".join(map(str, line)) + "\n" for line in lines), encoding="utf-8")
    fairness.main([str(tmp_path / "card.csv"), "--gap", str(path)])
    card = pd.read_csv(tmp_path / "card.csv")
    assert card.loc[card["measure"] == "names found, all", "n"].iat[0] == 3
    of_pronouns = card[card["measure"] == "pronouns linked, F1"].set_index("group")["score"]
    assert of_pronouns.to_dict() == {"he, him, his": 100.0, "she, her": 100.0}
    assert capsys.readouterr().out


def coded(doc_id, *people):
    """A record as the training reads it: of each person a sentence by name and one by pronoun."""
    text, entities = "", []
    for name, pronoun in people:
        for mention in (name, pronoun):
            start, end = len(text), len(text + mention)
            head = [start + mention.rfind(" ") + 1, end]
            form = "named" if mention == name else "pronoun"
            entities.append({"start": start, "end": end, "head": head, "form": form, "eid": name})
            text += f"{mention} smiled. "
    return {"doc_id": doc_id, "text": text, "entities": entities}


TRAINING = [
    coded("a", ("Ann Berg", "She"), ("Bob Holm", "He"), ("Carl Dean", "He")),
    coded("b", ("Jim Cole", "He"), ("Ann Iver", "She"), ("Jane Miller", "She")),
]


def keep_readings(path, records):
    """What the encoder says of each record, as the training keeps it."""
    kept = {}
    for record in records:
        tree = Tree(wb.split_tokens(wb.read_texts(record["text"])))
        for name, numbers in read_article(tree)._asdict().items():
            kept[f"{record['doc_id']}/{name}"] = numbers
    np.savez(path, **kept)


def test_training_learns_weights_and_with_folds_predicts_each_text_by_the_others(tmp_path, keep):
    path, readings = keep("dev.jsonl", *TRAINING), str(tmp_path / "readings.npz")
    keep_readings(readings, TRAINING)
    references.main([path, readings, str(tmp_path / "weights.csv")])
    weights = pd.read_csv(tmp_path / "weights.csv").set_index("feature")["weight"]
    assert weights["person gap1"] > 0 > weights["person none"]
    assert weights["person reading"] > 0
    out = keep("out.jsonl")
    references.main([path, readings, out, "--folds", "2"])
    first, second = commands.read_records(out)
    assert (first["doc_id"], second["doc_id"]) == ("a", "b")
    actors = set(map(itemgetter("actor"), first["mentions"]))
    assert actors == {"Ann Berg", "Bob Holm", "Carl Dean"}


def test_targets_are_all_mentions_beside_those_labelled_and_none_of_the_dev_parts(keep, tmp_path):
    text = "Ann Berg met Bob Holm in {}."
    train = {"split": "train", "text": text.format("Oslo"), "targets": [label(8, "neutral")]}
    dev = train | {"split": "dev-rw", "text": text.format("Rome")}
    news = {"genre": "news", "text": "It rained. Carl Dean left."}
    other = {"genre": "bio", "text": "Jane Miller left."}
    out, folder = keep("out"), tmp_path / "wikinews"
    folder.mkdir()
    coded = pd.read_csv(resource("data") / "gold" / "wikinews.csv")["url"].iat[0]
    rows = [(coded, "Eva Frank left."), ("https://a.example/1", "Ida Hill left.")]
    pd.DataFrame(rows, columns=["url", "text"]).to_csv(folder / "a.csv", index=False)
    targets.main([keep("newsmtsc", train, dev), keep("gum", news, other), str(folder), out])
    assert commands.read_records(out) == [
        {"text": "Ann Berg met Bob Holm in Oslo.", "start": 13, "end": 21},
        {"text": "Ann Berg met Bob Holm in Oslo.", "start": 25, "end": 29},
        {"text": "Carl Dean left.", "start": 0, "end": 9},
        {"text": "Ida Hill left.", "start": 0, "end": 8},
    ]


def test_conflicts_are_planted_and_found_and_alarms_counted(capsys, tmp_path):
    dam = "Police fired at marchers at the Dravik dam. {} people were killed at the second gate."
    texts = [dam.format("Twelve"), dam.format("Twelve") + " It rained.", "Mice ate the cheese."]
    rows = [
        {"text": text, "event_id": event, "source": outlet, "date": "2024-10-02"}
        for text, event, outlet in zip(texts, "aab", "xyz", strict=True)
    ]
    path = tmp_path / "basil.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    for into in ("copy", "other"):
        conflicts.main([str(path), "--into", into, "--n", "2", "--list"])
        assert capsys.readouterr().out.splitlines() == [
            f"planted into {into}: 2, found 2",
            "alarms: 0 in 3 articles as they are (0.00 each)",
        ]


def test_a_figure_is_changed_in_digits_or_words_as_it_stands():
    rng = conflicts.random.Random(1)
    assert conflicts.change_figure("about seven", rng).startswith("about ")
    assert "seven" not in conflicts.change_figure("about seven", rng)
    assert conflicts.change_figure("$1,340", rng)[0] == "$"
    assert conflicts.change_figure("dozens", rng) is None


def test_places_are_compared_with_the_coding_and_misses_listed(capsys, tmp_path, monkeypatch):
    (tmp_path / "gold").mkdir()
    rows = [("A fire", 0, "Paris", "US"), ("A fire", 7, "Texas", "US"), ("A fire", 24, "it", "FR")]
    coded = pd.DataFrame(rows, columns=["title", "start", "text", "country"])
    coded.to_csv(tmp_path / "gold" / "places.csv", index=False)
    monkeypatch.setattr("benchmarks.places.resource", lambda name: tmp_path)
    articles = pd.DataFrame({"title": ["A fire"], "text": ["Paris, Texas, burned as it rained."]})
    articles.to_csv(tmp_path / "news.csv", index=False)
    places.main([str(tmp_path / "news.csv")])
    assert capsys.readouterr().out.splitlines() == [
        "places: 3 coded, 2 found as mentions of places",
        "country: 2 given, 2 right (66.7% of all coded)",
        "with coordinates: 2, of the country: 2",
        "  it (FR): none; no mention of a place",
    ]


def test_alarms_are_counted_with_the_outlets_of_each_event_exchanged(capsys, tmp_path):
    said = {"A": "Iran spoke. Iran left.", "B": "Putin spoke.", "C": "It rained."}
    rows = []
    for event in range(6):
        for outlet, text in said.items():
            known = {"event_id": event, "source": outlet, "date": "2020-01-01"}
            rows.append({**known, "text": f"{text} Number {event}."})
    pd.DataFrame(rows).to_json(tmp_path / "news.jsonl", orient="records", lines=True)
    outlets.main([str(tmp_path / "news.jsonl"), "--events", "6", "--draws", "2"])
    assert "6 events: something holds in" in capsys.readouterr().out
    articles = outlets.read_events(tmp_path / "news.jsonl")
    drawn = outlets.exchange(articles, np.random.default_rng(1))
    assert drawn.groupby("event")["outlet"].agg(set).tolist() == [{"a", "b", "c"}] * 6
    assert drawn["outlet"].tolist() != articles["outlet"].tolist()


def test_events_are_compared_with_the_coding_and_what_is_not_right_is_listed(
    capsys, tmp_path, monkeypatch
):
    (tmp_path / "gold").mkdir()
    rows = [
        ("a", "fresh", "Lee resigned", "resigned", "event", "2020-01-06"),
        ("a", "fresh", "Day left", "left", "event", "2020-01-06"),
        ("a", "fresh", "Roe was held", "held", "event", ""),
        ("a", "fresh", "the raid", "raid", "event", "2020"),
    ]
    columns = ["text_id", "part", "words", "verb", "kind", "value"]
    pd.DataFrame(rows, columns=columns).to_csv(tmp_path / "gold" / "events.csv", index=False)
    monkeypatch.setattr("benchmarks.events.resource", lambda name: tmp_path)
    text = "Ann Lee resigned on Monday.\n\nKim Day left in May. Jo Roe was held after the raid."
    article = {"doc_id": "a", "date": "2020-01-08", "text": text}
    (tmp_path / "basil.jsonl").write_text(json.dumps(article) + "\n", encoding="utf-8")
    events.main([str(tmp_path / "basil.jsonl")])
    assert capsys.readouterr().out.splitlines() == [
        "fresh: 4 events coded, 3 found (75.0%)",
        "found and not coded: 0, of these dated 0",
        "dated in the coding: 3, right 1 (33.3%)",
        "  right: 1",
        "  narrower: 0",
        "  wider: 0",
        "  wrong: 1",
        "  open: 0",
        "  guess: 0",
        "  rightly open: 1",
        "  missed: 1",
        "wrong: Day left (2020-01-06): 2019-05; own: “May” stands beside the verb",
        "missed: the raid (2020): none; ",
    ]


def test_coverage_is_told_for_each_design(keep, capsys):
    labels = ["negative"] * 30 + ["neutral"] * 70
    said = ["negative"] * 25 + ["neutral"] * 70 + ["negative"] * 5
    targets = [{"label": label} for label in labels]
    gold_path = keep("gold.jsonl", {"id": "a", "targets": targets})
    predicted_path = keep("predicted.jsonl", {"id": "a", "labels": said})
    coverage.main(["tone", gold_path, predicted_path, "--corpora", "20"])
    printed = capsys.readouterr().out
    assert (
        "100 items: the machine says yes to 30, the annotation to 30,\nboth agree on 90" in printed
    )
    told = re.findall(r"^  corrected: ([\d.]+) ([\d.]+) 100.0$", printed, re.MULTILINE)
    assert len(told) == 5 and all(float(covered) >= 75 for covered, _ in told)
    widths = [float(width) for _, width in told]
    assert widths == sorted(widths, reverse=True)


def test_items_of_coverage_are_what_machine_and_annotation_say():
    entities = [
        {"eid": 1, "etype": "person", "form": "named", "start": 0, "end": 3, "head": [0, 3]},
        {"eid": 1, "etype": "person", "form": "pronoun", "start": 9, "end": 11, "head": [9, 11]},
        {"eid": 2, "etype": "person", "form": "named", "start": 20, "end": 23, "head": [20, 23]},
    ]
    mentions = [(0, 3, "Ann"), (9, 11, "Ann"), (20, 23, "Ann"), (20, 23, "Bob")]
    found = [{"start": start, "end": end, "actor": actor} for start, end, actor in mentions]
    items = coverage.actor_items([({"entities": entities}, {"mentions": found})])
    assert items == [(True, True), (True, True), (True, False), (False, False)]
    text = "It rains, Ann said. It snows."
    quotes = [
        {"content": [[0, 8]], "source": [[10, 13]], "cue": None},
        {"content": [[20, 28]], "source": None, "cue": None},
    ]
    wanted = [{"content": [[0, 8]], "source": [[10, 13]], "style": "indirect"}]
    pair = {"text": text, "attributions": wanted}, {"quotes": quotes}
    assert coverage.quote_items([pair]) == [(True, True), (False, False)]


def test_borrowed_errors_are_counted_and_their_intervals_tried(keep, tmp_path, monkeypatch, capsys):
    right = {"n_true": 2, "found": 1, "n_other": 2, "wrongly": 1}
    true, said = [True, True, False, False], [True, False, True, False]
    assert borrowed.count_errors(true, said) == right
    coded = pd.DataFrame({"text_id": ["x"] * 5 + ["y"] * 5, "actor": "Ann"})
    coded = coded.assign(true=[True, *[False] * 9], said=[True, *[False] * 9])
    monkeypatch.setattr(borrowed, "label_newsmtsc", lambda path: (pd.Series(true), pd.Series(said)))
    monkeypatch.setattr(borrowed, "ANSWER", True)
    monkeypatch.setattr(borrowed, "place_wikinews", lambda: ())
    monkeypatch.setattr(borrowed, "label_gold", lambda: coded)
    monkeypatch.setattr(borrowed, "label_article", lambda: coded.iloc[:0])
    # Of Ann's six mentions five are found, and one of Bob's is taken for hers.
    named = {"said": ["Ann"] * 6 + ["Bob"] * 3, "true": ["Ann"] * 5 + ["Bob"] * 3 + ["Ann"]}
    items = pd.DataFrame({"text_id": "x", **named, "size": 1, "asked": True})
    names = {"x": items, "y": items.assign(text_id="y")}
    monkeypatch.setattr(borrowed, "find_names", lambda task, path: names)
    borrowed.main(["newsmtsc.jsonl", "polnear.jsonl", str(tmp_path / "out.csv")])
    assert pd.read_csv(tmp_path / "out.csv")[borrowed.COUNTS].values.tolist() == [
        [2, 1, 2, 1],
        [1, 1, 9, 0],
        *[[9, 7, 9, 2]] * 4,
    ]
    printed = capsys.readouterr().out
    assert "4 as one: 2 of 2 actors covered" in printed
    assert "actor, 5 or more, 8 as one: 2 of 2 covered" in printed


def test_who_is_named_is_counted_by_the_workbooks_names():
    rows = pd.DataFrame({"text_id": "x", "said": ["Ann", "Ann", "Bob", "nobody"]})
    rows = rows.assign(true=["Anne", "Anne", "nobody", "Anne"], size=1, asked=rows["said"] == "Ann")
    named = who.name_alike(rows)
    assert named["true"].tolist() == ["Ann", "Ann", "nobody", "Ann"]
    # Of Ann's three two are found; of Bob nothing is asked.
    assert who.count_named(named) == [3, 2, 1, 0]


def test_a_coder_who_finds_the_machine_right_is_covered_by_every_difference():
    items = np.array([(True, True)] * 40 + [(False, False)] * 40)
    measured = contrasts.measure(items, 80, same=False, by_outlet=True, corpora=20)
    assert measured[0] == 100.0 and measured[2] == 100.0


def test_a_corpus_is_made_of_public_articles_that_come_again_with_other_names(tmp_path):
    from benchmarks.corpus import cut_words, make_corpus

    text = "On Monday, Anna Miller met Robert Berg. Miller left early, and Berg stayed on."
    public = tmp_path / "public.jsonl"
    public.write_text(json.dumps({"text": text, "source": "Echo"}) + "\n", encoding="utf-8")
    made = list(make_corpus([str(public)], 3))
    assert made[0] == {"source": "Echo", "text": text}
    assert len({each["text"] for each in made}) == 3
    assert made[1]["text"].endswith("\n\nThis was report 1.")
    assert "Anna Miller" not in made[1]["text"]
    assert cut_words("It rained. It snowed. It", 5) == "It rained. It snowed."
