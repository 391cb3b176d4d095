"""Every mention in one parsed article: names, titles, descriptions, pronouns, and the speakers' I and we."""

import calendar

from .lexicons import noun_gender, noun_types
from .links import link_names
from .names import Link, is_title
from .people import gender_of
from .phrases import phrase_at
from .references import CLASSES, SPEAKER, Discourse, choose_by, fits_noun, read_weights
from .schema import NAMED
from .speech import Page, find_speech

# To pronouns and descriptions, what is named and not classed is like an organisation.
KINDRED = {"other": "organisation"}
DAYS = frozenset((*calendar.day_name, *calendar.month_name, "Yesterday", "Today", "Tomorrow"))


def mentions_in(parsed, text, known, choose=None):
    """(first row, last row, Link, whether quoted) of every mention in one article, in order; `choose` as in `Discourse`."""
    page = Page(parsed, text)
    parse = page.parse
    links = [((span.first, span.last), link) for span, link in link_names(parsed, parse, known)]
    titles = find_titles(parse, links)
    quoted, speakers = find_speakers(page)
    story = Discourse(
        parse, name_heads(parse, links, titles), find_beside(parse, links), quoted, speakers, choose or choose_by(read_weights())
    ).read()
    links += [(span, Link(actor, "person", "title", f"title of {actor}")) for span, actor in titles]
    links += [referred(parse, row, referent, sure) for row, referent, sure in story.found if referent is None or referent.actor]
    links += spoken(story)
    links += left_open(story, links)
    types = {link.actor: link.actor_type for _, link in links if link.kind in NAMED}
    links = [(span, link._replace(actor_type=types.get(link.actor, link.actor_type))) for span, link in links]
    return [(first, last, link, first in quoted) for (first, last), link in sorted(links, key=lambda each: (each[0][0], -each[0][1]))]


def find_speakers(page):
    """({row: run in quotation marks}, {run: row of the word that names its speaker})."""
    runs = [page.rows(mark.start, mark.end) for mark in page.outer]
    quoted = {row: run for run, (first, last) in enumerate(runs) for row in range(first, last)}
    numbers = {mark: run for run, mark in enumerate(page.outer)}
    speakers = {numbers[mark]: quote.report.subject for quote in find_speech(page) if quote.report for mark in quote.marked}
    return quoted, speakers


def left_open(story, links):
    """He, she, I and we (in marks) that got no actor: shown as open, with nobody named."""
    parse = story.parse
    taken = {first for (first, last), link in links if link.kind == "pronoun"}
    found = []
    for row, word in enumerate(parse.words):
        person = CLASSES.get(word.lower()) in ("he", "she") or (row in story.quoted and word.lower() in SPEAKER)
        if person and row not in taken and parse.pos[row] in ("PRON", "DET"):
            found.append(((row, row + 1), Link(None, "person", "pronoun", f"“{word.lower()}”: somebody without a name, or nobody certain")))
    return found


def head_of(parse, first, last):
    """The row of a span on which no other row of it depends."""
    return next((row for row in range(first, last) if not first <= parse.head[row] < last or parse.head[row] == row), last - 1)


def name_heads(parse, links, titles):
    """{head row: (actor, actor type, gender, nouns of the title, actors named in the title)} of the names and nationality words."""
    by_last = {last: link.actor for (_, last), link in links}
    before = {}
    for (first, last), _ in titles:
        row = first - 1 if first and parse.words[first - 1] != "'s" else first - 2
        before[last] = (parse.words[first:last], {by_last.get(row + 1)} - {None})
    heads = {}
    for (first, last), link in links:
        if link.actor and link.kind in (*NAMED, "adjective"):
            words, owners = before.get(first, ((), set()))
            title = [word.lower().rstrip(".") for word in words]
            gender = gender_of(link.actor, title) if link.actor_type == "person" else ""
            heads[head_of(parse, first, last)] = (link.actor, KINDRED.get(link.actor_type, link.actor_type), gender, title[-1:], owners)
    return heads


