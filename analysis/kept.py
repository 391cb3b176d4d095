"""What was worked out once, kept in a folder so that it need not be worked out again.

A story's folder has a folder `kept`; elsewhere the environment variable WORKBOOK_KEEP names one.
What is kept lies there as a Parquet file an article, under a name that stands for all it depends
on: its words, and the code, data, models and packages that made it. So nothing that is kept is ever
out of date; what no name stands for any more is taken away in time. Nothing here can fail: what
cannot be read is worked out again, what cannot be written is not kept.
"""

import contextlib
import hashlib
import json
import os
import platform
import re
from contextvars import ContextVar
from functools import cache
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import numpy as np

from . import __version__
from .lexicons import resource
from .whole import write_whole

KEPT = "kept"
ABOUT_KEPT = "README.txt"
KEPT_README = (
    "What was worked out once is kept here so that it need not be worked out again.\n"
    "You may delete this folder's files at any time.\n"
)
# Bytes that are kept at most; of more, what was used longest ago is taken away.
MOST_KEPT = 500 * 2**20
KEPT_NAME = re.compile(r"[0-9a-f]{64}\.parquet")
IS_AFRESH = ContextVar("IS_AFRESH", default=False)


class Maker(NamedTuple):
    """What makes something, beside its input."""

    rooms: tuple  # modules, as patterns from the package's folder
    data: tuple  # files, as patterns from `data/`; a model is known by its checksums
    packages: tuple


def keep(maker, inputs, make):
    """What is made of each of some inputs: read where it is kept, made and kept where it is not.

    An input is anything that JSON can hold. `make` takes the numbers of some inputs and gives, for
    each, {name: array of one or two dimensions}: whole numbers, numbers, or texts and None.
    """
    folder = None if IS_AFRESH.get() else find_kept()
    if folder is None:
        return make(list(range(len(inputs))))
    names = [f"{name_input(maker, each)}.parquet" for each in inputs]
    found = [read_kept(folder / name) for name in names]
    missing = [number for number, each in enumerate(found) if each is None]
    for number, made in zip(missing, make(missing) if missing else [], strict=True):
        found[number] = made
        write_kept(folder / names[number], made)
    if missing:
        take_away(folder)
    return found


@contextlib.contextmanager
def afresh():
    """Work everything out anew meanwhile, whatever is kept."""
    token = IS_AFRESH.set(True)
    try:
        yield
    finally:
        IS_AFRESH.reset(token)


def find_kept():
    """The folder to keep in; None where there is none.

    It is known by its README: nobody else's folder of that name is touched.
    """
    named = os.environ.get("WORKBOOK_KEEP")
    with contextlib.suppress(OSError, ValueError):
        folder = Path(named) if named else Path.cwd() / KEPT
        if named and not (folder.is_dir() and any(folder.iterdir())):
            make_kept(folder)
        if is_kept(folder):
            return folder
    return None


def is_kept(folder):
    """Whether a folder is one to keep in."""
    with contextlib.suppress(OSError), open(folder / ABOUT_KEPT, "rb") as file:
        return file.read(len(KEPT_README)) == KEPT_README.encode()
    return False


def make_kept(folder):
    """Make a folder to keep in."""
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / ABOUT_KEPT, KEPT_README)


def list_kept(folder):
    """[(when it was last used, bytes, path)] of what is kept, the oldest first."""
    files = []
    for path in folder.iterdir():
        if KEPT_NAME.fullmatch(path.name):
            with contextlib.suppress(OSError):
                known = path.stat()
                files.append((known.st_mtime_ns, known.st_size, path))
    return sorted(files)


def name_input(maker, given):
    """A name that stands for an input and for all else that its outcome depends on."""
    said = json.dumps(given, ensure_ascii=False, separators=(",", ":"))
    whole = f"{name_maker(maker)}\n{__version__}\n{said}"
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()


@cache
def name_maker(maker):
    """A name that stands for the code, data and packages that make something, and the machine."""
    here = Path(__file__).parent
    told = [platform.machine(), platform.system(), platform.python_version()]
    told += [f"{package} {version(package)}" for package in maker.packages]
    for folder, patterns in ((here, ("*.py", *maker.rooms)), (resource("data"), maker.data)):
        for pattern in patterns:
            for path in sorted(folder.glob(pattern)):
                content = hashlib.sha256(path.read_bytes()).hexdigest()
                told.append(f"{path.relative_to(folder).as_posix()} {content}")
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def read_kept(path):
    """What is kept in a file; None where there is none, or it is damaged or another's."""
    import pyarrow.parquet as pq

    with contextlib.suppress(Exception):  # whatever is wrong with a file: it is made again
        table = pq.read_table(BytesIO(path.read_bytes()), page_checksum_verification=True)
        if table.schema.metadata[b"kept"].decode() != path.stem:
            return None
        found = {name: to_array(table.column(name)) for name in table.column_names}
        with contextlib.suppress(OSError):
            os.utime(path)
        return found
    return None


def write_kept(path, made):
    """Keep {name: array} in a file, where it can be."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    with contextlib.suppress(Exception):  # a full disk, a folder that is for reading only …
        table = pa.table({name: to_column(values) for name, values in made.items()})
        file = BytesIO()
        table = table.replace_schema_metadata({"kept": path.stem})
        pq.write_table(table, file, write_page_checksum=True, compression="zstd")
        write_whole(path, file.getvalue())


def to_column(values):
    """An array as Parquet holds it: of two dimensions, a list a row."""
    import pyarrow as pa

    values = np.asarray(values)
    if values.ndim == 1:
        return pa.array(values)
    return pa.FixedSizeListArray.from_arrays(pa.array(values.reshape(-1)), values.shape[1])


def to_array(column):
    """The array that was kept as a column."""
    import pyarrow.types as kinds

    kind, column = column.type, column.combine_chunks()
    if kinds.is_fixed_size_list(kind):
        return column.flatten().to_numpy(zero_copy_only=False).reshape(-1, kind.list_size)
    if kinds.is_string(kind) or kinds.is_null(kind):
        return np.array([*column.to_pylist(), None], dtype=object)[:-1]
    return column.to_numpy(zero_copy_only=False)


def take_away(folder):
    """Take away what was used longest ago, where more is kept than may be."""
    with contextlib.suppress(OSError):
        files = list_kept(folder)
        total = sum(size for _, size, _ in files)
        for _, size, path in files:
            if total <= MOST_KEPT:
                break
            path.unlink(missing_ok=True)
            total -= size
