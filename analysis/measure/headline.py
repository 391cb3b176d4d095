"""What the headline says and the body does not, and the other way round."""

import pandas as pd

from .. import schema
from ..find.doers import find_missing_doers, words_of_harm
from ..find.mentions import find_positions
from ..find.quotes import JOURNALIST, find_voices
from ..find.status import ASSERTED, find_status
from ..lexicons import word_list
from ..parse.tokens import function_words
from ..parse.tree import Tree
from ..schema import LABELS, NAMED
from .actors import count_actors, select_leaders
from .in_parts import add_up
from .tone.near_words import word_stem
from .tone.stance_counts import count_stance, select_toned

ABOVE, BELOW, SURER, DROPPED, DARKENED, LIGHTENED = (
    "only in the headline",
    "not in the headline",
    "surer in the headline",
    "doer left out",
    "darker in the headline",
    "lighter in the headline",
)
MAJORITY = 0.5
FEWEST = 3  # mentions of whom a headline could be expected to name
ACTOR, NUMBER, CONTENT_WORD, ACT, TONE = "actor", "number", "word", "act", "tone"
WHY_NOT_SHARED = {
    (ACTOR, ABOVE): "the body never names or describes it",
    (ACTOR, BELOW): "the body mentions nobody more often",
    (NUMBER, ABOVE): "the body does not give this number",
    (CONTENT_WORD, ABOVE): "the body does not have this word",
    (ACT, SURER): "told as done; the body tells it as {status}",
    (ACT, DROPPED): "the body says who: {doer}",
    (TONE, DARKENED): "in a negative light; in the body {n_negative} of {n} mentions",
    (TONE, LIGHTENED): "in no negative light; in the body {n_negative} of {n} mentions",
}
UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    *("nineteen", "twenty"),
)


def compare_headline(articles, tokens, mentions, quotes, speech, missing=None, stance=None):
    """Compare the headline with the body: one row a thing that the two do not share.

    `aspect` is what: an `actor`, a `number`, a `word`, an `act` or the `tone` towards an actor;
    `finding` how: `only in the headline`; `not in the headline`, of whom the body mentions most;
    `surer in the headline`, an act told there as done that the body tells nowhere so in the
    journalist's own words ("kills" above, "is accused of killing" below); `doer left out`, whom the
    body names; with `stance` (`score_stance`), `darker` or `lighter in the headline`, of actors
    whose share of mentions in a negative light lies, in the body, with its whole interval below or
    above a half (see `count_stance`: of fewer than 5 sentences it is not known). `start` to `end`
    is where the thing stands, `body_start` to `body_end` what the body says instead. The headline
    is what stands above the running text of the article as it was read; without one there are no
    rows. `missing` is the table of `find_missing_doers`, made here where it is not given.
    A headline is a summary and may leave out; that it may not add is the rule it is read by
    (Dor 2003: On newspaper headlines as relevance optimizers, Journal of Pragmatics 35).

    >>> articles = read_texts("Lee kills Reed\\n\\nAnn Lee is accused of killing Bob Reed.")
    >>> tokens = split_tokens(articles)
    >>> speech = find_speech(articles, tokens)
    >>> mentions = find_mentions(articles, tokens, speech)
    >>> quotes = find_quotes(articles, tokens, mentions, speech)
    >>> compared = compare_headline(articles, tokens, mentions, quotes, speech)
    >>> compared[["text", "aspect", "finding", "body_text"]].values.tolist()
    [['kills', 'act', 'surer in the headline', 'killing']]
    """
    given = (articles, tokens, mentions, quotes, speech)
    return add_up(tally_headline, *given, missing=missing, stance=stance)["headline"]


def tally_headline(sums, articles, tokens, mentions, quotes, speech, *, missing, stance):
    """Keep what headline and body of each article do not share."""
    schema.check(mentions, "mentions")
    texts = dict(zip(articles["doc_id"], articles["text"], strict=True))
    if missing is None:
        missing = find_missing_doers(articles, tokens, mentions)
    schema.check(missing, "missing_doers")
    rows = []
    for doc_id, of_article in schema.check(tokens, "tokens").groupby("doc_id", sort=False):
        tables = [each[each["doc_id"] == doc_id] for each in (mentions, missing)]
        told = Comparison(texts[doc_id], of_article.reset_index(drop=True), *tables)
        found = told.rows(quotes, speech)
        if stance is not None:
            found += told.tones(stance[stance["doc_id"] == doc_id])
        rows += [{"doc_id": doc_id, **row} for row in sorted(found, key=lambda row: row["start"])]
    sums.keep("headline", schema.table(rows, "headline"))


