"""How far those who code the same items agree: coders with each other, and with the machine."""

from itertools import combinations

import numpy as np
import pandas as pd
from nltk.metrics.agreement import AnnotationTask

from .. import schema
from ..read.codings import CANNOT_TELL, NO_ONE
from ..schema import PLACE
from .answers import MACHINE, NO_CALL, add_machine
from .inference import share_interval

# Below so many items figures of agreement say little.
FEWEST_ITEMS = 20
FEW_CODED = f"fewer than {FEWEST_ITEMS} items"
ONE_ANSWER = "one answer only: agreement beyond chance cannot be told"
TOGETHER = "all coders"
# Spans that share so much of their letters are the same.
SAME_SPAN = 0.8
# Draws of items with replacement for an interval, and the number that they begin with.
DRAWS, FIRST_DRAW = 2000, 20
MIDDLE = (2.5, 97.5)


def score_agreement(codings, table=None):
    """Score how far coders agree: one row a task and two who answer, or all coders together.

    `codings` comes from `read_codings`; with the table that the sample was drawn from, the machine
    is one of those who answer. Given are the share of items with the same answer (Wilson's
    interval), Cohen's kappa (Cohen 1960) and Krippendorff's alpha for names of categories
    (Krippendorff 2004; that of all coders by NLTK), each with an interval from 2,000 draws of
    items. "cannot tell" is no answer here, nor is a tone of which the machine is too unsure; `flag`
    says where there are fewer than 20 items. Items count alike, also of a stratified sample.

    Of spans (task "content") two are the same that share four fifths of their letters, and `f1` is
    that of the spans; alpha for unitizing (Krippendorff 1995) would need a coder to mark a whole
    text, where here one passage is asked about.

    >>> codings = read_codings([])
    >>> score_agreement(codings).columns.tolist()[:6]
    ['task', 'one', 'other', 'n', 'agreed', 'agreement']
    """
    rows = []
    for task, answers in list_answers(codings, table).items():
        coders = sorted(set(answers) - {MACHINE})
        others = [MACHINE] if MACHINE in answers else []
        for one, other in combinations([*coders, *others], 2):
            rows.append(compare_two(task, one, other, answers[[one, other]].dropna()))
        if len(coders) > 2:
            rows.append(compare_all(answers[coders], task))
    return schema.table(rows, "agreement")


def list_answers(codings, table=None):
    """{task: the answers, a row an item, a column each coder and `machine`}; NaN for none."""
    schema.check(codings, "codings")
    told = codings[codings["answer"].notna() & (codings["answer"] != CANNOT_TELL)]
    answers = {}
    for task, its in told.groupby("task", sort=False):
        answers[task] = its.pivot(index="item", columns="coder", values="answer")
    if table is not None:
        beside = add_machine(told.drop_duplicates("item"), table)
        for task, its in beside.groupby("task", sort=False):
            said = its.set_index("item")["machine"]
            answers[task][MACHINE] = said.where(said != NO_CALL)
    return answers


def compare_two(task, one, other, answers):
    """One row of the agreement table: two who answer the same items."""
    columns = answers.iloc[:, 0].tolist(), answers.iloc[:, 1].tolist()
    n, is_span = len(answers), task == "content"
    same = [are_same(*pair, is_span) for pair in zip(*columns, strict=True)]
    row = {
        "task": task,
        "one": one,
        "other": other,
        "n": n,
        "agreed": sum(same),
        "flag": flag_few(n),
    }
    if not n:
        return row
    row["agreement"] = sum(same) / n
    row["low"], row["high"] = map(float, share_interval(row["agreement"], n))
    if is_span:
        return row | {"f1": score_spans(*columns, same)}
    codes, labels = pd.factorize(np.concatenate(columns))
    row |= score_beyond_chance(codes[:n], codes[n:], len(labels))
    if len(labels) == 1:
        row["flag"] = row["flag"] or ONE_ANSWER
    return row


def flag_few(n):
    """Why figures of so many items say little, or None."""
    return FEW_CODED if n < FEWEST_ITEMS else None


def are_same(one, other, is_span):
    """Whether two answers are the same: of spans, whether they share four fifths of the letters."""
    if not is_span or NO_ONE in (one, other):
        return one == other
    return share_letters(one, other) >= SAME_SPAN


def share_letters(one, other):
    """Letters that two runs of words have in common, by those that either has.

    The shorter one is laid where it stands in the longer.
    """
    one, other = ["".join(filter(str.isalnum, words)).casefold() for words in (one, other)]
    short, long = sorted((one, other), key=len)
    return len(short) / max(len(long), 1) if short in long else shared_edge(short, long)


