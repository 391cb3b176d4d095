"""What coders make of the words called loaded: ``python -m benchmarks.terms BASIL.jsonl``.

BASIL.jsonl holds one JSON object a line with `text` and `bias_spans`: objects with `start`, `end`
and `bias` ("lex" for lexical bias). Counted are the hits of the dictionary of loaded words that
touch a passage of lexical bias, beside content words at random, and the passages that hold a hit.
"""

import pandas as pd
from tqdm import tqdm

import analysis as wb
from analysis.measure.words import CONTENT_POS
from benchmarks.commands import make_parser, percent, read_records

SPAN = ["start", "end"]


def read_marked(record):
    """The passages that coders marked as lexical bias: start, end."""
    spans = pd.DataFrame(record["bias_spans"], columns=[*SPAN, "bias"]).dropna(subset=SPAN)
    return spans.loc[spans["bias"] == "lex", SPAN]


def touch(spans, marked):
    """How many of some spans touch a marked passage."""
    pairs = spans[SPAN].reset_index().merge(marked, how="cross", suffixes=["", "_marked"])
    touching = (pairs["start"] < pairs["end_marked"]) & (pairs["end"] > pairs["start_marked"])
    return pairs.loc[touching, "index"].nunique()


def main(arguments=None):
    """Measure and print."""
    parser = make_parser("benchmarks.terms", __doc__)
    parser.add_argument("input")
    args = parser.parse_args(arguments)
    counts = {"loaded words": [0, 0], "content words": [0, 0], "passages": [0, 0]}
    dictionary = wb.read_dictionary("loaded")
    for record in tqdm(read_records(args.input), delay=2):
        tokens = wb.split_tokens(wb.read_texts(record["text"]))
        marked = read_marked(record)
        terms = wb.find_terms(tokens, dictionary)
        words = tokens[tokens["pos"].isin(CONTENT_POS)]
        compared = ((terms, marked), (words, marked), (marked, terms[SPAN]))
        for count, (spans, others) in zip(counts.values(), compared, strict=True):
            count[0] += touch(spans, others)
            count[1] += len(spans)
    for what, (n, total) in counts.items():
        other = "holding a loaded word" if what == "passages" else "within lexical bias"
        print(f"{what} {other}: {percent(n, total)} of 100 ({n} of {total})")


if __name__ == "__main__":
    main()
