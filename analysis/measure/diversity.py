"""How varied and how hard to read a text is: lexical diversity and readability."""

import re
from functools import cache

import numpy as np
import pandas as pd

from .. import schema
from ..lexicons import read_lexicon
from ..text import straighten
from .groups import with_groups
from .words import word_rows

# MATTR's window (Covington & McFall 2010), and below how many words MTLD says little (McCarthy &
# Jarvis 2010: their shortest texts have 100).
WINDOW = 50
FEWEST_WORDS = 100
# Where a factor of MTLD ends, and its fewest words (McCarthy & Jarvis 2010).
FACTOR, SHORTEST_FACTOR = 0.72, 10
# SMOG was made for samples of 30 sentences (McLaughlin 1969); a word is long for Lix with more
# letters than 6 (Björnsson 1968); complex for Fog and SMOG with 3 syllables.
SMOG_SENTENCES = 30
LONG_WORD = 6
COMPLEX = 3
VOWELS = re.compile(r"[aeiouy]+")
SILENT = re.compile(r"(?<=[^aeiouyl])es?$|(?<=[^aeioutdy])ed$")
SOUNDED = re.compile(r"(?:[sxzgc]|ch|sh)es$|[aeiouy]e$|^[^aeiouy]*e$")


def score_diversity(tokens, *, by="doc_id", table=None, window=WINDOW, whole_sentences=False):
    """Score how varied the vocabulary is: one row a text, or what `by` and `table` say.

    As in `count_words`. Over the forms of all words, in small letters: `types` different ones of
    `words`, `ttr` (types by words; it falls with length, so compare only texts of equal length),
    `mattr` (the mean of it over all windows of `window` words, 50 by default; Covington & McFall
    2010) and `mtld` (how many words it takes until it falls to 0.72, read forwards and backwards;
    McCarthy & Jarvis 2010). Missing where a text is shorter than the window; `flag` says where it
    is too short for MTLD.

    >>> tokens = split_tokens(read_texts("The cat saw the dog."))
    >>> score_diversity(tokens, window=3)[["words", "types", "ttr"]].values.tolist()
    [[5.0, 4.0, 0.8]]
    """
    grouped, by = with_groups(tokens, by, table, whole_sentences=whole_sentences)
    words = grouped[word_rows(grouped)]
    codes, _ = pd.factorize(words["token"].map(straighten).str.lower())
    rows = []
    for key, of_text in each_text(words.assign(code=codes), by):
        forms = of_text["code"].to_numpy()
        types = len(np.unique(forms))
        row = {
            **dict(zip(by, key, strict=True)),
            "words": len(forms),
            "types": types,
            "ttr": types / len(forms),
            "mattr": moving_ratio(forms, window),
            "mtld": (factor_length(forms) + factor_length(forms[::-1])) / 2,
            "window": window,
            "flag": f"fewer than {FEWEST_WORDS} words" if len(forms) < FEWEST_WORDS else None,
        }
        rows.append(row)
    return finish_scores(rows, by, "diversity")


def each_text(words, by):
    """(values of the groups, words) of each text; without groups all words are one."""
    if by:
        return words.groupby(by, sort=False)
    return [((), words)] if len(words) else []


def finish_scores(rows, by, name):
    """Rows as the table `name`, with the columns that they are grouped by in front."""
    groups = pd.DataFrame(rows, columns=by).astype("str")
    return pd.concat([groups, schema.table(rows, name)], axis=1)


def moving_ratio(forms, window):
    """The mean share of different forms in all windows; missing for a text shorter than one."""
    if len(forms) < window:
        return None
    inside = {}
    different, total = 0, 0
    for place, form in enumerate(forms.tolist()):
        inside[form] = inside.get(form, 0) + 1
        different += inside[form] == 1
        if place >= window:
            left = forms[place - window]
            inside[left] -= 1
            different -= inside[left] == 0
        if place >= window - 1:
            total += different
    return total / window / (len(forms) - window + 1)


def factor_length(forms):
    """Mean length of the stretches in which the share of different forms stays above 0.72.

    Missing where no word comes twice.
    """
    factors, seen, length = 0.0, set(), 0
    for form in forms.tolist()[:-1]:
        seen.add(form)
        length += 1
        if len(seen) / length < FACTOR and length >= SHORTEST_FACTOR:
            factors, seen, length = factors + 1, set(), 0
    # What is left of the text is part of a factor.
    seen.add(forms[-1])
    factors += (1 - len(seen) / (length + 1)) / (1 - FACTOR)
    return len(forms) / factors if factors else np.nan