def shared_edge(one, other):
    """The same of words of which one goes on behind the other's end."""
    for length in range(len(one), 0, -1):
        if other.endswith(one[:length]) or other.startswith(one[-length:]):
            return length / (len(one) + len(other) - length)
    return 0.0


def score_spans(one, other, same):
    """F1 of the spans of two: NaN where neither has any."""
    spans = sum(answer != NO_ONE for answer in [*one, *other])
    hits = sum(fits and answer != NO_ONE for fits, answer in zip(same, one, strict=True))
    return 2 * hits / spans if spans else float("nan")


def score_beyond_chance(one, other, n_labels):
    """Kappa and alpha of two lists of codes, with their intervals."""
    n = len(one)
    pairs = one * n_labels + other
    draws = np.random.default_rng(FIRST_DRAW).integers(n, size=(DRAWS, n))
    drawn = [np.bincount(pairs[each], minlength=n_labels**2) for each in draws]
    counts = np.array([np.bincount(pairs, minlength=n_labels**2), *drawn])
    scores = {}
    tables = counts.reshape(-1, n_labels, n_labels)
    for name, values in (("kappa", find_kappa(tables)), ("alpha", find_alpha(tables))):
        scores[name] = values[0]
        told = values[1:][~np.isnan(values[1:])]
        ends = (
            np.percentile(told, MIDDLE) if len(told) and not np.isnan(values[0]) else [np.nan] * 2
        )
        scores[f"{name}_low"], scores[f"{name}_high"] = ends
    return scores


def find_kappa(tables):
    """Cohen's kappa of each table of answers by answers; NaN where only one answer is given."""
    n = tables.sum(axis=(1, 2))
    agreed = np.trace(tables, axis1=1, axis2=2) / n
    chance = (tables.sum(axis=1) * tables.sum(axis=2)).sum(axis=1) / n**2
    return beyond(agreed, chance)


def find_alpha(tables):
    """Krippendorff's alpha for names, of two who answer all items: NaN as for kappa."""
    n = tables.sum(axis=(1, 2))
    agreed = np.trace(tables, axis1=1, axis2=2) / n
    given = tables.sum(axis=1) + tables.sum(axis=2)
    chance = (given * (given - 1)).sum(axis=1) / (2 * n * (2 * n - 1))
    return beyond(agreed, chance)


def beyond(agreed, chance):
    """What is agreed beyond chance, by what could be."""
    room = 1 - chance
    scores = np.full(len(room), np.nan)
    np.divide(agreed - chance, room, out=scores, where=room > 1e-12)
    return scores


def compare_all(answers, task):
    """One row of the agreement table: all coders, who need not have answered every item.

    Left out are items that only one of them answers.
    """
    answers = answers[answers.notna().sum(axis=1) > 1]
    n = len(answers)
    row = {"task": task, "one": TOGETHER, "n": n, "flag": flag_few(n)}
    if not n or task == "content":
        return row | {"agreed": 0}
    row["agreed"] = int((answers.nunique(axis=1) == 1).sum())
    row["agreement"] = row["agreed"] / n
    row["low"], row["high"] = map(float, share_interval(row["agreement"], n))
    cells = answers.stack().dropna()
    data = [(coder, item, answer) for (item, coder), answer in cells.items()]
    if len(set(cells)) == 1:
        return row | {"flag": row["flag"] or ONE_ANSWER}
    return row | {"alpha": AnnotationTask(data=data).alpha()}


def select_disagreements(codings, table=None):
    """Select what to talk about: one row an item and two who answer it differently.

    In the order of the text; with the table that the sample was drawn from, the machine is one of
    those who answer. "cannot tell" differs from every other answer.

    >>> select_disagreements(read_codings([])).columns.tolist()[-4:]
    ['other', 'other_answer', 'note', 'item']
    """
    schema.check(codings, "codings")
    told = codings.dropna(subset=["answer"])
    beside = told.assign(machine=None) if table is None else add_machine(told, table)
    rows = []
    for item, its in beside.groupby("item", sort=False):
        said = dict(sorted(zip(its["coder"], its["answer"], strict=True)))
        machine = its["machine"].iloc[0]
        if isinstance(machine, str):
            said[MACHINE] = machine
        place = its.iloc[0][[*PLACE, "text", "task"]].to_dict()
        notes = "; ".join(its["note"].dropna())
        is_span = place["task"] == "content"
        for one, other in combinations(said, 2):
            if not are_same(said[one], said[other], is_span):
                pair = {"one": one, "answer": said[one], "other": other}
                pair |= {"other_answer": said[other], "item": item, "note": notes or None}
                rows.append(place | pair)
    found = schema.table(rows, "disagreements")
    order = ["doc_id", "start", "end", "task", "one", "other"]
    return found.sort_values(order, ignore_index=True, kind="stable")
