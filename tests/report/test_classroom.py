"""What a class coded: files of all kinds in one folder, merged; agreement; the page."""

import contextlib
import io
import re
import shutil

import numpy as np
import pandas as pd
import pytest
from nltk.metrics.agreement import AnnotationTask

import analysis as wb
from analysis.__main__ import main
from analysis.errors import WorkbookError
from analysis.measure.classroom import find_dispute, score_votes

TEXT = (
    "Anna Berg lied to the court. Peter Holm praised Anna Berg. Anna Berg stole a car. "
    "Anna Berg helped the poor. Peter Holm met Anna Berg in Vienna. Peter Holm left."
)


@pytest.fixture(scope="module")
def story():
    """An article, its stance and two samples that share no passage."""
    articles = wb.read_texts(TEXT)
    sentences = wb.split_sentences(articles)
    mentions = wb.find_mentions(articles, wb.split_tokens(articles, sentences))
    stance = wb.score_stance(mentions, sentences)
    sample = wb.sample_rows(stance, sentences, 8)
    return {
        "articles": articles,
        "sentences": sentences,
        "stance": stance,
        "sample": sample.head(4).reset_index(drop=True),
        "other": sample.tail(4).reset_index(drop=True),
    }


def fill(sample, path, answers, coder="me"):
    """A coder's file with answers, the first ones of the sample's."""
    path.parent.mkdir(parents=True, exist_ok=True)
    wb.write_codings(sample, path, coder=coder)
    for item, answer in zip(sample["item"], answers, strict=False):
        wb.write_answer(path, item, answer)
    return path


def list_files(folder, articles=None):
    """{file: (status, coders, note)}."""
    files = wb.read_class_files(folder, articles)
    files = files.astype("object").where(files.notna(), "")
    return {row.file: (row.status, row.coders, row.note) for row in files.itertuples()}


def test_files_count_whatever_they_are_called_and_in_folders_too(story, tmp_path):
    fill(story["sample"], tmp_path / "A.CSV", ["negative"], "anna")
    fill(story["sample"], tmp_path / "Berg_123_file" / "story (1).csv", ["neutral"] * 4, "ben")
    fill(story["sample"], tmp_path / ".hidden.csv", ["neutral"], "carl")
    (tmp_path / "notes.txt").write_text("none")
    (tmp_path / "story.corrections.csv").write_text("action,to\n")
    codings = wb.read_class(tmp_path, story["articles"])
    assert codings["coder"].unique().tolist() == ["anna", "ben"]
    assert codings["answer"].notna().sum() == 5
    files = list_files(tmp_path, story["articles"])
    assert list(files) == ["A.CSV", "Berg_123_file/story (1).csv", "notes.txt"]
    assert [status for status, *_ in files.values()] == ["used", "used", "left out"]
    assert files["notes.txt"][2] == "It is no table (.csv), so it holds no codings."


def test_two_files_of_one_name_are_told_apart_and_a_coder_of_two_tasks_is_one(story, tmp_path):
    fill(story["sample"], tmp_path / "anna.csv", ["negative"])
    fill(story["sample"], tmp_path / "ben.codings.csv", ["neutral"])
    fill(story["sample"], tmp_path / "x" / "anna.csv", ["neutral"])
    fill(story["sample"], tmp_path / "carl.csv", ["neutral"], "Carl")
    who = story["sample"].assign(task="actor", answers="Anna Berg | nobody | cannot tell")
    who["item"] = who["item"].str.replace("tone", "actor")
    fill(who, tmp_path / "carl.actor.csv", ["nobody"], "carl")
    files = list_files(tmp_path)
    assert [coders for _, coders, _ in files.values()] == [
        "me (anna)",
        "me (ben)",
        "carl",
        "Carl",
        "me (x/anna)",
    ]
    assert "name their coder “me”, too: told apart" in files["anna.csv"][2]


