"""What coders and machine say of the same items: tasks, the machine's answers, codings matched."""

import pandas as pd

from .. import schema
from ..errors import SchemaError, WorkbookError
from ..find.corrections import CORRECTED
from ..find.speech.corrected_speech import (
    BETWEEN_STRETCHES,
    RECUT,
    RECUT_AND_SPOKEN,
    first_pieces,
)
from ..read.codings import CANNOT_TELL, NO_ONE, name_item
from ..schema import SENTENCE, SPEECH
from ..text import how_many, quote

# The machine's answers where it would rather not say, and those that a table has by being one.
MACHINE = "machine"
NO_CALL = "unsure"
GIVEN_SAID = {
    "tone": "the tone",
    "actor": "who is meant",
    "speaker": "who speaks",
    "content": "what is said",
}
# The column and the codes in it of rows in which a reader has given the answer.
GIVEN_AS = {
    "tone": ("scored", (CORRECTED,)),
    "actor": ("code", (CORRECTED,)),
    "speaker": ("code", (CORRECTED, RECUT_AND_SPOKEN)),
    "content": ("code", (RECUT, RECUT_AND_SPOKEN)),
}
GIVEN_ANSWERS = {"sentence": "whole", "boilerplate": "boilerplate"}
# Which tables have items for which tasks, by columns that tell them apart; the first task is meant
# where none is asked for.
TASKS_OF = (
    ("stance", ("tone", "actor"), {"tone", "label", "actor"}),
    ("quotes", ("speaker", "content"), {"quote_id", "speaker", "content"}),
    ("mentions", ("actor",), {"actor", "kind", "start"}),
    ("sentences", ("sentence", "content", "boilerplate"), {"sentence_id", "kind", "text", "start"}),
    ("boilerplate", ("boilerplate",), {"rule", "text", "start"}),
)


def find_task(table, task=None):
    """The task of coding that a table has items for; SchemaError where it has none for `task`."""
    for name, tasks, needed in TASKS_OF:
        if needed <= set(table):
            if task is None or task in tasks:
                return task or tasks[0]
            raise SchemaError(
                f"task={task!r}: the {name} table has items for {' and '.join(tasks)}."
            )
    raise SchemaError(
        "nothing to code in this table. Hand over the stance table (tone), mentions (actor), "
        "quotes (speaker, content), sentences or boilerplate."
    )


def machine_answers(table, task):
    """What the machine says of each row: a Series of answers as a coder would give them."""
    if task == "tone":
        return table["label"].fillna(NO_CALL)
    if task in ("actor", "speaker"):
        return table[task].fillna(NO_ONE)
    if task == "content":
        return table["content"]
    is_sentence = task == "boilerplate" and "sentence_id" in table
    return pd.Series("article" if is_sentence else GIVEN_ANSWERS[task], index=table.index)


def name_items(table, task):
    """The name of each row's item, a Series."""
    ends = table["end"]
    if "quote_id" in table:
        ends = table["start"] + first_pieces(table).str.len()
    names = [
        name_item(doc_id, start, end, task)
        for doc_id, start, end in zip(table["doc_id"], table["start"], ends, strict=True)
    ]
    return pd.Series(names, index=table.index, dtype="str")


def check_not_given(table, codings):
    """Refuse to measure the machine by answers that it was given as corrections."""
    for task in tasks_of(table):
        n = count_given(table, codings, task)
        if n:
            raise WorkbookError(
                f"{how_many(n, 'coded item')} of {GIVEN_SAID[task]} corrected by hand since: the "
                "machine cannot be measured by answers that it was given. Code others (another "
                "seed), or take the corrections away for this."
            )


def count_given(table, codings, task):
    """How many coded items of a task have an answer that a reader has given the machine since."""
    column, codes = GIVEN_AS.get(task, (None, ()))
    its = codings[(codings["task"] == task) & codings["answer"].notna()]
    if its.empty or column not in table:
        return 0
    by_hand = table[table[column].isin(codes)]
    if task == "content":
        places = pd.MultiIndex.from_frame(its[SENTENCE])
        return int(places.isin(pd.MultiIndex.from_frame(by_hand[SENTENCE])).sum())
    return int(name_items(by_hand, task).isin(its["item"]).sum()) if len(by_hand) else 0


def select_usable(codings, table, task=None):
    """Select the codings that can correct the figures of a table: one row an item and coder.

    Those of one task (as in `sample_rows`), of items that the table has; none where coded items
    were corrected by hand since: what is left would make the machine better than it is. Corrections
    of other rows take nothing away. Where none is left, `coded=` takes intervals from public data.

    >>> articles = read_texts("Vladimir Putin lied.")
    >>> mentions = find_mentions(articles, split_tokens(articles))
    >>> len(select_usable(read_codings("worked example"), mentions))
    0
    """
    task = find_task(table, task)
    its = schema.check(codings, "codings")[codings["task"] == task]
    if task == "content":
        its = its[its["doc_id"].isin(table["doc_id"])]
    else:
        its = its[its["item"].isin(name_items(table, task))]
    return its[:0] if count_given(table, codings, task) else its.reset_index(drop=True)


