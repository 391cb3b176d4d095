"""Teach a model of half the depth to read as one that ships does (distillation).

    python -m training.smaller names MINILM data/names/model.onnx NER LITBANK COURT.jsonl \
        GUM.jsonl TEXTS.jsonl SMALL.pt
    python -m training.smaller tone MINILM data/stance/model.onnx NEWSMTSC.jsonl TARGETS.jsonl \
        SMALL.pt

The small model begins with three of the six layers (Sanh et al. 2019: DistilBERT) and learns what
the large one makes of each word piece and says of it (Hinton, Vinyals & Dean 2015), the tone beside
the gold labels. TEXTS has one text a line (`text`); it needs no labels.
"""

import random
from itertools import repeat

import numpy as np
import onnx
import pandas as pd
import torch
from onnx import numpy_helper
from torch import nn
from torch.nn import functional
from tqdm import tqdm

import analysis as wb
from analysis.find.names.encoder import LONGEST_WINDOW, word_pieces
from analysis.measure.tone.model import REACHES
from analysis.parse.tokens import token_spans
from benchmarks.commands import make_parser, read_records
from training.corpora import read_gum, read_litbank, read_names
from training.data import DEV, read_targets
from training.export_names import SHORTEST
from training.learning import Average, keep_layers, pad, read_tokenizer, run_step, update
from training.names import LINK, LONGEST, Encoder
from training.tone import (
    NEUTRAL,
    encode,
    inputs,
    loss_of,
    make_batches,
    print_scores,
    reading_targets,
)
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

RATES = {"names": 3e-4, "tone": 2e-4}
AVERAGE = {"names": 0.998, "tone": 0.995}
BATCH_PIECES = 1100  # of windows read together
POOLED = 3000  # windows of which those of like length come into a batch
EXCHANGED, MASKED = 0.25, 0.2
CONTRASTS = 4  # times each is read an epoch
# Of the losses of the model of names: labels, states, links.
LABELS_WEIGHT, STATES_WEIGHT, LINKS_WEIGHT = 3.0, 2.0, 0.5


def read_weights(path):
    """The weights of a model that ships, {name of a parameter: tensor}."""
    graph = onnx.load(path).graph
    stored = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    real, cast = {}, {}
    for node in graph.node:
        if node.op_type == "Cast" and node.input[0].endswith("_whole"):
            cast[node.output[0]] = stored[node.input[0]].astype(np.float32)
        elif node.op_type == "Mul" and node.input[0] in cast:
            real[node.output[0]] = cast[node.input[0]] * stored[node.input[1]]
    read_by = {}
    for node in graph.node:
        for name in node.input:
            read_by.setdefault(name, []).append(node)
    weights = {}
    for name, values in {**stored, **real}.items():
        if name.startswith("val_") and name in real:
            # A matrix that lost its name is known by the bias that is added behind it.
            (product,) = read_by[name]
            (bias,) = (each for each in read_by[product.output[0]][0].input if each in stored)
            name, values = bias.replace(".bias", ".weight"), values.T
        elif values.shape == (2 * len(REACHES) + 1, 6):
            name, values = "reader.asking.near", values.T
        if not name.endswith(("_whole", "_scale")) and name.startswith(("encoder.", "reader.")):
            weights[name.split(".", 1)[1]] = torch.tensor(np.array(values))
    return weights


def load_large(kind, folder, path):
    """The large model that ships."""
    model, weights = kind(folder), read_weights(path)
    for name, whole in model.state_dict().items():
        # Of the places that a sentence can have, the first ship.
        if name in weights and len(weights[name]) < len(whole):
            weights[name] = torch.cat([weights[name], whole[len(weights[name]) :]])
    model.load_state_dict(weights, strict=False)
    return model.eval()


def begin_small(kind, folder, large):
    """A small model that begins with layers of the large one, and forgets nothing by chance."""
    small = kind(folder)
    small.load_state_dict(large.state_dict())
    for part in small.model.modules():
        if isinstance(part, nn.Dropout):
            part.p = 0.0
    return keep_layers(small)


def start_learning(model, rate):
    """The optimizer of all weights but those of the word pieces, which the large model has, too."""
    model.model.embeddings.word_embeddings.requires_grad_(False)
    learned = [each for each in model.parameters() if each.requires_grad]
    groups = [{"params": learned, "rate": rate, "lr": rate}]
    return torch.optim.AdamW(groups, weight_decay=0.01, fused=True)


def apart(made, wanted):
    """How far something is from what is wanted: the part of its squares that is not explained."""
    return functional.mse_loss(made, wanted) / wanted.pow(2).mean()


def windows_of_texts(texts):
    """The words of texts in windows: paragraphs, long ones parted between sentences."""
    articles = pd.DataFrame({"doc_id": list(map(str, range(len(texts)))), "text": texts})
    sentences = wb.split_sentences(articles.reindex(columns=wb.schema.columns("articles")))
    windows = []
    for _, paragraph in sentences.groupby(["doc_id", "paragraph_id"], sort=False):
        words = []
        for sentence in paragraph["text"]:
            more = [sentence[start:end] for start, end in token_spans(sentence)]
            if words and len(words) + len(more) > LONGEST_WINDOW:
                windows.append(words)
                words = []
            words = words + more
        windows.append(words)
    return [window for window in windows if window]


def read_windows(args):
    """All windows to read, in random order, as word pieces."""
    windows = windows_of_texts([each["text"] for each in read_records(args.texts)])
    parts = [*read_names(args.ner), *read_litbank(args.litbank)]
    parts += [*read_gum(args.gum).values(), *read_gum(args.court).values()]
    for part in parts:
        windows += part.windows
    pieces = word_pieces(read_tokenizer(args.model), windows)
    pieces = [each for each in pieces if SHORTEST <= len(each[0]) <= LONGEST]
    random.Random(0).shuffle(pieces)
    return pieces


