"""What is counted of words, and the statistics: by hand, by published example, by a peer."""

import importlib
import math
import random
import sys
import warnings
from collections import Counter
from importlib.resources import files
from types import SimpleNamespace

import nltk
import numpy as np
import pandas as pd
import pytest
import scipy.io
import scipy.stats
from nltk.metrics.association import BigramAssocMeasures
from parts import parts
from sklearn.feature_extraction.text import CountVectorizer
from typed_words import name_mentions, type_tokens, type_words

import analysis as wb
from analysis import schema
from analysis.errors import ArticleError, SchemaError, WorkbookError
from analysis.measure.inference import share_interval
from analysis.measure.keyness import general_english


def spans(*rows, column="speaker"):
    """A table of spans: doc_id, start, end, and whose they are."""
    return pd.DataFrame(rows, columns=["doc_id", "start", "end", column])


def counted(counts, *columns):
    """Rows of a table as tuples, of some columns."""
    return list(counts[[*columns]].itertuples(index=False, name=None))


# Words and runs


def test_words_are_counted_with_the_number_of_articles_they_stand_in():
    tokens = type_tokens("snow rain snow.", "snow.", "rain hail.")
    assert wb.count_words(tokens).values.tolist() == [
        ["snow", "NOUN", 3, 3 / 6, 500, 2],
        ["rain", "NOUN", 2, 2 / 6, pytest.approx(1000 / 3), 2],
        ["hail", "NOUN", 1, 1 / 6, pytest.approx(1000 / 6), 1],
    ]


def test_forms_are_counted_in_small_letters_and_dictionary_forms_apart():
    tokens = type_tokens("Falls fell falls.", lemmas={"Falls": "fall", "falls": "fall"})
    assert counted(wb.count_words(tokens, unit="form"), "word", "n") == [("falls", 2), ("fell", 1)]
    assert counted(wb.count_words(tokens), "lemma", "n") == [("fall", 2), ("fell", 1)]


SENTENCES = ["The snow fell", "The snow and the rain fell", "Rain fell and the snow fell"]


@pytest.mark.parametrize("n", [1, 2, 3, 6, 7])
def test_runs_of_words_are_those_of_nltk(n):
    expected = Counter()
    for sentence in SENTENCES:
        expected.update(" ".join(run) for run in nltk.ngrams(sentence.lower().split(), n))
    counts = wb.count_words(type_tokens(". ".join(SENTENCES)), n=n, unit="form", pos=None)
    assert dict(counted(counts, "word", "n")) == expected
    assert counts["share"].tolist() == (counts["n"] / 15).tolist()


RUNS = [
    ("Snow, rain fell.", 2, ["rain fell"]),
    ("Snow fell. Rain.", 2, ["snow fell"]),
    ("A well-known firm.", 3, ["a well known", "well known firm"]),
    ("Snow - rain.", 2, []),
    ("“Snow” fell.", 2, []),
]


@pytest.mark.parametrize("text, n, expected", RUNS)
def test_marks_and_ends_of_sentences_part_runs_and_hyphens_do_not(text, n, expected):
    counts = wb.count_words(type_tokens(text), n=n, unit="form", pos=None)
    assert sorted(counts["word"]) == expected


def test_a_run_begins_and_ends_with_chosen_words():
    tokens = type_tokens("snow of rain of.", pos={"of": "ADP"}, lemmas={"snow": "Snow"})
    chosen = wb.count_words(tokens, n=3)
    assert chosen["word"].tolist() == ["snow of rain"]
    assert wb.count_words(tokens, n=2).empty
    stopped = wb.count_words(tokens, n=3, pos=None, stopwords=["OF"])
    assert stopped["word"].tolist() == ["snow of rain"]


@pytest.mark.parametrize("stopwords", [["Snow"], ("SNOW",), pd.DataFrame({"word": ["snow"]})])
def test_stopwords_are_left_out_and_still_count_as_words(stopwords):
    counts = wb.count_words(type_tokens("Snow fell. The snow."), stopwords=stopwords)
    assert counted(counts, "lemma", "share") == [("fell", 1 / 4), ("the", 1 / 4)]


def test_the_workbooks_stopwords_are_words_of_grammar():
    counts = wb.count_words(type_tokens("The snow of it fell."), stopwords=wb.read_stopwords())
    assert counts["lemma"].tolist() == ["fell", "snow"]


def test_with_names_the_words_of_a_name_are_one():
    articles, tokens = type_words("The White House fell. White snow. White House.")
    names = name_mentions(articles, "White House")
    counts = wb.count_words(tokens, names=names)
    assert counted(counts, "word", "n", "share") == [
        ("White House", 2, 2 / 6),
        ("fell", 1, 1 / 6),
        ("snow", 1, 1 / 6),
        ("the", 1, 1 / 6),
        ("white", 1, 1 / 6),
    ]
    runs = wb.count_words(tokens, names=names, unit="form", n=2, pos=None)
    assert runs["word"].tolist() == ["the White House", "White House fell", "white snow"]


@pytest.mark.parametrize(
    "options, message",
    [
        ({"unit": "stem"}, "words are counted by lemma or form, not “stem”"),
        ({"n": 0}, "runs have 1 to 10 words, not 0"),
        ({"n": 11}, "runs have 1 to 10 words, not 11"),
    ],
)
def test_there_are_two_units_and_runs_of_one_to_ten_words(options, message):
    with pytest.raises(SchemaError, match=message):
        wb.count_words(type_tokens("Snow."), **options)


def test_a_text_shorter_than_a_run_has_none_whatever_is_left_out():
    assert wb.count_words(type_tokens("Snow."), n=2, stopwords=["the"]).empty


# Groups


DATED = ["2024-01-31", "2024-02-01", "2024-02-29", "last week"]


@pytest.fixture(scope="module")
def issues():
    """Four articles with outlets and dates, one of each missing, and their tokens."""
    articles, tokens = type_words("snow rain.", "snow snow.", "hail.", "fog.")
    return articles.assign(outlet=["X", "X", "Y", None], published=DATED), tokens


def test_words_by_outlet_are_shares_of_the_words_of_the_outlet(issues):
    articles, tokens = issues
    counts = wb.count_words(tokens, by="outlet", table=articles)
    assert counts.drop(columns=["pos", "per_1000_words"]).values.tolist() == [
        ["X", "snow", 3, 3 / 4, 2],
        ["X", "rain", 1, 1 / 4, 1],
        ["Y", "hail", 1, 1, 1],
    ]


@pytest.mark.parametrize(
    "by, expected",
    [
        ("year", {"2024": 5}),
        ("month", {"2024-01": 2, "2024-02": 3}),
        ("day", {"2024-01-31": 2, "2024-02-01": 2, "2024-02-29": 1}),
        ("published", {"2024-01-31": 2, "2024-02-01": 2, "2024-02-29": 1, "last week": 1}),
    ],
)
def test_words_are_counted_by_the_date_of_publication_where_it_is_one(issues, by, expected):
    articles, tokens = issues
    counts = wb.count_words(tokens, by=by, table=articles)
    assert counts.groupby(by)["n"].sum().to_dict() == expected


