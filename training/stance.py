"""What the steps share that teach the tone model: batches, the head, a running average, macro-F1.

The steps: training/README.md.
"""

import math

import torch
from sklearn.metrics import f1_score
from tokenizers import Tokenizer
from torch import nn

from analysis.measure.tone.model import encode_targets
from analysis.schema import LABELS

BATCH = 32
# Batches that are filled together, sentences of like length side by side.
POOLED = 32


def read_tokenizer(folder):
    """The tokenizer of a model's folder, which neither pads nor cuts."""
    tokenizer = Tokenizer.from_file(f"{folder}/tokenizer.json")
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def encode_examples(tokenizer, examples):
    """Word pieces and target mask of examples."""
    texts, targets = [], []
    for text, target, *_ in examples:
        texts.append(text)
        targets.append(target)
    return encode_targets(tokenizer, texts, targets)


def lengths_of(rows):
    """How many word pieces each row has."""
    return [len(ids) for ids, *_ in rows]


def batches(lengths, shuffle=None, size=BATCH):
    """Lists of indices of similar length, in random order where a `shuffle` is given."""
    order = list(range(len(lengths)))
    if not shuffle:
        return cut(sorted(order, key=lengths.__getitem__), size)
    shuffle.shuffle(order)
    groups = []
    for pool in cut(order, size * POOLED):
        groups += cut(sorted(pool, key=lengths.__getitem__), size)
    shuffle.shuffle(groups)
    return groups


def cut(order, size):
    """A list in pieces of one size, the last of them shorter."""
    return [order[at : at + size] for at in range(0, len(order), size)]


def pad(rows, value=0):
    """A tensor of rows of different length."""
    longest = max(map(len, rows))
    return torch.tensor([[*row, *[value] * (longest - len(row))] for row in rows])


class Head(nn.Module):
    """The first word piece and the mean of the target's → three logits."""

    def __init__(self, size):
        super().__init__()
        self.dropout = nn.Dropout(0.1)
        self.dense = nn.Linear(2 * size, size)
        self.out = nn.Linear(size, len(LABELS))

    def forward(self, hidden, marked):
        """Logits from the hidden states and the mask of the target."""
        weights = marked.unsqueeze(-1).to(hidden.dtype)
        target = (hidden * weights).sum(1) / weights.sum(1)
        # As a matrix of one row each, which the export makes 8 bits.
        pooled = torch.cat([hidden[:, 0], target], -1).unsqueeze(1)
        inner = torch.tanh(self.dense(self.dropout(pooled)))
        return self.out(self.dropout(inner)).squeeze(1)


def schedule(step, steps, warm=0.06):
    """The learning rate's factor: up in a line, down to zero in a cosine."""
    part = step / steps
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
