"""Tables, figures and annotations as files, read back by the programs that they are for."""

import json
import zipfile

import pandas as pd
import pytest
from openpyxl import load_workbook

import analysis as wb
from analysis.errors import WorkbookError
from analysis.report.tables import LONGEST_CELL, made_at, write_data, write_tables, write_workbook

NASTY = [
    "=1+1",
    "+1",
    "-1",
    "@a",
    "\tTab",
    "plain",
    None,
    "\x0bcontrol",
    "half \ud83d",
    "😀",
    "<b>&",
]


@pytest.fixture(scope="module")
def exported(hostile):
    """The data of the hostile article, and its text."""
    return hostile.data, wb.read_articles(next(hostile.folder.glob("*.txt"))).loc[0, "text"]


def table():
    return pd.DataFrame(
        {
            "text": pd.Series(NASTY, dtype="object"),
            "n": range(len(NASTY)),
            "share": [-0.5] * len(NASTY),
            "sure": [True] * len(NASTY),
        }
    )


def test_csv_opens_in_a_spreadsheet_and_runs_nothing(tmp_path):
    write_tables({"nasty": table()}, tmp_path)
    raw = (tmp_path / "csv" / "nasty.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf") and raw.endswith(b"\r\n")
    read = pd.read_csv(tmp_path / "csv" / "nasty.csv", encoding="utf-8-sig")
    assert read["text"].tolist()[:6] == ["'=1+1", "'+1", "'-1", "'@a", "'\tTab", "plain"]
    assert read["share"].tolist() == [-0.5] * len(NASTY)


@pytest.mark.parametrize("kind", ["parquet", "json"])
def test_other_formats_hold_the_text_as_it_is(tmp_path, kind):
    write_tables({"nasty": table()}, tmp_path)
    path = tmp_path / kind / f"nasty.{kind}"
    rows = (
        pd.read_parquet(path).to_dict("records")
        if kind == "parquet"
        else json.loads(path.read_text(encoding="utf-8"))
    )
    assert [row["text"] if isinstance(row["text"], str) else None for row in rows] == [
        *NASTY[:8],
        "half ?",
        *NASTY[9:],
    ]
    assert [(row["n"], row["sure"]) for row in rows] == [(n, True) for n in range(len(NASTY))]


def test_the_workbook_has_sheets_a_codebook_and_no_formula(tmp_path):
    long = pd.DataFrame({"text": ["a" * 40_000]})
    tables = {
        "actors": wb.schema.table([("Iran", "state", 2, 1.0, 9.0)], "actors"),
        "nasty": table(),
        "a/very:long*name" * 3: long,
        "codebook": table().head(0),
    }
    write_workbook(tables, tmp_path / "a.xlsx", "made by hand")
    book = load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == [
        "about",
        "actors",
        "nasty",
        "a_very_long_namea_very_long_2",
        "codebook_3",
        "codebook",
    ]
    assert [cell.data_type for cell in book["nasty"]["A"][1:7]] == ["s"] * 6
    assert [row[0].value for row in book["nasty"].iter_rows(min_row=2)] == [
        *NASTY[:7],
        "\ufffdcontrol",
        "half \ufffd",
        *NASTY[9:],
    ]
    assert len(book["a_very_long_namea_very_long_2"]["A2"].value) == LONGEST_CELL
    assert ("actors", "share", "number", wb.schema.COLUMNS["share"]["meaning"]) in list(
        book["codebook"].values
    )
    assert ("actors", 1, "One row an actor.") in list(book["about"].values)
    assert (book["actors"].freeze_panes, book.properties.keywords) == ("A2", "made by hand")


