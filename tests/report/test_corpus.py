"""A whole corpus: nothing lost, nothing done twice, the same bytes whoever works."""

import json
import os
import resource
import signal
import subprocess
import sys
import time
import warnings
from contextlib import nullcontext
from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import analysis as wb
from analysis.__main__ import main
from analysis.engine import Here, as_asked
from analysis.errors import ArticleError, SchemaError, WorkbookError
from analysis.measure.in_parts import IN_PARTS
from analysis.models import reading_quickly
from analysis.partitions import read_about
from analysis.read.stored import StoredTable
from analysis.report.corpus import run, stages, work
from analysis.report.corpus.batches import cut_batches

# One process makes what these tests share.
pytestmark = pytest.mark.xdist_group("corpus")
PEOPLE = ("Ann Miller", "Joe Biden", "Vladimir Putin", "Maria Berg", "Nancy Pelosi")
GERMAN = "Der Kanzler ist am Montag nach Wien gereist, weil dort niemand mit ihm gerechnet hatte."
VERBS = ("praised", "attacked", "met")


def make_records(n, first=0):
    """Tiny articles, all different."""
    for i in range(first, first + n):
        one, other = PEOPLE[i % 5], PEOPLE[(i + 1 + i // 5) % 5]
        yield {
            "text": f"{one} {VERBS[i % 3]} {other} on Monday. “We sign deal {i} with {other},” "
            f"{one} said. Mayor {other} was shot in Vienna.",
            "outlet": ("Echo", "Globe")[i % 2],
            "date": f"2022-0{1 + i % 3}-11",
        }


def write_jsonl(path, records):
    path.write_text("".join(json.dumps(each) + "\n" for each in records), encoding="utf-8")
    return path


def analyse(source, out, **options):
    return wb.write_corpus(source, out, **{"workers": 0, "batch": 6, "progress": False, **options})


def read_bytes(folder):
    """Every file of a folder: {its path: its bytes}."""
    files = filter(Path.is_file, sorted(folder.rglob("*")))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    records = [
        *make_records(12),
        {"text": ""},
        {"text": GERMAN},
    ]
    records[3]["title"] = "Iran kills Ann Miller"
    records.append(next(make_records(1)))  # a copy
    return write_jsonl(tmp_path_factory.mktemp("source") / "articles.jsonl", records)


@pytest.fixture(scope="module")
def corpus(source, tmp_path_factory):
    """The tables of the source, and its folder."""
    folder = tmp_path_factory.mktemp("corpus") / "out"
    return analyse(source, folder), folder


def test_all_that_goes_in_is_analysed_or_left_out_with_the_reason(corpus):
    tables, _ = corpus
    assert tables.told["articles"] == len(tables["articles"]) == 15
    assert tables.told["analysed"] == 12
    assert tables["tokens"]["doc_id"].nunique() == 12
    reasons = tables.left_out["left_out"].tolist()
    assert [reason.split(" ")[:4] for reason in reasons] == [
        ["the", "text", "is", "empty."],
        ["the", "text", "is", "in"],
        ["a", "copy", "of", "the"],
    ]


def test_its_tables_are_those_of_the_same_articles_read_at_once(corpus, source):
    tables, _ = corpus
    with pytest.warns(UserWarning, match="3 of 15 articles left out"):
        articles = wb.read_articles(source, headline=True)
    sentences = wb.split_sentences(articles)
    tokens = wb.split_tokens(articles, sentences)
    speech = wb.find_speech(articles, tokens)
    mentions = wb.find_mentions(articles, tokens, speech)
    quotes = wb.find_quotes(articles, tokens, mentions, speech)
    assert_frame_equal(tables["tokens"].read(), tokens)
    assert_frame_equal(tables["mentions"].read(), mentions)
    assert_frame_equal(tables["quotes"].read(), quotes)
    stance = wb.score_stance(mentions, sentences, quotes, speech)
    assert_frame_equal(tables["stance"].read(), stance)


def test_files_say_of_which_table_and_codebook_they_are(corpus):
    tables, _ = corpus
    told = read_about(tables["mentions"].files[0])
    assert told["table"] == "mentions"
    assert told["codebook"] == tables.told["codebook"]
    for name in tables:
        read = tables[name].read()
        types = {column: str(dtype) for column, dtype in read.dtypes.items()}
        assert types == {column: wb.schema.dtype_of(column, name) for column in read}, name


def test_batches_of_another_size_hold_the_same_tables(corpus, source, tmp_path):
    tables, _ = corpus
    others = analyse(source, tmp_path / "out", batch=100)
    assert len(others.told["batches"]) == 1 < len(tables.told["batches"])
    for name in tables:
        assert_frame_equal(others[name].read(), tables[name].read())


@pytest.mark.slow
def test_two_processes_write_the_same_bytes_and_one_that_is_killed_is_replaced(
    corpus, source, tmp_path
):
    import psutil

    command = [sys.executable, "-m", "analysis", "analyse", str(source), "--batch", "6"]
    out = tmp_path / "out"
    started = subprocess.Popen([*command, "--out", str(out), "--workers", "2", "--quiet"])
    until(lambda: list(out.glob("tokens/*.parquet")), started)
    workers = [
        child
        for child in psutil.Process(started.pid).children(recursive=True)
        if "spawn_main" in " ".join(child.cmdline())
    ]
    workers[0].kill()
    assert started.wait(240) == 0
    assert read_bytes(out) == read_bytes(corpus[1])


def until(is_so, process, patience=240):
    """Wait until something is so, while a process runs."""
    end = time.monotonic() + patience
    while not is_so() and process.poll() is None and time.monotonic() < end:
        time.sleep(0.05)


@pytest.mark.slow
def test_killed_at_any_moment_it_goes_on_and_ends_with_the_same_bytes(corpus, source, tmp_path):
    out = tmp_path / "out"
    command = [sys.executable, "-m", "analysis", "analyse", str(source), "--out", str(out)]
    options = ["--batch", "6", "--workers", "0", "--quiet"]
    started = subprocess.Popen([*command, *options])
    until(lambda: list(out.glob("articles/*.parquet")), started)
    os.kill(started.pid, signal.SIGKILL)
    started.wait()
    there = read_bytes(out)
    with pytest.raises(WorkbookError, match="no corpus is there"):
        wb.read_tables(out)
    # What a process leaves behind that is killed while it writes.
    (out / "tokens" / f".{'0' * 32}.part").write_bytes(b"half")
    made = count_made(lambda: analyse(source, out))
    assert read_bytes(out) == read_bytes(corpus[1])
    done = sum(name.startswith("articles/") for name in there)
    assert made <= len(corpus[0].told["batches"]) - done


def count_made(function):
    """How many batches are parsed meanwhile."""
    made = []
    parse = stages.STAGES["parse"]

    def note(articles, given):
        made.append(len(articles))
        return parse.run(articles, given)

    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(stages.STAGES, "parse", parse._replace(run=note))
        function()
    return len(made)


def test_a_full_disk_is_said_and_what_is_written_stands(corpus, source, tmp_path):
    out = tmp_path / "out"
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, hard))
    try:
        with pytest.raises(WorkbookError, match="the disk is full.*type the same command again"):
            analyse(source, out)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    analyse(source, out)
    assert read_bytes(out) == read_bytes(corpus[1])


