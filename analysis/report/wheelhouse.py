"""What a stick brings for each system: the wheels that the lock file names, each with its hash.

pip judges the lock's markers by the machine that it runs on; here they are judged by the laptop for
which a wheel is meant, and pip is handed plain lines.
"""

import os
import re
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ..errors import WorkbookError
from .provenance import hash_file

MACHINES = {
    "windows": ("amd64",),
    "macos": ("arm64", "x86_64"),
    "linux": ("x86_64", "aarch64"),
}
# As the markers of a lock file call them: os_name, sys_platform, platform_system.
MARKED_AS = {
    "windows": ("nt", "win32", "Windows"),
    "macos": ("posix", "darwin", "Darwin"),
    "linux": ("posix", "linux", "Linux"),
}
# macOS, and glibc 2.x of Linux, the oldest first, so that the stick serves old laptops, too; and up
# to where a package's other wheel, or none for this system alone, is better than a newer one.
MACOS, MACOS_HERE = range(11, 27), 15
GLIBC, GLIBC_HERE = range(17, 41), 29
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
# So many packages are asked for at once: what is there after a break is not fetched again.
AT_ONCE = 8
# What pip says.
NO_NETWORK = re.compile(
    r"Retrying \(|ConnectionError|connection broken|NameResolution|name resolution|Max retries"
    r"|timed out|Network is unreachable|ProxyError",
    re.IGNORECASE,
)
DISK_FULL = re.compile(r"No space left|not enough space|Errno 28\b", re.IGNORECASE)
LOCKED = re.compile(r"^([\w.-]+)==([^\s;]+)(?: ; ([^\\]+))?", re.MULTILINE)


class Laptop(NamedTuple):
    """A kind of laptop: its system, its processor, its Python."""

    system: str
    machine: str
    python: str

    def __str__(self):
        return "-".join(self)


class Pin(NamedTuple):
    """A package as the lock file pins it."""

    name: str
    version: str
    marker: str
    hashes: frozenset


def list_laptops(systems, pythons):
    """Every kind of laptop that is meant."""
    return [
        Laptop(system, machine, python)
        for system in systems
        for machine in MACHINES[system]
        for python in pythons
    ]


def read_lock(path):
    """The packages that a lock file pins."""
    pins = []
    for block in re.split(r"\n(?=\S)", Path(path).read_text(encoding="utf-8")):
        found = LOCKED.match(block)
        if found:
            name, version, marker = found.groups()
            hashes = frozenset(re.findall(r"sha256:([0-9a-f]{64})", block))
            pins.append(Pin(name, version, (marker or "").strip(), hashes))
    return pins


def select_pins(pins, laptop):
    """The packages that a laptop needs."""
    from packaging.markers import Marker

    # Of its Python the oldest release: what fits that fits the later ones.
    os_name, sys_platform, system = MARKED_AS[laptop.system]
    machine = laptop.machine.upper() if laptop.system == "windows" else laptop.machine
    environment = {
        "implementation_name": "cpython",
        "os_name": os_name,
        "platform_machine": machine,
        "platform_python_implementation": "CPython",
        "platform_system": system,
        "python_full_version": f"{laptop.python}.0",
        "python_version": laptop.python,
        "sys_platform": sys_platform,
    }
    return [pin for pin in pins if not pin.marker or Marker(pin.marker).evaluate(environment)]


def list_platforms(laptop, newest=False):
    """The platforms in the names of wheels that such a laptop can run, the oldest first.

    `newest`: also those that only new systems can run.
    """
    if laptop.system == "windows":
        return ["win_amd64"]
    if laptop.system == "macos":
        known = [major for major in MACOS if newest or major < MACOS_HERE]
        return [f"macosx_{major}_0_{laptop.machine}" for major in known]
    known = [minor for minor in GLIBC if newest or minor < GLIBC_HERE]
    old = [f"manylinux2014_{laptop.machine}"]
    return old + [f"manylinux_2_{minor}_{laptop.machine}" for minor in known]


@cache
def list_tags(laptop):
    """What the names of wheels may say that such a laptop can install."""
    from packaging.tags import compatible_tags, cpython_tags, mac_platforms

    platforms = list_platforms(laptop, newest=True)
    if laptop.system == "macos":
        platforms = list(mac_platforms((MACOS[-1], 0), laptop.machine))
    elif laptop.system == "linux":
        old = (f"manylinux{year}_{laptop.machine}" for year in ("1", "2010"))
        older = (f"manylinux_2_{minor}_{laptop.machine}" for minor in range(5, GLIBC[0]))
        platforms = [*platforms, *old, *older]
    major, minor = map(int, laptop.python.split("."))
    abi = f"cp{major}{minor}"
    return frozenset(
        [*cpython_tags((major, minor), [abi], platforms)]
        + [*compatible_tags((major, minor), abi, platforms)]
    )


