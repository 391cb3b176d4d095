"""The records of a whole corpus one by one: a file may be larger than memory.

JSON lines, Parquet and WARC are read piece by piece; any other file at once, as `read_articles`
reads it, with the same limits.
"""

import os

from ..errors import ArticleError
from .articles import check_named, read_file, whole_name
from .encodings import decode_lines
from .files import find_files, read_sidecar
from .pages import read_page
from .tables import find_columns, parse_json_lines, record_rows

# Bytes of JSON lines, and rows of a Parquet file, that are read together.
PIECE_BYTES, PIECE_ROWS = 4 * 2**20, 1_000
WEB_ARCHIVES = (".warc", ".warc.gz")
# How texts in UTF-16 begin: their lines cannot be told byte by byte.
WIDE_LETTERS = (b"\xff\xfe", b"\xfe\xff")
# Kinds of content in a web archive that can be pages.
PAGE_TYPES = ("text/html", "application/xhtml+xml")


def stream_records(path, text_column=None):
    """The records of all files that `path` stands for, in order: (record, bytes read so far).

    What cannot be read is a record whose `left_out` says why.
    """
    done = 0
    for file in find_files(path):
        size = size_of_file(file)
        for record, read in stream_file(file, text_column):
            yield record, done + min(read, size)
        done += size


def size_of_source(path):
    """The bytes of all files that `path` stands for."""
    return sum(map(size_of_file, find_files(path)))


def size_of_file(file):
    """The bytes of a file; 0 where it cannot be told."""
    try:
        return os.path.getsize(file)
    except OSError:
        return 0


def stream_file(file, text_column):
    """The records of one file, each with how many bytes of the file were read."""
    reader = choose_stream(file)
    if reader is None:
        for record in read_file(file, text_column):
            yield record, 0
        return
    try:
        check_named(file)
        facts = read_sidecar(file).items()
        known = {field: fact.value for field, fact in facts if fact.value is not None}
        for record, read in reader(file, text_column):
            yield {**record, **known, "source": str(file)}, read
    except ArticleError as error:
        yield {"source": whole_name(file), "left_out": str(error)}, 0
    except OSError as error:
        reason = f"cannot be read ({error.strerror or error}). Check that you may open it."
        yield {"source": whole_name(file), "left_out": reason}, 0
    except Exception as error:  # whatever a damaged file makes a library raise
        reason = f"is damaged from here on ({type(error).__name__}: {error}). Save it again."
        yield {"source": whole_name(file), "left_out": reason}, 0


def choose_stream(file):
    """What reads a file piece by piece; None of a file that is read at once."""
    if file.name.lower().endswith(WEB_ARCHIVES):
        return stream_archive
    reader = STREAMED.get(file.suffix.lower())
    if reader is stream_json and begins_wide(file):
        return None
    return reader


def begins_wide(file):
    """Whether a file begins as a text in UTF-16 does."""
    try:
        with open(file, "rb") as opened:
            return opened.read(2) in WIDE_LETTERS
    except OSError:
        return False


def stream_json(file, text_column):
    """The records of JSON lines."""
    columns, position, line = {}, 0, 1
    with open(file, "rb") as opened:
        while lines := opened.readlines(PIECE_BYTES):
            rows, wrong = parse_json_lines(decode_lines(b"".join(lines)), columns, line)
            line += len(lines)
            if not columns:
                raise wrong[0] if wrong else ArticleError("the file is empty.")
            found = find_columns(list(columns.values()), text_column)
            for record in record_rows(rows, found, position):
                yield record, opened.tell()
            position += len(rows)


def stream_parquet(file, text_column):
    """The records of a Parquet file."""
    from pyarrow.parquet import ParquetFile

    position, size = 0, size_of_file(file)
    with ParquetFile(file) as opened:
        found = find_columns(opened.schema_arrow.names, text_column)
        wanted = list(dict.fromkeys(found.values()))
        total = max(opened.metadata.num_rows, 1)
        for batch in opened.iter_batches(batch_size=PIECE_ROWS, columns=wanted):
            rows = batch.to_pandas().to_dict("records")
            for record in record_rows(rows, found, position):
                yield record, size * record["row"] // total
            position += len(rows)


def stream_archive(file, _):
    """The records of the pages in a web archive (WARC), by warcio; other contents are passed by."""
    try:
        from warcio.archiveiterator import ArchiveIterator
    except ImportError:
        raise ArticleError(
            'web archives need the package warcio: pip install "media-analysis-workbook[corpus]"'
        ) from None
    with open(file, "rb") as opened:
        for number, found in enumerate(ArchiveIterator(opened), 1):
            if is_page(found):
                yield {**read_archived(found), "row": number}, opened.tell()


def is_page(found):
    """Whether a record of a web archive is a page that was there."""
    if found.rec_type != "response" or found.http_headers is None:
        return False
    kind = (found.http_headers.get_header("Content-Type") or "").split(";")[0].strip().lower()
    return kind in PAGE_TYPES and found.http_headers.get_statuscode() == "200"


def read_archived(found):
    """The record of a page in a web archive, with the address that it was fetched from."""
    url = found.rec_headers.get_header("WARC-Target-URI")
    try:
        record = read_page(found.content_stream().read())
    except ArticleError as error:
        record = {"left_out": str(error)}
    except Exception as error:  # whatever a damaged page makes a library raise
        record = {"left_out": f"could not be read ({type(error).__name__}: {error})."}
    return {**record, "url": record.get("url") or url}


STREAMED = {".jsonl": stream_json, ".parquet": stream_parquet}