def test_several_columns_part_words_more_finely(issues):
    articles, tokens = issues
    counts = wb.count_words(tokens, by=["outlet", "month", "sentence_id"], table=articles)
    assert counted(counts, "outlet", "month", "sentence_id", "lemma", "share") == [
        ("X", "2024-01", 1, "rain", 1 / 2),
        ("X", "2024-01", 1, "snow", 1 / 2),
        ("X", "2024-02", 1, "snow", 1),
        ("Y", "2024-02", 1, "hail", 1),
    ]


def test_words_by_speaker_are_those_within_the_spans():
    tokens = type_tokens("snow fell snow fell rain.", "rain.")
    said = spans(("a", 0, 9, "Ann"), ("a", 10, 14, "Bob"), ("b", 0, 5, "Ann"))
    counts = wb.count_words(tokens, by="speaker", table=said)
    assert counted(counts, "speaker", "lemma", "n", "share", "articles") == [
        ("Ann", "fell", 1, 1 / 3, 1),
        ("Ann", "rain", 1, 1 / 3, 1),
        ("Ann", "snow", 1, 1 / 3, 1),
        ("Bob", "snow", 1, 1, 1),
    ]


def test_a_word_in_several_spans_is_counted_once_for_each_speaker():
    tokens = type_tokens("snow fell.")
    said = spans(("a", 0, 9, "Ann"), ("a", 0, 4, "Ann"), ("a", 0, 4, "Bob"), ("a", 5, 9, None))
    counts = wb.count_words(tokens, by="speaker", table=said)
    assert counted(counts, "speaker", "lemma", "n") == [
        ("Ann", "fell", 1),
        ("Ann", "snow", 1),
        ("Bob", "snow", 1),
    ]


def test_runs_do_not_leave_their_group():
    tokens = type_tokens("snow fell rain fell.")
    said = spans(("a", 0, 9, "Ann"), ("a", 10, 19, "Bob"))
    counts = wb.count_words(tokens, n=2, by="speaker", table=said)
    assert counted(counts, "speaker", "word") == [("Ann", "snow fell"), ("Bob", "rain fell")]


def test_an_actors_words_are_those_of_the_sentences_that_mention_it():
    articles, tokens = type_words("Ann met Bob. Ann left. It rained.", "Ann.")
    named = name_mentions(articles, "Ann", "Bob")
    counts = wb.count_words(tokens, by="actor", table=named, whole_sentences=True)
    assert counted(counts, "actor", "lemma", "n", "share") == [
        ("Ann", "ann", 3, 3 / 6),
        ("Ann", "bob", 1, 1 / 6),
        ("Ann", "left", 1, 1 / 6),
        ("Ann", "met", 1, 1 / 6),
        ("Bob", "ann", 1, 1 / 3),
        ("Bob", "bob", 1, 1 / 3),
        ("Bob", "met", 1, 1 / 3),
    ]
    alone = wb.count_words(tokens, by="actor", table=named)
    assert counted(alone, "actor", "lemma", "n") == [("Ann", "ann", 3), ("Bob", "bob", 1)]


def test_a_name_counts_in_every_group_that_its_sentence_belongs_to():
    articles, tokens = type_words("Ann Lee met Bob Reed.")
    named = name_mentions(articles, "Ann Lee", "Bob Reed")
    counts = wb.count_words(tokens, names=named, by="actor", table=named, whole_sentences=True)
    assert counted(counts, "actor", "word") == [
        ("Ann Lee", "Ann Lee"),
        ("Ann Lee", "Bob Reed"),
        ("Ann Lee", "met"),
        ("Bob Reed", "Ann Lee"),
        ("Bob Reed", "Bob Reed"),
        ("Bob Reed", "met"),
    ]


SAID = "“Snow is bad,” Bob Reed said."


def test_the_words_of_speech_belong_to_the_speaker_and_not_what_introduces_them():
    _, tokens, speech, _, quotes = parts(SAID)
    said = speech.merge(quotes[["doc_id", "quote_id", "speaker"]], on=["doc_id", "quote_id"])
    counts = wb.count_words(tokens, by="speaker", table=said, unit="form", pos=None)
    assert counted(counts, "speaker", "word") == [
        ("Bob Reed", "bad"),
        ("Bob Reed", "is"),
        ("Bob Reed", "snow"),
    ]


def test_words_are_counted_by_the_speakers_of_the_passages_of_speech():
    articles, tokens, speech, _, quotes = parts(SAID)
    voiced = wb.select_voiced(quotes, speech, wb.split_sentences(articles))
    counts = wb.count_words(tokens, by="speaker", table=voiced, unit="form", pos=None)
    assert counts["speaker"].unique().tolist() == ["Bob Reed"]
    assert "said" not in counts["word"].tolist()


GROUPS_WRONG = [
    ("outlet", None, "no column `outlet` in the tokens to count by. Say which table has it"),
    ("outlt", "articles", "no column `outlt` in that table .* Did you mean `outlet`?"),
    ("zzz", "articles", "no column `zzz` in that table to count by. It has doc_id, title"),
    ("outlet", "twice", "several rows for an article and no spans. Keep one"),
    ("n", "counts", "no column `doc_id` in that table to join it by"),
]


@pytest.mark.parametrize("by, table, message", GROUPS_WRONG)
def test_what_words_cannot_be_counted_by(issues, by, table, message):
    articles, tokens = issues
    tables = {"articles": articles, "twice": pd.concat([articles, articles])}
    tables["counts"] = pd.DataFrame({"n": [1]})
    for count in (wb.count_words, wb.score_diversity, wb.score_readability, wb.count_matrix):
        with pytest.raises(SchemaError, match=message):
            count(tokens, by=by, table=tables.get(table))


def test_words_are_counted_by_part_of_speech():
    counts = wb.count_words(type_tokens("snow snow fell.", pos={"fell": "VERB"}), by="pos")
    assert counted(counts, "pos", "lemma", "share") == [("NOUN", "snow", 1), ("VERB", "fell", 1)]


@pytest.mark.parametrize("score", [wb.score_diversity, wb.score_readability])
def test_without_groups_all_words_have_one_score(score):
    assert score(type_tokens("snow.", "rain fell."), by=None)["words"].tolist() == [3]


def test_tokens_are_selected_within_spans_and_outside_of_them():
    tokens = type_tokens("snow fell. rain fell.", "hail fell.")
    said = spans(("a", 0, 4, "Ann"), ("b", 5, 9, "Ann"), ("z", 0, 9, "Ann"))
    assert wb.select_tokens(tokens, said)["token"].tolist() == ["snow", "fell"]
    rest = wb.select_tokens(tokens, said, inside=False)["token"].tolist()
    assert rest == ["fell", ".", "rain", "fell", ".", "hail", "."]
    wide = wb.select_tokens(tokens, said, whole_sentences=True)["token"].tolist()
    assert wide == ["snow", "fell", ".", "hail", "fell", "."]


