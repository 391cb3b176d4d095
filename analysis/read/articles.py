"""Files in, the articles table out."""

import hashlib
import os
import re
import warnings
from collections import Counter
from itertools import islice
from pathlib import Path

from tqdm import tqdm

from .. import schema
from ..errors import ArticleError, SchemaError
from ..lexicons import resource
from ..text import how_many
from .files import find_files, read_sidecar
from .formats import READERS, read_table
from .languages import tell_other_language
from .stated import letters_of

# Below this many letters the language of a text cannot be told (py3langid's errors on short texts).
LETTERS_TO_TELL_LANGUAGE = 60
# Longer texts are no articles; of a book the analysis would take minutes and gigabytes.
LONGEST_TEXT = 1_000_000
# Megabytes of a file; of a web page those without its pictures count (`pages.LARGEST_PAGE`).
LARGEST_FILE = 200
# Half a character, as broken JSON may hold, is no text.
NOTHING_OUTSIDE = {"outside": 0, "prose_outside": 0}
# Of an article below so many words it is said where its page has more prose.
SHORT_ARTICLE = 150
# How an interface for news shortens a text.
CUT_OFF = re.compile(r"\[\+\d+ chars\]\s*$")
# What letters look like that were read in a wrong encoding, or marks as control characters.
MISREAD = re.compile("[\x80-\x9f]|[ÂÃâ][\x80-\xbf\u0152-\u0178\u2013-\u20ac\u2122]")
# In so many of the first lines of a text its title is looked for, so long beside the title, and two
# that have so much in common are one: "Opinion | Hall shuts" and "Hall shuts".
LINES_OF_HEAD, LETTERS_OF_HEAD, SAME_TITLE = 3, 6, 0.6
HALF_CHARACTER = re.compile("[\ud800-\udfff]")


def read_articles(path=None, *, text_column=None, language="en", headline=False):
    """Read articles from files: one row an article, with the text unmodified.

    `path` is a file, a folder (with all folders in it), a glob pattern, or a list of these; None or
    "" stands for the file named by the environment variable WORKBOOK_ARTICLE, or the article that
    comes with the workbook. Files may be .txt, .md, .html, .mhtml, .eml, .docx, .rtf, .pdf (with
    its text in it), exports of LexisNexis, Nexis Uni, Factiva, ProQuest or Europresse (each article
    a row), feeds and exports of WordPress (.xml), and tables: .csv, .tsv, .json, .jsonl, .parquet
    or .xlsx.
    `text_column` names the column with the text where a table has its own name for it. A file that
    cannot be read, an empty text, a copy of another row and a text in another language than
    `language` (an ISO 639-1 code; None: any) keep a row whose `left_out` says why and what to do;
    they are not analysed. With `headline` the title that a source states stands above the text, if
    the text does not begin with it (`added` says so), and is analysed with it. If nothing is left
    to analyse, ArticleError says so. How title, outlet and date are known: `describe_source`.

    >>> articles = read_articles()
    >>> articles.loc[0, ["doc_id", "published"]].tolist()
    ['217007e0db04', '2022-01-10']
    """
    files = tqdm(find_files(path), desc="Reading", unit=" files", delay=2, leave=False)
    records = []
    for file in files:
        records += read_file(file, text_column)
    if headline:
        records = [put_above(record) for record in records]
    return gather(records, language)


def read_texts(texts, *, language=None):
    """Take articles from strings at hand: one row a text. `texts` is a string or a list of strings.

    >>> read_texts("It rained in Vienna.").loc[0, "text"]
    'It rained in Vienna.'
    """
    texts = [texts] if isinstance(texts, str) else list(texts)
    records = [{"text": text, "source": f"text {n}"} for n, text in enumerate(texts, 1)]
    return gather(records, language)


def put_above(record):
    """A record with its title above its text, if the text does not begin with it."""
    title, text = record.get("title"), record.get("text")
    if not isinstance(title, str) or not isinstance(text, str):
        return record
    title = " ".join(title.split())
    if not title or begins_with(text, title):
        return record
    return {**record, "text": f"{title}\n\n{text}", "added": "title"}


def begins_with(text, title):
    """Whether a text has its title above it, perhaps below a line, in other marks, or in part."""
    asked = letters_of(title)
    if not asked or letters_of(text[: 3 * len(title)]).startswith(asked):
        return True
    lines = filter(None, map(letters_of, text[: LETTERS_OF_HEAD * len(title)].splitlines()))
    for line in islice(lines, LINES_OF_HEAD):
        shorter, longer = sorted((line, asked), key=len)
        if shorter in longer and len(shorter) >= SAME_TITLE * len(longer):
            return True
    return False