def test_a_copy_counts_once_but_unnamed_coders_may_be_alike(story, tmp_path):
    for name in ("a", "b"):
        fill(story["sample"], tmp_path / f"{name}.csv", ["negative"] * 4, "anna")
        fill(story["sample"], tmp_path / f"{name}-me.csv", ["neutral"] * 4, "me")
    files = list_files(tmp_path)
    assert files["b.csv"] == ("left out", "", "The same as a.csv, which counts once.")
    assert files["b-me.csv"][:2] == ("used", "me (b-me)")
    assert "if it is a copy, take it away" in files["b-me.csv"][2]


def test_who_is_called_as_the_machine_is_gets_the_files_name(story, tmp_path):
    fill(story["sample"], tmp_path / "a.csv", ["negative"], "Machine")
    fill(story["sample"], tmp_path / "b.csv", ["negative"], "anna")
    codings = wb.read_class(tmp_path)
    assert codings["coder"].unique().tolist() == ["Machine (a)", "anna"]
    assert wb.score_coders(codings, story["stance"])["coder"].tolist()[-1] == "machine"


def test_what_cannot_be_used_is_listed_with_the_reason_and_the_rest_goes_on(story, tmp_path):
    good = fill(story["sample"], tmp_path / "good.csv", ["negative"] * 4, "anna")
    fill(story["sample"], tmp_path / "empty.csv", [], "ben")
    (tmp_path / "table.csv").write_text("a,b\n1,2\n")
    (tmp_path / "nothing.csv").write_bytes(b"")
    (tmp_path / "raw.csv").write_bytes(bytes(range(256)))
    (tmp_path / "sheet.xlsx").write_bytes(b"PK")
    text = good.read_text("utf-8-sig")
    lines = text.splitlines(keepends=True)
    (tmp_path / "twice.csv").write_text("".join([*lines, lines[1]]).replace("anna", "carl"))
    slip = text.replace("anna", "dora").replace(",negative,", ",negativ,", 1)
    (tmp_path / "slip.csv").write_text(slip.replace(",negativ,", ",bad,", 1))
    german = "\r\n".join(";".join(row) for row in csv_cells(text.replace("anna", "emil")))
    (tmp_path / "german.csv").write_bytes(german.encode("cp1252", "replace"))
    other = wb.read_texts("Vladimir Putin lied. It rained.")
    rain = wb.split_sentences(other)
    fill(wb.sample_rows(rain, rain, 2), tmp_path / "other.csv", ["whole"], "fred")
    files = list_files(tmp_path, story["articles"])
    assert {name for name, told in files.items() if told[0] == "used"} == {
        "good.csv",
        "slip.csv",
        "german.csv",
    }
    assert files["empty.csv"][0] == "nothing answered yet"
    assert files["table.csv"][2] == "It is no file with codings: its columns are others."
    assert "save it as CSV" in files["sheet.xlsx"][2]
    assert "stands twice under the coder “carl”" in files["twice.csv"][2]
    assert "are of another article" in files["other.csv"][2]
    assert "no such answer “bad”" in files["slip.csv"][2]
    assert wb.read_class(tmp_path, story["articles"])["answer"].notna().sum() == 4 + 3 + 4


def csv_cells(text):
    """The cells of each row, those with the separator of others in quotation marks."""
    frame = pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)
    rows = [frame.columns.tolist(), *frame.to_numpy().tolist()]
    return [[f'"{cell}"' if ";" in cell else cell for cell in row] for row in rows]


def test_ones_own_reading_of_another_sample_is_no_coder(story, tmp_path):
    for name in ("anna", "ben"):
        fill(story["sample"], tmp_path / f"{name}.csv", ["negative"], name)
    fill(story["other"], tmp_path / "my-reading.codings.csv", ["negative"], "me")
    files = list_files(tmp_path, story["articles"])
    said = "It is of another sample: it shares no passage with the other files."
    assert files["my-reading.codings.csv"] == ("left out", "", said)
    assert wb.read_class(tmp_path)["coder"].unique().tolist() == ["anna", "ben"]


