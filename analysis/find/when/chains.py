"""The days of the events of one article: by the grammar, by the text around, or open, and why."""

from collections import defaultdict

import pandas as pd

from ...lexicons import word_list
from .days import one_day
from .page import SAID_ON
from .ties import (
    IN_CLAUSE,
    IN_PHRASE,
    WITHOUT_DAY,
    Tie,
    days_of,
    is_beside_in_time,
    is_finite,
    place_act,
)

BY_JOINING, BY_CARRYING, BY_REPEATING, BY_PROGRESS, BY_QUOTING = (
    "joined",
    "carried",
    "again",
    "going_on",
    "said",
)
# Dates from which another event may take its own.
FIRM = (IN_CLAUSE, IN_PHRASE)
# A date of more days than a week says too little of another event.
LONGEST_CARRIED = 7
# In which time a form of the verb tells.
TIMES = {"past": "past", "perfect": "past", "past perfect": "past", "future": "future"}
# Why an event has no date, by how its verb tells it: code and reason.
OPEN_FORMS = {
    "past": ("past", "no date belongs to it"),
    "perfect": ("perfect", "in the perfect: at some time up to then, and no date says when"),
    "past perfect": ("earlier", "before what is told around it, and no date says when"),
    "present": ("present", "in the present, which tells what holds or comes again, not a day"),
    "going on": ("present", "going on when it was said; on which day that was, is not told"),
    "future": ("future", "still to come, and no date says when"),
    "modal": ("modal", "what can, may or must be, and no date says when"),
    None: ("past", "no date belongs to it"),
}


def date_events(page, events, tied, dates):
    """The Tie of each event of one article, in order."""
    remember_days(page, dates)
    ties = []
    for event in events:
        time = TIMES.get(event.form)
        ties.append(place_act(tied.get(event.row, ()), base_of(page, event), time))
    say_ties(page, events, ties, dates)
    join_ties(page.tree, events, ties, tied)
    carry_ties(page.tree, events, ties, tied)
    repeat_ties(events, ties)
    return [
        tie or leave_open(page, event, tied.get(event.row, ()))
        for event, tie in zip(events, ties, strict=True)
    ]


def remember_days(page, dates):
    """Let the page know which days its text tells: quotations count from them."""
    for row in dates:
        first, last = days_of(row.value)
        if row.kind == "day" and first is not None and first == last:
            page.known.append((row.start, one_day(first)))
    page.known.sort(key=lambda each: each[0])


def base_of(page, event):
    """The day that is "today" where an event is told; None where that is not known."""
    return page.base_at(page.tree.starts[event.row]).day


def say_ties(page, events, ties, dates):
    """Give verbs of speech the day from which "yesterday" in their quotation is counted."""
    days = {}
    for row in dates:
        stretch = page.quotation(row.start)
        is_told = row.anchor == SAID_ON and row.kind == "day"
        if is_told and stretch is not None and not pd.isna(stretch.cue_start):
            days[int(stretch.cue_start)] = (page.base_at(row.start).day, row.text)
    for number, event in enumerate(events):
        day, words = days.get(page.tree.starts[event.row], (None, ""))
        if ties[number] is None and day is not None:
            rule = f"“{words}” in its quotation is counted from that day, which the text tells"
            ties[number] = Tie(day.isoformat(), day, day, BY_QUOTING, rule)


def join_ties(tree, events, ties, tied):
    """Give events without a date that of a verb which tells of the same time."""
    numbers = {event.row: number for number, event in enumerate(events)}
    for number, event in enumerate(events):
        if ties[number] is not None or tied.get(event.row):
            continue
        for row in verbs_of_same_time(tree, event.row, tied):
            other = numbers.get(row)
            if other is None or ties[other] is None or ties[other].code not in (*FIRM, BY_JOINING):
                continue
            if TIMES.get(events[other].form) == TIMES.get(event.form):
                tie = ties[other]
                if tie.code != BY_JOINING:
                    rule = f"at the time of “{tree.words[row]}”: {tie.rule}"
                    tie = tie._replace(code=BY_JOINING, rule=rule)
                ties[number] = tie
                break


def verbs_of_same_time(tree, row, tied):
    """The rows of verbs that tell of the time of a verb: joined ones, and with "as" or "when"."""
    over = tree.head[row]
    if tree.dep[row] == "conj" and over != row and shares_date(tree, over, row, tied):
        yield over
    if is_beside_in_time(tree, row):
        # "Quoted a film to defend her, as she left": at the time of the quoting.
        while tree.dep[over] in ("xcomp", "advcl", "acl") and not is_finite(tree, over):
            if tree.head[over] == over:
                break
            over = tree.head[over]
        yield over
    for child in tree.below[row]:
        if is_beside_in_time(tree, child):
            yield child


