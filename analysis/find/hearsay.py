"""Words that mark hearsay."""

from collections import defaultdict
from functools import cache

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
    found = []
    for (doc_id, sentence_id), rows in schema.check(tokens, "tokens").groupby(SENTENCE, sort=False):
        for first, last, why in match_phrases(rows):
            words = rows.iloc[first:last]
            row = {
                "doc_id": doc_id,
                "sentence_id": sentence_id,
                "paragraph_id": words["paragraph_id"].iat[0],
                "start": words["start"].iat[0],
                "end": words["end"].iat[-1],
                "text": " ".join(words["token"]),
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


def match_phrases(rows):
    """Where listed phrases stand in one sentence, the longest first: [(first, last, why)]."""
    pairs = zip(rows["token"], rows["lemma"], strict=True)
    forms = [{token.lower(), str(lemma).lower()} for token, lemma in pairs]
    relations = rows["dep"].tolist()
    matches, free = [], 0
    for first, words in enumerate(forms):
        match = match_at(forms, relations, first, words) if first >= free else None
        if match:
            matches.append(match)
            free = match[1]
    return matches


def match_at(forms, relations, first, words):
    """The longest listed phrase that begins at a place, as (first, last, why), or None.

    `forms` are token and lemma of each word of the sentence, `words` those of the first.
    """
    phrases = []
    for word in words:
        phrases += hearsay_phrases().get(word, ())
    for phrase, relation, why in sorted(phrases, key=lambda each: -len(each[0])):
        last = first + len(phrase)
        stands = [word in form for word, form in zip(phrase, forms[first:last], strict=False)]
        whole = len(stands) == len(phrase) and all(stands)
        if whole and relation in ("", relations[first]):
            return first, last, why
    return None
