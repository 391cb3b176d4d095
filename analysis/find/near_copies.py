"""Which articles of a corpus are nearly the same: agency copy in several outlets."""

from collections import defaultdict

import numpy as np

from .. import schema
from ..errors import WorkbookError
from ..read.articles import analysed
from ..text import straighten

# Runs of so many words are compared; of two articles that share as much of them they are near.
SHINGLE_WORDS, NEARLY_SAME = 5, 0.6
# Numbers that stand for an article, and how many of them a key has: of two articles that share 0.6
# of their runs, 98 of 100 pairs have a key in common; of those that share 0.3, 12.
N_HASHES, KEY_HASHES = 128, 4
SEED = 1


def find_near_copies(articles):
    """Find articles that are nearly copies of an earlier one: one row an article.

    Articles that share most of their runs of five words stand in one group with the first of them
    (in the order of the table), `other_doc_id`; `alike` is how much the two share, as estimated by
    MinHash (Broder 1997; the package datasketch), `n` how many articles the group has. They are
    shown and never left out: whoever prints agency copy has chosen it. What two articles share word
    for word says `find_copies`.

    >>> words = "The minister of trade left the city on Friday night and will not come back soon"
    >>> near = find_near_copies(read_texts([words, f"{words} again", "It rained in Vienna."]))
    >>> near[["alike", "n"]].round(1).values.tolist()
    [[0.9, 2.0]]
    """
    articles = analysed(articles)
    return group_near(articles["doc_id"].tolist(), sign_texts(articles["text"]))


def sign_texts(texts):
    """The numbers that stand for each of some texts, a row each."""
    signatures = [sign_text(text) for text in texts]
    return np.array(signatures, dtype="uint32").reshape(-1, N_HASHES)


def sign_text(text):
    """The numbers that stand for a text: of two texts, as many are the same as runs of words."""
    words = straighten(text).lower().split()
    runs = range(max(len(words) - SHINGLE_WORDS + 1, 1))
    shingles = {" ".join(words[at : at + SHINGLE_WORDS]) for at in runs}
    minhash = need_datasketch().MinHash(num_perm=N_HASHES, seed=SEED)
    minhash.update_batch([shingle.encode("utf-8", "replace") for shingle in sorted(shingles)])
    return minhash.hashvalues.astype("uint32")


def need_datasketch():
    """The package datasketch; WorkbookError with the mend where it is missing."""
    try:
        import datasketch
    except ImportError:
        raise WorkbookError(
            'near copies need the package datasketch: pip install "media-analysis-workbook[corpus]"'
        ) from None
    return datasketch


def group_near(doc_ids, signatures):
    """The near copies among articles with such numbers, in order."""
    first = np.arange(len(doc_ids))
    for column in range(0, N_HASHES, KEY_HASHES):
        keys = np.ascontiguousarray(signatures[:, column : column + KEY_HASHES])
        whole = keys.view(f"V{keys.dtype.itemsize * KEY_HASHES}").ravel()
        order = np.argsort(whole, kind="stable")
        same = np.flatnonzero(whole[order][1:] == whole[order][:-1])
        join_near(first, order, same, signatures)
    roots = [find_root(first, row) for row in range(len(doc_ids))]
    groups = defaultdict(list)
    for row, root in enumerate(roots):
        groups[root].append(row)
    rows = []
    for row, root in enumerate(roots):
        if row != root:
            alike = float((signatures[row] == signatures[root]).mean())
            rows.append((doc_ids[row], doc_ids[root], alike, len(groups[root])))
    return schema.table(rows, "near_copies")


def join_near(first, order, same, signatures):
    """Put neighbours with the same key into one group, where they are near."""
    for place in same.tolist():
        one, other = sorted((int(order[place]), int(order[place + 1])))
        roots = find_root(first, one), find_root(first, other)
        if roots[0] == roots[1]:
            continue
        if (signatures[one] == signatures[other]).mean() >= NEARLY_SAME:
            first[max(roots)] = min(roots)


def find_root(first, row):
    """The first article of a group."""
    while first[row] != row:
        first[row] = first[first[row]]
        row = first[row]
    return int(row)
