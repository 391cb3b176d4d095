"""What is printed around an article: dates and bylines, lines and paragraphs."""

import re
from datetime import date
from email.utils import parsedate_to_datetime

from .markup import page_lines

# The months in English, French and German: a database writes dates in the language of its screen.
MONTHS_PRINTED = (
    "january janvier januar jänner",
    "february février fevrier februar",
    "march mars märz",
    "april avril",
    "may mai",
    "june juin juni",
    "july juillet juli",
    "august août aout",
    "september septembre",
    "october octobre oktober",
    "november novembre",
    "december décembre decembre dezember",
)
DAY, MONTH = r"(\d{1,2})(?:st|nd|rd|th|er|\.)?", r"([^\W\d_]{3,9})\.?"
PRINTED_DATE = re.compile(rf"(?:{MONTH}\s+{DAY}|{DAY}\s+{MONTH}),?\s+([12]\d{{3}})\b")
WEEKDAY = r"(?:\w{0,8}(?:day|di|manche|tag|woch|abend),?\s+)?"
DATE_LINE = re.compile(WEEKDAY + PRINTED_DATE.pattern)
COPYRIGHT = re.compile(r"(?:copyright|\(c\)|©)\s*(?:\(c\)|©)?\s*\d{4}|all rights reserved", re.I)
PAGE_HEAD = re.compile(r"Page \d+(?: of \d+)?")
# Lines of typewriters: in a text whose lines are all so short, they end where the paper does.
LONGEST_TYPED = 100


def read_date(text):
    """The first date in a text as yyyy-mm-dd, or None."""
    for found in PRINTED_DATE.finditer(text or ""):
        month, day = (found[1], found[2]) if found[1] else (found[4], found[3])
        for number, names in enumerate(MONTHS_PRINTED, 1):
            if any(name.startswith(month.lower()) for name in names.split()):
                return iso_date(found[5], number, day)
    return None


def iso_date(year, month, day):
    """A day as yyyy-mm-dd, or None where there is none such."""
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def read_mail_date(text):
    """The day of a date as mails and feeds write it (RFC 2822), as yyyy-mm-dd, or None."""
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except ValueError:
        return None


def is_date_line(line):
    """Whether a line begins with a date, or a weekday and a date."""
    return bool(DATE_LINE.match(line) and read_date(line))


def list_authors(byline):
    """The names in a byline with "; " between them, or None: “By Ann Lee and Bo Ek”."""
    plain = re.sub(r"^(?:by|von|par)\b[:\s]*", "", " ".join((byline or "").split()), flags=re.I)
    *first, last = re.split(r"\s+and\s+", plain, flags=re.I)
    # “Anna Scribner, Staff Writer” is one; before an “and”, commas part names.
    names = re.split(r"[,;]", ";".join(first)) + last.split(";")
    return "; ".join(name.strip(" ,;") for name in names if name.strip(" ,;")) or None


def part_lines(lines, field=None):
    """Lines in pieces: a blank line ends one, and a line that begins with a field begins one."""
    pieces = [[]]
    for line in lines:
        if not line or (field and field.match(line)):
            pieces.append([])
        if line:
            pieces[-1].append(line)
    return [piece for piece in pieces if piece]


def join_pieces(pieces):
    """The text of pieces of lines: a paragraph each, or each line where these are long.

    The head of a printed page is no text; a paragraph goes on below it.
    """
    is_typed = all(len(line) <= LONGEST_TYPED for piece in pieces for line in piece)
    paragraphs, is_broken = [], False
    for piece in pieces:
        if PAGE_HEAD.fullmatch(piece[0]):
            is_broken = True
            continue
        first, *more = [" ".join(piece)] if is_typed else piece
        if is_broken and paragraphs and first[0].islower():
            first = f"{paragraphs.pop()} {first}"
        paragraphs += [first, *more]
        is_broken = False
    return "\n\n".join(paragraphs)


def with_class(node, name):
    """The parts of a page's node that have a class."""
    return node.xpath(f".//*[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]")


def first_line(node, *names):
    """What the first part with one of some classes says, or ""."""
    for name in names:
        for part in with_class(node, name):
            if page_lines(part):
                return " ".join(page_lines(part))
    return ""
