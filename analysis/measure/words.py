"""Word frequencies."""

from .. import schema

# Content words in the linguist's sense: what is left of a stop list's work when the part of speech is known.
CONTENT_POS = ("NOUN", "PROPN", "VERB", "ADJ", "ADV")
WORD_START = r"^[^\W_]"


def word_rows(tokens):
    """Which rows of the tokens table are words: tokens that begin with a letter or digit (so neither marks nor 's)."""
    return schema.check(tokens, "tokens")["token"].str.contains(WORD_START, regex=True)


def count_words(tokens, pos=CONTENT_POS):
    """Count words: one row a lemma and part of speech, most frequent first; ties in the order of the alphabet.

    `pos` chooses parts of speech (UPOS); by default content words, None counts all. `share` and `per_1000_words` are of
    all words, chosen or not. Lemmas are in small letters but for names and nationality words.

    >>> tokens = split_tokens(read_texts("Sanctions hurt. The sanctions were lifted."))
    >>> count_words(tokens)[["lemma", "n"]].head(1).values.tolist()
    [['sanction', 2]]
    """
    words = select_words(tokens)
    chosen = (
        words if pos is None else words[words["pos"].isin([pos] if isinstance(pos, str) else pos)]
    )
    counts = chosen.groupby(["lemma", "pos"]).size().rename("n").reset_index()
    counts = counts.assign(letters=counts["lemma"].str.lower()).sort_values(
        ["n", "letters", "lemma", "pos"], ascending=[False, True, True, True], ignore_index=True
    )
    total = max(len(words), 1)
    return schema.table(
        counts.assign(share=counts["n"] / total, per_1000_words=1000 * counts["n"] / total), "words"
    )


def select_words(tokens):
    """The tokens that are words, each with the lemma that it is counted under."""
    words = tokens[word_rows(tokens)]
    lemma = words["lemma"].where(words["pos"] == "PROPN", words["lemma"].str.lower())
    lemma = lemma.where(
        ~words["ent"].str.endswith("NORP").fillna(False).astype(bool), words["token"]
    )  # "Iranian" keeps its capital
    return words.assign(lemma=lemma)
