"""Which items a coder reads: a random sample, drawn from content alone and blind."""

import hashlib
from bisect import bisect_left, bisect_right
from numbers import Integral

import numpy as np
import pandas as pd

from .. import schema
from ..errors import SchemaError
from ..find.speech.corrected_speech import first_pieces
from ..read.codings import NO_ONE, OFFERED, listed_answers, read_coding_rules, takes_names
from ..schema import SENTENCE
from .actors import select_meant
from .answers import find_task, machine_answers, name_items
from .outlets import tell_columns
from .tone.stance_counts import select_toned
from .voices import select_speech

# A stratum with a smaller share of all items is put together with the other small ones: it would
# have fewer than two items among forty.
SMALL_STRATUM = 0.05
SMALL_STRATA, ALL = "small strata", "all"
# Up to which probability of its label a tone is one of which the machine is unsure, or fairly sure.
SURENESS = {"unsure": 0.6, "fairly sure": 0.8, "sure": np.inf}
ALLOCATIONS = ("proportional", "equal")
CODE_LENGTH = 4


def sample_rows(
    table, sentences, n=40, *, seed=1, by=None, task=None, allocation="proportional", articles=None
):
    """Draw a random sample for a coder to read: one row an item, in the order to code them in.

    `table` is a stance table (task "tone", or "actor": who is meant), mentions ("actor"), quotes
    ("speaker", or "content": the sentences where they begin), sentences ("sentence", "content",
    "boilerplate") or boilerplate. Drawn are rows that are counted: of a stance table those of
    `select_toned`, of mentions also those that the text leaves open.

    With `by` the sample is stratified: a column of the table, "confidence" (how sure the tone is),
    or one of `articles` (outlet, month …); `allocation` gives each stratum its share
    ("proportional") or all the same number ("equal"). Strata with less than 5 % of the items are
    put together.

    The same text and `seed` draw the same items, however the rows stand; a larger `n` adds to a
    smaller one's; who stops early has coded a random part. What the machine says is not shown:
    neither the answer nor, in `stratum`, its stratum by name. `weight` is how many items one stands
    for. An item that the machine missed is in no table and cannot be drawn.

    >>> articles = read_texts("Joe Biden praised Mike Pompeo. Vladimir Putin lied and stole.")
    >>> sentences = split_sentences(articles)
    >>> stance = score_stance(find_mentions(articles, split_tokens(articles)), sentences)
    >>> sample = sample_rows(stance, sentences, 2, seed=3)
    >>> sample[["text", "right", "weight"]].values.tolist()
    [['Vladimir Putin', ' lied and stole.', 1.5], ['Mike Pompeo', '.', 1.5]]
    """
    task = find_task(table, task)
    schema.check(sentences, "sentences")
    if allocation not in ALLOCATIONS:
        raise ValueError(f"allocation={allocation!r}: choose from {', '.join(ALLOCATIONS)}.")
    if isinstance(n, bool) or not isinstance(n, Integral) or n < 1:
        raise ValueError(f"n={n!r}: a whole number of items, one at least.")
    items = select_items(table, task)
    if task == "speaker":
        items = items.assign(text=first_pieces(items))
        items["end"] = items["start"] + items["text"].str.len()
    if task == "content":
        items = sentences.merge(items[SENTENCE].drop_duplicates(), on=SENTENCE)
    items = items.assign(item=name_items(items, task), task=task).drop_duplicates("item")
    strata = find_strata(items, by, articles)
    drawn = draw_items(items.assign(group=strata), n, seed, allocation)
    drawn["stratum"] = [hide_stratum(group, by, seed) for group in drawn["group"]]
    drawn = add_passages(drawn, sentences, task)
    drawn["question"] = read_coding_rules(task)["question"].iloc[0]
    drawn["answers"] = offer_answers(drawn, items, task)
    return schema.table(drawn[schema.columns("samples")].reset_index(drop=True), "samples")


def select_items(table, task):
    """The rows of a table that can be drawn for a task: those that numbers are made of."""
    if task == "tone":
        return select_toned(table)
    if task == "actor":
        return select_meant(table)
    if "quote_id" in table:
        return select_speech(table)
    if task in ("sentence", "content"):
        return table[table["kind"] == "sentence"]
    return table


