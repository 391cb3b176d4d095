"""What read_articles promises: each article a row, its text unmodified; each file that fails a row that says why and what to do."""

import datetime
import hashlib
import json
import re

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import analysis as wb
from analysis.errors import ArticleError
from analysis.text import paragraph_spans

pytestmark = pytest.mark.filterwarnings("error::UserWarning")  # nothing is left out unless the test says so

BRIDGE = "“It won’t last,” said José of the £5m bridge in Graz.\n\nResidents welcomed it, and the café beside it was full all day."
RAIN, SNOW = "It rained in Linz all day.", "It snowed in Wels at night."
GERMAN = "Der Bürgermeister hat am Montag die neue Brücke eröffnet. Die Anwohner freuten sich darüber sehr."
FRENCH = "Le maire de la ville a inauguré le nouveau pont lundi matin, et les habitants se sont réjouis de cette ouverture."
PERSIAN = "شهردار روز دوشنبه پل تازه را گشود و ساکنان از آن استقبال کردند و گفتند کسب و کار بهتر خواهد شد"
COLUMNS = ["doc_id", "title", "outlet", "published", "url", "text", "source", "known_from", "left_out"]
NAVIGATION = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/s'>Sport</a></li><li><a href='/w'>Weather</a></li></ul></nav>"
STATED = """<meta property="og:title" content="Bridge opens"><meta property="og:site_name" content="Daily Example">
<meta property="article:published_time" content="2022-01-10T09:00:00+01:00"><link rel="canonical" href="https://daily.example/bridge">"""


def page(head, charset="utf-8"):
    body = "".join(f"<p>{paragraph}</p>" for paragraph in BRIDGE.split("\n\n"))
    footer = "<aside><h3>Most read</h3><a href='/cats'>Ten cats</a></aside><footer>Copyright 2019 Daily Example</footer>"
    head = f'<head><meta charset="{charset}"><title>Bridge opens</title>{head}</head>'
    return f'<!DOCTYPE html><html lang="en">{head}<body>{NAVIGATION}<article>{body}</article>{footer}</body></html>'.encode(charset)


@pytest.fixture
def write(tmp_path):
    """Write a file of text, bytes or a data frame; return its path."""

    def write_file(name, content):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, pd.DataFrame):
            save = {".csv": content.to_csv, ".xlsx": content.to_excel, ".parquet": content.to_parquet}
            content.to_json(path, orient="records", lines=True) if path.suffix == ".jsonl" else save[path.suffix](path, index=False)
        else:
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write_file


def texts(*args, **options):
    return wb.read_articles(*args, **options)["text"].tolist()


# Where articles are


def test_without_argument_it_reads_the_article_that_comes_with_the_workbook(monkeypatch):
    monkeypatch.delenv("WORKBOOK_ARTICLE", raising=False)
    articles = wb.read_articles()
    assert articles[["doc_id", "published"]].values.tolist() == [["217007e0db04", "2022-01-10"]]
    assert articles.loc[0, ["title", "outlet", "url", "left_out"]].isna().all()
    assert articles["known_from"].str.contains("published: inferred, the first day").tolist() == [True]


def test_the_environment_can_name_another_article(write, monkeypatch):
    monkeypatch.setenv("WORKBOOK_ARTICLE", str(write("rain.txt", RAIN)))
    assert texts() == [RAIN]


def test_a_folder_is_read_with_the_folders_in_it_but_without_hidden_files(write, tmp_path):
    for name, text in {"a.txt": RAIN, "b/c/d.md": SNOW, ".git/e.txt": "No.", ".DS_Store": "\0"}.items():
        write(name, text)
    assert texts(tmp_path) == texts(str(tmp_path)) == [RAIN, SNOW]