@pytest.mark.parametrize(
    "start, end, expected", [(2, 6, ["snow", "fell"]), (0, 5, ["snow"]), (4, 5, [])]
)
def test_a_token_belongs_to_a_span_that_touches_it(start, end, expected):
    found = wb.select_tokens(type_tokens("snow fell."), spans(("a", start, end, "Ann")))
    assert found["token"].tolist() == expected


@pytest.mark.parametrize("column", ["doc_id", "start", "end"])
def test_spans_need_an_article_a_beginning_and_an_end(column):
    with pytest.raises(SchemaError, match=f"no column `{column}` in the spans. They need doc_id"):
        wb.select_tokens(type_tokens("snow."), spans(("a", 0, 4, "Ann")).drop(columns=column))


def test_a_span_holds_no_tokens_of_another_article():
    tokens = type_tokens("snow fell. rain fell.", "hail fell.")
    first = tokens[(tokens["doc_id"] == "b") | (tokens["sentence_id"] == 1)]
    assert wb.select_tokens(first, spans(("a", 11, 21, "Ann"))).empty


def test_words_that_were_taken_out_part_runs():
    rest = wb.select_tokens(type_tokens("old “red” snow."), spans(("a", 4, 9, "Ann")), inside=False)
    assert wb.count_words(rest, n=2).empty


# Document-feature matrix


TEXTS = ["snow fell and snow lay", "rain fell", "snow"]


def test_a_matrix_is_that_of_scikit_learn():
    vectorizer = CountVectorizer(analyzer=str.split)
    expected = vectorizer.fit_transform(TEXTS).toarray()
    matrix = wb.count_matrix(type_tokens(*TEXTS), unit="form", pos=None)
    wide = matrix.pivot_table(values="n", index="document", columns="word", fill_value=0)
    assert wide.columns.tolist() == vectorizer.get_feature_names_out().tolist()
    assert wide.index.tolist() == ["a", "b", "c"]
    assert (wide.to_numpy() == expected).all()


def test_a_matrix_of_runs_is_that_of_scikit_learn():
    vectorizer = CountVectorizer(ngram_range=(2, 2), token_pattern=r"\w+")
    expected = vectorizer.fit_transform(TEXTS)
    matrix = wb.count_matrix(type_tokens(*TEXTS), unit="form", pos=None, n=2)
    names = vectorizer.get_feature_names_out()
    rows, columns = expected.nonzero()
    cells = {("abc"[row], names[column]) for row, column in zip(rows, columns, strict=True)}
    assert set(counted(matrix, "document", "word")) == cells


def test_a_matrix_has_a_row_a_text_and_word_in_it():
    assert wb.count_matrix(type_tokens(*TEXTS), stopwords=["fell", "and"]).values.tolist() == [
        ["a", "lay", 1],
        ["a", "snow", 2],
        ["b", "rain", 1],
        ["c", "snow", 1],
    ]


@pytest.mark.parametrize(
    "least, expected",
    [
        ({"min_n": 3}, {"snow"}),
        ({"min_n": 2}, {"snow", "fell"}),
        ({"min_articles": 2}, {"snow", "fell"}),
        ({"min_articles": 3}, set()),
    ],
)
def test_rare_words_can_be_left_out_of_a_matrix(least, expected):
    assert set(wb.count_matrix(type_tokens(*TEXTS), **least)["word"]) == expected


def test_a_text_of_a_matrix_is_what_it_is_counted_by(issues):
    articles, tokens = issues
    matrix = wb.count_matrix(tokens, by="outlet", table=articles)
    assert matrix.values.tolist() == [["X", "rain", 1], ["X", "snow", 3], ["Y", "hail", 1]]
    with pytest.raises(SchemaError, match="name one column"):
        wb.count_matrix(tokens, by=["doc_id"])


def test_a_matrix_that_is_written_is_read_back_and_read_by_scipy(tmp_path):
    matrix = wb.count_matrix(type_tokens(*TEXTS), pos=None, n=2, unit="form")
    wb.write_matrix(matrix, tmp_path / "m")
    pd.testing.assert_frame_equal(wb.read_matrix(tmp_path / "m"), matrix)
    with open(tmp_path / "m" / "matrix.mtx", "rb") as file:
        cells = scipy.io.mmread(file).toarray()
    # and snow | fell and | rain fell | snow fell | snow lay
    assert cells.tolist() == [[1, 1, 0, 1, 1], [0, 0, 1, 0, 0]]
    lines = [(tmp_path / "m" / name).read_text().splitlines() for name in ("documents.txt",)]
    assert lines == [["a", "b"]]
    words = (tmp_path / "m" / "words.txt").read_text().splitlines()
    assert words == ["and snow", "fell and", "rain fell", "snow fell", "snow lay"]
    assert sorted(path.name for path in (tmp_path / "m").iterdir()) == [
        "documents.txt",
        "matrix.mtx",
        "words.txt",
    ]


def test_an_earlier_matrix_is_replaced_and_an_empty_one_is_a_matrix(tmp_path):
    matrix = wb.count_matrix(type_tokens(*TEXTS))
    for each in (matrix, matrix.head(0), matrix.tail(1).reset_index(drop=True)):
        wb.write_matrix(each, tmp_path)
        pd.testing.assert_frame_equal(wb.read_matrix(tmp_path), each)


def test_a_folder_that_holds_something_else_is_not_replaced(tmp_path):
    matrix = wb.count_matrix(type_tokens(*TEXTS))
    for folder, name in (("notes", "notes.txt"), ("other", "matrix.mtx"), ("both", "a.csv")):
        (tmp_path / folder).mkdir()
        if folder == "both":
            wb.write_matrix(matrix, tmp_path / folder)
        (tmp_path / folder / name).write_text("mine", encoding="utf-8")
        with pytest.raises(WorkbookError, match="holds something else than an earlier matrix"):
            wb.write_matrix(matrix, tmp_path / folder)
        assert (tmp_path / folder / name).read_text(encoding="utf-8") == "mine"


def test_a_matrix_is_not_written_in_the_place_of_a_file_or_the_folder_at_work(
    tmp_path, monkeypatch
):
    matrix = wb.count_matrix(type_tokens(*TEXTS))
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(WorkbookError, match="is there already, and not a folder"):
        wb.write_matrix(matrix, tmp_path / "file")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    with pytest.raises(WorkbookError, match="is the folder that you work in"):
        wb.write_matrix(matrix, ".")
    with pytest.raises(SchemaError, match="not a matrix table"):
        wb.write_matrix(pd.DataFrame(), tmp_path / "new")


