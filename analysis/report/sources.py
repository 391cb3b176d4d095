"""What a report is of: one article, or several to compare."""

import os
import warnings
from pathlib import Path
from typing import NamedTuple

from ..errors import ArticleError
from ..read.articles import analysed, check_file, read_articles
from ..read.files import find_files


class Sources(NamedTuple):
    """The files that a report is made from."""

    files: tuple  # of paths
    folder: Path  # in which the notebook runs, so that no report holds a path
    name: str  # by which a report knows them: the file's, the folder's
    stem: str  # of the report's file
    is_several: bool = False  # whether there is more than one article

    @classmethod
    def of_file(cls, file, is_several=False):
        """One file."""
        return cls((file,), file.parent, file.name, file.stem, is_several)

    def list_names(self):
        """The files' names as seen from the folder."""
        return [file.relative_to(self.folder).as_posix() for file in self.files]


def find_sources(article):
    """The files that a report is to be of; `article` as in `read_articles`."""
    if isinstance(article, (list, tuple)) and len(article) == 1:
        (article,) = article
    files = find_files(article or None)
    if len(files) == 1:
        try:
            check_file(files[0])
        except OSError as error:
            raise ArticleError(f"{article}: cannot be read ({error.strerror}).") from None
        except ArticleError as error:
            raise ArticleError(f"{files[0]}: {error}") from None
        file = files[0].resolve()
        return Sources.of_file(file, holds_several(file))
    files = tuple(file.absolute() for file in files)
    if isinstance(article, (str, os.PathLike)) and os.path.isdir(Path(article).expanduser()):
        folder = Path(article).expanduser().resolve()
        files = tuple(folder / os.path.relpath(file, folder) for file in files)
        return Sources(files, folder, folder.name, folder.name, True)
    try:
        folder = Path(os.path.commonpath([file.parent for file in files]))
    except ValueError:  # on Windows: on different drives
        raise ArticleError("the articles are on different drives. Put them in a folder.") from None
    more = f"and {len(files) - 1} more"
    stem = f"{files[0].stem} {more}".replace(" ", "-")
    return Sources(files, folder, f"{files[0].name} {more}", stem, True)


def holds_several(file):
    """Whether a file holds more than one article to analyse, as a table or an export can."""
    with warnings.catch_warnings(action="ignore"):
        try:
            return len(analysed(read_articles(file, headline=True))) > 1
        except ArticleError:  # said when the analysis comes to it
            return False
