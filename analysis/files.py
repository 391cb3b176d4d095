"""One file in, raw records out: a dict an article, with its text and what the file states about it."""

import json
import tomllib
from pathlib import Path

from .errors import ArticleError

FIELDS = ("title", "outlet", "published", "url")
# Names that other tools give to the columns of the articles table.
SYNONYMS = {
    "text": ("text", "body", "content", "article", "fulltext", "full_text", "articlebody", "article_text"),
    "title": ("title", "headline"),
    "outlet": ("outlet", "source", "publisher", "publication", "sitename", "newspaper"),
    "published": ("published", "date", "pubdate", "publish_date", "publication_date"),
    "url": ("url", "link", "href"),
}


def read_txt(path):
    """Plain text in UTF-8, UTF-16, Windows-1252 or whatever charset-normalizer makes of the bytes."""
    yield {"text": decode(path.read_bytes(), path)}


def read_md(path):
    """Markdown: the words without the markup, a blank line between blocks; the first heading of level 1 is the title."""
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").parse(decode(path.read_bytes(), path))
    blocks = [plain_markdown(token) for token in tokens if token.type in ("inline", "code_block", "fence")]
    titles = [plain_markdown(inline) for heading, inline in zip(tokens, tokens[1:], strict=False) if heading.tag == "h1" and inline.type == "inline"]
    yield {"text": "\n\n".join(filter(None, blocks)), "title": titles[0] if titles else None}


def plain_markdown(token):
    """The readable words of one Markdown block."""
    if not token.children:
        return token.content.strip()
    breaks = {"softbreak": " ", "hardbreak": "\n"}
    return "".join(breaks.get(child.type, "" if child.type == "html_inline" else child.content) for child in token.children).strip()


def read_html(path):
    """A saved web page: the article's text and what the page states about it, by trafilatura."""
    from trafilatura import bare_extraction

    raw = path.read_bytes()
    found = bare_extraction(raw, with_metadata=True, include_comments=False, include_tables=False, deduplicate=False)
    if found is None or not (found.text or "").strip():
        raise ArticleError(
            "no article text was found in this page. Save the article itself (not a list of articles) or paste its text into a .txt file."
        )
    text = "\n\n".join(filter(None, (line.strip() for line in found.text.splitlines())))
    yield {"text": text, "title": found.title, "outlet": found.sitename, "published": found.date, "url": found.url}


def read_table(path, text_column=None):
    """A table with one article a row: .csv, .jsonl, .parquet or .xlsx."""
    import pandas as pd

    if path.suffix == ".csv":
        import io

        frame = pd.read_csv(io.StringIO(decode(path.read_bytes(), path)), dtype=str, keep_default_na=False, sep=None, engine="python")
    elif path.suffix == ".jsonl":
        frame = pd.DataFrame(list(json_lines(decode(path.read_bytes(), path))))
    elif path.suffix == ".parquet":
        frame = pd.read_parquet(path)
    else:
        frame = pd.read_excel(path, dtype=str, keep_default_na=False)
    names = {str(column).strip().lower(): column for column in frame.columns}
    found = {field: next((names[s] for s in synonyms if s in names), None) for field, synonyms in SYNONYMS.items()}
    if text_column is not None:
        found["text"] = text_column
    if found["text"] not in frame.columns:
        listed = ", ".join(f"`{column}`" for column in frame.columns) or "none"
        raise ArticleError(f'no text column. Columns there: {listed}. Name the one with the article\'s text: text_column="…".')
    for position, row in enumerate(frame.to_dict("records"), 1):
        record = {field: clean(row[column]) for field, column in found.items() if column is not None}
        yield record | {"row": position, "text": record["text"] or ""}


def json_lines(text):
    """The objects of a JSON-lines text; ArticleError names the first line that is none."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                record = json.loads(line)
            except json.JSONDecodeError as error:
                raise ArticleError(f"line {number} is not JSON ({error.msg}). Each line must hold one JSON object.") from None
            if not isinstance(record, dict):
                raise ArticleError(f'line {number} is not a JSON object. Each line must look like {{"text": "…"}}.')
            yield record


def clean(value):
    """A cell as text, or None where it holds nothing."""
    if value is None or (isinstance(value, float) and value != value):
        return None
    return str(value) if str(value).strip() else None


def decode(raw, path=None):
    """Bytes as text: a byte-order mark or UTF-8 if the bytes allow it, else what charset-normalizer finds."""
    from charset_normalizer import from_bytes, is_binary

    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if raw.startswith(mark):
            return raw.decode(encoding, errors="strict") if is_decodable(raw, encoding) else undecodable()
    if b"\0" not in raw and is_decodable(raw, "utf-8"):
        return raw.decode("utf-8")
    if is_binary(raw):
        raise ArticleError("not a text file (it holds binary data). Save the article as .txt, .html, .md, .csv, .jsonl, .parquet or .xlsx.")
    # Narrowed to what newsrooms' files come in: on short texts a free choice among all code pages is a lottery.
    best = from_bytes(raw, cp_isolation=["cp1252", "utf_16_le", "utf_16_be"]).best()
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
    raise ArticleError("its letters are in no encoding that could be told. Open it in a text editor and save it as UTF-8.")


def read_sidecar(path):
    """What `article.toml` beside `article.txt` says of it: ({field: value}, how each is known, in words).

    Each field is a table with `value` (left out where unknown), `status` (`stated`, `inferred` or `unknown`) and `how`.
    """
    sidecar = Path(path).with_suffix(".toml")
    if not sidecar.exists():
        return {}, None
    try:
        said = tomllib.loads(sidecar.read_text(encoding="utf-8"))
        values = {field: str(said[field]["value"]) for field in FIELDS if "value" in said.get(field, {})}
        known = [f"{field}: {said[field]['status']}, {said[field]['how']}" for field in FIELDS if field in said]
    except (tomllib.TOMLDecodeError, KeyError, TypeError, UnicodeDecodeError) as error:
        raise ArticleError(f"the sidecar {sidecar.name} is not right ({error}). Each field needs a table with `status` and `how`.") from None
    return values, "; ".join(known) or None


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


def resource(name):
    """The path of a folder or file that comes with the workbook (`data`, `seeds`, `notebooks`), in a checkout or installed."""
    here = Path(__file__).parent
    for base in (here / "bundled", here.parent):
        if (base / name).exists():
            return base / name
    raise ArticleError(f"the workbook's own {name} is missing. Install the workbook again.")
