"""What makes a chart a figure: its look, its finding as title, its place in a page.

In a page it is interactive where scripts run and a picture elsewhere, and never needs a network.
"""

import base64
import html
import json
import textwrap
from functools import cache

import altair as alt
from IPython.display import HTML

from ..text import in_xml
from .mishaps import explain_errors
from .theme import CHARTS, DARK, TEMPLATES, read_style
from .vega import change_texts, draw_svg, read_vega

# Longer ones are set in several lines, at about the width of a chart with its labels.
TITLE_LETTERS = 94
SUBTITLE_LETTERS = 120
# What a reader may do with a chart: save it. The online editor would need the network.
# `ast`: expressions in it are interpreted, so that a page may forbid to make code from text.
EMBED = {
    "renderer": "svg",
    "actions": {"export": True, "source": False, "compiled": False, "editor": False},
    "ast": True,
}
FIGURE_DATA = "application/vnd.workbook.figure+json"
LOADER = """
if (!window.vegaEmbed) {{ (function () {{ {bundle} }})(); }}
window.workbookLook = {{ dark: {dark}, options: {options} }};
{script}
window.workbookDraw();
"""
FIGURE = """<figure class="chart">
<img class="still" src="data:image/svg+xml;base64,{picture}" alt="{alt}">
<figcaption>{caption}</figcaption>
<script type="application/vnd.vegalite+json">{spec}</script>
</figure>
<script>{draw}</script>"""
# The same in every page, as all scripts are: so a page can name the only ones that may run.
DRAW = "if (window.workbookDraw) window.workbookDraw();"


class OwnLook:
    """A chart with the workbook's look, whatever theme the reader has chosen for other charts.

    Where the reader has chosen no renderer, it appears as the workbook's figure, which needs no
    network. Nothing is chosen for good: both are in force only while this chart is written.
    """

    def to_dict(self, *args, **options):
        """The specification, with the workbook's look as its `config`.

        Letters that no picture can hold are �: they would stop the whole process.
        """
        with alt.theme.enable("workbook"):
            return change_texts(super().to_dict(*args, **options), in_xml)

    def _repr_mimebundle_(self, *args, **options):
        if alt.renderers.active != "default":
            return super()._repr_mimebundle_(*args, **options)
        with alt.renderers.enable("workbook"):
            return super()._repr_mimebundle_(*args, **options)

    def __add__(self, other):
        return with_own_look(super().__add__(other))

    def __or__(self, other):
        return with_own_look(super().__or__(other))

    def __and__(self, other):
        return with_own_look(super().__and__(other))


class OwnChart(OwnLook, alt.Chart):
    """One chart in the workbook's look."""


class OwnLayers(OwnLook, alt.LayerChart):
    """Charts upon one another in the workbook's look."""


class OwnRow(OwnLook, alt.HConcatChart):
    """Charts side by side in the workbook's look."""


class OwnColumn(OwnLook, alt.VConcatChart):
    """Charts below one another in the workbook's look."""


OWN_LOOKS = {
    alt.Chart: OwnChart,
    alt.LayerChart: OwnLayers,
    alt.HConcatChart: OwnRow,
    alt.VConcatChart: OwnColumn,
}


@alt.theme.register("workbook", enable=False)
def theme():
    """Type, spacing and colours of every chart."""
    return alt.theme.ThemeConfig(config=CHARTS)


def with_own_look(chart):
    """The same chart in the workbook's look."""
    if type(chart) not in OWN_LOOKS:
        return chart
    # what Altair's own copy() does, for another class
    return OWN_LOOKS[type(chart)](*chart._args, **chart._kwds)


def enable_charts():
    """Make charts show without network in this notebook, and put Vega into the page once.

    Call it in the setup cell, as the last line, so that the page gets what it returns. Without it
    charts appear as pictures. A theme and a renderer that you have chosen for Altair stay. From
    then on a cell that needs a name of another cell says which one to run.
    """
    explain_errors()
    if alt.renderers.active == "default":
        alt.renderers.enable("workbook")
    return HTML(f"<script>{write_loader()}</script><style>{read_style()}</style>")


@cache
def write_loader():
    """The script that brings Vega into a page, and draws the charts that are there already."""
    dark = {light.lower(): in_the_dark for light, in_the_dark in DARK.items()}
    return LOADER.format(
        bundle=read_vega(),
        dark=json.dumps(dark),
        options=json.dumps(EMBED),
        script=(TEMPLATES / "chart.js").read_text(encoding="utf-8"),
    )


def render_chart(spec, **_):
    """One chart as a mime bundle: a picture with alt text, and below it what the chart shows.

    A script replaces the picture by the interactive chart.
    """
    title = spec.get("title")
    if not isinstance(title, dict):  # in a chart of one's own it may be anything
        title = {}
    description = spec.get("description", "chart")
    source = on_one_line(title.get("subtitle", ""))
    data = {
        "name": spec.get("name", "chart"),
        "finding": on_one_line(title.get("text", description)),
        "source": source,
        "spec": spec,
    }
    return {
        "text/html": write_figure(spec, description, source),
        "text/plain": description,
        FIGURE_DATA: data,
    }


def write_figure(spec, description, source):
    """A chart as HTML. What it was made from (`source`) stands below it instead of within it."""
    shown, caption = spec, ""
    if source:
        shown = spec | {"title": dict(spec["title"])}
        del shown["title"]["subtitle"]
        caption = f"{source}."
    return FIGURE.format(
        picture=base64.b64encode(draw_svg(shown).encode()).decode(),
        alt=html.escape(description),
        caption=html.escape(caption),
        spec=escape_script(write_spec(shown)),
        draw=DRAW,
    )


def write_spec(spec):
    """A specification as JSON, always with the same bytes."""
    return json.dumps(spec, sort_keys=True, ensure_ascii=False)


def escape_script(text):
    """JSON that may stand in a script: nothing in it ends the script or a line of it."""
    text = text.replace("<", "\\u003c")
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


alt.renderers.register("workbook", render_chart)


def finish_chart(chart, name, finding, source):
    """The chart with its finding as title and alt text.

    What it was made from (`source`) stands below it in a page.
    """
    title = alt.Title(in_lines(finding, TITLE_LETTERS), subtitle=in_lines(source, SUBTITLE_LETTERS))
    description = f"{finding}. {source}"
    return with_own_look(chart.properties(name=name, title=title, description=description))


def draw_nothing(finding):
    """A chart that says that there is nothing to draw."""
    chart = alt.Chart(alt.Data(values=[{}])).mark_text(text=finding, fontSize=14)
    return with_own_look(chart.properties(height=40, description=finding))


def on_one_line(text):
    """A title that was set in lines, as one."""
    return " ".join(text) if isinstance(text, list) else text


def in_lines(text, letters):
    """The text as it is where it fits, else as lines."""
    if len(text) <= letters:
        return text
    return textwrap.wrap(text, letters)
