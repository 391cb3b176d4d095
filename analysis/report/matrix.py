"""A document-feature matrix as files that other tools read."""

import re
from pathlib import Path

import pandas as pd

from .. import schema
from ..errors import WorkbookError
from ..read.matrices import DOCUMENTS_FILE, MADE_BY, MATRIX, WORDS_FILE
from .writing import has_content, whole_folder, write_whole

MARKET_HEAD = "%%MatrixMarket matrix coordinate integer general"


def write_matrix(matrix, folder):
    """Write a document-feature matrix, from `count_matrix(tokens)`, as a folder of three files.

    `matrix.mtx` has the counts in the Matrix Market format, `documents.txt` and `words.txt` the
    names of its rows and columns. `read_matrix` reads it back. In R: `m <-
    Matrix::readMM("matrix.mtx"); dimnames(m) <- list(readLines("documents.txt"),
    readLines("words.txt")); quanteda::as.dfm(m)`; for scikit-learn: `scipy.io.mmread(…).tocsr()`.
    Only an earlier matrix is replaced; WorkbookError where the folder holds anything else.
    """
    folder = Path(folder)
    check_matrix_folder(folder)
    schema.check(matrix, "matrix")
    row, documents = pd.factorize(matrix["document"])
    column, words = pd.factorize(matrix["word"], sort=True)
    cells = pd.DataFrame({"row": row + 1, "column": column + 1, "n": matrix["n"]})
    lines = cells.to_csv(sep=" ", header=False, index=False, lineterminator="\n")
    size = f"{len(documents)} {len(words)} {len(cells)}"
    with whole_folder(folder) as made:
        write_whole(made / MATRIX, f"{MARKET_HEAD}\n{MADE_BY}\n{size}\n{lines}")
        write_whole(made / DOCUMENTS_FILE, write_names(documents))
        write_whole(made / WORDS_FILE, write_names(words))


def write_names(names):
    """Names, one a line."""
    return "".join(re.sub(r"\s+", " ", str(name)) + "\n" for name in names)


def check_matrix_folder(folder):
    """See that a matrix may be written as this folder: it is new, empty, or an earlier matrix."""
    mend = "Nothing was changed. Choose another folder."
    if not has_content(folder, mend):
        return
    others = {path.name for path in folder.iterdir()} - {MATRIX, DOCUMENTS_FILE, WORDS_FILE}
    path = folder / MATRIX
    is_own = path.is_file() and MADE_BY.encode() in path.read_bytes()[:200]
    if others or not is_own:
        raise WorkbookError(f"{folder}: holds something else than an earlier matrix. {mend}")
