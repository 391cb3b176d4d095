"""Which sentences of several articles tell of the same: what they share, the rare weighing most."""

from functools import cache, cached_property

import numpy as np
import pandas as pd

from ..lexicons import read_lexicon
from ..parse.tokens import function_words
from ..schema import SENTENCE
from ..text import straighten
from .counted import act_words
from .doers import words_of_harm

# Parts of speech that say something by themselves.
CONTENT_WORDS_POS = ("NOUN", "PROPN", "VERB", "ADJ", "ADV")
# Words are compared by their first letters: "resign", "resignation" (McNamee & Mayfield 2004:
# Character n-gram tokenization for European language text retrieval).
STEM = 5
# How many sentences of general English the sentences at hand are joined with, so that of three
# short articles, too, it is known which words are rare; and how many words a sentence has.
PRIOR_SENTENCES, WORDS_IN_SENTENCE = 300, 20
PRIOR_ARTICLES, WORDS_IN_ARTICLE = 100, 600
# So many characters around a number its nearest words begin.
NEAR_BY = 50
# From here on two articles are taken to tell of one event.
SAME_EVENT = 0.15
A_LITTLE_LESS, BETWEEN_TWO = 2 / 3, 2


class Alignment:
    """The sentences of several articles as weighted words, and how much each shares with another.

    `places` has one row a sentence: doc_id, sentence_id, where it stands, doc (its number); `total`
    is the weight of all words of each sentence.
    """

    def __init__(self, tokens, mentions=None):
        features = read_features(tokens, mentions)
        keys = tokens.groupby(SENTENCE, sort=False).agg(start=("start", "min"), end=("end", "max"))
        keys = keys.reset_index()
        keys["doc"], self.docs = pd.factorize(keys["doc_id"])
        self.places = keys
        self.number = {
            key: n for n, key in enumerate(zip(*(keys[c] for c in SENTENCE), strict=True))
        }
        features = features.reset_index(drop=True)
        at = [self.number[key] for key in zip(*(features[c] for c in SENTENCE), strict=True)]
        word, self.words = pd.factorize(features["word"])
        pairs = pd.DataFrame({"sentence": at, "word": word, "start": features["start"]})
        standing = pairs.sort_values(["sentence", "start"])
        self.standing = [standing[column].to_numpy(dtype="int64") for column in standing]
        pairs = pairs.drop_duplicates(["sentence", "word"])
        self.sentence = pairs["sentence"].to_numpy(dtype="int64")
        self.word = pairs["word"].to_numpy(dtype="int64")
        self.number_of_word = {word: number for number, word in enumerate(self.words)}
        self.doc = keys["doc"].to_numpy()
        self.weight = self.weigh()
        weights = self.weight[self.word]
        self.total = np.bincount(self.sentence, weights, minlength=len(keys))

    def weigh(self):
        """The weight of each word: how surprising it is in a sentence, here and in English."""
        n = len(self.places)
        here = np.bincount(self.word, minlength=len(self.words))
        english = stem_rates()
        self.rates = np.array([english.get(word, 0.0) for word in self.words])
        expected = PRIOR_SENTENCES * np.minimum(self.rates * WORDS_IN_SENTENCE, 1)
        return -np.log((here + expected) / (n + PRIOR_SENTENCES))

    @cached_property
    def words_of(self):
        """The words of each sentence, as numbers."""
        return group_values(self.sentence, self.word, len(self.places))

    @cached_property
    def sentences_with(self):
        """The sentences that have each word."""
        return group_values(self.word, self.sentence, len(self.words))

    @cached_property
    def pairs_with(self):
        """The sentences that have each word, or before one of their article that has it."""
        before = self.sentence - 1
        same = (before >= 0) & (self.doc[before] == self.doc[self.sentence])
        word = np.concatenate([self.word, self.word[same]])
        places = np.concatenate([self.sentence, before[same]])
        both = np.unique(word * len(self.places) + places)
        return group_values(*divmod(both, len(self.places)), len(self.words))

    def shared(self, words, *, pairs=False):
        """The weight of those of some words that every sentence has; or it and the one behind."""
        found, places = (
            np.zeros(len(self.places)),
            self.pairs_with if pairs else self.sentences_with,
        )
        for word in words:
            found[places[word]] += self.weight[word]
        return found

    def words_near(self, sentence, start, end, by=NEAR_BY):
        """The words of a sentence that stand near a span, as numbers."""
        sentences, words, starts = self.standing
        first, last = np.searchsorted(sentences, [sentence, sentence + 1])
        begin, stop = np.searchsorted(starts[first:last], [start - by, end + by + 1])
        return np.unique(words[first + begin : first + stop])

    @cached_property
    def counts(self):
        """In how many sentences each article has each word: a row an article."""
        table = np.zeros((len(self.docs), len(self.words)), dtype="float32")
        np.add.at(table, (self.doc[self.sentence], self.word), 1)
        return table

    @cached_property
    def likeness(self):
        """How much each article and each other have in common, 0 to 1 (cosine)."""
        n, table = len(self.docs), self.counts
        there = (table > 0).sum(axis=0)
        expected = PRIOR_ARTICLES * np.minimum(self.rates * WORDS_IN_ARTICLE, 1)
        rarity = np.log((n + PRIOR_ARTICLES) / (there + expected))
        table = np.log1p(table) * np.maximum(rarity, 0).astype("float32")
        table /= np.maximum(np.sqrt((table**2).sum(axis=1, keepdims=True)), 1e-9)
        return table @ table.T

    def related(self, alike):
        """Whether each article and each other tell of one event: a matrix of truths.

        Two that are a little less alike do, if two others tell of the same as both.
        """
        is_related = self.likeness >= alike
        np.fill_diagonal(is_related, False)
        between = is_related.astype("float32")
        is_related |= (self.likeness >= A_LITTLE_LESS * alike) & (between @ between >= BETWEEN_TWO)
        np.fill_diagonal(is_related, False)
        return is_related


