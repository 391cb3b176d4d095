"""Who is quoted saying what: direct, mixed and indirect speech, with its speaker and the words that bring it."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from tqdm import tqdm

from . import schema
from .articles import texts_behind
from .marks import find_marked
from .phrases import read_parse
from .reported import Report, find_reports, reporting_verbs

# Words in marks that are fewer than this and no sentence are a term, not a speech of its own.
SHORTEST_SPEECH = 4
BELIEFS = ("mental",)


@dataclass
class Quote:
    """One quotation while it is put together; spans are of characters."""

    report: Report | None
    content: list = field(default_factory=list)
    marked: list = field(default_factory=list)
    rule: str = ""


class Page:
    """One article: its parse, where its tokens stand, and what stands in marks in it."""

    def __init__(self, parsed, text):
        self.parse, self.text = read_parse(parsed), text
        self.starts, self.ends = parsed["start"].tolist(), parsed["end"].tolist()
        edges = parsed.groupby("paragraph_id", sort=True).agg(start=("start", "first"), end=("end", "last"))
        self.marked = [each for row in edges.itertuples() for each in find_marked(text, row.start, row.end)]
        self.outer = [each for each in self.marked if each.level == 1]

    def rows(self, start, end):
        """The rows of the tokens that begin in a stretch of text, (first, last)."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)

    def span(self, run):
        """The characters of a run of rows."""
        return self.starts[run[0]], self.ends[run[1] - 1]

    def mark_at(self, row):
        """The stretch in marks in which a row stands, or None."""
        place = bisect_right(self.outer, self.starts[row], key=lambda each: each.start) - 1
        return self.outer[place] if place >= 0 and self.starts[row] < self.outer[place].end else None


def find_spans(page, beliefs=False):
    """The quotations of one article as Quote objects."""
    quotes = report_quotes(page, beliefs)
    owner = {mark: quote for quote in quotes for mark in quote.marked}
    running, found = None, []
    for mark in page.outer:
        quote = owner.get(mark) or attach(page, mark, quotes, owner, running)
        if quote is None:
            quote = Quote(None, [(mark.start, mark.end)], [mark], "in marks, and nobody says it")
            found.append(quote)
        elif quote not in quotes:
            found.append(quote)
        owner[mark] = quote
        if quote.report and quote.report.speaker:
            running = (quote, mark)
    quotes = [quote for quote in quotes if quote.content]
    for quote in quotes:
        quote.content = joined(page.text, quote.content)
    return sorted(quotes + found, key=lambda quote: (quote.content[0][0], -quote.content[-1][1]))


def report_quotes(page, beliefs):
    """A Quote for each report, its content widened to the marks that it touches."""
    quotes = []
    for report in find_reports(page.parse):
        kind, _ = reporting_verbs().get(page.parse.lemma[report.verb], ("neutral", ()))
        if kind in BELIEFS and not beliefs:
            continue
        around = page.mark_at(report.verb)
        content = [page.span(run) for run in report.content]
        quote = Quote(report, content, [], f"“{page.text[slice(*page.span(report.cue))]}” and its clause")
        if around is None:
            for mark in page.outer:
                if any(mark.start < end and start < mark.end for start, end in content) and not is_named(page, mark, report):
                    quote.marked.append(mark)
                    quote.content.append((mark.start, mark.end))
        else:
            quote.content = [(max(start, around.start + 1), min(end, around.end - around.closed)) for start, end in content if start < around.end and around.start < end]
        quotes.append(quote)
    return quotes


def attach(page, mark, quotes, owner, running):
    """The quotation to which a stretch in marks belongs, by the cue beside it or as a continuation; None where to none."""
    first, last = page.rows(mark.start, mark.end)
    parse = page.parse
    if is_work(page, first, last):
        return None
    sentences = {parse.sentence[first], parse.sentence[last - 1]}
    beside = []
    for quote in quotes:
        verb = quote.report.verb
        if parse.sentence[verb] in sentences and page.mark_at(verb) is None and quote.report.speaker and not is_named(page, mark, quote.report):
            free = not quote.content or quote.marked
            gap = first - verb if verb < first else verb - last + 1
            if free or gap <= 3:
                beside.append((gap, verb, quote))
    if beside:
        quote = min(beside, key=lambda each: each[:2])[2]
        quote.content.append((mark.start, mark.end))
        quote.marked.append(mark)
        return quote
    whole = is_whole(page, first, last)
    if not whole:
        return None
    before = [(other, quote) for other, quote in owner.items() if quote.report and other.end <= mark.start]
    if before:
        other, quote = max(before, key=lambda pair: pair[0].start)
        same = parse.paragraph[page.rows(other.start, other.end)[0]] == parse.paragraph[first]
        if same and quote.report.speaker:
            quote.content.append((mark.start, mark.end))
            quote.marked.append(mark)
            return quote
    led = [quote for quote in quotes if page.mark_at(quote.report.verb) is None and quote.report.verb < first and first - quote.report.verb < 40]
    if led and ":" in page.text[page.ends[led[-1].report.verb] : mark.start][-3:]:
        led[-1].content.append((mark.start, mark.end))
        led[-1].marked.append(mark)
        return led[-1]
    if running:
        quote, other = running
        gap = parse.paragraph[first] - parse.paragraph[page.rows(other.start, other.end)[0]]
        if gap <= 1:
            report = Report(-1, None, quote.report.speaker, quote.report.subject, [])
            return Quote(report, [(mark.start, mark.end)], [mark], "whole sentence in marks: the speaker before goes on")
    return None


def is_named(page, mark, report):
    """Whether what stands in marks is part of the speaker's name, or a title in the clause."""
    first, last = page.rows(mark.start, mark.end)
    inside = report.speaker and report.speaker[0] <= first < report.speaker[1]
    return inside or is_work(page, first, last)


# A longer run of capitalised words is a headline that somebody cries, not a title.
LONGEST_TITLE = 8


def is_work(page, first, last):
    """Whether what stands in marks looks like the title of a work or programme: a few words, all but small ones capitalised."""
    words = [word for word in page.parse.words[first:last] if word[0].isalnum()]
    large = [word for word in words if len(word) > 3]
    whole = page.parse.words[last - 2 : last - 1] in (["."], ["!"], ["?"])
    return 1 < len(words) <= LONGEST_TITLE and bool(large) and all(word[0].isupper() for word in (*large, words[0])) and not whole


def is_whole(page, first, last):
    """Whether a stretch in marks is a sentence or more of its own."""
    parse = page.parse
    starts = first == 0 or parse.sentence[first - 1] != parse.sentence[first]
    ends = last >= len(parse.words) or parse.sentence[last - 1] != parse.sentence[last]
    return starts and ends and last - first >= SHORTEST_SPEECH


def joined(text, spans):
    """Spans sorted, those that overlap or have only space between them made one."""
    made = []
    for start, end in sorted(spans):
        if made and (start <= made[-1][1] or not text[made[-1][1] : start].strip()):
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return made
