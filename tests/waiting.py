"""Waiting for a page."""

import time


def wait_for(page, expression, timeout=30_000):
    """Wait until an expression is true in a page.

    Playwright's own way makes code from a text, which the workbook's pages forbid.
    """
    until = time.monotonic() + timeout / 1000
    while not page.evaluate(expression):
        assert time.monotonic() < until, f"waited in vain for {expression}"
        time.sleep(0.05)
