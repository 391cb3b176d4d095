"""What the exports of the models share: ONNX, weights as whole numbers of 8 bits, checksums."""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import nn

from analysis.models import SMALL_MODEL, WHOLE_MODEL
from analysis.report.provenance import hash_file

# Weights of so many numbers or more are stored as whole numbers.
LARGE = 10_000


class Lean(nn.Module):
    """An encoder's layers for one sentence at a time: nothing is masked, and what each head asks,
    is asked and tells is one product of matrices.
    """

    def __init__(self, encoder):
        super().__init__()
        self.encoder, self.joined = encoder, nn.ModuleList()
        for layer in encoder.encoder.layer:
            inner = layer.attention.self
            parts = (inner.query, inner.key, inner.value)
            size = inner.query.in_features
            joined = nn.Linear(size, 3 * size)
            joined.weight.data = torch.cat([each.weight.data for each in parts])
            joined.bias.data = torch.cat([each.bias.data for each in parts])
            self.joined.append(joined)

    def forward(self, embedded):
        """The states (pieces, size) of the word pieces of a sentence, from what they are alone."""
        n, size = embedded.shape
        embeddings = self.encoder.embeddings
        states = embedded + embeddings.token_type_embeddings.weight[0]
        states = embeddings.LayerNorm(states + embeddings.position_embeddings.weight[:n])
        for layer, joined in zip(self.encoder.encoder.layer, self.joined, strict=True):
            heads = layer.attention.self.num_attention_heads
            asks, answers, tells = (
                joined(states).view(n, 3, heads, size // heads).permute(1, 2, 0, 3)
            )
            fits = asks @ answers.transpose(1, 2) / (size // heads) ** 0.5
            seen = (fits.softmax(-1) @ tells).transpose(0, 1).reshape(n, size)
            states = layer.attention.output(seen, states)
            states = layer.output(layer.intermediate(states), states)
        return states


def make_quick(plain, quick):
    """Write the model again so that it computes in whole numbers of 8 bits (of weights, 7).

    With 7 bits no sum runs over on any processor. Tables that are looked up in keep 8 bits, with a
    scale for each row.
    """
    quantize_dynamic(
        plain,
        quick,
        op_types_to_quantize=["MatMul", "Gemm"],
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,
    )
    make_small(quick, quick, only_tables=True)


def make_small(plain, small, only_tables=False):
    """Write the model again, its large weights (or only its tables) as whole numbers of 8 bits."""
    model = onnx.load(plain)
    graph = model.graph
    kept, nodes = [], []
    for tensor in graph.initializer:
        weights = numpy_helper.to_array(tensor)
        is_large = weights.size >= LARGE and weights.ndim == 2
        is_table = is_looked_up(graph, tensor.name)
        if tensor.data_type != TensorProto.FLOAT or not is_large or (only_tables and not is_table):
            kept.append(tensor)
            continue
        # A scale for each column of a matrix; for each row of a table that is looked up in.
        axis = 1 if is_table else 0
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


def export_model(shipped, folder, example, outputs, open_sizes, *, is_small=False):
    """Write a model as ONNX into a folder, its weights stored in 8 bits.

    It computes in 32 bits; a small one in 8. `example` is {name of an input: rows of whole numbers}
    to trace it with, `outputs` the names of what it gives, `open_sizes` of each input {axis: the
    size that is left open}.
    """
    with TemporaryDirectory() as scratch:
        plain, shaped = f"{scratch}/plain.onnx", f"{scratch}/shaped.onnx"
        torch.onnx.export(
            shipped.eval(),
            tuple(map(torch.tensor, example.values())),
            plain,
            dynamo=True,
            external_data=False,
            input_names=list(example),
            output_names=outputs,
            dynamic_shapes=open_sizes,
        )
        quant_pre_process(plain, shaped, skip_symbolic_shape=True)
        if is_small:
            make_quick(shaped, folder / SMALL_MODEL)
        else:
            make_small(shaped, folder / WHOLE_MODEL)


def is_looked_up(graph, name):
    """Whether rows of a table are looked up."""
    return any(node.op_type == "Gather" and name == node.input[0] for node in graph.node)


def write_checksums(folder):
    """The file by which a damaged one is told: the SHA-256 of each of the files of a model."""
    names = (WHOLE_MODEL, SMALL_MODEL, "tokenizer.json", "distances.csv")
    there = [Path(folder) / name for name in names if (Path(folder) / name).exists()]
    lines = [f"{hash_file(path)}  {path.name}\n" for path in there]
    (Path(folder) / "checksums.txt").write_text("".join(lines), encoding="utf-8")
