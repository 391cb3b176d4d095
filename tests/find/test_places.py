"""Where an article happens: mentions of places with coordinates, and places counted."""

import subprocess
import sys

import pandas as pd
import pytest
from parts import parts

import analysis as wb
from analysis.errors import SchemaError
from analysis.find.atlas import find_bearers, key_of
from analysis.find.places import find_places
from analysis.measure.places import count_places
from analysis.schema import table


def places(text):
    """The places of a text."""
    return find_places(parts(text)[3])


def read(text):
    """[text, country code, code] of each mention of a place."""
    return places(text)[["text", "country_code", "code"]].fillna("").values.tolist()


def mentioned(*names, kind="name", actor_type="place"):
    """Mentions of places in one sentence, each with a comma and a space behind it."""
    rows, start = [], 0
    for name in names:
        row = {"doc_id": "a", "sentence_id": 1, "paragraph_id": 1, "actor": name, "text": name}
        row |= {"start": start, "end": start + len(name), "kind": kind, "quoted": False}
        rows.append(row | {"actor_type": actor_type, "code": "entity", "rule": "a name"})
        start += len(name) + 2
    return table(rows, "mentions")


def test_what_stands_right_behind_a_name_decides_for_the_whole_article():
    assert read("A fire broke out in Paris, Texas. The mayor of Paris spoke.") == [
        ["Paris", "US", "behind"],
        ["Texas", "US", "only"],
        ["Paris", "US", "said"],
    ]
    assert read("The mayor of Paris spoke.") == [["Paris", "FR", "largest"]]


@pytest.mark.parametrize("outer, code", [("Georgia", "US"), ("Greece", "GR")])
def test_a_city_says_which_region_or_country_is_behind_it(outer, code):
    found = find_places(mentioned("Athens", outer))
    assert found["country_code"].tolist() == [code, code]


def test_georgia_is_the_country_of_tbilisi_and_the_state_of_atlanta():
    assert read("Clashes broke out in Tbilisi, Georgia.")[1] == ["Georgia", "GE", "before"]
    assert read("He went to Atlanta, Georgia, on Monday.")[1] == ["Georgia", "US", "before"]


def test_other_places_of_the_article_decide_between_places_of_one_name():
    assert read("Shots were heard in Tripoli. Lebanon sent soldiers from Beirut.")[0] == [
        "Tripoli",
        "LB",
        "near",
    ]
    assert read("Shots were heard in Tripoli, said Libya.")[0] == ["Tripoli", "LY", "named"]


def test_a_few_places_nearby_do_not_outweigh_a_great_city():
    found = find_places(mentioned("Paris", "Dallas", "Chicago"))
    assert found["country_code"].tolist() == ["FR", "US", "US"]


def test_a_village_in_no_list_lies_in_the_region_behind_it_and_in_no_namesake():
    row = find_places(mentioned("Randolph", "New Hampshire")).iloc[0]
    assert (row["place"], row["country"], row["code"]) == ("Randolph", "United States", "inside")
    assert row["latitude"] == find_bearers("New Hampshire")[0].latitude
    assert pd.isna(row["population"])
    # Of a country the middle would say too little.
    row = find_places(mentioned("Babyninsky", "Russia")).iloc[0]
    assert (row["country_code"], row["code"]) == ("RU", "inside") and pd.isna(row["latitude"])


def test_of_a_list_each_name_is_a_place_of_its_own():
    found = find_places(mentioned("Beirut", "Iran", "Maine", "Massachusetts"))
    assert found["code"].tolist() == ["only", "only", "only", "only"]


def test_a_capital_that_stands_for_its_government_is_in_the_middle_of_its_state():
    row = places("Tehran is looking for a lasting agreement.").iloc[0]
    assert (row["text"], row["place"], row["code"]) == ("Tehran", "Iran", "stands")
    assert (row["latitude"], row["longitude"]) == (32.0, 53.0)


