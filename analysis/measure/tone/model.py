"""The tone model: a small encoder that reads a sentence with one target marked.

Loaded on first use.
"""

import hashlib
import os
from bisect import bisect_left, bisect_right
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import numpy as np
from tqdm import tqdm

from ...errors import WorkbookError
from ...lexicons import resource

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
    session = tone_model()
    pieces = encode_targets(word_pieces(), texts, targets)

    def read(piece):
        ids, marked, _ = piece
        asked = {"ids": np.array([ids], np.int64), "marked": np.array([marked], np.int64)}
        return session.run(None, asked)[0][0]

    readers = ThreadPoolExecutor(os.cpu_count())
    try:
        found = tqdm(
            readers.map(read, pieces),
            total=len(pieces),
            desc="Scoring tone",
            unit=" mentions",
            delay=2,
            leave=False,
        )
        return np.array(list(found), dtype=float)
    finally:
        readers.shutdown(cancel_futures=True)  # whoever stops it does not wait for the rest


def is_cut(texts, targets):
    """For each text whether it is too long to be read whole."""
    cut = [False] * len(texts)
    # A word piece has one character at least.
    long = [place for place, text in enumerate(texts) if len(text) > LONGEST - N_SPECIAL]
    if long:
        pieces = encode_targets(
            word_pieces(), [texts[place] for place in long], [targets[place] for place in long]
        )
        for place, (*_, whole) in zip(long, pieces, strict=True):
            cut[place] = not whole
    return cut


@cache
def tone_model():
    """The model in `data/stance`, run by ONNX Runtime."""
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = 1  # each sentence has a core of its own
    return InferenceSession(read_shipped("model.onnx"), options, ["CPUExecutionProvider"])


@cache
def word_pieces():
    """Its word pieces."""
    from tokenizers import Tokenizer

    pieces = Tokenizer.from_buffer(read_shipped("tokenizer.json"))
    pieces.encode_special_tokens = True  # "[SEP]" in a text is text
    return pieces


def read_shipped(name):
    """A file of the model; WorkbookError where it is not as it was shipped."""
    folder = resource("data") / "stance"
    try:
        content = (folder / name).read_bytes()
        known = (folder / "checksums.txt").read_text(encoding="utf-8")
    except OSError:
        content, known = b"", ""
    if f"{hashlib.sha256(content).hexdigest()}  {name}\n" not in known:
        raise WorkbookError(
            f"the tone model is missing or damaged ({folder / name}). Install the workbook again."
        )
    return content


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
