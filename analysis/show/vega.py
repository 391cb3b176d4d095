"""What vl-convert makes: Vega, Vega-Lite and vega-embed as one script, and charts as SVG."""

import re
import subprocess
import sys
from functools import cache

WRITE_BUNDLE = (
    "import sys, vl_convert; sys.stdout.buffer.write(vl_convert.javascript_bundle().encode())"
)
# A name within an SVG, where it is given and where it is used.
SVG_NAMES = re.compile(r'(\bid="|url\(#|href="#)(\w+?)(\d+)(?=["\')])')


def draw_svg(spec):
    """A chart as SVG. Names in it count from 0: vl-convert goes on counting from one chart to the next, so that no two are alike."""
    import vl_convert

    numbers = {}

    def number(found):
        return f"{found[1]}{found[2]}{numbers.setdefault((found[2], found[3]), len(numbers))}"

    return SVG_NAMES.sub(number, vl_convert.vegalite_to_svg(spec))


@cache
def start_vega():
    """Begin to make the script, which takes seconds, in a process of its own: vl-convert would hold up everything else here."""
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
