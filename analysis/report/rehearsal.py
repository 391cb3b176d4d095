"""The day before: whether this laptop is ready for a class without network.

Each check does what a student will do; a notebook is run in a kernel that refuses the network.
"""

import contextlib
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import webbrowser
from functools import partial
from pathlib import Path

from ..lexicons import resource
from .doctor import INSTALL

# Megabytes: a kernel with the models, JupyterLab, and a browser beside them.
MEMORY, MEMORY_FREE = 3500, 1500
# Seconds: for JupyterLab to answer, and for a notebook.
LAB_PATIENCE, NOTEBOOK_PATIENCE = 120, 600
# What a class will find slow.
SLOW_LAB, SLOW_NOTEBOOK = 30, 120
FIRST_NOTEBOOK = "00-start-here.ipynb"
STAY_HERE = """
import sys


def stay_here(event, args):
    if event == "socket.connect" and isinstance(args[1], tuple):
        if not str(args[1][0]).startswith(("127.", "::1", "localhost")):
            raise OSError(f"this asks the network for {args[1][0]}")
    if event == "socket.getaddrinfo" and args[0] not in (None, "", "localhost", "127.0.0.1", "::1"):
        raise OSError(f"this asks the network for {args[0]}")


sys.addaudithook(stay_here)
"""


def check_classroom(options=(), stick=None):
    """Check what a class needs: yields (what, whether it works, what there is to say, the mend).

    `options` of JupyterLab; `stick`: the path of a stick that is checked for completeness, too. At
    the end stands how long all of it took.
    """
    began = time.monotonic()
    checks = {
        "memory": check_memory,
        "browser": check_browser,
        "fonts": check_fonts,
        "address": check_address,
        "JupyterLab": partial(check_lab, options),
        "a notebook": check_notebook,
        "lessons": check_lessons,
    }
    if stick:
        checks["stick"] = partial(check_stick, stick)
    for what, check in checks.items():
        try:
            yield check()
        except Exception as error:  # whatever is wrong must be said, and the next thing checked
            said = " ".join(f"{type(error).__name__}: {error}".split())
            yield what, False, said[-300:], INSTALL
    took = time.monotonic() - began
    yield "time", True, f"{took:.0f} s for what a class needs", ""


def check_memory():
    """Memory, in all and free."""
    import psutil

    memory = psutil.virtual_memory()
    total, free = memory.total // 2**20, memory.available // 2**20
    known = f"{free:,} of {total:,} MB free"
    mend = f"close other programs: {MEMORY_FREE:,} MB are needed"
    if total < MEMORY:
        mend = f"take a laptop with {MEMORY:,} MB, or let two students share one that has more"
    return "memory", total >= MEMORY and free >= MEMORY_FREE, known, mend


def check_browser():
    """A browser that JupyterLab can open."""
    mend = "install Firefox or Chrome; until then open the address that `workbook lab` prints"
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return "browser", False, "none was found", mend
    name = getattr(browser, "name", "") or "the one that the system opens pages with"
    return "browser", True, str(name), mend


def check_fonts():
    """Letters for the pages; charts and PDF bring their own."""
    if sys.platform != "linux":
        return "fonts", True, "the system's own", ""
    mend = "install the package fonts-dejavu-core, with the network"
    if not shutil.which("fc-list"):
        return "fonts", None, "fc-list is not there to say", mend
    listed = subprocess.run(["fc-list"], capture_output=True, timeout=60).stdout.splitlines()
    return "fonts", bool(listed), f"{len(listed)} for pages", mend


def check_address():
    """Whether a program here can be reached from here, as the browser reaches JupyterLab."""
    mend = "let the firewall allow Python on this laptop alone (127.0.0.1)"
    try:
        with socket.create_server(("127.0.0.1", 0)) as server:
            socket.create_connection(server.getsockname(), timeout=5).close()
    except OSError as error:
        return "address", False, f"127.0.0.1 cannot be reached ({error})", mend
    with socket.socket() as probe:
        is_taken_port = probe.connect_ex(("127.0.0.1", 8888)) == 0
    known = "8888 is taken, JupyterLab takes the next" if is_taken_port else "8888 is free"
    return "address", True, f"127.0.0.1 answers; {known}", mend


