"""What a name alone does to a score: names exchanged."""

import re

import pandas as pd

from ... import schema
from ...errors import SchemaError
from ...lexicons import read_lexicon
from .edits import MENTION, find_method, tones
from .stance import METHODS, place_in_sentences

GENDERED = re.compile(r"\b(?:he|him|his|himself|she|her|hers|herself|mr|mrs|ms)\b", re.IGNORECASE)
PARTY = re.compile(
    r"\b(?:Party|Democrats?|Republicans?|GOP|Greens|Libertarians?|Labour|Tories|Conservatives|Socialists|Communists)\b"
)


def score_name_swaps(stance, sentences, category, names=None):
    """Find how the tone moves when somebody else's name stands in the same sentence: one row a mention by name and name put in its place.

    `category` chooses the names in `data/name_swaps.csv`: "nationality" (put in the place of states), "gender" and "origin" (of
    people) or "party" (of parties); `names` gives others, as {name: group}. `shift` is the tone with the name minus the mean
    over all names in that sentence: what is made of the name alone. A fair model would have 0 everywhere. The same name is
    exchanged wherever it stands in the sentence; sentences with "he" or "she" are left out for people, and "the" before a state.

    >>> articles = read_texts("Iran attacked a ship.")
    >>> sentences = split_sentences(articles)
    >>> stance = score_stance(find_mentions(articles, split_tokens(articles)), sentences)
    >>> find_name_swaps(stance, sentences, "nationality").columns[-4:].tolist()
    ['name', 'group', 'tone', 'shift']
    """
    listed = read_lexicon("name_swaps")
    known = listed["category"].unique()
    listed = listed[listed["category"] == category]
    if listed.empty:
        raise SchemaError(f"no names for “{category}”. Choose from: {', '.join(known)}.")
    names = names or dict(zip(listed["name"], listed["group"], strict=True))
    method = find_method(stance)
    placed = place_in_sentences(schema.check(stance, "stance"), sentences).drop_duplicates(MENTION)
    placed = placed[
        placed["tone"].notna()
        & placed["kind"].isin(["name", "alias"])
        & (placed["actor_type"] == listed["actor_type"].iat[0])
    ]
    placed = placed[[exchangeable(row, category) for row in placed.itertuples()]]
    rows = [(row, name) for row in placed.itertuples() for name in names]
    forms = [exchange(row.sentence, row.left, row.right, name) for row, name in rows]
    found = tones(
        METHODS[method]([text for text, _ in forms], [target for _, target in forms])
    ).round(4)
    made = [
        (
            row.doc_id,
            row.sentence_id,
            row.paragraph_id,
            row.start,
            row.end,
            row.text,
            row.actor,
            name,
            names[name],
            tone,
        )
        for (row, name), tone in zip(rows, found, strict=True)
    ]
    table = pd.DataFrame(made, columns=schema.columns("name_swaps")[:-1])
    mean = table.groupby(MENTION)["tone"].transform("mean")
    return schema.table(table.assign(shift=(table["tone"] - mean).round(4)), "name_swaps")


def exchangeable(row, category):
    """Whether another name of the category can stand in the place of a mention without breaking the sentence."""
    if category == "nationality":
        return not row.sentence[: row.left].lower().endswith("the ")
    return (
        bool(PARTY.search(row.text)) if category == "party" else not GENDERED.search(row.sentence)
    )


def exchange(sentence, left, right, name):
    """The sentence with the name in the place of the mention, and of the same words elsewhere, and where the mention then stands."""
    same = re.compile(rf"(?<!\w){re.escape(sentence[left:right])}(?!\w)")
    before, after = (same.sub(lambda _: name, part) for part in (sentence[:left], sentence[right:]))
    return before + name + after, (len(before), len(before) + len(name))


def count_name_swaps(swaps):
    """Count how far each name moves the tone on average: one row a name, the one that lowers it most first.

    `n` sentences with the name; `tone` their mean, `shift` the mean shift (see `find_name_swaps`), `worst` the greatest either way.
    """
    schema.check(swaps, "name_swaps")
    grouped = swaps.groupby(["group", "name"], sort=False)
    table = grouped.agg(
        n=("shift", "size"),
        tone=("tone", "mean"),
        shift=("shift", "mean"),
        worst=("shift", lambda each: each.loc[each.abs().idxmax()]),
    )
    table = table.reset_index().sort_values(["shift", "name"], ignore_index=True)
    return schema.table(table[schema.columns("name_swap_counts")], "name_swap_counts")


def compare_name_swaps(swaps):
    """Find in which sentences the name matters most: one row a mention, with the names of the lowest and highest tone, the widest gap first."""
    rows = []
    for _, group in schema.check(swaps, "name_swaps").groupby(MENTION, sort=False):
        lowest, highest = group.loc[group["tone"].idxmin()], group.loc[group["tone"].idxmax()]
        place = [
            lowest[column]
            for column in ("doc_id", "sentence_id", "paragraph_id", "start", "end", "text")
        ]
        rows.append(
            (
                *place,
                lowest["name"],
                lowest["tone"],
                highest["name"],
                highest["tone"],
                round(highest["tone"] - lowest["tone"], 4),
            )
        )
    table = pd.DataFrame(rows, columns=schema.columns("worst_swaps"))
    return schema.table(
        table.sort_values("spread", ascending=False, kind="stable", ignore_index=True),
        "worst_swaps",
    )
