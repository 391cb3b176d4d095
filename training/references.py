"""Learn which actor a pronoun or description refers to: ``python -m training.references DEV.jsonl OUT``.

DEV holds GUM's annotations (CC BY 4.0) as JSON lines: `doc_id`, `text`, and `entities` with `start`, `end`, `head`, `eid`. OUT is
the table of weights, `data/reference_weights.csv`: a conditional logit (softmax over the candidates for each pronoun and definite
description, the true ones together against the rest), found by scipy's L-BFGS with an L2 penalty. About ten seconds and the time
to parse. With ``--folds 5`` OUT gets predictions instead, as `benchmarks.predict actors` writes them: those for each fifth of the
texts by weights learned on the others.
"""

import argparse
import json
from collections import Counter

import numpy as np
import pandas as pd
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from tqdm import tqdm

import analysis as wb
from analysis.find.names.coreference import mentions_in
from analysis.find.names.gazetteer import packaged_names
from analysis.find.names.pronouns import choose_by
from benchmarks.predict import actor_spans

PENALTY = 1.0
RAREST = 4  # features seen less often carry no weight


def parse(record):
    """The articles and tokens tables of one record."""
    article = pd.DataFrame([{"doc_id": "1", "text": record["text"], "left_out": None}]).reindex(
        columns=wb.schema.columns("articles")
    )
    return article, wb.split_tokens(article)


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
        right = [
            place
            for place, each in enumerate(candidates, 1)
            if row in of and of.get(each.row) == of[row]
        ]
        made.append((features, right or [0], group))
        return (candidates[right[0] - 1], 1.0) if right else (None, None)

    mentions_in(tokens, record["text"], packaged_names(), choose)
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
        return np.log(
            total / true
        ).sum() + PENALTY * weights @ weights / 2, slope + PENALTY * weights

    found = minimize(
        loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 500}
    )
    return dict(zip(names, np.round(found.x, 3).tolist(), strict=True))


def write_weights(weights, path):
    """The table of weights, those of zero left out."""
    rows = sorted((feature, weight) for feature, weight in weights.items() if weight)
    pd.DataFrame(rows, columns=["feature", "weight"]).to_csv(path, index=False, lineterminator="\n")


def predict_folds(made, parsed, folds, path):
    """Predictions for each text by weights learned on the texts of the other folds."""
    order = sorted(made)
    with open(path, "w", encoding="utf-8") as out:
        for fold in tqdm(range(folds), desc="Folds"):
            others = [
                example
                for place, doc_id in enumerate(order)
                if place % folds != fold
                for example in made[doc_id]
            ]
            choose = choose_by(learn(others))
            for doc_id in order[fold::folds]:
                articles, tokens = parsed[doc_id]
                found = wb.find_mentions(articles, tokens, titles="with", choose=choose)
                out.write(
                    json.dumps({"doc_id": doc_id, **actor_spans(found)}, ensure_ascii=False) + "\n"
                )


def main(arguments=None):
    """Learn, or measure by folds."""
    parser = argparse.ArgumentParser(
        prog="python -m training.references",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("input")
    parser.add_argument("output")
    parser.add_argument("--folds", type=int, help="measure by cross-validation in so many folds")
    args = parser.parse_args(arguments)
    with open(args.input, encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines if line.strip()]
    parsed = {record["doc_id"]: parse(record) for record in tqdm(records, desc="Parsing")}
    made = {record["doc_id"]: examples(record, parsed[record["doc_id"]][1]) for record in records}
    if args.folds:
        predict_folds(made, parsed, args.folds, args.output)
    else:
        write_weights(learn([example for each in made.values() for example in each]), args.output)


if __name__ == "__main__":
    main()
