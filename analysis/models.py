"""The models that ship in `data/`, each a folder: its files checked, its word pieces, its session.

A model computes one sentence or paragraph at a time, on every core: so no number depends on what is
read beside it, nor on how many cores there are. Beside each model lies a small one, of half its
depth and computed in 8 bits, which reads three times as fast and a little worse.
"""

import contextlib
import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from functools import cache

import numpy as np
from tqdm import tqdm

from .errors import WorkbookError
from .kept import afresh
from .lexicons import resource

WHOLE_MODEL, SMALL_MODEL = "model.onnx", "small.onnx"
WHICH_MODEL = ContextVar("WHICH_MODEL", default=WHOLE_MODEL)
# Slower than what it stands for.
LEFT_ALONE = ["SkipLayerNormFusion"]


@contextlib.contextmanager
def reading_quickly(is_quick=True):
    """Read with the small models meanwhile; what they say is not kept beside what the whole say."""
    token = WHICH_MODEL.set(SMALL_MODEL if is_quick else WHOLE_MODEL)
    try:
        with afresh() if is_quick else contextlib.nullcontext():
            yield
    finally:
        WHICH_MODEL.reset(token)


def is_reading_quickly():
    """Whether the small models are read with."""
    return WHICH_MODEL.get() == SMALL_MODEL


@cache
def load_model(name, file=WHOLE_MODEL):
    """A model in `data/<name>`, run by ONNX Runtime."""
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = 1  # what is read has a core of its own
    content = read_shipped(name, file)
    here = ["CPUExecutionProvider"]
    return InferenceSession(content, options, here, disabled_optimizers=LEFT_ALONE)


@cache
def load_tokenizer(name):
    """The word pieces of the model in `data/<name>`."""
    from tokenizers import Tokenizer

    pieces = Tokenizer.from_buffer(read_shipped(name, "tokenizer.json"))
    pieces.encode_special_tokens = True  # "[SEP]" in a text is text
    return pieces


def read_shipped(name, file):
    """A file of a model; WorkbookError where it is not as it was shipped."""
    folder = resource("data") / name
    try:
        content = (folder / file).read_bytes()
        known = (folder / "checksums.txt").read_text(encoding="utf-8")
    except OSError:
        content, known = b"", ""
    if f"{hashlib.sha256(content).hexdigest()}  {file}\n" not in known:
        raise WorkbookError(
            f"a model is missing or damaged ({folder / file}). Install the workbook again."
        )
    return content


def count_cores():
    """How many cores to read on: all, or as many as WORKBOOK_CORES says.

    Each of several processes side by side takes one.
    """
    said = os.environ.get("WORKBOOK_CORES", "")
    return int(said) if said.isdecimal() and int(said) else os.cpu_count()


def run_model(name, rows, *, title, unit):
    """The outputs of a model for each of some rows, {input: whole numbers}, in order."""
    session = load_model(name, WHICH_MODEL.get())

    def read(row):
        asked = {key: np.asarray(numbers, np.int64) for key, numbers in row.items()}
        return session.run(None, asked)

    def watch(found):
        return list(tqdm(found, total=len(rows), desc=title, unit=unit, delay=2, leave=False))

    if len(rows) < 2 or count_cores() == 1:
        return watch(map(read, rows))
    readers = ThreadPoolExecutor(count_cores())
    try:
        return watch(readers.map(read, rows))
    finally:
        readers.shutdown(cancel_futures=True)  # whoever stops it does not wait for the rest
