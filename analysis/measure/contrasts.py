"""Groups compared by what a coder's sample makes of the machine's figures."""

import numpy as np
import pandas as pd

from ..errors import SchemaError
from ..read.codings import NO_ONE
from .answers import check_items, match_answers
from .corrected import BORROWED, CODED_HERE, TONE_TASK, Pool, asked_codings
from .inference import (
    FEWEST_CODED,
    HALF_ADDED,
    NOTHING,
    Estimate,
    estimate_difference,
    t_chance,
)
from .sampling import SMALL_STRATUM

# Tasks whose answers are a column that can be compared, and the column that has the tone.
NAMED_TASKS = ("actor", "speaker")
TONE_HIT = "label"
FEW_IN_GROUP = f"fewer than {FEWEST_CODED} coded"
NONE_ELSEWHERE = "none coded of another group"
NOT_AMONG_CODED = "not among the coded"
NO_ESTIMATE = Estimate(NOTHING, NOTHING, NOTHING, NOTHING, 0, 0)


def find_compared_task(of, hit):
    """The task of coding that tells what is compared; SchemaError where none does."""
    if hit and list(hit) == [TONE_HIT]:
        return TONE_TASK
    if not hit and len(of) == 1 and of[0] in NAMED_TASKS:
        return of[0]
    raise SchemaError(
        "no coding says what is compared here. With `coded`, compare who is meant (of='actor'), "
        "who speaks (of='speaker'), or a tone (hit={'label': 'negative'})."
    )


def correct_comparison(compared, items, rows, group_of, *, of, hit, weight, coded):
    """Compared rows with the figures that a coder's sample makes of them.

    `compared` and `items` are as in `compare_groups`: `item` is the number of a row of `items`,
    `effect` the design effect; `base` and `rate` are of the machine.
    """
    task = find_compared_task(of, hit)
    codings = asked_codings(coded)
    kept = rows[rows["doc_id"].isin(group_of.index)]
    check_items(rows, codings)
    matched = match_answers(kept, codings, task)
    matched["group"] = matched["doc_id"].map(group_of)
    if hit:
        pools = pool_by_item(matched, of, items, weight)
        answers = dict.fromkeys(items.index, hit[TONE_HIT])
    else:
        of_all = GroupPools(matched, weight)
        pools = dict.fromkeys(items.index, of_all)
        answers = items[of[0]].astype("object").where(items[of[0]].notna(), NO_ONE).to_dict()
    found = [
        correct_row(row, pools[row.item], answers[row.item], task) for row in compared.itertuples()
    ]
    told = pd.DataFrame(found, columns=CORRECTED_COLUMNS, index=compared.index)
    return judge_contrasts(compared.drop(columns=["low", "high"]).join(told))


CORRECTED_COLUMNS = [
    "corrected", "low", "high", "n_coded", "basis_of_interval", "corrected_others", "difference",
    "difference_low", "difference_high", "own", "error", "degrees", "why",
]  # fmt: skip


def pool_by_item(matched, of, items, weight):
    """{number of an item: the pools of its own rows}."""
    both = pd.concat([items[of], matched[of]], ignore_index=True)
    number = both.groupby(of, dropna=False, sort=False).ngroup().to_numpy()
    parts = dict(list(matched.groupby(number[len(items) :])))
    nothing = matched.iloc[:0]
    return {
        item: GroupPools(parts.get(code, nothing), weight)
        for item, code in zip(items.index, number[: len(items)], strict=True)
    }


