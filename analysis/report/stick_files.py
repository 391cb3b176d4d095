"""What stands on a stick beside the wheels: start files, what to read, notebooks, and a pip."""

import contextlib
import importlib.util
import tempfile
from hashlib import sha256
from pathlib import Path

from .. import __version__
from ..show.theme import TEMPLATES
from .provenance import hash_file
from .story import find_notebooks
from .wheelhouse import name_oldest
from .writing import write_whole

SYSTEM_NAMES = {"windows": "Windows", "macos": "macOS", "linux": "Linux"}
# The folder on a stick that only start files look into.
INSIDE = "workbook"


def list_beside_wheels(served):
    """All that stands beside the wheels: {path on the stick: text or bytes}."""
    return fill_templates(served) | find_own_pip() | list_lesson_files()


def fill_templates(served):
    """The start files and what to read: {path on the stick: text}."""
    pythons = sorted({laptop.python for laptop in served}, key=lambda name: int(name[2:]))
    said = " or ".join(pythons) or "none"
    filled = {
        "MINORS": " ".join(name.removeprefix("3.") for name in reversed(pythons)),
        "PYTHONS": said,
        "NEWEST": pythons[-1] if pythons else "3.12",
        "LAPTOPS": "\n".join(f"  {line}" for line in name_kinds(served)),
        "VERSION": __version__,
    }
    given = {}
    for name, target in (
        ("README.txt", "README.txt"),
        ("python.txt", "python/README.txt"),
        ("start-linux.sh", "start-linux.sh"),
        ("start-linux.sh", "start-mac.command"),
        ("start-windows.bat", "start-windows.bat"),
        ("start.py", f"{INSIDE}/start.py"),
    ):
        text = (TEMPLATES / "stick" / name).read_text(encoding="utf-8")
        for word, value in filled.items():
            text = text.replace(f"@{word}@", value)
        # Notepad and the command line of Windows want both characters at a line's end.
        for_windows = target.endswith((".txt", ".bat"))
        given[target] = text.replace("\n", "\r\n") if for_windows else text
    return given


def name_kinds(served):
    """The kinds of laptop that a stick serves, in words."""
    lines = []
    for laptop, paths in served.items():
        oldest = name_oldest(paths.values(), laptop)
        least = {"macos": f", macOS {oldest} or newer", "linux": f", glibc {oldest} or newer"}
        system = SYSTEM_NAMES[laptop.system]
        lines.append(
            f"{system} ({laptop.machine}), Python {laptop.python}" + least.get(laptop.system, "")
        )
    return lines


def find_own_pip():
    """The pip that comes with this Python, for Linux laptops whose Python has none."""
    folders = [Path("/usr/share/python-wheels")]  # of Debian
    if (spec := importlib.util.find_spec("ensurepip")) and spec.origin:
        folders.insert(0, Path(spec.origin).with_name("_bundled"))
    for folder in folders:
        for wheel in sorted(folder.glob("pip-*.whl")):
            return {f"{INSIDE}/pip/{wheel.name}": wheel.read_bytes()}
    return {}


def list_lesson_files():
    """The notebooks, and the students' copies of the lessons: {path on the stick: bytes}."""
    from .handouts import build_handouts

    given = {f"notebooks/{path.name}": path.read_bytes() for path in find_notebooks()}
    with tempfile.TemporaryDirectory() as place:
        for path in build_handouts(out=place, to=("student",), progress=False):
            given[f"notebooks/workshop/{path.name}"] = path.read_bytes()
    return given


def write_given(folder, given, made):
    """Write files that are not there, or that the workbook made; those that others changed.

    `made` {path: hash} notes what the workbook made.
    """
    changed = []
    for name, content in given.items():
        path = folder / name
        content = content.encode("utf-8") if isinstance(content, str) else content
        checksum = sha256(content).hexdigest()
        if path.exists():
            there = hash_file(path) if path.is_file() else None
            if there not in (made.get(name), checksum):
                changed.append(name)
                continue
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)
        if path.suffix in (".sh", ".command"):
            with contextlib.suppress(OSError):
                path.chmod(0o755)
        made[name] = checksum
    return changed
