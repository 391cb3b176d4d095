"""Exports of Factiva into records: with its codes, as an article reads, and as a page."""

import re

from .imprint import (
    COPYRIGHT,
    first_line,
    join_pieces,
    list_authors,
    part_lines,
    read_date,
)
from .markup import page_lines

FACTIVA_CODES = "SE HD CR BY WC PD ET SN SC ED PG VOL LA CY LP TD CT RF CO IN NS RE IPC IPD PUB AN"
CODE = rf"({FACTIVA_CODES.replace(' ', '|')})"
# Within and below a text, codes that a space alone may part from their value; of others only those
# with “code : words” are sure, as “IN London” begins a paragraph.
SURE_CODES = {"HD", "TD", "IPC", "IPD", "PUB", "AN"}
# Below each article stands its number, below its headline how long it is.
FACTIVA_END = re.compile(r"Document [A-Z]{2,10}\d[0-9A-Za-z]{10,40}")
WORDS = re.compile(r"\d[\d,.]* (?:words|mots|Wörter)")
# The lines between that and the text are not more.
LONGEST_HEAD = 12
PAGE_CLASS = re.compile(r"article \w\wArticle")


def split_codes(lines):
    """Factiva with its codes, HD for the headline, LP and TD for the text. None without them."""
    is_loose = any(re.match(r"HD [^\s|]", line) for line in lines)
    space = r"\s+" if is_loose else r"(?:\t|\s{2,}|\s*\|\s*)"
    code = re.compile(rf"{CODE}(?:{space}(.*))?|(AN)\s+(Document .*)")
    articles, last = [], None
    for line in lines:
        found = code.fullmatch(line)
        name, value = (
            ((found[1] or found[3]), (found[2] or found[4] or "")) if found else (None, "")
        )
        if is_loose and last in ("LP", "TD") and name not in SURE_CODES and " : " not in value:
            name = None
        if name in ("SE", "HD") and (not articles or "HD" in articles[-1]):
            articles.append({})
        if articles and name and name not in articles[-1]:
            articles[-1][name] = [value]
            last = name
        elif articles:
            articles[-1][last].append(line)
    if not any(map(is_article, articles)):
        return None
    return [parse_codes(fields) for fields in articles if "HD" in fields]


def is_article(fields):
    """Whether codes are those of an article."""
    return (
        "HD" in fields and bool({"LP", "TD"} & {*fields}) and bool({"AN", "WC", "PD"} & {*fields})
    )


def parse_codes(fields):
    """An article by its codes, of which each has its lines."""
    said = {name: " ".join(" ".join(lines).split()) for name, lines in fields.items()}
    return {
        "text": join_pieces(part_lines([*fields.get("LP", []), "", *fields.get("TD", [])])),
        "title": said["HD"] or None,
        "outlet": said.get("SN") or None,
        "published": read_date(said.get("PD")),
        "author": list_authors(said.get("BY")),
    }


def split_articles(lines):
    """Factiva as an article reads: “541 words” above its text, “Document …” below. None without."""
    ends = [at for at, line in enumerate(lines) if FACTIVA_END.fullmatch(line)]
    if not ends or not any(map(WORDS.fullmatch, lines)):
        return None
    starts = [0] + [end + 1 for end in ends[:-1]]
    return [parse_article(lines[at:end]) for at, end in zip(starts, ends, strict=True)]


def parse_article(lines):
    """An article without codes: section, headline, author, words, date, outlet, …, text."""
    words = next((at for at, line in enumerate(lines) if WORDS.fullmatch(line)), 0)
    above = [line for line in lines[:words] if line][-3:]
    # A section stands above the headline, in few words; of two lines the other may be the author.
    if len(above) > 2 or (len(above) == 2 and is_section(*above)):
        del above[0]
    shown = [at for at in range(words + 1, len(lines)) if lines[at]][:LONGEST_HEAD]
    rights = [at for at in shown if COPYRIGHT.match(lines[at])]
    ends = [at for at in shown if lines[at] == "English"] + rights
    pieces = part_lines(lines[max(ends, default=words + 1) + 1 :])
    # The publisher, as in the line with the copyright, is no text.
    publisher = {*lines[rights[-1]].split()} if rights else set()
    if len(pieces) > 1 and len({*pieces[-1][0].split()} & publisher) > 1:
        pieces.pop()
    title, byline = [*above, None, None][:2]
    known = {"text": join_pieces(pieces), "title": title, "author": list_authors(byline)}
    return known | parse_below([lines[at] for at in shown])


def is_section(first, second):
    """Whether of two lines above a text the first is a section of the paper, not the headline."""
    return len(first.split()) < 4 <= len(second.split()) and not second.startswith("By ")


def parse_below(lines):
    """Date and outlet, which stand below the number of words, with a time between them or not."""
    shown = [line for line in lines if line and not re.fullmatch(r"\d\d?:\d\d", line)]
    dated = next((at for at, line in enumerate(shown) if read_date(line)), None)
    if dated is None:
        return {"published": None, "outlet": None}
    return {"published": read_date(shown[dated]), "outlet": [*shown[dated + 1 :], None][0]}


def parse_page(node):
    """An article on a page of Factiva: a table of codes, or lines and paragraphs."""
    fields = {}
    for row in node.iter("tr"):
        cells = [page_lines(cell) for cell in row.iter("td")]
        if len(cells) > 1 and cells[0] and re.fullmatch(CODE, cells[0][0]):
            fields[cells[0][0]] = [part for line in cells[1] for part in (line, "")]
    if "HD" in fields:
        return parse_codes(fields)
    lines = page_lines(node)
    words = next((at for at, line in enumerate(lines) if WORDS.fullmatch(line)), -1)
    headlines = node.xpath(".//*[contains(@class, 'Headline')]")
    paragraphs = node.xpath(".//p[contains(@class, 'articleParagraph')]")
    text = "\n\n".join(line for paragraph in paragraphs for line in page_lines(paragraph))
    return parse_below(lines[words + 1 : words + LONGEST_HEAD]) | {
        "text": text,
        "title": " ".join(page_lines(headlines[0])) if headlines else None,
        "author": list_authors(first_line(node, "author")),
    }
