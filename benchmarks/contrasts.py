"""How often corrected differences are true: ``python -m benchmarks.contrasts GOLD PREDICTED``.

GOLD and PREDICTED are NewsMTSC and what `benchmarks.predict tone` says of it. As in
`benchmarks.coverage`, corpora of 150 mentions are drawn from its targets; here each is of two
outlets with six articles each, and each outlet has a share of negative mentions of its own, or both
have the same. A coder answers 30, 40 or 80 of them as the annotation has it, drawn from all or as
many from each outlet, and `compare_groups(…, coded=…)` tells the difference of the outlets. Printed
are: how many of 100 intervals hold the true difference, their mean width in points, of how many
corpora in a hundred a difference is told, and in how many it is said to hold (where both have the
same share, these are false alarms).
"""

import numpy as np
import pandas as pd

import analysis as wb
from analysis.read.codings import name_item
from benchmarks.commands import make_parser, percent, read_records
from benchmarks.coverage import MIX, SEED, SIZE, tone_items

DRAWN, ARTICLES, COMPARED_CODED = 1500, 6, (30, 40, 80)
OUTLETS = ("Echo", "Globe")
LABELLED = {True: "negative", False: "neutral"}
LENGTH = 3  # letters of a mention


def draw_outlet(items, truth, rng):
    """Half a corpus: (machine says negative, so does the annotation) of each mention."""
    weights = np.where(items[:, 1], truth / items[:, 1].sum(), (1 - truth) / (~items[:, 1]).sum())
    return items[rng.choice(len(items), SIZE // 2, p=weights / weights.sum())]


def make_corpus(items, same, rng):
    """(rows of a stance table, what each truly is) of two outlets."""
    shares = rng.beta(MIX, MIX, 2)
    both = np.concatenate([draw_outlet(items, shares[0 if same else n], rng) for n in (0, 1)])
    number = np.arange(SIZE)
    doc_id = [f"{OUTLETS[n // (SIZE // 2)]}-{n % ARTICLES}" for n in number]
    rows = pd.DataFrame({"doc_id": doc_id, "actor": "Ann", "start": 10 * number, "tone": 0.0})
    rows = rows.assign(end=rows["start"] + LENGTH, label=[LABELLED[said] for said in both[:, 0]])
    return rows, both[:, 1]


def make_articles():
    """The articles of a corpus, of which only the outlet counts."""
    names = [f"{outlet}-{n}" for outlet in OUTLETS for n in range(ARTICLES)]
    articles = wb.read_texts([f"Text {name}." for name in names])
    return articles.assign(doc_id=names, outlet=[name.split("-")[0] for name in names])


def code_rows_as(rows, true, n, by_outlet, rng):
    """The codings of `n` rows: drawn from all, or half of them from each outlet."""
    order = rng.permutation(SIZE)
    is_echo = order < SIZE // 2
    if by_outlet:
        order = np.concatenate([order[is_echo][: n // 2], order[~is_echo][: n // 2]])
    chosen = rows.iloc[order[:n]]
    places = zip(chosen["doc_id"], chosen["start"], chosen["end"], strict=True)
    codings = chosen.assign(
        item=[name_item(*place, "tone") for place in places],
        task="tone",
        coder="a",
        answer=[LABELLED[each] for each in true[order[:n]]],
        stratum=[doc_id.split("-")[0] if by_outlet else "all" for doc_id in chosen["doc_id"]],
        weight=SIZE / n,
        sentence_id=1,
        paragraph_id=1,
    )
    return wb.schema.table(codings.reindex(columns=wb.schema.columns("codings")), "codings")


def measure(items, n, *, same, by_outlet, corpora):
    """(coverage, mean width, corpora with a difference, corpora in which it holds)."""
    rng, articles = np.random.default_rng(SEED), make_articles()
    covered, widths, holds = [], [], 0
    for _ in range(corpora):
        rows, true = make_corpus(items, same, rng)
        codings = code_rows_as(rows, true, n, by_outlet, rng)
        first = wb.compare_groups(rows, articles, hit={"label": "negative"}, coded=codings).iloc[0]
        holds += bool(first["holds"])
        if not np.isnan(first["difference"]):
            difference = true[: SIZE // 2].mean() - true[SIZE // 2 :].mean()
            low, high = first["difference_low"], first["difference_high"]
            covered.append(low - 1e-9 <= difference <= high + 1e-9)
            widths.append(high - low)
    width = round(100 * float(np.mean(widths)), 1)
    told = percent(len(covered), corpora)
    return percent(sum(covered), len(covered)), width, told, percent(holds, corpora)


def main(arguments=None):
    """Read, simulate, print."""
    parser = make_parser("benchmarks.contrasts", __doc__)
    parser.add_argument("gold")
    parser.add_argument("predicted")
    parser.add_argument("--split")
    parser.add_argument("--corpora", type=int, default=DRAWN)
    args = parser.parse_args(arguments)
    predicted = {record["id"]: record for record in read_records(args.predicted)}
    gold = [each for each in read_records(args.gold, split=args.split) if each["id"] in predicted]
    if not gold:
        parser.error("no gold record has a prediction.")
    items = np.array(tone_items([(record, predicted[record["id"]]) for record in gold]))
    print("coded: coverage, mean width, a difference told, held")
    for n in COMPARED_CODED:
        for same in (True, False):
            for by_outlet in (False, True):
                options = {"same": same, "by_outlet": by_outlet, "corpora": args.corpora}
                shares = "same share" if same else "shares of their own"
                drawn = "by outlet" if by_outlet else "from all"
                print(f"  {n} {drawn}, {shares}:", *measure(items, n, **options), flush=True)


if __name__ == "__main__":
    main()
