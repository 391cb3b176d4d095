"""A stored corpus as files for other tools: AntConc, quanteda, spaCy, SQLite, DuckDB.

Each is written batch by batch: a corpus may be larger than memory.
"""

import csv
import os
import re
import sqlite3
from pathlib import Path

from ... import schema
from ...errors import WorkbookError
from ...parse.docs import pack_docs
from ...read.stored import StoredTables
from ...whole import name_part, write_whole
from ..writing import whole_folder

# What is told of an article beside its text.
TOLD = ("doc_id", "title", "author", "outlet", "published", "url")
# What a file's name may hold.
NOT_IN_NAMES = re.compile(r"[^\w.-]+")
# In SQLite, as what a kind of column is stored.
SQL_KINDS = {"text": "TEXT", "whole": "INTEGER", "place": "INTEGER", "truth": "INTEGER"}


def write_export(tables, path, to):
    """Write a stored corpus for another tool: `to` is one of the five; returns the path.

    `antconc`: a folder of plain texts, a file an article, with `metadata.tsv`. `quanteda`: a CSV
    file, one row an article, for R's `readtext` and `quanteda`. `spacy`: a folder of DocBin files
    with the parse. `sqlite` and `duckdb`: a database with every table. Articles that are left out
    are in none but the databases. Nothing that is there already is replaced.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     tables = write_corpus(None, f"{folder}/corpus", workers=0, tone=False, progress=False)
    ...     path = write_export(tables, f"{folder}/texts", "antconc")
    ...     sorted(each.name for each in path.iterdir())
    ['2022-01-10_217007e0db04.txt', 'metadata.tsv']
    """
    if not isinstance(tables, StoredTables):
        raise WorkbookError("pass the tables of a stored corpus: read_tables(folder).")
    if to not in EXPORTS:
        raise WorkbookError(f"{to}: no such tool. Choose from: {', '.join(EXPORTS)}.")
    path = Path(path)
    if path.exists():
        raise WorkbookError(f"{path}: is there already. Choose another name.")
    path.parent.mkdir(parents=True, exist_ok=True)
    EXPORTS[to](tables, path)
    return path


def read_analysed(tables):
    """The articles that are analysed, batch by batch: (number of the batch, its articles)."""
    stored = tables["articles"]
    for number in range(len(stored.files)):
        articles = stored.part(number)
        articles = articles[articles["left_out"].isna()].reset_index(drop=True)
        if len(articles):
            yield number, articles


def write_texts(tables, path):
    """A folder of plain texts, with what is known of each: AntConc's habit."""
    with whole_folder(path) as folder:
        lines = ["\t".join(["filename", *TOLD])]
        for _, articles in read_analysed(tables):
            for row in articles.itertuples():
                name = name_text(row)
                write_whole(folder / name, row.text)
                lines.append("\t".join([name, *(in_line(getattr(row, each)) for each in TOLD)]))
        write_whole(folder / "metadata.tsv", "\n".join(lines) + "\n")


def name_text(row):
    """The name of an article's file: when, where, which."""
    known = [each for each in (row.published, row.outlet) if isinstance(each, str)]
    parts = [NOT_IN_NAMES.sub("-", each)[:40].strip("-.") for each in known]
    return "_".join([*filter(None, parts), row.doc_id]) + ".txt"


def in_line(value):
    """A value in one line; nothing where it is missing."""
    return " ".join(value.split()) if isinstance(value, str) else ""


def write_csv(tables, path):
    """A CSV file, one row an article: quanteda's habit."""
    part = name_part(path)
    try:
        with open(part, "w", encoding="utf-8", newline="", errors="replace") as file:
            rows = csv.writer(file, lineterminator="\r\n")
            rows.writerow([*TOLD, "text"])
            for _, articles in read_analysed(tables):
                articles = articles[[*TOLD, "text"]].astype(object)
                rows.writerows(articles.where(articles.notna(), "").values.tolist())
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def write_docbin(tables, path):
    """A folder of spaCy's DocBin files, a file a batch."""
    with whole_folder(path) as folder:
        for number, articles in read_analysed(tables):
            packed = pack_docs(articles, tables["tokens"].part(number))
            write_whole(folder / f"{number:06d}.spacy", packed)


def write_sqlite(tables, path):
    """A SQLite database with every table; each has an index by article."""
    part = name_part(path)
    try:
        connection = sqlite3.connect(part)
        for name in tables:
            columns = schema.columns(name)
            kinds = [SQL_KINDS.get(schema.column_of(name, c)["kind"], "REAL") for c in columns]
            told = ", ".join(f'"{c}" {kind}' for c, kind in zip(columns, kinds, strict=True))
            connection.execute(f'CREATE TABLE "{name}" ({told})')
            marks = ", ".join("?" * len(columns))
            for number in range(len(tables[name].files)):
                rows = tables[name].part(number).astype(object)
                rows = rows.where(rows.notna(), None).values.tolist()
                connection.executemany(f'INSERT INTO "{name}" VALUES ({marks})', rows)
            connection.execute(f'CREATE INDEX "{name}_doc_id" ON "{name}" (doc_id)')
        connection.commit()
        connection.close()
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def write_duckdb(tables, path):
    """A DuckDB database with every table."""
    part = name_part(path)
    try:
        connection = tables.connect()
        quoted = str(part).replace("'", "''")
        connection.sql(f"ATTACH '{quoted}' AS made")
        for name in tables:
            connection.sql(f'CREATE TABLE made."{name}" AS SELECT * FROM "{name}"')
        connection.sql("DETACH made")
        connection.close()
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


EXPORTS = {
    "antconc": write_texts,
    "quanteda": write_csv,
    "spacy": write_docbin,
    "sqlite": write_sqlite,
    "duckdb": write_duckdb,
}
