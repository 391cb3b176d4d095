"""What an article says happened, and when: its events, each with the days it can have been on."""

from textwrap import shorten
from typing import NamedTuple

import pandas as pd

from .. import schema
from ..lexicons import reporting_verbs, word_list
from ..parse.tree import noun_phrase
from ..parse.trees import read_trees
from ..read.articles import texts_behind
from .acts import ACTING, find_doers, govern, join_words, place_actors, subject_row, verb_particles
from .mentions import choose_mentions, find_positions
from .quotes import find_voices
from .roles import is_linking, is_passive
from .speech.stretches import find_speech
from .status import find_status
from .when.chains import date_events
from .when.page import Page
from .when.ties import is_finite, is_main, tells_day, tense_form, tie_dates

HAPPENING, SPEAKING, TOLD_NOW = ("event", "speech", "present")
# Letters of a subject or object that stand in the words for an event.
MOST_LETTERS = 40
RELATIVE = ("WP", "WDT", "WP$")


class Event(NamedTuple):
    """A verb that tells of something that happens, and what is needed to date it."""

    row: int
    lemma: str
    kind: str
    form: str | None  # how the verb tells: `past`, `perfect` …; None for a participle
    is_main: bool
    actor: str | None
    target: str | None
    thing: str | None  # dictionary form of the noun that is its object
    status: str
    words: str
    quoted: bool


def find_events(articles, tokens, dates, mentions=None, quotes=None, speech=None):
    """Find what an article says happened, and when: one row an event, in the order of the telling.

    An event is a verb with a tense or a modal; a participle only with a date of its own ("the
    sanctions issued on Saturday"). Left out are states ("is", "believes") and nouns for acts
    ("the raid"). `kind` parts what happens from what is said ("speech") and from what is told in
    the present without a date ("present": it holds, or comes again). `date` comes from a date
    that belongs to the verb by the grammar, from a verb that it is joined to, from the sentence
    before, or from the same act told elsewhere: `code` and `rule` say which. Where no date can be
    tied to it, `date` is missing, and `rule` says why. `first` and `last` are the earliest and the
    latest day on which it can have happened. `status` as in `find_actions`; `voice` in whose words
    it stands, where `quotes` and `speech` are handed over. How time is told beside how it went:
    Genette, G. (1980): Narrative discourse. Accuracy: benchmarks/README.md.

    >>> articles = read_texts("Ann Lee resigned on Monday. She was elected in 2015.")
    >>> articles["published"] = "2020-01-08"
    >>> tokens = split_tokens(articles)
    >>> events = find_events(articles, tokens, find_dates(articles, tokens))
    >>> events[["event", "date", "code"]].values.tolist()
    [['Ann Lee resigned', '2020-01-06', 'own'], ['She was elected', '2015', 'own']]
    """
    texts = texts_behind(articles, schema.check(tokens, "tokens"))
    said = find_speech(articles, tokens) if speech is None else schema.check(speech, "speech")
    if mentions is not None:
        mentions = choose_mentions(mentions, ACTING, None)
    told = schema.rows_of_articles(schema.check(dates, "dates"))
    stretches = schema.rows_of_articles(said)
    named = {} if mentions is None else schema.rows_of_articles(mentions)
    published = dict(zip(articles["doc_id"], articles["published"], strict=True))
    rows = []
    for doc_id, tree in read_trees(tokens).items():
        text, of_speech = texts[doc_id], stretches.get(doc_id, ())
        page = Page(tree, text, published[doc_id], of_speech)
        its_dates, its_named = told.get(doc_id, ()), named.get(doc_id, ())
        rows += event_rows(doc_id, page, text, its_dates, of_speech, its_named)
    events = schema.table(rows, "events")
    if quotes is None or speech is None:
        return events
    return events.assign(voice=find_voices(events, quotes, speech))


def event_rows(doc_id, page, text, dates, speech, mentions):
    """The rows of one article."""
    tied = tie_dates(page, dates)
    found = events_on(page, text, tied, speech, mentions)
    ties = date_events(page, found, tied, dates)
    tree = page.tree
    for order, (event, tie) in enumerate(zip(found, ties, strict=True), start=1):
        start, end = tree.starts[event.row], tree.ends[event.row]
        yield {
            "doc_id": doc_id,
            "sentence_id": tree.sentence[event.row],
            "paragraph_id": tree.paragraph[event.row],
            "start": start,
            "end": end,
            "text": text[start:end],
            "order": order,
            "kind": event.kind,
            "event": event.words,
            "lemma": event.lemma,
            "actor": event.actor,
            "target": event.target,
            "date": tie.value,
            "first": tie.first and tie.first.isoformat(),
            "last": tie.last and tie.last.isoformat(),
            "status": event.status,
            "code": tie.code,
            "rule": tie.rule,
        }


