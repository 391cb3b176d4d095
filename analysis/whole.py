"""Files written whole or not at all."""

import contextlib
import os
import time
import uuid
from pathlib import Path

# Seconds that a file is waited for which another process changes, and after which a sign that it
# does was left behind.
LONGEST_WAIT, LEFT_BEHIND = 10, 5


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


@contextlib.contextmanager
def held(path):
    """While this lasts no other process that asks for it, too, changes a file.

    The sign is a hidden file beside it. Where none can be made the file is changed all the same.
    """
    path = Path(path)
    sign, until = path.with_name(f".{path.name}.held"), time.monotonic() + LONGEST_WAIT
    is_ours = False
    while not is_ours and time.monotonic() < until:
        try:
            sign.open("x").close()
            is_ours = True
        except FileExistsError:
            with contextlib.suppress(OSError):
                if time.time() - sign.stat().st_mtime > LEFT_BEHIND:
                    sign.unlink()
            time.sleep(0.02)
        except OSError:
            break
    try:
        yield
    finally:
        if is_ours:
            with contextlib.suppress(OSError):
                sign.unlink()
