"""What pages, charts and files promise, whatever the text (see `benchmarks.promises`)."""

import json
import re
from base64 import b64decode
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
from lxml import etree
from openpyxl import load_workbook

from analysis.show.figure import DRAW
from analysis.show.reading import read_script
from benchmarks.promises import expect, visible
from benchmarks.strange_texts import pieces

# What the workbook itself writes: elements of a page, of a chart.
OWN_ELEMENTS = set(
    pieces(
        "html|head|title|body|section|div|p|span|sup|h4|label|input|script|table|thead|tbody|tr|th|td|"
        "a|details|summary|ul|li|strong|mark|b|br|figure|img|figcaption"
    )
)
WIDEST_CHART = 10_000
FORMULA = re.compile(r"[=+\-@\t\r]")


class Reader(HTMLParser):
    """What a page holds: elements, attributes, links, the text and the types of scripts."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.attributes, self.links, self.scripts = set(), set(), set(), []
        self.text = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        """Note an element."""
        self.elements.add(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name in ("href", "src"):
                self.links.add(value)
        if tag == "script":
            self.scripts.append("")

    def handle_data(self, data):
        """Note text, or what stands in a script."""
        if self.cdata_elem == "script":
            self.scripts[-1] += data
        else:
            self.text.append(data)


def check_page(html, own_scripts=()):
    """A page holds nothing but what the workbook writes, and no script but its own."""
    read = Reader(html)
    strange = read.elements - OWN_ELEMENTS
    expect(not strange, "no element of the article is in the page", strange)
    handlers = [name for name in read.attributes if name.startswith("on")]
    expect(not handlers, "no handler of the article is in the page", handlers)
    outside = [link for link in read.links if not link.startswith(("#", "data:image/svg+xml;"))]
    expect(not outside, "no link of the article is in the page", outside)
    expect(len(read.scripts) == len(own_scripts), "no script of the article is in the page")
    for script, own in zip(read.scripts, own_scripts, strict=True):
        expect(own is None or script == own, "scripts are as they were written", script)
    return read


OF_VIEW = re.compile(r'<h4>.*?</h4>|<sup>\d+</sup>|<span class="pn"[^>]*>¶\d+</span>', re.DOTALL)


def check_view(view, tables):
    """The reading view shows every letter of the articles, and holds only its own scripts."""
    html = view.data[view.data.index("<section") :]
    check_page(html, (None, read_script()))
    shown = html[html.index('<div class="text">') : html.index('<script type="application/json">')]
    text = visible("".join(Reader(OF_VIEW.sub("", shown)).text))
    articles = tables["articles"]
    whole = visible("".join(articles[articles["left_out"].isna()]["text"]))
    expect(text == whole, "the reading view shows every letter", text, whole)
    expect(not Reader(view.still).scripts, "paper has no scripts")


def check_chart(spec, html):
    """A chart is XML of a reasonable width, and its page holds nothing of the article's."""
    json.dumps(spec, allow_nan=False)
    check_page(html, (None, DRAW))
    picture = b64decode(re.search(r"image/svg\+xml;base64,([^\"]*)", html)[1])
    svg = etree.fromstring(picture, etree.XMLParser(huge_tree=True))
    width, height = float(svg.get("width")), float(svg.get("height"))
    expect(0 < width < WIDEST_CHART, "a chart has a reasonable width", width)
    expect(0 < height < 10 * WIDEST_CHART, "a chart has a reasonable height", height)
    scripts = [node for node in svg.iter() if str(node.tag).endswith(("script", "foreignObject"))]
    expect(not scripts, "no script is in a picture")


def check_files(folder, tables, articles):
    """Every file reads back with as many rows, and none of its cells is a formula."""
    folder = Path(folder)
    book = load_workbook(folder / "tables.xlsx", read_only=True)
    for name, table in tables.items():
        rows = len(table)
        check_csv(folder / "csv" / f"{name}.csv", table)
        kept = json.loads((folder / "json" / f"{name}.json").read_text(encoding="utf-8"))
        expect(len(kept) == rows, f"JSON of {name} has every row", len(kept), rows)
        kept = pd.read_parquet(folder / "parquet" / f"{name}.parquet")
        expect(len(kept) == rows, f"Parquet of {name} has every row", len(kept), rows)
        expect(list(kept) == list(table), f"Parquet of {name} has every column")
        sheet = book[name]
        sheet.reset_dimensions()
        kept = list(sheet.iter_rows())[1:]
        expect(len(kept) == rows, f"XLSX of {name} has every row", len(kept), rows)
        formulas = [cell.value for row in kept for cell in row if cell.data_type == "f"]
        expect(not formulas, f"no cell of {name} is a formula", formulas)
    check_annotations(folder / "annotations.json", articles)
    check_conllu(folder / "article.conllu", tables["tokens"])


def check_csv(path, table):
    """A CSV file has every row, and no cell that begins as a formula does, but for numbers."""
    kept = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    expect(len(kept) == len(table), f"CSV of {path.stem} has every row", len(kept), len(table))
    expect(list(kept) == list(table), f"CSV of {path.stem} has every column")
    for column in table.select_dtypes(exclude="number"):
        formulas = [value for value in kept[column] if FORMULA.match(value)]
        expect(not formulas, f"no cell of {path.stem}.{column} begins as a formula", formulas)


def check_annotations(path, articles):
    """Annotations find their words in the text by their place."""
    texts = articles["text"].tolist()
    for item in json.loads(path.read_text(encoding="utf-8"))["first"]["items"]:
        targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
        for target in targets:
            place, words = target["selector"]
            found = (text[place["start"] : place["end"]] == words["exact"] for text in texts)
            expect(any(found), "annotations find their words", words["exact"])


def check_conllu(path, tokens):
    """CoNLL-U has a line of ten fields for each token."""
    lines = path.read_text(encoding="utf-8").split("\n")
    fields = [line.split("\t") for line in lines if line and not line.startswith("# ")]
    expect(all(len(row) == 10 for row in fields), "CoNLL-U has ten fields")
    numbers = [row[0] for row in fields]
    expect(numbers == [str(n) for n in tokens["token_id"]], "CoNLL-U has a line for each token")
