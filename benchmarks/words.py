"""How often lemma and part of speech are right: ``python -m benchmarks.words GUM.jsonl``.

GUM.jsonl holds one JSON object a line with `text`, `genre` and `tokens`: [start, end, form, lemma,
upos, ...]; ``--genre news`` takes the texts of one genre. Counted are the tokens whose span the
workbook finds; case does not count in lemmas.
"""

import pandas as pd
from tqdm import tqdm

import analysis as wb
from benchmarks.commands import make_parser, percent, read_records

GOLD = ["start", "end", "form", "lemma", "pos"]


def find_both(record):
    """The tokens whose span both have, with `lemma` and `pos` as found and as annotated."""
    gold = pd.DataFrame(record["tokens"]).iloc[:, : len(GOLD)].set_axis(GOLD, axis=1)
    found = wb.split_tokens(wb.read_texts(record["text"]))
    return found.merge(gold, on=["start", "end"], suffixes=["", "_gold"])


def main(arguments=None):
    """Measure and print."""
    parser = make_parser("benchmarks.words", __doc__)
    parser.add_argument("input")
    parser.add_argument("--genre", help="only texts of this genre")
    args = parser.parse_args(arguments)
    found = lemmas = tags = 0
    for record in tqdm(read_records(args.input, genre=args.genre), delay=2):
        both = find_both(record)
        found += len(both)
        lemmas += (both["lemma"].str.lower() == both["lemma_gold"].str.lower()).sum()
        tags += (both["pos"] == both["pos_gold"]).sum()
    for what, right in (("lemma", lemmas), ("part of speech", tags)):
        print(f"{what} right: {percent(right, found)} of 100 tokens ({right} of {found})")


if __name__ == "__main__":
    main()
