"""The small curated tables of `data/`, and the countries that come from a package."""

import re
from collections import defaultdict
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import pandas as pd

from .errors import ArticleError

# No line of boilerplate is longer: a longer paragraph is somebody's prose.
BOILERPLATE_LETTERS = 120


def boilerplate_rule(paragraph):
    """Which kind of boilerplate a paragraph is, or None."""
    if len(paragraph) > BOILERPLATE_LETTERS:
        return None
    return next(
        (rule for pattern, rule in boilerplate_patterns() if pattern.fullmatch(paragraph)), None
    )


@cache
def boilerplate_patterns():
    """The compiled patterns of `data/boilerplate.csv`, each with its rule."""
    return [
        (re.compile(row.pattern, re.IGNORECASE), row.rule)
        for row in read_lexicon("boilerplate").itertuples()
    ]


def resource(name):
    """The path of a folder that comes with the workbook (`data`, `seeds`, `notebooks`), in a checkout or installed."""
    here = Path(__file__).parent
    for base in (here / "bundled", here.parent):
        if (base / name).exists():
            return base / name
    raise ArticleError(f"the workbook's own {name} is missing. Install the workbook again.")


@cache
def read_lexicon(name):
    """One curated table of `data/` (`actors`, `abbreviations`, `boilerplate` …) as it stands in its CSV file."""
    return pd.read_csv(resource("data") / f"{name}.csv", dtype=str, keep_default_na=False)


# One name a country, where countryinfo 1.0.1 lists two rows or an old name for it.
COUNTRY_NAMES = {
    "Burma": "Myanmar",
    "Republic of Macedonia": "North Macedonia",
    "Swaziland": "Eswatini",
    "Palestine, State of": "Palestine",
    "Vatican City State": "Holy See",
    "Holy See (Vatican City State)": "Holy See",
}
# Former countries and uninhabited islands; demonyms that are another country's ("Indian" for an ocean territory).
NOT_COUNTRIES = {
    "Serbia and Montenegro",
    "Antilles néerlandaises",
    "British Indian Ocean Territory",
    "United States Minor Outlying Islands",
}


def read_actors():
    """Names under which states and well-known organisations appear: one row an alias.

    Country names, capitals and nationality words come from the countryinfo package (MIT), the rest, and every correction to
    it, from `data/actors.csv`, which a reader can extend. Columns: alias, actor, actor_type, kind, source.
    """
    from countryinfo import all_countries

    rows, source = [], f"countryinfo {version('countryinfo')}"
    for country in all_countries():
        said = country.info()
        if said["name"] not in NOT_COUNTRIES:
            rows += [(*row, source) for row in country_rows(said)]
    packaged = pd.DataFrame(rows, columns=["alias", "actor", "actor_type", "kind", "source"])
    return pd.concat([read_lexicon("actors"), packaged]).drop_duplicates("alias", ignore_index=True)


def country_rows(said):
    """(alias, actor, actor_type, kind) for one country of countryinfo: its names, capital and nationality words."""
    actor = COUNTRY_NAMES.get(said["name"], said["name"])
    rows = [(actor, actor, "state", "name"), (said["name"], actor, "state", "name")]
    # Its other spellings hold codes and foreign words ("Island" for Iceland): only official long forms are safe.
    long_forms = ("Republic of", "Kingdom of", "State of", "Federation", "United States of")
    rows += [
        (name, actor, "state", "name")
        for name in said.get("altSpellings", [])
        if " " in name and any(form in name for form in long_forms)
    ]
    demonyms = (said.get("demonym") or "").replace("/", ",").split(",")
    # A dependency's people are counted with their own country's word only where no state claims it.
    independent = said.get("capital") and actor not in (
        "Hong Kong",
        "Macau",
        "Martinique",
        "Mayotte",
        "Réunion",
        "Northern Mariana Islands",
    )
    if independent:
        rows += [
            (demonym.strip(), actor, "state", "adjective")
            for demonym in demonyms
            if demonym.strip()
        ]
    capital = said.get("capital")
    if isinstance(capital, str) and capital and "/" not in capital and capital != actor:
        rows.append((capital, actor, "state", "capital"))
    return rows


@cache
def first_names():
    """{first name: "male" or "female"} of some 39,000 first names from all over the world; names of both are left out.

    Jörg Michael's list (2008, GNU Free Documentation License), as the gender-guesser package carries it, and
    `data/first_names.csv`, which adds names from regions that it hardly knows, and which a reader can extend.
    """
    listed = files("gender_guesser").joinpath("data/nam_dict.txt").read_text(encoding="utf-8")
    genders = defaultdict(set)
    for line in listed.splitlines():
        mark, name = line[:3].strip(), line[3:29].strip()
        if mark and mark[0] not in "#=":
            # A plus sign stands for a hyphen, a space or nothing.
            for form in {name.replace("+", joint) for joint in ("", " ", "-")}:
                genders[form].add({"M": "male", "F": "female"}.get(mark[-1]))
    known = {name: one for name, (one, *more) in genders.items() if one and not more}
    return known | {
        row.name: row.gender for row in read_lexicon("first_names").itertuples(index=False)
    }


@cache
def actor_nouns():
    """{noun: [(actor type, gender), …]} of nouns for people, organisations, places and states (`data/actor_nouns.csv`)."""
    nouns = defaultdict(list)
    for row in read_lexicon("actor_nouns").itertuples():
        nouns[row.noun].append((row.actor_type, row.gender))
    return dict(nouns)


def noun_types(noun):
    """The types of actor that a noun can describe; none for most nouns."""
    return {actor_type for actor_type, _ in actor_nouns().get(noun, ())}


def noun_gender(noun):
    """The gender that a noun for people tells; "" where it tells none."""
    return next(
        (gender for actor_type, gender in actor_nouns().get(noun, ()) if actor_type == "person"), ""
    )


def read_accuracy(task=None):
    """How well the workbook did on public test data: one row a measure.

    With its score, what a plain baseline reaches, the public data, the benchmark that measured it, and its meaning in plain
    words. `task` chooses one of sentences, tokens, words, actors, roles, quotes, tone and stance.

    >>> read_accuracy("tone").columns.tolist()
    ['task', 'measure', 'score', 'unit', 'baseline', 'data', 'command', 'meaning']
    """
    accuracy = read_lexicon("accuracy").astype({"score": float})
    return accuracy if task is None else accuracy[accuracy["task"] == task].reset_index(drop=True)


def read_reliability():
    """How often the tone model is right when it is so sure: one row a range of its highest probability.

    On NewsMTSC's dev parts: `low` to `high` the range, `n` targets in it, `sure` their mean probability, `right` the share of
    them with the right label.

    >>> read_reliability().columns.tolist()
    ['low', 'high', 'n', 'sure', 'right']
    """
    return read_lexicon("stance/reliability").astype(
        {"low": float, "high": float, "n": int, "sure": float, "right": float}
    )


def read_model_card():
    """The model card of the tone model, as Markdown: what it learned from, how good it is, what it must not be used for."""
    return (resource("data") / "stance" / "README.md").read_text(encoding="utf-8")


@cache
def reporting_verbs():
    """{lemma: (class, frames)} of `data/reporting_verbs.csv`."""
    return {
        row.verb: (row._2, frozenset(row.frames.split()))
        for row in read_lexicon("reporting_verbs").itertuples()
    }


@cache
def word_list(name):
    """The words of one list of `data/word_lists.csv`; none where there is no such list."""
    lists = read_lexicon("word_lists")
    return frozenset(lists.loc[lists["list"] == name, "word"])
