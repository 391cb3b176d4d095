"""What a reader corrects by hand: each correction does so, or says why it does not fit."""

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from parts import tables_to_tone

import analysis as wb
from analysis import schema
from analysis.errors import ArticleError, SchemaError
from analysis.find.corrected_mentions import correct_article, correct_mentions
from analysis.measure.corrections import describe_corrections
from analysis.read.corrections import read_corrections

#       0         10        20        30        40        50        60
TEXT = "Joe Biden met Ann Miller. Biden left Iran. Miller won’t go to Iran."
FOUND = [
    (0, 9, "Joe Biden", "person", "name"),
    (14, 24, "Ann Miller", "person", "name"),
    (26, 31, "Biden", "person", "name"),
    (37, 41, "Iran", "state", "name"),
    (43, 49, None, "person", "alias"),
    (62, 66, "Iran", "state", "name"),
]
HEADER = ",".join(schema.columns("corrections"))
KNOWN = (
    "merge, rename, split, relabel, drop, add, speaker, content, quote_type, add_quote, "
    "drop_quote, tone, doer, target, status, drop_act"
)


def mentions(doc_id="a"):
    rows = [
        (
            doc_id,
            1,
            1,
            start,
            end,
            TEXT[start:end],
            actor,
            actor_type,
            kind,
            "full_name",
            "found",
            "other",
            "rest",
            False,
        )
        for start, end, actor, actor_type, kind in FOUND
    ]
    return schema.table(rows, "mentions")


def places(start, end):
    """Two sentences; nothing may run from the first into the second."""
    if start < 25 < end:
        return None
    return {
        "sentence_id": 1 if end <= 25 else 2,
        "paragraph_id": 1,
        "role": "agent",
        "position": "lead",
        "quoted": False,
    }


def ask(action, **cells):
    """A row of the table of corrections."""
    return dict.fromkeys(schema.columns("corrections")) | {"doc_id": "a", "action": action} | cells


def make(*rows):
    """(text, actor, actor_type, kind) of the corrected mentions, and the outcomes."""
    corrections = pd.DataFrame(rows, columns=["doc_id", *schema.columns("corrections")]).astype(
        {"start": "Int64", "end": "Int64"}
    )
    before, asked = mentions(), corrections.copy(deep=True)
    after, outcomes = correct_article(before, corrections, TEXT, places)
    pd.testing.assert_frame_equal(before, mentions())
    pd.testing.assert_frame_equal(corrections, asked)
    assert after.dtypes.equals(before.dtypes)
    assert after.index.equals(pd.RangeIndex(len(after)))
    return after, outcomes


def actors(*rows):
    after, outcomes = make(*rows)
    return after["actor"].fillna("").tolist(), outcomes


BIDEN, IRAN, OPEN = (
    {"start": 26, "end": 31, "text": "Biden"},
    {"start": 62, "end": 66, "text": "Iran"},
    {"start": 43, "end": 49, "text": "Miller"},
)


def test_merge_makes_all_mentions_of_one_actor_those_of_another():
    assert actors(ask("merge", actor="Biden", to="Joe Biden")) == (
        ["Joe Biden", "Ann Miller", "Joe Biden", "Iran", "", "Iran"],
        [(1, "applied to 1 mention")],
    )


def test_the_actor_merged_into_keeps_its_type():
    after, outcomes = make(ask("merge", actor="Biden", to="Iran"))
    assert after.loc[2, ["actor", "actor_type", "kind"]].tolist() == ["Iran", "state", "name"]


def test_rename_gives_an_actor_a_new_name():
    assert actors(ask("rename", actor="Iran", to="Islamic Republic")) == (
        ["Joe Biden", "Ann Miller", "Biden", "Islamic Republic", "", "Islamic Republic"],
        [(2, "applied to 2 mentions")],
    )


def test_rename_to_a_name_in_use_makes_the_two_one_and_says_so():
    after, outcomes = actors(ask("rename", actor="Biden", to="Joe Biden"))
    assert after[:3] == ["Joe Biden", "Ann Miller", "Joe Biden"]
    assert outcomes == [
        (1, "applied to 1 mention; “Joe Biden” was there already, so that the two are one now")
    ]


def test_split_gives_one_mention_to_somebody_else():
    after, outcomes = make(ask("split", **IRAN, actor="Iran", to="Iran, Texas", actor_type="place"))
    assert after[["actor", "actor_type"]].values.tolist()[3:6:2] == [
        ["Iran", "state"],
        ["Iran, Texas", "place"],
    ]
    assert outcomes == [(1, "applied to 1 mention")]


def test_split_without_offsets_is_of_every_mention_of_the_actor_that_reads_so():
    assert actors(ask("split", actor="Iran", text="Iran", to="Persia"))[0] == [
        "Joe Biden",
        "Ann Miller",
        "Biden",
        "Persia",
        "",
        "Persia",
    ]


@pytest.mark.parametrize("which", [OPEN, {"text": "Miller"}], ids=["at its place", "by its words"])
def test_split_says_whom_a_mention_means_that_the_text_leaves_open(which):
    assert actors(ask("split", **which, to="Ann Miller"))[0][4] == "Ann Miller"


def test_split_takes_the_type_that_is_given_else_that_of_the_new_actor_else_keeps_it():
    given = make(ask("split", **BIDEN, to="Iran", actor_type="other"))[0]
    known = make(ask("split", **BIDEN, to="Iran"))[0]
    new = make(ask("split", **BIDEN, to="Jill Biden"))[0]
    assert [after.loc[2, "actor_type"] for after in (given, known, new)] == [
        "other",
        "state",
        "person",
    ]


