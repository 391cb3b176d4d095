"""Where an article says when, and which day, month or length of time that is."""

import re

from tqdm import tqdm

from .. import schema
from ..lexicons import word_list
from ..read.articles import texts_behind
from .speech.stretches import find_speech
from .when.days import narrow
from .when.meanings import length, placed, unresolved
from .when.page import Page
from .when.patterns import AGES, part_before, patterns, span_of
from .when.words import ISO_LETTERS, UNIT_NAMES, WEEKDAY_NUMBERS

WHEN = ("DATE", "TIME")
# Units of the calendar, in which a match of sport does not count.
DAYS_OR_LONGER = {*UNIT_NAMES} - {"second", "minute", "hour"}
# Months that are other words, too.
OTHER_WORDS = ("may", "march", "august", "april", "june")


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
    stretches = dict(list(speech.groupby("doc_id", sort=False)))
    rows = []
    groups = tokens.groupby("doc_id", sort=False)
    for doc_id, its in tqdm(groups, desc="Finding dates", unit=" articles", delay=2, leave=False):
        said = stretches.get(doc_id, speech.iloc[:0])
        text = texts[doc_id]
        page = Page(its.reset_index(drop=True), text, published[doc_id], said)
        for start, end, meaning in find_on(page):
            row = {
                "doc_id": doc_id,
                "sentence_id": page.tree.sentence[page.row_at(start)],
                "paragraph_id": page.tree.paragraph[page.row_at(start)],
                "start": start,
                "end": end,
                "text": text[start:end],
                "kind": meaning.kind,
                "value": meaning.value,
                "anchor": meaning.anchor,
                "rule": meaning.rule,
            }
            rows.append(row)
    return schema.table(rows, "dates")


def find_on(page):
    """(start, end, meaning) of the expressions of one article, in order.

    What stands in quotations is read last, when the days told around them are known.
    """
    spans = choose_spans(page)
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
    taken = [span[:2] for span in spans] + [match.span() for match in AGES.finditer(page.text)]
    found += find_others(page, taken)
    return sorted(found, key=lambda each: each[0])


def names_a_thing(page, start):
    """Whether a date belongs to a name or noun, and tells no time of the story: "the 2015 deal"."""
    row = page.row_at(start)
    return page.tree.head[row] > row and page.tree.dep[row] in (
        "nummod",
        "compound",
        "nmod",
        "amod",
    )


def read_part(page, start, match, read):
    """What a match means, narrowed to the part that stands before it ("late November")."""
    meaning = read(match, page)
    before = match.groupdict().get("part")
    if before:
        part = (
            "mid" if "middle" in before.lower() else "end" if "end" in before.lower() else "start"
        )
    elif start < span_of(match)[0]:
        _, part = part_before(page.text, span_of(match)[0])
    else:
        return meaning
    if meaning is None or meaning.days is None:
        return meaning
    return placed(narrow(meaning.days, part), meaning.anchor, f"{meaning.rule}; its {part} part")


def choose_spans(page):
    """(start, end, match, function) of what the patterns find, none over another.

    Of what overlaps, the first begins earliest and is longest.
    """
    ages = [match.span() for match in AGES.finditer(page.text)]
    found = [(start, end, None, None) for start, end in ages]
    for pattern, read in patterns():
        for match in pattern.finditer(page.text):
            start, end = span_of(match)
            before = part_before(page.text, start) if may_have_part(read) else None
            begin = before[0] if before else start
            if is_date(page, begin, start, end, match):
                found.append((begin, end, match, read))
    chosen, reached = [], 0
    for span in sorted(found, key=lambda each: (each[0], -each[1])):
        if span[0] >= reached:
            chosen.append(span)
            reached = span[1]
    return [span for span in chosen if span[2] is not None]


def may_have_part(read):
    """Whether "early", "late" can stand before what a function reads."""
    return read.__name__ in (
        "month",
        "year",
        "decade",
        "century",
        "weekday",
        "named_unit",
        "season",
        "holiday",
        "day",
    )


def is_date(page, begin, start, end, match):
    """Whether a match is a date where it stands, not a name, an amount or another word.

    It begins at `start`, with the part of it that is meant ("mid-") at `begin`.
    """
    rows = page.rows(start, end)
    if not rows:
        return False
    tree = page.tree
    if tree.sentence[rows[0]] != tree.sentence[rows[-1]]:
        return False
    # A match may not begin within a token.
    if not begin <= tree.starts[rows[0]] <= start:
        return False
    names = {tree.ent[row][2:] for row in rows}
    words = [tree.words[row].lower() for row in rows]
    groups = match.groupdict()
    if set(groups) >= {"wd", "how"} or words[0] in WEEKDAY_NUMBERS:
        return is_weekday(page, rows)
    if "m" in groups and len(rows) == 1:
        return is_month(page, rows[0])
    if names == {"WORK_OF_ART"} or ("holiday" in groups and names & {"PERSON", "ORG"}):
        return False
    if set(groups) == {"y"}:
        return is_year(page, rows[0], names)
    return True


def is_weekday(page, rows):
    """Whether a weekday is no part of a name: "Black Friday", "Saturday Night Live"."""
    tree = page.tree
    first, last = rows[0], rows[-1] + 1
    before = tree.words[first - 1].lower() if first else ""
    if before in word_list("words before a weekday in a name"):
        return False
    after = tree.words[last] if last < len(tree.words) else ""
    named = tree.ent[rows[0]][2:] in ("ORG", "WORK_OF_ART", "PERSON", "EVENT", "PRODUCT")
    return not (named and after[:1].isupper() and tree.ent[last][:1] == "I")


def is_month(page, row):
    """Whether the name of a month alone is one, not a surname or first name, nor a verb."""
    tree = page.tree
    before = tree.words[row - 1].lower() if row else ""
    after = tree.words[row + 1] if row + 1 < len(tree.words) else ""
    word = tree.words[row].lower()
    if tree.ent[row][2:] in ("PERSON", "ORG", "GPE", "FAC", "PRODUCT"):
        return False
    if word in OTHER_WORDS:
        if after[:1].isupper() and tree.ent[row][2:] not in WHEN:
            return False
        return before in word_list("words before a month") or (
            tree.ent[row][2:] in WHEN and tree.pos[row] == "PROPN"
        )
    return word not in ("mar", "jan", "sep", "dec", "oct", "nov") or tree.ent[row][2:] in WHEN


def is_year(page, row, names):
    """Whether four digits are a year, not an amount."""
    tree = page.tree
    if names & set(WHEN):
        return True
    if names & {"MONEY", "PERCENT", "QUANTITY"}:
        return False
    number = int(re.match(r"\d+", tree.words[row])[0])
    if not 1800 <= number < 2100:
        return False
    over = tree.head[row]
    many = tree.dep[row] == "nummod" and tree.tag[over] == "NNS" and over > row
    before = tree.words[row - 1].lower() if row else ""
    return not many and before not in ("no", "number", "room", "about", "some", "than", "nearly")


def find_others(page, taken):
    """What spaCy's model takes for a date and the patterns do not read: it stays open."""
    tree = page.tree
    row = 0
    while row < len(tree.ent):
        last = row + 1
        while last < len(tree.ent) and tree.ent[last][:1] == "I":
            last += 1
        words = [word.lower() for word in tree.words[row:last]]
        start, end = tree.starts[row], tree.ends[last - 1]
        free = all(end <= one or other <= start for one, other in taken)
        is_one = tree.ent[row][:1] == "B" and tree.ent[row][2:] in WHEN
        if is_one and free and (meaning := guess(words)):
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
