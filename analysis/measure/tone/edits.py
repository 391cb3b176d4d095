"""Why a score is what it is: words left out, sentences edited."""

import re

import pandas as pd

from ... import schema
from ...schema import LABELS
from .stance import METHODS, check_method, find_labels, place_in_sentences

WORD = re.compile(r"\w(?:[\w’'-]*\w)?")
# Characters on each side of the mention: about what the model reads of a very long sentence.
EDIT_REACH = 600
MENTION = ["doc_id", "start", "end"]


def score_stance_words(stance, sentences):
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
    placed = place_in_sentences(schema.check(stance, "stance"), sentences)
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
    low = max(0, left - EDIT_REACH)
    for match in WORD.finditer(sentence, low, right + EDIT_REACH):
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
            forms.append(
                (
                    f"{old} → {new or '∅'}",
                    edited,
                    target,
                    place + (len(new) - len(old)) * (at < place),
                )
            )
    scores = METHODS[method](
        [form for _, form, *_ in forms], [(start, start + len(name)) for *_, name, start in forms]
    )
    table = pd.DataFrame(forms, columns=["edit", "sentence", "target", "place"]).assign(
        **dict(zip(LABELS, scores.round(4).T, strict=True))
    )
    tone = tones(scores).round(4)
    table = table.assign(
        tone=tone, label=find_labels(table[list(LABELS)]), change=(tone - tone[0]).round(4)
    )
    return schema.table(table[schema.columns("edits")], "edits")


def find_word(text, word):
    """Where a word or name first stands in a text as a whole; -1 where it does not."""
    match = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)
    return match.start() if match else -1
