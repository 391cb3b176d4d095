"""The tone model: a small encoder that reads a sentence once, and of which each target then asks.

Loaded on first use.
"""

from bisect import bisect_left, bisect_right

import numpy as np

from ...models import load_tokenizer, run_model

TONE_MODEL = "stance"
# Word pieces that are read at most; of a longer sentence, those around the target.
LONGEST = 128
# Pieces that stand in every sentence: its first, its last.
N_SPECIAL = 2
# Distances of a word piece from the target, each up to the next, on either side.
REACHES = (1, 2, 3, 5, 9, 17, 33)


def score_with_model(texts, targets):
    """Probabilities (negative, neutral, positive) for each text with its target (start, end).

    An array of a row a text. A sentence is read once for all its targets; sentences are read one at
    a time, on every core: so no score depends on the sentences beside it.
    """
    if not len(texts):
        return np.empty((0, 3))
    readings, places, _ = encode_targets(load_tokenizer(TONE_MODEL), texts, targets)
    rows = []
    for ids, spans in readings:
        inside, reaches = zip(*(look_from(len(ids), *span) for span in spans), strict=True)
        rows.append({"ids": [ids], "inside": inside, "reaches": reaches})
    found = run_model(TONE_MODEL, rows, title="Scoring tone", unit=" sentences")
    return np.array([found[reading][0][row] for reading, row in places], dtype=float)


def is_cut(texts, targets):
    """For each text whether it is too long to be read whole."""
    cut = [False] * len(texts)
    # A word piece has one character at least.
    long = [place for place, text in enumerate(texts) if len(text) > LONGEST - N_SPECIAL]
    if long:
        asked = [texts[place] for place in long], [targets[place] for place in long]
        *_, whole = encode_targets(load_tokenizer(TONE_MODEL), *asked)
        for place, is_whole in zip(long, whole, strict=True):
            cut[place] = not is_whole
    return cut


def encode_targets(tokenizer, texts, targets):
    """(readings, places, whole) for each text with its target (start, end).

    A reading is the word pieces of a sentence and the spans in it of the targets that ask, in
    pieces; `places` says of each text which reading and which of its spans, `whole` whether all was
    read. A target that cuts a word piece takes it whole. Of a sentence longer than `LONGEST`
    pieces, each target has a reading of its own: a window around it.
    """
    first, last = tokenizer.encode("").ids
    unique = list(dict.fromkeys(texts))
    encoded = tokenizer.encode_batch(unique, add_special_tokens=False)
    pieces = {}
    for text, encoding in zip(unique, encoded, strict=True):
        starts = [start for start, _ in encoding.offsets]
        ends = [end for _, end in encoding.offsets]
        pieces[text] = (encoding.ids, starts, ends)
    readings, places, whole, known = [], [], [], {}
    for text, (start, end) in zip(texts, targets, strict=True):
        ids, starts, ends = pieces[text]
        low, high = bisect_right(ends, start), bisect_left(starts, end)
        # Of a target without a piece, the next one is looked at.
        low = min(low, max(len(ids) - 1, 0))
        high = max(high, low + 1)
        left, right = window(len(ids), low, high)
        if (text, left) not in known:
            known[text, left] = len(readings)
            readings.append(([first, *ids[left:right], last], {}))
        number = known[text, left]
        first_inside = low - left + 1
        span = (first_inside, max(min(high, right) - left, first_inside) + 1)
        places.append((number, readings[number][1].setdefault(span, len(readings[number][1]))))
        whole.append(right - left == len(ids))
    return [(ids, list(spans)) for ids, spans in readings], places, whole


def window(n, low, high):
    """(left, right): the pieces of `n` that are read around those from `low` to `high`.

    Wider on one side by what the other leaves unused; of a longer target, its beginning.
    """
    longest = LONGEST - N_SPECIAL
    if n <= longest:
        return 0, n
    high = min(high, low + longest)
    room = longest - (high - low)
    before = min(low, max(room // 2, room - (n - high)))
    return low - before, min(n, high + room - before)


def look_from(n, low, high):
    """Of `n` pieces, which are those from `low` to `high`, and how far from them each stands.

    A distance is a number: 0 inside, then up to each of `REACHES` behind, then the same before.
    """
    place = np.arange(n)
    gap = np.where(place < low, low - place, np.maximum(place - (high - 1), 0))
    number = np.searchsorted(REACHES, gap, side="right") + len(REACHES) * (place < low)
    return ((place >= low) & (place < high)).astype(np.int64), number
