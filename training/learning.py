"""What the steps share that teach the models: padding, rate, running average, fewer layers."""

import math

import torch
from sklearn.metrics import f1_score
from tokenizers import Tokenizer
from torch import nn

from analysis.schema import LABELS

KEPT_LAYERS = (0, 2, 5)  # of a small model, of six


def read_tokenizer(folder):
    """The tokenizer of a model's folder, which neither pads nor cuts."""
    tokenizer = Tokenizer.from_file(f"{folder}/tokenizer.json")
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def pad(rows, value=0):
    """A tensor of rows of different length."""
    longest = max(map(len, rows))
    return torch.tensor([[*row, *[value] * (longest - len(row))] for row in rows])


def schedule(step, steps, warm=0.06):
    """The learning rate's factor: up in a line, down to zero in a cosine."""
    part = min(step / steps, 1)
    if part < warm:
        return part / warm
    return 0.5 * (1 + math.cos(math.pi * (part - warm) / (1 - warm)))


def update(model, optimizer, loss, step, steps):
    """One step of gradient descent, its rate by schedule."""
    for group in optimizer.param_groups:
        group["lr"] = group["rate"] * schedule(step, steps)
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad()


def macro_f1(gold, found):
    """Macro-F1 over the labels, in percent."""
    numbers = list(range(len(LABELS)))
    return 100 * f1_score(gold, found, labels=numbers, average="macro", zero_division=0)


def keep_layers(model):
    """A model without the layers that a small one does not have."""
    layers = model.model.encoder.layer
    model.model.encoder.layer = nn.ModuleList([layers[number] for number in KEPT_LAYERS])
    return model


class Average:
    """The running average of a model's learned weights."""

    def __init__(self, model, decay):
        self.decay, self.steps = decay, 0
        self.weights = {}
        for name, each in model.named_parameters():
            if each.requires_grad:
                self.weights[name] = each.detach().clone()

    def update(self, model):
        """One step further."""
        self.steps += 1
        new = 1 - min(self.decay, self.steps / (self.steps + 10))
        for name, each in model.named_parameters():
            if name in self.weights:
                self.weights[name].lerp_(each.detach(), new)

    def install(self, model):
        """The averages into the model."""
        with torch.no_grad():
            for name, each in model.named_parameters():
                if name in self.weights:
                    each.copy_(self.weights[name])


def run_step(parser, arguments=None):
    """Read the arguments and do the step asked for, on the device asked for."""
    parser.add_argument("--device", default="cpu")
    args = parser.parse_args(arguments)
    torch.set_default_device(args.device)
    args.run(args)
