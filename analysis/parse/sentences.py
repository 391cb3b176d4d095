"""Text into sentences and headings, at exact offsets."""

import re
from functools import cache

from .. import schema
from ..lexicons import abbreviations, sentence_starters, word_list
from ..read.articles import analysed
from ..text import paragraph_spans, straighten, trim_span
from .furniture import article_paragraphs, credit_pattern

# No headline in the GUM news texts is longer.
HEADING_WORDS = 25
# Cut before the parser sees it: spaCy's memory grows with the longest text, and no sentence of
# prose is this long.
LONGEST_SENTENCE = 5_000
# A mark that may end a sentence, what closes after it (brackets, quotation marks, note numbers),
# and what comes next.
CANDIDATE = re.compile(
    r"""(?P<mark>\.{2,}|…|\[\s?(?:\.{3}|…)\s?\]|[.!?]+)
        (?P<close>[\])}"']*(?:\s?\[\d{1,3}\])*+)
        (?P<gap>\s*)
        (?P<open>["'(\[{]*(?:(?:\.{3}|…)\s?)?)
        (?P<next>\w+|\S)""",
    re.VERBOSE,
)
# What a sentence may open with, besides letters and digits.
MAY_OPEN = "#@$£€•*"
# No abbreviation is longer.
LONGEST_ABBREVIATION = 40
LAST_WORD = re.compile(rf"[\w.&'-]{{0,{LONGEST_ABBREVIATION}}}$")
# Words around a full stop without a space behind it: no address, file or name with a full stop.
GLUED_BEFORE = re.compile(r"(?:^|[\s\"'(])[A-Za-z]?[a-z]{2,}(?:'[a-z]+)?$")
GLUED_BEHIND = re.compile(r"[A-Z][a-z]*(?=[\s,;:'])")
DOMAINS = ("com", "net", "org", "info", "gov", "edu", "co", "uk", "io", "tv")
# Behind an hour such a title opens a sentence, but for the few words of "At 5 a.m. Mr. Lee left".
HOURS = ("a.m", "p.m", "am", "pm")
PERSON_TITLES = ("mr", "mrs", "ms", "dr", "prof", "sir", "sen", "rep", "gov", "gen", "rev")
FRONTED_WORDS = 3
INITIALS = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]")
TERMINAL = re.compile(r"[.!?…:;][\])}\"']*$")


def split_sentences(articles, *, boilerplate=False):
    """Split articles into sentences: one row a sentence or heading, at exact offsets.

    Boilerplate (`find_boilerplate`) is left out, unless `boilerplate` is True. Paragraphs always
    bind. Within one, a sentence ends at . ! ? or an ellipsis with all that closes after it, unless
    an abbreviation (`data/abbreviations.csv`), an initial, an enumerator or a small letter speaks
    against it. Rules written on GUM's news, interview and biography texts; accuracy:
    benchmarks/README.md.

    >>> articles = read_texts("Gen. Milley left on Jan. 3. “Why?” he asked…We do not know.")
    >>> split_sentences(articles)["text"].tolist()
    ['Gen. Milley left on Jan. 3.', '“Why?” he asked…', 'We do not know.']
    """
    rows = []
    for article in analysed(articles).itertuples():
        for sentence_id, place in enumerate(place_sentences(article.text, boilerplate), 1):
            rows.append((article.doc_id, sentence_id, *place))
    return schema.table(rows, "sentences")


def place_sentences(text, boilerplate):
    """(paragraph_id, start, end, kind, text) of the sentences and headings of an article."""
    spans_of = paragraph_spans if boilerplate else article_paragraphs
    for paragraph_id, (first, last) in enumerate(spans_of(text), 1):
        paragraph = straighten(text[first:last])
        spans = sentence_spans(paragraph)
        kind = "heading" if is_heading(paragraph, spans) else "sentence"
        for start, end in spans:
            start, end = first + start, first + end
            yield paragraph_id, start, end, kind, text[start:end]


def is_heading(paragraph, spans):
    """Whether a paragraph stands without a full stop, as headlines, subheadings and captions do."""
    if len(spans) != 1 or len(paragraph.split()) > HEADING_WORDS:
        return False
    return not TERMINAL.search(paragraph)


