"""Files: which ones are meant, and what stands beside an article."""

import errno
import glob
import os
import tomllib
from pathlib import Path
from typing import NamedTuple

from ..errors import ArticleError
from ..kept import is_kept
from ..lexicons import resource
from .formats import FIELDS, READERS

# Ending of the file beside an article that corrects its mentions.
CORRECTIONS = ".corrections.csv"
# Ending of a file with codings; before it stands the coder's name where there are several.
CODINGS = ".codings.csv"
LARGEST_SIDECAR = 10 * 2**20
STATED, INFERRED, UNKNOWN = "stated", "inferred", "unknown"


class Fact(NamedTuple):
    """What is known of one field of an article (title, outlet, published, url), and how."""

    value: str | None
    status: str  # stated, inferred or unknown
    how: str


def find_files(path):
    """The files that `path` stands for, in a stable order; ArticleError where there are none.

    Folders that cannot be opened and links that lead nowhere are among them: reading them says so.
    """
    if path is None or path == "":
        path = os.environ.get("WORKBOOK_ARTICLE") or sorted(resource("seeds").glob("*.txt"))
    if not isinstance(path, (str, os.PathLike)):
        found = []
        for part in path:
            found += find_files(part) if is_there(part) else [Path(part)]
        return found
    here = as_path(path)
    if os.path.isdir(here):
        return find_in_folder(here, path)
    if not is_there(path):
        named = " (named by WORKBOOK_ARTICLE)" if path == os.environ.get("WORKBOOK_ARTICLE") else ""
        raise ArticleError(
            f"{path}{named}: no such file or folder (looked in {Path.cwd()}). "
            "Check the name, or give the whole path."
        )
    return [here] if os.path.lexists(here) else find_matches(here)


def as_path(path):
    """A path as it was typed: `~` is the home folder where nothing here has such a name."""
    here = Path(path)
    if os.path.lexists(here):
        return here
    try:
        return here.expanduser()
    except RuntimeError:  # nobody's home
        return here


def find_in_folder(folder, named):
    """The articles in a folder and all folders in it; ArticleError where there are none."""
    files = []

    def note_shut(error):
        files.append(Path(error.filename))

    for here, folders, names in os.walk(folder, onerror=note_shut):
        links = [name for name in folders if os.path.islink(os.path.join(here, name))]
        folders[:] = [name for name in folders if not name.startswith(".") and name not in links]
        folders[:] = [name for name in folders if not is_kept(Path(here, name))]
        seen = [Path(here, name) for name in [*names, *links] if not name.startswith(".")]
        files += drop_sidecars(seen)
    if not files:
        known = ", ".join(READERS)
        raise ArticleError(f"{named}: the folder is empty. Put articles in it: {known}.")
    return sorted(files)


def is_there(path):
    """Whether a file, a folder or a match of the pattern exists."""
    here = as_path(path)
    return os.path.lexists(here) or bool(find_matches(here))


def find_matches(pattern):
    """The files that match a glob pattern."""
    if "\0" in str(pattern):
        return []
    found = map(Path, glob.glob(str(pattern), recursive=True))
    return sorted(drop_sidecars(path for path in found if not os.path.isdir(path)))


def drop_sidecars(paths):
    """The paths without the files that only tell of an article beside them."""
    articles, kept = {}, []
    for path in paths:
        if path.name.endswith((CORRECTIONS, CODINGS)):
            continue
        if path.suffix == ".toml":
            if path.parent not in articles:
                articles[path.parent] = stems_of_articles(path.parent)
            if path.stem in articles[path.parent]:
                continue
        kept.append(path)
    return kept


def stems_of_articles(folder):
    """The names without ending of what can be read in a folder."""
    paths = map(Path, os.listdir(folder))
    return {path.stem for path in paths if path.suffix.lower() in READERS}


def read_sidecar(path):
    """What `article.toml` beside `article.txt` says of it: {field: Fact}.

    Empty without such a file; ArticleError where it is not right. Each field is a table with
    `value` (left out where unknown), `status` (`stated`, `inferred` or `unknown`) and `how`.
    """
    try:
        sidecar = Path(path).with_suffix(".toml")
        if not sidecar.exists():
            return {}
        said = tomllib.loads(read_small(sidecar).decode("utf-8-sig"))
        return {field: read_fact(field, entry) for field, entry in said.items()}
    except OSError as error:
        raise ArticleError(
            f"the sidecar {sidecar.name} cannot be read ({error.strerror}). "
            "Make it readable, or take it away."
        ) from None
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ArticleError(
            f"the sidecar {sidecar.name} is not right ({error}). "
            "Each field needs a table with `status` and `how`."
        ) from None


def read_small(path):
    """The bytes of a file that stands beside an article; OSError where it is none, or too large."""
    if not path.is_file():
        raise OSError(errno.EINVAL, "not a file")
    if path.stat().st_size > LARGEST_SIDECAR:
        raise OSError(errno.EFBIG, "larger than 10 MB")
    return path.read_bytes()


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