def test_only_new_articles_are_analysed_and_the_tables_are_those_of_one_run(tmp_path):
    records = list(make_records(9))
    few = write_jsonl(tmp_path / "articles.jsonl", records[:6])
    analyse(few, tmp_path / "out", batch=4, tone=False)
    parsed = []
    parse = stages.STAGES["parse"]
    with pytest.MonkeyPatch.context() as patch:

        def run_parse(articles, made):
            parsed.extend(articles["text"])
            return parse.run(articles, made)

        patch.setitem(stages.STAGES, "parse", parse._replace(run=run_parse))
        # One in the middle, and two behind.
        more = [*records[:2], records[8], *records[2:8]]
        write_jsonl(few, more)
        tables = analyse(few, tmp_path / "out", batch=4, tone=False)
    assert sorted(parsed) == sorted(records[each]["text"] for each in (6, 7, 8))
    assert tables.told["analysed"] == 9
    analyse(few, tmp_path / "at once", batch=4, tone=False)
    assert read_bytes(tmp_path / "out") == read_bytes(tmp_path / "at once")


def test_a_later_stage_that_changes_leaves_the_earlier_ones_as_they_are(tmp_path, monkeypatch):
    source = write_jsonl(tmp_path / "articles.jsonl", make_records(4))
    analyse(source, tmp_path / "out", tone=False)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("tokens/*")}
    versions = stages.name_version
    changed = lambda stage: versions(stage) + ("new" if stage == "told" else "")  # noqa: E731
    for room in (stages, work, run):
        monkeypatch.setattr(room, "name_version", changed)
    made = count_made(lambda: analyse(source, tmp_path / "out", tone=False))
    assert made == 0
    after = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("tokens/*")}
    assert after == before
    # Asked for later, tone is added.
    assert count_made(lambda: analyse(source, tmp_path / "out")) == 0
    assert len(wb.read_tables(tmp_path / "out")["stance"])


