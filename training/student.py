"""Teach a small encoder what the teachers say.

    python -m training.student MINILM_FOLDER NEWSMTSC.jsonl TARGETS.jsonl LABELS.pt STUDENT.pt

Distillation (Hinton, Vinyals & Dean 2015) on NewsMTSC's train part, where the gold labels count
too, and on targets without a label; a part of the names is exchanged for other names, so that the
tone is learned from what is said and not from of whom; a part of the sentences is joined with
others, so that it is learned from what is said of the target.
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

DECAY = 0.95  # of the learning rate from layer to layer
AVERAGE = 0.998  # of the running average of the weights
TEMPERATURE = 2.0  # of the distillation
GOLD = 0.3  # weight of the gold labels beside it
DROPPED = 0.1  # of the words of a thinned sentence
LONGEST_NAME = 40
CONTRASTS = "of the targets without a label only those in sentences of mixed tone"
# option: its default, and of what it is the share
SHARES = {
    "exchanged": (0.25, "the names that are exchanged"),
    "thinned": (0, "the sentences that lose a tenth of their words"),
    "joined": (0, "the sentences that are joined with another"),
}


class Student(nn.Module):
    """MiniLM, the target's word pieces of the second type."""

    def __init__(self, folder):
        super().__init__()
        self.model = AutoModel.from_pretrained(
            folder, attn_implementation="eager", add_pooling_layer=False
        )
        # Half of all weights, and a third of the time.
        self.model.embeddings.word_embeddings.requires_grad_(False)
        self.head = Head(self.model.config.hidden_size)

    def forward(self, ids, attention, marked):
        """Logits."""
        made = self.model(input_ids=ids, attention_mask=attention, token_type_ids=marked)
        return self.head(made.last_hidden_state.float(), marked)

    def groups(self, rate):
        """The weights with their rates: lower layers learn more slowly, the head faster."""
        layers = list(self.model.encoder.layer)
        rates = [(rate * 5, self.head)]
        for depth, layer in enumerate(reversed(layers)):
            rates.append((rate * DECAY**depth, layer))
        rates.append((rate * DECAY ** len(layers) / 2, self.model.embeddings))
        return [weight_group(part, rate) for rate, part in rates]


def weight_group(part, rate):
    """What the optimizer wants to know of the learned weights of a part."""
    learned = [each for each in part.parameters() if each.requires_grad]
    return {"params": learned, "rate": rate, "lr": rate}


def inputs(rows):
    """Padded word pieces, attention and target masks."""
    pieces, attention, targets = [], [], []
    for ids, marked, _ in rows:
        pieces.append(ids)
        attention.append([1] * len(ids))
        targets.append(marked)
    return pad(pieces), pad(attention), pad(targets)


@torch.no_grad()
def logits(model, rows):
    """Logits for all rows in order."""
    model.eval()
    found = torch.zeros(len(rows), 3)
    for group in batches(lengths_of(rows), size=64):
        found[group] = model(*inputs([rows[place] for place in group]))
    return found


def is_name(text, start, end):
    """Whether a target looks like a full name."""
    is_full = text[start].isupper() and " " in text[start:end]
    return is_full and end - start < LONGEST_NAME


def exchange(example, names, shuffle, share):
    """The example, its target in some cases exchanged for another name."""
    text, (start, end) = example[:2]
    if is_name(text, start, end) and shuffle.random() < share:
        name = shuffle.choice(names)
        return text[:start] + name + text[end:], (start, start + len(name))
    return text, (start, end)


def join(example, examples, shuffle, share):
    """The example, in some cases with another sentence before or behind it.

    What is said elsewhere is not said of the target.
    """
    text, (start, end) = example
    if shuffle.random() >= share:
        return example
    other = shuffle.choice(examples)[0]
    if shuffle.random() < 0.5:
        return f"{text} {other}", (start, end)
    return f"{other} {text}", (start + len(other) + 1, end + len(other) + 1)


def thin(example, shuffle, share):
    """The example, in some cases without some words outside the target."""
    text, (start, end) = example
    if shuffle.random() >= share:
        return example
    before, after = drop_words(text[:start], shuffle), drop_words(text[end:], shuffle)
    return before + text[start:end] + after, (len(before), len(before) + end - start)


def drop_words(text, shuffle):
    """The text without some of its words."""
    return " ".join(word for word in text.split(" ") if shuffle.random() >= DROPPED)


