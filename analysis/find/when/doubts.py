"""What looks like an expression of time and is a name, an amount, or another word."""

import re

from ...lexicons import word_list
from .words import WEEKDAY_NUMBERS

# spaCy's kinds of entity for dates and times.
WHEN = ("DATE", "TIME")
# Months that are other words, too.
OTHER_WORDS = ("may", "march", "august", "april", "june")
# Short months that are names or words without their full stop.
SHORT_FORMS = ("mar", "jan", "sep", "dec", "oct", "nov")
# Words before four digits that count or number something.
WORDS_OF_COUNTING = ("no", "number", "room", "about", "some", "than", "nearly")


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
    return word not in SHORT_FORMS or tree.ent[row][2:] in WHEN


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
    return not many and before not in WORDS_OF_COUNTING
