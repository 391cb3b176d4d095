"""What a coder's sample says of the machine and of its figures, in plain words."""

import pandas as pd

from .. import schema
from ..text import how_many
from .agreement import TOGETHER, score_agreement
from .answers import MACHINE, find_task
from .corrected import CODED_HERE
from .tone.stance_counts import count_stance

# How many actors are told of.
MOST_TOLD = 3
INVITATION = (
    "Nothing is coded here, so that nobody knows how often the machine is right on this text. Code "
    "40 items: `sample = wb.sample_rows({table}, sentences, 40)`, then "
    '`wb.write_codings(sample, "my-story.codings.csv", coder="me")`.'
)
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
    As corrected, 89 % of the mentions of Vladimir Putin stand in a negative light (89–89; the
    machine: 100 %).
    """
    schema.check(codings, "codings")
    if codings["answer"].isna().all():
        name = "stance" if find_task(table) == "tone" else "table"
        return INVITATION.format(table=name)
    scores = score_agreement(codings, table)
    lines = [describe_pair(row) for row in scores.itertuples() if row.n and row.one != TOGETHER]
    if find_task(table) == "tone":
        counts = count_stance(table, coded=codings)
        told = counts[counts["basis_of_interval"] == CODED_HERE].head(MOST_TOLD)
        lines += [describe_corrected(row) for row in told.itertuples()]
    return "\n".join(lines)


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
    return (
        f"As corrected, {share} % of the mentions of {row.actor} stand in a negative light "
        f"({low}–{high}; the machine: {machine} %)."
    )
