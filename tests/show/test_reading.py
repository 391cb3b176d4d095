"""The report and the slides as an editor meets them: in a browser, offline, mouse or keyboard."""

import json
import random
import re
from html import unescape

import pandas as pd
import pytest
from addresses import find_behind, read_address
from axe_playwright_python.sync_playwright import Axe
from waiting import wait_for

from analysis.measure.addresses import PREFIX


def drawn(page, n):
    wait_for(
        page, f"document.querySelectorAll('figure.chart svg.marks').length >= {n}", timeout=60_000
    )


@pytest.fixture
def report(page, reports):
    page.goto(reports.html.as_uri())
    drawn(page, 10)
    return page


def addresses(html):
    """Every address of passages in a page: in its text, tables and charts."""
    linked = [unescape(address) for address in re.findall(rf'href="({PREFIX}[^"]+)"', html)]
    return list(dict.fromkeys([*linked, *re.findall(rf'"href": "({PREFIX}[^"]+)"', html)]))


def unpack_column(kept, rows):
    """The values of a column of passages."""
    width = len(kept["codes"]) // max(rows, 1)
    codes = [kept["codes"][row * width :][:width] for row in range(rows)]
    return [kept["values"][int(code, 36)] for code in codes]


def unpack(html):
    """The passages that a page carries, as tables."""
    data = json.loads(
        re.search(r'<script type="application/json">(.*?)</script>', html, re.DOTALL)[1]
    )
    columns = ["doc_id", "sentence_id", "paragraph_id", "text"]
    sentences = pd.DataFrame(data["sentences"], columns=columns)
    sentences["doc_id"] = [data["docs"][number] for number in sentences["doc_id"]]
    tables = {}
    for name, packed in data["passages"].items():
        spans = pd.DataFrame(packed["spans"], columns=["place", "start", "length"])
        columns = {
            column: unpack_column(kept, len(spans)) for column, kept in packed["columns"].items()
        }
        numbers = {
            column: list(map(int, columns.pop(column)))
            for column in ("first", "inside", "outside")
            if column in columns
        }
        tables[name] = spans.join(sentences, on="place").assign(**columns, **numbers)
    return tables


def test_every_count_in_the_report_adds_up_from_its_passages(reports):
    html = reports.html.read_text(encoding="utf-8")
    passages, counted = unpack(html), addresses(html)
    assert len(counted) > 300
    for address in counted:
        _, _, n, _ = read_address(address)
        _, total = find_behind(address, passages)
        assert n in (None, total), address
        assert total, address


def test_numbers_picked_at_random_open_as_many_passages(report, reports):
    html = reports.html.read_text(encoding="utf-8")
    counted = [address for address in addresses(html) if "adds=" not in address]
    for address in random.Random(6).sample(counted, 25):
        report.evaluate("address => { location.hash = address }", address)
        wait_for(report, "!document.querySelector('.wb-drawer').hidden")
        heading = report.locator(".wb-drawer h2").inner_text()
        total = int(re.search(r"(\d+) \w+$", heading)[1])
        _, _, n, _ = read_address(address)
        assert n in (None, total), address
        assert report.locator(".wb-drawer mark").count() == total, address
    assert report.locator(".wb-drawer .wrong").count() == 0


def test_clicking_a_bar_lands_on_marked_passages_and_there_is_a_way_back(report):
    bar = report.locator("figure.chart [role=link][aria-label*='Iran']").first
    label = bar.get_attribute("aria-label")
    bar.click(force=True)
    heading = report.locator(".wb-drawer h2")
    assert re.search(r"Iran · name .*: \d+ mentions", heading.inner_text()) and "href" not in label
    assert set(report.locator(".wb-drawer mark").all_inner_texts()) <= {"Iran", "Tehran", "Iran’s"}
    report.locator(".wb-drawer a").first.click()
    assert "Iran" in report.locator(".s:target").inner_text()
    report.get_by_role("button", name="Back to the number").click()
    assert report.locator(".wb-drawer").is_hidden()


def test_a_number_that_does_not_add_up_says_so(report):
    report.evaluate(f"location.hash = '{PREFIX}mentions?counted=yes&actor=Iran&n=99'")
    assert "The number is 99" in report.locator(".wb-drawer .wrong").inner_text()


def test_layers_switch(report):
    def ground(look):
        return report.locator(f".text {look}").first.evaluate(
            "mark => getComputedStyle(mark).backgroundColor"
        )

    clear = "rgba(0, 0, 0, 0)"
    for layer, look in (("actors", ".m.state"), ("quotes", ".q:not(.reported)")):
        before = ground(look)
        report.locator(f".legend .l-{layer}").uncheck()
        assert (before == clear, ground(look)) == (False, clear)
    assert report.locator(".text sup").first.is_visible()
    report.locator(".legend .l-numbers").uncheck()
    assert not report.locator(".text sup").first.is_visible()


