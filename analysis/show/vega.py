"""What vl-convert makes: Vega, Vega-Lite and vega-embed as one script, and charts as SVG."""

import re
import subprocess
import sys
from functools import cache

WRITE_BUNDLE = (
    "import sys, vl_convert; sys.stdout.buffer.write(vl_convert.javascript_bundle().encode())"
)
# A name within an SVG, where it is given and where it is used: what stands before, kind, number.
SVG_NAMES = re.compile(r'(\bid="|url\(#|href="#)(\w+?)(\d+)(?=["\')])')


def draw_svg(spec):
    """A chart as SVG, the same bytes for the same chart.

    Names in it count from 0: vl-convert itself goes on counting from one chart to the next, so that
    no two are alike.
    """
    import vl_convert

    numbers = {}

    def renumber(found):
        before, kind, number = found.groups()
        number = numbers.setdefault((kind, number), len(numbers))
        return f"{before}{kind}{number}"

    return SVG_NAMES.sub(renumber, vl_convert.vegalite_to_svg(spec))


@cache
def start_vega():
    """Begin to make the script, which takes seconds, in a process of its own.

    In this one vl-convert would hold up everything else.
    """
    return subprocess.Popen(
        [sys.executable, "-c", WRITE_BUNDLE], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )


@cache
def read_vega():
    """The script, safe to stand in a page."""
    made = start_vega().communicate()[0].decode()
    if not made:  # where no process may be started
        import vl_convert

        made = vl_convert.javascript_bundle()
    return made.replace("</script", "<\\/script")
