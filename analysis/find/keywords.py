"""Words in their contexts: the concordance."""

import re

import numpy as np
import pandas as pd

from .. import schema
from ..errors import SchemaError
from ..read.articles import texts_behind
from ..schema import SENTENCE
from .patterns import locate

# In what order a concordance may stand.
ORDERS = ("text", "left", "keyword", "right")


def find_words(articles, tokens, word, *, width=60):
    """Find words as a reader types them, with what stands around: one row a hit.

    `word` is a dictionary form or a form in the text ("sanction" finds "sanctions", "sanctioned"),
    a phrase ("White House"), or a list of them; case does not count, `*` stands for any letters and
    `?` for one. `width` is how many characters to show on each side, within the sentence, 60 by
    default. What is nowhere is said in a warning, with words like it. `find_keyword` has more ways
    to search.

    >>> articles = read_texts("Iran imposed sanctions. Talks go on.")
    >>> hits = find_words(articles, split_tokens(articles), "sanction")
    >>> hits[["left", "hit", "right"]].values.tolist()
    [['Iran imposed', 'sanctions', '.']]
    """
    texts = texts_behind(articles, schema.check(tokens, "tokens"))
    places = locate(tokens, word, "word")
    edges = tokens.groupby(SENTENCE).agg(first=("start", "min"), last=("end", "max"))
    found = spans_of(tokens, places).join(edges, on=SENTENCE)
    rows = []
    for hit in found.itertuples():
        text = texts[hit.doc_id]
        row = {
            "doc_id": hit.doc_id,
            "sentence_id": hit.sentence_id,
            "paragraph_id": hit.paragraph_id,
            "start": hit.start,
            "end": hit.end,
            "left": on_line(text[max(hit.first, hit.start - width) : hit.start]),
            "hit": text[hit.start : hit.end],
            "right": on_line(text[hit.end : min(hit.last, hit.end + width)]),
        }
        rows.append(row)
    return schema.table(rows, "hits")


def find_keyword(
    tokens,
    pattern,
    *,
    window=8,
    by="glob",
    across=False,
    sort="text",
    match_case=False,
    mentions=None,
):
    """Find a keyword in context: one row a hit (a concordance, KWIC), all of them.

    `pattern` is one or a list. A phrase stands within a sentence; hyphens, contractions and
    quotation marks are compared as a reader writes them. `by` says how it is compared:

    - "glob": forms, in which `*` stands for any letters and `?` for one (the default);
    - "form" or "phrase": forms, letter by letter;
    - "lemma": dictionary forms ("impose sanction" finds "imposed sanctions");
    - "word": forms or dictionary forms, with wildcards, as `find_words` does;
    - "regex": a regular expression a word, with spaces between words;
    - "pos": parts of speech ("ADJ NOUN");
    - "actor": every mention of an actor, from `mentions`.

    `left` and `right` hold `window` tokens each, 8 by default, within the sentence or, with
    `across`, beyond it. `sort` orders lines as they stand in the "text" (the default), by the words
    nearest on the "left" or "right", or by the "keyword". Case counts only with `match_case`. What
    cannot be searched is a SchemaError; what is nowhere is said in a warning, with words like it.

    >>> tokens = split_tokens(read_texts("Iran imposed sanctions. Old sanctions can’t last."))
    >>> find_keyword(tokens, "sanct*")[["left", "keyword", "right"]].values.tolist()
    [['Iran imposed', 'sanctions', '.'], ['Old', 'sanctions', 'can’t last.']]
    """
    schema.check(tokens, "tokens")
    if sort not in ORDERS:
        raise SchemaError(f"`sort` is {', '.join(ORDERS[:-1])} or {ORDERS[-1]}, not “{sort}”.")
    places = locate(tokens, pattern, by, match_case=match_case, mentions=mentions)
    words = np.array(with_spaces(tokens), dtype=object)
    begin, end = reach(tokens, places, across=across)
    begin = np.maximum(begin, places.first - window)
    end = np.minimum(end, places.last + window + 1)
    found = spans_of(tokens, places).assign(
        left=join_slices(words, begin, places.first),
        keyword=join_slices(words, places.first, places.last + 1),
        right=join_slices(words, places.last + 1, end),
        pattern=places.pattern,
    )
    if sort != "text":
        found = found.iloc[order_lines(words, places, begin, end, sort)]
    return schema.table(found, "concordance").reset_index(drop=True)


def spans_of(tokens, places):
    """Where the found places stand: doc_id, sentence_id, paragraph_id, start, end."""
    found = tokens.iloc[places.first][[*SENTENCE, "paragraph_id", "start"]].reset_index(drop=True)
    return found.assign(end=tokens["end"].to_numpy()[places.last])


def with_spaces(tokens):
    """Each token with the space before it, where there is one in the text."""
    same_article = tokens["doc_id"].eq(tokens["doc_id"].shift())
    apart = tokens["start"].ne(tokens["end"].shift()) | ~same_article
    return tokens["token"].where(~apart, " " + tokens["token"])


def reach(tokens, places, *, across):
    """The first row and the row behind the last of what may stand around each place."""
    bounds = "doc_id" if across else SENTENCE
    rows = pd.Series(np.arange(len(tokens)))
    group = tokens.groupby(bounds, sort=False).ngroup().to_numpy()
    edges = rows.groupby(group).agg(["min", "max"]).to_numpy().reshape(-1, 2)
    of_place = edges[group[places.first]]
    return of_place[:, 0], of_place[:, 1] + 1


def join_slices(words, begin, end):
    """The words from each `begin` to each `end`, as text on one line."""
    return [on_line("".join(words[first:last])) for first, last in zip(begin, end, strict=True)]


def order_lines(words, places, begin, end, sort):
    """In what order lines stand: by the words nearest to the keyword, whatever their case."""
    folded = [word.strip().lower() for word in words]
    keys = []
    for line, (first, last) in enumerate(zip(places.first, places.last + 1, strict=True)):
        parts = {
            "left": folded[begin[line] : first][::-1],
            "keyword": folded[first:last],
            "right": folded[last : end[line]],
        }
        keys.append((parts[sort], line))
    return [line for _, line in sorted(keys)]


def on_line(text):
    """Text on one line."""
    return re.sub(r"\s+", " ", text).strip()
