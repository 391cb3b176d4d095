"""Make the file that ships: ``python -m training.export MINILM NEWSMTSC FOLDER STUDENT.pt ...``.

Averages the weights of the students where there are several (Wortsman et al. 2022: Model soups),
calibrates the probabilities by one temperature (Guo et al. 2017: On calibration of modern neural
networks) on NewsMTSC's dev parts, exports to ONNX, makes the weights whole numbers of 8 bits, and
writes FOLDER/model.onnx, FOLDER/tokenizer.json and FOLDER/checksums.txt. Prints what that costs.
"""

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
from analysis.report.provenance import hash_file
from benchmarks.commands import make_parser
from training.data import DEV, labels_of, read_examples
from training.stance import encode_examples, macro_f1, read_tokenizer
from training.student import Student, logits

# Weights that share a scale. Inputs are made whole numbers in blocks of the same length, each by
# itself, so that a score depends neither on what else is in a batch nor on one outlying number
# (with one scale for all, 8 bits cost two points of macro-F1).
BLOCK = 64
BITS = 8
WHOLE_INPUTS = 4  # ONNX Runtime's accuracy level at which inputs are whole numbers, too
# A sentence to trace the model with.
EXAMPLE = {"ids": [[101, 5, 6, 7, 8, 102]], "marked": [[0, 1, 1, 1, 0, 0]]}
SHORTEST = 4


class Shipped(nn.Module):
    """One sentence → calibrated probabilities."""

    def __init__(self, student, temperature):
        super().__init__()
        self.student, self.temperature = student, temperature
        embeddings = student.model.embeddings
        places = embeddings.position_embeddings.weight[:LONGEST].detach()
        embeddings.position_embeddings = nn.Embedding.from_pretrained(places)

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
    found = []
    for ids, marked, _ in rows:
        made = session.run(None, {"ids": np.array([ids]), "marked": np.array([marked])})
        found.append(made[0][0].argmax())
    return macro_f1(labels_of(examples), found)


def average_students(folder, paths):
    """A student with the mean weights of those saved."""
    students = [torch.load(path) for path in paths]
    weights = {}
    for name in students[0]:
        weights[name] = sum(each[name] for each in students) / len(students)
    student = Student(folder)
    student.load_state_dict(weights)
    return student


def export_plain(shipped, path, example, outputs, longest):
    """Write a model as ONNX, in numbers of 32 bits.

    `example` is {name of an input: rows of whole numbers} to trace it with, `outputs` the names of
    what it gives; the export leaves the length of the rows open, up to the longest.
    """
    length = torch.export.Dim("length", min=SHORTEST, max=longest)
    torch.onnx.export(
        shipped.eval(),
        tuple(map(torch.tensor, example.values())),
        path,
        dynamo=True,
        external_data=False,
        input_names=list(example),
        output_names=outputs,
        dynamic_shapes=tuple({1: length} for _ in example),
    )


def make_small(plain, small, scratch):
    """Write the model again, its weights as whole numbers of 8 bits."""
    shaped, blocks = f"{scratch}/shaped.onnx", f"{scratch}/blocks.onnx"
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
    quantize_dynamic(blocks, small, op_types_to_quantize=["Gather"], weight_type=QuantType.QUInt8)


def main(arguments=None):
    """Calibrate, export, quantise, print."""
    parser = make_parser("training.export", __doc__)
    for name in ("model", "newsmtsc", "folder"):
        parser.add_argument(name)
    parser.add_argument("students", nargs="+")
    args = parser.parse_args(arguments)
    tokenizer = read_tokenizer(args.model)
    student = average_students(args.model, args.students)
    examples, rows, found, gold = {}, {}, [], []
    for split in DEV:
        examples[split] = read_examples(args.newsmtsc, split)
        rows[split] = encode_examples(tokenizer, examples[split])
        found.append(logits(student, rows[split]))
        gold += labels_of(examples[split])
    temperature = calibrate(torch.cat(found).numpy(), gold)
    print(f"temperature {temperature:.3f}")
    folder = Path(args.folder)
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as scratch:
        plain, small = f"{scratch}/plain.onnx", f"{scratch}/small.onnx"
        shipped = Shipped(student, float(temperature))
        export_plain(shipped, plain, EXAMPLE, ["probabilities"], LONGEST)
        make_small(plain, small, scratch)
        for split in DEV:
            whole = score(plain, examples[split], rows[split])
            in_bits = score(small, examples[split], rows[split])
            print(f"{split}: {whole:.1f}, in 8 bits {in_bits:.1f}")
        (folder / "model.onnx").write_bytes(Path(small).read_bytes())
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    write_checksums(folder, ("model.onnx", "tokenizer.json"))


def write_checksums(folder, names):
    """The file by which a damaged one is told: the SHA-256 of each of the files."""
    lines = [f"{hash_file(folder / name)}  {name}\n" for name in names]
    (folder / "checksums.txt").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
