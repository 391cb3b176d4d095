"""Learn what VADER's words around a target say of the tone towards it: ``python -m training.nearby NEWSMTSC.jsonl OUT``.

NEWSMTSC holds NewsMTSC (MIT) as JSON lines: `split`, `text`, `targets` with `start`, `end`, `label`. OUT is the table of weights,
`data/stance_weights.csv`: a multinomial logit over the evidence of `analysis.nearby`, found by scipy's L-BFGS with an L2 penalty on
the train part. Some twenty seconds.
"""

import argparse
import json

import numpy as np
import pandas as pd
from scipy.optimize import minimize
from scipy.special import log_softmax, softmax

from analysis.nearby import LABELS, evidence
from analysis.tone import explain

PENALTY = 1.0


def learn(found, labels):
    """The weights of each evidence for each label."""
    right = np.eye(len(LABELS))[labels]

    def loss(flat):
        weights = flat.reshape(found.shape[1], -1)
        sums = found @ weights
        slope = found.T @ (softmax(sums, 1) - right) + PENALTY * weights
        return -(right * log_softmax(sums, 1)).sum() + PENALTY * (flat @ flat) / 2, slope.ravel()

    return minimize(loss, np.zeros(found.shape[1] * len(LABELS)), jac=True, method="L-BFGS-B").x.reshape(found.shape[1], -1)


def main(arguments=None):
    """Read, learn, write."""
    parser = argparse.ArgumentParser(prog="python -m training.nearby", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("input")
    parser.add_argument("output")
    args = parser.parse_args(arguments)
    with open(args.input, encoding="utf-8") as lines:
        records = [record for record in map(json.loads, filter(str.strip, lines)) if record["split"] == "train"]
    targets = [(record["text"], target) for record in records for target in record["targets"]]
    found = pd.DataFrame([evidence(text, target["start"], target["end"], explain(text)) for text, target in targets])
    weights = learn(found.to_numpy(), [LABELS.index(target["label"]) for _, target in targets])
    table = pd.DataFrame(weights.round(3), columns=LABELS).assign(evidence=found.columns)
    table[["evidence", *LABELS]].to_csv(args.output, index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
