"""How often corrected differences are true: ``python -m benchmarks.contrasts GOLD PREDICTED``.

GOLD and PREDICTED are NewsMTSC and what `benchmarks.predict tone` says of it. As in
`benchmarks.coverage`, corpora of 150 mentions are drawn from its targets; here each is of two
outlets with six articles each, and each outlet has a share of negative mentions of its own, or both
have the same. A coder answers 30, 40 or 80 of them as the annotation has it, drawn from all or half
of them from each outlet, and the difference is reckoned and judged as `compare_groups(…, coded=…)`
does. Printed are: how many of 100 intervals hold the true difference, their mean width in points,
of how many corpora in a hundred a difference is told, and in how many it is said to hold (where
both have the same share, these are false alarms), by the machine's figures alone, too.
"""

import math

import numpy as np
import pandas as pd

from analysis.measure.comparison import CHANCE, design_effects, weigh, with_squares
from analysis.measure.contrasts import judge_contrasts
from analysis.measure.inference import HALF_ADDED, estimate_difference, estimate_mean
from benchmarks.commands import make_parser, percent, read_records
from benchmarks.coverage import CORPORA, MIX, SEED, SIZE, tone_items

ARTICLES, COMPARED_CODED = 6, (30, 40, 80)
HALF = SIZE // 2
ARTICLE_OF = np.arange(HALF) % ARTICLES


def draw_outlet(items, truth, rng):
    """Half a corpus: what the machine and the annotation say of each mention, 0 or 1."""
    weights = np.where(items[:, 1], truth / items[:, 1].sum(), (1 - truth) / (~items[:, 1]).sum())
    return items[rng.choice(len(items), HALF, p=weights / weights.sum())].T.astype(float)


def choose_coded(n, by_outlet, rng):
    """Which mentions of each of both outlets are coded."""
    if by_outlet:
        return [rng.permutation(HALF) < n // 2 for _ in range(2)]
    coded = rng.permutation(SIZE) < n
    return [coded[:HALF], coded[HALF:]]


def compare_outlets(outlets, coded):
    """A row to judge: the corrected difference of two outlets, and what the machine has."""
    shares = [
        estimate_mean(machine, np.where(told, truth, np.nan), added=HALF_ADDED)
        for (machine, truth), told in zip(outlets, coded, strict=True)
    ]
    apart = estimate_difference(*shares)
    said = [np.bincount(ARTICLE_OF, machine) for machine, _ in outlets]
    base = np.bincount(ARTICLE_OF)
    noted = [with_squares(pd.DataFrame({"n": n, "base": base})).sum() for n in said]
    effects = np.array([float(design_effects(each)) for each in noted])
    n = np.array([[each.sum()] for each in said]) / effects[:, None]
    evidence = weigh(n, HALF / effects[:, None])[0, 0]
    row = {
        "base": HALF, "base_others": HALF, "own": shares[0].value,
        "corrected_others": shares[1].value, "difference": apart.value, "error": apart.error,
        "degrees": apart.degrees, "low": apart.low, "high": apart.high, "p": 1.0,
        "p_machine": math.erfc(math.sqrt(np.nan_to_num(evidence) / 2)),
    }  # fmt: skip
    other = {"base": HALF, "effect": effects[1], "p": np.nan}
    return {**row, "effect": effects[0]}, other


def measure(items, n, *, same, by_outlet, corpora):
    """(coverage, mean width, told, said to hold, said to hold by the machine alone)."""
    rng = np.random.default_rng(SEED)
    rows, true = [], []
    for corpus in range(corpora):
        shares = rng.beta(MIX, MIX, 2)
        outlets = [draw_outlet(items, shares[0 if same else k], rng) for k in range(2)]
        pair = compare_outlets(outlets, choose_coded(n, by_outlet, rng))
        rows += [{"item": corpus, "flag": None, "why": None, **row} for row in pair]
        true.append(outlets[0][1].mean() - outlets[1][1].mean())
    judged = judge_contrasts(pd.DataFrame(rows))[::2].reset_index(drop=True)
    told = judged["difference"].notna()
    covered = (judged["low"] - 1e-9 <= true) & (true <= judged["high"] + 1e-9)
    width = round(100 * (judged["high"] - judged["low"])[told].mean(), 1)
    holding = [percent((judged[each] < CHANCE).sum(), corpora) for each in ("p", "p_machine")]
    return percent(covered[told].sum(), told.sum()), width, percent(told.sum(), corpora), *holding


def main(arguments=None):
    """Read, simulate, print."""
    parser = make_parser("benchmarks.contrasts", __doc__)
    parser.add_argument("gold")
    parser.add_argument("predicted")
    parser.add_argument("--split")
    parser.add_argument("--corpora", type=int, default=CORPORA)
    args = parser.parse_args(arguments)
    predicted = {record["id"]: record for record in read_records(args.predicted)}
    gold = [each for each in read_records(args.gold, split=args.split) if each["id"] in predicted]
    if not gold:
        parser.error("no gold record has a prediction.")
    items = np.array(tone_items([(record, predicted[record["id"]]) for record in gold]))
    print("coded: coverage, mean width, a difference told, holds, holds by the machine alone")
    for n in COMPARED_CODED:
        for same in (True, False):
            for by_outlet in (False, True):
                options = {"same": same, "by_outlet": by_outlet, "corpora": args.corpora}
                shares = "same share" if same else "shares of their own"
                drawn = "by outlet" if by_outlet else "from all"
                print(f"  {n} {drawn}, {shares}:", *measure(items, n, **options), flush=True)


if __name__ == "__main__":
    main()
