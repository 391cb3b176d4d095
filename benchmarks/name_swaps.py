"""Does a name alone move the tone? ``python -m benchmarks.name_swaps IN.jsonl [--split NAME ...]``.

IN holds one JSON object a line with `text` (and `split`). Every name of a state, person or organisation in it is exchanged for each of
the names in `data/name_swaps.csv`, in the same sentence. Printed are, for each category, the mean absolute shift of the tone (-1 to 1),
the mean shift of each group of names with its 95 % interval (bootstrap over sentences), and the sentences in which the name matters most.
"""

import argparse
import json

import analysis as wb
from analysis.lexicons import read_lexicon
from analysis.stance import interval


def main(arguments=None):
    """Exchange, score, print."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.name_swaps", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("input")
    parser.add_argument("--split", nargs="+", help="only records of these splits")
    parser.add_argument("--method", choices=["model", "lexicon"], default="model")
    args = parser.parse_args(arguments)
    with open(args.input, encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines if line.strip()]
    articles = wb.read_texts(list(dict.fromkeys(each["text"] for each in records if not args.split or each["split"] in args.split)))
    sentences = wb.split_sentences(articles)
    stance = wb.score_stance(wb.find_mentions(articles, wb.split_tokens(articles, sentences)), sentences, method=args.method)
    texts = sentences.set_index(["doc_id", "sentence_id"])["text"]
    for category in read_lexicon("name_swaps")["category"].unique():
        swaps = wb.find_name_swaps(stance, sentences, category)
        mentions = swaps.groupby(["doc_id", "start"])["tone"].agg(["min", "max"])
        print(f"== {category}: {len(mentions)} mentions, {swaps['name'].nunique()} names")
        gap = (mentions["max"] - mentions["min"]).mean()
        print(f"mean absolute shift: {swaps['shift'].abs().mean():.3f}; mean gap between highest and lowest: {gap:.3f}")
        for group, mean in swaps.groupby("group")["shift"].mean().sort_values().items():
            shifts = swaps[swaps["group"] == group].groupby(["doc_id", "sentence_id"])["shift"]
            low, high = interval(shifts.agg(["sum", "size"]).to_numpy())
            print(f"{group}: {mean:+.3f} ({low:+.3f} to {high:+.3f})")
        for row in wb.find_worst_swaps(swaps).head(3).itertuples():
            pair = f"{row.lowest_name} {row.lowest:+.2f}, {row.highest_name} {row.highest:+.2f}"
            print(f"worst: {pair} for {row.text!r} in: {texts[row.doc_id, row.sentence_id]}")


if __name__ == "__main__":
    main()
