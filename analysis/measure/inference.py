"""Prediction-powered inference: the machine's figure corrected by what a coder answered.

With all items of a text known to the machine and some coded by hand, the corrected mean is that of
the machine's values plus the mean error among the coded (Angelopoulos, A. N. et al. 2023:
Prediction-powered inference. Science 382), the machine's part tuned by how well it foretells the
coder (Angelopoulos, Duchi & Zrnic 2023: PPI++). Where the population is finite, as an article's
mentions are, this is the regression estimator of survey sampling (Cochran 1977, ch. 7), and an
interval shrinks to nothing when all is coded.
"""

import math
from typing import NamedTuple

import numpy as np

# The normal distribution's quantile for 95 %.
NORMAL = 1.959964
# What one item of each of four kinds weighs that is added to the coded ones: coder and machine say
# yes or no in all four ways. So a small sample in which the machine never errs does not promise
# that it never will (after Agresti & Min 2005, who add half an item of each for two paired shares;
# less is enough in the simulation of benchmarks/coverage.py).
ADDED = 0.3
ADDED_CODED = np.array([0.0, 0.0, 1.0, 1.0])
ADDED_MACHINE = np.array([0.0, 1.0, 0.0, 1.0])
# Two figures that are set against each other share it: their difference is one figure.
HALF_ADDED = ADDED / 2
# Items coded, below which nothing is said: from here to 20 intervals cover more than they promise.
FEWEST_CODED = 5
NOTHING = float("nan")


class Estimate(NamedTuple):
    """A mean with its interval: `error` is its standard error, `n` how many items were coded."""

    value: float
    low: float
    high: float
    error: float
    n: int
    degrees: int


def estimate_mean(machine, coded, weight=None, added=None):
    """The mean of what a coder would answer for all items, from the machine's values for all.

    `coded` has the coder's value where there is one, NaN elsewhere; `weight` how many items each of
    these stands for (by default the same); `added` is as in `correct_mean`. Values are 0 or 1, or
    an item's size for 1. An Estimate without value where fewer than FEWEST_CODED items are coded,
    and not all.
    """
    machine, coded = np.asarray(machine, dtype=float), np.asarray(coded, dtype=float)
    told = ~np.isnan(coded)
    weights = np.ones(len(coded)) if weight is None else np.asarray(weight, dtype=float)
    mean = machine.mean() if len(machine) else NOTHING
    return correct_mean(mean, len(machine), coded[told], machine[told], weights[told], added)


def correct_mean(mean, total, y, f, weights, added=None):
    """The same from the machine's mean over all items and both values of the coded ones.

    `total` is how many items there are, `y` the coder's values, `f` the machine's, `added` what one
    item of each kind that is added weighs (ADDED by default).
    """
    n = len(y)
    if n == total and total:
        value = float(y.mean())
        return Estimate(value, value, value, 0.0, n, n)
    if n < FEWEST_CODED:
        return Estimate(NOTHING, NOTHING, NOTHING, NOTHING, n, 0)
    slope, rest, spread, size = fit_coded(y, f, weights * total / weights.sum(), added)
    error = float(np.sqrt(spread))
    degrees = max(int(size) - 2, 1)
    reach = t_quantile(degrees) * error
    # What is coded is known: of the others all may be 0, or 1.
    least, most = y.sum() / total, min((y.sum() + total - n) / total, 1.0)
    value = slope * mean + rest
    low, high = min(max(value - reach, least), 1.0), max(min(value + reach, most), 0.0)
    value = min(max(value, low), high)
    return Estimate(float(value), float(low), float(high), error, n, degrees)


