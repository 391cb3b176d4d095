"""Reported speech by the grammar: what a reporting verb, "according to" or a headline brings."""

from collections import Counter
from functools import cache
from typing import NamedTuple

from ...lexicons import noun_types, read_lexicon, reporting_verbs, word_list
from ...parse.tree import FINITE, noun_phrase, subtree

CLAUSE_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
# Parts of a verb group that belong to the cue; those of them behind the verb.
GROUP = ("aux", "auxpass", "neg", "prt", "advmod")
GROUP_BEHIND = ("prt", "advmod", "neg")
# How a verb without a subject of its own depends on the verb whose subject it shares.
SHARING = ("conj", "advcl", "xcomp", "acl", "ccomp", "dep")
# What a verb with an object says, and what "rule out" rules out.
SAID_PARTS = ("dobj", "prep", "oprd", "xcomp")
RULED_OUT = ("xcomp", "dobj", "pcomp", "pobj", "ccomp")
# Verbs up to the one with the subject: "has been seeking to begin to say".
MOST_VERBS = 4
# Words between the verb of a phrase and its last word: "made it very clear".
PHRASE_WORDS = 3
# "Minister: …": a headline names who says it in at most so many words, and has more behind.
LONGEST_SPEAKER = 5
SHORTEST_HEADLINE = 3
# With these a writer sets up what follows: "assuming that", "suppose it rained".
OWN_TURNS = ("assume", "suppose")
FULL_STOPS = (".", "?", "!", '"', "''")


class Report(NamedTuple):
    """A reporting verb or phrase with its speaker and what it says, as rows; runs are half-open."""

    verb: int
    cue: tuple | None  # a run
    speaker: tuple | None  # a run
    subject: int | None  # the head of the speaker
    content: list  # runs
    shown: str | None  # the cue in its dictionary form


def find_reports(tree):
    """Every report in one parsed article, in order of its cue."""
    turns = interview_reports(tree)
    begun = {turn.verb for turn in turns}
    reports = [*turns]
    for row in range(len(tree.words)):
        report = report_at(tree, row) if row not in begun else None
        if report is not None:
            reports.append(report)
    return sorted(reports, key=lambda report: report.verb)


def report_at(tree, row):
    """The report whose verb, colon or "according" stands at a row, or None."""
    if tree.words[row].lower() == "according":
        return according_report(tree, row)
    if tree.pos[row] == "VERB":
        return phrase_report(tree, row) or verb_report(tree, row)
    if tree.pos[row] == "NOUN":
        return noun_report(tree, row)
    if tree.pos[row] == "ADJ":
        return adjective_report(tree, row)
    return headline_report(tree, row) if tree.words[row] == ":" else None


def child_by(tree, row, relations, words=None):
    """The first word below a row with one of the relations (and one of the words), or None."""
    for child in tree.below[row]:
        fits = words is None or tree.words[child].lower() in words
        if tree.dep[child] in relations and fits:
            return child
    return None


def subject_of(tree, row):
    """The row of who does what a verb says, or None.

    That is its own subject, or that of the verb above a participle or a second verb.
    """
    for _ in range(MOST_VERBS):
        if is_said_of(tree, row):
            by = child_by(tree, row, ("agent",))
            return None if by is None else child_by(tree, by, ("pobj",))
        subject = own_subject(tree, row)
        if subject is not None:
            return subject
        if tree.dep[row] == "pcomp" and tree.lemma[tree.head[row]] in ("by", "in"):
            row = tree.head[tree.head[row]]  # "retorted by saying that"
            continue
        if tree.dep[row] not in SHARING or tree.head[row] == row:
            return None
        if is_set_off(tree, row):
            row = main_verb(tree, row)
        elif tree.dep[row] == "acl":
            noun = tree.head[row]
            is_speech = tree.lemma[noun] in word_list("nouns for speech")
            is_sent = tree.dep[noun] == "pobj" and tree.lemma[tree.head[noun]] == "to"
            is_told = any(tree.pos[each] == "PRON" for each in tree.below[row])
            if is_sent and is_told and tree.tag[row] == "VBG":
                row = main_verb(tree, row)  # "sent a letter to Lee warning him that"
            elif tree.dep[noun] == "dobj" and is_speech:
                row = tree.head[noun]  # "issued a statement saying"
            else:
                return noun
        else:
            row = tree.head[row]
    return None


