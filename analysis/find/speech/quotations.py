"""Quotations put together: what stands in marks, what is reported, and whose speech goes on."""

from bisect import bisect_left
from dataclasses import dataclass, field

from ...lexicons import reporting_verbs, word_list
from .beside import LABEL_DASHES, label_report, name_outside
from .reports import Report, find_reports, sentence_run

# Words in marks that are fewer than this and no sentence are a term, not a speech of its own.
SHORTEST_SPEECH = 4
# Classes of verbs that report thoughts.
BELIEFS = ("mental",)
# A cue further away in tokens than the first is not beside a quotation; one nearer than the second
# is, even if its clause says something else.
FAR_CUE = 60
NEAR_CUE = 3
# A longer run of capitalised words is a headline that somebody cries, not a title.
LONGEST_TITLE = 8
LONGEST_NICKNAME = 3
# Longer words have a capital in headlines.
SHORT_WORD = 3
# How a quotation was found: the codes of the speech table, with the reason in plain words.
CLAUSE, TURN, BLOCK, LABEL, IN_MARKS = "clause", "turn", "block", "label", "marks"
RULES = {
    CLAUSE: "“{}” and its clause",
    TURN: "interview: the paragraph begins with the speaker's name",
    BLOCK: "“{}” and its clause; the paragraph behind the colon, a block quotation",
    LABEL: "the speaker's name behind a dash, or before a colon",
    IN_MARKS: "in marks, and nobody is named who says it",
}
GOES_ON = "; goes on in the next paragraph, where nobody else is named as speaker"


@dataclass
class Quotation:
    """One quotation while it is put together; `content` and `marked` are spans of characters."""

    report: Report | None
    content: list = field(default_factory=list)
    marked: list = field(default_factory=list)
    code: str = IN_MARKS
    goes_on: bool = False

    def rule(self, page):
        """Why it is there, in plain words."""
        cue = page.words_of(self.report.cue) if self.report and self.report.cue else ""
        return RULES[self.code].format(cue) + (GOES_ON if self.goes_on else "")


def find_quotations(page, *, beliefs=False):
    """The quotations of one article in order of their beginning; with thoughts if `beliefs`."""
    quotes = report_quotations(page, beliefs)
    add_blocks(page, quotes)
    owner = {mark: quote for quote in quotes for mark in quote.marked}
    last, added = None, []
    for mark in page.outer:
        quote = owner.get(mark) or attach(page, mark, quotes, last)
        if quote is None:
            quote = label_quotation(page, mark)
            added.append(quote)
        owner[mark] = quote
        if quote.report:
            last = mark, quote
    join_open(page, owner)
    found = [quote for quote in (*quotes, *added) if quote.content]
    for quote in found:
        quote.content = join_touching(page.text, quote.content)
    return untangle(page, sorted(found, key=edges_of))


def label_quotation(page, mark):
    """What stands in marks as a quotation of its own: of whom a label names, or of nobody."""
    first, last = page.rows(mark.start, mark.end)
    report = None
    if first < last and is_whole(page, first, last):
        report = label_report(page, first, last)
    code = IN_MARKS if report is None else LABEL
    return Quotation(report, [(mark.start, mark.end)], [mark], code)


def join_open(page, owner):
    """Give what is left open at the end of a paragraph to the quotation that the next begins with.

    `owner` has the quotation of each stretch in marks.
    """
    pairs = list(zip(page.outer, page.outer[1:], strict=False))
    for mark, following in reversed(pairs):
        begins = not page.text[mark.end : following.start].strip()
        quote, next_quote = owner[mark], owner[following]
        if begins and not mark.closed and quote.report is None and next_quote.report:
            next_quote.content += quote.content
            next_quote.marked += quote.marked
            next_quote.goes_on = True
            quote.content = []
            owner[mark] = next_quote


def edges_of(quote):
    """Where a quotation begins and, last first, ends: the outer of two before the inner."""
    return quote.content[0][0], -quote.content[-1][1]


def report_quotations(page, beliefs):
    """A quotation for each report."""
    quotes = []
    for report in find_reports(page.tree):
        kind, _ = reporting_verbs().get(page.tree.lemma[report.verb], ("neutral", ()))
        quote = quotation_of(page, report)
        if quote is not None and report.cue and is_sourcing(page, report, quote):
            continue
        if quote is not None and is_mere_act(page, report, quote):
            continue
        # What is thought and stands in quotation marks as a whole is said: “Why?” she wondered.
        if quote is not None and (beliefs or kind not in BELIEFS or is_all_marked(quote)):
            quotes.append(quote)
    return quotes


def is_mere_act(page, report, quote):
    """Whether a verb of saying has neither speaker nor clause: "to announce his candidacy"."""
    is_clause = "ccomp" in page.tree.first[report.verb]
    return report.speaker is None and not is_clause and not quote.marked


