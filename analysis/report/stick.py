"""A stick for a room without network: all that thirty laptops need, in one folder."""

import json
import shutil
from pathlib import Path

from tqdm import tqdm

from .. import __version__
from ..errors import WorkbookError
from ..lexicons import resource
from .stick_files import INSIDE, list_beside_wheels, write_given
from .wheel import PACKAGE_NAME, pack_wheel
from .wheelhouse import (
    MACHINES,
    PYTHONS,
    fetch_wheels,
    hash_wheel,
    list_laptops,
    name_oldest,
    read_lock,
    select_pins,
)
from .writing import check_writable, write_whole

# What systems put on every stick.
NOBODYS = {"system volume information", "$recycle.bin", "lost.dir", "lost+found", "desktop.ini"}
CARD = "stick.json"
# Extras that the lock file has and a stick may lack.
OF_FORMATS = ("print", "slides")
# Megabytes: for all, for a kind of laptop besides, and for one more Python of its.
FOR_ALL, FOR_ONE, FOR_MORE = 120, 260, 120


def make_stick(folder, systems=(), pythons=(), without=(), progress=True):
    """Fill a folder with what laptops need to run the workbook without network.

    Returns what there is to say, in lines, and whether every kind of laptop can be served. What is
    there already and right is not fetched again, and what others wrote there is left alone.
    """
    folder = Path(folder)
    laptops = list_laptops(*check_asked(systems, pythons))
    card = open_stick(folder)
    pins = drop_extras(read_lock(resource("requirements.lock")), without)
    wheels = folder / INSIDE / "wheels"
    wheels.mkdir(parents=True, exist_ok=True)
    check_room(folder, laptops)
    served, unserved = fetch_all(pins, laptops, wheels, progress)
    name, packed = pack_wheel()
    own = wheels / name
    if not own.is_file() or own.read_bytes() != packed:
        write_whole(own, packed)
    given = {}
    card["laptops"] = {}
    for laptop, paths in served.items():
        inside = f"lists/{laptop}.txt"
        given[f"{INSIDE}/{inside}"] = write_list(paths, own)
        oldest = name_oldest(paths.values(), laptop)
        card["laptops"][str(laptop)] = {"list": inside, "oldest": oldest}
    changed = write_given(folder, given | list_beside_wheels(served), card["made"])
    drop_unused(wheels, served, own, card, pins)
    card |= {"workbook": __version__}
    write_card(folder, card)
    return describe_stick(folder, served, unserved, own, changed), not unserved


def check_asked(systems, pythons):
    """The systems and Pythons that are meant; WorkbookError where one is unknown."""
    systems, pythons = tuple(systems) or tuple(MACHINES), tuple(pythons) or ("3.12",)
    for said, asked, known in (("system", systems, MACHINES), ("Python", pythons, PYTHONS)):
        for name in asked:
            if name not in known:
                raise WorkbookError(f"{name}: no {said} known here. Choose: {', '.join(known)}.")
    return systems, pythons


def drop_extras(pins, without):
    """The packages without those that only some formats (`print`, `slides`) need."""
    from .doctor import list_wanted

    needless = set()
    for extra in without:
        if extra not in OF_FORMATS:
            raise WorkbookError(f"{extra}: cannot be left out. What can: {', '.join(OF_FORMATS)}.")
        needless |= {name for name, _ in list_wanted(extra)}
    return [pin for pin in pins if pin.name not in needless]


def open_stick(folder):
    """See that a folder can be filled; what an earlier run noted on its card."""
    if folder.is_dir() and not (folder / INSIDE / CARD).is_file():
        there = [path.name for path in folder.iterdir() if not path.name.startswith(".")]
        if {name.lower() for name in there} - NOBODYS:
            raise WorkbookError(
                f"{folder}: holds other things, and nothing there is touched. Name a folder in it: "
                f"workbook stick {folder / 'media-workbook'}"
            )
    elif folder.exists() and not folder.is_dir():
        raise WorkbookError(f"{folder}: is there already, and not a folder. Choose another name.")
    check_writable(folder / INSIDE, "another name")
    try:
        noted = read_card(folder)
    except (OSError, ValueError):
        noted = {}
    noted = {"laptops": {}, "made": {}, "wheels": []} | noted
    write_card(folder, noted)
    return noted


