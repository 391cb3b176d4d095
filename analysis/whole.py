"""Files written whole or not at all."""

import contextlib
import os
import uuid
from pathlib import Path


def write_whole(path, content):
    """Write bytes, or a text as UTF-8 with the line ends that it has.

    Halves of characters, which no file can hold, become question marks.
    """
    path = Path(path)
    if isinstance(content, str):
        content = content.encode("utf-8", "replace")
    part = name_part(path)
    try:
        with open(part, "xb") as file:
            file.write(content)
        os.replace(part, path)
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def name_part(path):
    """A name beside a path that nothing has, hidden, and short whatever the path's name is."""
    return path.with_name(f".{uuid.uuid4().hex}.part")
