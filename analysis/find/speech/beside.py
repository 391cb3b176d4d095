"""Who says it by where the name stands: beside the cue, behind a dash, before a colon."""

from bisect import bisect_left, bisect_right
from itertools import takewhile

from ...parse.tree import head_of
from .reports import (
    CLAUSE_SUBJECTS,
    Report,
    child_by,
    is_said_of,
    is_somebody,
    sentence_run,
    speaker_run,
)

# Words of a label such as "– Commissioner Paul Renner" or "Lena Price, 34, of Linden:".
LONGEST_LABEL = 12
NOMINAL = ("PROPN", "NOUN", "PRON")
# What can stand between the words of a name or description right beside a cue.
IN_NAMES = (*NOMINAL, "DET", "ADJ", "NUM")
LABEL_DASHES = ("–", "—", "-", "--", "―")
OPENING_LABEL = ("CCONJ", "ADP", "ADV", "PUNCT")


def name_outside(page, report):
    """The report with who stands beside its cue as speaker, where the grammar took one from marks.

    “What is it, Jenny?” asked Mr Lowry.
    """
    if report.speaker is None and report.cue is not None:
        return name_between(page, report)
    if report.cue is None or page.mark_at(report.subject) is None:
        return report
    first, last = report.cue
    for subject in page.tree.below[report.verb]:
        if page.tree.dep[subject] in CLAUSE_SUBJECTS and page.mark_at(subject) is None:
            return report._replace(speaker=speaker_run(page.tree, subject), subject=subject)
    start, end = sentence_run(page.tree, report.verb)
    before = [*takewhile(lambda row: can_name(page, row), range(first - 1, start - 1, -1))]
    behind = [*takewhile(lambda row: can_name(page, row), range(last, end))]
    rows = before[::-1] or behind
    if not rows:
        return report._replace(speaker=None, subject=None)
    return with_speaker(page, report, (rows[0], rows[-1] + 1))


def with_speaker(page, report, speaker):
    """The report with a run as its speaker, which is no part of what is said."""
    content = []
    for start, end in report.content:
        content += [(start, min(end, speaker[0])), (max(start, speaker[1]), end)]
    return report._replace(
        speaker=speaker,
        subject=head_of(page.tree, *speaker),
        content=[(start, end) for start, end in content if start < end],
    )


def name_between(page, report):
    """The report with who stands between the words in marks and its cue, where the grammar is lost.

    “We come here,” Representative Ann Lee, Democrat of Ohio, said.
    """
    tree, (cue, _) = page.tree, report.cue
    before = bisect_right(page.outer, tree.starts[cue], key=lambda mark: mark.end) - 1
    if before < 0 or is_said_of(tree, report.verb):
        return report
    first = bisect_left(tree.starts, page.outer[before].end)
    is_near = 0 < cue - first <= LONGEST_LABEL and tree.sentence[first] == tree.sentence[cue]
    name = [*takewhile(lambda row: can_name(page, row), range(first, cue))]
    has_name = any(tree.pos[row] in NOMINAL for row in name)
    is_apart = name and tree.words[name[-1] + 1 : cue][:1] in ([], [","])
    if not (is_near and has_name and is_apart):
        return report
    last = cue - 1 if tree.words[cue - 1] == "," else cue
    subject = head_of(tree, name[0], name[-1] + 1)
    return with_speaker(page, report, (first, last))._replace(subject=subject)


def can_name(page, row):
    """Whether a word outside of marks can be part of a name or description."""
    return page.tree.pos[row] in IN_NAMES and page.mark_at(row) is None


def label_report(page, first, last):
    """The report of who stands behind a dash after what is said, or before a colon; or None.

    `first` to `last` are the rows of what stands in marks.
    """
    tree = page.tree
    if first and tree.words[first - 1] == ":":
        return report_of_label(page, sentence_run(tree, first - 1)[0], first - 1)
    if last < len(tree.words) and tree.words[last] in LABEL_DASHES:
        end = last + 1
        while end < len(tree.words) and tree.paragraph[end] == tree.paragraph[last]:
            end += 1
        is_label = "VERB" not in tree.pos[last:end] and tree.words[end - 1] not in ("?", "!")
        return report_of_label(page, last + 1, end) if is_label else None
    return None


def report_of_label(page, first, last):
    """The report of whom a few words name, or who does something before a colon; or None."""
    tree = page.tree
    while first < last and tree.pos[first] in OPENING_LABEL:
        first += 1
    if first == last or page.mark_at(first) is not None:
        return None
    if any(tree.pos[row] in ("VERB", "AUX") for row in range(first, last)):
        root = head_of(tree, first, last)
        subject = child_by(tree, root, ("nsubj",)) if tree.pos[root] in ("VERB", "AUX") else None
        if subject is None or not is_somebody(tree, subject):
            return None
        speaker = speaker_run(tree, subject)
    else:
        subject = last_of_name(tree, first, last)
        if subject is None or last - first > LONGEST_LABEL:
            return None
        speaker = first, last
    return Report(subject, None, speaker, subject, [], None)


def last_of_name(tree, first, last):
    """The row of the last word of the first name or description in a run, or None."""
    for row in range(first, last):
        is_last = row + 1 == last or tree.pos[row + 1] not in ("PROPN", "NOUN")
        if tree.pos[row] in ("PROPN", "NOUN") and is_last:
            return row
    return None