def test_the_reading_view_works_by_keyboard(report):
    report.locator(".legend .l-numbers").focus()
    report.keyboard.press("Tab")
    focused = "document.activeElement"
    assert report.evaluate(f"{focused}.textContent") == "Iran"
    assert report.evaluate(f"{focused}.getAttribute('aria-description')").startswith("Iran (state)")
    assert report.locator(".wb-card").is_visible()
    lit = report.locator(".text .m.lit")
    assert lit.count() > 15 and "lit" in report.evaluate(f"{focused}.className")
    report.keyboard.press("ArrowDown")
    assert report.evaluate(f"{focused}.dataset.a") == "0"
    report.keyboard.press("ArrowRight")
    report.keyboard.press("Enter")
    report.locator(".wb-drawer").wait_for(state="visible")
    report.keyboard.press("Escape")
    report.locator(".wb-drawer").wait_for(state="hidden")
    assert report.evaluate(f"{focused}.getAttribute('role')") == "button"


def test_a_chart_works_by_keyboard(report):
    first = report.locator("figure.chart [role=link][tabindex='0']").first
    first.focus()
    report.keyboard.press("ArrowRight")
    report.keyboard.press("Enter")
    report.locator(".wb-drawer").wait_for(state="visible")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_barrier(browser, reports, scheme):
    page = browser.new_page(color_scheme=scheme)
    page.goto(f"{reports.html.as_uri()}{PREFIX}mentions?counted=yes&actor=Iran&n=18")
    drawn(page, 10)
    found = Axe().run(page).response["violations"]
    assert [
        (one["id"], one["nodes"][0]["html"][:200])
        for one in found
        if one["impact"] in ("serious", "critical")
    ] == []
    page.close()


def test_the_report_fits_a_phone_and_asks_for_nothing(report):
    report.set_viewport_size({"width": 380, "height": 800})
    assert report.evaluate("document.documentElement.scrollWidth") <= 380
    assert (report.left, report.wrong) == ([], [])


def test_on_paper_the_pictures_stand_in_for_the_charts(report):
    report.emulate_media(media="print")
    figure = report.locator("figure.chart").first
    assert figure.locator("img.still").is_visible() and not figure.locator(".live").is_visible()


def test_in_the_dark_charts_turn_dark_and_back(report):
    colour = "document.querySelector('figure.chart svg.marks').style.backgroundColor"
    report.emulate_media(color_scheme="dark")
    wait_for(report, f"{colour} !== 'rgb(255, 255, 255)'")
    report.emulate_media(color_scheme="light")
    wait_for(report, f"{colour} === 'rgb(255, 255, 255)'")


def test_slides_go_by_keyboard_and_their_numbers_lead_to_sentences(page, reports):
    page.goto(reports.slides.as_uri())
    drawn(page, 10)
    assert page.evaluate("Reveal.getTotalSlides()") > 10
    page.keyboard.press("ArrowRight")
    assert page.evaluate("Reveal.getIndices().h") == 1
    page.keyboard.press("ArrowLeft")
    page.locator("section.present a.n").first.click()
    page.locator(".wb-drawer a").first.click()
    wait_for(page, "Reveal.getCurrentSlide().querySelector('.reading') !== null")
    assert page.locator(".lit-sentence").is_visible()
    assert (page.left, page.wrong) == ([], [])


@pytest.mark.parametrize("kind", ["html", "slides"])
def test_a_hostile_article_does_nothing(page, hostile, kind):
    page.goto(getattr(hostile, kind).as_uri())
    drawn(page, 4)
    text = page.locator(".reading .text")
    assert 'alert("one")' in text.text_content() and "onerror=alert(2)" in text.text_content()
    assert text.locator("script, img, a, b, svg").count() == 0
    assert (
        page.locator(
            "[onclick], [onload], [onerror], a[href^='javascript'], a[href^='http']"
        ).count()
        == 0
    )
    assert (page.left, page.wrong) == ([], [])


@pytest.mark.parametrize("kind", ["html", "slides"])
def test_a_page_runs_its_own_scripts_only_and_asks_no_network(page, reports, kind, tmp_path):
    html = getattr(reports, kind).read_text(encoding="utf-8")
    policy = re.search(r'<meta content="(default-src[^"]+)" http-equiv="Content-Sec', html)[1]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe-eval" not in policy and "http" not in policy
    strange = "<img src=x onerror=document.title='bad'><script>document.title = 'bad'</script>"
    (tmp_path / "a.html").write_text(html.replace("</main>", f"{strange}</main>"), "utf-8")
    page.goto((tmp_path / "a.html").as_uri())
    drawn(page, 10)
    assert page.title() != "bad" and page.left == []
    assert any("Content Security Policy" in said for said in page.wrong)


@pytest.mark.parametrize("name", ["__proto__", "constructor", "toString", "mentions?__proto__=1"])
def test_an_address_of_nothing_opens_nothing(report, name):
    report.evaluate("address => { location.hash = address }", f"{PREFIX}{name}")
    report.evaluate("address => window.workbookFind(address)", f"{PREFIX}{name}")
    heading = report.locator(".wb-drawer h2")
    assert heading.count() == 0 or heading.inner_text().endswith("0 mentions")
    assert report.wrong == []
