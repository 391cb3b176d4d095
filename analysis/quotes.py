"""Who is quoted saying what: direct, mixed and indirect speech, with its speaker and the words that bring it."""

from bisect import bisect_left, bisect_right

from tqdm import tqdm

from . import schema
from .articles import texts_behind
from .lexicons import noun_types
from .reported import reporting_verbs
from .speech import BLOCK, TURN, Page, find_speech, is_work

# Auxiliaries and conjunctions that make speech a possibility.
POSSIBLE = {"would", "could", "might", "may", "should", "must", "if", "whether", "can"}
# Nouns of sources that are no nouns for people elsewhere.
SOURCES = {"insider", "observer"}
# What is shown for verbs that report only with other words, and for marks that are no verb.
PHRASES = {"accord": "according to", "according": "according to", "make": "make clear", ":": None}
KINDS = ("name", "alias", "acronym", "metonym", "description", "pronoun", "adjective")


def find_quotes(articles, tokens, mentions, beliefs=False):
    """Find who is quoted saying what: one row a quotation, direct, mixed or indirect, or other words in quotation marks.

    Marks are paired paragraph by paragraph, so that one never closed harms nothing beyond it. What is reported without marks
    is read from the grammar, beside the verbs of `data/reporting_verbs.csv`, "according to", and headlines ("Minister: …"). A
    quotation that goes on, in the same paragraph or the next, stays one row with several spans. `speaker` is missing where
    the text names nobody, `actor` where the speaker is no actor of the mentions table. Thoughts ("believes that …") are
    found only with `beliefs=True`. Accuracy: benchmarks/README.md.

    >>> articles = read_texts("“We will go,” Ann Miller said. “Soon.” A source close to her said that it would rain.")
    >>> tokens = split_tokens(articles)
    >>> quotes = find_quotes(articles, tokens, find_mentions(articles, tokens))
    >>> quotes[["content", "actor", "cue", "quote_type"]].fillna("").values.tolist()
    [['“We will go,” … “Soon.”', 'Ann Miller', 'said', 'direct'], ['that it would rain', '', 'said', 'indirect']]
    """
    texts = texts_behind(articles, schema.check(tokens, "tokens"))
    by_article = dict(iter(schema.check(mentions, "mentions").groupby("doc_id", sort=False)))
    rows = []
    for doc_id, parsed in tqdm(tokens.groupby("doc_id", sort=False), desc="Finding quotations", unit=" articles", delay=2, leave=False):
        page = Page(parsed.reset_index(drop=True), texts[doc_id])
        actors = actors_at(by_article.get(doc_id, mentions.iloc[:0]))
        ends = []
        for number, quote in enumerate(find_speech(page, beliefs), 1):
            first, last = quote.content[0][0], quote.content[-1][1]
            ends = [end for end in ends if end > first]
            rows.append(quote_row(page, doc_id, number, quote, actors, level=len(ends) + 1))
            ends.append(last)
    return schema.table(rows, "quotes")


def quote_row(page, doc_id, number, quote, actors, level):
    """One row of the quotes table."""
    parse, report = page.parse, quote.report
    row = page.rows(quote.content[0][0], quote.content[-1][1])[0]
    speaker = page.span(report.speaker) if report and report.speaker else (None, None)
    cue = page.span(report.cue) if report and report.cue else (None, None)
    actor = speaking_actor(page, report, actors)
    verb = parse.lemma[report.verb] if report else None
    said = {
        "doc_id": doc_id,
        "quote_id": number,
        "sentence_id": parse.sentence[row],
        "paragraph_id": parse.paragraph[row],
        "start": quote.content[0][0],
        "end": quote.content[-1][1],
        "spans": ";".join(f"{start}-{end}" for start, end in quote.content),
        "content": " … ".join(page.text[start:end] for start, end in quote.content),
        "speaker": page.text[slice(*speaker)] if speaker[0] is not None else None,
        "speaker_start": speaker[0],
        "speaker_end": speaker[1],
        "actor": actor,
        "cue": page.text[slice(*cue)] if cue[0] is not None else None,
        "cue_start": cue[0],
        "cue_end": cue[1],
        "cue_verb": PHRASES.get(verb, verb),
        "cue_class": reporting_verbs().get(verb, ("neutral", ()))[0] if report else None,
        "quote_type": type_of(page, quote),
        "status": status_of(parse, report),
        "anonymous": actor is None and is_anonymous(page, report),
        "level": level,
        "rule": quote.rule,
    }
    return [said[column] for column in schema.columns("quotes")]


