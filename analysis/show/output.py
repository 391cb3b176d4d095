"""A piece of a page: interactive where scripts run, with a still version for paper."""

from IPython.display import HTML

PRINT_DATA = "application/vnd.workbook.still+json"


class Output(HTML):
    """HTML for the screen, in the workbook's look, and HTML without scripts and styles for paper (`still`; by default the same)."""

    def __init__(self, html, still=None, look=""):
        super().__init__((f"<style>{look}</style>" if look else "") + html)
        self.still = html if still is None else still

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/html": self.data, PRINT_DATA: {"html": self.still}}
