"""A report of several articles: it finds what was planted, and its numbers lead back."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from planted import FIND, Compared, read_planted
from waiting import wait_for

import analysis as wb
from analysis.errors import ArticleError
from analysis.report.build import build_report
from analysis.report.html import render_page
from analysis.report.notebook import run_notebook
from analysis.report.sources import find_sources
from analysis.report.verify import verify_report

# One process makes what these tests share.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("several")]
NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "report-several.ipynb"
LARGEST_PAGE = 6_000_000
# What was planted and the comparison does not find, with the reason.
MISSED = {
    "d14": "the same sentence goes on in one: three words in common are no copy",
    "d22": "“no petrol bombs” is no figure",
    "d24": "four words in the present tense are no event",
    "d25": "others speak of the same rifle and key: each has some of its words",
    "d34": "“lost their lives” is no passive, nor a verb of dying",
    "d35": "“at his own request” has a doer: the sentence is wrong, not incomplete",
    "d39": "a gathering is an event, no group of people",
    "d46": "“the ringleader, a nurse” is not linked to Janna Predvar",
    "d58": "“burst onto the internet” and “put online” have no word in common",
    "d63": "“tranche” stands twice: too rare to mark the outlet",
    "d66": "“caliber” stands once",
}
BRIDGE = {
    "echo.txt": "Bridge falls in Linz\n\nA bridge fell in Linz on Monday. Three people were "
    "killed, police said. Mayor Anna Berg visited the bridge. “We mourn,” Berg said. Berg left.\n",
    "globe.txt": "Linz bridge falls\n\nA bridge fell in Linz on Monday. Five people were killed, "
    "the hospital said. “It was old,” said Peter Holm, an engineer. Holm wept at the bridge.\n",
    "wire.txt": "Linz: bridge down\n\nThe bridge in Linz fell on Monday. Mayor Anna Berg was in "
    "Vienna. “Nobody checked it,” Peter Holm said. The bridge was built in 1950.\n",
}


@pytest.fixture(scope="module")
def teaching():
    """The tables and the page of the report on the teaching corpus."""
    names = {}
    notebook = run_notebook(NOTEBOOK, {}, progress=False, names=names)
    notebook.metadata.update(keywords="none", title="Six outlets")
    return names, render_page(notebook)


@pytest.fixture
def bridge(tmp_path):
    """A folder with three short articles on one event."""
    folder = tmp_path / "bridge"
    folder.mkdir()
    for name, text in BRIDGE.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_the_comparison_finds_the_planted_differences_but_those_that_are_listed(teaching):
    names, _ = teaching
    compared = Compared(names)
    planted = read_planted()
    missed = {row["id"] for row in planted if not FIND[row["found_by"]](compared, row)}
    assert missed == set(MISSED)
    assert len(missed) <= len(planted) / 6


def test_every_number_of_the_page_leads_to_as_many_passages(teaching, page, tmp_path):
    _, html = teaching
    assert len(html.encode()) < LARGEST_PAGE
    (tmp_path / "several.html").write_text(html, encoding="utf-8")
    page.goto((tmp_path / "several.html").as_uri())
    wait_for(page, "!!window.workbookFind")
    followed, wrong = page.evaluate(
        """async () => {
            const links = Array.from(document.querySelectorAll('a[href^="#find/"]'));
            const asked = new Set(links.map((link) => link.getAttribute("href")));
            const wrong = [];
            for (const address of asked) {
                const opened = new Promise((then) => {
                    window.addEventListener("hashchange", () => setTimeout(then), { once: true });
                });
                window.workbookFind(address);
                await opened;
                const drawer = document.querySelector(".wb-drawer:not([hidden])");
                const isEmpty = !drawer || !drawer.querySelector("li mark");
                if (isEmpty || drawer.querySelector(".wrong")) wrong.push(address);
            }
            return [asked.size, wrong];
        }"""
    )
    assert followed > 200
    assert wrong == []
    assert page.wrong == [] and page.left == []


def test_a_passage_leads_on_to_its_sentence_in_the_right_article(teaching, page, tmp_path):
    _, html = teaching
    (tmp_path / "several.html").write_text(html, encoding="utf-8")
    page.goto((tmp_path / "several.html").as_uri())
    wait_for(page, "!!window.workbookFind")
    page.evaluate(
        "workbookFind('#find/mentions?counted=yes&actor=Bo%20Karrel&outlet=Evening%20Flash')"
    )
    link = page.locator(".wb-drawer:not([hidden]) li a").first
    assert link.inner_text().startswith("Evening Flash, 2024-10-03, ¶")
    link.click()
    sentence = page.locator(f"[id='{link.get_attribute('href')[1:]}']")
    assert sentence.is_visible()
    assert "Karrel" in sentence.inner_text()


def test_the_page_is_accessible(teaching, page, tmp_path):
    _, html = teaching
    (tmp_path / "several.html").write_text(html, encoding="utf-8")
    page.goto((tmp_path / "several.html").as_uri())
    wait_for(page, "document.querySelectorAll('figure.chart svg.marks').length > 4")
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"][:80]) for each in found] == []


def test_a_folder_is_compared_and_the_report_can_be_made_again(bridge, monkeypatch):
    monkeypatch.chdir(bridge.parent)
    (report,) = build_report("bridge", progress=False)
    assert report == Path("reports/bridge.html")
    same, lines = verify_report(report)
    assert same, lines
    text = report.read_text(encoding="utf-8")
    assert "<h1>bridge: 3 articles compared</h1>" in text
    assert "Three / Five" in text
    assert str(bridge.parent) not in text
    # Another article in the folder is another comparison.
    (bridge / "late.txt").write_text("The bridge in Linz will be built again, Anna Berg said.")
    same, lines = verify_report(report)
    assert not same and "not the articles that the report was made from" in lines[0]


def test_what_a_report_is_of_says_its_name(bridge):
    echo, globe = bridge / "echo.txt", bridge / "globe.txt"
    folder = find_sources(bridge)
    assert (folder.stem, folder.is_several, folder.list_names()) == (
        "bridge",
        True,
        ["echo.txt", "globe.txt", "wire.txt"],
    )
    listed = find_sources([str(echo), str(globe)])
    assert (listed.stem, listed.name) == ("echo-and-1-more", "echo.txt and 1 more")
    one = find_sources([str(echo)])
    assert (one.stem, one.is_several) == ("echo", False)


def test_a_table_with_several_rows_is_several_articles(tmp_path):
    (tmp_path / "two.csv").write_text("text\nAnn left Linz.\nBob left Graz.\n")
    assert find_sources(tmp_path / "two.csv").is_several
    (tmp_path / "one.csv").write_text("text\nAnn left Linz.\n")
    assert not find_sources(tmp_path / "one.csv").is_several


def test_articles_of_several_folders_are_named_from_where_both_are(bridge):
    other = bridge.parent / "more"
    other.mkdir()
    (other / "a.txt").write_text("Ann left Linz.")
    listed = find_sources([bridge / "echo.txt", other / "a.txt"])
    assert listed.list_names() == ["bridge/echo.txt", "more/a.txt"]


def test_a_missing_article_among_several_is_said(bridge):
    with pytest.raises(ArticleError, match=r"nowhere\.txt: no such file"):
        wb.read_articles(bridge / "nowhere.txt")