def test_a_single_reading_counts_whatever_its_coder_is_called(story, tmp_path):
    fill(story["sample"], tmp_path / "me.csv", ["negative"])
    assert list_files(tmp_path)["me.csv"][0] == "used"


def test_different_samples_in_a_folder_are_refused_by_the_files_names(story, tmp_path):
    fill(story["sample"], tmp_path / "a.csv", ["negative"], "anna")
    fill(story["sample"], tmp_path / "b.csv", ["negative"], "ben")
    fill(story["other"], tmp_path / "c.csv", ["negative"], "carl")
    with pytest.raises(WorkbookError, match=r"2 different samples.*: a\.csv, b\.csv; c\.csv\. Put"):
        wb.read_class(tmp_path)
    both = pd.concat([story["sample"], story["other"]], ignore_index=True)
    fill(both, tmp_path / "d.csv", ["negative"] * 8, "dora")
    assert wb.read_class(tmp_path)["coder"].nunique() == 4


@pytest.mark.parametrize("name", ["missing", "file", "bare"])
def test_a_folder_without_files_says_what_to_do(tmp_path, name):
    (tmp_path / "file").write_text("x")
    (tmp_path / "bare").mkdir()
    with pytest.raises(WorkbookError, match=r"Name the folder|no file with codings"):
        wb.read_class(tmp_path / name)


# Figures


def as_codings(story, answers):
    """Codings of the sample's items, {coder: answers}."""
    rows = []
    for coder, given in answers.items():
        told = story["sample"].head(len(given)).assign(coder=coder, answer=given, note=None)
        rows.append(told[wb.schema.columns("codings")])
    return wb.schema.table(pd.concat(rows, ignore_index=True), "codings")


N, M, P, X = "negative", "neutral", "positive", "cannot tell"


def test_answers_are_counted_the_most_disputed_first(story):
    told = as_codings(story, {"a": [N, N, M, X], "b": [N, M, M], "c": [N, P, X]})
    counts = wb.count_answers(told)
    first = counts[counts["item"] == story["sample"]["item"].iloc[1]]
    assert counts["item"].iloc[0] == first["item"].iloc[0] and (first["disputed"] == 1).all()
    assert first["answer"].tolist() == [N, M, P]
    by_item = counts.drop_duplicates("item").set_index("item").loc[story["sample"]["item"]]
    assert by_item["disputed"].fillna(-1).tolist() == [0, 1, 0, -1]
    assert by_item["cannot_tell"].tolist() == [0, 0, 1, 1]
    assert by_item["coders"].tolist() == [3, 3, 3, 1] and counts["machine"].isna().all()


def test_alpha_of_a_class_is_krippendorffs_as_others_reckon_it(story):
    answers = {"a": [N, N, M, P], "b": [N, M, M, P], "c": [N, N, X, P], "d": [N, P]}
    told = as_codings(story, answers)
    score = wb.score_class(told).iloc[0]
    known = told[told["answer"] != X]
    data = list(known[["coder", "item", "answer"]].itertuples(index=False, name=None))
    assert score["alpha"] == pytest.approx(AnnotationTask(data=data).alpha())
    assert score["alpha_low"] <= score["alpha"] <= score["alpha_high"]
    assert (score["coders"], score["n"], score["unanimous"]) == (4, 4, 3)
    assert score["cannot_tell"] == pytest.approx(1 / 14)
    assert score["flag"] == "fewer than 20 items"


def test_agreement_is_that_of_two_drawn_by_lot():
    votes = np.array([[2.0, 0], [1, 1]])
    agreement, alpha = score_votes(votes, np.ones((1, 2)))
    assert agreement[0] == 0.5 and alpha[0] == pytest.approx(0)
    assert find_dispute(np.array([3, 1])) == 0.5 and np.isnan(find_dispute(np.array([1])))


