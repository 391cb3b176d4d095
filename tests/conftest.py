"""The one parse, the reports and the browser that tests share."""

import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
from types import SimpleNamespace

import pytest
from tracing import trace

import analysis as wb
from analysis.__main__ import main

FORMATS = ("html", "pdf", "docx", "slides", "xlsx")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
HOSTILE = """<script>alert("one")</script> \
Minister Anna <b>Berg</b> said "yes" & left. 😀😀 Berg met Vladimir Putin in Vienna on Monday.

"The <img src=x onerror=alert(2)> deal is bad," Anna Berg said. Share this article

[a link](javascript:alert(3)) </script></style><!-- $x^2$ {{ 7*7 }} \\u003c #set page(width: 1cm) \
@import "x" \\input{a} `raw` *bold* <label> = a

=cmd|' /C calc'!A0 Iran attacked "Putin" #panic() \\end{document} ]] \
![](http://evil.example/x.png) Iran.

Iran met <a href="javascript:alert(4)" onclick="alert(5)">Putin</a>, and Putin left.

Iran \x0b said \x7f that "'>><svg onload=alert(6)>" was bad for Putin. 中文报道说伊朗。 \
Putin said "العربية" in Vienna.
"""


# What starts a process, a browser or a build, and files whose tests draw charts as pictures.
SLOW_FIXTURES = {"workbook", "reports", "hostile", "browser", "page", "installed"}
SLOW_FILES = {"test_benchmarks.py", "test_charts.py", "test_look.py", "test_pages.py"}


# What one process makes for all tests that need it.
MADE_ONCE = ("reports", "hostile")


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist looks for groups
def pytest_collection_modifyitems(items):
    """Mark what `make quick` leaves out; a single slow test is marked where it stands.

    What is slow comes first, so that in the end no core waits for the last long test.
    """
    for item in items:
        asked = getattr(item, "fixturenames", ())
        if made := [fixture for fixture in MADE_ONCE if fixture in asked]:
            item.add_marker(pytest.mark.xdist_group(made[0]))
        starts_something = not SLOW_FIXTURES.isdisjoint(asked)
        tries_many_texts = hasattr(getattr(item, "obj", None), "hypothesis")
        is_of_slow_file = item.path.name in SLOW_FILES
        if starts_something or tries_many_texts or is_of_slow_file:
            item.add_marker("slow")
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture(scope="session")
def seeds():
    """The article that comes with the workbook, with its sentences, tokens and mentions."""
    with pytest.MonkeyPatch.context() as environment:
        environment.delenv("WORKBOOK_ARTICLE", raising=False)
        articles = wb.read_articles()
    sentences = wb.split_sentences(articles)
    tokens = wb.split_tokens(articles, sentences)
    return SimpleNamespace(
        articles=articles,
        sentences=sentences,
        tokens=tokens,
        mentions=wb.find_mentions(articles, tokens),
    )


@pytest.fixture(scope="session")
def workbook():
    """Run the command line in a process of its own, in English and without colours."""

    def run(*arguments, cwd, **environment):
        command = [sys.executable, "-m", "analysis", *map(str, arguments)]
        env = {**os.environ, "NO_COLOR": "1", **environment}
        return subprocess.run(
            command, cwd=cwd, capture_output=True, text=True, env=env, timeout=300
        )

    return run


ALL = ("--to", ",".join(FORMATS), "--data", "data")


def list_written(folder, printed, **more):
    """Where every format and all data of one report are."""
    paths = [folder / line for line in printed.splitlines()]
    written = dict(zip(FORMATS, paths, strict=False))
    return SimpleNamespace(folder=folder, data=paths[-1], **written, **more)


@pytest.fixture(scope="session")
def reports(tmp_path_factory):
    """The report on the article that comes with the workbook, in every format, with its data.

    And which addresses were `asked` for, what was `left` at home.
    """
    folder = tmp_path_factory.mktemp("reports")
    command = [sys.executable, "-m", "analysis", "report", *ALL]
    home = tmp_path_factory.mktemp("home") / "home"
    done, asked, left = trace(command, home, folder, NO_COLOR="1")
    assert done.returncode == 0, done.stderr
    assert b"Executing" in done.stderr
    return list_written(folder, done.stdout.decode(), asked=asked, left=left)


@pytest.fixture(scope="session")
def hostile(tmp_path_factory):
    """The same of an article full of markup and commands, made in this process."""
    folder = tmp_path_factory.mktemp("hostile")
    name = "my 'story' & <b>.txt"
    (folder / name).write_text(HOSTILE, encoding="utf-8")
    printed = io.StringIO()
    with contextlib.chdir(folder), contextlib.redirect_stdout(printed):
        assert main(["report", name, "--quiet", *ALL]) == 0
    return list_written(folder, printed.getvalue())


@pytest.fixture(scope="session")
def browser():
    """Chromium; CI fails without it, a laptop skips."""
    found = [path for path in map(shutil.which, BROWSERS) if path]
    if not found:
        give_up = pytest.fail if os.environ.get("CI") else pytest.skip
        give_up("no Chromium or Chrome on this machine")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as started:
        running = started.chromium.launch(
            executable_path=found[0],
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield running
        running.close()


@pytest.fixture
def page(browser):
    """A page that notes every error and every request to leave this machine, and blocks these."""
    opened = browser.new_page(viewport={"width": 1200, "height": 1600})
    opened.left, opened.wrong = [], []
    outside = re.compile(r"^(?:https?|wss?)://(?!127\.0\.0\.1)")

    def block(route):
        opened.left.append(route.request.url)
        route.abort()

    def note_error(said):
        if said.type == "error":
            opened.wrong.append(said.text)

    def note_dialog(dialog):
        opened.wrong.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    opened.route(outside, block)
    opened.on("pageerror", lambda error: opened.wrong.append(str(error)))
    opened.on("console", note_error)
    opened.on("dialog", note_dialog)
    yield opened
    opened.close()
