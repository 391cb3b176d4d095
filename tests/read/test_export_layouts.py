"""Exports of press databases: each article a row, with what its fields say and nothing else."""

import re
import time

import pytest
from docx import Document

import analysis as wb
from analysis.errors import ArticleError
from analysis.read import exports, imprint

COUNCIL = [
    "The council voted on Monday to close the old swimming hall after months of dispute, and the "
    "mayor said the cost had doubled since the spring.",
    "“We cannot heat a building with broken windows,” said Mayor Ruth Adler, who voted for the "
    "plan together with nine others.",
]
PROTEST = [
    "Residents of the eastern district protested outside the town hall, where about two hundred "
    "people had gathered by six in the evening.",
]
FIRST = {
    "text": "\n\n".join(COUNCIL),
    "title": "Council shuts swimming hall",
    "outlet": "Linden Post",
    "published": "2010-01-11",
    "author": "Anna Scribner; Bo Ek",
}
SECOND = {
    "text": "\n\n".join(PROTEST),
    "title": "Protest outside town hall",
    "outlet": "The Harbor Times",
    "published": "2010-01-12",
    "author": None,
}
BOTH = [FIRST | {"row": 1}, SECOND | {"row": 2}]


def split(text):
    """The records of an export, of each the fields that all databases know."""
    records = exports.split_export(text, "a.txt")
    return records and [drop(record, "url") for record in records]


def drop(record, *names):
    """A record without some fields."""
    return {name: value for name, value in record.items() if name not in names}


def wrapped(paragraphs, width=78):
    """Paragraphs in lines as a typewriter has them."""
    return "\n\n".join(re.sub(rf"(.{{1,{width}}})(?: |$)", r"\1\n", p).strip() for p in paragraphs)


