"""Which of several places of one name an article means, by the other places that it names."""

import math
from typing import NamedTuple

from .atlas import Spot, distance_between, lies_in

# What speaks for one of several places of a name, in powers of ten of its population.
COUNTRY_NAMED, REGION_NAMED, NEARBY = 1.2, 0.7, 0.3
OF_A_COUNTRY, OF_A_CAPITAL = 1.3, 0.5
NEARBY_KM = 300  # km
# A place so much larger than all others of its name says something of where the article is.
FAR_LARGER = 30


class Placed(NamedTuple):
    """The place of a mention (None: in no list), its country's code, and why."""

    spot: Spot | None
    country: str
    code: str
    rule: str


def stands_out(bearers):
    """Whether the largest place of a name is far larger than the others."""
    ordered = sorted((spot.population for spot in bearers), reverse=True)
    return len(ordered) > 1 and ordered[0] >= FAR_LARGER * ordered[1]


def weigh_places(bearers, others):
    """The likeliest of several places of a name, among the other places that an article names."""
    spot = max(bearers, key=lambda spot: weigh_place(spot, others))
    inside, region, near = find_support(spot, others)
    if near:
        why = f"near {near.name}, which the article names, too"
        return Placed(spot, spot.country, "near", why)
    if inside:
        why = f"the article names another place in its country: {inside.name}"
        if spot.kind == "country":
            why = f"the article names a place in it: {inside.name}"
        elif region or inside.kind == "country":
            why = f"the article names where it lies: {(region or inside).name}"
        return Placed(spot, spot.country, "named", why)
    why = f"the most populous of {len(bearers)} places of the name"
    if spot.population < max(bearer.population for bearer in bearers):
        why = f"of {len(bearers)} places of the name the country or capital"
    return Placed(spot, spot.country, "largest", why)


def weigh_place(spot, others):
    """How likely a place is meant: its people in powers of ten, and what the article names."""
    inside, region, near = find_support(spot, others)
    weight = math.log10(spot.population + 1)
    weight += COUNTRY_NAMED * bool(inside) + REGION_NAMED * bool(region) + NEARBY * bool(near)
    return weight + OF_A_COUNTRY * (spot.kind == "country") + OF_A_CAPITAL * spot.capital


def find_support(spot, others):
    """Other places in its country, the region that holds it, a city near it; None where none is."""
    inside = [other for other in others if other.country == spot.country]
    regions = [other for other in inside if other.kind == "region" and lies_in(spot, other)]
    near = []
    if spot.kind == "city":
        cities = [other for other in others if other.kind == "city"]
        near = [other for other in cities if distance_between(spot, other) <= NEARBY_KM]
    return [next(iter(found), None) for found in (inside, regions, near)]
