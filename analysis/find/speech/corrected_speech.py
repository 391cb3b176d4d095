"""Quotations corrected by hand: their words or kind changed, some taken out, some put in."""

from ...schema import QUOTE_TYPES, SPEECH
from ...text import plain_words, quote
from ..corrections import MisfitError, by_hand, find_wording, make_corrections, say_where
from .quotations import BLOCK, LABEL, TURN

# The code of a quotation of which a reader has said what or how it is; and, of one whose speaker a
# reader has given, too.
RECUT, RECUT_AND_SPOKEN = "corrected_words", "corrected_both"
# Between the stretches of a quotation.
BETWEEN_STRETCHES = " … "


def correct_quotations(quotations, corrections, page):
    """The quotations of an article as corrected, and of each correction (how many, outcome).

    A quotation is what its stretches share, as a dict, and their spans; `page` is the article.
    """

    def make(quotations, asked, text):
        """One correction made."""
        return QUOTE_ACTIONS[asked.action](quotations, asked, page)

    texts = dict.fromkeys(corrections["doc_id"], page.text)
    return make_corrections(quotations, corrections, texts, make, "quotation")


def put_words(quotations, asked, page):
    """The words of a quotation exchanged for `to`, which stand near it; its kind follows them."""
    place = find_meant_quotation(quotations, asked, page.text)
    said, spans = quotations[place]
    new = find_pieces(asked, spans, page)
    if new == list(spans):
        return quotations, 0, ""
    check_uncut([*quotations[:place], *quotations[place + 1 :]], new, page.text)
    follows = said["quote_type"] in SPEECH and said["code"] not in (TURN, BLOCK, LABEL)
    quote_type = type_by_marks(page, new) if follows else said["quote_type"]
    return with_quotation(quotations, place, (changed(said, asked, quote_type), new))


def put_type(quotations, asked, page):
    """The kind of a quotation changed to `to`."""
    if asked.to.lower() not in QUOTE_TYPES:
        known = ", ".join(QUOTE_TYPES)
        raise MisfitError(f"no such quote_type {quote(asked.to)}; choose from {known}")
    place = find_meant_quotation(quotations, asked, page.text)
    said, spans = quotations[place]
    if said["quote_type"] == asked.to.lower():
        return quotations, 0, ""
    return with_quotation(quotations, place, (changed(said, asked, asked.to.lower()), spans))


def put_quotation(quotations, asked, page):
    """A quotation put in; its kind is the one given, or follows from the marks around it."""
    spans = [(asked.start, asked.end)]
    check_words(spans, page)
    check_uncut(quotations, spans, page.text)
    said = {"status": "asserted"}
    new = changed(said, asked, asked.kind or type_by_marks(page, spans)), spans
    return in_order([*quotations, new]), 1, ""


def drop_quotation(quotations, asked, page):
    """A quotation taken out."""
    place = find_meant_quotation(quotations, asked, page.text)
    return [*quotations[:place], *quotations[place + 1 :]], 1, ""


QUOTE_ACTIONS = {
    "content": put_words,
    "quote_type": put_type,
    "add_quote": put_quotation,
    "drop_quote": drop_quotation,
}


def changed(said, asked, quote_type):
    """What the stretches of a corrected quotation share."""
    return {**said, "quote_type": quote_type, "code": RECUT, "rule": by_hand(asked)}


def with_quotation(quotations, place, new):
    """The quotations with another in one's place."""
    return in_order([*quotations[:place], new, *quotations[place + 1 :]]), 1, ""


def in_order(quotations):
    """Quotations in the order of the text, an outer one before those in it."""
    return sorted(quotations, key=lambda each: (each[1][0][0], -each[1][-1][1]))


def find_meant_quotation(quotations, asked, text):
    """The place in the list of the quotation that a correction is of.

    It begins there, and either its first stretch reads so or it ends there.
    """
    there = ""
    for place, (_, spans) in enumerate(quotations):
        first, last = spans[0], spans[-1][1]
        reads = plain_words(text[slice(*first)]) == plain_words(asked.text)
        if first[0] == asked.start and (reads or last == asked.end):
            return place
        if first[0] < asked.end and asked.start < last:
            there += f"; there is {quote(text[slice(*first)])} at {first[0]}–{first[1]}"
    raise MisfitError(
        f"no quotation begins at {asked.start} with these words{there or '. Use `add_quote`'}"
    )


def find_pieces(asked, spans, page):
    """Where the words of `to` stand, piece by piece, in the paragraphs of a quotation.

    Of the first piece the place counts that is nearest to where the quotation begins.
    """
    around = [each for each in paragraphs_of(page) if touches(each, (spans[0][0], spans[-1][1]))]
    low, high = around[0][0], around[-1][1]
    pieces, begin = [], low
    is_whole = find_wording(asked.to, page.text, low, high)
    wanted = [asked.to] if is_whole else asked.to.split(BETWEEN_STRETCHES)
    for words in filter(None, map(str.strip, wanted)):
        found = find_wording(words, page.text, begin, high)
        if not found:
            behind = " in this order" if pieces else ""
            raise MisfitError(
                f"{quote(words)} does not stand in the paragraph of the quotation{behind}; "
                f"{say_where(page.text, words)}"
            )
        nearest = found[0] if pieces else min(found, key=lambda each: abs(each[0] - asked.start))
        pieces.append(nearest)
        begin = nearest[1]
    check_words(pieces, page)
    return pieces


def paragraphs_of(page):
    """Where the paragraphs of an article stand."""
    return [page.span(run) for run in page.tree.paragraphs]


def touches(one, other):
    """Whether two spans share a character."""
    return one[0] < other[1] and other[0] < one[1]


def check_words(spans, page):
    """Refuse stretches without a word."""
    for start, end in spans:
        if not any(page.tree.words[row][0].isalnum() for row in range(*page.rows(start, end))):
            raise MisfitError(f"no word stands at {start}–{end}")


def check_uncut(others, spans, text):
    """Refuse stretches that are another quotation's, or that cut one in two."""
    for _, theirs in others:
        for start, end in theirs:
            if (start, end) in spans:
                raise MisfitError(
                    f"there is a quotation {quote(text[start:end])} already. "
                    "Use `content`, `quote_type` or `speaker`"
                )
            for first, last in spans:
                if first < start < last < end or start < first < end < last:
                    raise MisfitError(
                        f"it cuts through the quotation {quote(text[start:end])} at {start}–{end}. "
                        "Take that one out with `drop_quote`, or change its `content` first"
                    )


def type_by_marks(page, spans):
    """Direct, mixed or indirect speech: all, some or no words stand in marks."""
    rows = [row for span in spans for row in range(*page.rows(*span))]
    words = [row for row in rows if page.tree.words[row][0].isalnum()]
    marked = [page.mark_at(row) is not None for row in words]
    if not any(marked):
        return "indirect"
    return "direct" if all(marked) else "mixed"


def first_pieces(quotes):
    """The words of each quotation up to where it is first interrupted, a Series."""
    return quotes["content"].str.split(BETWEEN_STRETCHES, n=1, regex=False).str[0].astype("str")
