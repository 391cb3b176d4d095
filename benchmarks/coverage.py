"""How often intervals cover the truth: ``python -m benchmarks.coverage TASK GOLD PREDICTED``.

GOLD and PREDICTED are as for `benchmarks.score` (TASK: tone, actors, quotes; ``--genre``,
``--split``, ``--annotators`` take a part). From their items 1,500 corpora of 150 are drawn, each
with a share of its own (a beta distribution), so that the machine errs more in some than in others;
in each a coder answers 30, 40 or 80 as the annotation has it. The figure is the share of the whole
corpus: of negative mentions (tone), of mentions of the article's main actor (actors), of quotations
with a speaker in the text (quotes). Printed are coverage and mean width in percent, of the
machine's share (Wilson's interval), of coded items alone (Wilson's, of a finite corpus), and of the
corrected share; also for samples stratified by the machine's answer, in proportion and in equal
parts, for a tenth and a third of the corpus, and for the difference of its two halves. The third
number is how many corpora in a hundred have enough coded items for a figure.
"""

from collections import Counter, defaultdict

import numpy as np

from analysis.measure.inference import HALF_ADDED, estimate_difference, estimate_mean
from analysis.measure.tone.stance_counts import share_interval
from benchmarks.commands import make_parser, read_records
from benchmarks.score import chains, choose_contents, count_agreeing, fits, pair_contents

CORPORA, SIZE, CODED = 1500, 150, (10, 20, 30, 40, 80)
MIX = 2.0  # both numbers of the beta distribution: the smaller, the more corpora differ
SEED = 1


def tone_items(pairs):
    """(machine says negative, so does the annotation) of each target."""
    rows = []
    for gold, predicted in pairs:
        for target, label in zip(gold["targets"], predicted["labels"], strict=True):
            rows.append((label, target["label"]))
    return [(one == "negative", other == "negative") for one, other in rows]


def actor_items(pairs):
    """(machine says main actor, so does the annotation) of each mention found.

    The main actor is the one with most mentions in the article, by the machine; who that is in the
    annotation is the actor who shares most mentions with it.
    """
    rows = []
    for gold, predicted in pairs:
        kept, found = chains(gold, predicted)
        if not found or not kept:
            continue
        main = max(found, key=lambda actor: len(found[actor]))
        same = max(kept, key=lambda eid: count_agreeing(kept[eid], found[main]))
        for actor, spans in found.items():
            for span in spans:
                rows.append((actor == main, any(fits(each, span) for each in kept[same])))
    return rows


def quote_items(pairs):
    """(machine has a speaker, so has the annotation) of each quotation found."""
    rows = []
    for gold, predicted in pairs:
        wanted, found = choose_contents(gold, predicted, "all")
        true = defaultdict(bool)
        for share, right, i, j in pair_contents(gold["text"], wanted, found):
            true[j] = share >= 0.3 and right and bool(wanted[i]["source"])
        rows += [(quote["source"] is not None, true[j]) for j, quote in enumerate(found)]
    return rows


TASKS = {"tone": tone_items, "actors": actor_items, "quotes": quote_items}


def draw_corpus(items, rng):
    """The rows of one corpus, with a share of true items of its own."""
    truth = rng.beta(MIX, MIX)  # how many are truly so, before the machine has spoken
    weights = np.where(items[:, 1], truth / items[:, 1].sum(), (1 - truth) / (~items[:, 1]).sum())
    return rng.choice(len(items), SIZE, p=weights / weights.sum())


def plain_sample(n, rng):
    """Which items are coded, drawn by lot from all."""
    coded = np.zeros(SIZE, dtype=bool)
    coded[rng.choice(SIZE, n, replace=False)] = True
    return coded


def stratified_sample(machine, n, rng, allocation):
    """Which items are coded of a sample by the machine's answer, and how many each stands for.

    As `sample_rows` draws them: the first of each answer by turns, in proportion or in equal parts.
    """
    shuffled = rng.permutation(SIZE)
    turn, size = np.zeros(SIZE), np.zeros(SIZE)
    for answer in np.unique(machine):
        its = shuffled[machine[shuffled] == answer]
        size[its] = len(its)
        turn[its] = np.arange(len(its)) + 0.5
    if allocation == "proportional":
        turn /= size
    coded = np.zeros(SIZE, dtype=bool)
    coded[np.argsort(turn, kind="stable")[:n]] = True
    weight = np.ones(SIZE)
    for answer in np.unique(machine):
        here = coded & (machine == answer)
        weight[here] = size[here] / max(here.sum(), 1)
    return coded, weight


