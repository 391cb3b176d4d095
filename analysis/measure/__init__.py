"""Rows → numbers: `count_`, `score_`, `compare_`, `describe_`; `select_`: rows behind a number."""
