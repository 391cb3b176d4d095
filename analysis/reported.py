"""Reported speech by the grammar: which clause a reporting verb or "according to" brings, and who speaks."""

from functools import cache
from typing import NamedTuple

from .lexicons import read_lexicon
from .phrases import paragraph_runs

SUBJECTS = ("nsubj", "nsubjpass", "csubj")
# Parts of a verb group that belong to the cue.
GROUP = ("aux", "auxpass", "neg", "prt", "advmod")


class Report(NamedTuple):
    """A reporting verb or phrase with its speaker and what it says, as rows: runs (first, last), half-open."""

    verb: int
    cue: tuple
    speaker: tuple | None
    subject: int | None
    content: list


@cache
def reporting_verbs():
    """{lemma: (class, frames)} of `data/reporting_verbs.csv`."""
    return {row.verb: (row._2, frozenset(row.frames.split())) for row in read_lexicon("reporting_verbs").itertuples()}


def find_reports(parse):
    """Every report in one parsed article, in order of its cue."""
    reports = []
    for row, lemma in enumerate(parse.lemma):
        if parse.words[row].lower() == "according":
            reports.append(according_report(parse, row))
        elif parse.pos[row] == "VERB":
            phrase = phrase_report(parse, row) if lemma in ("make", "rule") else None
            reports.append(phrase or (verb_report(parse, row) if lemma in reporting_verbs() else None))
        elif parse.words[row] == ":":
            reports.append(headline_report(parse, row))
    turns = interview_reports(parse)
    begun = {turn.verb for turn in turns}
    return sorted([report for report in reports if report and report.verb not in begun] + turns, key=lambda report: report.verb)


def tree(parse, row, without=()):
    """The rows below a word, itself among them, without the branches that begin at the rows `without`."""
    rows, open_rows = [], [row]
    while open_rows:
        up = open_rows.pop()
        rows.append(up)
        open_rows += [child for child in parse.below[up] if child not in without]
    return rows


def subject_of(parse, row):
    """The row of who does what a verb says: its own subject, or that of the verb above a participle or a second verb."""
    for _ in range(4):
        found = [child for child in parse.below[row] if parse.dep[child] in SUBJECTS]
        passive = any(parse.dep[child] == "auxpass" for child in parse.below[row])
        if passive:
            by = next((child for child in parse.below[row] if parse.dep[child] == "agent"), None)
            return next((child for child in parse.below[by] if parse.dep[child] == "pobj"), None) if by is not None else None
        if found:
            return found[0]
        if parse.dep[row] not in ("conj", "advcl", "xcomp", "acl", "ccomp", "dep") or parse.head[row] == row:
            return None
        if parse.dep[row] == "acl":
            return parse.head[row]
        row = parse.head[row]
    return None


def noun_phrase(parse, row):
    """The run of a speaker's noun phrase, appositions included, relative clauses not."""
    rows = [row]
    open_rows = [row]
    while open_rows:
        up = open_rows.pop()
        for child in parse.below[up]:
            if parse.dep[child] not in ("relcl", "acl", "cc", "conj", "parataxis", "punct") or (
                up != row and parse.dep[child] in ("cc", "conj", "punct")
            ):
                if parse.dep[child] == "appos" and child < up:
                    continue
                rows.append(child)
                open_rows.append(child)
        joined = [child for child in parse.below[up] if up == row and parse.dep[child] == "conj" and parse.pos[child] in ("NOUN", "PROPN", "PRON")]
        rows += [each for child in joined for each in tree(parse, child)]
    first, last = min(rows), max(rows) + 1
    while last - 1 > row and parse.pos[last - 1] == "PUNCT":
        last -= 1
    if "(" in parse.words[first:last] and ")" not in parse.words[first:last] and parse.words[last : last + 1] == [")"]:
        last += 1
    return first, last


def cue_run(parse, row):
    """The run of a verb group: auxiliaries, negation and particle beside the verb."""
    first, last = row, row + 1
    parts = {child for child in parse.below[row] if parse.dep[child] in GROUP}
    while first - 1 in parts:
        first -= 1
    while last in parts and parse.dep[last] in ("prt", "advmod", "neg"):
        last += 1
    return first, last


