"""Each article a row, its text unmodified; what cannot be read, a row with reason and mend."""

import hashlib
import json
import re
import warnings

import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

import analysis as wb
from analysis.errors import ArticleError
from analysis.read.articles import MISREAD
from analysis.text import paragraph_spans

COLUMNS = [
    "doc_id",
    "title",
    "author",
    "outlet",
    "published",
    "url",
    "text",
    "source",
    "row",
    "inferred",
    "added",
    "outside",
    "prose_outside",
    "flag",
    "left_out",
]
BRIDGE = (
    "“It won’t last,” said José of the £5m bridge in Graz.\n\nResidents welcomed it, "
    "and the café beside it was full all day."
)
RAIN, SNOW = "It rained in Linz all day.", "It snowed in Wels at night."
GERMAN = (
    "Der Bürgermeister hat am Montag die neue Brücke eröffnet. "
    "Die Anwohner freuten sich darüber sehr."
)
FRENCH = (
    "Le maire de la ville a inauguré le nouveau pont lundi matin, "
    "et les habitants se sont réjouis de cette ouverture."
)
PERSIAN = (
    "شهردار روز دوشنبه پل تازه را گشود و ساکنان از آن استقبال کردند و گفتند کسب و کار بهتر خواهد شد"
)
LINKS = (
    "<nav><ul><li><a href='/'>Home</a></li><li><a href='/s'>Sport</a></li>"
    "<li><a href='/w'>Weather</a></li></ul></nav>"
)
ARTICLE = (
    "<article>"
    + "".join(f"<p>{paragraph}</p>" for paragraph in BRIDGE.split("\n\n"))
    + "</article>"
)
PAGE = (
    "<html><head><title>Bridge</title>STATED</head>"
    f"<body>{LINKS}{ARTICLE}<footer>Copyright 2019 Daily</footer></body></html>"
)
STATED = """<meta property="og:title" content="Bridge opens">\
<meta name="author" content="By Anna Scribner and Paul Renner">\
<meta property="og:site_name" content="Daily Example"><meta charset="CHARSET">
<meta property="article:published_time" content="2022-01-10T09:00:00+01:00">\
<link rel="canonical" href="https://daily.example/bridge">"""


@pytest.fixture
def write(tmp_path):
    """Write a file of text, bytes or a data frame; return its path."""

    def write_file(name, content):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, pd.DataFrame):
            save = {
                "csv": content.to_csv,
                "xlsx": content.to_excel,
                "parquet": content.to_parquet,
            }.get(name.split(".")[-1])
            save(path, index=False) if save else content.to_json(path, orient="records", lines=True)
        else:
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write_file


def texts(path=None, **options):
    articles = wb.read_articles(path, **options)
    return articles.loc[articles["left_out"].isna(), "text"].tolist()


def doc_id(text):
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def test_without_argument_it_reads_the_article_that_comes_with_the_workbook(monkeypatch):
    monkeypatch.delenv("WORKBOOK_ARTICLE", raising=False)
    articles = wb.read_articles()
    assert articles[["doc_id", "published"]].values.tolist() == [["217007e0db04", "2022-01-10"]]
    assert articles.loc[0, ["title", "outlet", "url", "left_out"]].isna().all()
    published = wb.describe_source(articles).set_index("field").loc["published"]
    assert published["status"] == "inferred"
    assert published["how"].startswith("the first day on which all of it can have been written")


def test_a_file_a_folder_a_pattern_a_list_and_the_environment_name_articles(
    write, tmp_path, monkeypatch
):
    rain, snow = write("2022/a/b/rain.txt", RAIN), write("2023/snow [1].md", SNOW)
    write(".git/hidden.txt", "No."), write("2023/.DS_Store", "\0")
    assert texts(tmp_path) == texts(str(tmp_path)) == texts(f"{tmp_path}/**/*.*") == [RAIN, SNOW]
    assert texts([snow, str(rain)]) == texts((str(snow), rain.parent)) == [SNOW, RAIN]
    monkeypatch.setenv("WORKBOOK_ARTICLE", str(snow))
    assert texts() == texts(snow) == [SNOW]


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-be with mark", "utf-16-le", "utf-16-be", "cp1252"],
)
@pytest.mark.parametrize("text", [BRIDGE, "The “café” won’t pay £5."])
def test_the_encoding_of_a_file_changes_neither_text_nor_doc_id(write, encoding, text):
    raw = (
        b"\xfe\xff" + text.encode("utf-16-be")
        if encoding.endswith("mark")
        else text.encode(encoding)
    )
    articles = wb.read_articles(write("a.txt", raw))
    assert articles[["doc_id", "text"]].values.tolist() == [[doc_id(text), text]]