def test_small_models_read_names_and_tone_and_the_parse_is_taken_over(tmp_path, source):
    out = tmp_path / "out"
    whole = analyse(source, out)
    files = {name: [path.name for path in whole[name].files] for name in whole}
    texts = whole["stance"].read()["doc_id"].nunique()
    small = analyse(source, out, quick=True)
    again = {name: [path.name for path in small[name].files] for name in small}
    assert again["tokens"] == files["tokens"]
    assert set(again["mentions"]).isdisjoint(files["mentions"])
    assert set(again["stance"]).isdisjoint(files["stance"])
    assert small["stance"].read()["doc_id"].nunique() == texts
    assert any("small models" in line for line in small.describe())
    assert not any("small models" in line for line in analyse(source, out).describe())


def test_what_small_models_say_is_not_kept_for_the_whole_ones(tmp_path, monkeypatch):
    monkeypatch.setenv("WORKBOOK_KEEP", str(tmp_path / "kept"))
    articles = wb.read_texts("Ann Miller praised Joe Biden. He is a liar, she said.")
    tokens = wb.split_tokens(articles)
    kept = set((tmp_path / "kept").iterdir())
    with reading_quickly():
        wb.find_mentions(articles, tokens)
    assert set((tmp_path / "kept").iterdir()) == kept
    wb.find_mentions(articles, tokens)
    assert len(set((tmp_path / "kept").iterdir()) - kept) == 1


def test_an_article_whose_analysis_fails_is_left_out_alone(tmp_path, monkeypatch):
    source = write_jsonl(tmp_path / "articles.jsonl", make_records(4))
    told = stages.STAGES["told"]

    def fail(articles, made):
        if articles["text"].str.contains("deal 2").any():
            raise ValueError("odd")
        return told.run(articles, made)

    monkeypatch.setitem(stages.STAGES, "told", told._replace(run=fail))
    tables = analyse(source, tmp_path / "out", tone=False)
    assert (tables.told["analysed"], tables.told["left_out"]) == (3, 1)
    assert tables.left_out["left_out"].str.contains("ValueError: odd").all()
    assert not tables["tokens"]["doc_id"].isin(tables.left_out["doc_id"]).any()


class KilledWorker(Exception):  # noqa: N818
    """What Dask says of a task that ended each process that tried it."""


class Deadly(Here):
    """A process that ends whenever it analyses one text."""

    def run(self, tasks):
        for number, (function, *given) in enumerate(tasks):
            articles = getattr(given[0], "articles", given[0])
            articles = getattr(given[1], "articles", articles) if len(given) > 1 else articles
            good = articles[articles["left_out"].isna()] if hasattr(articles, "columns") else None
            if good is not None and good["text"].str.contains("deal 2").any():
                yield number, KilledWorker()
            else:
                yield number, function(*given)