def test_a_folder_without_a_matrix_cannot_be_read(tmp_path):
    with pytest.raises(ArticleError, match="Name the folder that write_matrix made"):
        wb.read_matrix(tmp_path)
    wb.write_matrix(wb.count_matrix(type_tokens(*TEXTS)), tmp_path)
    (tmp_path / "words.txt").write_text("one\n", encoding="utf-8")
    with pytest.raises(ArticleError, match="no matrix that write_matrix made"):
        wb.read_matrix(tmp_path)


# Keyness


def compared(target, reference, **options):
    """Two texts compared, given how often each word is in them."""
    tokens = type_tokens(
        *(
            " ".join(" ".join([word] * n) for word, n in text.items())
            for text in (target, reference)
        )
    )
    first = tokens["doc_id"] == "a"
    found = wb.compare_words(tokens[first], tokens[~first], **({"min_n": 1} | options))
    return found.set_index("word")


# how often a word is among how many words, in the target and in the reference
FOURFOLD = [(20, 1000, 5, 2000), (3, 100, 40, 300), (7, 50, 7, 60), (4, 90, 0, 30), (0, 30, 9, 99)]


@pytest.mark.parametrize("n, words, other, others", FOURFOLD)
def test_log_likelihood_and_p_are_those_of_scipy_and_nltk(n, words, other, others):
    target, reference = {"snow": n, "x": words - n}, {"snow": other, "x": others - other}
    row = compared(target, reference).loc["snow"]
    fourfold = [[n, words - n], [other, others - other]]
    g2, p, _, _ = scipy.stats.chi2_contingency(fourfold, correction=False, lambda_="log-likelihood")
    sign = math.copysign(1, n / words - other / others)
    assert row["log_likelihood"] == pytest.approx(sign * g2)
    assert row["p"] == pytest.approx(p)
    assert row["p"] == pytest.approx(scipy.stats.chi2.sf(g2, 1))
    own = BigramAssocMeasures.likelihood_ratio(n, (words, n + other), words + others)
    assert abs(row["log_likelihood"]) == pytest.approx(own)


def test_counts_and_rates_of_both_texts():
    found = compared({"snow": 8, "rain": 92}, {"snow": 2, "rain": 98})
    columns = ["n_target", "words_target", "per_1000_target"]
    columns += ["n_reference", "words_reference", "per_1000_reference", "difference"]
    assert found.loc["snow", columns].tolist() == pytest.approx([8, 100, 80, 2, 100, 20, 60])
    assert found.index.tolist() == ["snow", "rain"]


# Hardie 2014: the binary logarithm of the ratio of rates; half an occurrence stands for none
LOG_RATIOS = [
    ((8, 100), (2, 100), 2),  # .08 / .02 = 4
    ((3, 100), (6, 100), -1),  # .03 / .06 = 1/2
    ((4, 100), (0, 200), 4),  # .04 / (.5 / 200) = 16
    ((0, 200), (8, 100), -5),  # (.5 / 200) / .08 = 1/32
]


@pytest.mark.parametrize("target, reference, expected", LOG_RATIOS)
def test_log_ratio_by_hand_after_hardie(target, reference, expected):
    counts = [{"snow": n, "x": words - n} for n, words in (target, reference)]
    assert compared(*counts).loc["snow", "log_ratio"] == pytest.approx(expected)


# Newcombe 1998 (Statistics in Medicine 17, 873-890), table II, method 10
NEWCOMBE = [
    ((56, 70), (48, 80), 0.0524, 0.3339),
    ((9, 10), (3, 10), 0.1705, 0.8090),
    ((6, 7), (2, 7), 0.0582, 0.8062),
    ((5, 56), (0, 29), -0.0381, 0.1926),
    ((10, 10), (0, 20), 0.6791, 1.0000),
    ((10, 10), (0, 10), 0.6075, 1.0000),
]


@pytest.mark.parametrize("target, reference, low, high", NEWCOMBE)
def test_the_interval_of_a_difference_is_newcombes(target, reference, low, high):
    counts = [{"snow": n, "x": words - n} for n, words in (target, reference)]
    row = compared(*counts).loc["snow"]
    assert row["low"] / 1000 == pytest.approx(low, abs=5e-5)
    assert row["high"] / 1000 == pytest.approx(high, abs=5e-5)


# Newcombe 1998 (Statistics in Medicine 17, 857-872), table I, method 3
WILSON = [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611)]
WILSON += [(1, 29, 0.0061, 0.1718)]


@pytest.mark.parametrize("n, words, low, high", WILSON)
def test_the_interval_of_a_share_is_wilsons(n, words, low, high):
    assert share_interval(n / words, words) == pytest.approx((low, high), abs=5e-5)
    peer = scipy.stats.binomtest(n, words).proportion_ci(method="wilson")
    assert share_interval(n / words, words) == pytest.approx((peer.low, peer.high), abs=1e-7)


def test_what_is_in_the_target_and_the_reference_is_taken_from_the_reference():
    tokens = type_tokens("snow snow rain.", "rain rain hail.")
    target = tokens[tokens["doc_id"] == "a"]
    found = wb.compare_words(target, tokens, min_n=1)
    assert counted(found, "word", "n_target", "words_target", "n_reference", "words_reference") == [
        ("snow", 2, 3, 0, 3),
        ("rain", 1, 3, 2, 3),
        ("hail", 0, 3, 1, 3),
    ]
    said = spans(("a", 0, 9, "Ann"))
    apart = wb.select_tokens(tokens, said), wb.select_tokens(tokens, said, inside=False)
    whole = wb.compare_words(apart[0], tokens, min_n=1)
    pd.testing.assert_frame_equal(wb.compare_words(*apart, min_n=1), whole)


def test_the_most_remarkable_word_of_the_target_comes_first_and_of_the_reference_last():
    found = compared({"snow": 30, "rain": 10, "x": 60}, {"hail": 30, "rain": 10, "fog": 60})
    assert found.index.tolist() == ["x", "snow", "rain", "hail", "fog"]


def test_words_are_chosen_and_rare_ones_left_out():
    counts = {"snow": 2, "rain": 1, "hail": 5}, {"snow": 1, "rain": 1}
    assert set(compared(*counts, min_n=3).index) == {"snow", "hail"}
    assert set(compared({"snow": 2, "rain": 1}, {"snow": 1, "fog": 4}, min_n=3).index) == {
        "snow",
        "fog",
    }
    assert set(compared(*counts, stopwords=["Snow"]).index) == {"rain", "hail"}
    assert compared(*counts, pos="VERB").empty
    assert compared(*counts, stopwords=["snow"])["words_target"].tolist() == [8, 8]