class GroupPools:
    """Rows of which groups are compared: a pool for each group, and one for all the others."""

    def __init__(self, matched, weight):
        self.matched, self.weight = matched, weight
        self.own, self.rest = {}, {}
        self.answered = set(matched.loc[matched["coded"].notna(), "coded"])
        self.answered |= set(matched.loc[matched["coded"].notna(), "machine"])
        self.size = matched[weight] if weight else pd.Series(1, index=matched.index)

    def of_group(self, group):
        """(pool, how much it adds up to) of the rows of a group."""
        if group not in self.own:
            self.own[group] = self.part(self.matched["group"] == group)
        return self.own[group]

    def of_others(self, group):
        """(pool, how much it adds up to) of the rows of all other groups."""
        if group not in self.rest:
            self.rest[group] = self.part(self.matched["group"] != group)
        return self.rest[group]

    def part(self, chosen):
        """(pool, how much it adds up to) of some of the rows."""
        return Pool(self.matched[chosen], self.weight), float(self.size[chosen].sum())

    def are_others_coded(self, group):
        """Whether something is coded of each of the other groups that has a notable part of them.

        Else what is coded stands for articles of which nothing is.
        """
        others = self.matched[self.matched["group"] != group]
        shares = others["group"].value_counts(normalize=True)
        coded = others.groupby("group")["coded"].count()
        return bool((coded.reindex(shares.index[shares >= SMALL_STRATUM]) > 0).all())


def correct_row(row, pools, answer, task):
    """The figures of one item and group: values in the order of CORRECTED_COLUMNS."""
    pool, size = pools.of_group(row.group)
    rest, size_others = pools.of_others(row.group)
    scale, scale_others = scale_of(size, row.base), scale_of(size_others, row.base_others)
    n_coded = len(pool.coded)
    if task != TONE_TASK and answer not in pools.answered and n_coded < pool.total:
        one = other = NO_ESTIMATE
        value, why = NO_ESTIMATE, NOT_AMONG_CODED
    else:
        value = pool.estimate(answer)
        one = scale_estimate(pool.estimate(answer, added=HALF_ADDED), scale)
        other = scale_estimate(rest.estimate(answer, added=HALF_ADDED), scale_others)
        why = FEW_IN_GROUP if np.isnan(one.value) or np.isnan(other.value) else None
        if not pools.are_others_coded(row.group):
            other, why = NO_ESTIMATE, why or NONE_ELSEWHERE
    value, basis = scale_estimate(value, scale), CODED_HERE
    if np.isnan(value.value):
        low, high = pool.borrow(answer, task)
        value = scale_estimate(value._replace(low=low, high=high), scale)
        basis = None if np.isnan(low) else BORROWED
    apart = estimate_difference(one, other)
    return (
        value.value, value.low, value.high, n_coded, basis, other.value, apart.value, apart.low,
        apart.high, one.value, apart.error, apart.degrees, why,
    )  # fmt: skip


def scale_of(size, base):
    """What a share of some rows is multiplied by to be a rate of `base`; of nothing, nothing."""
    return size / base if base else NOTHING


def scale_estimate(estimate, scale):
    """An estimate of a share as one of a rate."""
    value, low, high, error = (scale * each for each in estimate[:4])
    return estimate._replace(value=value, low=low, high=high, error=error)


def judge_contrasts(compared):
    """The chance of each corrected difference, of the coder's sample and of the articles together.

    Where the machine's own can be told: from as many occurrences and articles on.
    """
    deflated = compared["base"] / compared["effect"]
    others = deflated.groupby(compared["item"]).transform("sum") - deflated
    together = compared["own"] * compared["base"]
    together += compared["corrected_others"] * compared["base_others"]
    rate = (together / (compared["base"] + compared["base_others"])).clip(0, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        by_chance = rate * (1 - rate) * (1 / deflated + 1 / others)
        spread = compared["error"] ** 2 + by_chance
        t = (compared["difference"] / np.sqrt(spread)).where(spread > 0)
        ratio = np.log2(compared["own"] / compared["corrected_others"])
    shares = spread / compared["error"].where(compared["error"] > 0) ** 2
    degrees = compared["degrees"] * shares**2  # Welch and Satterthwaite: the coder's part alone
    degrees = degrees.fillna(MOST_DEGREES).clip(1, MOST_DEGREES).astype(int)
    p = [t_chance(*each) for each in zip(t, degrees, strict=True)]
    flags = [
        "; ".join(filter(None, (flag, why))) or None
        for flag, why in zip(compared["flag"].fillna(""), compared["why"].fillna(""), strict=True)
    ]
    return compared.assign(
        p=np.where(compared["p"].notna(), p, np.nan),
        log_likelihood=np.sign(t) * t**2,
        log_ratio=ratio,
        flag=flags,
    )


# As many as a normal distribution has.
MOST_DEGREES = 10**6