@pytest.mark.parametrize(
    "text",
    [
        "One.\r\n\r\nTwo.\rThree.\n\nFour.",
        "  It rained. \n\t",
        "It\u00a0rained.\u200b\u2028So? 🌧",
        "It rained. " * 9999,
    ],
)
def test_text_is_unmodified(write, text):
    assert (
        texts(write("a.txt", text))
        == texts(write("a.jsonl", json.dumps({"text": text}, ensure_ascii=False)))
        == [text]
    )


def test_copies_are_flagged_and_have_a_doc_id_of_their_own(write):
    first, spaced = write("1.txt", BRIDGE), BRIDGE.replace(" ", "\n ")
    with pytest.warns(UserWarning, match="2 of 3 articles left out"):
        articles = wb.read_articles(
            [first, write("2.txt", BRIDGE.encode("utf-16")), write("3.txt", spaced)]
        )
    assert articles["doc_id"].tolist() == [doc_id(BRIDGE), doc_id(BRIDGE) + "-2", doc_id(spaced)]
    assert articles["text"].tolist() == [BRIDGE, BRIDGE, spaced]
    assert articles["left_out"].str.startswith(f"a copy of {first.name}.").tolist()[1:] == [
        True,
        True,
    ]


MARKDOWN = {
    "inline": (
        "# Rain in **Linz**\n\nIt *rained*\nin [Linz](http://a.b) &amp; Wels.\n",
        "Rain in Linz\n\nIt rained in Linz & Wels.",
    ),
    "blocks": (
        "Rain in Linz\n===\n\n- It rained.\n- It poured.\n\n> So? ![](a.png)",
        "Rain in Linz\n\nIt rained.\n\nIt poured.\n\nSo?",
    ),
    "line break": (
        "# Rain in Linz\n\nIt rained.<br>It poured.",
        "Rain in Linz\n\nIt rained.\nIt poured.",
    ),
    "html block": ("# Rain in Linz\n\n<div>It rained.</div>\n", "Rain in Linz\n\nIt rained."),
    "table": (
        "# Rain in Linz\n\n| in | how |\n|---|---|\n| Linz | hard |\n",
        "Rain in Linz\n\nin\n\nhow\n\nLinz\n\nhard",
    ),
    "front matter": (
        "---\ntitle: Rain in Linz\ndate: 2022-01-10\n---\n\nIt rained.\n",
        "It rained.",
    ),
}


@pytest.mark.parametrize("markdown, text", MARKDOWN.values(), ids=MARKDOWN)
def test_markdown_loses_its_markup_and_nothing_else(write, markdown, text):
    assert wb.read_articles(write("a.md", markdown))[["title", "text"]].values.tolist() == [
        ["Rain in Linz", text]
    ]


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
def test_a_web_page_is_read_without_its_navigation_and_with_what_it_states(write, charset):
    articles = wb.read_articles(
        write("a.html", PAGE.replace("STATED", STATED).replace("CHARSET", charset).encode(charset))
    )
    assert articles.iloc[0, 1:7].tolist() == [
        "Bridge opens",
        "Anna Scribner; Paul Renner",
        "Daily Example",
        "2022-01-10",
        "https://daily.example/bridge",
        BRIDGE,
    ]
    facts = wb.describe_source(articles)
    assert facts["status"].tolist() == ["stated"] * 5
    assert set(facts["how"]) == {"in the file"}


def test_a_web_page_that_states_no_date_has_none(write):
    articles = wb.read_articles(write("a.html", PAGE.replace("STATED", "")))
    assert (
        articles.loc[0, ["outlet", "published", "url"]].isna().all()
    )  # a copyright year is no date of publication


