"""Whom each name in an article means, by the article's own evidence and by tables of names."""

import re
from collections import Counter, defaultdict

from ...lexicons import first_names, noun_types, reporting_verbs, word_list
from ...parse.datelines import dateline_length, is_town
from .entities import name_parts, read_entities
from .gazetteer import find_listed, is_surname, link_listed
from .inside import link_parts
from .missed import begins_sentence, capitalised_rows, find_missed
from .nouns import PLURAL_TAGS
from .people import add_bearers, full_names, know_people, link_person, with_surnames
from .short_forms import LABEL_TYPES, link_acronyms, link_halves, link_others
from .spans import Link, Span, free_spans, rows_of, spell_name
from .titles import is_title

# Words of a person's name in a headline.
LONGEST_NAME = 3
# Tokens of a byline.
LONGEST_BYLINE = 12
LONGEST_CREDIT = 40
PARTY_AND_STATE = re.compile(r"[DRI]\s?-\s?[A-Z][\w.]*")
# "F.B.I.", and not "J.K.".
DOTTED = re.compile(r"([A-Z]\.){3,}")
ENDS_OF_LINES = (".", "!", "?")


def link_names(tree, known):
    """[(Span, Link)] of every name in one article, in order."""
    aside, loud = dateline_rows(tree), capitalised_rows(tree)
    entities, datelines = [], []
    for span in confirmed(tree, read_entities(tree), loud):
        (datelines if span.first in aside else entities).append(span)
    listed = []
    full = full_names(spans_of_people(entities))
    for span, entry in find_listed(tree, known, entities):
        if span.first not in aside and not is_surname(tree, span, entry, full):
            listed.append((span, entry))
    links = link_listed(tree, listed)
    links += link_halves(tree, entities, links)
    links += [(span, link_dateline(span)) for span in datelines if is_where(tree, span)]
    named = find_named(tree, entities, listed, links, aside, loud)
    called = with_surnames(tree, sorted(spans_of_people(named)))
    full = full_names(called)
    add_bearers(tree, full, called)
    people = know_people(tree, full, called)
    links += [(span, link_person(tree, span, people)) for span in called]
    others = [span for span in named if span.label != "PERSON"]
    links += link_others(tree, others, people, links)
    links = sorted(link_acronyms(tree, links))
    return one_type_an_actor(sorted(links + link_parts(tree, links, known)))


def spans_of_people(spans):
    """Those of the spans that are people's names."""
    return [span for span in spans if span.label == "PERSON"]


def find_named(tree, entities, listed, links, aside, loud):
    """The spans of names that no table lists: spaCy's entities, and what spaCy passed over.

    `links` are those made so far of what a table lists, `aside` the rows of datelines, `loud`
    the `capitalised_rows`.
    """
    free = free_spans(entities, [span for span, _ in (*listed, *links)])
    named = [span for span in free if span.label in LABEL_TYPES]
    taken = rows_of([*entities, *(span for span, _ in links)]) | aside
    surnames = full_names(spans_of_people(entities)).keys()
    return one_label_a_name(named + find_missed(tree, named, taken, surnames, loud))


def confirmed(tree, entities, loud):
    """The entities, without runs of several words in capitals that nothing else confirms.

    Where every word is capitalised, as in headlines, spaCy takes "Biden Warns Putin" for one
    person. A run stays if it begins with a first name and is no longer than a name, or stands
    elsewhere in the article too. `loud` are the `capitalised_rows`.
    """
    elsewhere = {span.name: span.label for span in entities if span.first not in loud}
    people = [name for name, label in elsewhere.items() if label == "PERSON"]
    nouns = {word for word, pos in zip(tree.words, tree.pos, strict=True) if pos == "NOUN"}
    surnames = {name.split()[-1] for name in people if " " in name}
    elsewhere |= {name_parts(name)[2]: "PERSON" for name in people}
    kept = []
    for span in entities:
        is_run = span.last - span.first > 1 and span.label in ("PERSON", "ORG")
        if is_run and span.first in loud:
            span = known_inside(tree, span, elsewhere)
            is_confirmed = span.name in elsewhere or is_like_name(tree, span)
            if not is_confirmed:
                continue
        is_title_alone = is_title(span.name) and span.name not in surnames
        span = with_noun(tree, span)
        is_no_name = (
            is_title_alone or is_only_said_of(tree, span) or is_common(tree, span, loud, nouns)
        )
        if not is_no_name:
            kept.append(relabelled(tree, span))
    return kept


def with_noun(tree, span):
    """The name of a body with the small word that ends it: "House intelligence | committee"."""
    row = span.last
    is_body = row < len(tree.words) and tree.lemma[row] in word_list("nouns that end a body's name")
    is_joined = is_body and tree.head[row - 1] == row and tree.dep[row - 1] in ("compound", "amod")
    if span.label != "ORG" or not is_joined:
        return span
    return span._replace(last=row + 1, name=spell_name(tree.words[span.first : row + 1]))


def is_common(tree, span, loud, nouns):
    """Whether one word taken for a name is none: "a Mormon", "the Duchess of", "D-N.Y.", "Fla.".

    In a headline (rows `loud`), what is among the article's `nouns` in small letters: "Couples".
    """
    if PARTY_AND_STATE.fullmatch(span.name):
        return True
    if span.last - span.first > 1 or span.label not in ("PERSON", "ORG"):
        return False
    before = tree.words[span.first - 1].lower() if span.first else ""
    if before in ("a", "an") and stands_for_itself(tree, span.first):
        return True
    if span.label == "PERSON" and is_no_person(tree, span.first):
        return True
    return span.first in loud and tree.words[span.first].lower() in nouns


