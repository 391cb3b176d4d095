"""How much of an article stands on whose word."""

import pandas as pd

from .. import schema
from ..find.quotes import OF_QUOTE
from ..find.status import ASSERTED
from ..find.vouching import ANONYMOUS, BY_NAME, DESCRIBED, SECOND_HAND, UNATTRIBUTED
from .actors import word_rows
from .groups import by_article
from .in_parts import add_up
from .sums import sum_rows

OWN_WORD = "the article"
VOUCHING = (BY_NAME, DESCRIBED, ANONYMOUS, SECOND_HAND, UNATTRIBUTED, OWN_WORD)
STATEMENTS = {"n": "sum", "words": "sum"}
VOUCHED_BY = ("source", "certainty", "speaker", "about", "doc_id")


@by_article
def count_vouching(vouching, speech, tokens, *, by=("source", "certainty")):
    """Count how much stands on whose word: one row a source and certainty, or what `by` names.

    `n` counts statements, `words` their words, `share` is of all words. What no quotation brings
    stands on the word of `the article` itself. `by` is one or more of source, certainty, speaker,
    about and doc_id.

    >>> articles = read_texts("Joe Biden said Iran left. It rained.")
    >>> tokens = split_tokens(articles)
    >>> speech = find_speech(articles, tokens)
    >>> mentions = find_mentions(articles, tokens, speech)
    >>> quotes = find_quotes(articles, tokens, mentions, speech)
    >>> vouching = find_vouching(quotes, tokens, mentions)
    >>> count_vouching(vouching, speech, tokens)[["source", "words"]].values.tolist()
    [['named', 2], ['the article', 5]]
    """
    by = schema.count_by(by, VOUCHED_BY, "vouching")
    sums = add_up(tally_vouching, vouching, speech, tokens, by=by)
    parts = pd.concat([sums["said"], sums["own"]], ignore_index=True)
    counts = sum_rows(parts, by, STATEMENTS)
    counts = counts.assign(share=lambda rows: rows["words"] / parts["words"].sum())
    if "source" in by:
        order = {source: rank for rank, source in enumerate(VOUCHING)}
        counts = counts.sort_values("source", key=lambda each: each.map(order), kind="stable")
    else:
        counts = counts.sort_values("words", ascending=False, kind="stable")
    return schema.typed(counts[[*by, "n", "words", "share"]], "vouching_counts")


def tally_vouching(sums, vouching, speech, tokens, *, by):
    """Note how many statements and words stand on whose word; what is left, on the article's."""
    sizes = schema.check(speech, "speech").groupby(OF_QUOTE)["words"].sum().reset_index()
    said = schema.check(vouching, "vouching").merge(sizes, on=OF_QUOTE, how="left")
    said = said.fillna({"words": 0}).astype({"words": "int64"}).assign(n=1)
    own = tokens[word_rows(tokens)].groupby("doc_id").size().rename("words").reset_index()
    own["words"] -= own["doc_id"].map(said.groupby("doc_id")["words"].sum()).fillna(0).astype(int)
    nobody = pd.Series(pd.NA, index=own.index, dtype="str")
    own = own.assign(source=OWN_WORD, certainty=ASSERTED, speaker=nobody, about=nobody, n=0)
    sums.add("said", said, by, STATEMENTS)
    sums.add("own", own[own["words"] > 0], by, STATEMENTS)
