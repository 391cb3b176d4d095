"""What a coder's sample says of the machine and of its figures, in plain words."""

from math import ceil, floor

import numpy as np
import pandas as pd

from .. import schema
from ..errors import WorkbookError
from ..find.corrections import corrections_of
from ..read.codings import list_wrong_codings, read_codings
from ..read.corrections import DROP_QUOTE
from ..text import how_many
from .actors import count_actors, select_meant
from .agreement import TOGETHER, score_agreement
from .answers import MACHINE, find_task, match_answers, tasks_of
from .corrected import CODED_HERE, NO_CODINGS, Pool, asked_codings
from .tone.stance_counts import count_stance
from .voices import select_speech

# How many actors are told of.
MOST_TOLD = 3
INVITATION = (
    "Nothing is coded here, so that nobody knows how often the machine is right on this text. Code "
    "40 items, which takes half an hour: open 08-checking.ipynb (workbook lab), or in any notebook "
    'wb.code_rows(wb.sample_rows({table}, sentences), articles, coder="me").'
)
# A wider interval, as a share, says nothing that would help a reader.
WIDEST_TOLD = 0.6
# Quotations of which errors on public data are known.
MARKED_TYPES = ("direct", "mixed")
OF_TASK = {
    "tone": "mention",
    "actor": "mention",
    "speaker": "quotation",
    "content": "passage",
    "sentence": "sentence",
    "boilerplate": "passage",
}


def describe_codings(codings, table):
    """Describe what a coder's sample says of the machine, as a text of one line each.

    How often coders and machine agree, with the 95 % interval, task by task; of the tone, the
    corrected share of negative mentions of up to three actors. Where nothing is coded, how to
    begin.

    >>> articles = read_texts("Vladimir Putin lied. " * 9)
    >>> sentences = split_sentences(articles)
    >>> stance = score_stance(find_mentions(articles, split_tokens(articles)), sentences)
    >>> sample = sample_rows(stance, sentences, 9)
    >>> codings = sample.assign(coder="anna", answer=["neutral", *["negative"] * 8], note=None)
    >>> print(describe_codings(codings, stance))
    anna coded the tone of 9 mentions: the machine agreed in 8 (89 %, 57–98; fewer than 20 items).
    All 9 mentions of Vladimir Putin are coded: 89 % stand in a negative light (the machine: 100 %).
    """
    schema.check(codings, "codings")
    if codings["answer"].isna().all():
        name = "stance" if find_task(table) == "tone" else "table"
        return INVITATION.format(table=name)
    if not codings.loc[codings["answer"].notna(), "task"].isin(tasks_of(table)).any():
        coded = " and ".join(codings["task"].unique())
        return (
            f"What is coded ({coded}) is of another table: hand over stance (tone), mentions "
            "(actor) or quotes (speaker, content)."
        )
    scores = score_agreement(codings, table)
    lines = [describe_pair(row) for row in scores.itertuples() if row.n and row.one != TOGETHER]
    if find_task(table) == "tone":
        counts = count_stance(table, coded=codings)
        told = counts[counts["basis_of_interval"] == CODED_HERE].head(MOST_TOLD)
        lines += [describe_corrected(row) for row in told.itertuples()]
    return "\n".join(lines)


def describe_check(articles, *tables):
    """Describe what the codings beside the articles say of the machine, as a text of one line each.

    `tables` are those that samples were drawn from (stance, mentions, quotes); of each that was
    coded, what `describe_codings` says. Where nothing is coded, how to begin, and what errors on
    public data let expect. A file that cannot be used is named, with the reason and the mend.

    >>> articles = read_texts("It rained in Linz.")
    >>> mentions = find_mentions(articles, split_tokens(articles))
    >>> describe_check(articles, mentions).split(",")[0]
    'Nothing is coded here'
    """
    codings = read_codings(articles=articles, strict=False)
    lines = [f"**Not used.** {wrong}" for wrong in list_wrong_codings(articles)]
    told = []
    for table in tables:
        its = codings[codings["task"].isin(tasks_of(table)) & ~is_taken_out(codings, articles)]
        if its["answer"].notna().any():
            told.append(describe_table(its, table))
    if not told and tables:
        told = [describe_codings(codings[:0], tables[0])]
        for table in tables:
            told += describe_borrowed(table)
    # Who is meant is coded of mentions and of stance alike: what both tables tell is told once.
    told = dict.fromkeys(line for each in told for line in each.split("\n"))
    return "\n".join([*lines, *told])


