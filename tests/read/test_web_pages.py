"""Saved web pages: all of the article and nothing else, and only what the publisher states."""

import json
import warnings

import pandas as pd
import pytest

import analysis as wb
from analysis.errors import ArticleError
from analysis.read.articles import explain_care

SENTENCES = [
    "The ferry to Selm will stop for good in March, the harbour board said on Tuesday evening.",
    "“Nobody asked the island,” said Tilda Marsh, who has run its only shop for thirty years.",
    "The board wants to save two million crowns a year, and promises a bus over the new bridge.",
    "Opponents have collected four thousand signatures, more than there are people on the island.",
    "The county will decide in spring whether a smaller boat may sail at weekends all the same.",
]
PARAGRAPHS = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)


def page(body, head="<title>Ferry stops</title>"):
    return f"<html><head>{head}</head><body>{body}</body></html>"


def ld(**item):
    item = {"@context": "https://schema.org", "@type": "NewsArticle", **item}
    return f'<script type="application/ld+json">{json.dumps(item)}</script>'


@pytest.fixture
def read(tmp_path):
    def read_page(source):
        path = tmp_path / "page.html"
        path.write_bytes(source if isinstance(source, bytes) else source.encode())
        with warnings.catch_warnings(action="ignore"):
            return wb.read_articles(path).iloc[0]

    return read_page


BODY = f"<article><h1>Ferry stops</h1>{PARAGRAPHS}</article>"
META = '<meta property="article:{}" content="{}">'
# what a page says of its date, body and head => the date of publication
DATES = {
    "stated": (BODY, META.format("published_time", "2023-07-11T17:57:00Z"), "2023-07-11"),
    "changed later": (
        BODY,
        META.format("modified_time", "2025-01-07") + ld(datePublished="2020-07-10T14:15:42+00:00"),
        "2020-07-10",
    ),
    "only when changed": (BODY, META.format("modified_time", "2025-01-07"), None),
    "in a list of items": (BODY, ld(**{"@graph": [{"datePublished": "2020-07-10"}]}), None),
    "of another article": (
        BODY,
        ld(mentions=[{"@type": "NewsArticle", "datePublished": "2019-01-02"}]),
        None,
    ),
    "in prose": (BODY + "<p>It first sailed on 2001-05-06.</p>", "", None),
    "of a teaser": (
        BODY + '<div class="teaser"><span class="date">2019-11-03</span></div>',
        "",
        None,
    ),
    "marked": (
        f'<time itemprop="datePublished" datetime="2022-02-03">3 Feb</time>{BODY}',
        "",
        "2022-02-03",
    ),
    "several marked": (
        BODY
        + '<time class="entry-date" datetime="2022-02-03">a</time>'
        + '<time class="entry-date" datetime="2021-02-03">b</time>',
        "",
        None,
    ),
    "packed": (BODY, '<meta name="pubdate" content="20220203">', "2022-02-03"),
    "no date": (BODY, '<meta name="date" content="yesterday">', None),
}


@pytest.mark.parametrize(("body", "head", "published"), DATES.values(), ids=DATES)
def test_the_date_is_the_one_that_the_publisher_states(read, body, head, published):
    found = read(page(body, f"<title>Ferry stops</title>{head}"))["published"]
    assert found == published or (published is None and pd.isna(found))


TITLES = {
    "stated": (
        "<title>Selm: Ferry stops - Linden Post</title>" + ld(headline="Ferry stops"),
        "",
        "Ferry stops",
    ),
    "window": ("<title>“No money” - Marsh - Linden Post</title>", "", "“No money” - Marsh"),
    "site known": (
        '<title>x</title><meta property="og:title" content="Ferry stops | Linden Post">'
        '<meta property="og:site_name" content="The Linden Post">',
        "",
        "Ferry stops",
    ),
    "banner": (
        "<title>Ferry stops</title>",
        "<div><h1>Linden Harbour Centre</h1></div>",
        "Ferry stops",
    ),
    "whole heading": (
        "<title>Ferry stops – Tilda Marsh</title>",
        "<h1>Ferry stops – Tilda Marsh</h1>",
        "Ferry stops – Tilda Marsh",
    ),
    "entities": (ld(headline="Ferry &amp; bus stop"), "", "Ferry & bus stop"),
}


@pytest.mark.parametrize(("head", "above", "title"), TITLES.values(), ids=TITLES)
def test_the_title_is_that_of_the_article(read, head, above, title):
    assert read(page(f"{above}<div>{PARAGRAPHS}</div>", head))["title"] == title


def test_what_a_page_does_not_state_is_inferred(read):
    articles = read(
        page(
            BODY,
            '<title>Ferry stops</title><link rel="canonical" href="https://www.post.example/a">',
        )
    )
    assert articles[["title", "outlet", "inferred"]].tolist() == [
        "Ferry stops",
        "post.example",
        "title; outlet",
    ]


def test_authors_are_a_column(read):
    written = ld(
        headline="Ferry stops", author=[{"name": "Anna Scribner"}, {"name": "Paul Renner"}]
    )
    assert read(page(BODY, written))["author"] == "Anna Scribner; Paul Renner"
    assert (
        read(page(BODY, '<meta name="author" content="By Anna Scribner">'))["author"]
        == "Anna Scribner"
    )
    assert pd.isna(read(page(BODY, META.format("author", "https://post.example/anna")))["author"])