def read_teaching(*, headline=False):
    """Read the invented articles that come with the workbook for teaching: one row an article.

    Fourteen articles of six invented outlets on one invented event; `data/teaching/README.md` says
    what was planted in them. `headline` as in
    `read_articles`.

    >>> read_teaching()["outlet"].nunique()
    6
    """
    return read_articles(resource("data") / "teaching" / "articles.csv", headline=headline)


class Seen:
    """What was read before: where each text stands, and the names that articles have."""

    def __init__(self):
        self.places, self.names = {}, Counter()

    def find_first(self, words):
        """Where a text was read first, in words; None of a new one."""
        place = self.places.get(words)
        return place and Path(place).name

    def note(self, words, place, doc_id):
        """Note where a text was read first."""
        self.places[words] = place

    def name(self, doc_id):
        """A name for an article that no other has."""
        self.names[doc_id] += 1
        n = self.names[doc_id]
        return doc_id if n == 1 else f"{doc_id}-{n}"


def gather(records, language):
    """The articles table of the records, with rows flagged that should not be analysed."""
    seen = Seen()
    rows = [describe_record(record, language, seen) for record in records]
    articles = schema.table(rows, "articles")
    report_left_out(articles)
    report_care(articles)
    return articles


def describe_record(record, language, seen):
    """The row of the articles table of a record; `seen` knows what was read before."""
    text = record["text"] if isinstance(record.get("text"), str) else ""
    whole, mended = mend_text(text)
    reason = record.get("left_out") or explain_unfit(text, whole, language)
    words = " ".join(whole.split())
    first = seen.find_first(words) if reason is None else None
    if first:
        reason = f"a copy of {first}. Remove one of the two, or change nothing: it is counted once."
    place = describe_place(record)
    doc_id = seen.name(hashlib.sha256((whole or place).encode()).hexdigest()[:12])
    if reason is None:
        seen.note(words, place, doc_id)
    known = {name: mend_field(name, value) for name, value in record.items() if name != "text"}
    flag = "; ".join(filter(None, [*explain_care(record, whole), mended])) or None
    told = {"text": whole, "doc_id": doc_id, "left_out": reason, "flag": flag}
    return {**NOTHING_OUTSIDE, **known, **told}


def mend_field(name, value):
    """A field of a record with its letters mended; the path of a file keeps its letters."""
    if not isinstance(value, str):
        return value
    return HALF_CHARACTER.sub("\ufffd", value) if name == "source" else mend_text(value)[0]


def mend_text(text):
    """(a text with its letters mended, what was mended or None).

    Halves of characters become �. Letters that were read in a wrong encoding before the file was
    written ("â€œ" for “) and control characters that stand for marks of Windows-1252 become what
    they were, by ftfy (Speer 2019).
    """
    whole = HALF_CHARACTER.sub("\ufffd", text)
    if not MISREAD.search(whole):
        return whole, None
    from ftfy import fix_encoding_and_explain

    mended = [fix_encoding_and_explain(line) for line in whole.split("\n")]
    n = sum(bool(explained) for _, explained in mended)
    told = f"letters misread before the file was written were mended in {how_many(n, 'line')}"
    return "\n".join(line for line, _ in mended), told if n else None


def explain_care(record, text):
    """What to be careful of in an article, a text each."""
    cut = CUT_OFF.search(text)
    if cut:
        yield f"the text is cut off in the file (“{cut[0].strip()}”)"
    words, prose = len(text.split()), record.get("prose_outside", 0)
    if words < SHORT_ARTICLE and prose > words:
        yield (
            f"only {how_many(words, 'word')} were read, and {how_many(prose, 'word')} of prose on "
            "the page were not: see whether this is the article"
        )


def describe_place(record):
    """The file of a record, and the row in it, if it is a table."""
    row = record.get("row")
    return f"{record['source']}, row {row}" if row else record["source"]


def report_left_out(articles):
    """Warn of articles left out; raise ArticleError where none is left."""
    out = articles.dropna(subset="left_out")
    if len(out) == len(articles):
        listed = "\n".join(f"{row.source}: {row.left_out}" for row in out.head(5).itertuples())
        raise ArticleError(listed or "no article was found there.")
    if len(out):
        warnings.warn(
            f"{len(out)} of {len(articles)} articles left out; "
            "the column `left_out` says why and what to do.",
            stacklevel=4,
        )


