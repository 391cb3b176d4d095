"""Tone of sentences with VADER, and the very words that made each score."""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pandas as pd
from nltk.sentiment.vader import SentimentIntensityAnalyzer, VaderConstants
from tqdm import tqdm

from ... import schema
from ...text import straighten

# Hutto & Gilbert (2014): a compound score of at least this much, either way, is not neutral.
NEUTRAL_BELOW = 0.05
# VADER's own names for its scores.
VADER_NAMES = {"neg": "negative", "neu": "neutral", "pos": "positive", "compound": "compound"}
# VADER misses a word with two marks at it (`revenge,”`): every mark but an apostrophe or hyphen
# inside a word goes.
HIDING_MARKS = re.compile(r"[^\w'-]|(?<!\w)['-]|['-](?!\w)")


def score_sentiment(sentences, *, by="sentence"):
    """Score the tone of sentences with NLTK's VADER: one row a sentence, or a paragraph.

    `by` is "sentence" or "paragraph"; anything else raises ValueError. VADER (Hutto & Gilbert 2014)
    sums a lexicon's valences under a few rules. It was made for tweets and reviews: on news it says
    how emotional the wording is, not what the article thinks of anybody. A paragraph gets the means
    of its sentences, as VADER's authors advise. Words are read, marks (emoticons too) are not, but
    for ! and ?. Accuracy on news: benchmarks/README.md.

    >>> sentiment = score_sentiment(split_sentences(read_texts("A grave threat.")))
    >>> sentiment[["compound", "label"]].values.tolist()
    [[-0.7184, 'negative']]
    """
    schema.check(sentences, "sentences")
    if by == "paragraph":
        return score_paragraphs(score_sentiment(sentences))
    if by != "sentence":
        raise ValueError(f"by={by!r}: choose 'sentence' or 'paragraph'.")
    texts = tqdm(sentences["text"], desc="Scoring", unit=" sentences", delay=2, leave=False)
    scores = pd.DataFrame([vader().polarity_scores(text) for text in texts], columns=[*VADER_NAMES])
    scores = scores.rename(columns=VADER_NAMES).set_axis(sentences.index)
    labels = [label_of(compound) for compound in scores["compound"]]
    return schema.table(sentences.assign(**scores, label=labels), "sentiment")


def score_paragraphs(sentiment):
    """The sentiment table of sentences as means by paragraph."""
    grouped = sentiment.groupby(["doc_id", "paragraph_id"], sort=False)
    means = grouped[["negative", "neutral", "positive", "compound"]].mean()
    edges = grouped.agg(start=("start", "min"), end=("end", "max"), n=("start", "size"))
    table = edges.join(means).reset_index()
    return schema.table(table.assign(label=table["compound"].map(label_of)), "paragraph_sentiment")


def label_of(compound):
    """The word for a compound score."""
    if compound <= -NEUTRAL_BELOW:
        return "negative"
    return "positive" if compound >= NEUTRAL_BELOW else "neutral"


def score_tone_words(sentences):
    """Score the words that made each score: one row a word that moved its sentence.

    A run of ! or ? has a row, too. `valence` is what VADER's lexicon says of the word (-4 to 4),
    `score` what it added after the rules; `rule` names each rule that fired. The scores of a
    sentence add up to the sum from which VADER makes its compound score.

    >>> words = score_tone_words(split_sentences(read_texts("It is not a threat.")))
    >>> words[["text", "valence", "rule"]].values.tolist()
    [['threat', -2.4, 'lexicon; negation (not)']]
    """
    rows = []
    for sentence in tqdm(
        schema.check(sentences, "sentences").itertuples(),
        total=len(sentences),
        desc="Finding tone words",
        unit=" sentences",
        delay=2,
        leave=False,
    ):
        first, text = sentence.start, sentence.text
        place = (sentence.doc_id, sentence.sentence_id, sentence.paragraph_id)
        for start, end, *score in explain_score(text):
            rows.append((*place, first + start, first + end, text[start:end], *score))
    return schema.table(rows, "tone_words")


def count_tone_words(tone_words):
    """Count what each word brought: one row a word in small letters.

    From the most negative sum of scores to the most positive.

    >>> words = score_tone_words(split_sentences(read_texts("A threat is a threat. They agree.")))
    >>> count_tone_words(words)[["word", "n", "score"]].values.tolist()
    [['threat', 2, -4.8], ['agree', 1, 1.5]]
    """
    words = schema.check(tone_words, "tone_words").assign(word=tone_words["text"].str.lower())
    counts = words.groupby("word").agg(n=("score", "size"), score=("score", "sum")).reset_index()
    counts = counts.sort_values(["score", "word"], ignore_index=True)
    return schema.table(counts, "tone_word_counts")


