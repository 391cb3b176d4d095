"""The small curated tables of `data/`, and the countries that come from a package."""

import re
from collections import defaultdict
from functools import cache
from importlib.metadata import version
from pathlib import Path

import pandas as pd

from .errors import ArticleError


def resource(name):
    """The path of a folder that comes with the workbook (`data`, `seeds`, `notebooks`).

    In a checkout and installed; ArticleError where it is missing.
    """
    here = Path(__file__).parent
    for base in (here / "bundled", here.parent):
        if (base / name).exists():
            return base / name
    raise ArticleError(f"the workbook's own {name} is missing. Install the workbook again.")


@cache
def read_lexicon(name):
    """One curated table of `data/` as it stands in its CSV file, all cells text.

    `name`: `actors`, `abbreviations`, `boilerplate` …
    """
    return pd.read_csv(resource("data") / f"{name}.csv", dtype=str, keep_default_na=False)


def read_actors():
    """Names under which states and well-known organisations appear: one row an alias.

    Country names, capitals and nationality words come from the countryinfo package (MIT), mended by
    `data/countries.csv`; the rest, and every correction to it, from `data/actors.csv`. A reader can
    extend both. Columns: alias, actor, actor_type, kind, source.
    """
    from countryinfo import all_countries

    left_out = country_mends("leave out")
    rows = []
    for country in all_countries():
        said = country.info()
        if said["name"] not in left_out:
            rows += country_rows(said)
    packaged = pd.DataFrame(rows, columns=["alias", "actor", "kind"])
    packaged["actor_type"] = "state"
    packaged["source"] = f"countryinfo {version('countryinfo')}"
    # What is curated comes first: it corrects the package.
    return pd.concat([read_lexicon("actors"), packaged]).drop_duplicates("alias", ignore_index=True)


@cache
def country_mends(mend):
    """{words: actor} of `data/countries.csv` for one `mend`; only `rename` gives an actor."""
    table = read_lexicon("countries")
    table = table[table["mend"] == mend]
    return dict(zip(table["words"], table["actor"], strict=True))


def country_rows(said):
    """(alias, actor, kind) for a country of countryinfo: names, nationality words, capital."""
    actor = country_mends("rename").get(said["name"], said["name"])
    rows = [(actor, actor, "name"), (said["name"], actor, "name")]
    # Its other spellings hold codes and foreign words ("Island" for Iceland): only official long
    # forms are safe.
    official_form = re.compile("|".join(country_mends("official form")))
    for name in said.get("altSpellings", []):
        if " " in name and official_form.search(name):
            rows.append((name, actor, "name"))
    capital = said.get("capital")
    # A dependency's people are counted with their own country's word only where no state claims it.
    if capital and actor not in country_mends("no nationality"):
        demonyms = (said.get("demonym") or "").replace("/", ",").split(",")
        rows += [(word.strip(), actor, "adjective") for word in demonyms if word.strip()]
    # A list, or names joined by a slash: nobody agrees on which city is meant.
    is_one_city = isinstance(capital, str) and "/" not in capital
    if is_one_city and capital not in ("", actor):
        rows.append((capital, actor, "capital"))
    return rows


def read_stopwords():
    """Function words, which say little of what a text is about: one row a word.

    With its class and the grammar that lists it (`data/stopwords.csv`). Add to it or take away, and
    hand it to `count_words(tokens, pos=None, stopwords=…)`.

    >>> "the" in read_stopwords()["word"].tolist()
    True
    """
    return read_lexicon("stopwords").copy()


@cache
def acronyms():
    """Acronyms of states and organisations, which are written in capitals (`data/actors.csv`)."""
    table = read_lexicon("actors")
    return frozenset(table.loc[table["kind"] == "acronym", "alias"])


@cache
def first_names():
    """{first name: "male", "female", or "" for both} of some 36,000 names from all over the world.

    `data/given_names.csv` holds what the births of the United States and the lists of many
    countries agree on; `data/first_names.csv` adds names from regions that these hardly know, and
    corrects them. A reader can extend it.
    """
    given, own = read_lexicon("given_names"), read_lexicon("first_names")
    told = given["gender"].map({"f": "female", "m": "male"})
    known = dict(zip(given["name"], told, strict=True))
    return known | dict(zip(own["name"], own["gender"], strict=True))


