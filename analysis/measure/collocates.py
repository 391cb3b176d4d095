"""Collocates: words that stand near another more often than chance would have it."""

import math

import numpy as np
import pandas as pd

from .. import schema
from ..errors import SchemaError
from ..find.patterns import locate
from ..schema import SENTENCE
from .in_parts import add_up
from .words import CONTENT_POS, is_chosen, select_words

# How near: so many words, or anywhere in the sentence.
NEARNESS = ("window", "sentence")
# How many words are asked about where none is named.
MOST_NODES = 30
# How many words away a node is that is in another sentence.
ELSEWHERE = 2**40
# What is noted of a word near a node, and of the node.
OF_PAIR = dict.fromkeys(["n", "n_left", "n_right", "n_within", "articles"], "sum")
OF_NODE = dict.fromkeys(["n_node", "near", "words"], "sum")
# As logDice counts (Rychlý 2008).
HIGHEST_DICE = 14


def select_collocates(
    tokens, node, *, window=5, within="window", node_by="word", pos=CONTENT_POS, stopwords=()
):
    """Select the words near a node: one row a word that stands near it, where it stands.

    The options are those of `count_collocates`, which counts these rows. `side` is where it stands
    of the nearest node, `distance` how many words away.

    >>> tokens = split_tokens(read_texts("The old sanctions on Iran hurt."))
    >>> near = select_collocates(tokens, "sanction", window=2)
    >>> near[["collocate", "side", "distance"]].values.tolist()
    [['old', 'left', 1], ['Iran', 'right', 2]]
    """
    words = Words(tokens, pos, stopwords)
    near = words.near(words.of_node(node, node_by)[0], window, within)
    return words.rows(near, node)


def count_collocates(
    tokens,
    node=None,
    *,
    window=5,
    within="window",
    node_by="word",
    min_n=3,
    pos=CONTENT_POS,
    stopwords=(),
):
    """Count which words stand near a node, and how remarkable that is: one row a collocate.

    `node` is a word, a phrase or a list of them, searched as `find_keyword` does with
    `by=node_by`; by default each of the 30 most frequent content words. Near is `window` words on
    either side (5 by default) within the sentence, or with `within="sentence"` anywhere in it.
    Collocates are dictionary forms of the chosen `pos` and no `stopwords`, `min_n` times near the
    node or more often, 3 by default.

    The counts stand beside the statistics: `n` near the node (of which `n_left`, `n_right`),
    `n_collocate` of the collocate in all, `near` words near the node, `words` in all, node left out
    (Evert 2008, surface co-occurrence: each word counts once, however many nodes are near). With
    `within="sentence"` all of these count sentences. Statistics, from NLTK's measures:
    `log_likelihood` (Dunning 1993; negative where the two avoid each other), `pmi` (Church & Hanks
    1990; high for rare words), `t_score`, and `log_dice` (Rychlý 2008; comparable between texts, 14
    where each of the two is once near the other). `dp_collocate` and `dp_node` are the two
    directions of Delta P (Gries 2013): how much likelier the collocate is near the node than
    elsewhere, and the node near the collocate.

    >>> tokens = split_tokens(read_texts("New sanctions hurt. New sanctions help. Snow fell."))
    >>> found = count_collocates(tokens, "sanction", min_n=2)
    >>> found[["collocate", "n", "n_left", "n_collocate", "near", "words"]].values.tolist()
    [['new', 2, 2, 2, 4, 6]]
    """
    if within not in NEARNESS:
        raise SchemaError(f"near is within a {' or a '.join(NEARNESS)}, not “{within}”.")
    options = {"pos": pos, "stopwords": stopwords, "window": window, "within": within}
    is_frequent = node is None
    if is_frequent:
        nodes = find_most_frequent(tokens, pos, stopwords)
    else:
        nodes = list(dict.fromkeys([node] if isinstance(node, str) else node))
    if not nodes:
        return schema.table([], "collocates")
    options |= {"nodes": nodes, "node_by": None if is_frequent else node_by}
    sums = add_up(tally_collocates, tokens, **options)
    counts = finish_pairs(sums, within, min_n)
    if counts.empty:
        return schema.table([], "collocates")
    measured = pd.DataFrame([measure_pair(row) for row in counts.itertuples()])
    counts = pd.concat([counts, measured], axis=1)
    counts = counts.assign(place=counts["node"].map({node: n for n, node in enumerate(nodes)}))
    by = ["place", "log_likelihood", "collocate"]
    counts = counts.sort_values(by, ascending=[True, False, True], ignore_index=True)
    return schema.table(counts, "collocates")


