"""Exports of LexisNexis, old layout and new, into records."""

import re

from .imprint import (
    COPYRIGHT,
    PAGE_HEAD,
    is_date_line,
    join_pieces,
    list_authors,
    part_lines,
    read_date,
)

LEXIS_MARK = re.compile(
    r"(\d{1,6}) of (\d{1,6}) DOCUMENTS?|Do[ck]ument (\d{1,6}) (?:de|von) (\d{1,6})"
)
# Fields above a text, and below it; their names are in the language of the screen.
HEAD = (
    "BODY|BYLINE|AUTOR|SECTION|RUBRIK|LENGTH|LÄNGE|LONGUEUR|DATELINE|HEADLINE|HIGHLIGHT|SERIES|"
    "COLUMN|TYPE"
)
END = (
    "LOAD-DATE|LANGUAGE|SPRACHE|LANGUE|PUBLICATION-TYPE|PUB-TYPE|JOURNAL-CODE|DOCUMENT-TYPE|"
    "GRAPHIC|GRAFIK|SUBJECT|ORGANIZATION|TICKER|GEOGRAPHIC|ACC-NO|CORRECTION-DATE"
)
LEXIS_FIELD = re.compile(rf"(?:({HEAD})|({END})):\s*(.*)")
# Of one line; what stands below it is text.
LENGTHS = ("LENGTH", "LÄNGE", "LONGUEUR")
LEXIS_SIGN = re.compile(r"(?:LENGTH|LÄNGE|LONGUEUR|LOAD-DATE|LANGUAGE|SPRACHE|LANGUE): ")
# What may stand below the date of an article in print.
EDITION = re.compile(r"correction appended|[\w ,;-]{0,30}\bedition\b[\w ,;-]{0,20}", re.I)

UNI_HEAD = re.compile(r"(Section|Length|Byline|Author|Dateline|Highlight|Series):\s*(.*)")
UNI_END = re.compile(r"Graphic|Classification|Notes|(?:Load-Date|Language|Publication-Type):.*")
# On the cover page: how many articles, and the number of each.
UNI_SUM = re.compile(r"Documents \((\d{1,6})\)")
UNI_LISTED = re.compile(r"(\d{1,6})\.\s+(.+)")


def split_lexis(lines):
    """LexisNexis: above each article stands “1 of 9 DOCUMENTS”. None where nothing says so."""
    marks = [(at, found) for at, line in enumerate(lines) if (found := LEXIS_MARK.fullmatch(line))]
    if not marks or not any(map(LEXIS_SIGN.match, lines)):
        return None
    ends = [at for at, _ in marks[1:]] + [len(lines)]
    records = []
    for (at, found), end in zip(marks, ends, strict=True):
        stated = tuple(int(number) for number in found.groups() if number)
        records.append(parse_lexis(lines[at + 1 : end]) | {"stated": stated})
    return records


def parse_lexis(lines):
    """The article below a mark: outlet, date, headline, fields in capitals, text, fields."""
    fields, head, body = {}, [], []
    for piece in part_lines(lines, LEXIS_FIELD):
        found, is_copyright = LEXIS_FIELD.match(piece[0]), COPYRIGHT.match(piece[0])
        if (found and found[2]) or (body and is_copyright):
            break
        if not body and PAGE_HEAD.fullmatch(piece[0]):
            continue
        if found and found[1] in LENGTHS and not body:
            fields[found[1]] = found[3]
            body += [piece[1:]] if piece[1:] else []
        elif found and not body:
            fields[found[1]] = " ".join([found[3], *piece[1:]]).strip()
        elif fields:
            body.append(piece)
        elif not is_copyright:
            head.append(piece)
    if fields.get("BODY"):
        body.insert(0, [fields["BODY"]])
    outlet, published, below = parse_masthead(head)
    if not fields:
        below, body = below[:1], below[1:]
    titles = [" ".join(piece) for piece in below]
    title = " ".join(line for line in titles if not EDITION.fullmatch(line))
    return {
        "text": join_pieces(body),
        "title": fields.get("HEADLINE") or title or " ".join(titles) or None,
        "outlet": drop_edition(" ".join(outlet)) or None,
        "published": published,
        "author": list_authors(fields.get("BYLINE") or fields.get("AUTOR")),
    }


def parse_masthead(pieces):
    """Outlet (its lines), date, and the pieces below; what stands beside the date is an edition."""
    outlet = []
    for at, piece in enumerate(pieces):
        for n, line in enumerate(piece):
            if is_date_line(line):
                return outlet + piece[:n], read_date(line), pieces[at + 1 :]
        outlet += piece
    return (pieces[0] if pieces else []), None, pieces[1:]


def drop_edition(outlet):
    """The name of an outlet without “ - Final Edition” behind it."""
    name, _, edition = outlet.rpartition(" - ")
    return name if edition.endswith("Edition") else outlet


def split_uni(lines):
    """Nexis Uni and Lexis+: “Body” above each text, “End of Document” below. None without them."""
    ends = [at for at, line in enumerate(lines) if line == "End of Document"]
    if not ends or "Body" not in lines:
        return None
    starts = [0] + [end + 1 for end in ends[:-1]]
    records = [parse_uni(lines[at:end]) for at, end in zip(starts, ends, strict=True)]
    cover = lines[: ends[0]]
    totals = [int(found[1]) for line in cover if (found := UNI_SUM.fullmatch(line))]
    listed = [found for line in cover if (found := UNI_LISTED.fullmatch(line))]
    numbers = {found[2]: int(found[1]) for found in listed}
    if totals:
        for record in records:
            record["stated"] = (numbers.get(record["title"]), totals[0])
    return records


def parse_uni(lines):
    """An article of Nexis Uni: headline, outlet, date, fields, “Body”, text, further fields."""
    at = lines.index("Body") if "Body" in lines else len(lines)
    head, body = list(filter(None, lines[:at])), lines[at + 1 :]
    end = next((n for n, line in enumerate(body) if UNI_END.fullmatch(line)), None)
    fields = {found[1]: found[2] for line in head if (found := UNI_HEAD.match(line))}
    # A cover page may stand above the headline; between the date and the fields, editions.
    dates = [n for n, line in enumerate(head) if is_date_line(line)]
    others = [n for n, line in enumerate(head) if UNI_HEAD.match(line) or COPYRIGHT.match(line)]
    below = [*dates[-1:], *others, len(head)][0]
    title, outlet = [None, None, *head[:below]][-2:]
    return {
        "text": join_pieces(part_lines(body[:end])),
        "title": title,
        "outlet": outlet,
        "published": read_date(head[below]) if dates else None,
        "author": list_authors(fields.get("Byline") or fields.get("Author")),
    }