def test_relabel_changes_the_type_of_an_actor_or_type_and_kind_of_a_mention():
    whole, outcomes = make(ask("relabel", actor="Iran", actor_type="place"))
    assert whole["actor_type"].tolist() == [
        "person",
        "person",
        "person",
        "place",
        "person",
        "place",
    ]
    assert outcomes == [(2, "applied to 2 mentions")]
    one, outcomes = make(ask("relabel", **BIDEN, kind="alias"))
    assert one.loc[2, ["actor_type", "kind"]].tolist() == ["person", "alias"]
    assert outcomes == [(1, "applied to 1 mention")]


def test_drop_takes_out_a_mention_or_an_actor():
    assert actors(ask("drop", **IRAN)) == (
        ["Joe Biden", "Ann Miller", "Biden", "Iran", ""],
        [(1, "applied to 1 mention")],
    )
    assert actors(ask("drop", actor="Iran")) == (
        ["Joe Biden", "Ann Miller", "Biden", ""],
        [(2, "applied to 2 mentions")],
    )


def test_add_puts_a_mention_in_its_place_and_in_its_sentence():
    after, outcomes = make(ask("add", start=10, end=13, text="met", actor="Biden", note="a test"))
    assert after.loc[1].tolist() == [
        "a",
        1,
        1,
        10,
        13,
        "met",
        "Biden",
        "person",
        "name",
        "corrected",
        "corrected by hand: add (a test)",
        "agent",
        "lead",
        False,
    ]
    assert outcomes == [(1, "applied to 1 mention")]


def test_an_added_mention_may_hold_another_which_comes_after_it():
    after, _ = make(
        ask(
            "add",
            start=0,
            end=13,
            text="Joe Biden met",
            actor="x",
            actor_type="other",
            kind="description",
        )
    )
    assert after["text"].tolist()[:2] == ["Joe Biden met", "Joe Biden"]


def test_corrections_are_made_in_the_order_of_the_file():
    rows = [
        ask("rename", actor="Biden", to="Jill Biden"),
        ask("merge", actor="Jill Biden", to="Joe Biden"),
        ask("drop", actor="Jill Biden"),
    ]
    after, outcomes = actors(*rows)
    assert after[2] == "Joe Biden"
    assert [n for n, _ in outcomes] == [1, 1, 0]


def test_the_rule_of_a_corrected_mention_says_so_and_that_of_others_stays():
    after, _ = make(
        ask("merge", actor="Biden", to="Joe Biden", note="see paragraph 3"),
        ask("relabel", **IRAN, actor_type="place"),
    )
    assert after["rule"].tolist()[1:4] == [
        "found",
        "corrected by hand: merge (see paragraph 3)",
        "found",
    ]
    assert after["rule"].tolist()[5] == "corrected by hand: relabel"


def test_quotation_marks_and_white_space_need_not_be_those_of_the_text():
    after, outcomes = make(
        ask("add", start=50, end=55, text="won't", actor="x", actor_type="other")
    )
    assert after.loc[5, "text"] == "won’t"
    renamed = [
        ask("rename", actor="Biden", to="O’Neil"),
        ask("merge", actor="O'Neil", to="Joe  Biden"),
    ]
    assert actors(*renamed)[0][2] == "Joe Biden"