def test_an_article_that_ends_each_process_is_left_out_alone(tmp_path, monkeypatch):
    source = write_jsonl(tmp_path / "articles.jsonl", make_records(5))
    monkeypatch.setattr(run, "open_engine", lambda *_: nullcontext(Deadly()))
    tables = analyse(source, tmp_path / "out", tone=False)
    assert (tables.told["analysed"], tables.told["left_out"]) == (4, 1)
    assert tables.left_out["text"].str.contains("deal 2").all()
    assert tables.left_out["left_out"].str.startswith("every process that analysed it").all()


# Of each function that goes batch by batch, the tables that it takes, with the options tried: `BY`
# stands for columns of the articles to count by, `ALSO` for one of its own table besides.
COUNTED = [
    ("count_words", ["tokens"], {"by": "BY"}),
    ("count_words", ["tokens"], {"names": "mentions", "n": 2, "pos": None}),
    ("count_words", ["tokens"], {"by": "actor", "table": "mentions", "whole_sentences": True}),
    ("count_words", ["tokens"], {"by": "article", "table": "articles"}),
    ("count_actors", ["mentions", "tokens"], {"by": "BY"}),
    ("count_actors", ["mentions", "tokens"], {"by": ["BY", "role"]}),
    ("count_actors", ["mentions", "tokens"], {"by": "doc_id"}),
    ("count_actors", ["mentions"], {"by": "article", "table": "articles"}),
    ("count_prominence", ["mentions", "tokens"], {"by": "BY"}),
    ("count_comentions", ["mentions"], {"by": "BY", "within": "paragraph"}),
    ("count_roles", ["mentions"], {"by": "BY"}),
    ("count_stance", ["stance"], {"by": "BY"}),
    ("count_stance", ["stance"], {"by": ["BY", "speaker"]}),
    ("count_voices", ["quotes", "speech", "mentions"], {"by": "BY"}),
    ("count_talk", ["quotes", "speech", "mentions"], {"by": "BY"}),
    ("count_cues", ["quotes"], {"by": ["BY", "quote_type"]}),
    ("count_labels", ["labels"], {"by": ["BY", "form"]}),
    ("count_missing_doers", ["missing_doers"], {"by": ["BY", "act"]}),
    ("count_vouching", ["vouching", "speech", "tokens"], {"by": ["BY", "source"]}),
    ("count_vouching", ["vouching", "speech", "tokens"], {"by": "certainty"}),
    ("count_places", ["places"], {}),
    ("count_terms", ["terms", "tokens"], {"by": "BY"}),
    ("count_terms", ["terms", "tokens"], {"by": "voice", "quotes": "quotes", "speech": "speech"}),
    ("count_copies", ["copies", "tokens"], {}),
    ("count_matrix", ["tokens"], {"min_articles": 2}),
    ("count_collocates", ["tokens"], {"min_n": 1}),
    ("count_collocates", ["tokens", ["deal", "Monday"]], {"min_n": 1}),
    ("count_collocates", ["tokens", "deal"], {"min_n": 1, "within": "sentence"}),
    ("compare_choices", ["mentions"], {}),
    ("compare_groups", ["mentions", "articles"], {"of": ["actor", "role"]}),
    ("compare_groups", ["mentions", "articles"], {"by": "article"}),
    ("compare_groups", ["tokens", "articles"], {"of": "lemma", "tokens": "tokens"}),
    ("compare_groups", ["stance", "articles"], {"hit": {"label": "negative"}}),
    ("compare_groups", ["vouching", "articles"], {"of": "source", "weight": "end"}),
    ("compare_headline", ["articles", "tokens", "mentions", "quotes", "speech"], {}),
    ("compare_methods", ["stance", "sentences", "speech"], {}),
    ("compare_words", ["tokens"], {"min_n": 1}),
    ("compare_words", ["first", "tokens"], {"min_n": 1, "names": "mentions"}),
]