def shares_date(tree, one, two, tied):
    """Whether the dates of the first of two joined verbs belong to both.

    They do before both or behind both: "On Monday he came and saw", not "came on Monday and saw".
    """
    places = [told.row.start for told in tied.get(one, ())]
    return all(place < tree.starts[one] or place > tree.starts[two] for place in places)


def carry_ties(tree, events, ties, tied):
    """Give main verbs in the past the date of the sentence before, within the paragraph."""
    last = None  # (sentence, paragraph, tie) of the last main verb in the past
    for number, event in enumerate(events):
        if event.quoted or not event.is_main or event.form != "past":
            continue
        sentence, paragraph = tree.sentence[event.row], tree.paragraph[event.row]
        tie = ties[number]
        if tie is None and last is not None and may_carry(tree, event, tied):
            near = last[1] == paragraph and sentence - last[0] == 1
            if near:
                rule = f"told right behind, in the same paragraph and tense: {last[2].rule}"
                tie = ties[number] = last[2]._replace(code=BY_CARRYING, rule=rule)
        if tie is not None and is_short(tie):
            plain = tie if tie.code != BY_CARRYING else tie._replace(rule=last[2].rule)
            last = (sentence, paragraph, plain)
        elif last is None or sentence != last[0]:
            last = None


def is_short(tie):
    """Whether a date is exact enough to be another event's, too."""
    is_closed = tie.first is not None and tie.last is not None
    return is_closed and (tie.last - tie.first).days < LONGEST_CARRIED


def may_carry(tree, event, tied):
    """Whether a verb may have happened on the day of the sentence before."""
    if any(told.row.kind not in WITHOUT_DAY for told in tied.get(event.row, ())):
        return False
    return not any(
        tree.lemma[child] in word_list("adverbs of another time") for child in tree.below[event.row]
    )


def repeat_ties(events, ties):
    """Give acts without a date that of the same act elsewhere, where the article has one only."""
    dated = defaultdict(list)
    for event, tie in zip(events, ties, strict=True):
        is_firm = tie is not None and tie.code in FIRM and is_short(tie)
        if is_firm and event.kind == "event":
            dated[event.lemma].append((event, tie))
    for number, event in enumerate(events):
        same = [pair for pair in dated[event.lemma] if is_same_act(event, pair[0])]
        values = {tie.value for _, tie in same}
        if ties[number] is None and event.kind == "event" and len(values) == 1:
            other, tie = same[0]
            rule = f"the article dates the same act where it says “{other.words}”: {tie.rule}"
            ties[number] = tie._replace(code=BY_REPEATING, rule=rule)


def is_same_act(one, two):
    """Whether two events with the same verb can be one: done by the same, to the same."""
    if one.form not in ("past", "perfect") or TIMES.get(two.form, "past") != "past":
        return False
    if one.status != two.status or one.quoted != two.quoted:
        return False
    for mine, its in ((one.actor, two.actor), (one.target, two.target), (one.thing, two.thing)):
        if mine and its and mine != its:
            return False
    is_named = (one.actor and one.actor == two.actor) or (one.target and one.target == two.target)
    is_light = one.lemma in word_list("verbs that say little alone")
    return bool(is_named) and (not is_light or (one.thing and one.thing == two.thing))


def leave_open(page, event, told):
    """The Tie of an event that no date belongs to: what its verb and quotation tell alone."""
    base = page.base_at(page.tree.starts[event.row])
    is_known = not event.quoted or base.anchor == SAID_ON
    if event.form == "going on" and is_known and base.day is not None and not told:
        rule = f"going on at the {base}"
        return Tie(base.day.isoformat(), base.day, base.day, BY_PROGRESS, rule)
    code, why = OPEN_FORMS[event.form]
    if told:
        words = " and ".join(f"“{each.row.text}”" for each in told)
        has_day = any(each.row.kind not in WITHOUT_DAY for each in told)
        code = "unread" if has_day else "length"
        why = f"{words} beside it names no day" if has_day else f"{words} is all that is said"
    time = TIMES.get(event.form)
    first = base.day if time == "future" and is_known else None
    last = base.day if time == "past" else None
    return Tie(None, first, last, code, why)