def states_of(model, windows):
    """(the states of all word pieces of some windows, which of them begin a word)."""
    attention = pad([[1] * len(ids) for ids, *_ in windows])
    ids, cases = (pad([window[column] for window in windows]) for column in (0, 1))
    begins = torch.zeros_like(attention)
    for row, (*_, firsts) in enumerate(windows):
        begins[row, firsts] = 1
    is_there = attention.bool()
    return model.states(ids, cases, attention)[is_there], begins.bool()[is_there]


def answers_of(model, states):
    """The labels' log probabilities, and what is asked and answered, for words."""
    links = model.asks(states) / LINK**0.5, model.answers(states), model.nobody(states)
    return model.names(states).log_softmax(-1), links


def learn_names(args):
    """A small model of names and references."""
    torch.manual_seed(0)
    large = load_large(Encoder, args.model, args.large)
    small = begin_small(Encoder, args.model, large)
    read = read_windows(args)
    batches = make_batches(read, random.Random(0), BATCH_PIECES, POOLED)
    batches = batches[: round(len(batches) * args.part)]
    optimizer, average = start_learning(small, RATES["names"]), Average(small, AVERAGE["names"])
    for step, chosen in enumerate(tqdm(batches, desc="Learning", mininterval=30)):
        windows = [read[number] for number in chosen]
        with torch.no_grad():
            wanted, begins = states_of(large, windows)
            labels, links = answers_of(large, wanted[begins])
        made, _ = states_of(small, windows)
        own_labels, own_links = answers_of(small, made[begins])
        loss = LABELS_WEIGHT * functional.kl_div(
            own_labels, labels, log_target=True, reduction="batchmean"
        )
        loss = loss + STATES_WEIGHT * apart(made, wanted)
        loss = loss + LINKS_WEIGHT * sum(map(apart, own_links, links))
        update(small, optimizer, loss, step, len(batches))
        average.update(small)
    average.install(small)
    torch.save(small.state_dict(), args.output)


def read_sentences(args):
    """(sentences to learn the tone from, sentences kept out) without teachers' probabilities."""
    learned, kept_out = read_train(args.newsmtsc)
    held = {each.text for each in kept_out}
    more = [(text, span) for text, span, *_ in read_targets(args.targets) if text not in held]
    rows = [(*target, NEUTRAL, NO_LABEL) for target in more]
    for each in learned:
        rows += zip(repeat(each.text), each.targets, each.soft, each.gold)
    return group_targets((*row[:2], np.array(row[2], float), row[3]) for row in rows), kept_out


def learn_tone(args):
    """A small model of tone."""
    torch.manual_seed(0)
    shuffle, tokenizer = random.Random(0), read_tokenizer(args.model)
    large = load_large(Reader, args.model, args.large)
    small = begin_small(Reader, args.model, large)
    learned, kept_out = read_sentences(args)
    parts = {"kept out": kept_out} | {part: read_gold(args.newsmtsc, part) for part in DEV}
    names, contrasts = collect_names(learned, MASKS[0]), read_contrasts()
    optimizer, average = start_learning(small, RATES["tone"]), Average(small, AVERAGE["tone"])
    step = steps = 0
    for _ in range(args.epochs):
        changed = []
        for each in learned + CONTRASTS * contrasts:
            changed.append(disguise(each, names, shuffle, EXCHANGED, MASKED))
        readings, places = encode(tokenizer, changed)
        targets = reading_targets(changed, readings, places)
        order = make_batches(readings, shuffle)
        steps = steps or args.epochs * len(order)
        for chosen in tqdm(order, desc="Learning", mininterval=30):
            small.train()
            gold = [label for number in chosen for _, label in targets[number]]
            loss = tone_loss(large, small, [readings[number] for number in chosen], gold)
            update(small, optimizer, loss, step, steps)
            average.update(small)
            step += 1
    average.install(small)
    print_scores(small, tokenizer, parts)
    torch.save(small.state_dict(), args.output)


def tone_loss(large, small, readings, gold):
    """How far the small model is from the large one's states and tones, and from gold labels."""
    ids, attention, owner, inside, reaches = inputs(readings)
    is_there = attention.bool()
    with torch.no_grad():
        wanted = large.model(input_ids=ids, attention_mask=attention).last_hidden_state
        tones = large.asking(wanted[owner], attention[owner], inside, reaches).softmax(-1)
    made = small.model(input_ids=ids, attention_mask=attention).last_hidden_state
    own = small.asking(made[owner], attention[owner], inside, reaches)
    return loss_of(own, tones, torch.tensor(gold)) + apart(made[is_there], wanted[is_there])


def main(arguments=None):
    """Read the arguments and teach one of the two."""
    parser = make_parser("training.smaller", __doc__)
    steps = parser.add_subparsers(required=True)
    names, tone = steps.add_parser("names"), steps.add_parser("tone")
    for name in ("model", "large", "ner", "litbank", "court", "gum", "texts", "output"):
        names.add_argument(name)
    names.add_argument("--part", type=float, default=0.75, help="of the windows that are read")
    names.set_defaults(run=learn_names)
    for name in ("model", "large", "newsmtsc", "targets", "output"):
        tone.add_argument(name)
    tone.add_argument("--epochs", type=int, default=2)
    tone.set_defaults(run=learn_tone)
    run_step(parser, arguments)


if __name__ == "__main__":
    main()
