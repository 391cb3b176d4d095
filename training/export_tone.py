"""Make the file that ships: ``python -m training.export_tone MINILM NEWSMTSC FOLDER TONE.pt ...``.

Averages the weights of what was learned where there is more than one (Wortsman et al. 2022: Model
soups), calibrates the probabilities by one temperature (Guo et al. 2017: On calibration of modern
neural networks) on NewsMTSC's dev parts, exports to ONNX, and writes FOLDER/model.onnx,
FOLDER/tokenizer.json and FOLDER/checksums.txt. Prints macro-F1 before and after. With `--small`,
what `training.smaller` learned, which computes in 8 bits: FOLDER/small.onnx and the checksums.
"""

from pathlib import Path

import numpy as np
import torch
from scipy.optimize import minimize_scalar
from torch import nn

from analysis.measure.tone.model import LONGEST
from benchmarks.commands import make_parser
from training.data import DEV
from training.export import Lean, export_model, write_checksums
from training.learning import keep_layers, read_tokenizer
from training.tone import gold_of, print_scores, probabilities
from training.tone_model import Reader
from training.tone_sentences import read_gold

MOST_TARGETS = 64
# A sentence with two targets to trace the model with.
EXAMPLE = {
    "ids": [[101, 5, 6, 7, 8, 102]],
    "inside": [[0, 1, 0, 0, 0, 0], [0, 0, 0, 1, 1, 0]],
    "reaches": [[8, 0, 1, 2, 3, 3], [10, 9, 8, 0, 0, 1]],
}
SHORTEST = 3


class Shipped(nn.Module):
    """One sentence and its targets → calibrated probabilities, a row a target."""

    def __init__(self, reader, temperature, is_small=False):
        super().__init__()
        self.reader, self.temperature = reader, temperature
        embeddings = reader.model.embeddings
        places = embeddings.position_embeddings.weight[:LONGEST].detach()
        embeddings.position_embeddings = nn.Embedding.from_pretrained(places)
        self.lean = Lean(reader.model) if is_small else None

    def forward(self, ids, inside, reaches):
        """Probabilities."""
        if self.lean is None:
            states = self.reader.model(input_ids=ids).last_hidden_state
        else:
            states = self.lean(self.reader.model.embeddings.word_embeddings(ids)[0])[None]
        made = self.reader.asking(states, torch.ones_like(ids), inside, reaches)
        return torch.softmax(made / self.temperature, -1)


def calibrate(found, gold):
    """The temperature with which the gold labels are most probable."""
    logs = np.log(found)

    def loss(temperature):
        odds = np.exp(logs / temperature)
        return -np.log(odds[np.arange(len(gold)), gold] / odds.sum(1)).mean()

    return float(minimize_scalar(loss, bounds=(0.3, 5), method="bounded").x)


def average_readers(folder, paths, layers, is_small=False):
    """A reader with the mean weights of those saved."""
    saved = [torch.load(path) for path in paths]
    reader = Reader(folder, layers)
    if is_small:
        keep_layers(reader)
    mean = {name: sum(each[name] for each in saved) / len(saved) for name in saved[0]}
    reader.load_state_dict(mean)
    return reader


def main(arguments=None):
    """Calibrate, export, print."""
    parser = make_parser("training.export_tone", __doc__)
    for name in ("model", "newsmtsc", "folder"):
        parser.add_argument(name)
    parser.add_argument("learned", nargs="+")
    parser.add_argument("--layers", type=int)
    parser.add_argument("--small", action="store_true")
    args = parser.parse_args(arguments)
    tokenizer = read_tokenizer(args.model)
    reader = average_readers(args.model, args.learned, args.layers, args.small)
    parts = {part: read_gold(args.newsmtsc, part) for part in DEV}
    print_scores(reader, tokenizer, parts)
    sentences = [each for part in parts.values() for each in part]
    temperature = calibrate(probabilities(reader, tokenizer, sentences), gold_of(sentences))
    print(f"temperature {temperature:.3f}")
    folder = Path(args.folder)
    folder.mkdir(parents=True, exist_ok=True)
    length = torch.export.Dim("length", min=SHORTEST, max=LONGEST)
    targets = torch.export.Dim("targets", max=MOST_TARGETS)
    sizes = ({1: length}, {0: targets, 1: length}, {0: targets, 1: length})
    shipped = Shipped(reader, temperature, args.small)
    export_model(shipped, folder, EXAMPLE, ["probabilities"], sizes, is_small=args.small)
    if not args.small:
        tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    write_checksums(folder)


if __name__ == "__main__":
    main()
