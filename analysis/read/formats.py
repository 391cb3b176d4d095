"""What a file holds, by its ending: text and Markdown into records, and who reads the rest.

A record is a dict an article, with what its file states about it.
"""

import re
import sys

from ..errors import ArticleError
from ..schema import SYNONYMS
from .documents import read_docx, read_eml, read_mhtml, read_rtf
from .encodings import decode
from .exports import split_export, split_export_page
from .feeds import read_feed
from .pages import read_page
from .pdf import read_pdf
from .tables import read_table

FIELDS = ("title", "author", "outlet", "published", "url")
# The first lines of a web page, and its tags: more of these than prose would ever mention.
PAGE_START = re.compile(r"\s*<(!doctype html|html)\b", re.IGNORECASE)
CLOSING_TAG = re.compile(r"</(?:p|div|span|a|li|h[1-6])>")
MOST_TAGS = 3
# Words of a first line that is the headline of the text below it.
FEWEST_HEADLINE_WORDS, MOST_HEADLINE_WORDS = 2, 20
# The lines with what a Markdown file states about itself, between two lines of three hyphens.
FRONT_MATTER = re.compile(r"---\r?\n(.*?)\r?\n---\r?\n", re.DOTALL)
STATED_LINE = re.compile(r"^(\w+): *(.*?) *\r?$", re.MULTILINE)
# More marks of Markdown are no article's, and markdown-it's time grows with their square.
MARKDOWN = "[]*_`~!<|"
MOST_MARKDOWN = 50_000
# Blocks of Markdown that hold words, as markdown-it calls them.
WORD_BLOCKS = ("inline", "code_block", "fence", "html_block")


def read_txt(path):
    """Plain text, or an export of a press database; ArticleError where it is a page's source."""
    text = decode(path.read_bytes())
    if PAGE_START.match(text) or len(CLOSING_TAG.findall(text)) > MOST_TAGS:
        raise ArticleError(
            "the text is the source of a web page, tags and all. "
            "Rename the file so that it ends in .html."
        )
    title = headline_of(text)
    known = {"text": text, "title": title, "inferred": title and "title"}
    yield from split_export(text, path.name) or [known]


def read_html(path):
    """A saved web page with an article, or with an export of a press database."""
    raw = path.read_bytes()
    yield from split_export_page(raw, path.name) or [read_page(raw)]


def headline_of(text):
    """The first line of a text if it reads as a headline and the text goes on below; else None."""
    first, _, rest = text.lstrip("\ufeff \t\r\n").partition("\n")
    words = first.split()
    is_short = FEWEST_HEADLINE_WORDS <= len(words) <= MOST_HEADLINE_WORDS
    is_above = rest.startswith(("\n", "\r")) and len(rest.split()) > 2 * len(words)
    is_sentence = first.rstrip().endswith((".", ":", ",", ";", "…"))
    return " ".join(words) if is_short and is_above and not is_sentence else None


def read_md(path):
    """Markdown: the words without the markup, a blank line between blocks.

    Its title is from the front matter or the first heading of level 1.
    """
    from markdown_it import MarkdownIt

    source = decode(path.read_bytes())
    if sum(map(source.count, MARKDOWN)) > MOST_MARKDOWN:
        raise ArticleError(
            f"the text has more than {MOST_MARKDOWN:,} marks of Markdown. Cut it in parts, or "
            "rename the file so that it ends in .txt."
        )
    stated, length = read_front_matter(source)
    # However deep lists and quotations stand in one another: what is deeper would be lost.
    options = {"maxNesting": sys.maxsize}
    parser = MarkdownIt("commonmark", options).enable(["table", "strikethrough"])
    blocks, headings = [], []
    is_heading_next = False
    try:
        tokens = parser.parse(source[length:])
    except RecursionError:
        raise ArticleError(
            "lists or quotations stand too deep in one another. Take away some of the marks before "
            "the deepest lines."
        ) from None
    for token in tokens:
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
        return drop_tags(token.content).strip()
    if not token.children:
        return token.content.strip()
    words = {"softbreak": " ", "hardbreak": "\n"}
    return "".join(words.get(child.type) or plain_inline(child) for child in token.children).strip()


def drop_tags(text):
    """A text without its tags and comments; what is never closed is text."""
    kept, at = [], 0
    last = {end: text.rfind(end) for end in (">", "-->")}
    while (start := text.find("<", at)) >= 0:
        kept.append(text[at:start])
        end = "-->" if text.startswith("<!--", start) else ">"
        if last[end] < start:
            kept.append("<")
            at = start + 1
        else:
            at = text.find(end, start) + len(end)
    return "".join([*kept, text[at:]])


def plain_inline(token):
    """The readable words of a part of a Markdown block: none in a tag, but for a line break."""
    if token.type == "image":  # a picture has no words in the article
        return ""
    if token.type != "html_inline":
        return token.content
    return "\n" if re.fullmatch(r"<br\s*/?>", token.content, re.IGNORECASE) else ""


READERS = {
    ".txt": read_txt,
    ".text": read_txt,
    ".md": read_md,
    ".markdown": read_md,
    ".html": read_html,
    ".htm": read_html,
    ".mhtml": read_mhtml,
    ".mht": read_mhtml,
    ".eml": read_eml,
    ".docx": read_docx,
    ".rtf": read_rtf,
    ".pdf": read_pdf,
    ".xml": read_feed,
    ".csv": read_table,
    ".tsv": read_table,
    ".json": read_table,
    ".jsonl": read_table,
    ".parquet": read_table,
    ".xlsx": read_table,
}
