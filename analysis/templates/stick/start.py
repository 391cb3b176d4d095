"""What the start files of a stick run: sets the workbook up on this laptop, and opens it.

It asks the network for nothing, and needs nothing but Python. All that it makes lies in one folder
in the user's home; on the stick it writes nothing.
"""

import argparse
import importlib.util
import json
import os
import platform
import shutil
import subprocess
import sys
import sysconfig
import time
from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).resolve().parent
HOME = "media-workbook"
FOLDER_MARK = "about-this-folder.txt"
FOLDER_TEXT = """The media analysis workbook made this folder, from a stick.

notebooks/     yours: change them as you like
environment/   Python and what the workbook needs; start-again opens the notebooks with it,
               without the stick

To take the workbook off this laptop, delete the folder.
"""
# Megabytes that the environment takes, with room to work.
ROOM_NEEDED = 2000
DONE = "installed-from-stick.txt"


class StartError(Exception):
    """What keeps the workbook from starting, with the mend."""


def read_stick():
    """What the stick says of itself."""
    return json.loads((HERE / "stick.json").read_text(encoding="utf-8"))


def name_laptop():
    """The kind of laptop this is, as the stick calls it."""
    version = ".".join(map(str, sys.version_info[:2]))
    if sys.platform == "win32":
        # An ordinary Python runs on ARM, too; what counts is what it was made for.
        return f"windows-{sysconfig.get_platform().removeprefix('win-')}-{version}"
    system = {"darwin": "macos"}.get(sys.platform, sys.platform)
    return f"{system}-{platform.machine()}-{version}"


def find_unfit_python(stick):
    """Why this Python cannot be used, or ""."""
    if platform.python_implementation() != "CPython" or sysconfig.get_config_var("Py_GIL_DISABLED"):
        return "this is not the usual Python"
    if name_laptop() not in stick["laptops"]:
        return f"the stick has nothing for {name_laptop()}"
    return ""


def check_system(oldest):
    """StartError where the system is older than the packages need."""
    if sys.platform == "darwin":
        name, own = "macOS", platform.mac_ver()[0]
    else:
        name, own = "glibc", platform.libc_ver()[1]
    if oldest and own and split_version(own) < split_version(oldest):
        raise StartError(f"{name} {own} is too old: {oldest} is needed. Take another laptop.")


def split_version(text):
    """A version as numbers."""
    return [int(part) for part in text.split(".")[:2] if part.isdigit()]


def find_home():
    """The folder on this laptop for all that is made."""
    home = Path(os.environ.get("WORKBOOK_HOME") or Path.home() / HOME)
    if home.is_dir() and any(home.iterdir()) and not (home / FOLDER_MARK).is_file():
        raise StartError(
            f"{home} is there already, and not from here. Rename it, or name another folder in "
            "WORKBOOK_HOME."
        )
    try:
        home.mkdir(parents=True, exist_ok=True)
        (home / FOLDER_MARK).write_text(FOLDER_TEXT, encoding="utf-8")
    except OSError as error:
        raise StartError(f"{home} cannot be written to ({error.strerror}).") from None
    return home


def find_python(environment):
    """The Python of an environment."""
    if os.name == "nt":
        return environment / "Scripts" / "python.exe"
    return environment / "bin" / "python"


def is_sound(python):
    """Whether the Python of an environment still starts."""
    try:
        return subprocess.run([python, "-c", ""], capture_output=True).returncode == 0
    except OSError:
        return False


def make_environment(home, wanted):
    """An environment with all that the workbook needs; quick where it is there already."""
    environment = home / "environment"
    python, done = find_python(environment), environment / DONE
    state = sha256(wanted.read_bytes()).hexdigest()
    if done.is_file() and done.read_text(encoding="utf-8") == state and is_sound(python):
        return python
    free = shutil.disk_usage(home).free // 2**20
    if free < ROOM_NEEDED:
        raise StartError(f"{free} MB are free on this laptop's disk, and {ROOM_NEEDED} are needed.")
    print(f"Setting up in {home}, once. It takes some minutes; leave the stick in.", flush=True)
    pip = find_pip()
    options = ["--clear"] if environment.exists() else []
    if pip:
        options += ["--without-pip"]
    wait("Making an environment", [sys.executable, "-m", "venv", *options, environment])
    install = [python, *(pip or ["-m", "pip"]), "install", "--no-index", "--no-deps"]
    install += ["--find-links", HERE / "wheels", "--require-hashes", "--no-compile", "--quiet"]
    install += ["--disable-pip-version-check", "--no-cache-dir", "-r", wanted]
    wait("Installing", install)
    compiled = [python, "-m", "compileall", "-q", "-j", "0", environment]
    wait("Getting ready", compiled, must=False)
    done.write_text(state, encoding="utf-8")
    return python