CSV = {
    "comma": f"title,text\nA,{RAIN}\nB,{SNOW}\n",
    "semicolon, Windows-1252": f"Überschrift;Text\r\n“é”;{RAIN}\r\nB;{SNOW}\r\n".encode("cp1252"),
    "byte-order mark": f"\ufefftext;title\n{RAIN};A\n{SNOW};B\n",
    "tab": f"title\ttext\nA\t{RAIN}\nB\t{SNOW}\n",
    "vertical bar": f"title|text\nA|{RAIN}\nB|{SNOW}\n",
    "one column": f"text\n{RAIN}\n{SNOW}\n",
    "separator at the end of rows": f"title,text\nA,{RAIN},\nB,{SNOW},\n",
    "space after the separator": f'title, text\nA, "{RAIN}"\nB, "{SNOW}"\n',
    "mixed line ends": f"title,text\r\nA,{RAIN}\nB,{SNOW}\r\n",
    "old Mac line ends": f"title,text\rA,{RAIN}\rB,{SNOW}\r",
    "Excel's separator line": f"sep=;\r\ntitle;text\r\nA;{RAIN}\r\nB;{SNOW}\r\n",
}


@pytest.mark.parametrize("content", CSV.values(), ids=CSV)
def test_a_csv_file_is_read_as_programs_write_it(write, content):
    assert texts(write("a.csv", content)) == [RAIN, SNOW]


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "parquet"])
@pytest.mark.parametrize(
    "text",
    ['“No, no; no.”\r\n\r\n"It rained," he said; N/A.', BRIDGE * 2000],
    ids=["marks", "a whole book"],
)
def test_a_cell_holds_marks_line_ends_and_whole_books(write, suffix, text):
    assert texts(write(f"a.{suffix}", pd.DataFrame({"id": [1], "text": [text]}))) == [text]


def test_a_carriage_return_in_a_cell_of_excel_is_one(
    write,
):  # stored as _x000D_ (ECMA-376, ST_Xstring)
    assert texts(write("a.xlsx", pd.DataFrame({"text": ["It rained._x000D_\nIt poured."]}))) == [
        "It rained.\r\nIt poured."
    ]


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "parquet", "xlsx"])
def test_every_table_becomes_the_articles_table(write, suffix):
    row = {
        "Headline": "Bridge",
        "authors": "Anna Scribner",
        "publisher": "Daily",
        "date": "2022-01-10",
        "link": "http://a.b",
        "Body": BRIDGE,
        "words": 24,
    }
    path = write(f"a.{suffix}", pd.DataFrame([row]))
    articles = wb.read_articles(path)
    assert articles.columns.tolist() == COLUMNS
    assert articles.iloc[0, :9].tolist() == [
        doc_id(BRIDGE),
        "Bridge",
        "Anna Scribner",
        "Daily",
        "2022-01-10",
        "http://a.b",
        BRIDGE,
        str(path),
        1,
    ]


@pytest.mark.parametrize("suffix", ["csv", "CSV", "jsonl", "JSONL", "parquet", "xlsx"])
@pytest.mark.parametrize(
    "column, named", [("text", None), ("Body", None), ("content", None), ("Wortlaut", "Wortlaut")]
)
def test_the_text_column_has_many_names(write, suffix, column, named):
    path = write(f"a.{suffix.lower()}", pd.DataFrame({"title": ["A", "B"], column: [RAIN, BRIDGE]}))
    assert texts(path.rename(path.with_suffix(f".{suffix}")), text_column=named) == [RAIN, BRIDGE]


@pytest.mark.parametrize("suffix", ["jsonl", "parquet", "xlsx"])
def test_an_empty_row_is_left_out_and_numbers_and_dates_keep_their_form(write, suffix):
    dates = pd.Series(["2022-01-10T08:00:00", None, "2022-01-11"])
    dates = dates if suffix == "jsonl" else pd.to_datetime(dates, format="ISO8601")
    frame = pd.DataFrame(
        {"title": pd.array([1984, None, 2022], "Int64"), "date": dates, "text": [RAIN, None, SNOW]}
    )
    with pytest.warns(UserWarning, match="1 of 3 articles left out"):
        articles = wb.read_articles(write(f"a.{suffix}", frame))
    rows = articles[["title", "published", "text"]].fillna("").values.tolist()
    assert rows == [["1984", "2022-01-10", RAIN], ["", "", ""], ["2022", "2022-01-11", SNOW]]


def test_one_strange_line_does_not_stop_the_others(write):
    lines = (
        '{"text": "A lone surrogate: \\ud83d."}\n\n'
        f'{{"text": "{RAIN}"}}\n'
        '{"text": "A pair: \\ud83c\\udf27."}\n'
    )
    with pytest.warns(UserWarning, match="1 of 3 articles left out"):
        assert texts(write("a.jsonl", lines)) == [RAIN, "A pair: 🌧."]