def events_on(page, text, tied, speech, mentions):
    """The events of one article, in order."""
    tree = page.tree
    named = place_actors(mentions, tree)
    cues = {each.cue_start for each in speech if pd.notna(each.cue_start)}
    doers, positions = find_doers(tree), find_positions(tree, text)
    found = []
    for row in range(len(tree.words)):
        if not is_event(tree, row, tied):
            continue
        subject = subject_of_event(tree, row, doers[row])
        actor, target = actors_of(tree, row, subject, named)
        thing = tree.first[row].get("dobj")
        chain = govern(tree, row, doers[row]) if doers[row] >= 0 else [row]
        has_date = any(tells_day(told) for told in tied.get(row, ()))
        is_above = positions.get(tree.paragraph[row]) == "headline"
        found.append(
            Event(
                row,
                tree.lemma[row],
                kind_of_event(tree, row, cues, has_date or is_above),
                tense_form(tree, row),
                is_main(tree, row),
                actor,
                target,
                tree.lemma[thing] if thing is not None and tree.pos[thing] == "NOUN" else None,
                find_status(tree, chain),
                words_of_event(tree, text, chain, subject, named),
                page.quotation(tree.starts[row]) is not None,
            )
        )
    return found


def is_event(tree, row, tied):
    """Whether a word is a verb that tells of something that happens, not of a state."""
    if tree.pos[row] != "VERB" or tree.dep[row] in ("aux", "auxpass", "prep", "amod", "compound"):
        return False
    states = word_list("verbs of state") | word_list("verbs of relation")
    if tree.lemma[row] in states:
        return False
    if is_linking(tree, row) and tree.lemma[row] not in word_list("verbs of becoming"):
        return False
    return is_finite(tree, row) or any(tells_day(told) for told in tied.get(row, ()))


def kind_of_event(tree, row, cues, is_event_now):
    """Of which kind an event is; in the present it is one only with a date, or in a headline."""
    if is_speaking(tree, row, cues):
        return SPEAKING
    is_present = tense_form(tree, row) == "present"
    return TOLD_NOW if is_present and not is_event_now else HAPPENING


def is_speaking(tree, row, cues):
    """Whether a verb tells that somebody says something."""
    if tree.starts[row] in cues or tree.lemma[row] in word_list("verbs that say"):
        return True
    return tree.lemma[row] in reporting_verbs() and "ccomp" in tree.first[row]


def subject_of_event(tree, row, doer):
    """The row of the subject of a verb; of a participle what it stands behind; None without."""
    subject = subject_row(tree, doer)
    if subject is None and tree.dep[row] == "acl":
        return tree.head[row]
    if subject is not None and tree.tag[subject] in RELATIVE and tree.dep[row] == "relcl":
        return tree.head[row]
    if subject is None and tree.tag[row] in ("VBG", "VBN"):
        # "revived after being suspended"
        above = row
        while tree.head[above] != above and tree.dep[above] in ("pcomp", "prep", "advcl"):
            above = tree.head[above]
        return subject_row(tree, above)
    return subject


def actors_of(tree, row, subject, named):
    """(who does it, to whom it is done), as actors; None for each that is no actor."""

    def actor_at(phrase):
        return None if phrase is None else next(iter(named.get(tree.whole[phrase], ())), None)

    behind = tree.dep[row] == "acl" and tree.tag[row] == "VBN"
    if is_passive(tree, row) or behind:
        by = tree.first[row].get("agent")
        return actor_at(None if by is None else tree.first[by].get("pobj")), actor_at(subject)
    return actor_at(subject), actor_at(tree.first[row].get("dobj"))


def words_of_event(tree, text, chain, subject, named):
    """Who does what, in the words of the article: "Iran agreed to lift sanctions"."""
    verbs = list(chain)
    while "dobj" not in tree.first[verbs[-1]]:
        below = tree.first[verbs[-1]].get("xcomp")
        if below is None or tree.tag[below] != "VB":
            break
        verbs.append(below)
    parts = [phrase_words(tree, text, subject, named), *(spell_verb(tree, row) for row in verbs)]
    thing = tree.first[verbs[-1]].get("dobj")
    if thing is not None and tree.tag[thing] in RELATIVE and tree.dep[verbs[-1]] == "relcl":
        thing = tree.head[verbs[-1]]
    if thing is not None and tree.tag[thing] not in RELATIVE:
        parts.append(phrase_words(tree, text, thing, named))
    return join_words(part for part in parts if part)


def phrase_words(tree, text, row, named):
    """The words of a noun phrase; of a long one the actor's name, or its first words."""
    if row is None:
        return ""
    for whole in (True, False):
        first, last = noun_phrase(tree, row, whole=whole)
        words = " ".join(text[tree.starts[first] : tree.ends[last - 1]].split())
        if len(words) <= MOST_LETTERS:
            return words
    words = shorten(words, MOST_LETTERS, placeholder="…")
    return next(iter(named.get(tree.whole[row], ())), words)


def spell_verb(tree, row):
    """A verb as it stands, with its help, its negation and its particles."""
    wanted = ("aux", "auxpass", "neg")
    help_words = {*tree.below[row], *tree.below[tree.helped[row]]}
    rows = sorted(child for child in help_words if tree.dep[child] in wanted and child < row)
    return join_words(tree.words[each].lower() for each in [*rows, row, *verb_particles(tree, row)])
