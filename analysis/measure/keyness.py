"""Keyness: which words one text uses more, or less, than another."""

import math
from functools import cache

import numpy as np
import pandas as pd

from .. import schema
from ..errors import SchemaError
from ..lexicons import read_lexicon
from ..schema import SENTENCE
from ..text import straighten
from .in_parts import add_up
from .inference import share_interval
from .words import (
    CONTENT_POS,
    check_unit,
    count_with_articles,
    is_chosen,
    select_words,
    spell_words,
)

# Fewer than this are too few to speak of, whatever a statistic says.
FEWEST_COUNTED = 5
# What stands for no occurrence where a ratio is taken (Hardie 2014).
NO_OCCURRENCE = 0.5
# The rarest words of the list of general English, in one word: a word that it lacks is rarer.
RAREST = 10**-7
TARGET, REFERENCE = "target", "reference"
LETTERS_ONLY = r"^[^\W\d_]+$"


def compare_words(
    target, reference=None, *, unit=None, names=None, pos=CONTENT_POS, stopwords=(), min_n=3
):
    """Compare the words of two texts: one row a word (keyness).

    First come those that mark the target, last those that it avoids.

    `target` and `reference` are tokens tables, or parts of one: an article and all of them (what is
    in both is taken from the reference: it is compared with the rest), or what
    `select_tokens(tokens, speech)` and the same with `inside=False` give. Without a reference it is
    general English: rates from the word list of wordfreq (Speer 2022), which is compared by form.
    `unit`, `names`, `pos` and `stopwords` as in `count_words`; words fewer than `min_n` times in
    both together are left out, 3 by default.

    Evidence: `log_likelihood` (G² of the fourfold table, Dunning 1993; negative for words that are
    rarer in the target) with its `p`, for one word looked at alone: of a thousand words, fifty have
    p below 0.05 by chance, and where few are expected it is rough (Rayson, Berridge & Francis
    2004). Effect: `log_ratio` (Hardie 2014; 1 is twice as frequent, 2 four times;
    half an occurrence stands for none) and `difference` per 1,000 words, with its 95 % interval
    `low` to `high` (Newcombe 1998). `flag` says what is too little: fewer than 5 in all, one
    article alone, a word that the list of general English lacks.

    >>> tokens = split_tokens(read_texts(["Snow, snow, snow!", "Rain, rain, rain!"]))
    >>> first = tokens[tokens["doc_id"] == tokens.loc[0, "doc_id"]]
    >>> compare_words(first, tokens)[["word", "n_target", "n_reference"]].values.tolist()
    [['snow', 3, 0], ['rain', 0, 3]]
    """
    unit = unit or ("form" if reference is None else "lemma")
    check_unit(unit, 1)
    options = {"unit": unit, "names": names, "pos": pos, "stopwords": stopwords}
    if reference is None:
        if unit != "form" or names is not None:
            raise SchemaError(
                "general English is a list of forms: leave out `unit` and `names`, "
                "or name a `reference`."
            )
        counts = count_against_english(target, options)
    else:
        counts = count_both(target, reference, options)
        if counts["n_target"].any() and not counts["words_reference"].any():
            raise SchemaError(
                "nothing to compare with: the reference has no words besides those of the target."
            )
    counts = counts[counts[["n_target", "n_reference"]].sum(axis=1) >= min_n]
    counts = counts[counts["words_target"] > 0]
    return finish_keyness(counts)


def without(reference, target):
    """The reference without the tokens that the target has, too."""
    place = ["doc_id", "start"]
    of_target = pd.MultiIndex.from_frame(target[place])
    return reference[~pd.MultiIndex.from_frame(reference[place]).isin(of_target)]


def tally_text(sums, name, tokens, *, unit, names, pos, stopwords, only=None):
    """Note of a text's tokens how often each word is there, how many words and articles there are.

    `only`: which tokens are words.
    """
    words = select_words(tokens, names)
    if only is not None:
        words = words[only(tokens).reindex(words.index)]
    words = words.assign(word=spell_words(words, unit))
    sums.count(f"all words {name}", words, [])
    chosen = words[is_chosen(words, pos, stopwords)].dropna(subset="word")
    count_with_articles(sums, name, chosen, ["word"])


def tally_both(sums, target, reference, **options):
    """Note the words of two texts; what is in both is of the first alone."""
    reference = without(schema.check(reference, "tokens"), schema.check(target, "tokens"))
    tally_text(sums, TARGET, target, **options)
    tally_text(sums, REFERENCE, reference, **options)
    count_articles(sums, target)


def tally_target(sums, target, **options):
    """Note the words of a text as a word list has them."""
    tally_text(sums, TARGET, target, only=is_whole_word, **options)
    count_articles(sums, target)


def count_articles(sums, target):
    """Note how many articles the target has."""
    sums.count("articles", target[["doc_id"]].drop_duplicates(), [])


