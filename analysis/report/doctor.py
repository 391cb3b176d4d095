"""Whether all that the workbook needs is there and works, and what to do where it does not."""

import importlib.metadata
import os
import shutil
import sys
import tempfile
from importlib.machinery import PathFinder
from pathlib import Path

from .. import __version__

# Megabytes that a report with all its formats may take.
DISK = 500
EXTRAS = {"print": "PDF and Word documents", "slides": "slides", "corpus": "whole corpora"}
INSTALL = "install the workbook again, as its README says"
PACKAGE = Path(__file__).resolve().parents[1]


def check_setup():
    """Check the set-up: yields (what, whether it works, what there is to say, what to do).

    Whether it works is None for what is not needed. No check asks the network for anything.
    """
    for check in (
        check_python,
        check_packages,
        check_language_model,
        check_name_model,
        check_tone_model,
        check_charts,
        check_kernel,
        check_namesakes,
        check_folder,
        check_disk,
        check_kept,
    ):
        try:
            what, works, known, mend = check()
            if known is None:
                continue
            yield what, bool(works), known, mend
        except Exception as error:  # whatever is wrong must be said, and the next thing checked
            name = check.__name__.removeprefix("check_").replace("_", " ")
            yield name, False, f"{type(error).__name__}: {error}", INSTALL
    for extra in EXTRAS:
        yield check_extra(extra)


def check_python():
    """Python itself."""
    version = ".".join(map(str, sys.version_info[:3]))
    known = f"{version} at {sys.prefix}"
    return "Python", sys.version_info >= (3, 11), known, "install Python 3.11 or newer"


def list_wanted(extra=None):
    """The packages asked for, [(name, specifier)]: of the workbook itself, or of an extra."""
    from packaging.requirements import Requirement

    packages = []
    for line in importlib.metadata.requires("media-analysis-workbook") or ():
        wanted = Requirement(line)
        if extra is None:
            is_asked = wanted.marker is None
        else:
            is_asked = wanted.marker is not None and wanted.marker.evaluate({"extra": extra})
        if is_asked:
            packages.append((wanted.name, wanted.specifier))
    return packages


def find_unfit(packages):
    """Which packages are missing or of another version than asked for."""
    unfit = []
    for name, specifier in packages:
        try:
            version = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            unfit.append(f"{name} is missing")
            continue
        if not specifier.contains(version, prereleases=True):
            unfit.append(f"{name} is {version}, {specifier} is needed")
    return unfit


def check_packages():
    """The packages that the workbook needs."""
    packages = list_wanted()
    unfit = find_unfit(packages)
    sound = f"workbook {__version__} and the {len(packages)} packages that it needs"
    return "packages", not unfit, "; ".join(unfit) or sound, INSTALL


def check_extra(extra):
    """Packages for formats that not everybody needs."""
    unfit = find_unfit(list_wanted(extra))
    mend = f'only if you want them: pip install "media-analysis-workbook[{extra}]"'
    return EXTRAS[extra], None if unfit else True, "; ".join(unfit) or "can be made", mend


def check_language_model():
    """The language model, on one sentence."""
    from ..parse.tokens import split_tokens
    from ..read.articles import read_texts

    tokens = split_tokens(read_texts("Putin met Joe Biden."))
    return "language model", tokens["ent"].notna().sum() >= 2, "reads a sentence", INSTALL


def check_name_model():
    """The model of names and references, on one sentence."""
    from ..find.mentions import find_mentions
    from ..parse.tokens import split_tokens
    from ..read.articles import read_texts

    articles = read_texts("Putin met Joe Biden.")
    mentions = find_mentions(articles, split_tokens(articles))
    found = mentions["actor"].isin(["Putin", "Joe Biden"]).sum() == 2
    return "model of names", found, "finds who is named", f"its file is damaged: {INSTALL}"


def check_tone_model():
    """The tone model, on one sentence."""
    from ..measure.tone.model import score_with_model

    negative, _, positive = score_with_model(["The mayor lied and stole."], [(0, 9)])[0]
    return "tone model", negative > positive, "scores a sentence", f"its file is damaged: {INSTALL}"


def check_charts():
    """The renderer of charts, and the fonts that it carries."""
    from ..show.vega import draw_svg

    spec = {
        "data": {"values": [{"a": 1}]},
        "mark": "bar",
        "encoding": {"x": {"field": "a", "type": "quantitative"}},
    }
    drawn = draw_svg(spec).startswith("<svg")
    return "charts", drawn, "are drawn; their fonts are in the package", INSTALL


def check_kernel():
    """The kernel that runs notebooks: it must be this Python."""
    from jupyter_client.kernelspec import KernelSpecManager

    mend = "python -m ipykernel install --sys-prefix"
    command = Path(KernelSpecManager().get_kernel_spec("python3").argv[0])
    if command.is_absolute() and command.resolve() != Path(sys.executable).resolve():
        return "notebooks", False, f"run in {command}", mend
    return "notebooks", True, "run in this Python", mend


def check_namesakes():
    """No file or folder that `import analysis` takes for the workbook, here or with notebooks."""
    for folder in (Path.cwd(), Path.cwd() / "notebooks"):
        found = PathFinder.find_spec(PACKAGE.name, [str(folder)])
        # A folder without __init__.py has no origin, and stands in nobody's way.
        if found is None or found.origin is None:
            continue
        other = Path(found.origin)
        if other.name == "__init__.py":
            other = other.parent
        if other.resolve() != PACKAGE:
            known = f"notebooks would take {other} for the workbook"
            return "names", False, known, "rename it, and restart the kernel of open notebooks"
    return "names", True, "nothing else here is called analysis", ""


def check_folder():
    """Whether files can be written here."""
    try:
        with tempfile.TemporaryFile(dir="."):
            pass
    except OSError as error:
        known = f"cannot be written to ({error.strerror}): {Path.cwd()}"
        return "this folder", False, known, "change to a folder of your own"
    return "this folder", True, "can be written to", ""


def check_disk():
    """Room on the disk."""
    free = shutil.disk_usage(".").free // 2**20
    return "disk", free >= DISK, f"{free:,} MB free", f"make room for {DISK} MB"


def check_kept():
    """The folder of what was worked out once; nothing is said where there is none."""
    from ..kept import find_kept, list_kept

    folder, named = find_kept(), os.environ.get("WORKBOOK_KEEP")
    if folder is None and named:
        mend = "name an empty or new folder of your own in WORKBOOK_KEEP"
        return "kept", False, f"nothing can be kept in {named}", mend
    if folder is None:
        return "kept", True, None, ""
    size = sum(size for _, size, _ in list_kept(folder)) / 1e6
    return "kept", True, f"{size:,.1f} MB worked out already, in {folder}", ""
