"""Whom the story is about: how likely a summary names each actor."""

from functools import cache

import numpy as np

from .. import schema
from ..lexicons import read_lexicon
from ..schema import ACTOR_TYPES, NAMED
from .actors import count_actors, select_counted
from .groups import by_article

ALWAYS = "always"


@by_article
def score_salience(mentions, *, types=ACTOR_TYPES):
    """Score whom the story is about: one row an actor with a name, likeliest first.

    `salience` is the probability that at least one of five people who sum up the article names the
    actor, by a logistic regression on four things that the row shows: in which sentence the actor
    is first mentioned, whether in the `headline`, in how many `paragraphs`, and its type.
    Learned on the graded salience of GUM's news articles (Lin & Zeldes 2025: GUM-SAGE); the weights
    stand in `data/salience_weights.csv`, measured rank correlation in `benchmarks/README.md`. `n`
    is the plain count beside it. Of several articles, each is scored and the mean taken. `types` as
    in `select_counted`.

    >>> text = "Biden meets Putin. Reporters waited. Putin left. Xi was there. Putin smiled."
    >>> articles = read_texts(text)
    >>> salience = score_salience(find_mentions(articles, split_tokens(articles)))
    >>> salience[["actor", "n", "first_sentence"]].values.tolist()
    [['Putin', 3, 1], ['Biden', 1, 1], ['Xi', 1, 4]]
    """
    counted = select_counted(mentions, types=types)
    called = counted.loc[counted["kind"].isin(NAMED), ["doc_id", "actor"]].drop_duplicates()
    rows = find_evidence(counted.merge(called, on=["doc_id", "actor"]))
    rows = rows.assign(salience=probability_of(rows))
    scored = rows.groupby("actor", sort=False).agg(
        salience=("salience", "mean"),
        first_sentence=("first_sentence", "min"),
        headline=("headline", "sum"),
        paragraphs=("paragraphs", "sum"),
    )
    counts = count_actors(counted, kinds=None, types=None)[["actor", "actor_type", "n"]]
    scored = scored.reset_index().merge(counts, on="actor")
    order = ["salience", "n", "actor"]
    scored = scored.sort_values(order, ascending=[False, False, True], ignore_index=True)
    return schema.table(scored[schema.columns("salience")], "salience")


def find_evidence(counted):
    """What tells the salience of each actor of each article, from its mentions."""
    return (
        counted.groupby(["doc_id", "actor"], sort=False)
        .agg(
            actor_type=("actor_type", "first"),
            first_sentence=("sentence_id", "min"),
            headline=("position", lambda positions: (positions == "headline").sum()),
            paragraphs=("paragraph_id", "nunique"),
        )
        .reset_index()
    )


def evidence_of(rows):
    """{name of the evidence: its values}, as `data/salience_weights.csv` weighs them."""
    return {
        ALWAYS: np.ones(len(rows)),
        "log of paragraphs": np.log1p(rows["paragraphs"].to_numpy(float)),
        "log of first sentence": np.log(rows["first_sentence"].to_numpy(float)),
        "in the headline": (rows["headline"] > 0).to_numpy(float),
        "a place": (rows["actor_type"] == "place").to_numpy(float),
        "a state": (rows["actor_type"] == "state").to_numpy(float),
    }


def probability_of(rows):
    """The probability that a summary names the actor of each row."""
    values = evidence_of(rows)
    odds = sum(weight * values[name] for name, weight in learned_salience().items())
    return 1 / (1 + np.exp(-np.asarray(odds, dtype=float)))


@cache
def learned_salience():
    """{evidence: weight} of `data/salience_weights.csv`."""
    table = read_lexicon("salience_weights")
    return dict(zip(table["evidence"], map(float, table["weight"]), strict=True))
