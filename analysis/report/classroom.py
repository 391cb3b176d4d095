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
    folder = resource("notebooks")
    notebooks = sorted(folder.glob("*.ipynb"))
    lessons = sorted((folder / "workshop").glob("*.ipynb"))
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
    from .stick import CARD, find_gaps
    from .stick_files import INSIDE

    gaps = find_gaps(folder)
    mend = f"with the network: workbook stick {folder}"
    if gaps:
        more = f" and {len(gaps) - 3} more" if len(gaps) > 3 else ""
        return "stick", False, f"missing: {'; '.join(gaps[:3])}{more}", mend
    card = json.loads((Path(folder) / INSIDE / CARD).read_text(encoding="utf-8"))
    known = f"complete, for {', '.join(card['laptops'])}"
    installers = [path for path in Path(folder, "python").glob("*") if path.suffix != ".txt"]
    return "stick", True, known + ("" if installers else "; no installer of Python on it"), mend
"""What a class coded, merged: one page to talk about, and one sheet with all answers."""

import io
import warnings
from pathlib import Path

import pandas as pd

from .. import schema
from ..errors import ArticleError, WorkbookError
from ..lexicons import resource
from ..read.articles import read_articles
from ..read.classroom import CLASS_PAGE, FROM_FILE, MERGED, USED, gather_class, read_class_files
from ..read.codings import SHEET_COLUMNS
from ..read.files import find_files
from ..read.formats import READERS
from ..text import how_many
from .notebook import run_notebook
from .provenance import CHECKSUMS, check_data_folder, list_checksums, read_checksums
from .tables import defuse, whole_text
from .writing import check_writable, whole_folder, write_whole

FILES = "files.csv"
# Files beside a class's sheets that are tried as their article, at most.
MOST_TRIED = 20


def build_class(folder, article=None, *, out=None, names=False, progress=True):
    """Merge what a class coded and return (the paths of page and sheet, what to say of the files).

    `folder` holds the files of all coders, `article` is what they coded: by default the article
    that comes with the workbook, or one that lies in the folder or here. Written is a folder of its
    own, `out`: the page, one sheet with all answers, and a list of the files. It is replaced only
    where nothing in it was changed since it was made. Coders are named on the page with `names`.
    """
    folder = Path(folder).expanduser()
    target = Path(out or f"{folder.resolve().name}-class")
    check_target_folder(Path.cwd() / target)
    found, headline = find_coded(check_used(gather_class(folder), folder), article, folder)
    articles = read_quietly(found, headline)
    sheets = check_used(gather_class(folder, articles), folder)
    files = read_class_files(folder, articles)
    asked = {"article": str(found or ""), "folder": str(folder.resolve())}
    asked |= {"headline": int(headline), "names": int(names)}
    page = render_class(asked, progress)
    with whole_folder(Path.cwd() / target) as made:
        write_whole(made / CLASS_PAGE, page)
        write_whole(made / MERGED, write_sheets(sheets))
        write_whole(made / FILES, write_cells(files))
        write_whole(made / CHECKSUMS, list_checksums(made))
    return [target / CLASS_PAGE, target / MERGED], describe_files(files, target)


def check_target_folder(target):
    """See that a folder may be written; WorkbookError where it holds what `class` did not make."""
    check_data_folder(target)
    if target.is_dir() and any(target.iterdir()) and CLASS_PAGE not in read_checksums(target):
        raise WorkbookError(
            f"{target}: holds what `workbook class` did not make. Nothing was changed. "
            "Choose another folder with --out."
        )
    check_writable(target.parent, "--out")


def check_used(sheets, folder):
    """The sheets; WorkbookError where none of them counts."""
    if not any(sheet.status == USED for sheet in sheets):
        why = " ".join(f"{sheet.name}: {' '.join(sheet.notes) or sheet.status}" for sheet in sheets)
        raise WorkbookError(f"{folder}: no file in it holds an answer that counts. {why}")
    return sheets


def find_coded(sheets, article, folder):
    """(the file of the article that was coded, None for the workbook's own; whether its headline
    stands above its text); WorkbookError where it is not found."""
    wanted = [row["doc_id"] for sheet in sheets for row in sheet.rows]
    tried = [article] if article else [None, *list_near(folder)]
    hits = {}
    for path in tried:
        for headline in (False, True):
            known = set(read_quietly(path, headline)["doc_id"])
            hits[path, headline] = sum(doc_id in known for doc_id in wanted)
    best = max(hits, key=hits.get)
    if hits[best]:
        return best
    mend = f"workbook class {folder} my-article.txt"
    said = "none is of the article that comes with the workbook, or of one in that folder or here"
    if article:
        said = f"none is of {article}, or its text was edited since"
    raise WorkbookError(f"{folder}: of the answers in it {said}. Name the article: {mend}")


def list_near(folder):
    """Files in the class's folder, and here, that may be the article."""
    near = []
    for place in (folder, Path.cwd()):
        its = [path for path in sorted(place.iterdir()) if path.suffix.lower() in READERS]
        its = [path for path in its if path.is_file() and path.suffix.lower() != ".csv"]
        near += its[:MOST_TRIED]
    return list(dict.fromkeys(path.resolve() for path in near))


def read_quietly(path, headline):
    """The articles in a file; a table without rows where it holds none."""
    with warnings.catch_warnings(action="ignore"):
        try:
            return read_articles(path or find_files(None)[0], headline=headline)
        except (ArticleError, OSError):
            return schema.table([], "articles")


def render_class(asked, progress):
    """The page, from the notebook that makes it."""
    from .html import render_page

    notebook = run_notebook(resource("notebooks") / "class.ipynb", asked, progress=progress)
    # What it was run with are paths, and those are nobody's business.
    notebook.cells = [cell for cell in notebook.cells if cell.id != "parameters"]
    return render_page(notebook)


def write_sheets(sheets):
    """One sheet of all answers that count, as CSV, with the file that each comes from."""
    rows = [row for sheet in sheets for row in sheet.rows]
    frame = pd.DataFrame(rows, columns=[*SHEET_COLUMNS, FROM_FILE])
    return write_cells(frame)


def write_cells(frame):
    """A table as CSV that a spreadsheet opens: nothing in it is a formula."""
    cells = frame.astype("object").where(frame.notna(), "").map(whole_text).map(defuse)
    text = io.StringIO()
    cells.to_csv(text, index=False, lineterminator="\r\n")
    return text.getvalue().encode("utf-8-sig", "replace")


def describe_files(files, target):
    """What to say of the files: how many count, and what is wrong with which."""
    used = files[files["status"] == USED]
    told = [f"{how_many(len(used), 'file')} of {len(files)} merged."]
    for row in files[files["note"].notna() | (files["status"] != USED)].itertuples():
        note = f" {row.note}" if isinstance(row.note, str) else ""
        told.append(f"{row.file}: {row.status}.{note}")
    return [*told, f"All files and what became of them: {target / FILES}"]
