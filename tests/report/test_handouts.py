"""Handouts of the lessons: nothing in a participant's copy tells, and nobody's work is lost."""

import json
import re
import shutil

import nbformat
import pytest
from pypdf import PdfReader

from analysis.__main__ import main
from analysis.errors import WorkbookError
from analysis.lexicons import read_lexicon
from analysis.report.handouts import hash_cells
from analysis.report.lessons import find_answers_made, is_for, list_lessons, make_student
from analysis.report.notebook import run_notebook

LESSONS = list_lessons()
TO_FILL_IN = re.compile(r"((answer|prediction)_\d_\d = None  # your answer in place of None\n?)+")


def read(path):
    return nbformat.read(path, as_version=4)


def make(tmp_path, *arguments):
    return main(["handout", *arguments, "--out", str(tmp_path / "out"), "--quiet"])


@pytest.fixture
def keep(tmp_path_factory, monkeypatch):
    """What is worked out once is kept, for both copies of a lesson."""
    monkeypatch.setenv("WORKBOOK_KEEP", str(tmp_path_factory.getbasetemp() / "kept"))
    monkeypatch.delenv("WORKBOOK_ARTICLE", raising=False)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """All four handouts of the first lesson."""
    folder = tmp_path_factory.mktemp("handouts")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBOOK_KEEP", str(tmp_path_factory.getbasetemp() / "kept"))
        patch.delenv("WORKBOOK_ARTICLE", raising=False)
        assert make(folder, "1") == 0
    return folder / "out"


@pytest.mark.slow
def test_a_lesson_becomes_two_notebooks_slides_and_paper(made):
    names = {path.name for path in made.iterdir()}
    endings = (".ipynb", ".solution.ipynb", ".slides.html", ".pdf")
    assert names == {f"1-reading{ending}" for ending in endings}
    page = (made / "1-reading.slides.html").read_text(encoding="utf-8")
    assert "Exercise 1.4" in page and "Reveal.initialize" in page
    assert "BEGIN SOLUTION" not in page


@pytest.mark.slow
def test_paper_has_the_article_and_lines_and_no_solution(made):
    text = " ".join(page.extract_text() for page in PdfReader(made / "1-reading.pdf").pages)
    text = " ".join(text.split())
    assert "Iran has imposed sanctions on 51 Americans" in text and "Exercise 1.6" in text
    assert text.index("Hints") > text.index("What this cannot tell you")
    assert "For the teacher" not in text and "Qassem Soleimani (55" not in text
    solutions = [cell for cell in read(LESSONS["1-reading"]).cells if is_for(cell, "answer")]
    for cell in solutions:
        said = " ".join(re.findall(r'"([^"]{20,})"', cell.source))
        assert not said or said not in text


@pytest.mark.parametrize("name", LESSONS)
def test_a_participants_copy_tells_no_solution(name):
    lesson = read(LESSONS[name])
    student = make_student(lesson)
    nbformat.validate(student)
    text = json.dumps(student, ensure_ascii=False)
    assert "SOLUTION" not in text
    answers = [cell for cell in lesson.cells if is_for(cell, "answer")]
    assert len(answers) >= 4
    for cell in answers:
        lines = [line.strip() for line in cell.source.split("\n") if line.strip()]
        assert all(line not in text for line in lines if line not in ("(", ")", "]"))
    for cell in student.cells:
        assert not is_for(cell, "teacher") and not cell.get("outputs")
        if is_for(cell, "answer"):
            assert re.fullmatch(
                r"((answer|prediction)_\d_\d = None  # your answer in place of None\n?)+",
                cell.source,
            )
        if is_for(cell, "hint"):
            assert cell.source.startswith("<details><summary>Hint</summary>\n\n")


@pytest.mark.parametrize("name", LESSONS)
def test_every_answer_of_a_lesson_has_its_check_and_its_row(name):
    cells = read(LESSONS[name]).cells
    number = name.split("-")[0]
    known = read_lexicon("workshop/answers")["exercise"]
    rows = [exercise for exercise in known if exercise.startswith(f"lesson-{number}.")]
    answers = [cell for cell in cells if is_for(cell, "answer")]
    checks = [cell for cell in cells if is_for(cell, "check")]
    # nbgrader takes no full stop in a name.
    named = [exercise.replace(".", "-") for exercise in rows]
    assert [cell.metadata.nbgrader.grade_id for cell in answers] == named
    assert [cell.metadata.nbgrader.grade_id for cell in checks] == [
        name.replace("lesson", "check") for name in named
    ]
    for exercise, answer, check in zip(rows, answers, checks, strict=True):
        solution = answer.source.replace("### BEGIN SOLUTION", "").replace("### END SOLUTION", "")
        (made,) = find_answers_made(solution)
        assert check.source == f'wb.check("{exercise}", {made}, articles)'
        assert answer.metadata.nbgrader.solution and check.metadata.nbgrader.grade


