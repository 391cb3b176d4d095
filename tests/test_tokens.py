"""Where sentences and tokens begin and end, and what the parse says of them."""

import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import analysis as wb

GOLD = pd.read_csv(Path(__file__).parents[1] / "data" / "gold" / "sentences.csv")


def sentences(text):
    return wb.split_sentences(wb.read_texts(text))["text"].tolist()


def tokens(sentence):
    return wb.split_tokens(wb.read_texts(f"It rained.\n\n{sentence}"))["token"].tolist()[3:]


def test_the_sentences_of_the_seeds_article_are_those_of_the_gold_standard(seeds):
    assert seeds.sentences[GOLD.columns].to_dict("records") == GOLD.to_dict("records")


SENTENCES = {
    "month": ["He came on Jan. 3.", "She left in Jan.", "He stayed."],
    "state": ["The U.S. said no.", "He left the U.S.", "He stayed."],
    "title": ["Gen. Milley met Dr. Ann Miller and Sen. Romney.", "They left."],
    "number": ["He was No. 5 in line.", "No. 6 waited.", "She said no.", "He left."],
    "figure": ["See Fig. 3.", "It shows rain."],
    "initials": ["J. K. Rowling wrote.", "John F. Kennedy read.", "It was plan B.", "They left."],
    "district": ["She lives in Washington, D.C.", "The mayor agreed."],
    "district before a name": ["In Washington, D.C. Mayor Bowser agreed."],
    "hour": ["He left at 5 p.m.", "The bus left at 6 a.m. sharp."],
    "saint": ["The St. Louis team won.", "It rained."],
    "company": ["Apple Inc. said so.", "They sell eggs, milk, etc.", "He left."],
    "double quotes": ["“We won.”", "He smiled.", "\"We lost.\"", "She left."],
    "single quotes": ["‘We won.’", "He smiled."],
    "quote in a quote": ["“He said ‘We won.’”", "He smiled."],
    "brackets": ["He stayed (he was tired).", "(It rained.)", "[It poured.]", "She left."],
    "note numbers": ["He left.[1]", "She stayed.[2] [3]", "It rained."],
    "question in a quote": ["“Why?” he asked.", "“Because!” she cried.", "“So?”", "He left."],
    "several marks": ["Really?!", "Yes!!!", "It rained."],
    "decimal number": ["It rose 3.5 percent.", "It cost $2.50.", "Analysts cheered.", "$3 was lost.", "5 stayed."],
    "ellipsis in a sentence": ["It was… odd.", "Well... maybe."],
    "ellipsis at an end": ["They served…", "We work.", "They left...", "We stay.", "They won […]", "We lost."],
    "enumerator": ["2. The talks failed.", "They went on."],
    "enumerator of letters": ["a. The talks failed.", "They went on."],
    "photo credit": ["A man walks home.", "Photo: Reuters"],
    "photo credit without a full stop": ["A man walks home", "Image credit: Ann Miller/AP"],
    "photo credit in brackets": ["A man walks home", "(Photo: Reuters)"],
    "hashtag and handle": ["He left.", "#Iran trends.", "@khamenei_ir wrote."],
    "small letter": ["He asked why. and then left."],
    "semicolon, colon, dash": ["It rained; it poured: it snowed – all day."],
    "no space": ["He runs example.com.", "Readers cheered.", "It rained.It poured."],
}


@pytest.mark.parametrize("expected", SENTENCES.values(), ids=SENTENCES)
def test_a_sentence_ends_where_a_reader_ends_it(expected):
    assert sentences(" ".join(expected)) == expected


@pytest.mark.xfail(reason="no table says which abbreviations rather end a sentence before a name", strict=False)
@pytest.mark.parametrize("expected", [["He left the U.K.", "Britain stayed."], ["He got an A.", "Smith got a B."], ["He left.", "— She stayed."]])
def test_a_sentence_ends_before_a_name_or_a_dash(expected):
    assert sentences(" ".join(expected)) == expected


