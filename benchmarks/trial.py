"""One trial of strange articles: all that is made of them, and every promise checked.

What goes wrong is no error of the trial: it is noted as a `Failure`, and the trial goes on.
"""

import tempfile
import traceback
import warnings
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import NamedTuple

from analysis.errors import ArticleError
from benchmarks import chain, outputs, promises

# What is drawn of articles for editors outside the workbook.
FORMATS = ("html", "pdf", "docx", "slides", "xlsx")
# So many characters of an error are told.
LONGEST_SAID = 400
# Stages that are run several times.
REPEATED = ("check tables",)


class Plan(NamedTuple):
    """What a trial does beside finding, counting and drawing the page."""

    method: str = chain.LEXICON
    charts: tuple = ()
    exports: bool = False
    report: bool = False
    browser: str | None = None


class Failure(NamedTuple):
    """What went wrong: `kind` is the same for the same fault."""

    stage: str
    kind: str
    said: str


class EnoughError(Exception):
    """The last stage that is asked for was run."""


class Trial:
    """Runs stages, says which one before each, and notes what goes wrong; ends after `last`."""

    def __init__(self, note, last=None):
        self.note, self.last, self.failures = note, last, []

    def run(self, stage, function, *args):
        """What a function gives; None where it fails."""
        self.note(stage)
        made = None
        try:
            made = function(*args)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # a library's panic is no Exception
            if not isinstance(error.__cause__, ArticleError):
                self.failures.append(describe_failure(stage, error))
        if stage == self.last and (self.failures or stage not in REPEATED):
            raise EnoughError
        return made


def describe_failure(stage, error):
    """A failure of an exception: its kind is the promise, or the type and where it was raised."""
    if isinstance(error, promises.BrokenError):
        promise, *evidence = error.args
        return Failure(stage, f"not kept: {promise}", " | ".join(evidence)[:LONGEST_SAID])
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "/analysis/" in frame.filename.replace("\\", "/")]
    where = (own or list(frames))[-1]
    kind = f"{type(error).__name__} in {Path(where.filename).stem}.{where.name}"
    return Failure(stage, kind, str(error)[:LONGEST_SAID])


def try_texts(texts, plan, note, last=None):
    """All failures of some texts, taken together as a corpus; nothing is tried behind `last`."""
    trial = Trial(note, last)
    with warnings.catch_warnings(action="ignore"), suppress(EnoughError):
        articles = trial.run("read_texts", read, texts)
        if articles is not None:
            try_articles(trial, articles, plan)
            if plan.report:
                trial.run("build_report", build_report, articles)
    return trial.failures


def read(texts):
    """The articles table of texts; None where none of them can be analysed."""
    import analysis as wb

    try:
        articles = wb.read_texts(texts)
    except ArticleError:
        return None
    promises.check_rows(texts, articles)
    return articles


def try_articles(trial, articles, plan):
    """Find, count, draw, write; check each."""
    found = trial.run("find_tables", chain.find_tables, articles, plan.method)
    if found is None:
        return
    copies = {name: table.copy(deep=True) for name, table in found.items()}
    counted = trial.run("count_tables", chain.count_tables, found) or {}
    if plan.method == chain.MODEL or "draw_name_swaps" in plan.charts:
        counted |= trial.run("score_words", chain.score_words, found) or {}
    tables = found | counted
    checks = ("spans", "order", "nothing_lost", "numbered")
    for check in checks:
        trial.run(f"check {check}", getattr(promises, f"check_{check}"), tables)
    charts = {name: draw_chart(trial, name, found, counted) for name in plan.charts}
    try_page(trial, found, counted, keep_corpus_charts(trial, charts, found), plan.browser)
    if plan.exports:
        trial.run("write_data", write_files, tables, articles)
    trial.run("check unchanged", promises.check_unchanged, found, copies)


def draw_chart(trial, name, found, counted):
    """A chart, checked: (specification, HTML); None where it cannot be drawn."""
    drawn = trial.run(name, chain.draw_chart, name, found, counted)
    if drawn is not None:
        trial.run(f"check {name}", outputs.check_chart, *drawn)
    return drawn


def keep_corpus_charts(trial, charts, found):
    """The charts of all the articles; of those of one article the addresses are checked here."""
    drawn = {name: chart for name, chart in charts.items() if chart is not None}
    of_one = drawn.keys() & chain.CHARTS_OF_ONE
    if of_one and len(found["articles"]) > 1:
        collected = trial.run("collect_one", chain.collect_found, chain.choose_article(found))
        specs = [drawn.pop(name)[0] for name in sorted(of_one)]
        addresses = chain.list_addresses([], specs)
        passages = promises.Passages(collected or {})
        trial.run("check addresses of one", promises.check_addresses, addresses, passages)
    return list(drawn.values())


def try_page(trial, found, counted, charts, browser):
    """Draw the page, check it, and follow its numbers, in Python and in the browser."""
    view = trial.run("draw_article", chain.draw_view, found)
    drawn = trial.run("draw_tables", chain.draw_tables, found, counted) or []
    collected = trial.run("collect_passages", chain.collect_found, found)
    for output in drawn:
        trial.run("check tables", outputs.check_page, chain.without_style(output))
    if view is None or collected is None:
        return
    trial.run("check view", outputs.check_view, view, found)
    passages = promises.Passages(collected)
    addresses = chain.list_addresses([view, *drawn], [spec for spec, _ in charts])
    trial.run("check addresses", promises.check_addresses, addresses, passages)
    if browser:
        page = chain.write_page([view, *drawn], [html for _, html in charts])
        trial.run("script", follow_in_browser, browser, page, addresses, passages, found)


@cache
def open_browser(path):
    """The browser of this process."""
    from benchmarks.page_script import PageScript

    return PageScript(path)


def follow_in_browser(browser, page, *asked):
    """Whether the page's script agrees with Python."""
    from benchmarks.page_script import check_script

    check_script(open_browser(browser), page, outputs.OWN_ELEMENTS, *asked)


def write_files(tables, articles):
    """Write all data into a folder, and read it back."""
    from analysis.report.tables import write_data

    with tempfile.TemporaryDirectory() as folder:
        write_data(folder, tables, articles=articles)
        outputs.check_files(folder, tables, articles)


def build_report(articles):
    """The report on the first article, in every format, with all data."""
    from analysis.report.build import build_report as build

    text = articles["text"].iloc[0]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "article.txt")
        file.write_text(text, encoding="utf-8", newline="")
        with suppress(ArticleError):
            out, data = Path(folder, "out"), Path(folder, "data")
            written = build(file, out=out, to=FORMATS, data=data, progress=False)
            for path in written[:-1]:
                promises.expect(path.stat().st_size, "no file is empty", path.name)
