"""Learn which actor a pronoun or description refers to.

    python -m training.references GUM.jsonl READINGS.npz data/reference_weights.csv

GUM holds annotations (CC BY 4.0) as JSON lines: `doc_id`, `text`, and `entities` with `start`,
`end`, `head`, `form`, `eid`. READINGS is what the encoder of names, which had not seen the text,
says of each (`training.names read`). The table of weights is a conditional logit (softmax over the
candidates for each pronoun and description, the true ones together against the rest), found by
scipy's L-BFGS with an L2 penalty. About ten seconds and the time to parse. With ``--folds 5`` the
output gets predictions instead, as `benchmarks.predict actors` writes them: those for each fifth of
the texts by weights learned on the others.
"""

from collections import Counter
from itertools import chain

import numpy as np
import pandas as pd
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from tqdm import tqdm

import analysis as wb
from analysis.find.names.encoder import Reading
from analysis.find.names.pronouns import choose_by
from benchmarks.commands import make_parser, read_records, write_records
from benchmarks.predict import actor_spans

PENALTY = 1.0
RAREST = 4  # features seen less often carry no weight
MOST_STEPS = 500


def parse(record):
    """The articles and tokens tables of one record."""
    article = pd.DataFrame([{"doc_id": "1", "text": record["text"], "left_out": None}])
    article = article.reindex(columns=wb.schema.columns("articles"))
    return article, wb.split_tokens(article)


def find_heads(entities, tokens):
    """{row of a token: the entity that it heads, of several the smallest}.

    All words of a name head it: GUM's head is the first of them, spaCy's the last.
    """
    rows = {start: row for row, start in enumerate(tokens["start"].tolist())}
    heads = {}
    for entity in sorted(entities, key=lambda each: each["start"] - each["end"]):
        starts = [entity["head"][0]]
        if entity["form"] == "named":
            starts = range(entity["start"], entity["end"])
        for start in starts:
            if start in rows:
                heads[rows[start]] = entity["eid"]
    return heads


def find_examples(record, articles, tokens, read):
    """(features of each candidate, places of the true ones) of what refers in one record.

    One for each pronoun and definite description; place 0 is no candidate.
    """
    heads = find_heads(record["entities"], tokens)
    made = []

    def choose(group, row, features, candidates):
        right = []
        for place, candidate in enumerate(candidates, 1):
            if row in heads and heads.get(candidate.row) == heads[row]:
                right.append(place)
        made.append((features, right or [0]))
        return (candidates[right[0] - 1], 1.0) if right else (None, None)

    wb.find_mentions(articles, tokens, choose=choose, read=read)
    return made


def load_readings(path):
    """{doc_id: Reading} as `training.names read` keeps them."""
    kept, readings = np.load(path), {}
    for doc_id in dict.fromkeys(name.rsplit("/", 1)[0] for name in kept):
        readings[doc_id] = Reading(*(kept[f"{doc_id}/{name}"] for name in Reading._fields))
    return readings


def reader(reading):
    """A stand-in for the encoder that has read the article already."""
    return lambda tree: reading


def name_of(feature):
    """A feature without its value."""
    return feature[0] if isinstance(feature, tuple) else feature


def choose_features(made):
    """{feature: its column} of the features seen often enough."""
    seen = Counter()
    for features, _ in made:
        for each in features:
            seen.update(name_of(feature) for feature in each)
    often = [feature for feature, n in seen.items() if n >= RAREST]
    return {feature: column for column, feature in enumerate(often)}


def make_matrix(made, columns):
    """One row a candidate: its features as a sparse matrix, its case, whether it is a true one."""
    rows, cells, values, cases, right = [], [], [], [], []
    for case, (features, true) in enumerate(made):
        for place, each in enumerate(features):
            known = [feature for feature in each if name_of(feature) in columns]
            cells += [columns[name_of(feature)] for feature in known]
            values += [feature[1] if isinstance(feature, tuple) else 1.0 for feature in known]
            rows += [len(cases)] * len(known)
            cases.append(case)
            right.append(place in true)
    matrix = csr_matrix((values, (rows, cells)), shape=(len(cases), len(columns)))
    return matrix, np.array(cases), np.array(right)


def learn(made):
    """{feature: weight} that makes the true candidates most probable."""
    columns = choose_features(made)
    matrix, case, right = make_matrix(made, columns)
    n = len(made)

    def loss(weights):
        scores = matrix @ weights
        top = np.full(n, -np.inf)
        np.maximum.at(top, case, scores)
        odds = np.exp(scores - top[case])
        total, true = np.bincount(case, odds, n), np.bincount(case, odds * right, n)
        slope = matrix.T @ (odds / total[case] - odds * right / true[case])
        value = np.log(total / true).sum() + PENALTY * weights @ weights / 2
        return value, slope + PENALTY * weights

    start = np.zeros(len(columns))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": MOST_STEPS})
    return dict(zip(columns, np.round(found.x, 3).tolist(), strict=True))


def write_weights(weights, path):
    """The table of weights, those of zero left out."""
    table = pd.DataFrame(sorted(weights.items()), columns=["feature", "weight"])
    table[table["weight"] != 0].to_csv(path, index=False, lineterminator="\n")


def predict_folds(made, parsed, readings, folds):
    """Predictions for each text by weights learned on the texts of the other folds."""
    order = sorted(made)
    for fold in tqdm(range(folds), desc="Folds"):
        others = []
        for place, doc_id in enumerate(order):
            if place % folds != fold:
                others += made[doc_id]
        choose = choose_by(learn(others))
        for doc_id in order[fold::folds]:
            articles, tokens = parsed[doc_id]
            read = reader(readings[doc_id])
            found = wb.find_mentions(articles, tokens, titles="with", choose=choose, read=read)
            yield {"doc_id": doc_id, **actor_spans(found)}


def main(arguments=None):
    """Learn, or measure by folds."""
    parser = make_parser("training.references", __doc__)
    for name in ("input", "readings", "output"):
        parser.add_argument(name)
    parser.add_argument("--folds", type=int, help="measure by cross-validation in so many folds")
    args = parser.parse_args(arguments)
    parsed, made, readings = {}, {}, load_readings(args.readings)
    for record in tqdm(read_records(args.input), desc="Parsing"):
        doc_id = record["doc_id"]
        parsed[doc_id] = parse(record)
        made[doc_id] = find_examples(record, *parsed[doc_id], reader(readings[doc_id]))
    if args.folds:
        write_records(args.output, predict_folds(made, parsed, readings, args.folds))
    else:
        write_weights(learn(list(chain.from_iterable(made.values()))), args.output)


if __name__ == "__main__":
    main()
