"""How often the workbook errs: ``python -m benchmarks.borrowed NEWSMTSC POLNEAR [OUT]``.

OUT is `data/borrowed.csv`. Of the tone: NEWSMTSC is NewsMTSC as JSON lines, of which the dev parts
count; beside it stand the codings by hand of ten articles of Wikinews. Of each the mentions that
are truly negative (`n_true`), those of them that the machine calls so (`found`), the others
(`n_other`), and those of them that it calls so (`wrongly`). Of who is meant and who speaks (`a
name`) the same of each whom the workbook names in a text, all added up: mentions that truly mean
him or her, and so on. Who is meant was coded in the ten articles of Wikinews, which no model of the
workbook has learned from (GUM they have), and in three texts; who speaks in the three texts, and in
POLNEAR (PolNeAR as JSON lines, dev part; without errors of whom "he" means, see `benchmarks.who`).

Printed is also how often the intervals made of these cover the truth, the text itself left out of
what is borrowed, for some numbers of items that count as one: of the tone, of actors with five or
more mentions in the eleven articles; of who is meant, of actors with five or more mentions, and
with fewer; of who speaks, of speakers with two or more quotations in marks, and with one.
"""

import numpy as np
import pandas as pd

import analysis as wb
from analysis.measure.borrowed import A_NAME, TRIED, find_widest
from analysis.measure.tone.model import score_with_model
from analysis.measure.tone.stance import label_scores
from analysis.schema import LABELS
from benchmarks.commands import make_parser
from benchmarks.gold import place_coded, place_wikinews, read_coding, text_path
from benchmarks.who import (
    count_named,
    hand_texts,
    read_polnear_speakers,
    read_who_is_meant,
    read_who_speaks,
    wikinews_texts,
)
from training.data import DEV, read_examples

ANSWER = "negative"
# The article that comes with the workbook and is coded by hand.
ARTICLE = "article"
FEWEST = 5
COUNTS = ["n_true", "found", "n_other", "wrongly"]
WIKINEWS, BY_HAND = "Wikinews, ten articles coded by hand", "three texts coded by hand"
NEWSMTSC, POLNEAR = "NewsMTSC, dev parts", "PolNeAR, dev part"
# So many items of one name are many, by task.
MANY = {"actor": FEWEST, "speaker": 2}
TRIED_TOGETHER = (1, 2, 3, 4, 6, 8)
STEP = TRIED[1]


def label_newsmtsc(path):
    """(annotated, by the machine) labels of NewsMTSC's dev parts."""
    examples = []
    for split in DEV:
        examples += read_examples(path, split)
    texts, targets, labels = zip(*examples, strict=True)
    scores = pd.DataFrame(score_with_model(texts, targets), columns=[*LABELS])
    return pd.Series([LABELS[label] for label in labels]), label_scores(scores)


def label_gold(placed, sentences):
    """Mentions coded by hand, with what they truly are and what the machine says."""
    mentions = wb.schema.table(placed[wb.schema.columns("mentions")], "mentions")
    stance = wb.score_stance(mentions, sentences, kinds=None, types=None)
    said = (stance["label"] == ANSWER).to_numpy()
    return placed.assign(true=placed["label"] == ANSWER, said=said)


def label_article():
    """The same of the article that comes with the workbook."""
    coded = read_coding("mentions", ARTICLE)
    toned = coded.merge(read_coding("stance", ARTICLE), on=["text_id", "start", "end"])
    articles = wb.read_texts(text_path(ARTICLE).read_text(encoding="utf-8"))
    sentences = wb.split_sentences(articles)
    return label_gold(place_coded(toned, sentences), sentences)


def count_errors(true, said):
    """The counts of one row of the table."""
    true, said = np.asarray(true), np.asarray(said)
    counts = true.sum(), (true & said).sum(), (~true).sum(), (~true & said).sum()
    return dict(zip(COUNTS, map(int, counts), strict=True))


