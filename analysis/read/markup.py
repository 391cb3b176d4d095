"""HTML as plain lines: cells of tables, metadata and parts of pages."""

import re

BLOCKS = ("p", "div", "h1", "h2", "h3", "h4", "li", "blockquote")
# What begins a line of its own.
LINES = (*BLOCKS, "br", "td", "section")
# A closing tag, a line break, a paragraph, or a character by its name or number.
MARKUP = re.compile(r"</[a-z]\w{0,9}>|<br ?/?>|<p>|&(?:[a-zA-Z]{2,8}|#\d{2,5}|#x[\da-fA-F]{2,5});")


def is_html(text):
    """Whether a text has tags or characters by name, as only HTML has."""
    return MARKUP.search(text) is not None


def plain_html(source):
    """The words of a piece of HTML, a blank line between blocks."""
    from lxml.html import fragment_fromstring

    piece = fragment_fromstring(source.replace("\0", ""), create_parent="div")
    for unread in list(piece.iter("script", "style")):
        unread.drop_tree()
    return "\n\n".join(page_lines(piece))


def page_lines(node):
    """The lines that a part of a page shows, of which each block and each line break begins one."""
    from lxml import etree

    shown = []
    for event, part in etree.iterwalk(node, ("start", "end")):
        if part.tag in LINES:
            shown.append("\n")
        words = part.text if event == "start" else part.tail
        if words and not (part is node and event == "end"):
            shown.append(re.sub(r"\s+", " ", words))
    lines = [line.strip() for line in "".join(shown).split("\n")]
    return list(filter(None, lines))
