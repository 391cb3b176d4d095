"""The encoder of tone as it is taught, and the block of attention by which each target asks."""

import math

import torch
from torch import nn
from torch.nn import functional
from transformers import AutoModel

from analysis.measure.tone.model import REACHES
from analysis.schema import LABELS

HEAD_SIZE = 64
DROPOUT = 0.1
DECAY = 0.9  # of the rate of learning from layer to layer
HIDDEN = -1e4  # the score of what is not to be seen


class Asking(nn.Module):
    """A block in which each target looks over the states of its sentence."""

    def __init__(self, size):
        super().__init__()
        self.mark = nn.Parameter(torch.zeros(size))
        self.query, self.key = nn.Linear(size, size), nn.Linear(size, size)
        self.value, self.out = nn.Linear(size, size), nn.Linear(size, size)
        self.heads = size // HEAD_SIZE
        # Of each head, what it adds for each distance.
        self.near = nn.Parameter(torch.zeros(self.heads, 2 * len(REACHES) + 1))
        self.first, self.second = nn.Linear(size, 2 * size), nn.Linear(2 * size, size)
        self.norm, self.last_norm = nn.LayerNorm(size), nn.LayerNorm(size)
        self.dense, self.tone = nn.Linear(3 * size, size), nn.Linear(size, len(LABELS))
        self.dropout = nn.Dropout(DROPOUT)

    def forward(self, states, attention, inside, reaches):
        """Logits (targets, 3) from `states` (targets or 1, pieces, size) of their sentences.

        `inside` says which pieces are the target's, `reaches` how far each is (targets, pieces).
        """
        n, pieces = inside.shape
        size = states.shape[-1]
        inside = inside.to(states.dtype)
        weights = inside / inside.sum(1, keepdim=True)
        target = torch.matmul(weights.unsqueeze(1), states).squeeze(1)
        asked = self.query(target + self.mark).view(n, self.heads, HEAD_SIZE, 1)
        keys = self.key(states).view(-1, pieces, self.heads, HEAD_SIZE).transpose(1, 2)
        values = self.value(states).view(-1, pieces, self.heads, HEAD_SIZE).transpose(1, 2)
        scores = torch.matmul(keys, asked).squeeze(-1) / math.sqrt(HEAD_SIZE)
        scores = scores + self.near.t()[reaches].transpose(1, 2)
        scores = scores.masked_fill(attention.unsqueeze(1) == 0, HIDDEN)
        seen = torch.matmul(scores.softmax(-1).unsqueeze(2), values).reshape(n, size)
        mixed = self.norm(target + self.dropout(self.out(seen)))
        inner = self.second(functional.gelu(self.first(mixed)))
        mixed = self.last_norm(mixed + self.dropout(inner))
        whole = states[:, 0].expand(n, size)
        hidden = torch.tanh(self.dense(self.dropout(torch.cat([whole, target, mixed], -1))))
        return self.tone(self.dropout(hidden))


class Reader(nn.Module):
    """An encoder, MiniLM or MPNet, and the block that asks.

    Of the encoder the first `layers` are there, and the first `frozen` of them stay as they are.
    """

    def __init__(self, folder, layers=None, frozen=0):
        super().__init__()
        self.model = AutoModel.from_pretrained(folder, add_pooling_layer=False)
        self.model.encoder.layer = self.model.encoder.layer[:layers]
        self.asking = Asking(self.model.config.hidden_size)
        # Half of all weights, and a third of the time.
        still = [self.model.embeddings.word_embeddings]
        if frozen:
            still += [self.model.embeddings, *self.model.encoder.layer[:frozen]]
        for part in still:
            part.requires_grad_(False)

    def forward(self, ids, attention, owner, inside, reaches):
        """Logits of all targets; `owner` is the row of each one's sentence."""
        states = self.model(input_ids=ids, attention_mask=attention).last_hidden_state
        return self.asking(states[owner], attention[owner], inside, reaches)

    def groups(self, rate):
        """The weights with their rates: lower layers learn more slowly, the block faster."""
        layers = list(self.model.encoder.layer)
        rates = [(rate * 5, self.asking)]
        rates += [(rate * DECAY**depth, layer) for depth, layer in enumerate(reversed(layers))]
        rates.append((rate * DECAY ** len(layers) / 2, self.model.embeddings))
        groups = []
        for speed, part in rates:
            learned = [each for each in part.parameters() if each.requires_grad]
            groups.append({"params": learned, "rate": speed, "lr": speed})
        return groups