@pytest.mark.parametrize("ellipsis", ["…", "...", "...”", "…]"])
def test_an_ellipsis_ends_a_sentence_glued_to_the_next(ellipsis):
    assert sentences(f"They formerly served{ellipsis}We will work.") == [f"They formerly served{ellipsis}", "We will work."]


WRAPPED = "The talks between Iran and the six world powers will go on until\nthe end of the month, said two diplomats. They asked not to\nbe named."
HEADLINE, LEAD = "Talks on the Iran nuclear deal resume in Vienna this week", "Diplomats of six powers met again on Monday. " * 3
PARAGRAPHS = {  # text, (paragraph_id, kind, text) of its sentences
    "blank line": ("Rain in Linz\n\nIt rained.", [(1, "heading", "Rain in Linz"), (2, "sentence", "It rained.")]),
    "numbered heading": ("2. Rain\n \nIt rained.", [(1, "heading", "2. Rain"), (2, "sentence", "It rained.")]),
    "single line breaks": ("Rain\r\nIt rained. It poured.\rSo?", [(1, "heading", "Rain"), *((2, "sentence", f"It {w}.") for w in ("rained", "poured")), (3, "sentence", "So?")]),
    "hard-wrapped": (WRAPPED, [(1, "sentence", WRAPPED[:-28]), (1, "sentence", WRAPPED[-27:])]),
    "headline above a long line": (f"{HEADLINE}\n{LEAD}", [(1, "heading", HEADLINE), *[(2, "sentence", LEAD[:44])] * 3]),
    "boilerplate": ("It rained.\n\nShare this article\n\nIt poured.", [(1, "sentence", "It rained."), (2, "sentence", "It poured.")]),
    "colon": ("He said:\n\nIt rained.", [(1, "sentence", "He said:"), (2, "sentence", "It rained.")]),
}


@pytest.mark.parametrize("text, expected", PARAGRAPHS.values(), ids=PARAGRAPHS)
def test_paragraphs_and_headings_bind(text, expected):
    found = wb.split_sentences(wb.read_texts(text))
    assert list(found[["paragraph_id", "kind", "text"]].itertuples(index=False, name=None)) == expected
    assert found["sentence_id"].tolist() == list(range(1, len(expected) + 1))


TOKENS = {  # tokens of a sentence, parted here by |
    "curly apostrophe": "He| wo|n’t| say| it|’s| Iran|’s| or| the| boys|’",
    "quotes": "“|Let| it| go|.|”",
    "quotes in quotes": "“|‘|Go|,|’| he| said|.|”",
    "compound": "Iran|-|backed| troops| in| a| well|-|known| New| York|-|based| firm",
    "compound of an abbreviation": "U.S.|-|backed| troops",
    "prefix": "She| was| re-elected| by| anti-Iran| voters|.",
    "hashtag and handle": "#Iran| and| @khamenei_ir| said",
    "address": "See| https://example.org/a-b?c=d&e=1#f| or| www.example.org/a.html|.",
    "e-mail": "Write| to| ann.miller@example.org|.",
    "abbreviation at the end": "He| left| the| U.S.",
    "abbreviation at the end in quotes": "He| left| “|the| U.S.|”",
    "abbreviation inside": "Mr.| Smith| of| St.| Louis| left| at| 5| p.m.| on| Jan.| 3|.",
    "no abbreviation": "She| said| no|.",
    "money": "It| cost| $|20,000| or| 3.5| percent|.",
    "non-breaking space": "It| cost|\u00a020|\u00a0000| euros",
    "dashes": "Wait|—|what|?| He| –| she| left",
    "date and score": "In| 2021-22| and| 3/4| of| 10|-|year|-|olds",
    "ellipsis": "They| served|…| then| left|...",
    "long ellipsis": "They| served|……| then| left|.",
    "emoji": "Rain| 🌧| 👨‍👩‍👧| rain",
}


