"""What one article tells and no other: sentences without a counterpart."""

from collections import defaultdict
from typing import NamedTuple

import numpy as np

from .. import schema
from ..parse.tree import Tree, paragraph_runs
from ..read.articles import texts_behind
from ..schema import NAMED
from .alignment import SAME_EVENT, Alignment, stem_of
from .figures import find_figures
from .speech.stretches import find_speech

# A sentence has a counterpart where another article's sentence, with the one behind it, has so much
# of its weight.
COUNTERPART = 0.4
# In shorter sentences, and those mostly in quotation marks, the article itself tells nothing.
SHORTEST_FACT, MOST_QUOTED = 5, 0.5
# Finite verbs that tell what has happened.
TOLD_AS_PAST = ("VBD", "VBN")
OBJECTS = ("dobj", "nsubjpass", "attr")
NOTED = 3
# How sure it is that a sentence is told by one alone whose words stand elsewhere, in other places.
NOTHING_NEW = 0.7
WHY_ALONE = {
    True: "no other article has more than {share:.0%} of it, nor the words beside",
    False: "no other article has more than {share:.0%} of it in one place",
}


class Nearest(NamedTuple):
    """The sentence of other articles that comes nearest to one, and how many come near."""

    sentence: int
    share: float
    articles: int


def find_told_alone(
    articles,
    tokens,
    mentions=None,
    figures=None,
    speech=None,
    *,
    alike=SAME_EVENT,
    most=0,
    counterpart=COUNTERPART,
):
    """Find what one article tells and no other: one row a sentence without a counterpart.

    `nearest` is how much of the sentence that sentence of another article has that comes nearest
    (with the one behind it), 0 to 1, rare words weighing most and actors under one name; where that
    stands is `other_doc_id`, `other_start`, `other_end`. `names`, `figures` and `acts` are what no
    article beside it has at all; `n` is in how many articles there is a counterpart (one with
    `counterpart` or more of it), `most` of them by default none. Only sentences that tell something
    are rows: with a verb in the past or a figure, mostly outside quotation marks, in articles that
    have others on their event (`alike` as in `find_conflicts`). `sure` is how sure it is that
    nobody else tells it. What one alone tells can be a scoop, a detail for which others had no
    room, or wrong. Accuracy: benchmarks/README.md.

    >>> texts = ["Police shot at marchers in Linz. A roadblock held up the only ambulance.",
    ...          "In Linz, the police shot at the marchers."]
    >>> articles = read_texts(texts)
    >>> find_told_alone(articles, split_tokens(articles), alike=0)["text"].tolist()
    ['A roadblock held up the only ambulance.']
    """
    texts = texts_behind(articles, schema.check(tokens, "tokens"))
    if speech is None:
        speech = find_speech(articles, tokens)
    if figures is None:
        figures = find_figures(articles, tokens)
    alignment = Alignment(tokens, mentions)
    beside = Beside(alignment, alike, counterpart)
    at = {"mentions": by_sentence(mentions), "figures": by_sentence(figures)}
    quoted = {doc_id: list(spans) for doc_id, spans in quoted_spans(speech)}
    rows = []
    for doc_id, its in tokens.groupby("doc_id", sort=False):
        page = Alone(its.reset_index(drop=True), texts[doc_id], quoted.get(doc_id, []), beside, at)
        rows += page.rows(doc_id, most)
    return schema.table(rows, "told_alone")


def by_sentence(table):
    """{(doc_id, sentence_id): rows} of a table of spans; nothing where there is none."""
    found = defaultdict(list)
    for row in () if table is None else table.itertuples():
        found[row.doc_id, row.sentence_id].append(row)
    return found


def quoted_spans(speech):
    """(doc_id, spans) of what stands in quotation marks."""
    marked = speech[(speech["quoted_words"] > 0) & (speech["quoted_words"] == speech["words"])]
    for doc_id, its in marked.groupby("doc_id", sort=False):
        yield doc_id, zip(its["start"].tolist(), its["end"].tolist(), strict=True)


