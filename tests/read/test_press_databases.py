"""Exports of press databases, invented in their true layouts: many articles in one file."""

import warnings

import pytest

FERRY = (
    "The ferry to Selm will stop for good in March, the harbour board said on Tuesday.",
    "“Nobody asked the island,” said Tilda Marsh, who runs its only shop.",
)
TRAM = ("A tram left the rails in Graz on Monday, and nobody was hurt, the city said.",)
BOTH = ["\n\n".join(FERRY), "\n\n".join(TRAM)]

LEXIS = """Download Request: Selected Items: 1-2
Time Of Request: Friday, March 20, 2020  16:51:31
Terms: (DATE(>=2009-12-01) and (ferry))


                               1 of 2 DOCUMENTS


                                  Linden Post

                            January 11, 2010 Monday
                                 Second Edition

Ferry stops for good

BYLINE: By Anna Scribner and Paul Renner

SECTION: LOCAL; Pg. 3

LENGTH: 85 words

DATELINE: SELM

The ferry to Selm will stop for good in March, the harbour board
said on Tuesday.

“Nobody asked the island,” said Tilda Marsh, who runs its only shop.

LOAD-DATE: January 12, 2010

LANGUAGE: ENGLISH

                     Copyright 2010 Linden Post Media Group
                              All Rights Reserved


                               2 of 2 DOCUMENTS


                                The Harbor Times

                            January 12, 2010 Tuesday

Tram leaves the rails

LENGTH: 60 words

A tram left the rails in Graz on Monday, and nobody was hurt,
the city said.

LOAD-DATE: January 13, 2010

                     Copyright 2010 Harbor Times Ltd
"""
UNI = f"""Ferry stops for good

Linden Post

January 11, 2010 Monday

Copyright 2010 Linden Post Media Group All Rights Reserved

Section: LOCAL; Pg. 3

Length: 85 words

Byline: Anna Scribner; Paul Renner

Body

{FERRY[0]}

{FERRY[1]}

Load-Date: January 12, 2010

End of Document

Tram leaves the rails

The Harbor Times

January 12, 2010 Tuesday

Length: 60 words

Body

{TRAM[0]}

End of Document
"""
FACTIVA = f"""SE    Local
HD    Ferry stops for good
BY    By Anna Scribner and Paul Renner
WC    85 words
PD    11 January 2010
SN    Linden Post
SC    LINP
LA    English
CY    Copyright 2010 Linden Post
LP
{FERRY[0]}
TD

{FERRY[1]}

AN    Document LINP000020100111e61b0001a

HD    Tram leaves the rails
WC    60 words
PD    12 January 2010
SN    The Harbor Times
LP
{TRAM[0]}
AN    Document HARB000020100112e61c0001b
"""
PROQUEST = f"""____________________________________________________________

Document 1 of 2

Ferry stops for good

Author: Anna Scribner; Paul Renner

Publication info: Linden Post ; Selm [Selm]11 Jan 2010: 3.

Full text: {FERRY[0]}

{FERRY[1]}

Title: Ferry stops for good

Publication title: Linden Post; Selm

Publication date: Jan 11, 2010

ProQuest document ID: 1234567

____________________________________________________________

Document 2 of 2

Tram leaves the rails

Full text: {TRAM[0]}

Title: Tram leaves the rails

Publication title: The Harbor Times

Publication date: Jan 12, 2010

ProQuest document ID: 1234568

____________________________________________________________
"""


def europresse(title, outlet, number, author, paragraphs):
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<article><header><div><span class="DocPublicationName">{outlet}, no. 7</span></div>'
        f'<p class="titreArticleVisu">{title}</p><p class="sm-margin-bottomNews">{author}</p>'
        f'</header><section class="docOcurrContainer">{body}</section>'
        f'<footer><div class="publiC-lblNodoc">news·{number}·LP·7</div></footer></article>'
    )


EUROPRESSE = (
    "<html><body>"
    + europresse(
        "Ferry stops for good", "Linden Post", "20100111", "Anna Scribner; Paul Renner", FERRY
    )
    + europresse("Tram leaves the rails", "The Harbor Times", "20100112", "", TRAM)
    + "</body></html>"
)


EXPORTS = {
    "LexisNexis": ("a.txt", LEXIS),
    "LexisNexis, line ends of Windows": ("a.txt", LEXIS.replace("\n", "\r\n")),
    "Nexis Uni": ("a.txt", UNI),
    "Factiva": ("a.txt", FACTIVA),
    "ProQuest": ("a.txt", PROQUEST),
    "Europresse": ("a.html", EUROPRESSE),
}


@pytest.mark.parametrize(("name", "content"), EXPORTS.values(), ids=EXPORTS)
def test_an_export_is_split_into_its_articles(read, name, content):
    with warnings.catch_warnings(action="error"):
        articles = read(name, content)
    assert articles["text"].tolist() == BOTH
    known = articles[["title", "outlet", "published", "row"]].values.tolist()
    assert known == [
        ["Ferry stops for good", "Linden Post", "2010-01-11", 1],
        ["Tram leaves the rails", "The Harbor Times", "2010-01-12", 2],
    ]
    assert articles["author"].fillna("").tolist() == ["Anna Scribner; Paul Renner", ""]
    assert articles["left_out"].isna().all()


@pytest.mark.parametrize(("name", "content"), [EXPORTS["LexisNexis"], EXPORTS["Nexis Uni"]])
def test_the_same_in_rtf(read, name, content):
    lines = "\\par\n".join(
        content.replace("“", "\\ldblquote ").replace("”", "\\rdblquote ").splitlines()
    )
    articles = read("a.rtf", "{\\rtf1\\ansi\n" + lines + "}")
    assert articles["title"].tolist() == ["Ferry stops for good", "Tram leaves the rails"]
    assert articles["text"].str.contains("only shop").tolist() == [True, False]


def test_what_an_export_counts_and_does_not_hold_is_told(read):
    with pytest.warns(UserWarning, match=r"counts 5 articles and holds 2 .*missing: 2-3, 5"):
        read("a.txt", LEXIS.replace("1 of 2 D", "1 of 5 D").replace("2 of 2 D", "4 of 5 D"))


def test_an_article_without_its_text_is_left_out(read):
    cut = PROQUEST.replace(f"Full text: {TRAM[0]}", "")
    with pytest.warns(UserWarning, match="1 of 2 articles left out"):
        articles = read("a.txt", cut)
    assert "holds no text of this article" in articles.loc[1, "left_out"]


def test_the_same_article_twice_in_an_export_is_one(read):
    twice = UNI + UNI.partition("End of Document\n")[0] + "End of Document\n"
    with pytest.warns(UserWarning, match="1 of 3 articles left out"):
        articles = read("a.txt", twice)
    assert articles.loc[2, "left_out"].startswith("a copy of")


STRANGE = [
    "The court read 1 of 2 DOCUMENTS.\n\nLENGTH: it took an hour, said the mayor of Linz.",
    "Body\n\nA body was found in the lake, and nobody knows whose it is, the police said.",
    "IN London rain fell.\n\nHD screens were sold out in all shops of the town on Monday.",
    "Full text: a poem.\n\n____________________\n\nIt rained in Linz on Monday and on Tuesday.",
]


@pytest.mark.parametrize("text", STRANGE)
def test_a_text_that_only_looks_like_an_export_is_one_article(read, text):
    assert read("a.txt", text)["text"].tolist() == [text]
