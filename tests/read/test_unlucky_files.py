"""Files as an unlucky day brings them: the good rows load, the bad are rows with their reason."""

import json
import os
import sys
import zipfile

import pandas as pd
import pytest
from openpyxl import Workbook

import analysis as wb
from analysis.errors import ArticleError
from analysis.read import articles as reading, formats, pages, tables

RAIN, SUN, SNOW = "It rained in Vienna.", "The sun shone in Linz.", "Snow fell in Graz."
NOT_CLOSED = "a quotation mark is not closed, or stands within a cell and is not doubled"
on_posix = pytest.mark.skipif(sys.platform == "win32", reason="no such files there")


def read(path, content):
    """The texts and reasons of a file with this content."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.warns(UserWarning, match="left out"):
        articles = wb.read_articles(path, language=None)
    return articles["text"].tolist(), [reason or "" for reason in articles["left_out"].fillna("")]


SWALLOWED = {
    "closed by the next row's": (f'title,text\nA,"{RAIN}\nB,"{SUN}"\nC,{SNOW}\n', "line 2"),
    "never closed": (f'title,text\nA,"{RAIN}\nB,{SUN}\nC,{SNOW}\n', "line 2"),
    "within a cell": (f'title,text\nA,"{RAIN}" he said\nB,{SUN}\nC,"{SNOW}"\n', "line 2"),
}


@pytest.mark.parametrize("content, line", SWALLOWED.values(), ids=SWALLOWED)
def test_a_mark_that_is_not_closed_swallows_no_row(tmp_path, content, line):
    texts, reasons = read(tmp_path / "a.csv", content)
    assert texts == ["", SUN, SNOW]
    assert f"in {line} of the file {NOT_CLOSED}" in reasons[0] and reasons[1:] == ["", ""]


def test_a_cell_in_marks_may_have_lines(tmp_path):
    (tmp_path / "a.csv").write_text(f'title,text\nA,"{RAIN}\n{SUN}"\nB,{SNOW}\n')
    assert wb.read_articles(tmp_path / "a.csv")["text"].tolist() == [f"{RAIN}\n{SUN}", SNOW]


DOUBLED = {
    "a.csv": f"text,text\n{RAIN},{SUN}\n",
    "b.csv": f"text, Text \n{RAIN},{SUN}\n",
    "a.xlsx": None,
}


@pytest.mark.parametrize("name, content", DOUBLED.items(), ids=DOUBLED)
def test_of_two_columns_with_one_name_none_is_chosen(tmp_path, name, content):
    if content:
        (tmp_path / name).write_text(content)
    else:
        sheet = pd.DataFrame([["text", "text"], [RAIN, SUN]])
        sheet.to_excel(tmp_path / name, header=False, index=False)
    with pytest.raises(ArticleError, match=r"two columns are called `.ext ?`. Rename"):
        wb.read_articles(tmp_path / name)


@pytest.mark.parametrize(
    "name, line", [("a.csv", "text\n{}\n{}\n"), ("a.jsonl", '{{"text": "{}"}}\n{{"text": "{}"}}\n')]
)
def test_one_row_in_another_encoding_spoils_no_other(tmp_path, name, line):
    cafe, other = "It rained on the café.", "Snow fell on the café."
    good, bad = line.format(cafe, "@").encode(), other.encode("cp1252")
    texts, reasons = read(tmp_path / name, good.replace(b"@", bad))
    assert texts == [cafe, "Snow fell on the caf\ufffd."]
    assert reasons == ["", "the letters of `text` are not in UTF-8, as those of other rows are. "
                       "Save all rows in one encoding."]  # fmt: skip


def test_a_byte_order_mark_is_no_part_of_a_name(tmp_path):
    rows = f"title,text\nA,{RAIN}\ncafé,{SUN}\n".encode() + "café,x\n".encode("cp1252")
    texts, reasons = read(tmp_path / "a.csv", b"\xef\xbb\xbf" + rows)
    assert texts[:2] == [RAIN, SUN] and reasons[:2] == ["", ""] and "`title`" in reasons[2]


def test_names_of_columns_may_be_spelt_in_two_ways_but_not_be_there_twice(tmp_path):
    lines = [{"Text": RAIN}, {"text": SUN}, {"text": "a", "TEXT": "b"}]
    texts, reasons = read(tmp_path / "a.jsonl", "\n".join(map(json.dumps, lines)))
    assert texts[:2] == [RAIN, SUN]
    assert reasons == ["", "", "the row has two values called `Text`. Rename one of them."]
    (tmp_path / "a.csv").write_text(f"title,mine,mine\nA,{RAIN},{SUN}\n")
    with pytest.raises(ArticleError, match="two columns are called `mine`"):
        wb.read_articles(tmp_path / "a.csv", text_column="mine")


def test_marks_that_are_wrong_all_over_are_said_once(tmp_path):
    (tmp_path / "a.csv").write_text("title,text\n" + 'a",b,"c\n' * 4000)
    with pytest.raises(ArticleError, match="quotation marks are not closed or not doubled all"):
        wb.read_articles(tmp_path / "a.csv")


def test_a_text_in_two_encodings_is_refused(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("On the café.\n".encode() + "On the café.\n".encode("cp1252"))
    with pytest.raises(ArticleError, match="some of its lines are in UTF-8 and some are not"):
        wb.read_articles(path)


@pytest.mark.parametrize("cell", [b"It rained.", ["It rained.", "It snowed."], {"a": 1}])
def test_a_cell_that_holds_no_text_is_not_made_one(tmp_path, cell):
    table = pd.DataFrame({"title": ["A"], "text": [cell]})
    more = pd.DataFrame({"title": [["B"]], "text": [RAIN]})
    table.to_parquet(tmp_path / "a.parquet")
    more.to_parquet(tmp_path / "b.parquet")
    with pytest.warns(UserWarning, match="1 of 2 articles left out"):
        articles = wb.read_articles(tmp_path)
    assert articles["text"].tolist() == ["", RAIN] and articles["title"].isna().tolist()[1]
    assert "the cell `text` holds no text" in articles.loc[0, "left_out"]


def test_one_broken_line_does_not_stop_the_others(tmp_path):
    twice = '{"text": "a", "text": "b"}'
    lines = [json.dumps({"text": RAIN}), '{"text": ', "[1]", twice]
    texts, reasons = read(tmp_path / "a.jsonl", "\n".join(lines))
    assert texts == [RAIN, "", "", "b"]
    assert [reason[:45] for reason in reasons] == [
        "",
        "line 2 is not JSON (Expecting value). Each li",
        "line 3 is not a JSON object. Each line must l",
        "the row has two values called `text`. Rename ",
    ]


def test_a_character_that_no_page_can_hold_stops_no_page(tmp_path):
    story = "<p>It&#11;rained&#xFFFE; on the swimming hall, the council said on Monday.</p>" * 9
    story += "<p>It was &#00000000065;&#x0000000041;, said Berg, and left the hall.</p>" * 3
    (tmp_path / "a.html").write_text(f"<html><body><article>{story}</article></body></html>")
    assert "It was AA, said" in wb.read_articles(tmp_path / "a.html").loc[0, "text"]
    text = wb.read_articles(tmp_path / "a.html").loc[0, "text"]
    assert text.startswith("It\ufffdrained\ufffd on the swimming hall")


@pytest.mark.parametrize(
    "markdown",
    [
        "\n".join("  " * depth + f"- word{depth}" for depth in range(30)),
        "> " * 40 + " ".join(f"word{number}" for number in range(30)),
    ],
    ids=["lists", "quotations"],
)
def test_no_word_is_lost_however_deep_it_stands(tmp_path, markdown):
    (tmp_path / "a.md").write_text(markdown)
    words = wb.read_articles(tmp_path / "a.md", language=None).loc[0, "text"].split()
    assert words == [f"word{number}" for number in range(30)]


TOO_MUCH = {
    "attributes": ("a.html", "<p " + " ".join(f"a{n}=1" for n in range(300_000)) + ">x</p>",
                   "a tag has more than 1,000 attributes"),
    "attributes in all": ("a.html", ("<p " + "attr=1 " * 900 + ">x</p>") * 60,
                          "a tag has more than 1,000 attributes"),
    "tags": ("a.html", "<span>a</span> " * 100_000, "the page has more than 25,000 tags"),
    "page": ("a.html", "<p>It rained.</p>" * 1_300_000, "the page is larger than 10 MB"),
    "opened": ("a.md", "<" * 200_000, "more than 50,000 marks of Markdown"),
    "comments": ("a.md", "<!--" * 50_001, "more than 50,000 marks of Markdown"),
    "nested": ("a.md", "> " * 5_000 + "a", "stand too deep in one another"),
    "text": ("a.txt", "It rained. " * 100_000, "longer than 1,000,000 characters"),
    "JSON": ("a.jsonl", '{"text": ' + "[" * 100_000, "line 1 is not JSON"),
}  # fmt: skip


@pytest.mark.parametrize("name, content, said", TOO_MUCH.values(), ids=TOO_MUCH)
def test_what_would_take_for_ever_is_refused_with_the_mend(tmp_path, name, content, said):
    (tmp_path / name).write_text(content)
    with pytest.raises(ArticleError, match=said):
        wb.read_articles(tmp_path / name, language=None)


def test_pictures_in_a_page_do_not_count(tmp_path, monkeypatch):
    monkeypatch.setattr(pages, "LARGEST_PAGE", 0.01)
    story = "<p>It rained on the swimming hall, the council said on Monday.</p>" * 9
    picture = f'<img src="data:image/png;base64,{"A" * 20_000}">'
    page = f"<html><body><article>{story}{picture}</article></body></html>"
    (tmp_path / "a.html").write_text(page)
    assert "swimming" in wb.read_articles(tmp_path / "a.html").loc[0, "text"]


def test_a_sheet_that_unpacks_without_limit_is_refused(tmp_path, monkeypatch):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/worksheets/sheet1.xml", bytes(2_000_000))
    monkeypatch.setattr(tables, "LARGEST_SHEET", 1_000_000)
    with pytest.raises(ArticleError, match="unpacks to more than 0 MB. Cut it in several"):
        wb.read_articles(tmp_path / "a.xlsx")


def test_a_sheet_of_too_many_empty_cells_is_refused(tmp_path, monkeypatch):
    book = Workbook()
    book.active.append(["text"])
    book.active.append([RAIN])
    book.active["C5"] = "far"
    book.save(tmp_path / "a.xlsx")
    with pytest.warns(UserWarning, match="3 of 4 articles left out"):
        assert wb.read_articles(tmp_path / "a.xlsx").loc[0, "text"] == RAIN
    monkeypatch.setattr(tables, "MOST_CELLS", 100)
    with pytest.raises(ArticleError, match="more than 100 cells, most of them empty"):
        wb.read_articles(tmp_path / "a.xlsx")


def test_a_table_of_too_many_rows_and_a_file_too_large_are_refused(tmp_path, monkeypatch):
    pd.DataFrame({"text": [RAIN, SUN, SNOW]}).to_parquet(tmp_path / "a.parquet")
    monkeypatch.setattr(tables, "MOST_ROWS", 2)
    with pytest.raises(ArticleError, match="more than 2 rows. Cut it in several files"):
        wb.read_articles(tmp_path / "a.parquet")
    monkeypatch.setattr(reading, "LARGEST_FILE", 0)
    with pytest.raises(ArticleError, match="the file is larger than 0 MB"):
        wb.read_articles(tmp_path / "a.parquet")


def test_marks_of_markdown_are_counted_as_markdown_has_them():
    assert formats.drop_tags("a <b>c</b> <!-- d > e --> f < g") == "a c  f < g"
    assert formats.drop_tags("a <!-- b > c") == "a <!-- b > c"


@on_posix
def test_what_is_no_file_or_has_no_name_is_a_row_with_its_reason(tmp_path):
    (tmp_path / "z.txt").write_text(RAIN)
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "gone.txt")
    (tmp_path / "elsewhere").symlink_to(tmp_path.parent)
    os.mkfifo(tmp_path / "pipe.txt")
    with open(os.fsencode(tmp_path) + b"/\xff.txt", "w", encoding="utf-8") as file:
        file.write(SUN)
    with pytest.warns(UserWarning, match="4 of 5 articles left out"):
        articles = wb.read_articles(tmp_path)
    reasons = {
        source.rpartition("/")[2]: reason
        for source, reason in zip(articles["source"], articles["left_out"], strict=True)
    }
    assert reasons.pop("z.txt") is None or articles["text"].tolist().count(RAIN) == 1
    assert reasons == {
        "dangling.txt": "a link that leads nowhere. Take it away, or mend it.",
        "elsewhere": "a folder, or a link to one, which is not followed. Name it by itself.",
        "pipe.txt": "not a file, but a device or a pipe. Save what it holds as a file.",
        "\\xff.txt": "its name is not in UTF-8, or Python is told not to use UTF-8. Rename it.",
    }


@on_posix
@pytest.mark.skipif(os.name == "posix" and os.geteuid() == 0, reason="root may open everything")
def test_a_folder_that_cannot_be_opened_is_a_row(tmp_path):
    (tmp_path / "a.txt").write_text(RAIN)
    (tmp_path / "shut").mkdir(mode=0)
    with pytest.warns(UserWarning, match="1 of 2 articles left out"):
        articles = wb.read_articles(tmp_path)
    assert "cannot be read (Permission denied)" in articles["left_out"].dropna().iat[0]


@pytest.mark.parametrize("name", ["~.txt", "~nobody.txt", "~"])
def test_a_tilde_may_begin_a_name(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).write_text(RAIN)
    if name.endswith(".txt"):
        assert wb.read_articles(name).loc[0, "text"] == RAIN
    else:
        with pytest.raises(ArticleError, match="files of type"):
            wb.read_articles(name)


@pytest.mark.parametrize("name", ["~nobody/a.txt", "a" * 300 + ".txt", "a\0b.txt"])
def test_a_name_that_no_file_can_have_is_not_there(name):
    with pytest.raises(ArticleError, match="no such file or folder"):
        wb.read_articles(name)


def test_sidecars_are_told_by_the_name_that_they_share(tmp_path):
    for name in ("a.txt", "a.toml", "b.toml", "a.b.txt", "a.corrections.csv"):
        (tmp_path / name).write_text(f"# {name} {RAIN}")
    with pytest.warns(UserWarning, match="left out"):
        articles = wb.read_articles(tmp_path, language=None)
    names = [source.rpartition("/")[2] for source in articles["source"]]
    assert names == ["a.b.txt", "a.txt", "b.toml"]


def test_a_sidecar_that_is_none_is_said(tmp_path):
    (tmp_path / "a.txt").write_text(RAIN)
    (tmp_path / "a.toml").mkdir()
    with pytest.raises(ArticleError, match="the sidecar a.toml cannot be read .not a file."):
        wb.read_articles(tmp_path / "a.txt")


def test_what_is_known_of_a_text_at_hand_is_that_nothing_is():
    source = wb.describe_source(wb.read_texts(RAIN))
    assert source["status"].tolist() == 5 * ["unknown"]
    assert source["how"].tolist() == 5 * ["the file does not say"]