def read_card(folder):
    """What a stick notes of what is on it; OSError or ValueError where it is none."""
    return json.loads((folder / INSIDE / CARD).read_text(encoding="utf-8"))


def write_card(folder, card):
    """Note on the stick what is on it."""
    write_whole(folder / INSIDE / CARD, json.dumps(card, indent=1, sort_keys=True) + "\n")


def check_room(folder, laptops):
    """WorkbookError where the disk is too small; what is there already counts as room."""
    there = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) // 10**6
    free = shutil.disk_usage(folder).free // 10**6
    kinds = {(laptop.system, laptop.machine) for laptop in laptops}
    needed = FOR_ALL + FOR_ONE * len(kinds) + FOR_MORE * (len(laptops) - len(kinds))
    if free + there < needed:
        raise WorkbookError(
            f"{folder}: {free:,} MB are free, and about {needed - there:,} MB are needed. Take a "
            "larger stick, or fewer systems (--systems) or Pythons (--python)."
        )


def fetch_all(pins, laptops, folder, progress):
    """Fetch the wheels: {laptop: {pin: wheel}} of those that can be served, {laptop: missing}."""
    wanted = {laptop: select_pins(pins, laptop) for laptop in laptops}
    served, unserved = {}, {}
    total = sum(map(len, wanted.values()))
    with tqdm(total=total, desc="Wheels", unit=" wheels", disable=not progress) as bar:
        for laptop, own in wanted.items():
            bar.set_postfix_str(str(laptop))
            found, missing = fetch_wheels(own, laptop, folder, bar.update)
            if missing:
                unserved[laptop] = missing
            else:
                served[laptop] = found
    return served, unserved


def write_list(paths, own):
    """What pip on such a laptop installs, with the hash of the very file."""
    lines = [
        f"{pin.name}=={pin.version} --hash=sha256:{hash_wheel(path)}\n"
        for pin, path in paths.items()
    ]
    version = own.name.split("-")[1]
    return "".join([*lines, f"{PACKAGE_NAME}=={version} --hash=sha256:{hash_wheel(own)}\n"])


def drop_unused(wheels, served, own, card, pins):
    """Delete the wheels that an earlier run fetched and that nobody needs any more.

    Earlier runs noted them on the card, or broke off before; then the lock file knows them.
    """
    used = {path.name for paths in served.values() for path in paths.values()} | {own.name}
    known = {each for pin in pins for each in pin.hashes}
    for path in wheels.glob("*.whl"):
        if path.name not in used and (path.name in card["wheels"] or hash_wheel(path) in known):
            path.unlink()
    card["wheels"] = sorted(used)


def describe_stick(folder, served, unserved, own, changed):
    """What there is to say: sizes, what is missing, what to do next."""
    lines = []
    for laptop, paths in served.items():
        size = sum(path.stat().st_size for path in [*paths.values(), own])
        lines.append(f"✓ {laptop}: {len(paths) + 1} wheels, {size / 1e6:,.0f} MB")
    for laptop, missing in unserved.items():
        names = ", ".join(f"{pin.name} {pin.version}" for pin in missing)
        lines.append(f"✗ {laptop}: cannot be served, there is no wheel of {names}")
    for name in changed:
        lines.append(f"– {name}: somebody changed it, and it stays so")
    if not find_installers(folder):
        lines.append("– python: no installer in it yet; its README says which to put there")
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    lines.append(f"{folder}: {size / 1e6:,.0f} MB in all. Copy it to a stick, if it is not one.")
    return lines


def find_installers(folder):
    """The installers of Python that somebody put on a stick."""
    return [path for path in (folder / "python").glob("*") if path.suffix != ".txt"]


def find_gaps(folder):
    """What is missing or damaged on a stick, in words; [] where all is there."""
    folder = Path(folder)
    try:
        card = read_card(folder)
    except (OSError, ValueError):
        return [f"{folder} is no stick of the workbook"]
    gaps = [name for name in card["made"] if not (folder / name).is_file()]
    there = {hash_wheel(path) for path in (folder / INSIDE / "wheels").glob("*.whl")}
    for kind, laptop in card["laptops"].items():
        path = folder / INSIDE / laptop["list"]
        listed = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
        lost = [line.split("==")[0] for line in listed if line.rpartition(":")[2] not in there]
        gaps += [f"{name} for {kind}" for name in lost]
    return gaps if card["laptops"] else [*gaps, "it serves no laptop"]