LEXIS = f"""



Download Request: Selected Items: 1-2
Time Of Request: Friday, March 20, 2020  16:51:31

Send To:
0000 UNIVERSITY OF EXAMPLE LIBRARY

Terms: (DATE(>=2009-12-01 and <=2010-05-11) and (swimming hall))


                               1 of 2 DOCUMENTS


                                  Linden Post

                            January 11, 2010 Monday
                                 Second Edition

Council shuts
swimming hall

BYLINE: By Anna Scribner and
Bo Ek

SECTION: LOCAL; Pg. 3

LENGTH: 85 words

DATELINE: LINDEN

{wrapped(COUNCIL)}

GRAPHIC: Photo, the hall

LOAD-DATE: January 12, 2010

LANGUAGE: ENGLISH

PUBLICATION-TYPE: Newspaper

                     Copyright 2010 Linden Post Media Group
                              All Rights Reserved


                               2 of 2 DOCUMENTS


                      The Harbor Times - Final Edition

                            January 12, 2010 Tuesday

                               Correction Appended

Protest outside town hall

LENGTH: 60 words

{wrapped(PROTEST)}

LOAD-DATE: January 13, 2010

LANGUAGE: ENGLISH

                     Copyright 2010 Harbor Times Ltd
                              All Rights Reserved
"""
LEXIS_WITH_BODY = f"""\
                               1 of 2 DOCUMENTS


     Copyright 2010 Linden Post Interactive Company, LLC d/b/a
                            Linden Post Digital
                              All Rights Reserved

                                  Linden Post

                             January 11, 2010 Monday
                                 Met 2 Edition

SECTION: A-SECTION; Pg. A01

LENGTH: 85 words

HEADLINE: Council shuts swimming hall

BYLINE: Anna Scribner;Bo Ek

BODY:

{wrapped(COUNCIL)}

LOAD-DATE: January 12, 2010

                               2 of 2 DOCUMENTS

                              Copyright 2010 Harbor Times Ltd

                              The Harbor Times

                              12 January 2010

HEADLINE: Protest outside town hall

BODY: {wrapped(PROTEST)}

LANGUAGE: ENGLISH
"""
SHAPES = {
    "as it is": lambda text: text,
    "Windows line ends": lambda text: text.replace("\n", "\r\n"),
    "indented": lambda text: re.sub(r"(?m)^(?=.)", "    ", text),
    "not centred": lambda text: re.sub(r"(?m)^ +", "", text),
    "pages": lambda text: text.replace("\n\nLENGTH", "\n\n\fPage 2\nThe hall\n\nLENGTH"),
    "a page within a paragraph": lambda text: text.replace(
        "and the\n", "and the\n\n\fPage 2 of 3\nLinden Post\n\n"
    ),
    "no line between length and text": lambda text: re.sub(r"(LENGTH: 60.*)\n\n", r"\1\n", text),
    "German screen": lambda text: re.sub(r"(\d) of 2 DOCUMENTS", r"Dokument \1 von 2", text),
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
@pytest.mark.parametrize("layout", [LEXIS, LEXIS_WITH_BODY], ids=["headline alone", "BODY"])
def test_lexisnexis(layout, shape):
    assert split(shape(layout)) == BOTH


def test_an_export_is_a_row_an_article(tmp_path):
    path = tmp_path / "lexis.txt"
    path.write_text(LEXIS)
    articles = wb.read_articles(path)
    columns = ["title", "outlet", "published", "text", "row"]
    assert articles[columns].to_dict("records") == [
        {column: record[column] for column in columns} for record in BOTH
    ]
    assert articles["left_out"].isna().all() and set(articles["source"]) == {str(path)}


MISSING = {
    "byline": (r"BYLINE[^\n]*\n[^\n]*\n", {"author": None}),
    "date": (r" +January 11[^\n]*\n[^\n]*\n", {"published": None}),
    "headline": (r"Council shuts\nswimming hall\n", {"title": None}),
    "end": (r"(?s)GRAPHIC.*?(?= +Copyright)", {}),
    "copyright": (r" +Copyright 2010 Linden[^\n]*\n[^\n]*\n", {}),
    "text": (
        r"(?s)The council voted.*?(?=GRAPHIC)",
        {
            "text": "",
            "left_out": "the export holds no text of this article. Download it with its full text, "
            "or take it out.",
        },
    ),
}


@pytest.mark.parametrize("pattern, known", MISSING.values(), ids=MISSING)
def test_what_is_missing_in_one_article_is_missing_and_nothing_else(pattern, known):
    text, n = re.subn(pattern, "", LEXIS, count=1)
    assert n == 1
    assert split(text) == [BOTH[0] | known, BOTH[1]]


def test_one_article_alone_has_no_row():
    assert split(LEXIS.partition("2 of 2")[0].replace("1 of 2", "1 of 1")) == [FIRST]


COUNTS = {
    "2 of 2 DOCUMENTS->4 of 5 DOCUMENTS": "counts 5 articles and holds 2 of them (missing: 2-3, 5)",
    "2 of 2 DOCUMENTS->2 of 3 DOCUMENTS": "counts 3 articles and holds 2 of them (missing: 3)",
    "2 of 2 DOCUMENTS->1 of 2 DOCUMENTS": "counts 2 articles and holds 1 of them (missing: 2)",
    "2 of 2 DOCUMENTS->2 of 999999 DOCUMENTS": "counts 999999 articles and holds 2",
}


@pytest.mark.parametrize("change, said", COUNTS.items(), ids=COUNTS)
def test_numbers_that_are_not_there_are_named(change, said):
    before, after = change.split("->")
    total = after.split()[2]
    text = LEXIS.replace("1 of 2 ", f"1 of {total} ").replace(before, after)
    with pytest.warns(UserWarning, match="^a.txt: the export " + re.escape(said)):
        assert split(text) == BOTH


COVER = """User Name: = User
Date and Time: Friday, March 20, 2020 4:51:00 PM CET
Job Number: 113
Documents (2)
1. Council shuts swimming hall
Client/Matter: -None-
Search Terms: swimming hall
2. Protest outside town hall
Client/Matter: -None-
| About LexisNexis | Privacy Policy | Copyright © 2020 LexisNexis"""
UNI = [
    *COVER.split("\n"),
    "Council shuts swimming hall",
    "Linden Post",
    "January 11, 2010 Monday",
    "Second Edition",
    "Copyright 2010 Linden Post Media Group All Rights Reserved",
    "Section:\xa0LOCAL; Pg. 3",
    "Length:\xa085 words",
    "Byline:\xa0Anna Scribner and Bo Ek",
    "Highlight:\xa0A hall",
    "Body",
    *COUNCIL,
    "Graphic",
    "Photo, the hall",
    "Load-Date:\xa0January 12, 2010",
    "End of Document",
    "Protest outside town hall",
    "The Harbor Times",
    "Tuesday 12 January 2010",
    "Length:\xa060 words",
    "Body",
    *PROTEST,
    "Classification",
    "Language: ENGLISH",
    "End of Document",
]


def save_docx(path, paragraphs):
    """A Word file of paragraphs; a list of rows is a table."""
    document = Document()
    document.core_properties.title = "Files (2)"
    for paragraph in paragraphs:
        if isinstance(paragraph, str):
            document.add_paragraph(paragraph)
            continue
        table = document.add_table(0, 2)
        for row in paragraph:
            for cell, words in zip(table.add_row().cells, row, strict=True):
                cell.text = words
    document.save(path)


def in_rtf(words):
    """Words as RTF writes them."""
    return "".join(c if c.isascii() else rf"\u{ord(c)} ?" for c in words)


def save_rtf(path, paragraphs):
    """The same in RTF."""
    written = []
    for paragraph in paragraphs:
        if isinstance(paragraph, str):
            written.append(rf"\pard {in_rtf(paragraph)}\par")
            continue
        for name, words in paragraph:
            cell = in_rtf(words).replace("\n", r"\par ")
            written.append(rf"\trowd {{\b {name}}}\cell {cell}\cell\row")
    path.write_text("{\\rtf1\\ansi\\ansicpg1252 " + "\n".join(written) + "}")


def save_txt(path, paragraphs):
    """The same as plain text, with tabs between the cells of a table."""
    written = []
    for paragraph in paragraphs:
        if isinstance(paragraph, str):
            written.append(paragraph)
        else:
            written += [f"{name}\t{words}".replace("\n", "\n\n") for name, words in paragraph]
    path.write_text("\n\n".join(written))


FORMS = {".docx": save_docx, ".rtf": save_rtf, ".txt": save_txt}


def read(tmp_path, form, paragraphs):
    """The rows of a file of paragraphs, as the articles table has them."""
    path = tmp_path / f"a{form}"
    FORMS[form](path, paragraphs)
    articles = wb.read_articles(path, language=None)
    return articles[["text", "title", "outlet", "published", "row"]].values.tolist()


ROWS = [list(drop(record, "author").values()) for record in BOTH]


@pytest.mark.parametrize("form", FORMS)
def test_nexis_uni(tmp_path, form):
    assert read(tmp_path, form, UNI) == ROWS


def test_nexis_uni_knows_who_wrote_and_may_have_no_cover():
    assert split("\n\n".join(UNI)) == BOTH
    at = UNI.index(COUNCIL[0])
    alone = UNI[len(COVER.split("\n")) : at + 6]
    assert split("\n\n".join(alone)) == [FIRST]
    undated = [line for line in alone if "2010 Monday" not in line and "Edition" not in line]
    assert split("\n\n".join(undated)) == [FIRST | {"published": None}]
    untitled = [line for line in alone if line not in (FIRST["title"], FIRST["outlet"])]
    assert split("\n\n".join(untitled)) == [FIRST | {"title": None, "outlet": None}]


def test_what_the_cover_of_nexis_uni_lists_and_the_file_does_not_hold_is_named():
    short = UNI[: UNI.index("End of Document") + 1]
    with pytest.warns(UserWarning, match=r"counts 2 articles and holds 1 of them \(missing: 2\)"):
        assert split("\n\n".join(short)) == [FIRST]
    unlisted = [re.sub(r"^\d\. .*", "", line) for line in short]
    with pytest.warns(UserWarning, match="counts 2 articles and holds 1 of them. Download it"):
        assert split("\n\n".join(unlisted)) == [FIRST]


CODES = [
    ("SE", "Local"),
    ("HD", "Council shuts swimming hall"),
    ("BY", "By Anna Scribner and Bo Ek"),
    ("WC", "85 words"),
    ("PD", "11 January 2010"),
    ("ET", "05:12"),
    ("SN", "Linden Post"),
    ("SC", "LINP"),
    ("ED", "Second"),
    ("PG", "3"),
    ("LA", "English"),
    ("CY", "Copyright 2010. Linden Post Media Group. All Rights Reserved."),
    ("LP", COUNCIL[0]),
    ("TD", COUNCIL[1]),
    ("NS", "cmun : Municipal | nasc : Associations"),
    ("RE", "austr : Austria"),
    ("PUB", "Linden Post Media Group"),
    ("AN", "Document LINP000020100111e61b00001"),
]
MORE_CODES = [
    ("HD", "Protest outside town hall"),
    ("WC", "60 words"),
    ("PD", "12 January 2010"),
    ("SN", "The Harbor Times"),
    ("LP", PROTEST[0]),
    ("AN", "Document HARB000020100112e61c00002"),
]


@pytest.mark.parametrize("form", FORMS)
def test_factiva_with_its_codes(tmp_path, form):
    assert read(tmp_path, form, ["Factiva", CODES, MORE_CODES, "Search Summary"]) == ROWS


SPACES = {"a space": " ", "tab": "\t", "spaces": "   ", "cell": " | ", "line": "\n"}


@pytest.mark.parametrize("space", SPACES.values(), ids=SPACES)
def test_the_codes_of_factiva_may_stand_before_their_words_in_many_ways(space):
    lines = [f"{code}{space}{words}" for code, words in CODES + MORE_CODES]
    assert split("\n".join(lines)) == BOTH
    assert split("\n\n".join(lines)) == BOTH


def test_an_article_of_factiva_without_its_text_is_a_row_with_its_reason():
    lines = [f"{code}\t{words}" for code, words in CODES + MORE_CODES if words != PROTEST[0]]
    first, second = split("\n".join(lines))
    assert first == BOTH[0]
    assert (second["title"], second["text"]) == (SECOND["title"], "")
    assert second["left_out"].startswith("the export holds no text of this article")


@pytest.mark.parametrize("space", SPACES.values(), ids=SPACES)
def test_a_paragraph_that_begins_like_a_code_is_text(space):
    told = ["IN London it rained.", "SE Asia was dry.", "LA residents slept.", "RE: the hall"]
    lines = [f"{code}{space}{words}" for code, words in CODES]
    at = next(n for n, line in enumerate(lines) if line.startswith("NS"))
    found = split("\n\n".join([*lines[:at], *told, *lines[at:]]))
    assert [record["text"] for record in found] == ["\n\n".join(COUNCIL + told)]


FACTIVA = [
    "Local",
    "Council shuts swimming hall",
    "By Anna Scribner and Bo Ek",
    "85 words",
    "11 January 2010",
    "05:12",
    "Linden Post",
    "LINP",
    "3",
    "English",
    "(c) 2010 Linden Post Media Group",
    *COUNCIL,
    "Linden Post Media Group Ltd",
    "Document LINP000020100111e61b00001",
    "Protest outside town hall",
    "60 words",
    "12 January 2010",
    "The Harbor Times",
    "HARB",
    "English",
    "Copyright 2010 Harbor Times Ltd",
    *PROTEST,
    "Document HARB000020100112e61c00002",
    "Search Summary",
]


@pytest.mark.parametrize("form", FORMS)
def test_factiva_as_an_article_reads(tmp_path, form):
    assert read(tmp_path, form, FACTIVA) == ROWS


def test_factiva_as_an_article_reads_knows_who_wrote():
    assert split("\n\n".join(FACTIVA)) == BOTH
    unsigned = [line for line in FACTIVA if not line.startswith("By ")]
    assert split("\n\n".join(unsigned))[0] == BOTH[0] | {"author": None}


FACTIVA_PAGE = """<html><head><title>Factiva</title><style>p {{ margin: 0 }}</style></head><body>
<div id="article-LINP1" class="article"><div class="article enArticle"><p>
</p><div>Local</div>
<div id="hd"><span class="enHeadline">Council shuts <b>swimming</b> hall</span>
</div><div class="author">Anna Scribner and Bo Ek </div><div>85 words</div>
<div>11 January 2010</div><div>Linden Post</div><div>LINP</div><div>3</div><div>English</div>
<div>(c) 2010 Linden Post </div><p></p>
<p class="articleParagraph enarticleParagraph">{0}</p>
<p class="articleParagraph enarticleParagraph">
{1}</p>
<p>Linden Post Media Group</p><p>Document LINP000020100111e61b00001</p></div></div><br><span></span>
<div id="article-HARB2" class="article"><div class="article enArticle">
<div id="hd"><span class="enHeadline">Protest outside town hall</span></div>
<div>60 words</div><div>12 January 2010</div><div>06:20</div><div>The Harbor Times</div><p></p>
<p class="articleParagraph enarticleParagraph">{2}</p>
<p>Document HARB000020100112e61c00002</p></div></div></body></html>"""
TABLE_ROW = "<tr><td class='index'><b>{}</b>&nbsp;</td><td>{}</td></tr>"
EUROPRESSE = """<html><body><article><header><div class="rdp__DocPublicationName">
<span class="DocPublicationName">Linden Post, no. 43018</span></div>
<div><span class="DocHeader">Local, lundi 11 janvier 2010 85 mots, p. 3</span></div>
<div class="titreArticle"><p class="sm-margin-TopNews titreArticleVisu rdp__articletitle">
Council shuts <mark>swimming</mark> hall</p></div>
<p class="sm-margin-bottomNews">Anna Scribner and Bo Ek</p></header>
<section><div class="DocText clearfix"><div class="docOcurrContainer"><p>{0}</p><p>{1}</p>
<aside>Note: a picture</aside></div></div></section>
<footer><div class="publiC-lblNodoc">news·20100111·LP·43018</div></footer></article>
<article><header><span class="DocPublicationName">The Harbor Times</span>
<span class="DocHeader">12 janvier 2010</span>
<p class="titreArticleVisu grandTitre">Protest outside town hall</p></header>
<section><div class="DocText">{2}<br><script>var a = 1;</script></div></section></article>
<article>An advert</article></body></html>"""


def in_table(codes):
    """An article of a page of Factiva with its codes."""
    paragraph = '<p class="articleParagraph enarticleParagraph">{}</p>'
    rows = []
    for code, words in codes:
        is_text = code in ("LP", "TD")
        rows.append(TABLE_ROW.format(code, paragraph.format(words) if is_text else words))
    return f"<div class='article enArticle'><table>{''.join(rows)}</table></div>"


PAGES = {
    "Factiva": FACTIVA_PAGE.format(*COUNCIL, *PROTEST),
    "Factiva with its codes": f"<body>{in_table(CODES)}<!-- x -->{in_table(MORE_CODES)}</body>",
    "Europresse": EUROPRESSE.format(*COUNCIL, *PROTEST),
}


@pytest.mark.parametrize("ending", [".html", ".mhtml"])
@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_pages_of_databases(tmp_path, page, ending):
    assert exports.split_export_page(page.encode()) == BOTH
    path, head = tmp_path / f"a{ending}", ""
    if ending == ".mhtml":
        head = "Subject: Export\nContent-Type: text/html; charset=utf-8\n\n"
    path.write_text(head + page, encoding="utf-8")
    articles = wb.read_articles(path, language=None)
    columns = ["text", "title", "outlet", "published", "row"]
    assert articles[columns].values.tolist() == ROWS


def test_a_page_that_only_has_the_name_of_a_class_is_no_export():
    assert exports.split_export_page(b"<p>article enArticle</p>") is None
    assert (
        exports.split_export_page(b"<article class='DocText'><p>It rained.</p></article>") is None
    )
    with pytest.raises(ArticleError, match="more than 1,000 attributes"):
        attributes = " ".join(f"a{n}=1" for n in range(5_000))
        exports.split_export_page(f"<div class='article enArticle' {attributes}>".encode())


RULE = "_" * 60
PROQUEST = f"""{RULE}

Report Information from ProQuest
January 14 2019 11:02
{RULE}

Table of contents

1. Council shuts swimming hall

{RULE}

Document 1 of 2

Council shuts swimming hall

Author: Anna Scribner; Bo Ek

Publication info: Linden Post ; Linden [Linden]11 Jan 2010: A3.

Links: http://a.b

Full text: {COUNCIL[0]}

{COUNCIL[1]}

Subject: Swimming; Councils

Title: Council shuts swimming hall

Publication title: Linden Post; Linden

Publication year: 2010

Publication date: Jan 11, 2010

ProQuest document ID: 4711

Document URL: https://search.proquest.example/docview/4711

Copyright: Copyright Linden Post Media Group 2010

Database: ProQuest Newsstream

{RULE}

Document 2 of 2

Protest outside town hall

Full text: {PROTEST[0]}

Publication title: The Harbor Times; Harbor

Publication date: 12 Jan 2010

ProQuest document ID: 4712

{RULE}

Contact us at: http://www.proquest.example/contact
"""


def test_proquest(tmp_path):
    assert split(PROQUEST) == split(PROQUEST.replace("\n", "\r\n")) == BOTH
    (tmp_path / "a.txt").write_text(PROQUEST)
    articles = wb.read_articles(tmp_path / "a.txt")
    assert articles["url"].fillna("").tolist() == [
        "https://search.proquest.example/docview/4711",
        "",
    ]


def test_proquest_may_name_the_author_below_the_text_and_have_no_marks():
    text = PROQUEST.replace("Author: Anna Scribner; Bo Ek\n", "")
    text = text.replace("Subject:", "Credit: By Anna Scribner and Bo Ek\n\nSubject:", 1)
    assert split(text) == BOTH
    assert split(re.sub(r"Document \d of 2\n", "", text)) == BOTH
    with pytest.warns(UserWarning, match=r"counts 3 articles and holds 2 of them \(missing: 2\)"):
        assert split(text.replace("1 of 2", "1 of 3").replace("2 of 2", "3 of 3")) == BOTH


def test_an_article_of_proquest_without_its_text_is_a_row_with_its_reason(tmp_path):
    (tmp_path / "a.txt").write_text(PROQUEST.replace(f"Full text: {PROTEST[0]}\n", ""))
    with pytest.warns(UserWarning, match="1 of 2 articles left out"):
        articles = wb.read_articles(tmp_path / "a.txt")
    assert articles["title"].tolist() == [FIRST["title"], SECOND["title"]]
    assert "no text of this article. Download it with its full text" in articles["left_out"][1]


PROSE = {
    "a count in a sentence": "The court saw 1 of 2 DOCUMENTS.\n\nLENGTH: 3 words, it said.",
    "a count alone": "1 of 2 DOCUMENTS\n\nThat was the label on the box, the archivist said.",
    "a small count": "1 of 2 documents\n\nLENGTH: 85 words\n\nIt rained.",
    "Body": "Body\n\nIt rained.\n\nLength: 3 words",
    "End of Document": "It rained.\n\nEnd of Document",
    "HD": "HD\nstands for high definition, and TD for touchdown.",
    "codes in a list": "HD high definition\n\nLP long play\n\nIt rained.",
    "Document": "Document AB1234567890123\n\nIt rained for 541 words.",
    "underscores": f"{RULE}\n\nTitle: It rained\n\nFull text: It rained.",
    "fields": "Title: It rained\n\nPublication title: Post\n\nFull text: It rained.",
    "nothing": "",
}


@pytest.mark.parametrize("text", PROSE.values(), ids=PROSE)
def test_an_article_that_only_looks_like_an_export_is_one(tmp_path, text):
    assert exports.split_export(text) is None
    if text:
        (tmp_path / "a.txt").write_text(text)
        assert wb.read_articles(tmp_path / "a.txt", language=None)["text"].tolist() == [text]


DATES = {
    "January 11, 2010 Monday": "2010-01-11",
    "Monday 11 January 2010": "2010-01-11",
    "lundi 1er février 2010": "2010-02-01",
    "11. März 2010 Donnerstag": "2010-03-11",
    "Sept. 3, 2010": "2010-09-03",
    "3rd May 2010, p. 7": "2010-05-03",
    "the 3 men of 2010": None,
    "February 30, 2010": None,
    "January 2010": None,
    "": None,
    None: None,
}


@pytest.mark.parametrize("text, day", DATES.items())
def test_dates(text, day):
    assert imprint.read_date(text) == day


BYLINES = {
    "By Anna Scribner": "Anna Scribner",
    "BY ANNA SCRIBNER AND BO EK": "ANNA SCRIBNER; BO EK",
    "Anna Scribner, Bo Ek and Cy Lee, Staff Writers": "Anna Scribner; Bo Ek; Cy Lee, Staff Writers",
    "Scribner, Anna; Ek, Bo": "Scribner, Anna; Ek, Bo",
    "Bylin Anderson": "Bylin Anderson",
    "By ": None,
    None: None,
}


@pytest.mark.parametrize("byline, authors", BYLINES.items())
def test_bylines(byline, authors):
    assert imprint.list_authors(byline) == authors


ENDLESS = {
    "marks": "1 of 2 DOCUMENTS\nLENGTH: 3 words\n" * 30_000,
    "editions": "1 of 1 DOCUMENTS\n\n" + "edition - " * 100_000 + "\n\nLENGTH: 3 words\n\nRain.",
    "dates": "1 of 1 DOCUMENTS\n\n" + "January 1, " * 100_000 + "\n\nLENGTH: 3 words\n\nRain.",
    "codes": "HD\tRain\nLP\tIt rained.\nWC\t3\n" * 20_000,
    "documents": "3 words\nDocument AB1234567890123\n" * 20_000,
    "ends": "Body\nEnd of Document\n" * 20_000,
    "rules": f"{RULE}\nProQuest document ID: 1\n" * 20_000,
}


@pytest.mark.filterwarnings("ignore:a.txt")
@pytest.mark.parametrize("text", ENDLESS.values(), ids=ENDLESS)
def test_no_export_is_read_for_ever(text):
    started = time.monotonic()
    assert split(text)
    assert time.monotonic() - started < 10
