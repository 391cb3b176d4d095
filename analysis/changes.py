"""How each kind of correction changes the mentions of an article, or why it does not fit."""

import difflib
import re
from types import SimpleNamespace

import pandas as pd

from . import schema
from .text import how_many, straighten

KINDS = ("name", "alias", "acronym", "title", "adjective", "metonym", "description", "pronoun", "part")
NEEDS = {"merge": ("actor", "to"), "rename": ("actor", "to"), "split": ("to",), "relabel": (), "drop": (), "add": ("start", "end", "text", "actor")}
# A surname is about half as long as the full name: difflib's ratio for the two is just above this.
NEAR = 0.5
# What a message quotes of the text, and how many places it lists.
LONGEST_QUOTE, MOST_PLACES = 60, 5


class MisfitError(Exception):
    """Why a correction cannot be made; never leaves this room."""


def correct(mentions, corrections, text, places):
    """The mentions of one article as corrected, and (how many mentions changed, what became of it) for each correction in turn.

    `text` is the article's; `places(start, end)` is as in `correct_mentions`, without the doc_id.
    """
    outcomes = []
    for asked in plain_rows(corrections):
        if asked.outcome is not None:
            outcomes.append((0, asked.outcome))
            continue
        try:
            check_row(asked, text)
            mentions, n, more = ACTIONS[asked.action](mentions, asked, text, places)
            outcomes.append((n, f"applied to {how_many(n, 'mention')}{more}" if n else "nothing to change: it is so already"))
        except MisfitError as misfit:
            outcomes.append((0, f"does not fit: {misfit}"))
    return schema.table(mentions.sort_values(["start", "end"], ascending=[True, False], kind="stable", ignore_index=True), "mentions"), outcomes


def plain_rows(corrections):
    """The rows of a table of corrections in plain Python: None where a cell is missing, whole numbers for offsets."""
    for row in corrections.to_dict("records"):
        values = {column: None if pd.isna(value) or value == "" else value for column, value in row.items()}
        offsets = {column: values[column] if values[column] is None else int(values[column]) for column in ("start", "end")}
        yield SimpleNamespace(**{"doc_id": None, "outcome": None} | values | offsets)


def check_row(asked, text):
    """Raise MisfitError where a correction lacks what its action needs, or `text` is not what stands at its offsets."""
    if asked.action not in NEEDS:
        raise MisfitError(f"no such action {quote(asked.action or '')}; choose from {', '.join(NEEDS)}")
    at = f"; {find_places(text, asked.text)}" if asked.text else ""
    missing = [column for column in NEEDS[asked.action] if getattr(asked, column) is None]
    if missing:
        raise MisfitError(f"`{asked.action}` needs `{missing[0]}`, which is empty{at if missing[0] in ('start', 'end') else ''}")
    for column, allowed in (("actor_type", schema.TYPES), ("kind", KINDS)):
        if getattr(asked, column) not in (None, *allowed):
            raise MisfitError(f"no such {column} {quote(getattr(asked, column))}; choose from {', '.join(allowed)}")
    if (asked.start is None) != (asked.end is None):
        raise MisfitError(f"`start` and `end` must both be given, or neither{at}")
    if asked.start is not None:
        there = text[asked.start : asked.end] if 0 <= asked.start < asked.end <= len(text) else ""
        reads = f"the text at {asked.start}–{asked.end} reads {quote(there)}"
        if asked.text is None:
            raise MisfitError(f"`text` is empty, so that the place cannot be checked; {reads}")
        if plain(there) != plain(asked.text):
            raise MisfitError(f"{reads}, not {quote(asked.text)}{at}")


def move_actor(mentions, asked, text, places):
    """All mentions of one actor made another's, who must be there for `merge`; both are one where `rename` meets a name in use."""
    if asked.start is not None or asked.text is not None:
        raise MisfitError(f"`{asked.action}` is of all mentions: leave `start`, `end` and `text` empty, or use `split` for some mentions")
    here = find_selected(mentions, asked)
    to = name_in_use(mentions, asked.to)
    there = (mentions["actor"] == to).any()
    if asked.action == "merge" and not there:
        raise MisfitError(f"{no_actor(mentions, asked.to)}. To give a new name, use `rename`")
    more = f"; {quote(to)} was there already, so that the two are one now" if there and asked.action == "rename" else ""
    return *change(mentions, here, asked, actor=to, actor_type=type_in_use(mentions, to)), more


def split_off(mentions, asked, text, places):
    """Some mentions made those of `to`, who may be new; of the type that is given, else its own, else theirs."""
    if asked.start is None and asked.text is None:
        raise MisfitError("`split` needs `text`, or `start`, `end` and `text`. To move all mentions, use `merge` or `rename`")
    here, to = find_selected(mentions, asked), name_in_use(mentions, asked.to)
    return *change(mentions, here, asked, actor=to, actor_type=asked.actor_type or type_in_use(mentions, to)), ""


def relabel(mentions, asked, text, places):
    """Type or kind changed: the type of a whole actor, or both of some mentions."""
    if asked.actor_type is None and asked.kind is None:
        raise MisfitError("`relabel` needs `actor_type` or `kind`; both are empty")
    if asked.kind is not None and asked.start is None and asked.text is None:
        raise MisfitError("`kind` is of single mentions: give `start`, `end` and `text`, or `text`, or leave `kind` empty")
    return *change(mentions, find_selected(mentions, asked), asked, actor_type=asked.actor_type, kind=asked.kind), ""


def drop(mentions, asked, text, places):
    """Mentions taken out."""
    here = find_selected(mentions, asked)
    return mentions[~here], int(here.sum()), ""


