"""Learn the weights of `data/reference_weights.csv` from GUM: ``python -m training.references dev.jsonl data/reference_weights.csv``.

The file is GUM's annotations (CC BY 4.0) as JSON lines: `text`, and `entities` with start, end, head, eid. A conditional logit
(softmax over the candidates for each pronoun and definite description, the true ones together against the rest) with an L2
penalty, by scipy's L-BFGS. `--folds N` measures instead: predictions for each fold by weights learned on the others.
"""

from collections import Counter

import numpy as np
import pandas as pd
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

import analysis as wb
from analysis.mentions import mentions_in
from analysis.names import gazetteer

PENALTY = 1.0
RAREST = 4  # features seen less often carry no weight


def parse(record):
    """The tokens of one record."""
    article = pd.DataFrame([{"doc_id": "1", "text": record["text"], "left_out": None}]).reindex(columns=wb.schema.columns("articles"))
    return wb.split_tokens(article)


def examples(record, tokens):
    """(features of each candidate, indices of the true ones) for each pronoun and definite description of one record."""
    tokens = tokens.reset_index(drop=True)
    starts = {start: row for row, start in enumerate(tokens["start"].tolist())}
    of = {}  # row of a head -> the entity that it heads, the smallest
    for entity in sorted(record["entities"], key=lambda each: each["start"] - each["end"]):
        row = starts.get(entity["head"][0])
        if row is not None:
            of[row] = entity["eid"]
    made = []

    def choose(group, row, features, candidates):
        right = [place for place, each in enumerate(candidates, 1) if row in of and of.get(each.row) == of[row]]
        made.append((features, right or [0], group))
        return (candidates[right[0] - 1], 1.0) if right else (None, None)

    mentions_in(tokens, gazetteer(), choose)
    return made


def learn(made):
    """{feature: weight} that makes the true candidates most probable."""
    seen = Counter(feature for features, _, _ in made for each in features for feature in each)
    names = [feature for feature, n in seen.items() if n >= RAREST]
    number = {feature: place for place, feature in enumerate(names)}
    rows, columns, group, right = [], [], [], []
    for case, (features, true, _) in enumerate(made):
        for place, each in enumerate(features):
            group.append(case)
            right.append(place in true)
            columns += [number[feature] for feature in each if feature in number]
            rows += [len(group) - 1] * sum(feature in number for feature in each)
    matrix = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(group), len(names)))
    group, right = np.array(group), np.array(right)
    cases = group.max() + 1

    def loss(weights):
        scores = matrix @ weights
        top = np.full(cases, -np.inf)
        np.maximum.at(top, group, scores)
        odds = np.exp(scores - top[group])
        total, true = np.bincount(group, odds, cases), np.bincount(group, odds * right, cases)
        slope = matrix.T @ (odds / total[group] - odds * right / true[group])
        return np.log(total / true).sum() + PENALTY * weights @ weights / 2, slope + PENALTY * weights

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return dict(zip(names, np.round(found.x, 3).tolist(), strict=True))
