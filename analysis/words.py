"""Word frequencies and concordances."""

import re

from . import schema
from .articles import texts_behind

# Content words in the linguist's sense: what is left of a stop list's work when the part of speech is known.
CONTENT_POS = ("NOUN", "PROPN", "VERB", "ADJ", "ADV")
WORD = r"^[^\W_]"


def word_rows(tokens):
    """Which rows of the tokens table are words: tokens that begin with a letter or digit (so neither marks nor 's)."""
    return schema.check(tokens, "tokens")["token"].str.contains(WORD, regex=True)


def count_words(tokens, pos=CONTENT_POS):
    """Count words: one row a lemma and part of speech, most frequent first; ties in the order of the alphabet.

    `pos` chooses parts of speech (UPOS); by default content words, None counts all. `share` and `per_1000_words` are of
    all words, chosen or not. Lemmas are in small letters but for names and nationality words.

    >>> tokens = split_tokens(read_texts("Sanctions hurt. The sanctions were lifted."))
    >>> count_words(tokens)[["lemma", "n"]].head(1).values.tolist()
    [['sanction', 2]]
    """
    words = find_counted_words(tokens)
    chosen = words if pos is None else words[words["pos"].isin([pos] if isinstance(pos, str) else pos)]
    counts = chosen.groupby(["lemma", "pos"]).size().rename("n").reset_index()
    counts = counts.assign(letters=counts["lemma"].str.lower()).sort_values(
        ["n", "letters", "lemma", "pos"], ascending=[False, True, True, True], ignore_index=True
    )
    total = max(len(words), 1)
    return schema.table(counts.assign(share=counts["n"] / total, per_1000_words=1000 * counts["n"] / total), "words")


def find_counted_words(tokens):
    """The tokens that are words, each with the lemma that it is counted under."""
    words = tokens[word_rows(tokens)]
    lemma = words["lemma"].where(words["pos"] == "PROPN", words["lemma"].str.lower())
    lemma = lemma.where(~words["ent"].str.endswith("NORP").fillna(False).astype(bool), words["token"])  # "Iranian" keeps its capital
    return words.assign(lemma=lemma)


def find_words(articles, tokens, word, width=60):
    """Find a word with what stands around it: one row a hit (a concordance, or keyword in context).

    `word` is a dictionary form or a form in the text ("sanction" finds "sanctions", "sanctioned"), or a list of them; case
    does not count. `width` is how many characters to show on each side, within the sentence.

    >>> articles = read_texts("Iran imposed sanctions. Talks go on.")
    >>> find_words(articles, split_tokens(articles), "sanction")[["left", "hit", "right"]].values.tolist()
    [['Iran imposed', 'sanctions', '.']]
    """
    texts = texts_behind(articles, schema.check(tokens, "tokens"))
    wanted = [each.lower() for each in ([word] if isinstance(word, str) else word)]
    found = tokens[tokens["lemma"].str.lower().isin(wanted) | tokens["token"].str.lower().isin(wanted)]
    edges = tokens.groupby(["doc_id", "sentence_id"]).agg(first=("start", "min"), last=("end", "max"))
    hits = found.join(edges, on=["doc_id", "sentence_id"])
    rows = []
    for hit in hits.itertuples():
        text = texts[hit.doc_id]
        left, right = text[max(hit.first, hit.start - width) : hit.start], text[hit.end : min(hit.last, hit.end + width)]
        rows.append((hit.doc_id, hit.sentence_id, hit.paragraph_id, hit.start, hit.end, flat(left), text[hit.start : hit.end], flat(right)))
    return schema.table(rows, "hits")


def flat(text):
    """Text on one line."""
    return re.sub(r"\s+", " ", text).strip()