def add(mentions, asked, text, places):
    """A mention put in, where there is none with the same span and none that it cuts in two."""
    for other in mentions.itertuples():
        if (other.start, other.end) == (asked.start, asked.end):
            raise MisfitError(f"there is a mention of {quote(other.actor)} already. Use `split` or `relabel`")
        if asked.start < other.start < asked.end < other.end or other.start < asked.start < other.end < asked.end:
            raise MisfitError(f"it cuts through the mention {quote(other.text)} at {other.start}–{other.end}. Take that one out with `drop` first")
    actor = name_in_use(mentions, asked.actor)
    actor_type = asked.actor_type or type_in_use(mentions, actor)
    if actor_type is None:
        raise MisfitError(f"{quote(actor)} is new, so that `actor_type` is needed: {', '.join(schema.TYPES)}")
    place = places(asked.start, asked.end)
    if place is None:
        raise MisfitError(f"{asked.start}–{asked.end} is not inside one sentence")
    said = {"doc_id": asked.doc_id, "start": asked.start, "end": asked.end, "text": text[asked.start : asked.end], "rule": by_hand(asked)}
    row = said | {"actor": actor, "actor_type": actor_type, "kind": asked.kind or "name"} | place
    return pd.concat([mentions, schema.table([row], "mentions")], ignore_index=True), 1, ""


ACTIONS = {"merge": move_actor, "rename": move_actor, "split": split_off, "relabel": relabel, "drop": drop, "add": add}


def find_selected(mentions, asked):
    """Which mentions a correction is of: the one at its offsets; or those of its actor, and of these the ones that read `text`.

    Without an actor, `text` chooses among the mentions that the text leaves open.
    """
    if asked.start is not None:
        return find_at(mentions, asked)
    if asked.actor is None and asked.text is None:
        raise MisfitError("it does not say which mentions: fill in `actor`, or `start`, `end` and `text`")
    here = mentions["actor"].isna() if asked.actor is None else mentions["actor"] == name_in_use(mentions, asked.actor)
    if asked.actor is not None and not here.any():
        raise MisfitError(no_actor(mentions, asked.actor))
    if asked.text is not None:
        here = here & (mentions["text"].map(plain) == plain(asked.text))
        if not here.any():
            whose = "left open by the text" if asked.actor is None else f"of {quote(asked.actor)}"
            raise MisfitError(f"no mention {whose} reads {quote(asked.text)}")
    return here


def find_at(mentions, asked):
    """Which mention has the offsets of a correction (and the actor, where it names one)."""
    here = (mentions["start"] == asked.start) & (mentions["end"] == asked.end)
    if not here.any():
        near = mentions[(mentions["start"] < asked.end) & (mentions["end"] > asked.start)]
        there = [f"; there is {quote(row.text)} at {row.start}–{row.end}" for row in near.itertuples()]
        raise MisfitError(f"no mention at {asked.start}–{asked.end}{''.join(there) or '. Use `add`'}")
    actor = mentions.loc[here, "actor"].iat[0]
    if asked.actor is not None and name_in_use(mentions, asked.actor) != actor:
        raise MisfitError(f"the mention at {asked.start}–{asked.end} is of {quote(actor)}, not of {quote(asked.actor)}")
    return here


def change(mentions, here, asked, **new):
    """The mentions with new values in the rows chosen, and in how many something changed; None changes nothing."""
    after = mentions.copy()
    for column, value in new.items():
        if value is not None:
            after.loc[here, column] = value
    changed = (after[list(new)].fillna("") != mentions[list(new)].fillna("")).any(axis=1)
    after.loc[changed, "rule"] = by_hand(asked)
    return after, int(changed.sum())


def by_hand(asked):
    """The rule of a corrected mention."""
    return f"corrected by hand: {asked.action}{f' ({asked.note})' if asked.note else ''}"


def name_in_use(mentions, name):
    """The actor's name as the mentions spell it, whatever quotation marks and spaces are; the name itself where nobody has it."""
    return next((actor for actor in mentions["actor"].dropna().unique() if plain(actor) == plain(name)), name)


def type_in_use(mentions, actor):
    """The type that most mentions of an actor have, or None."""
    return next(iter(mentions.loc[mentions["actor"] == actor, "actor_type"].mode()), None)


def no_actor(mentions, name):
    """What to say of an actor who is not there."""
    near = difflib.get_close_matches(name, mentions["actor"].dropna().unique(), 1, cutoff=NEAR)
    return f"no actor {quote(name)}{f'; nearest: {quote(near[0])}' if near else ''}"


def find_places(text, wanted):
    """Where the words stand in the article, in words."""
    words = r"\s+".join(map(re.escape, straighten(wanted).split()))
    places = [f"{found.start()}–{found.end()}" for found in re.finditer(rf"(?<!\w){words}(?!\w)", straighten(text))]
    more = f" and {how_many(len(places) - MOST_PLACES, 'other place')}" if len(places) > MOST_PLACES else ""
    return f"found at {', '.join(places[:MOST_PLACES])}{more}" if places else f"{quote(wanted)} is nowhere in the article"


def plain(words):
    """Words as they are compared: straight quotation marks, single spaces."""
    return re.sub(r"\s+", " ", straighten(words))


def quote(words):
    """Words in quotation marks for a message, cut where they are long; “nobody” where an actor is left open."""
    if not isinstance(words, str):
        return "nobody (the text leaves it open)"
    words = re.sub(r"\s+", " ", words)
    return f"“{words if len(words) <= LONGEST_QUOTE else words[: LONGEST_QUOTE - 1] + '…'}”"