def count_both(target, reference, options):
    """Each word of either text with its counts in both."""
    sums = add_up(tally_both, target, reference, **options)
    one, two = (sums[name].set_index("word").add_suffix(f"_{name}") for name in (TARGET, REFERENCE))
    n_one, n_two = (int(sums[f"all words {name}"]["n"].sum()) for name in (TARGET, REFERENCE))
    counts = one.join(two, how="outer").fillna(0)
    counts = counts.rename_axis("word").reset_index()
    counts = counts.assign(words_target=n_one, words_reference=n_two)
    counts = counts.assign(rate=counts["n_reference"] / max(n_two, 1), listed=True)
    return counts.assign(several=sums["articles"]["n"].sum() > 1)


def count_against_english(target, options):
    """Each word of the target with its count, and its rate in general English."""
    sums = add_up(tally_target, target, **options)
    counts = sums[TARGET].sort_values("word", ignore_index=True)
    counts = counts.rename(columns={"n": "n_target", "articles": "articles_target"})
    rate = counts["word"].map(general_english())
    listed = rate.notna()
    nothing = pd.Series(pd.NA, index=counts.index, dtype="Int64")
    return counts.assign(
        words_target=int(sums[f"all words {TARGET}"]["n"].sum()),
        n_reference=nothing,
        words_reference=nothing,
        rate=rate.fillna(RAREST),
        listed=listed,
        several=sums["articles"]["n"].sum() > 1,
    )


def is_whole_word(tokens):
    """Which tokens are words as a word list has them: letters only, no piece of a contraction."""
    plain = tokens["token"].map(straighten)
    in_sentence = tokens.groupby(SENTENCE, sort=False)
    joined = tokens["end"].eq(in_sentence["start"].shift(-1))
    is_ending = plain.str.contains("'") & tokens["start"].eq(in_sentence["end"].shift())
    contracted = is_ending & (plain.str.lower() != "'s")
    before = contracted.shift(-1, fill_value=False) & joined
    return plain.str.contains(LETTERS_ONLY) & ~contracted & ~before


@cache
def general_english():
    """{word: how often it is in one word of general English} after wordfreq."""
    table = read_lexicon("english/frequencies")
    rates = 10 ** (table["zipf"].astype(float) - 9)
    return dict(zip(table["word"], rates, strict=True))


def finish_keyness(counts):
    """The statistics of each word, those that mark the target most first."""
    columns = ("n_target", "words_target", "n_reference", "words_reference", "rate")
    n, words, other, others, rate = (as_numbers(counts[column]) for column in columns)
    is_listed_rate = np.isnan(other)
    share = n / words
    together = np.where(is_listed_rate, rate, (n + other) / (words + others))
    evidence = fit(n, words, together)
    evidence = evidence + np.where(is_listed_rate, 0, fit(other, others, together))
    low, high = difference_interval(n, words, other, others, rate)
    base = np.where(is_listed_rate, rate, np.maximum(other, NO_OCCURRENCE) / others)
    counts = counts.assign(
        per_1000_target=1000 * share,
        per_1000_reference=1000 * rate,
        log_likelihood=np.where(share < rate, -evidence, evidence),
        p=[math.erfc(math.sqrt(max(each, 0) / 2)) for each in evidence],
        log_ratio=np.log2(np.maximum(n, NO_OCCURRENCE) / words / base),
        difference=1000 * (share - rate),
        low=1000 * low,
        high=1000 * high,
        flag=flag_weak(counts, n + np.nan_to_num(other)),
    )
    counts = counts.sort_values(["log_likelihood", "word"], ascending=[False, True])
    return schema.table(counts, "keyness").reset_index(drop=True)


def as_numbers(column):
    """A column as floats; nan where a value is missing."""
    return column.astype("Float64").to_numpy(dtype=float, na_value=np.nan)


def difference_interval(n, words, other, others, rate):
    """The 95 % interval of the difference of two shares after Newcombe: (low, high).

    Where the other is a listed rate (`other` is nan), it is taken as known.
    """
    share, is_listed_rate = n / words, np.isnan(other)
    low, high = share_interval(share, words)
    ends = share_interval(other / others, others)
    low_other, high_other = (np.where(is_listed_rate, rate, end) for end in ends)
    below = np.sqrt((share - low) ** 2 + (high_other - rate) ** 2)
    above = np.sqrt((high - share) ** 2 + (rate - low_other) ** 2)
    return share - rate - below, share - rate + above


def fit(n, words, rate):
    """Twice the log likelihood of n of so many words where the rate is known: its part of G²."""
    expected, rest = words * rate, words - n
    with np.errstate(divide="ignore", invalid="ignore"):
        hits = np.where(n > 0, n * np.log(n / expected), 0)
        misses = np.where(rest > 0, rest * np.log(rest / (words - expected)), 0)
    return 2 * (hits + misses)


def flag_weak(counts, total):
    """What is too little for each word, in words; None where nothing is."""
    alone = counts["several"] & counts["articles_target"].eq(1) & counts["n_target"].gt(0)
    flags = []
    listed = counts["listed"].tolist()
    for n, is_alone, is_listed in zip(total.tolist(), alone.tolist(), listed, strict=True):
        said = [f"fewer than {FEWEST_COUNTED} in all"] * (n < FEWEST_COUNTED)
        said += ["in one article only"] * is_alone
        said += ["not in the list of general English"] * (not is_listed)
        flags.append("; ".join(said) or None)
    return flags
