"""Intervals where nothing is coded: from how often the machine erred on public data."""

import numpy as np

from ..lexicons import read_lexicon
from .inference import NORMAL

# Errors about one actor go together: so many items tell as much as one would alone, by task. With
# these the intervals cover the truth of 30 of 32 actors (tone), of 34 of 35 (who is meant) and of
# 105 of 110 speakers in texts coded by hand, with 1 of 26, 30 and 103 (benchmarks/borrowed.py).
GO_TOGETHER = {"tone": 4, "actor": 8, "speaker": 2}
# In the table of errors: whoever is named, whichever the name.
A_NAME = "a name"
# True shares that are tried.
TRIED = np.linspace(0, 1, 1001)
NO_ROWS = float("nan")


def borrow_interval(share, n, answer, task="tone"):
    """(low, high) of the true share, where the machine gives an answer to a `share` of n items.

    Kept are the true shares with which the machine's would be no surprise, if it erred as it did on
    public data: a share t of n items gives t · found + (1 − t) · wrongly, give or take the luck of
    the n items and of the data (as Rogan & Gladen 1978 turn it round). Of several public data sets
    the widest: texts differ, and which ones yours is like nobody has measured. NaN where none is
    known. Of whom somebody means or who speaks, `answer` is A_NAME.
    """
    known = read_lexicon("borrowed")
    known = known[(known["task"] == task) & (known["answer"] == answer)]
    if known.empty or not n:
        return NO_ROWS, NO_ROWS
    numbers = known[["n_true", "found", "n_other", "wrongly"]].astype(float)
    return find_widest(share, n / GO_TOGETHER[task], numbers.itertuples(index=False))


def find_widest(share, n, lent):
    """(low, high) of the true shares that go with a machine's share, by any set of public data.

    `lent` has the four counts of each set; where no true share goes with it, all may be.
    """
    kept = np.zeros(len(TRIED), dtype=bool)
    for counts in lent:
        kept |= is_likely(share, n, *counts)
    if not kept.any():
        return 0.0, 1.0
    return float(TRIED[kept].min()), float(TRIED[kept].max())


def is_likely(share, n, n_true, found, n_other, wrongly):
    """Which true shares go with a machine's share, by one set of public data.

    Half an item is added to all four counts, so that none is sure (as Haldane 1956).
    """
    hits, false = (found + 0.5) / (n_true + 1), (wrongly + 0.5) / (n_other + 1)
    expected = TRIED * hits + (1 - TRIED) * false
    luck = (TRIED * hits * (1 - hits) + (1 - TRIED) * false * (1 - false)) / n
    known = TRIED**2 * hits * (1 - hits) / (n_true + 1)
    known += (1 - TRIED) ** 2 * false * (1 - false) / (n_other + 1)
    return np.abs(share - expected) <= NORMAL * np.sqrt(luck + known)
