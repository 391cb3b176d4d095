"""Who is named: whom a mention means, by which way of naming, and how mentions are counted."""

import re
from types import SimpleNamespace

import pandas as pd
import pytest

import analysis as wb
from analysis.errors import SchemaError
from analysis.find.names.missed import find_repeated
from analysis.find.names.spans import Span

# [mention|actor|kind], or [mention] where that is the actor's name.
LINKS = """[Joe Biden] met reporters. Then [Biden|Joe Biden|alias] left.
[Biden|Joe Biden|alias] met reporters. Then [Joe Biden] left.
[Mohammed bin Salman] met reporters. Then [bin Salman|Mohammed bin Salman|alias] left.
[Alexander Van der Bellen] left. On Monday, [Van der Bellen|Alexander Van der Bellen|alias] spoke.
[Osama bin Laden] met reporters. [Bin Laden|Osama bin Laden|alias] smiled.
[Hillary Clinton] met reporters. [Hillary|Hillary Clinton|alias] left.
[Ann Miller] met [Bob Miller]. Then [Miller||alias] left.
[Donald Trump Jr.] met [Donald Trump]. Then [Trump||alias] left.
[George W. Bush] met [George H. W. Bush]. Later [Bush||alias] left.
[Kim Jong-un] met [Kim Yo-jong]. Then [Kim||alias] smiled.
President [Joe Biden] met Gen. [Mark Milley] and Judge [Ann Miller].
Former President [Joe Biden] and then-General [Mark Milley] left.
Reporters asked [Joe Biden]’s son and [Iran]'s envoy.
[Michael Jordan] met reporters. [Jordan|Michael Jordan|alias] smiled.
The [Bank of Israel] raised rates in [New Mexico].
[South Sudan] met [Equatorial Guinea].
The [U.S.|United States|acronym] and the [United States of America|United States|name] are \
[America|United States|alias].
[U.S.|United States|acronym]-backed and [Iran]-backed troops left.
[Iranian|Iran|adjective] and [South Korean|South Korea|adjective] spies \
met [Americans|United States|adjective].
[NATO|NATO|acronym] is the [North Atlantic Treaty Organization|NATO|name].
The [Organization of American States] ([OAS|Organization of American States|acronym]) met.
The [European Central Bank] ([ECB|European Central Bank|acronym]) met. \
The [ECB|European Central Bank|acronym] raised rates.
Reporters asked Sen. [Ann Iver] (I) on Monday. Then I left.
The [African Union] ([AU|African Union|acronym]) met on Monday. \
On Tuesday the [AU|African Union|acronym] agreed.
He met the [World Health Organization] ([WHO|World Health Organization|acronym]) on Monday.
[White House|United States|metonym] National Security Advisor [Jake Sullivan] spoke.
Mr [Kwame Oduro] met [Efua Oduro]. On Monday Mrs [Oduro|Efua Oduro|alias] left.
[Valeska Paris] met reporters. Later [Paris|Valeska Paris|alias] smiled. They met in [Paris].
Reporters asked [Nguyen Thi Lan Anh]. Later Ms [Lan Anh|Nguyen Thi Lan Anh|alias] left.
[North Korea] fired. Soldiers crossed into the [North|North Korea|alias].
The leader of the [Quds force] left.
[Joe Biden] landed in [Tehran].
[Tehran|Iran|metonym] rejected the deal.
[Washington|United States|metonym] rejected the deal.
[London] is rainy.
[Paul D. Ryan] met [Mitt Romney]. The [Romney|Mitt Romney|alias]-[Ryan|Paul D. Ryan|alias] \
[Medicare] plan was better. [Ryan|Paul D. Ryan|alias] left.
Reporters asked [Luiz Inácio Lula da Silva]. Later [Lula|Luiz Inácio Lula da Silva|alias] left.
Reporters asked [Aung San Suu Kyi]. Then [Suu Kyi|Aung San Suu Kyi|alias] left.
The [Safari Club International] met. The [Safari Club|Safari Club International|alias] left.
The [Senate Judiciary Committee] met. The [Senate] voted.
The [Voting Rights Act] passed. The [VRA|Voting Rights Act|acronym] helps.
Mr. [Graham|Lindsey Graham|alias] voted. Sen. [Lindsey Graham] left.
[Enrique Peña Nieto] met [Peña Nieto|Enrique Peña Nieto|alias]'s aide.
[Donald Trump Jr.] spoke. [Trump Jr|Donald Trump Jr.|alias] left.
[Brussels|European Union|metonym] rejected the plan.
own: [Graz|Graz council|name] met [Iran]. The envoy of [the Corps|IRGC|alias] left.
own: Reporters asked [Putin|Vladimir Putin|alias] on Monday."""
OWN = pd.DataFrame(
    [
        ["Graz", "Graz council", "organisation", "name"],
        ["the Corps", "IRGC", "organisation", "alias"],
        ["Putin", "Vladimir Putin", "person", "alias"],
    ],
    columns=["alias", "actor", "actor_type", "kind"],
)


