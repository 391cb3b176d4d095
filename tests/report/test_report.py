"""The report as files: every format, its size, what it says, the same bytes again, errors."""

import re
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from nbconvert.filters.markdown import markdown2html

import analysis as wb
from analysis.__main__ import main
from analysis.report.build import FORMATS, find_tables, put_headline
from analysis.report.verify import find_article, verify_report


def test_each_format_is_one_small_file_named_after_the_article(reports):
    files = sorted(path.name for path in reports.html.parent.iterdir())
    assert files == sorted(f"000_ff539187bb1851f8{ending}" for ending in FORMATS.values())
    assert max(path.stat().st_size for path in reports.html.parent.iterdir()) < 3_000_000


def test_the_report_says_what_was_found_and_how_it_was_made(reports):
    page = reports.html.read_text(encoding="utf-8")
    text = wb.read_articles().loc[0, "text"]
    for said in (
        "Iran is mentioned most often",
        "the first day on which all of it can have been written",
        "share line: “Share this article”",
        "What this cannot tell you",
        wb.__version__,
        "Measured accuracy",
        "Zeldes, A. 2017",
        "What it must not be used for",
        'Settings: <code>article = "000_ff539187bb1851f8.txt"</code>',
    ):
        assert said in page
    assert re.search(r"SHA-256 of the text .*217007e0db048902", page, re.DOTALL)
    assert str(len(text)) in page


def test_the_headline_is_the_title_and_no_markup():
    def titled(headline, text="It rained."):
        cell = nbformat.v4.new_markdown_cell("# What does it do?\n\nWho is in it.")
        notebook = nbformat.v4.new_notebook(cells=[cell])
        articles = pd.DataFrame({"title": [headline]})
        put_headline(notebook, articles, wb.split_sentences(wb.read_texts(text)), Path("a.txt"))
        return notebook.metadata["title"], markdown2html(notebook.cells[0].source)

    title, page = titled("A *star* <b>\n& $1 [up](x) \x00")
    assert title == "A *star* <b> & $1 [up](x) \ufffd"
    assert ">A *star* &lt;b&gt; &amp; $1 [up](x) &#65533;<" in page
    assert "What does it do? Who is in it." in page
    assert titled(None)[0] == "Report: a.txt"
    assert titled(None, "Rain in York\n\nIt rained.")[0] == "Rain in York"


def test_every_link_within_the_report_leads_somewhere(reports):
    page = re.sub(
        r"<script.*?</script>", "", reports.html.read_text(encoding="utf-8"), flags=re.DOTALL
    )
    links, anchors = set(re.findall(r'href="#([^"]+)"', page)), re.findall(r' id="([^"]+)"', page)
    assert len(anchors) == len(set(anchors))
    assert len([anchor for anchor in anchors if anchor.startswith("s-")]) == len(
        wb.split_sentences(wb.read_articles())
    )
    assert {link for link in links if not link.startswith("find/")} <= set(anchors)


@pytest.mark.parametrize("kind", FORMATS)
def test_a_report_in_any_format_says_how_to_make_it_again(reports, monkeypatch, kind):
    made = {}

    def copy(article, out, to, progress):
        made.update(article=article.name, to=to)
        out.mkdir()
        target = out / "copy"
        target.write_bytes(getattr(reports, kind).read_bytes())
        return [target]

    monkeypatch.setattr("analysis.report.verify.build_report", copy)
    same, lines = verify_report(getattr(reports, kind))
    assert same and lines[-1].startswith("✓ made again: the same")
    assert made == {"article": "000_ff539187bb1851f8.txt", "to": (kind,)}


def test_a_page_is_not_taken_for_the_report_of_its_name(tmp_path):
    article, report = tmp_path / "a.html", tmp_path / "reports" / "a.html"
    report.parent.mkdir()
    for file in (article, report):
        file.write_text("<p>It rained in Linz.</p>", encoding="utf-8")
    assert find_article("a.html", report, None).files == (article.resolve(),)


@pytest.mark.slow
def test_verify_tells_a_changed_article_and_a_changed_report(tmp_path, monkeypatch, capsys):
    def verify(*arguments):
        status = main(["verify", "reports/a.html", *arguments])
        said = capsys.readouterr()
        return status, said.out + said.err

    monkeypatch.chdir(tmp_path)
    article, report = Path("a.txt"), Path("reports/a.html")
    article.write_text("Iran met Putin.", encoding="utf-8")
    assert main(["report", "a.txt", "--quiet"]) == 0
    article.rename("b.txt")
    status, said = verify("b.txt")
    assert (status, "made again: the same" in said) == (0, True), said
    Path("b.txt").rename("a.txt")
    report.write_text(
        report.read_text(encoding="utf-8").replace("Putin", "Biden"), encoding="utf-8"
    )
    status, said = verify()
    assert (status, "The report was changed after it was made" in said) == (1, True)
    article.write_text("Iran met Biden.", encoding="utf-8")
    status, said = verify()
    assert (status, "not the article that the report was made from" in said) == (1, True)
    article.unlink()
    status, said = verify()
    assert (status, "Name its file: workbook verify reports/a.html ARTICLE" in said) == (1, True)


def test_a_hostile_article_is_shown_as_text(hostile):
    page = hostile.html.read_text(encoding="utf-8")
    assert "&lt;script&gt;alert" in page
    assert not re.search(r"<script>alert|<img src=x|<a [^>]*href=.javascript|<b>Berg", page)


@pytest.mark.slow
def test_an_article_in_which_nobody_is_named_has_every_format_too(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("it rained.", encoding="utf-8")
    asked = ["report", "a.txt", "--quiet", "--to", ",".join(FORMATS), "--data", "d"]
    assert main(asked) == 0
    assert "No person, organisation or state is named" in (
        tmp_path / "reports" / "a.html"
    ).read_text(encoding="utf-8")


def test_tables_are_what_a_notebook_names_without_selections_from_them(seeds):
    names = {"mentions": seeds.mentions, "some": seeds.mentions[3:5], "n": 3}
    assert list(find_tables(names)) == ["mentions"]


@pytest.mark.parametrize(
    "name, content, said",
    [
        ("missing.txt", None, "missing.txt: no such file or folder"),
        ("empty.txt", b"", "the text is empty"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not a text file"),
        ("rows.csv", b"text\n\n", "the table has no rows"),
    ],
)
def test_an_error_is_one_readable_line_and_a_status(
    tmp_path, monkeypatch, capsys, name, content, said
):
    monkeypatch.chdir(tmp_path)
    if content is not None:
        (tmp_path / name).write_bytes(content)
    assert main(["report", name, "--quiet"]) == 1
    out, line = capsys.readouterr()
    assert out == ""
    assert line.startswith("workbook: ")
    assert len(line.strip().splitlines()) == 1
    assert said in line


def test_a_folder_that_cannot_be_written_to_is_said(tmp_path, capsys):
    (tmp_path / "file").write_text("")
    (tmp_path / "a.txt").write_text("It rained.")
    assert (
        main(["report", str(tmp_path / "a.txt"), "--out", str(tmp_path / "file"), "--quiet"]) == 1
    )
    assert (
        "cannot be written to (File exists). Choose another folder with --out"
        in capsys.readouterr().err
    )


def test_an_unknown_format_is_said_with_the_known_ones(capsys):
    assert main(["report", "--to", "html,exe"]) == 1
    assert (
        "--to exe: no such format. Choose from: html, pdf, docx, slides, xlsx."
        in capsys.readouterr().err
    )