def is_sourcing(page, report, quote):
    """Whether "according to" only says where words in marks are from that others are told to say.

    As in “I left,” Ann Lee said, according to Reuters.
    """
    tree = page.tree
    if tree.words[report.verb].lower() != "according" or not quote.marked:
        return False
    rows = [row for start, end in report.content for row in range(start, end)]
    return any(tree.lemma[row] in reporting_verbs() and page.mark_at(row) is None for row in rows)


def is_all_marked(quote):
    """Whether all of a quotation, and some of it, stands in marks."""
    marks = [(mark.start, mark.end) for mark in quote.marked]
    inside = []
    for start, end in quote.content:
        inside.append(any(low <= start and end <= high for low, high in marks))
    return bool(inside) and all(inside)


def quotation_of(page, report):
    """The quotation of a report, its content widened to the marks that it touches.

    Inside other marks, only clauses are speech: not "they attack our troops".
    """
    around = page.mark_at(report.verb)
    if around is None:
        report = name_outside(page, report)
    content = [page.span(run) for run in report.content]
    quote = Quotation(report, code=CLAUSE if report.cue else TURN)
    if around is None:
        touched = page.marks_in(content)
        quote.marked = [mark for mark in touched if not is_named(page, mark, report)]
        marks = [(mark.start, mark.end) for mark in quote.marked]
        quote.content = without_introduction(page, content, quote.marked) + marks
        return quote
    below = page.tree.first[report.verb].keys()
    if below.isdisjoint(("ccomp", "xcomp")):
        return None
    inside = around.start + 1, around.end - around.closed
    quote.content = clip_spans(page.text, content, *inside)
    return quote


def clip_spans(text, spans, start, end):
    """What of the spans lies between two places; nothing that is white space only."""
    clipped = [(max(first, start), min(last, end)) for first, last in spans]
    return [(first, last) for first, last in clipped if text[first:last].strip()]


def add_blocks(page, quotes):
    """Give a whole paragraph without marks to the report before it that ends in a colon."""
    tree = page.tree
    runs = tree.paragraphs
    for (start, before), (first, last) in zip(runs, runs[1:], strict=False):
        span = page.span((first, last))
        long_enough = last - first >= SHORTEST_SPEECH
        if tree.words[before - 1] != ":" or not long_enough or page.marks_in([span]):
            continue
        for quote in reversed(quotes_between(quotes, start, before)):
            same = tree.sentence[quote.report.verb] == tree.sentence[before - 1]
            if same and quote.report.speaker and not quote.content:
                quote.content.append(span)
                if quote.code == CLAUSE:
                    quote.code = BLOCK
                break


def verb_of(quote):
    """The row of a quotation's cue."""
    return quote.report.verb


def quotes_between(quotes, first, last):
    """The quotations whose cues stand between two rows."""
    start = bisect_left(quotes, first, key=verb_of)
    return quotes[start : bisect_left(quotes, last, key=verb_of)]


def attach(page, mark, quotes, last):
    """The quotation to which a stretch in marks belongs, by the cue beside it or as it goes on.

    `last` is the stretch in marks before it that somebody says, and its quotation. None where it
    belongs to none.
    """
    first, end = page.rows(mark.start, mark.end)
    if first == end or is_work(page, first, end) or is_nickname(page, first, end):
        return None
    quote = cue_beside(page, first, end, mark, quotes)
    if quote is None and is_whole(page, first, end):
        quote = colon_before(page, first, quotes)
        if quote is None and label_report(page, first, end) is None:
            quote = continued(page, first, last) or reported_before(page, first, quotes)
    if quote is not None:
        quote.content.append((mark.start, mark.end))
        quote.marked.append(mark)
    return quote


def cue_beside(page, first, end, mark, quotes):
    """The quotation whose cue stands nearest in the sentence of a stretch in marks, or None."""
    tree = page.tree
    sentences = (tree.sentence[first], tree.sentence[end - 1])
    nearest, shortest = None, None
    for quote in quotes_between(quotes, first - FAR_CUE, end + FAR_CUE + 1):
        verb = quote.report.verb
        gap = first - verb if verb < first else verb - end + 1
        fits = quote.marked or not quote.content or gap <= NEAR_CUE
        if tree.sentence[verb] not in sentences or not fits or not speaks_outside(page, quote):
            continue
        if not is_named(page, mark, quote.report) and (shortest is None or gap < shortest):
            nearest, shortest = quote, gap
    return nearest


def speaks_outside(page, quote):
    """Whether a quotation has a speaker, and its cue stands in no marks."""
    return bool(quote.report.speaker) and page.mark_at(quote.report.verb) is None


def colon_before(page, first, quotes):
    """The quotation whose sentence ends in a colon before a stretch in marks: "She continued:"."""
    if first == 0 or page.tree.words[first - 1] != ":":
        return None
    start, _ = sentence_run(page.tree, first - 1)
    before = quotes_between(quotes, start, first)
    outside = [quote for quote in before if speaks_outside(page, quote)]
    return outside[-1] if outside else None