def sentence_spans(paragraph):
    """Spans of the sentences in one paragraph of straightened text."""
    cuts, first = set(), 0
    for match in CANDIDATE.finditer(paragraph):
        if ends_sentence(match, paragraph, first):
            first = match.end("close")
            cuts.add(first)
    # A picture's credit is no part of its caption.
    for match in credit_pattern().finditer(paragraph):
        cuts.add(match.start())
    spans = []
    first = 0
    for last in [*sorted(cuts), len(paragraph)]:
        for cut in range(first, last, LONGEST_SENTENCE):
            start, end = trim_span(paragraph, cut, min(cut + LONGEST_SENTENCE, last))
            if start < end:
                spans.append((start, end))
        first = last
    return spans


def ends_sentence(match, paragraph, first):
    """Whether a sentence that began at `first` ends at a candidate mark, judged by the words on its
    two sides.
    """
    mark, following = match["mark"], match["next"]
    if is_glued(match, paragraph):
        return True
    if not can_begin_sentence(match) or goes_on_with_speaker(match, paragraph):
        return False
    if mark != "." or match["close"]:
        return True
    if enumerator_pattern().fullmatch(paragraph, 0, match.start()):
        return False
    begin = max(0, match.start() - LONGEST_ABBREVIATION)
    word = LAST_WORD.search(paragraph, begin, match.start())[0].lower().strip("'")
    rule = abbreviations().get(word)
    if rule == "never" or (rule == "before number" and following[0].isdigit()):
        return False
    if following.lower() in sentence_starters():
        return True
    if word in HOURS and following.lower() in PERSON_TITLES:
        # "At 5 a.m. Mr. Lee left", but "He left at 6 p.m. Mr. Lee stayed".
        return len(paragraph[first : match.start()].split()) > FRONTED_WORDS
    is_letter = len(word) == 1 and word.isalpha()
    is_initial = is_letter or INITIALS.fullmatch(word)
    return not is_initial and rule != "sometimes"


def is_glued(match, paragraph):
    """Whether the space behind a full stop was lost: "said Ann Lee.Then she left"."""
    if match["mark"] != "." or match["close"] or match["gap"] or match["open"]:
        return False
    before = GLUED_BEFORE.search(
        paragraph, max(0, match.start() - LONGEST_ABBREVIATION), match.start()
    )
    behind = GLUED_BEHIND.match(paragraph, match.start("next"))
    if not before or not behind or behind[0].lower() in DOMAINS:
        return False
    return before[0].strip("\"'( \t").lower() not in abbreviations()


def can_begin_sentence(match):
    """Whether what follows a candidate mark can begin a sentence."""
    mark, first_letter = match["mark"], match["next"][0]
    if not match["gap"]:
        # "served…We will": only an ellipsis needs no space behind it.
        is_ellipsis = "…" in mark or ".." in mark
        if not is_ellipsis or not first_letter.isupper():
            return False
    if first_letter.islower():
        return False
    return first_letter.isalnum() or first_letter in MAY_OPEN


def goes_on_with_speaker(match, paragraph):
    """Whether behind a quoted question or cry the one who says it follows: “Why?” Ann Lee asked."""
    quoted = match["mark"][0] in "?!…" and {'"', "'"} & set(match["close"])
    return bool(quoted and speaker_pattern().match(paragraph, match.start("next")))


@cache
def speaker_pattern():
    """The pattern of a name with a reporting verb that ends its clause: "Mayor Ann Lee said on"."""
    verbs, behind = "verbs behind a quoted question", "words behind such a verb"
    verbs, behind = ("|".join(sorted(word_list(name))) for name in (verbs, behind))
    name = r"[A-Z][\w.'-]*(?: (?:[A-Z][\w.'-]*|of|the|de|van|von|al|bin)){0,6}"
    beside = r"(?:, [^,.!?\"]{1,60},| \([^)]{1,30}\))?"
    return re.compile(
        rf"{name}{beside} (?:{verbs})(?: (?:him|her|them|me|us|[A-Z]\w*)\b){{0,3}}"
        rf"(?=[.,;:!?…]|\s*$|\s(?:{behind}|[a-z]+ly)\b)"
    )


@cache
def enumerator_pattern():
    """The pattern of a number that stands before its heading or item: "2", "Step 3", "iv"."""
    words = "|".join(sorted(word_list("words before a number in a list")))
    return re.compile(rf"\s*(?:(?:{words}) )?(?:\d+|[ivxIVX]+|[a-zA-Z])(?:\.\d+)*")