def check_lab(options=()):
    """JupyterLab, started as `workbook lab` starts it, without a browser."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(16)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        command = [sys.executable, "-m", "jupyter", "lab", place, *options, "--no-browser"]
        command += ["--ip=127.0.0.1", f"--port={port}", f"--IdentityProvider.token={token}"]
        command += ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        log = Path(place) / "said.log"
        with open(log, "wb") as file, subprocess.Popen(command, stdout=file, stderr=file) as lab:
            try:
                answers = wait_for_page(f"http://127.0.0.1:{port}/lab?token={token}", lab, began)
            finally:
                lab.terminate()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    lab.wait(15)
                lab.kill()
        said = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    took = time.monotonic() - began
    if not answers:
        last = said[-1] if said else "it said nothing"
        return "JupyterLab", False, f"does not start: {last}", INSTALL
    known = f"opens after {took:.0f} s"
    return "JupyterLab", True, known + (": slow" if took > SLOW_LAB else ""), ""


def wait_for_page(address, lab, began):
    """Whether a page answers before the program that makes it ends, or patience does."""
    here = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while lab.poll() is None and time.monotonic() - began < LAB_PATIENCE:
        with contextlib.suppress(OSError, urllib.error.URLError):
            return b"jupyter" in here.open(address, timeout=10).read().lower()
        time.sleep(0.2)
    return False


def check_notebook():
    """The first notebook, in a kernel of its own, without network."""
    took = run_in_kernel(resource("notebooks") / FIRST_NOTEBOOK)
    known = f"{FIRST_NOTEBOOK} runs without network, in {took:.0f} s"
    return "a notebook", True, known + (": slow" if took > SLOW_NOTEBOOK else ""), ""


def run_in_kernel(path):
    """Run a notebook in a folder that is thrown away; the seconds that it takes."""
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(path, as_version=4)
    guard = nbformat.v4.new_code_cell(STAY_HERE)
    notebook.cells.insert(0, guard)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        resources = {"metadata": {"path": place}}
        client = NotebookClient(
            notebook, timeout=NOTEBOOK_PATIENCE, kernel_name="python3", resources=resources
        )
        client.execute(stderr=subprocess.DEVNULL)  # what the kernel says of itself
    return time.monotonic() - began


def check_lessons():
    """The notebooks and lessons that come along; the first lesson is run."""
    from .lessons import list_lessons
    from .story import find_notebooks

    notebooks, lessons = find_notebooks(), list(list_lessons().values())
    broken = [path.name for path in [*notebooks, *lessons] if not is_notebook(path)]
    if broken:
        return "lessons", False, f"damaged: {', '.join(broken)}", INSTALL
    if not lessons:
        return "lessons", True, f"{len(notebooks)} notebooks are there", INSTALL
    took = run_in_kernel(lessons[0])
    known = f"{len(notebooks)} notebooks and {len(lessons)} lessons; {lessons[0].stem} runs"
    return "lessons", True, f"{known} in {took:.0f} s", INSTALL


def is_notebook(path):
    """Whether a file can be read as a notebook."""
    try:
        return bool(json.loads(path.read_text(encoding="utf-8"))["cells"])
    except (OSError, ValueError, KeyError, TypeError):
        return False


def check_stick(folder):
    """Whether all is on a stick, to the byte."""
    from .stick import find_gaps, find_installers, read_card

    gaps = find_gaps(folder)
    mend = f"with the network: workbook stick {folder}"
    if gaps:
        more = f" and {len(gaps) - 3} more" if len(gaps) > 3 else ""
        return "stick", False, f"missing: {'; '.join(gaps[:3])}{more}", mend
    folder = Path(folder)
    known = f"complete, for {', '.join(read_card(folder)['laptops'])}"
    lack = "" if find_installers(folder) else "; no installer of Python on it"
    return "stick", True, known + lack, mend
