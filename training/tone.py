"""Teach an encoder in what tone a sentence speaks of each actor in it, in one reading.

    python -m training.tone learn MPNET NEWSMTSC.jsonl teacher.pt --frozen 6 --epochs 3 --rate 4e-5
    python -m training.tone label MPNET NEWSMTSC.jsonl TARGETS.jsonl LABELS.npz teacher.pt ...
    python -m training.tone learn MINILM NEWSMTSC.jsonl tone.pt --targets TARGETS.jsonl \
        --labels LABELS.npz

The encoder reads the plain sentence once. Each target then asks: the mean of its word pieces looks
over the whole sentence through one block of attention (Vaswani et al. 2017), with a bias for how
far each piece is from the target, and a head says the tone. A large encoder, the teacher, learns
the gold labels (NewsMTSC's train part, the contrasts in `training/contrasts.csv`) and labels other
targets; of several teachers the probabilities are averaged. A small one learns what they say beside
the gold labels (distillation: Hinton, Vinyals & Dean 2015). Names are exchanged or masked in a part
of the sentences: the tone is to be learned from what is said and not from of whom.
"""

import random
from itertools import chain

import numpy as np
import torch
from torch.nn import functional
from tqdm import tqdm

from analysis.measure.tone.model import encode_targets, look_from
from benchmarks.commands import make_parser
from training.data import DEV, read_examples, read_targets
from training.learning import Average, macro_f1, pad, read_tokenizer, run_step, update
from training.tone_model import Reader
from training.tone_sentences import (
    MASKS,
    NO_LABEL,
    collect_names,
    disguise,
    group_targets,
    read_contrasts,
    read_gold,
    read_train,
)

BATCH_PIECES = 700
# Sentences of which those of like length come into a batch.
POOLED = 600
AVERAGE = 0.995  # of the running average of the weights
SMOOTHING = 0.05  # of the gold labels
GOLD = 0.5  # their weight beside the teachers' probabilities
NEUTRAL = (0.0, 1.0, 0.0)


def encode(tokenizer, sentences):
    """Readings of the sentences, (word pieces, spans), and of each target the (reading, span)."""
    texts, targets = [], []
    for sentence in sentences:
        texts += [sentence.text] * len(sentence.targets)
        targets += sentence.targets
    return encode_targets(tokenizer, texts, targets)[:2]


def make_batches(readings, shuffle=None, pieces=BATCH_PIECES, pooled=POOLED):
    """Lists of numbers of readings of like length, no list with more pieces than fit."""
    order = list(range(len(readings)))
    if shuffle:
        shuffle.shuffle(order)
    made = []
    for first in range(0, len(order), pooled):
        now = []
        pool = order[first : first + pooled]
        for number in sorted(pool, key=lambda each: len(readings[each][0])):
            if now and (len(now) + 1) * len(readings[number][0]) > pieces:
                made.append(now)
                now = []
            now.append(number)
        made.append(now)
    if shuffle:
        shuffle.shuffle(made)
    return made


def inputs(readings):
    """Padded tensors of readings: pieces, attention; of each target its row and what it sees."""
    ids, attention, owner, inside, reaches = [], [], [], [], []
    for number, (pieces, spans) in enumerate(readings):
        ids.append(pieces)
        attention.append([1] * len(pieces))
        for span in spans:
            owner.append(number)
            marked, far = look_from(len(pieces), *span)
            inside.append(marked.tolist())
            reaches.append(far.tolist())
    return pad(ids), pad(attention), torch.tensor(owner), pad(inside), pad(reaches)


@torch.no_grad()
def probabilities(model, tokenizer, sentences):
    """The probabilities of all targets of the sentences, a row a target, in order."""
    model.eval()
    readings, places = encode(tokenizer, sentences)
    found = [None] * len(readings)
    for chosen in make_batches(readings):
        rows = [readings[number] for number in chosen]
        made = model(*inputs(rows)).softmax(-1).cpu().numpy()
        ends = np.cumsum([len(spans) for _, spans in rows])[:-1]
        for number, each in zip(chosen, np.split(made, ends), strict=True):
            found[number] = each
    return np.array([found[reading][row] for reading, row in places])


def gold_of(sentences):
    """The gold labels of all targets of the sentences, in order."""
    return list(chain.from_iterable(each.gold for each in sentences))


def score(model, tokenizer, sentences):
    """Macro-F1 on sentences with gold labels."""
    found = probabilities(model, tokenizer, sentences).argmax(1).tolist()
    return macro_f1(gold_of(sentences), found)


def loss_of(made, soft, gold):
    """Distance from the probabilities to learn, and from the gold labels there are."""
    loss = -(soft * made.log_softmax(-1)).sum(-1)
    known = gold != NO_LABEL
    if known.any():
        missed = functional.cross_entropy(
            made[known], gold[known], label_smoothing=SMOOTHING, reduction="none"
        )
        loss[known] = (1 - GOLD) * loss[known] + GOLD * missed
    return loss.mean()


