"""What a name alone does to a score: names exchanged."""

import re

import pandas as pd

from ... import schema
from ...errors import SchemaError
from ...lexicons import read_lexicon, word_list
from .edits import MENTION, find_method, place_scored, tones
from .stance import DIGITS, METHODS


def score_name_swaps(stance, sentences, category, *, speech=None, names=None):
    """Score the same sentences with other names in them: one row a mention by name and such a name.

    `category` chooses the names in `data/name_swaps.csv`: "nationality" (put in the place of
    states), "gender" and "origin" (of people) or "party" (of parties); any other raises
    SchemaError. `names` gives others, as {name: group}. Scores made without the speech in the
    sentence (`unread` above 0) need the table `speech`, and raise SchemaError without it. `shift`
    is the tone with the name minus the mean over all names in that sentence (-2 to 2): what is made
    of the name alone. A fair model would have 0 everywhere. The same name is exchanged wherever it
    stands in the sentence; sentences with "he" or "she" are left out for people, and "the" before a
    state.

    >>> articles = read_texts("Iran attacked a ship.")
    >>> sentences = split_sentences(articles)
    >>> stance = score_stance(find_mentions(articles, split_tokens(articles)), sentences)
    >>> score_name_swaps(stance, sentences, "nationality").columns[-4:].tolist()
    ['name', 'group', 'tone', 'shift']
    """
    listed, actor_type = names_of(category)
    names = names or listed
    score = METHODS[find_method(stance)]
    placed = place_scored(stance, sentences, speech)
    by_name = placed["kind"].isin(["name", "alias"])
    placed = placed[by_name & (placed["actor_type"] == actor_type)]
    rows, texts, targets = [], [], []
    for row in placed.itertuples():
        if not exchangeable(row, category):
            continue
        place = (row.doc_id, row.sentence_id, row.paragraph_id, row.start, row.end, row.text)
        for name, group in names.items():
            text, target = exchange(row.sentence, row.left, row.right, name)
            texts.append(text)
            targets.append(target)
            rows.append((*place, row.actor, name, group))
    table = pd.DataFrame(rows, columns=schema.columns("name_swaps")[:-2])
    table = table.assign(tone=tones(score(texts, targets)).round(DIGITS))
    mean = table.groupby(MENTION)["tone"].transform("mean")
    return schema.table(table.assign(shift=(table["tone"] - mean).round(DIGITS)), "name_swaps")


def names_of(category):
    """({name: group}, the type of actor whose place they take) of `data/name_swaps.csv`."""
    swaps = read_lexicon("name_swaps")
    known = swaps["category"].unique()
    listed = swaps[swaps["category"] == category]
    if listed.empty:
        raise SchemaError(f"no names for “{category}”. Choose from: {', '.join(known)}.")
    names = dict(zip(listed["name"], listed["group"], strict=True))
    return names, listed["actor_type"].iat[0]


def exchangeable(row, category):
    """Whether another name of the category can take a mention's place.

    It must not break the sentence.
    """
    if category == "nationality":
        return not row.sentence[: row.left].lower().endswith("the ")
    if category == "party":
        return not word_list("words in names of parties").isdisjoint(re.findall(r"\w+", row.text))
    words = re.findall(r"\w+", row.sentence.lower())
    return word_list("words that tell a gender").isdisjoint(words)


def exchange(sentence, left, right, name):
    """The sentence with the name in the place of the mention, and where the mention then stands.

    The name takes the place of the same words elsewhere, too.
    """
    same = re.compile(rf"(?<!\w){re.escape(sentence[left:right])}(?!\w)")
    before = same.sub(lambda _: name, sentence[:left])
    after = same.sub(lambda _: name, sentence[right:])
    return before + name + after, (len(before), len(before) + len(name))


def count_name_swaps(swaps):
    """Count how far each name moves the tone on average: one row a name.

    The one that lowers it most comes first. `n` sentences with the name; `tone` their mean, `shift`
    the mean shift (see `score_name_swaps`), `worst` the greatest either way.
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
    """Compare the names in each sentence: one row a mention, the widest gap first.

    With the names of the lowest and the highest tone: where the name matters most.
    """
    rows = []
    for _, group in schema.check(swaps, "name_swaps").groupby(MENTION, sort=False):
        lowest, highest = group.loc[group["tone"].idxmin()], group.loc[group["tone"].idxmax()]
        rows.append(
            {
                **lowest[["doc_id", "sentence_id", "paragraph_id", "start", "end", "text"]],
                "lowest_name": lowest["name"],
                "lowest": lowest["tone"],
                "highest_name": highest["name"],
                "highest": highest["tone"],
                "spread": round(highest["tone"] - lowest["tone"], DIGITS),
            }
        )
    table = pd.DataFrame(rows, columns=schema.columns("worst_swaps"))
    table = table.sort_values("spread", ascending=False, kind="stable", ignore_index=True)
    return schema.table(table, "worst_swaps")