@pytest.fixture(scope="module")
def whole(corpus):
    """The tables of the corpus in memory, and some that are made of them."""
    tables = {name: corpus[0][name].read() for name in corpus[0]}
    tokens = tables["tokens"]
    return tables | {
        "terms": find_deals(tokens),
        "copies": wb.find_copies(tables["articles"], tokens, words=3),
        "first": tokens[tokens["doc_id"] == tokens["doc_id"].iloc[-1]],
    }


def ask(name, tables, given, options, by=None):
    """What a function makes of tables, {name: table}."""
    named = {}
    for key, value in options.items():
        values = value if isinstance(value, list) else [value]
        if "BY" in values:
            named[key] = [*(by or []), *values[values.index("BY") + 1 :]] or None
            named |= {"table": tables["articles"]} if by else {}
        else:
            named[key] = tables[value] if str(value) in tables else value
    if named.get("by") is None:
        named.pop("by", None)
    taken = [tables[each] if isinstance(each, str) and each in tables else each for each in given]
    return getattr(wb, name)(*taken, **named)


def list_cases():
    """Each of `COUNTED` without and with columns of the articles to count by."""
    for case in COUNTED:
        asked = case[2].get("by")
        is_apart = "BY" in (asked if isinstance(asked, list) else [asked])
        for by in (None, ["outlet", "month"]) if is_apart else (None,):
            yield pytest.param(*case, by, id=f"{case[0]} {asked} {by}")


@pytest.mark.parametrize("name, given, options, by", [*list_cases()])
def test_what_is_counted_batch_by_batch_is_what_is_counted_at_once(
    corpus, whole, name, given, options, by, monkeypatch
):
    at_once = ask(name, whole, given, options, by)
    assert len(at_once)
    forbid_whole_tables(monkeypatch)
    in_batches = ask(name, {**whole, **corpus[0]}, given, options, by)
    assert_frame_equal(in_batches, at_once)


@pytest.mark.slow
def test_another_process_counts_what_this_one_counts(corpus, whole):
    tables, folder = corpus
    told = ("WORKBOOK_CORES", "TQDM_DISABLE", "OMP_NUM_THREADS", "PYTHONHASHSEED")
    before = [os.environ.get(name) for name in told]
    with wb.read_tables(folder, workers=1) as shared:
        for name, given, options in (
            ("count_actors", ["mentions", "tokens"], {"by": "BY"}),
            ("count_collocates", ["tokens"], {"min_n": 1}),
            ("compare_words", ["first", "tokens"], {"min_n": 1}),
        ):
            expected = ask(name, {**whole, **tables}, given, options, ["outlet", "month"])
            counted = ask(name, {**whole, **shared}, given, options, ["outlet", "month"])
            assert_frame_equal(counted, expected)
        chosen = [each["mentions"].choose(lambda rows: rows[:1]) for each in (tables, shared)]
        one, other = (wb.compare_choices(each) for each in chosen)
        assert_frame_equal(one, other)
        with pytest.warns(UserWarning, match="not in these texts") as warned:
            assert wb.count_collocates(shared["tokens"], "sanctions").empty
        assert len(warned) == 1
        # What its process is told, this one is not; nor are its warnings silenced.
        assert [os.environ.get(name) for name in told] == before
        assert ("ignore", None, Warning, None, 0) not in warnings.filters
    assert shared.engine is None


def test_outcomes_are_added_in_the_order_in_which_they_were_asked_for():
    assert list(as_asked([(2, "c"), (0, "a"), (3, "d"), (1, "b")])) == ["a", "b", "c", "d"]
    with pytest.raises(ValueError, match="odd"):
        list(as_asked([(1, "b"), (0, ValueError("odd"))]))
    with pytest.raises(WorkbookError, match="Use fewer workers"):
        list(as_asked([(0, KilledWorker())]))


def find_deals(tokens):
    """A table of terms: the word “deal”, wherever it stands."""
    deals = tokens[tokens["token"] == "deal"].assign(text="deal", category="trade", pattern="deal")
    return wb.schema.table(deals.reset_index(drop=True), "terms")