@pytest.mark.parametrize(
    "strange", [None, float("nan"), "A lone surrogate: \ud83d."], ids=["None", "nan", "surrogate"]
)
def test_one_strange_text_at_hand_does_not_stop_the_others(strange):
    with pytest.warns(UserWarning, match="1 of 2 articles left out"):
        assert wb.read_texts([strange, RAIN])["left_out"].isna().tolist() == [False, True]


REFUSED = {  # file, what is in it, what the message says
    "empty": ("a.txt", "", "is empty. Check the file"),
    "byte-order mark only": ("a.txt", b"\xff\xfe", "is empty. Check the file"),
    "white space only": ("a.txt", " \n\t\u3000\r\n", "is empty. Check the file"),
    "no letters": ("a.txt", "12.5 %", "no letters. Check that the right"),
    "empty csv": ("a.csv", "", "empty|no rows"),
    "empty jsonl": ("a.jsonl", "\n", "empty|no rows"),
    "header only": ("a.csv", "title,text\n", "no rows. Put one article in each row"),
    "page of links": (
        "a.html",
        f"<html><body>{LINKS}<main></main></body></html>",
        "no article text .* Save the article itself",
    ),
    "PNG": (
        "a.txt",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)),
        "binary data.*Save the article as .txt",
    ),
    "NUL bytes": ("a.txt", b"It rained\0\0 in\0 Linz.\0", "binary data.*Save the article as .txt"),
    "no encoding": (
        "a.txt",
        b"The mayor \x81\x8d\x8f\x90\x9d opened",
        "no encoding .* save it as UTF-8",
    ),
    "UTF-8 cut off in a letter": (
        "a.txt",
        "It rained on the café, the café and the é".encode()[:-1],
        "it ends in the middle of a letter.*Save or download it again",
    ),
    "unknown type": ("a.odt", b"PK", "type .odt are not read. Save it as one of .txt"),
    "damaged xlsx": ("a.xlsx", b"PK\x03\x04 cut off", "could not be read .* save it again"),
    "damaged parquet": ("a.parquet", b"PAR1 cut off", "could not be read .* save it again"),
    "broken JSON": (
        "a.jsonl",
        '{"text": \n',
        "line 1 is not JSON .* Each line must hold one JSON object",
    ),
    "no JSON object": (
        "a.jsonl",
        '["It rained."]',
        "line 1 is not a JSON object. Each line must look like",
    ),
    "no text column": (
        "a.csv",
        "Titel;Wortlaut\nA;It rained.\n",
        "no text column. Columns there: `Titel`, `Wortlaut`. .* text_column=",
    ),
    "German": ("a.txt", GERMAN, "another language .`de`.*; pass language=None"),
    "French": ("a.txt", FRENCH, "another language .`fr`.*; pass language=None"),
    "Persian": ("a.txt", PERSIAN, "another language .`fa`.*; pass language=None"),
    "sidecar: no TOML": (
        "a.toml",
        "title = Rain",
        "sidecar a.toml .* needs a table with `status` and `how`",
    ),
    "sidecar: no table": (
        "a.toml",
        'title = "Rain"',
        "sidecar a.toml .* needs a table with `status` and `how`",
    ),
    "sidecar: no status": (
        "a.toml",
        '[title]\nvalue = "Rain"\nhow = "x"',
        "sidecar a.toml .* `status`",
    ),
    "sidecar: wrong status": (
        "a.toml",
        '[title]\nstatus = "guess"\nhow = "x"',
        "sidecar a.toml .*guess",
    ),
    "sidecar: wrong field": (
        "a.toml",
        '[tilte]\nstatus = "stated"\nhow = "x"',
        "sidecar a.toml .*tilte",
    ),
}


