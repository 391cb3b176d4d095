"""Files: which ones are meant, and what stands beside an article."""

import glob
import os
import tomllib
from pathlib import Path

from ..errors import ArticleError
from ..lexicons import resource
from .formats import FIELDS, READERS

# Ending of the file beside an article that corrects its mentions.
CORRECTIONS = ".corrections.csv"


def find_files(path):
    """The files that `path` stands for, in a stable order; ArticleError where there are none."""
    if path is None or path == "":
        path = os.environ.get("WORKBOOK_ARTICLE") or sorted(resource("seeds").glob("*.txt"))
    if not isinstance(path, (str, os.PathLike)):
        return [
            file for part in path for file in (find_files(part) if is_there(part) else [Path(part)])
        ]
    here = Path(path).expanduser()
    if here.is_dir():
        files = sorted(
            p
            for p in here.rglob("*")
            if p.is_file() and not hidden(p.relative_to(here)) and not is_sidecar(p)
        )
        if not files:
            raise ArticleError(
                f"{path}: the folder is empty. Put articles in it: {', '.join(READERS)}."
            )
        return files
    if not is_there(path):
        named = " (named by WORKBOOK_ARTICLE)" if path == os.environ.get("WORKBOOK_ARTICLE") else ""
        raise ArticleError(
            f"{path}{named}: no such file or folder (looked in {Path.cwd()}). Check the name, or give the whole path."
        )
    return [here] if here.exists() else matches(here)


def is_there(path):
    """Whether a file, a folder or a match of the pattern exists."""
    here = Path(path).expanduser()
    return here.exists() or bool(matches(here))


def matches(pattern):
    """The files that match a glob pattern."""
    found = (Path(name) for name in glob.glob(str(pattern), recursive=True))
    return sorted(p for p in found if p.is_file() and not is_sidecar(p))


def hidden(path):
    """Whether a part of the path begins with a dot."""
    return any(part.startswith(".") for part in path.parts)


def is_sidecar(path):
    """Whether the file only tells of an article beside it."""
    if path.name.endswith(CORRECTIONS):
        return True
    return path.suffix == ".toml" and any(
        other.suffix.lower() in READERS for other in path.parent.glob(f"{glob.escape(path.stem)}.*")
    )


def read_sidecar(path):
    """What `article.toml` beside `article.txt` says of it: {field: value} and {field: how it is known, in words}.

    Each field is a table with `value` (left out where unknown), `status` (`stated`, `inferred` or `unknown`) and `how`.
    """
    sidecar = Path(path).with_suffix(".toml")
    if not sidecar.exists():
        return {}, {}
    try:
        said = tomllib.loads(sidecar.read_text(encoding="utf-8-sig"))
        for field, entry in said.items():
            if field not in FIELDS:
                raise ValueError(f"no such field: {field}; there are {', '.join(FIELDS)}")
            if entry["status"] not in ("stated", "inferred", "unknown"):
                raise ValueError(
                    f"status of {field}: {entry['status']}; it must be stated, inferred or unknown"
                )
        values = {field: str(entry["value"]) for field, entry in said.items() if "value" in entry}
        return values, {
            field: f"{entry['status']}, {entry['how']}" for field, entry in said.items()
        }
    except (ValueError, KeyError, TypeError) as error:
        raise ArticleError(
            f"the sidecar {sidecar.name} is not right ({error}). Each field needs a table with `status` and `how`."
        ) from None
