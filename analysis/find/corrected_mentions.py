"""Corrections made in the mentions: how each kind changes those of an article."""

from functools import partial

import pandas as pd

from .. import schema
from ..read.corrections import corrections_table, read_corrections
from ..text import plain_words, quote
from .corrections import (
    AS_IT_IS,
    CORRECTED,
    HANDED_ON,
    TABLE_OF,
    MisfitError,
    by_hand,
    make_corrections,
    name_in_use,
    no_actor,
    plain_rows,
)


def correct_mentions(mentions, articles, place):
    """The mentions as corrected by hand beside the articles, and the log.

    The log is the table of corrections made: one row a correction, with what became of it.
    `place(doc_id, start, end)` gives the columns sentence_id, paragraph_id, role, position and
    quoted of an added mention as a dict, or None where no sentence holds the span.
    """
    texts = articles.set_index("doc_id")["text"]
    corrected, made = dict(list(mentions.groupby("doc_id", sort=False))), []
    for doc_id, corrections in read_corrections(articles).groupby("doc_id", sort=False):
        its, text = corrected.get(doc_id, mentions.iloc[:0]), texts.get(doc_id, "")
        corrected[doc_id], outcomes = correct_article(
            its, corrections, text, partial(place, doc_id)
        )
        for asked, (n, outcome) in zip(plain_rows(corrections), outcomes, strict=True):
            made.append({**vars(asked), "n": n, "outcome": outcome})
    log = corrections_table(made, schema.columns("corrections_made"))
    if log.empty:
        return mentions, log
    parts = [corrected[doc_id] for doc_id in texts.index if doc_id in corrected]
    return pd.concat([mentions.iloc[:0], *parts], ignore_index=True), log


def correct_article(mentions, corrections, text, place):
    """The mentions of one article as corrected, and of each correction (how many, outcome).

    `text` is the article's; `place(start, end)` is as in `correct_mentions`, without the doc_id.
    """

    def make(mentions, asked, text):
        """One correction made; those of other tables change nothing here."""
        if asked.action in TABLE_OF:
            return mentions, 0, ""
        return ACTIONS[asked.action](mentions, asked, text, place)

    texts = dict.fromkeys(corrections["doc_id"], text)
    mentions, outcomes = make_corrections(mentions, corrections, texts, make, "mention")
    outcomes = list(map(hand_on, corrections["action"], outcomes))
    order = {"by": ["start", "end"], "ascending": [True, False], "kind": "stable"}
    return schema.table(mentions.sort_values(**order, ignore_index=True), "mentions"), outcomes


def hand_on(action, made):
    """(how many, outcome) of a correction: of one that fits another table, where that is made."""
    is_others = action in TABLE_OF and made[1] == AS_IT_IS
    return (0, HANDED_ON[TABLE_OF[action]]) if is_others else made


def is_of_all(asked):
    """Whether a correction names neither a place nor words, so that it is of all mentions."""
    return asked.start is None and asked.text is None


def move_actor(mentions, asked, text, place):
    """All mentions of one actor made another's, who must be there for `merge`.

    Both are one where `rename` meets a name in use.
    """
    if not is_of_all(asked):
        raise MisfitError(
            f"`{asked.action}` is of all mentions: leave `start`, `end` and `text` empty, "
            "or use `split` for some mentions"
        )
    here = find_selected(mentions, asked)
    to = name_in_use(mentions, asked.to)
    there = (mentions["actor"] == to).any()
    if asked.action == "merge" and not there:
        raise MisfitError(f"{no_actor(mentions, asked.to)}. To give a new name, use `rename`")
    joined = there and asked.action == "rename"
    more = f"; {quote(to)} was there already, so that the two are one now" if joined else ""
    return *change_rows(mentions, here, asked, actor=to, actor_type=type_in_use(mentions, to)), more


def split_off(mentions, asked, text, place):
    """Some mentions made those of `to`, who may be new.

    They get the type that is given, else that of `to`, else keep theirs.
    """
    if is_of_all(asked):
        raise MisfitError(
            "`split` needs `text`, or `start`, `end` and `text`. "
            "To move all mentions, use `merge` or `rename`"
        )
    here, to = find_selected(mentions, asked), name_in_use(mentions, asked.to)
    actor_type = asked.actor_type or type_in_use(mentions, to)
    return *change_rows(mentions, here, asked, actor=to, actor_type=actor_type), ""


def relabel_mentions(mentions, asked, text, place):
    """Type or kind changed: the type of a whole actor, or both of some mentions."""
    if asked.actor_type is None and asked.kind is None:
        raise MisfitError("`relabel` needs `actor_type` or `kind`; both are empty")
    if asked.kind is not None and is_of_all(asked):
        raise MisfitError(
            "`kind` is of single mentions: give `start`, `end` and `text`, or `text`, "
            "or leave `kind` empty"
        )
    here, new = find_selected(mentions, asked), {"actor_type": asked.actor_type, "kind": asked.kind}
    return *change_rows(mentions, here, asked, **new), ""


