"""Who is the same actor over all articles read together, and why."""

from collections import Counter, defaultdict
from functools import cache
from typing import NamedTuple

from .. import schema
from ..lexicons import word_list
from ..schema import UNNAMED
from ..text import without_accents
from .names.entities import name_parts
from .names.people import gender_of, plain_title
from .names.short_forms import is_acronym
from .names.titles import is_title

# Of all mentions of people of one surname, the share of the one who is meant by the surname alone,
# and in how many articles that one is named in full at least.
BY_FAR, SEVERAL_ARTICLES = 0.9, 3


def find_same_actors(mentions):
    """Find who is the same actor over all articles: one row an actor of an article that has
    another name over all of them, or could have.

    `joined` is that name, and missing where several rivals are called so and nothing tells which:
    they stay apart. `rule` says why. `mentions` is a table in which each article stands for itself
    (`find_mentions(articles, tokens, across=False)`). Within articles whom a name means is told
    before; across them, people of one full name are one, with or without a middle name or initial,
    by a short first name too ("Mike" for "Michael"). A surname alone is whoever has it, if the
    title fits and there is no rival; of rivals, the one who has the title, or who has nine of ten
    mentions and is named in full in three articles. An acronym is the organisation that another
    article introduces by it. The name over all is the one most often used. People without a name
    are never joined.

    >>> articles = read_texts(["Donald J. Trump left.", "Donald Trump smiled. Mr. Trump slept.",
    ...                        "Trump spoke."])
    >>> mentions = find_mentions(articles, split_tokens(articles), across=False)
    >>> find_same_actors(mentions)[["actor", "joined", "code"]].values.tolist()
    [['Donald J. Trump', 'Donald Trump', 'other_form'], ['Trump', 'Donald Trump', 'surname']]
    """
    return find_joins(schema.check(mentions, "mentions"))


def find_joins(mentions):
    """The same of mentions with a number `n` of each, or without one: then each stands for itself.

    They need doc_id, actor, text, kind and actor_type.
    """
    called = list(describe_called(mentions))
    return list_joined(called, join_called(sum_called(called)))


def list_joined(called, names):
    """The rows of actors of articles that have another name over all, of (article, how it is called
    there, how often) and {how an actor is called: (its name over all, code, rule)}.
    """
    rows = []
    for doc_id, each, n in called:
        if each in names:
            joined, *why = names[each]
            rows.append((doc_id, each.actor, each.actor_type, joined or None, n, *why))
    return schema.table(rows, "same_actors")


def sum_called(called):
    """How an actor is called, in how many mentions and articles in all: (called, n, articles)."""
    sums = {}
    for _, each, n in called:
        size = sums.setdefault(each, [0, 0])
        size[0] += n
        size[1] += 1
    return [(each, *size) for each, size in sums.items()]


def join_actors(mentions):
    """The mentions with one actor under one name over all articles; `rule` says why.

    An actor has the type that most of its mentions have.
    """
    same = find_same_actors(mentions).dropna(subset="joined")
    if same.empty:
        return mentions
    names = same[["doc_id", "actor", "joined", "rule"]].rename(columns={"rule": "because"})
    found = mentions.merge(names, on=["doc_id", "actor"], how="left")
    is_joined = found["joined"].notna()
    found["actor"] = found["joined"].where(is_joined, found["actor"])
    because = "; over all articles " + found["joined"] + ", " + found["because"]
    found["rule"] = found["rule"].where(~is_joined, found["rule"] + because)
    counts = found[found["actor"].isin(names["joined"])]
    counts = counts.groupby(["actor", "actor_type"]).size().sort_values(kind="stable")
    types = {actor: actor_type for actor, actor_type in counts.index}
    found["actor_type"] = found["actor"].map(types).where(is_joined, found["actor_type"])
    return schema.table(found[schema.columns("mentions")], "mentions")


class Called(NamedTuple):
    """How an actor is called in an article: what tells who it is over all of them.

    Few are the ways to call somebody, many the articles.
    """

    actor: str
    actor_type: str
    titles: tuple
    acronyms: tuple


class Known:
    """An actor who is called in one way, in however many articles; who it is over all of them."""

    def __init__(self, called, n, articles):
        self.called, self.n, self.articles = called, n, articles
        self.actor, self.actor_type, self.titles, self.acronyms = called
        self.joined, self.why = self.actor, ("", "")


class InArticle:
    """An actor of an article: how often, and how it is called there."""

    def __init__(self, actor):
        self.actor, self.n = actor, 0
        self.types, self.titles, self.acronyms = Counter(), set(), set()

    def add(self, text, kind, actor_type, n=1):
        """One mention more, or n."""
        self.n += n
        self.types[actor_type] += n
        if kind == "title":
            self.titles.update(plain_title(word) for word in text.split() if is_title(word))
        elif kind == "acronym" and text != self.actor:
            self.acronyms.add(text)

    def describe(self):
        """How the actor is called; it has the type that most mentions have."""
        actor_type = self.types.most_common(1)[0][0]
        return Called(
            self.actor, actor_type, tuple(sorted(self.titles)), tuple(sorted(self.acronyms))
        )


class Whole(NamedTuple):
    """A person with a first name and a surname, over all articles."""

    first: str
    middle: str
    surname: str
    suffix: str


def describe_called(mentions):
    """The actors of each article: (article, how it is called there, how many mentions)."""
    named = mentions[mentions["actor"].notna() & (mentions["actor_type"] != UNNAMED)]
    found = {}
    columns = [named[column] for column in ("doc_id", "actor", "text", "kind", "actor_type")]
    columns += [named["n"]] if "n" in named else []
    for doc_id, actor, *mention in zip(*columns, strict=True):
        if (doc_id, actor) not in found:
            found[doc_id, actor] = InArticle(actor)
        found[doc_id, actor].add(*mention)
    for (doc_id, _), actor in found.items():
        yield doc_id, actor.describe(), actor.n


