"""A fresh copy of a notebook: by the command, and from the menu of real JupyterLab, offline."""

import contextlib
import hashlib
import json
import sys
import time
from pathlib import Path

import pytest
from laboratory import running_lab

from analysis.__main__ import main
from analysis.errors import WorkbookError
from analysis.lexicons import resource
from analysis.report.fresh import copy_fresh, find_opened, find_source
from analysis.show.theme import TEMPLATES

KERNEL = '{"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}'
MINE = (
    f'{{"cells": [], "metadata": {{"kernelspec": {KERNEL}}}, "nbformat": 4, "nbformat_minor": 5}}'
)


@pytest.fixture
def story(tmp_path):
    """A working folder for a story."""
    (tmp_path / "my story's.txt").write_text("It rained in Linz. Nobody left.", encoding="utf-8")
    with contextlib.chdir(tmp_path):
        assert main(["new", "desk", "my story's.txt"]) == 0
    return tmp_path / "desk"


def sources(path):
    """What stands in the cells of a notebook."""
    return ["".join(cell["source"]) for cell in json.loads(path.read_text("utf-8"))["cells"]]


def test_the_fresh_one_stands_beside_ones_own_and_opens_the_same_article(story, capsys):
    own = story / "03-actors.ipynb"
    before = sources(own)
    own.write_text(MINE)
    with contextlib.chdir(story):
        assert main(["fresh", "03-actors"]) == 0
        assert main(["fresh", "03-actors.ipynb"]) == 0
    assert main(["fresh", str(story / "03-actors.fresh-2.ipynb")]) == 0
    assert capsys.readouterr().out.splitlines()[-3:] == [
        "03-actors.fresh.ipynb: open this one; yours stays as it is.",
        "03-actors.fresh-2.ipynb: open this one; yours stays as it is.",
        f"{story / '03-actors.fresh-3.ipynb'}: open this one; yours stays as it is.",
    ]
    assert own.read_text() == MINE
    for name in ("03-actors.fresh.ipynb", "03-actors.fresh-3.ipynb"):
        assert sources(story / name) == before
    assert any('article = "my story\'s.txt"' in source for source in before)


def test_anywhere_else_it_is_as_it_came(tmp_path):
    made = copy_fresh(tmp_path / "2")
    assert made.name == "02-tone.ipynb"
    assert made.read_bytes() == (resource("notebooks") / "02-tone.ipynb").read_bytes()
    assert find_opened(tmp_path, "02-tone.ipynb") == ""


@pytest.mark.parametrize(
    "name",
    [
        "03-actors",
        "3",
        "03",
        "actors",
        "Actors.ipynb",
        "03-actors-Copy1.ipynb",
        "03-actors (2).ipynb",
        "03-actors.fresh.ipynb",
        "03-actors - Kopie.ipynb",
    ],
)
def test_a_notebook_is_found_by_what_people_call_it(name):
    assert find_source(name).name == "03-actors.ipynb"


@pytest.mark.parametrize("name", ["actors", "3", "03", "lesson 3", "3-actors"])
def test_the_lesson_is_meant_where_lessons_stand(name, tmp_path):
    (tmp_path / "3-actors.ipynb").write_text(MINE)
    assert copy_fresh(tmp_path / name).name == "3-actors.fresh.ipynb"


def test_the_lesson_is_meant_where_a_copy_of_it_stands_and_both_are_told_apart(tmp_path):
    (tmp_path / "3-actors (1).ipynb").write_text(MINE)
    assert copy_fresh(tmp_path / "actors").name == "3-actors.ipynb"
    (tmp_path / "03-actors.ipynb").write_text(MINE)
    assert copy_fresh(tmp_path / "actors").name == "03-actors.fresh.ipynb"