def test_dictionary_forms_forms_or_names_are_compared():
    articles, tokens = type_words("White House fell.", "House falls.", lemmas={"falls": "fall"})
    first = tokens["doc_id"] == "a"
    pair = tokens[first], tokens[~first]

    def words(**options):
        return sorted(wb.compare_words(*pair, min_n=1, **options)["word"])

    assert words() == ["fall", "fell", "house", "white"]
    assert words(unit="form") == ["falls", "fell", "house", "white"]
    names = name_mentions(articles, "White House")
    assert words(names=names) == ["White House", "fall", "fell", "house"]
    assert words(names=names, unit="form") == ["White House", "falls", "fell", "house"]


def test_a_flag_says_what_is_too_little():
    texts = ["snow " * 4 + "rain rain hail", "rain " * 3, "fog " * 4 + "snow"]
    tokens = type_tokens(*texts)
    target = tokens["doc_id"].isin(["a", "b"])
    found = wb.compare_words(tokens[target], tokens[~target], min_n=1).set_index("word")["flag"]
    assert found.fillna("").to_dict() == {
        "rain": "",
        "snow": "in one article only",
        "hail": "fewer than 5 in all; in one article only",
        "fog": "fewer than 5 in all",
    }
    one = wb.compare_words(tokens[tokens["doc_id"] == "a"], tokens[~target], min_n=1)
    assert one.set_index("word").loc["snow", "flag"] is np.nan


ENGLISH = "snow " * 6 + "zyxt " * 5 + "the " * 89


@pytest.fixture(scope="module")
def against_english():
    return wb.compare_words(type_tokens(ENGLISH), pos=None).set_index("word")


def test_general_english_has_rates_and_no_counts(against_english):
    assert against_english[["n_reference", "words_reference"]].isna().all(axis=None)
    rate = general_english()["snow"]
    row = against_english.loc["snow"]
    assert row["per_1000_reference"] == pytest.approx(1000 * rate)
    assert row["difference"] == pytest.approx(60 - 1000 * rate)
    assert row["log_ratio"] == pytest.approx(math.log2(0.06 / rate))


def test_against_general_english_g2_is_that_of_one_sample(against_english):
    expected = 100 * general_english()["snow"]
    peer = scipy.stats.power_divergence([6, 94], [expected, 100 - expected], lambda_=0)
    row = against_english.loc["snow"]
    assert (row["log_likelihood"], row["p"]) == pytest.approx((peer.statistic, peer.pvalue))
    low, high = share_interval(6 / 100, 100)
    rate = expected / 100
    assert row["low"] == pytest.approx(1000 * (low - rate))
    assert row["high"] == pytest.approx(1000 * (high - rate))


def test_a_word_that_general_english_lacks_is_flagged(against_english):
    assert against_english["flag"].fillna("").to_dict() == {
        "the": "",
        "snow": "",
        "zyxt": "not in the list of general English",
    }


def test_against_general_english_pieces_of_contractions_and_numbers_are_left_out():
    tokens = wb.split_tokens(wb.read_texts("Iran’s men can’t pay 5 dollars."))
    found = wb.compare_words(tokens, pos=None, min_n=1)
    assert sorted(found["word"]) == ["dollars", "iran", "men", "pay"]
    assert set(found["words_target"]) == {4}


@pytest.mark.parametrize("options", [{"unit": "lemma"}, {"names": pd.DataFrame()}])
def test_general_english_is_a_list_of_forms(options):
    with pytest.raises(SchemaError, match="general English is a list of forms: leave out `unit`"):
        wb.compare_words(type_tokens("snow."), **options)


# Collocates


# Without tea there are nine words, three of them beside it: strong twice, green once.
TEA = "strong tea. strong tea. green tea. strong wind. old wind. cold wind."
# From these counts by hand; G² is that of scipy.
BY_HAND = {
    "strong": {
        "expected": 1,  # 3 × 3 / 9
        "pmi": 1,  # Church & Hanks 1990: log2(2 / 1)
        "t_score": 1 / math.sqrt(2),  # Church et al. 1991: (2 - 1) / √2
        "log_dice": 14 + math.log2(2 / 3),  # Rychlý 2008: 2 × 2 / (3 + 3)
        "dp_collocate": 1 / 2,  # Gries 2013: 2/3 - 1/6
        "dp_node": 1 / 2,  # 2/3 - 1/6
    },
    "green": {
        "expected": 1 / 3,  # 3 × 1 / 9
        "pmi": math.log2(3),
        "t_score": 2 / 3,  # (1 - 1/3) / √1
        "log_dice": 13,  # 14 + log2(2 × 1 / (3 + 1))
        "dp_collocate": 1 / 3,  # 1/3 - 0/6
        "dp_node": 3 / 4,  # 1/1 - 2/8
    },
}


def test_collocates_and_the_counts_behind_them():
    found = wb.count_collocates(type_tokens(TEA), "tea", window=1, min_n=1)
    columns = ["node", "collocate", "n", "n_left", "n_right", "n_node", "n_collocate", "near"]
    assert found[[*columns, "words", "articles"]].values.tolist() == [
        ["tea", "green", 1, 1, 0, 3, 1, 3, 9, 1],
        ["tea", "strong", 2, 2, 0, 3, 3, 3, 9, 1],
    ]


@pytest.mark.parametrize("collocate", BY_HAND)
def test_statistics_of_collocates_by_hand(collocate):
    found = wb.count_collocates(type_tokens(TEA), "tea", window=1, min_n=1).set_index("collocate")
    for statistic, expected in BY_HAND[collocate].items():
        assert found.loc[collocate, statistic] == pytest.approx(expected), statistic


@pytest.mark.parametrize(
    "text, collocate, fourfold, sign",
    [
        (TEA, "strong", [[2, 1], [1, 5]], 1),
        (TEA, "green", [[1, 2], [0, 6]], 1),
        ("old tea. ice tea. rain tea. old wind. old snow.", "old", [[1, 2], [2, 2]], -1),
    ],
)
def test_log_likelihood_of_collocates_is_that_of_scipy(text, collocate, fourfold, sign):
    found = wb.count_collocates(type_tokens(text), "tea", window=1, min_n=1).set_index("collocate")
    peer = scipy.stats.chi2_contingency(fourfold, correction=False, lambda_="log-likelihood")
    assert found.loc[collocate, "log_likelihood"] == pytest.approx(sign * peer.statistic)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("rain tea snow.", [("rain", "left", 1), ("snow", "right", 1)]),
        ("a b c tea d e f.", [("b", "left", 2), ("c", "left", 1), ("d", "right", 1)]
         + [("e", "right", 2)]),
        ("rain, (tea) snow.", [("rain", "left", 1), ("snow", "right", 1)]),
        ("old. tea snow. rain fell.", [("snow", "right", 1)]),
        ("tea rain tea.", [("rain", "right", 1)]),
        ("tea rain snow tea.", [("rain", "right", 1), ("snow", "left", 1)]),
    ],
)  # fmt: skip
def test_near_is_so_many_words_on_either_side_in_the_sentence(text, expected):
    near = wb.select_collocates(type_tokens(text), "tea", window=2)
    assert counted(near, "collocate", "side", "distance") == expected


