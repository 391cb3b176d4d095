"""Documents and mails into records: .docx, .rtf, .eml and .mhtml."""

import contextlib
import re
import zipfile
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.utils import parseaddr

from ..errors import ArticleError
from .encodings import decode
from .exports import split_export, split_export_page
from .imprint import read_mail_date
from .pages import read_page

# Megabytes of what a Word file unpacks to, and of its markup alone.
LARGEST_UNPACKED = 400
LARGEST_MARKUP = 50
# First bytes of an old Word file, and of a new one that is locked.
OLD_WORD = b"\xd0\xcf\x11\xe0"
WORD_NAMES = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# What a paragraph shows where it holds no words.
SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
SHOWN = {WORD_NAMES + "t": None} | {WORD_NAMES + name: sign for name, sign in SIGNS.items()}
# Tracked changes: what was taken away.
TAKEN_AWAY = {WORD_NAMES + "del", WORD_NAMES + "moveFrom"}
# Titles that programs give, not authors.
NO_WORD_TITLE = re.compile(
    r"microsoft word\b.*|word document|(?:document|dokument|untitled)\W*\d*", re.I
)
# Paragraphs within which a title stands.
TOP = 20
# Megabytes of an RTF file without its pictures.
LARGEST_RTF = 10
RTF_PICTURE = re.compile(rb"(?<![0-9a-fA-F\r\n])[0-9a-fA-F\r\n]{1000,}+")
CELL = re.compile(r"(?<!\\)\\(?:nest)?cell(?![a-z])")
FONT, ALPHABET = re.compile(r"\\f(\d{1,5})"), re.compile(r"\\fcharset(\d{1,3})")
# Python's email compares each line of a mail with the ends of all parts in which it stands.
MOST_MAIL_LINES, MOST_MULTIPARTS = 2_000_000, 50
MULTIPART = re.compile(rb"multipart/", re.IGNORECASE)
# Letters of a mail's header; addresses take a time that grows with their square.
LONGEST_HEADER = 1_000


def read_docx(path):
    """A Word file: its paragraphs and table cells in order, as they read with all changes made.

    Footnotes, comments, heads and feet of pages are no part of the text.
    """
    from docx import Document

    check_archive(path)
    document = Document(path)
    paragraphs = []
    for part in document.element.body.iter(WORD_NAMES + "p"):
        is_twin = any(parent.tag == FALLBACK for parent in part.iterancestors())
        text = "" if is_twin else paragraph_text(part).strip()
        if text:
            paragraphs.append((part, text))
    text = "\n\n".join(text for _, text in paragraphs)
    title = document_title(document, paragraphs)
    yield from split_export(text, path.name) or [{"text": text, "title": title}]


def check_archive(path):
    """Raise ArticleError for what is no Word file, or unpacks to too much."""
    if not zipfile.is_zipfile(path):
        with open(path, "rb") as file:
            is_old = file.read(len(OLD_WORD)) == OLD_WORD
        if is_old:
            raise ArticleError(
                "the file is locked with a password, or an old .doc under another name. Open it in "
                "Word and save it as .docx without a password."
            )
        raise ArticleError(
            "not a Word file, or a damaged one. Open it in Word and save it as .docx again."
        )
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
    markup = sum(part.file_size for part in parts if part.filename.endswith((".xml", ".rels")))
    unpacked = sum(part.file_size for part in parts)
    if markup > LARGEST_MARKUP * 2**20 or unpacked > LARGEST_UNPACKED * 2**20:
        raise ArticleError(
            f"the file unpacks to more than {LARGEST_MARKUP} MB of text, or {LARGEST_UNPACKED} MB "
            "in all. Cut it in several files."
        )


def paragraph_text(paragraph):
    """What a paragraph of a Word file shows; paragraphs of a text box in it are their own."""
    shown = []
    for part in paragraph.iter(*SHOWN):
        if is_shown(part, paragraph):
            shown.append(SHOWN[part.tag] or part.text or "")
    return "".join(shown)


def is_shown(part, paragraph):
    """Whether a part of a paragraph is shown in it: not taken away, hidden, or in a text box."""
    for parent in part.iterancestors():
        if parent is paragraph:
            return True
        is_hidden = parent.find(f"{WORD_NAMES}rPr/{WORD_NAMES}vanish") is not None
        if is_hidden or parent.tag in TAKEN_AWAY or parent.tag == WORD_NAMES + "p":
            return False
    return False


def document_title(document, paragraphs):
    """The title of a Word file: its property, or its first paragraph in the style of one."""
    from docx.text.paragraph import Paragraph

    named = (document.core_properties.title or "").strip()
    if named and not NO_WORD_TITLE.fullmatch(named):
        return named
    for part, text in paragraphs[:TOP]:
        style = Paragraph(part, document).style.name or ""
        if style.startswith(("Title", "Heading")):
            return text
    return None


