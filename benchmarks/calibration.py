"""How sure and how often right the tone model is: ``python -m benchmarks.calibration NEWSMTSC.jsonl [OUT.csv]``, on the dev parts.

Prints the expected calibration error (mean distance of confidence and accuracy over seven ranges), and for each threshold how many labels
are given and how many of them are right. OUT is `data/stance/reliability.csv`.
"""

import argparse
import json

import numpy as np
import pandas as pd

from analysis import encoder
from analysis.nearby import LABELS
from analysis.stance import CONFIDENCE

SPLITS = ("dev-rw", "dev-mt")
EDGES = (0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1)


def measure(sure, right):
    """One row a range of confidence: low, high, n, sure, right."""
    rows = []
    for low, high in zip(EDGES, EDGES[1:], strict=False):
        inside = (sure > low) & (sure <= high)
        if inside.any():
            rows.append((low, high, int(inside.sum()), round(float(sure[inside].mean()), 4), round(float(right[inside].mean()), 4)))
    return pd.DataFrame(rows, columns=["low", "high", "n", "sure", "right"])


def main(arguments=None):
    """Predict, print, write."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.calibration", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("input")
    parser.add_argument("output", nargs="?")
    args = parser.parse_args(arguments)
    with open(args.input, encoding="utf-8") as lines:
        records = [record for record in map(json.loads, filter(str.strip, lines)) if record["split"] in SPLITS]
    targets = [(record["text"], target) for record in records for target in record["targets"]]
    made = encoder.score([text for text, _ in targets], [(target["start"], target["end"]) for _, target in targets])
    sure, right = made.max(1), made.argmax(1) == [LABELS.index(target["label"]) for _, target in targets]
    table = measure(sure, right)
    print(f"expected calibration error: {100 * (table['n'] * (table['sure'] - table['right']).abs()).sum() / len(sure):.1f} points")
    for threshold in sorted({0.0, 0.4, CONFIDENCE, 0.6, 0.7, 0.8, 0.9}):
        given = sure >= threshold
        print(f"from {threshold:.2f} on: {100 * given.mean():.1f} of 100 get a label, {100 * np.mean(right[given]):.1f} of 100 of these are right")
    if args.output:
        table.to_csv(args.output, index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
