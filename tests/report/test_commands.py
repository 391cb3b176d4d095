"""The command line as a journalist types it: a working folder, the check-up, help, errors."""

import importlib.metadata
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

import analysis as wb
from analysis.__main__ import main
from analysis.report import doctor as checkup
from analysis.report.notebook import run_notebook
from analysis.report.story import in_shell, make_story
from analysis.show.theme import TEMPLATES

STORY = "Mayor Anna Berg met Peter Holm in Vienna. “We agree,” Berg said.\n"
NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
NAMES = ["story.txt", "my 'new' story.txt", 'a "b" & c.txt', "é 雨.txt", "a.b.txt"]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no such file names there")
@pytest.mark.parametrize("name", NAMES)
def test_a_new_story_has_all_it_needs_whatever_the_name_of_its_file(tmp_path, monkeypatch, name):
    (tmp_path / name).write_text(STORY, encoding="utf-8")
    assert main(["new", str(tmp_path / "desk"), str(tmp_path / name)]) == 0
    stem = name.removesuffix(".txt")
    made = {path.name for path in (tmp_path / "desk").iterdir()}
    assert made >= {
        name,
        f"{stem}.toml",
        f"{stem}.corrections.csv",
        "README.md",
        "00-start-here.ipynb",
        "report.ipynb",
    }
    assert f"workbook report {in_shell(name)}" in (tmp_path / "desk" / "README.md").read_text(
        encoding="utf-8"
    )
    monkeypatch.chdir(tmp_path / "desk")
    articles = wb.read_articles(name)
    assert articles["text"].tolist() == [STORY] and articles["title"].isna().all()
    assert wb.read_corrections(articles).empty
    names = {}
    run_notebook("01-words.ipynb", {}, progress=False, names=names)
    assert names["articles"]["text"].tolist() == [STORY]


def test_what_stands_beside_the_article_comes_along(tmp_path):
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "a.toml").write_text(
        '[title]\nvalue = "Berg"\nstatus = "stated"\nhow = "its page"\n', encoding="utf-8"
    )
    make_story(tmp_path / "desk", tmp_path / "a.txt")
    assert wb.read_articles(tmp_path / "desk" / "a.txt").loc[0, "title"] == "Berg"


def test_the_empty_file_of_what_is_known_can_be_filled_in(tmp_path):
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")
    make_story(tmp_path / "desk", tmp_path / "a.txt")
    sidecar = tmp_path / "desk" / "a.toml"
    first, rest = sidecar.read_text(encoding="utf-8").split("\n", 1)
    sidecar.write_text(first + "\n" + rest.replace("# ", ""), encoding="utf-8")
    assert wb.read_articles(tmp_path / "desk" / "a.txt").loc[
        0, ["title", "published"]
    ].tolist() == ["The headline", "2026-01-31"]


def test_nothing_is_overwritten(tmp_path, capsys):
    (tmp_path / "mine").write_text("keep")
    assert main(["new", str(tmp_path)]) == 1
    assert (
        "is there already and not empty. Nothing was changed; choose another name."
        in capsys.readouterr().err
    )
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


@pytest.mark.parametrize(
    "name, said", [("none.txt", "no such file or folder"), ("empty.txt", "the text is empty")]
)
def test_an_article_that_cannot_be_read_is_said_before_anything_is_made(
    tmp_path, capsys, name, said
):
    (tmp_path / "empty.txt").write_text("")
    assert main(["new", str(tmp_path / "desk"), str(tmp_path / name)]) == 1
    assert said in capsys.readouterr().err and not (tmp_path / "desk").exists()


class Lab:
    """What stands in for JupyterLab: `Popen` with the command that it was given."""

    started = []

    def __init__(self, command):
        self.started.append(command)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def wait(self):
        return 0


