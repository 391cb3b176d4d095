"""Bytes into records: a dict an article, with what its file states about it."""

import csv
import io
import json
import re

from ..errors import ArticleError
from ..schema import SYNONYMS

FIELDS = ("title", "outlet", "published", "url")
BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def read_txt(path):
    """Plain text; ArticleError where it is the source of a web page."""
    text = decode(path.read_bytes())
    if (
        re.match(r"\s*<(!doctype html|html)\b", text, re.IGNORECASE)
        or len(re.findall(r"</(?:p|div|span|a|li|h[1-6])>", text)) > 3
    ):
        raise ArticleError(
            "the text is the source of a web page, tags and all. Rename the file so that it ends in .html."
        )
    yield {"text": text}


def read_md(path):
    """Markdown: the words without the markup, a blank line between blocks; title from the front matter or the first heading of level 1."""
    from markdown_it import MarkdownIt

    source = decode(path.read_bytes())
    front = re.match(r"---\r?\n(.*?)\r?\n---\r?\n", source, re.DOTALL)
    stated = (
        {
            name.lower(): value.strip("\"'")
            for name, value in re.findall(r"^(\w+): *(.*?) *\r?$", front[1], re.MULTILINE)
        }
        if front
        else {}
    )
    tokens = (
        MarkdownIt("commonmark")
        .enable(["table", "strikethrough"])
        .parse(source[front.end() :] if front else source)
    )
    blocks = [
        plain_markdown(token)
        for token in tokens
        if token.type in ("inline", "code_block", "fence", "html_block")
    ]
    headings = [
        plain_markdown(inline)
        for heading, inline in zip(tokens, tokens[1:], strict=False)
        if heading.type == "heading_open" and heading.tag == "h1"
    ]
    record = {
        field: next((stated[name] for name in SYNONYMS[field] if stated.get(name)), None)
        for field in FIELDS
    }
    yield record | {
        "title": record["title"] or next(iter(headings), None),
        "text": "\n\n".join(filter(None, blocks)),
    }


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

    # A date is stated in the page's metadata or not at all: one found in its prose would be a guess.
    dates = {"original_date": True, "extensive_search": False}
    raw = path.read_bytes()
    found = bare_extraction(
        raw,
        with_metadata=True,
        include_comments=False,
        favor_precision=True,
        date_extraction_params=dates,
    )
    if found is None or not (found.text or "").strip():
        raise ArticleError(
            "no article text was found in this page. Save the article itself (not a list of articles) or paste its text into a .txt file."
        )
    text = "\n\n".join(filter(None, (line.strip() for line in found.text.splitlines())))
    outside = max(0, len("".join(html2txt(raw).split())) - len("".join(text.split())))
    yield {
        "text": text,
        "title": found.title,
        "outlet": found.sitename,
        "published": found.date,
        "url": found.url,
        "outside": outside,
    }


def read_table(path, text_column=None):
    """A table with one article a row: .csv, .jsonl, .parquet or .xlsx."""
    columns, rows = {".csv": csv_rows, ".jsonl": json_rows}.get(path.suffix.lower(), frame_rows)(
        path
    )
    names = {str(column).strip().lower(): column for column in columns}
    found = {
        field: next((names[name] for name in synonyms if name in names), None)
        for field, synonyms in SYNONYMS.items()
    }
    if text_column is not None:
        found["text"] = text_column
    if found["text"] not in columns:
        listed = ", ".join(f"`{column}`" for column in columns) or "none"
        missing = "no text column" if text_column is None else f"no column `{text_column}`"
        raise ArticleError(
            f'{missing}. Columns there: {listed}. Name the one with the article\'s text: text_column="…".'
        )
    for position, row in enumerate(rows, 1):
        record = {
            field: clean_cell(row.get(column))
            for field, column in found.items()
            if column is not None
        }
        if any(row.get(None, [])):  # csv's place for cells beyond the last column
            record["left_out"] = (
                "the row has more cells than the table has columns. Put the text in quotation marks."
            )
        yield record | {"row": position, "text": record["text"] or ""}