MISFITS = {  # what is asked: why it does not fit
    "other words": (
        ask("drop", start=30, end=34, text="Iran"),
        "the text at 30–34 reads “n le”, not “Iran”; found at 37–41, 62–66",
    ),
    "a space too many": (
        ask("drop", start=25, end=31, text="Biden"),
        "the text at 25–31 reads “ Biden”, not “Biden”; found at 4–9, 26–31",
    ),
    "words that are gone": (
        ask("drop", start=0, end=6, text="Russia"),
        "the text at 0–6 reads “Joe Bi”, not “Russia”; “Russia” is nowhere in the article",
    ),
    "part of a word": (
        ask("drop", start=0, end=4, text="Mill"),
        "the text at 0–4 reads “Joe ”, not “Mill”; “Mill” is nowhere in the article",
    ),
    "beyond the end": (
        ask("drop", start=90, end=94, text="Iran"),
        "the text at 90–94 reads “”, not “Iran”; found at 37–41, 62–66",
    ),
    "before the start": (
        ask("drop", start=-5, end=-1, text="Iran"),
        "the text at -5–-1 reads “”, not “Iran”; found at 37–41, 62–66",
    ),
    "no text": (
        ask("drop", start=26, end=31),
        "`text` is empty, so that the place cannot be checked; the text at 26–31 reads “Biden”",
    ),
    "half a place": (
        ask("drop", start=26, text="Biden"),
        "`start` and `end` must both be given, or neither; found at 4–9, 26–31",
    ),
    "no mention there": (
        ask("drop", start=10, end=13, text="met"),
        "no mention at 10–13. Use `add`",
    ),
    "part of a mention": (
        ask("drop", start=4, end=9, text="Biden"),
        "no mention at 4–9; there is “Joe Biden” at 0–9",
    ),
    "another actor": (
        ask("drop", **BIDEN, actor="Iran"),
        "the mention at 26–31 is of “Biden”, not of “Iran”",
    ),
    "actor left open": (
        ask("drop", **OPEN, actor="Iran"),
        "the mention at 43–49 is of nobody (the text leaves it open), not of “Iran”",
    ),
    "no such actor": (
        ask("drop", actor="Ann Milner"),
        "no actor “Ann Milner”; nearest: “Ann Miller”",
    ),
    "a surname": (ask("drop", actor="Miller"), "no actor “Miller”; nearest: “Ann Miller”"),
    "no actor like it": (ask("drop", actor="Xq"), "no actor “Xq”"),
    "no such words": (
        ask("drop", actor="Iran", text="Tehran"),
        "no mention of “Iran” reads “Tehran”",
    ),
    "no such open words": (
        ask("split", text="Iran", to="x"),
        "no mention left open by the text reads “Iran”",
    ),
    "of nothing": (
        ask("drop"),
        "it does not say which mentions: fill in `actor`, or `start`, `end` and `text`",
    ),
    "merge into nobody": (
        ask("merge", actor="Biden", to="Joe Bidon"),
        "no actor “Joe Bidon”; nearest: “Joe Biden”. To give a new name, use `rename`",
    ),
    "merge without `to`": (ask("merge", actor="Biden"), "`merge` needs `to`, which is empty"),
    "merge of one mention": (
        ask("merge", **BIDEN, actor="Biden", to="Joe Biden"),
        (
            "`merge` is of all mentions: leave `start`, `end` and `text` empty, "
            "or use `split` for some mentions"
        ),
    ),
    "rename of nobody": (ask("rename", actor="Xq", to="x"), "no actor “Xq”"),
    "split of all": (
        ask("split", actor="Iran", to="x"),
        (
            "`split` needs `text`, or `start`, `end` and `text`. To move all mentions, "
            "use `merge` or `rename`"
        ),
    ),
    "relabel as nothing": (
        ask("relabel", actor="Iran"),
        "`relabel` needs `actor_type` or `kind`; both are empty",
    ),
    "kind of an actor": (
        ask("relabel", actor="Iran", kind="alias"),
        (
            "`kind` is of single mentions: give `start`, `end` and `text`, or `text`, "
            "or leave `kind` empty"
        ),
    ),
    "unknown type": (
        ask("relabel", actor="Iran", actor_type="country"),
        "no such actor_type “country”; choose from person, organisation, state, unnamed, place, "
        "other",
    ),
    "unknown kind": (
        ask("relabel", **BIDEN, kind="nickname"),
        (
            "no such kind “nickname”; choose from name, alias, acronym, title, adjective, metonym, "
            "description, pronoun, part"
        ),
    ),
    "add without a place": (
        ask("add", text="Iran", actor="Iran"),
        "`add` needs `start`, which is empty; found at 37–41, 62–66",
    ),
    "add where one is": (
        ask("add", **BIDEN, actor="Iran"),
        "there is a mention of “Biden” already. Use `split` or `relabel`",
    ),
    "add across one": (
        ask("add", start=4, end=13, text="Biden met", actor="Iran"),
        "it cuts through the mention “Joe Biden” at 0–9. Take that one out with `drop` first",
    ),
    "add of a stranger": (
        ask("add", start=10, end=13, text="met", actor="x"),
        "“x” is new, so that `actor_type` is needed: person, organisation, state, unnamed, place, "
        "other",
    ),
    "add across sentences": (
        ask("add", start=14, end=31, text="Ann Miller. Biden", actor="Iran"),
        "14–31 is not inside one sentence",
    ),
    "unknown action": (
        ask("fuse", actor="Biden", to="Iran"),
        f"no such action “fuse”; choose from {KNOWN}",
    ),
    "no action": (
        ask(None, actor="Biden"),
        f"no such action “”; choose from {KNOWN}",
    ),
}


@pytest.mark.parametrize("asked, why", MISFITS.values(), ids=MISFITS)
def test_a_correction_that_does_not_fit_changes_nothing_and_says_why(asked, why):
    after, outcomes = make(asked)
    assert outcomes == [(0, f"does not fit: {why}")]
    pd.testing.assert_frame_equal(after, mentions())


def test_of_many_places_the_first_are_listed():
    text = "Iran. " * 9
    asked = pd.DataFrame([ask("drop", start=1, end=3, text="Iran")])
    _, outcomes = correct_article(mentions().iloc[:0], asked, text, places)
    assert outcomes[0][1].endswith("found at 0–4, 6–10, 12–16, 18–22, 24–28 and 4 other places")


@pytest.mark.parametrize(
    "asked",
    [
        ask("rename", actor="Iran", to="Iran"),
        ask("relabel", **BIDEN, kind="name"),
        ask("split", **BIDEN, to="Biden"),
    ],
)
def test_what_is_so_already_needs_no_correction(asked):
    after, outcomes = make(asked)
    assert outcomes == [(0, "nothing to change: it is so already")]
    assert set(after["rule"]) == {"found"}


def test_of_no_mentions_and_no_corrections_come_empty_tables():
    none = schema.table([], "mentions")
    asked = pd.DataFrame([ask("drop", actor="Iran")])
    assert correct_article(none, asked, "", places)[1] == [(0, "does not fit: no actor “Iran”")]
    assert correct_article(none, asked.iloc[:0], "", places)[1] == []
    assert (
        len(
            correct_article(
                none,
                pd.DataFrame([ask("add", **IRAN, actor="Iran", actor_type="state")]),
                TEXT,
                places,
            )[0]
        )
        == 1
    )
    pd.testing.assert_frame_equal(make()[0], mentions())


# The files beside the articles


@pytest.fixture
def beside(tmp_path):
    """Write an article and the corrections beside it; return the articles table."""

    def write(corrections, name="my.article.txt", content=TEXT):
        (tmp_path / name).write_text(content, encoding="utf-8")
        raw = corrections if isinstance(corrections, bytes) else corrections.encode()
        (tmp_path / name).with_suffix(".corrections.csv").write_bytes(raw)
        return wb.read_articles(tmp_path / name)

    return write