def find_titles(parse, links):
    """[((first, last), actor)] of the titles and offices directly before people's names."""
    taken = {row for (first, last), _ in links for row in range(first, last)}
    titles = []
    for (name, last), link in links:
        first = title_start(parse, name, taken) if link.actor_type == "person" and link.actor else name
        if first < name and not is_tied(parse, name - 1, first, name, last):
            first = name
        if first < name:
            titles.append(((first, name), link.actor))
    return titles


def is_tied(parse, row, first, name, last):
    """Whether the grammar ties the word before a name to it, as in "President Raisi" and not in "the general Biden chose"."""
    head = head_of(parse, name, last)
    return first <= parse.head[row] < last and parse.head[row] != row or parse.head[head] == row or is_title(parse.words[row])


def title_start(parse, name, taken):
    """The row where the title before a name begins, or the name's own row."""
    first = name
    while first and first - 1 not in taken and parse.sentence[first - 1] == parse.sentence[name] and in_title(parse, first - 1, first == name):
        first -= 1
        if parse.words[first].lower() == "of" and "person" in noun_types(parse.lemma[name - 1]):  # "supporters of President Seo"
            first += 1
            break
    while first < name and parse.words[first].lower() in ("of", "for", "and", "former", "then", "-", "the"):
        first += 1
    return first


def in_title(parse, row, beside):
    """Whether a word can be part of a title; beside the name it must be one by itself."""
    word, lower = parse.words[row], parse.words[row].lower()
    if parse.pos[row] in ("PRON", "DET") or word in DAYS:
        return False
    if is_title(word) and lower not in ("former", "then", "the") and (word[0].isupper() or parse.pos[row] in ("NOUN", "PROPN")):
        return True
    if beside:
        return "person" in noun_types(parse.lemma[row]) and parse.pos[row] in ("NOUN", "PROPN") and parse.tag[row] in ("NN", "NNP")
    return word[0].isupper() and parse.pos[row] in ("PROPN", "NOUN", "ADJ") or (lower in ("of", "for") and parse.words[row - 1][:1].isupper())


def find_beside(parse, links):
    """{row: (actor, actor type, noun, gender)} of nouns beside which a name stands: "a spokesman, Saeed Khatibzadeh"."""
    tied = {}
    taken = {row for (first, last), _ in links for row in range(first, last)}
    for (first, last), link in links:
        row = head_of(parse, first, last)
        noun = parse.head[row]
        named = link.actor and link.kind in NAMED and parse.dep[row] == "appos" and noun not in taken
        # Directly before the name it is a title: "his wife Ann Miller".
        several = link.actor_type == "person" and parse.tag[noun] == "NNS"
        if named and noun + 1 < first and fits_noun(parse, noun, link.actor_type) and not several:
            gender = noun_gender(parse.lemma[noun])
            tied[noun] = (link.actor, link.actor_type, parse.lemma[noun], gender)
    return tied


def referred(parse, row, referent, sure):
    """The mention of a pronoun or description that the weights resolved, or left open."""
    word = parse.words[row]
    kind = "pronoun" if parse.pos[row] in ("PRON", "DET") else "description"
    phrase = phrase_at(parse, row) if kind == "description" else (row, row, row + 1)
    if referent is None:
        return (phrase[1], phrase[2]), Link(None, "person", kind, f"“{word}”: the text leaves open whom it means (at most {sure:.0%} sure)")
    if isinstance(sure, str):
        return (phrase[1], phrase[2]), Link(referent.actor, referent.actor_type, kind, f"{sure} {referent.actor}")
    return (phrase[1], phrase[2]), Link(referent.actor, referent.actor_type, kind, f"“{word}” for {referent.actor} ({sure:.0%} sure)")


def spoken(story):
    """I and we inside quotation marks: the speaker."""
    parse, links = story.parse, []
    for row in story.quoted:
        speaker = story.speaker(row) if parse.words[row].lower() in SPEAKER and parse.pos[row] in ("PRON", "DET") else None
        if speaker and speaker.actor:
            links.append(((row, row + 1), Link(speaker.actor, speaker.actor_type, "pronoun", f"spoken by {speaker.actor}")))
    return links