def read_rtf(path):
    """A text in RTF: its paragraphs and table cells; heads, feet and footnotes are left out."""
    from striprtf.striprtf import font_table_group, rtf_to_text

    raw = path.read_bytes()
    if not raw.lstrip().startswith(b"{\\rtf"):
        raise ArticleError(
            "not an RTF file, or a damaged one. Open it in its own program and save it again."
        )
    rtf = RTF_PICTURE.sub(b"", raw).decode("cp1252", "replace")
    if len(rtf) > LARGEST_RTF * 2**20:
        raise ArticleError(
            f"the file is larger than {LARGEST_RTF} MB without its pictures. Save it as .docx or "
            "cut it in several files."
        )
    fonts = font_table_group(rtf)
    rtf = rtf.replace(fonts, plain_fonts(fonts), 1) if fonts else rtf
    # Under another name: striprtf would write the address of a link behind its words.
    rtf = CELL.sub(r"\\par", rtf.replace(r"\fldinst", r"\fldtype"))
    text = rtf_to_text(rtf, errors="replace").replace("\xad", "")
    # RTF writes a character beyond the first 65,536 in two halves.
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    text = "\n\n".join(line.strip() for line in whole.splitlines() if line.strip())
    yield from split_export(text, path.name) or [{"text": text}]


def plain_fonts(table):
    """The table of fonts in RTF with their alphabets alone; striprtf never ends a strange one."""
    fonts = []
    for entry in table.split(";"):
        number, alphabet = FONT.search(entry), ALPHABET.search(entry)
        if number and alphabet:
            fonts.append(f"{{\\f{number[1]}\\fcharset{alphabet[1]} x;}}\n")
    return f"{{\\fonttbl{''.join(fonts)}}}"


def read_eml(path):
    """A mail: its plain text, or the article in its HTML; who sent it is the author."""
    message = open_mail(path)
    known = {
        "title": mail_header(message, "Subject"),
        "author": next(filter(None, parseaddr(mail_header(message, "From") or "")), None),
        "published": read_mail_date(mail_header(message, "Date") or ""),
    }
    text = mail_part(message, "text/plain")
    if text and text.strip():
        yield known | {"text": text}
        return
    page = mail_part(message, "text/html")
    if page is None:
        raise ArticleError(
            "the mail holds no text. Save what is attached to it as a file of its own."
        )
    stated = {field: value for field, value in known.items() if value}
    yield read_page(page.encode()) | stated


def read_mhtml(path):
    """A web page saved as one file with its pictures: the page in it."""
    message = open_mail(path)
    page = mail_part(message, "text/html")
    if page is None:
        raise ArticleError(
            "there is no web page in this file. Open the page in a browser and save it again."
        )
    raw = page.encode()
    url = mail_header(message, "Snapshot-Content-Location")
    for record in split_export_page(raw, path.name) or [read_page(raw)]:
        yield record | {"url": record.get("url") or url}


def open_mail(path):
    """A mail from its file; ArticleError where parts stand in parts without end."""
    raw = path.read_bytes()
    if raw.count(b"\n") > MOST_MAIL_LINES or len(MULTIPART.findall(raw)) > MOST_MULTIPARTS:
        raise ArticleError(
            f"the mail has more than {MOST_MAIL_LINES:,} lines, or {MOST_MULTIPARTS} parts that "
            "have parts themselves. Save the text in it as .txt."
        )
    return message_from_bytes(raw)


def mail_part(message, kind):
    """The first part of a mail that is of a kind and no attachment, as text; None without one."""
    for part in message.walk():
        if part.get_content_type() == kind and part.get_content_disposition() != "attachment":
            return decode_part(part).replace("\r\n", "\n")
    return None


def decode_part(part):
    """A part of a mail as text: in the encoding that it states, or else in one that fits."""
    raw, stated = part.get_payload(decode=True) or b"", part.get_content_charset()
    if stated in ("iso-8859-1", "us-ascii"):  # as browsers do: its marks are those of Windows
        stated = "cp1252"
    try:
        return raw.decode(stated or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return decode(raw)


def mail_header(message, name):
    """A header of a mail as text, or None."""
    value = str(message[name] or "")[:LONGEST_HEADER]
    # Where it cannot be decoded, it stays as it is written.
    with contextlib.suppress(HeaderParseError, LookupError, UnicodeDecodeError):
        value = str(make_header(decode_header(value)))
    return " ".join(value.split()) or None