def score_readability(tokens, *, by="doc_id", table=None, whole_sentences=False):
    """Score how hard a text is to read: one row a text, or what `by` and `table` say.

    As in `count_words`. `flesch_reading_ease` (Flesch 1948; 100 is very easy, 0 very hard),
    `flesch_kincaid_grade` (Kincaid et al. 1975), `gunning_fog` (Gunning 1952), `smog` (McLaughlin
    1969; missing below 30 sentences) are years of US school, `lix` (Björnsson 1968) grows from 20
    to 60. Words are as written: contractions and compounds are one. Syllables come from the CMU
    Pronouncing Dictionary; for words that it lacks (`guessed`, a share) groups of vowels are
    counted, 87 in 100 of its own words rightly. The formulas were made for whole texts of running
    sentences: `flag` says where there are fewer than 100 words.

    >>> tokens = split_tokens(read_texts("The cat sat on the mat."))
    >>> score_readability(tokens)[["words", "syllables"]].values.tolist()
    [[6, 6]]
    """
    grouped, by = with_groups(tokens, by, table, whole_sentences=whole_sentences)
    words = read_written_words(grouped, by)
    rows = []
    for key, of_text in each_text(words, by):
        sentences = of_text.groupby(schema.SENTENCE).ngroups
        rows.append(dict(zip(by, key, strict=True)) | rate_text(of_text, sentences))
    return finish_scores(rows, by, "readability")


def rate_text(words, sentences):
    """The counts that formulas of readability need, and what they make of them."""
    n, syllables = len(words), int(words["syllables"].sum())
    length, weight = n / sentences, syllables / n
    complex_words = words["syllables"] >= COMPLEX
    hard = (complex_words & ~words["easy"]).sum()
    polysyllables = complex_words.sum()
    smog = None
    if sentences >= SMOG_SENTENCES:
        smog = 1.043 * (30 * polysyllables / sentences) ** 0.5 + 3.1291
    return {
        "words": n,
        "sentences": sentences,
        "syllables": syllables,
        "flesch_reading_ease": 206.835 - 1.015 * length - 84.6 * weight,
        "flesch_kincaid_grade": 0.39 * length + 11.8 * weight - 15.59,
        "gunning_fog": 0.4 * (length + 100 * hard / n),
        "smog": smog,
        "lix": length + 100 * (words["letters"] > LONG_WORD).sum() / n,
        "guessed": float(words["guessed"].mean()),
        "flag": f"fewer than {FEWEST_WORDS} words" if n < FEWEST_WORDS else None,
    }


def read_written_words(tokens, by):
    """Words as written, of tokens with no space between: their syllables, letters, and whether they
    are easy for Gunning (names, compounds, verbs made longer by -es or -ed).
    """
    same = tokens["start"].eq(tokens["end"].shift())
    # Marks part words, also where no space does: “officials—not voters”, “Well...maybe”.
    parts = ~tokens["token"].str.contains(r"[^\W_]") & ~tokens["token"].map(straighten).eq("-")
    same &= ~parts & ~parts.shift(fill_value=False)
    for column in [*schema.SENTENCE, *by]:
        same &= tokens[column].eq(tokens[column].shift())
    word = (~same).cumsum()
    written = tokens.groupby(word).agg(
        token=("token", "sum"), pos=("pos", "first"), **{key: (key, "first") for key in by}
    )
    for column in schema.SENTENCE:
        written[column] = tokens.groupby(word)[column].first()
    written["token"] = written["token"].map(straighten).str.replace(r"^\W+|\W+$", "", regex=True)
    written = written[written["token"] != ""].reset_index(drop=True)
    codes, forms = pd.factorize(written["token"])
    said = [count_syllables(form) for form in forms]
    plain = np.array([n for n, _, _ in said] or [0])[codes] if len(forms) else []
    lengthened = written["token"].str.contains(r"e[sd]$") & (written["pos"] == "VERB")
    easy = (written["pos"] == "PROPN") | written["token"].str.contains("-")
    return written.assign(
        syllables=plain,
        guessed=[said[code][1] for code in codes],
        letters=[said[code][2] for code in codes],
        easy=easy | (lengthened & (np.asarray(plain) == COMPLEX)),
    )


def count_syllables(form):
    """(syllables, whether any were guessed, letters) of a word as written.

    A number counts as one syllable, as in other tools.
    """
    known, n, guessed = syllables_of(), 0, False
    letters = sum(letter.isalnum() for letter in form)
    for part in re.split(r"[^\w']+", form.lower()):
        part = part.strip("'_")
        if not part:
            continue
        bare = part.removesuffix("'s")
        if part in known or bare in known:
            n += known.get(part, known.get(bare))
        else:
            n += guess_syllables(bare)
            guessed = guessed or bare.isalpha()
    return max(n, 1), guessed, letters


def guess_syllables(word):
    """Syllables of a word that no dictionary has: its groups of vowels but for silent endings."""
    n = len(VOWELS.findall(word))
    if n > 1 and SILENT.search(word) and not SOUNDED.search(word):
        n -= 1
    return max(n, 1)


@cache
def syllables_of():
    """{word: syllables} after the CMU Pronouncing Dictionary."""
    table = read_lexicon("english/syllables")
    return dict(zip(table["word"], table["syllables"].astype(int), strict=True))
