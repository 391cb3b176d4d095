"""The paragraphs of an article as HTML, with sentences and marks in them. All text escaped."""

from html import escape
from itertools import pairwise

from ..measure.addresses import sentence_anchor
from ..text import paragraph_spans


class Screen:
    """How the article shows on the screen: what is said of a mark stands in its tooltip.

    The page's script reads from `data-a` which of the `actors` a mention means.
    """

    def __init__(self, actors):
        self.numbers = {actor: number for number, actor in enumerate(actors)}

    def number_paragraph(self, number):
        """The number in front of a paragraph."""
        return f'<span class="pn" title="paragraph">¶{number}</span> '

    def number_sentence(self, number):
        """The number in front of a sentence."""
        return f"<sup>{number}</sup>"

    def draw_mention(self, piece, first, mentions):
        """A piece in the innermost of some mentions, which stands first among them."""
        mark = mentions[0]
        look = f"m {mark.look}"
        if mark.start != first:
            # A piece that goes on within the same mention is no new stop for the keyboard.
            look += " more"
        actor = ""
        if mark.actor in self.numbers:
            actor = f' data-a="{self.numbers[mark.actor]}"'
        note = escape("\n\n".join(mention.note for mention in mentions))
        return f'<span class="{look}"{actor} title="{note}">{piece}</span>'

    def draw_date(self, piece, mark):
        """A piece of a date."""
        return f'<span class="date" title="{escape(mark.note)}">{piece}</span>'

    def draw_quote(self, piece, first, quotes):
        """A piece in some quotations, with a label where one of them begins."""
        is_marked = any(mark.look == "q" for mark in quotes)
        look = "q" if is_marked else "q reported"
        begun = [mark for mark in quotes if mark.start == first]
        label = ""
        if begun:
            by, speaker = escape(name_speakers(begun)), escape(begun[-1].speaker)
            note = escape("\n\n".join(mark.note for mark in begun))
            label = f' data-by="{by}" data-speaker="{speaker}" title="{note}"'
        return f'<span class="{look}"{label}>{piece}</span>'


class Paper:
    """How the article shows on paper: classes only, and the speaker in front of a quotation."""

    def number_paragraph(self, number):
        """Nothing: paper has no numbers of paragraphs."""
        return ""

    def number_sentence(self, number):
        """The number in front of a sentence."""
        return f'<span class="number">{number}</span> '

    def draw_mention(self, piece, first, mentions):
        """A piece in the innermost of some mentions."""
        return f'<span class="{mentions[0].look}">{piece}</span>'

    def draw_date(self, piece, mark):
        """A piece of a date."""
        return f'<span class="date">{piece}</span>'

    def draw_quote(self, piece, first, quotes):
        """A piece in some quotations, with the speaker where one of them begins."""
        begun = [mark for mark in quotes if mark.start == first]
        label = ""
        if begun:
            label = f'<span class="speaker">{escape(name_speakers(begun))} ▸ </span>'
        return f'{label}<span class="quotation">{piece}</span>'


def name_speakers(quotes):
    """Who says the quotations that begin in one place, each once."""
    return "; ".join(dict.fromkeys(mark.by for mark in quotes))


class Sweep:
    """Spans asked for from left to right, so that a long article takes linear time."""

    def __init__(self, spans):
        self.coming = sorted(spans, key=lambda span: span.start)[::-1]
        self.near = []

    def between(self, start, end):
        """The spans that touch `start` to `end`, in the order of the text."""
        while self.coming and self.coming[-1].start < end:
            self.near.append(self.coming.pop())
        self.near = [span for span in self.near if span.end > start]
        return list(self.near)


