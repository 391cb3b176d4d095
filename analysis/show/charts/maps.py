"""The map of where a story happens."""

import math

import altair as alt

from ... import schema
from ...text import how_many
from ..figure import draw_nothing, finish_chart
from ..theme import BLUE, INK, PALE, PAPER, WIDTH
from .parts import shorten, with_addresses
from .world import MAP_HEIGHT, choose_shapes, choose_together, choose_window, is_on_map, pixel_of

MOST_LABELS = 10
# Of a name, with room for the larger writing on a phone.
LETTER_WIDTH, NAME_HEIGHT = 6.4, 20
ON_A_PHONE = 1.5
NAME_GAP = 3
# Areas of circles, in square pixels.
SMALLEST, LARGEST = 60, 900
# Named so often or less, no place has the largest circle.
FEW = 6
LISTED = 3


def draw_map(counts, *, labels=MOST_LABELS):
    """Draw where the story happens, from `count_places(places)`: a map with a circle a place.

    The larger a circle, the more often the place is named; it leads to its mentions in the article
    on the same page. A faint one is a country, drawn at its middle. `labels` says how many of the
    most named bear their name, 10 by default, as far as there is room. The map shows the part of
    the world in which the places lie. What has no coordinates is in no circle; the subtitle counts
    it.
    """
    schema.check(counts, "place_counts")
    drawn = counts[counts["latitude"].notna() & counts["longitude"].notna()]
    if drawn.empty:
        found = "No place that is named could be placed on a map"
        return draw_nothing("No place is named" if counts.empty else found)
    window = choose_window(choose_together(drawn))
    is_shown = [is_on_map(row, window) for row in drawn.itertuples()]
    shown = with_addresses(drawn[is_shown], "place_counts")
    projection = alt.Projection(
        type=window.projection,
        rotate=[-window.longitude, 0, 0],
        center=[0, window.latitude],
        scale=window.scale,
        translate=[WIDTH / 2, MAP_HEIGHT / 2],
    )
    land = alt.Chart(alt.Data(values=choose_shapes(window)))
    land = land.mark_geoshape(fill=PALE, stroke=PAPER, strokeWidth=0.7, clip=True, aria=False)
    circles = circle_places(shown)
    named = place_labels(shown.head(labels), window)
    named["gap"] = named["n"].map(lambda n: radius_of(n, shown["n"].max()) + NAME_GAP)
    layers = [land, circles, *(name_circles(named, side) for side in sorted({*named["side"]}))]
    chart = alt.layer(*layers).properties(width=WIDTH, height=MAP_HEIGHT, projection=projection)
    return finish_chart(chart, "map", describe_where(counts), describe_placed(counts, drawn, shown))


def circle_places(drawn):
    """A circle for each place, the largest at the back."""
    most = max(int(drawn["n"].max()), FEW)
    scale = alt.Scale(domain=[1, most], range=[SMALLEST, LARGEST])
    size = alt.Size("n:Q", scale=scale, legend=None)
    is_country = alt.datum.place == alt.datum.country
    said = [f"{row.place}: {how_many(row.n, 'mention')}" for row in drawn.itertuples()]
    return (
        alt.Chart(drawn.assign(said=said))
        .mark_circle(color=BLUE, stroke=BLUE, strokeWidth=1, clip=True)
        .encode(
            longitude="longitude:Q",
            latitude="latitude:Q",
            size=size,
            href="href:N",
            description="said:N",
            fillOpacity=alt.condition(is_country, alt.value(0.2), alt.value(0.75)),
            tooltip=["place", "country", "n", "articles"],
        )
    )


def radius_of(n, most):
    """The radius of a circle, in pixels."""
    area = SMALLEST + (LARGEST - SMALLEST) * (n - 1) / (max(int(most), FEW) - 1)
    return math.sqrt(area / math.pi)