def mentions(text, actors=None):
    articles = wb.read_texts(text)
    found = wb.find_mentions(articles, wb.split_tokens(articles), actors=actors)
    without_name = (found["actor_type"] == "unnamed") | (found["code"] == "perhaps_named")
    return found[~without_name]


@pytest.mark.parametrize("marked", LINKS.splitlines())
def test_whom_a_mention_means(marked):
    own, marked = marked.startswith("own: "), marked.removeprefix("own: ")
    parts = [mention.split("|") for mention in re.findall(r"\[(.+?)\]", marked)]
    found = mentions(re.sub(r"\[(.+?)(\|.*?)?\]", r"\1", marked), OWN if own else None)
    found = found[~found["kind"].isin(["title", "part", "pronoun"])]
    assert found[["text", "actor", "kind"]].fillna("").values.tolist() == [
        part if len(part) == 3 else [*part, *part, "name"] for part in parts
    ]


PEOPLE = """Luiz Inácio Lula da Silva; Kim Jong-un; Mohammed bin Salman; Ebrahim Raisi
Volodymyr Zelenskyy; Recep Tayyip Erdoğan; Xi Jinping; Narendra Modi; Cyril Ramaphosa
Aung San Suu Kyi; Charles de Gaulle; Abiy Ahmed; Nguyễn Phú Trọng; Andrés Manuel López Obrador
Nana Akufo-Addo; Joko Widodo; Abdel Fattah el-Sisi; Alexander Van der Bellen; Ólafur Ragnar Grímsson
Ferdinand Marcos Jr.; Yulia Navalnaya; Ursula von der Leyen"""


@pytest.mark.parametrize("name", re.split("; |\n", PEOPLE))
def test_people_of_many_countries_are_found_by_their_whole_name(name):
    found = mentions(f"Reporters asked {name} on Monday.")
    assert found[["text", "actor", "actor_type", "kind"]].values.tolist() == [
        [name, name, "person", "name"]
    ]


@pytest.mark.xfail(
    raises=AssertionError,
    reason="begun by a verb to the models, or by a title to nameparser",
)
@pytest.mark.parametrize("name", ["Ban Ki-moon", "Sheikh Hasina"])
def test_people_are_found_by_a_reader_who_knows_the_world(name):
    test_people_of_many_countries_are_found_by_their_whole_name(name)


@pytest.mark.parametrize(
    "text",
    ["Ann Miller lives in South\n\nKorea is far.", "It rained on the White\n\nHouse prices rose."],
)
def test_no_name_runs_from_one_sentence_into_the_next(text):
    assert [words for words in mentions(text)["text"] if "\n" in words] == []


def test_a_rule_says_in_plain_words_why_an_actor_is_meant():
    rules = mentions(
        "Tehran met Joe Biden. Biden left.\n\n"
        "The Iranian envoy met the Organization of American States (OAS)."
    )
    assert rules["rule"].tolist() == [
        "capital of Iran doing something, for its government (countryinfo 1.0.1)",
        "full name",
        "surname of Joe Biden, paragraph 1",
        "nationality word of Iran (countryinfo 1.0.1)",
        "name (ORG by spaCy and the model of names)",
        "introduced in brackets after Organization of American States, paragraph 2",
    ]


def test_a_name_means_somebody_else_in_another_article():
    found = mentions(
        ["Joe Biden met Ann Miller. Miller left.", "Reporters met Bob Miller. Then Miller left."]
    )
    assert found["actor"].tolist() == [
        "Joe Biden",
        "Ann Miller",
        "Ann Miller",
        "Bob Miller",
        "Bob Miller",
    ]


# 18 words
TEXT = (
    "Iran met Ann Miller and Bob Miller. Miller met Iranian officials in Vienna. "
    "Ann Miller left.\n\nIran left."
)


def count(**options):
    return wb.count_actors(mentions(TEXT), **options).values.tolist()


def test_neither_places_nor_nationality_words_nor_what_the_text_leaves_open_are_counted():
    expected = [
        ["Ann Miller", "person", 2, 0.4, 2000 / 18],
        ["Iran", "state", 2, 0.4, 2000 / 18],
        ["Bob Miller", "person", 1, 0.2, 1000 / 18],
    ]
    assert count(tokens=wb.split_tokens(wb.read_texts(TEXT))) == expected
    assert wb.count_actors(mentions(TEXT))["per_1000_words"].isna().all()
    assert wb.select_counted(mentions(TEXT))["text"].tolist() == [
        "Iran",
        "Ann Miller",
        "Bob Miller",
        "Ann Miller",
        "Iran",
    ]


