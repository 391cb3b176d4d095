"""Which part of the world a map shows, and its countries."""

import json
import math
from functools import cache
from typing import NamedTuple

from ...lexicons import resource
from ..theme import WIDTH

MAP_HEIGHT = 330
# A window of degrees around the places; wider ones are the whole world.
NARROWEST, WIDEST, TALLEST, AIR = 14, 110, 60, 1.35
# Where so large a share of the mentions lies together, the map shows that part of the world.
MOST = 0.8
WORLD_SCALE = 112
# The world without Antarctica.
WORLD_MIDDLE, WORLD_SOUTH = (10, 14), -58


class Window(NamedTuple):
    """The part of the world that a map shows: its middle, its scale, its projection."""

    longitude: float
    latitude: float
    scale: float
    projection: str


def choose_together(drawn):
    """The places that lie together, where all of them lie in too many parts of the world."""
    if not is_spread(drawn):
        return drawn
    first = drawn.iloc[0]
    east, north = drawn["longitude"] - first["longitude"], drawn["latitude"] - first["latitude"]
    nearest = drawn.loc[(east**2 + north**2).sort_values(kind="stable").index]
    before = nearest["n"].cumsum() - nearest["n"]
    together = nearest[before < MOST * nearest["n"].sum()]
    return drawn if is_spread(together) else together


def is_spread(drawn):
    """Whether places lie too far from each other for less than a map of the world."""
    wide = drawn["longitude"].max() - drawn["longitude"].min()
    return wide > WIDEST or drawn["latitude"].max() - drawn["latitude"].min() > TALLEST


def choose_window(drawn):
    """The window in which all the places lie."""
    south, north = drawn["latitude"].min(), drawn["latitude"].max()
    west, east = drawn["longitude"].min(), drawn["longitude"].max()
    if is_spread(drawn):
        return Window(*WORLD_MIDDLE, WORLD_SCALE, "naturalEarth1")
    bottom, top = rise(south), rise(north)
    narrowest = math.radians(NARROWEST)
    wide = max(math.radians(east - west) * AIR, narrowest)
    tall = max((top - bottom) * AIR, narrowest * MAP_HEIGHT / WIDTH)
    scale = min(WIDTH / wide, MAP_HEIGHT / tall)
    middle = math.degrees(math.atan(math.sinh((bottom + top) / 2)))
    return Window((west + east) / 2, middle, scale, "mercator")


def rise(latitude):
    """How far above the equator Mercator draws a latitude."""
    return math.asinh(math.tan(math.radians(latitude)))


def pixel_of(longitude, latitude, window):
    """Where a place is drawn; roughly so on a map of the world."""
    x = WIDTH / 2 + window.scale * math.radians(longitude - window.longitude)
    if window.projection == "mercator":
        return x, MAP_HEIGHT / 2 - window.scale * (rise(latitude) - rise(window.latitude))
    return x, MAP_HEIGHT / 2 - window.scale * math.radians(latitude - window.latitude)


def is_on_map(row, window):
    """Whether a place lies within the window."""
    x, y = pixel_of(row.longitude, row.latitude, window)
    return window.projection != "mercator" or (0 <= x <= WIDTH and 0 <= y <= MAP_HEIGHT)


@cache
def read_shapes():
    """The shapes of the countries, with the box of each part: west, south, east, north."""
    path = resource("data") / "places" / "countries.geojson"
    shapes = []
    for shape in json.loads(path.read_text(encoding="utf-8"))["features"]:
        for polygon in shape["geometry"]["coordinates"]:
            longitudes, latitudes = zip(*polygon[0], strict=True)
            box = min(longitudes), min(latitudes), max(longitudes), max(latitudes)
            geometry = {"type": "Polygon", "coordinates": polygon}
            shapes.append((box, {"type": "Feature", "properties": {}, "geometry": geometry}))
    return shapes


def choose_shapes(window):
    """The shapes of which a window shows some part."""
    if window.projection != "mercator":
        return [shape for box, shape in read_shapes() if box[3] > WORLD_SOUTH]
    wide = math.degrees(WIDTH / window.scale) / 2
    high = rise(window.latitude) + MAP_HEIGHT / 2 / window.scale
    low = high - MAP_HEIGHT / window.scale
    south, north = (math.degrees(math.atan(math.sinh(y))) for y in (low, high))
    west, east = window.longitude - wide, window.longitude + wide
    shown = []
    for (left, bottom, right, top), shape in read_shapes():
        if left <= east and right >= west and bottom <= north and top >= south:
            shown.append(shape)
    return shown
