"""Several articles on one page, each folded under its name, for numbers to lead to."""

from collections import defaultdict
from html import escape

from .. import schema
from ..find.boilerplate import find_boilerplate
from ..measure.outlets import name_articles
from ..read.articles import analysed
from .marked import find_marks
from .output import Output
from .paragraphs import Screen, draw_paragraphs
from .passages import ASKED, collect_found, keep_asked
from .reading import list_layers, pack_passages, write_view
from .theme import read_style

# With more letters than these, texts are shown without marks, so that a page stays small.
MARKED_LETTERS = 200_000
# More articles than these are folded once more, so that a page is not a list of them.
UNFOLDED_ARTICLES = 20
# What is asked for of many articles: less than of one.
ASKED_HERE = {
    "mentions": "actor counted toned uncounted label scored",
    "events": "order event",
    "quotes": "speaker quote_type status spoken anonymous first inside outside",
}


def draw_articles(
    articles,
    sentences,
    mentions=None,
    quotes=None,
    speech=None,
    dates=None,
    *,
    tokens=None,
    **others,
):
    """Draw several articles, each folded under its name, with what was found in them.

    Numbers on the same page that have an address (`#find/…`) open their passages here, and lead on
    to the sentence in its article. `mentions` may be a stance table; `quotes` need `speech`;
    `tokens` are those that a number leads to, not all; `others` are tables by the name of what they
    hold: `vouching`, `missing`, `labels`, `terms`, `copies` … Long texts (more than 200,000 letters
    together) are shown without marks. On paper there is nothing of it.
    """
    known = analysed(articles)
    is_short = known["text"].str.len().sum() <= MARKED_LETTERS
    marks = find_marks(mentions, quotes, speech, dates) if is_short else defaultdict(list)
    actors = [] if mentions is None else mentions["actor"].dropna().unique().tolist()
    boilerplate = find_boilerplate(articles)
    out = dict(list(boilerplate.groupby("doc_id", sort=False)))
    parts = dict(list(schema.check(sentences, "sentences").groupby("doc_id", sort=False)))
    screen = Screen(actors) if is_short else Plain(actors)
    texts = []
    names = name_articles(known)
    for name, (_, article) in zip(names, known.iterrows(), strict=True):
        doc_id = article["doc_id"]
        its = parts.get(doc_id, sentences[:0])
        drawn = draw_paragraphs(
            article, its, marks[doc_id], out.get(doc_id, boilerplate[:0]), screen
        )
        title = head_article(name, article)
        texts.append(f"<details><summary>{escape(title)}</summary>{drawn}</details>")
    if len(texts) > UNFOLDED_ARTICLES:
        head = f"All {len(texts)} articles"
        texts = [f"<details><summary>{head}</summary>", *texts, "</details>"]
    found = collect_found(sentences, tokens, mentions, quotes, speech, dates, others)
    passages = {}
    for kind, rows in found.items():
        passages[kind] = keep_asked(rows, ASKED_HERE.get(kind, ASKED[kind]).split())
    data = {"actors": actors, **pack_passages(known, sentences, passages, has_text=False)}
    layers = list_layers(mentions, quotes, dates) if is_short else []
    html = write_view("The articles, with what was found in them", layers, mentions, texts, data)
    return Output(html, "", read_style())


class Plain(Screen):
    """How an article shows where there are many: without numbers."""

    def number_paragraph(self, number):
        """Nothing."""
        return ""

    def number_sentence(self, number):
        """Nothing."""
        return ""


def head_article(name, article):
    """What an article is folded under: its name, and title and date where these are not in it."""
    head = name
    if isinstance(article["title"], str) and article["title"] != name:
        head += f": {article['title']}"
    if isinstance(article["published"], str) and article["published"] not in head:
        head += f" ({article['published']})"
    return head
