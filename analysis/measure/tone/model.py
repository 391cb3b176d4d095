"""The tone model: a small encoder that reads a sentence with one target marked.

Loaded on first use.
"""

from bisect import bisect_left, bisect_right

import numpy as np

from ...models import load_tokenizer, run_model

TONE_MODEL = "stance"
# Stand around the target; in the text itself, brackets are read in their place.
MARKERS = ("{", "}")
PLAIN = str.maketrans("{}", "()")
# Word pieces; of a longer sentence, those around the target are read.
LONGEST = 128
# Pieces that stand in every sentence: its first, its last, the markers.
N_SPECIAL = len(MARKERS) + 2


def score_with_model(texts, targets):
    """Probabilities (negative, neutral, positive) for each text with its target (start, end).

    An array of a row a text. Sentences are read one at a time, on every core: so no score depends
    on the sentences beside it.
    """
    if not len(texts):
        return np.empty((0, 3))
    rows = []
    for ids, marked, _ in encode_targets(load_tokenizer(TONE_MODEL), texts, targets):
        rows.append({"ids": ids, "marked": marked})
    found = run_model(TONE_MODEL, rows, title="Scoring tone", unit=" mentions")
    return np.array([probabilities[0] for (probabilities,) in found], dtype=float)


def is_cut(texts, targets):
    """For each text whether it is too long to be read whole."""
    cut = [False] * len(texts)
    # A word piece has one character at least.
    long = [place for place, text in enumerate(texts) if len(text) > LONGEST - N_SPECIAL]
    if long:
        pieces = encode_targets(
            load_tokenizer(TONE_MODEL),
            [texts[place] for place in long],
            [targets[place] for place in long],
        )
        for place, (*_, whole) in zip(long, pieces, strict=True):
            cut[place] = not whole
    return cut


def encode_targets(tokenizer, texts, targets):
    """(ids, marked, whole) for each text with its target (start, end).

    Word pieces, which of them are the target, and whether all were read. A target that cuts a word
    piece takes it whole. Of a sentence longer than `LONGEST` pieces, a window around the target is
    read, wider on one side by what the other leaves unused; of a longer target, its beginning.
    """
    first, last = tokenizer.encode("").ids
    special = (first, *map(tokenizer.token_to_id, MARKERS), last)
    unique = list(dict.fromkeys(texts))
    plain = [text.translate(PLAIN) for text in unique]
    pieces = {}
    encoded = tokenizer.encode_batch(plain, add_special_tokens=False)
    for text, encoding in zip(unique, encoded, strict=True):
        starts = [start for start, _ in encoding.offsets]
        ends = [end for _, end in encoding.offsets]
        pieces[text] = (encoding.ids, starts, ends)
    encodings = []
    for text, target in zip(texts, targets, strict=True):
        encodings.append(window(*pieces[text], *target, special))
    return encodings


def window(ids, starts, ends, start, end, special):
    """(ids, marked, whole) of one sentence's word pieces, those from `start` to `end` marked.

    `starts` and `ends` are of the pieces, all in characters.
    """
    first, opening, closing, last = special
    low, high = bisect_right(ends, start), bisect_left(starts, end)
    high = min(high, low + LONGEST - N_SPECIAL)
    room = LONGEST - N_SPECIAL - (high - low)
    before = min(low, max(room // 2, room - (len(ids) - high)))
    after = min(len(ids) - high, room - before)
    target = [opening, *ids[low:high], closing]
    made = [first, *ids[low - before : low], *target, *ids[high : high + after], last]
    marked = [0] * (1 + before) + [1] * len(target) + [0] * (after + 1)
    whole = before == low and high + after == len(ids)
    return made, marked, whole
