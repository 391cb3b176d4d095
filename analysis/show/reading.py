"""The reading view: an article as it reads in print, with what was found in it, and the passages that numbers lead to."""

import json
from bisect import bisect_left, bisect_right
from html import escape
from typing import NamedTuple

from .. import schema
from ..find.boilerplate import find_boilerplate
from ..measure.addresses import sentence_anchor, as_written
from ..find.quotes import OF_QUOTE, stretches_of
from ..schema import SPEECH
from ..text import paragraph_spans
from .output import Output
from .passages import collect_passages
from .theme import TEMPLATES, read_style

REFERRED = {
    "name": "by name",
    "alias": "by a short name",
    "acronym": "by acronym",
    "title": "by title",
    "adjective": "by nationality word",
}
REFERRED |= {
    "metonym": "by its capital or seat",
    "description": "by description",
    "pronoun": "by pronoun",
    "part": "inside another name",
}
LAYERS = {
    "actors": "actors",
    "tone": "tone",
    "quotes": "quotations",
    "dates": "dates",
    "numbers": "sentence numbers",
}
HOW = "Point at a mark, or press Tab to enter the text: ← → next mark, ↑ ↓ same actor, Enter all its passages, Esc back."
TONE_KEYS = {"negative": "spoken of badly", "positive": "spoken of well"}


class Mark(NamedTuple):
    """A span of the article that is marked: which layer, how it looks, and what there is to say of it."""

    start: int
    end: int
    layer: str  # mention, quote, date
    look: str  # classes
    note: str
    actor: str | None = None  # of a quotation, whom its label names
    speaker: str = ""  # the actor who says it, if the text names one


def draw_article(articles, sentences, tokens=None, mentions=None, quotes=None, speech=None, dates=None):
    """Draw the article as it reads in print, with actors, quotations, tone and dates marked, and numbered sentences.

    Layers can be switched off; pointing at a mark, or stepping to it with the keyboard, says what it is and lights up all other
    marks of that actor. Wherever a number on the same page has an address (`#find/…`), following it opens its passages here.
    `mentions` may be a stance table, which has the tone, too. What is left out of the analysis is struck through.
    """
    texts = schema.check(articles, "articles").set_index("doc_id")
    left_out = find_boilerplate(articles)
    actors = (
        {}
        if mentions is None
        else {actor: number for number, actor in enumerate(mentions["actor"].dropna().unique())}
    )
    live, still = [], []
    for doc_id, rows in schema.check(sentences, "sentences").groupby("doc_id", sort=False):
        article, marks = texts.loc[doc_id], find_marks(doc_id, mentions, quotes, speech, dates)
        dropped = left_out[left_out["doc_id"] == doc_id]
        live.append(draw_paragraphs(doc_id, article, rows, marks, dropped, actors, still=False))
        still.append(draw_paragraphs(doc_id, article, rows, marks, dropped, actors, still=True))
    layers = present_layers(mentions, quotes, dates)
    data = {
        "actors": list(actors),
        **pack(sentences, collect_passages(sentences, tokens, mentions, quotes, speech, dates)),
    }
    packed = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    packed = packed.encode("utf-8", "replace").decode("utf-8")
    script = (TEMPLATES / "reading.js").read_text(encoding="utf-8")
    html = (
        f'<section class="wb reading" aria-label="The article, with what was found in it">{draw_legend(layers, mentions)}'
        f'<div class="text">{"".join(live)}</div><script type="application/json">{packed}</script><script>{script}</script></section>'
    )
    return Output(
        html,
        f'<div class="reading">{draw_key(layers, mentions)}{"".join(still)}</div>',
        read_style(),
    )


def present_layers(mentions, quotes, dates):
    """The layers that there is something to mark in."""
    there = {
        "actors": mentions is not None,
        "tone": mentions is not None and "tone" in mentions,
        "numbers": True,
    }
    there |= {"quotes": quotes is not None, "dates": dates is not None}
    return [layer for layer in LAYERS if there[layer]]


def draw_legend(layers, mentions):
    """The switches of the layers, each with its look."""
    keys = dict.fromkeys(layers, "")
    if "actors" in layers:
        keys["actors"] = " ".join(
            f'<span class="key m {kind}">{kind}</span>' for kind in present_types(mentions)
        )
    if "tone" in layers:
        keys["tone"] = " ".join(
            f'<span class="key {tone}">{key}</span>' for tone, key in TONE_KEYS.items()
        )
    if "quotes" in layers:
        keys["quotes"] = (
            '<span class="key q">in marks</span> <span class="key q reported">reported</span>'
        )
    boxes = [
        f'<label><input type="checkbox" class="l-{layer}" checked> {LAYERS[layer]} {keys[layer]}</label>'
        for layer in layers
    ]
    how = f'<span class="how">{HOW}</span>' if "actors" in layers or "quotes" in layers else ""
    return (
        f'<div class="legend" role="group" aria-label="What is marked">{" ".join(boxes)}{how}</div>'
    )