def runs_of(rows):
    """Rows as runs (first, last), half-open."""
    runs = []
    for row in sorted(rows):
        if runs and row == runs[-1][1]:
            runs[-1][1] = row + 1
        else:
            runs.append([row, row + 1])
    return [tuple(run) for run in runs]


def verb_report(parse, row):
    """The report of a verb with a clause, an infinitive or an object that says what was said; None where nothing can be its content."""
    _, frames = reporting_verbs()[parse.lemma[row]]
    content = said_by_verb(parse, row, frames)
    if not content and "quote" not in frames:
        return None
    subject = subject_of(parse, row)
    speaker = noun_phrase(parse, subject) if subject is not None else None
    return Report(row, cue_run(parse, row), speaker, subject, trim_runs(parse, runs_of(content)))


def said_by_verb(parse, row, frames):
    """The rows of what a verb says was said, by the constructions (`frames`) that it takes."""
    by_dep = {}
    for child in parse.below[row]:
        by_dep.setdefault(parse.dep[child], child)
    if "ccomp" in by_dep:
        return tree(parse, by_dep["ccomp"], without=(row, *own_clauses(parse, by_dep["ccomp"])))
    if parse.dep[row] == "parataxis" and parse.head[row] != row:  # "It will rain, she says, all day."
        return tree(parse, parse.head[row], without=(row,))
    if "to" in frames and "xcomp" in by_dep and is_infinitive(parse, by_dep["xcomp"]):
        return tree(parse, by_dep["xcomp"])
    if "np" not in frames:
        return []
    about = next((child for child in parse.below[row] if parse.dep[child] == "prep" and parse.words[child].lower() in ("of", "for", "as")), None)
    if "dobj" in by_dep and about is not None and about > by_dep["dobj"] and parse.lemma[row] in TOWARDS:
        return tree(parse, about)
    prep = next((child for child in parse.below[row] if parse.dep[child] == "prep" and parse.words[child].lower() in PREPOSITIONS), None)
    if "dobj" in by_dep and not (prep is not None and parse.lemma[row] == "call" and parse.words[prep] == "for"):
        parts = [child for child in parse.below[row] if parse.dep[child] in ("dobj", "prep", "oprd", "xcomp") and child > row]
        if len(parts) == 1 and parse.pos[parts[0]] == "PRON":
            return []  # "called me" says nothing
        return [each for child in parts for each in tree(parse, child)]
    return [each for each in tree(parse, prep) if each != prep] if prep is not None else []


# Verbs that name somebody and then, behind a preposition, what is said of them: "accused Iran of lying".
TOWARDS = frozenset("accuse blame praise thank criticize criticise condemn commend suspect charge ask laud hail applaud dismiss".split())  # noqa: SIM905


def own_clauses(parse, row):
    """Clauses with a subject of their own that are only added to a reported one with a comma: "…, and the minister left"."""
    added = []
    for child in parse.below[row]:
        own = parse.dep[child] == "conj" and any(parse.dep[below] in SUBJECTS for below in parse.below[child])
        said = own and any(parse.dep[below] == "mark" for below in parse.below[child])
        first = min(tree(parse, child)) if own else 0
        # A comma, then "and" or "but", before the added clause.
        if own and not said and first > 1 and parse.words[first - 2] == ",":
            added.append(child)
    return added


# Prepositions behind which a verb says what it is about: "called for calm", "commented on the vote".
PREPOSITIONS = ("for", "on", "about", "to", "against", "with", "of")


def phrase_report(parse, row):
    """The report of "make (it) clear that" or "rule out"; None where the verb stands without them."""
    last = row + 1
    while last < min(row + 4, len(parse.words)) and parse.words[last].lower() not in ("clear", "plain", "known", "out"):
        last += 1
    if last >= len(parse.words) or parse.words[last].lower() not in (("out",) if parse.lemma[row] == "rule" else ("clear", "plain", "known")):
        return None
    if parse.words[last].lower() == "out":
        heads = [
            child
            for child in (*parse.below[row], *parse.below[last])
            if child > last and parse.dep[child] in ("xcomp", "dobj", "pcomp", "pobj", "ccomp")
        ]
    else:
        heads = [parse.head[last + 1]] if parse.words[last + 1 : last + 2] == ["that"] else []
    rows = {each for head in heads for each in tree(parse, head) if each > last}
    if not rows:
        return None
    subject = subject_of(parse, row)
    speaker = noun_phrase(parse, subject) if subject is not None else None
    return Report(row, (cue_run(parse, row)[0], last + 1), speaker, subject, trim_runs(parse, runs_of(rows)))


