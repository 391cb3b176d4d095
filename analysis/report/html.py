"""Notebook → page: nbconvert's exporter with the workbook's template.

It is what `jupyter nbconvert --to workbook NOTEBOOK` runs, too.
"""

import base64
import hashlib
import re

from nbconvert import HTMLExporter
from traitlets import default

from ..show.concordance import read_sorting
from ..show.figure import DRAW, write_loader
from ..show.reading import read_script
from ..show.theme import TEMPLATES, read_style

# Headings of the second rank, as nbconvert writes them; a parser would write their HTML anew.
QUESTION = re.compile(r"<h2>(.*?)</h2>", re.DOTALL)


class OwnTemplates:
    """What the workbook's exporters share: templates of the package, and headings without marks."""

    @default("exclude_anchor_links")
    def _exclude_anchor_links_default(self):
        return True

    def get_template_names(self):
        """The names of the template and of those that it builds on."""
        if str(TEMPLATES) not in self.extra_template_basedirs:
            self.extra_template_basedirs = [*self.extra_template_basedirs, str(TEMPLATES)]
        return super().get_template_names()

    def default_filters(self):
        """The filters of the templates."""
        yield from super().default_filters()
        yield "anchor_questions", anchor_questions

    def from_notebook_node(self, notebook, resources=None, **options):
        """The page; the template gets the style, and an empty list for the questions it meets."""
        resources = self._init_resources(resources)
        resources["style"] = read_style()
        resources["questions"] = []
        resources["policy"] = write_policy(find_scripts(notebook) + resources.get("scripts", []))
        return super().from_notebook_node(notebook, resources=resources, **options)


def find_scripts(notebook):
    """The workbook's own scripts in a notebook; no other of its outputs' may run.

    One without outputs is about to be executed.
    """
    own = [DRAW, read_script(), read_sorting()]
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    pages = [output.get("data", {}).get("text/html", "") for output in outputs]
    # It takes seconds to write, and where there are no charts it is not there.
    if not outputs or any("window.workbookLook =" in page for page in pages):
        own.append(write_loader())
    return own


def write_policy(scripts):
    """The Content-Security-Policy of a page that needs no network and runs these scripts alone."""
    allowed = []
    for script in scripts:
        digest = hashlib.sha256(script.encode("utf-8")).digest()
        allowed.append(f"'sha256-{base64.b64encode(digest).decode()}'")
    return (
        f"default-src 'none'; script-src {' '.join(allowed)}; style-src 'unsafe-inline'; "
        "img-src data: blob:; font-src data:; base-uri 'none'; form-action 'none'"
    )


class WorkbookExporter(OwnTemplates, HTMLExporter):
    """One self-contained HTML page: prose and results, no code, no request to any network."""

    export_from_notebook = "Workbook report"

    @default("template_name")
    def _template_name_default(self):
        return "workbook"


def anchor_questions(prose, questions):
    """Prose with an anchor at each question; the questions' words are added to `questions`."""

    def anchor(found):
        questions.append(found[1])
        return f'<h2 id="q-{len(questions)}" tabindex="-1">{found[1]}</h2>'

    return QUESTION.sub(anchor, prose)


def render_page(notebook):
    """The page of an executed notebook."""
    return WorkbookExporter().from_notebook_node(notebook)[0]
