"""The stages of an analysis: which tables each makes, and what its outcome depends on.

A stage's tables of a batch of articles have a name that stands for the articles and for all code,
data and packages that made them, those of earlier stages among them. So what a stage made is never
out of date, and a change in a later stage leaves the earlier ones as they are.
"""

import hashlib
import json
from typing import NamedTuple

import pandas as pd

from ... import schema
from ...find.acts import find_actions
from ...find.dates import find_dates
from ...find.doers import find_missing_doers
from ...find.events import find_events
from ...find.labels import find_labels
from ...find.mentions import find_mentions
from ...find.places import find_places
from ...find.quotes import find_quotes
from ...find.speech.stretches import find_speech
from ...find.vouching import find_vouching
from ...kept import Maker, name_maker
from ...measure.tone.stance import SCORER, score_stance
from ...models import WHICH_MODEL
from ...parse.sentences import split_sentences
from ...parse.tokens import PARSER, split_tokens
from ...read.corrections import file_beside

# What an analysis reads of an article: with anything else changed, its tables are the same.
READ_OF_ARTICLE = ("doc_id", "text", "title", "outlet", "published", "author", "url", "added")
TONE_STAGE = "tone"


class Stage(NamedTuple):
    """A step of the analysis."""

    tables: tuple  # in the order in which they are made
    maker: Maker
    run: object  # (articles, tables so far) -> {table: rows}


def parse(articles, _):
    """Sentences and tokens."""
    sentences = split_sentences(articles)
    return {"sentences": sentences, "tokens": split_tokens(articles, sentences)}


def find_people(articles, made):
    """Who is in the articles and who speaks; each article stands for itself."""
    tokens = made["tokens"]
    speech = find_speech(articles, tokens)
    mentions = find_mentions(articles, tokens, speech, across=False)
    quotes = find_quotes(articles, tokens, mentions, speech)
    return {"speech": speech, "mentions": mentions, "quotes": quotes}


def find_told(articles, made):
    """What is told: acts, doers left out, labels, on whose word, when and where."""
    tokens, mentions, speech = made["tokens"], made["mentions"], made["speech"]
    dates = find_dates(articles, tokens, speech)
    return {
        "actions": find_actions(mentions, tokens),
        "missing_doers": find_missing_doers(articles, tokens, mentions),
        "labels": find_labels(articles, tokens, mentions),
        "vouching": find_vouching(made["quotes"], tokens, mentions),
        "dates": dates,
        "events": find_events(articles, tokens, dates, mentions, speech=speech),
        "places": find_places(mentions),
    }


def score_tone(_, made):
    """The tone towards each mention."""
    given = (made[name] for name in ("mentions", "sentences", "quotes", "speech"))
    return {"stance": score_stance(*given)}


STAGES = {
    "parse": Stage(("sentences", "tokens"), PARSER, parse),
    "people": Stage(
        ("speech", "mentions", "quotes"),
        Maker(
            ("find/mentions.py", "find/quotes.py", "find/roles.py", "find/speakers.py")
            + ("find/corrections.py", "find/acts.py", "find/status.py")
            + ("find/names/*.py", "find/speech/*.py", "read/corrections.py"),
            ("*.csv", "names/checksums.txt"),
            ("onnxruntime", "tokenizers", "numpy", "nameparser"),
        ),
        find_people,
    ),
    "told": Stage(
        ("actions", "missing_doers", "labels", "vouching", "dates", "events", "places"),
        Maker(("find/*.py", "find/when/*.py"), ("*.csv", "places/*"), ("python-dateutil",)),
        find_told,
    ),
    TONE_STAGE: Stage(("stance",), SCORER, score_tone),
}
# The tables of a corpus, and the stage that makes each.
STAGE_OF = {table: name for name, stage in STAGES.items() for table in stage.tables}


def choose_stages(tone=True):
    """The names of the stages that are asked for, in order."""
    return [name for name in STAGES if tone or name != TONE_STAGE]


def name_version(stage):
    """A name for all that the outcome of a stage depends on, but the articles.

    Small models make another outcome than the whole ones.
    """
    told = []
    for name in STAGES:
        # Tone does not read what is told, and nothing reads tone.
        if name == stage or name in ("parse", "people"):
            read_with = "" if name == "parse" else WHICH_MODEL.get()
            told.append(f"{name} {name_maker(STAGES[name].maker)} {read_with}")
        if name == stage:
            break
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def name_articles_of(keys, stage):
    """The name of what a stage makes of articles with these keys."""
    whole = "\n".join([name_version(stage), *keys])
    return hashlib.sha256(whole.encode()).hexdigest()[:32]


def key_articles(articles):
    """A name for what an analysis reads of each article: the row, and corrections beside it."""
    beside = {}
    for source in articles["source"].dropna().unique():
        path = file_beside(source)
        beside[source] = hashlib.sha256(path.read_bytes()).hexdigest() if path else ""
    rows = articles[[*READ_OF_ARTICLE]].astype(object)
    rows = rows.where(rows.notna(), None).values.tolist()
    keys = []
    for row, source in zip(rows, articles["source"], strict=True):
        said = json.dumps([*row, beside.get(source, "")], ensure_ascii=False)
        keys.append(hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest())
    return keys


def run_stage(stage, articles, made):
    """The tables that a stage makes of articles, each in the order of the articles."""
    found = STAGES[stage].run(articles, made)
    return {name: order_rows(table, articles, name) for name, table in found.items()}


def order_rows(table, articles, name):
    """A table's rows by article in the order of the articles, otherwise as they were."""
    place = pd.Series(range(len(articles)), index=articles["doc_id"])
    order = table["doc_id"].map(place).argsort(kind="stable")
    return schema.table(table.iloc[order.to_numpy()].reset_index(drop=True), name)