def is_infinitive(parse, row):
    """Whether a verb is an infinitive with "to"."""
    return any(parse.words[child].lower() == "to" and parse.dep[child] == "aux" for child in parse.below[row])


def according_report(parse, row):
    """The report of "according to": the rest of its sentence."""
    to = next((child for child in parse.below[row] if parse.words[child].lower() == "to"), None)
    if to is None and row + 1 < len(parse.words) and parse.words[row + 1].lower() == "to":
        to = row + 1
    who = next((child for child in parse.below[to] if parse.dep[child] == "pobj"), None) if to is not None else None
    if who is None or parse.words[who].lower() in ("which", "whom"):
        return None
    speaker = noun_phrase(parse, who)
    verb = row
    while parse.head[verb] != verb and parse.dep[verb] not in ("ccomp", "conj", "relcl"):
        verb = parse.head[verb]
    rows = set(tree(parse, verb, without=(row,))) - set(range(row, speaker[1]))
    return Report(row, (row, to + 1), speaker, who, trim_runs(parse, runs_of(rows)))


def interview_reports(parse):
    """The turns of an interview: paragraphs that begin with "Q:", "A:" or with a name and a colon, if there are several."""
    turns = []
    for first, last in paragraph_runs(parse.paragraph):
        colon = next((row for row in range(first, min(first + LONGEST_SPEAKER, last)) if parse.words[row] == ":"), first)
        label = range(first, colon)
        if label and last > colon + 1 and all(parse.words[row][0].isupper() and parse.pos[row] in ("PROPN", "NOUN", "X") for row in label):
            content = [(colon + 1, last)] if parse.words[colon + 1] not in ('"', "``") else []
            turns.append(Report(colon, None, (first, colon), colon - 1, content))
    labels = [tuple(parse.words[slice(*turn.speaker)]) for turn in turns]
    return [turn for turn, label in zip(turns, labels, strict=True) if turn.content and labels.count(label) > 1]


# "Minister: …": a headline names who says it in at most so many words.
LONGEST_SPEAKER = 5


def headline_report(parse, row):
    """The report of a headline such as "Minister: Talks have failed"."""
    first = row
    while first and parse.sentence[first - 1] == parse.sentence[row]:
        first -= 1
    last = row + 1
    while last < len(parse.words) and parse.sentence[last] == parse.sentence[row]:
        last += 1
    short = 0 < row - first <= LONGEST_SPEAKER and last - row > 3
    named = (
        short
        and parse.pos[row - 1] in ("PROPN", "NOUN")
        and all(parse.pos[each] in ("PROPN", "NOUN", "ADJ", "DET", "ADP") for each in range(first, row))
    )
    heading = parse.words[last - 1] not in (".", "?", "!", '"', "''") and (last == len(parse.words) or parse.paragraph[last] != parse.paragraph[row])
    alone = first == 0 or parse.paragraph[first - 1] != parse.paragraph[first]
    if not (named and heading and alone):
        return None
    return Report(row, (row, row + 1), (first, row), row - 1, trim_runs(parse, [(row + 1, last)]))


def trim_runs(parse, runs):
    """Runs without the marks and conjunctions at their edges; empty ones left out."""
    kept = []
    for first, last in runs:
        while first < last and parse.pos[first] in ("PUNCT", "SPACE") and parse.words[first] not in ('"', "(", "'", "``"):
            first += 1
        while first < last and parse.pos[last - 1] in ("PUNCT", "SPACE") and parse.words[last - 1] not in ('"', ")", "'", "''"):
            last -= 1
        if first < last:
            kept.append((first, last))
    return kept