def test_dates_in_files_come_from_the_environment_or_are_the_same_always(monkeypatch, tmp_path):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert made_at().isoformat() == "2023-11-14T22:13:20+00:00"
    write_workbook({"nasty": table()}, tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        assert {part.date_time for part in archive.infolist()} == {(2023, 11, 14, 22, 13, 20)}
        assert archive.read("docProps/core.xml").count(b"2023-11-14T22:13:20Z") == 2
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert made_at().year == 1980


def test_every_table_of_a_report_is_there_in_every_format(reports, seeds):
    names = {path.stem for path in (reports.data / "csv").iterdir()}
    assert names >= {
        "articles",
        "sentences",
        "tokens",
        "mentions",
        "actors",
        "speech",
        "quotes",
        "voices",
        "stance",
        "stance_counts",
        "words",
        "dates",
        "left_out",
    }
    assert all(
        {path.stem for path in (reports.data / kind).iterdir()} == names
        for kind in ("json", "parquet")
    )
    assert set(load_workbook(reports.data / "tables.xlsx", read_only=True).sheetnames) == {
        *names,
        "about",
        "codebook",
    }
    pd.testing.assert_frame_equal(
        pd.read_parquet(reports.data / "parquet" / "mentions.parquet"), seeds.mentions
    )


def test_every_figure_is_there_with_its_data(reports):
    figures = reports.data / "figures"
    specs = sorted(figures.glob("*.vl.json"))
    assert len(specs) == 14
    for path in specs:
        spec = json.loads(path.read_text(encoding="utf-8"))
        assert spec["datasets"]
        assert spec["title"]["text"]
        assert "url" not in spec.get("data", {})
        stem = path.name.removesuffix(".vl.json")
        assert (figures / f"{stem}.svg").read_text(encoding="utf-8").startswith("<svg")
        assert (figures / f"{stem}.png").read_bytes().startswith(b"\x89PNG")


def test_annotations_find_their_text_by_position_and_by_words(exported):
    folder, text = exported
    collection = json.loads((folder / "annotations.json").read_text(encoding="utf-8"))
    assert (collection["@context"], collection["type"]) == (
        "http://www.w3.org/ns/anno.jsonld",
        "AnnotationCollection",
    )
    items = collection["first"]["items"]
    assert collection["total"] == len(items) == len({item["id"] for item in items}) > 5
    assert {item["motivation"] for item in items} == {"identifying", "tagging"}
    for item in items:
        targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
        for target in targets:
            position, words = target["selector"]
            assert text[position["start"] : position["end"]] == words["exact"]
            assert (words["prefix"] + words["exact"] + words["suffix"]) in text
    said = [body["value"] for item in items for body in item["body"]]
    assert "actor: Vladimir Putin" in said and "what: quotation" in said


def test_conllu_reads_back_as_the_same_tokens(exported):
    folder, text = exported
    blocks = (folder / "article.conllu").read_text(encoding="utf-8").strip().split("\n\n")
    tokens = pd.read_parquet(folder / "parquet" / "tokens.parquet")
    lines = "\n".join(blocks).split("\n")
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    assert {len(row) for row in rows} == {10}
    assert [(int(row[0]), row[3], int(row[6])) for row in rows] == list(
        zip(tokens["token_id"], tokens["pos"], tokens["head"], strict=True)
    )
    misc = [dict(pair.split("=", 1) for pair in row[9].split("|")) for row in rows]
    assert [(int(pairs["start_char"]), int(pairs["end_char"])) for pairs in misc] == list(
        zip(tokens["start"], tokens["end"], strict=True)
    )
    assert all((row[6] == "0") == (row[7] == "root") for row in rows)
    assert sum("Vladimir_Putin" in pairs.get("Actor", "") for pairs in misc) >= 4
    assert blocks[0].startswith("# newdoc id = ") and len(blocks) == tokens["sentence_id"].nunique()


def test_quotations_in_several_parts_have_a_target_for_each(tmp_path):
    articles = wb.read_texts("“We left,” Joe Biden said, “because it was late.”")
    tokens = wb.split_tokens(articles)
    speech = wb.find_speech(articles, tokens)
    quotes = wb.find_quotes(articles, tokens, wb.find_mentions(articles, tokens, speech), speech)
    tables = {"speech": speech, "quotes": quotes, "tokens": tokens}
    write_data(tmp_path, tables, articles=articles)
    items = json.loads((tmp_path / "annotations.json").read_text(encoding="utf-8"))["first"][
        "items"
    ]
    targets = [
        item["target"] if isinstance(item["target"], list) else [item["target"]] for item in items
    ]
    assert [len(parts) for parts in targets] == speech.groupby("quote_id").size().tolist() == [2]


def test_a_folder_that_cannot_be_written_to_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(WorkbookError, match="not a folder. Nothing was changed. .* with --data"):
        write_data(tmp_path / "file", {})
