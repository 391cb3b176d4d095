"""Tone of sentences with VADER, and the very words that made each score."""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from nltk.sentiment.vader import SentimentIntensityAnalyzer, VaderConstants
from tqdm import tqdm

from ... import schema
from ...text import straighten

# Hutto & Gilbert (2014): a compound score of at least this much, either way, is not neutral.
NEUTRAL_BELOW = 0.05
# VADER misses a word with two marks at it (`revenge,”`): every mark but an apostrophe or hyphen inside a word goes.
HIDING_MARKS = re.compile(r"[^\w'-]|(?<!\w)['-]|['-](?!\w)")


def score_sentiment(sentences, by="sentence"):
    """Score the tone of sentences with NLTK's VADER: one row a sentence (or a paragraph, `by="paragraph"`).

    VADER (Hutto & Gilbert 2014) sums a lexicon's valences under a few rules. It was made for tweets and reviews: on news it
    says how emotional the wording is, not what the article thinks of anybody. A paragraph gets the means of its sentences,
    as VADER's authors advise. Words are read, marks (emoticons too) are not, but for ! and ?. Accuracy on news: benchmarks/README.md.

    >>> score_sentiment(split_sentences(read_texts("A grave threat.")))[["compound", "label"]].values.tolist()
    [[-0.7184, 'negative']]
    """
    schema.check(sentences, "sentences")
    if by == "paragraph":
        return score_paragraphs(score_sentiment(sentences))
    if by != "sentence":
        raise ValueError(f"by={by!r}: choose 'sentence' or 'paragraph'.")
    texts = tqdm(sentences["text"], desc="Scoring", unit=" sentences", delay=2, leave=False)
    scores = [vader().polarity_scores(text) for text in texts]
    numbers = {
        name: [score[short] for score in scores]
        for name, short in (
            ("negative", "neg"),
            ("neutral", "neu"),
            ("positive", "pos"),
            ("compound", "compound"),
        )
    }
    return schema.table(
        sentences.assign(**numbers, label=list(map(label_of, numbers["compound"]))), "sentiment"
    )


def score_paragraphs(sentiment):
    """The sentiment table of sentences as means by paragraph."""
    grouped = sentiment.groupby(["doc_id", "paragraph_id"], sort=False)
    means = grouped[["negative", "neutral", "positive", "compound"]].mean()
    edges = grouped.agg(start=("start", "min"), end=("end", "max"), n=("start", "size"))
    table = edges.join(means).reset_index()
    return schema.table(table.assign(label=table["compound"].map(label_of)), "paragraph_sentiment")


def label_of(compound):
    """The word for a compound score."""
    return (
        "negative"
        if compound <= -NEUTRAL_BELOW
        else "positive"
        if compound >= NEUTRAL_BELOW
        else "neutral"
    )


def score_tone_words(sentences):
    """Find the words that made each score: one row a word (or run of ! or ?) that moved its sentence.

    `valence` is what VADER's lexicon says of the word, `score` what it added after the rules; `rule` names each rule that
    fired. The scores of a sentence add up to the sum from which VADER makes its compound score.

    >>> find_tone_words(split_sentences(read_texts("It is not a threat.")))[["text", "valence", "rule"]].values.tolist()
    [['threat', -2.4, 'lexicon; negation (not)']]
    """
    rows = []
    rows_of_text = schema.check(sentences, "sentences").itertuples()
    for sentence in tqdm(
        rows_of_text,
        total=len(sentences),
        desc="Finding tone words",
        unit=" sentences",
        delay=2,
        leave=False,
    ):
        place = (sentence.doc_id, sentence.sentence_id, sentence.paragraph_id)
        for start, end, valence, score, rule in explain_score(sentence.text):
            rows.append(
                (
                    *place,
                    sentence.start + start,
                    sentence.start + end,
                    sentence.text[start:end],
                    valence,
                    score,
                    rule,
                )
            )
    return schema.table(rows, "tone_words")


