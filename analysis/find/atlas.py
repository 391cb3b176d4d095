"""Which places bear a name: countries, their regions, and cities, from the lists in data/places."""

import math
import re
from collections import defaultdict
from functools import cache
from typing import NamedTuple

from ..lexicons import read_actors, read_lexicon
from ..text import straighten, without_accents

# A city's name in another language counts only beside places so much smaller that bear the name.
FAR_SMALLER, KNOWN = 10, 100_000
# A region has the people of its cities; where so many live in the one that it is called after,
# that is meant: New York.
MOST_OF_REGION = 0.28
EARTH_RADIUS = 6371  # km
SAINT = re.compile(r"^(?:st|ste)\b")
KIND_OF_REGION = re.compile(r" (?:state|province|oblast|prefecture|governorate)$")


class Spot(NamedTuple):
    """A place on the map: `kind` is country, region or city; `country` a code."""

    name: str
    kind: str
    country: str
    region: str
    latitude: float
    longitude: float
    population: int
    capital: bool = False


def key_of(name):
    """A name as it is looked up: small letters without accents, marks and "the"."""
    if not name.isascii():
        name = without_accents(straighten(name))
    plain = name.casefold().strip().removeprefix("the ").removesuffix("'s")
    plain = plain.replace(".", "").replace(",", "").replace("-", " ")
    return SAINT.sub("saint", plain) if plain.startswith("s") else plain


def degrees_of(written, kind=float):
    """A number of a table; not a number where the cell is empty."""
    return kind(written) if written else math.nan


@cache
def country_names():
    """{code: name} of the countries, as the workbook calls them."""
    table = read_lexicon("places/countries")
    return dict(zip(table["code"], table["name"], strict=True))


@cache
def index_countries():
    """{key: spot} of the countries, by every name and acronym that the workbook has for them."""
    spots, aliases = {}, defaultdict(list)
    actors = read_actors()
    named = actors[(actors["actor_type"] == "state") & actors["kind"].isin(["name", "acronym"])]
    for row in named.itertuples():
        aliases[row.actor].append(row.alias)
    for row in read_lexicon("places/countries").itertuples():
        at = degrees_of(row.latitude), degrees_of(row.longitude), int(row.population)
        spot = Spot(row.name, "country", row.code, "", *at)
        for name in (row.name, *filter(None, row.other_names.split("|")), *aliases[row.name]):
            spots.setdefault(key_of(name), spot)
    return spots


@cache
def index_places():
    """({key: spots that bear the name}, {key: large cities that are called so elsewhere})."""
    bearers, elsewhere = defaultdict(list), defaultdict(list)
    for key, spot in index_countries().items():
        bearers[key].append(spot)
    for row in list_rows("regions"):
        name, country, latitude, longitude, population, other = row
        at = degrees_of(latitude), degrees_of(longitude), int(population)
        for key in filter(None, (key_of(name), key_of(other))):
            bearers[key].append(Spot(name, "region", country, name, *at))
    capitals = find_capitals()
    for row in list_rows("cities"):
        name, country, region, latitude, longitude, population, others = row
        at, key = (float(latitude), float(longitude), int(population)), key_of(name)
        spot = Spot(name, "city", country, region, *at, capitals.get(country) == key)
        bearers[key].append(spot)
        for other in others.split("|") if others else ():
            elsewhere[key_of(other)].append(spot)
    return dict(bearers), dict(elsewhere)


def list_rows(name):
    """The rows of a list of places, as tuples of text."""
    table = read_lexicon(f"places/{name}")
    return zip(*(table[column].tolist() for column in table), strict=True)


def find_capitals():
    """{code of a country: key of its capital}."""
    table = read_lexicon("places/countries")
    return {row.code: key_of(row.capital) for row in table.itertuples()}


@cache
def find_bearers(name):
    """The places that bear a name, as a tuple; the largest first, a country before all others.

    What is the same place twice is one: Singapore the country and the city, New York the city and
    the region around it.
    """
    key = key_of(name)
    bearers, elsewhere = index_places()
    spots = list(bearers.get(key, ()))
    if not spots and (called := KIND_OF_REGION.search(key)):
        spots = [spot for spot in bearers.get(key[: called.start()], ()) if spot.kind == "region"]
        return tuple(spots)
    most = max((spot.population for spot in spots if spot.kind != "region"), default=0)
    for spot in elsewhere.get(key, ()):
        is_larger = most < KNOWN and spot.population >= FAR_SMALLER * most
        if spot not in spots and is_larger:
            spots.append(spot)
    countries = {spot.country for spot in spots if spot.kind == "country"}
    spots = [spot for spot in spots if spot.kind == "country" or spot.country not in countries]
    cities = [spot for spot in spots if spot.kind == "city"]
    spots = [spot for spot in spots if spot.kind != "region" or not is_city_alone(spot, cities)]
    return tuple(sorted(spots, key=lambda spot: (spot.kind != "country", -spot.population)))


def is_city_alone(region, cities):
    """Whether one of the cities is rather meant than the region of its name."""
    for city in cities:
        fills = city.population >= MOST_OF_REGION * region.population
        is_its_city = city.region == region.name and fills
        if city.country == region.country and (city.capital or is_its_city):
            return True
    return False


def lies_in(spot, outer):
    """Whether a place lies in a country or region."""
    if spot.country != outer.country or spot == outer or spot.kind == "country":
        return False
    return outer.kind == "country" or (outer.kind == "region" and spot.region == outer.name)


def distance_between(one, other):
    """How far two places are from each other, in km along the globe."""
    north, south = math.radians(one.latitude), math.radians(other.latitude)
    apart = math.radians(other.longitude - one.longitude)
    half = math.sin((south - north) / 2) ** 2
    half += math.cos(north) * math.cos(south) * math.sin(apart / 2) ** 2
    return 2 * EARTH_RADIUS * math.asin(math.sqrt(half))