def test_lab_opens_a_folder_with_notebooks_and_asks_for_no_news(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(Lab, "started", [])
    monkeypatch.setattr(subprocess, "Popen", Lab)
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "a.ipynb").write_text("{}")
    assert main(["lab", str(tmp_path), "--", "--no-browser"]) == 0
    assert Lab.started == [
        [
            sys.executable,
            "-m",
            "jupyter",
            "lab",
            str(tmp_path / "notebooks"),
            "--LabApp.news_url=None",
            "--LabApp.extension_manager=readonly",
            "--LanguageServerManager.autodetect=False",
            f"--LabApp.extra_labextensions_path={TEMPLATES / 'labextensions'}",
            "--ServerApp.jpserver_extensions=analysis.report.menu=True",
            "--no-browser",
        ]
    ]
    assert main(["lab", str(tmp_path / "none")]) == 1
    assert "no such folder. Make one with: workbook new" in capsys.readouterr().err


def test_the_check_up_of_a_sound_set_up(capsys):
    assert main(["doctor"]) == 0
    out = capsys.readouterr().out
    assert (
        out.count("✓") == 14
        and "✗" not in out
        and out.endswith("All is well.\n")
        and "none was used" in out
    )


def test_the_check_up_says_what_is_missing_and_how_to_mend_it(monkeypatch, capsys):
    found = importlib.metadata.version

    def version(name):
        if name in ("altair", "typst"):
            raise importlib.metadata.PackageNotFoundError(name)
        return "1.0" if name == "pandas" else found(name)

    monkeypatch.setattr(importlib.metadata, "version", version)
    monkeypatch.setattr(checkup, "check_charts", lambda: 1 / 0)
    assert main(["doctor"]) == 1
    out = capsys.readouterr().out
    assert (
        "✗ packages: altair is missing; pandas is 1.0, >=3.0 is needed\n"
        "    Do this: install the workbook again"
    ) in out
    assert (
        "– PDF and Word documents: typst is missing\n"
        '    Do this: only if you want them: pip install "media-analysis-workbook[print]"'
    ) in out
    assert "ZeroDivisionError" in out and out.endswith("2 to mend.\n")


NAMESAKES = ["analysis.py", "analysis/__init__.py", "notebooks/analysis.py"]


def write_namesake(folder, name):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x = 1\n")
    return path


@pytest.mark.parametrize("name", NAMESAKES)
def test_the_check_up_tells_a_file_that_notebooks_would_take_for_the_workbook(
    tmp_path, monkeypatch, name
):
    made = write_namesake(tmp_path, name)
    monkeypatch.chdir(tmp_path)
    what, works, known, mend = checkup.check_namesakes()
    other = made.parent if made.name == "__init__.py" else made
    assert (what, works) == ("names", False)
    assert known == f"notebooks would take {other} for the workbook"
    assert mend.startswith("rename it")


def test_a_folder_of_data_and_the_workbook_itself_stand_in_nobodys_way(tmp_path, monkeypatch):
    (tmp_path / "analysis").mkdir()
    for folder in (tmp_path, checkup.PACKAGE.parent):
        monkeypatch.chdir(folder)
        assert checkup.check_namesakes()[1]


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_a_notebook_tells_that_it_took_another_file_for_the_workbook(tmp_path, path):
    write_namesake(tmp_path, "analysis.py")
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    command = [sys.executable, "-c", "\n".join(code[:2])]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    said = done.stderr.strip().splitlines()[-1]
    assert said.startswith("ImportError: ") and str(tmp_path / "analysis.py") in said
    assert said.endswith("is not the workbook: rename that file, restart the kernel")


def test_a_terminal_without_marks_gets_plain_ones(monkeypatch):
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding="ascii"))
    assert main(["doctor"]) == 0
    assert written.getvalue().startswith(b"+ Python: ")


COMMANDS = ["report", "verify", "new", "lab", "doctor", "stick"]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_that_fits_a_terminal(command, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    with pytest.raises(SystemExit):
        main([command, "--help"])
    out = capsys.readouterr().out
    assert max(map(len, out.splitlines())) <= 80
    assert "examples:" in out


def test_help_lists_the_commands(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    out = capsys.readouterr().out
    assert all(f"\n    {command} " in out for command in COMMANDS)
