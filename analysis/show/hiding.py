"""Optional packages hidden while something is imported: they would cost seconds, for nothing."""

import contextlib
import sys


@contextlib.contextmanager
def hide_packages(*packages):
    """Hide optional packages from whatever is imported meanwhile."""
    hidden = [package for package in packages if package not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))
    try:
        yield
    finally:
        for package in hidden:
            del sys.modules[package]
