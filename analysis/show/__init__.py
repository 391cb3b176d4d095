"""Numbers → pictures that lead back to the text: `draw_`, `show_`."""

import contextlib
import sys

# Altair asks jsonschema, which would learn for seconds how addresses are spelled. No chart has one
# to check.
if "rfc3987_syntax" not in sys.modules:
    sys.modules["rfc3987_syntax"] = None
    with contextlib.suppress(ImportError):
        import jsonschema  # noqa: F401
    del sys.modules["rfc3987_syntax"]
