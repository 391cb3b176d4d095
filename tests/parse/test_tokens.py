"""Where sentences and tokens begin and end, and what the parse says of them."""

import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import analysis as wb

ROOT = Path(__file__).parents[2]
GOLD = pd.read_csv(ROOT / "data" / "gold" / "sentences.csv")


def test_the_sentences_of_the_seeds_article_are_those_of_the_gold_standard(seeds):
    assert seeds.sentences[GOLD.columns].to_dict("records") == GOLD.to_dict("records")


SENTENCES = """He came on Jan. 3. |She left in Jan. |He went on Sept. 11 to Rome. |In Sept. \
|They won.
The U.S. said no. |He left the U.S. |He stayed. |She lives in Washington, D.C. \
|The mayor agreed. |In Washington, D.C. Mayor Bowser agreed.
Gen. Milley met Dr. Ann Miller and Sen. Romney in St. Louis. |Apple Inc. said so. \
|They sell eggs, milk, etc. |He left.
He was No. 5 in line. |No. 6 waited. |She said no. |He left. |See Fig. 3. |It shows rain. \
|He left at 5 p.m. |She came at 6 a.m. sharp.
J. K. Rowling wrote. |J.K. Rowling read. |John F. Kennedy spoke. |It was plan B. |They left.
“We won.” |He smiled. |"We lost." |She left. |‘We won.’ |“He said ‘We won.’” \
|He stayed (he was tired). |(It rained.) |[It poured.] |So?
He left.[1] |She stayed.[2] [3] |It rained. |Really?! |Yes!!! \
|It rained; it poured: it snowed – all day.
“Why?” he asked. |“Because!” she cried. |“So?” |He asked why. and then left. |#Iran trends. \
|@khamenei_ir wrote.
It rose 3.5 percent. |It was 12. |$3 was lost. |5 stayed.
It rose to 3.5. |Analysts cheered. |He runs example.com. |Readers cheered. |It rained.|It poured. \
|Gov.Lee left. |“Who pays?” Ann Lee asked. |“Oh…” Ann Lee said. \
|He left at 6 P.M. |Mr. Reed stayed. |At 5 a.m. Mr. Hale came.
It was… odd. |Well... maybe. |They served… |We work. |They left... |We stay. |They won […] |We lost.
They formerly served…|We will work. |They formerly served...|We will work. \
|“They served...”|We will work. |“They served…”|We will work.
2. The talks failed. |They went on.
a. The talks failed. |They went on."""


@pytest.mark.parametrize("parted", SENTENCES.splitlines())
def test_a_sentence_ends_where_a_reader_ends_it(parted):
    found = wb.split_sentences(wb.read_texts(parted.replace("|", "")))
    assert found["text"].tolist() == [sentence.strip() for sentence in parted.split("|")]


@pytest.mark.xfail(
    raises=AssertionError,
    reason="no table says after which abbreviations and letters a name rather begins a sentence",
)
@pytest.mark.parametrize(
    "parted",
    [
        "He left the U.K. |Britain stayed.",
        "He got an A. |Smith got a B.",
        "He left. |— She stayed.",
    ],
)
def test_a_sentence_ends_where_a_reader_who_knows_the_world_ends_it(parted):
    test_a_sentence_ends_where_a_reader_ends_it(parted)


WRAPPED = (
    "The talks between Iran and the six world powers will go on until\nthe end of the month, "
    "said two diplomats. They asked not to\nbe named."
)
HEADLINE, LEAD = (
    "Talks on the Iran nuclear deal resume in Vienna this week",
    "Diplomats of six powers met again on Monday. " * 3,
)
PARAGRAPHS = {  # text, (paragraph_id, kind, text) of its sentences
    "blank line": (
        "2. Rain in Linz\n \nIt rained.",
        [(1, "heading", "2. Rain in Linz"), (2, "sentence", "It rained.")],
    ),
    "single line break": (
        "Rain\r\nIt rained.\rSo?",
        [(1, "heading", "Rain"), (2, "sentence", "It rained."), (3, "sentence", "So?")],
    ),
    "hard-wrapped": (WRAPPED, [(1, "sentence", WRAPPED[:-28]), (1, "sentence", WRAPPED[-27:])]),
    "headline above a long line": (
        f"{HEADLINE}\n{LEAD}",
        [(1, "heading", HEADLINE), *[(2, "sentence", LEAD[:44])] * 3],
    ),
    "headline and deck": (
        f"{HEADLINE}\n{HEADLINE}!\n{LEAD}",
        [
            (1, "heading", HEADLINE),
            (2, "sentence", f"{HEADLINE}!"),
            *[(3, "sentence", LEAD[:44])] * 3,
        ],
    ),
    "lines of one sentence": (
        "\n".join([f"{HEADLINE}."] * 3),
        [(n, "sentence", f"{HEADLINE}.") for n in (1, 2, 3)],
    ),
    "boilerplate": (
        "He said:\n\nShare this article\n\nIt poured.",
        [(1, "sentence", "He said:"), (2, "sentence", "It poured.")],
    ),
}


