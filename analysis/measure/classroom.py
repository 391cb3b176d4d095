"""What a class answers to the same items: how far it agrees, and what there is to talk about."""

import numpy as np
import pandas as pd

from .. import schema
from ..read.codings import CANNOT_TELL, listed_answers
from ..schema import PLACE
from ..text import how_many
from .agreement import DRAWS, FEW_CODED, FEWEST_ITEMS, FIRST_DRAW, MIDDLE, ONE_ANSWER
from .answers import MACHINE, NO_CALL, add_machine, tasks_of

# Answers of this task are words of the text, of which each coder marks others.
OF_SPANS = "content"
NOT_OF_SPANS = "answers are words of the text: read them side by side"
NO_SECOND = "no item has two answers"


def count_answers(codings, *tables):
    """Count what a class answers to each item: one row an item and answer, the most disputed first.

    `disputed` is the share of pairs of coders who answer differently: 0 where all agree; missing
    where fewer than two could tell. With the tables that the sample was drawn from (stance,
    mentions, quotes …), `machine` is the machine's answer.

    >>> count_answers(read_codings([])).columns.tolist()[8:13]
    ['task', 'answer', 'n', 'coders', 'cannot_tell']
    """
    schema.check(codings, "codings")
    said = find_machine_answers(codings, tables)
    told = codings.dropna(subset=["answer"])
    rows = []
    for item, its in told.groupby("item", sort=False):
        counts = its["answer"].value_counts(sort=False)
        known = counts.drop(CANNOT_TELL, errors="ignore").to_numpy()
        place = its.iloc[0][[*PLACE, "text", "task"]].to_dict()
        notes = "; ".join(dict.fromkeys(its["note"].dropna()))
        about = place | {
            "item": item,
            "coders": len(its),
            "cannot_tell": int(counts.get(CANNOT_TELL, 0)),
            "disputed": find_dispute(known),
            "machine": said.get(item),
            "note": notes or None,
        }
        listed = listed_answers(place["task"])
        order = sorted(counts.items(), key=lambda each: rank_answer(*each, listed))
        rows += [about | {"answer": answer, "n": int(n)} for answer, n in order]
    counts = schema.table(rows, "class_answers")
    doubt = counts["cannot_tell"] / counts["coders"]
    keys = counts.assign(left=-counts["disputed"].fillna(-1), doubt=-doubt)
    order = keys.sort_values(["left", "doubt", "doc_id", "start", "task"], kind="stable").index
    return counts.loc[order].reset_index(drop=True)


def rank_answer(answer, n, listed):
    """Where an answer stands: those of a scale in its order, names by how often they are given."""
    if answer == CANNOT_TELL:
        return 2, 0, ""
    if answer in listed:
        return 1, listed.index(answer), ""
    return 0, -n, answer


def find_dispute(counts):
    """The share of pairs of answers that differ; NaN where there is no pair."""
    n = counts.sum()
    return 1 - (counts * (counts - 1)).sum() / (n * (n - 1)) if n > 1 else float("nan")


def find_machine_answers(codings, tables):
    """{item: what the machine answers} of those items that one of the tables has."""
    said = {}
    once = codings.drop_duplicates("item")
    for table in tables:
        its = once[once["task"].isin(tasks_of(table)) & once["doc_id"].isin(table["doc_id"])]
        if len(its):
            beside = add_machine(its, table).dropna(subset=["machine"])
            new = dict(zip(beside["item"], beside["machine"], strict=True))
            said = new | said
    return said


def score_class(codings, *tables):
    """Score how far a class agrees: one row a task.

    `agreement` is how often two coders who answer the same item, drawn by lot, answer alike, and
    `alpha` Krippendorff's (2004, for names of categories): the same beyond chance; each with an
    interval from 2,000 draws of items. `n` items have two answers or more; “cannot tell” is none.
    `with_machine` is the share of the coders' answers to an item that the machine gives, too, over
    all items: the machine's `agreement` in `score_coders`. Of spans (task
    "content") there are no figures.

    >>> score_class(read_codings([])).columns.tolist()[:5]
    ['task', 'coders', 'n', 'agreement', 'low']
    """
    schema.check(codings, "codings")
    said = find_machine_answers(codings, tables)
    rows = []
    for task, its, told in part_tasks(codings):
        row = {"task": task, "coders": its["coder"].nunique()}
        row["cannot_tell"] = float((its["answer"] == CANNOT_TELL).mean())
        close = score_machine(said, find_votes(told), task)
        if "agreement" in close:
            row["with_machine"] = close["agreement"]
        rows.append(row | score_together(told, task))
    return schema.table(rows, "class_agreement")


def part_tasks(codings):
    """(task, its answers, those of them that tell) of each task."""
    for task, its in codings.dropna(subset=["answer"]).groupby("task", sort=False):
        yield task, its, its[its["answer"] != CANNOT_TELL]


def score_together(told, task):
    """The figures of one task's answers."""
    votes = count_votes(told)
    n = len(votes)
    row = {"n": n, "unanimous": int(((votes > 0).sum(axis=1) == 1).sum())}
    if task == OF_SPANS:
        return {"n": n, "unanimous": 0, "flag": NOT_OF_SPANS}
    if not n:
        return row | {"flag": NO_SECOND}
    agreement, alpha = score_votes(votes, np.ones((1, n)))
    row |= {"agreement": agreement[0], "alpha": alpha[0]}
    draws = np.random.default_rng(FIRST_DRAW).integers(n, size=(DRAWS, n))
    weights = np.array([np.bincount(each, minlength=n) for each in draws], dtype=float)
    drawn, drawn_alpha = score_votes(votes, weights)
    row["low"], row["high"] = np.percentile(drawn, MIDDLE)
    drawn_alpha = drawn_alpha[~np.isnan(drawn_alpha)]
    if len(drawn_alpha) and not np.isnan(alpha[0]):
        row["alpha_low"], row["alpha_high"] = np.percentile(drawn_alpha, MIDDLE)
    flag = FEW_CODED if n < FEWEST_ITEMS else None
    return row | {"flag": flag or (ONE_ANSWER if np.isnan(alpha[0]) else None)}


