"""Files: which ones are meant, and what stands beside an article."""

import glob
import os
import tomllib
from pathlib import Path
from typing import NamedTuple

from ..errors import ArticleError
from ..lexicons import resource
from .formats import FIELDS, READERS

# Ending of the file beside an article that corrects its mentions.
CORRECTIONS = ".corrections.csv"
STATED, INFERRED, UNKNOWN = "stated", "inferred", "unknown"


class Fact(NamedTuple):
    """What is known of one field of an article (title, outlet, published, url), and how."""

    value: str | None
    status: str  # stated, inferred or unknown
    how: str


def find_files(path):
    """The files that `path` stands for, in a stable order; ArticleError where there are none."""
    if path is None or path == "":
        path = os.environ.get("WORKBOOK_ARTICLE") or sorted(resource("seeds").glob("*.txt"))
    if not isinstance(path, (str, os.PathLike)):
        found = []
        for part in path:
            found += find_files(part) if is_there(part) else [Path(part)]
        return found
    here = Path(path).expanduser()
    if here.is_dir():
        return find_in_folder(here, path)
    if not is_there(path):
        named = " (named by WORKBOOK_ARTICLE)" if path == os.environ.get("WORKBOOK_ARTICLE") else ""
        raise ArticleError(
            f"{path}{named}: no such file or folder (looked in {Path.cwd()}). "
            "Check the name, or give the whole path."
        )
    return [here] if here.exists() else find_matches(here)


def find_in_folder(folder, named):
    """The articles in a folder and all folders in it; ArticleError where there are none."""
    files = []
    for path in sorted(folder.rglob("*")):
        seen = path.is_file() and not is_hidden(path.relative_to(folder))
        if seen and not is_sidecar(path):
            files.append(path)
    if not files:
        known = ", ".join(READERS)
        raise ArticleError(f"{named}: the folder is empty. Put articles in it: {known}.")
    return files


def is_there(path):
    """Whether a file, a folder or a match of the pattern exists."""
    here = Path(path).expanduser()
    return here.exists() or bool(find_matches(here))


def find_matches(pattern):
    """The files that match a glob pattern."""
    found = map(Path, glob.glob(str(pattern), recursive=True))
    return sorted(path for path in found if path.is_file() and not is_sidecar(path))


def is_hidden(path):
    """Whether a part of the path begins with a dot."""
    return any(part.startswith(".") for part in path.parts)


def is_sidecar(path):
    """Whether the file only tells of an article beside it."""
    if path.name.endswith(CORRECTIONS):
        return True
    if path.suffix != ".toml":
        return False
    beside = path.parent.glob(f"{glob.escape(path.stem)}.*")
    return any(other.suffix.lower() in READERS for other in beside)


def read_sidecar(path):
    """What `article.toml` beside `article.txt` says of it: {field: Fact}.

    Empty without such a file; ArticleError where it is not right. Each field is a table with
    `value` (left out where unknown), `status` (`stated`, `inferred` or `unknown`) and `how`.
    """
    sidecar = Path(path).with_suffix(".toml")
    if not sidecar.exists():
        return {}
    try:
        said = tomllib.loads(sidecar.read_text(encoding="utf-8-sig"))
        return {field: read_fact(field, entry) for field, entry in said.items()}
    except (ValueError, KeyError, TypeError) as error:
        raise ArticleError(
            f"the sidecar {sidecar.name} is not right ({error}). "
            "Each field needs a table with `status` and `how`."
        ) from None


def read_fact(field, entry):
    """One field of a sidecar; ValueError or KeyError where it is not right."""
    if field not in FIELDS:
        raise ValueError(f"no such field: {field}; there are {', '.join(FIELDS)}")
    status = entry["status"]
    if status not in (STATED, INFERRED, UNKNOWN):
        raise ValueError(
            f"status of {field}: {status}; it must be {STATED}, {INFERRED} or {UNKNOWN}"
        )
    value = str(entry["value"]) if "value" in entry else None
    return Fact(value, status, str(entry["how"]))