def test_corrections_are_read_from_the_file_beside_the_article(beside):
    articles = beside(
        f'{HEADER}\nmerge,,,,Biden,,,Joe Biden,"one man, two names"\n'
        "add,10,13,met,Iran,state,name,,\n"
    )
    found = read_corrections(articles)
    doc_id = articles.loc[0, "doc_id"]
    assert found.columns.tolist() == ["doc_id", *schema.columns("corrections"), "outcome"]
    assert found.astype(object).where(found.notna(), None).values.tolist() == [
        [
            doc_id,
            "merge",
            None,
            None,
            None,
            "Biden",
            None,
            None,
            "Joe Biden",
            "one man, two names",
            None,
        ],
        [doc_id, "add", 10, 13, "met", "Iran", "state", "name", None, None, None],
    ]
    assert [str(found[column].dtype) for column in ("start", "end", "text")] == [
        "Int64",
        "Int64",
        "str",
    ]


EXCEL = f"{HEADER}\n\nSplit,26.0,31.0,Biden,,Person,,José,\n,,,,,,,,\n"


@pytest.mark.parametrize(
    "raw",
    [
        EXCEL.encode("utf-8-sig"),
        EXCEL.replace("\n", "\r\n").replace(",", ";").encode("utf-8-sig"),
        EXCEL.replace("\n", "\r\n").replace(",", ";").replace(".0", ",0").encode("cp1252"),
        ("sep=;\r\n" + EXCEL.replace(",", ";")).encode(),
        EXCEL.replace("\n", "\r").replace(",", "\t").encode("utf-16"),
        EXCEL.replace("actor_type", " Actor type ")
        .replace(",note", "")
        .replace(",\n", "\n")
        .encode(),
        EXCEL.replace("note", "note,Checked by").replace("José,", "José,,Ann").encode(),
        EXCEL.replace("Split,26.0,31.0", " split , 26, 31").encode(),
    ],
    ids=["mark", "semicolons", "ANSI", "sep=", "tabs", "other headings", "own column", "spaces"],
)
def test_files_that_a_spreadsheet_saved_are_read(beside, raw):
    found = read_corrections(beside(raw))
    assert found[["action", "start", "end", "text", "actor_type", "to"]].values.tolist() == [
        ["split", 26, 31, "Biden", "person", "José"]
    ]
    assert found["outcome"].isna().all()


@pytest.mark.parametrize(
    "raw",
    ["", "\n \n", HEADER, f"\n{HEADER}\n,,,,,,,,\n", "\ufeff"],
    ids=["empty", "blank", "header", "no cells", "mark"],
)
def test_a_file_without_rows_corrects_nothing(beside, raw):
    assert read_corrections(beside(raw)).empty


BROKEN = {
    "drop,abc,31,Biden,,,,,": (
        "`start` is “abc”, not a whole number. Copy it from the mentions table"
    ),
    "drop,26.5,31.5,,Biden,,,,": (
        "`end` is “31.5”, not a whole number. Copy it from the mentions table"
    ),
    "drop,-26,31,Biden,,,,,": (
        "`start` is “-26”, not a whole number. Copy it from the mentions table"
    ),
    f"drop,{'9' * 40},31,Biden,,,,,": (
        f"`start` is “{'9' * 40}”, not a whole number. Copy it from the mentions table"
    ),
    "drop,,,,Biden,,,,,too, many": (
        "the row has more cells than the file has columns. "
        "Put what holds a comma or semicolon in quotation marks"
    ),
    'drop,26,31,"Biden,,,,,': (
        "in line 3 of the file a quotation mark is not closed, or stands within a cell and is not "
        "doubled. Close it, or double it"
    ),
    'drop,26,31,"Biden,,,,,\nmerge,,,,Biden,,,Iran"': (
        "a quotation mark is not closed, so that the rows below it are not read. Close it"
    ),
}


@pytest.mark.parametrize("row, why", BROKEN.items(), ids=range(len(BROKEN)))
def test_a_broken_row_is_reported_and_does_not_stop_the_others(beside, row, why):
    articles = beside(f"{HEADER}\nrename,,,,Iran,,,Persia,\n{row}\n")
    _, log = correct_mentions(
        mentions(articles.loc[0, "doc_id"]), articles, lambda doc_id, start, end: places(start, end)
    )
    assert list(zip(log["n"], log["outcome"], strict=True)) == [
        (2, "applied to 2 mentions"),
        (0, f"broken row: {why}"),
    ]


@pytest.mark.parametrize(
    "raw, message",
    [
        (
            "action\nmerge\n",
            (
                "no column `start`, `end`, .*The first line must be "
                "action,start,end,text,actor,actor_type,kind,to,note"
            ),
        ),
        (
            HEADER.replace("start", "begin") + "\ndrop,1,2,,,,,,\n",
            "my.article.corrections.csv: no column `start`. The first line",
        ),
        (f";;;;\n{HEADER}\n", "no column `action`"),
        ("sep=;\n", "cannot be read as a table of corrections. Save it as CSV"),
        (
            b"PK\x03\x04\0\0\x01\0\x02\xff\xfe\0\0\x99\0",
            "cannot be read as a table of corrections. Save it as CSV",
        ),
    ],
    ids=[
        "one column",
        "other name",
        "first row empty",
        "separator only",
        "not text",
    ],
)
def test_a_file_without_its_columns_is_refused_with_the_mend(beside, raw, message):
    with pytest.raises(ArticleError, match=message):
        read_corrections(beside(raw))