@pytest.mark.parametrize("several", [list, tuple, "".join], ids=["list", "tuple", "string"])
def test_ways_of_naming_and_kinds_of_actor_can_be_chosen(several):
    assert [row[:4] for row in count(kinds=several(["adjective"]))] == [["Iran", "state", 1, 1.0]]
    assert [row[:4] for row in count(types=several(["place"]))] == [["Vienna", "place", 1, 1.0]]


def test_actors_are_counted_by_any_columns_of_the_mentions():
    expected = [[1, "Ann Miller", 2], [1, "Bob Miller", 1], [1, "Iran", 1], [2, "Iran", 1]]
    assert [[row[0], row[1], row[3]] for row in count(by="paragraph_id")] == expected
    assert [[row[1], row[2], row[4]] for row in count(by=["doc_id", "paragraph_id"])] == expected
    with pytest.raises(SchemaError, match="paragraf_id"):
        count(by="paragraf_id")


def test_actors_by_their_type_have_each_column_once():
    assert wb.count_actors(mentions(TEXT), by="actor_type").columns.is_unique


def test_the_rate_of_an_article_is_of_its_own_words():
    articles = wb.read_texts(["Iran left.", "It rained all day, and Iran met nobody at home."])
    tokens = wb.split_tokens(articles)
    counts = wb.count_actors(wb.find_mentions(articles, tokens), tokens, by="doc_id").set_index(
        "doc_id"
    )
    assert counts["per_1000_words"].reindex(articles["doc_id"]).tolist() == [500, 100]


@pytest.mark.parametrize(
    "wrong",
    [OWN.drop(columns="kind"), OWN.rename(columns={"alias": "name"})],
    ids=["no kind", "no alias"],
)
def test_a_table_of_actors_without_its_columns_is_refused(wrong):
    with pytest.raises(SchemaError, match="kind|alias"):
        mentions("Graz left.", wrong)


def test_an_empty_row_in_a_table_of_actors_does_not_stop_the_others():
    empty = pd.DataFrame([[""] * 4, [None] * 4], columns=OWN.columns)
    assert mentions("Graz met Iran.", pd.concat([empty, OWN])).loc[0, "actor"] == "Graz council"


def test_a_name_that_is_all_surname_is_an_actor_of_its_own_until_the_text_gives_more():
    assert mentions("Von Trier met Bin Laden.")["actor"].tolist() == ["Von Trier", "Bin Laden"]
    assert mentions("Osama Bin Laden fled. Bin Laden hid.")["actor"].tolist() == [
        "Osama Bin Laden",
        "Osama Bin Laden",
    ]


def test_tables_that_do_not_belong_together_are_refused():
    tokens = wb.split_tokens(wb.read_texts("Iran left."))
    with pytest.raises(SchemaError, match="tokens are of another article"):
        wb.find_mentions(wb.read_texts("It rained."), tokens)


def test_of_names_that_begin_alike_the_longest_known_one_is_found_again():
    words = [*("Ann", "Lee", "Berg"), "met", *("Ann", "Lee"), *("Ann", "Lee", "Berg"), "left"]
    tree = SimpleNamespace(words=words, sentence=[1] * 6 + [2] * 4, pos=["PROPN"] * 10)
    known = [Span(0, 3, "Ann Lee Berg", "PERSON"), Span(4, 6, "Ann Lee", "ORG")]
    assert find_repeated(tree, known, set(), (), set()) == [Span(6, 9, "Ann Lee Berg", "PERSON")]
    assert find_repeated(tree, known, {8}, (), set()) == [Span(6, 8, "Ann Lee", "ORG")]


def test_a_name_at_the_end_of_a_text_is_found_again_where_a_longer_one_begins_alike():
    words = ["Ann", "Lee", "met", "Ann", ".", "Then", "Ann"]
    tree = SimpleNamespace(words=words, sentence=[1] * 5 + [2] * 2, pos=["PROPN"] * 7)
    known = [Span(0, 2, "Ann Lee", "PERSON"), Span(3, 4, "Ann", "PERSON")]
    assert find_repeated(tree, known, set(), (), set()) == [Span(6, 7, "Ann", "PERSON")]


def test_an_acronym_inside_a_longer_name_leaves_it_whole():
    found = mentions(
        "The World Health Organization (WHO) met. The WHO Executive Board voted. The WHO agreed."
    )
    assert found[found["kind"] == "acronym"]["text"].tolist() == ["WHO", "WHO"]
