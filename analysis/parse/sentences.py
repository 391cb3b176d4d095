"""Text into sentences and headings, at exact offsets."""

import re
from functools import cache

from .. import schema
from ..lexicons import boilerplate_rule, read_lexicon
from ..read.articles import analysed
from ..text import paragraph_spans, straighten, trim_span

# No headline in the GUM news texts is longer.
HEADING_WORDS = 25
# Cut before the parser sees it: spaCy's memory grows with the longest text, and no sentence of prose is this long.
LONGEST_SENTENCE = 5_000
# A mark that may end a sentence, what closes after it (brackets, quotation marks, note numbers), and what comes next.
CANDIDATE = re.compile(
    r"""(?P<mark>\.{2,}|…|\[\s?(?:\.{3}|…)\s?\]|[.!?]+)
        (?P<close>[\])}"']*(?:\s?\[\d{1,3}\])*+)
        (?P<gap>\s*)
        (?P<open>["'(\[{]*(?:(?:\.{3}|…)\s?)?)
        (?P<next>\w+|\S)""",
    re.VERBOSE,
)
# A picture's credit is no part of its caption.
CREDIT = re.compile(r"[(\[]?\b(?:Image|Photo|Photograph|Picture)s?(?: credit| by)?: ")
LAST_WORD = re.compile(r"[\w.&'-]{0,40}$")
ENUMERATOR = re.compile(
    r"\s*(?:(?:Article|Chapter|Fig|Figure|Listing|Part|Section|Step|Table) )?(?:\d+|[ivxIVX]+|[a-zA-Z])(?:\.\d+)*"
)
INITIALS = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]")
TERMINAL = re.compile(r"[.!?…:;][\])}\"']*$")


def split_sentences(articles):
    """Split articles into sentences: one row a sentence or heading, at exact offsets, boilerplate left out.

    Paragraphs always bind. Within one, a sentence ends at . ! ? or an ellipsis with all that closes after it, unless an
    abbreviation (`data/abbreviations.csv`), an initial, an enumerator or a small letter speaks against it. Rules written
    on GUM's news, interview and biography texts; accuracy: benchmarks/README.md.

    >>> split_sentences(read_texts("Gen. Milley left on Jan. 3. “Why?” he asked…We do not know."))["text"].tolist()
    ['Gen. Milley left on Jan. 3.', '“Why?” he asked…', 'We do not know.']
    """
    rows = []
    for article in analysed(articles).itertuples():
        sentence_id = 0
        for paragraph_id, (start, end) in enumerate(article_paragraphs(article.text), 1):
            paragraph = straighten(article.text[start:end])
            spans = sentence_spans(paragraph)
            kind = "heading" if is_heading(paragraph, spans) else "sentence"
            for first, last in spans:
                sentence_id += 1
                piece = article.text[start + first : start + last]
                rows.append(
                    (
                        article.doc_id,
                        sentence_id,
                        paragraph_id,
                        start + first,
                        start + last,
                        kind,
                        piece,
                    )
                )
    return schema.table(rows, "sentences")


def article_paragraphs(text):
    """Spans of the paragraphs of an article, boilerplate left out."""
    return [
        (start, end)
        for start, end in paragraph_spans(text)
        if not boilerplate_rule(text[start:end])
    ]


def is_heading(paragraph, spans):
    """Whether a paragraph stands without a full stop, as headlines, subheadings and captions do."""
    return (
        len(spans) == 1
        and len(paragraph.split()) <= HEADING_WORDS
        and not TERMINAL.search(paragraph)
    )


def sentence_spans(paragraph):
    """Spans of the sentences in one paragraph of straightened text."""
    cuts = {
        match.end("close")
        for match in CANDIDATE.finditer(paragraph)
        if ends_sentence(match, paragraph)
    }
    cuts |= {match.start() for match in CREDIT.finditer(paragraph)}
    edges = [0, *sorted(cuts), len(paragraph)]
    spans = []
    for first, last in zip(edges, edges[1:], strict=False):
        for start in range(first, last, LONGEST_SENTENCE):
            spans.append(trim_span(paragraph, start, min(start + LONGEST_SENTENCE, last)))
    return [(start, end) for start, end in spans if start < end]


def ends_sentence(match, paragraph):
    """Whether a sentence ends at a candidate mark, judged by the words on its two sides."""
    mark, following = match["mark"], match["next"]
    ellipsis = "…" in mark or ".." in mark
    if not match["gap"] and not (ellipsis and following[0].isupper()):
        return False
    if not (following[0].isalnum() or following[0] in "#@$£€•*") or following[0].islower():
        return False
    if mark != "." or match["close"]:
        return True
    if ENUMERATOR.fullmatch(paragraph, 0, match.start()):
        return False
    word = (
        LAST_WORD.search(paragraph, max(0, match.start() - 40), match.start())[0].lower().strip("'")
    )
    starter = following.lower() in sentence_starters()
    rule = abbreviations().get(word)
    if rule == "never" or (rule == "before number" and following[0].isdigit()):
        return False
    return starter or not (
        rule == "sometimes" or INITIALS.fullmatch(word) or (len(word) == 1 and word.isalpha())
    )


@cache
def abbreviations():
    """{abbreviation without its last full stop: whether it may end a sentence}."""
    table = read_lexicon("abbreviations")
    return dict(zip(table["abbreviation"], table["ends_sentence"], strict=True))


@cache
def sentence_starters():
    """Words that, with a capital, rather begin a sentence than go on with a name."""
    return frozenset(read_lexicon("sentence_starters")["word"])