def test_a_glob_and_a_list_name_files(write, tmp_path):
    rain, snow = write("2022/rain.txt", RAIN), write("2023/snow [1].txt", SNOW)
    write("2023/notes.md", "Not this.")
    assert texts(f"{tmp_path}/**/*.txt") == [RAIN, SNOW]
    assert texts([snow, str(rain)]) == texts((str(snow), rain.parent)) == [SNOW, RAIN]


# Encodings and identity


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be with mark", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("text", [BRIDGE, "The “café” won’t pay £5."])
def test_the_encoding_of_a_file_changes_neither_text_nor_doc_id(write, encoding, text):
    raw = b"\xfe\xff" + text.encode("utf-16-be") if encoding.endswith("mark") else text.encode(encoding)
    articles = wb.read_articles(write("a.txt", raw))
    assert articles[["doc_id", "text"]].values.tolist() == [[hashlib.sha256(text.encode()).hexdigest()[:12], text]]


@pytest.mark.parametrize("text", ["One.\r\n\r\nTwo.\rThree.\n\nFour.", "  It rained. \n\n\t", "It rained.\u00a0\u200b\u2028“So?” 🌧", "It rained. " * 50_000])
def test_text_is_unmodified(write, text):
    assert texts(write("a.txt", text)) == texts(write("a.jsonl", json.dumps({"text": text}))) == [text]


def test_copies_are_flagged_and_keep_a_doc_id_of_their_own(write):
    first, spaced = write("1.txt", BRIDGE), BRIDGE.replace(" ", "\n ")
    with pytest.warns(UserWarning, match="2 of 3 articles left out"):
        articles = wb.read_articles([first, write("2.txt", BRIDGE.encode("utf-16")), write("3.txt", spaced)])
    ids = [hashlib.sha256(text.encode()).hexdigest()[:12] for text in (BRIDGE, BRIDGE, spaced)]
    assert articles["doc_id"].tolist() == [ids[0], f"{ids[1]}-2", ids[2]]
    assert articles["text"].tolist() == [BRIDGE, BRIDGE, spaced]
    assert articles["left_out"].str.startswith(f"a copy of {first}.").tolist()[1:] == [True, True]


# Markdown and web pages


@pytest.mark.parametrize(
    "markdown, text",
    [
        ("# Rain in **Linz**\n\nIt *rained*\nin [Linz](http://a.b) &amp; Wels.\n", "Rain in Linz\n\nIt rained in Linz & Wels."),
        ("Rain in Linz\n============\n\n- It rained.\n- It poured.\n\n> “So?” ![](a.png)", "Rain in Linz\n\nIt rained.\n\nIt poured.\n\n“So?”"),
        ("# Rain in Linz\n\nIt rained.<br>It poured.", "Rain in Linz\n\nIt rained.\nIt poured."),
        ("# Rain in Linz\n\n<div>It rained.</div>\n", "Rain in Linz\n\nIt rained."),
        ("# Rain in Linz\n\n| place | rain |\n|---|---|\n| Linz | all day |\n", "Rain in Linz\n\nplace\n\nrain\n\nLinz\n\nall day"),
        ("---\ntitle: Rain in Linz\ndate: 2022-01-10\n---\n\nIt rained.\n", "It rained."),
    ],
    ids=["inline", "blocks", "line break", "html block", "table", "front matter"],
)
def test_markdown_loses_its_markup_and_nothing_else(write, markdown, text):
    articles = wb.read_articles(write("a.md", markdown))
    assert articles[["title", "text"]].values.tolist() == [["Rain in Linz", text]]


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
def test_a_web_page_is_read_without_its_navigation_and_with_what_it_states(write, charset):
    articles = wb.read_articles(write("a.html", page(STATED, charset)))
    stated = [["Bridge opens", "Daily Example", "2022-01-10", "https://daily.example/bridge", BRIDGE]]
    assert articles[["title", "outlet", "published", "url", "text"]].values.tolist() == stated
    assert articles.loc[0, "known_from"].startswith("title: stated in the file; outlet: stated")