@pytest.mark.parametrize("parted", TOKENS.values(), ids=TOKENS)
def test_tokens_are_those_of_universal_dependencies(parted):
    assert tokens(parted.replace("|", "")) == [token.strip() for token in parted.split("|")]


def test_a_row_of_the_parse_says_all_of_a_token():
    rows = wb.split_tokens(wb.read_texts("It rained.\n\nIran’s president met Joe Biden.")).drop(columns="doc_id")
    assert rows.tail(7).astype(object).where(rows.notna(), None).values.tolist() == [
        [2, 2, 1, 12, 16, "Iran", "Iran", "PROPN", "NNP", 3, "poss", "B-GPE"],
        [2, 2, 2, 16, 18, "’s", "'s", "PART", "POS", 1, "case", None],
        [2, 2, 3, 19, 28, "president", "president", "NOUN", "NN", 4, "nsubj", None],
        [2, 2, 4, 29, 32, "met", "meet", "VERB", "VBD", 0, "ROOT", None],
        [2, 2, 5, 33, 36, "Joe", "Joe", "PROPN", "NNP", 6, "compound", "B-PERSON"],
        [2, 2, 6, 37, 42, "Biden", "Biden", "PROPN", "NNP", 4, "dobj", "I-PERSON"],
        [2, 2, 7, 42, 43, ".", ".", "PUNCT", ".", 4, "punct", None],
    ]


def test_a_sentence_is_one_tree_and_entities_are_well_formed(seeds):
    for _, sentence in seeds.tokens.groupby("sentence_id"):
        assert sentence["token_id"].tolist() == list(range(1, len(sentence) + 1))
        heads = dict(zip(sentence["token_id"], sentence["head"], strict=True))
        assert list(heads.values()).count(0) == 1
        for token in heads:
            path = [token]
            while path[-1]:
                path.append(heads[path[-1]])
                assert len(path) <= len(heads) + 1
        entities = " ".join(sentence["ent"].fillna("O"))
        assert re.fullmatch(r"(?:(?:O|B-(\w+)(?: I-\1)*)(?: |$))+", entities)


def test_sentences_at_hand_are_not_split_again():
    articles = wb.read_texts("It rained. Iran left.")
    second = wb.split_sentences(articles).iloc[[1]]
    assert wb.split_tokens(articles, second)[["sentence_id", "start", "token"]].values.tolist() == [[2, 11, "Iran"], [2, 16, "left"], [2, 20, "."]]


ALONE = """
import socket, nltk.data
nltk.data.path.clear()
socket.socket = socket.create_connection = None
import analysis as wb
articles = wb.read_texts("It rained. Raisi met Joe Biden.")
sentences = wb.split_sentences(articles)
tokens = wb.split_tokens(articles, sentences)
print(len(tokens), len(wb.find_mentions(articles, tokens)) > 0, len(wb.find_tone_words(sentences)))
"""
LIGHT = "import sys, analysis; print(sorted({'pandas', 'numpy', 'spacy', 'nltk', 'altair', 'countryinfo'} & set(sys.modules)))"
QUIET = """
import os, sys, random, warnings, altair, IPython.display, nltk.sentiment.vader, pandas, spacy, vl_convert
import analysis as wb
def state():
    return [altair.theme.active, altair.renderers.active, dict(os.environ), os.getcwd(), sys.path[:], warnings.filters[:], random.getstate(), pandas.options.display.max_rows]
before = state()
[getattr(wb, name) for name in wb.__all__]
print(before == state(), sys.modules["analysis.tokens"].language_model.cache_info().currsize)
"""
RUNS = {"needs neither NLTK's data nor a network": (ALONE, "8 True 0"), "loads nothing heavy": (LIGHT, "[]"), "changes nothing": (QUIET, "True 0")}


@pytest.mark.parametrize("program, printed", RUNS.values(), ids=RUNS)
def test_a_fresh_import(program, printed):
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=Path(__file__).parents[1])
    assert (run.stdout.strip(), run.stderr) == (printed, "")