def drop_mentions(mentions, asked, text, place):
    """Mentions taken out."""
    here = find_selected(mentions, asked)
    return mentions[~here], int(here.sum()), ""


def add_mention(mentions, asked, text, place):
    """A mention put in, where there is none with the same span and none that it cuts in two."""
    check_free(mentions, asked)
    actor = name_in_use(mentions, asked.actor)
    actor_type = asked.actor_type or type_in_use(mentions, actor)
    if actor_type is None:
        known = ", ".join(schema.TYPES)
        raise MisfitError(f"{quote(actor)} is new, so that `actor_type` is needed: {known}")
    stands = place(asked.start, asked.end)
    if stands is None:
        raise MisfitError(f"{asked.start}–{asked.end} is not inside one sentence")
    row = {
        "doc_id": asked.doc_id,
        "start": asked.start,
        "end": asked.end,
        "text": text[asked.start : asked.end],
        "actor": actor,
        "actor_type": actor_type,
        "kind": asked.kind or "name",
        "code": CORRECTED,
        "rule": by_hand(asked),
        **stands,
    }
    return pd.concat([mentions, schema.table([row], "mentions")], ignore_index=True), 1, ""


def check_free(mentions, asked):
    """Refuse a mention where one is already, or that would cut one in two."""
    for other in mentions.itertuples():
        if (other.start, other.end) == (asked.start, asked.end):
            raise MisfitError(
                f"there is a mention of {quote(other.actor)} already. Use `split` or `relabel`"
            )
        cut_behind = asked.start < other.start < asked.end < other.end
        cut_before = other.start < asked.start < other.end < asked.end
        if cut_behind or cut_before:
            raise MisfitError(
                f"it cuts through the mention {quote(other.text)} at {other.start}–{other.end}. "
                "Take that one out with `drop` first"
            )


ACTIONS = {
    "merge": move_actor,
    "rename": move_actor,
    "split": split_off,
    "relabel": relabel_mentions,
    "drop": drop_mentions,
    "add": add_mention,
}


def find_selected(mentions, asked):
    """Which mentions a correction is of: the one at its offsets, or those of its actor.

    Of these, `text` chooses those that read so; without an actor, it chooses among the mentions
    that the text leaves open.
    """
    if asked.start is not None:
        return find_at(mentions, asked)
    if asked.actor is None and asked.text is None:
        raise MisfitError(
            "it does not say which mentions: fill in `actor`, or `start`, `end` and `text`"
        )
    if asked.actor is None:
        here, whose = mentions["actor"].isna(), "left open by the text"
    else:
        here = mentions["actor"] == name_in_use(mentions, asked.actor)
        whose = f"of {quote(asked.actor)}"
        if not here.any():
            raise MisfitError(no_actor(mentions, asked.actor))
    if asked.text is not None:
        here = here & (mentions["text"].map(plain_words) == plain_words(asked.text))
        if not here.any():
            raise MisfitError(f"no mention {whose} reads {quote(asked.text)}")
    return here


def find_at(mentions, asked):
    """Which mention has the offsets of a correction (and the actor, where it names one)."""
    here = (mentions["start"] == asked.start) & (mentions["end"] == asked.end)
    at = f"{asked.start}–{asked.end}"
    if not here.any():
        near = mentions[(mentions["start"] < asked.end) & (mentions["end"] > asked.start)]
        there = ""
        for row in near.itertuples():
            there += f"; there is {quote(row.text)} at {row.start}–{row.end}"
        raise MisfitError(f"no mention at {at}{there or '. Use `add`'}")
    actor = mentions.loc[here, "actor"].iat[0]
    if asked.actor is not None and name_in_use(mentions, asked.actor) != actor:
        raise MisfitError(f"the mention at {at} is of {quote(actor)}, not of {quote(asked.actor)}")
    return here


def change_rows(mentions, here, asked, **new):
    """The mentions with new values in the rows chosen, and in how many something changed.

    A value of None changes nothing.
    """
    after = mentions.copy()
    for column, value in new.items():
        if value is not None:
            after.loc[here, column] = value
    changed = (after[list(new)].fillna("") != mentions[list(new)].fillna("")).any(axis=1)
    after.loc[changed, "code"] = CORRECTED
    after.loc[changed, "rule"] = by_hand(asked)
    return after, int(changed.sum())


def type_in_use(mentions, actor):
    """The type that most mentions of an actor have, or None."""
    return next(iter(mentions.loc[mentions["actor"] == actor, "actor_type"].mode()), None)
