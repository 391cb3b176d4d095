"""A whole corpus as `workbook analyse` wrote it, read back table by table when it is asked for."""

import json
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from .. import schema
from ..engine import open_engine
from ..errors import WorkbookError
from ..partitions import read_partition
from ..text import how_many

MANIFEST, LEFT_OUT, ABOUT_CORPUS = "corpus.json", "left_out.parquet", "README.txt"
NEAR_COPIES = "near_copies.parquet"
CORPUS_README = """A corpus, as `workbook analyse` of the media analysis workbook wrote it.

corpus.json        how many articles, and the files of each batch of them in order
left_out.parquet   the articles that are not analysed, with the reason
near_copies.parquet  the articles that are nearly copies of others, as agency copy is
articles/ …        a folder a table (CODEBOOK.md says what every column means), a Parquet file a
                   batch of articles; corpus.json names those that belong to the corpus

In Python: tables = analysis.read_tables("this folder"); tables["mentions"]
The same command again goes on where it was, and analyses only what is new.
"""
# Columns that name an actor: over the corpus, each has one name.
OF_ACTORS = ("actor", "speaker", "target", "voice", "about")
JOINS = "same_actors"
# So many characters of a date of publication tell its year, month, day.
DATE_LETTERS = {"year": 4, "month": 7, "day": 10}


def read_tables(folder, *, workers=0, scheduler=None):
    """Read the tables of a corpus that `workbook analyse` wrote: `tables["mentions"]` is one.

    Nothing is read before it is asked for. A table can be handed to every function that counts or
    compares, as a table in memory can; what adds up is then counted batch by batch, in little
    memory; of all rows, or of those that `tables["mentions"].choose(select_counted)` has.
    `tables["mentions"].read()` is the whole table (pandas),
    `tables["mentions"]["actor"]` one column, `tables.query("SELECT … FROM mentions …")` what DuckDB
    makes of them. An actor has one name over the corpus (`tables["same_actors"]` says who was
    joined, and why). `tables.passage(doc_id, start, end)` is a passage by its address.

    What is counted batch by batch is counted by this process, by so many `workers` (None: one a
    core), or by the cluster of a Dask `scheduler`: the same numbers, and on many articles sooner.
    They start with the first count and end with `tables.close()`, or behind `with read_tables(…)`.

    >>> read_tables("no corpus")
    Traceback (most recent call last):
    ...
    analysis.errors.WorkbookError: no corpus: no corpus is there (no corpus.json in it).
    Make one with: workbook analyse SOURCE --out "no corpus"
    """
    return StoredTables(folder, workers, scheduler)


