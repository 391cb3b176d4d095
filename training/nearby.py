"""Learn what VADER's words around a target say: ``python -m training.nearby NEWSMTSC.jsonl OUT``.

NEWSMTSC holds NewsMTSC (MIT) as JSON lines: `split`, `text`, `targets` with `start`, `end`,
`label`. OUT is the table of weights, `data/stance_weights.csv`: a multinomial logit over the clues
of `analysis.measure.tone.near_words`, with an L2 penalty, learned on the train part by
scikit-learn. Some twenty seconds.
"""

import pandas as pd
from sklearn.linear_model import LogisticRegression

from analysis.measure.tone.near_words import find_clues
from analysis.measure.tone.vader import explain_score
from analysis.schema import LABELS
from benchmarks.commands import make_parser
from training.data import read_examples

PENALTY = 1.0
# Of the slope where learning stops: small enough for weights to three decimals.
TOLERANCE = 1e-7


def learn(clues, labels):
    """The weights of each clue for each label: a table."""
    # "always" is a clue among the others, so there is no constant beside them.
    model = LogisticRegression(C=1 / PENALTY, fit_intercept=False, tol=TOLERANCE, max_iter=1000)
    model.fit(clues, labels)
    return pd.DataFrame(model.coef_.T.round(3), columns=LABELS)


def main(arguments=None):
    """Read, learn, write."""
    parser = make_parser("training.nearby", __doc__)
    parser.add_argument("input")
    parser.add_argument("output")
    args = parser.parse_args(arguments)
    clues, labels = [], []
    for text, (start, end), label in read_examples(args.input, "train"):
        clues.append(find_clues(text, start, end, explain_score(text)))
        labels.append(label)
    clues = pd.DataFrame(clues)
    weights = learn(clues.to_numpy(), labels)
    weights.insert(0, "evidence", clues.columns)
    weights.to_csv(args.output, index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
