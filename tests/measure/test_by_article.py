"""Every count apart for each outlet, author or month: as if the others were not there."""

import pandas as pd
import pytest

import analysis as wb
from analysis.errors import SchemaError

TEXTS = [
    "“We left Iran,” Joe Biden said. Joe Biden was shot. President Biden lied.",
    "Iran attacked Israel. “It rained,” Ann Lee claimed. Ann Lee stole.",
    "Joe Biden met Ann Lee in Iran. Mayor Lee said she was sorry.",
]


@pytest.fixture(scope="module")
def made():
    articles = wb.read_texts(TEXTS).assign(
        outlet=["Post", "Times", "Post"], published=["2024-10-02", "2024-10-30", "2024-11-01"]
    )
    sentences = wb.split_sentences(articles)
    tokens = wb.split_tokens(articles, sentences)
    speech = wb.find_speech(articles, tokens)
    mentions = wb.find_mentions(articles, tokens, speech)
    quotes = wb.find_quotes(articles, tokens, mentions, speech)
    return {
        "articles": articles,
        "tokens": tokens,
        "speech": speech,
        "mentions": mentions,
        "quotes": quotes,
        "stance": wb.score_stance(mentions, sentences, quotes, speech, method="lexicon"),
        "labels": wb.find_labels(articles, tokens, mentions),
        "missing": wb.find_missing_doers(articles, tokens, mentions),
        "vouching": wb.find_vouching(quotes, tokens, mentions),
    }


COUNTS = {
    wb.count_actors: ["mentions", "tokens"],
    wb.count_prominence: ["mentions", "tokens"],
    wb.count_roles: ["mentions"],
    wb.count_comentions: ["mentions"],
    wb.score_salience: ["mentions"],
    wb.count_voices: ["quotes", "speech", "mentions"],
    wb.count_talk: ["quotes", "speech", "mentions"],
    wb.count_cues: ["quotes"],
    wb.count_stance: ["stance"],
    wb.count_labels: ["labels"],
    wb.count_missing_doers: ["missing"],
    wb.count_vouching: ["vouching", "speech", "tokens"],
}


def only(table, docs):
    return table[table["doc_id"].isin(docs)].reset_index(drop=True)


@pytest.mark.parametrize("count", COUNTS, ids=lambda count: count.__name__)
def test_each_outlet_is_counted_as_if_the_others_were_not_there(made, count):
    tables = [made[name] for name in COUNTS[count]]
    counts = count(*tables, by="outlet", table=made["articles"])
    assert counts.columns[0] == "outlet"
    outlets = made["articles"].groupby("outlet")["doc_id"]
    alone = [
        count(*(only(table, docs) for table in tables)).assign(outlet=outlet)
        for outlet, docs in outlets
    ]
    expected = pd.concat(alone, ignore_index=True)[counts.columns]
    pd.testing.assert_frame_equal(counts, expected, check_dtype=False)


def test_a_column_of_articles_goes_with_one_of_the_table_that_is_counted(made):
    by = ["month", "quoted"]
    counts = wb.count_actors(made["mentions"], by=by, table=made["articles"])
    assert counts.columns[:2].tolist() == by
    assert counts["month"].unique().tolist() == ["2024-10", "2024-11"]
    within = counts.groupby(by)["share"].sum()
    assert within.round(9).eq(1).all()


def test_what_a_table_of_articles_does_not_have_is_refused(made):
    with pytest.raises(SchemaError, match="no column `outlt` in that table. Choose from: doc_id"):
        wb.count_roles(made["mentions"], by="outlt", table=made["articles"])
    with pytest.raises(SchemaError, match="no column `outlt` in the mentions table"):
        wb.count_actors(made["mentions"], by="outlt", table=made["articles"])
    with pytest.raises(SchemaError, match="no column to count by in that table"):
        wb.count_roles(made["mentions"], table=made["articles"])


def test_of_no_articles_come_the_columns(made):
    none = made["articles"].iloc[:0]
    counts = wb.count_actors(made["mentions"], made["tokens"], by="outlet", table=none)
    assert counts.columns.tolist() == ["outlet", *wb.schema.columns("actors")]
    assert counts.empty
