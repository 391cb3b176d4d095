"""Make the file that ships: ``python -m training.export_names MINILM LEARNED.pt FOLDER``.

Exports the encoder of names and references to ONNX, its weights as whole numbers of 8 bits with a
scale for each column (ONNX Runtime turns them back when it loads them, so that it computes in 32
bits, and nothing that a sentence is read beside moves a number), and writes FOLDER/model.onnx,
FOLDER/tokenizer.json, FOLDER/distances.csv and FOLDER/checksums.txt.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import nn

from analysis.find.names.encoder import DISTANCES, FORMS
from benchmarks.commands import make_parser
from training.export import export_plain, write_checksums
from training.names import LINK, Encoder
from training.stance import read_tokenizer

LONGEST = 512  # word pieces
# Weights of so many numbers or more are stored as whole numbers.
LARGE = 10_000
# A window of five pieces to trace the model with, and what it gives.
EXAMPLE = {"ids": [[101, 5, 6, 7, 102]], "cases": [[4, 0, 1, 2, 4]]}
OUTPUTS = ["names", "asks", "answers", "nobody"]


class Shipped(nn.Module):
    """One window → of each piece its names, what it asks, what it answers, and nobody's score."""

    def __init__(self, encoder):
        super().__init__()
        self.encoder = encoder

    def forward(self, ids, cases):
        """The four outputs, a row a piece."""
        states = self.encoder.states(ids, cases, None)[0]
        asks = self.encoder.asks(states) / LINK**0.5
        names = self.encoder.names(states).log_softmax(-1)
        return names, asks, self.encoder.answers(states), self.encoder.nobody(states)[:, 0]


def make_small(plain, small):
    """Write the model again, its large weights as whole numbers of 8 bits."""
    model = onnx.load(plain)
    graph = model.graph
    kept, nodes = [], []
    for tensor in graph.initializer:
        weights = numpy_helper.to_array(tensor)
        if tensor.data_type != TensorProto.FLOAT or weights.size < LARGE or weights.ndim != 2:
            kept.append(tensor)
            continue
        # A scale for each column of a matrix; for each row of a table that is looked up in.
        axis = 1 if is_looked_up(graph, tensor.name) else 0
        scale = np.abs(weights).max(axis=axis, keepdims=True) / 127
        scale = np.where(scale == 0, 1, scale).astype(np.float32)
        whole = np.round(weights / scale).astype(np.int8)
        kept.append(numpy_helper.from_array(whole, f"{tensor.name}_whole"))
        kept.append(numpy_helper.from_array(scale, f"{tensor.name}_scale"))
        names = [f"{tensor.name}_{what}" for what in ("whole", "real", "scale")]
        nodes.append(helper.make_node("Cast", names[:1], names[1:2], to=TensorProto.FLOAT))
        nodes.append(helper.make_node("Mul", names[1:], [tensor.name]))
    del graph.initializer[:]
    graph.initializer.extend(kept)
    rest = list(graph.node)
    del graph.node[:]
    graph.node.extend([*nodes, *rest])
    onnx.save(model, small)


def is_looked_up(graph, name):
    """Whether rows of a table are looked up."""
    return any(node.op_type == "Gather" and name == node.input[0] for node in graph.node)


def write_distances(encoder, path):
    """What each distance adds to a score: one row a form and distance."""
    weights = encoder.distance.weight.detach().view(len(FORMS), len(DISTANCES)).tolist()
    lines = ["form,sentences,weight"]
    for form, row in zip(FORMS, weights, strict=True):
        for gap, weight in zip(DISTANCES, row, strict=True):
            lines.append(f"{form},{gap},{weight:.4f}")
    Path(path).write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(arguments=None):
    """Export, make small, write."""
    parser = make_parser("training.export_names", __doc__)
    for name in ("model", "learned", "folder"):
        parser.add_argument(name)
    args = parser.parse_args(arguments)
    encoder = Encoder(args.model)
    encoder.load_state_dict(torch.load(args.learned))
    folder = Path(args.folder)
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as scratch:
        plain, shaped = f"{scratch}/plain.onnx", f"{scratch}/shaped.onnx"
        export_plain(Shipped(encoder), plain, EXAMPLE, OUTPUTS, LONGEST)
        quant_pre_process(plain, shaped, skip_symbolic_shape=True)
        make_small(shaped, folder / "model.onnx")
    read_tokenizer(args.model).save(str(folder / "tokenizer.json"), pretty=False)
    write_distances(encoder, folder / "distances.csv")
    write_checksums(folder, ("model.onnx", "tokenizer.json", "distances.csv"))


if __name__ == "__main__":
    main()