def find_most_frequent(tokens, pos, stopwords):
    """The most frequent words, which are asked about where none is named."""
    words = add_up(tally_frequent, tokens, pos=pos, stopwords=stopwords)["words"]
    most = words.sort_values("n", ascending=False, kind="stable")[:MOST_NODES]
    return most.loc[most["n"] > 0, "lemma"].tolist()


def tally_frequent(sums, tokens, *, pos, stopwords):
    """Note how often each word is chosen."""
    words = Words(tokens, pos, stopwords)
    sums.add("words", words.table.assign(n=words.chosen.astype("int64")), ["lemma"], {"n": "sum"})


def tally_collocates(sums, tokens, *, nodes, node_by, pos, stopwords, window, within):
    """Note of each node which words stand near it, and how many words or sentences there are.

    Without `node_by`, nodes are dictionary forms.
    """
    words = Words(tokens, pos, stopwords)
    count = words.count_sentences if within == "sentence" else words.count_window
    for node in nodes:
        if node_by is None:
            is_node = (words.table["lemma"] == node).to_numpy(bool)
            n = int(is_node.sum())
        else:
            is_node, n = words.of_node(node, node_by)
        near, about = count(is_node, n, window)
        sums.add("near", near.assign(node=node), ["node", "collocate"], OF_PAIR)
        sums.add("nodes", about.assign(node=node), ["node"], OF_NODE)
    everywhere = words.count_everywhere(by_sentence=within == "sentence")
    sums.add("words", everywhere, ["collocate"], {"n_collocate": "sum"})


def finish_pairs(sums, within, min_n):
    """The collocates of each node with the counts that statistics need."""
    near = sums["near"][sums["near"]["n"] >= max(min_n, 1)]
    counts = near.merge(sums["words"], on="collocate").merge(sums["nodes"], on="node")
    counts["n_collocate"] -= counts["n_within"]
    if within == "sentence":
        counts[["n_left", "n_right"]] = pd.NA
    return counts


