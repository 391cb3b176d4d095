"""What on a page is not the article: whole paragraphs, and passages at an end of one."""

import pytest

import analysis as wb
from analysis.parse.furniture import furniture_patterns, place_furniture

ABOVE = (
    "The ferry to Selm will stop for good in March, the harbour board said on Tuesday.\n\n"
    "“Nobody asked the island,” said Tilda Marsh, who has run its only shop for thirty years."
)
# at the end of an article
FURNITURE = """(Reporting by Nora Vale and Tom Brandt; editing by Ida Holm)
Additional reporting by Nora Vale
The Linden Press contributed to this report.
Nora Vale is a reporter for the Linden Post. Follow her on Twitter @noravale.
Have a tip? Nora Vale may be reached at nvale@linden.example.
Related: Tram leaves the rails in Graz
Read more: Tram leaves the rails in Graz
Sign up for our daily newsletter
Subscribe to our podcast on iTunes
Like us on Facebook
Share this story with your friends
12 comments
Your email address will not be published. Required fields are marked *
Photo: Nora Vale / Linden Post
(Photo by Tom Brandt/Getty Images)
Image copyright Getty Images
View 10 photos
We use cookies to improve your experience.
Copyright 2021 Linden Post. All rights reserved.
This article was originally published in the Harbor Times.
Advertisement
Tags: ferry, Selm, island
To view this video please enable JavaScript
[button link="https://l.example"]Send[/button]"""


@pytest.mark.parametrize("line", FURNITURE.splitlines())
def test_furniture_at_the_end_is_left_out(line):
    articles = wb.read_texts(f"{ABOVE}\n\n{line}")
    found = wb.find_boilerplate(articles)
    assert " ".join(found["text"]) == line
    assert len(wb.split_sentences(articles)) == 2


# passage | rest, in one paragraph; the passage is marked by « »
PARTS = """The bus is late. «(Reporting by Nora Vale; Editing by Ida Holm)»
The bus is late. «Follow her on Twitter @noravale.»
A man walks home. «Photo: Linden Press»
A man walks home «(Image credit: Tom Brandt/LP)»"""


@pytest.mark.parametrize("line", PARTS.splitlines())
def test_a_passage_at_the_end_of_a_paragraph_is_left_out(line):
    rest, _, passage = line.partition("«")
    articles = wb.read_texts(f"{ABOVE}\n\n{rest}{passage[:-1]}")
    assert wb.find_boilerplate(articles)["text"].tolist() == [passage[:-1]]
    sentences = wb.split_sentences(articles)
    assert sentences["text"].tolist()[-1] == rest.strip()
    whole = wb.split_sentences(articles, boilerplate=True)
    assert whole["end"].max() == len(articles.loc[0, "text"])
    drawn = wb.draw_article(articles, sentences).data
    assert f">{rest.strip()}" in drawn
    assert drawn.count('class="left-out"') == 1


PROSE = """Share prices fell on Monday after the board spoke.
Related: the two mayors are cousins, Marsh said.
Photo editors protested outside the town hall.
“Follow the money,” he said.
He contributed to the report on poverty.
She was reporting by night and sleeping by day.
Subscribe or leave, the union told its members.
The reporter was born in Selm, and Marsh taught her to sail.
Comments by the mayor angered the island.
Read more books, the teacher told the children of the island.
He can be reached by ferry only, she said."""


@pytest.mark.parametrize("line", PROSE.splitlines())
@pytest.mark.parametrize("behind", ["", "\n\nThe county will decide in spring, the board said."])
def test_prose_is_no_furniture(line, behind):
    assert wb.find_boilerplate(wb.read_texts(f"{ABOVE}\n\n{line}{behind}")).empty


def test_titles_below_a_heading_of_a_list_are_left_out():
    listed = "Related articles\n\nTram leaves the rails in Graz\n\nMayor opens new bridge"
    found = wb.find_boilerplate(wb.read_texts(f"{ABOVE}\n\n{listed}"))
    assert found["text"].tolist() == listed.split("\n\n")


def test_places_are_sorted_and_apart():
    text = "\n\n".join([ABOVE, *FURNITURE.splitlines(), ABOVE.replace("Selm", "Graz")])
    places = place_furniture(text)
    assert places
    ends = [0]
    for start, end, _ in places:
        assert ends[-1] <= start < end <= len(text)
        ends.append(end)


def test_every_pattern_has_a_part_and_a_rule():
    parts = {pattern.part for pattern in furniture_patterns()}
    assert parts <= {"paragraph", "list", "edge", "later", "end", "hook"}
    assert all(pattern.rule for pattern in furniture_patterns())
