"""Exports of press databases into records: many articles in one file, told by the marks of each.

Layouts: LexisNexis and Nexis Uni (`nexis`), Factiva (`factiva`), ProQuest, Europresse.
"""

import re
import warnings

from .encodings import decode
from .factiva import PAGE_CLASS, parse_page, split_articles, split_codes
from .imprint import (
    first_line,
    iso_date,
    join_pieces,
    list_authors,
    part_lines,
    read_date,
    with_class,
)
from .markup import page_lines
from .nexis import split_lexis, split_uni
from .pages import check_size

PROQUEST_MARK = re.compile(r"Document (\d{1,6}) of (\d{1,6})")
PROQUEST_FIELD = re.compile(
    r"(Full text|Title|Author|Publication (?:title|date|info|year|subject)|Abstract|Links|Subject|"
    r"Location|People|Company / organization|Business indexing term|Classification|"
    r"Identifier / keyword|Pages|First page|Section|Column|Volume|Issue|Edition|Publisher|Credit|"
    r"(?:Place|Country|Language) of publication|Dateline|Copyright|ISSN|Source type|"
    r"Document (?:type|feature|URL)|ProQuest document ID|Last updated|Database): ?(.*)",
    re.I,
)
PROQUEST_SIGN = re.compile(r"(?:Publication title|Publication info|ProQuest document ID):", re.I)
RULE = re.compile("_{20,}")
EXPORT_PAGE = re.compile(rb"\bDocPublicationName\b|\barticle \w\wArticle\b")
# Within which lxml alone, without trafilatura, takes seconds.
MOST_EXPORT_TAGS = 250_000


def split_export(text, name="the file"):
    """The records of the articles in an export of a press database; None where it is none."""
    lines = [line.strip() for line in text.splitlines()]
    for split in (split_lexis, split_uni, split_codes, split_articles, split_proquest):
        records = split(lines)
        if records:
            return finish(records, name)
    return None


def split_export_page(raw, name="the file"):
    """The same of a saved page of Factiva or Europresse, from its bytes."""
    from lxml import etree, html

    if not EXPORT_PAGE.search(raw):
        return None
    check_size(raw, MOST_EXPORT_TAGS)
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    page = html.document_fromstring(decode(raw).encode("utf-8", "replace"), parser=parser)
    etree.strip_elements(page, "script", "style", with_tail=False)
    articles = [node for node in page.iter("article") if with_class(node, "DocPublicationName")]
    records = [parse_europresse(node) for node in articles]
    for node in page.iter("div"):
        if PAGE_CLASS.fullmatch(node.get("class", "").strip()):
            records.append(parse_page(node))
    return finish(records, name) if records else None


def finish(records, name):
    """The records numbered, with a warning of numbers that the export states and does not hold."""
    warn_of_missing([record.pop("stated", None) for record in records], name)
    for row, record in enumerate(records, 1):
        if len(records) > 1:
            record["row"] = row
        if not record["text"]:
            record["left_out"] = (
                "the export holds no text of this article. Download it with its full text, or take "
                "it out."
            )
    return records


def warn_of_missing(stated, name):
    """Warn where an export does not hold what it counts.

    `stated` are pairs of a number and of how many it is one; None where nothing is stated, or, for
    the number, where only the sum is.
    """
    for total in sorted({pair[1] for pair in stated if pair}):
        numbers = [pair[0] for pair in stated if pair and pair[1] == total]
        missing = ""
        if None not in numbers:
            numbers = sorted({number for number in numbers if number <= total})
            missing = f" (missing: {list_gaps(numbers, total)})"
        if len(numbers) < total:
            warnings.warn(
                f"{name}: the export counts {total} articles and holds {len(numbers)} of them"
                f"{missing}. Download it again, or go on with these.",
                stacklevel=2,
            )


def list_gaps(numbers, total):
    """The numbers from 1 to `total` that are not among some sorted ones: “3, 5-7”."""
    gaps, last = [], 0
    for number in [*numbers, total + 1]:
        if number - last > 1:
            gaps.append(f"{last + 1}-{number - 1}" if number - last > 2 else f"{last + 1}")
        last = number
    return ", ".join(gaps)


def split_proquest(lines):
    """ProQuest: lines of underscores part articles, names stand before fields. None without."""
    if not any(map(RULE.fullmatch, lines)) or not any(map(PROQUEST_SIGN.match, lines)):
        return None
    blocks = [[]]
    for line in lines:
        if RULE.fullmatch(line):
            blocks.append([])
        else:
            blocks[-1].append(line)
    return [parse_proquest(block) for block in blocks if any(map(PROQUEST_SIGN.match, block))]


def parse_proquest(lines):
    """An article of ProQuest: its headline, perhaps below a mark, and its fields."""
    fields, stated, name = {"heading": []}, None, "heading"
    for line in lines:
        mark, found = PROQUEST_MARK.fullmatch(line), PROQUEST_FIELD.match(line)
        if mark and not any(fields["heading"]):
            stated = (int(mark[1]), int(mark[2]))
        elif found:
            name = found[1].lower()
            fields[name] = [found[2]]
        else:
            fields[name].append(line)
    said = {name: " ".join(filter(None, lines)) for name, lines in fields.items()}
    return {
        "text": join_pieces(part_lines(fields.get("full text", []))),
        "title": said.get("title") or said["heading"] or None,
        "outlet": said.get("publication title", "").split(";")[0] or None,
        "published": read_date(said.get("publication date")),
        "author": list_authors(said.get("author") or said.get("credit")),
        "url": said.get("document url") or None,
        "stated": stated,
    }


def parse_europresse(node):
    """An article of Europresse; its day stands in the number at its foot: news·20200105·LI·7."""
    number = re.search(r"·(\d{4})(\d\d)(\d\d)·", first_line(node, "publiC-lblNodoc"))
    published = iso_date(*number.groups()) if number else read_date(first_line(node, "DocHeader"))
    known = {
        "title": first_line(node, "titreArticleVisu", "titreArticle") or None,
        "outlet": first_line(node, "DocPublicationName").split(",")[0] or None,
        "published": published,
        "author": list_authors(first_line(node, "docAuthors", "sm-margin-bottomNews")),
    }
    bodies = [*with_class(node, "docOcurrContainer"), *with_class(node, "DocText")]
    for around in bodies[0].xpath(".//aside | .//footer") if bodies else ():
        around.drop_tree()
    return known | {"text": "\n\n".join(page_lines(bodies[0])) if bodies else ""}
