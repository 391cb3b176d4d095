"""Why a score is what it is: words left out, sentences edited."""

import re

import pandas as pd

from ... import schema
from ...find.corrections import CORRECTED
from ...parse.tokens import function_words
from ...schema import LABELS
from .stance import DIGITS, METHODS, check_method, label_scores, place_in_sentences

WORD = re.compile(r"\w(?:[\w’'-]*\w)?")
# Characters on each side of the mention: about what the model reads of a very long sentence.
EDIT_REACH = 600
MENTION = ["doc_id", "start", "end"]


def score_stance_words(stance, sentences, speech=None):
    """Score the words that carry each score: one row a scored mention and word of its sentence.

    `weight` is the tone of the sentence towards the mention minus the tone without the word (-2 to
    2): below 0, the word makes it more negative (leave-one-out; Li, Monroe & Jurafsky 2016:
    Understanding neural networks through representation erasure). `mention_start` and `mention_end`
    say which mention, `actor` who; the mention itself and function words (spaCy's list of stop
    words, but for those that deny or judge) stay in. Scores made without the speech in
    the sentence (`unread` above 0) need the table `speech`, and raise SchemaError without it: its
    words are not among those left out. There are as many scores to make as the sentences have
    words: give it the rows you ask about.

    >>> articles = read_texts("Joe Biden praised Mike Pompeo.")
    >>> sentences = split_sentences(articles)
    >>> stance = score_stance(find_mentions(articles, split_tokens(articles)), sentences)
    >>> words = score_stance_words(stance[stance["actor"] == "Mike Pompeo"], sentences)
    >>> words.loc[words["weight"].idxmax(), "text"]
    'praised'
    """
    score = METHODS[find_method(stance)]
    placed = place_scored(stance, sentences, speech)
    rows, texts, targets = [], [], []
    for row in placed.itertuples():
        first = row.start - row.left
        for start, end in words_around(row.sentence, row.left, row.right):
            text, target = leave_out(row.sentence, start, end, (row.left, row.right))
            texts.append(text)
            targets.append(target)
            place = (row.doc_id, row.sentence_id, row.paragraph_id, first + start, first + end)
            rows.append((*place, row.sentence[start:end], row.actor, row.start, row.end, row.tone))
    table = pd.DataFrame(rows, columns=[*schema.columns("stance_words")[:-1], "whole"])
    weight = (table["whole"] - tones(score(texts, targets))).round(DIGITS)
    return schema.table(table.drop(columns="whole").assign(weight=weight), "stance_words")


def find_method(stance):
    """By which method a stance table was scored."""
    is_lexicon = schema.check(stance, "stance")["method"] == "lexicon"
    return "lexicon" if is_lexicon.any() else "model"


def place_scored(stance, sentences, speech):
    """The mentions that have a score, each once, with their sentence as it was read.

    A tone that a reader has given is no score.
    """
    placed = place_in_sentences(schema.check(stance, "stance"), sentences, speech)
    is_scored = placed["tone"].notna() & (placed["scored"] != CORRECTED)
    return placed[is_scored].drop_duplicates(MENTION)


def words_around(sentence, left, right):
    """The spans of the content words of a sentence outside the mention and not too far from it."""
    low = max(0, left - EDIT_REACH)
    for match in WORD.finditer(sentence, low, right + EDIT_REACH):
        start, end = match.span()
        is_fragment = start == low and sentence[low - 1 : low].isalnum()
        is_outside = end <= left or start >= right
        if is_outside and not is_fragment and match[0].lower() not in function_words():
            yield start, end


def leave_out(sentence, start, end, target):
    """A sentence without one word, and where the target (start, end) then stands."""
    if sentence[:start].endswith(" ") and sentence[end:].startswith(" "):
        end += 1
    left, right = target
    if start < left:
        left, right = left - (end - start), right - (end - start)
    return sentence[:start] + sentence[end:], (left, right)


def tones(scores):
    """Positive minus negative, of an array of probabilities."""
    return scores[:, 2] - scores[:, 0]


def compare_edits(text, target, edits, *, method="model"):
    """Compare a sentence with edited forms of itself (minimal pairs): one row a form.

    The sentence as it is comes first. `target` is the name towards which the tone is scored, where
    it first stands in `text` as a whole word. `edits` are pairs (old, new), each made at the first
    place: an empty `new` leaves words out; a new target exchanges the actor. `method` is "model" or
    "lexicon", as in `score_stance`. `label` is missing below a probability of 0.5; `change` is the
    tone minus that of the sentence as it is (-2 to 2). A target or an `old` that does not stand in
    the text, an edit that takes away the target, and an unknown method raise ValueError.

    >>> edits = [("praised", "attacked"), ("Biden", "Putin")]
    >>> table = compare_edits("The paper praised Biden.", "Biden", edits)
    >>> table[["edit", "label"]].values.tolist()
    [['as it is', 'positive'], ['praised → attacked', 'negative'], ['Biden → Putin', 'positive']]
    """
    check_method(method)
    place = find_word(text, target)
    if place < 0 or not target:
        raise ValueError(f"the target “{target}” does not stand in the sentence. It reads: {text}")
    forms = [("as it is", text, target, place)]
    for old, new in edits:
        forms.append(edit_sentence(text, target, place, old, new))
    texts, targets = [], []
    for _, form, name, start in forms:
        texts.append(form)
        targets.append((start, start + len(name)))
    scores = METHODS[method](texts, targets)
    tone = tones(scores).round(DIGITS)
    table = pd.DataFrame(forms, columns=["edit", "sentence", "target", "place"])
    table[list(LABELS)] = scores.round(DIGITS)
    table = table.assign(
        tone=tone, label=label_scores(table[list(LABELS)]), change=(tone - tone[0]).round(DIGITS)
    )
    return schema.table(table[schema.columns("edits")], "edits")


def edit_sentence(text, target, place, old, new):
    """(what was edited, the edited sentence, its target, where that stands).

    `place` is where the target stands in `text`.
    """
    at = find_word(text, old) if old == target else text.find(old)
    if at < 0 or not old:
        raise ValueError(f"“{old}” does not stand in the sentence. It reads: {text}")
    edited = text[:at] + new + text[at + len(old) :]
    if old == target and new:
        return f"{old} → {new}", edited, new, place
    if at < place + len(target) and at + len(old) > place:
        raise ValueError(
            f"the edit “{old} → {new}” takes away the target “{target}”. "
            "Choose one that leaves it in, or exchange the whole target."
        )
    if at < place:
        place += len(new) - len(old)
    return f"{old} → {new or '∅'}", edited, target, place


def find_word(text, word):
    """Where a word or name first stands in a text as a whole; -1 where it does not."""
    match = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)
    return match.start() if match else -1
