"""Why a score is what it is: words left out, sentences edited, names exchanged."""

import re

import pandas as pd

from . import schema
from .errors import SchemaError
from .lexicons import read_lexicon
from .stance import LABELS, METHODS, place_mentions

WORD = re.compile(r"\w(?:[\w’'-]*\w)?")
# Characters on each side of the mention: about what the model reads of a very long sentence.
REACH = 600


def find_stance_words(stance, sentences, method="model"):
    """Find the words that carry each score: one row a scored mention and word of its sentence, with what the word adds.

    `weight` is the tone of the sentence towards the mention minus the tone without the word: below 0, the word makes it more
    negative (leave-one-out; Li, Monroe & Jurafsky 2016: Understanding neural networks through representation erasure).
    `mention_start` and `mention_end` say which mention, `actor` who; the mention itself stays in. There are as many scores to
    make as the sentences have words: give it the rows you ask about.

    >>> articles = read_texts("Joe Biden praised Mike Pompeo.")
    >>> sentences = split_sentences(articles)
    >>> stance = score_stance(find_mentions(articles, split_tokens(articles)), sentences)
    >>> words = find_stance_words(stance[stance["actor"] == "Mike Pompeo"], sentences)
    >>> words.loc[words["weight"].idxmax(), "text"]
    'praised'
    """
    placed = place_mentions(schema.check(stance, "stance"), sentences)
    placed = placed[placed["tone"].notna()]
    rows, texts, targets = [], [], []
    for row in placed.itertuples():
        for start, end in (match.span() for match in WORD.finditer(row.sentence, max(0, row.left - REACH), row.right + REACH)):
            if start < row.right and end > row.left:
                continue
            gap = row.sentence[:start].endswith(" ") and row.sentence[end:].startswith(" ")
            texts.append(row.sentence[:start] + row.sentence[end + gap :])
            shift = end + gap - start if start < row.left else 0
            targets.append((row.left - shift, row.right - shift))
            first = row.start - row.left
            rows.append(
                (row.doc_id, row.sentence_id, row.paragraph_id, first + start, first + end, row.sentence[start:end], row.actor, row.start, row.end)
            )
    left = tones(METHODS[method](texts, targets))
    whole = dict(zip(zip(placed["doc_id"], placed["start"], placed["end"], strict=True), tones(scores_of(placed, method)), strict=True))
    weights = [whole[row[0], row[7], row[8]] - tone for row, tone in zip(rows, left, strict=True)]
    table = pd.DataFrame(rows, columns=schema.columns("stance_words")[:-1]).assign(weight=weights).round({"weight": 4})
    return schema.table(table, "stance_words")


def scores_of(placed, method):
    """The probabilities of mentions placed in their sentences."""
    return METHODS[method](placed["sentence"].tolist(), list(zip(placed["left"], placed["right"], strict=True)))


def tones(scores):
    """Positive minus negative, of an array of probabilities."""
    return [float(each[2] - each[0]) for each in scores]


def compare_edits(text, target, edits, method="model"):
    """Compare a sentence with edited forms of itself (minimal pairs): one row a form, the sentence as it is first.

    `target` is the name towards which the tone is scored, as it first stands in `text`. `edits` are pairs (old, new): an empty
    `new` leaves words out; a new target exchanges the actor. `change` is the tone minus that of the sentence as it is.

    >>> compare_edits("The paper praised Biden.", "Biden", [("praised", "attacked"), ("Biden", "Putin")])[["edit", "label"]].values.tolist()
    [['as it is', 'positive'], ['praised → attacked', 'negative'], ['Biden → Putin', 'positive']]
    """
    forms = [("as it is", text, target)]
    for old, new in [(edits, "")] if isinstance(edits, str) else edits:
        if not old or old not in text:
            raise ValueError(f"“{old}” does not stand in the sentence. It reads: {text}")
        forms.append((f"{old} → {new or '∅'}", re.sub(r" {2,}", " ", text.replace(old, new, 1)), new if old == target else target))
    for edit, form, name in forms:
        if not name or name not in form:
            raise ValueError(f"the target “{name}” does not stand in “{form}” ({edit}). Choose a target that the edit leaves in.")
    places = [(form.index(name), form.index(name) + len(name)) for _, form, name in forms]
    scores = METHODS[method]([form for _, form, _ in forms], places)
    table = pd.DataFrame(forms, columns=["edit", "sentence", "target"]).assign(**dict(zip(LABELS, scores.round(4).T, strict=True)))
    tone = table["positive"] - table["negative"]
    table = table.assign(tone=tone.round(4), label=table[list(LABELS)].idxmax(axis=1), change=(tone - tone[0]).round(4))
    return schema.table(table[schema.columns("edits")], "edits")