@pytest.mark.parametrize(
    ("answers", "flag"),
    [({"a": [N, N]}, "no item has two answers"), ({"a": [N, N], "b": [N, N]}, "fewer than 20")],
)
def test_too_little_to_score_is_said(story, answers, flag):
    told = as_codings(story, answers)
    score = wb.score_class(told, story["stance"]).iloc[0]
    assert score["flag"].startswith(flag) and pd.isna(score["alpha"])
    assert wb.describe_class(told).startswith("**tone**: ")
    assert wb.draw_coders(wb.score_coders(told)).to_dict()


def test_each_is_compared_with_the_others_and_not_with_oneself(story):
    told = as_codings(story, {"a": [N, N], "b": [N, M], "c": [M, M]})
    close = wb.score_coders(told).set_index("coder")["agreement"]
    assert close.tolist() == [0.25, 0.5, 0.25]
    assert wb.score_coders(told[:0]).empty and wb.count_answers(told[:0]).empty


def test_nobody_is_named_unless_it_is_wanted(story):
    told = as_codings(story, {"anna": [N, N], "ben": [N, M]})
    coders = wb.score_coders(told, story["stance"])
    assert "anna" not in str(wb.draw_coders(coders).to_dict())
    assert "anna" in str(wb.draw_coders(coders, names=True).to_dict())
    drawn = wb.draw_answers(wb.count_answers(told, story["stance"]), story["sentences"])
    assert "anna" not in drawn.data and "◂ machine" in drawn.data


def test_answers_are_drawn_with_their_sentence_and_safely(story):
    told = as_codings(story, {"a": [N], "b": [M]}).assign(note="<b>why</b>")
    drawn = wb.draw_answers(wb.count_answers(told), story["sentences"])
    assert 'href="#' in drawn.data and "<mark>" in drawn.data and "<b>" not in drawn.data
    assert (
        "Noted: &lt;b&gt;why" in drawn.data and "negative 1, neutral 1, positive 0" in drawn.still
    )
    assert drawn.data.count('class="votes"') == 1


def test_bars_stand_in_the_order_of_the_scale_on_one_measure_and_folded(story):
    told = as_codings(story, {"a": [N, P], "b": [N, X], "c": [M, P], "d": [N, P]})
    drawn = wb.draw_answers(wb.count_answers(told), story["sentences"])
    items = drawn.data.split("<li><p>")[1:]
    assert len(items) == 2
    for item in items:
        passage, folded = item.split("<details><summary>How we answered</summary>")
        assert "mark" in passage and 'class="bar"' not in passage
        assert re.findall(r'class="said">(.+?)<', folded) == [N, M, P, X]
    shown = [re.findall(r"width: ([\d.]+)em.+?<span>(\d+)<", item) for item in items]
    widths = {(width, n) for each in shown for width, n in each}
    assert widths == {("18.00", "3"), ("6.00", "1"), ("0.00", "0")}
    assert "<details>" not in drawn.still and "neutral 0" in drawn.still


@pytest.mark.parametrize(
    "answers, said",
    [
        ([N, M], "2 coders; both differ."),
        ([N, N], "2 coders; both answer alike."),
        ([N, M, X], "3 coders; the two who could tell differ."),
        ([N, M, M], "3 coders; 67 of 100 pairs of coders differ."),
        ([N, N, N], "3 coders; all who could tell answer alike."),
    ],
)
def test_how_far_a_passage_is_agreed_on_is_said_plainly(story, answers, said):
    told = as_codings(story, {name: [each] for name, each in zip("abc", answers, strict=False)})
    assert said in wb.draw_answers(wb.count_answers(told), story["sentences"]).data


