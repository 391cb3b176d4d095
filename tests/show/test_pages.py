"""Notebooks and pages as a user meets them: run top to bottom, drawn by a browser, offline."""

import re
import shutil
import sys
from html import escape, unescape
from pathlib import Path

import pandas as pd
import pytest
from laboratory import running_lab
from nbconvert.exporters import get_exporter
from tracing import trace
from waiting import wait_for

import analysis as wb
from analysis.errors import SchemaError
from analysis.report.html import WorkbookExporter
from analysis.report.notebook import run_notebook

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
STORY = (
    "Mayor Anna Berg met Peter Holm in Vienna on Monday. “We agree,” Berg said.\n\n"
    "Holm was not happy. Austria will pay.\n"
)
# Enough for every chart of a notebook to have something to draw.
MANY = (
    f"{STORY}\nIran attacked Iraq. Iran will not pay Austria. Holm thanked Berg and warned Iran.\n"
)


def drawn(page, n):
    """Wait until `n` charts are drawn, and return how many marks each holds."""
    wait_for(
        page, f"document.querySelectorAll('figure.chart svg.marks').length >= {n}", timeout=60_000
    )
    return [
        chart.locator("path, text").count()
        for chart in page.locator("figure.chart svg.marks").all()
    ]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_top_to_bottom_on_any_article(path, tmp_path, monkeypatch):
    few = wb.read_teaching(headline=True).head(6)
    monkeypatch.setattr(wb, "read_teaching", lambda **_: few)
    (tmp_path / "story.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "other.txt").write_text(f"Peter Holm spoke.\n\n{STORY}", encoding="utf-8")
    given = {"article": str(tmp_path / "story.txt")}
    if "several =" in path.read_text(encoding="utf-8"):
        given = {"several": str(tmp_path)}
    notebook = run_notebook(path, given, progress=False)
    outputs = [
        output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs
    ]
    assert [output for output in outputs if output.output_type == "error"] == []
    # Only the analysis of a corpus says how far it is.
    said = [output for output in outputs if output.output_type == "stream"]
    assert said == [] or path.stem == "09-corpus"
    assert "Anna Berg" in str(outputs) or path.stem in ("01-words", "02-tone", "09-corpus")


def test_charts_are_pictures_where_no_script_runs(browser, tmp_path):
    actors = wb.schema.table([("Anna Berg", "person", 2, 1.0, 9.0)], "actors")
    figure = wb.draw_actors(actors)._repr_mimebundle_()
    html = (figure[0] if isinstance(figure, tuple) else figure)["text/html"]
    (tmp_path / "chart.html").write_text(html, encoding="utf-8")
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto((tmp_path / "chart.html").as_uri())
    picture = opened.get_by_role("img", name="Anna Berg is mentioned most often")
    assert picture.bounding_box()["width"] > 300
    context.close()


@pytest.fixture
def story(tmp_path, monkeypatch):
    """A short article that notebooks open."""
    (tmp_path / "story.txt").write_text(MANY, encoding="utf-8")
    monkeypatch.setenv("WORKBOOK_ARTICLE", str(tmp_path / "story.txt"))


def test_plain_nbconvert_asks_nobody_and_gives_a_page_whose_charts_show(page, story, tmp_path):
    command = [sys.executable, "-m", "jupyter", "nbconvert", "--execute", "--to", "html"]
    command += ["--output-dir", str(tmp_path), str(NOTEBOOKS[3])]
    done, asked, left = trace(command, tmp_path / "home", tmp_path)
    assert (done.returncode, asked) == (0, []), done.stderr
    # As README says.
    assert left <= {".ipython", ".jupyter", ".local"}
    page.goto((tmp_path / "03-actors.html").as_uri(), wait_until="commit")
    assert min(drawn(page, 2)) > 20
    # What nbconvert's own template asks for (RequireJS, MathJax) is not the workbook's.
    assert [url for url in page.left if "vega" in url or "cdnjs" not in url] == []


def test_nbconvert_finds_the_workbooks_exporter_by_its_name():
    assert get_exporter("workbook") is WorkbookExporter


@pytest.fixture
def lab(story, tmp_path):
    """JupyterLab on a copy of the notebooks; its address."""
    shutil.copytree(NOTEBOOKS[0].parent, tmp_path / "notebooks")
    command = [sys.executable, "-m", "jupyter", "lab"]
    root = [f"--ServerApp.root_dir={tmp_path / 'notebooks'}"]
    with running_lab(command, root, tmp_path / "log", "02-tone.ipynb") as address:
        yield address


def test_jupyterlab_draws_the_charts_without_network(page, lab):
    page.goto(lab, wait_until="domcontentloaded")
    page.wait_for_selector(".jp-Notebook", timeout=90_000)
    page.wait_for_selector("text=Python 3 (ipykernel) | Idle", timeout=90_000)
    page.locator("text=Run").first.click()
    page.locator("text=Run All Cells").first.click()
    assert min(drawn(page, 1)) > 20
    written = page.locator(".jp-RenderedText[data-mime-type='application/vnd.jupyter.stderr']")
    # A slow machine shows progress.
    assert [
        text for text in written.all_inner_texts() if text.strip()[:7] not in ("", "Scoring")
    ] == []
    assert page.left == []


def strip(html):
    """The text of a page, without its style."""
    return unescape(
        re.sub(r"<[^>]*>", "", re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL))
    )


