"""A lesson as a participant takes it: the student notebook, in real JupyterLab without network."""

import contextlib
import sys
import time

import pytest
from laboratory import running_lab

import analysis as wb
from analysis.__main__ import main

LESSON = "5-tone.ipynb"
CODED = "NAME.codings.csv"
SLOW = 180_000  # milliseconds: the cells of a lesson, on a busy machine


@pytest.fixture
def lab(tmp_path):
    """JupyterLab on the folder with the handouts; the address of the lesson."""
    with contextlib.chdir(tmp_path):
        assert main(["handout", "5", "--to", "student", "--quiet"]) == 0
    command = [sys.executable, "-m", "analysis", "lab", str(tmp_path / "handouts"), "--"]
    with running_lab(command, (), tmp_path / "log", LESSON) as address:
        yield address


def choose(page, menu, *names):
    """Walk through JupyterLab's menus."""
    page.get_by_role("menuitem", name=menu, exact=True).click()
    for name in names:
        page.locator(".lm-Menu-itemLabel").get_by_text(name, exact=True).click()


def find_cell(page, words):
    """The cell with these words, which may have to be scrolled to: what is far off is not drawn."""
    cell = page.locator(".jp-Notebook .jp-Cell", has_text=words).first
    page.locator(".jp-WindowedPanel-outer").hover()
    for step in [0, *[-3000] * 10, *[700] * 60]:
        page.mouse.wheel(0, step)
        page.wait_for_timeout(100)
        if cell.count() and cell.is_visible():
            break
    cell.scroll_into_view_if_needed()
    return cell


def answer(page, name, typed):
    """Type an answer in the place of None, run its cell and the check; what the check says."""
    cell = find_cell(page, f"{name} = ")
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.type(f"{name} = {typed}")
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Shift+Enter")
    return page.locator(".jp-Cell", has_text="wb.check").filter(has_text=name)


def test_a_lesson_is_taken_by_keyboard_offline(page, lab, tmp_path):
    page.goto(lab, wait_until="domcontentloaded")
    page.wait_for_selector("text=Python 3 (ipykernel) | Idle", timeout=90_000)
    choose(page, "Run", "Run All Cells")
    chart = find_cell(page, "wb.draw_stance(wb.count_stance(stance))")
    chart.locator("svg, canvas").first.wait_for(timeout=SLOW)
    for typed, said in (('"a"', "Not yet"), ('"b"', "Right")):
        answer(page, "answer_5_3", typed).get_by_text(said).wait_for(timeout=SLOW)
    desk = find_cell(page, "wb.code_rows")
    desk.locator(".passage").click()
    for number, key in enumerate("123", 1):
        page.keyboard.press(key)
        desk.locator(f".note:has-text('{number} answered')").wait_for()
    desk.get_by_text(f"3 answers are saved in {CODED}").wait_for()
    codings = wb.read_codings(tmp_path / "handouts" / CODED, wb.read_articles())
    assert codings["answer"].dropna().tolist() == ["negative", "neutral", "positive"]
    page.keyboard.press("Escape")
    page.keyboard.press("Control+s")
    saved = tmp_path / "handouts" / LESSON
    until = time.monotonic() + 60
    while "is the friendliest" not in saved.read_text(encoding="utf-8"):
        assert time.monotonic() < until, "the notebook was not saved"
        page.wait_for_timeout(200)
    # What the menu "Save and Export Notebook As" asks of the server.
    address = lab.replace(f"lab/tree/{LESSON}", f"nbconvert/workbook/{LESSON}")
    report = page.request.get(address.removesuffix("&reset"), timeout=SLOW).text()
    assert "Is it good news or bad" in report and "By its words it is the friendliest" in report
    assert page.left == []
