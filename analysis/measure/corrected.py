"""The machine's figures beside those that a coder's sample makes of them, with their intervals."""

from itertools import combinations

import numpy as np
import pandas as pd

from .. import schema
from ..read.codings import NO_ONE
from .borrowed import A_NAME, borrow_interval
from .inference import HALF_ADDED, NOTHING, Estimate, correct_mean, estimate_difference

# Where an interval comes from.
CODED_HERE, BORROWED = "coded here", "borrowed from public data"
ADDED_COLUMNS = ["corrected", "low", "high", "n_coded", "basis_of_interval"]
TONE_TASK = "tone"
# Instead of codings: intervals from public data alone.
NO_CODINGS = "borrowed"


def asked_codings(coded):
    """The codings handed over as `coded`; none where borrowed intervals are asked for."""
    if isinstance(coded, str) and coded == NO_CODINGS:
        return schema.table([], "codings")
    return schema.check(coded, "codings")


def add_corrected(counts, matched, keys, says, *, task, counted=False, sizes=None):
    """A table of counts with the corrected figure of each row beside the machine's.

    `matched` is what `match_answers` gives of the rows behind the counts, `keys` the columns in
    which rows and counts agree, `says(row)` the answer that counts for a row of counts. The figure
    is a share of the rows with the same keys, or with `counted` their number; with `sizes`, a
    column of `matched`, every row counts for its size. Where there are too few codings, errors on
    public data make an interval. Where the answer is a name, nothing is said of one that neither
    coder nor machine gives among the coded rows, and nothing is borrowed for a part of an article
    (`keys`): among pronouns the machine errs more than on the whole. Whom only coders name has no
    row: the counts have those whom the machine finds.
    """
    pools = pool_alike(counts, matched, keys, sizes)
    is_named = task != TONE_TASK
    lends = not is_named or not set(keys) - {"doc_id"}
    estimates, bases = [], []
    for row, pool in zip(counts.itertuples(), pools, strict=True):
        answer, scale = says(row), pool.total if counted else 1
        estimate = pool.estimate(answer, named=is_named)
        basis = None if np.isnan(estimate.value) else CODED_HERE
        if basis is None and lends:
            low, high = pool.borrow(answer, task)
            estimate = estimate._replace(low=low, high=high)
            basis = None if np.isnan(low) else BORROWED
        figures = (estimate.value * scale, estimate.low * scale, estimate.high * scale)
        estimates.append((*figures, estimate.n))
        bases.append(basis)
    numbers = pd.DataFrame(estimates, columns=ADDED_COLUMNS[:-1], index=counts.index)
    numbers["basis_of_interval"] = pd.Series(bases, index=counts.index, dtype="str")
    types = {column: schema.dtype_of(column) for column in ADDED_COLUMNS}
    return counts.drop(columns=["low", "high"], errors="ignore").join(numbers.astype(types))


def may_be_chance(counts, first):
    """Whether the order of the first row may be chance: another's interval reaches into its own.

    None where there is no other with an interval, or none of the first.
    """
    if "low" not in counts:
        return None
    rest = counts.drop(index=first.name).dropna(subset=["low"])
    if rest.empty or pd.isna(first["low"]):
        return None
    return bool((rest["high"] >= first["low"]).any())


def pool_alike(counts, matched, keys, sizes):
    """For each row of counts the pool of rows with the same values of the keys."""
    if not keys:
        return [Pool(matched, sizes)] * len(counts)
    both = pd.concat([counts[keys], matched[keys]], ignore_index=True)
    number = both.groupby(keys, dropna=False, sort=False).ngroup().to_numpy()
    of_counts, of_rows = number[: len(counts)], number[len(counts) :]
    parts = dict(list(matched.groupby(of_rows)))
    pools = {each: Pool(parts.get(each, matched.iloc[:0]), sizes) for each in set(of_counts)}
    return [pools[each] for each in of_counts]


class Pool:
    """Rows of which one share or several are told: what coders and machine say of them."""

    def __init__(self, matched, sizes=None):
        self.total = len(matched)
        size = np.ones(self.total)
        if sizes is not None and matched[sizes].sum():
            size = (matched[sizes] / matched[sizes].mean()).to_numpy(dtype=float)
        # Of unequal sizes as many as tell as much as equal ones (Kish 1965).
        self.like = size.sum() ** 2 / (size**2).sum() if self.total else 0
        self.shares = pd.Series(size).groupby(matched["machine"].to_numpy()).sum() / self.total
        told = matched["coded"].notna().to_numpy()
        self.size, self.weights = size[told], matched["weight"].to_numpy(dtype=float)[told]
        self.coded = matched["coded"].to_numpy(dtype=object)[told]
        self.machine = matched["machine"].to_numpy(dtype=object)[told]

    def share(self, answer):
        """The share of the rows of which the machine says `answer`."""
        return float(self.shares.get(answer, 0.0))

    def estimate(self, answer, *, named=False, added=None):
        """The share of rows of which the answer is `answer`, as coders would have it."""
        y, f = self.size * (self.coded == answer), self.size * (self.machine == answer)
        if named and not (y.any() or f.any()) and len(y) < self.total:
            return Estimate(NOTHING, NOTHING, NOTHING, NOTHING, len(y), 0)
        return correct_mean(self.share(answer), self.total, y, f, self.weights, added)

    def borrow(self, answer, task):
        """(low, high) of the same from the machine's errors on public data.

        NaN where none is known, as of what nobody is named for.
        """
        if answer == NO_ONE:
            return NOTHING, NOTHING
        asked = answer if task == TONE_TASK else A_NAME
        return borrow_interval(self.share(answer), self.like, asked, task)


def compare_corrected(matched, by, answer):
    """Pairs of groups of rows: rows for the table `stance_comparison`, without their order.

    Groups are in the order of their size.
    """
    sizes = matched[by].value_counts()
    estimates, shares = {}, {}
    for group in sizes.index:
        pool = Pool(matched[matched[by] == group])
        estimates[group] = pool.estimate(answer, added=HALF_ADDED)
        shares[group] = pool.share(answer)
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
