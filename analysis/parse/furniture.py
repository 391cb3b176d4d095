"""The furniture of a page in a text: lines, links and credits that are not the article."""

import re
from functools import cache
from typing import NamedTuple

from ..lexicons import read_lexicon, word_list
from ..text import SENTENCE_END, paragraph_spans, straighten, trim_span

# No passage is longer, and no more places of one paragraph are tried.
LONGEST_PASSAGE = 500
MOST_STARTS = 10
# Paragraphs at the end of an article that may be notes on its authors.
MOST_NOTES = 20
# The title of another article in a list.
LONGEST_LISTED = 150
LIST_RULE = "list of other articles"
CAPITAL = "(?-i:[A-ZÀ-ÖØ-ÞČĆŁŚŞŠŽİ])"
# The name that a line begins with, to its last word.
NAME = re.compile(rf"(?:{CAPITAL}[\w.'-]* ){{0,4}}({CAPITAL}[\w'-]+)(?= |,)")
# Words in brackets; neither "(c)" nor a shortcode.
BRACKETED = re.compile(r"\([^()]{4,}\)|\[[^\[\]=]{4,}\]")
# Where a passage may begin within a paragraph: behind a sentence, at a bracket, at a dash.
START_WITHIN = re.compile(r"(?<=[.!?…\"')\]])\s+|\s+(?=[(\[])|\s[–—-]{1,2}\s?(?=[A-Z])")
# What may stand around a passage: bullets, brackets, arrows, full stops.
SET_AROUND = r"[\s()\[\]*•·►▶➤»>|.:;!…→›–—-]*"
# A letter of one sentence: a full stop within an address ends none.
RUN = r'(?:[^".!?]|[.!?](?!\s))'
# What patterns may ask for besides lists of words.
PATTERN_BLOCKS = {
    "capital": CAPITAL,
    "run": RUN,
    "some": rf"{RUN}{{0,60}}",
    "rest": rf"{RUN}{{0,160}}",
    "nobody says": r"(?!.*\b(?:said|says|told|urged|wrote|warned|asked|added|advised)\b)",
    "them": r"(?:us|me|him|her|them|our \w+|(?:the|this) (?:author|writer|reporter)s?)",
}
PIECE = re.compile(r"\w+|[^\w\s]")
# What a pattern calls a list of words.
LISTS = {
    "networks": "social networks",
    "letters": "what a page sends to its readers",
    "journalists": "nouns for journalists",
    "agencies": "agencies that sell pictures",
    "pieces": "nouns for a piece of journalism",
    "small": "words in credits besides names",
    "days": "words of a page's date line",
}


class Pattern(NamedTuple):
    """One row of `data/boilerplate.csv`, to be asked."""

    passage: re.Pattern
    words: list
    part: str
    rule: str


def article_paragraphs(text):
    """Spans of the paragraphs of an article without the furniture of its page."""
    return [span for _, span in part_paragraphs(text) if span]


def place_furniture(text):
    """(start, end, rule) of the passages that belong to the page and not to the article."""
    passages = []
    for found, _ in part_paragraphs(text):
        passages += found
    return passages


def part_paragraphs(text):
    """The furniture in each paragraph, and the span of what is left of it; None for nothing.

    Furniture is a whole paragraph, or stands at an end of one. What is furniture only at the end of
    an article has nothing but furniture behind it.
    """
    spans = paragraph_spans(text)
    # One line a paragraph, of the same length.
    lines = [re.sub(r"\s", " ", straighten(text[start:end])) for start, end in spans]
    listed = find_titles_listed(lines)
    parted, is_last = [], True
    for number in reversed(range(len(spans))):
        first, last = spans[number]
        if number in listed:
            parted.append(([(first, last, LIST_RULE)], None))
            continue
        is_note = is_last and number >= max(1, len(spans) - MOST_NOTES)
        # An author is not whom the article tells of.
        is_note = is_note and not names_again(lines, number)
        found, left = part_line(lines[number], number == 0, is_note)
        is_last = is_last and left is None
        moved = [(first + start, first + end, rule) for start, end, rule in found]
        parted.append((moved, left and (first + left[0], first + left[1])))
    return parted[::-1]


def find_titles_listed(lines):
    """Numbers of the lines that are titles of other articles, below a heading that says so.

    The titles go on to the end of the text or to more furniture, or have bullets.
    """
    listed, titles, is_list = set(), [], False
    for number, line in enumerate(lines):
        is_heading = begins_list(line)
        if is_list and not is_heading and is_listed_title(line):
            titles.append(number)
            continue
        ends = is_heading or not titles or part_line(line, False, False)[1] is None
        listed.update(title for title in titles if ends or lines[title].startswith("- "))
        titles, is_list = [], is_heading
    return listed.union(titles)


def begins_list(line):
    """Whether a line is the heading of a list of other articles."""
    if len(line) > LONGEST_LISTED:
        return False
    return bool(find_rule(line, 0, len(line), likely_patterns(line), {"list"}))


def names_again(lines, number):
    """Whether the name that a line begins with stands above it, outside of a byline."""
    name = NAME.match(lines[number])
    if not name or name[1] == "The":
        return False
    whole = re.compile(rf"\b{re.escape(name[1])}\b")
    for line in lines[:number]:
        if name[1] in line and whole.search(line) and not line.startswith("By "):
            return True
    return False


