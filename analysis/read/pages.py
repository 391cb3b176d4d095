"""Saved web pages: the article's text and what the page states about it, by trafilatura."""

import re
from collections import defaultdict
from copy import deepcopy

from ..errors import ArticleError
from ..text import FORBIDDEN, SENTENCE_END
from .encodings import decode_page
from .markup import BLOCKS
from .stated import letters_of, read_stated

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
NUMBERED = re.compile(r"&#(?:[xX]0*+([0-9a-fA-F]{1,8})(?![0-9a-fA-F])|0*+([0-9]{1,8})(?!\d));?")
INLINE = ("a", "abbr", "b", "cite", "em", "font", "i", "mark", "q", "small", "span", "strong", "u")
# What stands around articles, and in what nobody reads an article on.
FURNITURE = ("nav", "footer", "aside", "form", "figure", "header")
# How publishers call the element with the lead of an article.
LEAD = re.compile(
    r"summary|standfirst|\blead\b|\blede\b|intro|\bdek\b|\bdeck\b|sub-?(?:title|head)|excerpt"
    r"|abstract|strapline|description"
)
# Words of a paragraph that is prose; letters by which a paragraph is known again.
PROSE_WORDS = 12
KNOWN_LETTERS = 30
# Of the links in a piece of a paragraph that is a list of other articles: how many, what share.
GLUED_LINKS = 2
GLUED_SHARE = 0.6
MOST_NAME_WORDS = 4
# An extraction of less than this share of another is not the whole article.
FAR_LESS = 0.5


def read_page(raw):
    """The record of the article on a web page, from its bytes.

    ArticleError where there is no article in it, or too much around it.

    The text is trafilatura's strict extraction, with what that leaves out of the same body: further
    containers of its kind, and the lead above it. Where it has less than half the words of the
    tolerant extraction, or of the `articleBody` that the page states, the fuller one is taken.
    """
    from trafilatura import load_html

    raw = PICTURE.sub(b"data:,", raw)
    check_size(raw)
    tree = load_html(NUMBERED.sub(replace_forbidden, decode_page(raw)))
    if tree is None:
        refuse_page()
    stated = read_stated(tree)
    drop_glued(tree)
    wrap_bare(tree)
    blocks = blocks_of(tree)
    text = read_body(tree, blocks, stated)
    if not text:
        refuse_page()
    visible, words = outside_of(blocks, text)
    return {
        "text": text,
        "title": stated.title,
        "outlet": stated.outlet,
        "published": stated.published,
        "author": stated.author,
        "url": stated.url,
        "inferred": "; ".join(stated.inferred) or None,
        "outside": visible,
        "prose_outside": words,
    }


def refuse_page():
    """Raise the error for a page without an article."""
    raise ArticleError(
        "no article text was found in this page. Save the article itself (not a list of articles) "
        "or paste its text into a .txt file."
    )


def read_body(tree, blocks, stated):
    """The text of the article, a blank line between paragraphs; "" where there is none."""
    lines = extract(tree, favor_precision=True)
    if words_in(lines) < FAR_LESS * words_in(prose_of(blocks)):
        tolerant = extract(tree, fast=True)
        if words_in(lines) < FAR_LESS * words_in(tolerant):
            lines = tolerant
    lines = complete(blocks, lines, stated)
    body = [line for line in map(str.strip, stated.body.splitlines()) if line]
    if words_in(lines) < FAR_LESS * words_in(body):
        lines = body
    return "\n\n".join(lines)


def extract(tree, **options):
    """The lines of the article as trafilatura finds it."""
    from trafilatura import bare_extraction

    found = bare_extraction(deepcopy(tree), include_comments=False, **options)
    lines = [] if found is None else (found.text or "").splitlines()
    return [line for line in map(str.strip, lines) if line]


def words_in(lines):
    """How many words some lines have."""
    return sum(len(line.split()) for line in lines)


def blocks_of(tree):
    """(element, words) of each block of a page that holds no other, in order."""
    found = []
    for block in tree.iter(*BLOCKS):
        if next(block.iterdescendants(*BLOCKS), None) is None:
            words = " ".join(block.text_content().split())
            if words:
                found.append((block, words))
    return found


def prose_of(blocks):
    """The paragraphs of a page that are prose and not in what stands around articles."""
    return [words for block, words in blocks if is_prose(block, words)]


def is_prose(block, words):
    """Whether a block is a paragraph of whole sentences, and no link."""
    is_long = len(words.split()) >= PROSE_WORDS and SENTENCE_END.search(words)
    if not is_long or next(block.iterancestors(*FURNITURE), None) is not None:
        return False
    linked = sum(len(link.text_content()) for link in block.iter("a"))
    return linked < GLUED_SHARE * len(words)


