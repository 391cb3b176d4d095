"""Word frequencies."""

from .. import schema

# Content words in the linguist's sense: what is left of a stop list's work when the part of speech
# is known.
CONTENT_POS = ("NOUN", "PROPN", "VERB", "ADJ", "ADV")
WORD_START = r"^[^\W_]"


def word_rows(tokens):
    """Which rows of the tokens table are words.

    They begin with a letter or digit (so neither marks nor 's).
    """
    return schema.check(tokens, "tokens")["token"].str.contains(WORD_START, regex=True)


def count_words(tokens, *, pos=CONTENT_POS):
    """Count words: one row a lemma and part of speech, most frequent first.

    Ties are in the order of the alphabet. `pos` is one or more parts of speech (UPOS); by default
    content words, None counts all. `share` and `per_1000_words` are of all words, chosen or not.
    Lemmas are in small letters but for names and nationality words.

    >>> tokens = split_tokens(read_texts("Sanctions hurt. The sanctions were lifted."))
    >>> count_words(tokens)[["lemma", "n"]].head(1).values.tolist()
    [['sanction', 2]]
    """
    words = select_words(tokens)
    chosen = words
    if pos is not None:
        wanted = [pos] if isinstance(pos, str) else pos
        chosen = words[words["pos"].isin(wanted)]
    counts = chosen.groupby(["lemma", "pos"]).size().rename("n").reset_index()
    total = max(len(words), 1)
    counts = counts.assign(
        letters=counts["lemma"].str.lower(),
        share=counts["n"] / total,
        per_1000_words=1000 * counts["n"] / total,
    )
    keys = ["n", "letters", "lemma", "pos"]
    counts = counts.sort_values(keys, ascending=[False, True, True, True], ignore_index=True)
    return schema.table(counts, "words")


def select_words(tokens):
    """The tokens that are words, each with the lemma that it is counted under."""
    words = tokens[word_rows(tokens)]
    lemma = words["lemma"].where(words["pos"] == "PROPN", words["lemma"].str.lower())
    # "Iranian" keeps its capital.
    nationality = words["ent"].str.endswith("NORP").fillna(False).astype(bool)
    return words.assign(lemma=lemma.where(~nationality, words["token"]))