def is_listed_title(line):
    """Whether a line may be the title of another article: short, and no full stop behind it."""
    return len(line) <= LONGEST_LISTED and not SENTENCE_END.search(line.rstrip("?!"))


def part_line(line, is_first, is_note):
    """The furniture in one paragraph, and the span of what is left of it; None for nothing.

    `is_note`: whether it may be a note on the author.
    """
    patterns = likely_patterns(line)
    whole = {"paragraph", "list", "edge"}
    if not is_first:
        whole.add("later")
    notes = {"end"} if is_note else set()
    rule = find_rule(line, 0, len(line), patterns, whole | notes)
    if rule:
        return [(0, len(line), rule)], None
    found, end = strip_end(line, patterns, {"edge"})
    if found or notes:
        # What is furniture only beside furniture is none beside prose.
        more, rest = strip_end(line, patterns, {"edge", "hook"} | notes)
        if rest == 0:
            return more, None
    before, start = strip_start(line[:end], patterns)
    return before + found, (start, end) if start < end else None


def strip_end(line, patterns, parts):
    """The passages at the end of a line, and where what is left of it ends."""
    places = [0, *(place.end() for place in START_WITHIN.finditer(line))]
    places += [place.start() for place in credit_pattern().finditer(line)]
    places.sort()
    found, end = [], len(line)
    while end and len(found) < MOST_STARTS:
        near = [place for place in places if place < end][-MOST_STARTS:]
        # A hook hangs on a passage behind it.
        sought = parts if found else parts - {"hook"}
        rules = [(start, find_rule(line, start, end, patterns, sought)) for start in near]
        start, rule = next((passage for passage in rules if passage[1]), (None, None))
        if rule is None:
            break
        found.insert(0, (start, end, rule))
        end = trim_span(line, 0, start)[1]
    return found, end


def strip_start(line, patterns):
    """The passages in brackets at the start of a line, and where what is left of it starts."""
    found, start = [], 0
    while bracketed := BRACKETED.match(line, start):
        rule = find_rule(line, start, bracketed.end(), patterns, {"edge"})
        if not rule:
            break
        found.append((start, bracketed.end(), rule))
        start = trim_span(line, bracketed.end(), len(line))[0]
    return found, start


def find_rule(line, start, end, patterns, parts):
    """Which furniture a stretch of a line is, as a pattern of one of the `parts` says; or None."""
    if end - start > LONGEST_PASSAGE:
        return None
    bracketed = BRACKETED.match(line, start, end)
    if bracketed and any(map(str.isalnum, line[bracketed.end() : end])):
        return None
    for pattern in patterns:
        if pattern.part in parts and pattern.passage.fullmatch(line, start, end):
            return pattern.rule
    return None


def likely_patterns(line):
    """The patterns one of whose words stands near an end of a line, and those that name none."""
    edges = line
    if len(line) > 2 * LONGEST_PASSAGE:
        edges = line[:LONGEST_PASSAGE] + " " + line[-LONGEST_PASSAGE:]
    by_word = patterns_by_word()
    numbers = set(by_word[""])
    for word in by_word.keys() & PIECE.findall(edges.lower()):
        numbers |= by_word[word]
    return [furniture_patterns()[number] for number in sorted(numbers)]


@cache
def patterns_by_word():
    """{word: numbers of the patterns that ask for it}; under "" those that ask for none."""
    by_word = {}
    for number, pattern in enumerate(furniture_patterns()):
        for word in pattern.words or [""]:
            by_word.setdefault(word, set()).add(number)
    return by_word


@cache
def furniture_patterns():
    """The patterns of `data/boilerplate.csv`."""
    patterns = []
    for row in read_lexicon("boilerplate").itertuples():
        passage = re.compile(f"{SET_AROUND}(?:{fill_in(row.pattern)}){SET_AROUND}", re.IGNORECASE)
        patterns.append(Pattern(passage, row.words.split(), row.part, row.rule))
    return patterns


def fill_in(pattern):
    """A pattern with its blocks and lists of words written out."""
    for name, block in pattern_blocks().items():
        pattern = pattern.replace(f"{{{name}}}", block)
    return pattern


@cache
def pattern_blocks():
    """{name: pattern} of what patterns may ask for in braces."""
    lists = {}
    for name, words in LISTS.items():
        longest_first = sorted(word_list(words), key=lambda word: (-len(word), word))
        lists[name] = f"(?:{'|'.join(map(re.escape, longest_first))})"
    # Names with the small words between them: "Nora Lee in Vienna and Tom van Dyk".
    name = rf"(?-i:[\d@]|{CAPITAL})[\w.'@+-]*+"
    small = rf"(?-i:{lists['small']})\b"
    names = rf"(?={CAPITAL}|@)(?:(?:{name}|{small})[ ,;:&|/()–—-]*+)+"
    day = rf"(?:{lists['days']}\b|\d[\d:.]*+(?:st|nd|rd|th|am|pm|h)?\b)"
    date = rf"(?:{day}[ ,.|/–—()-]*+)+"
    return {"names": names, "date": date, **lists, **PATTERN_BLOCKS}


@cache
def credit_pattern():
    """The pattern of what opens the credit of a picture: "Photo: ", "(Image credit: "."""
    words = "|".join(sorted(word_list("words before the credit of a picture")))
    return re.compile(rf"[(\[]?\b(?:{words})s?(?: credit| by)?: ")