def forbid_whole_tables(monkeypatch):
    """Let no table be read whole but that of the articles, without their texts."""

    def read(table, columns=None):
        assert table.name == "articles" and "text" not in table.columns, f"{table.name} whole"
        return join(table, [table.part(each, columns) for each in range(len(table.files))], columns)

    join = StoredTable.join
    monkeypatch.setattr(StoredTable, "read", read)


def test_every_function_that_says_so_goes_batch_by_batch():
    assert {name for name, *_ in COUNTED} == set(IN_PARTS)


def test_what_is_chosen_of_a_stored_table_is_compared_and_not_read_whole(
    corpus, whole, monkeypatch
):
    expected = wb.compare_groups(wb.select_counted(whole["mentions"]), whole["articles"])
    forbid_whole_tables(monkeypatch)
    chosen = corpus[0]["mentions"].choose(wb.select_counted)
    assert_frame_equal(wb.compare_groups(chosen, corpus[0]["articles"]), expected)
    assert len(chosen) == len(wb.select_counted(whole["mentions"]))


def test_tables_in_memory_go_beside_stored_ones_and_what_is_of_no_batch_counts(corpus, whole):
    other = wb.read_texts("Ann Miller praised a deal of her own. A deal is a deal.")
    other = wb.split_tokens(other)
    compared = wb.compare_words(other, corpus[0]["tokens"], min_n=1)
    assert_frame_equal(compared, wb.compare_words(other, whole["tokens"], min_n=1))
    counted = wb.count_actors(
        corpus[0]["mentions"], whole["tokens"], by="outlet", table=whole["articles"]
    )
    expected = wb.count_actors(
        whole["mentions"], whole["tokens"], by="outlet", table=whole["articles"]
    )
    assert_frame_equal(counted, expected)


def test_a_word_that_is_nowhere_is_warned_of_once_and_one_that_is_somewhere_is_not(corpus):
    with pytest.warns(UserWarning, match="not in these texts") as warned:
        assert wb.count_collocates(corpus[0]["tokens"], "sanctions").empty
    assert len(warned) == 1
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        wb.count_collocates(corpus[0]["tokens"], "Putin", min_n=1)


def test_numbers_that_do_not_add_up_are_of_the_tables_read_whole(corpus, whole):
    tables, _ = corpus
    described = wb.describe_groups(tables["articles"], tables["tokens"], by="outlet")
    expected = wb.describe_groups(whole["articles"], whole["tokens"], by="outlet")
    assert_frame_equal(described, expected)
    coded = wb.count_cues(tables["quotes"], coded="borrowed")
    assert_frame_equal(coded, wb.count_cues(whole["quotes"], coded="borrowed"))


def test_a_table_that_would_not_fit_is_refused_with_what_to_do(corpus, monkeypatch):
    tables, _ = corpus
    monkeypatch.setattr("analysis.measure.in_parts.SPARE", 0)
    with pytest.raises(WorkbookError, match="Counted batch by batch are count_words"):
        wb.describe_groups(tables["articles"], tables["tokens"])


def test_sql_a_passage_by_its_address_and_the_first_rows(corpus):
    tables, _ = corpus
    found = tables.query("SELECT actor, count(*) AS n FROM mentions GROUP BY actor ORDER BY actor")
    counts = tables["mentions"]["actor"].value_counts()
    assert found.dropna().set_index("actor")["n"].to_dict() == counts.to_dict()
    mention = tables["mentions"].head(1).iloc[0]
    assert tables.passage(mention["doc_id"], mention["start"], mention["end"]) == mention["text"]