def measure_cover(gold, newsmtsc, together):
    """(actors, how many intervals cover the truth, their mean width) of mentions coded by hand."""
    covered, widths = [], []
    for (text_id, _), its in gold.groupby(["text_id", "actor"]):
        if len(its) < FEWEST:
            continue
        others = gold[~gold["text_id"].isin([text_id, ARTICLE])]
        lent = newsmtsc, count_errors(others["true"], others["said"])
        counts = [[data[name] for name in COUNTS] for data in lent]
        low, high = find_widest(its["said"].mean(), len(its) / together, counts)
        covered.append(low <= its["true"].mean() <= high)
        widths.append(high - low)
    return len(covered), int(sum(covered)), round(float(np.mean(widths)), 2)


def find_names(task, polnear):
    """{public data: who is named and who truly is, item by item} of a task."""
    texts, mentions = hand_texts()
    if task == "actor":
        wikinews = read_who_is_meant(*wikinews_texts())
        return {WIKINEWS: wikinews, BY_HAND: read_who_is_meant(texts, mentions)}
    return {POLNEAR: read_polnear_speakers(polnear), BY_HAND: read_who_speaks(texts)}


def measure_names(data, together, fewest, most=np.inf):
    """(names, how many intervals cover the truth, their mean width) of `fewest` to `most` items."""
    covered, widths = [], []
    totals = {name: np.array(count_named(rows)) for name, rows in data.items()}
    for name, rows in data.items():
        for _, its in rows.groupby("text_id"):
            own = np.array(count_named(its))
            lent = [total - own * (each == name) for each, total in totals.items()]
            size = its["size"].to_numpy(dtype=float)
            like, asked = size.sum() ** 2 / (size**2).sum(), its.loc[its["asked"], "said"]
            for who in sorted(set(asked)):
                if not fewest <= (its["said"] == who).sum() < most:
                    continue
                said, true = [size[its[each] == who].sum() / size.sum() for each in WHO]
                low, high = find_widest(said, like / together, lent)
                covered.append(low - STEP / 2 <= true <= high + STEP / 2)
                widths.append(high - low)
    return len(covered), int(sum(covered)), round(float(np.mean(widths or [0])), 2)


WHO = ("said", "true")


def print_names(task, data):
    """How often the intervals of one task cover the truth."""
    for together in TRIED_TOGETHER:
        for fewest, most in ((MANY[task], np.inf), (1, MANY[task])):
            n, covered, width = measure_names(data, together, fewest, most)
            items = f"{fewest} or more" if most == np.inf else f"fewer than {most}"
            print(f"{task}, {items}, {together} as one: {covered} of {n} covered, width {width}")


def main(arguments=None):
    """Label, count, print, write."""
    parser = make_parser("benchmarks.borrowed", __doc__)
    parser.add_argument("newsmtsc")
    parser.add_argument("polnear")
    parser.add_argument("output", nargs="?")
    args = parser.parse_args(arguments)
    true, said = label_newsmtsc(args.newsmtsc)
    newsmtsc = count_errors(true == ANSWER, said == ANSWER)
    wikinews = label_gold(*place_wikinews())
    rows = {
        NEWSMTSC: newsmtsc,
        WIKINEWS: count_errors(wikinews["true"], wikinews["said"]),
    }
    heads = {"task": "tone", "answer": ANSWER}
    listed = [{**heads, "data": data, **counts} for data, counts in rows.items()]
    named = {task: find_names(task, args.polnear) for task in MANY}
    for task, data in named.items():
        for source, items in data.items():
            counts = dict(zip(COUNTS, count_named(items), strict=True))
            listed.append({"task": task, "answer": A_NAME, "data": source, **counts})
    table = pd.DataFrame(listed)
    print(table.to_string(index=False))
    gold = pd.concat([wikinews, label_article()])
    for together in TRIED_TOGETHER:
        n, covered, width = measure_cover(gold, newsmtsc, together)
        print(f"{together} as one: {covered} of {n} actors covered, mean width {width}")
    for task, data in named.items():
        print_names(task, data)
    if args.output:
        table.to_csv(args.output, index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