def group_values(keys, values, n):
    """The values of each key from 0 to n - 1, as arrays."""
    order = np.argsort(keys, kind="stable")
    edges = np.searchsorted(keys[order], np.arange(n + 1))
    values = values[order]
    return [values[first:last] for first, last in zip(edges[:-1], edges[1:], strict=True)]


@cache
def stem_rates():
    """{beginning of a word: how often words that begin so are in one word of general English}."""
    table = read_lexicon("english/frequencies")
    rates = 10 ** (table["zipf"].astype(float) - 9)
    return rates.groupby(table["word"].str[:STEM]).sum().to_dict()


@cache
def act_of_word():
    """{word of harm: the act it tells}, in general ("shooting" is to shoot, "death" to kill)."""
    return {
        **{
            word: each.act
            for form in words_of_harm().values()
            for word, each in form.items()
            if each.act != "dismiss"
        },
        **act_words(),
    }


def stem_of(lemma):
    """A word as it is compared: the act that it tells, or its first letters."""
    return act_of_word().get(lemma, lemma)[:STEM]


def read_features(tokens, mentions):
    """The words that say something, one row each with its sentence; actors under one name."""
    saying = tokens[tokens["pos"].isin(CONTENT_WORDS_POS)]
    codes, lemmas = pd.factorize(saying["lemma"].fillna(""))
    plain = [straighten(lemma).lower() for lemma in lemmas]
    stems = [
        stem_of(word) if word[:1].isalpha() and word not in function_words() else ""
        for word in plain
    ]
    found = saying[[*SENTENCE, "start"]].assign(word=np.array([*stems, ""], dtype=object)[codes])
    found = found[found["word"] != ""]
    if mentions is None:
        return found
    named = mentions.loc[mentions["actor"].notna(), [*SENTENCE, "start", "actor"]]
    named = named.rename(columns={"actor": "word"})
    return pd.concat([found, named.assign(word="@" + named["word"])], ignore_index=True)