def test_the_places_of_collocates_are_the_rows_that_are_counted():
    tokens = type_tokens("Old tea and new tea. Tea, old.", "tea old hail.")
    near = wb.select_collocates(tokens, "tea", window=2)
    counts = wb.count_collocates(tokens, "tea", window=2, min_n=1).set_index("collocate")
    assert near["collocate"].value_counts().to_dict() == counts["n"].to_dict()
    assert near.iloc[0].tolist() == ["a", 1, 1, 0, 3, "Old", "tea", "old", "left", 1]
    assert counts.loc["old", ["n", "n_left", "n_right", "articles"]].tolist() == [3, 1, 2, 2]


def test_a_phrase_is_one_node_and_its_words_are_none_of_its_collocates():
    tokens = type_tokens("white house fell. white house lay. house snow.")
    found = wb.count_collocates(tokens, "White House", min_n=1, window=1)
    assert counted(found, "collocate", "n", "n_node", "near", "words") == [
        ("fell", 1, 2, 2, 4),
        ("lay", 1, 2, 2, 4),
    ]


def test_each_of_several_nodes_has_its_own_collocates_and_no_node_means_the_most_frequent():
    found = wb.count_collocates(type_tokens(TEA), ["tea", "wind"], window=1, min_n=1)
    assert counted(found, "node", "collocate")[:2] == [("tea", "green"), ("tea", "strong")]
    assert set(found.loc[found["node"] == "wind", "collocate"]) == {"strong", "old", "cold"}
    every = wb.count_collocates(type_tokens(TEA), window=1, min_n=1)
    assert every["node"].unique().tolist() == ["strong", "tea", "wind", "green", "old", "cold"]
    tea = every[every["node"] == "tea"].reset_index(drop=True)
    pd.testing.assert_frame_equal(tea, found[found["node"] == "tea"].reset_index(drop=True))


def test_within_a_sentence_sentences_are_counted():
    tokens = type_tokens("tea rain and rain. tea snow. rain wind. fog.")
    found = wb.count_collocates(tokens, "tea", within="sentence", min_n=1).set_index("collocate")
    columns = ["n", "n_node", "n_collocate", "near", "words"]
    assert found.loc["rain", columns].tolist() == [1, 2, 2, 2, 4]
    assert found[["n_left", "n_right"]].isna().all(axis=None)
    assert found.loc["rain", "pmi"] == 0  # log2(1 × 4 / (2 × 2))
    near = wb.select_collocates(tokens, "tea", within="sentence")
    assert near["collocate"].tolist() == ["rain", "and", "rain", "snow"]


def test_collocates_are_chosen_and_rare_ones_left_out():
    tokens = type_tokens("old tea. old tea. old tea. new tea. new tea.", pos={"new": "ADJ"})

    def found(**options):
        return wb.count_collocates(tokens, "tea", **options)["collocate"].tolist()

    assert found() == ["old"]
    assert set(found(min_n=2)) == {"old", "new"}
    assert found(min_n=2, pos="ADJ") == ["new"]
    assert found(min_n=2, stopwords=["OLD"]) == ["new"]
    counts = wb.count_collocates(tokens, "tea", min_n=2, pos="ADJ")
    assert counts[["near", "words"]].values.tolist() == [[5, 5]]


def test_nodes_are_searched_as_find_keyword_does():
    tokens = type_tokens("Teas help. tea hurts.", lemmas={"Teas": "tea"})
    for node, by, expected in (
        ("tea", "word", {"help", "hurts"}),
        ("tea", "form", {"hurts"}),
        ("te*", "glob", {"help", "hurts"}),
        ("NOUN", "pos", set()),
    ):
        found = wb.count_collocates(tokens, node, node_by=by, min_n=1, window=1)
        assert set(found["collocate"]) == expected
    with pytest.warns(UserWarning, match="“coffee” is not in these texts"):
        assert wb.count_collocates(tokens, "coffee").empty
    with pytest.raises(SchemaError, match="near is within a window or a sentence, not “page”"):
        wb.count_collocates(tokens, "tea", within="page")


def test_a_wide_window_stays_in_the_sentence():
    found = wb.count_collocates(type_tokens("tea fell. rain lay."), "tea", window=5, min_n=1)
    assert found["collocate"].tolist() == ["fell"]


def test_every_occurrence_of_a_node_is_counted():
    found = wb.count_collocates(type_tokens("tea tea fell. tea fell."), "tea", min_n=1)
    assert found["n_node"].tolist() == [3]


@pytest.mark.parametrize("text, options", [("tea.", {}), ("tea fell.", {"pos": "ADJ"})])
def test_a_node_without_collocates_gives_an_empty_table(text, options):
    found = wb.select_collocates(type_tokens(text), "tea", **options)
    pd.testing.assert_frame_equal(found, schema.table([], "collocate_places"))


# Lexical diversity


@pytest.fixture(scope="module")
def lex_div():
    """A peer; where its own files are it asks a package that newer setuptools lack."""
    pytest.importorskip("lexical_diversity")
    found = SimpleNamespace(resource_filename=lambda package, name: str(files(package) / name))
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        patch.setitem(sys.modules, "pkg_resources", found)
        return importlib.import_module("lexical_diversity.lex_div")


def draw_words(seed, length, vocabulary):
    """Words at random, some more often than others."""
    chance = random.Random(seed)
    return [f"w{int(vocabulary * chance.random() ** 2)}" for _ in range(length)]


@pytest.mark.parametrize("seed, length, vocabulary", [(1, 400, 150), (2, 120, 20), (3, 51, 90)])
@pytest.mark.parametrize("window", [10, 50])
def test_mattr_and_mtld_are_those_of_lexical_diversity(lex_div, seed, length, vocabulary, window):
    words = draw_words(seed, length, vocabulary)
    (row,) = wb.score_diversity(type_tokens(" ".join(words)), window=window).itertuples()
    assert row.mattr == pytest.approx(lex_div.mattr(words, window))
    assert row.mtld == pytest.approx(lex_div.mtld(words))
    assert row.ttr == pytest.approx(lex_div.ttr(words))


def test_mattr_by_hand_after_covington_and_mcfall():
    # of the windows "a b", "b a", "a a" two have two types in two words, one has one
    (row,) = wb.score_diversity(type_tokens("A b. A, a."), window=2).itertuples()
    assert (row.words, row.types, row.ttr, row.window) == (4, 2, 1 / 2, 2)
    assert row.mattr == pytest.approx((1 + 1 + 1 / 2) / 3)


def test_mtld_by_hand_after_mccarthy_and_jarvis():
    # One word twenty times: a factor ends at its tenth word; the ten left over have a ratio of
    # 0.1, which is (1 - 0.1) / (1 - 0.72) of a factor. Backwards it is the same.
    (row,) = wb.score_diversity(type_tokens("snow " * 20)).itertuples()
    assert row.mtld == pytest.approx(20 / (1 + 0.9 / 0.28))


