"""Words counted: under their dictionary form or as written, in runs, by what they belong to."""

import numpy as np
import pandas as pd

from .. import schema
from ..errors import SchemaError
from ..schema import NAMED, SENTENCE
from ..text import straighten
from .groups import pair_with_spans, with_groups
from .in_parts import add_up, name_stored
from .sums import mark_first

# Content words in the linguist's sense: what is left of a stop list's work when the part of speech
# is known.
CONTENT_POS = ("NOUN", "PROPN", "VERB", "ADJ", "ADV")
WORD_START = r"^[^\W_]"
WORD_UNITS = ("lemma", "form")
LONGEST_RUN = 10


def count_in_articles(tokens):
    """How many words each article has, by doc_id."""
    return tokens.loc[word_rows(tokens), "doc_id"].value_counts()


def word_rows(tokens):
    """Which rows of the tokens table are words.

    They begin with a letter or digit (so neither marks nor 's).
    """
    return schema.check(tokens, "tokens")["token"].str.contains(WORD_START, regex=True)


def count_words(
    tokens,
    *,
    pos=CONTENT_POS,
    unit="lemma",
    n=1,
    names=None,
    stopwords=(),
    by=None,
    table=None,
    whole_sentences=False,
):
    """Count words: one row a lemma and part of speech, most frequent first.

    `unit` is "lemma" (dictionary forms, in small letters but for names and nationality words; the
    default) or "form" (as written, in small letters). `n` above 1 counts runs of so many words
    (n-grams) that no mark parts. With `names`, the mentions table, a name is one word ("White
    House"). `pos` chooses parts of speech (UPOS), by default content words, None all; `stopwords`
    are left out (`read_stopwords()` has some). A run must begin and end with words that are chosen.
    Forms, runs and names come as a table with the column `word`.

    `by` counts apart for each value of a column: of the tokens, or of `table`, which is joined by
    article (`table=articles`, by="outlet" or "month") or by offsets (`table=select_voiced(quotes,
    speech, sentences)`, by="speaker"); with `whole_sentences` the sentences of its spans count
    (`table=mentions`, by="actor"). `share` and `per_1000_words` are of all words, chosen or not, of
    the same group; `articles` says in how many articles the word is.

    >>> tokens = split_tokens(read_texts("Sanctions hurt. The sanctions were lifted."))
    >>> count_words(tokens)[["lemma", "n"]].head(1).values.tolist()
    [['sanction', 2]]
    >>> count_words(tokens, unit="form", n=2, pos=None)["word"].tolist()
    ['sanctions hurt', 'sanctions were', 'the sanctions', 'were lifted']
    """
    check_unit(unit, n)
    keys, name = ["lemma", "pos"], "words"
    if unit == "form" or n > 1 or names is not None:
        keys, name = ["word"], "word_counts"
    by, table = [by] if isinstance(by, str) else list(by or []), name_stored(table, by)
    keys = [key for key in keys if key not in by]
    options = {"pos": pos, "unit": unit, "n": n, "names": names, "stopwords": stopwords}
    options |= {"by": by, "table": table, "whole_sentences": whole_sentences, "keys": keys}
    sums = add_up(tally_words, tokens, **options)
    return finish_counts(sums["words"], sums["all words"], by, keys, name)


def tally_words(sums, tokens, *, pos, unit, n, names, stopwords, by, table, whole_sentences, keys):
    """Note how often each word is there, in how many articles, and how many words there are."""
    words = select_words(tokens, names)
    words, by = with_groups(words, by, table, whole_sentences=whole_sentences)
    sums.count("all words", words, by)
    if unit == "form" or n > 1 or names is not None:
        words = spell_runs(words, unit, n, by)
    words = words[is_chosen(words, pos, stopwords)].dropna(subset=[*by, *keys])
    count_with_articles(sums, "words", words, [*by, *keys])


def count_with_articles(sums, name, rows, keys):
    """Note how many rows there are of each of some keys, and of how many `articles`."""
    rows = rows.assign(n=1, articles=mark_first(rows, [*keys, "doc_id"]))
    sums.add(name, rows, keys, {"n": "sum", "articles": "sum"})


def check_unit(unit, n):
    """SchemaError for a unit or a length of runs that there is not."""
    if unit not in WORD_UNITS:
        raise SchemaError(f"words are counted by {' or '.join(WORD_UNITS)}, not “{unit}”.")
    if n not in range(1, LONGEST_RUN + 1):
        raise SchemaError(f"runs have 1 to {LONGEST_RUN} words, not {n}.")


def finish_counts(counts, totals, by, keys, name):
    """Counts with their shares, the most frequent of each group first, as the table `name`.

    `totals` says how many words there are in all (in each group: `by`).
    """
    total = totals["n"].sum()
    if by:
        totals = totals.rename(columns={"n": "total"})
        total = counts[by].merge(totals, on=by, how="left")["total"]
    total = np.maximum(total, 1)
    counts = counts.assign(
        letters=counts[(keys or by)[0]].str.lower(),
        share=counts["n"] / total,
        per_1000_words=1000 * counts["n"] / total,
    )
    order = [*by, "n", "letters", *keys]
    counts = counts.sort_values(order, ascending=[key != "n" for key in order], ignore_index=True)
    told = [column for column in by if column not in schema.columns(name)]
    return pd.concat([counts[told], schema.table(counts, name)], axis=1)