def find_strata(items, by, articles):
    """The stratum of each item: what it has in the column `by`; small ones are one."""
    if by is not None and not isinstance(by, str):
        raise SchemaError(f"by={by!r}: the name of one column to stratify by.")
    if by is None or items.empty:
        return pd.Series(ALL, index=items.index)
    groups = stratify(items, by, articles).astype("str").fillna(NO_ONE)
    shares = groups.map(groups.value_counts(normalize=True))
    return groups.where(shares >= SMALL_STRATUM, SMALL_STRATA)


def stratify(items, by, articles):
    """The values that items are stratified by; SchemaError where no table has such a column."""
    if by == "confidence" and {"negative", "neutral", "positive"} <= set(items):
        surest = items[["negative", "neutral", "positive"]].max(axis=1)
        edges = [-np.inf, *SURENESS.values()]
        return pd.cut(surest, edges, labels=list(SURENESS), right=False)
    if by in items:
        return items[by]
    told = tell_columns(articles) if articles is not None else pd.DataFrame()
    if by in told:
        return items["doc_id"].map(told.drop_duplicates("doc_id").set_index("doc_id")[by])
    raise SchemaError(
        f"no column `{by}` to stratify by. Choose from: {', '.join(map(str, items))}; "
        "confidence (of a stance table); outlet, month and the like with articles=articles."
    )


def draw_items(items, n, seed, allocation):
    """The first `n` items, by turns from each stratum, with the `weight` of each.

    Within a stratum a checksum of item and seed shuffles. Across strata the places are given as
    Webster's method gives seats, which never takes a place away when there are more of them.
    """
    shuffled = items.assign(draw=[shuffle_key(item, seed) for item in items["item"]])
    shuffled = shuffled.sort_values("draw", kind="stable")
    strata = shuffled.groupby("group")
    size = strata["item"].transform("size")
    turn = strata.cumcount() + 0.5
    shuffled["turn"] = turn / size if allocation == "proportional" else turn
    drawn = shuffled.sort_values(["turn", "draw"], kind="stable").head(n)
    in_sample = drawn.groupby("group")["item"].transform("size")
    return drawn.assign(weight=size.reindex(drawn.index) / in_sample)


def shuffle_key(item, seed):
    """A number as good as drawn by lot, always the same for an item and a seed."""
    return hashlib.sha256(f"{seed}|{item}".encode("utf-8", "replace")).hexdigest()


def hide_stratum(group, by, seed):
    """A code for a stratum, which tells a coder nothing of what the machine says."""
    return shuffle_key(f"{by}|{group}", seed)[:CODE_LENGTH]


def add_passages(drawn, sentences, task):
    """The items with the words of their sentence before them (`left`) and behind (`right`).

    Around a sentence, or a passage of the page, stand the sentences before and behind it.
    """
    around = task in ("sentence", "content", "boilerplate")
    texts = {doc_id: its.to_dict("records") for doc_id, its in sentences.groupby("doc_id")}
    rows = [find_passage(row, texts.get(row.doc_id, []), around) for row in drawn.itertuples()]
    passages = pd.DataFrame(rows, columns=PASSAGE_COLUMNS, index=drawn.index)
    return drawn.drop(columns=PASSAGE_COLUMNS, errors="ignore").join(passages)


PASSAGE_COLUMNS = ["left", "right", "sentence_id", "paragraph_id"]


def find_passage(row, sentences, around):
    """What stands before and behind an item, and the sentence and paragraph that it begins in."""
    first = max(bisect_right(sentences, row.start, key=lambda each: each["start"]) - 1, 0)
    last = max(bisect_left(sentences, row.end, key=lambda each: each["start"]) - 1, first)
    if not sentences:
        return "", "", 1, 1
    begins, ends = sentences[first], sentences[last]
    place = begins["sentence_id"], begins["paragraph_id"]
    if around:
        inside = begins["start"] <= row.start < begins["end"]
        before = sentences[first - 1]["text"] if first and inside else begins["text"]
        before = "" if not first and inside else before
        behind = sentences[last + 1]["text"] if last + 1 < len(sentences) else ""
        return before, behind, *place
    left = begins["text"][: max(row.start - begins["start"], 0)]
    right = ends["text"][max(row.end - ends["start"], 0) :]
    return left, right, *place


def offer_answers(drawn, items, task):
    """The answers that a coder can choose from, item by item: of names, those in its article."""
    listed = listed_answers(task)
    if not takes_names(task) or task == "content":
        return OFFERED.join(listed)
    names = machine_answers(items, task).groupby(items["doc_id"]).agg(set)
    return [
        OFFERED.join([*sorted(names[doc_id] - {NO_ONE}), *listed]) for doc_id in drawn["doc_id"]
    ]