def own_subject(tree, row):
    """The row of the subject of a verb itself, or None.

    "At a hearing of the Senate, Ann Lee, who chairs it, said": the parser takes the name for one
    more of the things in the phrase, and the verb has no subject, or one that is in the phrase.
    """
    subject = child_by(tree, row, CLAUSE_SUBJECTS)
    is_there = subject is not None and not is_behind_preposition(tree, subject)
    if is_there or tree.tag[row] not in FINITE or tree.dep[row] == "conj":
        return subject
    openings = [each for each in tree.below[row] if each < row and tree.dep[each] == "prep"]
    for opening in [*openings, *([] if subject is None else [subject])]:
        for each in subtree(tree, opening):
            is_added = tree.dep[each] in ("appos", "conj") and tree.ent[each][2:] == "PERSON"
            first, _ = noun_phrase(tree, each)
            if is_added and first > 0 and tree.words[first - 1] == ",":
                return each
    return subject


def is_behind_preposition(tree, subject):
    """Whether a subject stands behind a preposition that the parser gave nothing to stand for."""
    first, _ = noun_phrase(tree, subject)
    return first > 0 and tree.pos[first - 1] == "ADP" and not tree.below[first - 1]


def is_set_off(tree, row):
    """Whether a participle stands behind a comma and what is said of a noun: "…, saying".

    It is then of whoever the sentence is of.
    """
    behind_comma = tree.tag[row] == "VBG" and row > 0 and tree.words[row - 1] == ","
    return behind_comma and "acl" in (tree.dep[row], tree.dep[tree.head[row]])


def main_verb(tree, row):
    """The verb of the sentence in which a word stands, or what else is its root."""
    while tree.head[row] != row:
        row = tree.head[row]
    return row


def is_said_of(tree, row):
    """Whether a verb is passive, with its auxiliary or as a participle: "was told", "asked why".

    Who does it then stands behind "by", if anywhere.
    """
    beside = tree.first[row].keys()
    if "auxpass" in beside:
        return True
    bare = tree.tag[row] in ("VBN", "VBD") and beside.isdisjoint(("aux", *CLAUSE_SUBJECTS))
    if not bare or tree.dep[row] not in ("advcl", "acl"):
        return False
    opens = row == 0 or tree.sentence[row - 1] != tree.sentence[row] or tree.words[row - 1] == ","
    return tree.tag[row] == "VBN" or (opens and tree.dep[row] == "advcl")


def cue_run(tree, row):
    """The run of a verb group: auxiliaries, negation and particle beside the verb."""
    first, last = row, row + 1
    parts = {child for child in tree.below[row] if tree.dep[child] in GROUP}
    while first - 1 in parts:
        first -= 1
    while last in parts and tree.dep[last] in GROUP_BEHIND:
        last += 1
    return first, last


def make_report(tree, row, cue, subject, rows, shown):
    """A report with the noun phrase of its subject as speaker, and rows as its content."""
    speaker = None if subject is None else speaker_run(tree, subject)
    return Report(row, cue, speaker, subject, trim_runs(tree, runs_of(rows)), shown)


def speaker_run(tree, subject):
    """The run of who speaks, without the time that the parser takes into it: "Last night Lee"."""
    first, last = noun_phrase(tree, subject, whole=True)
    before = first
    while before < subject and tree.ent[before].endswith(("-DATE", "-TIME")):
        before += 1
    return (first if before == subject else before), last


def runs_of(rows):
    """Rows as runs (first, last), half-open."""
    runs = []
    for row in sorted(rows):
        if runs and row == runs[-1][1]:
            runs[-1][1] = row + 1
        else:
            runs.append([row, row + 1])
    return [tuple(run) for run in runs]


def verb_report(tree, row):
    """The report of a reporting verb; None where nothing beside it can be its content."""
    lemma = tree.lemma[row]
    if lemma not in reporting_verbs():
        return None
    _, frames = reporting_verbs()[lemma]
    content = said_by_verb(tree, row, frames)
    subject = subject_of(tree, row)
    if not content and "quote" not in frames:
        return None
    asked = tree.dep[row] == "advcl" and subject is None and is_said_of(tree, row)
    if asked or says_nothing(tree, row) or is_dumb(tree, subject):
        return None
    if content and (is_refused(tree, row) or (subject is None and is_own_turn(tree, row))):
        return None
    return make_report(tree, row, cue_run(tree, row), subject, content, lemma)


