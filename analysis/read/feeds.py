"""Exports of a blog or site as XML: WordPress (WXR), RSS, Atom with the whole text of articles."""

from ..errors import ArticleError
from .imprint import read_mail_date
from .markup import is_html, plain_html

# Parts of an item by the local name of their element, the fullest first.
FEED_PARTS = {
    "text": ("encoded", "content", "description", "summary"),
    "title": ("title",),
    "author": ("creator", "author"),
    "published": ("pubDate", "published", "post_date", "date"),
    "url": ("link", "guid"),
}
ITEMS = ("item", "entry")
# Of a WordPress export, what is no article.
OTHER_TYPES = ("attachment", "nav_menu_item", "revision", "custom_css", "wp_global_styles")


def read_feed(path):
    """The articles of an XML export; ArticleError where it holds none."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    root = etree.fromstring(path.read_bytes(), parser)
    items = [] if root is None else [each for each in root.iter() if local_name(each) in ITEMS]
    outlet = None if root is None else site_name(root)
    n = 0
    for item in items:
        parts = read_parts_of(item)
        if parts.pop("type", None) in OTHER_TYPES:
            continue
        n += 1
        yield {**parts, "outlet": outlet, "row": n}
    if not n:
        raise ArticleError(
            "it holds no articles as WordPress, RSS or Atom write them. Export the posts again, or "
            "save the pages as .html."
        )


def local_name(element):
    """The name of an element without its namespace; "" of a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def site_name(root):
    """The title of the site itself: the first that stands outside all items."""
    for element in root.iter():
        up = element.getparent()
        if local_name(element) == "title" and up is not None and local_name(up) not in ITEMS:
            return plain(element)
    return None


def read_parts_of(item):
    """What an item says of its article: {field: text}."""
    texts = {}
    for child in item:
        name, words = local_name(child), plain(child)
        if name == "link" and not words:
            words = child.get("href")
        if words and len(words) > len(texts.get(name, "")):
            texts[name] = words
    parts = {"type": texts.get("post_type")}
    for field, names in FEED_PARTS.items():
        parts[field] = next((texts[name] for name in names if name in texts), None)
    day = parts["published"]
    if day is not None:
        parts["published"] = day[:10] if day[:4].isdigit() else read_mail_date(day)
    return {**parts, "text": parts["text"] or ""}


def plain(element):
    """The words of an element, without the tags that may be written in it."""
    text = "".join(element.itertext()).strip()
    return (plain_html(text) if is_html(text) else text) or None
