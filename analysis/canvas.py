"""What all charts share: their look, their page (interactive where scripts run, a picture elsewhere, never a network), their parts."""

import base64
import hashlib
import html
import json
import textwrap

import altair as alt
import vl_convert
from IPython.display import HTML

from .errors import SchemaError
from .text import how_many

# Okabe & Ito's palette: told apart with any colour vision, and by lightness in print.
BLUE, ORANGE, GREEN, VERMILION, GREY = "#0072B2", "#E69F00", "#009E73", "#D55E00", "#8A8A8A"
PURPLE, YELLOW, INK, QUIET, PALE = "#CC79A7", "#F0E442", "#333", "#555", "#DDD"
TYPE_COLOURS = {"state": BLUE, "person": ORANGE, "organisation": GREEN, "place": GREY, "other": PURPLE}
TONE_COLOURS = {"negative": VERMILION, "neutral": GREY, "positive": BLUE}
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
    "by nationality word": INK,
    "by title": GREY,
    "inside a name": PALE,
}
WIDTH = 560
# Longer ones are set in several lines, at about the width of a chart with its labels.
TITLE_LETTERS, SUBTITLE_LETTERS, NAME_LETTERS = 94, 120, 50
# Altair takes 5,000 rows of data; a chart of fewer marks is read sooner.
MOST_MARKS = 4000
# Liberation Sans is in vl-convert, so pictures come out alike on every machine; the rest is for browsers.
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
# What a reader may do with a chart: save it. The online editor would need the network.
EMBED = {"renderer": "svg", "actions": {"export": True, "source": False, "compiled": False, "editor": False}}

LOADER = """<script>
if (!window.vegaEmbed) {{ (function () {{ {bundle} }})(); }}
window.dispatchEvent(new Event("workbook-vega"));
</script><style>
figure.chart {{ margin: 0.5em 0; }}
figure.chart img, figure.chart svg.marks {{ max-width: 100%; height: auto; }}
</style>"""

FIGURE = """<figure class="chart" data-chart="{key}">
<img src="data:image/svg+xml;base64,{picture}" alt="{alt}">
</figure>
<script>
(function () {{
  const spec = {spec}, options = {options};
  const own = document.currentScript && document.currentScript.previousElementSibling;
  function draw() {{
    const open = 'figure[data-chart="{key}"]:not([data-drawn])';
    const places = own && own.matches(open) ? [own] : document.querySelectorAll(open);
    places.forEach(function (place) {{
      place.dataset.drawn = "yes";
      const canvas = document.createElement("div");
      window.vegaEmbed(canvas, spec, options).then(function () {{ place.replaceChildren(canvas); }}).catch(console.error);
    }});
  }}
  if (window.vegaEmbed) draw(); else window.addEventListener("workbook-vega", draw, {{ once: true }});
}})();
</script>"""


def enable_charts():
    """Make charts show without network in this notebook, and put Vega into the page once. Call it in the setup cell.

    It must be the last line of its cell, so that the page gets what it returns. Without it charts appear as pictures.
    """
    use_workbook_look()
    bundle = vl_convert.javascript_bundle().replace("</script", "<\\/script")
    return HTML(LOADER.format(bundle=bundle))


def use_workbook_look():
    """Choose the workbook's renderer and theme for Altair, unless the user has chosen others."""
    if alt.renderers.active == "default":
        alt.renderers.enable("workbook")
    if alt.theme.active == "default":
        alt.theme.enable("workbook")


def render(spec, **_):
    """One chart as a mime bundle: a picture with alt text, which a script replaces by the interactive chart."""
    text = json.dumps(spec, sort_keys=True, ensure_ascii=False)
    picture = base64.b64encode(vl_convert.vegalite_to_svg(spec).encode()).decode()
    description = spec.get("description", "chart")
    figure = FIGURE.format(
        key=hashlib.sha256(text.encode()).hexdigest()[:12],
        picture=picture,
        alt=html.escape(description),
        spec=text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"),
        options=json.dumps(EMBED),
    )
    return {"text/html": figure, "text/plain": description}


@alt.theme.register("workbook", enable=False)
def theme():
    """Type, spacing and colours of every chart."""
    return alt.theme.ThemeConfig(
        config={
            "font": FONT,
            "background": "white",
            "view": {"continuousWidth": WIDTH, "discreteWidth": WIDTH, "stroke": None},
            "title": {"anchor": "start", "fontSize": 15, "subtitleFontSize": 12, "subtitleColor": QUIET, "offset": 12, "frame": "bounds"},
            "axis": {"labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal", "grid": False, "labelLimit": 220},
            "legend": {"labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal", "orient": "top"},
        }
    )


alt.renderers.register("workbook", render)


def finish(chart, finding, source):
    """The chart with its finding as title and alt text, and what it was made from below the title."""
    use_workbook_look()
    title = alt.Title(in_lines(finding, TITLE_LETTERS), subtitle=in_lines(source, SUBTITLE_LETTERS))
    return chart.properties(title=title, description=f"{finding}. {source}")


def in_lines(text, letters):
    """The text as it is where it fits, else as lines."""
    return text if len(text) <= letters else textwrap.wrap(text, letters)


def shorten(name):
    """A name that a title has room for."""
    return name if len(name) <= NAME_LETTERS else f"{name[: NAME_LETTERS - 1]}…"


def name_selection(shown, actors):
    """Whom a chart shows, in words."""
    return f"The {len(shown)} most mentioned of {len(actors)} actors" if len(shown) < len(actors) else how_many(len(actors), "actor")


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
    used = {key: colour for key, colour in palette.items() if key in present} | dict.fromkeys(sorted(present - set(palette)), GREY)
    return channel(f"{column}:N", title=title, scale=alt.Scale(domain=list(used), range=list(used.values())))


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
    return alt.Chart(alt.Data(values=[{}])).mark_text(text=finding, fontSize=14).properties(height=40, description=finding)
