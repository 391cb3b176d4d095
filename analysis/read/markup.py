"""Pieces of HTML in texts that should be plain: cells of tables, metadata of pages."""

import re

BLOCKS = ("p", "div", "h1", "h2", "h3", "h4", "li", "blockquote")
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
    for block in piece.iter(*BLOCKS, "br"):
        block.tail = "\n\n" + (block.tail or "")
        if block.tag != "br":
            block.text = "\n\n" + (block.text or "")
    lines = [" ".join(line.split()) for line in piece.text_content().split("\n\n")]
    return "\n\n".join(filter(None, lines))