def report_care(articles):
    """Warn of articles that are to be read with care."""
    flagged = articles[articles["left_out"].isna()].dropna(subset="flag")
    if len(flagged):
        first = flagged.iloc[0]
        others = f" (and {len(flagged) - 1} more)" if len(flagged) > 1 else ""
        warnings.warn(
            f"read with care: {first['source']}: {first['flag']}{others}; the column `flag` says "
            "it of each.",
            stacklevel=4,
        )


def read_file(path, text_column=None):
    """The records of one file; one record with `left_out` where it cannot be read."""
    try:
        records, facts = read_records(path, text_column), read_sidecar(path)
    except ArticleError as error:
        return [{"source": whole_name(path), "left_out": str(error)}]
    except OSError as error:
        reason = f"cannot be read ({error.strerror}). Check that you may open it."
        return [{"source": whole_name(path), "left_out": reason}]
    except Exception as error:  # whatever a damaged file makes a library raise
        reason = (
            f"could not be read ({type(error).__name__}: {error}). "
            "Open it in its own program and save it again."
        )
        return [{"source": whole_name(path), "left_out": reason}]
    known = {field: fact.value for field, fact in facts.items() if fact.value is not None}
    return [{**record, **known, "source": str(path)} for record in records]


def whole_name(path):
    """A path as text; bytes in it that are no letters are written as numbers."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def read_records(path, text_column):
    """The records of one file as its format gives them; ArticleError where there are none."""
    check_file(path)
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise ArticleError(
            f"files of type {path.suffix or '(none)'} are not read. "
            f"Save it as one of {', '.join(READERS)}."
        )
    records = list(read_table(path, text_column) if reader is read_table else reader(path))
    if not records:
        raise ArticleError("the table has no rows. Put one article in each row.")
    return records


def check_file(path):
    """Raise ArticleError for what is no file, or none that can be named and held in memory."""
    check_named(path)
    if path.stat().st_size > LARGEST_FILE * 2**20:
        raise ArticleError(f"the file is larger than {LARGEST_FILE} MB. Cut it in several files.")


def check_named(path):
    """Raise ArticleError for what is no file, or has no name that can be written."""
    if HALF_CHARACTER.search(str(path)):
        raise ArticleError(
            "its name is not in UTF-8, or Python is told not to use UTF-8. Rename it."
        )
    if not os.path.exists(path):
        if os.path.islink(path):
            raise ArticleError("a link that leads nowhere. Take it away, or mend it.")
        raise ArticleError("no such file or folder. Check the name, or give the whole path.")
    if path.is_dir():
        os.listdir(path)  # OSError where it cannot be opened
        raise ArticleError("a folder, or a link to one, which is not followed. Name it by itself.")
    if not path.is_file():
        raise ArticleError("not a file, but a device or a pipe. Save what it holds as a file.")


def explain_unfit(text, whole, language):
    """Why a text cannot be analysed, or None; `whole` is the text with its letters mended."""
    letters = sum(map(str.isalpha, whole))
    if not text.strip():
        return "the text is empty. Check the file, or delete the row."
    if HALF_CHARACTER.search(text):
        return (
            "the text holds halves of characters (lone surrogates). Save the file as UTF-8 again."
        )
    if len(whole) > LONGEST_TEXT:
        return f"the text is longer than {LONGEST_TEXT:,} characters. Cut it in several articles."
    if not letters:
        return "the text has no letters. Check that the right column or file was read."
    if language and letters >= LETTERS_TO_TELL_LANGUAGE:
        told = tell_other_language(whole, language.lower())
        if told:
            return (
                f"the text is in another language (`{told}`). "
                "The workbook reads English; pass language=None to analyse it all the same."
            )
    return None


def texts_behind(articles, table):
    """The texts by doc_id of the articles that a table was made from.

    SchemaError where the table speaks of others.
    """
    # A dict: a column would make the whole text anew each time that it is asked for one.
    texts = dict(zip(schema.check(articles, "articles")["doc_id"], articles["text"], strict=True))
    strange = [doc_id for doc_id in table["doc_id"].unique() if doc_id not in texts]
    if strange:
        raise SchemaError(
            f"the tokens are of another article ({strange[0]}) than those in the articles table. "
            "Pass the two that belong together."
        )
    return texts


def analysed(articles):
    """The articles that are not left out."""
    schema.check(articles, "articles")
    return articles[articles["left_out"].isna()]
