"""Whom each name in an article means, by the article's own evidence and by tables of known names."""

from collections import Counter, defaultdict

from ...lexicons import first_names, noun_types, reporting_verbs
from ...parse.tree import paragraph_runs
from .entities import read_entities
from .gazetteer import find_listed, is_surname, link_listed
from .missed import capitalised_rows, find_missed
from .people import full_names, link_people
from .short_forms import LABEL_TYPES, link_acronyms, link_halves, link_others, link_parts
from .spans import Span, free_spans


def link_names(parsed, tree, known):
    """(Span, Link) of every name in one article, in order; `parse` is the Parse of `parsed`."""
    words, paragraph = tree.words, tree.paragraph
    aside = dateline_rows(tree)
    entities = [
        span for span in confirmed(tree, read_entities(parsed, tree)) if span.first not in aside
    ]
    full = full_names([span for span in entities if span.label == "PERSON"])
    listed = [
        (span, entry)
        for span, entry in find_listed(words, tree.sentence, known, entities)
        if not is_surname(span, entry, full, words)
    ]
    listed = [(span, entry) for span, entry in listed if span.first not in aside]
    links = link_listed(listed, tree)
    links += link_halves(words, entities, links)
    taken = [
        *entities,
        *(span for span, _ in links),
        *(Span(row, row + 1, "", "") for row in aside),
    ]
    named = [
        span
        for span in free_spans(entities, [span for span, _ in (*listed, *links)])
        if span.label in LABEL_TYPES
    ]
    named = one_label_a_name(
        named + find_missed(tree, parsed["ent"].fillna("").tolist(), named, taken, full)
    )
    people = [span for span in named if span.label == "PERSON"]
    full = full_names(sorted(people))
    links += link_people(people, full, words, paragraph)
    links += link_others([span for span in named if span.label != "PERSON"], full, words, paragraph)
    links = sorted(link_acronyms(words, links, paragraph))
    return one_type_an_actor(sorted(links + link_parts(tree, links, known)))


def confirmed(tree, entities):
    """The entities, without runs of several words in headlines and capitals that nothing else in the article confirms.

    Where every word is capitalised, spaCy takes "Biden Warns Putin" for one person. A run stays if it begins with a first
    name and is no longer than a name, or stands elsewhere in the article too.
    """
    loud = capitalised_rows(tree)
    elsewhere = Counter(span.name for span in entities if span.first not in loud)
    kept = []
    for span in entities:
        name = span.first in loud and span.last - span.first > 1 and span.label in ("PERSON", "ORG")
        short = span.last - span.first <= LONGEST_NAME and tree.words[span.first] in first_names()
        clause = any(
            tree.pos[row] in ("VERB", "AUX") or tree.lemma[row] in reporting_verbs()
            for row in range(span.first, span.last)
        )
        if not name or elsewhere[span.name] or (short and not clause):
            kept.append(relabelled(tree, span))
    return kept


# Words of a person's name in a headline.
LONGEST_NAME = 3


def relabelled(tree, span):
    """An entity under the label that its last word, or the noun it stands beside, speaks for."""
    head = span.last - 1
    beside = tree.lemma[tree.head[head]] if tree.dep[head] == "appos" else ""
    kinds = noun_types(tree.words[head].lower()) if span.last - span.first > 1 else set()
    if kinds == {"organisation"}:
        return span._replace(label="ORG")
    if beside and noun_types(beside) == {"person"} and span.label in ("ORG", "GPE", "FAC", "LOC"):
        return span._replace(label="PERSON")
    return span


def dateline_rows(tree):
    """Rows of datelines ("LONDON (Reuters) -") and bylines ("By Jane Smith"): they tell of the report, not of its story."""
    rows = set()
    for first, end in paragraph_runs(tree.paragraph):
        line = tree.words[first : min(first + LONGEST_DATELINE, end)]
        dash = next(
            (place for place, word in enumerate(line) if word in ("-", "–", "—", "--")), None
        )
        town = len(line[0]) > 2 and line[0].isupper() and line[0].isalpha()
        if (
            dash
            and (town or ")" in line[:dash])
            and line[0][0].isupper()
            and all(not word.islower() or word in ("and", "of") for word in line[:dash])
        ):
            rows.update(range(first, first + dash))
        elif (
            line[0] == "By"
            and end - first <= LONGEST_DATELINE
            and tree.words[end - 1] not in (".", "!", "?")
        ):
            rows.update(range(first, end))
    return rows


# Tokens before a dateline's dash, or of a byline.
LONGEST_DATELINE = 12


def one_label_a_name(spans):
    """Spans with the label that most mentions of the same name have in the article."""
    votes = defaultdict(Counter)
    for span in spans:
        votes[span.name][span.label] += 1
    return [span._replace(label=votes[span.name].most_common(1)[0][0]) for span in spans]


def one_type_an_actor(links):
    """Links with the type that the actor has where it is first named in full."""
    types = {}
    for _, link in links:
        if link.kind == "name":
            types.setdefault(link.actor, link.actor_type)
    return [
        (span, link._replace(actor_type=types.get(link.actor, link.actor_type)))
        for span, link in links
    ]
