"""The reading view: an article as it reads in print, with what was found in it, and the passages
that numbers lead to."""

import json
from functools import cache

import numpy as np

from .. import schema
from ..find.boilerplate import find_boilerplate
from ..measure.addresses import ARTICLE_KEYS, as_written
from ..measure.outlets import tell_columns
from ..schema import PLACE, SENTENCE
from .marked import TONE_KEYS, find_marks
from .output import Output
from .paragraphs import Paper, Screen, draw_paragraphs
from .passages import collect_passages
from .theme import TEMPLATES, read_style

LAYERS = {
    "actors": "actors",
    "tone": "tone",
    "quotes": "quotations",
    "dates": "dates",
    "numbers": "sentence numbers",
}
HOW = (
    "Point at a mark, or press Tab to enter the text: ← → next mark, ↑ ↓ same actor, "
    "Enter all its passages, Esc back."
)
QUOTE_KEYS = {"q": "in marks", "q reported": "reported"}


def draw_article(
    articles,
    sentences,
    tokens=None,
    mentions=None,
    quotes=None,
    speech=None,
    dates=None,
    **others,
):
    """Draw the article as it reads in print, with actors, quotations, tone and dates marked, and
    numbered sentences.

    Layers can be switched off; pointing at a mark, or stepping to it with the keyboard, says what
    it is and lights up all other marks of that actor. Wherever a number on the same page has an
    address (`#find/…`), following it opens its passages here. `mentions` may be a stance table,
    which has the tone, too; `quotes` need `speech`, which says where they stand. `others` are the
    tables `vouching`, `missing`, `labels`, `terms`, `events`, `places`, `figures`, `conflicts`
    and `told_alone`, which numbers and marks can lead to as well. What is left out of the analysis
    is struck through.
    """
    texts = schema.check(articles, "articles").set_index("doc_id")
    boilerplate = find_boilerplate(articles)
    marks = find_marks(mentions, quotes, speech, dates)
    actors = [] if mentions is None else mentions["actor"].dropna().unique().tolist()
    screen, paper = Screen(actors), Paper()
    live, still = [], []
    parts = dict(list(schema.check(sentences, "sentences").groupby("doc_id", sort=False)))
    out = dict(list(boilerplate.groupby("doc_id", sort=False)))
    # An article may be nothing but boilerplate.
    for doc_id in [doc_id for doc_id in texts.index if doc_id in parts or doc_id in out]:
        left_out = out.get(doc_id, boilerplate[:0])
        drawn = texts.loc[doc_id], parts.get(doc_id, sentences[:0]), marks[doc_id], left_out
        live.append(draw_paragraphs(*drawn, screen))
        still.append(draw_paragraphs(*drawn, paper))
    passages = collect_passages(sentences, tokens, mentions, quotes, speech, dates, **others)
    data = {"actors": actors, **pack_passages(articles, sentences, passages)}
    layers = list_layers(mentions, quotes, dates)
    html = write_view("The article, with what was found in it", layers, mentions, live, data)
    key = draw_key(layers, mentions)
    return Output(html, f'<div class="reading">{key}{"".join(still)}</div>', read_style())


def write_view(called, layers, mentions, texts, data):
    """The view as HTML: what is marked, the texts, and what the script needs to know."""
    return (
        f'<section class="wb reading" aria-label="{called}">'
        f"{draw_legend(layers, mentions)}"
        f'<div class="text">{"".join(texts)}</div>'
        f'<script type="application/json">{write_json(data)}</script>'
        f"<script>{read_script()}</script></section>"
    )


@cache
def read_script():
    """The script of the view."""
    return (TEMPLATES / "reading.js").read_text(encoding="utf-8")


def list_layers(mentions, quotes, dates):
    """The layers that there is something to mark in."""
    there = {
        "actors": mentions is not None,
        "tone": mentions is not None and "tone" in mentions,
        "quotes": quotes is not None,
        "dates": dates is not None,
        "numbers": True,
    }
    return [layer for layer in LAYERS if there[layer]]


