"""What an unlucky day does to the command line: nothing is lost, half written, sent, or hangs."""

import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pandas as pd
import psutil
import pytest
from tracing import listen, trace

import analysis as wb
from analysis import models
from analysis.__main__ import main
from analysis.errors import WorkbookError
from analysis.report import build, provenance, writing
from analysis.report.notebook import run_notebook
from analysis.report.provenance import read_provenance
from analysis.report.sources import Sources
from analysis.report.story import in_shell
from analysis.report.tables import defuse, made_at, write_data
from analysis.report.verify import find_article
from analysis.show.vega import check_addresses, draw_pdf, draw_png, draw_svg

STORY = "Mayor Anna Berg met Peter Holm in Vienna. “We agree,” Berg said."
KEYWORDS = "workbook 0.1.0; article {} {}; beside none; environment " + "0" * 64
on_posix = pytest.mark.skipif(sys.platform == "win32", reason="not so there")


def page_of(article, name=None):
    """A page that says that it is the report on an article's file."""
    keywords = KEYWORDS.format(provenance.hash_file(article), name or article.name)
    return f'<html><head><meta content="{keywords}" name="keywords"></head></html>'


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A folder with an article, in which no report is ever made."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(build, "run_report_notebook", lambda *_: pytest.fail("analysed"))
    (tmp_path / "story.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "reports").mkdir()
    return tmp_path


def refuse(capsys, *arguments):
    """What the command line says when it makes no report."""
    assert main(["report", "--quiet", *arguments]) == 1
    return capsys.readouterr().err


# What is in the way.


def test_a_report_replaces_neither_its_article_nor_what_is_no_report(desk, capsys):
    (desk / "story.html").write_text("<p>Anna Berg met Peter Holm.</p>")
    assert "is the article itself" in refuse(capsys, "story.html", "--out", ".")
    (desk / "reports" / "story.html").write_text("my own page")
    assert "not a report of the workbook. Nothing was changed" in refuse(capsys, "story.txt")
    assert (desk / "reports" / "story.html").read_text() == "my own page"


@on_posix
def test_a_report_replaces_no_link_nor_what_it_leads_to(desk, capsys):
    (desk / "reports" / "story.html").symlink_to(desk / "story.txt")
    assert "is a link, which a report would replace" in refuse(capsys, "story.txt")
    assert (desk / "story.txt").read_text(encoding="utf-8") == STORY


def test_a_report_replaces_one_of_the_same_article_only(desk, capsys):
    article, target = desk / "story.txt", desk / "reports" / "story.html"
    target.write_text(page_of(article))
    provenance.check_target(target, Sources.of_file(article))
    other = desk / "story.md"
    other.write_text(STORY)
    assert "is a report on another article" in refuse(capsys, "story.md")
    article.write_text("Anna Berg left.")
    assert "or on this one before it was changed" in refuse(capsys, "story.txt")
    provenance.check_target(target, Sources.of_file(article), replace=True)


def test_data_go_into_a_folder_of_their_own(desk, capsys):
    data = desk / "data"
    write_data(data, {"a": pd.DataFrame({"n": [1]})}, keywords=page_of(desk / "story.txt"))
    provenance.check_data_folder(data, Sources.of_file(desk / "story.txt"))
    (desk / "other.txt").write_text("Anna Berg left.")
    assert "holds the data of another article" in refuse(capsys, "other.txt", "--data", "data")
    (data / "csv" / "a.csv").write_text("mine")
    assert "csv/a.csv was changed" in refuse(capsys, "story.txt", "--data", "data")
    (data / "notes.txt").write_text("mine")
    assert "did not make (notes.txt)" in refuse(capsys, "story.txt", "--data", "data")
    assert (data / "notes.txt").read_text() == "mine"
    assert "a folder of their own" in refuse(capsys, "story.txt", "--data", "reports")
    elsewhere = ("--out", str(desk.parent / "out"))
    assert "that you work in" in refuse(capsys, "story.txt", "--data", ".", *elsewhere)


def test_a_folder_of_data_is_replaced_as_a_whole(tmp_path):
    two, one = {"a": pd.DataFrame({"n": [1]}), "b": pd.DataFrame({"n": [1]})}, {}
    one["a"] = two["a"]
    write_data(tmp_path / "data", two)
    write_data(tmp_path / "data", one)
    assert sorted(path.name for path in (tmp_path / "data" / "csv").iterdir()) == ["a.csv"]
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_a_story_takes_neither_the_name_of_its_own_files_nor_the_folder_at_hand(tmp_path, capsys):
    (tmp_path / "README.md").write_text(STORY)
    assert main(["new", str(tmp_path / "desk"), str(tmp_path / "README.md")]) == 1
    assert "Rename the article" in capsys.readouterr().err and not (tmp_path / "desk").exists()


def test_no_story_is_made_in_place_of_the_folder_at_hand(tmp_path, capsys, monkeypatch):
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert main(["new", ".", "../a.txt"]) == 1
    assert "the folder that you work in" in capsys.readouterr().err
    assert list(Path.cwd().iterdir()) == []


def test_what_must_not_be_changed_is_not_replaced(desk, capsys):
    target = desk / "reports" / "story.html"
    target.write_text(page_of(desk / "story.txt"))
    target.chmod(0o444)
    assert "must not be changed" in refuse(capsys, "story.txt")


@on_posix
def test_what_is_no_file_in_a_folder_of_data_is_not_opened(desk, capsys):
    write_data(desk / "data", {"a": pd.DataFrame({"n": [1]})})
    os.mkfifo(desk / "data" / "pipe")
    assert "is not a file that the workbook made" in refuse(capsys, "story.txt", "--data", "data")


# Half a file.


def test_what_cannot_be_written_leaves_the_earlier_file(tmp_path, monkeypatch):
    def fail(*_):
        raise OSError(28, "No space left on device")

    writing.write_whole(tmp_path / "a.txt", "old")
    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="No space"):
        writing.write_whole(tmp_path / "a.txt", "new")
    assert (tmp_path / "a.txt").read_text() == "old"
    with pytest.raises(RuntimeError), writing.whole_folder(tmp_path / "data") as made:
        (made / "half.txt").write_text("half")
        raise RuntimeError
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_a_folder_that_cannot_take_its_place_leaves_the_earlier_one(tmp_path, monkeypatch):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "old.txt").write_text("old")
    rename = Path.rename

    def fail(path, target):
        if (path / "new.txt").exists():
            raise KeyboardInterrupt
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(KeyboardInterrupt), writing.whole_folder(tmp_path / "data") as made:
        (made / "new.txt").write_text("new")
    assert [path.name for path in tmp_path.rglob("*")] == ["data", "old.txt"]


