"""Where an article says when, and which day, month or length of time that is."""

from tqdm import tqdm

from .. import schema
from ..lexicons import word_list
from ..parse.trees import read_trees
from ..read.articles import texts_behind
from .speech.stretches import find_speech
from .when.days import narrow
from .when.doubts import WHEN, is_date
from .when.meanings import length, placed, unresolved
from .when.page import Page
from .when.patterns import AGES, part_before, part_in, patterns, span_of
from .when.words import ISO_LETTERS, UNIT_NAMES

# Units of the calendar, in which a match of sport does not count.
DAYS_OR_LONGER = {*UNIT_NAMES} - {"second", "minute", "hour"}
# What reads a stretch of the calendar that "early" or "the end of" can stand before.
HAVING_PARTS = (
    *("day", "weekday", "named_unit", "month", "season", "year", "decade", "century", "holiday"),
)


def find_dates(articles, tokens, speech=None):
    """Find expressions of time and what they mean: one row each, with its value in ISO 8601.

    `value` is a day (2020-01-03), month or year, first and last day of anything else that lasts
    (2020-01-04/2020-01-05), a length of time (P2Y), what comes again (XXXX-WXX-1: Mondays) or a
    time (T15:11). `anchor` says what it was counted from: mostly the article's publication date,
    or the date that the text has at its head; "yesterday" in a quotation counts from the day on
    which it was said, if the text tells that. What stays open has no value, and `rule` says why.
    Ages are no dates. `speech` is where quotations stand (`find_speech`, run if it is not handed
    over). Accuracy: benchmarks/README.md.

    >>> articles = read_texts("He was killed on Jan. 3, 2020. Talks go on next week.")
    >>> articles["published"] = "2022-01-10"
    >>> find_dates(articles, split_tokens(articles))[["text", "kind", "value"]].values.tolist()
    [['Jan. 3, 2020', 'day', '2020-01-03'], ['next week', 'week', '2022-01-17/2022-01-23']]
    """
    texts = texts_behind(articles, schema.check(tokens, "tokens"))
    if speech is None:
        speech = find_speech(articles, tokens)
    schema.check(speech, "speech")
    published = dict(zip(articles["doc_id"], articles["published"], strict=True))
    stretches = schema.rows_of_articles(speech)
    rows = []
    trees = read_trees(tokens)
    for doc_id in tqdm(trees, desc="Finding dates", unit=" articles", delay=2, leave=False):
        text, said = texts[doc_id], stretches.get(doc_id, ())
        page = Page(trees[doc_id], text, published[doc_id], said)
        rows += [{"doc_id": doc_id, **date_row(page, text, *found)} for found in find_on(page)]
    return schema.table(rows, "dates")


def date_row(page, text, start, end, meaning):
    """A row of the dates table, without doc_id."""
    row = page.row_at(start)
    return {
        "sentence_id": page.tree.sentence[row],
        "paragraph_id": page.tree.paragraph[row],
        "start": start,
        "end": end,
        "text": text[start:end],
        "kind": meaning.kind,
        "value": meaning.value,
        "anchor": meaning.anchor,
        "rule": meaning.rule,
    }


def find_on(page):
    """(start, end, meaning) of the expressions of one article, in order.

    What stands in quotations is read last, when the days told around them are known.
    """
    ages = [match.span() for match in AGES.finditer(page.text)]
    spans = choose_spans(page, ages)
    found = []
    for quoted in (False, True):
        for start, end, match, read in spans:
            if (page.quotation(start) is not None) != quoted:
                continue
            meaning = read_part(page, start, match, read)
            if meaning is not None:
                found.append((start, end, meaning))
                if meaning.days is not None and not names_a_thing(page, start):
                    page.known.append((start, meaning.days))
                    page.known.sort(key=lambda each: each[0])
    found += find_others(page, [span[:2] for span in spans] + ages)
    return sorted(found, key=lambda each: each[0])


def names_a_thing(page, start):
    """Whether a date belongs to a name or noun, and tells no time of the story: "the 2015 deal"."""
    tree, row = page.tree, page.row_at(start)
    return tree.head[row] > row and tree.dep[row] in ("nummod", "compound", "nmod", "amod")


def read_part(page, start, match, read):
    """What a match means, narrowed to the part that stands before it ("late November")."""
    meaning = read(match, page)
    before = match.groupdict().get("part")
    if before:
        part = part_in(before)
    elif start < span_of(match)[0]:
        _, part = part_before(page.text, span_of(match)[0])
    else:
        return meaning
    if meaning is None or meaning.days is None:
        return meaning
    return placed(narrow(meaning.days, part), meaning.anchor, f"{meaning.rule}; its {part} part")


def choose_spans(page, ages):
    """(start, end, match, function) of what the patterns find, none over another or over an age.

    Of what overlaps, the first begins earliest and is longest.
    """
    found = [(start, end, None, None) for start, end in ages]
    for pattern, read in patterns():
        for match in pattern.finditer(page.text):
            start, end = span_of(match)
            before = part_before(page.text, start) if read.__name__ in HAVING_PARTS else None
            begin = before[0] if before else start
            if is_date(page, begin, start, end, match):
                found.append((begin, end, match, read))
    chosen, reached = [], 0
    for span in sorted(found, key=lambda each: (each[0], -each[1])):
        if span[0] >= reached:
            chosen.append(span)
            reached = span[1]
    return [span for span in chosen if span[2] is not None]


def find_others(page, taken):
    """What spaCy's model takes for a date and the patterns do not read: it stays open."""
    tree = page.tree
    row = 0
    while row < len(tree.ent):
        last = row + 1
        while last < len(tree.ent) and tree.ent[last][:1] == "I":
            last += 1
        if tree.ent[row][:1] == "B" and tree.ent[row][2:] in WHEN:
            words = [word.lower() for word in tree.words[row:last]]
            start, end = tree.starts[row], tree.ends[last - 1]
            free = all(end <= one or other <= start for one, other in taken)
            if free and (meaning := guess(words)):
                yield start, end, meaning
        row = last


def guess(words):
    """The meaning of what spaCy's model alone takes for a date; None where it is none."""
    unit = next((word for word in words if word.rstrip("s") in DAYS_OR_LONGER), None)
    if unit is None or "old" in words:
        return None
    kind = UNIT_NAMES[unit.rstrip("s")]
    definite = words[0] in word_list("words before a known time")
    if unit.endswith("s") and not definite:
        return length(f"PX{ISO_LETTERS[kind]}", "a length of time; how long is not said")
    rule = "spaCy's model takes it for a date; which one is meant is not said"
    return unresolved(kind, rule) if definite else None
