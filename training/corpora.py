"""The texts that the encoder of names learns from, each in one form: words with labels.

A *part* is a list of windows of one text (sentences or paragraphs), a window a list of words. Names
are a label a word (`NAME_LABELS`), mentions are places of words: (first, last, head, cluster),
counted through all windows of a part; the cluster is missing where nobody else is meant.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from analysis.find.names.encoder import LONGEST_WINDOW, NAME_LABELS
from analysis.find.names.titles import is_title
from benchmarks.commands import read_records

TYPES = {"person": "PER", "organization": "ORG", "place": "LOC"}
# What the corpora of names call them.
CONLL_TYPES = {
    "PER": "PER",
    "person": "PER",
    "ORG": "ORG",
    "corporation": "ORG",
    "group": "ORG",
    "LOC": "LOC",
    "location": "LOC",
    "MISC": "OTHER",
    "creative-work": "OTHER",
    "product": "OTHER",
}
# Words of a part: pieces of a novel that are read at once.
LONGEST_PART = 700
# How LitBank calls the kinds of mentions.
KIND = re.compile(r"(PRON|NOM|PROP)_(PER|FAC|GPE|LOC|ORG|VEH)")
# Where the head of a noun phrase stands before.
BEHIND_HEAD = frozenset(
    (",", "of", "in", "who", "that", "which", "with", "to", "from", "for", "at")
)


@dataclass
class Part:
    """Words of one text in windows, with what is known of them."""

    windows: list
    names: list | None = None  # a label number a word, through all windows
    has_other: bool = True  # whether names of nobody are labelled, too
    mentions: list = field(default_factory=list)
    nobody: list = field(default_factory=list)  # words that look like mentions and are none


def label_numbers(n, spans):
    """A label number a word: outside, but in the spans (first, last, type)."""
    numbers = [0] * n
    for first, last, kind in spans:
        for row in range(first, last):
            numbers[row] = NAME_LABELS.index(f"{'B' if row == first else 'I'}-{kind}")
    return numbers


def in_windows(sentences):
    """Sentences joined to windows as long as they may be."""
    windows = []
    for sentence in sentences:
        if windows and len(windows[-1]) + len(sentence) <= LONGEST_WINDOW:
            windows[-1] = windows[-1] + sentence
        else:
            windows.append(sentence)
    return windows


def read_conll(path, *, has_other=True):
    """Parts of a file in CoNLL's form, one a sentence, with names."""
    parts = []
    words, tags = [], []
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    for line in [*lines, ""]:
        cells = line.split()
        if len(cells) > 1:
            words.append(cells[0])
            tags.append(cells[1])
        elif words:
            parts.append(Part([words], label_numbers(len(words), tagged(tags)), has_other))
            words, tags = [], []
    return parts


def tagged(tags):
    """(first, last, type) of the names that tags in BIO or IO mark."""
    spans = []
    for row, tag in enumerate(tags):
        mark, _, kind = tag.partition("-")
        if mark not in ("B", "I") or kind not in CONLL_TYPES:
            continue
        kind = CONLL_TYPES[kind]
        if mark == "I" and spans and spans[-1][1] == row and spans[-1][2] == kind:
            spans[-1] = (spans[-1][0], row + 1, kind)
        else:
            spans.append((row, row + 1, kind))
    return spans


def read_names(folder):
    """Parts of the corpora of names: Wikigold, WNUT17, BTC."""
    folder = Path(folder)
    parts = read_conll(folder / "wikigold/CONLL-format/data/wikigold.conll.txt")
    for path in sorted((folder / "WNUT17/CONLL-format/data").glob("*/*")):
        parts += read_conll(path)
    for path in sorted((folder / "BTC/CONLL-format/data").glob("*.conll")):
        parts += read_conll(path, has_other=False)
    return [part for part in parts if len(part.windows[0]) <= LONGEST_WINDOW]


def read_gum(path):
    """{doc_id: Part} of GUM's documents, with names and mentions."""
    return {record["doc_id"]: gum_part(record) for record in read_records(path)}


def gum_part(record):
    """One of GUM's documents, a window a paragraph."""
    tokens = record["tokens"]
    at_start = {token[0]: row for row, token in enumerate(tokens)}
    at_end = {token[1]: row + 1 for row, token in enumerate(tokens)}
    names, mentions = [], []
    for entity in sorted(record["entities"], key=lambda each: each["start"] - each["end"]):
        first, last = at_start.get(entity["start"]), at_end.get(entity["end"])
        head = at_start.get(entity["head"][0])
        if first is None or last is None or head is None:
            continue
        if entity["form"] == "named":
            kind = TYPES.get(entity["etype"], "OTHER")
            name = name_within(tokens, first, last, head, kind)
            if entity["etype"] != "time":
                names.append((*name, kind))
            # The last word heads a name, as in spaCy's trees.
            head = max(name[1] - 1, name[0])
        mentions.append((first, last, head, entity["eid"]))
    heads = {head for _, _, head, _ in mentions}
    nobody = [row for row, token in enumerate(tokens) if token[4] == "PRON" and row not in heads]
    labels = label_numbers(len(tokens), longest_of(names))
    return Part(gum_windows(record), labels, True, mentions, nobody)


