"""Tables and exports as other programs write them."""

import json

import pandas as pd
import pytest

import analysis as wb
from analysis.errors import ArticleError

RAIN = "It rained in Linz all day, and the river rose by half a metre before it stopped at night."
SNOW = "Snow fell on Graz in the morning, so that no tram left the depot before noon on Monday."


def as_csv(**row):
    return pd.DataFrame([row]).to_csv(index=False)


# file, content => title, author, outlet, published
SETS = {
    "NewsAPI": (
        "a.csv",
        as_csv(
            source='{"id": null, "name": "Linden Post"}',
            author="A. Scribner",
            title="Rain",
            publishedAt="2021-10-23T08:00:00Z",
            content=RAIN,
        ),
        ["Rain", "A. Scribner", "Linden Post", "2021-10-23"],
    ),
    "NewsAPI, its answer": (
        "a.json",
        json.dumps(
            {
                "status": "ok",
                "articles": [
                    {
                        "source": {"id": None, "name": "Linden Post"},
                        "author": None,
                        "title": "Rain",
                        "publishedAt": "2021-10-23T08:00:00Z",
                        "content": RAIN,
                    }
                ],
            }
        ),
        ["Rain", None, "Linden Post", "2021-10-23"],
    ),
    "news-please": (
        "a.jsonl",
        json.dumps(
            {
                "title": "Rain",
                "maintext": RAIN,
                "authors": ["A. Scribner", "B. Renner"],
                "date_publish": "2021-10-23 08:00:00",
                "source_domain": "linden.example",
            }
        ),
        ["Rain", "A. Scribner; B. Renner", "linden.example", "2021-10-23"],
    ),
    "one object": (
        "a.json",
        json.dumps({"headline": "Rain", "body": RAIN, "date": "2021-10-23"}),
        ["Rain", None, None, "2021-10-23"],
    ),
    "headline and body": (
        "a.tsv",
        f"headline\tbody\tpublication\nRain\t{RAIN}\tLinden Post\n",
        ["Rain", None, "Linden Post", None],
    ),
    "WordPress": (
        "a.xml",
        '<rss xmlns:content="c" xmlns:dc="d" xmlns:wp="w"><channel><title>Linden Post</title><item>'
        "<title>Rain</title><link>https://l.example/1</link><dc:creator>anna</dc:creator>"
        "<pubDate>Sat, 23 Oct 2021 08:00:00 +0000</pubDate><description></description>"
        f"<content:encoded><![CDATA[<p>{RAIN}</p>]]></content:encoded>"
        "<wp:post_type>post</wp:post_type></item><item><title>a.jpg</title>"
        "<wp:post_type>attachment</wp:post_type></item></channel></rss>",
        ["Rain", "anna", "Linden Post", "2021-10-23"],
    ),
    "Atom": (
        "a.xml",
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Linden Post</title><entry>'
        '<title>Rain</title><link href="https://l.example/1"/><published>2021-10-23T08:00:00Z'
        f"</published><author><name>Anna</name></author><summary>Short</summary><content>{RAIN}"
        "</content></entry></feed>",
        ["Rain", "Anna", "Linden Post", "2021-10-23"],
    ),
}


@pytest.mark.parametrize(("name", "content", "known"), SETS.values(), ids=SETS)
def test_data_sets_are_read_as_they_are_published(read, name, content, known):
    articles = read(name, content)
    found = articles[["title", "author", "outlet", "published"]].astype(object)
    assert found.where(found.notna(), None).values.tolist() == [known]
    assert articles["text"].tolist() == [RAIN]


def test_tags_and_characters_by_name_in_a_cell_are_read(read):
    html = "<p>The hall is shut.</p><p>&ldquo;We can&rsquo;t heat it,&rdquo; said Lee &amp; Co.</p>"
    articles = read("a.csv", as_csv(title="Hall &amp; bath", text=html + "<script>x()</script>"))
    text = "The hall is shut.\n\n“We can’t heat it,” said Lee & Co."
    assert articles[["title", "text"]].values.tolist() == [["Hall & bath", text]]


def test_marks_of_comparison_in_a_cell_are_no_tags(read):
    text = "If a < b and b > c, then R&D spends more. It rained all day long in Linz."
    assert read("a.csv", as_csv(text=text))["text"].tolist() == [text]


def test_every_sheet_with_texts_is_read(tmp_path):
    path = tmp_path / "a.xlsx"
    with pd.ExcelWriter(path) as book:
        pd.DataFrame({"text": [RAIN]}).to_excel(book, sheet_name="May", index=False)
        pd.DataFrame({"note": ["mine"]}).to_excel(book, sheet_name="Notes", index=False)
        pd.DataFrame({"body": [SNOW]}).to_excel(book, sheet_name="June", index=False)
    with pytest.warns(UserWarning, match="the sheet “Notes” was not read: no text column"):
        articles = wb.read_articles(path)
    assert articles[["row", "text"]].values.tolist() == [[1, RAIN], [2, SNOW]]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", "url,media_name\nhttps://l.example,Post\n", "fetch and save the pages first"),
        ("a.json", "{", "it is not JSON"),
        ("a.json", "[1, 2]", "it holds no articles"),
        ("a.xml", "<a><b/></a>", "it holds no articles as WordPress"),
        ("a.xml", "no XML", "it holds no articles as WordPress"),
        (
            "a.xml",
            '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
            "no articles",
        ),
    ],
)
def test_what_holds_no_articles_says_what_to_do(read, name, content, said):
    with pytest.raises(ArticleError, match=said):
        read(name, content)
