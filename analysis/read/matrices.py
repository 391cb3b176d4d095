"""A document-feature matrix from files."""

from pathlib import Path

import pandas as pd

from .. import schema
from ..errors import ArticleError

MATRIX, DOCUMENTS_FILE, WORDS_FILE = "matrix.mtx", "documents.txt", "words.txt"
MADE_BY = "% made by media-analysis-workbook"


def read_matrix(folder):
    """Read a document-feature matrix that `write_matrix` wrote: one row a text and word in it."""
    folder = Path(folder)
    try:
        names = [
            (folder / name).read_text(encoding="utf-8").split("\n")[:-1]
            for name in (DOCUMENTS_FILE, WORDS_FILE)
        ]
        cells = pd.read_csv(
            folder / MATRIX,
            sep=" ",
            comment="%",
            skip_blank_lines=True,
            names=["document", "word", "n"],
        ).iloc[1:]
        for column, listed in zip(("document", "word"), names, strict=True):
            cells[column] = [listed[place - 1] for place in cells[column]]
    except OSError as error:
        raise ArticleError(
            f"{error.filename}: cannot be read ({error.strerror}). "
            "Name the folder that write_matrix made."
        ) from None
    except (ValueError, IndexError, TypeError):
        raise ArticleError(
            f"{folder}: no matrix that write_matrix made. Write it again from count_matrix(tokens)."
        ) from None
    return schema.table(cells.reset_index(drop=True), "matrix")
