"""What was worked out once: kept where there is a place for it, exact, never in anybody's way."""

import os
import warnings
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

import analysis as wb
from analysis import kept
from analysis.__main__ import main
from analysis.find.names import encoder
from analysis.measure.tone import stance
from analysis.parse import tokens as parse
from analysis.read.files import find_files
from analysis.report.story import make_story
from analysis.report.verify import verify_report

TEXT = "Mayor Anna Berg met Peter Holm in Vienna. “We agree,” Berg said.\n\nHolm lied."
OTHER = "VIENNA (Reuters) - It rained, and Iran won’t talk.\n\nJoe Biden smiled."


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder to work in, with a place to keep in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("WORKBOOK_KEEP", raising=False)
    kept.make_kept(tmp_path / "kept")
    return tmp_path / "kept"


@pytest.fixture
def asked(monkeypatch):
    """What is worked out: the texts parsed, one by one."""
    texts = []
    parse_sentences = parse.parse_sentences

    def note(told, *rest):
        texts.extend(told)
        return parse_sentences(told, *rest)

    monkeypatch.setattr(parse, "parse_sentences", note)
    return texts


def files(place):
    return {path.name for path in place.iterdir()} - {"README.txt"}


def split(*texts):
    return wb.split_tokens(wb.read_texts(list(texts)))


def check_same(one, two):
    """The same to the last bit: columns, types, what is missing, every number."""
    assert one.dtypes.to_dict() == two.dtypes.to_dict()
    pd.testing.assert_frame_equal(one, two, check_exact=True)
    assert one.to_parquet() == two.to_parquet()


def find_all(*texts):
    """The tables that come from what is kept."""
    articles = wb.read_texts(list(texts))
    sentences = wb.split_sentences(articles)
    tokens = wb.split_tokens(articles, sentences)
    speech = wb.find_speech(articles, tokens)
    mentions = wb.find_mentions(articles, tokens, speech)
    quotes = wb.find_quotes(articles, tokens, mentions, speech)
    return tokens, mentions, quotes, wb.score_stance(mentions, sentences, quotes, speech)


# Exact.


def test_what_is_kept_is_what_is_made_and_nothing_is_made_twice(place, asked, monkeypatch):
    with kept.afresh():
        fresh = find_all(TEXT, OTHER)
    assert files(place) == set()
    first = find_all(TEXT, OTHER)
    assert len(files(place)) == 6  # of each article the parse, what is read of names, the tone
    asked.clear()
    for room in (encoder, stance):
        called = "read_windows" if room is encoder else "score_articles"
        monkeypatch.setattr(room, called, lambda *_: pytest.fail("made again"))
    second = find_all(TEXT, OTHER)
    assert asked == []
    for tables in zip(fresh, first, second, strict=True):
        check_same(tables[0], tables[1])
        check_same(tables[0], tables[2])


TEXTS = st.lists(
    st.sampled_from(["", "It rained.", TEXT, OTHER, "😀 \ud800", "Share this article", "\0"])
    | st.text(max_size=30),
    min_size=1,
    max_size=4,
)


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(TEXTS)
def test_any_text_is_kept_as_it_is_parsed(place, texts):
    with warnings.catch_warnings(action="ignore"):
        articles = wb.read_texts([*texts, "It rained in Linz."])
    with kept.afresh():
        fresh = wb.split_tokens(articles)
    check_same(wb.split_tokens(articles), fresh)
    check_same(wb.split_tokens(articles), fresh)


def test_numbers_and_texts_come_back_with_their_types(place):
    made = {
        "texts": np.array(["a", None, "é 😀"], dtype=object),
        "none": np.array([None, None, None], dtype=object),
        "whole": np.array([1, 2, 3]),
        "small": np.array([[0.1, -np.inf], [np.nan, 2], [3, 4]], dtype="float32"),
        "truth": np.array([True, False, True]),
    }
    for values in (made, {name: array[:0] for name, array in made.items()}):
        kept.write_kept(place / f"{64 * 'a'}.parquet", values)
        found = kept.read_kept(place / f"{64 * 'a'}.parquet")
        for name, array in values.items():
            assert (found[name].dtype, found[name].shape) == (array.dtype, array.shape)
            np.testing.assert_array_equal(found[name], array)


def test_only_what_is_new_is_made(place, asked):
    split(TEXT)
    asked.clear()
    tokens = split(OTHER, TEXT, "It snowed.")
    assert "It snowed." in asked and "Holm lied." not in asked
    assert tokens["doc_id"].nunique() == 3
    asked.clear()
    split(TEXT.replace("lied", "left"))
    assert "Holm left." in asked


def test_of_no_articles_there_is_nothing_to_keep(place):
    articles = wb.read_texts(TEXT).head(0)
    assert wb.split_tokens(articles).empty and files(place) == set()


# Out of date.


def test_another_version_or_other_code_makes_it_again(place, asked, monkeypatch):
    split("It rained.")
    monkeypatch.setattr(kept, "__version__", "99")
    split("It rained.")
    monkeypatch.setattr(kept, "name_maker", lambda maker: "other code")
    split("It rained.")
    assert (asked, len(files(place))) == (["It rained."] * 3, 3)


