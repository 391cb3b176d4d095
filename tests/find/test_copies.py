"""What stands word for word in several articles, also in the corpus for teaching."""

import csv
from pathlib import Path

import pytest

import analysis as wb
from analysis.errors import SchemaError

TEACHING = Path(__file__).parents[2] / "data" / "teaching"
AGENCY = "Six officers were hurt when stones were thrown at the second gate"


def copied(*texts, **options):
    articles = wb.read_texts(texts)
    tokens = wb.split_tokens(articles)
    return tokens, wb.find_copies(articles, tokens, **options)


def test_a_passage_stands_in_both_articles_whatever_its_capitals_and_marks():
    tokens, copies = copied(f"{AGENCY}, police said.", f"It was quiet. “{AGENCY.upper()}.”")
    assert copies["text"].tolist() == [AGENCY, AGENCY.upper()]
    assert copies["words"].tolist() == [12, 12]
    assert copies[["other_start", "other_end"]].values.tolist() == [[15, 80], [0, 65]]
    counts = wb.count_copies(copies, tokens)
    # Of 14 and 15 words.
    shares = [[1, 12, 12 / 14], [1, 12, 12 / 15]]
    assert counts[["n", "words", "share"]].values.tolist() == shares


def test_fewer_words_in_a_row_are_no_copy():
    seven = "One two three four five six seven."
    assert copied(seven, f"{seven} And more.")[1].empty
    short = copied("They fired on the crowd.", "Police fired on the crowd.", words=4)[1]
    assert short["text"].tolist() == ["fired on the crowd"] * 2
    with pytest.raises(SchemaError, match="a copy has 3 words or more"):
        copied("One.", "One.", words=2)


def test_a_repetition_within_an_article_is_no_copy():
    assert copied(f"{AGENCY}. {AGENCY}.", "Nothing happened.")[1].empty


@pytest.fixture(scope="module")
def corpus():
    articles = wb.read_articles(TEACHING / "articles.csv")
    with open(TEACHING / "differences.csv", encoding="utf-8", newline="") as file:
        return articles, list(csv.DictReader(file))


def test_the_words_of_each_planted_difference_stand_in_its_article(corpus):
    articles, differences = corpus
    texts = {f"a{row}": text for row, text in zip(articles["row"], articles["text"], strict=True)}
    assert len(texts) == 14 and len(differences) >= 24
    for planted in differences:
        assert planted["where"] in texts[planted["article"]], planted["id"]


def test_agency_copy_planted_in_the_corpus_is_found(corpus):
    articles, differences = corpus
    copies = wb.find_copies(articles, wb.split_tokens(articles))
    name = dict(zip(articles["doc_id"], articles["row"], strict=True))
    pairs = {(f"a{name[row.doc_id]}", f"a{name[row.other_doc_id]}") for row in copies.itertuples()}
    planted = [row for row in differences if row["kind"] == "agency copy"]
    assert len(planted) == 3
    for row in planted:
        assert {(row["article"], other) for other in row["other"].split()} <= pairs, row["id"]