def test_what_was_written_before_a_failure_is_named(tmp_path, monkeypatch):
    def write(_, __, kind, target):
        if kind == "pdf":
            raise OSError(28, "No space left on device")
        target.write_text(kind)

    monkeypatch.setattr(build, "write_report", write)
    targets = {"html": tmp_path / "a.html", "pdf": tmp_path / "a.pdf"}

    class Notebook:
        metadata = {"keywords": ""}

    with pytest.raises(WorkbookError, match=r"a.pdf: could not .*No space.* Written: .*a.html"):
        build.write_outputs(Notebook, {}, targets, None, progress=False)


@pytest.mark.parametrize("kind, package", [("pdf", "typst"), ("docx", "docx"), ("slides", None)])
def test_a_missing_package_is_said_before_the_analysis(desk, capsys, monkeypatch, kind, package):
    if package:
        monkeypatch.setitem(sys.modules, package, None)
    else:
        monkeypatch.setattr("analysis.report.slides.find_spec", lambda _: None)
    assert "pip install" in refuse(capsys, "story.txt", "--to", f"html,{kind}")
    assert list((desk / "reports").iterdir()) == []


@pytest.mark.parametrize("seconds", ["99999999999999", "-1e9", "²", "5000000000"])
def test_a_date_that_no_file_can_have_is_said(monkeypatch, seconds):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", seconds)
    with pytest.raises(WorkbookError, match="not a number of seconds between 1970 and the year"):
        made_at()


# What is in a file or a name stays text.