def select_words(tokens, names=None):
    """The tokens that are words, each with the lemma that it is counted under.

    `run` numbers runs of words that no mark parts, `place` the words. With `names`, a mentions
    table, the words of a name are one.
    """
    is_word = word_rows(tokens)
    run = number_runs(tokens, is_word)
    words = tokens[is_word]
    lemma = words["lemma"].where(words["pos"] == "PROPN", words["lemma"].str.lower())
    # "Iranian" keeps its capital.
    nationality = words["ent"].str.endswith("NORP").fillna(False).astype(bool)
    words = words.assign(lemma=lemma.where(~nationality, words["token"]), run=run[is_word])
    words = words if names is None else join_named(words, names)
    return words.assign(place=np.arange(len(words)))


def number_runs(tokens, is_word):
    """The number of each token's run: of words of a sentence with no more than a hyphen between."""
    sentence = tokens.groupby(SENTENCE, sort=False).ngroup().to_numpy()
    starts, ends = tokens["start"].to_numpy(), tokens["end"].to_numpy()
    joined = np.zeros(len(tokens), dtype=bool)
    joined[1:-1] = (ends[:-2] == starts[1:-1]) & (ends[1:-1] == starts[2:])
    is_hyphen = (tokens["token"].map(straighten) == "-").to_numpy(dtype=bool) & joined
    parts = ~is_word.to_numpy() & ~is_hyphen
    # A new sentence begins a run, and so does a word before which others were taken out.
    begins = np.ones(len(tokens), dtype=bool)
    begins[1:] = np.diff(sentence) != 0
    begins[1:] |= np.diff(tokens["token_id"].to_numpy()) != 1
    return np.cumsum(begins | parts)


def join_named(words, mentions):
    """The words with those of a name as one, under the name as it is written."""
    named = schema.check(mentions, "mentions")
    named = named[named["kind"].isin(NAMED)]
    rows, spans = pair_with_spans(words, named)
    # Of names within names, the outer; of a name in several, the first.
    owner = pd.Series(spans, index=rows).sort_index(kind="stable")
    owner = owner.groupby(level=0).min().reindex(range(len(words)), fill_value=-1).to_numpy()
    alone = owner < 0
    key = np.where(alone, -1 - np.arange(len(words)), owner)
    first = ~pd.Series(key).duplicated().to_numpy()
    name = named["text"].str.replace(r"\s+", " ", regex=True).to_numpy(dtype=object)
    joined = words.assign(owner=owner)[first | alone]
    # A name ends where its last word does.
    last = pd.Series(words["end"].to_numpy()).groupby(key).max()
    joined["end"] = last[key[first | alone]].to_numpy()
    is_name = (joined["owner"] >= 0).to_numpy()
    texts = name[joined["owner"].to_numpy()[is_name]]
    joined.loc[is_name, "token"] = texts
    joined.loc[is_name, "lemma"] = texts
    joined.loc[is_name, "pos"] = "PROPN"
    return joined.drop(columns="owner")


def spell_words(words, unit):
    """Each word as it is counted: its lemma, or its form in small letters; names as they are."""
    if unit == "lemma":
        return words["lemma"]
    is_name = words["token"].str.contains(" ")
    return words["token"].map(straighten).str.lower().where(~is_name, words["token"])


def spell_runs(words, unit, n, by):
    """A row a run of n words: its `word`, and which words it begins and ends with.

    `by` are columns of groups that a run may not leave.
    """
    words = words.assign(word=spell_words(words, unit)).reset_index(drop=True)
    if n == 1:
        return words
    begins = len(words) - n + 1
    if begins < 1:
        alone = words.assign(first=words["word"], last=words["word"], last_pos=words["pos"])
        return alone.iloc[:0]
    place = words["place"].to_numpy()
    whole = place[n - 1 :] - place[:begins] == n - 1
    for key in [words[column].to_numpy() for column in ["run", *by]]:
        whole &= key[:begins] == key[n - 1 :]
    parts = [
        words["word"].iloc[place : begins + place].reset_index(drop=True) for place in range(n)
    ]
    runs = words.iloc[:begins].assign(
        first=words["word"].iloc[:begins],
        last=parts[-1],
        last_pos=words["pos"].iloc[n - 1 :].to_numpy(),
        word=parts[0].str.cat(parts[1:], sep=" "),
    )
    return runs[whole]


def is_chosen(words, pos, stopwords):
    """Which words have a chosen part of speech and are no stop words; of runs, at both ends."""
    chosen = pd.Series(True, index=words.index)
    is_run = "last" in words
    if pos is not None:
        wanted = [pos] if isinstance(pos, str) else list(pos)
        chosen &= words["pos"].isin(wanted)
        if is_run:
            chosen &= words["last_pos"].isin(wanted)
    listed = stopwords["word"] if isinstance(stopwords, pd.DataFrame) else stopwords
    stopped = {straighten(word).lower() for word in listed}
    if stopped:
        for column in ("first", "last") if is_run else ("token", "lemma"):
            chosen &= ~words[column].map(straighten).str.lower().isin(stopped)
    return chosen