def says_nothing(tree, row):
    """Whether a form of "say" is an idiom: "that being said", "having said that", "that said"."""
    first = row
    while first and tree.words[first - 1].lower() in ("being", "having", "that"):
        first -= 1
    words = [word.lower() for word in tree.words[first : row + 2]]
    return tree.lemma[row] == "say" and words in (
        ["that", "being", "said", ","],
        ["having", "said", "that"],
        ["that", "said", ","],
    )


def is_refused(tree, row):
    """Whether somebody would rather not say it: "declined to say whether"."""
    refusing = word_list("verbs of refusing")
    return tree.dep[row] == "xcomp" and tree.lemma[tree.head[row]] in refusing


def is_own_turn(tree, row):
    """Whether a verb without a speaker is the writer's own turn of phrase, or asks the reader.

    "It is worth noting that", "assuming that", "Tell us why".
    """
    if tree.lemma[tree.head[row]] == "worth" or tree.lemma[row] in OWN_TURNS:
        return True
    return tree.tag[row] == "VB" and tree.first[row].keys().isdisjoint(("aux", "auxpass"))


def is_dumb(tree, subject):
    """Whether what shows or suggests something is nothing that says it: experience, the past."""
    dumb = word_list("things that show and do not say")
    return subject is not None and tree.pos[subject] == "NOUN" and tree.lemma[subject] in dumb


def said_by_verb(tree, row, frames):
    """The rows of what a verb says was said, by the constructions (`frames`) that it takes."""
    beside = tree.first[row]
    clause, infinitive = beside.get("ccomp"), beside.get("xcomp")
    if clause is not None:
        return subtree(tree, clause, without=(row, *own_clauses(tree, clause)))
    if tree.dep[row] == "parataxis" and tree.head[row] != row:  # "It will rain, she says, all day."
        return subtree(tree, tree.head[row], without=(row,))
    if "to" in frames and infinitive is not None and is_infinitive(tree, infinitive):
        # "asked not to be named"
        is_condition = tree.lemma[infinitive] in ("name", "identify", "quote")
        is_refused = tree.lemma[row] in word_list("verbs of refusing")
        is_silence = is_refused and tree.lemma[infinitive] in reporting_verbs()
        return [] if is_condition or is_silence else subtree(tree, infinitive)
    return said_by_object(tree, row) if "np" in frames else []


def said_by_object(tree, row):
    """The rows of what a verb says was said, in its object or behind a preposition."""
    thing = tree.first[row].get("dobj")
    about = child_by(tree, row, ("prep",), ("of", "for", "as"))
    behind = child_by(tree, row, ("prep",), word_list("prepositions of what is said"))
    towards = tree.lemma[row] in word_list("verbs that say something of somebody")
    if towards and thing is not None and about is not None and about > thing:
        return subtree(tree, about)  # "accused Iran of lying"
    if thing is not None and not is_call_for(tree, row, behind):
        return said_in_parts(tree, row)
    aim = None if behind is None else tree.first[behind].get("pobj")
    if behind is None or (aim is not None and is_somebody(tree, aim)):
        return []  # "railed against Trump" says nothing
    return [each for each in subtree(tree, behind) if each != behind]


def said_in_parts(tree, row):
    """The rows of the object of a verb and of what else stands behind it."""
    parts = [child for child in tree.below[row] if child > row and tree.dep[child] in SAID_PARTS]
    if parts and is_somebody(tree, parts[0]) and all(is_beside(tree, each) for each in parts[1:]):
        return []  # "called me", "praised Ms Lee", "endorsed Lee for mayor" say nothing
    rows = []
    for part in parts:
        rows += subtree(tree, part)
    return rows


def is_beside(tree, row):
    """Whether what stands behind an object is a preposition without a clause."""
    return tree.dep[row] == "prep" and "pcomp" not in tree.first[row]


