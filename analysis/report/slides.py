"""The report as slides: one HTML file with reveal.js inside, for a room without network."""

import re
from copy import deepcopy
from importlib.util import find_spec
from pathlib import Path

from nbconvert import SlidesExporter
from traitlets import default

from ..errors import WorkbookError
from .html import OwnTemplates
from .writing import write_whole

REVEAL_STYLE = "reveal.css"
REVEAL_SCRIPT = "reveal.js"
START = """
Reveal.initialize({ hash: true, slideNumber: "c/t", center: false, width: 1120, height: 720,
  margin: 0.03, transition: "none", controlsTutorial: false });
"""


def write_slides(notebook, path, keywords=""):
    """Write an executed notebook as slides, as its cells' `slideshow` metadata say.

    Without any, each question begins one.
    """
    write_whole(path, draw_slides(notebook))


def draw_slides(notebook):
    """The page of the slides."""
    folder = find_reveal()
    if not any("slideshow" in cell.metadata for cell in notebook.cells):
        notebook = deepcopy(notebook)
        for cell in notebook.cells:
            cell.metadata["slideshow"] = {"slide_type": choose_slide(cell)}
    style = (folder / REVEAL_STYLE).read_text(encoding="utf-8")
    script = (folder / REVEAL_SCRIPT).read_text(encoding="utf-8")
    # A script within a page ends where it says so, even in one of its texts.
    script = script.replace("</script", "<\\/script")
    resources = {"reveal_style": style, "reveal_script": script, "reveal_start": START}
    resources["scripts"] = [script, START]
    return WorkbookSlides().from_notebook_node(notebook, resources)[0]


def choose_slide(cell):
    """Which kind of slide a cell begins, in nbconvert's words."""
    if cell.cell_type == "markdown" and re.match(r"##? ", cell.source):
        return "slide"
    if cell.get("outputs"):
        return "subslide"
    return "-"


def find_reveal():
    """Where the package pyreveal keeps reveal.js; WorkbookError with the mend if it is missing."""
    spec = find_spec("pyreveal")
    folder = None if spec is None else Path(spec.origin).parent / "revealjs" / "dist"
    if folder is None or not (folder / REVEAL_SCRIPT).is_file():
        raise WorkbookError(
            'slides need the package pyreveal: pip install "media-analysis-workbook[slides]"'
        )
    return folder


class WorkbookSlides(OwnTemplates, SlidesExporter):
    """nbconvert's slides in the workbook's own template."""

    @default("template_name")
    def _template_name_default(self):
        return "workbook-slides"
