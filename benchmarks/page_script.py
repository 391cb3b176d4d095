"""Pages in Chromium: whether the page's script finds what Python finds, and nothing else runs."""

import shutil

from benchmarks.promises import expect, expect_marks, visible

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
EMPTY = "http://workbook.test/"
# Opens each address as a reader does, and reads what the drawer then shows.
FOLLOW = """([html, addresses]) => {
  window.workbookViews = [];
  document.open();
  document.write(html);
  document.close();
  const hasHandler = (node) => node.getAttributeNames().some((name) => name.startsWith("on"));
  const lengthOf = (text) => Array.from(text).length;
  const readMarks = (item) => {
    const place = item.querySelector("a").getAttribute("href").slice("#s-".length);
    const marks = [];
    let at = 0;
    const walk = (node) => {
      if (node.nodeType === Node.TEXT_NODE) at += lengthOf(node.data);
      const mark = node.localName === "mark" ? [place, at] : null;
      if (mark) marks.push(mark);
      node.childNodes.forEach(walk);
      if (mark) mark.push(at);
    };
    walk(item.querySelector("span"));
    return marks;
  };
  const shown = addresses.map((address) => {
    window.workbookFind(address);
    const drawer = document.querySelector(".wb-drawer:not([hidden])");
    const items = Array.from(drawer.querySelectorAll("li"));
    return {
      heading: drawer.querySelector("h2").textContent,
      wrong: drawer.querySelectorAll(".wrong").length,
      marks: items.flatMap(readMarks),
    };
  });
  const text = document.querySelector(".wb.reading .text").cloneNode(true);
  text.querySelectorAll("sup, .pn, h4").forEach((node) => node.remove());
  const all = Array.from(document.querySelectorAll("*"));
  return {
    shown,
    text: text.textContent,
    elements: Array.from(new Set(all.map((node) => node.localName))),
    handlers: all.filter(hasHandler).length,
    scripts: document.scripts.length,
  };
}"""
# What the script adds.
DRAWER = {"aside", "button", "h2"}
# What a browser makes of these in a page is its own affair: HTML has no such characters.
NOT_IN_HTML = dict.fromkeys([0, 0xFFFD])


def find_browser():
    """The path of Chromium or Chrome; None where there is none, or no Playwright."""
    try:
        import playwright  # noqa: F401
    except ImportError:
        return None
    return next(filter(None, map(shutil.which, BROWSERS)), None)


class PageScript:
    """A browser with one page, kept open; `close()` it."""

    def __init__(self, path):
        from playwright.sync_api import sync_playwright

        self.started = sync_playwright().start()
        self.browser = self.started.chromium.launch(executable_path=path, args=OPTIONS)
        self.page = self.browser.new_page()
        self.wrong = []
        self.page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        self.page.on("dialog", self.note_dialog)
        self.page.route("**/*", self.block)
        self.page.goto(EMPTY)

    def note_dialog(self, dialog):
        """A page may ask nothing."""
        self.wrong.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def block(self, route):
        """A page may fetch nothing but itself."""
        if route.request.url == EMPTY:
            route.fulfill(body="<!doctype html>", content_type="text/html")
            return
        self.wrong.append(f"request: {route.request.url}")
        route.abort()

    def follow(self, html, addresses):
        """What the page shows at each address, and what is in it."""
        self.wrong.clear()
        return self.page.evaluate(FOLLOW, [html, addresses])

    def close(self):
        """End the browser."""
        self.browser.close()
        self.started.stop()


def check_script(script, html, own, addresses, passages, tables):
    """The script finds at each address what Python finds, and nothing of the article runs.

    `own`: the elements that the workbook writes.
    """
    result = script.follow(html, addresses)
    sentences = tables["sentences"]
    places = zip(sentences["doc_id"], sentences["sentence_id"], strict=True)
    firsts = dict(zip(places, sentences["start"], strict=True))
    for address, shown in zip(addresses, result["shown"], strict=True):
        rows, total, _ = passages.find(address)
        told = shown["heading"].split(": ")[-1].split()[0]
        expect(told == str(total), "script and Python agree on a number", address, total, shown)
        expect(not shown["wrong"], "the page finds no number wrong", address, shown)
        marks = []
        for doc_id, sentence_id, *place in expect_marks(rows, firsts):
            marks.append([f"{doc_id}-{sentence_id}", *place])
        same = sorted(marks) == sorted(shown["marks"])
        expect(same, "script and Python agree on passages", address, marks, shown["marks"])
    strange = set(result["elements"]) - own - DRAWER
    expect(not strange, "no element of the article is in the browser's page", strange)
    expect(not result["handlers"], "no handler of the article is in the browser's page")
    articles = tables["articles"]
    whole = "".join(articles[articles["left_out"].isna()]["text"])
    expect(letters(result["text"]) == letters(whole), "a browser shows every letter", whole)
    expect(not script.wrong, "nothing of the article runs", script.wrong)


def letters(text):
    """The letters of a text that HTML knows, without white space."""
    return visible(text.translate(NOT_IN_HTML))