def gum_windows(record):
    """The words of a document: a window a paragraph, long ones parted between sentences."""
    sentences = [[] for _ in record["sentences"]]
    for token in record["tokens"]:
        sentences[token[8]].append(token[2])
    windows = []
    for sentence, words in zip(record["sentences"], sentences, strict=True):
        is_full = windows and len(windows[-1]) + len(words) > LONGEST_WINDOW
        if not windows or sentence["newpar"] or is_full:
            windows.append([])
        windows[-1] = windows[-1] + words
    return windows


def longest_of(spans):
    """Spans (first, last, type) without those inside others: a name in a name is part of it."""
    taken, kept = set(), []
    for first, last, kind in sorted(spans, key=lambda each: each[0] - each[1]):
        if first < last and taken.isdisjoint(range(first, last)):
            taken.update(range(first, last))
            kept.append((first, last, kind))
    return kept


def name_within(tokens, first, last, head, kind):
    """(first, last) of the name proper in a noun phrase: the proper nouns around its head."""
    low, high = head, head + 1
    while low > first and continues_name(tokens, low - 1, low):
        low -= 1
    while high < last and continues_name(tokens, high, high + 1, last):
        high += 1
    while high > low and not tokens[high - 1][5].startswith("NNP"):
        high -= 1
    if kind == "PER":
        titled = [row for row in range(low, high - 1) if is_title(tokens[row][2])]
        low = titled[-1] + 1 if titled and high - low > 1 else low
    return low, high


def continues_name(tokens, row, edge, last=None):
    """Whether a word beside a name belongs to it: a proper noun, or a small word between two."""
    if tokens[row][5].startswith("NNP"):
        return True
    word = tokens[row][2]
    is_small = word in ("of", "the", "and", "&", "de", "la", "-", "'s", "for", ".")
    if last is None or not is_small:
        is_number = tokens[row][5] == "CD" and last is not None
        return is_small and last is None and tokens[row - 1][5].startswith("NNP") or is_number
    following = range(edge, min(edge + 2, last))
    return any(tokens[each][5].startswith("NNP") for each in following)


def read_litbank(folder):
    """Parts of LitBank's novels, with mentions."""
    parts = []
    for path in sorted(Path(folder).glob("*.txt")):
        parts += novel_parts(path)
    return parts


def novel_parts(path):
    """The parts of one novel, each so many of its lines."""
    text = path.read_text(encoding="utf-8")
    spans = [match.span() for match in re.finditer(r"\S+", text)]
    words = [text[start:end] for start, end in spans]
    mentions = novel_mentions(path.with_suffix(".ann"), spans, words)
    breaks = [0]
    for row, (_, end) in enumerate(spans, 1):
        if text[end : end + 1] == "\n" and row - breaks[-1] >= LONGEST_PART:
            breaks.append(row)
    parts = []
    for low, high in pairwise([*breaks, len(words)]):
        if low == high:
            continue
        lines = text[spans[low][0] : spans[high - 1][1]].split("\n")
        inside = []
        for first, last, head, cluster in mentions:
            if low <= first and last <= high:
                inside.append((first - low, last - low, head - low, cluster))
        windows = in_windows([line.split() for line in lines if line.split()])
        parts.append(Part(windows, None, True, inside))
    return parts


def novel_mentions(path, spans, words):
    """[(first, last, head, cluster)] of the mentions that brat's file marks.

    One line says of what kind a span is, another in which cluster.
    """
    at_start = {start: row for row, (start, _) in enumerate(spans)}
    at_end = {end: row + 1 for row, (_, end) in enumerate(spans)}
    known = defaultdict(dict)
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("T"):
            name, start, end = line.split("\t")[1].rsplit(" ", 2)
            what = "kind" if KIND.fullmatch(name) else "cluster"
            known[int(start), int(end)][what] = name
    mentions = []
    for (start, end), said in known.items():
        first, last = at_start.get(start), at_end.get(end)
        if "kind" in said and first is not None and last is not None:
            cluster = said.get("cluster", f"alone {start}")
            mentions.append((first, last, head_within(words, first, last), cluster))
    return mentions


def head_within(words, first, last):
    """The row of the head of a noun phrase: its last word before what is said behind it."""
    for row in range(first + 1, last):
        if words[row] in BEHIND_HEAD:
            return row - 1
    return last - 1
