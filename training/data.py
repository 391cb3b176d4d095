"""The public data that the learned parts are made of, as JSON lines."""

import json

from analysis.schema import LABELS

DEV = ("dev-rw", "dev-mt")


def read_lines(path):
    """The records of a file of JSON lines."""
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def read_examples(path, split):
    """[(text, (start, end), label number)] of one split of NewsMTSC."""
    return [
        (record["text"], (target["start"], target["end"]), LABELS.index(target["label"]))
        for record in read_lines(path)
        if record["split"] == split
        for target in record["targets"]
    ]


def read_targets(path):
    """[(text, (start, end))] of targets without a label."""
    return [(record["text"], (record["start"], record["end"])) for record in read_lines(path)]