class Words:
    """The words of a tokens table in order, and which of them may be collocates."""

    def __init__(self, tokens, pos, stopwords):
        self.tokens = schema.check(tokens, "tokens").reset_index(drop=True)
        self.table = select_words(self.tokens)
        self.chosen = is_chosen(self.table, pos, stopwords).to_numpy()
        self.codes, self.lemmas = pd.factorize(self.table["lemma"])
        self.sentence = self.table.groupby(SENTENCE, sort=False).ngroup().to_numpy()

    def of_node(self, node, by):
        """(which words belong to a node, how often it is there)."""
        places = locate(self.tokens, node, by)
        begun = np.zeros(len(self.tokens) + 1, dtype=int)
        np.add.at(begun, places.first, 1)
        np.add.at(begun, places.last + 1, -1)
        return np.cumsum(begun)[self.table.index.to_numpy()] > 0, len(places.first)

    def near(self, is_node, window, within):
        """Which words are near a node: is_near, to_right, distance."""
        if within not in NEARNESS:
            raise SchemaError(f"near is within a {' or a '.join(NEARNESS)}, not “{within}”.")
        place = np.arange(len(self.table))
        before = np.maximum.accumulate(np.where(is_node, place, -1))
        behind = np.minimum.accumulate(np.where(is_node, place, len(place))[::-1])[::-1]
        left, right = self.gap(place, before), self.gap(place, behind)
        distance = np.minimum(left, right)
        limit = window if within == "window" else ELSEWHERE - 1
        is_near = ~is_node & (distance <= limit)
        return pd.DataFrame({"is_near": is_near, "to_right": left <= right, "distance": distance})

    def gap(self, place, node):
        """How far each word is from a node; very far in another sentence, or if there is none."""
        there = (node >= 0) & (node < len(place))
        at = np.where(there, node, 0)
        same = there & (self.sentence[at] == self.sentence) if len(place) else there
        return np.where(same, np.abs(place - node), ELSEWHERE)

    def rows(self, near, node):
        """The words near a node, where they stand."""
        chosen = near["is_near"].to_numpy() & self.chosen
        found = self.table[chosen]
        found = found.assign(
            text=found["token"],
            node=node if isinstance(node, str) else ", ".join(node),
            collocate=found["lemma"],
            side=near.loc[chosen, "to_right"].map({True: "right", False: "left"}).to_numpy(),
            distance=near.loc[chosen, "distance"].to_numpy(),
        )
        return schema.table(found, "collocate_places").reset_index(drop=True)

    def count_window(self, is_node, n, window):
        """(of each word how often it is within the window of a node; what is known of the node)."""
        near = self.near(is_node, window, "window")
        is_near = near["is_near"].to_numpy()
        chosen, to_right = is_near & self.chosen, near["to_right"].to_numpy()
        left, right = self.tally(chosen & ~to_right), self.tally(chosen & to_right)
        about = {"n_node": n, "near": int(is_near.sum()), "words": int((~is_node).sum())}
        return self.describe(chosen, left, right, self.tally(is_node & self.chosen), about)

    def count_sentences(self, is_node, *_):
        """(of each word in how many sentences it is with a node; what is known of the node)."""
        with_node = np.isin(self.sentence, self.sentence[is_node])
        first = self.find_first(is_node)
        sentences = len(np.unique(self.sentence[is_node]))
        words = len(np.unique(self.sentence))
        about = {"n_node": sentences, "near": sentences, "words": words}
        nothing = np.zeros(len(self.lemmas), dtype="int64")
        within = self.tally(self.find_first()) - self.tally(first)
        return self.describe(first & with_node, nothing, nothing, within, about)

    def find_first(self, is_node=None):
        """Which chosen words are the first of their form in the sentence, beside a node."""
        is_node = np.zeros(len(self.table), dtype=bool) if is_node is None else is_node
        rows = pd.DataFrame({"code": self.codes, "sentence": self.sentence})
        return ~rows.assign(node=is_node).duplicated().to_numpy() & ~is_node & self.chosen

    def count_everywhere(self, *, by_sentence):
        """Of each word how often it is there, or in how many sentences."""
        chosen = self.find_first() if by_sentence else self.chosen
        return pd.DataFrame({"collocate": self.lemmas, "n_collocate": self.tally(chosen)})

    def describe(self, chosen, left, right, within, about):
        """(the words that stand near a node or belong to it, what is known of the node).

        `within`: how often each word belongs to the node itself, and is no collocate.
        """
        columns = {"collocate": self.lemmas, "n": self.tally(chosen), "n_left": left}
        columns |= {"n_right": right, "n_within": within, "articles": self.spread(chosen)}
        near = pd.DataFrame(columns)
        return near[(near["n"] > 0) | (near["n_within"] != 0)], pd.DataFrame([about])

    def tally(self, chosen):
        """How often each word is among the chosen."""
        return np.bincount(self.codes[chosen], minlength=len(self.lemmas))

    def spread(self, chosen):
        """In how many articles each word is among the chosen."""
        found = pd.DataFrame({"code": self.codes, "doc": self.table["doc_id"].to_numpy()})[chosen]
        return np.bincount(found.drop_duplicates()["code"], minlength=len(self.lemmas))


def measure_pair(row):
    """The statistics of a collocate, from its counts."""
    from nltk.metrics.association import BigramAssocMeasures as Measures

    marginals = (row.n, (row.near, row.n_collocate), row.words)
    expected = row.near * row.n_collocate / row.words
    outside = row.n_collocate - row.n
    elsewhere, others = row.words - row.near, row.words - row.n_collocate
    remarkable = Measures.likelihood_ratio(*marginals)
    return {
        "expected": expected,
        "log_likelihood": math.copysign(remarkable, row.n - expected),
        "pmi": Measures.pmi(*marginals),
        "t_score": Measures.student_t(*marginals),
        "log_dice": HIGHEST_DICE + math.log2(2 * row.n / (row.n_node + row.n_collocate)),
        "dp_collocate": row.n / row.near - (outside / elsewhere if elsewhere else 0),
        "dp_node": row.n / row.n_collocate - ((row.near - row.n) / others if others else 0),
    }
