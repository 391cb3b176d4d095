"""Where an article happens: each mention of a place, with the country and the coordinates."""

import math
from functools import cache

from .. import schema
from ..lexicons import read_lexicon, word_list
from ..schema import NAMED
from .atlas import country_names, find_bearers, key_of, lies_in
from .namesakes import Placed, stands_out, weigh_places

TYPES_OF_PLACES = ("place", "state")
# A name before a comma can be a village's if its bearers elsewhere are smaller ("Randolph, New
# Hampshire"); else both are in a list. Lists of cities and regions are rarer.
WELL_KNOWN = {"region": 1_000_000, "country": 100_000}
# Between "Paris" and "Texas" stand a comma and a space.
COMMA = 2


def find_places(mentions):
    """Find where the places lie that an article names: one row a mention of a place or state.

    Of `find_mentions(...)`, names and acronyms of the types "place" and "state" are looked up in
    lists of countries, regions and cities of 5,000 people or more (GeoNames; see data/README.md),
    without a network. Of several places of one name, what stands right behind it decides ("Paris,
    Texas"), then the country, the region and the places nearby that the article names, against
    how many people live there. A capital that stands for its government is the state's mention and
    lies in the middle of the country, as all countries and regions do. What is in no list keeps its
    row, without coordinates; `rule` says why. Of 71 places coded by hand in articles of Wikinews,
    65 are found and 63 have a country, all the right one (benchmarks/README.md).

    >>> articles = read_texts("A fire broke out in Paris, Texas. The mayor of Paris spoke.")
    >>> places = find_places(find_mentions(articles, split_tokens(articles)))
    >>> places[["text", "country", "latitude", "candidates", "code"]].values.tolist()
    [['Paris', 'United States', 33.66, 7, 'behind'], ['Texas', 'United States', 30.99, 1, 'only'],
     ['Paris', 'United States', 33.66, 7, 'said']]
    """
    schema.check(mentions, "mentions")
    named = mentions["actor_type"].isin(TYPES_OF_PLACES) & mentions["kind"].isin(NAMED)
    named &= mentions["actor"].notna()
    rows = []
    for asked in schema.rows_of_articles(mentions[named]).values():
        for mention, placed in zip(asked, place_article(asked), strict=True):
            rows.append(row_of(mention, placed))
    return schema.table(rows, "places")


def row_of(mention, placed):
    """A row of the table."""
    row = {column: getattr(mention, column) for column in (*schema.PLACE, "text")}
    spot = placed.spot
    row |= {
        "place": name_written(mention) if spot is None or placed.code == "inside" else spot.name,
        "country": country_names().get(placed.country),
        "country_code": placed.country or None,
        "latitude": spot.latitude if spot else math.nan,
        "longitude": spot.longitude if spot else math.nan,
        "candidates": len(bearers_of(mention)),
        "code": placed.code,
        "rule": placed.rule,
    }
    # Of a region only those in its cities are known, those of a city's parts twice.
    if spot and spot.kind != "region" and placed.code != "inside":
        row["population"] = spot.population
    return row


def name_written(mention):
    """The name of a place in no list; where a date line has it in capitals, as elsewhere."""
    name = name_asked(mention)
    return mention.actor if key_of(mention.actor) == key_of(name) else name


def name_asked(mention):
    """The name that is looked up: of a state the actor's, of a place what stands in the text."""
    if mention.actor_type == "state":
        return mention.actor
    name = mention.text.partition(", ")[0]
    is_known = bool(find_bearers(name)) or not find_bearers(mention.actor)
    return name if is_known or mention.actor in find_seats() else mention.actor


@cache
def find_seats():
    """Seats that stand for whoever sits there: the House is in no town called White House."""
    actors = read_lexicon("actors")
    return {*actors.loc[actors["kind"] == "metonym", "alias"]}


def bearers_of(mention):
    """The places that a mention can mean."""
    if mention.kind != "metonym" and find_bearers(mention.text) and "," in mention.text:
        return find_bearers(mention.text)
    bearers = find_bearers(name_asked(mention))
    if mention.kind == "metonym":
        return bearers[:1]
    if name_asked(mention).split(" ")[-1] in word_list("words that end a street's name"):
        return ()
    if mention.code == "seat_place" or key_of(name_asked(mention)) in wide_names():
        return ()
    return bearers


