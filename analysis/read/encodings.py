"""Bytes as text: which encoding a file is in."""

import codecs
import re

from ..errors import ArticleError

# The longer marks first: UTF-16's is the beginning of UTF-32's.
BYTE_ORDER_MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe\0\0": "utf-32",
    b"\0\0\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
# Bytes that are no letters in UTF-8, as `decode_lines` gives them.
UNDECODED = re.compile("[\udc80-\udcff]")

# Where and how a page says which encoding it is in.
WHERE_DECLARED = 4096
DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w:.-]{1,40})"""
)


def decode_lines(raw):
    """Bytes of a table as text.

    Where some lines are in UTF-8 and others are not, the bytes of those stay as halves of
    characters (`UNDECODED`): another encoding for all would spoil the rest.
    """
    if is_mixed(raw):
        return raw.removeprefix(codecs.BOM_UTF8).decode("utf-8", "surrogateescape")
    return decode(raw)


def is_mixed(raw):
    """Whether some lines have letters beyond ASCII in UTF-8, and others have bytes that are not."""
    if b"\0" in raw or is_decodable(raw, "utf-8"):
        return False
    lines = [line for line in raw.splitlines() if not line.isascii()]
    in_utf8 = sum(is_decodable(line, "utf-8") for line in lines)
    return 0 < in_utf8 < len(lines)


def decode(raw):
    """Bytes as text: a byte-order mark or UTF-8 if the bytes allow it, else one guess.

    The guess is checked by charset-normalizer; ArticleError where no encoding fits.
    """
    from charset_normalizer import from_bytes

    for mark, encoding in BYTE_ORDER_MARKS.items():
        if raw.startswith(mark):
            if not is_decodable(raw, encoding):
                refuse_bytes()
            return raw.decode(encoding)
    if b"\0" not in raw:
        if is_decodable(raw, "utf-8"):
            return raw.decode("utf-8")
        check_whole(raw)
        if is_mixed(raw):
            raise ArticleError(
                "some of its lines are in UTF-8 and some are not. Open it in a text editor, mend "
                "the letters, and save it as UTF-8."
            )
    # One candidate: on short texts a free choice among code pages is a lottery.
    best = from_bytes(raw, cp_isolation=[likely_encoding(raw)]).best()
    if best is None:
        refuse_bytes()
    return str(best)


def check_whole(raw):
    """Raise ArticleError for bytes in UTF-8 but for a last letter that is cut off."""
    try:
        whole = codecs.getincrementaldecoder("utf-8")().decode(raw)
    except UnicodeDecodeError:
        return
    if whole.isascii():
        return
    raise ArticleError(
        "it ends in the middle of a letter: the file was cut off. Save or download it again."
    )


def likely_encoding(raw):
    """The one encoding besides UTF-8 that the bytes can be in; ArticleError for binary data."""
    from charset_normalizer import is_binary

    # In UTF-16 a NUL is half of a plain letter, so all NULs stand on one side.
    even, odd = raw[::2].count(0), raw[1::2].count(0)
    has_nul = bool(even or odd)
    if (even and odd) or (not has_nul and is_binary(raw)):
        raise ArticleError(
            "not a text file (it holds binary data). Save the article as .txt, .html, .md, .docx, "
            ".rtf, .pdf, .csv, .jsonl, .parquet or .xlsx."
        )
    if not has_nul:
        return "cp1252"
    return "utf_16_be" if even else "utf_16_le"


def decode_page(raw):
    """The bytes of a web page as text, as browsers read it.

    A byte-order mark, else UTF-8 if the bytes allow it, else the encoding that the page declares,
    else Windows-1252, for which "iso-8859-1" is only another name. What is no letter becomes �.
    """
    from webencodings import lookup

    for mark, encoding in BYTE_ORDER_MARKS.items():
        if raw.startswith(mark):
            return raw.decode(encoding, "replace")
    if b"\0" not in raw and (is_decodable(raw, "utf-8") or is_mixed(raw)):
        return raw.decode("utf-8", "replace")
    if b"\0" in raw[:WHERE_DECLARED]:
        return raw.decode(likely_encoding(raw), "replace")
    declared = DECLARED.search(raw[:WHERE_DECLARED])
    known = lookup(declared[1].decode("ascii")) if declared else None
    encoding = known.codec_info.name if known else "cp1252"
    return raw.decode(encoding, "replace")


def is_decodable(raw, encoding):
    """Whether the bytes are valid in the encoding."""
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def refuse_bytes():
    """Raise the error for bytes in no known encoding."""
    raise ArticleError(
        "its letters are in no encoding that could be told. Open it in a text editor and save it "
        "as UTF-8."
    )
