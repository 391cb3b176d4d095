"""What a file holds, by its ending: text, Markdown, web pages and tables into records.

A record is a dict an article, with what its file states about it.
"""

import re

from ..errors import ArticleError
from ..schema import SYNONYMS
from .encodings import decode
from .tables import read_table

FIELDS = ("title", "outlet", "published", "url")
# The first lines of a web page, and its tags: more of these than prose would ever mention.
PAGE_START = re.compile(r"\s*<(!doctype html|html)\b", re.IGNORECASE)
CLOSING_TAG = re.compile(r"</(?:p|div|span|a|li|h[1-6])>")
MOST_TAGS = 3
# The lines with what a Markdown file states about itself, between two lines of three hyphens.
FRONT_MATTER = re.compile(r"---\r?\n(.*?)\r?\n---\r?\n", re.DOTALL)
STATED_LINE = re.compile(r"^(\w+): *(.*?) *\r?$", re.MULTILINE)
# Blocks of Markdown that hold words, as markdown-it calls them.
WORD_BLOCKS = ("inline", "code_block", "fence", "html_block")


def read_txt(path):
    """Plain text; ArticleError where it is the source of a web page."""
    text = decode(path.read_bytes())
    if PAGE_START.match(text) or len(CLOSING_TAG.findall(text)) > MOST_TAGS:
        raise ArticleError(
            "the text is the source of a web page, tags and all. "
            "Rename the file so that it ends in .html."
        )
    yield {"text": text}


def read_md(path):
    """Markdown: the words without the markup, a blank line between blocks.

    Its title is from the front matter or the first heading of level 1.
    """
    from markdown_it import MarkdownIt

    source = decode(path.read_bytes())
    stated, length = read_front_matter(source)
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    blocks, headings = [], []
    is_heading_next = False
    for token in parser.parse(source[length:]):
        if token.type in WORD_BLOCKS:
            words = plain_markdown(token)
            blocks.append(words)
            if is_heading_next:
                headings.append(words)
        is_heading_next = token.type == "heading_open" and token.tag == "h1"
    record = {field: first_stated(stated, SYNONYMS[field]) for field in FIELDS}
    if headings and not record["title"]:
        record["title"] = headings[0]
    yield record | {"text": "\n\n".join(filter(None, blocks))}


def read_front_matter(source):
    """{name: value} that a Markdown file states first, and how many characters that takes."""
    front = FRONT_MATTER.match(source)
    if not front:
        return {}, 0
    stated = {}
    for name, value in STATED_LINE.findall(front[1]):
        stated[name.lower()] = value.strip("\"'")
    return stated, front.end()


def first_stated(stated, names):
    """The first of several names' values that is filled in, or None."""
    for name in names:
        if stated.get(name):
            return stated[name]
    return None


def plain_markdown(token):
    """The readable words of one Markdown block."""
    if token.type == "html_block":
        return re.sub(r"<!--.*?-->|<[^>]*>", "", token.content, flags=re.DOTALL).strip()
    if not token.children:
        return token.content.strip()
    words = {"softbreak": " ", "hardbreak": "\n"}
    return "".join(words.get(child.type) or plain_inline(child) for child in token.children).strip()


def plain_inline(token):
    """The readable words of a part of a Markdown block: none in a tag, but for a line break."""
    if token.type == "image":  # a picture has no words in the article
        return ""
    if token.type != "html_inline":
        return token.content
    return "\n" if re.fullmatch(r"<br\s*/?>", token.content, re.IGNORECASE) else ""


def read_html(path):
    """A saved web page: the article's text and what the page states about it, by trafilatura."""
    from trafilatura import bare_extraction, html2txt

    raw = path.read_bytes()
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


def count_visible(text):
    """How many characters of a text are not white space."""
    return len("".join(text.split()))


READERS = {
    ".txt": read_txt,
    ".text": read_txt,
    ".md": read_md,
    ".markdown": read_md,
    ".html": read_html,
    ".htm": read_html,
    ".csv": read_table,
    ".jsonl": read_table,
    ".parquet": read_table,
    ".xlsx": read_table,
}
