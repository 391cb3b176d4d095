"""Teach a small encoder the tone towards somebody: see training/README.md for the commands in order."""

import argparse
import json
import math
import random
import time

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional
from transformers import AutoModel

from analysis.encoder import encode

LABELS = ("negative", "neutral", "positive")
FROZEN = 4  # the teacher's lowest layers, which stay as they are
BATCH = 32


def read_examples(path, split):
    """[(text, (start, end), label number)] of one split of NewsMTSC."""
    with open(path, encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines if line.strip()]
    return [
        (record["text"], (target["start"], target["end"]), LABELS.index(target["label"]))
        for record in records
        if record["split"] == split
        for target in record["targets"]
    ]


def batches(lengths, size, shuffle=None):
    """Lists of indices of similar length."""
    order = list(range(len(lengths)))
    if shuffle:
        shuffle.shuffle(order)
        order = [each for at in range(0, len(order), size * 32) for each in sorted(order[at : at + size * 32], key=lengths.__getitem__)]
    else:
        order.sort(key=lengths.__getitem__)
    groups = [order[at : at + size] for at in range(0, len(order), size)]
    if shuffle:
        shuffle.shuffle(groups)
    return groups


def pad(rows, value=0):
    """A tensor of rows of different length."""
    longest = max(map(len, rows))
    return torch.tensor([[*row, *[value] * (longest - len(row))] for row in rows])


class Classifier(nn.Module):
    """Pooled sentence and target → three logits."""

    def __init__(self, size):
        super().__init__()
        self.dropout = nn.Dropout(0.1)
        self.dense = nn.Linear(2 * size, size)
        self.out = nn.Linear(size, 3)

    def forward(self, hidden, marked):
        """Logits from the hidden states and the mask of the target."""
        weights = marked.unsqueeze(-1).to(hidden.dtype)
        target = (hidden * weights).sum(1) / weights.sum(1)
        pooled = torch.cat([hidden[:, 0], target], -1)
        return self.out(self.dropout(torch.tanh(self.dense(self.dropout(pooled)))))


class Teacher(nn.Module):
    """MPNet whose lowest layers are frozen and whose upper ones are learned."""

    def __init__(self, folder):
        super().__init__()
        model = AutoModel.from_pretrained(folder)
        self.embeddings, self.encoder = model.embeddings, model.encoder
        for part in (self.embeddings, *self.encoder.layer[:FROZEN]):
            part.requires_grad_(False)
        self.encoder.relative_attention_bias.requires_grad_(False)
        self.head = Classifier(model.config.hidden_size)
        self.padding = model.config.pad_token_id

    def layers(self, hidden, attention, which):
        """Hidden states after some layers."""
        mask = (1.0 - attention[:, None, None, :].to(hidden.dtype)) * -10000.0
        bias = self.encoder.compute_position_bias(hidden)
        for layer in which:
            hidden = layer(hidden, mask, bias)[0]
        return hidden

    @torch.no_grad()
    def lower(self, ids):
        """What the frozen layers make of some sentences: a list of (length, size) tensors."""
        self.embeddings.eval()
        for layer in self.encoder.layer[:FROZEN]:
            layer.eval()
        padded = pad(ids, self.padding)
        hidden = self.layers(self.embeddings(input_ids=padded), (padded != self.padding).long(), self.encoder.layer[:FROZEN])
        return [each[: len(row)].to(torch.bfloat16) for each, row in zip(hidden, ids, strict=True)]

    def forward(self, hidden, attention, marked):
        """Logits from what the frozen layers gave."""
        return self.head(self.layers(hidden, attention, self.encoder.layer[FROZEN:]).float(), marked)


def parameter_groups(model, rate, decay=0.9):
    """Lower layers learn more slowly; the head faster."""
    groups = [{"params": model.head.parameters(), "rate": rate * 10}]
    for depth, layer in enumerate(reversed(model.encoder.layer)):
        learned = [each for each in layer.parameters() if each.requires_grad]
        if learned:
            groups.append({"params": learned, "rate": rate * decay**depth})
    return groups


def schedule(step, steps, warm=0.06):
    """Up in a line, down to zero in a cosine."""
    part = step / steps
    return part / warm if part < warm else 0.5 * (1 + math.cos(math.pi * (part - warm) / (1 - warm)))


def macro_f1(gold, found):
    """Macro-F1 over the three labels."""
    gold, found = np.array(gold), np.array(found)
    rates = []
    for label in range(3):
        true = ((gold == label) & (found == label)).sum()
        rates.append(2 * true / max((gold == label).sum() + (found == label).sum(), 1))
    return float(np.mean(rates)) * 100