def test_a_text_shorter_than_the_window_has_no_mattr_and_a_flag_says_what_is_short():
    found = wb.score_diversity(type_tokens("snow rain", "snow " * 99, "snow " * 100), window=100)
    assert found["mattr"].fillna(-1).tolist() == [-1, -1, 1 / 100]
    assert found["flag"].fillna("").tolist() == ["fewer than 100 words"] * 2 + [""]
    assert math.isnan(found["mtld"][0])  # no word comes twice


def test_diversity_is_scored_by_group(issues):
    articles, tokens = issues
    found = wb.score_diversity(tokens, by="outlet", table=articles, window=2)
    # of X: snow rain | rain snow | snow snow
    assert counted(found, "outlet", "words", "types") == [("X", 4, 2), ("Y", 1, 1)]
    assert found["mattr"][0] == pytest.approx((1 + 1 + 1 / 2) / 3)


# Readability


# Their syllables, counted by hand; the, on, said, would, want, bread, and, peace have one.
SYLLABLES = {"ministry": 3, "imposed": 2, "sanctions": 2, "country": 2, "officials": 3}
SYLLABLES |= {"economy": 4, "suffer": 2, "people": 2}
SYLLABLES |= dict.fromkeys(["the", "on", "said", "would", "want", "bread", "and", "peace"], 1)
PLAIN = (
    "The ministry imposed sanctions on the country. Officials said the economy would suffer. "
    "The people want bread and peace. "
)
# 19 words, 31 syllables, 3 sentences; of 3 syllables and more: ministry, officials, economy; of
# more than 6 letters: ministry, imposed, sanctions, country, officials, economy
FORMULAS = {
    "flesch_reading_ease": 206.835 - 1.015 * 19 / 3 - 84.6 * 31 / 19,  # Flesch 1948
    "flesch_kincaid_grade": 0.39 * 19 / 3 + 11.8 * 31 / 19 - 15.59,  # Kincaid et al. 1975
    "gunning_fog": 0.4 * (19 / 3 + 100 * 3 / 19),  # Gunning 1952
    "smog": 1.043 * math.sqrt(30) + 3.1291,  # McLaughlin 1969; of 30 sentences 30 such words
    "lix": 19 / 3 + 100 * 6 / 19,  # Björnsson 1968
}
PEERS = {"smog": "smog_index"}


@pytest.fixture(scope="module")
def plain():
    """The readability of ten times three sentences, which SMOG needs."""
    return wb.score_readability(type_tokens(PLAIN * 10)).loc[0]


def test_the_counts_behind_readability(plain):
    counts = ["words", "sentences", "syllables", "guessed"]
    assert plain[counts].tolist() == [190, 30, 310, 0]
    assert plain["flag"] is np.nan


@pytest.mark.parametrize("formula", FORMULAS)
def test_readability_by_its_published_formula(plain, formula):
    assert plain[formula] == pytest.approx(FORMULAS[formula])


@pytest.fixture
def textstat(monkeypatch):
    """A peer, with the syllables above in the place of a dictionary that it would download."""
    peer = pytest.importorskip("textstat")
    counts = importlib.import_module("textstat.backend.counts._count_syllables")
    sounds = {word: [["AH0"] * n] for word, n in SYLLABLES.items()}
    monkeypatch.setattr(counts, "get_cmudict", lambda lang: sounds)
    monkeypatch.setattr(nltk, "download", None)
    counts.count_syllables.cache_clear()
    yield peer
    counts.count_syllables.cache_clear()


@pytest.mark.parametrize("formula", FORMULAS)
def test_readability_is_that_of_textstat(plain, textstat, formula):
    peer = getattr(textstat, PEERS.get(formula, formula))
    assert plain[formula] == pytest.approx(peer(PLAIN * 10), abs=0.005)


# Flesch reading ease as Wikipedia's article on it has it for these sentences
EXAMPLES = {
    "The cat sat on the mat.": 116,
    "This sentence, taken as a reading passage unto itself, is being used to prove a point.": 69,
}


@pytest.mark.parametrize("text", EXAMPLES)
def test_flesch_reading_ease_of_well_known_sentences(text):
    found = wb.score_readability(type_tokens(text))
    assert round(found["flesch_reading_ease"][0]) == EXAMPLES[text]


def fog(text):
    tokens = type_tokens(
        text, pos={"Afghanistan": "PROPN", "created": "VERB", "exaggerated": "VERB"}
    )
    return wb.score_readability(tokens)["gunning_fog"][0]


def test_names_compounds_and_lengthened_verbs_are_easy_for_gunning():
    assert fog("Afghanistan created policy-makers.") == pytest.approx(0.4 * 3)
    # "exaggerated" has five syllables, and would have four without its ending
    assert fog("Ministries exaggerated.") == pytest.approx(0.4 * (2 + 100))


def test_contractions_compounds_and_numbers_are_one_word_each():
    tokens = wb.split_tokens(wb.read_texts("It’s a well-known, 5-year rule."))
    found = wb.score_readability(tokens).loc[0]
    # it's, a, well-known (2), 5-year (2), rule
    assert (found["words"], found["syllables"]) == (5, 7)


def test_guessed_syllables_are_said():
    found = wb.score_readability(type_tokens("The zorbed flimmers snowed.")).loc[0]
    # zorbed has one, flimmers two
    assert (found["syllables"], found["guessed"]) == (5, 2 / 4)


def test_readability_is_scored_by_group_and_smog_needs_thirty_sentences():
    articles, tokens = type_words("Snow fell.", "Snow. Rain fell.", "Snow. " * 30)
    articles = articles.assign(outlet=["X", "X", "Y"])
    found = wb.score_readability(tokens, by="outlet", table=articles)
    assert counted(found, "outlet", "words", "sentences", "flag") == [
        ("X", 5, 3, "fewer than 100 words"),
        ("Y", 30, 30, "fewer than 100 words"),
    ]
    assert found["smog"].fillna(0).tolist() == [0, 3.1291]


@pytest.mark.parametrize("text", ["Officials—not voters—decide.", "Well...maybe they left."])
def test_words_that_a_dash_or_dots_part_are_several(text):
    tokens = wb.split_tokens(wb.read_texts(text))
    assert wb.score_readability(tokens)["words"].tolist() == [4]


# Words of dictionaries


def term(doc_id, start, category, sentence=1):
    row = {"doc_id": doc_id, "sentence_id": sentence, "paragraph_id": 1, "category": category}
    return row | {"start": start, "end": start + 4, "text": "snow", "pattern": "snow"}