def draw_key(layers, mentions):
    """The same for paper: how each layer looks."""
    parts = []
    if "actors" in layers:
        parts.append(
            "Marked: "
            + ", ".join(f'<span class="{kind}">{kind}</span>' for kind in present_types(mentions))
        )
    if "tone" in layers:
        parts.append(
            ", ".join(f'<span class="{tone}">{key}</span>' for tone, key in TONE_KEYS.items())
        )
    if "quotes" in layers:
        parts.append(
            '<span class="quotation">quoted or reported words</span> after the <span class="speaker">speaker ▸</span>'
        )
    return f'<p class="note">{"; ".join(parts)}.</p>' if parts else ""


def present_types(mentions):
    """The types of actor that are in the text."""
    return [kind for kind in schema.TYPES if kind in set(mentions["actor_type"].dropna())]


def quoted_stretches(quotes, speech):
    """The stretches of quotations with what the quotes table says of each."""
    said = quotes[[*OF_QUOTE, "speaker_text", "cue"]]
    return stretches_of(quotes, speech).merge(said, on=OF_QUOTE)


def find_marks(doc_id, mentions, quotes, speech, dates):
    """Everything that is marked in one article."""
    marks = []
    if mentions is not None:
        for row in mentions[mentions["doc_id"] == doc_id].itertuples():
            actor = row.actor if isinstance(row.actor, str) else None
            tone = getattr(row, "label", None)
            look = [
                row.actor_type if actor and row.actor_type in schema.TYPES else "open",
                *[tone] * (tone in TONE_KEYS),
            ]
            marks.append(
                Mark(
                    row.start,
                    row.end,
                    "mention",
                    " ".join(look),
                    describe_mention(row, actor),
                    actor,
                )
            )
    if quotes is not None:
        shown = quotes[(quotes["doc_id"] == doc_id) & quotes["quote_type"].isin(SPEECH)]
        for row in quoted_stretches(shown, speech).itertuples():
            by = (
                row.speaker
                if isinstance(row.speaker, str)
                else row.speaker_text
                if isinstance(row.speaker_text, str)
                else "speaker not named"
            )
            look = "q reported" if row.quote_type == "indirect" else "q"
            speaker = row.speaker if isinstance(row.speaker, str) else ""
            marks.append(
                Mark(
                    row.start,
                    row.end,
                    "quote",
                    look,
                    describe_quote(row, by),
                    by,
                    speaker,
                )
            )
    if dates is not None:
        marks += [
            Mark(row.start, row.end, "date", "date", f"date\n{row.rule}")
            for row in dates[dates["doc_id"] == doc_id].itertuples()
        ]
    return marks


def describe_mention(row, actor):
    """What there is to say of a mention, a line each."""
    lines = [
        f"{actor} ({row.actor_type})" if actor else "left open: the text does not say who is meant"
    ]
    lines.append(
        f"{REFERRED.get(row.kind, row.kind)}; {row.rule}"
        if isinstance(row.rule, str)
        else REFERRED.get(row.kind, row.kind)
    )
    tone = getattr(row, "tone", None)
    if tone is not None and tone == tone:
        label = row.label if isinstance(row.label, str) else "too unsure to call"
        words = f", in the words of: {row.speaker}" if isinstance(row.speaker, str) else ""
        lines.append(f"tone of the sentence towards it: {label} ({tone:+.2f}){words}")
    return "\n".join(lines)


def describe_quote(row, by):
    """What there is to say of a quotation, a line each."""
    cue = f"brought by “{row.cue}”" if isinstance(row.cue, str) else "no verb brings it"
    unsaid = f"; {row.status}" if row.status != "asserted" else ""
    return "\n".join(
        [
            f"Words of: {by}",
            f"{row.quote_type} speech, {cue}{unsaid}",
            row.rule if isinstance(row.rule, str) else "",
        ]
    ).strip()


def draw_paragraphs(doc_id, article, sentences, marks, left_out, actors, still):
    """The paragraphs of one article, those left out struck through; its title, if the text does not begin with it."""
    text, parts = article["text"], []
    title = article["title"]
    if isinstance(title, str) and not text.lstrip().startswith(title):
        parts.append(f"<h4>{escape(title)}</h4>")
    dropped = list(zip(left_out["start"], left_out["end"], left_out["rule"], strict=True))
    rows = list(sentences.sort_values("start").itertuples())
    starts, ends = [row.start for row in rows], [row.end for row in rows]
    coming, near = sorted(marks, key=lambda mark: mark.start, reverse=True), []
    for start, end in paragraph_spans(text):
        near = [mark for mark in near if mark.end > start]
        while coming and coming[-1].start < end:
            near.append(coming.pop())
        why = next(
            ((first, rule) for first, last, rule in dropped if first < end and start < last), None
        )
        if why is not None:
            parts.append(
                f'<p class="left-out" id="out-{doc_id}-{why[0]}" title="{escape(f"left out: {why[1]}")}">{escape(text[start:end])}</p>'
            )
            continue
        inside = rows[bisect_right(ends, start) : bisect_left(starts, end)]
        pieces = draw_pieces(doc_id, text, (start, end), inside, near, actors, still)
        heading = (
            ' class="heading"' if inside and all(row.kind == "heading" for row in inside) else ""
        )
        number = (
            f'<span class="pn" title="paragraph">¶{inside[0].paragraph_id}</span> '
            if inside and not still
            else ""
        )
        parts.append(f"<p{heading}>{number}{pieces}</p>")
    return "".join(parts)


