"""How sure, how often right the tone model is: ``python -m benchmarks.calibration IN [OUT]``.

IN holds NewsMTSC as JSON lines, of which the dev parts count. Prints the expected calibration
error (mean distance of confidence and accuracy over seven ranges), and for each threshold how many
labels are given and how many of them are right. OUT is `data/stance/reliability.csv`.
"""

import numpy as np
import pandas as pd

from analysis.measure.tone.model import score_with_model
from analysis.measure.tone.stance import CONFIDENCE
from benchmarks.commands import make_parser
from training.data import DEV, read_examples

EDGES = (0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1)
THRESHOLDS = (0.4, 0.6, 0.7, 0.8, 0.9)  # beside the workbook's own


def measure(sure, right):
    """One row a range of confidence: low, high, n, sure, right."""
    labels = pd.DataFrame({"range": pd.cut(sure, EDGES), "sure": sure, "right": right})
    table = labels.groupby("range", observed=True).agg(
        n=("sure", "size"), sure=("sure", "mean"), right=("right", "mean")
    )
    ranges = pd.IntervalIndex(table.index)
    edges = pd.DataFrame({"low": ranges.left, "high": ranges.right}, index=table.index)
    return edges.join(table.round(4)).reset_index(drop=True)


def main(arguments=None):
    """Predict, print, write."""
    parser = make_parser("benchmarks.calibration", __doc__)
    parser.add_argument("input")
    parser.add_argument("output", nargs="?")
    args = parser.parse_args(arguments)
    examples = []
    for split in DEV:
        examples += read_examples(args.input, split)
    texts, targets, labels = zip(*examples, strict=True)
    made = score_with_model(texts, targets)
    sure = made.max(axis=1)
    right = made.argmax(axis=1) == np.array(labels)
    table = measure(sure, right)
    distance = (table["sure"] - table["right"]).abs()
    error = (table["n"] * distance).sum() / len(sure)
    print(f"expected calibration error: {100 * error:.1f} points")
    for threshold in sorted({0.0, CONFIDENCE, *THRESHOLDS}):
        given = sure >= threshold
        labelled, correct = 100 * given.mean(), 100 * np.mean(right[given])
        print(
            f"from {threshold:.2f} on: {labelled:.1f} of 100 get a label, "
            f"{correct:.1f} of 100 of these are right"
        )
    if args.output:
        table.to_csv(args.output, index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
