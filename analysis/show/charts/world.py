"""Which part of the world a map shows, and its countries."""

import json
import math
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import pandas as pd

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
# Fewer corners than this have nothing between them; the last of a ring is the first again.
FEWEST_CORNERS = 4
# A map without so many corners of coasts and borders is widened by this step.
TELLING_CORNERS, FURTHER = 16, 1.3


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
    if is_spread(together):
        return drawn
    wider = add_nearby(drawn, together)
    return together if is_spread(wider) else wider


def add_nearby(drawn, together):
    """The places that lie together, and those not far from them."""
    is_near = pd.Series(True, index=drawn.index)
    for axis in ("longitude", "latitude"):
        low, high = together[axis].min(), together[axis].max()
        edge = max((high - low) / 2, NARROWEST)
        is_near &= drawn[axis].between(low - edge, high + edge)
    return drawn[is_near]


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
    middle = math.degrees(math.atan(math.sinh((bottom + top) / 2)))
    window = Window((west + east) / 2, middle, min(WIDTH / wide, MAP_HEIGHT / tall), "mercator")
    while not shows_outlines(window):
        window = window._replace(scale=window.scale / FURTHER)
    return window


def shows_outlines(window):
    """Whether enough of a coast or border is in a window to tell where in the world it is."""
    wide = math.degrees(WIDTH / window.scale)
    if wide > WIDEST:
        return True
    seen = 0
    for _, shape in list_shapes(window):
        for ring in shape["geometry"]["coordinates"]:
            seen += sum(is_within(*corner, window) for corner in ring)
    return seen >= TELLING_CORNERS


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
    return window.projection != "mercator" or is_within(row.longitude, row.latitude, window)


def is_within(longitude, latitude, window):
    """Whether a point is drawn within the frame of the map."""
    x, y = pixel_of(longitude, latitude, window)
    return 0 <= x <= WIDTH and 0 <= y <= MAP_HEIGHT


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
    pixel = math.degrees(1 / window.scale)
    shapes = [simplify_shape(shape, pixel) for _, shape in list_shapes(window)]
    return [shape for shape in shapes if shape]


def simplify_shape(shape, pixel):
    """A shape without the corners that cannot be seen; None if nothing of it is left to see.

    `pixel` is how many degrees one is wide.
    """
    digits = max(0, math.ceil(-math.log10(pixel))) + 1
    rings = []
    for ring in shape["geometry"]["coordinates"]:
        kept = keep_corners(ring, pixel)
        kept = [[round(x, digits), round(y, digits)] for x, y in kept]
        # A ring that turns the other way round would be the whole globe without it.
        if len(kept) >= FEWEST_CORNERS and turn_of(kept) * turn_of(ring) > 0:
            rings.append(kept)
        elif not rings:
            return None
    return {**shape, "geometry": {**shape["geometry"], "coordinates": rings}}


def keep_corners(line, near):
    """The corners of a line from which it would else be further than `near` (Ramer 1972; Douglas &
    Peucker 1973)."""
    (west, south), (east, north) = line[0], line[-1]
    length = math.hypot(east - west, north - south)
    furthest, at = 0, None
    for place, (x, y) in enumerate(line[1:-1], start=1):
        if length:
            far = abs((east - west) * (south - y) - (west - x) * (north - south)) / length
        else:
            far = math.hypot(x - west, y - south)
        if far > furthest:
            furthest, at = far, place
    if furthest <= near:
        return [line[0], line[-1]]
    return keep_corners(line[: at + 1], near)[:-1] + keep_corners(line[at:], near)


def turn_of(ring):
    """Twice the area within a ring on paper, below 0 if it goes clockwise."""
    return sum(x * up - over * y for (x, y), (over, up) in pairwise(ring))


def list_shapes(window):
    """The shapes, with their boxes, that reach into a window."""
    if window.projection != "mercator":
        return [(box, shape) for box, shape in read_shapes() if box[3] > WORLD_SOUTH]
    wide = math.degrees(WIDTH / window.scale) / 2
    high = rise(window.latitude) + MAP_HEIGHT / 2 / window.scale
    low = high - MAP_HEIGHT / window.scale
    south, north = (math.degrees(math.atan(math.sinh(y))) for y in (low, high))
    west, east = window.longitude - wide, window.longitude + wide
    shown = []
    for box, shape in read_shapes():
        left, bottom, right, top = box
        if left <= east and right >= west and bottom <= north and top >= south:
            shown.append((box, shape))
    return shown
