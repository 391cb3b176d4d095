"""The differences that were planted in the teaching corpus, looked for in a comparison's tables.

A difference is found if the table that a reader would look into has a row at its words, and that
row says of the other articles what the difference says.
"""

import csv
import re
from types import SimpleNamespace

from analysis.lexicons import resource

TEACHING = resource("data") / "teaching"


def read_planted():
    """The planted differences, a dict each."""
    with open(TEACHING / "differences.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Compared:
    """The tables of a comparison of the teaching corpus, to be asked by article and words."""

    def __init__(self, tables):
        self.tables = SimpleNamespace(**tables)
        articles = self.tables.articles
        self.texts = dict(zip(articles["row"], articles["text"], strict=True))
        self.numbers = dict(zip(articles["row"], articles["doc_id"], strict=True))
        self.outlets = dict(zip(articles["doc_id"], articles["outlet"], strict=True))

    def place(self, row):
        """(doc_id, start, end) of the words of a planted difference."""
        number = int(row["article"][1:])
        start = self.texts[number].find(row["where"])
        assert start >= 0, row["id"]
        return self.numbers[number], start, start + len(row["where"])

    def others(self, row):
        """The doc_ids of the articles that lack or contradict it."""
        said = row["other"]
        listed = {self.numbers[int(number)] for number in re.findall(r"a(\d+)", said)}
        own = self.numbers[int(row["article"][1:])]
        if said.startswith("all others"):
            return set(self.numbers.values()) - listed - {own}
        return listed

    def at(self, table, place, column="doc_id"):
        """The rows of a table that share letters with a place."""
        prefix = column.removesuffix("doc_id")
        doc_id, start, end = place
        rows = table[table[column] == doc_id]
        return rows[(rows[f"{prefix}start"] < end) & (rows[f"{prefix}end"] > start)]

    def sentence(self, place):
        """The place of the sentences that a place touches."""
        rows = self.at(self.tables.sentences, place)
        return place[0], rows["start"].min(), rows["end"].max()


def find_actor(compared, row):
    """Somebody mentioned there is mentioned in none of the others."""
    counted = compared.tables.counted
    here = compared.at(counted, compared.place(row))["actor"].unique()
    elsewhere = counted[counted["doc_id"].isin(compared.others(row))]["actor"]
    return not set(here) <= set(elsewhere)


def find_quote(compared, row):
    """Whoever speaks there has more words than in any of the others, or says what nobody tells."""
    place, spoken = compared.place(row), compared.tables.spoken
    here = compared.at(spoken, place).dropna(subset="speaker")
    if row["kind"] == "quotation cut":
        copies = compared.at(compared.tables.copies, compared.sentence(place))
        return bool(copies["other_doc_id"].isin(compared.others(row)).any())
    for speaker in here["speaker"].unique():
        its = spoken[spoken["speaker"] == speaker].groupby("doc_id")["words"].sum()
        rest = its[its.index.isin(compared.others(row))]
        if its[place[0]] > 2 * rest.max() or rest.empty:
            return True
    return find_fact(compared, row)


def find_figure(compared, row):
    """A figure or date there conflicts with one in one of the others."""
    conflicts = compared.at(compared.tables.conflicts, compared.place(row))
    return bool(conflicts["other_doc_id"].isin(compared.others(row)).any())


def find_fact(compared, row):
    """The sentence has no counterpart in any other article."""
    return len(compared.at(compared.tables.alone, compared.place(row))) > 0


def find_doer(compared, row):
    """An act there is told without who did it."""
    return len(compared.at(compared.tables.missing, compared.place(row))) > 0


def find_label(compared, row):
    """Somebody, with a name or without, is called there what the others do not call anybody."""
    for table, column in ((compared.tables.labels, "label"), (compared.tables.unnamed, "actor")):
        here = set(compared.at(table, compared.place(row))[column])
        elsewhere = table[table["doc_id"].isin(compared.others(row))][column]
        if not here <= set(elsewhere):
            return True
    return False


def find_source(compared, row):
    """What stands there is on the article's own word, or beside it on that of no named source."""
    place, vouching = compared.place(row), compared.tables.vouching
    beside = compared.at(vouching, compared.sentence(place))
    return compared.at(vouching, place).empty or bool((beside["source"] != "named").any())


def find_tone(compared, row):
    """Somebody there stands in another light than on the whole in one of the others."""
    toned, place = compared.tables.toned, compared.sentence(compared.place(row))
    for mention in compared.at(toned, place).itertuples():
        its = toned[toned["actor"] == mention.actor]
        rest = its[its["doc_id"].isin(compared.others(row))]
        if len(rest) and abs(mention.tone - rest["tone"].mean()) > 0.5:
            return True
    return False


def find_headline(compared, row):
    """The headline has a word, number or act that the body does not have so."""
    headlines = compared.tables.headlines
    its = headlines[headlines["doc_id"] == compared.place(row)[0]]
    return bool(its["finding"].str.contains("in the headline").any()) and bool(
        its["aspect"].isin(["word", "number", "act"]).any()
    )


def find_version(compared, row):
    """What is corrected conflicts with the earlier version, or has a word of correction."""
    here = compared.at(compared.tables.sentences, compared.place(row))
    of_paragraph = ["doc_id", "paragraph_id"]
    has_word = len(compared.tables.taken_back.merge(here[of_paragraph], on=of_paragraph)) > 0
    return has_word or find_figure(compared, row) or find_fact(compared, row)


def find_copy(compared, row):
    """A passage there stands word for word in one of the others."""
    copies = compared.at(compared.tables.copies, compared.sentence(compared.place(row)))
    return bool(copies["other_doc_id"].isin(compared.others(row)).any())


def find_word(compared, row):
    """A word there is among those that mark its outlet."""
    doc_id = compared.place(row)[0]
    content = compared.at(compared.tables.content, compared.place(row))["lemma"]
    marking = compared.tables.key_words
    its = marking[(marking["outlet"] == compared.outlets[doc_id]) & (marking["log_likelihood"] > 0)]
    return not set(content).isdisjoint(its["lemma"])


FIND = {
    "actors": find_actor,
    "quotes": find_quote,
    "figures": find_figure,
    "dates": find_figure,
    "facts": find_fact,
    "doers": find_doer,
    "labels": find_label,
    "vouching": find_source,
    "tone": find_tone,
    "headline": find_headline,
    "versions": find_version,
    "copies": find_copy,
    "words": find_word,
}
