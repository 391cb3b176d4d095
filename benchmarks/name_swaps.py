"""Does a name alone move the tone? ``python -m benchmarks.name_swaps IN.jsonl [--split NAME ...]``.

IN holds one JSON object a line with `text` (and `split`). Every name of a state, person or
organisation in it is exchanged for each of the names in `data/name_swaps.csv`, in the same
sentence. Printed are, for each category, the mean absolute shift of the tone (-1 to 1), the mean
shift of each group of names with its 95 % interval (bootstrap over sentences), and the sentences in
which the name matters most.
"""

from scipy.stats import t

import analysis as wb
from analysis.lexicons import read_lexicon
from benchmarks.commands import make_parser, read_records


def read_different(path, splits):
    """The articles table of the different texts; of `splits` where any are named."""
    texts = {}
    for record in read_records(path):
        if not splits or record["split"] in splits:
            texts[record["text"]] = None
    return wb.read_texts(list(texts))


def print_shifts(swaps):
    """How far names move the tone: on the whole, and of each group of names."""
    tones = swaps.groupby(["doc_id", "start"])["tone"].agg(["min", "max"])
    shift, gap = swaps["shift"].abs().mean(), (tones["max"] - tones["min"]).mean()
    print(f"mean absolute shift: {shift:.3f}; mean gap between highest and lowest: {gap:.3f}")
    for group, mean in swaps.groupby("group")["shift"].mean().sort_values().items():
        shifts = swaps[swaps["group"] == group].groupby(["doc_id", "sentence_id"])["shift"].mean()
        low, high = t.interval(0.95, len(shifts) - 1, shifts.mean(), shifts.sem())
        print(f"{group}: {mean:+.3f} ({low:+.3f} to {high:+.3f})")


def print_worst(swaps, sentences):
    """The three mentions whose tone depends most on the name."""
    texts = sentences.set_index(["doc_id", "sentence_id"])["text"]
    for row in wb.compare_name_swaps(swaps).head(3).itertuples():
        pair = f"{row.lowest_name} {row.lowest:+.2f}, {row.highest_name} {row.highest:+.2f}"
        print(f"worst: {pair} for {row.text!r} in: {texts[row.doc_id, row.sentence_id]}")


def main(arguments=None):
    """Exchange, score, print."""
    parser = make_parser("benchmarks.name_swaps", __doc__)
    parser.add_argument("input")
    parser.add_argument("--split", nargs="+", help="only records of these splits")
    parser.add_argument("--method", choices=["model", "lexicon"], default="model")
    args = parser.parse_args(arguments)
    articles = read_different(args.input, args.split)
    sentences = wb.split_sentences(articles)
    mentions = wb.find_mentions(articles, wb.split_tokens(articles, sentences))
    stance = wb.score_stance(mentions, sentences, method=args.method)
    for category in read_lexicon("name_swaps")["category"].unique():
        swaps = wb.score_name_swaps(stance, sentences, category)
        places = swaps.drop_duplicates(["doc_id", "start"])
        print(f"== {category}: {len(places)} mentions, {swaps['name'].nunique()} names")
        print_shifts(swaps)
        print_worst(swaps, sentences)


if __name__ == "__main__":
    main()