def test_the_name_of_a_maker_stands_for_its_code_data_and_packages(tmp_path, monkeypatch):
    (tmp_path / "words.csv").write_text("a")
    monkeypatch.setattr(kept, "resource", lambda _: tmp_path)
    made = [kept.Maker((), ("*.csv",), ("numpy",)), kept.Maker(("parse/*.py",), (), ("numpy",))]
    made.append(kept.Maker((), ("*.csv",), ("pandas",)))
    names = [kept.name_maker.__wrapped__(maker) for maker in made]
    (tmp_path / "words.csv").write_text("b")
    names.append(kept.name_maker.__wrapped__(made[0]))
    assert len(set(names)) == 4


def test_of_too_much_what_was_used_longest_ago_goes_first(place, monkeypatch):
    for number, text in enumerate(["It rained.", "It snowed.", "It froze."]):
        split(text)
        for name in files(place):
            if (place / name).stat().st_mtime > 100:
                os.utime(place / name, (number, number))
    (place / "mine.parquet").write_bytes(b"mine")
    split("It rained.")  # is used again
    oldest = kept.list_kept(place)[0][2]
    monkeypatch.setattr(kept, "MOST_KEPT", sum(size for _, size, _ in kept.list_kept(place)))
    split("It thawed.")
    assert oldest.name not in files(place) and len(files(place)) == 4
    assert (place / "mine.parquet").read_bytes() == b"mine"


# In nobody's way.


@pytest.mark.parametrize("damage", ["cut", "changed", "another", "empty", "folder"])
def test_what_is_damaged_or_anothers_is_made_again(place, asked, damage):
    fresh = split(TEXT)
    (name,) = files(place)
    path, whole = place / name, (place / name).read_bytes()
    if damage == "folder":
        path.unlink()
        path.mkdir()
    elif damage == "another":
        fresh.to_parquet(path)
    else:
        changed = bytearray(whole)
        changed[40] ^= 255
        path.write_bytes({"cut": whole[:-50], "changed": bytes(changed), "empty": b""}[damage])
    asked.clear()
    check_same(split(TEXT), fresh)
    assert "Holm lied." in asked
    if damage != "folder":
        assert path.read_bytes() == whole


def test_in_a_folder_of_that_name_that_is_anothers_nothing_is_touched(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("WORKBOOK_KEEP", raising=False)
    (tmp_path / "kept").mkdir()
    split("It rained.")
    (tmp_path / "kept" / "README.txt").write_text("My letters.")
    split("It rained.")
    monkeypatch.setenv("WORKBOOK_KEEP", str(tmp_path / "kept"))
    split("It rained.")
    assert [path.name for path in tmp_path.rglob("*")] == ["kept", "README.txt"]


def test_where_nothing_can_be_written_the_analysis_goes_on(place, monkeypatch):
    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(kept, "write_whole", fail)
    assert split("It rained.")["token"].tolist() == ["It", "rained", "."]
    assert files(place) == set()


def test_several_at_once_do_not_disturb_each_other(place):
    with kept.afresh():
        fresh = split(TEXT)
    parse.language_model()
    with ThreadPoolExecutor(4) as readers:
        for found in readers.map(lambda _: split(TEXT), range(8)):
            check_same(found, fresh)
    assert len(files(place)) == 1


# Where.


def test_a_variable_names_a_folder_for_all_work(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WORKBOOK_KEEP", str(tmp_path / "all" / "kept"))
    split("It rained.")
    assert len(files(tmp_path / "all" / "kept")) == 1
    assert main(["doctor"]) == 0
    said = capsys.readouterr().out
    assert f"✓ kept: 0.0 MB worked out already, in {tmp_path / 'all' / 'kept'}" in said
    monkeypatch.setenv("WORKBOOK_KEEP", str(tmp_path / "all"))
    assert main(["doctor"]) == 1
    assert "✗ kept: nothing can be kept in" in capsys.readouterr().out


def test_a_story_has_a_place_to_keep_in_which_is_no_article(tmp_path, monkeypatch):
    monkeypatch.delenv("WORKBOOK_KEEP", raising=False)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    make_story(tmp_path / "desk", tmp_path / "a.txt")
    monkeypatch.chdir(tmp_path / "desk")
    tokens = wb.split_tokens(wb.read_articles("a.txt"))
    assert len(files(tmp_path / "desk" / "kept")) == 1 and len(tokens)
    assert not [path for path in find_files(".") if "kept" in path.parts]


@pytest.mark.slow
def test_a_report_is_the_same_with_what_is_kept_and_is_verified_without_it(place, monkeypatch):
    (place.parent / "a.txt").write_text(TEXT, encoding="utf-8")
    written = []
    for _ in range(2):
        assert main(["report", "a.txt", "--quiet"]) == 0
        written.append((place.parent / "reports" / "a.html").read_bytes())
        assert len(files(place)) >= 3
    assert written[0] == written[1]
    monkeypatch.setattr(kept, "read_kept", lambda _: pytest.fail("read"))
    assert verify_report("reports/a.html")[0]
