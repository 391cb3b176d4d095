"""The map of where a story happens."""

import json
import math

import pytest
import vl_convert

import analysis as wb
from analysis.errors import SchemaError
from analysis.schema import table
from analysis.show.charts.maps import with_article
from analysis.show.charts.world import (
    choose_shapes,
    choose_together,
    choose_window,
    is_on_map,
    keep_corners,
    shows_outlines,
    simplify_shape,
)

TEHRAN = ("Tehran", "Iran", 35.69, 51.42, 3, 1)
IRAN = ("Iran", "Iran", 32.0, 53.0, 2, 1)
BAGHDAD = ("Baghdad", "Iraq", 33.34, 44.4, 2, 1)
DALLAS = ("Dallas", "United States", 32.78, -96.81, 1, 1)
EUROPE = ("Europe", None, None, None, 1, 1)


def counted(*rows):
    return table([(*row, None) for row in rows], "place_counts")


def title(*rows):
    said = wb.draw_map(counted(*rows)).to_dict()["title"]
    return [" ".join(part) if isinstance(part, list) else part for part in said.values()][:2]


def drawn(spec):
    """The places that have circles."""
    data = spec["datasets"]
    circles = [layer for layer in spec["layer"] if layer.get("mark", {}).get("type") == "circle"]
    return [row["place"] for row in data[circles[0]["data"]["name"]]]


def test_the_title_says_where_most_places_are():
    assert title(TEHRAN, IRAN, BAGHDAD)[0] == "Most places named are in Iran: 5 of 7 mentions"
    assert title(TEHRAN, IRAN)[0] == "All places named are in Iran: 5 mentions"
    more = "More places named are in Iran than anywhere else: 3 of 6 mentions"
    assert title(TEHRAN, BAGHDAD, DALLAS)[0] == more
    tie = "No country stands out in the places named: 2 have 2 of 4 mentions each"
    assert title(IRAN, BAGHDAD)[0] == tie


def test_the_subtitle_says_what_is_not_on_the_map():
    said = title(TEHRAN, EUROPE)[1]
    assert said.startswith("3 mentions of 1 place;")
    assert said.endswith("not placed: 1 mention (Europe)")


def test_a_few_places_far_away_are_told_and_not_drawn():
    chart = wb.draw_map(counted(TEHRAN, IRAN, BAGHDAD, DALLAS))
    assert drawn(chart.to_dict()) == ["Tehran", "Iran", "Baghdad"]
    said = title(TEHRAN, IRAN, BAGHDAD, DALLAS)[1]
    assert "outside this part of the world: 1 mention (Dallas)" in said


def test_places_all_over_the_world_are_on_a_map_of_the_world():
    counts = counted(TEHRAN, ("Dallas", "United States", 32.78, -96.81, 3, 1))
    spec = wb.draw_map(counts).to_dict()
    assert spec["projection"]["type"] == "naturalEarth1"
    assert drawn(spec) == ["Tehran", "Dallas"]


@pytest.mark.parametrize("rows", [[TEHRAN], [TEHRAN, IRAN, BAGHDAD], [BAGHDAD, DALLAS]])
def test_every_place_of_a_window_lies_within_it(rows):
    together = choose_together(counted(*rows))
    window = choose_window(together)
    assert all(is_on_map(row, window) for row in together.itertuples())
    assert choose_shapes(window)


def test_nothing_to_draw_is_said():
    assert wb.draw_map(counted()).to_dict()["description"] == "No place is named"
    said = wb.draw_map(counted(EUROPE)).to_dict()["description"]
    assert said == "No place that is named could be placed on a map"
    with pytest.raises(SchemaError):
        wb.draw_map(wb.read_texts("Iran."))


def test_the_map_is_a_picture_with_the_names_of_the_largest():
    spec = wb.draw_map(counted(TEHRAN, IRAN, BAGHDAD), labels=1).to_dict()
    svg = vl_convert.vegalite_to_svg(json.dumps(spec))
    assert ">Tehran<" in svg and ">Baghdad<" not in svg
    assert vl_convert.vegalite_to_png(json.dumps(spec))
    assert "http" not in json.dumps({**spec, "$schema": ""})


def test_countries_have_an_article_where_the_language_wants_one():
    assert with_article("United States") == "the United States"
    assert with_article("The Gambia") == "the Gambia"
    assert with_article("Iran") == "Iran"


def test_a_circle_and_its_name_lead_to_the_mentions_of_that_place():
    namesake = ("Tehran", "Iran", 30.0, 50.0, 1, 1)
    spec = wb.draw_map(counted(TEHRAN, namesake)).to_dict()
    (circles, *_) = [data for data in spec["datasets"].values() if "href" in data[0]]
    assert [row["href"] for row in circles] == [
        "#find/places?place=Tehran&country=Iran&latitude=35.69&longitude=51.42&n=3",
        "#find/places?place=Tehran&country=Iran&latitude=30.0&longitude=50.0&n=1",
    ]
    named = [layer["layer"] for layer in spec["layer"] if "layer" in layer]
    assert all("href" in layer["encoding"] for layers in named for layer in layers)


def test_what_lies_just_outside_is_drawn_and_what_is_far_is_not():
    close = ("Dubai", "United Arab Emirates", 25.08, 55.31, 1, 1)
    shown = choose_together(counted(TEHRAN, IRAN, IRAN, IRAN, close, DALLAS))
    assert shown["place"].tolist() == ["Tehran", "Iran", "Iran", "Iran", "Dubai"]


def test_a_map_of_the_middle_of_a_large_country_reaches_to_its_border():
    towns = counted(*(("A", "Kansas", 38.0 + at, -98.0, 1, 1) for at in (0, 1)))
    window = choose_window(towns)
    assert shows_outlines(window) and window.scale < 560 / math.radians(14)


def test_outlines_keep_the_corners_that_can_be_seen():
    line = [[0, 0], [1, 0.1], [2, 0], [3, 2], [4, 0], [0, 0]]
    assert keep_corners(line, 0.5) == [[0, 0], [2, 0], [3, 2], [4, 0], [0, 0]]
    ring = [[0, 0], [0, 4], [4, 4], [4, 0], [0, 0]]
    shape = {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [ring]}}
    assert simplify_shape(shape, 1) == shape
    assert simplify_shape(shape, 10) is None


def test_a_map_of_the_world_stays_small():
    spec = wb.draw_map(counted(TEHRAN, ("Dallas", "United States", 32.78, -96.81, 3, 1)))
    assert len(json.dumps(spec.to_dict())) < 90_000


def test_countries_are_explained_where_one_is_drawn():
    assert "faint circles" in title(IRAN)[1] and "faint circles" not in title(TEHRAN)[1]