def find_pip():
    """The stick's own pip, where this Python has none to give; else None."""
    if importlib.util.find_spec("ensurepip") is not None:
        return None
    for wheel in sorted((HERE / "pip").glob("pip-*.whl")):
        return [wheel / "pip"]
    raise StartError("this Python has no pip. Install the package python3-venv, with the network.")


def wait(said, command, must=True):
    """Run a command, with a dot every few seconds; StartError where it fails."""
    print(said, end=" ", flush=True)
    # What is set for pip on this laptop, an index for instance, is not for here.
    env = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    env |= {"PIP_CONFIG_FILE": os.devnull, "PYTHONUTF8": "1"}
    env.pop("PYTHONPATH", None)
    log = find_log()
    with open(log, "wb") as file:
        running = subprocess.Popen(list(map(str, command)), stdout=file, stderr=file, env=env)
        began = time.monotonic()
        while running.poll() is None:
            time.sleep(0.2)
            if time.monotonic() - began > 5:
                print(".", end="", flush=True)
                began = time.monotonic()
    print(" done." if running.returncode == 0 else " failed.", flush=True)
    if must and running.returncode:
        lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        raise StartError("\n".join([*lines[-5:], f"All that was said is in {log}."]))


def find_log():
    """The file for what is said on the way."""
    return Path(os.environ.get("WORKBOOK_HOME") or Path.home() / HOME) / "set-up.log"


def copy_notebooks(home):
    """The student's own notebooks; those that are there already stay as they are."""
    folder = home / "notebooks"
    source = HERE.parent / "notebooks"
    for path in sorted(source.rglob("*")):
        own = folder / path.relative_to(source)
        if path.is_file() and not own.exists():
            own.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, own)
    return folder


def write_start_again(home):
    """A file that opens the notebooks again, without the stick."""
    if os.name == "nt":
        # Names relative to itself: a batch file need not know how the user is spelt.
        text = (
            '@echo off\r\n"%~dp0environment\\Scripts\\python.exe" -m analysis lab '
            '"%~dp0notebooks"\r\nif errorlevel 1 pause\r\n'
        )
        path = home / "start-again.bat"
    else:
        text = (
            '#!/bin/sh\ncd "$(dirname "$0")" || exit 1\n'
            "exec environment/bin/python -m analysis lab notebooks\n"
        )
        path = home / ("start-again.command" if sys.platform == "darwin" else "start-again.sh")
    path.write_bytes(text.encode("ascii"))
    path.chmod(0o755)


def begin(arguments=None):
    """Set up and open; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fits", action="store_true", help="only say whether this Python fits")
    parser.add_argument("--no-lab", action="store_true", help="set up, and do not open JupyterLab")
    args, options = parser.parse_known_args(arguments)
    stick = read_stick()
    unfit = find_unfit_python(stick)
    if args.fits:
        return 1 if unfit else 0
    try:
        if unfit:
            raise StartError(f"{unfit}. The folder python on the stick says what to install.")
        laptop = stick["laptops"][name_laptop()]
        check_system(laptop["oldest"])
        home = find_home()
        python = make_environment(home, HERE / laptop["list"])
        folder = copy_notebooks(home)
        write_start_again(home)
        find_log().unlink(missing_ok=True)
    except (StartError, OSError) as trouble:
        print(f"\nIt did not work: {trouble}", flush=True)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Start again when you like: it begins anew.", flush=True)
        return 130
    print(f"Your notebooks are in {folder}", flush=True)
    if args.no_lab:
        return 0
    print("JupyterLab opens in the browser. It ends when this window is closed.", flush=True)
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [python, "-m", "analysis", "lab", folder, *(["--", *options] if options else [])]
    with subprocess.Popen(list(map(str, command)), env=env, cwd=home) as lab:
        while True:
            try:
                return lab.wait()
            except KeyboardInterrupt:  # JupyterLab got it, too, and ends in its own way
                continue


if __name__ == "__main__":
    sys.exit(begin())
