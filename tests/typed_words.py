"""Words typed by hand and not parsed, where a test is about counting them."""

import re

from analysis.schema import table


def type_tokens(*texts, pos=None, lemmas=None):
    """The tokens of texts "a", "b" …: each word is a noun and its own dictionary form.

    `pos` and `lemmas` say otherwise by form. A full stop ends a sentence, a blank line a paragraph.
    """
    pos, lemmas = pos or {}, lemmas or {}
    rows = []
    for doc_id, text in zip("abcdefgh", texts, strict=False):
        sentence, place = 1, 0
        for found in re.finditer(r"\w+|[^\w\s]", text):
            word, is_mark = found[0], not found[0][0].isalnum()
            place += 1
            row = {
                "doc_id": doc_id,
                "sentence_id": sentence,
                "paragraph_id": 1 + text.count("\n\n", 0, found.start()),
                "token_id": place,
                "start": found.start(),
                "end": found.end(),
                "token": word,
                "lemma": lemmas.get(word, word.lower()),
                "pos": "PUNCT" if is_mark else pos.get(word, "NOUN"),
                "head": place - 1,
            }
            rows.append(row)
            if word == ".":
                sentence, place = sentence + 1, 0
    return table(rows, "tokens")


def type_words(*texts, **options):
    """(articles, tokens) of the same texts."""
    rows = [
        {"doc_id": doc_id, "text": text, "outside": 0, "prose_outside": 0}
        for doc_id, text in zip("abcdefgh", texts, strict=False)
    ]
    return table(rows, "articles"), type_tokens(*texts, **options)


def name_mentions(articles, *names):
    """A mention wherever one of the names of people stands."""
    rows = []
    for article in articles.itertuples():
        for found in re.finditer("|".join(names), article.text):
            before = article.text[: found.start()]
            row = {
                "doc_id": article.doc_id,
                "sentence_id": 1 + before.count("."),
                "paragraph_id": 1 + before.count("\n\n"),
                "start": found.start(),
                "end": found.end(),
                "text": found[0],
                "actor": found[0],
                "actor_type": "person",
                "kind": "name",
                "quoted": False,
            }
            rows.append(row)
    return table(rows, "mentions")
