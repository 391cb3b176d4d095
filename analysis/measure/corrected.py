"""The machine's figures beside those that a coder's sample makes of them, with their intervals."""

from itertools import combinations

import numpy as np
import pandas as pd

from .. import schema
from .borrowed import borrow_interval
from .inference import estimate_difference, estimate_mean

# Where an interval comes from.
CODED_HERE, BORROWED = "coded here", "borrowed from public data"
ADDED_COLUMNS = ["corrected", "low", "high", "n_coded", "basis_of_interval"]
# Instead of codings: intervals from public data alone.
NO_CODINGS = "borrowed"


def asked_codings(coded):
    """The codings handed over as `coded`; none where borrowed intervals are asked for."""
    if isinstance(coded, str) and coded == NO_CODINGS:
        return schema.table([], "codings")
    return schema.check(coded, "codings")


def add_corrected(counts, matched, keys, says, *, counted=False, sizes=None, borrow=None):
    """A table of counts with the corrected figure of each row beside the machine's.

    `matched` is what `match_answers` gives of the rows behind the counts, `keys` the columns in
    which rows and counts agree, `says(row)` the answer that counts for a row of counts. The figure
    is a share of the rows with the same keys, or with `counted` their number; with `sizes`, a
    column of `matched`, every row counts for its size. `borrow` names the answer whose errors on
    public data make an interval where there are too few codings.
    """
    groups = group_alike(counts, matched, keys)
    estimates, bases = [], []
    for row, group in zip(counts.itertuples(), groups, strict=True):
        its = matched.iloc[group]
        estimate, scale = estimate_row(its, says(row), sizes), len(its) if counted else 1
        basis = None if np.isnan(estimate.value) else CODED_HERE
        if basis is None and borrow is not None:
            low, high = borrow_interval((its["machine"] == borrow).mean(), len(its), borrow)
            estimate, basis = estimate._replace(low=low, high=high), BORROWED
        figures = (estimate.value * scale, estimate.low * scale, estimate.high * scale)
        estimates.append((*figures, estimate.n))
        bases.append(basis)
    numbers = pd.DataFrame(estimates, columns=ADDED_COLUMNS[:-1], index=counts.index)
    numbers["basis_of_interval"] = pd.Series(bases, index=counts.index, dtype="str")
    types = {column: schema.dtype_of(column) for column in ADDED_COLUMNS}
    return counts.drop(columns=["low", "high"], errors="ignore").join(numbers.astype(types))


def group_alike(counts, matched, keys):
    """Which rows of `matched` have the same values of the keys as each row of counts."""
    if not keys:
        return [np.arange(len(matched))] * len(counts)
    both = pd.concat([counts[keys], matched[keys]], ignore_index=True)
    number = both.groupby(keys, dropna=False, sort=False).ngroup().to_numpy()
    of_rows = number[len(counts) :]
    return [np.flatnonzero(of_rows == each) for each in number[: len(counts)]]


def estimate_row(matched, answer, sizes=None):
    """The share of rows of which the answer is `answer`, as coders would have it: an Estimate."""
    machine = (matched["machine"] == answer).to_numpy(dtype=float)
    coded = (matched["coded"] == answer).to_numpy(dtype=float)
    coded[matched["coded"].isna().to_numpy()] = np.nan
    most = 1.0
    if sizes is not None:
        size = matched[sizes].to_numpy(dtype=float)
        size = size / size.mean() if size.sum() else size
        machine, coded, most = machine * size, coded * size, max(size.max(initial=0), 1.0)
    estimate = estimate_mean(machine, coded, matched["weight"], bounds=(0.0, most))
    low, high = np.clip([estimate.low, estimate.high], 0, 1)
    return estimate._replace(value=float(np.clip(estimate.value, 0, 1)), low=low, high=high)


def compare_corrected(matched, by, answer):
    """Pairs of groups of rows: rows for the table `stance_comparison`, without their order.

    Groups are in the order of their size.
    """
    sizes = matched[by].value_counts()
    estimates, shares = {}, {}
    for group in sizes.index:
        its = matched[matched[by] == group]
        estimates[group] = estimate_row(its, answer)
        shares[group] = (its["machine"] == answer).mean()
    rows = []
    for one, other in combinations(sizes.index, 2):
        difference = estimate_difference(estimates[one], estimates[other])
        rows.append(
            {
                "group": str(one),
                "other": str(other),
                "n": sizes[one],
                "n_other": sizes[other],
                "machine": shares[one] - shares[other],
                "corrected": difference.value,
                "low": difference.low,
                "high": difference.high,
                "n_coded": difference.n,
                "basis_of_interval": None if np.isnan(difference.value) else CODED_HERE,
            }
        )
    return rows