def draw_legend(layers, mentions):
    """The switches of the layers, each with its look; nothing where nothing is marked."""
    if not layers:
        return ""
    parts = []
    for layer in layers:
        switch = f'<input type="checkbox" class="l-{layer}" checked>'
        looks = draw_looks(layer, mentions)
        parts.append(f"<label>{switch} {LAYERS[layer]} {looks}</label>")
    how = ""
    if "actors" in layers or "quotes" in layers:
        how = f'<span class="how">{HOW}</span>'
    boxes = " ".join(parts)
    return f'<div class="legend" role="group" aria-label="What is marked">{boxes}{how}</div>'


def draw_looks(layer, mentions):
    """What each look of a layer means; nothing where it has one only."""
    looks = {}
    if layer == "actors":
        looks = {f"m {kind}": kind for kind in present_types(mentions)}
    elif layer == "tone":
        looks = TONE_KEYS
    elif layer == "quotes":
        looks = QUOTE_KEYS
    spans = [f'<span class="key {look}">{meaning}</span>' for look, meaning in looks.items()]
    return " ".join(spans)


def draw_key(layers, mentions):
    """The same for paper: how each layer looks."""
    parts = []
    if "actors" in layers:
        kinds = [f'<span class="{kind}">{kind}</span>' for kind in present_types(mentions)]
        parts.append(f"Marked: {', '.join(kinds)}")
    if "tone" in layers:
        tones = [f'<span class="{tone}">{key}</span>' for tone, key in TONE_KEYS.items()]
        parts.append(", ".join(tones))
    if "quotes" in layers:
        words = '<span class="quotation">quoted or reported words</span>'
        parts.append(f'{words} after the <span class="speaker">speaker ▸</span>')
    return f'<p class="note">{"; ".join(parts)}.</p>' if parts else ""


def present_types(mentions):
    """The types of actor that are in the text."""
    present = set(mentions["actor_type"].dropna())
    return [kind for kind in schema.TYPES if kind in present]


def write_json(data):
    """Data as JSON that can stand in a page, whatever text is in it."""
    packed = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # Half a surrogate pair is no UTF-8; a page with one could not be written.
    packed = packed.encode("utf-8", "replace").decode("utf-8")
    return packed.replace("<", "\\u003c")


def pack_passages(articles, sentences, passages, *, has_text=True):
    """Sentences and passages as the reading view's script reads them: a passage has its sentence's
    number, where it begins in it, its length, and of each column the number of its value. Without
    their text (`has_text`) sentences
    are read where they stand in the page."""
    keys = zip(*(sentences[column] for column in SENTENCE), strict=True)
    numbers = {key: number for number, key in enumerate(keys)}
    firsts = sentences["start"].tolist()
    packed = {}
    for name, rows in passages.items():
        keys = zip(*(rows[column] for column in SENTENCE), strict=True)
        where = [numbers[key] for key in keys]
        begins = [at - firsts[number] for at, number in zip(rows["start"], where, strict=True)]
        spans = zip(where, begins, (rows["end"] - rows["start"]).tolist(), strict=True)
        asked = rows.columns.drop(PLACE)
        columns = {column: pack_column(rows[column]) for column in asked}
        packed[name] = {"spans": list(spans), "columns": columns}
    docs = {doc_id: number for number, doc_id in enumerate(sentences["doc_id"].unique())}
    kept = sentences[[*SENTENCE, "paragraph_id", *(["text"] if has_text else [])]]
    kept = kept.assign(doc_id=kept["doc_id"].map(docs))
    told = describe_outlets(articles)
    listed = {"docs": list(docs), "sentences": kept.values.tolist()}
    return {"articles": told, **listed, "passages": packed}


def describe_outlets(articles):
    """What may be asked for of each article: {doc_id: {column: value}}."""
    told = tell_columns(articles)
    columns = [column for column in ARTICLE_KEYS if column in told]
    values = told[columns].map(as_written).to_dict("records")
    return dict(zip(told["doc_id"], values, strict=True))


def pack_column(column):
    """The different values of a column once, and of each row the number of its value.

    The numbers stand in one text to the base 36, as wide as the largest: half of what a list takes.
    """
    values = [as_written(value) for value in column]
    known = list(dict.fromkeys(values))
    width = len(np.base_repr(max(len(known) - 1, 0), 36))
    codes = {value: np.base_repr(number, 36).zfill(width) for number, value in enumerate(known)}
    return {"values": known, "codes": "".join(codes[value] for value in values)}