def draw_paragraphs(article, sentences, marks, left_out, medium):
    """The paragraphs of one article on a `medium` (`Screen` or `Paper`), those left out struck
    through; before them its title, if the text does not begin with it."""
    text, title = article["text"], article["title"]
    parts = []
    if isinstance(title, str) and not text.lstrip().startswith(title):
        parts.append(f"<h4>{escape(title)}</h4>")
    sentences, marks = Sweep(sentences.itertuples()), Sweep(marks)
    left_out = Sweep(left_out.itertuples())
    for start, end in paragraph_spans(text):
        # Every paragraph is asked for, the struck ones too: sweeps go from left to right.
        inside, near = sentences.between(start, end), marks.between(start, end)
        dropped = left_out.between(start, end)
        if dropped and not inside:
            parts += [strike_out(text, passage, "p") for passage in dropped]
            continue
        first, last = start, end
        before, behind = [], []
        for passage in dropped:
            is_before = passage.start < inside[0].start
            (before if is_before else behind).append(strike_out(text, passage, "span"))
            first, last = (passage.end, last) if is_before else (first, min(last, passage.start))
        pieces = draw_pieces(text, (first, last), inside, near, medium)
        pieces = " ".join([*before, pieces, *behind])
        parts.append(draw_paragraph(pieces, inside, medium))
    return "".join(parts)


def strike_out(text, passage, tag):
    """A passage that is left out of the analysis, with the reason."""
    anchor = f"out-{passage.doc_id}-{passage.start}"
    why = escape(f"left out: {passage.rule}")
    words = escape(text[passage.start : passage.end])
    return f'<{tag} class="left-out" id="{anchor}" title="{why}">{words}</{tag}>'


def draw_paragraph(pieces, sentences, medium):
    """One paragraph of its drawn pieces; it is a heading where its sentences are."""
    if not sentences:
        return f"<p>{pieces}</p>"
    number = medium.number_paragraph(sentences[0].paragraph_id)
    is_heading = all(row.kind == "heading" for row in sentences)
    look = ' class="heading"' if is_heading else ""
    return f"<p{look}>{number}{pieces}</p>"


def draw_pieces(text, span, sentences, marks, medium):
    """One paragraph, cut wherever a sentence or a mark begins or ends.

    So what overlaps or is nested needs no crossing tags.
    """
    cuts = find_cuts(span, [*sentences, *marks])
    sentences, marks = Sweep(sentences), Sweep(marks)
    html, current = [], None
    for first, last in pairwise(cuts):
        sentence = next(iter(sentences.between(first, last)), None)
        if sentence is not current:
            if current is not None:
                html.append("</span>")
            if sentence is not None:
                html.append(open_sentence(sentence, first, medium))
            current = sentence
        over = marks.between(first, last)
        html.append(draw_piece(escape(text[first:last]), first, over, medium))
    if current is not None:
        html.append("</span>")
    return "".join(html)


def find_cuts(span, items):
    """The places in order where `span` and the items in it begin and end."""
    start, end = span
    cuts = {start, end}
    for item in items:
        cuts.update(edge for edge in (item.start, item.end) if start < edge < end)
    return sorted(cuts)


def open_sentence(sentence, first, medium):
    """The opening of a sentence, with its number where it begins."""
    anchor = sentence_anchor(sentence.doc_id, sentence.sentence_id)
    number = ""
    if sentence.start == first:
        number = medium.number_sentence(sentence.sentence_id)
    return f'<span class="s" id="{anchor}">{number}'


def draw_piece(piece, first, marks, medium):
    """A piece between two cuts, in the marks that lie over it.

    Quotations stand outside, then dates, then the innermost mention.
    """
    layers = {"mention": [], "date": [], "quote": []}
    for mark in marks:
        layers[mark.layer].append(mark)
    if layers["mention"]:
        innermost = sorted(layers["mention"], key=lambda mark: mark.end - mark.start)
        piece = medium.draw_mention(piece, first, innermost)
    for mark in layers["date"]:
        piece = medium.draw_date(piece, mark)
    if layers["quote"]:
        piece = medium.draw_quote(piece, first, layers["quote"])
    return piece