def stands_for_itself(tree, row):
    """Whether a word stands for itself and not before a noun: "a Mormon", not "a CIA officer"."""
    return tree.dep[row] not in ("compound", "nmod")


def is_no_person(tree, row):
    """Whether one word taken for a person is kin, an office, an abbreviation, several, a thing."""
    word, before = tree.words[row], tree.words[row - 1].lower() if row else ""
    if word.endswith(".") or word in word_list("words of kin that stand like names"):
        return True
    is_several = tree.tag[row] in PLURAL_TAGS
    if is_several and begins_sentence(tree, row) and word not in first_names():
        return True
    is_office = noun_types(word.lower()) == {"person"}
    behind = tree.words[row + 1 : row + 2]
    is_thing = is_office or is_several or stands_for_itself(tree, row)
    return (before == "the" and is_thing) or (behind == ["of"] and is_office)


def known_inside(tree, span, elsewhere):
    """The longest part of a run of capitalised words that the article names elsewhere, or the run.

    `elsewhere` is {name: label}: "Ann Lee | Elected" where Ann Lee stands in the text.
    """
    for length in range(span.last - span.first, 0, -1):
        for first in range(span.first, span.last - length + 1):
            name = spell_name(tree.words[first : first + length])
            if name in elsewhere:
                return Span(first, first + length, name, elsewhere[name])
    return span


def is_like_name(tree, span):
    """Whether a run of words can be a person's name: a first name at its beginning, no verb."""
    if span.last - span.first > LONGEST_NAME or tree.words[span.first] not in first_names():
        return False
    for row in range(span.first, span.last):
        if tree.pos[row] in ("VERB", "AUX") or tree.lemma[row] in reporting_verbs():
            return False
    return True


def is_only_said_of(tree, span):
    """Whether a name only says of what party a noun is: "House Republican leaders"."""
    row = span.last - 1
    is_before = tree.dep[row] in ("compound", "amod", "nmod") and tree.head[row] >= span.last
    return is_before and tree.words[row] in word_list("words that say of what party")


def relabelled(tree, span):
    """An entity under the label that its last word, or the noun it stands beside, speaks for."""
    head = span.last - 1
    several = span.last - span.first > 1
    if span.name in word_list("states of the United States"):
        return span._replace(label="GPE")
    if DOTTED.fullmatch(span.name) and span.label == "PERSON":
        return span._replace(label="ORG")
    is_party = tree.words[head] in word_list("words in names of parties")
    if several and is_party and span.label == "PERSON":
        return span._replace(label="ORG")
    if several and noun_types(tree.words[head].lower()) == {"organisation"}:
        return span._replace(label="ORG")
    up = tree.head[head]
    # "Steve King (R-Iowa)" is no king.
    is_beside_noun = tree.dep[head] == "appos" and not tree.ent[up]
    beside = tree.lemma[up] if is_beside_noun else ""
    can_be_person = span.label in ("ORG", "GPE", "FAC", "LOC")
    if can_be_person and noun_types(beside) == {"person"}:
        return span._replace(label="PERSON")
    return span


def is_where(tree, span):
    """Whether a name in a dateline is a place: told so, or the town in capitals that begins it."""
    begins = span.first == 0 or tree.paragraph[span.first - 1] != tree.paragraph[span.first]
    return span.label in ("GPE", "LOC") or (begins and is_town(tree.words[span.first]))


def link_dateline(span):
    """The link of a place in a dateline, which is no actor even if it is a capital."""
    name = span.name.title() if is_town(span.name.replace(" ", "")) else span.name
    return Link(name, "place", "name", "dateline", "in the dateline")


def dateline_rows(tree):
    """Rows of datelines ("LONDON (Reuters) -"), bylines ("By Jane Smith") and credits.

    They tell of the report, not of its story.
    """
    rows = set()
    for first, end in tree.paragraphs:
        words = tree.words[first:end]
        length = dateline_length(words)
        if length == 0 and (is_byline(words) or is_credit(words)):
            length = len(words)
        rows.update(range(first, first + length))
    return rows


def is_byline(words):
    """Whether a paragraph says who wrote the article."""
    is_short = len(words) <= LONGEST_BYLINE and words[-1] not in ENDS_OF_LINES
    return is_short and words[0] == "By"


def is_credit(words):
    """Whether a paragraph says who else reported: "Jane Smith contributed to this report."."""
    text = " ".join(words).lower()
    is_short = len(words) <= LONGEST_CREDIT
    return is_short and any(phrase in text for phrase in word_list("phrases of credits"))


def one_label_a_name(spans):
    """Spans with the label that most mentions of the same name have in the article."""
    votes = defaultdict(Counter)
    for span in spans:
        votes[span.name][span.label] += 1
    labelled = []
    for span in spans:
        ((label, _),) = votes[span.name].most_common(1)
        labelled.append(span._replace(label=label))
    return labelled


def one_type_an_actor(links):
    """Links with the type that the actor has where it is first named in full."""
    types = {}
    for _, link in links:
        if link.kind == "name":
            types.setdefault(link.actor, link.actor_type)
    typed = []
    for span, link in links:
        actor_type = types.get(link.actor, link.actor_type)
        typed.append((span, link._replace(actor_type=actor_type)))
    return typed