def count_votes(told):
    """How often each item (a row) got each answer (a column), of items with two answers or more."""
    if told.empty:
        return np.zeros((0, 0))
    votes = pd.crosstab(told["item"], told["answer"]).to_numpy(dtype=float)
    return votes[votes.sum(axis=1) > 1]


def score_votes(votes, weights):
    """(agreement, alpha) for each row of weights of items.

    An item's pairs count by how many answers it has (Krippendorff 2004, ch. 11): so one with two
    answers does not weigh as much as one with twenty.
    """
    given = votes.sum(axis=1)
    unlike = (given**2 - (votes**2).sum(axis=1)) / (given - 1)
    n, apart, each = weights @ given, weights @ unlike, weights @ votes
    chance = n**2 - (each**2).sum(axis=1)
    alpha = np.full(len(weights), np.nan)
    np.divide((n - 1) * apart, chance, out=alpha, where=chance > 0)
    return 1 - apart / n, 1 - alpha


def score_coders(codings, *tables):
    """Score how close each coder is to the others: one row a task and coder, by name.

    `agreement` is the share of the others' answers, item by item, that are the coder's own; of the
    machine, which is one among them where the tables are given, the share of the coders'. Who is
    far from the others may have read more closely than they.

    >>> score_coders(read_codings([])).columns.tolist()
    ['task', 'coder', 'n', 'agreement', 'cannot_tell']
    """
    schema.check(codings, "codings")
    said = find_machine_answers(codings, tables)
    rows = []
    for task, its, told in part_tasks(codings):
        votes = find_votes(told)
        for coder, own in its.groupby("coder"):
            unsure = int((own["answer"] == CANNOT_TELL).sum())
            answers = dict(zip(own["item"], own["answer"], strict=True))
            close = score_one(answers, votes, task, own=1)
            rows.append({"task": task, "coder": coder, "cannot_tell": unsure} | close)
        close = score_machine(said, votes, task)
        if close:
            rows.append({"task": task, "coder": MACHINE, "cannot_tell": 0} | close)
    return schema.table(rows, "class_coders")


def find_votes(told):
    """{item: how often each answer is given to it}."""
    return {item: its["answer"].value_counts() for item, its in told.groupby("item")}


def score_machine(said, votes, task):
    """How close the machine is to the coders, on the items that it calls; nothing without one."""
    called = {item: said[item] for item in votes if said.get(item, NO_CALL) != NO_CALL}
    return score_one(called, votes, task, own=0) if called else {}


def score_one(answers, votes, task, *, own):
    """How close one's answers are to the others'; `own`: one's own vote is among theirs."""
    shares = []
    for item, answer in answers.items():
        counts = votes.get(item)
        others = 0 if counts is None else int(counts.sum()) - own
        if answer != CANNOT_TELL and others > 0:
            shares.append((counts.get(answer, 0) - own) / others)
    row = {"n": len(shares)}
    if shares and task != OF_SPANS:
        row["agreement"] = float(np.mean(shares))
    return row


def describe_class(codings, *tables):
    """Describe how far a class agrees, as a text of a few lines each task.

    >>> describe_class(read_codings([]))
    'Nothing is answered yet.'
    """
    scores = score_class(codings, *tables)
    if scores.empty:
        return "Nothing is answered yet."
    return "\n".join(describe_task(row) for row in scores.itertuples())


def describe_task(row):
    """One task's agreement in plain words."""
    coders = how_many(row.coders, "coder")
    said = f"**{row.task}**: {coders} answered; {how_many(row.n, 'passage')} have two answers or "
    said += f"more, and on {row.unanimous or 'none'} of them all agree. "
    if pd.notna(row.agreement):
        low, high = 100 * row.low, 100 * row.high
        said += f"Two coders drawn by lot answer alike in {100 * row.agreement:.0f} of 100 cases "
        said += f"({low:.0f}–{high:.0f}). "
    if pd.notna(row.alpha):
        ends = "" if pd.isna(row.alpha_low) else f" ({row.alpha_low:.2f} to {row.alpha_high:.2f})"
        said += (
            "How much of that is more than luck (alpha: 0 is what drawing lots would give, 1 is "
            f"always alike): {row.alpha:.2f}{ends}, {judge_alpha(row.alpha)} "
        ).replace("-", "\u2212")
    if pd.notna(row.with_machine):
        said += (
            f"The machine answers as a coder does in {100 * row.with_machine:.0f} of 100 cases. "
        )
    if row.cannot_tell:
        said += f"“Cannot tell” are {100 * row.cannot_tell:.0f} of 100 answers. "
    return said.strip() + ("" if pd.isna(row.flag) else f" Take care: {row.flag}.")


def judge_alpha(alpha):
    """What an alpha is good for, by Krippendorff's own marks (2004, p. 241)."""
    if alpha >= 0.8:
        return "good enough to rest a finding on."
    if alpha >= 0.667:
        return "good enough for a careful first finding."
    return "too little to rest a finding on; the rule, or the passages, leave room."
