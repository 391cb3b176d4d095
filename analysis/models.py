"""The models that ship in `data/`, each a folder: its files checked, its word pieces, its session.

A model computes one sentence or paragraph at a time, on every core: so no number depends on what is
read beside it, nor on how many cores there are.
"""

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import numpy as np
from tqdm import tqdm

from .errors import WorkbookError
from .lexicons import resource


@cache
def load_model(name):
    """The model in `data/<name>`, run by ONNX Runtime."""
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = 1  # what is read has a core of its own
    return InferenceSession(read_shipped(name, "model.onnx"), options, ["CPUExecutionProvider"])


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
    session = load_model(name)

    def read(row):
        asked = {key: np.asarray(numbers, np.int64) for key, numbers in row.items()}
        return session.run(None, asked)

    if len(rows) < 2:
        return [read(row) for row in rows]
    readers = ThreadPoolExecutor(count_cores())
    try:
        found = readers.map(read, rows)
        return list(tqdm(found, total=len(rows), desc=title, unit=unit, delay=2, leave=False))
    finally:
        readers.shutdown(cancel_futures=True)  # whoever stops it does not wait for the rest
