"""Why a score is what it is: words left out, sentences edited, names exchanged."""

import re

import pandas as pd

from . import schema
from .errors import SchemaError
from .lexicons import read_lexicon
from .stance import LABELS, METHODS, check_method, find_labels, place_mentions

WORD = re.compile(r"\w(?:[\w’'-]*\w)?")
# Characters on each side of the mention: about what the model reads of a very long sentence.
REACH = 600
MENTION = ["doc_id", "start", "end"]
GENDERED = re.compile(r"\b(?:he|him|his|himself|she|her|hers|herself|mr|mrs|ms)\b", re.IGNORECASE)
PARTY = re.compile(r"\b(?:Party|Democrats?|Republicans?|GOP|Greens|Libertarians?|Labour|Tories|Conservatives|Socialists|Communists)\b")


def find_stance_words(stance, sentences):
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
    method = find_method(stance)
    placed = place_mentions(schema.check(stance, "stance"), sentences)
    placed = placed[placed["tone"].notna()].drop_duplicates(MENTION)
    rows, texts, targets = [], [], []
    for row in placed.itertuples():
        first = row.start - row.left
        for start, end in words_around(row.sentence, row.left, row.right):
            gap = row.sentence[:start].endswith(" ") and row.sentence[end:].startswith(" ")
            texts.append(row.sentence[:start] + row.sentence[end + gap :])
            shift = end + gap - start if start < row.left else 0
            targets.append((row.left - shift, row.right - shift))
            place = (row.doc_id, row.sentence_id, row.paragraph_id, first + start, first + end)
            rows.append((*place, row.sentence[start:end], row.actor, row.start, row.end, row.tone))
    table = pd.DataFrame(rows, columns=[*schema.columns("stance_words")[:-1], "whole"])
    table = table.assign(weight=(table["whole"] - tones(METHODS[method](texts, targets))).round(4))
    return schema.table(table.drop(columns="whole"), "stance_words")


def find_method(stance):
    """By which method a stance table was scored."""
    basis = schema.check(stance, "stance")["basis"]
    return "lexicon" if basis.str.startswith("lexicon", na=False).any() else "model"


def words_around(sentence, left, right):
    """The spans of the words of a sentence outside the mention and not too far from it."""
    low = max(0, left - REACH)
    for match in WORD.finditer(sentence, low, right + REACH):
        fragment = match.start() == low and sentence[low - 1 : low].isalnum()
        if not fragment and (match.end() <= left or match.start() >= right):
            yield match.span()


def tones(scores):
    """Positive minus negative, of an array of probabilities."""
    return scores[:, 2] - scores[:, 0]


def compare_edits(text, target, edits, method="model"):
    """Compare a sentence with edited forms of itself (minimal pairs): one row a form, the sentence as it is first.

    `target` is the name towards which the tone is scored, where it first stands in `text` as a whole word. `edits` are pairs
    (old, new), each made at the first place: an empty `new` leaves words out; a new target exchanges the actor. `label` is
    missing below a probability of 0.5; `change` is the tone minus that of the sentence as it is.

    >>> compare_edits("The paper praised Biden.", "Biden", [("praised", "attacked"), ("Biden", "Putin")])[["edit", "label"]].values.tolist()
    [['as it is', 'positive'], ['praised → attacked', 'negative'], ['Biden → Putin', 'positive']]
    """
    check_method(method)
    place = find_word(text, target)
    if place < 0 or not target:
        raise ValueError(f"the target “{target}” does not stand in the sentence. It reads: {text}")
    forms = [("as it is", text, target, place)]
    for old, new in edits:
        at = find_word(text, old) if old == target else text.find(old)
        if at < 0 or not old:
            raise ValueError(f"“{old}” does not stand in the sentence. It reads: {text}")
        edited = text[:at] + new + text[at + len(old) :]
        if old == target and new:
            forms.append((f"{old} → {new}", edited, new, place))
        elif at < place + len(target) and at + len(old) > place:
            raise ValueError(
                f"the edit “{old} → {new}” takes away the target “{target}”. Choose one that leaves it in, or exchange the whole target."
            )
        else:
            forms.append((f"{old} → {new or '∅'}", edited, target, place + (len(new) - len(old)) * (at < place)))
    scores = METHODS[method]([form for _, form, *_ in forms], [(start, start + len(name)) for *_, name, start in forms])
    table = pd.DataFrame(forms, columns=["edit", "sentence", "target", "place"]).assign(**dict(zip(LABELS, scores.round(4).T, strict=True)))
    tone = tones(scores).round(4)
    table = table.assign(tone=tone, label=find_labels(table[list(LABELS)]), change=(tone - tone[0]).round(4))
    return schema.table(table[schema.columns("edits")], "edits")


def find_word(text, word):
    """Where a word or name first stands in a text as a whole; -1 where it does not."""
    match = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)
    return match.start() if match else -1


def find_name_swaps(stance, sentences, category, names=None):
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
    placed = place_mentions(schema.check(stance, "stance"), sentences).drop_duplicates(MENTION)
    placed = placed[placed["tone"].notna() & placed["kind"].isin(["name", "alias"]) & (placed["actor_type"] == listed["actor_type"].iat[0])]
    placed = placed[[exchangeable(row, category) for row in placed.itertuples()]]
    rows = [(row, name) for row in placed.itertuples() for name in names]
    forms = [exchange(row.sentence, row.left, row.right, name) for row, name in rows]
    found = tones(METHODS[method]([text for text, _ in forms], [target for _, target in forms])).round(4)
    made = [
        (row.doc_id, row.sentence_id, row.paragraph_id, row.start, row.end, row.text, row.actor, name, names[name], tone)
        for (row, name), tone in zip(rows, found, strict=True)
    ]
    table = pd.DataFrame(made, columns=schema.columns("name_swaps")[:-1])
    mean = table.groupby(MENTION)["tone"].transform("mean")
    return schema.table(table.assign(shift=(table["tone"] - mean).round(4)), "name_swaps")


def exchangeable(row, category):
    """Whether another name of the category can stand in the place of a mention without breaking the sentence."""
    if category == "nationality":
        return not row.sentence[: row.left].lower().endswith("the ")
    return bool(PARTY.search(row.text)) if category == "party" else not GENDERED.search(row.sentence)


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
        n=("shift", "size"), tone=("tone", "mean"), shift=("shift", "mean"), worst=("shift", lambda each: each.loc[each.abs().idxmax()])
    )
    table = table.reset_index().sort_values(["shift", "name"], ignore_index=True)
    return schema.table(table[schema.columns("name_swap_counts")], "name_swap_counts")


def find_worst_swaps(swaps):
    """Find in which sentences the name matters most: one row a mention, with the names of the lowest and highest tone, the widest gap first."""
    rows = []
    for _, group in schema.check(swaps, "name_swaps").groupby(MENTION, sort=False):
        lowest, highest = group.loc[group["tone"].idxmin()], group.loc[group["tone"].idxmax()]
        place = [lowest[column] for column in ("doc_id", "sentence_id", "paragraph_id", "start", "end", "text")]
        rows.append((*place, lowest["name"], lowest["tone"], highest["name"], highest["tone"], round(highest["tone"] - lowest["tone"], 4)))
    table = pd.DataFrame(rows, columns=schema.columns("worst_swaps"))
    return schema.table(table.sort_values("spread", ascending=False, kind="stable", ignore_index=True), "worst_swaps")