def alone(coded_values, n):
    """The interval of coded items alone: Wilson's, for as many as a finite corpus makes of them."""
    like = n * (SIZE - 1) / (SIZE - n) if n < SIZE else np.inf
    return share_interval(coded_values.mean(), like)


def measure_corpus(machine, truth, n, rng):
    """{design: (interval, truth)} of one corpus of which `n` items are coded."""
    made = {}
    coded = plain_sample(n, rng)
    answers = np.where(coded, truth, np.nan)
    made["machine"] = share_interval(machine.mean(), SIZE), truth.mean()
    made["coded alone"] = alone(truth[coded], n), truth.mean()
    made["corrected"] = interval(estimate_mean(machine, answers)), truth.mean()
    for part, size in (("a third", SIZE // 3), ("a tenth", SIZE // 10)):
        estimate = estimate_mean(machine[:size], answers[:size])
        made[f"corrected, {part}"] = interval(estimate), truth[:size].mean()
    half = SIZE // 2
    parts = slice(half), slice(half, None)
    two = [estimate_mean(machine[part], answers[part], added=HALF_ADDED) for part in parts]
    true = truth[:half].mean() - truth[half:].mean()
    made["difference of two halves"] = interval(estimate_difference(*two)), true
    for allocation in ("proportional", "equal"):
        coded, weight = stratified_sample(machine, n, rng, allocation)
        answers = np.where(coded, truth, np.nan)
        estimate = estimate_mean(machine, answers, weight)
        made[f"corrected, by answer, {allocation}"] = interval(estimate), truth.mean()
    return made


def interval(estimate):
    """(low, high)."""
    return estimate.low, estimate.high


def simulate(items, n, corpora=CORPORA):
    """{design: (coverage, mean width, share of corpora with a figure)} in percent."""
    rng = np.random.default_rng(SEED)
    covered, widths, given = Counter(), Counter(), Counter()
    for _ in range(corpora):
        machine, truth = items[draw_corpus(items, rng)].T.astype(float)
        for design, ((low, high), true) in measure_corpus(machine, truth, n, rng).items():
            if not np.isnan(low):
                given[design] += 1
                covered[design] += low - 1e-9 <= true <= high + 1e-9
                widths[design] += high - low
    return {
        design: (
            round(100 * covered[design] / times, 1),
            round(100 * widths[design] / times, 1),
            round(100 * times / corpora, 1),
        )
        for design, times in given.items()
    }


def main(arguments=None):
    """Read, simulate, print."""
    parser = make_parser("benchmarks.coverage", __doc__)
    parser.add_argument("task", choices=TASKS)
    parser.add_argument("gold")
    parser.add_argument("predicted")
    parser.add_argument("--genre")
    parser.add_argument("--split")
    parser.add_argument("--annotators", type=int)
    parser.add_argument("--corpora", type=int, default=CORPORA)
    args = parser.parse_args(arguments)
    key = "id" if args.task == "tone" else "doc_id"
    wanted = {"genre": args.genre, "split": args.split, "n_annotators": args.annotators}
    predicted = {record[key]: record for record in read_records(args.predicted)}
    gold = [record for record in read_records(args.gold, **wanted) if record[key] in predicted]
    if not gold:
        parser.error("no gold record has a prediction.")
    items = np.array(TASKS[args.task]([(record, predicted[record[key]]) for record in gold]))
    said, true = items.sum(axis=0)
    print(f"{len(items)} items: the machine says yes to {said}, the annotation to {true},")
    print(f"both agree on {(items[:, 0] == items[:, 1]).sum()}")
    for n in CODED:
        print(f"{n} of {SIZE} coded: coverage, mean width, share of corpora with a figure")
        for design, numbers in simulate(items, n, args.corpora).items():
            print(f"  {design}:", *numbers)


if __name__ == "__main__":
    main()
