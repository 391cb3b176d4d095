"""How often lemma and part of speech are right: ``python -m benchmarks.words GUM.jsonl [--genre news]``.

GUM.jsonl holds one JSON object a line with `text`, `genre` and `tokens`: [start, end, form, lemma, upos, ...]. Counted are
the tokens whose span the workbook finds; case does not count in lemmas.
"""

import argparse
import json

from tqdm import tqdm

import analysis as wb


def main(arguments=None):
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.words", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("input")
    parser.add_argument("--genre", help="only texts of this genre")
    args = parser.parse_args(arguments)
    with open(args.input, encoding="utf-8") as lines:
        records = [record for record in map(json.loads, filter(str.strip, lines)) if args.genre in (None, record.get("genre"))]
    found = lemmas = tags = 0
    for record in tqdm(records, delay=2):
        gold = {tuple(token[:2]): (token[3].lower(), token[4]) for token in record["tokens"]}
        for token in wb.split_tokens(wb.read_texts(record["text"])).itertuples():
            lemma, pos = gold.get((token.start, token.end), (None, None))
            found += lemma is not None
            lemmas += lemma == token.lemma.lower()
            tags += pos == token.pos
    print(f"lemma right: {100 * lemmas / max(found, 1):.1f} of 100 tokens ({lemmas} of {found})")
    print(f"part of speech right: {100 * tags / max(found, 1):.1f} of 100 tokens ({tags} of {found})")


if __name__ == "__main__":
    main()
