"""Fine-tune a large encoder on NewsMTSC, and let it label targets: the teacher of our model.

    python -m training.teacher learn MPNET_FOLDER NEWSMTSC.jsonl TEACHER.pt --seed 0
    python -m training.teacher label MPNET_FOLDER NEWSMTSC.jsonl TARGETS.jsonl LABELS.pt TEACHER.pt

The first takes 25 minutes on two cores (bfloat16), the second ten; of several teachers
the logits are averaged.
"""

import math
import random

import torch
from torch import nn
from torch.nn import functional
from tqdm import tqdm
from transformers import AutoModel

from benchmarks.commands import make_parser
from training.data import DEV, labels_of, read_examples, read_targets
from training.stance import (
    BATCH,
    Average,
    Head,
    batches,
    encode_examples,
    lengths_of,
    macro_f1,
    pad,
    read_tokenizer,
    update,
)

# The lowest layers, which stay as they are, so that what they make of a sentence is computed once.
FROZEN = 4
EPOCHS = 3
RATE = 4e-5  # of learning, the highest
DECAY = 0.9  # of the rate from layer to layer
SMOOTHING = 0.05  # of the labels
AVERAGE = 0.995  # of the running average of the weights


class Teacher(nn.Module):
    """MPNet whose lowest layers are frozen and whose upper ones are learned."""

    def __init__(self, folder):
        super().__init__()
        model = AutoModel.from_pretrained(folder)
        self.embeddings, self.encoder = model.embeddings, model.encoder
        self.padding = model.config.pad_token_id
        bias, lowest = self.encoder.relative_attention_bias, self.encoder.layer[:FROZEN]
        for part in (self.embeddings, bias, *lowest):
            part.requires_grad_(False)
        self.head = Head(model.config.hidden_size)

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
        lowest = self.encoder.layer[:FROZEN]
        for part in (self.embeddings, *lowest):
            part.eval()
        padded = pad(ids, self.padding)
        attention = (padded != self.padding).long()
        hidden = self.layers(self.embeddings(input_ids=padded), attention, lowest)
        return [each[: len(row)].to(torch.bfloat16) for each, row in zip(hidden, ids, strict=True)]

    def forward(self, hidden, attention, marked):
        """Logits from what the frozen layers gave."""
        upper = self.layers(hidden, attention, self.encoder.layer[FROZEN:])
        return self.head(upper.float(), marked)

    def groups(self):
        """The learned weights with their rates: lower layers learn more slowly, the head faster."""
        parts = [(RATE * 10, self.head)]
        for depth, layer in enumerate(reversed(self.encoder.layer[FROZEN:])):
            parts.append((RATE * DECAY**depth, layer))
        groups = []
        for rate, part in parts:
            groups.append({"params": list(part.parameters()), "rate": rate, "lr": rate})
        return groups


def lower_states(model, rows):
    """The frozen layers' output for all rows, in order."""
    states = [None] * len(rows)
    with torch.autocast("cpu", torch.bfloat16):
        for group in tqdm(batches(lengths_of(rows), size=64), desc="Lower layers"):
            lower = model.lower([rows[place][0] for place in group])
            for place, state in zip(group, lower, strict=True):
                states[place] = state
    return states


def inputs(rows, states):
    """Padded hidden states, attention and target masks."""
    hidden = nn.utils.rnn.pad_sequence(states, batch_first=True).float()
    attention = pad([[1] * length for length in lengths_of(rows)])
    return hidden, attention, pad([marked for _, marked, _ in rows])


@torch.no_grad()
def logits(models, rows):
    """The mean logits of models that share their lowest layers, for all rows in order."""
    found = torch.zeros(len(rows), 3)
    for group in tqdm(batches(lengths_of(rows), size=64), desc="Labelling"):
        chosen = [rows[place] for place in group]
        with torch.autocast("cpu", torch.bfloat16):
            made = inputs(chosen, models[0].lower([row[0] for row in chosen]))
            found[group] = sum(model.eval()(*made).float() for model in models) / len(models)
    return found


def learn(args):
    """Fine-tune, print macro-F1 on the dev parts, save the averaged weights."""
    torch.manual_seed(args.seed)
    shuffle = random.Random(args.seed)
    tokenizer, model = read_tokenizer(args.model), Teacher(args.model)
    examples = read_examples(args.newsmtsc, "train")
    rows, labels = encode_examples(tokenizer, examples), torch.tensor(labels_of(examples))
    states = lower_states(model, rows)
    optimizer = torch.optim.AdamW(model.groups(), weight_decay=0.01)
    average = Average(model, AVERAGE)
    steps = EPOCHS * math.ceil(len(rows) / BATCH)
    order = []
    for _ in range(EPOCHS):
        order += batches(lengths_of(rows), shuffle)
    for step, group in enumerate(tqdm(order, total=steps, desc="Learning")):
        model.train()
        chosen = [rows[place] for place in group]
        with torch.autocast("cpu", torch.bfloat16):
            made = model(*inputs(chosen, [states[place] for place in group]))
        loss = functional.cross_entropy(made.float(), labels[group], label_smoothing=SMOOTHING)
        update(model, optimizer, loss, step, steps)
        average.update(model)
    average.install(model)
    weights = {}
    for name, each in model.state_dict().items():
        if not name.startswith("embeddings"):
            weights[name] = each.to(torch.bfloat16)
    torch.save(weights, args.output)
    print_scores([model], tokenizer, args.newsmtsc)


def label(args):
    """Save the logits of the teachers for NewsMTSC's train part and for targets without a label."""
    tokenizer, models = read_tokenizer(args.model), []
    for path in args.teachers:
        models.append(Teacher(args.model))
        models[-1].load_state_dict(torch.load(path), strict=False)
    print_scores(models, tokenizer, args.newsmtsc)
    train, extra = read_examples(args.newsmtsc, "train"), read_targets(args.targets)
    found = {
        "train": logits(models, encode_examples(tokenizer, train)),
        "extra": logits(models, encode_examples(tokenizer, extra)),
    }
    torch.save(found, args.output)


def print_scores(models, tokenizer, path):
    """Print macro-F1 on the dev parts."""
    for split in DEV:
        examples = read_examples(path, split)
        found = logits(models, encode_examples(tokenizer, examples)).argmax(-1).tolist()
        print(f"{split} {macro_f1(labels_of(examples), found):.1f}", flush=True)


def main(arguments=None):
    """Learn or label."""
    parser = make_parser("training.teacher", __doc__)
    steps = parser.add_subparsers(required=True)
    learning, labelling = steps.add_parser("learn"), steps.add_parser("label")
    for name in ("model", "newsmtsc", "output"):
        learning.add_argument(name)
    learning.add_argument("--seed", type=int, default=0)
    learning.set_defaults(run=learn)
    for name in ("model", "newsmtsc", "targets", "output"):
        labelling.add_argument(name)
    labelling.add_argument("teachers", nargs="+")
    labelling.set_defaults(run=label)
    args = parser.parse_args(arguments)
    args.run(args)


if __name__ == "__main__":
    main()