def reading_targets(sentences, readings, places):
    """Of each reading the (probabilities, gold label) of its spans, in order."""
    soft = np.concatenate([each.soft for each in sentences])
    found = [[None] * len(spans) for _, spans in readings]
    for (reading, row), *target in zip(places, soft, gold_of(sentences), strict=True):
        found[reading][row] = target
    return found


def learn(args):
    """Learn, print macro-F1 after each epoch, save the averaged weights."""
    torch.manual_seed(args.seed)
    shuffle = random.Random(args.seed)
    tokenizer = read_tokenizer(args.model)
    model = Reader(args.model, args.layers, args.frozen)
    if args.start:
        model.load_state_dict(torch.load(args.start))
    learned, kept_out = read_train(args.newsmtsc, args.targets, args.labels)
    contrasts = read_contrasts()
    mask = next(each for each in MASKS if tokenizer.token_to_id(each) is not None)
    names = collect_names(learned, mask)
    parts = {"kept out": kept_out} | {part: read_gold(args.newsmtsc, part) for part in DEV}
    optimizer = torch.optim.AdamW(model.groups(args.rate), weight_decay=0.01)
    average, step, steps = Average(model, AVERAGE), 0, 0
    for epoch in range(args.epochs):
        changed = []
        for each in learned + args.contrasts * contrasts:
            changed.append(disguise(each, names, shuffle, args.exchanged, args.masked))
        readings, places = encode(tokenizer, changed)
        targets = reading_targets(changed, readings, places)
        order = make_batches(readings, shuffle)
        steps = steps or args.epochs * len(order)
        for chosen in tqdm(order, desc=f"Epoch {epoch + 1}", mininterval=30):
            model.train()
            asked = chain.from_iterable(targets[number] for number in chosen)
            soft, gold = zip(*asked, strict=True)
            made = model(*inputs([readings[number] for number in chosen]))
            soft = torch.tensor(np.array(soft), dtype=made.dtype)
            loss = loss_of(made, soft, torch.tensor(gold))
            update(model, optimizer, loss, step, steps)
            average.update(model)
            step += 1
        print_scores(model, tokenizer, parts)
    average.install(model)
    print_scores(model, tokenizer, parts)
    torch.save(model.cpu().state_dict(), args.output)


def print_scores(model, tokenizer, parts):
    """Print macro-F1 on the parts."""
    print(*(f"{name} {score(model, tokenizer, part):.1f}" for name, part in parts.items()))


def label(args):
    """Save the mean probabilities of teachers for the train part and the other targets."""
    tokenizer = read_tokenizer(args.model)
    parts = {"train": read_examples(args.newsmtsc, "train"), "extra": read_targets(args.targets)}
    found = dict.fromkeys(parts, 0)
    for path in args.teachers:
        model = Reader(args.model)
        model.load_state_dict(torch.load(path))
        for part, targets in parts.items():
            rows = [(text, span, NEUTRAL, NO_LABEL) for text, span, *_ in targets]
            sentences = group_targets(rows)
            scores = probabilities(model, tokenizer, sentences)
            made = dict(zip(place_of(sentences), scores, strict=True))
            ordered = np.array([made[text, span] for text, span, *_ in targets])
            found[part] = found[part] + ordered / len(args.teachers)
    np.savez_compressed(args.output, **found)


def place_of(sentences):
    """(text, span) of all targets of the sentences, in order."""
    return [(each.text, span) for each in sentences for span in each.targets]


def main(arguments=None):
    """Learn or label."""
    parser = make_parser("training.tone", __doc__)
    steps = parser.add_subparsers(required=True)
    learning, labelling = steps.add_parser("learn"), steps.add_parser("label")
    for name in ("model", "newsmtsc", "output"):
        learning.add_argument(name)
    learning.add_argument("--targets")
    learning.add_argument("--labels")
    learning.add_argument("--start", help="weights to go on from")
    learning.add_argument("--epochs", type=int, default=5)
    learning.add_argument("--layers", type=int)
    learning.add_argument("--frozen", type=int, default=0)
    learning.add_argument("--rate", type=float, default=1e-4)
    learning.add_argument("--exchanged", type=float, default=0.3)
    learning.add_argument("--masked", type=float, default=0.3)
    learning.add_argument("--contrasts", type=int, default=6, help="times each is read an epoch")
    learning.add_argument("--seed", type=int, default=0)
    learning.set_defaults(run=learn)
    for name in ("model", "newsmtsc", "targets", "output"):
        labelling.add_argument(name)
    labelling.add_argument("teachers", nargs="+")
    labelling.set_defaults(run=label)
    run_step(parser, arguments)


if __name__ == "__main__":
    main()