def test_without_a_file_there_are_no_corrections(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    nowhere = [
        wb.read_texts([TEXT, "It rained."]),
        wb.read_articles(tmp_path / "a.txt"),
        wb.read_texts(TEXT).assign(source=None),
    ]
    for articles in (*nowhere, wb.read_texts(TEXT).iloc[:0]):
        assert read_corrections(articles).empty
    with pytest.raises(SchemaError, match="source"):
        read_corrections(nowhere[0].drop(columns="source"))


def test_corrections_of_a_table_are_of_all_its_articles_or_of_the_one_named(beside):
    corrections = (
        f"doc_id,{HEADER}\n"
        ",rename,,,,Iran,,,Persia,\n"
        "DOC,drop,,,,Biden,,,,\n"
        "ffff,drop,,,,Iran,,,,\n"
    )
    table = f'text\n"{TEXT}"\nIt rained in Linz all day.\n'
    doc_id = beside("", "table.csv", table).loc[0, "doc_id"]
    articles = beside(corrections.replace("DOC", doc_id), "table.csv", table)
    corrected, log = correct_mentions(
        mentions(doc_id), articles, lambda doc_id, start, end: places(start, end)
    )
    other = articles.loc[1, "doc_id"]
    assert log[["doc_id", "action", "n", "outcome"]].values.tolist() == [
        [doc_id, "rename", 2, "applied to 2 mentions"],
        [doc_id, "drop", 1, "applied to 1 mention"],
        [other, "rename", 0, "does not fit: no actor “Iran”"],
        [
            "ffff",
            "drop",
            0,
            (
                "does not fit: no article read with this file has this doc_id; "
                "it changes with the text"
            ),
        ],
    ]
    assert corrected["actor"].fillna("").tolist() == [
        "Joe Biden",
        "Ann Miller",
        "Persia",
        "",
        "Persia",
    ]


def test_the_doc_id_does_not_matter_where_the_file_is_of_one_article(beside):
    assert len(read_corrections(beside(f"doc_id,{HEADER}\nffff,drop,,,,Iran,,,,\n"))) == 1


def test_corrections_of_an_article_that_is_left_out_are_reported(beside):
    articles = beside(f"{HEADER}\ndrop,,,,Iran,,,,\n").assign(left_out="strange")
    _, log = correct_mentions(schema.table([], "mentions"), articles, places)
    assert log["outcome"].tolist() == ["not applied: the article is left out (strange)"]


def test_every_correction_is_described_with_its_outcome(beside):
    articles = beside(f"{HEADER}\nadd,10,13,met,Biden,,,,odd\ndrop,,,,Xq,,,,\n")
    doc_id = articles.loc[0, "doc_id"]
    _, described = correct_mentions(
        mentions(doc_id), articles, lambda doc_id, start, end: places(start, end)
    )
    assert described.columns.tolist() == schema.columns("corrections_made")
    assert described.astype(object).where(described.notna(), None).values.tolist() == [
        [doc_id, "add", 10, 13, "met", "Biden", None, None, None, "odd", 1, "applied to 1 mention"],
        [
            doc_id,
            "drop",
            None,
            None,
            None,
            "Xq",
            None,
            None,
            None,
            None,
            0,
            "does not fit: no actor “Xq”",
        ],
    ]
    assert str(described["start"].dtype) == "Int64"


def test_the_log_is_made_anew_whatever_became_of_the_mentions(beside):
    articles = beside(f"{HEADER}\nrename,,,,Iran,,,Persia,\ndrop,,,,Xq,,,,\n")
    tokens = wb.split_tokens(articles)
    log = describe_corrections(articles, tokens)
    assert log[["action", "n", "outcome"]].values.tolist() == [
        ["rename", 2, "applied to 2 mentions"],
        ["drop", 0, "does not fit: no actor “Xq”"],
    ]
    found = wb.find_mentions(articles, tokens)
    assert "Persia" in set(found["actor"]) and not found.attrs
    assert set(found.loc[found["actor"] == "Persia", "code"]) == {"corrected"}


def test_articles_without_corrections_have_none_to_describe():
    articles = wb.read_texts(TEXT)
    log = describe_corrections(articles, wb.split_tokens(articles))
    assert log.columns.tolist() == schema.columns("corrections_made")
    assert log.empty


def test_hostile_names_are_only_text():
    nasty = "<b>(.*[</td>" + "x" * 100
    after, outcomes = make(
        ask("rename", actor="Iran", to=nasty),
        ask("drop", start=0, end=3, text=nasty),
        ask("drop", actor=nasty + "\\"),
    )
    assert after.loc[3, "actor"] == nasty
    assert all(len(said) < 250 for _, said in outcomes)


NAMES = st.sampled_from([None, "", "Biden", "Joe Biden", "Iran", "Miller", "x"])
ASKED = st.fixed_dictionaries(
    {
        "doc_id": st.just("a"),
        "action": st.sampled_from(
            [None, "fuse", "merge", "rename", "split", "relabel", "drop", "add"]
        ),
        "start": st.none() | st.integers(-9, 99) | st.sampled_from([place[0] for place in FOUND]),
        "end": st.none() | st.integers(-9, 99) | st.sampled_from([place[1] for place in FOUND]),
        "text": NAMES | st.text(),
        "actor": NAMES,
        "actor_type": st.sampled_from([None, "person", "place", "?"]),
        "kind": st.sampled_from([None, "name", "alias", "?"]),
        "to": NAMES,
        "note": st.none() | st.text(),
    }
)


@settings(max_examples=50, deadline=None)
@given(st.lists(ASKED, max_size=6))
def test_whatever_is_asked_every_correction_has_its_outcome_and_the_table_keeps_what_it_promises(
    rows,
):
    after, outcomes = make(*rows)
    assert len(outcomes) == len(rows)
    assert all(
        said.startswith("applied to ")
        if n
        else said.startswith(("does not fit: ", "nothing to change"))
        for n, said in outcomes
    )
    assert [TEXT[row.start : row.end] for row in after.itertuples()] == after["text"].tolist()
    spans = list(zip(after["start"], -after["end"], strict=True))
    assert spans == sorted(set(spans))
    assert sum(n for n, _ in outcomes) or after.equals(mentions())


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary()
    | st.text().map(str.encode)
    | st.text(alphabet='ab1;,"\n\r \ufeff').map(lambda rows: f"{HEADER}\n{rows}".encode())
)
def test_whatever_the_file_holds_it_is_read_or_refused_with_the_mend(beside, raw):
    articles = beside(raw)
    try:
        found = read_corrections(articles)
    except ArticleError as error:
        assert "my.article.corrections.csv" in str(error)
    else:
        assert set(found["doc_id"]) <= set(articles["doc_id"])


