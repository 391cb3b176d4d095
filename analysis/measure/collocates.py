"""Collocates: words that stand near another more often than chance would have it."""

import math

import numpy as np
import pandas as pd

from .. import schema
from ..errors import SchemaError
from ..find.patterns import locate
from ..schema import SENTENCE
from .words import CONTENT_POS, is_chosen, select_words

# How near: so many words, or anywhere in the sentence.
NEARNESS = ("window", "sentence")
# How many words are asked about where none is named.
MOST_NODES = 30
# How many words away a node is that is in another sentence.
ELSEWHERE = 2**40
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
    words = Words(tokens, pos, stopwords)
    if node is None:
        nodes = words.most_frequent()
    else:
        listed = [node] if isinstance(node, str) else node
        nodes = {each: words.of_node(each, node_by) for each in listed}
    found = [
        words.count(each, is_node, n, window, within, min_n) for each, (is_node, n) in nodes.items()
    ]
    counts = pd.concat(found, ignore_index=True) if found else pd.DataFrame()
    if counts.empty:
        return schema.table([], "collocates")
    measured = pd.DataFrame([measure_pair(row) for row in counts.itertuples()])
    counts = pd.concat([counts, measured], axis=1)
    order = {node: place for place, node in enumerate(dict.fromkeys(counts["node"]))}
    counts = counts.assign(place=counts["node"].map(order))
    by = ["place", "log_likelihood", "collocate"]
    counts = counts.sort_values(by, ascending=[True, False, True], ignore_index=True)
    return schema.table(counts, "collocates")


class Words:
    """The words of a tokens table in order, and which of them may be collocates."""

    def __init__(self, tokens, pos, stopwords):
        self.tokens = schema.check(tokens, "tokens").reset_index(drop=True)
        self.table = select_words(self.tokens)
        self.chosen = is_chosen(self.table, pos, stopwords).to_numpy()
        self.codes, self.lemmas = pd.factorize(self.table["lemma"])
        self.sentence = self.table.groupby(SENTENCE, sort=False).ngroup().to_numpy()

    def most_frequent(self):
        """The most frequent words as nodes: {word: (which words are it, how many)}."""
        counts = np.bincount(self.codes[self.chosen], minlength=len(self.lemmas))
        most = [code for code in np.argsort(-counts, kind="stable")[:MOST_NODES] if counts[code]]
        return {self.lemmas[code]: (self.codes == code, sum(self.codes == code)) for code in most}

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

    def count(self, node, is_node, n, window, within, min_n):
        """The collocates of a node with the counts that statistics need."""
        if within == "sentence":
            counts = self.count_sentences(is_node)
        else:
            counts = self.count_window(is_node, window, within).assign(n_node=n)
        counts = counts[counts["n"] >= max(min_n, 1)]
        return counts.assign(node=node).reset_index(drop=True)

    def count_window(self, is_node, window, within):
        """Of each word how often it is within the window of a node, and in all."""
        near = self.near(is_node, window, within)
        is_near = near["is_near"].to_numpy()
        chosen, to_right = is_near & self.chosen, near["to_right"].to_numpy()
        return pd.DataFrame(
            {
                "collocate": self.lemmas,
                "n": self.tally(chosen),
                "n_left": self.tally(chosen & ~to_right),
                "n_right": self.tally(chosen & to_right),
                "n_collocate": self.tally(~is_node & self.chosen),
                "near": int(is_near.sum()),
                "words": int((~is_node).sum()),
                "articles": self.spread(chosen),
            }
        )

    def count_sentences(self, is_node):
        """Of each word in how many sentences it is with a node, and in all."""
        with_node = np.isin(self.sentence, self.sentence[is_node])
        first = pd.DataFrame({"code": self.codes, "sentence": self.sentence, "node": is_node})
        first = ~first.duplicated().to_numpy() & ~is_node & self.chosen
        sentences = len(np.unique(self.sentence[is_node]))
        return pd.DataFrame(
            {
                "collocate": self.lemmas,
                "n": self.tally(first & with_node),
                "n_left": pd.NA,
                "n_right": pd.NA,
                "n_node": sentences,
                "n_collocate": self.tally(first),
                "near": sentences,
                "words": len(np.unique(self.sentence)),
                "articles": self.spread(first & with_node),
            }
        )

    def tally(self, chosen):
        """How often each word is among the chosen."""
        return np.bincount(self.codes[chosen], minlength=len(self.lemmas))

    def spread(self, chosen):
        """In how many articles each word is among the chosen."""
        found = pd.DataFrame({"code": self.codes, "doc": self.table["doc_id"].to_numpy()})[chosen]
        return found.groupby("code")["doc"].nunique().reindex(range(len(self.lemmas)), fill_value=0)


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
