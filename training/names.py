"""Teach a small encoder names, and whom pronouns and descriptions mean.

    python -m training.names base MINILM NER LITBANK BASE.pt
    python -m training.names finish MINILM BASE.pt NER COURT.jsonl GUM.jsonl OUT.pt
    python -m training.names read MINILM BASE.pt NER COURT.jsonl GUM.jsonl READINGS.npz

One encoder, two heads: a label a word (names of people, organisations, places, others), and for
each pronoun or noun phrase how well each earlier mention fits, "none of them" among the answers
(mention ranking: Wiseman et al. 2015; Lee et al. 2017). Case is lost in the encoder's word pieces;
so an embedding of each word's case is added to them.

`base` learns from corpora of names (NER: folders wikigold, WNUT17, BTC) and from novels (LITBANK),
`finish` goes on with GUM. `read` does that twice, each time with one half of GUM's documents, and
keeps what the two say of the other half: what `training.references` learns from.
"""

import random

import numpy as np
import pandas as pd
import torch
from torch import nn
from torch.nn import functional
from tqdm import tqdm
from transformers import AutoModel

import analysis as wb
from analysis.find.names.encoder import (
    CASES,
    DISTANCES,
    FORMS,
    NAME_LABELS,
    NOUN,
    PRONOUN,
    Reading,
    windows_of,
    word_pieces,
)
from analysis.find.names.pronouns import PARTICIPANTS, PRONOUN_GROUPS
from analysis.parse.tree import Tree
from benchmarks.commands import make_parser, read_records
from training.corpora import Part, read_gum, read_litbank, read_names
from training.learning import Average, pad, read_tokenizer, run_step, update

LINK = 96  # width of what is compared
MOST = 60  # earlier mentions compared at most
PIECES = 1100  # of a batch
LONGEST = 300  # word pieces of a window to learn from
EPOCHS = {"base": 2, "finish": 3}
RATES = {"base": 1.2e-4, "finish": 8e-5}
HEADS_FASTER = 8  # the heads' rate over the encoder's
NAMES_WEIGHT, LINKS_WEIGHT = 3.0, 0.5  # of the two losses
AVERAGE = 0.99  # of the running average of the weights
# One in so many sentences of the corpora of names goes on beside GUM.
REPLAYED = 10
HALVES = 2
POOLED = 400  # parts that are filled into batches together
PRONOUNS = frozenset(
    (*PRONOUN_GROUPS, *PARTICIPANTS, "this", "that", "these", "those", "who", "whom", "whose")
)


class Encoder(nn.Module):
    """MiniLM with an embedding of case, and heads for names and links."""

    def __init__(self, folder):
        super().__init__()
        self.model = AutoModel.from_pretrained(
            folder, add_pooling_layer=False, attn_implementation="sdpa"
        )
        # Half of all weights.
        self.model.embeddings.word_embeddings.requires_grad_(False)
        size = self.model.config.hidden_size
        self.case = nn.Embedding(len(CASES), size)
        nn.init.zeros_(self.case.weight)
        self.dropout = nn.Dropout(0.1)
        self.names = nn.Linear(size, len(NAME_LABELS))
        self.asks = nn.Linear(size, LINK)
        self.answers = nn.Linear(size, LINK)
        self.nobody = nn.Linear(size, 1)
        self.distance = nn.Embedding(len(FORMS) * len(DISTANCES), 1)
        nn.init.zeros_(self.distance.weight)

    def states(self, ids, cases, attention):
        """The states of the word pieces of some windows."""
        embedded = self.model.embeddings.word_embeddings(ids) + self.case(cases)
        made = self.model(inputs_embeds=embedded, attention_mask=attention)
        return made.last_hidden_state


class Ready:
    """A part made ready: pieces of its windows, labels, and what is asked of its mentions."""

    def __init__(self, part, tokenizer):
        pieces = word_pieces(tokenizer, part.windows)
        self.ids = [ids for ids, *_ in pieces]
        self.cases = [cases for _, cases, _ in pieces]
        self.firsts = [firsts for *_, firsts in pieces]
        self.n = sum(map(len, self.ids))
        self.names, self.has_other = part.names, part.has_other
        self.words = [word for window in part.windows for word in window]
        self.sentence = sentence_numbers(part.windows)
        self.asked = asked(part, self.words, self.sentence)


def sentence_numbers(windows):
    """About which sentence each word stands in: a window ends one, and so does a full stop."""
    numbers, number = [], 0
    for window in windows:
        for word in window:
            numbers.append(number)
            number += word in (".", "!", "?")
        number += 1
    return numbers