def wide_names():
    """Parts of the world, which no point stands for."""
    return word_list("parts of the world")


def place_article(asked):
    """The places of the mentions of one article, in their order."""
    keys = [key_of(name_asked(mention)) for mention in asked]
    placed = place_by_neighbours(asked)
    said = {}
    for key, mention, found in zip(keys, asked, placed, strict=True):
        if found:
            said.setdefault(key, repeat_place(mention, found))
    for at, mention in enumerate(asked):
        if placed[at] is None and keys[at] in said:
            placed[at] = said[keys[at]]
        elif placed[at] is None and len(bearers_of(mention)) < 2:
            placed[at] = place_alone(mention)
    settled = settle_places(keys, asked, placed)
    for at, mention in enumerate(asked):
        if placed[at] is None:
            others = [spot for key, spot in settled.items() if key != keys[at]]
            placed[at] = weigh_places(bearers_of(mention), others)
    return placed


def settle_places(keys, asked, placed):
    """{key: spot} of the names of an article that are certain, or nearly so."""
    settled = {}
    for key, mention, found in zip(keys, asked, placed, strict=True):
        bearers = bearers_of(mention)
        if found and found.spot:
            settled[key] = found.spot
        elif found is None and stands_out(bearers):
            settled.setdefault(key, bearers[0])
    return settled


def place_by_neighbours(asked):
    """The places that the name right behind a mention decides ("Paris, Texas"), else None."""
    placed = [None] * len(asked)
    remaining = [bearers_of(mention) for mention in asked]
    for at in reversed(range(len(asked))):
        outers, behind = find_outers(asked, at, remaining)
        held = [(spot, out) for spot in remaining[at] for out in outers if lies_in(spot, out)]
        if held:
            spot, outer = held[0]
            remaining[at] = (spot,)
            placed[at] = Placed(spot, spot.country, "behind", f"“{behind}” stands right behind it")
            after = remaining[at + 1] if at + 1 < len(asked) else ()
            if len(after) > 1 and outer in after:
                why = f"“{asked[at].text}” right before it lies there"
                placed[at + 1] = Placed(outer, outer.country, "before", why)
        elif outers and is_small(asked[at], remaining[at], outers[0]):
            outer = outers[0]
            why = f"not listed there; it lies in {outer.name}, which stands right behind it"
            spot = outer if outer.kind == "region" else None
            placed[at] = Placed(spot, outer.country, "inside", why)
    return placed


def find_outers(asked, at, remaining):
    """Countries and regions that the name right behind a mention can mean, and that name."""
    mention = asked[at]
    _, _, behind = mention.text.partition(", ")
    if behind and not find_bearers(mention.text):
        outers = find_bearers(behind)
    elif at + 1 < len(asked) and is_behind(mention, asked[at + 1]):
        outers, behind = remaining[at + 1], asked[at + 1].text
    else:
        return [], ""
    return [spot for spot in outers if spot.kind != "city"], behind


def is_behind(mention, other):
    """Whether nothing but a comma stands between two mentions."""
    return mention.sentence_id == other.sentence_id and other.start - mention.end == COMMA


def is_small(mention, bearers, outer):
    """Whether a name before a comma is rather a small place there than another one of a list."""
    is_wide = key_of(name_asked(mention)) in wide_names()
    enough = WELL_KNOWN[outer.kind]
    known = any(spot.kind != "city" or spot.population >= enough for spot in bearers)
    return mention.actor_type == "place" and not is_wide and not known


def repeat_place(mention, placed):
    """The place of a name that the article has placed where it stands before another name."""
    return placed._replace(code="said", rule=f"as at “{mention.text}” where {placed.rule}")


def place_alone(mention):
    """The place of a mention that one place at most can be."""
    bearers = bearers_of(mention)
    if key_of(name_asked(mention)) in wide_names():
        return Placed(None, "", "wide", "a part of the world, for which no one point stands")
    if not bearers:
        why = "in no list: no country, region, or city of 5,000 people or more (a river, a sea …)"
        return Placed(None, "", "unlisted", why)
    spot = bearers[0]
    if mention.kind == "metonym":
        return Placed(spot, spot.country, "stands", "the state for which it stands")
    return Placed(spot, spot.country, "only", "only one place in the lists bears the name")
