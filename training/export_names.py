"""Make the file that ships: ``python -m training.export_names MINILM LEARNED.pt FOLDER``.

Exports the encoder of names and references to ONNX, its weights as whole numbers of 8 bits with a
scale for each column (ONNX Runtime turns them back when it loads them, so that it computes in 32
bits, and nothing that a sentence is read beside moves a number), and writes FOLDER/model.onnx,
FOLDER/tokenizer.json, FOLDER/distances.csv and FOLDER/checksums.txt. With `--small`, what
`training.smaller` learned, which computes in 8 bits: FOLDER/small.onnx and the checksums.
"""

from pathlib import Path

import torch
from torch import nn

from analysis.find.names.encoder import DISTANCES, FORMS
from benchmarks.commands import make_parser
from training.export import Lean, export_model, write_checksums
from training.learning import keep_layers, read_tokenizer
from training.names import LINK, Encoder

LONGEST = 512  # word pieces
SHORTEST = 4
# A window of five pieces to trace the model with, and what it gives.
EXAMPLE = {"ids": [[101, 5, 6, 7, 102]], "cases": [[4, 0, 1, 2, 4]]}
OUTPUTS = ["names", "asks", "answers", "nobody"]


class Shipped(nn.Module):
    """One window → of each piece its names, what it asks, what it answers, and nobody's score."""

    def __init__(self, encoder, is_small=False):
        super().__init__()
        self.encoder, self.lean = encoder, Lean(encoder.model) if is_small else None

    def forward(self, ids, cases):
        """The four outputs, a row a piece."""
        if self.lean is None:
            states = self.encoder.states(ids, cases, None)[0]
        else:
            pieces = self.encoder.model.embeddings.word_embeddings(ids)
            states = self.lean((pieces + self.encoder.case(cases))[0])
        asks = self.encoder.asks(states) / LINK**0.5
        names = self.encoder.names(states).log_softmax(-1)
        return names, asks, self.encoder.answers(states), self.encoder.nobody(states)[:, 0]


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
    parser.add_argument("--small", action="store_true")
    args = parser.parse_args(arguments)
    encoder = keep_layers(Encoder(args.model)) if args.small else Encoder(args.model)
    encoder.load_state_dict(torch.load(args.learned))
    folder = Path(args.folder)
    folder.mkdir(parents=True, exist_ok=True)
    length = torch.export.Dim("length", min=SHORTEST, max=LONGEST)
    sizes = ({1: length}, {1: length})
    export_model(Shipped(encoder, args.small), folder, EXAMPLE, OUTPUTS, sizes, is_small=args.small)
    if not args.small:
        read_tokenizer(args.model).save(str(folder / "tokenizer.json"), pretty=False)
        write_distances(encoder, folder / "distances.csv")
    write_checksums(folder)


if __name__ == "__main__":
    main()
