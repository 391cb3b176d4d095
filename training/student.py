"""Teach a small encoder what the teachers say: ``python -m training.student MINILM_FOLDER NEWSMTSC.jsonl TARGETS.jsonl LABELS.pt STUDENT.pt``.

Distillation (Hinton, Vinyals & Dean 2015) on NewsMTSC's train part, where the gold labels count too, and on targets without a label; a
part of the names is exchanged for other names, so that the tone is learned from what is said and not from of whom; a part of the sentences is
joined with others, so that it is learned from what is said of the target.
"""

import argparse
import math
import random

import torch
from torch import nn
from torch.nn import functional
from tqdm import tqdm
from transformers import AutoModel

from training.data import DEV, read_examples, read_targets
from training.stance import (
    BATCH,
    Average,
    Head,
    batches,
    encode_examples,
    macro_f1,
    pad,
    read_tokenizer,
    update,
)

DECAY, AVERAGE = 0.95, 0.998
TEMPERATURE, GOLD = 2.0, 0.3  # of the distillation; weight of the gold labels beside it
DROPPED = 0.1  # of the words of a thinned sentence
LONGEST_NAME = 40


class Student(nn.Module):
    """MiniLM, the target's word pieces of the second type."""

    def __init__(self, folder):
        super().__init__()
        self.model = AutoModel.from_pretrained(
            folder, attn_implementation="eager", add_pooling_layer=False
        )
        self.model.embeddings.word_embeddings.requires_grad_(
            False
        )  # half of all weights, and a third of the time
        self.head = Head(self.model.config.hidden_size)

    def forward(self, ids, attention, marked):
        """Logits."""
        hidden = self.model(
            input_ids=ids, attention_mask=attention, token_type_ids=marked
        ).last_hidden_state
        return self.head(hidden.float(), marked)

    def groups(self, rate):
        """The weights with their rates: lower layers learn more slowly, the head faster."""
        layers = list(self.model.encoder.layer)
        rates = [
            (rate * 5, self.head),
            *((rate * DECAY**depth, layer) for depth, layer in enumerate(reversed(layers))),
        ]
        rates.append((rate * DECAY ** len(layers) / 2, self.model.embeddings))
        return [
            {
                "params": [each for each in part.parameters() if each.requires_grad],
                "rate": rate,
                "lr": rate,
            }
            for rate, part in rates
        ]


def inputs(rows):
    """Padded word pieces, attention and target masks."""
    return (
        pad([row[0] for row in rows]),
        pad([[1] * len(row[0]) for row in rows]),
        pad([row[1] for row in rows]),
    )


@torch.no_grad()
def logits(model, rows):
    """Logits for all rows in order."""
    model.eval()
    found = torch.zeros(len(rows), 3)
    for group in batches([len(row[0]) for row in rows], size=64):
        found[group] = model(*inputs([rows[place] for place in group]))
    return found


def is_name(text, start, end):
    """Whether a target looks like a full name."""
    return text[start].isupper() and " " in text[start:end] and end - start < LONGEST_NAME


def exchange(example, names, shuffle, share):
    """The example, its target in some cases exchanged for another name."""
    text, (start, end) = example[:2]
    if is_name(text, start, end) and shuffle.random() < share:
        name = shuffle.choice(names)
        return text[:start] + name + text[end:], (start, start + len(name))
    return text, (start, end)


def join(example, examples, shuffle, share):
    """The example, in some cases with another sentence before or behind it: what is said elsewhere is not said of the target."""
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
    before, after = (
        " ".join(word for word in part.split(" ") if shuffle.random() >= DROPPED)
        for part in (text[:start], text[end:])
    )
    return before + text[start:end] + after, (len(before), len(before) + end - start)


def find_contrasts(examples, soft):
    """The numbers of the examples whose sentence holds targets of different tone, as the teachers see them."""
    labels = {}
    for (text, *_), label in zip(examples, soft.argmax(-1).tolist(), strict=True):
        labels.setdefault(text, set()).add(label)
    return [number for number, (text, *_) in enumerate(examples) if len(labels[text]) > 1]