# Quotations, tone and acts

STORY = (
    "“We will go,” Anna Berg said. “Soon.” Peter Holm said that it was cold in Linz. "
    "Never again, thought Mary Lind.\n\n"
    "Anna Berg attacked Peter Holm and Mary Lind. Peter Holm did not rob Anna Berg. "
    "The “peace” held."
)


@pytest.fixture(scope="module")
def story():
    """The parse of the story, and what is found in it before a reader corrects it."""
    found = tables_to_tone(STORY)
    given = (found[name] for name in ("mentions", "tokens", "quotes", "speech"))
    return found | {"actions": wb.find_actions(*given)}


def at(words, nth=0):
    """Where words stand in the story, as cells of a correction."""
    start = -1
    for _ in range(nth + 1):
        start = STORY.index(words, start + 1)
    return {"start": start, "end": start + len(words), "text": words}


@pytest.fixture
def correct(story, tmp_path):
    """Correct the story by some rows: what is found in it then, and the log."""

    def run(*rows):
        (tmp_path / "story.txt").write_text(STORY, encoding="utf-8")
        file = pd.DataFrame(rows)[schema.columns("corrections")]
        file.to_csv(tmp_path / "story.corrections.csv", index=False)
        articles, tokens = wb.read_articles(tmp_path / "story.txt"), story["tokens"]
        speech = wb.find_speech(articles, tokens)
        mentions = wb.find_mentions(articles, tokens, speech)
        quotes = wb.find_quotes(articles, tokens, mentions, speech)
        sentences = story["sentences"]
        stance = wb.score_stance(mentions, sentences, quotes, speech, articles=articles)
        actions = wb.find_actions(mentions, tokens, quotes, speech, articles=articles)
        made = describe_corrections(articles, tokens, speech, quotes, stance=stance)
        for name, table in {"speech": speech, "stance": stance, "actions": actions}.items():
            schema.check(table, name)
            spans = zip(table["start"], table["end"], table["text"], strict=True)
            assert all(STORY[start:end] == text for start, end, text in spans)
        return {"speech": speech, "mentions": mentions, "quotes": quotes, "stance": stance} | {
            "actions": actions,
            "articles": articles,
            "made": list(zip(made["n"], made["outcome"], strict=True)),
        }

    return run


def where(words):
    """Where words first stand, as a message says it."""
    return "{start}–{end}".format(**at(words))


def said(found):
    """(content, speaker, kind) of the quotations."""
    quotes = found["quotes"]
    columns = (quotes[column].fillna("") for column in ("content", "speaker", "quote_type"))
    return list(zip(*columns, strict=True))


FIRST, COLD = at("“We will go,”"), at("that it was cold in Linz")
ONE = [(1, "applied to 1 quotation")]


def test_the_story_is_found_as_it_reads(story):
    assert said(story) == [
        ("“We will go,” … “Soon.”", "Anna Berg", "direct"),
        ("that it was cold in Linz", "Peter Holm", "indirect"),
        ("“peace”", "", "scare"),
    ]
    acts = story["actions"][["actor", "text", "target", "status"]].values.tolist()
    assert acts == [
        ["Anna Berg", "attacked", "Peter Holm", "asserted"],
        ["Anna Berg", "attacked", "Mary Lind", "asserted"],
        ["Peter Holm", "rob", "Anna Berg", "denied"],
    ]


def test_content_changes_the_words_of_a_quotation_and_its_kind_follows_the_marks(story, correct):
    found = correct(ask("content", **FIRST, to="We will go … Soon."))
    assert said(found)[0] == ("We will go … Soon.", "Anna Berg", "direct")
    assert found["made"] == ONE
    row = found["quotes"].loc[0, ["code", "rule", "cue", "quote_id"]].tolist()
    assert row == ["corrected_words", "corrected by hand: content", "said", 1]
    assert said(found)[1:] == said(story)[1:]
    found = correct(ask("content", **FIRST, to="“We will go,” Anna Berg said. “Soon.”"))
    assert said(found)[0] == ("“We will go,” Anna Berg said. “Soon.”", "Anna Berg", "mixed")
    found = correct(ask("content", **COLD, to="it was   cold"))
    assert said(found)[1] == ("it was cold", "Peter Holm", "indirect")
    assert found["speech"]["words"].tolist()[2] == 3


def test_quote_type_changes_the_kind_alone(correct):
    found = correct(ask("quote_type", **at("“peace”"), to="Direct"), ask("drop quote", **COLD))
    assert said(found) == [
        ("“We will go,” … “Soon.”", "Anna Berg", "direct"),
        ("“peace”", "", "direct"),
    ]
    assert found["made"] == ONE * 2
    assert found["quotes"]["quote_id"].tolist() == [1, 2]
    voices = wb.count_voices(found["quotes"], found["speech"], found["mentions"])
    assert voices["quotations"].sum() == 2