@cache
def actor_nouns():
    """{noun: [(actor type, gender), …]} of `data/actor_nouns.csv`.

    Nouns for people, organisations, places and states.
    """
    nouns = defaultdict(list)
    for row in read_lexicon("actor_nouns").itertuples():
        nouns[row.noun].append((row.actor_type, row.gender))
    return dict(nouns)


def noun_types(noun):
    """The types of actor that a noun can describe; none for most nouns."""
    return {actor_type for actor_type, _ in actor_nouns().get(noun, ())}


def noun_gender(noun):
    """The gender that a noun for people tells; "" where it tells none."""
    for actor_type, gender in actor_nouns().get(noun, ()):
        if actor_type == "person":
            return gender
    return ""


def read_accuracy(task=None):
    """How well the workbook did on public test data: one row a measure.

    With its score, what a plain baseline reaches, the public data, the benchmark that measured it,
    and its meaning in plain words. `task` chooses one of sentences, tokens, words, actors, roles,
    quotes, tone, stance, telling, terms and coverage; all of them by default.

    >>> read_accuracy("tone").columns.tolist()
    ['task', 'measure', 'score', 'unit', 'baseline', 'data', 'command', 'meaning']
    """
    accuracy = read_lexicon("accuracy").astype({"score": float})
    if task is None:
        return accuracy
    return accuracy[accuracy["task"] == task].reset_index(drop=True)


def read_fairness():
    """Whom the workbook serves worse: one row a group, with the score it gets.

    Names found to the letter by the region they come from (written for the purpose), pronouns
    linked by gender (GAP). `n` sentences or pronouns, `score` in percent, `low` to `high` its 95 %
    interval. How it was measured: benchmarks/README.md.

    >>> read_fairness().columns.tolist()
    ['measure', 'group', 'n', 'score', 'low', 'high']
    """
    return read_lexicon("fairness/measured").astype(
        {"n": int, "score": float, "low": float, "high": float}
    )


def read_reliability():
    """How often the tone model is right when it is so sure: one row a range of probability.

    The probability is the model's highest, on NewsMTSC's dev parts: `low` to `high` the range, `n`
    targets in it, `sure` their mean probability, `right` the share of them with the right label.

    >>> read_reliability().columns.tolist()
    ['low', 'high', 'n', 'sure', 'right']
    """
    return read_lexicon("stance/reliability").astype(
        {"low": float, "high": float, "n": int, "sure": float, "right": float}
    )


def read_model_card():
    """The model card of the tone model, as Markdown.

    What it learned from, how good it is, what it must not be used for.
    """
    return (resource("data") / "stance" / "README.md").read_text(encoding="utf-8")


@cache
def reporting_verbs():
    """{lemma: (class, frames)} of `data/reporting_verbs.csv`."""
    table = read_lexicon("reporting_verbs")
    frames = [frozenset(words.split()) for words in table["frames"]]
    return dict(zip(table["verb"], zip(table["class"], frames, strict=True), strict=True))


@cache
def abbreviations():
    """{abbreviation without its last full stop: whether it may end a sentence}."""
    table = read_lexicon("abbreviations")
    return dict(zip(table["abbreviation"], table["ends_sentence"], strict=True))


@cache
def sentence_starters():
    """Words that, with a capital, rather begin a sentence than go on with a name."""
    return frozenset(read_lexicon("sentence_starters")["word"])


@cache
def hyphen_prefixes():
    """Prefixes that stay on their word at a hyphen."""
    return frozenset(read_lexicon("hyphen_prefixes")["prefix"])


@cache
def word_list(name):
    """The words of one list of `data/word_lists.csv`; none where there is no such list."""
    lists = read_lexicon("word_lists")
    return frozenset(lists.loc[lists["list"] == name, "word"])