def is_somebody(tree, row):
    """Whether an object is a pronoun, names somebody, or describes a person or speech."""
    if not {"acl", "relcl"}.isdisjoint(tree.first[row]):
        return False
    if tree.pos[row] == "NOUN":
        is_speech = tree.lemma[row] in word_list("nouns for speech")
        return is_speech or "person" in noun_types(tree.lemma[row])
    return tree.pos[row] == "PRON" or tree.ent[row][2:] in ("PERSON", "GPE", "NORP", "ORG")


def is_call_for(tree, row, behind):
    """Whether a verb and its preposition are "call for"."""
    return behind is not None and tree.lemma[row] == "call" and tree.words[behind] == "for"


def own_clauses(tree, row):
    """Clauses that are only added to a reported one with a comma: "…, and the minister left"."""
    return [child for child in tree.below[row] if is_added(tree, child)]


def is_added(tree, clause):
    """Whether a clause with a subject of its own is added with a comma, then "and" or "but"."""
    own = tree.dep[clause] == "conj" and child_by(tree, clause, CLAUSE_SUBJECTS) is not None
    if not own or child_by(tree, clause, ("mark",)) is not None:
        return False
    first = min(subtree(tree, clause))
    return first > 1 and tree.words[first - 2] == ","


@cache
def reporting_phrases():
    """{verb: rows of `data/reporting_phrases.csv`}: "make clear", "rule out"."""
    return dict(list(read_lexicon("reporting_phrases").groupby("verb")))


def phrase_report(tree, row):
    """The report of a phrase such as "make (it) clear that" or "rule out", or None."""
    phrases = reporting_phrases().get(tree.lemma[row])
    if phrases is None:
        return None
    words = [word.lower() for word in tree.words[row + 1 : row + 1 + PHRASE_WORDS]]
    for phrase in phrases.itertuples():
        if phrase.word not in words:
            continue
        last = row + 1 + words.index(phrase.word)
        rows = said_by_phrase(tree, row, last, phrase.content)
        if rows:
            cue = cue_run(tree, row)[0], last + 1
            return make_report(tree, row, cue, subject_of(tree, row), rows, phrase.shown)
    return None


def said_by_phrase(tree, row, last, content):
    """The rows behind the last word of a phrase: a clause with "that", or what the verb acts on."""
    if content == "that":
        heads = [tree.head[last + 1]] if tree.words[last + 1 : last + 2] == ["that"] else []
    else:
        below = [*tree.below[row], *tree.below[last]]
        heads = [child for child in below if child > last and tree.dep[child] in RULED_OUT]
    rows = set()
    for head in heads:
        rows.update(each for each in subtree(tree, head) if each > last)
    return rows


def noun_report(tree, row):
    """The report of a noun with its speaker and a clause: "Biden's claim that it rained", or None.

    The speaker owns it or stands behind "by".
    """
    if tree.lemma[row] not in word_list("nouns that report"):
        return None
    clause = child_by(tree, row, ("acl", "ccomp", "relcl"))
    if clause is None or child_by(tree, clause, ("mark",), ("that",)) is None:
        return None
    by = child_by(tree, row, ("prep",), ("by", "from"))
    speaker = child_by(tree, row, ("poss",))
    if speaker is None and by is not None:
        speaker = child_by(tree, by, ("pobj",))
    if speaker is None:
        return None
    said = subtree(tree, clause)
    return make_report(tree, row, (row, row + 1), speaker, said, tree.lemma[row])


def adjective_report(tree, row):
    """The report of somebody who is said to be sure or worried that something is so, or None."""
    if tree.lemma[row] not in word_list("adjectives that report") or tree.dep[row] != "acomp":
        return None
    clause = child_by(tree, row, ("ccomp",))
    verb = tree.head[row]
    subject = subject_of(tree, verb)
    is_made = tree.lemma[verb] == "make"  # "make sure that"
    if clause is None or subject is None or tree.lemma[subject] == "it" or is_made:
        return None
    first, _ = cue_run(tree, verb)
    return make_report(tree, row, (first, row + 1), subject, subtree(tree, clause), tree.lemma[row])


def is_infinitive(tree, row):
    """Whether a verb is an infinitive with "to"."""
    return child_by(tree, row, ("aux",), ("to",)) is not None