class Average:
    """The running average of a model's weights."""

    def __init__(self, model, decay):
        self.decay = decay
        self.weights = {name: each.detach().clone() for name, each in model.named_parameters() if each.requires_grad}

    def update(self, model, step):
        """One step further."""
        decay = min(self.decay, step / (step + 10))
        for name, each in model.named_parameters():
            if name in self.weights:
                self.weights[name].lerp_(each.detach(), 1 - decay)

    def install(self, model):
        """The averages into the model."""
        with torch.no_grad():
            for name, each in model.named_parameters():
                if name in self.weights:
                    each.copy_(self.weights[name])


def lower_states(model, rows):
    """The frozen layers' output for all rows."""
    out = [None] * len(rows)
    for group in batches([len(row[0]) for row in rows], 64):
        with torch.autocast("cpu", torch.bfloat16):
            for place, state in zip(group, model.lower([rows[place][0] for place in group]), strict=True):
                out[place] = state
    return out


def logits(model, rows, states):
    """Logits for all rows, in order."""
    model.eval()
    out = torch.zeros(len(rows), 3)
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for group in batches([len(row[0]) for row in rows], 64):
            out[group] = model(*batch_of(rows, states, group)).float()
    return out


def batch_of(rows, states, group):
    """Padded hidden states, attention and target masks of some rows."""
    hidden = nn.utils.rnn.pad_sequence([states[place] for place in group], batch_first=True)
    attention = pad([[1] * len(rows[place][0]) for place in group])
    return hidden.float(), attention, pad([rows[place][1] for place in group])


def train_teacher(args):
    """Fine-tune MPNet on the gold labels."""
    torch.manual_seed(args.seed)
    shuffle = random.Random(args.seed)
    tokenizer = Tokenizer.from_file(f"{args.model}/tokenizer.json")
    tokenizer.no_padding()
    tokenizer.no_truncation()
    model = Teacher(args.model)
    parts = {split: read_examples(args.data, split) for split in ("train", "dev-rw", "dev-mt")}
    rows = {split: encode(tokenizer, [each[0] for each in part], [each[1] for each in part]) for split, part in parts.items()}
    begun = time.time()
    states = {split: lower_states(model, part) for split, part in rows.items()}
    print(f"lower layers {time.time() - begun:.0f} s", flush=True)
    labels = torch.tensor([each[2] for each in parts["train"]])
    groups = parameter_groups(model, args.rate)
    optimizer = torch.optim.AdamW([{**group, "lr": group["rate"]} for group in groups], weight_decay=0.01)
    lengths = [len(row[0]) for row in rows["train"]]
    steps = args.epochs * math.ceil(len(lengths) / BATCH)
    average, step = Average(model, 0.995), 0
    for epoch in range(args.epochs):
        total = 0.0
        for group in batches(lengths, BATCH, shuffle):
            model.train()
            for each in optimizer.param_groups:
                each["lr"] = each["rate"] * schedule(step, steps)
            with torch.autocast("cpu", torch.bfloat16):
                made = model(*batch_of(rows["train"], states["train"], group))
            loss = functional.cross_entropy(made.float(), labels[group], label_smoothing=0.05)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad()
            step += 1
            average.update(model, step)
            total += loss.item()
            if step % 50 == 0:
                print(f"step {step}/{steps} {time.time() - begun:.0f} s", flush=True)
        report(f"epoch {epoch + 1} loss {total / math.ceil(len(lengths) / BATCH):.3f} {time.time() - begun:.0f} s", model, parts, rows, states)
    average.install(model)
    report("averaged", model, parts, rows, states)
    learned = {name: each.to(torch.bfloat16) for name, each in model.state_dict().items() if not name.startswith("embeddings")}
    torch.save(learned, args.output)


def report(title, model, parts, rows, states):
    """Print macro-F1 on the dev parts."""
    figures = []
    for split in ("dev-rw", "dev-mt"):
        found = logits(model, rows[split], states[split]).argmax(-1).tolist()
        figures.append(f"{split} {macro_f1([each[2] for each in parts[split]], found):.1f}")
    print(title, *figures, flush=True)


def main(arguments=None):
    """Run one step."""
    parser = argparse.ArgumentParser(prog="python -m training.stance", description=__doc__)
    steps = parser.add_subparsers(dest="step", required=True)
    teacher = steps.add_parser("teacher", help="fine-tune MPNet")
    teacher.add_argument("model")
    teacher.add_argument("data")
    teacher.add_argument("output")
    teacher.add_argument("--seed", type=int, default=0)
    teacher.add_argument("--epochs", type=int, default=3)
    teacher.add_argument("--rate", type=float, default=4e-5)
    teacher.set_defaults(run=train_teacher)
    args = parser.parse_args(arguments)
    args.run(args)


if __name__ == "__main__":
    main()
