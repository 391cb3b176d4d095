"""A stick for a room without network: what is on it, and that laptops start from it."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from analysis.__main__ import main
from analysis.errors import WorkbookError
from analysis.lexicons import resource
from analysis.report import stick as stick_room, wheelhouse
from analysis.report.stick import find_gaps, make_stick
from analysis.report.wheelhouse import (
    MACHINES,
    Laptop,
    fetch_wheels,
    find_wheel,
    list_laptops,
    list_platforms,
    name_oldest,
    read_lock,
    read_wheels,
    select_pins,
)

HERE = f"{sys.version_info[0]}.{sys.version_info[1]}"
CODE = f"cp{HERE.replace('.', '')}"
MAC = "macosx_12_0_arm64.macosx_11_0_arm64"
# In the index that stands in for the real one: name, version, tag.
INDEX = [
    ("plain", "1.0", "py3-none-any"),
    ("quick", "2.0", f"{CODE}-{CODE}-manylinux_2_17_x86_64.manylinux2014_x86_64"),
    ("quick", "2.0", f"{CODE}-{CODE}-manylinux_2_17_aarch64"),
    ("quick", "2.0", f"{CODE}-{CODE}-macosx_11_0_arm64"),
    ("quick", "2.0", f"{CODE}-{CODE}-macosx_13_0_x86_64"),
    ("quick", "2.0", f"{CODE}-{CODE}-win_amd64"),
    ("windows-only", "3.0", "py3-none-any"),
]
OWN = "media_analysis_workbook-0.1.0-py3-none-any.whl"


def write_wheel(folder, name, version, tag, files=()):
    stem = f"{name.replace('-', '_')}-{version}"
    path = folder / f"{stem}-{tag}.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        for inside, text in dict(files).items():
            wheel.writestr(zipfile.ZipInfo(inside), text)
        info = f"{stem}.dist-info"
        said = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        wheel.writestr(zipfile.ZipInfo(f"{info}/METADATA"), said)
        kind = f"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: {tag}\n"
        wheel.writestr(zipfile.ZipInfo(f"{info}/WHEEL"), kind)
        wheel.writestr(zipfile.ZipInfo(f"{info}/RECORD"), "")
    return path


class Index:
    """Stands in for pip and the network: hands out the wheels of a folder."""

    def __init__(self, folder):
        self.folder = folder
        self.asked = []
        self.answer = None

    def download(self, pins, laptop, folder, newest=False):
        if self.answer:
            return self.answer
        wheels = read_wheels(self.folder)
        for pin in pins:
            self.asked.append((pin.name, str(laptop)))
            if (found := find_wheel(pin, laptop, wheels)) is None:
                return f"ERROR: No matching distribution found for {pin.name}=={pin.version}"
            shutil.copy(found, folder)
        return ""


@pytest.fixture
def index(tmp_path, monkeypatch):
    """A lock file of three packages, and where to fetch them."""
    folder = tmp_path / "index"
    folder.mkdir()
    blocks, markers = {}, {"windows-only": " ; sys_platform == 'win32'"}
    for name, version, tag in INDEX:
        path = write_wheel(folder, name, version, tag, {f"{name.replace('-', '_')}.py": ""})
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        line = f"{name}=={version}{markers.get(name, '')}"
        blocks.setdefault(line, []).append(f"    --hash=sha256:{digest}")
    lock = folder / "requirements.lock"
    lock.write_text("".join(" \\\n".join([k, *v]) + "\n" for k, v in blocks.items()))
    own = write_wheel(folder, "media-analysis-workbook", "0.1.0", "py3-none-any", PROGRAM)
    own = own.rename(folder / f"{own.name}.own")
    standing = Index(folder)
    monkeypatch.setattr(wheelhouse, "download", standing.download)
    monkeypatch.setattr(stick_room, "pack_wheel", lambda: (OWN, own.read_bytes()))
    monkeypatch.setattr(
        stick_room, "resource", lambda name: lock if name == lock.name else resource(name)
    )
    return standing


# What stands in for the workbook itself: it tells how it was started.
PROGRAM = {
    "analysis/__init__.py": "",
    "analysis/__main__.py": "import sys, plain\nprint('opened', *sys.argv[1:])\n",
}


def run_stick(folder, *options):
    return main(["stick", str(folder), "--quiet", "--python", HERE, *options])


def test_a_stick_holds_what_each_kind_of_laptop_installs(index, tmp_path, capsys):
    folder = tmp_path / "my stick"
    assert run_stick(folder) == 0
    out = capsys.readouterr().out
    for kind, n in (("windows-amd64", 4), ("macos-arm64", 3), ("linux-aarch64", 3)):
        assert f"✓ {kind}-{HERE}: {n} wheels" in out
    assert "no installer in it yet" in out and "MB in all" in out
    there = {path.name for path in folder.iterdir()}
    assert there == {
        *("README.txt", "python", "notebooks", "workbook"),
        *("start-windows.bat", "start-mac.command", "start-linux.sh"),
    }
    card = json.loads((folder / "workbook" / "stick.json").read_text())
    assert card["laptops"][f"macos-x86_64-{HERE}"]["oldest"] == "13.0"
    listed = (folder / "workbook" / "lists" / f"linux-x86_64-{HERE}.txt").read_text().splitlines()
    names = [line.split(" --hash=")[0] for line in listed]
    assert names == ["plain==1.0", "quick==2.0", "media-analysis-workbook==0.1.0"]
    assert find_gaps(folder) == []


def test_what_is_there_and_right_is_not_fetched_again(index, tmp_path):
    assert run_stick(tmp_path / "stick") == 0
    assert len(index.asked) == len(INDEX)
    index.asked.clear()
    assert run_stick(tmp_path / "stick") == 0
    assert index.asked == []
    (tmp_path / "stick/workbook/wheels/plain-1.0-py3-none-any.whl").write_bytes(b"half")
    gaps = find_gaps(tmp_path / "stick")
    assert len(gaps) == 5 and f"plain for windows-amd64-{HERE}" in gaps
    assert run_stick(tmp_path / "stick") == 0
    assert {name for name, _ in index.asked} == {"plain"}
    assert find_gaps(tmp_path / "stick") == []


def test_fewer_systems_take_less_room(index, tmp_path):
    run_stick(tmp_path / "stick")
    card = tmp_path / "stick/workbook/stick.json"
    card.write_text("{}")  # as after a break
    (card.parent / "wheels" / "mine-1.0-py3-none-any.whl").write_bytes(b"somebody's own")
    assert run_stick(tmp_path / "stick", "--systems", "windows") == 0
    wheels = [path.name for path in (tmp_path / "stick/workbook/wheels").iterdir()]
    assert len(wheels) == 5 and not any("linux" in name or "macosx" in name for name in wheels)
    assert "mine-1.0-py3-none-any.whl" in wheels


def test_a_laptop_for_which_a_package_has_no_wheel_is_named(index, tmp_path, capsys):
    (index.folder / f"quick-2.0-{CODE}-{CODE}-macosx_13_0_x86_64.whl").unlink()
    assert run_stick(tmp_path / "stick") == 1
    out = capsys.readouterr().out
    said = f"✗ macos-x86_64-{HERE}: cannot be served, there is no wheel of quick 2.0"
    assert said in out and f"✓ macos-arm64-{HERE}" in out
    card = json.loads((tmp_path / "stick/workbook/stick.json").read_text())
    assert f"macos-x86_64-{HERE}" not in card["laptops"]


@pytest.mark.parametrize(
    "said, mend",
    [
        ("WARNING: Retrying (Retry(total=1))\nERROR: No matching distribution", "network"),
        ("ERROR: Could not install: [Errno 28] No space left on device", "the disk is full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES\n x", "not the one that the lock"),
        ("/usr/bin/python: No module named pip", "has no pip"),
        ("ERROR: something else", "something else"),
    ],
)
def test_what_keeps_pip_from_fetching_is_said_with_the_mend(index, tmp_path, capsys, said, mend):
    index.answer = said
    assert run_stick(tmp_path / "stick") == 1
    err = capsys.readouterr().err
    assert mend in err and len(err.splitlines()) == 1
    index.answer = None
    assert run_stick(tmp_path / "stick") == 0  # and it goes on from there


def test_a_disk_that_is_too_small_is_said_before_anything_is_fetched(
    index, tmp_path, monkeypatch, capsys
):
    usage = type("Usage", (), {"free": 10**8})
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    assert run_stick(tmp_path / "stick") == 1
    assert "100 MB are free" in capsys.readouterr().err
    assert index.asked == []


def test_a_folder_with_other_things_is_left_alone(index, tmp_path, capsys):
    folder = tmp_path / "stick"
    folder.mkdir()
    (folder / "holiday.jpg").write_bytes(b"x")
    assert run_stick(folder) == 1
    assert "Name a folder in it" in capsys.readouterr().err
    assert [path.name for path in folder.iterdir()] == ["holiday.jpg"]
    assert run_stick(folder / "media-workbook") == 0
    (tmp_path / "file").write_text("x")
    assert run_stick(tmp_path / "file") == 1


def test_an_empty_stick_is_never_quite_empty(index, tmp_path):
    for name in ("System Volume Information", ".Trashes"):
        (tmp_path / "stick" / name).mkdir(parents=True)
    assert run_stick(tmp_path / "stick") == 0


def test_what_somebody_changed_stays(index, tmp_path, capsys):
    folder = tmp_path / "stick"
    run_stick(folder)
    (folder / "README.txt").write_text("Our school")
    (folder / "python" / "python-3.12.0-amd64.exe").write_bytes(b"x")
    assert run_stick(folder) == 0
    out = capsys.readouterr().out
    assert "– README.txt: somebody changed it, and it stays so" in out
    assert out.count("no installer") == 1  # of the first run
    assert (folder / "README.txt").read_text() == "Our school"
    assert (folder / "python" / "python-3.12.0-amd64.exe").is_file()


@pytest.mark.parametrize(
    "options, said",
    [
        (["--systems", "beos"], "beos: no system known here. Choose: windows, macos, linux."),
        (["--python", "2.7"], "2.7: no Python known here"),
        (["--without", "words"], "words: cannot be left out. What can: print, slides."),
    ],
)
def test_what_is_not_known_is_answered_with_what_is(index, tmp_path, capsys, options, said):
    assert run_stick(tmp_path / "stick", *options) == 1
    assert said in capsys.readouterr().err


def test_formats_can_be_left_out():
    pins = read_lock(resource("requirements.lock"))
    left = {pin.name for pin in stick_room.drop_extras(pins, ["print"])}
    assert {pin.name for pin in pins} - left == {"pypandoc-binary", "typst"}


LAPTOPS = list_laptops(MACHINES, ("3.11", "3.12", "3.13"))


@pytest.mark.parametrize("laptop", LAPTOPS, ids=str)
def test_the_lock_names_one_version_of_each_package_for_each_laptop(laptop):
    names = [pin.name for pin in select_pins(read_lock(resource("requirements.lock")), laptop)]
    assert len(names) == len(set(names))
    assert {"spacy", "jupyterlab", "onnxruntime"} <= set(names)
    assert ("pywinpty" in names) == (laptop.system == "windows")
    assert ("pexpect" in names) == (laptop.system != "windows")
    assert ("overrides" in names) == (laptop.python == "3.11")


def test_an_old_laptop_gets_the_wheel_that_it_can_use(tmp_path):
    mac = Laptop("macos", "arm64", "3.12")
    assert list_platforms(mac)[0] == "macosx_11_0_arm64"
    assert "macosx_15_0_arm64" in set(list_platforms(mac, newest=True)) - set(list_platforms(mac))
    paths = [Path(f"a-1-cp312-cp312-{tag}.whl") for tag in (MAC, "macosx_14_0_arm64", "any")]
    assert name_oldest(paths, mac) == "14.0"
    assert name_oldest(paths[:1], mac) == "11.0"


def test_what_has_only_a_wheel_for_new_systems_is_fetched_all_the_same(index, tmp_path):
    mac = Laptop("macos", "arm64", HERE)
    path = write_wheel(index.folder, "late", "1.0", f"{CODE}-{CODE}-macosx_15_0_arm64")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    pin = wheelhouse.Pin("late", "1.0", "", frozenset([digest]))
    (tmp_path / "to").mkdir()
    done = []
    found, missing = fetch_wheels([pin], mac, tmp_path / "to", done.append)
    assert (found[pin].name, missing, sum(done)) == (path.name, [], 1)
    assert name_oldest(found.values(), mac) == "15.0"


def test_start_files_suit_the_systems_that_read_them(index, tmp_path):
    run_stick(tmp_path / "stick")
    for name in ("start-windows.bat", "README.txt", "python/README.txt"):
        content = (tmp_path / "stick" / name).read_bytes()
        assert content.isascii() and content.count(b"\n") == content.count(b"\r\n")
    for name in ("start-mac.command", "start-linux.sh", "workbook/start.py"):
        content = (tmp_path / "stick" / name).read_bytes()
        assert content.isascii() and b"\r" not in content
    for path in (tmp_path / "stick").rglob("*"):
        if path.suffix in (".txt", ".bat", ".sh", ".command", ".py"):
            assert not re.search("@[A-Z]+@", path.read_text(encoding="utf-8")), path
    windows = (tmp_path / "stick/start-windows.bat").read_text()
    assert f"in ({HERE.removeprefix('3.')})" in windows


@pytest.fixture
def start(index, tmp_path):
    """Start from a stick, as a student does whose name is not of ASCII letters."""
    folder = tmp_path / "the stick (1)"
    run_stick(folder)
    home = tmp_path / "Zoë Müller"
    home.mkdir()
    beside = tmp_path / "bin"
    beside.mkdir()
    (beside / f"python{HERE}").symlink_to(sys.executable)

    def run(*options, **environment):
        env = {"HOME": str(home), "PATH": f"{beside}:/usr/bin:/bin", **environment}
        command = ["/bin/sh", str(folder / "start-linux.sh"), *options]
        return subprocess.run(
            command, capture_output=True, text=True, env=env, encoding="utf-8", timeout=300
        )

    run.folder, run.home = folder, home / "media-workbook"
    return run


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the start file of Linux")
def test_a_laptop_starts_from_the_stick_and_again_without_it(start):
    done = start()
    assert done.returncode == 0, done.stdout + done.stderr
    notebooks = start.home / "notebooks"
    assert done.stdout.splitlines()[-1] == f"opened lab {notebooks}"
    mine = notebooks / "00-start-here.ipynb"
    mine.write_text("mine")
    (notebooks / "01-words.ipynb").unlink()
    again = start()
    assert "Setting up" not in again.stdout and "opened lab" in again.stdout
    assert mine.read_text() == "mine" and (notebooks / "01-words.ipynb").is_file()
    shutil.rmtree(start.folder)
    alone = subprocess.run(
        ["/bin/sh", str(start.home / "start-again.sh")], capture_output=True, text=True, env={}
    )
    assert alone.stdout == "opened lab notebooks\n"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the start file of Linux")
def test_a_damaged_stick_installs_nothing_and_is_mended(start):
    wheel = start.folder / "workbook/wheels/plain-1.0-py3-none-any.whl"
    sound = wheel.read_bytes()
    write_wheel(wheel.parent, "plain", "1.0", "py3-none-any", {"plain.py": "evil"})
    done = start("--no-lab")
    assert done.returncode == 1 and "It did not work" in done.stdout
    assert "DO NOT MATCH THE HASHES" in done.stdout
    wheel.write_bytes(sound)
    # Mended, on a laptop whose Python brings no pip, as Debian's does.
    program = start.folder / "workbook" / "start.py"
    code = (
        "import runpy, sys; sys.modules['ensurepip'] = None; "
        f"sys.argv = ['start.py', '--no-lab']; runpy.run_path({str(program)!r}, "
        "run_name='__main__')"
    )
    env = {"HOME": str(start.home.parent), "PATH": "/usr/bin:/bin"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env)
    assert done.returncode == 0, done.stdout + done.stderr
    assert not (start.home / "set-up.log").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="the start file of Linux")
def test_what_keeps_a_laptop_from_starting_is_said(start):
    start.home.mkdir()
    (start.home / "diary.txt").write_text("x")
    foreign = start()
    assert foreign.returncode == 1 and "is there already, and not from here" in foreign.stdout
    assert [path.name for path in start.home.iterdir()] == ["diary.txt"]
    closed = start(WORKBOOK_HOME="/proc/media-workbook")
    assert closed.returncode == 1 and "cannot be written to" in closed.stdout
    card = start.folder / "workbook/stick.json"
    noted = json.loads(card.read_text())
    noted["laptops"] = {}
    card.write_text(json.dumps(noted))
    unfit = start()
    assert unfit.returncode == 1
    assert f"no Python on this laptop that this stick can use (it can use {HERE})" in unfit.stdout


def test_the_stick_lists_gaps(tmp_path, index):
    assert find_gaps(tmp_path) == [f"{tmp_path} is no stick of the workbook"]
    lines, is_complete = make_stick(tmp_path / "stick", ["linux"], [HERE], progress=False)
    assert is_complete and len([line for line in lines if line.startswith("✓")]) == 2
    (tmp_path / "stick/start-windows.bat").unlink()
    assert find_gaps(tmp_path / "stick") == ["start-windows.bat"]


def test_a_place_that_cannot_be_written_to_is_named(index, tmp_path):
    if os.name == "posix" and os.geteuid() == 0:
        folder = Path("/proc/stick")
    else:
        folder = tmp_path / "closed" / "stick"
        folder.parent.mkdir(mode=0o500)
    with pytest.raises(WorkbookError, match="cannot be written to"):
        make_stick(folder, progress=False)