def settle_answers(codings):
    """One answer an item: of several coders the one that most give; missing where they are split.

    One row an item, by its name; an item that nobody answers, or of which most cannot tell, has no
    `answer`. `weight` is how many items of the table one with an answer stands for.
    """
    schema.check(codings, "codings")
    settled = codings.drop_duplicates("item").set_index("item")
    answered = codings.dropna(subset=["answer"])
    votes = answered.groupby(["item", "answer"]).size().rename("n").reset_index()
    most = votes[votes["n"] == votes.groupby("item")["n"].transform("max")]
    single = most[~most["item"].duplicated(keep=False)].set_index("item")["answer"]
    answers = single.reindex(settled.index)
    answers = answers.where(answers != CANNOT_TELL)
    settled = settled.assign(answer=answers)
    settled["weight"] = weigh_answered(settled)
    return settled


def weigh_answered(settled):
    """How many items of the table each with an answer stands for.

    Those of a stratum that are drawn and have no answer are stood for by those that have one.
    """
    keys = [settled["task"], settled["stratum"]]
    all_there = settled["weight"].groupby(keys).transform("sum")
    answered = settled["answer"].notna().groupby(keys).transform("sum")
    return (all_there / answered).where(settled["answer"].notna())


def match_answers(table, codings, task):
    """The rows of a table with what coders and machine say of them: `coded`, `machine`, `weight`.

    `coded` is missing where there is no answer. Of two rows with one place the first counts.
    """
    check_not_given(table, codings[codings["task"] == task])
    settled = settle_answers(codings[codings["task"] == task])
    matched = table.assign(item=name_items(table, task), machine=machine_answers(table, task))
    matched = matched.drop_duplicates("item")
    coded = settled[["answer", "weight"]].reindex(matched["item"])
    weight = coded["weight"].to_numpy(dtype=float)
    return matched.assign(coded=coded["answer"].to_numpy(), weight=weight)


def add_machine(codings, table):
    """Codings with the answer of the machine beside each (`machine`), for tasks of the table.

    What is said within a sentence is that of the quotations that begin in it.
    """
    check_items(table, codings)
    check_not_given(table, codings)
    codings = codings.reset_index(drop=True)
    parts = []
    for task in [each for each in tasks_of(table) if each in set(codings["task"])]:
        its = codings[codings["task"] == task]
        if task == "content":
            machine = [find_said_in(row, table) for row in its.itertuples()]
        else:
            answers = pd.Series(machine_answers(table, task).tolist(), name_items(table, task))
            machine = answers[~answers.index.duplicated()].reindex(its["item"]).tolist()
        parts.append(its.assign(machine=machine))
    return pd.concat(parts).sort_index() if parts else codings.iloc[:0].assign(machine="")


def tasks_of(table):
    """The tasks whose answers a table has."""
    task = find_task(table)
    for _, tasks, needed in TASKS_OF:
        if needed <= set(table):
            return [each for each in tasks if each != "content" or "quote_id" in table]
    return [task]


def find_said_in(row, quotes):
    """The words of a sentence that the first speech beginning in it holds, or "nobody"."""
    in_it = (quotes["doc_id"] == row.doc_id) & (quotes["sentence_id"] == row.sentence_id)
    in_it &= quotes["quote_type"].isin(SPEECH)
    for content in quotes.loc[in_it, "content"]:
        parts = [part_within(piece, row.text) for piece in content.split(BETWEEN_STRETCHES)]
        said = BETWEEN_STRETCHES.join(filter(None, parts))
        if said:
            return said
    return NO_ONE


def part_within(piece, sentence):
    """What of a piece of speech stands in a sentence that it begins in, goes on in, or fills."""
    if piece in sentence:
        return piece
    longest = min(len(piece), len(sentence))
    for length in range(longest, 0, -1):
        if sentence.endswith(piece[:length]):
            return piece[:length]
    return ""


def check_items(table, codings):
    """Refuse codings that are all of other items than the rows of a table.

    Some may be gone since the sample was drawn (a mention that a correction drops): they count for
    nothing.
    """
    schema.check(codings, "codings")
    asked = codings[codings["task"].isin(tasks_of(table))]
    known = set(table["doc_id"])
    for task in asked["task"].unique():
        if task != "content":
            known |= set(name_items(table, task))
    there = asked["item"].isin(known)
    there |= (asked["task"] == "content") & asked["doc_id"].isin(known)
    if len(asked) and not there.any():
        other = ~asked["doc_id"].isin(known)
        why = "of other articles than this table" if other.all() else "of no row in this table"
        raise WorkbookError(
            f"the codings are {why} (the first: {quote(asked['text'].iloc[0])}, "
            f"{asked['item'].iloc[0]}). Hand over the table that the sample was drawn from, or "
            "draw a new sample."
        )
