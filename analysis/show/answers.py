"""What a class answers, passage by passage: small bars of answers beneath the words asked about."""

from html import escape

import pandas as pd

from .. import schema
from ..measure.answers import NO_CALL
from ..read.codings import listed_answers, read_coding_rules
from ..schema import SENTENCE
from ..text import how_many
from .excerpts import NOTHING_TO_SHOW, link_sentence, mark_spans
from .marked import UNSURE
from .output import Output
from .theme import read_style

# The longest bar of all passages, in the width of a letter.
LONGEST_BAR = 18
AGREED, SPLIT = "all who could tell answer alike", "{:.0f} of 100 pairs of coders differ"
OF_TWO = "both {}", "the two who could tell {}"
FOLD = "How we answered"


def draw_answers(answers, sentences, *, top=None):
    """Draw what a class answers to each passage: a bar an answer, as long as many give it.

    The bars are folded under the passage, so that it is read first, and all are on one scale. The
    answers that a task offers stand in its order, those that nobody gave too.
    `answers` comes from `count_answers`, or is a part of it: whole items, in the order in which
    they are drawn, at most `top`. The machine's answer is marked. Names of coders are not shown.

    >>> draw_answers(count_answers(read_codings([])), split_sentences(read_texts("So."))).data
    '<p>Nothing to show.</p>'
    """
    answers = schema.check(answers, "class_answers")
    places = schema.check(sentences, "sentences").set_index(SENTENCE)
    asked = dict(list_questions(answers))
    live, still, items = [], [], list(answers.groupby("item", sort=False))[:top]
    longest = max((int(its["n"].max()) for _, its in items), default=1)
    for _, its in items:
        row = its.iloc[0]
        place = row["doc_id"], row["sentence_id"]
        passage = escape(row["text"])
        if place in places.index:
            passage = mark_spans(places.loc[place], its.head(1)[["start", "end"]])
        link = link_sentence(*place, row["paragraph_id"])
        rows = list_bars(its)
        head = f"<p>{link} {passage}</p>{asked.get(row['task'], '')}"
        note = f'<p class="note">{escape(describe_item(row))}</p>'
        folded = f"<details><summary>{FOLD}</summary>{draw_votes(rows, longest, row['text'])}"
        live.append(f"<li>{head}{folded}{note}</details></li>")
        told = ", ".join(f"{answer} {n}{write_machine(by)}" for answer, n, by in rows)
        still.append(f"<li>{head}<p>{escape(told)}</p>{note}</li>")
    if not live:
        return Output(NOTHING_TO_SHOW)
    html = f'<div class="wb answers"><ol>{"".join(live)}</ol></div>'
    return Output(html, f"<ol>{''.join(still)}</ol>", read_style())


def list_questions(answers):
    """(task, its question as HTML), where answers are to more than one question."""
    tasks = answers["task"].unique()
    for task in tasks if len(tasks) > 1 else ():
        question = read_coding_rules(task)["question"].iloc[0]
        yield task, f'<p class="note">{escape(question)}</p>'


def list_bars(its):
    """(answer, how many give it, whether the machine does) of one item.

    Names that coders gave come first, then the answers that are offered for every item, in their
    order; an answer that nobody or only the machine gives has a bar of no length.
    """
    machine = its["machine"].iloc[0]
    given = dict(zip(its["answer"], its["n"], strict=True))
    offered = listed_answers(its["task"].iloc[0])
    names = [answer for answer in given if answer not in offered]
    if pd.notna(machine) and machine not in (NO_CALL, *names, *offered):
        names.append(machine)
    return [(answer, given.get(answer, 0), answer == machine) for answer in (*names, *offered)]


def draw_votes(rows, longest, text):
    """The bars of one item, as a list that is read aloud as it is seen."""
    bars = []
    for answer, n, by_machine in rows:
        width = f"width: {LONGEST_BAR * n / max(longest, 1):.2f}em"
        bar = f'<span class="bar" style="{width}" aria-hidden="true"></span>'
        said = f'<span class="said">{escape(answer)}</span>'
        bars.append(f"<li>{said}{bar}<span>{n}{write_machine(by_machine)}</span></li>")
    return f'<ul class="votes" aria-label="Answers to {escape(text)}">{"".join(bars)}</ul>'


def write_machine(by_machine):
    """What stands behind the answer that the machine gives."""
    return " ◂ machine" if by_machine else ""


def describe_item(row):
    """How far an item's coders agree, and what they note, in words."""
    parts = [how_many(row["coders"], "coder")]
    if pd.notna(row["disputed"]):
        parts.append(describe_dispute(row))
    if row["machine"] == NO_CALL:
        parts.append(f"the machine is {UNSURE}")
    said = "; ".join(parts)
    return f"{said}. Noted: {row['note']}" if pd.notna(row["note"]) else f"{said}."


def describe_dispute(row):
    """How far those who could tell agree, in words: two of them agree or differ."""
    if row["coders"] - row["cannot_tell"] == 2:
        who = OF_TWO[int(row["cannot_tell"] > 0)]
        return who.format("answer alike" if row["disputed"] == 0 else "differ")
    return AGREED if row["disputed"] == 0 else SPLIT.format(100 * row["disputed"])