def test_terms_are_shares_of_all_words_by_category():
    tokens = type_tokens("snow snow fell, rain.", "snow.")
    terms = schema.table(
        [term("a", 0, "cold"), term("a", 5, "cold"), term("a", 16, "wet"), term("b", 0, "cold")],
        "terms",
    )
    assert wb.count_terms(terms, tokens).values.tolist() == [
        ["cold", 3, 3 / 5, 600, 2],
        ["wet", 1, 1 / 5, 200, 1],
    ]
    by_article = wb.count_terms(terms, tokens, by="doc_id")
    assert by_article.drop(columns="per_1000_words").values.tolist() == [
        ["a", "cold", 2, 2 / 4, 1],
        ["a", "wet", 1, 1 / 4, 1],
        ["b", "cold", 1, 1, 1],
    ]


def test_terms_are_counted_by_outlet_and_by_the_sentences_of_an_actor(issues):
    articles, tokens = issues
    terms = schema.table([term("a", 0, "cold"), term("b", 5, "cold"), term("d", 0, "wet")], "terms")
    found = wb.count_terms(terms, tokens, by="outlet", table=articles)
    assert counted(found, "outlet", "category", "n", "share") == [("X", "cold", 2, 2 / 4)]
    named = spans(("b", 0, 4, "Ann"), ("c", 0, 4, "Bob"), column="actor")
    found = wb.count_terms(terms, tokens, by="actor", table=named, whole_sentences=True)
    assert counted(found, "actor", "category", "n", "share") == [("Ann", "cold", 1, 1 / 2)]


def test_terms_by_voice_are_shares_of_the_words_of_each_voice():
    text = "It may rain. “It must rain,” Ann Lee said."
    _, tokens, speech, _, quotes = parts(text)
    terms = wb.find_terms(tokens, "modality", quotes, speech)
    found = wb.count_terms(terms, tokens, by="voice", quotes=quotes, speech=speech)
    assert counted(found, "voice", "category", "n", "share") == [
        ("Ann Lee", "obligation", 1, 1 / 3),
        ("journalist", "doubt", 1, 1 / 6),
    ]
    with pytest.raises(SchemaError, match='by="voice" needs quotes=… and speech=…'):
        wb.count_terms(terms, tokens, by="voice")


# Next to nothing


ONE = type_words("Snow.", lemmas={"Snow": "snow"})
OTHER = type_tokens("", "Snow.")
TINY = {"nothing": type_words(""), "one word": ONE, "a mark": type_words("!")}
# what is made of articles and tokens, and the columns that it has
MADE = {
    "words": (lambda articles, tokens: wb.count_words(tokens), "words"),
    "forms": (lambda articles, tokens: wb.count_words(tokens, unit="form"), "word_counts"),
    "runs": (lambda articles, tokens: wb.count_words(tokens, n=2), "word_counts"),
    "stopped": (lambda articles, tokens: wb.count_words(tokens, stopwords=["the"]), "words"),
    "named": (
        lambda articles, tokens: wb.count_words(tokens, names=schema.table([], "mentions")),
        "word_counts",
    ),
    "words by article": (lambda articles, tokens: wb.count_words(tokens, by="doc_id"), "words"),
    "words by outlet": (
        lambda articles, tokens: wb.count_words(tokens, by="outlet", table=articles),
        "words",
    ),
    "words by speaker": (
        lambda articles, tokens: wb.count_words(tokens, by="speaker", table=spans()),
        "words",
    ),
    "matrix": (lambda articles, tokens: wb.count_matrix(tokens), "matrix"),
    "selected": (lambda articles, tokens: wb.select_tokens(tokens, spans()), "tokens"),
    "diversity": (lambda articles, tokens: wb.score_diversity(tokens), "diversity"),
    "readability": (lambda articles, tokens: wb.score_readability(tokens), "readability"),
    "collocates": (lambda articles, tokens: wb.count_collocates(tokens, min_n=1), "collocates"),
    "collocates in sentences": (
        lambda articles, tokens: wb.count_collocates(tokens, within="sentence", min_n=1),
        "collocates",
    ),
    "keyness": (lambda articles, tokens: wb.compare_words(tokens, OTHER, min_n=1), "keyness"),
    "keyness of English": (lambda articles, tokens: wb.compare_words(tokens, min_n=1), "keyness"),
    "terms": (
        lambda articles, tokens: wb.count_terms(schema.table([], "terms"), tokens),
        "term_counts",
    ),
    "terms by outlet": (
        lambda articles, tokens: wb.count_terms(
            schema.table([], "terms"), tokens, by="outlet", table=articles
        ),
        "term_counts",
    ),
}
GROUPED = {"outlet", "speaker", "doc_id"}


@pytest.mark.parametrize("text", TINY)
@pytest.mark.parametrize("made", MADE)
def test_next_to_nothing_gives_a_table_with_all_columns(made, text):
    make, name = MADE[made]
    found = make(*TINY[text])
    columns = [column for column in found if column in schema.columns(name)]
    assert columns == schema.columns(name)
    assert set(found) - set(columns) <= GROUPED
    if text != "one word":
        assert found.empty
    types = {column: schema.dtype_of(column, name) for column in columns}
    assert {column: str(found[column].dtype) for column in columns} == types


def test_one_article_is_a_group_like_any_other():
    articles, tokens = ONE
    articles = articles.assign(outlet="X", published="2024-01-31")
    for by in ("outlet", "month"):
        found = wb.count_words(tokens, by=by, table=articles)
        assert counted(found, "lemma", "share", "articles") == [("snow", 1, 1)]
    (row,) = wb.score_readability(tokens).itertuples()
    assert (row.words, row.sentences, row.syllables) == (1, 1, 1)
    (row,) = wb.score_diversity(tokens, window=1).itertuples()
    assert (row.words, row.types, row.mattr) == (1, 1, 1)
    (row,) = wb.compare_words(tokens, OTHER, min_n=1).head(1).itertuples()
    assert (row.word, row.n_target, row.n_reference) == ("snow", 1, 1)
    assert (row.log_likelihood, row.p, row.log_ratio, row.difference) == (0, 1, 0, 0)


def test_a_target_that_is_the_whole_reference_has_nothing_to_be_compared_with():
    tokens = type_tokens("snow snow snow.")
    with pytest.raises(SchemaError, match="the reference has no words besides those of the target"):
        wb.compare_words(tokens, tokens)


# The example of quanteda's documentation of keyness, with the order that quanteda's own tests state
# for the likelihood ratio without correction, target the first and the second text.
QUANTEDA = ("a a a b b c c c c c c d e f g h h.", "a a b c c d d d d e f h.")


@pytest.mark.parametrize("target, order", [(0, "cgbhaefd"), (1, "defabhgc")])
def test_words_are_key_in_the_order_that_quanteda_gives(target, order):
    texts = [type_tokens(text) for text in QUANTEDA]
    one, other = texts[target], texts[1 - target].assign(doc_id="other")
    found = wb.compare_words(one, other, unit="form", pos=None, min_n=1)
    assert "".join(found["word"]) == order
    counts = dict(zip(found["word"], found["n_target"], strict=True))
    assert counts == {letter: QUANTEDA[target].count(letter) for letter in order}
