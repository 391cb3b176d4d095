"""In which order an article tells what happened, beside the order in which it happened."""

from itertools import combinations, pairwise

import pandas as pd

from .. import schema
from ..find.events import HAPPENING
from ..find.status import ALLEGED, ASSERTED, PLANNED

# What happened, is said to have, or is to come; not what is denied, asked for or only possible.
TAKES_PLACE = (ASSERTED, ALLEGED, PLANNED)
# Of fewer dated events a share of pairs says nothing.
FEWEST_DATED = 5


def select_dated(events, *, kinds=(HAPPENING,), statuses=TAKES_PLACE):
    """Select the events that have a first and a last day: the points of a timeline.

    Without what is said (`kinds`: "event", "speech", "present"; None: all) and without what is
    denied, asked for or only possible (`statuses`; None: all). An event of which one end alone is
    known ("by Friday") is not among them.

    >>> articles = read_texts("Ann Lee resigned on Monday. She was elected in 2015.")
    >>> articles["published"] = "2020-01-08"
    >>> tokens = split_tokens(articles)
    >>> events = find_events(articles, tokens, find_dates(articles, tokens))
    >>> select_dated(events)[["event", "first", "last"]].values.tolist()
    [['Ann Lee resigned', '2020-01-06', '2020-01-06'],
     ['She was elected', '2015-01-01', '2015-12-31']]
    """
    chosen = choose_events(events, kinds, statuses)
    return chosen[chosen["first"].notna() & chosen["last"].notna()]


def choose_events(events, kinds, statuses):
    """The events of some kinds and statuses (None: of all)."""
    chosen = schema.check(events, "events")
    for column, wanted in {"kind": kinds, "status": statuses}.items():
        if wanted is not None:
            wanted = [wanted] if isinstance(wanted, str) else list(wanted)
            chosen = chosen[chosen[column].isin(wanted)]
    return chosen


def describe_timeline(events, *, kinds=(HAPPENING,), statuses=TAKES_PLACE):
    """Describe in which order each article tells its dated events: one row an article.

    `pairs` are those of which one was over before the other began; `share` of them is told in the
    order in which it happened: 1 from first to last, 0 backwards (it is Kendall's tau, moved to 0
    to 1, without the ties). It is missing for fewer than 5 dated events, and it knows the dated
    ones only: `n` says how many there are. `jumps_back` and `jumps_ahead` count steps from one
    dated event to the next in the telling. `kinds` and `statuses` choose as in `select_dated`.

    >>> articles = read_texts("Ann Lee resigned on Monday. She was elected in 2015.")
    >>> articles["published"] = "2020-01-08"
    >>> tokens = split_tokens(articles)
    >>> events = find_events(articles, tokens, find_dates(articles, tokens))
    >>> describe_timeline(events)[["n", "dated", "jumps_back", "pairs", "in_order"]].values.tolist()
    [[2, 2, 1, 1, 0]]
    """
    chosen = choose_events(events, kinds, statuses)
    dated = select_dated(chosen, kinds=None, statuses=None)
    rows = []
    for doc_id in events["doc_id"].unique():
        its = dated[dated["doc_id"] == doc_id]
        rows.append(
            {"doc_id": doc_id, "n": int((chosen["doc_id"] == doc_id).sum()), **order_of(its)}
        )
    return schema.table(rows, "timelines")


def order_of(dated):
    """What is counted of the dated events of one article, in the order of the telling."""
    spans = list(zip(dated["first"], dated["last"], strict=True))
    steps = [compare_days(one, two) for one, two in pairwise(spans)]
    pairs = [compare_days(one, two) for one, two in combinations(spans, 2)]
    known, forward = sum(step != 0 for step in pairs), sum(step > 0 for step in pairs)
    enough = len(spans) >= FEWEST_DATED and known > 0
    earliest = min(range(len(spans)), key=lambda place: spans[place], default=None)
    return {
        "dated": len(spans),
        "jumps_back": sum(step < 0 for step in steps),
        "jumps_ahead": sum(step > 0 for step in steps),
        "pairs": known,
        "in_order": forward,
        "share": forward / known if enough else float("nan"),
        "first": min((first for first, _ in spans), default=None),
        "last": max((last for _, last in spans), default=None),
        "first_told": pd.NA if earliest is None else earliest + 1,
    }


def compare_days(one, two):
    """1 where the second was after the first, -1 where before, 0 where they can be at one time."""
    if one[1] < two[0]:
        return 1
    return -1 if two[1] < one[0] else 0
