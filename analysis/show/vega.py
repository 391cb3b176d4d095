"""What vl-convert makes: Vega, Vega-Lite and vega-embed as one script, and charts as pictures."""

import json
import re
import subprocess
import sys
from functools import cache, lru_cache

from ..errors import WorkbookError
from ..text import in_xml

WRITE_BUNDLE = (
    "import sys, vl_convert; sys.stdout.buffer.write(vl_convert.javascript_bundle().encode())"
)
# A name within an SVG, where it is given and where it is used: what stands before, kind, number.
SVG_NAMES = re.compile(r'(\bid="|url\(#|href="#)(\w+?)(\d+)(?=["\')])')
# Bytes of addresses; V8 reserves some 36 GB and uses a hundredth of it.
FEWEST_ADDRESSES = 64 * 2**30
# Beyond the Basic Multilingual Plane: Vega may cut a long label in the middle of such a letter.
ASTRAL = re.compile("[\U00010000-\U0010ffff]")


def draw_svg(spec):
    """A chart as SVG, the same bytes for the same chart.

    Names in it count from 0: vl-convert itself goes on counting from one chart to the next, so that
    no two are alike.
    """
    return draw_once(json.dumps(spec))


@lru_cache(maxsize=64)
def draw_once(spec):
    """The SVG of a specification as JSON: a report shows a chart on its page and on paper."""
    numbers = {}

    def renumber(found):
        before, kind, number = found.groups()
        number = numbers.setdefault((kind, number), len(numbers))
        return f"{before}{kind}{number}"

    return SVG_NAMES.sub(renumber, draw_still("svg", json.loads(spec)))


def draw_png(spec):
    """A chart as PNG, at twice its size."""
    return draw_still("png", spec, scale=2)


def draw_pdf(spec):
    """A chart as PDF."""
    return draw_still("pdf", spec)


def draw_still(kind, spec, **options):
    """A chart as a picture of a kind.

    Its marks lead nowhere: vl-convert would make addresses within a page into ones of its
    publisher. A letter that no picture can hold would stop the whole process.
    """
    check_addresses()
    import vl_convert

    draw = getattr(vl_convert, f"vegalite_to_{kind}")
    spec = without_links(change_texts(spec, in_xml))
    try:
        return draw(spec, **options)
    except ValueError:
        return draw(change_texts(spec, without_astral), **options)


@cache
def check_addresses():
    """Raise WorkbookError where a limit of memory would make V8, in vl-convert, end the process."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    if limit != resource.RLIM_INFINITY and limit < FEWEST_ADDRESSES:
        raise WorkbookError(
            f"programs may use {limit // 2**20:,} MB of addresses here, and the drawing of charts "
            "needs to reserve more (it uses little). Type: ulimit -v unlimited"
        )


def change_texts(value, change):
    """A specification, or a part of one, with every text in it changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {change(str(name)): change_texts(inner, change) for name, inner in value.items()}
    if isinstance(value, list):
        return [change_texts(inner, change) for inner in value]
    return value


def without_astral(text):
    """A text with � for the letters that Vega may cut in two."""
    return ASTRAL.sub("\ufffd", text)


def without_links(value):
    """A specification, or a part of one, whose marks have no addresses."""
    if isinstance(value, dict):
        kept = {name: without_links(inner) for name, inner in value.items()}
        if isinstance(kept.get("encoding"), dict):
            kept["encoding"].pop("href", None)
        return kept
    if isinstance(value, list):
        return [without_links(inner) for inner in value]
    return value


@cache
def start_vega():
    """Begin to make the script, which takes seconds, in a process of its own.

    In this one vl-convert would hold up everything else.
    """
    return subprocess.Popen(
        [sys.executable, "-c", WRITE_BUNDLE], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )


def stop_vega():
    """End the process that makes the script, where it runs."""
    if start_vega.cache_info().currsize:
        start_vega().kill()


@cache
def read_vega():
    """The script, safe to stand in a page."""
    made = start_vega().communicate()[0].decode()
    if not made:  # where no process may be started
        import vl_convert

        made = vl_convert.javascript_bundle()
    return made.replace("</script", "<\\/script")
