import os
import re
import subprocess
import sys

import pytest

import analysis as wb
from analysis.__main__ import main

HOSTILE = """<script>alert("one")</script> Minister Anna <b>Berg</b> said "yes" & left.

"The <img src=x onerror=alert(2)> deal is bad," Anna Berg said. Share this article

[a link](javascript:alert(3)) </script></style><!-- $x$ {{ 7*7 }} \\u003c"""


@pytest.fixture(scope="module")
def workbook():
    """Run the command line in a process of its own, in English and without colours."""

    def run(*arguments, cwd):
        command = [sys.executable, "-m", "analysis", *map(str, arguments)]
        return subprocess.run(command, cwd=cwd, capture_output=True, text=True, env=os.environ | {"NO_COLOR": "1"}, timeout=300)

    return run


@pytest.fixture(scope="module")
def report(workbook, tmp_path_factory):
    """The report on the article that comes with the workbook."""
    folder = tmp_path_factory.mktemp("report")
    done = workbook("report", cwd=folder)
    assert done.returncode == 0, done.stderr
    return done, folder / done.stdout.strip()


def test_the_report_is_one_small_file_in_the_folder_reports(report):
    done, path = report
    assert path.parent.name == "reports"
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert path.stat().st_size < 3_000_000
    assert "Executing" in done.stderr


def test_the_report_says_what_was_found_and_how_it_was_made(report):
    page = report[1].read_text(encoding="utf-8")
    text = wb.read_articles().loc[0, "text"]
    for said in (
        "Iran is mentioned most often",
        "inferred, the first day",
        "share line: “Share this article”",
        "What this cannot tell you",
        wb.__version__,
        "Measured accuracy",
    ):
        assert said in page
    assert re.search(r"SHA-256 of the text .*217007e0db048902", page, re.DOTALL)
    assert str(len(text)) in page


def test_every_link_in_the_report_leads_to_a_sentence(report):
    page = report[1].read_text(encoding="utf-8")
    links, anchors = set(re.findall(r'href="#([^"]+)"', page)), re.findall(r' id="(s-[^"]+)"', page)
    assert len(links) > 20
    assert len(anchors) == len(set(anchors)) == len(wb.split_sentences(wb.read_articles()))
    assert links <= set(anchors)


def test_the_numbers_in_the_report_are_those_of_the_passages_below(report):
    page = report[1].read_text(encoding="utf-8")
    words = re.findall(r"<details><summary>([^<]*): (\d+)</summary><ul>(.*?)</ul></details>", page, re.DOTALL)
    cells = r'<summary><span class="cells"[^>]*><span>([^<]*)</span><span>[^<]*</span><span class="number">(\d+)</span>.*?</summary><ul>(.*?)</ul>'
    actors = re.findall(cells, page, re.DOTALL)
    assert len(words) >= 10
    assert [(name, n) for name, n, below in words + actors if below.count("<mark") != int(n)] == []
    articles = wb.read_articles()
    tokens = wb.split_tokens(articles)
    counted = wb.count_actors(wb.find_mentions(articles, tokens))
    assert {name.replace("&#x27;", "'"): int(n) for name, n, _ in actors} == {row.actor: row.n for row in counted.itertuples()}


def test_two_runs_give_the_same_bytes(report, workbook, tmp_path):
    again = workbook("report", "--quiet", "--out", tmp_path / "again", cwd=tmp_path)
    assert (tmp_path / "again" / report[1].name).read_bytes() == report[1].read_bytes()
    assert again.stderr == ""


def test_a_hostile_article_of_ones_own_is_shown_as_text(workbook, tmp_path):
    (tmp_path / "my story.txt").write_text(HOSTILE, encoding="utf-8")
    done = workbook("report", "my story.txt", "--quiet", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "reports" / "my story.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;alert" in page
    assert not re.search(r"<script>alert|<img src=x|href=.javascript|<b>Berg", page)


def test_an_article_in_which_nobody_is_named_has_a_report_too(workbook, tmp_path):
    (tmp_path / "a.txt").write_text("it rained.", encoding="utf-8")
    done = workbook("report", "a.txt", "--quiet", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "No person, organisation or state is named" in (tmp_path / "reports" / "a.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "name, content, said",
    [
        ("missing.txt", None, "missing.txt: no such file or folder"),
        ("empty.txt", b"", "the text is empty"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not a text file"),
        ("two.csv", b"text\nIt rained in Linz.\nIt snowed in Graz.\n", "draws one article, and the table holds 2"),
    ],
)
def test_an_error_is_one_readable_line_and_a_status(workbook, tmp_path, name, content, said):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    done = workbook("report", name, "--quiet", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("workbook: ")
    assert len(done.stderr.strip().splitlines()) == 1
    assert said in done.stderr


def test_a_folder_that_cannot_be_written_to_is_said(tmp_path, capsys):
    (tmp_path / "file").write_text("")
    (tmp_path / "a.txt").write_text("It rained.")
    assert main(["report", str(tmp_path / "a.txt"), "--out", str(tmp_path / "file"), "--quiet"]) == 1
    assert "no folder can be made there. Choose another with --out" in capsys.readouterr().err


def test_help_shows_examples(capsys):
    with pytest.raises(SystemExit):
        main(["report", "--help"])
    assert "workbook report my-article.html" in capsys.readouterr().out
