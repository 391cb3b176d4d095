"""What a web page states about its article: title, outlet, date, authors, address."""

import json
import re
from typing import NamedTuple
from urllib.parse import urlsplit

from .markup import is_html, plain_html

# Types of schema.org that stand for an article, and where one item holds others of the same page.
ARTICLE_TYPES = re.compile(r"(?:Article|BlogPosting|Report|LiveBlogPosting)$")
HOLDERS = ("@graph", "mainEntity", "mainEntityOfPage")
# Names of meta elements, as publishers write them, the surest first.
PUBLISHED = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "article:published",
    "og:article:published_time",
    "article.published",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.date",
    "dc.date",
    "cxenseparse:recs:publishtime",
    "publish-date",
    "publish_date",
    "publishdate",
    "publication_date",
    "publicationdate",
    "pubdate",
    "originalpublicationdate",
    "citation_publication_date",
    "rnews:datepublished",
    "article_date_original",
    "date",
)
TITLES = ("og:title", "twitter:title", "headline", "title", "dc.title", "parsely-title")
AUTHORS = ("author", "parsely-author", "byl", "dc.creator", "sailthru.author", "article:author")
SUMMARIES = ("og:description", "description", "twitter:description")
OUTLETS = ("og:site_name", "application-name", "publisher", "dc.publisher")
# Of the element with the date of publication: WordPress, microformats.
PUBLISHED_CLASSES = {"published", "entry-date", "dt-published", "date-published", "publish-date"}
ISO_DATE = re.compile(r"\s*(\d{4})-(\d{2})-(\d{2})")
PACKED_DATE = re.compile(r"\s*(\d{4})(\d{2})(\d{2})(?:\D|$)")
# What parts the name of the site from the title in a page's <title>.
BREAK = re.compile(r"\s+[|–—·:«»-]\s+|\s*[|»]\s*")
LETTERS = re.compile(r"[\W_]+")
NAME_PARTS = re.compile(r"\s*(?:,|;|\band\b|&)\s*")
BY = re.compile(r"(?:written )?by[: ]\s*", re.IGNORECASE)
MOST_ITEMS = 2000
MOST_AUTHOR_LETTERS = 80
MOST_SITE_WORDS = 4


class Stated(NamedTuple):
    """What a page states; `inferred` names what is only told from it, `body` is the whole text."""

    title: str | None
    outlet: str | None
    published: str | None
    author: str | None
    url: str | None
    body: str
    summary: str
    inferred: tuple


def read_stated(tree):
    """What a page's metadata state of the article on it, as lxml's tree of the page."""
    meta = read_meta(tree)
    items = read_items(tree)
    item = choose_item(items, meta)
    published = first_date([item.get("datePublished"), *values(meta, PUBLISHED)])
    outlet = name_of(item.get("publisher")) or first(values(meta, OUTLETS))
    url = first([link_of(tree), *values(meta, ("og:url",))])
    stated = first([plain_value(item.get("headline")), *values(meta, TITLES)])
    title, inferred = stated, []
    if stated is None:
        title = title_of(tree)
        inferred = ["title"] if title else []
    host = (urlsplit(url).hostname or "").removeprefix("www.") if url else ""
    site = outlet or host.rsplit(".", 1)[0]
    if outlet is None and host:
        outlet = host
        inferred.append("outlet")
    return Stated(
        title=without_site(title, site),
        outlet=outlet,
        published=published or marked_date(tree),
        author=authors_of(item) or authors_in(values(meta, AUTHORS)),
        url=url,
        body=plain_value(item.get("articleBody")) or "",
        summary=plain_value(item.get("description")) or first(values(meta, SUMMARIES)) or "",
        inferred=tuple(inferred),
    )


def read_meta(tree):
    """{name in small letters: [contents]} of the page's meta elements."""
    found = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        content = (meta.get("content") or "").strip()
        if name and content:
            found.setdefault(name.strip().lower(), []).append(content)
    return found


def values(meta, names):
    """The contents of the named elements, by the order of the names."""
    found = []
    for name in names:
        found += meta.get(name, ())
    return found


def first(found):
    """The first of some texts that says something, or None."""
    return next((" ".join(each.split()) for each in found if each and each.strip()), None)


def read_items(tree):
    """The items of schema.org that a page holds as JSON-LD and that are about the page itself."""
    found = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            # Some write line breaks as they are, which JSON does not allow.
            text = re.sub(r"[\x00-\x1f]", " ", script.text or "").strip().rstrip(";")
            try:
                found += own_items(json.loads(text))
            except (ValueError, RecursionError):
                continue
    return found[:MOST_ITEMS]


def own_items(data):
    """The items of a JSON-LD text, without those of lists of other articles."""
    if isinstance(data, list):
        return [item for each in data[:MOST_ITEMS] for item in own_items(each)]
    if not isinstance(data, dict):
        return []
    inside = [item for name in HOLDERS for item in own_items(data.get(name))]
    return [data, *inside]