def find_contrasts(examples, soft):
    """The numbers of the examples in whose sentence teachers see targets of different tone."""
    labels = {}
    for (text, *_), label in zip(examples, soft.argmax(-1).tolist(), strict=True):
        labels.setdefault(text, set()).add(label)
    return [number for number, (text, *_) in enumerate(examples) if len(labels[text]) > 1]


def read_parts(args):
    """Examples, NewsMTSC's first; the teachers' logits for them; gold labels, where there are."""
    labelled = read_examples(args.newsmtsc, "train")
    logits_of = torch.load(args.labels)
    soft = torch.cat([logits_of["train"], logits_of["extra"]])
    gold = torch.tensor(labels_of(labelled))
    return [*labelled, *read_targets(args.targets)], soft, gold


def change(examples, chosen, names, shuffle, args):
    """The chosen examples, some with another name, fewer words, or a sentence beside it."""
    named = [exchange(examples[number], names, shuffle, args.exchanged) for number in chosen]
    changed = []
    for example in named:
        thinned = thin(example, shuffle, args.thinned)
        changed.append(join(thinned, examples, shuffle, args.joined))
    return changed


def learn(args):
    """Distil, print macro-F1 on the dev parts after each epoch, save the averaged weights."""
    torch.manual_seed(args.seed)
    shuffle = random.Random(args.seed)
    tokenizer, model = read_tokenizer(args.model), Student(args.model)
    if args.start:
        model.load_state_dict(torch.load(args.start))
    examples, soft, gold = read_parts(args)
    names = [text[start:end] for text, (start, end), *_ in examples if is_name(text, start, end)]
    dev = {split: read_examples(args.newsmtsc, split) for split in DEV}
    chosen = range(len(examples))
    if args.contrasts:
        chosen = sorted({*range(len(gold)), *find_contrasts(examples, soft)})
    optimizer = torch.optim.AdamW(model.groups(args.rate), weight_decay=0.01, fused=True)
    average, step = Average(model, AVERAGE), 0
    steps = args.epochs * math.ceil(len(chosen) / BATCH)
    for _ in range(args.epochs):
        rows = encode_examples(tokenizer, change(examples, chosen, names, shuffle, args))
        for group in tqdm(batches(lengths_of(rows), shuffle), desc="Learning"):
            model.train()
            with torch.autocast("cpu", torch.bfloat16):
                made = model(*inputs([rows[place] for place in group]))
            loss = distil(made.float(), soft, gold, [chosen[place] for place in group])
            update(model, optimizer, loss, step, steps)
            average.update(model)
            step += 1
        print_scores(model, tokenizer, dev)
    average.install(model)
    print_scores(model, tokenizer, dev)
    torch.save(model.state_dict(), args.output)


def distil(made, soft, gold, which):
    """The loss: distance from the teachers' softened labels, and from the gold labels there are."""
    wanted = functional.softmax(soft[which] / TEMPERATURE, -1)
    found = functional.log_softmax(made / TEMPERATURE, -1)
    loss = functional.kl_div(found, wanted, reduction="batchmean") * TEMPERATURE**2
    known = [place for place, number in enumerate(which) if number < len(gold)]
    if not known:
        return loss
    labels = gold[[which[place] for place in known]]
    missed = functional.cross_entropy(made[known], labels, reduction="sum")
    return loss + GOLD * missed / len(which)


def print_scores(model, tokenizer, dev):
    """Print macro-F1 on the dev parts."""
    said = []
    for split, examples in dev.items():
        found = logits(model, encode_examples(tokenizer, examples)).argmax(-1).tolist()
        said.append(f"{split} {macro_f1(labels_of(examples), found):.1f}")
    print(*said, flush=True)


def main(arguments=None):
    """Read the arguments and learn."""
    parser = make_parser("training.student", __doc__)
    for name in ("model", "newsmtsc", "targets", "labels", "output"):
        parser.add_argument(name)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--rate", type=float, default=1e-4, help="the highest learning rate")
    parser.add_argument("--start", help="a student to go on with")
    parser.add_argument("--contrasts", action="store_true", help=CONTRASTS)
    for name, (default, what) in SHARES.items():
        parser.add_argument(f"--{name}", type=float, default=default, help=f"share of {what}")
    parser.add_argument("--seed", type=int, default=0)
    learn(parser.parse_args(arguments))


if __name__ == "__main__":
    main()
