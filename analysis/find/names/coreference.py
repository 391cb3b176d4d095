"""Every mention in one parsed article: names, titles, descriptions, pronouns, and the speakers' I and we."""

from ...parse.tree import head_of, noun_phrase
from ...schema import NAMED
from .linking import link_names
from .people import gender_of
from .pronouns import FIRST_PERSON, PRONOUN_GROUPS, Discourse, choose_by, read_weights
from .spans import Link
from .titles import find_beside, find_titles

# To pronouns and descriptions, what is named and not classed is like an organisation.
KINDRED = {"other": "organisation"}


def mentions_in(page, speakers, known, choose=None):
    """(first row, last row, Link, whether quoted) of every mention in one article, in order; `choose` as in `Discourse`."""
    tree = page.tree
    links = [((span.first, span.last), link) for span, link in link_names(page.parsed, tree, known)]
    titles = find_titles(tree, links)
    quoted = find_quoted(page)
    story = Discourse(
        tree,
        name_heads(tree, links, titles),
        find_beside(tree, links),
        quoted,
        speakers,
        choose or choose_by(read_weights()),
    ).read()
    links += [(span, Link(actor, "person", "title", f"title of {actor}")) for span, actor in titles]
    links += [
        referred(tree, row, referent, sure)
        for row, referent, sure in story.found
        if referent is None or referent.actor
    ]
    links += spoken(story)
    links += left_open(story, links)
    types = {link.actor: link.actor_type for _, link in links if link.kind in NAMED}
    links = [
        (span, link._replace(actor_type=types.get(link.actor, link.actor_type)))
        for span, link in links
    ]
    return [
        (first, last, link, first in quoted)
        for (first, last), link in sorted(links, key=lambda each: (each[0][0], -each[0][1]))
    ]


def find_quoted(page):
    """{row: number of the outer stretch in quotation marks in which it stands}."""
    quoted = {}
    for number, mark in enumerate(page.outer):
        for row in range(*page.rows(mark.start, mark.end)):
            quoted[row] = number
    return quoted


def left_open(story, links):
    """He, she, I and we (in marks) that got no actor: shown as open, with nobody named."""
    tree = story.tree
    taken = {first for (first, last), link in links if link.kind == "pronoun"}
    found = []
    for row, word in enumerate(tree.words):
        person = PRONOUN_GROUPS.get(word.lower()) in ("he", "she") or (
            row in story.quoted and word.lower() in FIRST_PERSON
        )
        if person and row not in taken and tree.pos[row] in ("PRON", "DET"):
            found.append(
                (
                    (row, row + 1),
                    Link(
                        None,
                        "person",
                        "pronoun",
                        f"“{word.lower()}”: somebody without a name, or nobody certain",
                    ),
                )
            )
    return found


def name_heads(tree, links, titles):
    """{head row: (actor, actor type, gender, nouns of the title, actors named in the title)} of the names and nationality words."""
    by_last = {last: link.actor for (_, last), link in links}
    before = {}
    for (first, last), _ in titles:
        row = first - 1 if first and tree.words[first - 1] != "'s" else first - 2
        before[last] = (tree.words[first:last], {by_last.get(row + 1)} - {None})
    heads = {}
    for (first, last), link in links:
        if link.actor and link.kind in (*NAMED, "adjective"):
            words, owners = before.get(first, ((), set()))
            title = [word.lower().rstrip(".") for word in words]
            gender = gender_of(link.actor, title) if link.actor_type == "person" else ""
            heads[head_of(tree, first, last)] = (
                link.actor,
                KINDRED.get(link.actor_type, link.actor_type),
                gender,
                title[-1:],
                owners,
            )
    return heads


def referred(tree, row, referent, sure):
    """The mention of a pronoun or description that the weights resolved, or left open."""
    word = tree.words[row]
    pronoun = tree.pos[row] in ("PRON", "DET")
    kind = "pronoun" if pronoun else "description"
    span = (row, row + 1) if pronoun else noun_phrase(tree, row)
    if referent is None:
        rule = f"“{word}”: the text leaves open whom it means (at most {sure:.0%} sure)"
        return span, Link(None, "person", kind, rule)
    if isinstance(sure, str):
        rule = f"{sure} {referent.actor}"
    else:
        rule = f"“{word}” for {referent.actor} ({sure:.0%} sure)"
    return span, Link(referent.actor, referent.actor_type, kind, rule)


def spoken(story):
    """I and we inside quotation marks: the speaker."""
    tree, links = story.tree, []
    for row in story.quoted:
        speaker = (
            story.speaker(row)
            if tree.words[row].lower() in FIRST_PERSON and tree.pos[row] in ("PRON", "DET")
            else None
        )
        if speaker and speaker.actor:
            links.append(
                (
                    (row, row + 1),
                    Link(
                        speaker.actor, speaker.actor_type, "pronoun", f"spoken by {speaker.actor}"
                    ),
                )
            )
    return links
