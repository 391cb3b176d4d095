"""Vega, Vega-Lite and vega-embed as one script, which vl-convert carries."""

import subprocess
import sys
from functools import cache

WRITE = "import sys, vl_convert; sys.stdout.buffer.write(vl_convert.javascript_bundle().encode())"


@cache
def start_vega():
    """Begin to make the script, which takes seconds, in a process of its own: vl-convert would hold up everything else here."""
    return subprocess.Popen([sys.executable, "-c", WRITE], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


@cache
def read_vega():
    """The script, safe to stand in a page."""
    made = start_vega().communicate()[0].decode()
    if not made:  # where no process may be started
        import vl_convert

        made = vl_convert.javascript_bundle()
    return made.replace("</script", "<\\/script")