class Comparison:
    """One article, its headline beside its body."""

    def __init__(self, text, tokens, mentions, missing):
        self.text, self.tokens, self.tree = text, tokens, Tree(tokens)
        self.mentions, self.missing = mentions, missing
        positions = find_positions(self.tree, text)
        headline = {number for number, place in positions.items() if place == "headline"}
        self.above, self.below = [], []
        for row, paragraph in enumerate(self.tree.paragraph):
            (self.above if paragraph in headline else self.below).append(row)

    def rows(self, quotes, speech):
        """What the two do not share, in order; nothing where one of them is not there."""
        if not self.above or not self.below:
            return []
        return [*self.actors(), *self.numbers_and_words(), *self.acts(quotes, speech)]

    def row(self, start, end, aspect, finding, body=(None, None), **said):
        """A row of the table."""
        first, last = body
        return {
            "start": start,
            "end": end,
            "text": self.text[start:end],
            "aspect": aspect,
            "finding": finding,
            "body_start": first,
            "body_end": last,
            "body_text": None if first is None else self.text[first:last],
            "rule": WHY_NOT_SHARED[aspect, finding].format(**said),
        }

    def actors(self):
        """Actors that only the headline names; whom the body mentions most, if not above."""
        is_above = self.mentions["position"] == "headline"
        above, below = self.mentions[is_above], self.mentions[~is_above]
        strange = above[above["kind"].isin(NAMED) & ~above["actor"].isin(below["actor"])]
        words = [self.tree.words[row].lower() for row in self.below]
        for mention in strange.dropna(subset=["actor"]).drop_duplicates("actor").itertuples():
            if not is_shared(mention.text, words):
                yield self.row(mention.start, mention.end, ACTOR, ABOVE)
        counts = count_actors(below)
        leaders = select_leaders(counts[counts["n"] >= FEWEST])["actor"]
        for actor in leaders[~leaders.isin(above["actor"])]:
            first = below[(below["actor"] == actor) & below["kind"].isin(NAMED)].iloc[:1]
            for mention in first.itertuples():
                yield self.row(mention.start, mention.end, ACTOR, BELOW)

    def numbers_and_words(self):
        """Numbers and content words that only the headline has, names left out."""
        tree = self.tree
        named = self.mentions[self.mentions["position"] == "headline"]
        spans = list(zip(named["start"], named["end"], strict=True))
        words = {tree.lemma[row] for row in self.below}
        # "Endorses", which the parser takes for a name, is known from "endorsement".
        words |= {word_stem(tree.words[row].lower()) for row in self.below}
        numbers = {value_of(tree.words[row]) for row in self.below}
        for row in self.above:
            start, end, value = tree.starts[row], tree.ends[row], value_of(tree.words[row])
            is_named = any(first <= start < last for first, last in spans)
            is_known = not words.isdisjoint((tree.lemma[row], word_stem(tree.words[row].lower())))
            if value is not None and value not in numbers:
                yield self.row(start, end, NUMBER, ABOVE)
            elif value is None and not (is_named or is_known) and is_content(tree, row):
                yield self.row(start, end, CONTENT_WORD, ABOVE)

    def acts(self, quotes, speech):
        """Acts that the headline tells as done and the body does not, or without their doer."""
        tree = self.tree
        told = self.verbs(self.below)
        for row in self.above:
            key, others = act_of(tree, row), []
            if key is not None and find_status(tree, [row]) == ASSERTED:
                others = told.get(key, [])
            statuses = self.statuses(others, quotes, speech)
            if statuses and ASSERTED not in statuses:
                body = tree.starts[others[0]], tree.ends[others[0]]
                place = tree.starts[row], tree.ends[row]
                yield self.row(*place, ACT, SURER, body, status=statuses[0])
        dropped = self.missing[self.missing["position"] == "headline"].dropna(subset=["doer"])
        for act in dropped.itertuples():
            body = int(act.doer_start), int(act.doer_end)
            yield self.row(act.start, act.end, ACT, DROPPED, body, doer=act.doer)

    def tones(self, stance):
        """Actors of the headline on whom it throws another light than the body."""
        toned = select_toned(stance)
        is_above = toned["position"] == "headline"
        body = count_stance(toned[~is_above]).dropna(subset=["negative_share"]).set_index("actor")
        for mention in toned[is_above].drop_duplicates("actor").itertuples():
            if mention.actor not in body.index or pd.isna(mention.label):
                continue
            shares, is_dark = body.loc[mention.actor], mention.label == LABELS[0]
            numbers = {"n_negative": shares["n_negative"], "n": shares["n"]}
            if is_dark and shares["high"] < MAJORITY:
                yield self.row(mention.start, mention.end, TONE, DARKENED, **numbers)
            elif not is_dark and shares["low"] > MAJORITY:
                yield self.row(mention.start, mention.end, TONE, LIGHTENED, **numbers)

    def verbs(self, rows):
        """{act: rows of the verbs that tell it}."""
        found = {}
        for row in rows:
            key = act_of(self.tree, row)
            if key is not None:
                found.setdefault(key, []).append(row)
        return found

    def statuses(self, rows, quotes, speech):
        """How the acts of some verbs are told: by status, or in somebody's words."""
        if not rows:
            return []
        places = self.tokens.loc[rows, ["doc_id", "start", "end"]]
        voices = find_voices(places, quotes, speech)
        found = []
        for row, voice in zip(rows, voices, strict=True):
            status = find_status(self.tree, [row])
            is_said = status == ASSERTED and voice != JOURNALIST
            found.append(f"said by {voice}" if is_said else status)
        return found


def is_shared(name, words):
    """Whether every part of a name stands among some words or begins one of them: "Dem", "Gov."."""
    parts = [part.lower().rstrip(".") for part in name.split()]
    return all(
        part in words or (len(part) > 2 and any(word.startswith(part) for word in words))
        for part in parts
    )


def act_of(tree, row):
    """What act a verb tells: that of a word of harm, or the verb's own; None of other words."""
    if tree.pos[row] != "VERB" or tree.lemma[row] in word_list("verbs that say little alone"):
        return None
    harm = words_of_harm()["verb"].get(tree.lemma[row])
    return harm.act if harm else tree.lemma[row]


def value_of(word):
    """The number that a word stands for, or None."""
    plain = word.replace(",", "").lower()
    if plain in UNITS:
        return float(UNITS.index(plain))
    return float(plain) if plain.replace(".", "", 1).isdecimal() else None


def is_content(tree, row):
    """Whether a word says something by itself."""
    word = tree.words[row].lower()
    return word.isalpha() and len(word) > 1 and word not in function_words()
