"""A table each → one chart."""
