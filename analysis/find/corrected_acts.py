"""Acts corrected by hand: who does it, to whom, whether it is done; and some taken out."""

from ..read.codings import NO_ONE
from ..text import plain_words, quote
from .corrections import (
    MisfitError,
    by_hand,
    corrections_of,
    make_corrections,
    name_in_use,
)
from .status import ALLEGED, ASSERTED, DENIED, HYPOTHETICAL, PLANNED, REQUESTED

STATUSES = (ASSERTED, ALLEGED, DENIED, HYPOTHETICAL, PLANNED, REQUESTED)
AS_DOER, AS_TARGET = "actor", "target"


def correct_acts(actions, mentions, articles):
    """The acts as readers correct them in the file beside the article."""
    asked = corrections_of(articles, "actions")
    return actions if asked.empty else make_acts(actions, asked, mentions, articles)[0]


def make_acts(actions, corrections, mentions, articles):
    """The acts as corrected, and of each correction (how many, outcome)."""

    def make(actions, asked, text):
        """One correction made."""
        its = mentions[mentions["doc_id"] == asked.doc_id]
        return ACT_ACTIONS[asked.action](actions, asked, its)

    texts = dict(zip(articles["doc_id"], articles["text"], strict=True))
    return make_corrections(actions, corrections, texts, make, "act")


def put_doer(actions, asked, mentions):
    """Acts of a verb given to another who does them."""
    return put_actor(actions, asked, mentions, AS_DOER, AS_TARGET)


def put_target(actions, asked, mentions):
    """Acts of a verb directed towards somebody else."""
    return put_actor(actions, asked, mentions, AS_TARGET, AS_DOER)


def put_actor(actions, asked, mentions, column, other):
    """The actor in a column of the acts of a verb exchanged for `to`."""
    here = find_acts_at(actions, asked, mentions, column)
    to = name_in_use(mentions, asked.to)
    if plain_words(to) == NO_ONE:
        raise MisfitError(f"an act is of somebody; `to` is {quote(to)}. Use `drop_act`")
    its = actions[here]
    if its[column].nunique() > 1:
        known = ", ".join(map(quote, its[column].unique()))
        raise MisfitError(f"there are several: {known}. Say in `actor` which")
    if (its[column] == to).all():
        return actions, 0, ""
    if (its[other] == to).any():
        raise MisfitError(f"{quote(to)} would act towards itself. Use `drop_act`")
    taken = actions[~here & at_place(actions, asked) & (actions[column] == to)]
    if taken[other].isin(its[other]).any():
        raise MisfitError("there is this act already. Use `drop_act`")
    return change_acts(actions, here, asked, column, to)


def put_status(actions, asked, mentions):
    """The status of the acts of a verb, or of those of one who does them, changed to `to`."""
    if asked.to.lower() not in STATUSES:
        known = ", ".join(STATUSES)
        raise MisfitError(f"no such status {quote(asked.to)}; choose from {known}")
    here = find_acts_at(actions, asked, mentions, AS_DOER)
    return change_acts(actions, here, asked, "status", asked.to.lower())


def drop_acts(actions, asked, mentions):
    """The acts of a verb taken out: all, those of `actor`, or those of it towards `to`."""
    here = find_acts_at(actions, asked, mentions, AS_DOER)
    if asked.to is not None:
        to = name_in_use(mentions, asked.to)
        here &= actions[AS_TARGET] == to
        if not here.any():
            raise MisfitError(f"no act at {asked.start}–{asked.end} is towards {quote(to)}")
    return actions[~here].reset_index(drop=True), int(here.sum()), ""


ACT_ACTIONS = {
    "doer": put_doer,
    "target": put_target,
    "status": put_status,
    "drop_act": drop_acts,
}


def at_place(actions, asked):
    """Which acts have the verb of a correction."""
    same = (actions["start"] == asked.start) & (actions["end"] == asked.end)
    return same & (actions["doc_id"] == asked.doc_id)


def find_acts_at(actions, asked, mentions, column):
    """Which acts a correction is of: those of its verb, with its `actor` in a column."""
    here, at = at_place(actions, asked), f"{asked.start}–{asked.end}"
    if not here.any():
        touching = (actions["start"] < asked.end) & (actions["end"] > asked.start)
        near = actions[touching & (actions["doc_id"] == asked.doc_id)].drop_duplicates("start")
        there = ""
        for row in near.itertuples():
            there += f"; there is {quote(row.text)} at {row.start}–{row.end}"
        raise MisfitError(f"no act at {at}{there}")
    if asked.actor is not None:
        actor = name_in_use(mentions, asked.actor)
        named = here & (actions[column] == actor)
        if not named.any():
            known = ", ".join(map(quote, actions.loc[here, column].unique()))
            towards = "towards" if column == AS_TARGET else "of"
            raise MisfitError(f"the act at {at} is {towards} {known}, not {towards} {quote(actor)}")
        here = named
    return here


def change_acts(actions, here, asked, column, value):
    """The acts with a new value in a column of the rows chosen, and in how many it changed."""
    changed = here & (actions[column] != value)
    after = actions.copy()
    after.loc[changed, column] = value
    after.loc[changed, "rule"] = by_hand(asked)
    return after, int(changed.sum()), ""