def test_a_web_page_that_states_no_date_has_none(write):
    articles = wb.read_articles(write("a.html", page("")))  # the year of the copyright line is not the article's
    assert articles.loc[0, ["outlet", "published", "url"]].isna().all()


# Tables

CSV = {
    "comma": f"title,text\nA,{RAIN}\nB,{SNOW}\n",
    "semicolon, Windows-1252": f"Überschrift;Text\r\n“é”;{RAIN}\r\nB;{SNOW}\r\n".encode("cp1252"),
    "byte-order mark": f"\ufefftext;title\n{RAIN};A\n{SNOW};B\n",
    "tab": f"title\ttext\nA\t{RAIN}\nB\t{SNOW}\n",
    "vertical bar": f"title|text\nA|{RAIN}\nB|{SNOW}\n",
    "one column": f"text\n{RAIN}\n{SNOW}\n",
    "one column, quoted": f'"body"\n"{RAIN}"\n"{SNOW}"\n',
    "separator at the end of rows": f"title,text\nA,{RAIN},\nB,{SNOW},\n",
    "space after the separator": f'title, text\nA, "{RAIN}"\nB, "{SNOW}"\n',
    "mixed line ends": f"title,text\r\nA,{RAIN}\nB,{SNOW}\r\n",
    "old Mac line ends": f"title,text\rA,{RAIN}\rB,{SNOW}\r",
    "Excel's separator line": f"sep=;\r\ntitle;text\r\nA;{RAIN}\r\nB;{SNOW}\r\n",
}


@pytest.mark.parametrize("content", CSV.values(), ids=CSV)
def test_a_csv_file_is_read_as_programs_write_it(write, content):
    assert texts(write("a.csv", content)) == [RAIN, SNOW]


@pytest.mark.parametrize("separator", [",", ";"])
def test_marks_inside_a_quoted_cell_are_text(write, separator):
    text = 'He said: "No, no; no."\r\n\r\nIt rained, and it poured; N/A.'
    quoted = text.replace('"', '""')
    assert texts(write("a.csv", f'id{separator}text\n1{separator}"{quoted}"\n')) == [text]


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "parquet", "xlsx"])
def test_every_table_becomes_the_articles_table(write, suffix):
    row = {"Headline": "Bridge", "publisher": "Daily", "date": "2022-01-10", "link": "http://a.b", "Body": BRIDGE, "words": 24}
    path = write(f"a.{suffix}", pd.DataFrame([row]))
    articles = wb.read_articles(path)
    assert articles.columns.tolist() == COLUMNS
    known = "; ".join(f"{field}: stated in row 1 of the file" for field in ("title", "outlet", "published", "url"))
    assert articles.iloc[0, 1:8].tolist() == ["Bridge", "Daily", "2022-01-10", "http://a.b", BRIDGE, f"{path}, row 1", known]


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "parquet", "xlsx"])
@pytest.mark.parametrize("column, named", [("text", None), ("Body", None), ("content", None), ("Wortlaut", "Wortlaut")])
def test_the_text_column_has_many_names(write, suffix, column, named):
    frame = pd.DataFrame({"title": ["A", "B"], column: [RAIN, BRIDGE]})
    assert texts(write(f"a.{suffix}", frame), text_column=named) == [RAIN, BRIDGE]


@pytest.mark.parametrize("suffix", ["jsonl", "parquet", "xlsx"])
def test_an_empty_row_is_left_out_and_numbers_and_dates_keep_their_form(write, suffix):
    dates = [datetime.date(2022, 1, 10), None, datetime.date(2022, 1, 11)]
    dates = [date and date.isoformat() for date in dates] if suffix == "jsonl" else pd.to_datetime(pd.Series(dates))
    frame = pd.DataFrame({"title": pd.array([1984, None, 2022], "Int64"), "date": dates, "text": [RAIN, None, SNOW]})
    with pytest.warns(UserWarning, match="1 of 3 articles left out"):
        articles = wb.read_articles(write(f"a.{suffix}", frame))
    rows = articles[["title", "published", "text"]].astype(object).where(articles.notna(), None).values.tolist()
    assert rows == [["1984", "2022-01-10", RAIN], [None, None, ""], ["2022", "2022-01-11", SNOW]]