def learn(args):
    """Distil, print macro-F1 on the dev parts after each epoch, save the averaged weights."""
    torch.manual_seed(args.seed)
    shuffle, tokenizer, model = (
        random.Random(args.seed),
        read_tokenizer(args.model),
        Student(args.model),
    )
    if args.start:
        model.load_state_dict(torch.load(args.start))
    labelled = read_examples(args.newsmtsc, "train")
    examples, said = [*labelled, *read_targets(args.targets)], torch.load(args.labels)
    soft, gold = (
        torch.cat([said["train"], said["extra"]]),
        torch.tensor([each[2] for each in labelled]),
    )
    names = [text[start:end] for text, (start, end), *_ in examples if is_name(text, start, end)]
    dev = {split: read_examples(args.newsmtsc, split) for split in DEV}
    rows_of = {split: encode_examples(tokenizer, part) for split, part in dev.items()}
    chosen = (
        sorted({*range(len(labelled)), *find_contrasts(examples, soft)})
        if args.contrasts
        else range(len(examples))
    )
    optimizer, average, step = (
        torch.optim.AdamW(model.groups(args.rate), weight_decay=0.01, fused=True),
        Average(model, AVERAGE),
        0,
    )
    steps = args.epochs * math.ceil(len(chosen) / BATCH)
    for _ in range(args.epochs):
        changed = [exchange(examples[each], names, shuffle, args.exchanged) for each in chosen]
        changed = [
            join(thin(each, shuffle, args.thinned), examples, shuffle, args.joined)
            for each in changed
        ]
        rows = encode_examples(tokenizer, changed)
        for group in tqdm(batches([len(row[0]) for row in rows], shuffle), desc="Learning"):
            model.train()
            with torch.autocast("cpu", torch.bfloat16):
                made = model(*inputs([rows[place] for place in group]))
            loss = distil(made.float(), soft, gold, [chosen[place] for place in group])
            update(model, optimizer, loss, step, steps)
            average.update(model)
            step += 1
        print_scores(model, dev, rows_of)
    average.install(model)
    print_scores(model, dev, rows_of)
    torch.save(model.state_dict(), args.output)


def distil(made, soft, gold, which):
    """The loss: distance from the teachers' softened labels, and where there is a gold label also from that."""
    softened = functional.softmax(soft[which] / TEMPERATURE, -1)
    loss = (
        functional.kl_div(
            functional.log_softmax(made / TEMPERATURE, -1), softened, reduction="batchmean"
        )
        * TEMPERATURE**2
    )
    known = [place for place, each in enumerate(which) if each < len(gold)]
    if not known:
        return loss
    return loss + GOLD * functional.cross_entropy(
        made[known], gold[[which[place] for place in known]], reduction="sum"
    ) / len(which)


def print_scores(model, dev, rows):
    """Print macro-F1 on the dev parts."""
    said = [
        f"{split} {macro_f1([each[2] for each in part], logits(model, rows[split]).argmax(-1).tolist()):.1f}"
        for split, part in dev.items()
    ]
    print(*said, flush=True)


def main(arguments=None):
    """Read the arguments and learn."""
    parser = argparse.ArgumentParser(
        prog="python -m training.student",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    for name in ("model", "newsmtsc", "targets", "labels", "output"):
        parser.add_argument(name)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--rate", type=float, default=1e-4, help="the highest learning rate")
    parser.add_argument("--start", help="a student to go on with")
    parser.add_argument(
        "--contrasts",
        action="store_true",
        help="of the targets without a label only those in sentences of mixed tone",
    )
    parser.add_argument(
        "--exchanged", type=float, default=0.25, help="share of the names that are exchanged"
    )
    parser.add_argument(
        "--thinned",
        type=float,
        default=0,
        help="share of the sentences that lose a tenth of their words",
    )
    parser.add_argument(
        "--joined",
        type=float,
        default=0,
        help="share of the sentences that are joined with another",
    )
    parser.add_argument("--seed", type=int, default=0)
    learn(parser.parse_args(arguments))


if __name__ == "__main__":
    main()