@pytest.mark.parametrize("name, code", [("Europe", "wide"), ("Zzyzxburg", "unlisted")])
def test_what_is_in_no_list_keeps_its_row_and_says_why(name, code):
    (row,) = find_places(mentioned(name)).itertuples()
    assert (row.place, row.candidates, row.code) == (name, 0, code)
    assert pd.isna(row.latitude) and pd.isna(row.country) and pd.isna(row.population)
    assert row.rule


NAMES = {  # as the press writes, as the list does
    "Kiev": ("Kyiv", "UA"),
    "Guantanamo": ("Guantánamo", "CU"),
    "the U.K.": ("United Kingdom", "GB"),
    "St. Petersburg": ("Saint Petersburg", "RU"),
    "Washington, D.C.": ("Washington", "US"),
    "New York": ("New York City", "US"),
    "Calif.": ("California", "US"),
    "Hubei Province": ("Hubei", "CN"),
    "Mexico": ("Mexico", "MX"),
    "England": ("England", "GB"),
}


@pytest.mark.parametrize("name, found", NAMES.items(), ids=NAMES)
def test_a_name_is_found_however_it_is_written(name, found):
    first = find_bearers(name)[0]
    assert (first.name, first.country) == found


def test_a_building_is_no_city_that_is_called_so_in_another_language():
    assert all(spot.name != "Casablanca" for spot in find_bearers("White House"))


def test_only_places_and_states_by_name_have_rows():
    mentions = mentioned("Iran", actor_type="organisation")
    mentions = pd.concat([mentions, mentioned("Iranian", kind="adjective", actor_type="state")])
    assert find_places(mentions.reset_index(drop=True)).empty


def test_places_are_counted_and_namesakes_apart():
    found = places("A fire in Paris, Texas, reached Dallas. Dallas is large. Europe mourned.")
    counts = count_places(found)
    assert counts[["place", "country", "n", "articles"]].fillna("").values.tolist() == [
        ["Dallas", "United States", 2, 1],
        ["Paris", "United States", 1, 1],
        ["Texas", "United States", 1, 1],
        ["Europe", "", 1, 1],
    ]
    other = found.assign(doc_id="b", latitude=found["latitude"] + 1)
    assert count_places(pd.concat([found, found.assign(doc_id="b")]))["articles"].max() == 2
    # Only what has no coordinates is the same.
    assert len(count_places(pd.concat([found, other]))) == 2 * len(counts) - 1


def test_a_place_without_coordinates_is_counted_with_the_reason():
    counts = count_places(find_places(mentioned("Europe", "Linz")))
    assert counts["unplaced"].fillna("").tolist() == [
        "a part of the world, for which no one point stands",
        "",
    ]


def test_a_place_in_no_list_is_one_in_a_date_line_and_below():
    found = find_places(mentioned("HALMESK", "Halmesk").assign(actor="Halmesk"))
    assert found["place"].tolist() == ["Halmesk", "Halmesk"]


def test_a_street_and_a_seat_are_in_no_town_called_so():
    assert find_places(mentioned("Second Street"))["code"].tolist() == ["unlisted"]
    house = mentioned("House").assign(actor="White House")
    assert find_places(house)["country"].isna().all()


def test_wrong_tables_are_refused():
    with pytest.raises(SchemaError):
        find_places(wb.read_texts("Iran."))
    with pytest.raises(SchemaError):
        count_places(mentioned("Iran"))


def test_names_are_compared_without_accents_marks_and_articles():
    assert key_of("The Hague") == "hague"
    assert key_of("Port-au-Prince") == key_of("Port au Prince")


def test_the_lists_are_not_read_before_they_are_needed():
    asked = (
        "import sys, analysis as wb; wb.find_places; from analysis.lexicons import read_lexicon; "
        "print('countryinfo' in sys.modules, read_lexicon.cache_info().currsize)"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True)
    assert done.stdout.split()[0] == "False", done.stderr
