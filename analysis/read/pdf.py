"""PDF with its text in it into records: lines as pypdf finds them, joined into paragraphs."""

import logging
import re
import time
import warnings
from collections import Counter
from statistics import median
from typing import NamedTuple

from ..errors import ArticleError
from ..text import SENTENCE_END

# Seconds; a newspaper takes some, a file made to take for ever is given up.
LONGEST_READING = 60
# Lines at the top and at the foot of a page that may stand on other pages as well.
MARGIN_LINES = 2
# On such a part of the pages: heads may differ on left and right pages.
RUNNING = 1 / 3
# With # for each number.
PAGE_NUMBER = re.compile(r"[-–—\s]*(?:page\s*)?#(?:\s*(?:of|/)\s*#)?[-–—\s]*", re.I)
# Lines stand apart by more than this many usual distances: a new paragraph.
PARAGRAPH_GAP = 1.2
# A line with a smaller part of the letters of the longest near it ends a paragraph, if a sentence
# ends there; one with a much smaller part does if the next does not begin with a small letter.
SHORT_LINE, STUB = 0.8, 0.5
NEAR = 6
# Of the size of the letters: more is an indent, or another size.
INDENT, OTHER_SIZE = 0.5, 0.1
# How much larger than the text a headline is.
HEADLINE = 1.2
# No letter is looked at twice: a strange file may have a word of a million.
HYPHENATED, BEFORE_HYPHEN = re.compile(r"(?<!\w)\w++-\w+"), re.compile(r"(?<!\w)\w++-$")
NO_PDF_TITLE = re.compile(r"microsoft word\b.*|.*\.(?:docx?|indd|qxp|pdf|html?)|untitled.*", re.I)
# Hyphens and ligatures, which are a matter of the type, as they are written.
WRITTEN = {"\xad": "-", "‐": "-", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"}


class Line(NamedTuple):
    """A line of a page: its words, where it begins (points from the lower left), its size."""

    text: str
    x: float
    y: float
    size: float


def read_pdf(path):
    """A PDF: the text of its pages, without the heads, feet and numbers of pages.

    ArticleError where it is locked, or holds pictures of pages without text.
    """
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError

    logging.getLogger("pypdf").setLevel(logging.ERROR)
    deadline = time.monotonic() + LONGEST_READING
    try:
        reader = PdfReader(path)
        pages = [read_lines(page, deadline) for page in reader.pages]
        named = str((reader.metadata or {}).get("/Title") or "").strip()
    except (DependencyError, FileNotDecryptedError):
        raise ArticleError(
            "the file is locked. Open it with its password, print it into a new PDF, and read that."
        ) from None
    kept = drop_margins(pages)
    lines = [line for page in kept for line in page]
    if not lines:
        raise ArticleError(
            "a scan: it holds pictures of pages, no text. Run text recognition (OCR) on it and "
            "save the result."
        )
    bare = [str(number) for number, page in enumerate(kept, 1) if not page]
    if bare:
        warnings.warn(
            f"{path.name}: no text on page {', '.join(bare)}. If there are pictures of text, run "
            "text recognition (OCR) on the file.",
            stacklevel=2,
        )
    paragraphs = join_lines(lines)
    title = named if named and not NO_PDF_TITLE.fullmatch(named) else largest(paragraphs)
    yield {"text": "\n\n".join(paragraph.text for paragraph in paragraphs), "title": title}


def read_lines(page, deadline):
    """The lines of a page, in the order in which it was set: column by column."""
    lines, words, places = [], [], []

    def check_time(*_):
        if time.monotonic() > deadline:
            raise ArticleError(
                f"reading it takes more than {LONGEST_READING} seconds. Print the pages with the "
                "article into a PDF of their own."
            )

    def close_line():
        text = "".join(words).translate(str.maketrans(WRITTEN)).strip()
        if text:
            lines.append(Line(text, *places[0]))
        words.clear()
        places.clear()

    def note_words(text, around, at, _, size):
        for n, part in enumerate(text.split("\n")):
            if n:
                close_line()
            if part.strip():
                places.append(find_place(at, around, size))
            words.append(part)

    check_time()
    page.extract_text(visitor_operand_before=check_time, visitor_text=note_words)
    check_time()  # within a form on the page, pypdf goes on after any error
    close_line()
    return lines


def find_place(at, around, size):
    """Where text stands on its page, and how large it is: from the two matrices of PDF."""
    x = at[4] * around[0] + at[5] * around[2] + around[4]
    y = at[4] * around[1] + at[5] * around[3] + around[5]
    return x, y, abs(size * at[3] * around[3]) or abs(size) or 1.0


def drop_margins(pages):
    """The pages without numbers of pages, and without what stands on many at the top or foot."""
    margins = [margin_lines(page) for page in pages]
    times = Counter(words for margin in margins for words in {*margin.values()})
    running = {words for words, n in times.items() if n >= max(2, len(pages) * RUNNING)}
    kept = []
    for page, margin in zip(pages, margins, strict=True):
        out = {line for line, words in margin.items() if words in running or is_page_number(words)}
        kept.append([line for line in page if line not in out])
    return kept


def margin_lines(page):
    """{line: its words, with # for each number} of those at the top and the foot of a page."""
    heights = sorted({round(line.y) for line in page})
    outer = {*heights[:MARGIN_LINES], *heights[-MARGIN_LINES:]}
    return {line: re.sub(r"\d+", "#", line.text) for line in page if round(line.y) in outer}


def is_page_number(words):
    """Whether a line is the number of a page and nothing else."""
    return bool(PAGE_NUMBER.fullmatch(words))


def join_lines(lines):
    """The paragraphs of lines, each as a line: its words, and the place and size of its first."""
    compounds = {word for line in lines for word in HYPHENATED.findall(line.text)}
    followed = zip(lines, lines[1:], strict=False)
    steps = [(line.y - after.y) / line.size for line, after in followed if line.y > after.y]
    usual, paragraphs = median(steps or [0]), [(lines[0], [lines[0].text])]
    for at, line in enumerate(lines[1:], 1):
        around = lines[max(0, at - NEAR) : at + NEAR]
        longest = max(len(other.text) for other in around)
        after = lines[at + 1] if at + 1 < len(lines) else None
        if begins_paragraph(lines[at - 1], line, after, usual, longest):
            paragraphs.append((line, [line.text]))
        else:
            words = paragraphs[-1][1]
            words[-1] = end_line(words[-1], line.text, compounds)
            words.append(line.text)
    return [first._replace(text="".join(words)) for first, words in paragraphs]


def begins_paragraph(before, line, after, usual, longest):
    """Whether a line begins a paragraph: by size, by distance, or by an indent or a short line."""
    step = (before.y - line.y) / before.size
    if abs(line.size - before.size) > OTHER_SIZE * before.size or step > PARAGRAPH_GAP * usual:
        return True
    if len(before.text) < STUB * longest and not line.text[0].islower():
        return True
    if not SENTENCE_END.search(before.text):
        return False
    # At the head of a column, only the line below tells whether one is indented.
    is_indented = step > 0 and line.x - before.x > INDENT * line.size
    if after and after.y < line.y:
        is_indented |= line.x - after.x > INDENT * line.size
    return is_indented or len(before.text) < SHORT_LINE * longest


def end_line(text, following, compounds):
    """A line as it ends before the next of its paragraph: with a space, or without a hyphen.

    A hyphen stays in a name or number, and in a word that has it elsewhere in the text.
    """
    if re.search(r"\w[–—/]$", text[-2:]):
        return text
    broken = BEFORE_HYPHEN.search(text)
    if not broken:
        return f"{text} "
    is_compound = broken[0] + re.match(r"\w*", following)[0] in compounds
    parts_only = text[-2].islower() and following[0].islower()
    return text[:-1] if parts_only and not is_compound else text


def largest(paragraphs):
    """The first of the largest paragraphs, if it is a headline: much larger than most; or None."""
    letters = Counter()
    for paragraph in paragraphs:
        letters[round(paragraph.size, 1)] += len(paragraph.text)
    usual = letters.most_common(1)[0][0]
    found = max(paragraphs, key=lambda paragraph: round(paragraph.size, 1))
    return found.text if found.size > HEADLINE * usual else None
