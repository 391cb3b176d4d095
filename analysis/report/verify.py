"""Whether a report can be made again: the same article and the same package must give the same bytes."""

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
    r"workbook (?P<version>\S+); article (?P<article>[0-9a-f]{64}) (?P<name>[^\n]+?); environment (?P<environment>[0-9a-f]{64})"
)


def verify_report(report, article=None, progress=False):
    """Make a report again from its article and compare: (whether every byte is the same, what there is to say, a line each).

    The article is looked for under its name beside the report, in the folder above, in the current folder, and among those that
    come with the workbook, unless `article` names it. WorkbookError where the file is no report of the workbook.
    """
    report = Path(report)
    known = read_keywords(report)
    ending = next(
        (
            ending
            for ending in sorted(FORMATS.values(), key=len, reverse=True)
            if report.name.endswith(ending)
        ),
        None,
    )
    if known is None or ending is None:
        raise WorkbookError(
            f"{report}: not a report of the workbook, or from before reports said how they were made."
        )
    file = find_article(known["name"], report, article)
    lines, same = [], True
    if known["version"] != __version__:
        same = False
        lines.append(
            f"✗ made with workbook {known['version']}; this is {__version__}. Install that version to make it again."
        )
    if hash_files(file) != known["article"]:
        return False, [
            *lines,
            f"✗ {file}: not the article that the report was made from (or what stands beside it has changed).",
        ]
    lines.append(f"✓ {file}: the article that the report was made from")
    with tempfile.TemporaryDirectory() as scratch:
        name = next(name for name, end in FORMATS.items() if end == ending)
        (again,) = build_report(
            under_name(file, Path(known["name"]).name, scratch),
            Path(scratch, "out"),
            (name,),
            progress=progress,
        )
        if again.read_bytes() == report.read_bytes():
            return same, [*lines, f"✓ made again: the same {report.stat().st_size:,} bytes"]
        made = read_keywords(again)
    if made["environment"] != known["environment"]:
        return False, [
            *lines,
            "✗ made again: not the same. Versions of packages or settings differ: compare the table at the end of both reports.",
        ]
    return False, [
        *lines,
        "✗ made again: not the same, though article, versions and settings are. The report was changed after it was made.",
    ]


def under_name(file, name, scratch):
    """The article's file under the name that the report knows; a copy, with what stands beside it, where it has another now."""
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
        places = [
            folder / name
            for folder in (report.parent, report.parent.parent, Path.cwd(), resource("seeds"))
        ]
    for place in places:
        if place.is_file():
            return place.resolve()
    raise WorkbookError(
        f"{article or name}: the article is not there. Name its file: workbook verify {report} ARTICLE"
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
