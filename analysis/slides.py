"""The report as slides: one HTML file with reveal.js inside, for the projector of a room without network."""

import re
from copy import deepcopy
from importlib.util import find_spec
from pathlib import Path

from nbconvert import SlidesExporter
from traitlets import default

from .errors import WorkbookError
from .exporter import OwnTemplates, once

STYLE, SCRIPT = "reveal.css", "reveal.js"


def write_slides(notebook, path, keywords=""):
    """Write an executed notebook as slides, as its cells' `slideshow` metadata say; without any, each question begins one."""
    Path(path).write_text(draw_slides(notebook), encoding="utf-8", newline="\n", errors="replace")


def draw_slides(notebook):
    """The page of the slides."""
    folder = find_reveal()
    if not any("slideshow" in cell.metadata for cell in notebook.cells):
        notebook = deepcopy(notebook)
        for cell in notebook.cells:
            begins = cell.cell_type == "markdown" and re.match(r"##? ", cell.source)
            cell.metadata["slideshow"] = {"slide_type": "slide" if begins else "subslide" if cell.get("outputs") else "-"}
    exporter = WorkbookSlides()
    resources = {"reveal_style": (folder / STYLE).read_text(encoding="utf-8")}
    resources["reveal_script"] = (folder / SCRIPT).read_text(encoding="utf-8").replace("</script", "<\\/script")
    return exporter.from_notebook_node(notebook, resources)[0]


def find_reveal():
    """Where the package pyreveal keeps reveal.js; WorkbookError with the mend where it is missing."""
    spec = find_spec("pyreveal")
    folder = Path(spec.origin).parent / "revealjs" / "dist" if spec else None
    if folder is None or not (folder / SCRIPT).is_file():
        raise WorkbookError('slides need the package pyreveal: pip install "media-analysis-workbook[slides]"')
    return folder


class WorkbookSlides(OwnTemplates, SlidesExporter):
    """nbconvert's slides in the workbook's own template."""

    @default("template_name")
    def _template_name_default(self):
        return "workbook-slides"

    def from_notebook_node(self, notebook, resources=None, **options):
        """The page, each style once."""
        from .look import read_style

        page, resources = super().from_notebook_node(notebook, {**(resources or {}), "style": read_style()}, **options)
        return once(page), resources
