"""Quotations put together: what stands in marks, what a clause reports, and whose speech goes on."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from .marks import find_marked
from .phrases import paragraph_runs, read_parse
from .reported import Report, find_reports, reporting_verbs

# Words in marks that are fewer than this and no sentence are a term, not a speech of its own.
SHORTEST_SPEECH = 4
BELIEFS = ("mental",)
# Why a paragraph of an interview, or one behind a colon, is speech.
TURN = "interview: the paragraph begins with the speaker's name"
BLOCK = "; the paragraph behind the colon, a block quotation"


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
        runs = paragraph_runs(self.parse.paragraph)
        self.marked = [each for first, last in runs for each in find_marked(text, self.starts[first], self.ends[last - 1])]
        self.outer = [each for each in self.marked if each.level == 1]

    def rows(self, start, end):
        """The rows of the tokens that begin in a stretch of text, (first, last)."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)

    def span(self, run):
        """The characters of a run of rows."""
        return self.starts[run[0]], self.ends[run[1] - 1]

    def marks_in(self, spans):
        """The outer stretches in marks that spans of text touch."""
        found = []
        for start, end in spans:
            place = bisect_right(self.outer, start, key=lambda each: each.end)
            while place < len(self.outer) and self.outer[place].start < end:
                found.append(self.outer[place])
                place += 1
        return list(dict.fromkeys(found))

    def mark_at(self, row):
        """The stretch in marks in which a row stands, or None."""
        place = bisect_right(self.outer, self.starts[row], key=lambda each: each.start) - 1
        return self.outer[place] if place >= 0 and self.starts[row] < self.outer[place].end else None


def find_speech(page, beliefs=False):
    """The quotations of one article as Quote objects."""
    quotes = report_quotes(page, beliefs)
    add_blocks(page, quotes)
    owner = {mark: quote for quote in quotes for mark in quote.marked}
    last, found = None, []
    for mark in page.outer:
        quote = owner.get(mark) or attach(page, mark, quotes, last)
        if quote is None:
            quote = Quote(None, [(mark.start, mark.end)], [mark], "in marks, and nobody says it")
            found.append(quote)
        if quote.report:
            last = mark, quote
    quotes = [quote for quote in (*quotes, *found) if quote.content]
    for quote in quotes:
        quote.content = joined(page.text, quote.content)
    return untangled(page, sorted(quotes, key=lambda quote: (quote.content[0][0], -quote.content[-1][1])))


def report_quotes(page, beliefs):
    """A Quote for each report, its content widened to the marks that it touches."""
    quotes = []
    for report in find_reports(page.parse):
        kind, _ = reporting_verbs().get(page.parse.lemma[report.verb], ("neutral", ()))
        if kind in BELIEFS and not beliefs:
            continue
        around = page.mark_at(report.verb)
        content = [page.span(run) for run in report.content]
        said = f"“{page.text[slice(*page.span(report.cue))]}” and its clause" if report.cue else TURN
        quote = Quote(report, content, [], said)
        if around is None:
            quote.marked = [mark for mark in page.marks_in(content) if not is_named(page, mark, report)]
            quote.content = after_colon(page, content, quote.marked) + [(mark.start, mark.end) for mark in quote.marked]
        elif not any(page.parse.dep[child] in ("ccomp", "xcomp") for child in page.parse.below[report.verb]):
            continue  # "they attack our troops" inside a quotation is no speech within it
        else:
            clipped = [(max(start, around.start + 1), min(end, around.end - around.closed)) for start, end in content]
            quote.content = [(start, end) for start, end in clipped if page.text[start:end].strip()]
        quotes.append(quote)
    return quotes


def add_blocks(page, quotes):
    """Give a whole paragraph without marks to the report before it that ends in a colon: "She wrote:"."""
    parse = page.parse
    runs = paragraph_runs(parse.paragraph)
    for (start, before), (first, last) in zip(runs, runs[1:], strict=False):
        span = page.starts[first], page.ends[last - 1]
        if parse.words[before - 1] != ":" or last - first < SHORTEST_SPEECH or page.marks_in([span]):
            continue
        near = quotes[bisect_left(quotes, start, key=verb_of) : bisect_left(quotes, before, key=verb_of)]
        said = [each for each in near if parse.sentence[verb_of(each)] == parse.sentence[before - 1] and each.report.speaker and not each.content]
        if said:
            said[-1].content.append(span)
            said[-1].rule += BLOCK


def attach(page, mark, quotes, last):
    """The quotation to which a stretch in marks belongs, by the cue beside it or as its continuation; None where to none.

    `last` is the stretch in marks before it that somebody says, and its quotation.
    """
    first, end = page.rows(mark.start, mark.end)
    if first == end or is_work(page, first, end):
        return None
    quote = cue_beside(page, mark, first, end, quotes)
    if quote is None and is_whole(page, first, end):
        quote = colon_before(page, mark, first, quotes) or continued(page, first, last)
    if quote is not None:
        quote.content.append((mark.start, mark.end))
        quote.marked.append(mark)
    return quote


