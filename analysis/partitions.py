"""Tables as Parquet files: the types of the codebook in every file, written whole or not at all.

The same rows give the same bytes. Each file says which table it holds, and under which version of
the codebook it was made.
"""

import hashlib
import json
from functools import cache
from io import BytesIO
from pathlib import Path

import pandas as pd

from . import __version__, schema
from .whole import write_whole

# What a kind of column is in Parquet, as Arrow calls it.
ARROW_KINDS = {
    "text": "string",
    "whole": "int64",
    "place": "int64",
    "number": "double",
    "truth": "bool",
}
# The name under which a file tells of itself.
TOLD_OF_FILE = b"workbook"
# Rows that are unpacked together.
ROW_GROUP = 100_000


def write_partition(path, table, name, **told):
    """Write a table of the codebook as a Parquet file; `told` goes into what it says of itself."""
    import pyarrow.parquet as pq

    made = to_arrow(table, name)
    about = {"table": name, "version": __version__, "codebook": name_codebook(), **told}
    said = json.dumps(about, sort_keys=True, ensure_ascii=False)
    made = made.replace_schema_metadata({TOLD_OF_FILE: said.encode()})
    file = BytesIO()
    pq.write_table(
        made, file, compression="zstd", row_group_size=ROW_GROUP, write_page_checksum=True
    )
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, file.getvalue())


def to_arrow(table, name):
    """A table as Arrow holds it, with the codebook's columns and types, even when empty."""
    import pyarrow as pa

    schema.check(table, name)
    columns, fields = [], []
    for column in schema.columns(name):
        kind = ARROW_KINDS[schema.column_of(name, column)["kind"]]
        columns.append(pa.array(table[column], type=pa.type_for_alias(kind), from_pandas=True))
        fields.append((column, pa.type_for_alias(kind)))
    return pa.Table.from_arrays(columns, schema=pa.schema(fields))


def read_partition(path, name, columns=None, filters=None):
    """A table of the codebook from its Parquet file, or some of its columns and rows."""
    import pyarrow.parquet as pq

    read = pq.read_table(Path(path), columns=columns, filters=filters, partitioning=None)
    return from_arrow(read, name)


def from_arrow(read, name):
    """An Arrow table as pandas, with the codebook's types."""
    made = {}
    for column in read.column_names:
        wanted = schema.dtype_of(column, name)
        values = read.column(column).to_pandas()
        made[column] = values if str(values.dtype) == wanted else values.astype(wanted)
    return pd.DataFrame(made, columns=read.column_names)


def is_complete(path):
    """Whether a file is there and ends as a Parquet file does."""
    try:
        with open(path, "rb") as file:
            file.seek(-4, 2)
            return file.read() == b"PAR1"
    except OSError:
        return False


def read_about(path):
    """What a file says of itself; {} where it says nothing."""
    import pyarrow.parquet as pq

    said = pq.read_schema(path).metadata or {}
    return json.loads(said.get(TOLD_OF_FILE, b"{}"))


@cache
def name_codebook():
    """A short name for the codebook: it changes with any table or column."""
    return hashlib.sha256(schema.codebook().encode()).hexdigest()[:12]
