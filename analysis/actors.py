"""Who is named in an article, by which names, and how often."""

import re
from collections import Counter, defaultdict
from functools import cache
from typing import NamedTuple

from tqdm import tqdm

from . import schema
from .lexicons import read_actors
from .text import straighten
from .tokens import token_spans
from .words import word_rows

TYPES = {"PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "place"}
ACTOR_TYPES = ("person", "organisation", "state")
# Ways of naming that name the actor itself; a nationality word ("Iranian officials") names somebody else.
NAMING = ("name", "alias", "acronym", "metonym")


class Span(NamedTuple):
    """A run of tokens of one article: rows `first` to `last` (half-open), with the letters between."""

    first: int
    last: int
    name: str
    label: str


class Link(NamedTuple):
    """Whom a span means, and why."""

    actor: str | None
    actor_type: str
    kind: str
    rule: str


def find_mentions(articles, tokens, actors=None):
    """Find who is named: one row a mention of a person, organisation, state or place.

    Names come from spaCy's entities, from a table of states and well-known organisations (`read_actors()`; pass your own,
    with the columns alias, actor, actor_type, kind, as `actors`) and from the article itself: a surname is linked to the
    full name in the same article, an acronym to the name before it in brackets. Where two people share the surname,
    `actor` is missing. Pronouns and descriptions are not found. Accuracy: benchmarks/README.md.

    >>> articles = read_texts("Iran's President Ebrahim Raisi spoke. Raisi left Iran.")
    >>> find_mentions(articles, split_tokens(articles))[["text", "actor", "kind"]].values.tolist()
    [['Iran', 'Iran', 'name'], ['Ebrahim Raisi', 'Ebrahim Raisi', 'name'], ['Raisi', 'Ebrahim Raisi', 'alias'], ['Iran', 'Iran', 'name']]
    """
    texts = schema.check(articles, "articles").set_index("doc_id")["text"]
    known = gazetteer() if actors is None else make_gazetteer(actors)
    rows = []
    parses = schema.check(tokens, "tokens").groupby("doc_id", sort=False)
    for doc_id, parsed in tqdm(parses, desc="Finding names", unit=" articles", delay=2, leave=False):
        parsed, text = parsed.reset_index(drop=True), texts[doc_id]
        place = parsed[["sentence_id", "paragraph_id", "start", "end"]].to_numpy().tolist()
        for span, link in link_article(parsed, text, known):
            (sentence_id, paragraph_id, start, _), end = place[span.first], place[span.last - 1][3]
            rows.append((doc_id, sentence_id, paragraph_id, start, end, text[start:end], *link))
    return schema.table(rows, "mentions")


def link_article(parsed, text, known):
    """(Span, Link) of every mention in one article, in order."""
    words = parsed["token"].map(straighten).tolist()
    paragraph = parsed["paragraph_id"].tolist()
    entities = read_entities(parsed, words)
    listed = find_listed(words, parsed, known, entities)
    taken = {row for span, _ in listed for row in range(span.first, span.last)}
    named = one_label_a_name([span for span in entities if span.label in TYPES and not taken & set(range(span.first, span.last))])
    people = [span for span in named if span.label == "PERSON"]
    full = full_names(people)
    others = [(span, paragraph[span.first]) for span in named if span.label != "PERSON"]
    links = listed + [(span, link_person(span, full, paragraph)) for span in people]
    links += link_others(others, full, words)
    links += missed_surnames(words, parsed, links, full, paragraph)
    return one_type_an_actor(sorted(links))


def read_entities(parsed, words):
    """spaCy's entities as spans, without titles, articles and possessives at their edges."""
    labels = parsed["ent"].fillna("").tolist()
    starts = [row for row, label in enumerate(labels) if label[:1] == "B"]
    spans = []
    for first in starts:
        last = first + 1
        while last < len(labels) and labels[last][:1] == "I":
            last += 1
        label = labels[first][2:]
        while first < last and (words[first].lower() in ("the", "a", "an") or (label == "PERSON" and is_title(words[first]))):
            first += 1
        if label == "PERSON":  # a score or a year is no part of a name
            last = next((row for row in range(first, last) if re.search(r"\d", words[row])), last)
        while first < last and (words[last - 1] in ("'s", "'") or not re.search(r"\w", words[last - 1])):
            last -= 1
        office = label == "ORG" and last < len(labels) and labels[last] == "B-PERSON"  # "National Security Advisor" before a name
        if first < last and words[first][0].isupper() and not office:
            spans.append(Span(first, last, spell(words[first:last]), label))
    return spans


def spell(words):
    """Tokens as one name, compounds closed again."""
    return " ".join(words).replace(" - ", "-").replace(" '", "'")


@cache
def titles():
    """Words that stand before a name and are no part of it (nameparser's list)."""
    from nameparser.config import CONSTANTS

    return frozenset(CONSTANTS.titles) | {"former", "then"}


def is_title(word):
    """Whether a word is a title or part of one."""
    return word.lower().rstrip(".") in titles()


def make_gazetteer(actors):
    """{first token: [(tokens, actor, type, kind, source)], longest first} of a table like `read_actors()`."""
    known = defaultdict(list)
    for row in actors.itertuples():
        words = tuple(straighten(row.alias)[start:end] for start, end in token_spans(row.alias))
        source = getattr(row, "source", "the table given")
        forms = [words, (*words[:-1], f"{words[-1]}s")] if row.kind == "adjective" and words[-1][-1] not in "seh" else [words]
        for form in forms:
            known[form[0]].append((form, row.actor, row.actor_type, row.kind, source))
    return {first: sorted(entries, key=lambda entry: -len(entry[0])) for first, entries in known.items()}


@cache
def gazetteer():
    """The gazetteer that comes with the workbook."""
    return make_gazetteer(read_actors())


def find_listed(words, parsed, known, entities):
    """Mentions of what the gazetteer lists, longest first, unless they are part of a longer name."""
    part_of = {row: span for span in entities if span.label in ("PERSON", "ORG", "FAC", "GPE", "LOC") for row in range(span.first, span.last)}
    deps, links, row = parsed["dep"].tolist(), [], 0
    while row < len(words):
        entry = next((entry for entry in known.get(words[row], ()) if tuple(words[row : row + len(entry[0])]) == entry[0]), None)
        if entry is None:
            row += 1
            continue
        form, actor, actor_type, kind, source = entry
        last = row + len(form)
        span, around = Span(row, last, spell(form), "LISTED"), part_of.get(row)
        longer = around and around.last - around.first > len(form)
        office = (
            longer
            and row == around.first
            and around.label == "ORG"
            and any(
                other.label == "PERSON" and 0 < other.first - around.last <= 2 and all(word[0].isupper() for word in words[around.last : other.first])
                for other in entities
            )
        )  # the White House's National Security Advisor is no organisation
        if (longer and not office) or (around and around.label == "PERSON" and len(form) == 1 and kind != "acronym"):
            row = around.last if around.last > row else row + 1
            continue
        if kind != "capital":
            links.append((span, Link(actor, actor_type, kind, f"{'nationality word of ' + actor if kind == 'adjective' else kind} ({source})")))
        elif around and around.label == "GPE":
            acts = deps[last - 1] in ("nsubj",)
            link = Link(actor, "state", "metonym", f"capital of {actor} doing something, for its government ({source})")
            links.append((span, link if acts else Link(span.name, "place", "name", f"capital of {actor}, as a place ({source})")))
        row = last
    return links


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
    return [(span, link._replace(actor_type=types.get(link.actor, link.actor_type))) for span, link in links]


@cache
def surname(name):
    """The surname of a full name, by nameparser ("von der Leyen")."""
    from nameparser import HumanName

    parsed = HumanName(name)
    return parsed.last or name


def full_names(people):
    """{surname: full names in the order of the text}, with the first span of each."""
    full = defaultdict(dict)
    for span in people:
        if " " in span.name:
            first = span.name.split()[0]
            family = full[surname(span.name)]
            same = next((name for name in family if name.split()[0] == first), span.name)
            family.setdefault(same, span)
    return full


def link_person(span, full, paragraph):
    """Whom a person's name means."""
    family = full.get(surname(span.name), {})
    if " " in span.name:
        same = next(name for name in family if name.split()[0] == span.name.split()[0])
        return Link(same, "person", "name", "full name" if same == span.name else f"another form of {same}")
    if len(family) > 1:
        return Link(None, "person", "alias", f"surname of {' and of '.join(family)}: the text leaves it open")
    if family:
        (name, first), *_ = family.items()
        return Link(name, "person", "alias", f"surname of {name}, paragraph {paragraph[first.first]}")
    given = [name for names in full.values() for name in names if name.split()[0] == span.name]
    if len(given) == 1:
        return Link(given[0], "person", "alias", f"first name of {given[0]}")
    return Link(span.name, "person", "name", "single name; no full name in the article")


def link_others(others, full, words):
    """Links of organisations and places; a short form goes to the one longer name in the article that ends with it."""
    names = {span.name for span, _ in others}
    acronyms = {}
    for span, where in others:
        after = words[span.last : span.last + 3]
        if len(after) == 3 and after[0] == "(" and after[2] == ")" and initials(span.name).endswith(after[1]):
            acronyms[after[1]] = (span.name, where)
    links = []
    for span, _ in others:
        longer = [name for name in names if " " in span.name and name.endswith(f" {span.name}")]
        family = full.get(span.name, {})
        if len(family) == 1:
            link = Link(*family, "person", "alias", f"surname of {next(iter(family))}")
        elif span.name in acronyms:
            name, where = acronyms[span.name]
            link = Link(name, TYPES[span.label], "acronym", f"introduced in brackets after {name}, paragraph {where}")
        elif len(longer) == 1:
            link = Link(longer[0], TYPES[span.label], "alias", f"short for {longer[0]}")
        else:
            link = Link(span.name, TYPES[span.label], "name", f"name ({span.label} by spaCy)")
        links.append((span, link))
    return links


def initials(name):
    """The capitals of a name."""
    return "".join(re.findall(r"\b[A-Z]", name))


def missed_surnames(words, parsed, links, full, paragraph):
    """Surnames of people named in full that spaCy passed over elsewhere in the article."""
    taken = {row for span, _ in links for row in range(span.first, span.last)}
    taken |= set(parsed.index[parsed["ent"].str[2:] == "PERSON"])
    found = []
    for row, (word, pos, token_id) in enumerate(zip(words, parsed["pos"], parsed["token_id"], strict=True)):
        # Tagged as a common noun in mid-sentence, a capital still speaks for a name.
        if word in full and row not in taken and (pos == "PROPN" or (token_id > 1 and pos in ("NOUN", "ADJ", "X"))):
            span = Span(row, row + 1, word, "PERSON")
            found.append((span, link_person(span, full, paragraph)))
    return found


def find_counted(mentions, kinds=NAMING, types=ACTOR_TYPES):
    """Find the mentions that `count_actors` counts when given the same choices: the rows behind its numbers.

    `kinds` says which ways of naming count (by default not nationality words), `types` which actors (by default not
    places). Mentions that the text leaves open are never counted: see `mentions[mentions["actor"].isna()]`.

    >>> articles = read_texts("Iranian officials met Putin in Vienna.")
    >>> mentions = find_mentions(articles, split_tokens(articles))
    >>> find_counted(mentions)["text"].tolist(), find_counted(mentions, kinds=["adjective"])["text"].tolist()
    (['Putin'], ['Iranian'])
    """
    schema.check(mentions, "mentions")
    return mentions[mentions["kind"].isin(kinds) & mentions["actor_type"].isin(types)].dropna(subset="actor")


def count_actors(mentions, tokens=None, by=None, kinds=NAMING, types=ACTOR_TYPES):
    """Count how often each actor is named: one row an actor (and a value of `by`), most often named first.

    `kinds` and `types` choose mentions as in `find_counted`. `by` is one or more columns of the mentions table, such as
    "paragraph_id" or "doc_id". `share` is of all mentions counted. `tokens` is needed for `per_1000_words`, which is
    missing otherwise.

    >>> articles = read_texts("Biden met Putin. Joe Biden left. Vladimir Putin stayed. Putin smiled.")
    >>> tokens = split_tokens(articles)
    >>> count_actors(find_mentions(articles, tokens), tokens)[["actor", "n"]].values.tolist()
    [['Vladimir Putin', 3], ['Joe Biden', 2]]
    """
    by = [by] if isinstance(by, str) else list(by or [])
    counted = find_counted(mentions, kinds, types)
    kept = counted.groupby("actor")["actor_type"].agg(lambda values: values.mode().iat[0])
    counts = counted.groupby(["actor", *by]).size().rename("n").reset_index()
    counts = counts.assign(actor_type=counts["actor"].map(kept), share=counts["n"] / max(len(counted), 1))
    total = None if tokens is None else int(word_rows(tokens).sum())
    counts["per_1000_words"] = 1000 * counts["n"] / total if total else float("nan")
    counts = counts.sort_values([*by, "n", "actor"], ascending=[*[True] * len(by), False, True], ignore_index=True)
    return counts[[*by, *schema.columns("actors")]]
