"""Whether a report can be made again: the same article and package must give the same bytes."""

import html
import re
import shutil
import tempfile
import zipfile
from pathlib import Path

from .. import __version__
from ..errors import WorkbookError
from ..lexicons import resource
from .build import BESIDE_ARTICLE, FORMATS, build_report, hash_files

KEYWORDS = re.compile(
    r"workbook (?P<version>\S+); article (?P<article>[0-9a-f]{64}) (?P<name>[^\n]+?); "
    r"environment (?P<environment>[0-9a-f]{64})"
)


def verify_report(report, article=None, *, progress=False):
    """Make a report again from its article and compare.

    Returned are whether every byte is the same, and what there is to say, a line each. The article
    is looked for under its name beside the report, in the folder above, in the current folder, and
    among those that come with the workbook, unless `article` names it. WorkbookError where the file
    is no report of the workbook.
    """
    report = Path(report)
    known = read_keywords(report)
    kind = find_format(report)
    if known is None or kind is None:
        raise WorkbookError(
            f"{report}: not a report of the workbook, "
            "or from before reports said how they were made."
        )
    file = find_article(known["name"], report, article)
    lines = []
    same_version = known["version"] == __version__
    if not same_version:
        lines.append(
            f"✗ made with workbook {known['version']}; this is {__version__}. "
            "Install that version to make it again."
        )
    if hash_files(file) != known["article"]:
        lines.append(
            f"✗ {file}: not the article that the report was made from "
            "(or what stands beside it has changed)."
        )
        return False, lines
    lines.append(f"✓ {file}: the article that the report was made from")
    same, outcome = make_again(report, known, kind, file, progress)
    return same and same_version, [*lines, outcome]


def find_format(report):
    """The format of a report's file, by its ending; None where it is no such file."""
    # The longest ending first: slides end in .slides.html, pages in .html.
    for kind in sorted(FORMATS, key=lambda kind: len(FORMATS[kind]), reverse=True):
        if report.name.endswith(FORMATS[kind]):
            return kind
    return None


def make_again(report, known, kind, file, progress):
    """Make a report again: whether every byte is the same, and what there is to say of it."""
    with tempfile.TemporaryDirectory() as scratch:
        named = name_as(file, Path(known["name"]).name, scratch)
        out = Path(scratch, "out")
        (again,) = build_report(named, out=out, to=(kind,), progress=progress)
        if again.read_bytes() == report.read_bytes():
            return True, f"✓ made again: the same {report.stat().st_size:,} bytes"
        made = read_keywords(again)
    if made["environment"] != known["environment"]:
        return False, (
            "✗ made again: not the same. Versions of packages or settings differ: "
            "compare the table at the end of both reports."
        )
    return False, (
        "✗ made again: not the same, though article, versions and settings are. "
        "The report was changed after it was made."
    )


def name_as(file, name, scratch):
    """The article's file under the name that the report knows.

    Where it has another now, this is a copy, with what stands beside it.
    """
    if file.name == name:
        return file
    copy = Path(scratch, name)
    shutil.copyfile(file, copy)
    for ending in BESIDE_ARTICLE:
        if file.with_suffix(ending).is_file():
            shutil.copyfile(file.with_suffix(ending), copy.with_suffix(ending))
    return copy


def find_article(name, report, article):
    """The article's file."""
    if article is not None:
        places = [Path(article)]
    else:
        folders = (report.parent, report.parent.parent, Path.cwd(), resource("seeds"))
        places = [folder / name for folder in folders]
    for place in places:
        if place.is_file():
            return place.resolve()
    raise WorkbookError(
        f"{article or name}: the article is not there. "
        f"Name its file: workbook verify {report} ARTICLE"
    )


def read_keywords(path):
    """What a report says of itself, in whichever format; None where it says nothing."""
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                text = archive.read("docProps/core.xml").decode("utf-8", "replace")
        else:
            text = path.read_bytes().decode("utf-8", "replace")
    except (OSError, KeyError, zipfile.BadZipFile):
        raise WorkbookError(f"{path}: could not be read. Name the file of a report.") from None
    found = KEYWORDS.search(html.unescape(text))
    return found.groupdict() if found else None
