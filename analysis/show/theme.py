"""How everything looks, charts and pages alike, in one place: colours, type, spacing.

In light, in the dark and on paper.
"""

from functools import cache
from pathlib import Path

# Pages, styles and scripts of the package.
TEMPLATES = Path(__file__).parents[1] / "templates"


# Okabe & Ito's palette: told apart with any colour vision, and by lightness in print.
BLUE = "#0072B2"
ORANGE = "#E69F00"
GREEN = "#009E73"
VERMILION = "#D55E00"
PURPLE = "#CC79A7"
YELLOW = "#F0E442"
BROWN = "#8A5A00"
# From dark to light: writing, dark bars, lesser writing, what stands back, lines.
INK = "#333333"
COAL = "#3D3D3D"
QUIET = "#555555"
GREY = "#8A8A8A"
PALE = "#DDDDDD"
PAPER = "#FFFFFF"
TYPE_COLOURS = {
    "state": BLUE,
    "person": ORANGE,
    "organisation": GREEN,
    "unnamed": BROWN,
    "place": GREY,
    "other": PURPLE,
}
# Dark, light, darker: told apart without colour, too.
TONE_COLOURS = {"negative": VERMILION, "neutral": "#C9C9C9", "positive": BLUE}
# Liberation Sans is in vl-convert, so pictures come out alike on every machine; the rest is for
# browsers.
SANS = "Liberation Sans, Arial, Helvetica, sans-serif"
# The widest line of text and of a chart, in pixels.
WIDTH = 560
# Labels beside marks, in pixels.
LABEL_HEIGHT = 16
LABEL_WIDTH = 200
# What changes in the dark: ground and writing. Colours of marks have three times the light of
# either ground, or an outline.
DARK = {PAPER: "#16181B", INK: "#E4E4E4", QUIET: "#B4B4B4"}

# The look of charts, as Vega-Lite wants it.
CHARTS = {
    "font": SANS,
    "background": PAPER,
    "view": {"continuousWidth": WIDTH, "discreteWidth": WIDTH, "stroke": None},
    "title": {
        "anchor": "start",
        "color": INK,
        "fontSize": 15,
        "subtitleFontSize": 12,
        "subtitleColor": QUIET,
        "offset": 12,
        "frame": "bounds",
    },
    "axis": {
        "labelColor": INK,
        "titleColor": INK,
        "domainColor": GREY,
        "tickColor": GREY,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "grid": False,
        "labelLimit": 220,
    },
    "legend": {
        "labelColor": INK,
        "titleColor": INK,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "orient": "top",
    },
    "text": {"color": INK},
}

# The colours of pages.
LIGHT_PAGE = {
    "paper": PAPER,
    "ink": "#1B1B1B",
    "soft": QUIET,
    "line": PALE,
    "mark": "#FFE08A",
    "link": "#00558A",
    "card": "#FFFFFF",
    "state": "#D6EAF5",
    "person": "#FBE7BF",
    "organisation": "#CDEDE2",
    "unnamed": "#FFF5E0",
    "place": "#E6E6E6",
    "other": "#F3E0EB",
    "quote": "#F4F1E8",
    "negative": "#B34700",
    "positive": "#00558A",
}

DARK_PAGE = {
    "paper": DARK[PAPER],
    "ink": DARK[INK],
    "soft": DARK[QUIET],
    "line": "#4A4D52",
    "mark": "#6B5200",
    "link": "#7CC4F0",
    "card": "#22262B",
    "state": "#0F3A55",
    "person": "#4D3600",
    "organisation": "#0B4536",
    "unnamed": "#2E2410",
    "place": "#3A3D42",
    "other": "#4A2A3E",
    "quote": "#24241F",
    "negative": "#FF9D66",
    "positive": "#7CC4F0",
}


@cache
def read_style():
    """The style of pages, with the colours as variables.

    Light, and dark where the reader's screen or JupyterLab is.
    """
    light, dark = write_variables(LIGHT_PAGE), write_variables(DARK_PAGE)
    rules = (TEMPLATES / "look.css").read_text(encoding="utf-8")
    in_the_dark = "@media screen and (prefers-color-scheme: dark)"
    return (
        f":root {{ --wb-sans: {SANS}; {light}}}\n"
        f'@media screen {{ [data-jp-theme-light="false"] {{ {dark}}} }}\n'
        f"{in_the_dark} {{ :root.wb-page {{ color-scheme: dark; {dark}}} }}\n"
        f"{rules}"
    )


def write_variables(page):
    """The colours of a page as variables of its style."""
    return "".join(f"--wb-{name}: {colour}; " for name, colour in page.items())