def read_checks(notebook):
    """What each check says."""
    outputs = [cell.outputs for cell in notebook.cells if is_for(cell, "check")]
    return [output[-1]["data"]["text/plain"] for output in outputs]


@pytest.mark.slow
@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_runs_and_its_solutions_are_right(tmp_path, monkeypatch, keep, name):
    monkeypatch.chdir(tmp_path)
    said = read_checks(run_notebook(LESSONS[name], {}, progress=False))
    assert [each for each in said if not each.startswith(("✓ Right", "✓ Noted"))] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", LESSONS)
def test_a_participants_copy_runs_from_top_to_bottom(tmp_path, monkeypatch, keep, name):
    assert make(tmp_path, name, "--to", "student") == 0
    monkeypatch.chdir(tmp_path)
    said = read_checks(run_notebook(tmp_path / "out" / f"{name}.ipynb", {}, progress=False))
    assert {each[:23] for each in said} == {"○ Not answered yet. Put"}


@pytest.mark.slow
@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_runs_on_another_article(tmp_path, monkeypatch, keep, name):
    story = "Mayor Anna Berg met Peter Holm in Vienna. “We agree on nothing,” Berg said.\n"
    (tmp_path / "story.txt").write_text(story, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    said = read_checks(run_notebook(LESSONS[name], {"article": "story.txt"}, progress=False))
    tied = set(list_tied(name))
    assert sum(each.startswith("○ Not checked. This answer is tied") for each in said) == len(tied)


def list_tied(name):
    """The exercises of a lesson that are tied to the article that comes along."""
    known = read_lexicon("workshop/answers")
    known = known[known["exercise"].str.startswith(f"lesson-{name.split('-')[0]}.")]
    return known.loc[known["tied"] == "yes", "exercise"].tolist()


def test_a_handout_is_the_same_again_and_replaces_an_earlier_one(tmp_path, capsys):
    assert make(tmp_path, "1", "--to", "student,solution") == 0
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert make(tmp_path, "reading", "--to", "student,solution") == 0
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before
    assert capsys.readouterr().out.split()[-1].endswith("1-reading.solution.ipynb")


def edit(path, source, cell=-1):
    notebook = read(path)
    notebook.cells[cell].source = source
    nbformat.write(notebook, path)


def test_a_copy_in_which_somebody_wrote_stays_unless_they_say_otherwise(tmp_path, capsys):
    make(tmp_path, "1", "--to", "student")
    path = tmp_path / "out" / "1-reading.ipynb"
    edit(path, "answer_1_6 = 'mine'")
    before = path.read_bytes()
    assert make(tmp_path, "1", "--to", "solution,student") == 1
    assert "somebody has written in it" in capsys.readouterr().err
    assert path.read_bytes() == before and len(list(path.parent.iterdir())) == 1
    assert make(tmp_path, "1", "--to", "student", "--replace") == 0
    assert "mine" not in path.read_text(encoding="utf-8")


def test_a_copy_that_was_only_run_may_be_made_anew(tmp_path):
    make(tmp_path, "1", "--to", "student")
    path = tmp_path / "out" / "1-reading.ipynb"
    notebook = read(path)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    code[0].outputs = [nbformat.v4.new_output("stream", text="run")]
    nbformat.write(notebook, path)
    assert read(path).metadata["workbook"]["checksum"] == hash_cells(read(path))
    assert make(tmp_path, "1", "--to", "student") == 0


OTHERS = ["mine", "{}", '{"metadata": {}}', "workbook 0.1.0; handout student of 2-words"]


@pytest.mark.parametrize("content", OTHERS)
def test_what_was_not_made_here_is_never_replaced(tmp_path, capsys, content):
    (tmp_path / "out").mkdir()
    for name in ("1-reading.ipynb", "1-reading.slides.html"):
        (tmp_path / "out" / name).write_text(content)
    assert make(tmp_path, "1", "--replace", "--to", "student") == 1
    assert "no handout of this lesson. Nothing was changed" in capsys.readouterr().err
    assert make(tmp_path, "1", "--replace", "--to", "slides") == 1
    assert {path.read_text() for path in (tmp_path / "out").iterdir()} == {content}


def test_the_lesson_itself_a_link_and_a_folder_in_the_way_are_not_replaced(tmp_path, capsys):
    (tmp_path / "out").mkdir()
    lesson = tmp_path / "out" / "mine.ipynb"
    shutil.copy(LESSONS["1-reading"], lesson)
    assert make(tmp_path, str(lesson), "--to", "student") == 1
    assert "is the lesson itself" in capsys.readouterr().err
    (tmp_path / "out" / "mine.solution.ipynb").mkdir()
    assert make(tmp_path, str(lesson), "--to", "solution") == 1
    assert "mine.solution.ipynb" in capsys.readouterr().err
    assert lesson.read_bytes() == LESSONS["1-reading"].read_bytes()


def test_a_lesson_of_ones_own_is_made_too(tmp_path):
    lesson = tmp_path / "mein Kurs é.ipynb"
    shutil.copy(LESSONS["1-reading"], lesson)
    for _ in range(2):
        assert make(tmp_path, str(lesson), "--to", "student") == 0
    assert (tmp_path / "out" / lesson.name).exists()


def test_two_lessons_of_one_name_do_not_replace_each_other(tmp_path, capsys):
    lesson = tmp_path / "1-reading.ipynb"
    shutil.copy(LESSONS["1-reading"], lesson)
    assert make(tmp_path, "1", str(lesson), "--to", "student") == 1
    assert "two of these lessons have one name" in capsys.readouterr().err


def test_what_is_not_there_is_said_with_what_is(tmp_path, capsys):
    assert make(tmp_path, "9", "--to", "student") == 1
    assert "9: no such lesson. There are: 1-reading" in capsys.readouterr().err
    assert make(tmp_path, "1", "--to", "docx") == 1
    assert "Choose from: student, solution, slides, pdf" in capsys.readouterr().err
    (tmp_path / "bad.ipynb").write_text("{")
    assert make(tmp_path, str(tmp_path / "bad.ipynb"), "--to", "student") == 1
    assert "cannot be read as a notebook" in capsys.readouterr().err


SOLUTIONS = {
    "answer_1_1 = 3": ["answer_1_1"],
    "n = 2\nanswer_1_1 = n + 1": ["answer_1_1"],
    "top = 1": ["top"],
    "answer_1_1: int = 3": ["answer_1_1"],
    "a, b = 3, 4": ["a", "b"],
    "answer_1_1, [answer_1_2, *rest] = 3, [4, 5]": ["answer_1_1", "answer_1_2"],
    "answer_1_1 = (\n    'a'\n    'b'\n)\nanswer_1_2 = 1": ["answer_1_1", "answer_1_2"],
}


@pytest.mark.parametrize("solution, names", SOLUTIONS.items())
def test_in_the_place_of_a_solution_stand_its_names(solution, names):
    assert find_answers_made(solution) == names
    source = f"a = 1\n### BEGIN SOLUTION\n{solution}\n### END SOLUTION\nb = 2"
    lesson = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    lines = [f"{name} = None  # your answer in place of None" for name in names]
    assert make_student(lesson).cells[0].source == "\n".join(["a = 1", *lines, "b = 2"])
    assert lesson.cells[0].source == source


MARKS = [
    ("### BEGIN SOLUTION  ", "### END SOLUTION\t"),
    ("### BEGIN SOLUTION\r", "### END SOLUTION\r"),
    ("### begin solution", "### End Solution"),
    ("###BEGIN SOLUTION", "###  END SOLUTION"),
]


@pytest.mark.parametrize("begin, end", MARKS)
def test_a_solution_is_taken_out_however_its_marks_are_typed(begin, end):
    source = f"a = 1\n{begin}\nanswer_1_1 = 'secret'\n{end}\nb = 2"
    lesson = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    made = make_student(lesson).cells[0].source
    assert made == "a = 1\nanswer_1_1 = None  # your answer in place of None\nb = 2"


BROKEN = [
    "### BEGIN SOLUTION\nanswer_1_1 = 'secret'",
    "answer_1_1 = 'secret'\n### END SOLUTION",
    "x = 1 ### BEGIN SOLUTION\nanswer_1_1 = 'secret'\n### END SOLUTION",
    "### BEGIN SOLUTION\nanswer_1_1 = 'secret\n### END SOLUTION",
    "### BEGIN SOLUTION\n### BEGIN SOLUTION\nanswer_1_1 = 's'\n### END SOLUTION\n### END SOLUTION",
]


@pytest.mark.parametrize("source", BROKEN)
def test_a_solution_that_would_leak_is_refused_with_its_cell(source):
    lesson = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    with pytest.raises(WorkbookError, match="answer_1_1 = 's"):
        make_student(lesson)