def draw_pieces(doc_id, text, span, sentences, marks, actors, still):
    """One paragraph, cut wherever a sentence or a mark begins or ends, so that what overlaps or is nested needs no crossing tags."""
    start, end = span
    cuts = sorted(
        {
            start,
            end,
            *(
                edge
                for item in [*sentences, *marks]
                for edge in (item.start, item.end)
                if start < edge < end
            ),
        }
    )
    coming, over = sorted(marks, key=lambda mark: mark.start, reverse=True), []
    html, current, place = [], None, 0
    for first, last in zip(cuts, cuts[1:], strict=False):
        while place < len(sentences) and sentences[place].end <= first:
            place += 1
        sentence = (
            sentences[place] if place < len(sentences) and sentences[place].start <= first else None
        )
        if sentence is not current:
            html += ["</span>"] * (current is not None)
            if sentence is not None:
                number = (
                    f'<span class="number">{sentence.sentence_id}</span> '
                    if still
                    else f"<sup>{sentence.sentence_id}</sup>"
                )
                opening = number if sentence.start == first else ""
                html.append(
                    f'<span class="s" id="{sentence_anchor(doc_id, sentence.sentence_id)}">{opening}'
                )
            current = sentence
        over = [mark for mark in over if mark.end > first]
        while coming and coming[-1].start <= first:
            over.append(coming.pop())
        html.append(
            (still_piece if still else live_piece)(escape(text[first:last]), first, over, actors)
        )
    return "".join(html) + "</span>" * (current is not None)


def live_piece(piece, first, marks, actors):
    """A piece of text between two cuts, in the marks that lie over it: quotations outside, then dates, then the innermost mention."""
    mentions = sorted(
        (mark for mark in marks if mark.layer == "mention"), key=lambda mark: mark.end - mark.start
    )
    for mark in mentions[:1]:
        # A piece that goes on within the same mention is no new stop for the keyboard.
        more = " more" * (mark.start != first)
        note = "\n\n".join(each.note for each in mentions)
        number = f' data-a="{actors[mark.actor]}"' if mark.actor in actors else ""
        piece = f'<span class="m {mark.look}{more}"{number} title="{escape(note)}">{piece}</span>'
    for mark in (mark for mark in marks if mark.layer == "date"):
        piece = f'<span class="date" title="{escape(mark.note)}">{piece}</span>'
    quotes = [mark for mark in marks if mark.layer == "quote"]
    if quotes:
        begun = [mark for mark in quotes if mark.start == first]
        label = ""
        if begun:
            by = escape("; ".join(dict.fromkeys(mark.actor for mark in begun)))
            label = f' data-by="{by}" data-speaker="{escape(begun[-1].speaker)}" title="{note_all(begun)}"'
        look = "q" if any(mark.look == "q" for mark in quotes) else "q reported"
        piece = f'<span class="{look}"{label}>{piece}</span>'
    return piece


def note_all(marks):
    """The notes of several marks."""
    return escape("\n\n".join(mark.note for mark in marks))


def still_piece(piece, first, marks, _):
    """The same for paper: classes only, and the speaker as text in front of a quotation."""
    mentions = sorted(
        (mark for mark in marks if mark.layer == "mention"), key=lambda mark: mark.end - mark.start
    )
    for mark in mentions[:1]:
        piece = f'<span class="{mark.look}">{piece}</span>'
    for _mark in (mark for mark in marks if mark.layer == "date"):
        piece = f'<span class="date">{piece}</span>'
    quotes = [mark for mark in marks if mark.layer == "quote"]
    if quotes:
        begun = "; ".join(dict.fromkeys(mark.actor for mark in quotes if mark.start == first))
        label = f'<span class="speaker">{escape(begun)} ▸ </span>' if begun else ""
        piece = f'{label}<span class="quotation">{piece}</span>'
    return piece


def pack(sentences, passages):
    """Sentences and passages as the reading view's script reads them: values of a column once, and their numbers."""
    place = {
        key: number
        for number, key in enumerate(
            zip(sentences["doc_id"], sentences["sentence_id"], strict=True)
        )
    }
    columns = ["doc_id", "sentence_id", "paragraph_id", "start", "text"]
    packed = {}
    for name, rows in passages.items():
        where = [place[key] for key in zip(rows["doc_id"], rows["sentence_id"], strict=True)]
        spans = [
            list(span)
            for span in zip(where, rows["start"].tolist(), rows["end"].tolist(), strict=True)
        ]
        asked = {}
        for column in rows.columns.drop(["doc_id", "sentence_id", "paragraph_id", "start", "end"]):
            values = [as_written(value) for value in rows[column]]
            codes = {value: number for number, value in enumerate(dict.fromkeys(values))}
            asked[column] = {"values": list(codes), "codes": [codes[value] for value in values]}
        packed[name] = {"spans": spans, "columns": asked}
    return {"sentences": sentences[columns].values.tolist(), "passages": packed}
