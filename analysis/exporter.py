"""Notebook → page: nbconvert's exporter with the workbook's template (`jupyter nbconvert --to workbook NOTEBOOK`)."""

import re
from pathlib import Path

from nbconvert import HTMLExporter
from traitlets import default

from .look import read_style

TEMPLATES = Path(__file__).parent / "templates"
SCRIPT = re.compile(r"(<script\b.*?</script>)", re.DOTALL)
FEWEST_LISTED = 3
QUESTION = re.compile(r"<h2[^>]*>(.*?)</h2>", re.DOTALL)


class OwnTemplates:
    """What the workbook's exporters share: templates of the package, wherever it lies, and headings without marks."""

    @default("exclude_anchor_links")
    def _exclude_anchor_links_default(self):
        return True

    def get_template_names(self):
        """The names of the template and of those that it builds on."""
        if str(TEMPLATES) not in self.extra_template_basedirs:
            self.extra_template_basedirs = [*self.extra_template_basedirs, str(TEMPLATES)]
        return super().get_template_names()


class WorkbookExporter(OwnTemplates, HTMLExporter):
    """One self-contained HTML page: prose and results, no code, no request to any network."""

    export_from_notebook = "Workbook report"

    @default("template_name")
    def _template_name_default(self):
        return "workbook"

    def from_notebook_node(self, notebook, resources=None, **options):
        """The page, with a list of its questions on top, and each style once."""
        resources = self._init_resources(resources)
        resources["style"] = read_style()
        page, resources = super().from_notebook_node(notebook, resources=resources, **options)
        return list_questions(once(page)), resources


def once(page):
    """A page with the style, which each of its pieces brings, once; and without needless blank lines."""
    style = f"<style>{read_style()}</style>"
    head, found, rest = page.partition(style)
    return re.sub(r"\n{3,}", "\n\n", head + found + rest.replace(style, ""))


def list_questions(page):
    """The page with an anchor at each question and links to them above the first."""
    titles = []

    def number(found):
        titles.append(found[1])
        return f'<h2 id="q-{len(titles)}" tabindex="-1">{found[1]}</h2>'

    parts = [part if part.startswith("<script") else QUESTION.sub(number, part) for part in SCRIPT.split(page)]
    if len(titles) < FEWEST_LISTED:
        return "".join(parts)
    items = "".join(f'<li><a href="#q-{place}">{re.sub("<[^>]*>", "", title)}</a></li>' for place, title in enumerate(titles, 1))
    first = next(place for place, part in enumerate(parts) if '<h2 id="q-1"' in part)
    parts[first] = parts[first].replace('<h2 id="q-1"', f'<nav aria-label="Questions"><ul>{items}</ul></nav><h2 id="q-1"', 1)
    return "".join(parts)


def render(notebook):
    """The page of an executed notebook."""
    return WorkbookExporter().from_notebook_node(notebook)[0]
