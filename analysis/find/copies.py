"""What stands word for word in several articles: agency copy, press releases, one's own archive."""

import numpy as np
import pandas as pd

from .. import schema
from ..errors import SchemaError
from ..read.articles import texts_behind
from ..text import straighten

# So many words in a row are hardly chance in news; whole sentences of speech can be.
RUN_WORDS = 8
LEAST_RUN = 3
# Where a word begins with a letter or digit.
WORD_BEGIN = r"^[^\W_]"


def find_copies(articles, tokens, *, words=RUN_WORDS):
    """Find what stands word for word in two articles: one row a passage and other article.

    A passage has `words` words or more, 8 by default; marks and capitals do not count. Each pair
    comes twice, once from either side. `other_start` to `other_end` is where it stands in the
    other article. All is compared with all, exactly (Broder 1997 calls such runs shingles). The
    same words in two articles can come from a third: an agency, a press release, somebody quoted.

    >>> texts = ["The minister of trade left the city on Friday night.",
    ...          "He said: the minister of trade left the city on Monday."]
    >>> articles = read_texts(texts)
    >>> copies = find_copies(articles, split_tokens(articles))
    >>> copies["text"].tolist()
    ['The minister of trade left the city on', 'the minister of trade left the city on']
    """
    if words < LEAST_RUN:
        raise SchemaError(f"a copy has {LEAST_RUN} words or more: shorter ones are chance.")
    is_word = schema.check(tokens, "tokens")["token"].str.contains(WORD_BEGIN)
    rows = tokens[is_word].reset_index(drop=True)
    doc, _ = pd.factorize(rows["doc_id"])
    runs = hash_runs(rows["token"], doc, words)
    pairs = runs.merge(runs, on="run", suffixes=["", "_other"])
    pairs = pairs[pairs["doc"] != pairs["doc_other"]]
    passages = join_passages(rows, pairs, words)
    texts = texts_behind(articles, tokens)
    spans = zip(passages["doc_id"], passages["start"], passages["end"], strict=True)
    passages["text"] = [texts[doc_id][start:end] for doc_id, start, end in spans]
    return schema.table(passages, "copies")


def hash_runs(words, doc, length):
    """Each run of so many words within an article that others have, too: doc, place, run."""
    code, _ = pd.factorize(words.map(straighten).str.lower())
    code = code.astype("uint64") + 1
    n = max(len(code) - length + 1, 0)
    # A polynomial of the words' numbers, modulo 2^64.
    run = np.zeros(n, dtype="uint64")
    for place in range(length):
        run = run * np.uint64(1_000_003) + code[place : place + n]
    runs = pd.DataFrame({"doc": doc[:n], "place": np.arange(n), "run": run})
    runs = runs[runs["doc"].to_numpy() == doc[length - 1 :][:n]]
    shared = runs.drop_duplicates(["doc", "run"])["run"].value_counts()
    return runs[runs["run"].isin(shared.index[shared > 1])]


def join_passages(rows, pairs, length):
    """The passages that runs side by side make up, in both articles."""
    offset = pairs["place_other"] - pairs["place"]
    pairs = pairs.assign(offset=offset).sort_values(["doc", "doc_other", "offset", "place"])
    along = ["doc", "doc_other", "offset"]
    begins = (pairs[along].diff() != 0).any(axis=1) | (pairs["place"].diff() != 1)
    passages = pairs.groupby(begins.cumsum()).agg(
        first=("place", "min"), last=("place", "max"), other=("place_other", "min")
    )
    passages = passages.sort_values(["first", "last", "other"])
    first, last = passages["first"].to_numpy(), passages["last"].to_numpy() + length - 1
    other, other_last = passages["other"].to_numpy(), passages["other"].to_numpy() + last - first
    start, end = rows["start"].to_numpy(), rows["end"].to_numpy()
    found = rows.iloc[first][["doc_id", "sentence_id", "paragraph_id"]].reset_index(drop=True)
    return found.assign(
        start=start[first],
        end=end[last],
        words=last - first + 1,
        other_doc_id=rows["doc_id"].to_numpy()[other],
        other_start=start[other],
        other_end=end[other_last],
    )