def cue_beside(page, mark, first, end, quotes):
    """The quotation whose cue stands nearest in the sentence of a stretch in marks."""
    parse = page.parse
    sentences = (parse.sentence[first], parse.sentence[end - 1])
    beside = []
    for quote in quotes[bisect_left(quotes, first - FAR, key=verb_of) : bisect_right(quotes, end + FAR, key=verb_of)]:
        verb = verb_of(quote)
        said = parse.sentence[verb] in sentences and page.mark_at(verb) is None and quote.report.speaker
        gap = first - verb if verb < first else verb - end + 1
        if said and not is_named(page, mark, quote.report) and (quote.marked or not quote.content or gap <= NEAR):
            beside.append((gap, verb, quote))
    return min(beside, key=lambda each: each[:2])[2] if beside else None


# A cue further away in tokens than this is not beside a quotation; one nearer than this is, even if its clause says something else.
FAR, NEAR = 60, 3


def verb_of(quote):
    """The row of a quotation's cue."""
    return quote.report.verb


def colon_before(page, mark, first, quotes):
    """The quotation whose sentence ends in a colon before a stretch in marks: "She continued:"."""
    if first == 0 or page.parse.words[first - 1] != ":":
        return None
    before = quotes[bisect_left(quotes, first - FAR, key=verb_of) : bisect_left(quotes, first, key=verb_of)]
    outside = [quote for quote in before if page.mark_at(quote.report.verb) is None and quote.report.speaker]
    return outside[-1] if outside else None


def continued(page, first, last):
    """The quotation of the last speaker, which goes on in whole sentences in the same paragraph or in the next one."""
    if last is None or not last[1].report.speaker:
        return None
    mark, quote = last
    paragraphs = page.parse.paragraph
    between = paragraphs[first] - paragraphs[page.rows(mark.start, mark.end)[0]]
    if between > 1:
        return None
    if between and "goes on" not in quote.rule:
        quote.rule += "; goes on in the next paragraph, where nobody else is named as speaker"
    return quote


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
    small = ("the", "a", "an", "and", "or", "of", "in", "on", "for", "to", "at", "by", "with", "from", "as")
    large = [word for place, word in enumerate(words) if place == 0 or word.lower() not in small]
    verb = any(page.parse.pos[row] == "PRON" for row in range(first, last))
    whole = page.parse.words[last - 2 : last - 1] in (["."], ["!"], ["?"])
    return 1 < len(words) <= LONGEST_TITLE and all(word[0].isupper() for word in large) and not whole and not verb


def is_whole(page, first, last):
    """Whether a stretch in marks is a sentence or more of its own."""
    parse = page.parse
    starts = first == 0 or parse.sentence[first - 1] != parse.sentence[first]
    ends = last >= len(parse.words) or parse.sentence[last - 1] != parse.sentence[last]
    return starts and ends and last - first >= SHORTEST_SPEECH


def after_colon(page, content, marked):
    """The content without what introduces a quotation with a colon: "He put it so: “…”"."""
    content = [(start, before_dash(page, start, end, marked)) for start, end in content]
    return [
        (start, end)
        for start, end in content
        if not any(start < mark.start and page.text[start : mark.start].rstrip().endswith(":") for mark in marked)
    ]


def before_dash(page, start, end, marked):
    """Where a span ends: at a dash directly behind its last words in marks, where the narrator takes over."""
    inside = [mark.end for mark in marked if start < mark.end < end]
    return inside[-1] if inside and page.text[inside[-1] : end].lstrip()[:1] in ("–", "—") else end


def untangled(page, quotes):
    """The quotations without those that cut into another: of two that overlap, neither within the other, the later ends before or begins after."""
    kept, open_quotes = [], []
    for quote in quotes:
        open_quotes = [other for other in open_quotes if other.content[-1][1] > quote.content[0][0]]
        outer = min((other.content[-1][1] for other in open_quotes), default=None)
        if outer is not None and quote.content[-1][1] > outer:
            quote.content = [(start, min(end, outer)) for start, end in quote.content if page.text[start : min(end, outer)].strip()]
        if not quote.content or [other for other in open_quotes if other.content == quote.content]:
            continue
        kept.append(quote)
        open_quotes.append(quote)
    return kept


def joined(text, spans):
    """Spans sorted, those that overlap or have only space between them made one."""
    made = []
    for start, end in sorted(spans):
        if made and (start <= made[-1][1] or not text[made[-1][1] : start].strip()):
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return made
