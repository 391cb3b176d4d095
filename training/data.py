"""The public data that the learned parts are made of, as JSON lines."""

from analysis.schema import LABELS
from benchmarks.commands import read_records

DEV = ("dev-rw", "dev-mt")


def span_of(target):
    """(start, end) of a target."""
    return target["start"], target["end"]


def read_examples(path, split):
    """[(text, (start, end), label number)] of one split of NewsMTSC."""
    examples = []
    for record in read_records(path, split=split):
        for target in record["targets"]:
            label = LABELS.index(target["label"])
            examples.append((record["text"], span_of(target), label))
    return examples


def read_targets(path):
    """[(text, (start, end))] of targets without a label."""
    return [(record["text"], span_of(record)) for record in read_records(path)]
