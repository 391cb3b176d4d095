"""An executed notebook as one still page for paper and word processors.

It has no scripts and no styles, and its figures are files.
"""

import re
from html import escape
from pathlib import Path

from ..show.figure import FIGURE_DATA
from ..show.output import PRINT_DATA
from ..show.vega import draw_pdf, draw_png, draw_svg
from ..text import in_xml

# A chart with its labels at its widest; narrower ones stay in proportion.
WIDEST_FIGURE = 900
SAFE = ("http:", "https:", "mailto:")
SETTINGS = "injected-parameters"


def draw_print_page(notebook, folder, picture):
    """The page as HTML; figures are files in `folder`, named relative to it.

    `picture` is their format, "pdf" or "png". Links lead to web pages, mail addresses, and places
    that the page has; others become plain text.
    """
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    parts = []
    figures = 0
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            parts.append(markdown.render(cell.source))
        elif SETTINGS in cell.metadata.get("tags", ()):
            parts += draw_settings(cell.source)
        for output in cell.get("outputs", ()):
            figure = output.get("data", {}).get(FIGURE_DATA)
            if figure is None:
                parts.append(draw_output(output))
            else:
                figures += 1
                parts.append(draw_figure(figure, f"{figures:02d}.{picture}", folder, picture))
    return make_still("\n".join(parts))


def draw_settings(source):
    """What a notebook was run with, a line each."""
    lines = [line for line in source.splitlines() if line and not line.startswith("#")]
    return [f'<p class="note">Settings: <code>{escape(line)}</code></p>' for line in lines]


def draw_output(output):
    """One output: its still version, else its HTML, else its text."""
    data = output.get("data", {})
    if PRINT_DATA in data:
        return data[PRINT_DATA]["html"]
    if "text/html" in data:
        return data["text/html"]
    text = data.get("text/plain", "")
    if not text and output.get("name") == "stdout":
        text = output.get("text", "")
    elif not text:
        text = "\n".join(output.get("traceback", ()))
    return f"<pre>{escape(text)}</pre>" if text else ""


def draw_figure(figure, name, folder, picture):
    """A figure as a file and the HTML that shows it.

    Its finding is in the picture and in the alt text, its source below.
    """
    spec = figure["spec"]
    title = spec.get("title", {})
    if isinstance(title, dict):
        spec = spec | {"title": {key: value for key, value in title.items() if key != "subtitle"}}
    content = draw_pdf(spec) if picture == "pdf" else draw_png(spec)
    Path(folder, name).write_bytes(content)
    size = re.search(r'viewBox="0 0 ([\d.]+)', draw_svg(spec))
    width = min(float(size[1]) / WIDEST_FIGURE, 1) if size else 1
    source = escape(figure["source"])
    alt = f"{escape(figure['finding'])}. {source}"
    image = f'<img src="{name}" alt="{alt}" style="width: {100 * width:.0f}%">'
    caption = f"<figcaption>{source}.</figcaption>" if source else ""
    return f"<figure>{image}{caption}</figure>"


def make_still(page):
    """The page without what is active, and with links only where they lead somewhere harmless."""
    from lxml import etree, html

    tree = html.fragment_fromstring(in_xml(page), create_parent="main")
    etree.strip_elements(tree, "script", "style", with_tail=False)
    places = {f"#{name}" for name in tree.xpath("//@id")}
    for link in tree.xpath("//a[@href]"):
        address = link.get("href")
        if address not in places and not address.lower().startswith(SAFE):
            link.drop_tag()
    # As XML, since lxml's HTML has letters beyond ASCII in links as %C3%A9: no anchor is called so.
    return etree.tostring(tree, encoding="unicode")