def csv_rows(path):
    """Columns and rows of a CSV file; its separator is the one that the header line has most of, or the one that Excel notes first."""
    text = not_empty(decode(path.read_bytes()))
    noted = re.match(r"sep=(.)[\r\n]+", text)
    text = text[noted.end() :] if noted else text
    header = text.splitlines()[0]
    csv.field_size_limit(
        2**31 - 1
    )  # articles are longer than the csv module thinks a cell should be
    reader = csv.DictReader(
        io.StringIO(text, newline=""),
        delimiter=noted[1] if noted else max(",;\t|", key=header.count),
        skipinitialspace=True,
    )
    return reader.fieldnames, list(reader)


def json_rows(path):
    """Columns and rows of a JSON-lines file; ArticleError names the first line that is no JSON object."""
    rows = []
    for number, line in enumerate(re.split(r"\r\n|\r|\n", not_empty(decode(path.read_bytes()))), 1):
        if line.strip():
            try:
                record = json.loads(line)
            except json.JSONDecodeError as error:
                raise ArticleError(
                    f"line {number} is not JSON ({error.msg}). Each line must hold one JSON object."
                ) from None
            if not isinstance(record, dict):
                raise ArticleError(
                    f'line {number} is not a JSON object. Each line must look like {{"text": "…"}}.'
                )
            rows.append(record)
    return list(dict.fromkeys(column for row in rows for column in row)), rows


def frame_rows(path):
    """Columns and rows of a Parquet or Excel file (its first sheet)."""
    import pandas as pd
    from openpyxl.utils.escape import unescape

    if path.suffix.lower() == ".parquet":
        frame = pd.read_parquet(path)
    else:
        frame = pd.read_excel(path, dtype=object, keep_default_na=False).map(
            lambda cell: unescape(cell) if isinstance(cell, str) else cell
        )
    return list(frame.columns), frame.to_dict("records")


def not_empty(text):
    """The text; ArticleError where there is none."""
    if not text.strip():
        raise ArticleError("the file is empty. Put one article in each row.")
    return text


def clean_cell(value):
    """A cell as text, a date without its time; None where the cell holds nothing."""
    if value is None or (not isinstance(value, (str, list, dict)) and value != value):
        return None
    if hasattr(value, "isoformat"):
        value = value.isoformat()
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d\S*", value):
        value = value[:10]
    return str(value) if str(value).strip() else None


def decode(raw):
    """Bytes as text: a byte-order mark or UTF-8 if the bytes allow it, else what charset-normalizer makes of them."""
    from charset_normalizer import from_bytes, is_binary

    for mark, encoding in BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            return raw.decode(encoding) if is_decodable(raw, encoding) else undecodable()
    if b"\0" not in raw and is_decodable(raw, "utf-8"):
        return raw.decode("utf-8")
    if any(
        is_decodable(raw[:-n], "utf-8") and not raw[:-n].isascii() and b"\0" not in raw
        for n in (1, 2, 3)
    ):
        raise ArticleError(
            "it ends in the middle of a letter: the file was cut off. Save or download it again."
        )
    # One candidate each: on short texts a free choice among code pages is a lottery. In UTF-16 a NUL is half of a plain
    # letter, so all NULs stand on one side.
    even, odd = raw[::2].count(0), raw[1::2].count(0)
    if (even and odd) or (not even and not odd and is_binary(raw)):
        raise ArticleError(
            "not a text file (it holds binary data). Save the article as .txt, .html, .md, .csv, .jsonl, .parquet or .xlsx."
        )
    best = from_bytes(
        raw, cp_isolation=["utf_16_be" if even else "utf_16_le" if odd else "cp1252"]
    ).best()
    return str(best) if best is not None else undecodable()


def is_decodable(raw, encoding):
    """Whether the bytes are valid in the encoding."""
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def undecodable():
    """Raise the error for bytes in no known encoding."""
    raise ArticleError(
        "its letters are in no encoding that could be told. Open it in a text editor and save it as UTF-8."
    )


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
