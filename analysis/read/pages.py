"""Saved web pages: the article's text and what the page states about it, by trafilatura."""

import re

from ..errors import ArticleError
from ..text import FORBIDDEN

# Limits within which trafilatura takes seconds: with more tags, or attributes of a tag, its time
# and lxml's grow with the square. News pages have some thousand tags, and a few dozen attributes.
MOST_PAGE_TAGS = 25_000
MOST_ATTRIBUTES = 1_000
MOST_IN_LONG_TAGS = 50_000
# Megabytes without the pictures inside.
LARGEST_PAGE = 10
PICTURE = re.compile(rb"data:[\w/+.;=-]{0,100},[\w%/+=-]*+")
# A tag with its attributes; nothing of it is read twice, so that its time grows with the page only.
ATTRIBUTE = rb"""\s*+/?+[^\s<>="'/]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"']++))?+"""
TAG = re.compile(rb"<[a-zA-Z][^\s<>/]*+(?:" + ATTRIBUTE + rb")*+")
LONG_TAG = 2 * MOST_ATTRIBUTES
# A character that is written as its number.
NUMBERED = re.compile(rb"&#(?:[xX]0*+([0-9a-fA-F]{1,8})(?![0-9a-fA-F])|0*+([0-9]{1,8})(?!\d));?")


def read_html(path):
    """A saved web page; ArticleError where there is no article in it, or too much around it."""
    from trafilatura import bare_extraction, html2txt

    raw = PICTURE.sub(b"data:,", path.read_bytes())
    check_size(raw)
    raw = NUMBERED.sub(replace_forbidden, raw)
    found = bare_extraction(
        raw,
        with_metadata=True,
        include_comments=False,
        favor_precision=True,
        # A date is stated in the page's metadata or not at all: one found in its prose would be a
        # guess.
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    if found is None or not (found.text or "").strip():
        raise ArticleError(
            "no article text was found in this page. Save the article itself (not a list of "
            "articles) or paste its text into a .txt file."
        )
    lines = [line.strip() for line in found.text.splitlines()]
    text = "\n\n".join(filter(None, lines))
    outside = count_visible(html2txt(raw)) - count_visible(text)
    yield {
        "text": text,
        "title": found.title,
        "outlet": found.sitename,
        "published": found.date,
        "url": found.url,
        "outside": max(0, outside),
    }


def check_size(raw):
    """Raise ArticleError for a page that holds far more than an article and what is around it."""
    mend = "Save the article alone, or paste its text into a .txt file."
    if len(raw) > LARGEST_PAGE * 2**20:
        raise ArticleError(
            f"the page is larger than {LARGEST_PAGE} MB without its pictures. {mend}"
        )
    raw = raw.replace(b"\0", b"")  # in UTF-16, half of each plain letter
    in_long_tags = 0
    for n, tag in enumerate(TAG.finditer(raw), 1):
        if n > MOST_PAGE_TAGS:
            raise ArticleError(f"the page has more than {MOST_PAGE_TAGS:,} tags. {mend}")
        if tag.end() - tag.start() > LONG_TAG:
            attributes = len(re.findall(ATTRIBUTE, tag[0]))
            in_long_tags += attributes
            if attributes > MOST_ATTRIBUTES or in_long_tags > MOST_IN_LONG_TAGS:
                raise ArticleError(
                    f"a tag has more than {MOST_ATTRIBUTES:,} attributes, or long tags have more "
                    f"than {MOST_IN_LONG_TAGS:,} together. {mend}"
                )


def replace_forbidden(found):
    """A character's number as it is, or that of � where no page can hold the character."""
    number = int(found[1], 16) if found[1] else int(found[2])
    if number > 0x10FFFF or FORBIDDEN.match(chr(number)):
        return b"&#xFFFD;"
    return found[0]


def count_visible(text):
    """How many characters of a text are not white space."""
    return len("".join(text.split()))