class Beside:
    """Articles beside each other: what a sentence has in common with those of other articles."""

    def __init__(self, alignment, alike, counterpart):
        self.alignment, self.counterpart = alignment, counterpart
        self.related = alignment.related(alike)
        # In how many related articles each word stands, for each article.
        self.elsewhere = self.related.astype("float32") @ (alignment.counts > 0)

    def nearest(self, number):
        """The Nearest of a sentence, or None where no other article tells of the event."""
        alignment = self.alignment
        there = self.related[alignment.doc[number]][alignment.doc]
        if not there.any() or alignment.total[number] <= 0:
            return None
        shared = alignment.shared(alignment.words_of[number], pairs=True)
        share = np.where(there, shared / alignment.total[number], -1)
        near = alignment.doc[share >= self.counterpart]
        return Nearest(int(share.argmax()), float(share.max()), len(np.unique(near)))

    def is_new(self, number, word):
        """Whether a word of a sentence stands in no related article."""
        known = self.alignment.number_of_word.get(word)
        return known is not None and self.elsewhere[self.alignment.doc[number], known] == 0


class Alone:
    """One article, and its sentences that nobody else tells."""

    def __init__(self, tokens, text, quoted, beside, at):
        self.text, self.tree, self.quoted = text, Tree(tokens), quoted
        self.beside, self.at = beside, at

    def rows(self, doc_id, most):
        """Rows of the told_alone table, in order."""
        for first, last in paragraph_runs(self.tree.sentence):
            place = doc_id, self.tree.sentence[first]
            number = self.beside.alignment.number[place]
            near = self.beside.nearest(number)
            is_alone = near is not None and near.articles <= most
            if is_alone and self.tells(first, last, place):
                yield {"doc_id": doc_id, **self.row(first, last, place, near)}

    def tells(self, first, last, place):
        """Whether a sentence tells something that has happened or is counted, in reported words."""
        tree = self.tree
        words = [word for word in tree.words[first:last] if word[0].isalnum()]
        start, end = tree.starts[first], tree.ends[last - 1]
        inside = sum(max(0, min(end, stop) - max(start, begin)) for begin, stop in self.quoted)
        if len(words) < SHORTEST_FACT or inside > MOST_QUOTED * (end - start):
            return False
        is_past = any(tag in TOLD_AS_PAST for tag in tree.tag[first:last])
        is_asked = tree.words[last - 1] == "?"
        return not is_asked and (is_past or place in self.at["figures"])

    def row(self, first, last, place, near):
        """A row of the table, without doc_id."""
        tree, alignment = self.tree, self.beside.alignment
        number = alignment.number[place]
        start, end = tree.starts[first], tree.ends[last - 1]
        names, figures = self.names(place, number), self.figures(place)
        acts = self.acts(first, last, number)
        new = [each for each in (names, figures, acts) if each]
        other = alignment.places.iloc[near.sentence]
        return {
            "sentence_id": place[1],
            "paragraph_id": tree.paragraph[first],
            "start": start,
            "end": end,
            "text": self.text[start:end],
            "nearest": near.share,
            "other_doc_id": other["doc_id"],
            "other_start": other["start"],
            "other_end": other["end"],
            "n": near.articles,
            "names": names,
            "figures": figures,
            "acts": acts,
            "sure": (1 - near.share) * (1 if new else NOTHING_NEW),
            "code": "new" if new else "apart",
            "rule": WHY_ALONE[bool(new)].format(share=near.share),
        }

    def names(self, place, number):
        """The actors named in a sentence whom no related article mentions, or None."""
        mentions = self.at["mentions"].get(place, ())
        named = [each.actor for each in mentions if each.kind in NAMED]
        named = [actor for actor in dict.fromkeys(named) if isinstance(actor, str)]
        new = [actor for actor in named if self.beside.is_new(number, f"@{actor}")]
        return "; ".join(new) or None

    def figures(self, place):
        """The figures of a sentence, with what they count; None if there are none."""
        figures = self.at["figures"].get(place, ())
        return "; ".join(f"{each.text} ({each.noun})" for each in figures) or None

    def acts(self, first, last, number):
        """The verbs of a sentence, with their objects, that no related article has."""
        tree, found = self.tree, []
        for row in range(first, last):
            if tree.pos[row] != "VERB" or not self.beside.is_new(number, stem_of(tree.lemma[row])):
                continue
            objects = [at for at in tree.below[row] if tree.dep[at] in OBJECTS]
            found.append(" ".join([tree.lemma[row], *(tree.lemma[at] for at in objects[:1])]))
        return "; ".join(found[:NOTED]) or None