def test_beside_the_handouts_the_fresh_one_comes_to_them(tmp_path, capsys):
    (tmp_path / "handouts").mkdir()
    (tmp_path / "handouts" / "3-actors.ipynb").write_text(MINE)
    with contextlib.chdir(tmp_path):
        assert main(["fresh", "actors"]) == 0
        assert main(["fresh", "2-words"]) == 0
    there = str(Path("handouts", "3-actors.fresh.ipynb"))
    assert capsys.readouterr().out.splitlines() == [
        f"{there}: open this one; yours stays as it is.",
        "2-words.ipynb: open this one.",
    ]
    assert "BEGIN SOLUTION" not in (tmp_path / there).read_text("utf-8")


@pytest.mark.parametrize("name", ["mine.ipynb", "03-actor", "", "..", "x/../../03"])
def test_what_is_no_notebook_of_the_workbook_is_said(name, tmp_path, capsys):
    with contextlib.chdir(tmp_path):
        assert main(["fresh", name]) == 1
    said = capsys.readouterr().err
    assert "Traceback" not in said and ("There are: 00-start-here" in said or "no such" in said)
    assert ("Did you mean 03-actors?" in said) == (name == "03-actor")


def test_a_folder_that_is_read_only_or_missing_is_said(tmp_path):
    with pytest.raises(WorkbookError, match="no such folder"):
        copy_fresh(tmp_path / "none" / "03-actors.ipynb")


def test_broken_neighbours_say_nothing_of_the_article(tmp_path):
    for number, text in enumerate(["", "[]", '{"cells": [{"metadata": 1}]}', '{"cells": 3}']):
        name = sorted(path.name for path in resource("notebooks").glob("*.ipynb"))[number]
        (tmp_path / name).write_text(text)
    assert find_opened(tmp_path, "00-start-here.ipynb") == ""


def test_the_script_is_called_by_its_content_since_browsers_keep_it():
    (script,) = (TEMPLATES / "labextensions").rglob("remoteEntry.*.js")
    digest = hashlib.sha256(script.read_bytes()).hexdigest()[:8]
    assert script.name == f"remoteEntry.{digest}.js", "rename it, here and in package.json"
    for about in (TEMPLATES / "labextensions").rglob("package.json*"):
        assert f"static/{script.name}" in about.read_text()


# In JupyterLab


@pytest.fixture
def lab(story):
    """JupyterLab as `workbook lab` opens it, on a story's folder; the notebook's address."""
    command = [sys.executable, "-m", "analysis", "lab", str(story), "--"]
    with running_lab(command, (), story.parent / "log", "03-actors.ipynb") as address:
        yield address


def test_the_menu_brings_back_a_fresh_copy_offline(page, lab, story):
    own = (story / "03-actors.ipynb").read_bytes()
    page.goto(lab, wait_until="domcontentloaded")
    page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=90_000)
    for name in ("03-actors.fresh.ipynb", "03-actors.fresh-2.ipynb"):
        page.get_by_role("menuitem", name="Help").click()
        page.get_by_role("menuitem", name="Bring Back a Fresh Copy of This Notebook").click()
        page.get_by_text(f"Here is a fresh copy: {name}").first.wait_for(timeout=90_000)
        page.get_by_role("tab", name=name).wait_for(timeout=90_000)
        assert sources(story / name) == sources(story / "03-actors.ipynb")
    assert (story / "03-actors.ipynb").read_bytes() == own
    assert page.left == []


def test_a_notebook_of_ones_own_has_no_fresh_copy_and_that_is_said(page, lab, story):
    (story / "mine.ipynb").write_text(MINE)
    page.goto(lab.replace("03-actors", "mine"), wait_until="domcontentloaded")
    page.get_by_role("tab", name="mine.ipynb").wait_for(timeout=90_000)
    time.sleep(1)
    page.get_by_role("menuitem", name="Help").click()
    page.get_by_role("menuitem", name="Bring Back a Fresh Copy of This Notebook").click()
    page.get_by_text("mine.ipynb: is no notebook of the workbook").first.wait_for(timeout=90_000)