@pytest.mark.parametrize(
    "value, written",
    [
        ("=1+1", "'=1+1"),
        (" =1+1", "' =1+1"),
        ("\n=1+1", "\n'=1+1"),
        ("a\n\n =1+1", "a\n\n' =1+1"),
        ("a\n=1+1", "a\n'=1+1"),
        ("a; -1", "a;' -1"),
        ("a\t@b", "a\t'@b"),
        ("＝1+1", "'＝1+1"),
        ('"=1+1', "'\"=1+1"),
        ("a = b, -5", "a = b, -5"),
        (5, 5),
    ],
)
def test_no_spreadsheet_takes_a_cell_for_a_formula_however_it_parts_the_file(value, written):
    assert defuse(value) == written


NAMES = ["a & b.txt", "a (b).txt", "a\\b.txt", "a\nb.txt", "a;b.txt", "é 雨.txt", "100%.txt"]


@on_posix
@pytest.mark.parametrize("name", NAMES)
def test_a_report_finds_its_article_whatever_its_name(tmp_path, name):
    article = tmp_path / name
    article.write_text(STORY, encoding="utf-8")
    (tmp_path / "r.html").write_text(
        provenance.describe_keywords(Sources.of_file(article), wb.read_articles())
    )
    known = read_provenance(tmp_path / "r.html")
    assert known.name == name
    assert find_article(known.name, tmp_path / "r.html", None).files == (article,)


@pytest.mark.parametrize("name", ["../secret.txt", "/etc/passwd", "..", "reports/a.txt"])
def test_a_report_leads_to_no_other_folder(tmp_path, name):
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "reports").mkdir()
    with pytest.raises(WorkbookError, match="the article is not there"):
        find_article(name, tmp_path / "reports" / "r.html", None)


def test_no_name_is_a_command_to_the_terminal(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["report", "no\x1b[31m\u202etxt"]) == 1
    assert capsys.readouterr().err.startswith("workbook: no\\x1b[31m\\u202etxt: no such file")


@on_posix
@pytest.mark.parametrize("name", ["a b", "it's", "$(date) `x`", "-rf", "~", "a\nb\x1b", "a\\\n'"])
def test_what_is_to_be_typed_can_be_pasted(name):
    typed = in_shell(name)
    said = subprocess.run(["bash", "-c", f"printf %s {typed}"], capture_output=True, check=True)
    assert said.stdout.decode().removeprefix("./" if name.startswith("-") else "") == name
    assert typed.isprintable()


LETTERS = ["\x02", "\x08", "\x1b", "\0", "\ufffe", "\uffff", "\ud800", "\u0301" * 300, "😀" * 300]


@pytest.mark.parametrize("letter", LETTERS, ids=map(ascii, range(len(LETTERS))))
def test_no_letter_stops_the_drawing_of_a_chart(letter):
    spec = {
        "data": {"values": [{"name": f"Anna{letter}Berg", "n": 1, "href": "#find/mentions"}]},
        "mark": "bar",
        "encoding": {
            "y": {"field": "name", "type": "nominal"},
            "x": {"field": "n", "type": "quantitative"},
            "href": {"field": "href"},
        },
    }
    svg = draw_svg(spec)
    assert "Anna" in svg and "vega.github.io" not in svg
    assert draw_png(spec).startswith(b"\x89PNG") and draw_pdf(spec).startswith(b"%PDF")
    assert spec["encoding"]["href"]


def test_what_is_quoted_without_words_has_a_chart():
    articles = wb.read_texts("Anna Berg said: “😀”.")
    tokens = wb.split_tokens(articles)
    speech = wb.find_speech(articles, tokens)
    mentions = wb.find_mentions(articles, tokens, speech)
    quotes = wb.find_quotes(articles, tokens, mentions, speech)
    chart = wb.draw_voices(wb.count_voices(quotes, speech, mentions)).to_dict()
    assert chart["description"] == "What is quoted has no words"


def test_a_lone_carriage_return_ends_no_row(tmp_path):
    texts = ["I\r", "a\rb", "c"]
    wb.write_tables({"a": pd.DataFrame({"text": texts})}, tmp_path)
    read = pd.read_csv(tmp_path / "csv" / "a.csv", encoding="utf-8-sig")
    assert read["text"].tolist() == texts


