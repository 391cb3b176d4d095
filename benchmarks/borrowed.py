"""How often the tone model errs: ``python -m benchmarks.borrowed NEWSMTSC [OUT]``.

NEWSMTSC is NewsMTSC as JSON lines, of which the dev parts count; beside it stand the codings by
hand of ten articles of Wikinews. OUT is `data/borrowed.csv`: of each the mentions that are truly
negative (`n_true`), those of them that the machine calls so (`found`), the others (`n_other`), and
those of them that it calls so (`wrongly`). Printed is also how often the intervals made of these
cover the truth, of actors with five or more mentions in these articles and the one that comes with
the workbook, the article itself left out of what is borrowed; for some numbers of mentions that
count as one.
"""

import numpy as np
import pandas as pd

import analysis as wb
from analysis.measure.borrowed import GO_TOGETHER, TRIED, is_likely
from analysis.measure.tone.model import score_with_model
from analysis.measure.tone.stance import label_scores
from analysis.schema import LABELS
from benchmarks.commands import make_parser
from benchmarks.gold import place_coded, place_wikinews, read_coding, text_path
from training.data import DEV, read_examples

ANSWER = "negative"
# The article that comes with the workbook and is coded by hand.
ARTICLE = "article"
FEWEST = 5
COUNTS = ["n_true", "found", "n_other", "wrongly"]


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
        likely = [is_likely(its["said"].mean(), len(its) / together, **data) for data in lent]
        kept = TRIED[np.any(likely, axis=0)]
        low, high = (kept.min(), kept.max()) if len(kept) else (0, 1)
        covered.append(low <= its["true"].mean() <= high)
        widths.append(high - low)
    return len(covered), int(sum(covered)), round(float(np.mean(widths)), 2)


def main(arguments=None):
    """Label, count, print, write."""
    parser = make_parser("benchmarks.borrowed", __doc__)
    parser.add_argument("newsmtsc")
    parser.add_argument("output", nargs="?")
    args = parser.parse_args(arguments)
    true, said = label_newsmtsc(args.newsmtsc)
    newsmtsc = count_errors(true == ANSWER, said == ANSWER)
    wikinews = label_gold(*place_wikinews())
    rows = {
        "NewsMTSC, dev parts": newsmtsc,
        "Wikinews, ten articles coded by hand": count_errors(wikinews["true"], wikinews["said"]),
    }
    heads = {"task": "tone", "answer": ANSWER}
    table = pd.DataFrame([{**heads, "data": data, **counts} for data, counts in rows.items()])
    print(table.to_string(index=False))
    gold = pd.concat([wikinews, label_article()])
    for together in sorted({1, 2, 3, GO_TOGETHER, 6}):
        n, covered, width = measure_cover(gold, newsmtsc, together)
        print(f"{together} as one: {covered} of {n} actors covered, mean width {width}")
    if args.output:
        table.to_csv(args.output, index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
