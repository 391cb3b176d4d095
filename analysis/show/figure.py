"""What all charts share: their look, their page (interactive where scripts run, a picture elsewhere, never a network), their parts."""

import base64
import hashlib
import html
import json
import textwrap

import altair as alt
from IPython.display import HTML

from ..errors import SchemaError
from ..measure.addresses import address_counts
from ..text import how_many
from .theme import BLUE, CHARTS, COAL, DARK, GREY, ORANGE, PALE, TEMPLATES, YELLOW, read_style
from .vega import draw_svg, read_vega

# How an actor is referred to, and a colour each; neighbours differ in lightness, so that they differ in grey.
WORDINGS = {
    "description": "by description",
    "pronoun": "by pronoun",
    "adjective": "by nationality word",
    "title": "by title",
    "part": "inside a name",
}
WORDING_COLOURS = {
    "by name": BLUE,
    "by description": ORANGE,
    "by pronoun": YELLOW,
    "by nationality word": COAL,
    "by title": GREY,
    "inside a name": PALE,
}
# Longer ones are set in several lines, at about the width of a chart with its labels.
TITLE_LETTERS, SUBTITLE_LETTERS, NAME_LETTERS = 94, 120, 50
# Altair takes 5,000 rows of data; a chart of fewer marks is read sooner.
MOST_MARKS = 4000
# What a reader may do with a chart: save it. The online editor would need the network.
EMBED = {
    "renderer": "svg",
    "actions": {"export": True, "source": False, "compiled": False, "editor": False},
}
FIGURE_DATA = "application/vnd.workbook.figure+json"
LOADER = """<script>
if (!window.vegaEmbed) {{ (function () {{ {bundle} }})(); }}
window.workbookLook = {{ dark: {dark}, options: {options} }};
{script}
window.dispatchEvent(new Event("workbook-vega"));
</script><style>{style}</style>"""


FIGURE = """<figure class="chart" data-chart="{key}">
<img class="still" src="data:image/svg+xml;base64,{picture}" alt="{alt}">
<figcaption>{caption}</figcaption>
</figure>
<script>
(function () {{
  const spec = {spec};
  const own = document.currentScript && document.currentScript.previousElementSibling;
  function draw() {{ window.workbookDraw(spec, "{key}", own); }}
  if (window.workbookDraw) draw(); else window.addEventListener("workbook-vega", draw, {{ once: true }});
}})();
</script>"""


def enable_charts():
    """Make charts show without network in this notebook, and put Vega into the page once. Call it in the setup cell.

    It must be the last line of its cell, so that the page gets what it returns. Without it charts appear as pictures.
    """
    use_workbook_look()
    script = (TEMPLATES / "chart.js").read_text(encoding="utf-8")
    dark = {light.lower(): in_the_dark for light, in_the_dark in DARK.items()}
    return HTML(
        LOADER.format(
            bundle=read_vega(),
            dark=json.dumps(dark),
            options=json.dumps(EMBED),
            script=script,
            style=read_style(),
        )
    )


def use_workbook_look():
    """Choose the workbook's renderer and theme for Altair, unless the user has chosen others."""
    if alt.renderers.active == "default":
        alt.renderers.enable("workbook")
    if alt.theme.active == "default":
        alt.theme.enable("workbook")


def render_chart(spec, **_):
    """One chart as a mime bundle: a picture with alt text, which a script replaces by the interactive chart; below it, what it shows."""
    text = json.dumps(spec, sort_keys=True, ensure_ascii=False)
    title = (
        spec["title"] if isinstance(spec.get("title"), dict) else {}
    )  # in a chart of one's own it may be anything
    source = on_one_line(title.get("subtitle", ""))
    shown = (
        spec | {"title": {key: value for key, value in title.items() if key != "subtitle"}}
        if source
        else spec
    )
    picture = base64.b64encode(draw_svg(shown).encode()).decode()
    description = spec.get("description", "chart")
    figure = FIGURE.format(
        key=hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12],
        picture=picture,
        alt=html.escape(description),
        caption=html.escape(f"{source}." if source else ""),
        spec=json.dumps(shown, sort_keys=True, ensure_ascii=False)
        .replace("<", "\\u003c")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029"),
    )
    data = {
        "name": spec.get("name", "chart"),
        "finding": on_one_line(title.get("text", description)),
        "source": source,
        "spec": spec,
    }
    return {"text/html": figure, "text/plain": description, FIGURE_DATA: data}


@alt.theme.register("workbook", enable=False)
def theme():
    """Type, spacing and colours of every chart."""
    return alt.theme.ThemeConfig(config=CHARTS)


alt.renderers.register("workbook", render_chart)


def finish_chart(chart, name, finding, source):
    """The chart with its finding as title and alt text, and what it was made from, which stands below it in a page."""
    use_workbook_look()
    title = alt.Title(in_lines(finding, TITLE_LETTERS), subtitle=in_lines(source, SUBTITLE_LETTERS))
    return chart.properties(name=name, title=title, description=f"{finding}. {source}")


def with_addresses(frame, table, column="n"):
    """The frame with the addresses of the passages behind its numbers, for the channel `href`."""
    return frame.assign(href=address_counts(frame, table, column))


def on_one_line(text):
    """A title that was set in lines, as one."""
    return " ".join(text) if isinstance(text, list) else text


def in_lines(text, letters):
    """The text as it is where it fits, else as lines."""
    return text if len(text) <= letters else textwrap.wrap(text, letters)


def shorten(name):
    """A name that a title has room for."""
    return name if len(name) <= NAME_LETTERS else f"{name[: NAME_LETTERS - 1]}…"


def name_selection(shown, actors):
    """Whom a chart shows, in words."""
    return (
        f"The {len(shown)} most mentioned of {len(actors)} actors"
        if len(shown) < len(actors)
        else how_many(len(actors), "actor")
    )


def check_one_article(frame):
    """Refuse a table of several articles."""
    if frame["doc_id"].nunique() > 1:
        raise SchemaError(
            f"this draws one article, and the table holds {frame['doc_id'].nunique()}. Save the one you mean as a file of its own; "
            "or, in a notebook, choose it: table[table['doc_id'] == '…']."
        )


def colours(column, palette, title, present=None, channel=alt.Color):
    """A colour channel with fixed colours, showing only what is present; what the palette does not know is grey."""
    present = set(palette if present is None else present)
    used = {key: colour for key, colour in palette.items() if key in present} | dict.fromkeys(
        sorted(present - set(palette)), GREY
    )
    return channel(
        f"{column}:N", title=title, scale=alt.Scale(domain=list(used), range=list(used.values()))
    )


def lanes(actors):
    """A lane for each of the actors, in this order."""
    return alt.Y("actor:N", title=None, scale=alt.Scale(domain=list(actors)))


def whole_numbers(counts):
    """An axis for counts, with no half mentions on it."""
    return alt.Axis(tickCount=min(int(counts.max()), 10), format="d")


def numbers(bars):
    """The count at the end of each bar."""
    return bars.mark_text(align="left", dx=4, fontSize=12).encode(text="n:Q")


def times(n):
    """A count in words."""
    return "once" if n == 1 else "twice" if n == 2 else f"{n} times"


def draw_nothing(finding):
    """A chart that says that there is nothing to draw."""
    use_workbook_look()
    return (
        alt.Chart(alt.Data(values=[{}]))
        .mark_text(text=finding, fontSize=14)
        .properties(height=40, description=finding)
    )