def test_an_actor_has_one_name_over_all_batches_and_near_copies_are_shown(tmp_path):
    agency = "The minister of trade left the city of Linz on Friday night and said no word more."
    texts = [f"{agency} Donald Trump spoke.", "Ann Berg left.", f"{agency} Trump spoke."]
    texts += ["Kim Berg left. Kim Berg wept.", "Berg spoke."]
    source = write_jsonl(tmp_path / "articles.jsonl", [{"text": text} for text in texts])
    tables = analyse(source, tmp_path / "out", batch=1, tone=False)
    assert len(tables.told["batches"]) > 1
    joins = tables["same_actors"][["actor", "joined"]].astype(object)
    joins = joins.where(joins.notna(), None).values.tolist()
    assert ["Trump", "Donald Trump"] in joins
    assert ["Berg", None] in joins  # two rivals stay apart
    for named in (tables["mentions"]["actor"], tables.query("SELECT actor FROM mentions")["actor"]):
        assert (named == "Donald Trump").sum() == 2
    ((doc_id, first, alike, n),) = tables.near_copies.values.tolist()
    doc_ids = tables["articles"]["doc_id"].tolist()
    assert (doc_id, first, n) == (doc_ids[2], doc_ids[0], 2)
    assert alike > 0.6


def test_a_batch_ends_where_an_articles_name_says_so(tmp_path):
    records = list(make_records(60))
    whole = [
        batch.articles["text"].tolist()
        for batch in cut_batches(write_jsonl(tmp_path / "a.jsonl", records), size=6)
    ]
    more = [
        batch.articles["text"].tolist()
        for batch in cut_batches(
            write_jsonl(tmp_path / "b.jsonl", [*make_records(1, 99), *records]), size=6
        )
    ]
    assert all(3 <= len(each) <= 12 for each in whole[:-1])
    assert sum(each not in whole for each in more) <= 2


