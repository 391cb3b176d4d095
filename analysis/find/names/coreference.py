"""Every mention in one parsed article: names, titles, descriptions, pronouns; I and we in marks."""

from ...parse.tree import head_of, noun_phrase
from ...schema import NAMED, UNNAMED
from .encoder import read_article
from .linking import link_names
from .people import gender_of
from .pronouns import (
    FIRST_PERSON,
    PRONOUN_GROUPS,
    Discourse,
    Naming,
    Said,
    choose_by,
    is_pronoun,
    read_weights,
)
from .spans import Link, rows_of
from .titles import find_beside, find_titles
from .vote import vote

# To pronouns and descriptions, what is named and not classed is like an organisation.
KINDRED = {"other": "organisation"}
# The grammar that ties a noun to an actor, as a rule.
TIES = {
    "beside": "stands beside",
    "said_of": "is said of",
    "called_before": "has been called that before:",
}


def mentions_in(page, speakers, speaking, known, choose=None, read=None):
    """(first row, last row, Link, whether quoted) of every mention in one article, in order.

    `speakers` is {number of an outer stretch in quotation marks: row of the word that names its
    speaker}, `speaking` the rows of all words that name a speaker, `known` a gazetteer
    (`make_gazetteer`), `choose` as in `Discourse`.
    """
    tree = page.tree
    reading = (read or read_article)(tree)
    tree = tree.with_names(*vote(tree, reading.names))
    names = link_names(tree, known)
    titles = find_titles(tree, names)
    heads, beside = name_heads(tree, names, titles), find_beside(tree, names)
    quoted = find_quoted(page)
    if choose is None:
        choose = choose_by(read_weights())
    inside = rows_of(span for span, _ in names)
    for first, last, _ in titles:
        inside.update(range(first, last))
    said = Said(quoted, speakers, speaking)
    story = Discourse(tree, heads, inside, beside, said, choose, reading).read()
    links = [(span.first, span.last, link) for span, link in names]
    for first, last, actor in titles:
        links.append((first, last, Link(actor, "person", "title", "title", f"title of {actor}")))
    for finding in story.found:
        if finding.referent is None or finding.referent.actor or finding.referent.called:
            links.append(referred(tree, finding))
    links += spoken(story)
    links += left_open(story, links)
    types = {link.actor: link.actor_type for _, link in names if link.kind in NAMED}
    mentions = []
    for first, last, link in sorted(links, key=lambda each: (each[0], -each[1])):
        actor_type = types.get(link.actor, link.actor_type)
        mentions.append((first, last, link._replace(actor_type=actor_type), first in quoted))
    return mentions


def find_quoted(page):
    """{row: number of the outer stretch in quotation marks in which it stands}."""
    quoted = {}
    for number, mark in enumerate(page.outer):
        for row in range(*page.rows(mark.start, mark.end)):
            quoted[row] = number
    return quoted


def name_heads(tree, names, titles):
    """{head row: Naming} of the names and nationality words."""
    actor_before = {span.last: link.actor for span, link in names}
    title_before = {last: (first, last) for first, last, _ in titles}
    heads = {}
    for span, link in names:
        if not link.actor or link.kind not in (*NAMED, "adjective"):
            continue
        title, owners = [], set()
        if span.first in title_before:
            first, last = title_before[span.first]
            title = [word.lower().rstrip(".") for word in tree.words[first:last]]
            owner = actor_before.get(end_of_owner(tree, first))
            if owner is not None:
                owners = {owner}
        gender = gender_of(link.actor, title) if link.actor_type == "person" else ""
        actor_type = KINDRED.get(link.actor_type, link.actor_type)
        naming = Naming(link.actor, actor_type, gender, title[-1:], owners, " ".join(title))
        heads[head_of(tree, span.first, span.last)] = naming
    return heads


def end_of_owner(tree, first):
    """The row where the name of an owner ends before a title: "Iran | President", "Iran | 's"."""
    is_possessive = first > 0 and tree.words[first - 1] == "'s"
    return first - 1 if is_possessive else first


def referred(tree, finding):
    """The mention of a pronoun or description that refers to an actor, or is left open."""
    row, referent, code, sure = finding
    word = tree.words[row]
    kind, span = "description", noun_phrase(tree, row)
    if tree.pos[row] in ("PRON", "DET"):
        kind, span = "pronoun", (row, row + 1)
    if code == "perhaps_named":
        rule = f"“{word}”: perhaps somebody whom the text names; who, it leaves open"
        return *span, Link(None, "person", kind, code, rule)
    if referent is None:
        rule = f"“{word}”: the text leaves open whom it means (at most {sure:.0%} sure)"
        return *span, Link(None, "person", kind, code, rule)
    actor, actor_type = who_is(referent)
    if code == "unnamed" and referent.actor:
        code, rule = "named_later", f"named later as {actor}: {referent.why}"
    elif code == "unnamed":
        rule = "described and not named"
    elif code == "last_speaker":
        rule = f"“{word}” for {actor}, who spoke last before"
    elif code == "tells_of_self":
        rule = f"“{word}” for {actor}, who says it"
    elif code in TIES:
        rule = f"{TIES[code]} {referent.actor}"
    else:
        rule = f"“{word}” for {actor} ({sure:.0%} sure)"
    return *span, Link(actor, actor_type, kind, code, rule)


def who_is(referent):
    """(actor, type) of a referent; of somebody without a name, what it is called."""
    if referent.actor:
        return referent.actor, referent.actor_type
    return referent.called, UNNAMED


def spoken(story):
    """I and we inside quotation marks: the speaker."""
    links = []
    for row in story.quoted:
        if not is_pronoun(story.tree, row, FIRST_PERSON):
            continue
        speaker = story.speaker(row)
        actor, actor_type = who_is(speaker) if speaker else (None, None)
        if actor:
            link = Link(actor, actor_type, "pronoun", "spoken", f"spoken by {actor}")
            links.append((row, row + 1, link))
    return links


def left_open(story, links):
    """He, she, I and we (in marks) that got no actor: shown as open, with nobody named."""
    tree = story.tree
    taken = {first for first, _, link in links if link.kind == "pronoun"}
    third_person = [word for word, group in PRONOUN_GROUPS.items() if group in ("he", "she")]
    found = []
    for row, word in enumerate(tree.words):
        words = third_person
        if row in story.quoted:
            words = FIRST_PERSON.union(third_person)
        if row not in taken and is_pronoun(tree, row, words):
            rule = f"“{word.lower()}”: somebody without a name, or nobody certain"
            link = Link(None, "person", "pronoun", "nobody", rule)
            found.append((row, row + 1, link))
    return found
