"""How many items to code: the width of the interval against their number."""

import numpy as np
import pandas as pd

from .. import schema
from .answers import find_task, match_answers
from .inference import FEWEST_CODED, fit_coded, t_quantile
from .sampling import select_items

# Numbers of items that are tried: these, all, and as many as are coded.
STEPS = (10, 15, 20, 25, 30, 40, 50, 60, 80, 100, 120, 150, 200, 300, 400, 500, 750, 1000)


def describe_precision(codings, table, answer, *, task=None):
    """Describe how wide the interval of a share would be if more were coded: one row a number.

    `answer` is the answer whose share is asked for ("negative", an actor's name). It is reckoned
    from what the machine got wrong among the items coded so far, as if the sample were a plain
    one; `width_alone` is that of the coded items without the machine. The row with as many as are
    coded has `coded` True, and so have those below it. No row where fewer than 5 are coded: too few
    to foretell anything.

    >>> articles = read_texts("Vladimir Putin lied. " * 30)
    >>> sentences = split_sentences(articles)
    >>> stance = score_stance(find_mentions(articles, split_tokens(articles)), sentences)
    >>> sample = sample_rows(stance, sentences, 12)
    >>> codings = sample.assign(coder="anna", answer="negative", note=None)
    >>> widths = describe_precision(codings, stance, "negative")
    >>> widths["n_coded"].tolist()
    [10, 12, 15, 20, 25, 30]
    """
    task = find_task(table, task)
    matched = match_answers(select_items(table, task), codings, task)
    coded = matched.dropna(subset=["coded"])
    n, total = len(coded), len(matched)
    if n < FEWEST_CODED:
        return schema.table([], "precision")
    y = (coded["coded"] == answer).to_numpy(dtype=float)
    f = (coded["machine"] == answer).to_numpy(dtype=float)
    # As if drawn from very many, so that what is left is the spread of one item.
    many = np.full(n, 1e9)
    spread, spread_alone = [n * fit_coded(y, each, many)[2] for each in (f, np.zeros(n))]
    tried = np.unique([step for step in (*STEPS, n, total) if step <= total])
    widths = pd.DataFrame({"n_coded": tried, "coded": tried <= n})
    for column, one in (("width", spread), ("width_alone", spread_alone)):
        widths[column] = [foretell_width(one, each, total) for each in tried]
    return schema.table(widths[schema.columns("precision")], "precision")


def foretell_width(spread, n, total):
    """The width of an interval of `n` items coded among `total`: none where all are."""
    unseen = 1 - n / total
    return min(2 * t_quantile(n - 2) * np.sqrt(unseen * spread / n), 1.0) if n > 2 else 1.0
