"""What an output says of itself: which article and which version made it.

So nothing is replaced that is not an earlier output of the same article, and a report can be made
again.
"""

import errno
import hashlib
import os
import re
import stat
import zipfile
import zlib
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote_from_bytes, unquote_to_bytes

from .. import __version__
from ..errors import WorkbookError
from ..read.beside import list_codings
from ..read.files import CORRECTIONS
from .writing import has_content

# How files end that stand beside an article's file.
BESIDE_ARTICLE = (".toml", CORRECTIONS)
NOTHING_BESIDE = "none"
# The article's name is written as in a web address: no format has its own way with such letters.
KEYWORDS = re.compile(
    r"workbook (?P<version>\S{1,40}); article (?P<article>[0-9a-f]{64}) (?P<name>[\w.%~-]{1,800}); "
    r"beside (?P<beside>[0-9a-f]{64}|none); environment (?P<environment>[0-9a-f]{64})"
)
# Bytes of a report that is read, and of what an Office file says of itself.
LARGEST_REPORT = 50 * 2**20
LARGEST_PROPERTIES = 2**20
# The bits of a file's mode that say that somebody may change it.
WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
# The files of a data folder that say what is in it.
ABOUT_DATA, CHECKSUMS = "README.txt", "checksums.txt"
# What systems leave in folders by themselves.
DROPPINGS = {".DS_Store", "Thumbs.db", "desktop.ini"}


class Provenance(NamedTuple):
    """What an output says of itself."""

    version: str  # of the workbook
    article: str  # SHA-256 of the article's file; of several, of their checksums and names
    name: str  # of the article's file, or of the folder
    beside: str  # SHA-256 of what stands beside the articles
    environment: str  # SHA-256 of all else that may change the numbers


def describe_keywords(sources, articles):
    """What a report says of itself, in every format: the package, the article, and checksums."""
    from ..measure.source import describe_run

    run = describe_run(articles).to_csv(index=False, lineterminator="\n")
    environment = hashlib.sha256(run.encode("utf-8", "replace")).hexdigest()
    name = quote_from_bytes(os.fsencode(sources.name), safe="")
    return (
        f"workbook {__version__}; article {hash_sources(sources)} {name}; "
        f"beside {hash_beside(sources)}; environment {environment}"
    )


def hash_sources(sources):
    """The checksum of the article's file; of several files, of their checksums and names."""
    if len(sources.files) == 1:
        return hash_file(sources.files[0])
    names = sources.list_names()
    lines = [f"{hash_any(file)}  {name}\n" for file, name in zip(sources.files, names, strict=True)]
    return hashlib.sha256(os.fsencode("".join(sorted(lines)))).hexdigest()


def hash_any(file):
    """The checksum of a file, or why there is none: one that cannot be read is left out."""
    try:
        return hash_file(file)
    except OSError as error:
        return error.strerror