NASTY = """<b onclick="x()">'"""
SPANS = [(1, 30, "whole"), (8, 22, NASTY), (8, 12, "in both"), (19, 22, ""), (25, 30, None)]
SENTENCE = " <i>Ann & her aide “X” left</i> it."


@pytest.fixture
def nested():
    """One sentence, and spans in it that hold each other."""
    sentences = wb.schema.table(
        [("a", 1, 1, 50, 50 + len(SENTENCE), "sentence", SENTENCE)], "sentences"
    )
    spans = pd.DataFrame(
        [("a", 1, 50 + start, 50 + end, NASTY, rule) for start, end, rule in SPANS]
    )
    return spans.set_axis(
        ["doc_id", "sentence_id", "start", "end", "actor", "rule"], axis=1
    ), sentences


def test_passages_mark_spans_inside_spans_with_their_rules_and_lose_no_letter(nested):
    page = wb.draw_passages(*nested).data
    (passage,) = re.findall(r"sentence 1</a> (.*?)</li>", page)
    assert unescape(re.sub("<[^>]*>", "", passage)) == SENTENCE
    assert re.findall(r"<mark.*?>|</mark>", passage) == [
        '<mark title="whole">',
        f'<mark title="{escape(NASTY)}">',
        '<mark title="in both">',
        "</mark>",
        "<mark>",
        "</mark>",
        "</mark>",
        "<mark>",
        "</mark>",
        "</mark>",
    ]
    assert re.search(r'<mark title="in both">(.*?)</mark>', passage)[1] == SENTENCE[8:12].replace(
        "&", "&amp;"
    )
    assert (
        f"<summary>{escape(NASTY)}: 5</summary>" in page and "<b " not in page and "<i>" not in page
    )


def test_each_row_of_a_table_opens_into_as_many_marks_as_it_counts(seeds):
    counts = wb.count_actors(seeds.mentions)
    page = wb.draw_rows(counts, wb.select_counted(seeds.mentions), seeds.sentences).data
    opened = re.findall(r"<details><summary>(.*?)</summary>(.*?)</details>", page)
    for (summary, _), actor in zip(opened, counts["actor"], strict=True):
        assert strip(summary).startswith(actor)
    assert [below.count("<mark") for _, below in opened] == counts["n"].tolist()


def test_rows_show_whatever_is_in_them_as_text(nested):
    spans, sentences = nested
    table = pd.DataFrame({"actor": [NASTY, None], NASTY: [NASTY, 0.123], "n": [5, 0]})
    page = wb.draw_rows(table, spans, sentences).data
    assert "<b " not in page and "<i>" not in page
    assert strip(page).count(NASTY) == 3 and SENTENCE in strip(page) and "0.12" in page


def test_rows_need_the_column_that_joins_them_and_may_be_none(nested):
    spans, sentences = nested
    table = pd.DataFrame({"actor": [NASTY], "n": [5]})
    for wrong in ((table.drop(columns="actor"), spans), (table, spans.drop(columns="actor"))):
        with pytest.raises(SchemaError, match="no column `actor` .* Choose from: "):
            wb.draw_rows(*wrong, sentences)
    page = wb.draw_rows(table.iloc[:0], spans.iloc[:0], sentences).data
    assert strip(page) == "actorn" and "<details" not in page
    assert strip(wb.draw_passages(spans.iloc[:0], sentences).data) == "Nothing to show."