def test_add_quote_puts_in_what_was_missed_with_its_speaker(correct):
    found = correct(ask("add_quote", **at("Never again"), actor="Mary Lind", note="a thought"))
    assert said(found)[2] == ("Never again", "Mary Lind", "indirect")
    row = found["quotes"].loc[2, ["code", "status", "level"]].tolist()
    assert row == ["corrected_both", "asserted", 1]
    assert found["made"] == ONE
    found = correct(ask("add_quote", **at("“peace” held"), kind="mixed"))
    assert found["made"] == ONE and said(found)[2] == ("“peace” held", "", "mixed")
    assert found["quotes"]["level"].tolist() == [1, 1, 1, 2]


def test_a_speaker_is_given_wherever_the_words_begin_by_now(correct):
    rows = ask("content", **COLD, to="it was cold"), ask("speaker", **COLD, to="Mary Lind")
    for order in (rows, rows[::-1]):
        found = correct(*order)
        assert said(found)[1] == ("it was cold", "Mary Lind", "indirect")
        assert found["made"] == ONE * 2
        assert found["quotes"].loc[1, "code"] == "corrected_both"
    new = at("it was cold in Linz")
    found = correct(ask("content", **COLD, to=new["text"]), ask("speaker", **new, to="nobody"))
    assert said(found)[1][1] == "" and found["made"] == ONE * 2


def test_a_tone_is_a_readers_and_counts(story, correct):
    found = correct(ask("tone", **at("Anna Berg", 1), to="Positive", note="ironic"))
    old, new = story["stance"], found["stance"]
    row = new[new["start"] == at("Anna Berg", 1)["start"]].iloc[0]
    assert row[["negative", "neutral", "positive", "tone"]].tolist() == [0, 0, 1, 1]
    assert row[["label", "method", "scored", "basis"]].tolist() == [
        "positive",
        "hand",
        "corrected",
        "corrected by hand: tone (ironic)",
    ]
    assert found["made"] == [(1, "applied to 1 mention")]
    others = old["start"] != row["start"]
    pd.testing.assert_frame_equal(new[others], old[others])
    before, after = (
        wb.count_stance(each).set_index("actor").loc["Anna Berg"] for each in (old, new)
    )
    assert after["n_positive"] == before["n_positive"] + 1 and after["n"] == before["n"]
    sentences, speech = story["sentences"], story["speech"]
    words = wb.score_stance_words(new, sentences, speech)
    assert row["start"] not in set(words["mention_start"])
    assert len(wb.compare_methods(new, sentences, speech)) == len(wb.select_toned(new)) - 1


def test_a_tone_that_was_not_made_says_where_it_is(story, correct):
    found = correct(ask("tone", **at("Anna Berg", 1), to="positive"))
    made = describe_corrections(
        found["articles"], story["tokens"], found["speech"], stance=story["stance"]
    )
    assert made["outcome"].tolist() == [
        "not made in this table: score_stance(…, articles=articles) makes it"
    ]
    made = describe_corrections(found["articles"], story["tokens"])
    assert made["outcome"].tolist() == ["for the tone: see score_stance"]


def acts(found):
    return found["actions"][["actor", "text", "target", "status"]].values.tolist()


ATTACKED, ROB = at("attacked"), at("rob")


def test_acts_are_of_whom_a_reader_says_and_stand_as_they_say(correct):
    found = correct(
        ask("doer", **ATTACKED, to="Vera Stone"),
        ask("target", **ATTACKED, actor="Mary Lind", to="Linz"),
        ask("status", **ROB, to="alleged"),
        ask("drop act", **ATTACKED, actor="Vera Stone", to="Peter Holm"),
    )
    assert acts(found) == [
        ["Vera Stone", "attacked", "Linz", "asserted"],
        ["Peter Holm", "rob", "Anna Berg", "alleged"],
    ]
    assert found["made"] == [
        (2, "applied to 2 acts"),
        (1, "applied to 1 act"),
        (1, "applied to 1 act"),
        (1, "applied to 1 act"),
    ]
    rules = found["actions"]["rule"].tolist()
    assert rules == ["corrected by hand: target", "corrected by hand: status"]
    found = correct(ask("drop_act", **ATTACKED))
    assert len(acts(found)) == 1 and found["made"] == [(2, "applied to 2 acts")]


