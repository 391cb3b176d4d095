"""A piece of a page: interactive where scripts run, with a still version for paper."""

from IPython.display import HTML

PRINT_DATA = "application/vnd.workbook.still+json"


class Output(HTML):
    """HTML for the screen, in the workbook's look, and HTML for paper.

    That for paper (`still`, by default the same) is without scripts and styles; `look` is CSS.
    `plain` is what a terminal shows.
    """

    def __init__(self, html, still=None, look="", plain=""):
        style = ""
        if look:
            style = f"<style>{look}</style>"
        if still is None:
            still = html
        super().__init__(style + html)
        self.still = still
        self.plain = plain

    def __repr__(self):
        return self.plain or super().__repr__()

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/html": self.data, PRINT_DATA: {"html": self.still}}
