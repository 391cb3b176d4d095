"""Whether a report can be made again: the same article and package must give the same bytes."""

import os
import shutil
import tempfile
from pathlib import Path

from .. import __version__
from ..errors import WorkbookError
from ..kept import afresh
from ..lexicons import resource
from .build import FORMATS, build_report
from .provenance import hash_beside, hash_sources, list_beside, read_provenance
from .sources import Sources, find_sources


def verify_report(report, article=None, *, progress=False):
    """Make a report again from its article and compare.

    Returned are whether every byte is the same, and what there is to say, a line each. The article
    is looked for under its name beside the report, in the folder that the report's folder is in,
    and among those that come with the workbook, unless `article` names it (or them). WorkbookError
    where the file is no report of the workbook.
    """
    report = Path(report)
    known = read_provenance(report)
    kind = find_format(report)
    if known is None or kind is None:
        raise WorkbookError(
            f"{report}: not a report of the workbook, "
            "or from before reports said how they were made."
        )
    sources = find_article(known.name, report, article)
    lines = []
    same_version = known.version == __version__
    if not same_version:
        lines.append(
            f"✗ made with workbook {known.version}; this is {__version__}. "
            "Install that version to make it again."
        )
    what = "articles" if sources.is_several else "article"
    where = sources.files[0] if len(sources.files) == 1 else sources.folder
    if (hash_sources(sources), hash_beside(sources)) != (known.article, known.beside):
        lines.append(
            f"✗ {where}: not the {what} that the report was made from "
            "(or what stands beside has changed)."
        )
        return False, lines
    lines.append(f"✓ {where}: the {what} that the report was made from")
    same, outcome = make_again(report, known, kind, sources, progress)
    return same and same_version, [*lines, outcome]


def find_format(report):
    """The format of a report's file, by its ending; None where it is no such file."""
    # The longest ending first: slides end in .slides.html, pages in .html.
    for kind in sorted(FORMATS, key=lambda kind: len(FORMATS[kind]), reverse=True):
        if report.name.endswith(FORMATS[kind]):
            return kind
    return None


def make_again(report, known, kind, sources, progress):
    """Make a report again: whether every byte is the same, and what there is to say of it."""
    with tempfile.TemporaryDirectory() as scratch:
        named = name_as(sources, known.name, scratch)
        out = Path(scratch, "out")
        with afresh():
            (again,) = build_report(named, out=out, to=(kind,), progress=progress)
        if again.read_bytes() == report.read_bytes():
            return True, f"✓ made again: the same {report.stat().st_size:,} bytes"
        made = read_provenance(again)
    if made.environment != known.environment:
        return False, (
            "✗ made again: not the same. Versions of packages or settings differ: "
            "compare the table at the end of both reports."
        )
    return False, (
        "✗ made again: not the same, though article, versions and settings are. "
        "The report was changed after it was made."
    )


def name_as(sources, name, scratch):
    """The articles under the name that the report knows.

    Where a file has another now, this is a copy, with what stands beside it.
    """
    if sources.name == name or len(sources.files) > 1:
        return sources._replace(name=name)
    (file,) = sources.files
    copy = Path(scratch, name)
    shutil.copyfile(file, copy)
    for path in list_beside(file):
        shutil.copyfile(path, copy.with_name(copy.stem + path.name.removeprefix(file.stem)))
    return Sources.of_file(copy, sources.is_several)


def find_article(name, report, article):
    """What the report was made from; a name with a folder in it, which none has, is not followed.

    `name` is that of a file or folder; `article` a path or several.
    """
    if article:
        return find_sources(article)
    here = report.resolve().parent
    is_plain = Path(name).name == name and name not in ("", ".", "..")
    folders = (here, here.parent, resource("seeds")) if is_plain else ()
    for place in (folder / name for folder in folders):
        # A page has the name of its report. It may also be a name that no file can have.
        if os.path.exists(place) and place.resolve() != report.resolve():
            return find_sources(place.resolve())
    raise WorkbookError(
        f"{name}: the article is not there. Name its file: workbook verify {report} ARTICLE"
    )
