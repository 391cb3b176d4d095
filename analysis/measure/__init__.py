"""Rows → numbers: `count_`, `score_`, `compare_`, `describe_`; `select_` gives the rows that a number counts."""
