"""Make the file that ships: ``python -m training.export MINILM_FOLDER NEWSMTSC.jsonl FOLDER STUDENT.pt [STUDENT.pt ...]``.

Averages the weights of the students (Wortsman et al. 2022: Model soups), calibrates the probabilities by one temperature (Guo et al. 2017:
On calibration of modern neural networks) on NewsMTSC's dev parts, exports to ONNX, makes the weights whole numbers of 8 bits, and writes
FOLDER/model.onnx and FOLDER/tokenizer.json. Prints what that costs.
"""

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
import torch
from onnxruntime import InferenceSession
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer
from onnxruntime.quantization.shape_inference import quant_pre_process
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax
from torch import nn

from analysis.measure.tone.model import LONGEST
from training.data import DEV, read_examples
from training.stance import encode_examples, macro_f1, read_tokenizer
from training.student import Student, logits

# Weights that share a scale; inputs are made whole numbers in blocks of the same length, each by itself, so that a score depends neither on
# what else is in a batch nor on one outlying number (with one scale for all, 8 bits cost two points of macro-F1).
BLOCK, BITS, WHOLE_INPUTS = 64, 8, 4


class Shipped(nn.Module):
    """One sentence → calibrated probabilities."""

    def __init__(self, student, temperature):
        super().__init__()
        self.student, self.temperature = student, temperature
        places = student.model.embeddings.position_embeddings
        student.model.embeddings.position_embeddings = nn.Embedding.from_pretrained(
            places.weight[:LONGEST].detach()
        )

    def forward(self, ids, marked):
        """Probabilities."""
        return torch.softmax(self.student(ids, torch.ones_like(ids), marked) / self.temperature, -1)


def calibrate(found, gold):
    """The temperature with which the gold labels are most probable."""

    def loss(temperature):
        return -log_softmax(found / temperature, axis=1)[np.arange(len(gold)), gold].mean()

    return minimize_scalar(loss, bounds=(0.3, 5), method="bounded").x


def score(path, examples, rows):
    """Macro-F1 of a model file."""
    session = InferenceSession(path, providers=["CPUExecutionProvider"])
    found = [
        session.run(None, {"ids": np.array([ids]), "marked": np.array([marked])})[0][0].argmax()
        for ids, marked, _ in rows
    ]
    return macro_f1([each[2] for each in examples], found)


def main(arguments=None):
    """Calibrate, export, quantise, print."""
    parser = argparse.ArgumentParser(
        prog="python -m training.export",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    for name in ("model", "newsmtsc", "folder"):
        parser.add_argument(name)
    parser.add_argument("students", nargs="+")
    args = parser.parse_args(arguments)
    tokenizer, student = read_tokenizer(args.model), Student(args.model)
    students = [torch.load(path) for path in args.students]
    student.load_state_dict(
        {name: sum(each[name] for each in students) / len(students) for name in students[0]}
    )
    examples = {split: read_examples(args.newsmtsc, split) for split in DEV}
    rows = {split: encode_examples(tokenizer, part) for split, part in examples.items()}
    found = torch.cat([logits(student, rows[split]) for split in DEV]).numpy()
    temperature = calibrate(found, [each[2] for split in DEV for each in examples[split]])
    print(f"temperature {temperature:.3f}")
    folder = Path(args.folder)
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as scratch:
        plain, shaped, blocks, small = (
            str(Path(scratch) / f"{name}.onnx") for name in ("plain", "shaped", "blocks", "small")
        )
        length = torch.export.Dim("length", min=4, max=LONGEST)
        example = torch.tensor([[101, 5, 6, 7, 8, 102]]), torch.tensor([[0, 1, 1, 1, 0, 0]])
        names = {
            "input_names": ["ids", "marked"],
            "output_names": ["probabilities"],
            "dynamic_shapes": ({1: length}, {1: length}),
        }
        torch.onnx.export(
            Shipped(student, float(temperature)).eval(),
            example,
            plain,
            dynamo=True,
            external_data=False,
            **names,
        )
        quant_pre_process(plain, shaped, skip_symbolic_shape=True)
        quantizer = MatMulNBitsQuantizer(
            onnx.load(shaped),
            bits=BITS,
            block_size=BLOCK,
            is_symmetric=True,
            accuracy_level=WHOLE_INPUTS,
        )
        quantizer.process()
        quantizer.model.save_model_to_file(blocks)
        quantize_dynamic(
            blocks, small, op_types_to_quantize=["Gather"], weight_type=QuantType.QUInt8
        )
        for split in DEV:
            print(
                f"{split}: {score(plain, examples[split], rows[split]):.1f}, in 8 bits {score(small, examples[split], rows[split]):.1f}"
            )
        (folder / "model.onnx").write_bytes(Path(small).read_bytes())
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)


if __name__ == "__main__":
    main()
