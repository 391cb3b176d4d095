"""Learn what VADER's words around a target say of the tone towards it: ``python -m training.nearby NEWSMTSC.jsonl OUT``.

NEWSMTSC holds NewsMTSC (MIT) as JSON lines: `split`, `text`, `targets` with `start`, `end`, `label`. OUT is the table of weights,
`data/stance_weights.csv`: a multinomial logit over the find_clues of `analysis.nearby`, found by scipy's L-BFGS with an L2 penalty on
the train part. Some twenty seconds.
"""

import argparse

import numpy as np
import pandas as pd
from scipy.optimize import minimize
from scipy.special import log_softmax, softmax

from analysis.measure.tone.near_words import find_clues
from analysis.measure.tone.vader import explain_score
from analysis.schema import LABELS
from training.data import read_examples

PENALTY = 1.0


def learn(found, labels):
    """The weights of each find_clues for each label."""
    right = np.eye(len(LABELS))[labels]

    def loss(flat):
        weights = flat.reshape(found.shape[1], -1)
        sums = found @ weights
        slope = found.T @ (softmax(sums, 1) - right) + PENALTY * weights
        return -(right * log_softmax(sums, 1)).sum() + PENALTY * (flat @ flat) / 2, slope.ravel()

    return minimize(
        loss, np.zeros(found.shape[1] * len(LABELS)), jac=True, method="L-BFGS-B"
    ).x.reshape(found.shape[1], -1)


def main(arguments=None):
    """Read, learn, write."""
    parser = argparse.ArgumentParser(
        prog="python -m training.nearby",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("input")
    parser.add_argument("output")
    args = parser.parse_args(arguments)
    examples = read_examples(args.input, "train")
    found = pd.DataFrame(
        [find_clues(text, *target, explain_score(text)) for text, target, _ in examples]
    )
    weights = learn(found.to_numpy(), [label for *_, label in examples])
    table = pd.DataFrame(weights.round(3), columns=LABELS).assign(evidence=found.columns)
    table[["evidence", *LABELS]].to_csv(args.output, index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