def join_called(sums):
    """{how an actor is called: (its name over all articles, code, rule)} of those with another.

    `sums` has (how an actor is called, in how many mentions, in how many articles); the name is
    empty where it is left open.
    """
    known = [Known(*each) for each in sums]
    people = [each for each in known if each.actor_type == "person"]
    join_surnames(people, join_full_names(people))
    join_acronyms([each for each in known if each.actor_type == "organisation"])
    return {each.called: (each.joined, *each.why) for each in known if each.joined != each.actor}


def join_full_names(people):
    """Join the people of one full name; returns {surname: {person as a tuple: its actors}}."""
    families = defaultdict(lambda: defaultdict(list))
    for each in people:
        whole = read_whole(each.actor)
        if whole:
            families[whole.surname][whole].append(each)
    for family in families.values():
        merge_forms(family)
        for its in family.values():
            name = most_used(its)
            for each in its:
                if each.joined and each.actor != name:
                    each.joined, each.why = name, ("other_form", f"another form of {name}")
    return families


def read_whole(actor):
    """The parts of a person's whole name; None of a single name."""
    first, middle, surname, suffix = name_parts(actor)
    if not first or not surname or " " not in actor:
        return None
    return Whole(first.rstrip("."), middle.rstrip("."), surname, suffix.lower().rstrip("."))


def merge_forms(family):
    """Put those of one surname together who can only be one person.

    A form that could be of two who differ ("George Bush") stays for itself.
    """
    by_length = sorted(family, key=lambda each: (sum(map(len, each)), each))
    for number, whole in enumerate(by_length):
        fuller = [other for other in by_length[number + 1 :] if is_same(whole, other)]
        if fuller and all(is_same(one, two) for one in fuller for two in fuller):
            family[fuller[-1]] += family.pop(whole)
        elif fuller:
            names = sorted({each.actor for other in fuller for each in family[other]})
            for each in family[whole]:
                each.joined, each.why = "", ("rivals", f"could be {' or '.join(names)}")


def is_same(one, other):
    """Whether two whole names of one surname can be of one person."""
    firsts = {without_accents(one.first), without_accents(other.first)}
    same_first = len(firsts) == 1 or frozenset(firsts) in short_first_names()
    same_suffix = one.suffix == other.suffix or not (one.suffix and other.suffix)
    return same_first and same_suffix and fits_middle(one.middle, other.middle)


@cache
def short_first_names():
    """The pairs of a first name and its short form: {Mike, Michael}."""
    return {frozenset(pair.split("=")) for pair in word_list("short first names")}


def fits_middle(one, other):
    """Whether two middle names can be of one person: one has none, or is the other's initial."""
    return not one or not other or one == other or is_initial(one, other)


def is_initial(one, other):
    """Whether one of two names is the other's initial."""
    short, long = sorted((one, other), key=len)
    return len(short) == 1 and long.startswith(short)


def most_used(its):
    """The name with most mentions among actors; of equals the shortest, then the first by letter.

    Those that stay apart have none.
    """
    sizes = defaultdict(int)
    for each in its:
        sizes[each.actor] += each.n
    return min(sizes, key=lambda name: (-sizes[name], len(name), name))


def join_surnames(people, families):
    """Join those of whom an article has the surname alone with the one who has it."""
    for each in people:
        if each.actor not in families or " " in each.actor and read_whole(each.actor):
            continue
        rivals = {}
        for its in families[each.actor].values():
            rivals[most_used(its)] = its
        gender = gender_of("", sorted(each.titles))
        fitting = [name for name in rivals if {gender, gender_of(name, ())} != {"male", "female"}]
        chosen, why = choose_bearer(each, {name: rivals[name] for name in fitting})
        if chosen:
            each.joined, each.why = chosen, ("surname", why)
        elif fitting:
            each.joined, each.why = "", ("rivals", f"surname of {' and of '.join(sorted(fitting))}")


def choose_bearer(known, bearers):
    """(who of the bearers of a surname is meant by it alone, why); ("", "") where it is open.

    The only one; of several, the one who has the title, or who is named far more often than the
    others together, and in several articles.
    """
    if len(bearers) == 1:
        return next(iter(bearers)), "the only one of that surname"
    for title in sorted(known.titles):
        called = [name for name, its in bearers.items() if title in titles_of(its)]
        if len(called) == 1:
            return called[0], f"of that surname the one who is called {title}"
    sizes = {name: sum(each.n for each in its) for name, its in bearers.items()}
    most = max(sizes, key=sizes.get, default="")
    share = sizes[most] / sum(sizes.values()) if most else 0
    articles = sum(each.articles for each in bearers.get(most, ()))
    if share >= BY_FAR and articles >= SEVERAL_ARTICLES:
        return most, f"{share:.0%} of all mentions of people of that surname"
    return "", ""


def titles_of(its):
    """All titles that a person has in any article."""
    return set().union(*(each.titles for each in its))


def join_acronyms(organisations):
    """Join an acronym with the organisation that has it in another article, if only one has."""
    wholes = defaultdict(set)
    for each in organisations:
        for acronym in each.acronyms:
            wholes[acronym].add(each.actor)
    for each in organisations:
        named = wholes.get(each.actor, set()) if is_acronym(each.actor) else set()
        if len(named) == 1:
            (whole,) = named
            each.joined, each.why = whole, ("acronym", "introduced by it in another article")
        elif named:
            each.joined, each.why = "", ("rivals", f"acronym of {' and of '.join(sorted(named))}")