def test_somebody_elses_folder_and_another_run_are_left_alone(tmp_path, source):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(WorkbookError, match="something else than a corpus"):
        analyse(source, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    with pytest.raises(ArticleError, match="no such file"):
        analyse(tmp_path / "nothing", tmp_path / "out")
    assert not (tmp_path / "out").exists()
    folder = run.open_folder(tmp_path / "out")
    with run.alone_in(folder), pytest.raises(WorkbookError, match="being written by another"):
        analyse(source, folder)


def test_the_command_says_what_became_of_the_articles(corpus, source, capsys):
    assert (
        main(["analyse", str(source), "--out", str(corpus[1]), "--workers", "0", "--batch", "6"])
        == 0
    )
    assert "15 articles, 12 analysed, 3 left out" in capsys.readouterr().out


def test_a_scheduler_that_is_not_there_is_said(tmp_path, source, monkeypatch):
    monkeypatch.setattr("analysis.engine.TO_ANSWER", 1)
    with pytest.raises(WorkbookError, match="no Dask scheduler answers"):
        analyse(source, tmp_path / "out", scheduler="tcp://127.0.0.1:9", workers=None)


def test_web_archives_parquet_and_folders_are_read(tmp_path):
    from io import BytesIO

    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    words = "Ann Miller met Joe Biden in Vienna on Monday, and both said that it went well. " * 9
    page = f"<html><head><title>Met</title></head><body><article><p>{words}</p></article></body>"
    with open(tmp_path / "pages.warc.gz", "wb") as file:
        writer = WARCWriter(file, gzip=True)
        for url, kind in (
            ("https://a.example/1", "text/html"),
            ("https://a.example/2", "image/png"),
        ):
            heads = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
            writer.write_record(
                writer.create_warc_record(
                    url, "response", payload=BytesIO(page.encode()), http_headers=heads
                )
            )
    pd.DataFrame(make_records(3)).to_parquet(tmp_path / "articles.parquet")
    (tmp_path / "one.txt").write_text("Joe Biden left. Ann Miller stayed in Linz all day.")
    ((articles, *_),) = [(each.articles,) for each in cut_batches(tmp_path)]
    assert articles["left_out"].isna().sum() == 5
    assert articles["url"].dropna().tolist() == ["https://a.example/1"]


def test_texts_for_antconc_and_a_table_for_quanteda_have_what_is_known_of_each_article(
    corpus, tmp_path
):
    tables, _ = corpus
    articles = tables["articles"].read()
    articles = articles[articles["left_out"].isna()]
    wb.write_export(tables, tmp_path / "texts", "antconc")
    told = pd.read_csv(tmp_path / "texts" / "metadata.tsv", sep="\t")
    assert told["doc_id"].tolist() == articles["doc_id"].tolist()
    texts = [(tmp_path / "texts" / name).read_text(encoding="utf-8") for name in told["filename"]]
    assert texts == articles["text"].tolist()
    assert told["filename"][0] == f"2022-01-11_Echo_{articles['doc_id'].iloc[0]}.txt"
    wb.write_export(tables, tmp_path / "corpus.csv", "quanteda")
    table = pd.read_csv(tmp_path / "corpus.csv")
    assert table["text"].tolist() == articles["text"].tolist()
    assert table["outlet"].tolist() == articles["outlet"].tolist()
    with pytest.raises(WorkbookError, match="is there already"):
        wb.write_export(tables, tmp_path / "corpus.csv", "quanteda")


def test_spacy_gets_the_parse_and_every_letter(corpus, tmp_path):
    import spacy
    from spacy.tokens import DocBin

    tables, _ = corpus
    wb.write_export(tables, tmp_path / "docs", "spacy")
    vocab = spacy.blank("en").vocab
    docs = {}
    for path in sorted((tmp_path / "docs").iterdir()):
        for doc in DocBin().from_disk(path).get_docs(vocab):
            docs[doc.user_data["doc_id"]] = doc
    articles = tables["articles"].read().set_index("doc_id")["text"]
    assert {doc_id: doc.text for doc_id, doc in docs.items()} == articles[list(docs)].to_dict()
    tokens = tables["tokens"].read()
    doc_id, doc = next(iter(docs.items()))
    its = tokens[tokens["doc_id"] == doc_id]
    places = {token.idx: token for token in doc}
    for row in its.itertuples():
        token = places[row.start]
        assert (token.text, token.lemma_, token.pos_, token.dep_) == (
            row.token,
            row.lemma,
            row.pos,
            row.dep,
        )
        assert (token.head.i == token.i) == (row.head == 0)
    assert [entity.label_ for entity in doc.ents] == [
        ent[2:] for ent in its["ent"].dropna() if ent.startswith("B-")
    ]


@pytest.mark.parametrize("to", ["sqlite", "duckdb"])
def test_databases_hold_every_table(corpus, tmp_path, to):
    import sqlite3

    import duckdb

    tables, _ = corpus
    path = wb.write_export(tables, tmp_path / f"corpus.{to}", to)
    connection = sqlite3.connect(path) if to == "sqlite" else duckdb.connect(str(path))
    for name in tables:
        ((n,),) = connection.execute(f'SELECT count(*) FROM "{name}"').fetchall()
        assert n == len(tables[name])
    asked = 'SELECT actor FROM mentions WHERE actor IS NOT NULL ORDER BY doc_id, start, "end"'
    found = [actor for (actor,) in connection.execute(asked).fetchall()]
    assert sorted(found) == sorted(tables["mentions"]["actor"].dropna())
    connection.close()


def test_rows_of_an_actor_and_an_outlet_with_their_sentences(corpus):
    tables, _ = corpus
    found = tables["mentions"].where(actor="Joe Biden", outlet="Echo", month="2022-01")
    outlets = tables["articles"].read().set_index("doc_id")["outlet"]
    assert len(found)
    assert set(found["doc_id"].map(outlets)) == {"Echo"}
    sentences = tables["sentences"].beside(found)
    assert set(sentences["sentence_id"]) == set(found["sentence_id"])
    shown = wb.show_passages({"actor": "Joe Biden", "n": len(found)}, found, sentences)
    assert shown.data.count("<mark") == len(found)
    with pytest.raises(WorkbookError, match="no column `town`"):
        tables["mentions"].where(town="Linz")


def test_counts_over_time_are_drawn_a_lane_an_actor(corpus):
    tables, _ = corpus
    counts = wb.count_actors(tables["mentions"], by="month", table=tables["articles"])
    chart = wb.draw_over_time(counts, top=2).to_dict()
    assert len(chart["vconcat"]) == 2
    with pytest.raises(SchemaError, match="by day"):
        wb.draw_over_time(counts.drop(columns="month"))
