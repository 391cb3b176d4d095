"""Speech as rows of a table: one row a stretch of what is said or stands in marks."""

import re

from tqdm import tqdm

from ... import schema
from ...lexicons import reporting_verbs, word_list
from ...parse.trees import read_trees
from ...read.articles import texts_behind
from ..corrections import corrections_of
from .corrected_speech import correct_quotations
from .page import Page
from .quotations import BLOCK, LABEL, TURN, find_quotations, is_whole, is_work

WORD_BEGINS = re.compile(r"[^\W_]")
# Relations of the words beside a cue that say whether something was said.
BESIDE_CUE = ("aux", "auxpass", "neg", "mark", "advmod")
# Tags of verbs by which words are a sentence that somebody could have said.
FINITE_TAGS = frozenset(("VBD", "VBP", "VBZ", "MD", "VB"))
NOBODY = ("nobody", "none", "neither", "no")


def find_speech(articles, tokens, *, beliefs=False):
    """Find what is said, and what else stands in quotation marks: one row a stretch of it.

    A quotation that goes on behind its cue has several stretches, with one `quote_id`: this is
    where quotations stand, and `find_quotes` says who speaks. Marks are paired paragraph by
    paragraph, so that one never closed harms nothing beyond it. What is reported without marks is
    read from the grammar, beside the verbs of `data/reporting_verbs.csv`, "according to", and
    headlines ("Minister: …"). Thoughts ("believes that …") are found only with `beliefs=True`.
    Corrections beside the article of what is said are made (`describe_corrections`).
    Hand the table on to `find_mentions`, `find_quotes` and what counts speech: it is found once.

    >>> articles = read_texts("“We will go,” Ann Miller said. “Soon.”")
    >>> speech = find_speech(articles, split_tokens(articles))
    >>> speech[["quote_id", "text", "words", "quoted_words"]].values.tolist()
    [[1, '“We will go,”', 3, 3], [1, '“Soon.”', 1, 1]]
    """
    return correct_speech(articles, tokens, corrections_of(articles, "speech"), beliefs)[0]


def correct_speech(articles, tokens, corrections, beliefs=False):
    """The speech as corrected by hand, and of each correction (how many, outcome), in a list."""
    texts = texts_behind(articles, schema.check(tokens, "tokens"))
    asked = dict(list(corrections.groupby("doc_id", sort=False)))
    trees = read_trees(tokens)
    rows, outcomes = [], {}
    for doc_id in tqdm(trees, desc="Finding speech", unit=" articles", delay=2, leave=False):
        page = Page(trees[doc_id], texts[doc_id])
        found = find_quotations(page, beliefs=beliefs)
        quotations = [(describe_quotation(page, quote), quote.content) for quote in found]
        if doc_id in asked:
            its = asked[doc_id]
            quotations, made = correct_quotations(quotations, its, page)
            outcomes |= dict(zip(its.index, made, strict=True))
        rows += [{"doc_id": doc_id, **row} for row in speech_rows(page, quotations)]
    no_text = 0, "does not fit: the article has no words"
    return schema.table(rows, "speech"), [outcomes.get(row, no_text) for row in corrections.index]


def speech_rows(page, quotations):
    """Rows of the speech table for one article, without doc_id."""
    ends = []
    for number, (said, content) in enumerate(quotations, 1):
        first, last = content[0][0], content[-1][1]
        ends = [end for end in ends if end > first]
        ends.append(last)
        of_quote = {"quote_id": number, "level": len(ends), **said}
        for start, end in content:
            yield {**of_quote, **describe_stretch(page, start, end, said["quote_type"])}


def describe_quotation(page, quote):
    """What the stretches of one quotation share: its cue, its speaker's words, its type."""
    report, tree = quote.report, page.tree
    said = {
        "quote_type": type_of(page, quote),
        "status": status_of(tree, report),
        "code": quote.code,
        "rule": quote.rule(page),
    }
    if report is None:
        return said
    said["cue_verb"] = report.shown
    said["cue_class"], _ = reporting_verbs().get(tree.lemma[report.verb], ("neutral", ()))
    if report.cue:
        said["cue_start"], said["cue_end"] = page.span(report.cue)
    if report.speaker:
        said["speaker_start"], said["speaker_end"] = page.span(report.speaker)
        said["speaker_head"] = tree.starts[report.subject]
    return said


def describe_stretch(page, start, end, quote_type):
    """Where one stretch stands, and how many words it has, inside marks and in all."""
    first, last = page.rows(start, end)
    words = [row for row in range(first, last) if WORD_BEGINS.match(page.tree.words[row])]
    if quote_type == "direct":
        quoted = words
    else:
        quoted = [row for row in words if page.mark_at(row) is not None]
    # A mark within the last word leaves no row of its own: "0‹a".
    place = min(first, len(page.tree.sentence) - 1)
    return {
        "sentence_id": page.tree.sentence[place],
        "paragraph_id": page.tree.paragraph[place],
        "start": start,
        "end": end,
        "text": page.text[start:end],
        "words": len(words),
        "quoted_words": len(quoted),
    }


def type_of(page, quote):
    """Direct, mixed or indirect speech; a title or a scare quotation where nobody says it."""
    if quote.report is None:
        return type_of_unsaid(page, *page.rows(*quote.content[0]))
    if quote.code in (TURN, BLOCK, LABEL):
        return "direct"
    marked = [is_marked for span in quote.content for is_marked in words_marked(page, quote, span)]
    if not any(marked):
        return "indirect"
    return "direct" if all(marked) else "mixed"


def type_of_unsaid(page, first, last):
    """What stands in marks and nobody is named who says it: a title, a sentence, or a few words."""
    if is_work(page, first, last):
        return "title"
    says = not FINITE_TAGS.isdisjoint(page.tree.tag[first:last])
    return "direct" if says and is_whole(page, first, last) else "scare"


def words_marked(page, quote, span):
    """Of each word in a span whether it stands in marks.

    Of speech inside outer marks, those nested in them count.
    """
    nested = page.mark_at(quote.report.verb) is not None
    mark_at = page.nested_at if nested else page.mark_at
    rows = range(*page.rows(*span))
    return [mark_at(row) is not None for row in rows if page.tree.words[row][0].isalnum()]


def status_of(tree, report):
    """Asserted, denied ("did not say") or hypothetical ("would say", "if she says")."""
    if report is None:
        return "asserted"
    beside = [child for child in tree.below[report.verb] if tree.dep[child] in BESIDE_CUE]
    words = {tree.words[child].lower() for child in beside}
    speaker = range(*report.speaker) if report.speaker else ()
    nobody = any(tree.words[row].lower() in NOBODY for row in list(speaker)[:1])
    if nobody or "never" in words or any(tree.dep[child] == "neg" for child in beside):
        return "denied"
    return "hypothetical" if words & word_list("words of possibility") else "asserted"
