"""The parse as spaCy's documents, for those who go on with spaCy."""

import numpy as np


def pack_docs(articles, tokens):
    """The bytes of a spaCy DocBin: one document an article, with tags, heads and entities.

    Its text is the article's text to the letter: what stands between tokens (blank lines, what was
    left out as boilerplate) is a token of its own, with the part of speech SPACE or X. In Python:
    `DocBin().from_bytes(…).get_docs(nlp.vocab)`; each document has its `doc_id` in `user_data`.
    """
    import spacy
    from spacy.tokens import DocBin

    vocab = spacy.blank("en").vocab
    packed = DocBin(
        attrs=["LEMMA", "POS", "TAG", "HEAD", "DEP", "ENT_IOB", "ENT_TYPE", "SPACY"],
        store_user_data=True,
    )
    parts = dict(list(tokens.groupby("doc_id", sort=False)))
    for doc_id, text in zip(articles["doc_id"], articles["text"], strict=True):
        if doc_id in parts:
            packed.add(make_doc(vocab, doc_id, text, parts[doc_id].reset_index(drop=True)))
    return packed.to_bytes()


def make_doc(vocab, doc_id, text, tokens):
    """The document of one article."""
    from spacy.tokens import Doc

    words, spaces, row_of = lay_out(text, tokens["start"].tolist(), tokens["end"].tolist())
    place = {row: number for number, row in enumerate(row_of) if row is not None}
    columns = {name: tokens[name].where(tokens[name].notna(), "").tolist() for name in NAMES}
    first = tokens.index.to_numpy() - tokens["token_id"].to_numpy() + 1
    heads = np.where(tokens["head"] == 0, tokens.index, first + tokens["head"] - 1).tolist()
    given = {name: [] for name in ("pos", "tags", "lemmas", "deps", "ents", "heads")}
    for number, row in enumerate(row_of):
        is_token = row is not None
        blank = "SPACE" if not words[number].strip() else "X"
        given["pos"].append(columns["pos"][row] if is_token else blank)
        given["tags"].append(columns["tag"][row] if is_token else "_SP")
        given["lemmas"].append(columns["lemma"][row] if is_token else words[number])
        given["deps"].append(columns["dep"][row] if is_token else "dep")
        given["ents"].append((columns["ent"][row] if is_token else "") or "O")
        beside = number - 1 if number else min(1, len(words) - 1)
        given["heads"].append(place[heads[row]] if is_token else beside)
    doc = Doc(vocab, words=words, spaces=spaces, **given)
    doc.user_data["doc_id"] = doc_id
    return doc


# What is taken over of each token.
NAMES = ("pos", "tag", "lemma", "dep", "ent")


def lay_out(text, starts, ends):
    """(words, whether a space follows each, the row of each token or None of what is between)."""
    words, spaces, row_of, at = [], [], [], 0
    for row, (start, end) in enumerate([*zip(starts, ends, strict=True), (len(text), None)]):
        gap = text[at:start]
        if gap.startswith(" ") and words:
            spaces[-1], gap = True, gap[1:]
        if gap:
            words.append(gap)
            spaces.append(False)
            row_of.append(None)
        if end is not None:
            words.append(text[start:end])
            spaces.append(False)
            row_of.append(row)
            at = end
    return words, spaces, row_of
