"""Learn whom a story is about: ``python -m training.salience GUM.jsonl [WEIGHTS.csv]``.

GUM.jsonl as in `benchmarks.telling`, with `entities` and their `salience` (which of five summaries
name each). Of the news articles, an actor that the workbook finds is matched to the entity whose
head stands in most of its names. Prints the mean over the articles of Spearman's rank correlation
with how many summaries name the entity: for the plain count, for the first place, and for the
model, each article scored by weights learned on the others. Writes the weights of all.
"""

from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import spearmanr
from sklearn.linear_model import LogisticRegression

import analysis as wb
from analysis.measure.salience import ALWAYS, evidence_of, find_evidence
from analysis.schema import ACTOR_TYPES, NAMED
from benchmarks.commands import make_parser
from benchmarks.telling import read_documents

ENTITIES = ("person", "organization", "place")
DIGITS = 3
FEWEST = 3  # actors of an article of which a rank correlation says something


def read_actors(document):
    """The evidence of the actors of one document, with `grade`: how many summaries name each."""
    articles = wb.read_texts(document["text"])
    tokens = wb.split_tokens(articles)
    mentions = wb.find_mentions(articles, tokens, wb.find_speech(articles, tokens))
    counted = wb.select_counted(mentions, types=(*ACTOR_TYPES, "place"))
    rows = find_evidence(counted)
    named = counted[counted["kind"].isin(NAMED)]
    grades = {actor: grade_of(of_actor, document) for actor, of_actor in named.groupby("actor")}
    rows = rows.assign(
        doc_id=document["doc_id"],
        n=rows["actor"].map(counted["actor"].value_counts()),
        grade=rows["actor"].map(grades),
    )
    return rows.dropna(subset=["grade"])


def grade_of(mentions, document):
    """How many of five summaries name the entity that most of these mentions name, or None."""
    votes = Counter()
    for mention in mentions.itertuples():
        inside = []
        for entity in document["entities"]:
            start, end = entity["head"]
            if mention.start <= start and end <= mention.end and entity["etype"] in ENTITIES:
                inside.append((entity["end"] - entity["start"], entity["eid"]))
        if inside:
            votes[min(inside)[1]] += 1
    if not votes:
        return None
    eid = votes.most_common(1)[0][0]
    of_entity = [each for each in document["entities"] if each["eid"] == eid]
    return max(each["salience"].count("s") for each in of_entity)


def learn(rows):
    """{evidence: weight} by which at least one summary names an actor."""
    values = pd.DataFrame(evidence_of(rows)).drop(columns=ALWAYS)
    scale = values.std() + 1e-9
    fitted = LogisticRegression().fit(values / scale, rows["grade"] > 0)
    weights = dict(zip(values, fitted.coef_[0] / scale, strict=True))
    return {ALWAYS: fitted.intercept_[0], **weights}


def score(rows, weights):
    """The sum of the weighted evidence of each row."""
    values = evidence_of(rows)
    return sum(weight * values[name] for name, weight in weights.items())


def mean_correlation(rows, scores):
    """The mean over articles of the rank correlation of scores with grades."""
    found = []
    for _, of_article in rows.assign(score=scores).groupby("doc_id"):
        if len(of_article) >= FEWEST and of_article["grade"].nunique() > 1:
            found.append(spearmanr(of_article["grade"], of_article["score"]).statistic)
    return np.nanmean(found)


def main(arguments=None):
    """Learn, measure, write."""
    parser = make_parser("training.salience", __doc__)
    parser.add_argument("documents")
    parser.add_argument("weights", nargs="?", default="data/salience_weights.csv")
    args = parser.parse_args(arguments)
    documents = read_documents(args.documents, "news")
    rows = pd.concat(map(read_actors, documents), ignore_index=True)
    kept_out = np.empty(len(rows))
    for doc_id in rows["doc_id"].unique():
        own = rows["doc_id"] == doc_id
        kept_out[own] = score(rows[own], learn(rows[~own]))
    print(f"{len(documents)} articles, {len(rows)} actors")
    print(f"plain count: {mean_correlation(rows, rows['n']):.2f}")
    print(f"first place: {mean_correlation(rows, -rows['first_sentence']):.2f}")
    print(f"model, cross-validated: {mean_correlation(rows, kept_out):.2f}")
    learned = pd.DataFrame(learn(rows).items(), columns=["evidence", "weight"])
    learned.round(DIGITS).to_csv(Path(args.weights), index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