def type_of(page, quote):
    """Direct, mixed or indirect speech; a title or a scare quotation where nobody says it."""
    if quote.report is None:
        return "title" if is_work(page, *page.rows(*quote.content[0])) else "scare"
    if quote.rule == TURN or quote.rule.endswith(BLOCK):
        return "direct"
    nested = page.mark_at(quote.report.verb) is not None if quote.report.verb >= 0 else False
    inner = [mark for mark in page.marked if mark.level == 2] if nested else []
    inside = outside = 0
    for start, end in quote.content:
        for row in range(*page.rows(start, end)):
            if page.parse.words[row][0].isalnum():
                at = page.starts[row]
                marked = any(mark.start <= at < mark.end for mark in inner) if nested else page.mark_at(row) is not None
                inside, outside = inside + marked, outside + (not marked)
    return "indirect" if not inside else "mixed" if outside else "direct"


def status_of(parse, report):
    """Asserted, denied ("did not say") or hypothetical ("would say", "if she says")."""
    if report is None:
        return "asserted"
    beside = [child for child in parse.below[report.verb] if parse.dep[child] in ("aux", "auxpass", "neg", "mark", "advmod")]
    words = {parse.words[child].lower() for child in beside}
    if any(parse.dep[child] == "neg" for child in beside) or "never" in words:
        return "denied"
    return "hypothetical" if words & POSSIBLE else "asserted"


def actors_at(mentions):
    """[(start, end, actor)] of the mentions that can name a speaker."""
    named = mentions[mentions["kind"].isin(KINDS)].dropna(subset="actor")
    return sorted(zip(named["start"].tolist(), named["end"].tolist(), named["actor"].tolist(), strict=True))


def speaking_actor(page, report, actors):
    """The actor whom the speaker's words mean: the mention at their head, or a name beside it."""
    if not report or not report.speaker:
        return None
    parse, head = page.parse, report.subject
    if parse.words[head].lower() in ("who", "which", "that") and parse.dep[parse.head[head]] == "relcl":
        head = parse.head[parse.head[head]]
    beside = [child for child in parse.below[head] if parse.dep[child] == "appos"]
    for row in (head, *beside):
        at = page.starts[row]
        around = [(end - start, actor) for start, end, actor in actors_near(actors, at) if start <= at < end]
        if around:
            return min(around)[1]
    return None


def actors_near(actors, at):
    """The mentions that begin at most so far before a place as a mention is long."""
    return actors[bisect_left(actors, at - LONGEST_MENTION, key=lambda each: each[0]) : bisect_right(actors, at, key=lambda each: each[0])]


# Characters; a longer description is not looked for.
LONGEST_MENTION = 300


def is_anonymous(page, report):
    """Whether a speaker without a name is a person whom the text describes: "a source close to the team"."""
    if not report or not report.speaker:
        return False
    parse, head = page.parse, report.subject
    noun = parse.lemma[head]
    person = noun in SOURCES or "person" in noun_types(noun)
    definite = any(
        parse.dep[child] in ("det", "poss") and parse.words[child].lower() in ("the", "his", "her", "my", "our", "their")
        for child in parse.below[head]
    )
    return parse.pos[head] == "NOUN" and (noun == "source" or (person and not definite))