def name_circles(named, side):
    """The names on one side of their circles."""
    signs = {"right": ("left", 1), "left": ("right", -1)}
    align, sign = signs[side]
    halo = {"stroke": PAPER, "strokeWidth": 3, "strokeJoin": "round"}
    chart = alt.Chart(named[named["side"] == side].drop(columns="side"))
    chart = chart.encode(
        longitude="longitude:Q", latitude="latitude:Q", text="place:N", href="href:N"
    )
    shared = {
        "align": align,
        "dx": alt.expr(f"{sign} * datum.gap"),
        "fontSize": 12,
        "baseline": "middle",
    }
    return chart.mark_text(**shared, **halo) + chart.mark_text(**shared, color=INK)


def place_labels(drawn, window):
    """Names for which there is room, the most named first: each right or left of its circle."""
    taken, sides, most = [], [], drawn["n"].max()
    circles = [circle_of(row, window, most) for row in drawn.itertuples()]
    for at, row in enumerate(drawn.itertuples()):
        west, east, y = circles[at]
        long = ON_A_PHONE * LETTER_WIDTH * len(row.place) + NAME_GAP
        boxes = {"right": (east, east + long, y), "left": (west - long, west, y)}
        free = [side for side, box in boxes.items() if has_room(box, taken)]
        others = circles[:at] + circles[at + 1 :]
        free.sort(key=lambda side: not has_room(boxes[side], others))
        sides.append(free[0] if free else None)
        if free:
            taken.append(boxes[free[0]])
    return drawn.assign(side=sides).dropna(subset="side")


def circle_of(row, window, most):
    """Where a circle ends in the west and the east, and how far down its middle is."""
    x, y = pixel_of(row.longitude, row.latitude, window)
    radius = radius_of(row.n, most)
    return x - radius, x + radius, y


def has_room(box, taken):
    """Whether a label lies within the map and on no other label."""
    west, east, y = box
    beyond = (east - west) * (1 - 1 / ON_A_PHONE)
    if west + beyond < 0 or east - beyond > WIDTH:
        return False
    for other_west, other_east, other_y in taken:
        if abs(y - other_y) < NAME_HEIGHT and west < other_east and other_west < east:
            return False
    return True


def describe_where(counts):
    """The country in which most of the places named lie."""
    totals = counts.groupby("country")["n"].sum().sort_values(ascending=False, kind="stable")
    n, all_of_them = int(totals.iloc[0]), int(totals.sum())
    first = totals[totals == n].index.tolist()
    if len(totals) == 1:
        return f"All places named are in {with_article(first[0])}: {how_many(n, 'mention')}"
    of = f"{n} of {how_many(all_of_them, 'mention')}"
    if len(first) > 1:
        most = "No country stands out in the places named"
        return f"{most}: {len(first)} have {n} of {how_many(all_of_them, 'mention')} each"
    country = with_article(shorten(first[0]))
    if n * 2 > all_of_them:
        return f"Most places named are in {country}: {of}"
    return f"More places named are in {country} than anywhere else: {of}"


def with_article(country):
    """A country's name as it stands behind "in"."""
    plural = country.endswith(("States", "Islands", "Netherlands", "Philippines", "Emirates"))
    if plural or country.endswith(("Kingdom", "Republic")) or "epublic of" in country:
        return f"the {country}"
    return country.replace("The ", "the ", 1) if country.startswith("The ") else country


def describe_placed(counts, drawn, shown):
    """What the map shows, and what could not be placed."""
    said = f"{how_many(int(shown['n'].sum()), 'mention')} of {how_many(len(shown), 'place')}"
    if (shown["place"] == shown["country"]).any():
        said += "; faint circles: whole countries, at their middle"
    said += "; coordinates: GeoNames"
    far, lost = drawn.drop(shown.index), counts.drop(drawn.index)
    if not far.empty:
        said += f"; outside this part of the world: {list_places(far)}"
    if not lost.empty:
        said += f"; not placed: {list_places(lost)}"
    return said


def list_places(counts):
    """How often places are named, and the first of them by name."""
    names = [shorten(name) for name in counts["place"]]
    listed = ", ".join(names[:LISTED]) + ", …" * (len(names) > LISTED)
    return f"{how_many(int(counts['n'].sum()), 'mention')} ({listed})"