def fit_coded(y, f, weights, added=None):
    """(slope, mean of what it leaves, variance of that mean, as of how many) of the coded items.

    The slope is how much of the machine's value to count, 0 to 1. The variance is that of a ratio
    of weighted sums (linearised), of a sample without replacement; of unequal weights as of so many
    equal ones (Kish 1965).
    """
    n, mean_weight = len(y), weights.mean()
    added = ADDED if added is None else added
    y, f = np.r_[y, ADDED_CODED], np.r_[f, ADDED_MACHINE]
    counted = np.r_[np.ones(n), np.full(len(ADDED_CODED), added)]
    weights = np.r_[weights, np.full(len(ADDED_CODED), mean_weight)]
    full = counted * weights
    slope = tune_slope(y, f, full)
    left = y - slope * f
    mean = (full * left).sum() / full.sum()
    # An item that stands for itself alone says nothing uncertain.
    unseen = np.maximum(1 - 1 / weights, 0)
    squares = (counted * unseen * (weights * (left - mean)) ** 2).sum()
    size = count_effective(unseen[:n] * weights[:n] ** 2)
    enlarged = (size + counted[n:].sum()) / (size + counted[n:].sum() - 2)
    return slope, mean, squares / full.sum() ** 2 * enlarged, size


def count_effective(parts):
    """How many equal parts tell as much as these unequal ones; three at least."""
    if not parts.any():
        return float(len(parts))
    return max(parts.sum() ** 2 / (parts**2).sum(), 3.0)


def tune_slope(y, f, weights):
    """How much of the machine's value foretells the coder's: the slope of a line, 0 to 1."""
    shares = weights / weights.sum()
    f_less = f - (shares * f).sum()
    varies = (shares * f_less**2).sum()
    if varies == 0:
        return 0.0
    return float(np.clip((shares * f_less * y).sum() / varies, 0, 1))


def estimate_difference(one, other):
    """The difference of two estimates of different items, an Estimate.

    The two are best made with HALF_ADDED instead of ADDED.
    """
    if np.isnan(one.error) or np.isnan(other.error):
        return Estimate(NOTHING, NOTHING, NOTHING, NOTHING, one.n + other.n, 0)
    value = one.value - other.value
    error = float(np.hypot(one.error, other.error))
    degrees = min(one.degrees, other.degrees)
    if error:
        parts = one.error**4 / one.degrees + other.error**4 / other.degrees
        degrees = max(int(error**4 / parts), 1)  # Welch and Satterthwaite
    reach = t_quantile(degrees) * error
    low, high = max(value - reach, -1.0), min(value + reach, 1.0)
    return Estimate(value, low, high, error, one.n + other.n, degrees)


def share_interval(share, n):
    """(low, high) of Wilson's score interval of shares of `n` observations."""
    width = NORMAL**2 / n
    middle = (share + width / 2) / (1 + width)
    reach = NORMAL * np.sqrt(share * (1 - share) / n + width / (4 * n)) / (1 + width)
    return middle - reach, middle + reach


def t_quantile(degrees):
    """The 97.5 % quantile of Student's t, by the series of Abramowitz & Stegun 26.7.5.

    Right to 0.001 from 4 degrees of freedom on; below, from their table 26.10.

    >>> round(t_quantile(38), 3), round(t_quantile(8), 3)
    (2.024, 2.306)
    """
    if degrees in FEW_DEGREES:
        return FEW_DEGREES[degrees]
    z, d = NORMAL, degrees
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term / d**power for power, term in enumerate(terms, 1))


FEW_DEGREES = {1: 12.706, 2: 4.303, 3: 3.182}


def t_chance(t, degrees):
    """The chance of a value at least as far from 0 as `t`, of Student's t.

    By the finite series of Abramowitz & Stegun 26.7.3 and 26.7.4; of very many degrees of freedom,
    that of the normal distribution.

    >>> round(t_chance(2.024, 38), 3), round(t_chance(0, 5), 3)
    (0.05, 1.0)
    """
    if degrees > MANY_DEGREES:
        return math.erfc(abs(t) / math.sqrt(2))
    angle = math.atan(abs(t) / math.sqrt(degrees))
    sine, cosine = math.sin(angle), math.cos(angle)
    is_odd = degrees % 2
    term, total = (cosine, 0.0) if is_odd else (1.0, 0.0)
    for k in range(is_odd + 1, degrees, 2):
        total += term
        term *= cosine**2 * k / (k + 1)
    inside = 2 / math.pi * (angle + sine * total) if is_odd else sine * total
    return max(1 - inside, 0.0)


# From so many degrees of freedom on the normal distribution stands for Student's t.
MANY_DEGREES = 1000