def test_a_line_end_of_excel_is_a_line_end(write, tmp_path):
    book = openpyxl.Workbook()
    for row in (["text"], ["It rained._x000D_\nIt poured."]):  # as Excel stores a carriage return
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    assert texts(tmp_path / "a.xlsx") == ["It rained.\r\nIt poured."]


def test_a_cell_may_be_as_long_as_a_book(write):
    assert texts(write("a.csv", f'title,text\nA,"{BRIDGE * 2000}"\n')) == [BRIDGE * 2000]


@pytest.mark.parametrize("name", ["A.TXT", "A.Md", "A.HTM", "A.CSV", "A.JSONL"])
def test_capitals_in_the_file_type_do_not_matter(write, name):
    content = {"A.HTM": page(""), "A.CSV": f'title,text\nA,"{BRIDGE}"', "A.JSONL": json.dumps({"text": BRIDGE})}
    assert texts(write(name, content.get(name, BRIDGE))) == [BRIDGE]


def test_a_strange_line_of_json_does_not_stop_the_others(write):
    lines = f'{{"text": "A lone surrogate: \\ud83d."}}\n\n{{"text": "{RAIN}\u2028\u0085"}}\n{{"text": "A pair: \\ud83c\\udf27."}}\n'
    path = write("a.jsonl", lines)
    with pytest.warns(UserWarning, match="1 of 3 articles left out"):
        articles = wb.read_articles(path)
    assert articles.loc[1:, "text"].tolist() == [f"{RAIN}\u2028\u0085", "A pair: 🌧."]


# What cannot be read