def complete(blocks, lines, stated):
    """The lines with the paragraphs of the same body that the extraction lacks, where they stand.

    A body can be parted by adverts into containers of one kind, of which one is read; and its lead
    can stand above it, in an element of its own.
    """
    if not lines:
        return lines
    places = {letters_of(line)[:KNOWN_LETTERS]: place for place, line in enumerate(lines)}
    text = letters_of(" ".join(lines))
    title = letters_of(stated.title or "")
    summary = letters_of(stated.summary)
    missing, at, is_above, is_titled = [], None, True, False
    body = defaultdict(list)  # {kind of container: its blocks}
    for block, words in blocks:
        letters = letters_of(words)
        is_titled = is_titled or letters == title
        if letters[:KNOWN_LETTERS] in places:
            at = places[letters[:KNOWN_LETTERS]]
            is_above = letters == title
            body[container_kind(block)].append(block)
        elif is_prose(block, words) and letters not in text:
            # The lead is what the page states as summary, or is called so below the title.
            is_lead = is_above and (letters == summary or (is_titled and is_called_lead(block)))
            if is_lead or not is_above:
                missing.append((at, is_lead, block, words))
    kind, known = max(body.items(), key=lambda each: len(each[1]), default=((), ()))
    containers = {each.getparent() for each in known}
    articles = {next(each.iterancestors("article"), None) for each in known}
    added = {}
    for place, is_lead, block, words in missing:
        is_further = block.getparent() not in containers and container_kind(block) == kind
        if is_lead or (is_further and next(block.iterancestors("article"), None) in articles):
            added.setdefault(place, []).append(words)
    whole = list(added.get(None, ()))
    for place, line in enumerate(lines):
        whole += [line, *added.get(place, ())]
    return whole


def container_kind(block):
    """The kind of container that a block stands in: how it and the one around it are called."""
    up = block.getparent()
    over = None if up is None else up.getparent()
    return tuple((each.tag, each.get("class")) for each in (up, over) if each is not None)


def is_called_lead(block):
    """Whether a block has a name that publishers give to the lead."""
    called = " ".join(filter(None, (block.get("class"), block.get("itemprop"))))
    return LEAD.search(called.lower()) is not None


def drop_glued(tree):
    """Take lists of links out of paragraphs, as pages show them over a name in the text."""
    for paragraph in tree.iter("p"):
        for piece in list(paragraph.iterdescendants("span", "div", "ul", "aside", "small")):
            links = [" ".join(link.text_content().split()) for link in piece.iter("a")]
            letters = len("".join(piece.text_content().split()))
            linked = sum(len("".join(link.split())) for link in links)
            others = [link for link in links if len(link.split()) > GLUED_LINKS]
            if len(links) >= GLUED_LINKS and others and linked >= GLUED_SHARE * letters:
                keep_first(piece, links[0])


def wrap_bare(tree):
    """Make paragraphs of the prose that stands bare in a container, between its blocks.

    "<div>The mayor left.<br><br>She came back.<p>Then…": trafilatura would lose it.
    """
    for container in list(tree.iter("div", "section", "article", "td")):
        if next(container.iterdescendants(*BLOCKS, "br"), None) is None:
            continue
        children, run = list(container), [None]  # None: the text before the first child
        for child in [*children, None]:
            if child is not None and child.tag in INLINE:
                run.append(child)
                continue
            wrap_run(container, run)
            run = [child]


def wrap_run(container, run):
    """Put a paragraph around the text behind the first of some neighbours and the others, if it is
    prose.
    """
    before, *inline = run
    text = container.text if before is None else before.tail
    words = " ".join([text or "", *(f"{each.text_content()}{each.tail or ''}" for each in inline)])
    if len(words.split()) < PROSE_WORDS:
        return
    paragraph = container.makeelement("p")
    paragraph.text = text
    if before is None:
        container.text = None
        container.insert(0, paragraph)
    else:
        before.tail = None
        before.addnext(paragraph)
    paragraph.extend(inline)


def keep_first(piece, words):
    """Put in the place of an element the words of its first link."""
    piece.tail = (words if is_link_name(words) else "") + (piece.tail or "")
    up, before = piece.getparent(), piece.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + piece.tail
    else:
        up.text = (up.text or "") + piece.tail
    piece.tail = None
    up.remove(piece)


def is_link_name(words):
    """Whether the words of a link are a name, not a headline or a button."""
    parts = words.split()
    return len(parts) <= MOST_NAME_WORDS and all(part[:1].isupper() for part in parts)


def outside_of(blocks, text):
    """(letters and marks of a page that are not in the text, words of prose among them)."""
    letters = letters_of(text)
    left = [words for words in prose_of(blocks) if letters_of(words) not in letters]
    visible = sum(len("".join(words.split())) for _, words in blocks)
    return max(0, visible - len("".join(text.split()))), words_in(left)


def check_size(raw, most_tags=MOST_PAGE_TAGS):
    """Raise ArticleError for a page that holds far more than an article and what is around it."""
    mend = "Save the article alone, or paste its text into a .txt file."
    if len(raw) > LARGEST_PAGE * 2**20:
        raise ArticleError(
            f"the page is larger than {LARGEST_PAGE} MB without its pictures. {mend}"
        )
    raw = raw.replace(b"\0", b"")  # in UTF-16, half of each plain letter
    in_long_tags = 0
    for n, tag in enumerate(TAG.finditer(raw), 1):
        if n > most_tags:
            raise ArticleError(f"the page has more than {most_tags:,} tags. {mend}")
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
        return "&#xFFFD;"
    return found[0]
