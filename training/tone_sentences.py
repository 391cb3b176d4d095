"""The sentences that the tone model learns from, and their names exchanged or masked."""

import csv
import re
from collections import defaultdict
from dataclasses import dataclass, replace

import numpy as np

import analysis as wb
from analysis.find.names.pronouns import PRONOUN_GROUPS
from analysis.schema import LABELS
from training.data import read_examples, read_targets

CONTRASTS = "training/contrasts.csv"
NO_LABEL = -1
# One in so many sentences of the train part is kept out, to choose by.
KEPT_OUT = 10
LONGEST_NAME = 40
MASKS = ("[MASK]", "<mask>")  # of MiniLM's vocabulary, of MPNet's


@dataclass
class Sentence:
    """A sentence with its targets: spans, probabilities to learn, gold labels or `NO_LABEL`."""

    text: str
    targets: list
    soft: np.ndarray
    gold: list


def group_targets(rows):
    """Sentences of rows (text, span, probabilities, gold label), those with one text together."""
    known = defaultdict(list)
    for text, *target in rows:
        known[text].append(target)
    sentences = []
    for text, targets in known.items():
        spans, soft, gold = zip(*targets, strict=True)
        sentences.append(Sentence(text, list(spans), np.array(soft), list(gold)))
    return sentences


def as_rows(examples):
    """Rows of labelled examples (text, span, label number)."""
    return [(text, span, np.eye(len(LABELS))[label], label) for text, span, label in examples]


def read_gold(path, split):
    """The sentences of one part of NewsMTSC with their labelled targets."""
    return group_targets(as_rows(read_examples(path, split)))


def read_train(path, targets=None, labels=None):
    """(sentences to learn from, sentences kept out to choose by) of NewsMTSC's train part.

    `labels` has the teachers' probabilities for its targets and for those in `targets`.
    """
    gold = read_examples(path, "train")
    held = set(list(dict.fromkeys(text for text, *_ in gold))[::KEPT_OUT])
    rows = as_rows(gold)
    kept_out = [row for row in rows if row[0] in held]
    if labels:
        made = np.load(labels)
        rows = [(*row[:2], soft, row[3]) for row, soft in zip(rows, made["train"], strict=True)]
        for (text, span), soft in zip(read_targets(targets), made["extra"], strict=True):
            rows.append((text, span, soft, NO_LABEL))
    return group_targets(row for row in rows if row[0] not in held), group_targets(kept_out)


def read_contrasts():
    """The sentences written for the purpose, whose targets stand in [[double brackets]]."""
    rows = []
    with open(CONTRASTS, encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            target = re.search(r"\[\[(.+?)\]\]", row["sentence"])
            text = row["sentence"].replace("[[", "").replace("]]", "")
            span = target.start(), target.start() + len(target[1])
            rows.append((text, span, LABELS.index(row["label"])))
    return group_targets(as_rows(rows))


def is_name(text):
    """Whether a target may be a name: a capital, not very long, no pronoun."""
    return text[:1].isupper() and len(text) < LONGEST_NAME and text.lower() not in PRONOUN_GROUPS


def collect_names(sentences, mask):
    """{kind: names} that targets can be exchanged for; of the kind "mask", what masks them."""
    actors = wb.read_actors()
    is_state = (actors["actor_type"] == "state") & (actors["kind"] == "name")
    names = {"state": sorted(set(actors.loc[is_state, "alias"])), "full": [], "short": []}
    for sentence in sentences:
        for start, end in sentence.targets:
            name = sentence.text[start:end]
            if is_name(name) and name not in names["state"]:
                names["full" if " " in name else "short"].append(name)
    return names | {"mask": [mask]}


def disguise(sentence, names, shuffle, exchanged, masked):
    """The sentence with some of its targets' names exchanged for others of their kind, or masked.

    `exchanged` and `masked` are the shares. A name is changed in all places where it is a target.
    """
    changes = {}
    for start, end in sentence.targets:
        name = sentence.text[start:end]
        if name in changes or not is_name(name):
            continue
        draw = shuffle.random()
        if draw < exchanged:
            kind = "state" if name in names["state"] else "full" if " " in name else "short"
            changes[name] = shuffle.choice(names[kind])
        elif draw < exchanged + masked:
            changes[name] = shuffle.choice(names["mask"])
    return change_names(sentence, changes) if changes else sentence


def change_names(sentence, changes):
    """The sentence with its targets' names changed; as it is where one target is inside another."""
    text, at, moved = "", 0, {}
    for start, end in sorted(set(sentence.targets)):
        if start < at:
            return sentence
        name = sentence.text[start:end]
        text += sentence.text[at:start] + changes.get(name, name)
        moved[start, end] = len(text) - len(changes.get(name, name)), len(text)
        at = end
    targets = [moved[span] for span in sentence.targets]
    return replace(sentence, text=text + sentence.text[at:], targets=targets)
