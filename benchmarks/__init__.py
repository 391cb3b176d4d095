"""Accuracy on public data and speed; see README.md."""