def test_the_machine_has_one_figure_and_alpha_is_explained(story):
    told = as_codings(story, {"a": [N, N, M], "b": [M, N, N], "c": [N, N, X]})
    (score,) = wb.score_class(told, story["stance"]).itertuples()
    coders = wb.score_coders(told, story["stance"]).set_index("coder")
    assert score.with_machine == coders["agreement"]["machine"]
    said = wb.describe_class(told, story["stance"])
    assert f"The machine answers as a coder does in {100 * score.with_machine:.0f} of 100" in said
    assert "more than luck" in said and said.endswith("Take care: fewer than 20 items.")
    assert score.alpha < 0 and f"\u2212{-score.alpha:.2f}" in said and "-0" not in said


# The command


@pytest.fixture(scope="module")
def stick(story, tmp_path_factory):
    """A stick with two coders' files and the article; the folder around it."""
    here = tmp_path_factory.mktemp("class")
    (here / "stick").mkdir()
    (here / "stick" / "story.txt").write_text(TEXT, encoding="utf-8")
    fill(story["sample"], here / "stick" / "a.csv", [N, N, M, X], "Zoe Quill")
    fill(story["sample"], here / "stick" / "b.csv", [N, M, M, P], "ben")
    return here


def run(here, *arguments):
    """The status, and what is printed."""
    printed, said = io.StringIO(), io.StringIO()
    with (
        contextlib.chdir(here),
        contextlib.redirect_stdout(printed),
        contextlib.redirect_stderr(said),
    ):
        return main(["class", *arguments, "--quiet"]), printed.getvalue(), said.getvalue()


def test_a_class_becomes_a_page_and_a_sheet_that_reads_back(stick, story):
    status, printed, said = run(stick, "stick")
    assert (status, printed.splitlines()) == (
        0,
        ["stick-class/class.html", "stick-class/class.codings.csv"],
    )
    assert said.startswith("2 files of 2 merged.")
    merged = stick / "stick-class" / "class.codings.csv"
    assert merged.read_bytes().startswith(b"\xef\xbb\xbf")
    back = wb.read_codings(merged, story["articles"])
    one_by_one = wb.read_class(stick / "stick", story["articles"])
    pd.testing.assert_frame_equal(back, one_by_one)
    page = (stick / "stick-class" / "class.html").read_text("utf-8")
    assert "Where do we read differently?" in page and "Content-Security-Policy" in page
    assert "Zoe Quill" not in page and str(stick) not in page
    before = page
    assert run(stick, "stick")[0] == 0
    assert (stick / "stick-class" / "class.html").read_text("utf-8") == before
    # What was made is no sheet of the class.
    shutil.copytree(stick / "stick-class", stick / "stick" / "again")
    shutil.copy(merged, stick / "stick" / "merged.csv")
    files = list_files(stick / "stick")
    assert list(files) == ["a.csv", "b.csv", "merged.csv", "story.txt"]
    assert "merged from other files" in files["merged.csv"][2]


def test_nothing_is_replaced_that_was_changed_or_is_not_the_commands(stick):
    assert run(stick, "stick", "--out", "mine")[0] == 0
    (stick / "mine" / "class.codings.csv").write_text("mine")
    status, _, said = run(stick, "stick", "--out", "mine")
    assert status == 1 and "class.codings.csv was changed since it was made" in said
    (stick / "yours").mkdir()
    (stick / "yours" / "diary.txt").write_text("dear")
    status, _, said = run(stick, "stick", "--out", "yours")
    assert status == 1 and "holds what the workbook did not make" in said
    assert said.endswith("Choose another folder with --out.\n")
    assert run(stick, "stick", "--out", ".")[0] == 1


def test_an_article_that_is_not_there_is_asked_for(stick, tmp_path, story):
    fill(story["sample"], tmp_path / "stick" / "a.csv", [N], "anna")
    status, _, said = run(tmp_path, "stick")
    assert status == 1 and "Name the article: workbook class stick my-article.txt" in said
    (tmp_path / "empty").mkdir()
    fill(story["sample"], tmp_path / "empty" / "a.csv", [], "anna")
    status, _, said = run(tmp_path, "empty")
    assert status == 1 and "no file in it holds an answer that counts. a.csv: nothing" in said
