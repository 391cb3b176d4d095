"""Numbers → pictures that lead back to the text: `draw_`, `show_`."""

import contextlib

from .hiding import hide_packages

# Altair asks jsonschema, which would learn for seconds how addresses are spelled. No chart has one
# to check.
with hide_packages("rfc3987_syntax"), contextlib.suppress(ImportError):
    import jsonschema  # noqa: F401
