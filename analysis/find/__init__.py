"""Spans in the text: `find_`."""