def without_marks(text):
    """`text` as VADER reads it, of the same length: no mark hides a word."""
    return HIDING_MARKS.sub(" ", straighten(text))


def explain_score(text):
    """What moved VADER's score of `text`: (start, end, valence, score, rules), in order."""
    tracer = vader()
    tracer.polarity_scores(text)
    items = [match for match in re.finditer(r"\S+", without_marks(text)) if len(match[0]) > 1]
    found = []
    for item, score, rules in zip(items, tracer.scores, tracer.rules, strict=True):
        if score:
            valence = tracer.lexicon[item[0].lower()]
            found.append((*item.span(), valence, score, "; ".join(["lexicon", *rules])))
    total = sum(score for *_, score, _ in found)
    if tracer.emphasis and total:
        marks = re.search(r"[!?]+", text)  # the first run stands for all of them
        signed = tracer.emphasis if total > 0 else -tracer.emphasis
        found.append((*marks.span(), 0.0, signed, "emphasis (! or ?)"))
    return sorted(found)


class TracingVader(SentimentIntensityAnalyzer):
    """NLTK's VADER, which notes for the text scored last each word's score and the rules behind."""

    def __init__(self, lexicon):
        # Not NLTK's own way: it wants the lexicon in its data folder, and refuses a file that an
        # installer has hard-linked.
        self.lexicon_file = lexicon
        self.lexicon = self.make_lex_dict()
        self.constants = VaderConstants()

    def polarity_scores(self, text):
        """VADER's scores of `text`, read through a shadow in which no mark hides a word."""
        self.unmodified, self.scores, self.rules, self.emphasis = text, [], [], 0.0
        return super().polarity_scores(without_marks(text))

    def sentiment_valence(self, valence, sentitext, item, i, sentiments):
        """VADER's valence of one word, with the rules noted that fired for it."""
        self.fired = []
        # NLTK looks a repeated word up at its first place; as in the authors' own implementation,
        # each is judged at its own.
        super().sentiment_valence(valence, sentitext, item, len(sentiments), sentiments)
        loud = sentitext.is_cap_diff and item.isupper()
        if loud and item.lower() in self.lexicon:
            self.fired.append("capitals")
        self.fill_rules(len(sentiments) - 1)
        self.rules.append(self.fired)
        return sentiments

    def fill_rules(self, n):
        """Note that no rule fired for the words up to the `n`-th that have none noted."""
        while len(self.rules) < n:
            self.rules.append([])

    def _never_check(self, valence, words_and_emoticons, start_i, i):
        before = words_and_emoticons[i - start_i - 1]
        boost = self.constants.BOOSTER_DICT.get(before.lower(), 0)
        if boost:
            kind = "intensifier" if boost > 0 else "downtoner"
            self.fired.append(f"{kind} ({before})")
        after = super()._never_check(valence, words_and_emoticons, start_i, i)
        if after == valence * self.constants.N_SCALAR != valence:
            self.fired.append(f"negation ({before})")
        elif after != valence:
            so = words_and_emoticons[i - 1]
            if so not in ("so", "this"):
                so = words_and_emoticons[i - 2]
            self.fired.append(f"intensifier ({so})")
        return after

    def _least_check(self, valence, words_and_emoticons, i):
        after = super()._least_check(valence, words_and_emoticons, i)
        if after != valence:
            self.fired.append("negation (least)")
        return after

    def _idioms_check(self, valence, words_and_emoticons, i):
        after = super()._idioms_check(valence, words_and_emoticons, i)
        expected = valence
        for back in (3, 2):
            pair = " ".join(words_and_emoticons[max(0, i - back) : i - back + 2]).lower()
            if pair in self.constants.BOOSTER_DICT:
                self.fired.append(f"downtoner ({pair})")
                expected = valence + self.constants.B_DECR
                break
        if after != expected:
            self.fired.append("idiom")
        return after

    def _but_check(self, words_and_emoticons, sentiments):
        before = list(sentiments)
        self.fill_rules(len(sentiments))
        after = super()._but_check(words_and_emoticons, sentiments)
        for rules, old, new in zip(self.rules, before, after, strict=True):
            if new != old:
                rules.append("before “but”" if abs(new) < abs(old) else "after “but”")
        self.scores = after
        return after

    def _punctuation_emphasis(self, sum_s, text):
        self.emphasis = super()._punctuation_emphasis(sum_s, self.unmodified)
        return self.emphasis


@cache
def vader():
    """VADER with the lexicon that the vaderSentiment package carries.

    NLTK's own would have to be downloaded.
    """
    lexicon = Path(find_spec("vaderSentiment").origin).with_name("vader_lexicon.txt")
    return TracingVader(lexicon.read_text(encoding="utf-8").strip("\n"))