def form_number(word):
    """The number of the form of a mention with this head."""
    if word.lower() in PRONOUNS:
        return PRONOUN
    return FORMS.index("name") if word[:1].isupper() else NOUN


def asked(part, words, sentence):
    """What is asked of pronouns and noun phrases, in order.

    [(head, form, earlier heads, their distances, places of the right ones)]; where only a mention
    out of reach is right, nothing is asked.
    """
    mentions = {}
    for _, _, head, cluster in sorted(part.mentions, key=lambda each: each[0] - each[1]):
        mentions.setdefault(head, cluster)
    mentions |= dict.fromkeys(part.nobody)
    made, before = [], []
    for head in sorted(mentions):
        cluster, form = mentions[head], form_number(words[head])
        near = before[-MOST:]
        right = [place for place, (_, other) in enumerate(near) if other == cluster]
        is_known = any(other == cluster for _, other in before)
        if form in (PRONOUN, NOUN) and near and (right or not is_known):
            heads = [each for each, _ in near]
            gaps = [sentence[head] - sentence[each] for each in heads]
            made.append((head, form, heads, gaps, right))
        if cluster is not None:
            before.append((head, cluster))
    return made


def name_loss(model, states, ready):
    """Cross-entropy of the labels; where other names have no label, they count as outside."""
    total, n = 0.0, 0
    for part_states, each in zip(states, ready, strict=True):
        if each.names is None:
            continue
        scores = model.names(model.dropout(part_states)).log_softmax(-1)
        if not each.has_other:
            outside = torch.logsumexp(scores[:, [0, -2, -1]], -1, keepdim=True)
            scores = torch.cat([outside, scores[:, 1:]], -1)
        total = total + functional.nll_loss(scores, torch.tensor(each.names), reduction="sum")
        n += len(each.names)
    return total, n


def link_scores(model, states, one):
    """Scores of "nobody", then of each earlier mention."""
    head, form, heads, gaps, _ = one
    ask = model.asks(states[head])
    answers = model.answers(states[heads])
    number = torch.bucketize(torch.tensor(gaps), torch.tensor(DISTANCES), right=True) - 1
    scores = answers @ ask / LINK**0.5 + model.distance(number + form * len(DISTANCES)).squeeze(-1)
    return torch.cat([model.nobody(states[head]), scores])


def link_loss(model, states, ready):
    """Minus the log probability of all right answers together."""
    total, n = 0.0, 0
    for part_states, each in zip(states, ready, strict=True):
        dropped = model.dropout(part_states)
        for one in each.asked:
            scores = link_scores(model, dropped, one).log_softmax(-1)
            right = [place + 1 for place in one[-1]] or [0]
            total = total - torch.logsumexp(scores[right], -1)
            n += 1
    return total, n


def word_states(model, ready):
    """The states of the words of several parts; windows of like length are read together."""
    windows = []
    for number, each in enumerate(ready):
        for window, ids in enumerate(each.ids):
            windows.append((len(ids), number, window))
    states = {}
    for group in like_length(sorted(windows)):
        ids = [ready[number].ids[window] for _, number, window in group]
        cases = [ready[number].cases[window] for _, number, window in group]
        attention = pad([[1] * len(row) for row in ids])
        hidden = model.states(pad(ids), pad(cases), attention)
        for (_, number, window), rows in zip(group, hidden, strict=True):
            states[number, window] = rows
    made = []
    for number, each in enumerate(ready):
        rows = []
        for window, firsts in enumerate(each.firsts):
            rows.append(states[number, window][firsts])
        made.append(torch.cat(rows))
    return made


def like_length(windows):
    """Windows in groups whose longest is little longer than their shortest."""
    groups = []
    for window in windows:
        if groups and window[0] <= 1.3 * groups[-1][0][0] + 4:
            groups[-1].append(window)
        else:
            groups.append([window])
    return groups


def make_batches(ready, shuffle):
    """Lists of numbers of parts, in random order; short ones of like length together."""
    order = list(range(len(ready)))
    shuffle.shuffle(order)
    made = []
    for first in range(0, len(order), POOLED):
        now, n = [], 0
        for place in sorted(order[first : first + POOLED], key=lambda each: ready[each].n):
            if now and n + ready[place].n > PIECES:
                made.append(now)
                now, n = [], 0
            now.append(place)
            n += ready[place].n
        made.append(now)
    shuffle.shuffle(made)
    return made