def parted(kind):
    """The article in three containers of one kind, with adverts between."""
    parts = [PARAGRAPHS, PARAGRAPHS.replace("island", "islet"), PARAGRAPHS.replace("ferry", "boat")]
    containers = '<div class="advert">Buy boats here</div>'.join(
        f'<div class="grid"><div class="{kind}">{part}</div></div>' for part in parts
    )
    return f'<div class="chunks"><h1>Ferry stops</h1>{containers}</div>'


def test_a_body_in_several_containers_is_read_whole(read):
    text = read(page(parted("body__container")))["text"]
    for changed in ("island", "islet", "boat to Selm"):
        assert changed in text
    assert "Buy boats" not in text


def test_the_next_article_on_the_page_is_not_read(read):
    other = PARAGRAPHS.replace("ferry", "tram").replace("island", "valley")
    text = read(
        page(
            f'<article><div class="b">{PARAGRAPHS * 2}</div></article>'
            f'<article><h2>Tram</h2><div class="b">{other}</div></article>'
        )
    )["text"]
    assert "tram" not in text


LEAD = "Islanders are angry at the board, which heard nobody before it voted to end the ferry."


@pytest.mark.parametrize(
    "lead", [f'<div class="article__summary">{LEAD}</div>', f"<div>{LEAD}</div>"]
)
def test_a_lead_above_the_body_belongs_to_the_text(read, lead):
    head = f'<title>Ferry stops</title><meta name="description" content="{LEAD}">'
    body = f'<div><h1>Ferry stops</h1>{lead}<div class="text">{PARAGRAPHS}</div></div>'
    assert LEAD in read(page(body, head))["text"].split("\n\n")


def test_what_the_site_says_of_itself_is_no_lead(read):
    about = f'<div class="site-description">{LEAD.replace("Islanders", "Readers")}</div>'
    body = f'{about}<div><h1>Ferry stops</h1><div class="text">{PARAGRAPHS}</div></div>'
    assert "Readers are angry" not in read(page(body))["text"]


def test_bare_text_between_blocks_is_read(read):
    body = "<br><br>".join(SENTENCES)
    text = read(
        page(f"<article><h1>Ferry stops</h1><div>{body}<p>{SENTENCES[0]}</p></div></article>")
    )["text"]
    assert all(sentence in text for sentence in SENTENCES)


def test_the_body_that_a_page_states_is_read_where_the_page_shows_none(read):
    stated = ld(headline="Ferry stops", articleBody="\n\n".join(SENTENCES))
    shown = "<figure><figcaption>Tilda Marsh speaks at the harbour. Photo: LP</figcaption></figure>"
    assert read(page(shown, stated))["text"].split("\n\n") == SENTENCES


def test_lists_of_links_over_a_name_are_no_words_of_the_sentence(read):
    links = (
        '<span class="over"><a href="/p">Alma Ortiz</a><span><span>Alma Ortiz</span>'
        "<a>Ortiz doubles down on ferry</a> <a>Overnight: pump plan stalls</a> <a>MORE</a>"
        "</span></span>"
    )
    sentence = f"<p>The suit names Rep. {links} (D-N.Y.) as a witness, and the harbour board.</p>"
    text = read(page(f"<article><h1>Ferry stops</h1>{sentence}{PARAGRAPHS}</article>"))["text"]
    assert "The suit names Rep. Alma Ortiz (D-N.Y.) as a witness" in text
    assert "doubles down" not in text


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
@pytest.mark.parametrize("declared", ["", "iso-8859-1", "windows-1252"])
def test_letters_are_read_as_browsers_read_them(read, encoding, declared):
    head = (
        f'<meta charset="{declared}"><title>Ferry stops</title>' if declared else "<title>a</title>"
    )
    said = "“It can’t sail,” said José Marsh – the £4m boat is a ruin, and nobody at all wants it."
    assert (
        said
        in read(page(f"<article><p>{said}</p>{PARAGRAPHS}</article>", head).encode(encoding))[
            "text"
        ]
    )


def test_another_encoding_is_read_where_it_is_declared(read):
    said = "Józef Łoś prowadzi prom na wyspę od lat."
    head = (
        '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2"><title>a</title>'
    )
    source = page(
        f"<article><p>{said} {SENTENCES[0]}</p><p>{SENTENCES[2]}</p></article>", head
    ).encode("iso-8859-2")
    assert said in read(source)["text"]


def test_a_short_text_beside_much_prose_is_flagged():
    caption, story = "A ferry in the harbour of Selm.", " ".join(SENTENCES * 4)
    assert "only 7 words were read, and 90 words of prose" in "".join(
        explain_care({"prose_outside": 90}, caption)
    )
    assert not list(explain_care({"prose_outside": 90}, story))
    assert not list(explain_care({}, caption))


def test_what_is_to_be_read_with_care_is_said(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f'text,content\n"{SENTENCES[0]}… [+2219 chars]",x\n')
    with pytest.warns(UserWarning, match=r"read with care: .*cut off in the file .*\+2219 chars"):
        articles = wb.read_articles(path)
    assert "cut off" in wb.describe_care(articles)
    with pytest.warns(UserWarning, match="misread .* were mended in 1 line"):
        articles = wb.read_texts("It rained.\n\nâ€œWe canâ€™t sail,â€\x9d said JosÃ©.")
    assert articles.loc[0, "text"] == "It rained.\n\n“We can’t sail,” said José."


def test_a_page_without_an_article_says_so(read):
    with pytest.raises(ArticleError, match="no article text was found in this page. Save"):
        read(page("<ul><li><a href='/a'>One</a></li><li><a href='/b'>Two</a></li></ul>"))