REFUSED = {
    "empty text": ("a.txt", "", "is empty. Check the file"),
    "byte-order mark only": ("a.txt", b"\xff\xfe", "is empty. Check the file"),
    "white space only": ("a.txt", " \n\t\u3000\r\n", "is empty. Check the file"),
    "empty csv": ("a.csv", "", "empty|no rows"),
    "empty jsonl": ("a.jsonl", "\n", "empty|no rows"),
    "empty page": ("a.html", "", "no article text .* Save the article itself"),
    "page of links": ("a.html", f"<html><body>{NAVIGATION}<main></main></body></html>", "no article text .* Save the article itself"),
    "csv with a header only": ("a.csv", "title,text\n", "no rows. Put one article in each row"),
    "no letters": ("a.txt", "12.5 %", "no letters. Check that the right"),
    "PNG": ("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), "binary data. Save the article as .txt"),
    "NUL bytes": ("a.txt", b"It rained\0\0 in\0 Linz.\0", "binary data. Save the article as .txt"),
    "no encoding": ("a.txt", b"It rained in Linz \x81\x8d\x8f\x90\x9d all day.", "no encoding .* save it as UTF-8"),
    "UTF-8 cut in the middle of a letter": ("a.txt", "In Linz, the café by the café".encode()[:-1], "no encoding .* save it as UTF-8"),
    "unknown type": ("a.pdf", b"%PDF-1.7", "type .pdf are not read. Save it as one of .txt"),
    "no type": ("a", RAIN, "Save it as one of .txt"),
    "damaged xlsx": ("a.xlsx", b"PK\x03\x04 cut off", "could not be read .* save it again"),
    "damaged parquet": ("a.parquet", b"PAR1 cut off", "could not be read .* save it again"),
    "broken JSON": ("a.jsonl", '{"text": "It rained."}\n{"text": \n', "line 2 is not JSON .* Each line must hold one JSON object"),
    "no JSON object": ("a.jsonl", '["It rained."]', "line 1 is not a JSON object. Each line must look like"),
    "no text column": ("a.csv", "Titel;Wortlaut\nA;It rained.\n", "no text column. Columns there: `Titel`, `Wortlaut`. .* text_column="),
    "German": ("a.txt", GERMAN, "another language .`de`.*; pass language=None"),
    "French": ("a.txt", FRENCH, "another language .`fr`.*; pass language=None"),
    "Persian": ("a.txt", PERSIAN, "another language .`fa`.*; pass language=None"),
    "sidecar: no TOML": ("a.txt", {"a.txt": RAIN, "a.toml": "title = Rain"}, "sidecar a.toml .* needs a table with `status` and `how`"),
    "sidecar: no table": ("a.txt", {"a.txt": RAIN, "a.toml": 'title = "Rain"'}, "sidecar a.toml .* needs a table"),
    "sidecar: no status": ("a.txt", {"a.txt": RAIN, "a.toml": '[title]\nvalue = "Rain"\nhow = "x"'}, "sidecar a.toml .*`status`"),
    "sidecar: status": ("a.txt", {"a.txt": RAIN, "a.toml": '[title]\nstatus = "guess"\nhow = "x"'}, "sidecar a.toml .*guess"),
    "sidecar: no such field": ("a.txt", {"a.txt": RAIN, "a.toml": '[tilte]\nstatus = "stated"\nhow = "x"'}, "sidecar a.toml .*tilte"),
}


@pytest.mark.parametrize("name, content, mend", REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_an_error_alone_and_a_row_in_company(write, tmp_path, name, content, mend):
    for file, inside in (content if isinstance(content, dict) else {name: content}).items():
        write(file, inside)
    with pytest.raises(ArticleError, match=rf"^{re.escape(str(tmp_path / name))}.*: .*{mend}"):
        texts(tmp_path / name)
    write("snow.txt", SNOW)
    with pytest.warns(UserWarning, match="1 of 2 articles left out; the column `left_out` says why"):
        articles = wb.read_articles(tmp_path)
    assert articles.columns.tolist() == COLUMNS
    assert re.search(mend, articles.loc[0, "left_out"])
    assert articles.loc[1, "text"] == SNOW
    assert articles["doc_id"].is_unique
    assert articles["left_out"].isna().tolist() == [False, True]


def test_a_file_that_is_not_there_is_an_error_alone_and_a_row_in_company(write, tmp_path):
    with pytest.raises(ArticleError, match="rain.txt: no such file or folder .* Check the name"):
        texts(tmp_path / "rain.txt")
    with pytest.raises(ArticleError, match="no such file or folder .* Check the name"):
        texts(f"{tmp_path}/*.md")
    with pytest.raises(ArticleError, match="the folder is empty. Put articles in it"):
        texts(tmp_path)
    with pytest.warns(UserWarning, match="1 of 2 articles left out"):
        articles = wb.read_articles([write("snow.txt", SNOW), tmp_path / "rain.txt"])
    assert articles["text"].tolist() == [SNOW, ""]
    assert "no such file" in articles.loc[1, "left_out"]


def test_another_language_can_be_asked_for(write):
    path = write("a.txt", GERMAN)
    assert texts(path, language="de") == texts(path, language=None) == [GERMAN]
    with pytest.raises(ArticleError, match="another language .`en`"):
        texts(write("b.txt", BRIDGE), language="de")


# Sidecars


@pytest.mark.parametrize("name", ["rain.txt", "RAIN.TXT"])
def test_a_sidecar_tells_of_the_article_and_is_none_itself(write, tmp_path, name):
    write(name, RAIN)
    toml = '[outlet]\nstatus = "unknown"\nhow = "no masthead"\n[published]\nvalue = 2022-01-10\nstatus = "inferred"\nhow = "from the weather"'
    write(name.split(".")[0] + ".toml", toml)
    articles = wb.read_articles(tmp_path)
    assert articles[["text", "published"]].values.tolist() == [[RAIN, "2022-01-10"]]
    assert articles.loc[0, ["title", "outlet", "url"]].isna().all()
    assert articles.loc[0, "known_from"] == "outlet: unknown, no masthead; published: inferred, from the weather"


def test_a_sidecar_adds_to_what_the_file_states(write):
    write("a.toml", '[outlet]\nvalue = "Daily"\nstatus = "stated"\nhow = "masthead"')
    articles = wb.read_articles(write("a.md", f"# Rain\n\n{RAIN}"))
    assert articles[["title", "outlet"]].values.tolist() == [["Rain", "Daily"]]
    assert articles.loc[0, "known_from"] == "title: stated in the file; outlet: stated, masthead"


# Boilerplate


def test_boilerplate_is_the_share_line_of_the_seeds_article():
    articles = wb.read_articles()
    before = articles.copy()
    found = wb.find_boilerplate(articles)
    pd.testing.assert_frame_equal(articles, before)
    assert found[["doc_id", "text", "rule"]].values.tolist() == [["217007e0db04", "Share this article", "share line"]]
    assert [articles.loc[0, "text"][row.start : row.end] for row in found.itertuples()] == ["Share this article"]


PROSE = [
    "Share of women in parliament rises",
    "The publisher is related to the minister.",
    "Register to vote by Monday, the mayor told residents.",
    "Sign up for the army, the poster said.",
    "(c) The driver is under eighteen.",
    "Copyright law will change next year, the minister said.",
    "Find us on the hill, said the guide.",
    "Share with care, she told them.",
]


@pytest.mark.parametrize("paragraph", PROSE)
def test_ordinary_prose_is_no_boilerplate(paragraph):
    found = wb.find_boilerplate(wb.read_texts(f"{BRIDGE}\n\n{paragraph}\n\n{RAIN}"))
    assert found["text"].tolist() == []
    assert found.columns.tolist() == ["doc_id", "start", "end", "text", "rule"]


# Invariants


def test_what_the_caller_gave_is_unchanged(write):
    given_texts, paths = [RAIN, BRIDGE, RAIN + SNOW], [write("a.txt", BRIDGE.encode("utf-16")), write("b.csv", f"text,title\n{RAIN},A\n")]
    copies = [*given_texts], [*paths], [path.read_bytes() for path in paths]
    wb.read_texts(given_texts)
    wb.read_articles(paths)
    assert (given_texts, paths, [path.read_bytes() for path in paths]) == copies


@pytest.mark.parametrize("strange", [None, float("nan"), "A lone surrogate: \ud83d."])
def test_a_strange_text_at_hand_does_not_stop_the_others(strange):
    with pytest.warns(UserWarning, match="1 of 2 articles left out"):
        articles = wb.read_texts([strange, RAIN])
    assert articles["left_out"].isna().tolist() == [False, True]


@settings(deadline=None)
@pytest.mark.filterwarnings("ignore:.*left out")
@given(st.lists(st.text()))
def test_every_text_keeps_its_row_and_every_character(given_texts):
    try:
        articles = wb.read_texts(given_texts)
    except ArticleError:
        assert not any(letter.isalpha() for text in given_texts for letter in text)
    else:
        assert articles["text"].tolist() == given_texts
        assert articles["doc_id"].is_unique
        assert articles.columns.tolist() == COLUMNS


@given(st.text(st.sampled_from("ab.  \n\r\t\u2028\u3000\x1c") | st.characters()) | st.lists(st.sampled_from(["x" * 60, "y" * 30, "", " "])).map("\n".join))
def test_paragraphs_are_sorted_tight_and_hold_every_visible_character(text):
    spans = paragraph_spans(text)
    assert all(start < end for start, end in spans)
    assert all(end <= start for (_, end), (start, _) in zip(spans, spans[1:], strict=False))
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())