def learn(model, ready, step_name, seed):
    """Learn from parts; the averaged weights are the model's in the end."""
    torch.manual_seed(seed)
    shuffle, rate = random.Random(seed), RATES[step_name]
    encoder = [each for each in model.model.parameters() if each.requires_grad]
    heads = []
    for name, each in model.named_parameters():
        if not name.startswith("model."):
            heads.append(each)
    groups = []
    for weights, speed in ((encoder, rate), (heads, rate * HEADS_FASTER)):
        groups.append({"params": weights, "rate": speed, "lr": speed})
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    average, order = Average(model, AVERAGE), []
    for _ in range(EPOCHS[step_name]):
        order += make_batches(ready, shuffle)
    for step, chosen in enumerate(tqdm(order, desc="Learning", mininterval=10)):
        model.train()
        now = [ready[place] for place in chosen]
        states = word_states(model, now)
        names, n_names = name_loss(model, states, now)
        links, n_links = link_loss(model, states, now)
        loss = NAMES_WEIGHT * names / max(n_names, 1) + LINKS_WEIGHT * links / max(n_links, 1)
        update(model, optimizer, loss, step, len(order))
        average.update(model)
    average.install(model)
    return model


def make_ready(parts, tokenizer):
    """Parts made ready, without those of very long windows."""
    made = (Ready(part, tokenizer) for part in parts)
    return [each for each in made if max(map(len, each.ids)) <= LONGEST]


def load(args):
    """The encoder as `base` left it."""
    model = Encoder(args.model)
    model.load_state_dict(torch.load(args.base))
    return model


def read_beside(args, tokenizer):
    """What is learned from beside GUM: court rulings, and some of the corpora of names."""
    names = read_names(args.ner)
    random.Random(0).shuffle(names)
    parts = [*read_gum(args.court).values(), *names[::REPLAYED]]
    return make_ready(parts, tokenizer)


def learn_base(args):
    """The first step."""
    tokenizer = read_tokenizer(args.model)
    parts = [*read_names(args.ner), *read_litbank(args.litbank)]
    model = learn(Encoder(args.model), make_ready(parts, tokenizer), "base", 0)
    torch.save(model.cpu().state_dict(), args.output)


def finish(args):
    """The last step."""
    tokenizer = read_tokenizer(args.model)
    parts = make_ready(read_gum(args.gum).values(), tokenizer) + read_beside(args, tokenizer)
    torch.save(learn(load(args), parts, "finish", 0).cpu().state_dict(), args.output)


def read_halves(args):
    """What the encoder says of each of GUM's documents, having learned from the other half."""
    tokenizer = read_tokenizer(args.model)
    gum, beside = read_gum(args.gum), read_beside(args, tokenizer)
    texts = {record["doc_id"]: record["text"] for record in read_records(args.gum)}
    order, found = sorted(gum), {}
    for half in range(HALVES):
        others = [gum[doc_id] for place, doc_id in enumerate(order) if place % HALVES != half]
        model = learn(load(args), make_ready(others, tokenizer) + beside, "finish", half)
        for doc_id in order[half::HALVES]:
            reading = read_text(model, tokenizer, texts[doc_id])
            for name, numbers in reading._asdict().items():
                found[f"{doc_id}/{name}"] = numbers
    np.savez_compressed(args.output, **found)


@torch.no_grad()
def read_text(model, tokenizer, text):
    """The encoder's Reading of a text as the workbook parts it."""
    articles = pd.DataFrame([{"doc_id": "1", "text": text, "left_out": None}])
    tokens = wb.split_tokens(articles.reindex(columns=wb.schema.columns("articles")))
    part = Ready(Part(windows_of(Tree(tokens))), tokenizer)
    (states,) = word_states(model.eval(), [part])
    return Reading(
        model.names(states).log_softmax(-1).cpu().numpy(),
        (model.asks(states) / LINK**0.5).cpu().numpy(),
        model.answers(states).cpu().numpy(),
        model.nobody(states)[:, 0].cpu().numpy(),
        model.distance.weight.view(len(FORMS), -1).cpu().numpy(),
    )


def main(arguments=None):
    """Read the arguments and do one of the steps."""
    parser = make_parser("training.names", __doc__)
    steps = parser.add_subparsers(required=True)
    asked_for = {
        "base": (learn_base, ("model", "ner", "litbank", "output")),
        "finish": (finish, ("model", "base", "ner", "court", "gum", "output")),
        "read": (read_halves, ("model", "base", "ner", "court", "gum", "output")),
    }
    for step, (run, names) in asked_for.items():
        own = steps.add_parser(step)
        for name in names:
            own.add_argument(name)
        own.set_defaults(run=run)
    run_step(parser, arguments)


if __name__ == "__main__":
    main()