def find_name_swaps(stance, sentences, category, names=None, method="model"):
    """Find how the tone moves when somebody else's name stands in the same sentence: one row a mention by name and name put in its place.

    `category` chooses the names in `data/name_swaps.csv`: "nationality" (put in the place of states), "gender" and "origin" (of people)
    or "party" (of organisations); `names` gives others, as {name: group}. `shift` is the tone with the name minus the mean
    over all names in that sentence: what the model makes of the name alone. A fair model would have 0 everywhere.

    >>> articles = read_texts("Iran attacked a ship.")
    >>> sentences = split_sentences(articles)
    >>> stance = score_stance(find_mentions(articles, split_tokens(articles)), sentences)
    >>> find_name_swaps(stance, sentences, "nationality").columns[-4:].tolist()
    ['name', 'group', 'tone', 'shift']
    """
    listed = read_lexicon("name_swaps")
    listed = listed[listed["category"] == category]
    if listed.empty:
        raise SchemaError(f"no names for “{category}”. Choose from: {', '.join(read_lexicon('name_swaps')['category'].unique())}.")
    names = names or dict(zip(listed["name"], listed["group"], strict=True))
    placed = place_mentions(schema.check(stance, "stance"), sentences)
    placed = placed[placed["tone"].notna() & placed["kind"].isin(["name", "alias"]) & (placed["actor_type"] == listed["actor_type"].iat[0])]
    rows = [(row, name, row.sentence[: row.left] + name + row.sentence[row.right :]) for row in placed.itertuples() for name in names]
    scores = METHODS[method]([text for *_, text in rows], [(row.left, row.left + len(name)) for row, name, _ in rows])
    made = [
        (row.doc_id, row.sentence_id, row.paragraph_id, row.start, row.end, row.text, row.actor, name, names[name], tone)
        for (row, name, _), tone in zip(rows, tones(scores), strict=True)
    ]
    table = pd.DataFrame(made, columns=schema.columns("name_swaps")[:-1])
    mean = table.groupby(["doc_id", "start", "end"])["tone"].transform("mean")
    return schema.table(table.assign(shift=(table["tone"] - mean).round(4)).round({"tone": 4}), "name_swaps")


def count_name_swaps(swaps):
    """Count how far each name moves the tone on average: one row a name, the one that lowers it most first.

    `n` sentences with the name; `tone` their mean, `shift` the mean shift (see `find_name_swaps`), `worst` the greatest either way.
    """
    schema.check(swaps, "name_swaps")
    grouped = swaps.groupby(["group", "name"], sort=False)
    table = grouped.agg(
        n=("shift", "size"), tone=("tone", "mean"), shift=("shift", "mean"), worst=("shift", lambda each: each.loc[each.abs().idxmax()])
    )
    table = table.reset_index().sort_values(["shift", "name"], ignore_index=True)
    return schema.table(table[schema.columns("name_swap_counts")], "name_swap_counts")


def find_worst_swaps(swaps):
    """Find in which sentences the name matters most: one row a mention, with the names of the lowest and highest tone, the widest gap first."""
    rows = []
    for _, group in schema.check(swaps, "name_swaps").groupby(["doc_id", "start", "end"], sort=False):
        lowest, highest = group.loc[group["tone"].idxmin()], group.loc[group["tone"].idxmax()]
        place = [lowest[column] for column in ("doc_id", "sentence_id", "paragraph_id", "start", "end", "text")]
        rows.append((*place, lowest["name"], lowest["tone"], highest["name"], highest["tone"], round(highest["tone"] - lowest["tone"], 4)))
    table = pd.DataFrame(rows, columns=schema.columns("worst_swaps"))
    return schema.table(table.sort_values("spread", ascending=False, kind="stable", ignore_index=True), "worst_swaps")