def according_report(tree, row):
    """The report of "according to": the rest of its sentence."""
    to = next((child for child in tree.below[row] if tree.words[child].lower() == "to"), None)
    if to is None and tree.words[row + 1 : row + 2] in (["to"], ["To"], ["TO"]):
        to = row + 1
    who = None if to is None else child_by(tree, to, ("pobj",))
    if who is None or tree.words[who].lower() in ("which", "whom"):
        return None
    verb = row
    while tree.head[verb] != verb and tree.dep[verb] not in ("ccomp", "conj", "relcl"):
        verb = tree.head[verb]
    _, end = noun_phrase(tree, who, whole=True)
    rows = set(subtree(tree, verb, without=(row,))) - set(range(row, end))
    return make_report(tree, row, (row, to + 1), who, rows, "according to")


def interview_reports(tree):
    """The turns of an interview: paragraphs that begin with a name, or "Q" and "A", and a colon.

    Turns are told only where a label stands more than once.
    """
    turns, labels = [], []
    for first, last in tree.paragraphs:
        colon = find_label_end(tree, first, last)
        if colon is None:
            continue
        labels.append(tuple(tree.words[first:colon]))
        marked = tree.words[colon + 1] in ('"', "``")
        content = [] if marked else [(colon + 1, last)]
        turns.append(Report(colon, None, (first, colon), colon - 1, content, None))
    times = Counter(labels)
    pairs = zip(turns, labels, strict=True)
    return [turn for turn, label in pairs if times[label] > 1 and turn.content]


def find_label_end(tree, first, last):
    """The row of the colon behind the label of a paragraph such as "Q:", or None."""
    for colon in range(first, min(first + LONGEST_SPEAKER, last)):
        if tree.words[colon] == ":":
            label = range(first, colon)
            names = all(is_label_word(tree, row) for row in label)
            return colon if label and names and last > colon + 1 else None
    return None


def is_label_word(tree, row):
    """Whether a word can stand in the label of a turn."""
    return tree.words[row][0].isupper() and tree.pos[row] in ("PROPN", "NOUN", "X")


def headline_report(tree, row):
    """The report of a headline such as "Minister: Talks have failed"."""
    first, last = sentence_run(tree, row)
    short = 0 < row - first <= LONGEST_SPEAKER and last - row > SHORTEST_HEADLINE
    if not (short and is_speaker_label(tree, first, row) and is_alone(tree, first, last)):
        return None
    content = trim_runs(tree, [(row + 1, last)])
    return Report(row, (row, row + 1), (first, row), row - 1, content, None)


def sentence_run(tree, row):
    """(first, last) of the rows of the sentence in which a row stands, half-open."""
    first, last = row, row + 1
    while first and tree.sentence[first - 1] == tree.sentence[row]:
        first -= 1
    while last < len(tree.words) and tree.sentence[last] == tree.sentence[row]:
        last += 1
    return first, last


def is_speaker_label(tree, first, colon):
    """Whether what stands before a colon is a noun phrase without a verb."""
    nominal = all(
        tree.pos[row] in ("PROPN", "NOUN", "ADJ", "DET", "ADP") for row in range(first, colon)
    )
    return nominal and tree.pos[colon - 1] in ("PROPN", "NOUN")


def is_alone(tree, first, last):
    """Whether a sentence without a full stop is a paragraph of its own."""
    begins = first == 0 or tree.paragraph[first - 1] != tree.paragraph[first]
    ends = last == len(tree.words) or tree.paragraph[last] != tree.paragraph[last - 1]
    return begins and ends and tree.words[last - 1] not in FULL_STOPS


def trim_runs(tree, runs):
    """Runs without the marks at their edges; empty ones left out."""
    kept = []
    for first, last in runs:
        while first < last and is_edge(tree, first, ('"', "(", "'", "``")):
            first += 1
        while first < last and is_edge(tree, last - 1, ('"', ")", "'", "''")):
            last -= 1
        if first < last:
            kept.append((first, last))
    return kept


def is_edge(tree, row, kept):
    """Whether a row is a mark that does not belong to what it stands beside."""
    return tree.pos[row] in ("PUNCT", "SPACE") and tree.words[row] not in kept
