"""An executed notebook as one still page without scripts and styles, its figures as files: what paper and word processors can take."""

import re
from html import escape
from pathlib import Path

from .canvas import FIGURE_DATA
from .fragment import STILL
from .look import WIDTH
from .vega import draw_svg

# A chart with its labels at its widest; narrower ones stay in proportion.
WIDEST_FIGURE = 1.25 * WIDTH
ACTIVE = re.compile(r"<(script|style)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
SAFE = re.compile(r"(?:https?:|mailto:|#)", re.IGNORECASE)
SETTINGS = "injected-parameters"


def draw_page(notebook, folder, picture):
    """The page as HTML; figures are written into `folder` as `picture` ("pdf" or "png") and named there relative to it.

    Links lead to web pages, mail addresses, and places that the page has; others become plain text.
    """
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    parts, figures = [], 0
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            parts.append(markdown.render(cell.source))
        elif SETTINGS in cell.metadata.get("tags", ()):
            lines = [line for line in cell.source.splitlines() if line and not line.startswith("#")]
            parts += [f'<p class="note">Settings: <code>{escape(line)}</code></p>' for line in lines]
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            if FIGURE_DATA in data:
                figures += 1
                parts.append(draw_figure(data[FIGURE_DATA], f"{figures:02d}.{picture}", folder, picture))
            else:
                parts.append(draw_output(output, data))
    return link_safely("\n".join(parts))


def draw_output(output, data):
    """One output: its still version, else its HTML without what is active, else its text."""
    if STILL in data:
        return data[STILL]["html"]
    if "text/html" in data:
        return ACTIVE.sub("", data["text/html"])
    text = data.get("text/plain") or (output.get("text", "") if output.get("name") == "stdout" else "\n".join(output.get("traceback", ())))
    return f"<pre>{escape(text)}</pre>" if text else ""


def draw_figure(figure, name, folder, picture):
    """A figure as a file and the HTML that shows it: its finding is in the picture and in the alt text, its source below."""
    import vl_convert

    spec = figure["spec"]
    title = spec.get("title", {})
    if isinstance(title, dict):
        spec = spec | {"title": {key: value for key, value in title.items() if key != "subtitle"}}
    draw = {"pdf": vl_convert.vegalite_to_pdf, "png": lambda spec: vl_convert.vegalite_to_png(spec, scale=2)}[picture]
    Path(folder, name).write_bytes(draw(spec))
    size = re.search(r'viewBox="0 0 ([\d.]+)', draw_svg(spec))
    width = min(float(size[1]) / WIDEST_FIGURE, 1) if size else 1
    alt = escape(f"{figure['finding']}. {figure['source']}")
    caption = f"<figcaption>{escape(figure['source'])}.</figcaption>" if figure["source"] else ""
    return f'<figure><img src="{name}" alt="{alt}" style="width: {100 * width:.0f}%">{caption}</figure>'


def link_safely(page):
    """The page with links only where they lead somewhere harmless that is there."""
    ids = set(re.findall(r'\bid="([^"]+)"', page))

    def check(found):
        address = found[1]
        there = address[1:] in ids if address.startswith("#") else SAFE.match(address)
        return found[0] if there else found[2]

    return re.sub(r'<a\b[^>]*?\bhref="([^"]*)"[^>]*>(.*?)</a>', check, page, flags=re.DOTALL)