def continued(page, first, last):
    """The quotation of the last speaker, which goes on in the same paragraph or in the next one."""
    if last is None or not last[1].report.speaker:
        return None
    mark, quote = last
    paragraphs = page.tree.paragraph
    between = paragraphs[first] - paragraphs[page.rows(mark.start, mark.end)[0]]
    if between > 1:
        return None
    quote.goes_on = quote.goes_on or between == 1
    return quote


def reported_before(page, first, quotes):
    """The quotation of the only one who speaks in the sentence before, in the same paragraph.

    Ann Lee said that she was worried. “It cannot go on.”
    """
    tree = page.tree
    start, _ = sentence_run(tree, first - 1) if first else (0, 0)
    if start == first or tree.paragraph[start] != tree.paragraph[first]:
        return None
    before = quotes_between(quotes, start, first)
    outside = [quote for quote in before if quote.content and speaks_outside(page, quote)]
    speakers = {page.words_of(quote.report.speaker) for quote in outside}
    return outside[-1] if len(speakers) == 1 else None


def is_nickname(page, first, last):
    """Whether what stands in marks is a name, behind a word that names: known as “Smokey”."""
    tree = page.tree
    words = [row for row in range(first, last) if tree.words[row][0].isalnum()]
    before = [word.lower() for word in tree.words[max(0, first - 2) : first]]
    named = not word_list("words that name").isdisjoint(before)
    capitals = all(tree.words[row][0].isupper() for row in words)
    return named and capitals and len(words) <= LONGEST_NICKNAME


def is_named(page, mark, report):
    """Whether what stands in marks is part of the speaker's name, or a title in the clause."""
    first, last = page.rows(mark.start, mark.end)
    inside = report.speaker and report.speaker[0] <= first < report.speaker[1]
    return inside or is_work(page, first, last) or is_nickname(page, first, last)


def is_work(page, first, last):
    """Whether what stands in marks looks like the title of a work or programme.

    That is a few words, all but small ones capitalised.
    """
    tree = page.tree
    words = [word for word in tree.words[first:last] if word[0].isalnum()]
    # In a headline "I Am Here" is somebody's word.
    speaks = "PRP" in tree.tag[first:last] and is_loud(tree, first, last)
    if speaks or not 1 < len(words) <= LONGEST_TITLE:
        return False
    small = word_list("small words of titles")
    large = words[:1] + [word for word in words[1:] if word.lower() not in small]
    is_sentence = tree.words[last - 2] in (".", "!", "?")
    return not is_sentence and all(word[0].isupper() for word in large)


def is_loud(tree, first, last):
    """Whether the sentence around some words has no longer word in small letters, as headlines."""
    start, end = sentence_run(tree, first)
    around = [*tree.words[start:first], *tree.words[last:end]]
    return not any(word.islower() and len(word) > SHORT_WORD for word in around)


def is_whole(page, first, last):
    """Whether a stretch in marks is a sentence or more of its own, a label beside it left aside."""
    sentence, words = page.tree.sentence, page.tree.words
    starts = first == 0 or sentence[first - 1] != sentence[first] or words[first - 1] == ":"
    ends = (
        last >= len(sentence) or sentence[last - 1] != sentence[last] or words[last] in LABEL_DASHES
    )
    return starts and ends and last - first >= SHORTEST_SPEECH


def without_introduction(page, content, marked):
    """The content without what introduces a quotation with a colon: "He put it so: “…”"."""
    kept = []
    for start, end in content:
        before = [page.text[start : mark.start] for mark in marked if start < mark.start]
        if not any(words.rstrip().endswith(":") for words in before):
            kept.append((start, before_dash(page, start, end, marked)))
    return kept


def before_dash(page, start, end, marked):
    """Where a span ends: at a dash behind its last words in marks, where the narrator goes on."""
    inside = [mark.end for mark in marked if start < mark.end < end]
    dash = inside and page.text[inside[-1] : end].lstrip()[:1] in ("–", "—")
    return inside[-1] if dash else end


def untangle(page, quotes):
    """The quotations without those that cut into another.

    Of two that overlap, neither within the other, the later ends where the earlier does.
    """
    kept, around = [], []
    for quote in quotes:
        around = [other for other in around if other.content[-1][1] > quote.content[0][0]]
        limit = min((other.content[-1][1] for other in around), default=None)
        if limit is not None and quote.content[-1][1] > limit:
            start = quote.content[0][0]
            quote.content = clip_spans(page.text, quote.content, start, limit)
        double = any(other.content == quote.content for other in around)
        if quote.content and not double:
            kept.append(quote)
            around.append(quote)
    return kept


def join_touching(text, spans):
    """Spans sorted, those that overlap or have only space between them made one."""
    made = []
    for start, end in sorted(spans):
        if made and (start <= made[-1][1] or not text[made[-1][1] : start].strip()):
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return made
