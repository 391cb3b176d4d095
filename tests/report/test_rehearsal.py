"""The check-up for the day before a class."""

import json
import subprocess
import sys
import webbrowser
from types import SimpleNamespace

import psutil
import pytest

from analysis.__main__ import main
from analysis.commands.folders import OFFLINE, list_lab_options
from analysis.report import rehearsal


def set_memory(monkeypatch, total, free):
    memory = SimpleNamespace(total=total * 2**20, available=free * 2**20)
    monkeypatch.setattr(psutil, "virtual_memory", lambda: memory)


@pytest.mark.parametrize(
    "total, free, works, mend",
    [
        (8000, 4000, True, "close other programs"),
        (8000, 500, False, "close other programs"),
        (2000, 1900, False, "let two students share"),
    ],
)
def test_memory_is_told_with_what_to_do(monkeypatch, total, free, works, mend):
    set_memory(monkeypatch, total, free)
    what, is_enough, known, said = rehearsal.check_memory()
    assert (what, is_enough, known) == ("memory", works, f"{free:,} of {total:,} MB free")
    assert mend in said


def test_a_laptop_without_browser_or_fonts(monkeypatch):
    def none():
        raise webbrowser.Error("none")

    monkeypatch.setattr(webbrowser, "get", none)
    assert rehearsal.check_browser()[:3] == ("browser", False, "none was found")
    monkeypatch.setattr(webbrowser, "get", lambda: SimpleNamespace(name="firefox"))
    assert rehearsal.check_browser()[:3] == ("browser", True, "firefox")
    monkeypatch.setattr(rehearsal.sys, "platform", "linux")
    monkeypatch.setattr(rehearsal.shutil, "which", lambda _: "fc-list")
    listed = SimpleNamespace(stdout=b"")
    monkeypatch.setattr(rehearsal.subprocess, "run", lambda *_, **__: listed)
    assert rehearsal.check_fonts()[1] is False
    listed.stdout = b"a.ttf\nb.ttf\n"
    assert rehearsal.check_fonts()[1:3] == (True, "2 for pages")


def test_this_laptop_is_reached_from_itself():
    assert rehearsal.check_address()[:2] == ("address", True)


def test_a_jupyterlab_that_does_not_start_is_told_with_its_last_words(monkeypatch):
    monkeypatch.setattr(rehearsal.sys, "executable", sys.executable)
    popen = subprocess.Popen

    def broken(_, **streams):
        said = "import sys; print('no such port', file=sys.stderr); sys.exit(1)"
        return popen([sys.executable, "-c", said], **streams)

    monkeypatch.setattr(rehearsal.subprocess, "Popen", broken)
    what, works, known, _ = rehearsal.check_lab()
    assert (what, works, known) == ("JupyterLab", False, "does not start: no such port")


def write_notebook(folder, *cells):
    made = [
        {"cell_type": "code", "id": f"c{n}", "metadata": {}, "source": cell}
        | {"outputs": [], "execution_count": None}
        for n, cell in enumerate(cells)
    ]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / rehearsal.FIRST_NOTEBOOK
    notebook = {"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(notebook))
    return path


@pytest.mark.slow
def test_a_notebook_that_asks_the_network_is_found(tmp_path):
    fetch = "import urllib.request\nurllib.request.urlopen('http://192.0.2.1/', timeout=1)"
    assert rehearsal.run_in_kernel(write_notebook(tmp_path, "1 + 1")) > 0
    with pytest.raises(Exception, match="this asks the network for 192.0.2.1"):
        rehearsal.run_in_kernel(write_notebook(tmp_path, fetch))


def test_lessons_are_counted_the_first_is_run_and_damaged_ones_are_named(tmp_path, monkeypatch):
    run = []
    for room in ("lessons", "story"):
        monkeypatch.setattr(f"analysis.report.{room}.resource", lambda _: tmp_path)
    monkeypatch.setattr(rehearsal, "run_in_kernel", lambda path: run.append(path) or 3.2)
    write_notebook(tmp_path, "1")
    assert rehearsal.check_lessons()[1:3] == (True, "1 notebooks are there")
    lesson = write_notebook(tmp_path / "workshop", "1")
    known = "1 notebooks and 1 lessons; 00-start-here runs in 3 s"
    assert rehearsal.check_lessons()[1:3] == (True, known) and run == [lesson]
    (tmp_path / "half.ipynb").write_text('{"cells": [')
    assert rehearsal.check_lessons()[1:3] == (False, "damaged: half.ipynb")


def test_doctor_classroom_tells_all_and_ends_with_the_time(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("analysis.report.doctor.check_setup", lambda: iter(()))
    for name in ("check_browser", "check_lab", "check_notebook", "check_lessons"):
        monkeypatch.setattr(rehearsal, name, lambda *_: ("it", True, "works", ""))
    monkeypatch.setattr(rehearsal, "check_fonts", lambda: 1 / 0)
    set_memory(monkeypatch, 8000, 4000)
    assert main(["doctor", "--classroom", "--stick", str(tmp_path)]) == 1
    out = capsys.readouterr().out
    assert "✓ memory: 4,000 of 8,000 MB free" in out and "s for what a class needs" in out
    assert "✗ fonts: ZeroDivisionError: division by zero\n    Do this: install" in out
    assert f"✗ stick: missing: {tmp_path} is no stick of the workbook\n" in out
    assert f"    Do this: with the network: workbook stick {tmp_path}" in out
    assert out.endswith("2 to mend.\n")


def test_jupyterlab_is_tried_with_the_options_that_it_is_used_with(monkeypatch):
    tried = []
    monkeypatch.setattr("analysis.report.doctor.check_setup", lambda: iter(()))
    monkeypatch.setattr(
        rehearsal, "check_classroom", lambda *given: iter(tried.append(given) or ())
    )
    assert main(["doctor", "--classroom"]) == 0
    assert tried == [(list_lab_options(), None)]
    assert set(OFFLINE) < set(tried[0][0]) and "menu" in tried[0][0][-1]
