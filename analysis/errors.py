"""Errors that a user can act on: each message names what is wrong and how to mend it."""


class WorkbookError(Exception):
    """Something the user can mend; the message says how. The command line prints it as one line."""


class ArticleError(WorkbookError):
    """A file that could not be read as an article."""


class SchemaError(WorkbookError):
    """A table without the columns that a function needs."""