def hash_wheel(path):
    """The SHA-256 of a file; read once, as long as the file stays as it is."""
    state = path.stat()
    return hash_state(path, state.st_size, state.st_mtime_ns)


@cache
def hash_state(path, _size, _changed):
    """The SHA-256 of a file in a state."""
    return hash_file(path)


def read_wheels(folder):
    """The wheels in a folder: {(name, version): [(path, its tags)]}."""
    from packaging.utils import InvalidWheelFilename, parse_wheel_filename

    wheels = {}
    for path in sorted(Path(folder).glob("*.whl")):
        try:
            name, version, _, tags = parse_wheel_filename(path.name)
        except InvalidWheelFilename:
            continue
        wheels.setdefault((name, str(version)), []).append((path, tags))
    return wheels


def find_wheel(pin, laptop, wheels):
    """The wheel among those of a folder that serves a laptop, of the right hash; or None."""
    from packaging.utils import canonicalize_name
    from packaging.version import Version

    tags = list_tags(laptop)
    key = (canonicalize_name(pin.name), str(Version(pin.version)))
    for path, own in wheels.get(key, ()):
        if not tags.isdisjoint(own) and hash_wheel(path) in pin.hashes:
            return path
    return None


def fetch_wheels(pins, laptop, folder, tick):
    """Fetch what is missing in a folder for a laptop: {pin: its wheel}, and what has none.

    `tick(n)` is told how many packages are done. WorkbookError without network, or where the disk
    is full; what was fetched until then stays.
    """
    wheels = read_wheels(folder)
    missing = [pin for pin in pins if find_wheel(pin, laptop, wheels) is None]
    tick(len(pins) - len(missing))
    for start in range(0, len(missing), AT_ONCE):
        some = missing[start : start + AT_ONCE]
        if said := download(some, laptop, folder):
            refuse_trouble(said)
            for pin in some:  # one of them has no wheel, or only one for new systems
                for newest in (False, True):
                    if said := download([pin], laptop, folder, newest):
                        refuse_trouble(said)
                    else:
                        break
        tick(len(some))
    wheels = read_wheels(folder)
    found = {pin: find_wheel(pin, laptop, wheels) for pin in pins}
    return found, [pin for pin, path in found.items() if path is None]


def download(pins, laptop, folder, newest=False):
    """Have pip fetch wheels from the index that it is set to; what it says if it fails, or ""."""
    lines = []
    for pin in pins:
        hashes = " ".join(f"--hash=sha256:{each}" for each in sorted(pin.hashes))
        lines.append(f"{pin.name}=={pin.version} {hashes}\n")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
    command += ["--only-binary=:all:", "--disable-pip-version-check", "--no-input"]
    command += ["--retries=2", "--timeout=30", f"--dest={folder}"]
    command += ["--implementation=cp", f"--python-version={laptop.python}"]
    command += [f"--platform={each}" for each in list_platforms(laptop, newest)]
    with tempfile.TemporaryDirectory() as place:
        wanted = Path(place) / "wanted.txt"
        wanted.write_text("".join(lines), encoding="utf-8")
        env = {**os.environ, "PYTHONIOENCODING": "utf-8"}
        done = subprocess.run(
            [*command, "-r", str(wanted)], capture_output=True, encoding="utf-8", env=env
        )
    return (done.stderr.strip() or "pip failed") if done.returncode else ""


def refuse_trouble(said):
    """WorkbookError where pip failed for another reason than that there is no such wheel."""
    last = said.splitlines()[-1].removeprefix("ERROR: ")
    if "No module named pip" in said:
        raise WorkbookError(f"this Python has no pip ({last}). Type: python -m ensurepip")
    if DISK_FULL.search(said):
        raise WorkbookError("the disk is full. Make room, and run this again: it goes on there.")
    if NO_NETWORK.search(said):
        raise WorkbookError(
            "the network cannot be reached, or the package index does not answer. Mend that, and "
            "run this again: what was fetched is not fetched again."
        )
    if "DO NOT MATCH THE HASHES" in said:
        raise WorkbookError(
            "a file that was fetched is not the one that the lock file names. Try again; if it "
            f"stays so, do not use it, and report it ({last})."
        )
    if "No matching distribution" not in said:
        raise WorkbookError(f"pip could not fetch a package: {last}")


def name_oldest(paths, laptop):
    """The oldest macOS, or glibc, that all these wheels run on; "" for Windows."""
    if laptop.system == "windows":
        return ""
    pattern = r"macosx_(\d+)_(\d+)_" if laptop.system == "macos" else r"manylinux_(\d+)_(\d+)_"
    needed = []
    for path in paths:
        if found := re.findall(pattern, path.name):
            needed.append(min(tuple(map(int, each)) for each in found))
    return ".".join(map(str, max(needed))) if needed else ""
