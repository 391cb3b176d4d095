"""Files and folders written whole or not at all: one way for all writers.

What is written stands beside its place under a name of its own until it is complete; then it takes
its place in one step. So an earlier file stands as it was until there is a better one, whatever
happens meanwhile.
"""

import contextlib
import shutil
from pathlib import Path

from ..errors import WorkbookError
from ..whole import name_part, write_whole


@contextlib.contextmanager
def whole_folder(path):
    """A new folder to fill, which takes the place of the one at `path` when it is complete.

    Nothing of the old one is kept: whoever calls this knows what is in it.
    """
    path = Path(path)
    part = name_part(path)
    part.mkdir(parents=True)
    try:
        yield part
        if path.exists():
            replace_folder(path, part)
        else:
            part.rename(path)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def replace_folder(path, part):
    """Put a folder in the place of another, which stays where that cannot be done."""
    old = name_part(path)
    path.rename(old)
    try:
        part.rename(path)
    except BaseException:
        old.rename(path)
        raise
    shutil.rmtree(old, ignore_errors=True)


def is_at_hand(folder):
    """Whether a folder is the one that we work in, or holds it: it cannot be replaced."""
    here = Path.cwd()
    return folder.resolve() in (here, *here.parents)


def has_content(folder, mend):
    """Whether a folder to be written holds anything so far.

    WorkbookError, which ends with the `mend`, where it can be no folder of its own.
    """
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise WorkbookError(f"{folder}: is there already, and not a folder. {mend}")
    if is_at_hand(folder):
        raise WorkbookError(f"{folder}: is the folder that you work in. {mend}")
    return folder.is_dir() and any(folder.iterdir())


def check_writable(folder, option):
    """Make a folder where there is none, and see that a file can be written in it.

    WorkbookError otherwise; `option` is what chooses another folder.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = name_part(folder / "probe")
        write_whole(probe, b"")
        probe.unlink()
    except OSError as error:
        raise WorkbookError(
            f"{folder}: cannot be written to ({error.strerror}). "
            f"Choose another folder with {option}."
        ) from None