def choose_item(items, meta):
    """The item that is the article: with text or date before without; {} where there is none."""
    articles = [item for item in items if any(map(ARTICLE_TYPES.search, item_types(item)))]
    title = letters_of(first(values(meta, TITLES)) or "")
    same = []
    for item in articles:
        headline = letters_of(plain_value(item.get("headline")) or "")
        if headline and headline in title:
            same.append(item)
    others = [item for item in items if "WebPage" in item_types(item)]
    for item in [*same, *articles, *others]:
        if item.get("datePublished") or item.get("articleBody"):
            return item
    return next(iter([*same, *articles]), {})


def item_types(item):
    """The types of an item."""
    types = item.get("@type") or ()
    types = [types] if isinstance(types, str) else types
    return [each for each in types if isinstance(each, str)]


def plain_value(value):
    """A text of an item, without tags and entities; None where it is none."""
    if isinstance(value, list):
        value = next(iter(value), None)
    if not isinstance(value, str) or not value.strip():
        return None
    return plain_html(value) if is_html(value) else value.strip()


def name_of(value):
    """The name of an organisation or a person in an item."""
    if isinstance(value, list):
        value = next(iter(value), None)
    return plain_value(value.get("name") if isinstance(value, dict) else value)


def authors_of(item):
    """The authors that an item names, with semicolons between."""
    authors = item.get("author") or ()
    names = [name_of(each) for each in (authors if isinstance(authors, list) else [authors])]
    return authors_in([name for name in names if name])


def authors_in(found):
    """Names of authors, each once, with semicolons between; None where there are none."""
    names = []
    for each in found:
        if each.startswith(("http:", "https:")) or len(each) > MOST_AUTHOR_LETTERS:
            continue
        names += [name for name in NAME_PARTS.split(BY.sub("", each, count=1)) if name]
    return "; ".join(dict.fromkeys(names)) or None


def first_date(found):
    """The first day among some texts, in ISO form; None where there is none."""
    for value in found:
        day = ISO_DATE.match(value) or PACKED_DATE.match(value) if isinstance(value, str) else None
        if day and 1 <= int(day[2]) <= 12 and 1 <= int(day[3]) <= 31:
            return "-".join(day.groups())
    return None


def marked_date(tree):
    """The day with which an element is marked as that of publication, or None.

    None, too, where the page has several such days: they may be of other articles.
    """
    surely, likely = [], []
    for element in tree.iter("time", "span", "abbr", "div", "p"):
        day = element.get("datetime") or element.get("content") or element.get("title")
        if element.get("itemprop") == "datePublished" or element.get("pubdate") is not None:
            surely.append(first_date([day or element.text_content()]))
        elif not PUBLISHED_CLASSES.isdisjoint((element.get("class") or "").split()):
            likely.append(first_date([day]))
    for days in (surely, likely):
        days = {day for day in days if day}
        if days:
            return days.pop() if len(days) == 1 else None
    return None


def link_of(tree):
    """The address that a page calls its own."""
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical":
            return link.get("href")
    return None


def title_of(tree):
    """The title of a page that states none: of its <title> what is no site's name, else its only
    heading of level 1.
    """
    found = first(element.text_content() for element in tree.iter("title"))
    headings = [first([element.text_content()]) for element in tree.iter("h1", "h2")]
    if found is None:
        highest = [first([element.text_content()]) for element in tree.iter("h1")]
        return highest[0] if len(highest) == 1 else None
    if letters_of(found) in map(letters_of, filter(None, headings)):
        return found
    return without_name(found)


def without_name(title):
    """A title without the name behind the last break: "Hall shuts - Linden Post"."""
    breaks = BREAK.findall(title)
    if not breaks:
        return title
    before, _, name = title.rpartition(breaks[-1])
    words = name.split()
    is_name = len(words) <= MOST_SITE_WORDS and all(word[:1].isupper() for word in words)
    return before.strip() if is_name and before.strip() else title


def letters_of(text):
    """The letters and digits of a text, small."""
    return LETTERS.sub("", text).lower()


def without_site(title, site):
    """A title without the name of the site before or behind it: "Hall shuts | Linden Post"."""
    parts, breaks = BREAK.split(title or ""), BREAK.findall(title or "")
    if len(parts) < 2:
        return title
    name = letters_of(site or "")
    if is_name_of(parts[-1], name):
        return title[: title.rindex(breaks[-1])].strip()
    if is_name_of(parts[0], name):
        return title[len(parts[0]) + len(breaks[0]) :].strip()
    return title


def is_name_of(part, site):
    """Whether a part of a title is the name of the site, or most of it."""
    words = letters_of(part)
    return len(words) > 1 and len(site) > 1 and (words in site or site in words)