ODD = {  # what is asked: why it does not fit
    "words that stand elsewhere": (
        ask("content", **COLD, to="Anna Berg attacked"),
        "“Anna Berg attacked” does not stand in the paragraph of the quotation; found at "
        + where("Anna Berg attacked"),
    ),
    "words that are nowhere": (
        ask("content", **COLD, to="=1+1"),
        "“=1+1” does not stand in the paragraph of the quotation; “=1+1” is nowhere in the article",
    ),
    "words in another order": (
        ask("content", **FIRST, to="Soon. … We will go"),
        "“We will go” does not stand in the paragraph of the quotation in this order; "
        "found at 1–11",
    ),
    "no words": (
        ask("content", **COLD, to=" … "),
        "“…” does not stand in the paragraph of the quotation; “…” is nowhere in the article",
    ),
    "no quotation": (
        ask("content", **at("Never again"), to="Never"),
        f"no quotation begins at {at('Never')['start']} with these words. Use `add_quote`",
    ),
    "inside a quotation": (
        ask("drop_quote", **at("cold in Linz")),
        f"no quotation begins at {at('cold in Linz')['start']} with these words; there is "
        f"“that it was cold in Linz” at {where(COLD['text'])}",
    ),
    "another's words": (
        ask("content", **FIRST, to="that it was cold in Linz"),
        "there is a quotation “that it was cold in Linz” already. "
        "Use `content`, `quote_type` or `speaker`",
    ),
    "half of another's words": (
        ask("add_quote", **at("said that it was cold")),
        f"it cuts through the quotation “that it was cold in Linz” at {where(COLD['text'])}. "
        "Take that one out with `drop_quote`, or change its `content` first",
    ),
    "no word": (ask("add_quote", **at("”")), f"no word stands at {where('”')}"),
    "no such kind": (
        ask("quote_type", **COLD, to="oblique"),
        "no such quote_type “oblique”; choose from direct, mixed, indirect, scare, title",
    ),
    "no such kind of a new one": (
        ask("add_quote", **at("Never again"), kind="name"),
        "no such kind “name”; choose from direct, mixed, indirect",
    ),
    "no speaker": (
        ask("speaker", **COLD),
        "`speaker` needs `to`, which is empty",
    ),
    "no such tone": (
        ask("tone", **at("Anna Berg"), to="angry"),
        "no such tone “angry”; choose from negative, neutral, positive",
    ),
    "a tone of no mention": (
        ask("tone", **at("cold"), to="negative"),
        f"no mention at {where('cold')}",
    ),
    "a tone of another": (
        ask("tone", **at("Anna Berg"), actor="Peter Holm", to="negative"),
        f"the mention at {where('Anna Berg')} is of “Anna Berg”, not of “Peter Holm”",
    ),
    "a tone of what is not counted": (
        ask("tone", **at("Linz"), to="negative"),
        f"the mention at {where('Linz')} is not counted, so that it has no tone",
    ),
    "no act": (ask("drop_act", **at("held")), f"no act at {where('held')}"),
    "a longer verb": (
        ask("status", **at("did not rob"), to="denied"),
        f"no act at {at('did not rob')['start']}–{ROB['end']}; there is “rob” at "
        f"{ROB['start']}–{ROB['end']}",
    ),
    "no such status": (
        ask("status", **ROB, to="true"),
        "no such status “true”; choose from asserted, alleged, denied, hypothetical, planned, "
        "asked",
    ),
    "nobody acts": (
        ask("doer", **ROB, to="nobody"),
        "an act is of somebody; `to` is “nobody”. Use `drop_act`",
    ),
    "towards itself": (
        ask("doer", **ROB, to="Anna Berg"),
        "“Anna Berg” would act towards itself. Use `drop_act`",
    ),
    "towards one of several": (
        ask("target", **ATTACKED, to="Linz"),
        "there are several: “Peter Holm”, “Mary Lind”. Say in `actor` which",
    ),
    "towards one who is there": (
        ask("target", **ATTACKED, actor="Peter Holm", to="Mary Lind"),
        "there is this act already. Use `drop_act`",
    ),
    "an act of another": (
        ask("status", **ROB, actor="Mary Lind", to="denied"),
        f"the act at {ROB['start']}–{ROB['end']} is of “Peter Holm”, not of “Mary Lind”",
    ),
    "an act towards another": (
        ask("drop_act", **ROB, to="Mary Lind"),
        f"no act at {ROB['start']}–{ROB['end']} is towards “Mary Lind”",
    ),
    "offsets of another text": (
        ask("tone", start=900, end=909, text="Anna Berg", to="negative"),
        None,
    ),
}


def test_what_does_not_fit_changes_no_table_and_says_why(story, correct):
    found = correct(*[asked for asked, _ in ODD.values()])
    for name in ("speech", "quotes", "stance", "actions", "mentions"):
        pd.testing.assert_frame_equal(found[name], story[name])
    for (n, outcome), (name, (_, why)) in zip(found["made"], ODD.items(), strict=True):
        assert n == 0 and outcome.startswith("does not fit: "), name
        assert why is None or outcome == f"does not fit: {why}", name


def test_what_is_so_already_is_told_of_every_table(story, correct):
    stance = story["stance"]
    label = stance.loc[stance["start"] == at("Anna Berg")["start"], "label"].item()
    found = correct(
        ask("content", **COLD, to=COLD["text"]),
        ask("quote_type", **COLD, to="indirect"),
        ask("speaker", **COLD, to="Peter Holm"),
        ask("tone", **at("Anna Berg"), to=label),
        ask("status", **ROB, to="denied"),
        ask("doer", **ROB, to="Peter Holm"),
    )
    assert set(found["made"]) == {(0, "nothing to change: it is so already")}
    pd.testing.assert_frame_equal(found["quotes"], story["quotes"])


def test_a_line_of_a_cell_that_begins_like_an_action_is_no_row(beside):
    articles = beside(f'{HEADER}\nadd_quote,10,13,met,,,,,"see\nTarget, the shop"\n')
    assert read_corrections(articles)["outcome"].isna().all()


def test_corrections_of_no_text_or_no_rows_do_no_harm(tmp_path):
    (tmp_path / "a.txt").write_text("Rain.", encoding="utf-8")
    file = pd.DataFrame([asked for asked, _ in ODD.values()])[schema.columns("corrections")]
    file.to_csv(tmp_path / "a.corrections.csv", index=False)
    articles = wb.read_articles(tmp_path / "a.txt")
    tokens = wb.split_tokens(articles)
    speech = wb.find_speech(articles, tokens)
    mentions = wb.find_mentions(articles, tokens, speech)
    quotes = wb.find_quotes(articles, tokens, mentions, speech)
    stance = wb.score_stance(mentions, wb.split_sentences(articles), articles=articles)
    assert wb.find_actions(mentions, tokens, articles=articles).empty
    made = describe_corrections(articles, tokens, speech, quotes, stance=stance)
    assert set(made["n"]) == {0} and len(made) == len(ODD)
