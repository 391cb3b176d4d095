"""Which dates belong to which verbs by the grammar, and between which days that puts an act."""

import re
from collections import defaultdict
from datetime import date
from typing import NamedTuple

from ...lexicons import word_list
from ...parse.tree import FINITE, head_of
from .days import ONE_DAY, add_months

IN_CLAUSE, IN_PHRASE, BOUND = "own", "beside", "bound"
# What says how long, how often or at what hour, and no day.
WITHOUT_DAY = ("duration", "set", "time")
WHOLE_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?$")
# Prepositions that tell an end or a beginning: which of them, and whether from the date's last day.
BOUNDS = {
    "since": ("first", "first"),
    "after": ("first", "first"),
    "follow": ("first", "first"),
    "until": ("last", "last"),
    "till": ("last", "last"),
    "through": ("last", "last"),
    "by": ("last", "last"),
    "before": ("last", "before"),
}
LEFT_OPEN = ".."
STANDS = {IN_CLAUSE: "beside the verb", IN_PHRASE: "beside its object, or in a phrase beside it"}
# Phrases around a noun in which a date dates the verb, too: "said in a statement on Friday".
AROUND_VERB = ("in", "at", "during", "on")
# Prepositions that place an act in time: "for 2016" and "dating to 1977" do not.
TIMELY = (
    *("", *BOUNDS, *AROUND_VERB, "about", "around", "between", "early", "from", "late", "over"),
    *("throughout", "within"),
)
SUBJECT_OF = ("nsubj", "nsubjpass")


class Tie(NamedTuple):
    """Between which days something happened, the value in ISO 8601, and how that is known."""

    value: str | None
    first: date | None
    last: date | None
    code: str
    rule: str


class Told(NamedTuple):
    """An expression of time: its rows, what it means, and how it belongs to its verb."""

    row: object  # of the dates table
    head: int  # row of the word of the verb's branch
    days: tuple  # first and last day; None where one is not said
    preposition: str
    code: str


def days_of(value):
    """(first day, last day) of a value in ISO 8601; None for each that it does not tell.

    >>> days_of("2020-02")
    (datetime.date(2020, 2, 1), datetime.date(2020, 2, 29))
    """
    if not isinstance(value, str):
        return None, None
    first, slash, last = value.partition("/")
    if slash:
        return days_of(first)[0], days_of(last)[1]
    found = WHOLE_DATE.match(value)
    if not found:
        return None, None
    year, month, day = (int(part) if part else None for part in found.groups())
    begin = date(year, month or 1, day or 1)
    if day:
        return begin, begin
    after = add_months(begin, 1 if month else 12)
    return begin, after and after - ONE_DAY


def tie_dates(page, dates):
    """{row of a verb: [Told]} of the dates of one article that belong to verbs by the grammar."""
    tied = defaultdict(list)
    for row in dates:
        rows = page.rows(row.start, row.end)
        if not rows:
            continue
        head = head_of(page.tree, rows[0], rows[-1] + 1)
        found = verb_of_date(page.tree, head)
        days = days_of(row.value)
        if found is not None:
            verb, branch, preposition, code = found
            tied[verb].append(Told(row, branch, days, preposition, code))
        for clause in page.tree.below[head]:
            # "on Friday, when he left"
            if page.tree.dep[clause] in ("relcl", "advcl") and has_word(
                page.tree, clause, ("when",)
            ):
                tied[clause].append(Told(row, head, days, "", IN_CLAUSE))
    return dict(tied)


def verb_of_date(tree, row):
    """(verb, row of its branch, preposition, code) of a date; None where it dates a noun.

    Passed are prepositions, other words of time, the object of the verb ("lost his bid in
    November": the parser often hangs a date there) and a noun in a phrase beside it.
    """
    preposition, code = "", IN_CLAUSE
    before_noun = tree.dep[row] in ("poss", "compound", "amod", "nmod", "nummod")
    if before_noun and not is_time(tree, tree.head[row]):
        return None
    # "Criticised the decision Monday": a day without a preposition dates the verb.
    is_bare = tree.dep[row] == "npadvmod"
    while tree.head[row] != row:
        over = tree.head[row]
        if tree.dep[row] == "prep" and not preposition and code == IN_CLAUSE:
            preposition = tree.lemma[row]  # "following" is one, too
        if tree.pos[over] in ("VERB", "AUX") and tree.dep[over] != "prep":
            return over, row, preposition, code
        if tree.pos[over] in ("NOUN", "PROPN", "PRON") and not is_time(tree, over):
            passes = is_bare and tree.dep[over] not in SUBJECT_OF
            if preposition in BOUNDS or not (passes or dates_its_verb(tree, over)):
                return None
            code = IN_PHRASE
        row = over
    return None


def is_time(tree, row):
    """Whether a word is one of time itself: "Monday | night", "the week"."""
    return tree.ent[row][2:] in ("DATE", "TIME")


def dates_its_verb(tree, noun):
    """Whether a date beside a noun dates the verb above the noun, too."""
    if tree.dep[noun] == "dobj":
        return True
    over = tree.head[noun]
    is_around = tree.dep[noun] == "pobj" and tree.lemma[over] in AROUND_VERB
    return is_around and tree.pos[tree.head[over]] == "VERB"