def hash_file(file):
    """The checksum of a file."""
    with open(file, "rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def hash_beside(sources):
    """A checksum of what stands beside the articles' files; "none" where nothing does."""
    there = []
    for file in sources.files:
        there += [f"{path.suffix} {hash_file(path)}" for path in list_beside(file)]
    return hashlib.sha256(" ".join(there).encode()).hexdigest() if there else NOTHING_BESIDE


def list_beside(file):
    """The files that stand beside an article's file and tell of it."""
    beside = [file.with_suffix(ending) for ending in BESIDE_ARTICLE]
    return [path for path in (*beside, *list_codings(file.parent, file.stem)) if path.is_file()]


def read_provenance(path):
    """What a report says of itself, in whichever format; None where it says nothing.

    WorkbookError where it cannot be read.
    """
    path = Path(path)
    mend = "Name the file of a report."
    try:
        if not path.is_file():
            raise WorkbookError(f"{path}: no such file. {mend}")
        if path.stat().st_size > LARGEST_REPORT:
            raise WorkbookError(f"{path}: too large for a report of the workbook. {mend}")
        text = read_properties(path) if zipfile.is_zipfile(path) else path.read_bytes()
    # RuntimeError: encrypted; NotImplementedError: packed in a way that Python does not know
    except (OSError, KeyError, zipfile.BadZipFile, zlib.error, RuntimeError, ValueError, EOFError):
        raise WorkbookError(f"{path}: could not be read. {mend}") from None
    found = KEYWORDS.search(text.decode("latin-1"))
    if found is None:
        return None
    known = Provenance(**found.groupdict())
    return known._replace(name=os.fsdecode(unquote_to_bytes(known.name)))


def read_properties(path):
    """What an Office file says of itself."""
    with zipfile.ZipFile(path) as archive, archive.open("docProps/core.xml") as part:
        return part.read(LARGEST_PROPERTIES)


def check_target(target, sources, replace=False):
    """See that a report may be written to `target`.

    WorkbookError where something stands there that is not an earlier report of the same article;
    with `replace`, one of another article will do.
    """
    mend = "Choose another folder with --out, or move it away."
    try:
        if target.is_symlink():
            raise WorkbookError(f"{target}: is a link, which a report would replace. {mend}")
        if not target.exists():
            return
        if any(target.samefile(file) for file in sources.files if file.exists()):
            raise WorkbookError(f"{target}: is the article itself. {mend}")
        if not stat.S_IMODE(target.stat().st_mode) & WRITABLE:
            raise WorkbookError(f"{target}: is there already, and must not be changed. {mend}")
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            mend = "Give the article's file a shorter name."
        raise WorkbookError(f"{target}: cannot be written ({error.strerror}). {mend}") from None
    try:
        known = read_provenance(target)
    except WorkbookError:
        known = None
    if known is None:
        raise WorkbookError(
            f"{target}: is there already, and not a report of the workbook. Nothing was changed. "
            + mend
        )
    if not replace and not is_of_article(known, sources):
        raise WorkbookError(
            f"{target}: is a report on another article, or on this one before it was changed. "
            "Nothing was changed. Choose another folder with --out, or add --replace."
        )


def is_of_article(known, sources):
    """Whether an output is of the articles' files as they are now."""
    return (known.name, known.article) == (sources.name, hash_sources(sources))


def check_data_folder(folder, sources=None, replace=False):
    """See that the data behind a report may be written as the folder `folder`.

    It may be missing, empty, or an earlier one in which nothing was changed, of the same article
    (`replace`, or no `sources`: of any).
    """
    mend = "Nothing was changed. Choose a folder of its own with --data."
    if not has_content(folder, mend):
        return
    check_unchanged(folder, mend)
    if replace or sources is None:
        return
    known = read_provenance(folder / ABOUT_DATA)
    if known is None or not is_of_article(known, sources):
        raise WorkbookError(
            f"{folder}: holds the data of another article, or of this one before it was changed. "
            "Nothing was changed. Choose another folder with --data, or add --replace."
        )


def check_unchanged(folder, mend):
    """See that all in a folder is as it was made."""
    try:
        present = list_files(folder)
    except OSError as error:
        raise WorkbookError(f"{error.filename}: {error.strerror}. {mend}") from None
    made = read_checksums(folder)
    strange = [name for name in present if name != CHECKSUMS and name not in made]
    if strange:
        raise WorkbookError(
            f"{folder}: holds what the workbook did not make ({strange[0]}). {mend}"
        )
    for name, path in present.items():
        if name != CHECKSUMS and hash_file(path) != made[name]:
            raise WorkbookError(f"{folder}: {name} was changed since it was made. {mend}")


def list_files(folder):
    """{name within the folder: path} of everything in a folder, but for a system's droppings.

    OSError where a folder in it cannot be opened, or something is no file.
    """
    listed = {}
    for here, folders, names in os.walk(folder, onerror=raise_error):
        links = [name for name in folders if os.path.islink(os.path.join(here, name))]
        for path in (Path(here, name) for name in [*names, *links]):
            if path.name in DROPPINGS:
                continue
            if not path.is_file():
                raise OSError(errno.EINVAL, "is not a file that the workbook made", str(path))
            listed[path.relative_to(folder).as_posix()] = path
    return dict(sorted(listed.items()))


def raise_error(error):
    """Raise an error that is only handed over."""
    raise error


def list_checksums(folder):
    """What a data folder holds, as `sha256sum -c` reads it."""
    lines = [f"{hash_file(path)}  {name}\n" for name, path in list_files(folder).items()]
    return "".join(lines)


def read_checksums(folder):
    """{name: checksum} of the files that a data folder was made with; empty where it is silent."""
    try:
        text = (folder / CHECKSUMS).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return {}
    return {name: digest for digest, _, name in (line.partition("  ") for line in text.split("\n"))}
