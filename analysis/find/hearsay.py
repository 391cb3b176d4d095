"""Words that mark hearsay."""

from bisect import bisect_right
from collections import defaultdict
from functools import cache

import numpy as np

from .. import schema
from ..lexicons import read_lexicon
from ..schema import SENTENCE


def find_hearsay(tokens):
    """Find the words that mark hearsay ("reportedly", "the alleged spy"): one row a mark.

    `rule` is the reason. The words are listed in `data/hearsay.csv`, each with its source (Chafe,
    W. 1986: Evidentiality in English conversation and academic writing. In: Chafe & Nichols (eds.),
    Evidentiality; Quirk, R. et al. 1985: A comprehensive grammar of the English language; Hyland,
    K. 1998: Hedging in scientific research articles; Noël, D. 2001: Studies in Language 25; Celle,
    A. 2009: Hearsay adverbs and modality. In: Salkie et al. (eds.), Modality in English). Not
    listed: "apparently", "seemingly", which more often mark what a writer concludes. A word with a
    `dep` counts in that grammatical relation only: "the alleged spy" is hearsay, "prosecutors
    alleged" has a source. Of two marks in one place the longer counts.

    >>> tokens = split_tokens(read_texts("He reportedly left. She is said to be ill."))
    >>> hearsay = find_hearsay(tokens)
    >>> hearsay[["text", "rule"]].values.tolist()
    [['reportedly', 'taken from a report that is not named'],
     ['is said to', 'somebody says it, and the text does not say who']]
    """
    schema.check(tokens, "tokens")
    columns = ("doc_id", "sentence_id", "paragraph_id", "start", "end", "token")
    doc_id, sentence, paragraph, starts, ends, words = (tokens[each].tolist() for each in columns)
    found = []
    for first, last, why in match_phrases(tokens):
        row = {
            "doc_id": doc_id[first],
            "sentence_id": sentence[first],
            "paragraph_id": paragraph[first],
            "start": starts[first],
            "end": ends[last - 1],
            "text": " ".join(words[first:last]),
            "rule": why,
        }
        found.append(row)
    return schema.table(found, "hearsay")


@cache
def hearsay_phrases():
    """{first word: [(words, relation or "", why)], the longest first} of `data/hearsay.csv`."""
    known = defaultdict(list)
    for row in read_lexicon("hearsay").itertuples():
        words = row.word.split()
        known[words[0]].append((words, row.dep, row.why))
    return {
        word: sorted(phrases, key=lambda each: -len(each[0])) for word, phrases in known.items()
    }


def match_phrases(tokens):
    """Where listed phrases stand, each in one sentence, the longest first: [(first, last, why)]."""
    sentences = tokens.groupby(SENTENCE, sort=False).ngroup()
    ends = np.append(np.flatnonzero(sentences.diff().to_numpy()[1:]) + 1, len(tokens)).tolist()
    pairs = zip(tokens["token"].tolist(), tokens["lemma"].fillna("").tolist(), strict=True)
    forms = [{token.lower(), lemma.lower()} for token, lemma in pairs]
    relations, known = tokens["dep"].tolist(), hearsay_phrases().keys()
    matches, free = [], 0
    for first, words in enumerate(forms):
        if first < free or known.isdisjoint(words):
            continue
        end = ends[bisect_right(ends, first)]
        match = match_at(forms[first:end], relations[first], words)
        if match:
            free = first + match[0]
            matches.append((first, free, match[1]))
    return matches


def match_at(forms, relation, words):
    """The longest listed phrase that begins here, as (number of words, why), or None.

    `forms` are token and lemma of each word from here to the end of the sentence, `words` and
    `relation` those of the first.
    """
    phrases = []
    for word in words:
        phrases += hearsay_phrases().get(word, ())
    for phrase, asked, why in sorted(phrases, key=lambda each: -len(each[0])):
        stands = [word in form for word, form in zip(phrase, forms, strict=False)]
        whole = len(stands) == len(phrase) and all(stands)
        if whole and asked in ("", relation):
            return len(phrase), why
    return None