def tells_day(told):
    """Whether a date beside a verb tells a day of it: "for 2016", "dating to 1977" do not."""
    return told.row.kind not in WITHOUT_DAY and any(told.days) and told.preposition in TIMELY


def place_act(told, base, time):
    """The Tie of a verb that has dates beside it; None where none of them tells a day.

    `base` is the day that is counted from, or None; `time` the verb's (`past`, `future` …). Of
    several dates the most exact one counts; what is past has ended by the base.
    """
    known = [each for each in told if tells_day(each)]
    if not known:
        return None
    within = [each for each in known if each.preposition not in BOUNDS]
    if within:
        best, first, last = choose_days(within, told)
        value = best.row.value if (first, last) == best.days else write_days(first, last)
        rule = f"“{best.row.text}” stands {STANDS[best.code]}"
        return Tie(value, *clip_days(first, last, base, time), best.code, rule)
    first, last = None, None
    for each in known:
        edge, which = BOUNDS[each.preposition]
        begin, end = each.days
        if edge == "first":
            first = begin
        else:
            last = end if which == "last" else begin and begin - ONE_DAY
    if last is None and base is not None and time != "future":
        last = base
    if first is None and base is not None and time == "future":
        first = base
    first, last = (first, last) if in_order_of_days(first, last) else (None, None)
    words = " and ".join(f"“{each.preposition} {each.row.text}”" for each in known)
    return Tie(write_days(first, last), first, last, BOUND, f"{words} stands beside the verb")


def choose_days(within, told):
    """(date, first day, last day) of the dates of one verb.

    Of dates within each other the most exact one counts; what is apart is joined ("in 2014 and
    May 2015", "from 2007 to 2014").
    """
    best = min(within, key=days_left_open)
    ends = [each for each in told if each.preposition == "to" and any(each.days)]
    others = [*within, *(ends if any(each.preposition == "from" for each in within) else ())]
    firsts = [each.days[0] for each in others if each.days[0]]
    lasts = [each.days[1] for each in others if each.days[1]]
    first, last = best.days
    is_inside = first and last and all(one <= first for one in firsts)
    if len(others) == 1 or (is_inside and all(last <= one for one in lasts)):
        return best, first, last
    return best, min(firsts, default=None), max(lasts, default=None)


def days_left_open(told):
    """How many days a date leaves open."""
    first, last = told.days
    return (last - first).days if first and last else 10**7


def clip_days(first, last, base, time):
    """The days, of what is past up to the base, of what is to come from there on."""
    if base is not None and first and last and first <= base <= last:
        if time == "past":
            return first, base
        if time == "future":
            return base, last
    return first, last


def in_order_of_days(first, last):
    """Whether two ends can be of one stretch."""
    return first is None or last is None or first <= last


def write_days(first, last):
    """Two days in ISO 8601, with dots for one that is not known; None for none."""
    if first is None and last is None:
        return None
    if first == last:
        return first.isoformat()
    return f"{first or LEFT_OPEN}/{last or LEFT_OPEN}"


def is_finite(tree, row):
    """Whether a verb tells in a tense or with a modal: by itself, or by its or shared help."""
    rows = (*tree.below[row], *tree.below[tree.helped[row]])
    tags = {tree.tag[child] for child in rows if tree.dep[child] in ("aux", "auxpass")}
    return tree.tag[row] in FINITE or bool(tags & {"MD", *FINITE})


def tense_form(tree, row):
    """How a verb tells: `past`, `perfect`, `past perfect`, `present`, `going on` …

    Or `future`, or `modal`; None for participles and infinitives.
    """
    rows = {*tree.below[row], *tree.below[tree.helped[row]]}
    help_words = [child for child in rows if tree.dep[child] in ("aux", "auxpass")]
    tags = {(tree.lemma[child], tree.tag[child]) for child in help_words}
    if any(tag == "MD" for _, tag in tags):
        ahead = any(tree.words[child].lower() in ("will", "'ll", "wo", "shall") for child in rows)
        return "future" if ahead else "modal"
    if any(lemma in ("have", "'ve") and tag == "VBD" for lemma, tag in tags):
        return "past perfect"
    if any(lemma in ("have", "'ve") for lemma, _ in tags):
        return "perfect"
    finite = {tag for _, tag in tags if tag in FINITE} or {tree.tag[row]} & set(FINITE)
    if not finite:
        return None
    if "VBD" in finite:
        return "past"
    return "going on" if tree.tag[row] == "VBG" else "present"


def is_main(tree, row):
    """Whether a verb is that of its sentence, or joined to it."""
    while tree.dep[row] == "conj" and tree.head[row] != row:
        row = tree.head[row]
    return tree.dep[row] == "ROOT"


def is_beside_in_time(tree, row):
    """Whether a clause tells of what happened at the time of the verb above it."""
    return tree.dep[row] == "advcl" and has_word(tree, row, word_list("words for the same time"))


def has_word(tree, row, words):
    """Whether one of some words begins the clause of a verb."""
    beside = (child for child in tree.below[row] if tree.dep[child] in ("mark", "advmod"))
    return any(tree.lemma[child] in words for child in beside)
