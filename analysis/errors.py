"""Errors that a user can act on: each message names what is wrong and how to mend it."""

import linecache
import os


class WorkbookError(Exception):
    """Something the user can mend; the message says how. The command line prints it as one line.

    A notebook shows the message alone; with WORKBOOK_TRACEBACK=1 all calls that led to it.
    """

    @property
    def _render_traceback_(self):
        # IPython asks for it; where it is missing, IPython shows its own.
        if wants_traceback():
            raise AttributeError("_render_traceback_")
        return lambda: [f"{type(self).__name__}{line_of_cell(self.__traceback__)}: {self}"]


class ArticleError(WorkbookError):
    """A file that could not be read as an article."""


class SchemaError(WorkbookError):
    """A table without the columns that a function needs, or without some of its rows."""


def wants_traceback():
    """Whether the user asks for all calls that led to an error."""
    return os.environ.get("WORKBOOK_TRACEBACK", "0") not in ("", "0")


def line_of_cell(traceback):
    """Which line of the user's own code an error comes from, in words; "" where none is known."""
    said = ""
    while traceback is not None:
        code, number = traceback.tb_frame, traceback.tb_lineno
        line = linecache.getline(code.f_code.co_filename, number).strip()
        if code.f_globals.get("__name__") == "__main__" and line:
            said = f" in line {number} of the cell, `{line}`"
        traceback = traceback.tb_next
    return said