def count_tone_words(tone_words):
    """Add up what each word brought: one row a word in small letters, from the most negative sum to the most positive.

    >>> words = find_tone_words(split_sentences(read_texts("A threat is a threat. They agree.")))
    >>> count_tone_words(words)[["word", "n", "score"]].values.tolist()
    [['threat', 2, -4.8], ['agree', 1, 1.5]]
    """
    words = schema.check(tone_words, "tone_words").assign(word=tone_words["text"].str.lower())
    counts = words.groupby("word").agg(n=("score", "size"), score=("score", "sum")).reset_index()
    return schema.table(
        counts.sort_values(["score", "word"], ignore_index=True), "tone_word_counts"
    )


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
            found.append(
                (
                    *item.span(),
                    tracer.lexicon[item[0].lower()],
                    score,
                    "; ".join(["lexicon", *rules]),
                )
            )
    total = sum(score for *_, score, _ in found)
    if tracer.emphasis and total:
        marks = re.search(r"[!?]+", text)  # the first run stands for all of them
        signed = tracer.emphasis if total > 0 else -tracer.emphasis
        found.append((*marks.span(), 0.0, signed, "emphasis (! or ?)"))
    return sorted(found)


class TracingVader(SentimentIntensityAnalyzer):
    """NLTK's VADER, which notes for the text scored last each word's score and the rules behind it."""

    def __init__(self, lexicon):
        # Not NLTK's own way: it wants the lexicon in its data folder, and refuses a file that an installer has hard-linked.
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
        # NLTK looks a repeated word up at its first place; as in the authors' own implementation, each is judged at its own.
        super().sentiment_valence(valence, sentitext, item, len(sentiments), sentiments)
        if item.isupper() and sentitext.is_cap_diff and item.lower() in self.lexicon:
            self.fired.append("capitals")
        self.rules += [[] for _ in range(len(sentiments) - 1 - len(self.rules))] + [self.fired]
        return sentiments

    def _never_check(self, valence, words_and_emoticons, start_i, i):
        before = words_and_emoticons[i - start_i - 1]
        boost = self.constants.BOOSTER_DICT.get(before.lower(), 0)
        if boost:
            self.fired.append(f"{'intensifier' if boost > 0 else 'downtoner'} ({before})")
        after = super()._never_check(valence, words_and_emoticons, start_i, i)
        if after == valence * self.constants.N_SCALAR != valence:
            self.fired.append(f"negation ({before})")
        elif after != valence:
            so = next(
                word
                for word in (words_and_emoticons[i - 1], words_and_emoticons[i - 2])
                if word in ("so", "this")
            )
            self.fired.append(f"intensifier ({so})")
        return after

    def _least_check(self, valence, words_and_emoticons, i):
        after = super()._least_check(valence, words_and_emoticons, i)
        if after != valence:
            self.fired.append("negation (least)")
        return after

    def _idioms_check(self, valence, words_and_emoticons, i):
        after = super()._idioms_check(valence, words_and_emoticons, i)
        pairs = [
            " ".join(words_and_emoticons[max(0, i - back) : i - back + 2]).lower()
            for back in (3, 2)
        ]
        pair = next((pair for pair in pairs if pair in self.constants.BOOSTER_DICT), None)
        if pair:
            self.fired.append(f"downtoner ({pair})")
        if after != valence + (self.constants.B_DECR if pair else 0):
            self.fired.append("idiom")
        return after

    def _but_check(self, words_and_emoticons, sentiments):
        before = list(sentiments)
        self.rules += [[] for _ in range(len(sentiments) - len(self.rules))]
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
    """VADER with the lexicon that the vaderSentiment package carries (NLTK's own would have to be downloaded)."""
    lexicon = Path(find_spec("vaderSentiment").origin).with_name("vader_lexicon.txt")
    return TracingVader(lexicon.read_text(encoding="utf-8").strip("\n"))