class StoredTables(Mapping):
    """The tables of a corpus, by name."""

    def __init__(self, folder, workers=0, scheduler=None):
        self.folder = Path(folder)
        self.who, self.engine, self.opened = (workers, scheduler), None, ExitStack()
        try:
            self.told = json.loads((self.folder / MANIFEST).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            raise WorkbookError(
                f"{folder}: no corpus is there (no {MANIFEST} in it). Make one with: "
                f'workbook analyse SOURCE --out "{folder}"'
            ) from None

    def __iter__(self):
        return iter(self.told["tables"])

    def __len__(self):
        return len(self.told["tables"])

    def __contains__(self, table):
        return table in self.told["tables"]

    def __getitem__(self, table):
        if table not in self.told["tables"]:
            listed = ", ".join(self)
            raise WorkbookError(f"no table `{table}` in {self.folder}. There are: {listed}.")
        return StoredTable(self, table)

    def __repr__(self):
        return "\n".join(self.describe())

    def describe(self):
        """What is there, in lines."""
        told = self.told
        yield (
            f"{self.folder}: {how_many(told['articles'], 'article')}, {told['analysed']:,} "
            f"analysed, {told['left_out']:,} left out"
            + (f" ({LEFT_OUT} says why)." if told["left_out"] else ".")
        )
        if told.get("models") == "small":
            yield "Names and tone were read by the small models (--quick): a little worse."
        yield f"{len(self)} tables: {', '.join(self)}."

    def open_engine(self):
        """Who counts: started when it is first asked for, and again when it has gone."""
        if self.engine is None or self.engine.is_gone():
            self.close()
            self.engine = self.opened.enter_context(open_engine(*self.who))
        return self.engine

    def close(self):
        """Let the processes that count end; asked to count again, others start."""
        opened, self.opened, self.engine = self.opened, ExitStack(), None
        opened.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def file_of(self, table, number):
        """The file of a batch of a table, wherever it is asked for."""
        stage = self.told["tables"][table]
        name = self.told["batches"][number][stage]
        return self.folder.absolute() / table / f"{name}.parquet"

    @property
    def left_out(self):
        """The articles that are not analysed, with the reason."""
        return read_partition(self.folder / LEFT_OUT, "articles")

    @property
    def near_copies(self):
        """The articles that are nearly copies of others."""
        return read_partition(self.folder / NEAR_COPIES, "near_copies")

    def passage(self, doc_id, start, end, around=0):
        """The text of an article from `start` to `end`, with so many letters around it."""
        filters = [("doc_id", "==", doc_id)]
        for path in self["articles"].files:
            found = read_partition(path, "articles", ["doc_id", "text"], filters=filters)
            if len(found):
                return found["text"].iloc[0][max(start - around, 0) : end + around]
        raise WorkbookError(f"no article {doc_id} in {self.folder}.")

    def query(self, sql):
        """What DuckDB makes of an SQL query over the tables, as pandas.

        In it actors have the names that they have over the corpus.
        """
        return self.connect().sql(sql).df()

    def connect(self):
        """A connection to DuckDB in which each table is a view of its files."""
        try:
            import duckdb
        except ImportError:
            raise WorkbookError(
                'queries need the package duckdb: pip install "media-analysis-workbook[corpus]"'
            ) from None
        connection = duckdb.connect()
        for table in sorted(self, key=lambda each: each != JOINS):
            files = [str(path) for path in self[table].files]
            listed = ", ".join("'" + file.replace("'", "''") + "'" for file in files)
            connection.sql(f'CREATE VIEW "{table}" AS {self.select_joined(table, listed)}')
        return connection

    def select_joined(self, table, listed):
        """The SQL that reads a table's files, each actor under its name over the corpus."""
        source = f"read_parquet([{listed}])"
        named = [each for each in OF_ACTORS if each in schema.columns(table)]
        if table == JOINS or JOINS not in self or not named:
            return f"SELECT * FROM {source}"
        columns, joins = [], []
        for column in schema.columns(table):
            if column in named:
                joins.append(
                    f"LEFT JOIN {JOINS} j_{column} ON j_{column}.doc_id = t.doc_id AND "
                    f'j_{column}.actor = t."{column}" AND j_{column}.joined IS NOT NULL'
                )
                columns.append(f'coalesce(j_{column}.joined, t."{column}") AS "{column}"')
            else:
                columns.append(f't."{column}"')
        return f"SELECT {', '.join(columns)} FROM {source} t {' '.join(joins)}"


class StoredTable:
    """One table of a corpus: read when it is asked for, whole or batch by batch."""

    is_stored = True

    def __init__(self, tables, name, kept=None, chosen=()):
        self.tables, self.name, self.kept, self.chosen = tables, name, kept, chosen

    @property
    def files(self):
        """The file of each batch."""
        batches = range(len(self.tables.told["batches"]))
        return [self.tables.file_of(self.name, number) for number in batches]

    @property
    def columns(self):
        """The names of the columns."""
        return pd.Index(self.kept or schema.columns(self.name))

    def __iter__(self):
        return iter(self.columns)

    def narrow(self, columns):
        """The table with some of its columns alone; nothing is read yet."""
        return StoredTable(self.tables, self.name, list(columns), self.chosen)

    def choose(self, function, **options):
        """The rows that a function gives back of a batch's rows; nothing is read yet.

        `tables["mentions"].choose(select_counted)` is counted and compared as any stored table is.
        """
        chosen = (*self.chosen, (function, options))
        return StoredTable(self.tables, self.name, self.kept, chosen)

    def __len__(self):
        import pyarrow.parquet as pq

        if self.chosen:
            return sum(len(self.part(number)) for number in range(len(self.files)))
        return sum(pq.read_metadata(path).num_rows for path in self.files)

    def __repr__(self):
        return f"{how_many(len(self), 'row')} of {self.name}, stored in {self.tables.folder}"

    def __getitem__(self, wanted):
        one = isinstance(wanted, str)
        read = self.read([wanted] if one else list(wanted))
        return read[wanted] if one else read

    def head(self, n=5):
        """The first rows."""
        rows, parts = 0, []
        for number in range(len(self.files)):
            if rows >= n:
                break
            parts.append(self.part(number))
            rows += len(parts[-1])
        return self.join(parts).head(n)

    def read(self, columns=None):
        """The table whole, or some of its columns, as pandas."""
        return self.join([self.part(each, columns) for each in range(len(self.files))], columns)

    def where(self, first=None, **wanted):
        """The rows with such values, as pandas: `where(actor="Iran", outlet="Echo")`.

        Columns are those of the table or of its articles, also year, month and day of publication.
        `first`: so many rows at most.
        """
        found, n = [], 0
        for number in range(len(self.files)):
            rows = self.part(number)
            for column, value in wanted.items():
                values = value if isinstance(value, (list, tuple, set)) else [value]
                if column in rows:
                    rows = rows[rows[column].isin(values)]
                else:
                    rows = rows[rows["doc_id"].isin(self.articles_with(column, values, number))]
            found.append(rows)
            n += len(rows)
            if first is not None and n >= first:
                break
        rows = self.join(found)
        return rows if first is None else rows.head(first)

    def articles_with(self, column, values, number):
        """The doc_ids of a batch's articles that have such values in a column."""
        source = "published" if column in DATE_LETTERS else column
        articles = self.tables["articles"]
        if source not in articles.columns:
            raise WorkbookError(f"no column `{column}` in {self.name} or in articles.")
        its = articles.part(number, ["doc_id", source])
        told = its[source].str[: DATE_LETTERS[column]] if column in DATE_LETTERS else its[source]
        return its.loc[told.isin(values), "doc_id"]

    def beside(self, rows):
        """The rows of this table that are of the same sentences as those of another."""
        key = ["doc_id", "sentence_id"]
        its = self.where(doc_id=rows["doc_id"].unique().tolist())
        return its.merge(rows[key].drop_duplicates(), on=key)[schema.columns(self.name)]

    def join(self, parts, columns=None):
        """Parts of the table below each other."""
        if parts:
            return pd.concat(parts, ignore_index=True)
        empty = schema.table([], self.name)
        return empty[columns or self.kept or list(empty)]

    def part(self, number, columns=None):
        """The rows of one batch, each actor under its name over the corpus."""
        return self.batch(number).read(columns)

    def batch(self, number):
        """Where the rows of one batch are: small, whoever reads them."""
        has_actors = not set(OF_ACTORS).isdisjoint(schema.columns(self.name))
        is_joined = has_actors and self.name != JOINS and JOINS in self.tables
        joins = self.tables.file_of(JOINS, number) if is_joined else None
        path = self.tables.file_of(self.name, number)
        return OfBatch(self.name, path, joins, self.kept, self.chosen)

    def size(self):
        """About how many bytes the table takes in memory."""
        import pyarrow.parquet as pq

        groups = 0
        for path in self.files:
            told = pq.read_metadata(path)
            groups += sum(told.row_group(n).total_byte_size for n in range(told.num_row_groups))
        return IN_MEMORY * groups


class OfBatch(NamedTuple):
    """The rows of a table that are of one batch, where they are stored."""

    name: str
    path: Path
    joins: Path | None  # who is one actor over the corpus
    kept: list | None
    chosen: tuple

    def read(self, columns=None):
        """The rows, each actor under its name over the corpus."""
        columns = columns or self.kept
        if not self.chosen:
            return self.read_joined(columns)
        rows = self.read_joined()
        for function, options in self.chosen:
            rows = function(rows, **options)
        rows = rows.reset_index(drop=True)
        return rows if columns is None else rows[columns]

    def read_joined(self, columns=None):
        """The rows as they are stored, with the names of actors over the corpus."""
        named = [each for each in OF_ACTORS if each in (columns or schema.columns(self.name))]
        if self.joins is None or not named:
            return read_partition(self.path, self.name, columns)
        asked = columns if columns is None or "doc_id" in columns else ["doc_id", *columns]
        rows = read_partition(self.path, self.name, asked)
        joined = read_partition(self.joins, JOINS, ["doc_id", "actor", "joined"])
        joined = joined.dropna(subset="joined")
        if len(joined):
            keys = zip(joined["doc_id"], joined["actor"], strict=True)
            names = dict(zip(keys, joined["joined"], strict=True))
            for column in named:
                given = zip(rows["doc_id"], rows[column], strict=True)
                told = [names.get(key, key[1]) for key in given]
                rows[column] = pd.Series(told, index=rows.index, dtype="str")
        return rows if columns is None else rows[columns]


# How much larger a table is in memory than unpacked in its file, where texts repeat: measured on
# tokens and mentions.
IN_MEMORY = 6