def test_an_article_of_boilerplate_alone_is_shown_as_left_out():
    articles = wb.read_texts(["ADVERTISEMENT\n\nShare this article", "Iran left."])
    page = wb.draw_article(articles, wb.split_sentences(articles)).data
    shown = ("ADVERTISEMENT", "Share this article", "left.")
    places = [page.find(words) for words in shown]
    assert -1 not in places and places == sorted(places)


# What is damaged, or no report.


@pytest.mark.parametrize("name", ["names", "stance"])
def test_a_damaged_model_is_said(name, tmp_path, monkeypatch):
    shutil.copytree(wb.lexicons.resource("data") / name, tmp_path / name)
    (tmp_path / name / "model.onnx").write_bytes(b"half a model")
    monkeypatch.setattr(models, "resource", lambda _: tmp_path)
    with pytest.raises(WorkbookError, match="a model is missing or damaged.* Install"):
        models.read_shipped(name, "model.onnx")
    shutil.rmtree(tmp_path / name)
    with pytest.raises(WorkbookError, match="a model is missing or damaged"):
        models.read_shipped(name, "tokenizer.json")


def test_what_is_no_report_is_said_whatever_it_is(tmp_path):
    with zipfile.ZipFile(tmp_path / "large.docx", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("docProps/core.xml", bytes(50_000_000))
    whole = (tmp_path / "large.docx").read_bytes()
    (tmp_path / "cut.docx").write_bytes(whole[: len(whole) // 2])
    damaged = bytearray(whole)
    damaged[100:120] = bytes(20)
    (tmp_path / "damaged.docx").write_bytes(damaged)
    encrypted = bytearray(whole)
    encrypted[6] |= 1
    encrypted[whole.rindex(b"PK\1\2") + 8] |= 1
    (tmp_path / "encrypted.docx").write_bytes(encrypted)
    (tmp_path / "line.html").write_text("workbook " * 2_000_000)
    (tmp_path / "folder.html").mkdir()
    (tmp_path / "number.html").write_text("&#" + 5000 * "9" + ";&ab" * 1_000_000)
    for path in sorted(tmp_path.iterdir()):
        try:
            assert read_provenance(path) is None, path
        except WorkbookError as error:
            assert "Name the file of a report." in str(error), path


@on_posix
def test_a_pipe_or_a_device_is_refused_at_once(desk, capsys):
    os.mkfifo(desk / "pipe.txt")
    assert "not a file, but a device or a pipe" in refuse(capsys, "pipe.txt")
    assert "not a file, but a device or a pipe" in refuse(capsys, "/dev/zero")
    assert main(["verify", "pipe.txt"]) == 1


def test_a_mistake_of_the_workbook_is_one_line_too(capsys, monkeypatch):
    def fail(*_, **__):
        raise RuntimeError("oh\nno")

    monkeypatch.setattr(build, "build_report", fail)
    monkeypatch.delenv("WORKBOOK_TRACEBACK", raising=False)
    assert main(["report"]) == 1
    said = capsys.readouterr().err
    assert "should not have happened (RuntimeError: oh no)" in said and said.count("\n") == 1
    monkeypatch.setenv("WORKBOOK_TRACEBACK", "1")
    with pytest.raises(RuntimeError):
        main(["report"])


@on_posix
def test_too_few_addresses_are_said_before_the_process_would_end(monkeypatch):
    import resource

    monkeypatch.setattr(resource, "getrlimit", lambda _: (2**30, -1))
    check_addresses.cache_clear()
    with pytest.raises(WorkbookError, match="1,024 MB of addresses .* ulimit -v unlimited"):
        draw_svg({"mark": "bar"})


@pytest.mark.parametrize("content", [None, "half a note"])
def test_a_notebook_that_is_damaged_or_missing_is_said(tmp_path, content):
    if content:
        (tmp_path / "a.ipynb").write_text(content)
    with pytest.raises(WorkbookError, match="a.ipynb: cannot be read as a notebook"):
        run_notebook(tmp_path / "a.ipynb", {}, progress=False)


@pytest.mark.parametrize(
    "error, said",
    [(MemoryError(), "not enough memory"), (ImportError("no altair"), "a package is missing")],
)
def test_what_the_machine_lacks_is_one_line(capsys, monkeypatch, error, said):
    def fail(*_, **__):
        raise error

    monkeypatch.setattr(build, "build_report", fail)
    assert main(["report"]) == 1
    assert said in capsys.readouterr().err


# The process itself.


def start(*arguments, cwd, **environment):
    """The command line in a process of its own."""
    command = [sys.executable, "-m", "analysis", *arguments]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    env = {**os.environ, **environment}
    return subprocess.Popen(command, cwd=cwd, env=env, preexec_fn=listen, **pipes)


@pytest.mark.slow
@on_posix
@pytest.mark.parametrize(
    "by, seconds",
    [(signal.SIGINT, 1.2), (signal.SIGTERM, 2), (signal.SIGTERM, 3), (signal.SIGINT, 6)],
)
def test_what_is_stopped_ends_at_once_and_leaves_nothing(tmp_path, by, seconds):
    (tmp_path / "story.txt").write_text(STORY, encoding="utf-8")
    running = start("report", "story.txt", "--quiet", "--data", "data", cwd=tmp_path)
    time.sleep(seconds)
    children = psutil.Process(running.pid).children(recursive=True)
    running.send_signal(by)
    _, said = running.communicate(timeout=30)
    assert (running.returncode, said.decode()) == (130, "workbook: stopped\n")
    assert not [child for child in children if child.is_running()]
    assert {path.name for path in tmp_path.rglob("*")} <= {"story.txt", "reports"}


DEAF = """
import sys, time
from analysis import __main__ as command
from analysis.commands import checkup
def be_deaf_once(_):
    try:
        print("at work", flush=True)
        time.sleep(60)
    except KeyboardInterrupt:
        for _ in range(600):
            time.sleep(0.1)
checkup.do_doctor = be_deaf_once
sys.exit(command.main(["doctor"]))
"""


@on_posix
def test_what_a_library_does_not_heed_is_stopped_all_the_same(tmp_path):
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    running = subprocess.Popen([sys.executable, "-c", DEAF], preexec_fn=listen, **pipes)
    assert running.stdout.readline() == b"at work\n"
    running.send_signal(signal.SIGTERM)
    _, said = running.communicate(timeout=30)
    assert (running.returncode, said.decode()) == (130, "workbook: stopped\n")


@pytest.mark.slow
@on_posix
def test_nobody_need_read_what_is_printed(tmp_path):
    running = start("doctor", cwd=tmp_path)
    running.stdout.close()
    _, said = running.communicate(timeout=100)
    assert (running.returncode, said) == (1, b"")


@on_posix
def test_a_report_in_every_format_asks_nobody_and_leaves_nothing_at_home(reports):
    assert (reports.asked, reports.left) == ([], set())


@pytest.mark.slow
@on_posix
def test_a_terminal_that_cannot_write_a_name_gets_it_in_its_own_letters(tmp_path):
    plain = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "1"}
    made, _ = start("new", "é 雨", cwd=tmp_path, **plain).communicate(timeout=100)
    assert made.startswith(b"\\xe9 \\u96e8: ")
    assert (tmp_path / "é 雨").is_dir()


UNTIL_IT_RUNS = """
import signal, subprocess, sys, time
lab = subprocess.Popen(sys.argv[1:], stderr=subprocess.PIPE, text=True)
is_running = False
for line in lab.stderr:
    sys.stderr.write(line)
    if "is running at" in line and not is_running:
        is_running = True
        time.sleep(5)
        lab.send_signal(signal.SIGINT)
"""


@pytest.mark.slow
@on_posix
def test_lab_asks_nobody_and_leaves_at_home_what_readme_names(tmp_path):
    (tmp_path / "a.ipynb").write_text('{"cells": [], "metadata": {}, "nbformat": 4}')
    lab = [sys.executable, "-m", "analysis", "lab", ".", "--", "--no-browser", "--allow-root"]
    command = ["timeout", "120", sys.executable, "-c", UNTIL_IT_RUNS, *lab]
    done, outside, left = trace(command, tmp_path / "home", tmp_path)
    assert b"is running at" in done.stderr and outside == [], done.stderr
    assert left <= {".ipython", ".jupyter", ".local"}