@pytest.mark.parametrize("text, expected", PARAGRAPHS.values(), ids=PARAGRAPHS)
def test_paragraphs_and_headings_bind(text, expected):
    found = wb.split_sentences(wb.read_texts(text))
    assert (
        list(found[["paragraph_id", "kind", "text"]].itertuples(index=False, name=None)) == expected
    )


TOKENS = """He| wo|n’t| say| it|’s| Iran|’s| or| the| boys|’
“|‘|Let| it| go|,|’| he| said|.|”
Iran|-|backed| troops| in| a| well|-|known| New| York|-|based| firm| of| 10|-|year|-|olds
U.S.|-|backed| troops
She| was| re-elected| by| anti-Iran| voters| in| 2021-22
#Iran| and| @khamenei_ir| said
See| https://example.org/a-b?c=d&e=1#f| or| www.example.org/a.html|.
He| wrote| to| ann.miller@example.org|.
He| left| the| U.S.
He| left| “|the| U.S.|”
Mr.| Smith| of| St.| Louis| said| no| at| 5| p.m.| on| Jan.| 3|.
It| cost| $|20,000| or|\u00a020|\u00a0000| euros| or| 3.5| percent|.
Wait|—|what|?| He| –| she| left|…| then| left|...
They| served|……| then| left|.
Rain| 🌧| 👨‍👩‍👧| rain"""


@pytest.mark.parametrize("parted", TOKENS.splitlines())
def test_tokens_are_those_of_universal_dependencies(parted):
    found = wb.split_tokens(wb.read_texts(parted.replace("|", "")))
    assert found["token"].tolist() == [token.strip() for token in parted.split("|")]


def test_a_row_of_the_parse_says_all_of_a_token():
    rows = (
        wb.split_tokens(wb.read_texts("It rained.\n\nIran’s president met Joe Biden."))
        .drop(columns="doc_id")
        .iloc[3:]
    )
    assert rows.astype(object).where(rows.notna(), None).values.tolist() == [
        [2, 2, 1, 12, 16, "Iran", "Iran", "PROPN", "NNP", 3, "poss", "B-GPE"],
        [2, 2, 2, 16, 18, "’s", "'s", "PART", "POS", 1, "case", None],
        [2, 2, 3, 19, 28, "president", "president", "NOUN", "NN", 4, "nsubj", None],
        [2, 2, 4, 29, 32, "met", "meet", "VERB", "VBD", 0, "ROOT", None],
        [2, 2, 5, 33, 36, "Joe", "Joe", "PROPN", "NNP", 6, "compound", "B-PERSON"],
        [2, 2, 6, 37, 42, "Biden", "Biden", "PROPN", "NNP", 4, "dobj", "I-PERSON"],
        [2, 2, 7, 42, 43, ".", ".", "PUNCT", ".", 4, "punct", None],
    ]


def test_sentences_at_hand_are_not_split_again():
    articles = wb.read_texts("It rained. Iran left.")
    second = wb.split_sentences(articles).iloc[[1]]
    assert wb.split_tokens(articles, second)[["sentence_id", "start", "token"]].values.tolist() == [
        [2, 11, "Iran"],
        [2, 16, "left"],
        [2, 20, "."],
    ]


ALONE = """import socket, nltk.data, analysis as wb
nltk.data.path.clear()
socket.socket = socket.create_connection = None
articles = wb.read_texts("A grave threat. Reporters met Joe Biden.")
sentences = wb.split_sentences(articles)
tokens = wb.split_tokens(articles, sentences)
print(len(tokens), len(wb.find_mentions(articles, tokens)), len(wb.score_tone_words(sentences)))"""
LIGHT = """import sys, analysis
heavy = {"pandas", "numpy", "spacy", "nltk", "altair", "countryinfo"}
print(sorted(heavy & set(sys.modules)))"""
QUIET = """import os, sys, random, warnings
import altair, IPython.display, nltk.sentiment.vader, pandas, spacy, vl_convert
import analysis as wb
def state():
    themes = altair.theme.active, altair.renderers.active, pandas.options.display.max_rows
    process = dict(os.environ), os.getcwd(), sys.path[:]
    return themes, process, warnings.filters[:], random.getstate()
before = state()
[getattr(wb, name) for name in wb.__all__]
model = sys.modules["analysis.parse.tokens"].language_model
print(before == state(), model.cache_info().currsize)"""
RUNS = {
    "needs neither NLTK's data nor a network": (ALONE, "9 2 2"),
    "loads nothing heavy": (LIGHT, "[]"),
    "changes nothing": (QUIET, "True 0"),
}


@pytest.mark.slow
@pytest.mark.parametrize("program, printed", RUNS.values(), ids=RUNS)
def test_a_fresh_import(program, printed):
    quiet = {**os.environ, "TQDM_DISABLE": "1"}  # a slow machine shows progress
    command = [sys.executable, "-c", program]
    run = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=quiet)
    assert (run.stdout.strip(), run.stderr) == (printed, "")