def is_taken_out(codings, articles):
    """Which passages had speech that a reader has taken out, so that it is in no table.

    The machine, which finds it no more, would be right by that.
    """
    asked = corrections_of(articles, "speech")
    taken_out = pd.Series(False, index=codings.index)
    for row in asked[asked["action"] == DROP_QUOTE].dropna(subset=["start"]).itertuples():
        begins_in = (codings["start"] <= row.start) & (row.start < codings["end"])
        taken_out |= begins_in & (codings["doc_id"] == row.doc_id) & (codings["task"] == "content")
    return taken_out


def describe_table(codings, table):
    """What codings say of the machine, where it was not given the coder's own answers since."""
    try:
        return describe_codings(codings, table)
    except WorkbookError as error:
        return f"**Not measured.** {error}"


def describe_borrowed(table):
    """A line each on actors of whom errors on public data leave something to say."""
    task = find_task(table)
    if task not in BORROWED_OF:
        return []
    rows = BORROWED_OF[task](table)
    is_told = (rows["high"] - rows["low"] <= WIDEST_TOLD * rows["whole"]) & rows["low"].notna()
    return [
        f"Until then, from the machine’s errors on public data alone: {row.said}"
        for row in rows[is_told].head(MOST_TOLD).itertuples()
    ]


def borrow_tone(stance):
    """What is borrowed of each actor's share of negative mentions, with what there is to say."""
    counts = count_stance(stance, coded=NO_CODINGS)
    said = [
        f"{round(100 * row.low)} to {round(100 * row.high)} % of the {row.n} mentions of "
        f"{row.actor} stand in a negative light (the machine: "
        f"{round(100 * row.n_negative / row.n)} %)."
        for row in counts.fillna({"low": 0, "high": 0}).itertuples()
    ]
    return counts.assign(said=said, whole=1)


def borrow_mentions(mentions):
    """The same of how often each actor is meant."""
    counts = count_actors(mentions, coded=NO_CODINGS)
    whole = len(select_meant(mentions))
    said = [
        f"{floor(row.low)} to {ceil(row.high)} of the {how_many(whole, 'mention')} mean "
        f"{row.actor} (the machine: {row.n})."
        for row in counts.fillna({"low": 0, "high": 0}).itertuples()
    ]
    return counts.assign(said=said, whole=whole)


def borrow_quotations(quotes):
    """The same of how many quotations in marks are whose."""
    said_by = select_speech(quotes)
    said_by = said_by[said_by["quote_type"].isin(MARKED_TYPES)]
    pool = Pool(match_answers(said_by, asked_codings(NO_CODINGS), "speaker"))
    counts = said_by["speaker"].value_counts().rename("n").reset_index()
    ends = [pool.borrow(speaker, "speaker") for speaker in counts["speaker"]]
    counts[["low", "high"]] = pool.total * np.array(ends).reshape(-1, 2)
    said = [
        f"{floor(row.low)} to {ceil(row.high)} of the {how_many(pool.total, 'quotation')} in "
        f"marks are {row.speaker}’s (the machine: {row.n})."
        for row in counts.itertuples()
    ]
    return counts.assign(said=said, whole=pool.total)


BORROWED_OF = {"tone": borrow_tone, "actor": borrow_mentions, "speaker": borrow_quotations}


def describe_pair(row):
    """One line on two who answer the same items."""
    items = how_many(row.n, OF_TASK[row.task])
    low, high = round(100 * row.low), round(100 * row.high)
    few = "" if pd.isna(row.flag) else f"; {row.flag}"
    share = f"({100 * row.agreement:.0f} %, {low}–{high}{few})"
    if row.other == MACHINE:
        coded = f"{row.one} coded the {row.task} of {items}"
        return f"{coded}: the machine agreed in {row.agreed} {share}."
    coded = f"{row.one} and {row.other} coded the {row.task} of {items}"
    return f"{coded}, {row.agreed} of them alike {share}."


def describe_corrected(row):
    """One line on an actor's share of negative mentions."""
    low, high, share = (round(100 * each) for each in (row.low, row.high, row.corrected))
    machine = round(100 * row.n_negative / row.n)
    if row.n_coded == row.n:
        all_of, stand = f"All {row.n} mentions of {row.actor} are", "stand"
        if row.n == 1:
            all_of, stand = f"The one mention of {row.actor} is", "stands"
        in_it = f"{share} % {stand} in a negative light"
        return f"{all_of} coded: {in_it} (the machine: {machine} %)."
    return (
        f"As corrected, {share} % of the mentions of {row.actor} stand in a negative light "
        f"({low}–{high}; the machine: {machine} %)."
    )