@pytest.mark.parametrize("name, content, mend", REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_an_error_alone_and_a_row_in_company(
    write, tmp_path, name, content, mend
):
    path = write(name, content)
    path = write("a.txt", RAIN) if path.suffix == ".toml" else path
    with pytest.raises(ArticleError, match=f"^{re.escape(str(path))}.*({mend})"):
        wb.read_articles(path)
    write("snow.txt", SNOW)
    with pytest.warns(
        UserWarning, match="1 of 2 articles left out; the column `left_out` says why"
    ):
        articles = wb.read_articles(tmp_path)
    assert articles.columns.tolist() == COLUMNS
    assert re.search(mend, articles.loc[0, "left_out"])
    assert articles["doc_id"].is_unique
    assert articles.loc[articles["left_out"].isna(), "text"].tolist() == [SNOW]


def test_a_file_that_is_not_there_is_an_error_alone_and_a_row_in_company(write, tmp_path):
    for path in (tmp_path / "rain.txt", f"{tmp_path}/*.md"):
        with pytest.raises(ArticleError, match="no such file or folder .* Check the name"):
            wb.read_articles(path)
    with pytest.raises(ArticleError, match="the folder is empty. Put articles in it"):
        wb.read_articles(tmp_path)
    with pytest.warns(UserWarning, match="1 of 2 articles left out"):
        articles = wb.read_articles([tmp_path / "rain.txt", write("snow.txt", SNOW)])
    assert articles["text"].tolist() == ["", SNOW]
    assert "no such file" in articles.loc[0, "left_out"]


@pytest.mark.parametrize("language", ["de", None])
def test_another_language_can_be_asked_for(write, language):
    assert texts(write("a.txt", GERMAN), language=language) == [GERMAN]


@pytest.mark.parametrize("name", ["rain.txt", "RAIN.TXT"])
def test_a_sidecar_tells_of_the_article_and_is_none_itself(write, tmp_path, name):
    toml = (
        '[outlet]\nstatus = "unknown"\nhow = "no masthead"\n'
        '[published]\nvalue = 2022-01-10\nstatus = "inferred"\nhow = "the weather"'
    )
    write(write(name, RAIN).with_suffix(".toml").name, toml)
    articles = wb.read_articles(tmp_path)
    assert articles[["text", "published"]].values.tolist() == [[RAIN, "2022-01-10"]]
    facts = wb.describe_source(articles).set_index("field")[["status", "how"]]
    assert facts.loc[["outlet", "published", "url"]].values.tolist() == [
        ["unknown", "no masthead"],
        ["inferred", "the weather"],
        ["unknown", "the file does not say"],
    ]
    assert articles.loc[0, ["title", "outlet", "url"]].isna().all()


def test_a_sidecar_adds_to_what_the_file_states(write):
    write("a.toml", '[outlet]\nvalue = "Daily"\nstatus = "stated"\nhow = "masthead"')
    articles = wb.read_articles(write("a.md", f"# Rain\n\n{RAIN}"))
    facts = wb.describe_source(articles)[["field", "value", "status", "how"]]
    assert facts.values.tolist()[0:3:2] == [
        ["title", "Rain", "stated", "in the file"],
        ["outlet", "Daily", "stated", "masthead"],
    ]


def test_what_a_fact_says_may_look_like_a_list_of_facts(write):
    toml = '[title]\nvalue = "Rain"\nstatus = "stated"\nhow = "cover; outlet: the cover says X"'
    write("a.toml", toml)
    facts = wb.describe_source(wb.read_articles(write("a.txt", RAIN))).set_index("field")
    assert facts.loc["title", "how"] == "cover; outlet: the cover says X"
    assert facts.loc["outlet", "status"] == "unknown"


def test_a_row_of_a_table_knows_its_row(write):
    articles = wb.read_articles(write("a.csv", f'title,text\nOne,"{RAIN}"\n,"{BRIDGE}"\n'))
    assert articles["row"].tolist() == [1, 2]
    assert articles["source"].nunique() == 1
    facts = wb.describe_source(articles)
    titles = facts[facts["field"] == "title"]
    assert titles[["status", "how"]].values.tolist() == [
        ["stated", "in row 1 of the file"],
        ["unknown", "the file does not say"],
    ]


def test_boilerplate_is_the_share_line_of_the_seeds_article(monkeypatch):
    monkeypatch.delenv("WORKBOOK_ARTICLE", raising=False)
    articles = wb.read_articles()
    before, found = articles.copy(), wb.find_boilerplate(articles)
    pd.testing.assert_frame_equal(articles, before)
    assert found[["doc_id", "text", "rule"]].values.tolist() == [
        ["217007e0db04", "Share this article", "share line"]
    ]
    assert (
        articles.loc[0, "text"][found.loc[0, "start"] : found.loc[0, "end"]] == "Share this article"
    )


def test_the_path_of_a_file_keeps_its_letters(write):
    path = write("SÃ£o Paulo.txt", BRIDGE)
    assert wb.read_articles(path)["source"].tolist() == [str(path)]


def test_what_the_caller_gave_is_unchanged(write):
    paths = [write("a.txt", BRIDGE.encode("utf-16")), write("b.csv", f"text,title\n{RAIN},A\n")]
    strings, before = [RAIN, BRIDGE], [path.read_bytes() for path in paths]
    wb.read_texts(strings), wb.read_articles(paths)
    assert (strings, [path.name for path in paths], [path.read_bytes() for path in paths]) == (
        [RAIN, BRIDGE],
        ["a.txt", "b.csv"],
        before,
    )


@settings(deadline=None)
@given(st.lists(st.text().filter(lambda text: not MISREAD.search(text))))
def test_every_text_keeps_its_row_and_every_character(strings):
    with warnings.catch_warnings(action="ignore"):
        try:
            articles = wb.read_texts(strings)
        except ArticleError:
            assert not any(character.isalpha() for text in strings for character in text)
            return
    assert articles["text"].tolist() == strings
    assert articles["doc_id"].is_unique
    assert articles.columns.tolist() == COLUMNS


LINES = st.lists(st.sampled_from(["x" * 60, "y" * 30, " z", "", " "]))


@given(
    st.text(st.sampled_from("ab.  \n\r\t\u2028\u3000\x1c") | st.characters()) | LINES.map("\n".join)
)
def test_paragraphs_are_sorted_tight_and_hold_every_visible_character(text):
    spans = paragraph_spans(text)
    assert all(start < end and text[start:end] == text[start:end].strip() for start, end in spans)
    assert all(end <= start for (_, end), (start, _) in zip(spans, spans[1:], strict=False))
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(
        text.split()
    )


ABOVE = {  # the text, whether the title "Hall shuts in Selm" is put above it
    "It rained in Selm.\n\nIt poured.": True,
    "Hall shuts in Selm\n\nIt rained.": False,
    "HALL SHUTS\nIN SELM\n\nIt rained.": False,
    "By Ann Lee\n\nHall shuts in Selm\n\nIt rained.": False,
    "Opinion | Hall shuts in Selm\n\nIt rained.": False,
    "The hall is shut.\n\nHall": True,
    "Hall shuts in Selm and nobody knows how long it will take until it opens.": False,
    "On Monday the town said: hall shuts in Selm, and nobody knows for how long that is.": True,
}


@pytest.mark.parametrize("text, is_above", ABOVE.items())
def test_a_title_that_the_text_does_not_begin_with_is_put_above(tmp_path, text, is_above):
    rows = [{"title": "Hall shuts in Selm", "text": text}, {"title": None, "text": "It snowed."}]
    pd.DataFrame(rows).to_csv(tmp_path / "a.csv", index=False)
    plain = wb.read_articles(tmp_path / "a.csv", language=None)
    articles = wb.read_articles(tmp_path / "a.csv", language=None, headline=True)
    above = f"Hall shuts in Selm\n\n{text}"
    assert articles["text"].tolist() == [above if is_above else text, "It snowed."]
    assert articles["added"].fillna("").tolist() == ["title" if is_above else "", ""]
    assert plain["text"].tolist() == [text, "It snowed."] and plain["added"].isna().all()


def test_the_source_says_that_a_title_was_put_above(tmp_path):
    row = {"title": "Hall shuts", "text": "It rained in Selm."}
    pd.DataFrame([row]).to_csv(tmp_path / "a.csv", index=False)
    articles = wb.read_articles(tmp_path / "a.csv", language=None, headline=True)
    source = wb.describe_source(articles).set_index("field")["how"]
    said = "in row 1 of the file; put above the text, which does not begin with it"
    assert source["title"] == said and "above" not in source["outlet"]
    articles = wb.read_articles(tmp_path / "a.csv", language=None)
    assert wb.describe_source(articles)["how"].tolist()[0] == "in row 1 of the file"


def test_a_title_above_the_text_is_compared_with_the_body(tmp_path):
    row = {"title": "Storm kills ten in Selm", "text": "It rained in Selm. Nobody was hurt."}
    pd.DataFrame([row]).to_csv(tmp_path / "a.csv", index=False)
    articles = wb.read_articles(tmp_path / "a.csv", language=None, headline=True)
    tokens = wb.split_tokens(articles)
    speech = wb.find_speech(articles, tokens)
    mentions = wb.find_mentions(articles, tokens, speech)
    quotes = wb.find_quotes(articles, tokens, mentions, speech)
    compared = wb.compare_headline(articles, tokens, mentions, quotes, speech)
    assert {"Storm", "ten"} <= set(compared["text"])
    spans = zip(compared["start"], compared["end"], strict=True)
    assert [articles["text"][0][one:two] for one, two in spans] == compared["text"].tolist()
