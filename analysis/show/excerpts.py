"""The sentences behind a number, in lists: of one row or filter, of each value, of each row of a
table. All text escaped."""

from html import escape

import pandas as pd
from pandas.api.types import is_numeric_dtype

from .. import schema
from ..errors import SchemaError
from ..measure.addresses import sentence_anchor
from ..schema import SENTENCE
from ..text import how_many
from .marked import UNSURE, fill_missing
from .output import Output
from .passages import select_rows
from .tables import NUMBER_CLASS, write_cell, write_column
from .theme import read_style

# A word that moves the tone by less than this, either way, is not shaded.
SLIGHT = 0.05
# The ground behind a word, in per cent of its colour: of the lightest word, how much more of one
# that moves the tone by 1, and of the darkest.
LIGHTEST, DARKER, DARKEST = 12, 50, 60
# How a missing value is shown.
UNRESOLVED = "unresolved"
NOTHING_TO_SHOW = "<p>Nothing to show.</p>"


def show_passages(row, spans, sentences):
    """Show the sentences behind one row of a counted table, or behind a filter, the spans marked.

    `row` is a row (`actors.loc[0]`) or {column: value, or list of values}; `spans` are the rows
    that were counted (for `count_actors(mentions)`: `select_counted(mentions)`). Chosen are the
    spans that agree with the row in every column that both have, apart from measured numbers. If
    they are not as many as the row's `n` says, that is said.

    >>> articles = read_texts("Putin met Joe Biden. Putin left.")
    >>> mentions = find_mentions(articles, split_tokens(articles))
    >>> putin = count_actors(mentions).loc[0]
    >>> shown = show_passages(putin, select_counted(mentions), split_sentences(articles))
    >>> shown.data.count("<mark")
    2
    """
    keys, rows = select_rows(row, spans)
    n = row.get("n")
    note = ""
    if pd.notna(n) and n != len(rows):
        mend = "Hand over the rows that it counts, such as select_counted(mentions)."
        note = f'<p class="wrong">The row says {n}. {mend}</p>'
    values = " · ".join(write_asked(row[key]) for key in keys)
    places = schema.check(sentences, "sentences").set_index(SENTENCE)
    listed = list_passages(rows, places) if len(rows) else NOTHING_TO_SHOW
    head = f"<strong>{escape(values)}: {how_many(len(rows), 'passage')}</strong>"
    return Output(f'<div class="wb passages"><p>{head}</p>{note}{listed}</div>', look=read_style())


def write_asked(value):
    """A value, or a list of them, that passages are chosen by."""
    is_missing = value is None or value != value
    return "left open" if is_missing else str(value)


def draw_passages(spans, sentences, by="actor", values=None):
    """Draw the passages behind a count: for each value of the column `by`, its sentences with the
    spans marked.

    `spans` is any table with doc_id, sentence_id, start and end (mentions, tone_words, hits); where
    it has a `rule`, pointing at a mark shows it. `values` chooses values and their order; by
    default all, the most frequent first. A missing value is shown as "unresolved".
    """
    named = name_missing(spans, by)
    if values is None:
        counts = named[by].value_counts(sort=False)
        values = counts.sort_values(ascending=False, kind="stable").index
    if not len(values):
        return Output(NOTHING_TO_SHOW)
    places = schema.check(sentences, "sentences").set_index(SENTENCE)
    groups = dict(list(named.groupby(by, sort=False)))
    live, still = [], []
    for value in values:
        rows = groups.get(value, named.iloc[:0])
        head, listed = f"{escape(str(value))}: {len(rows)}", list_passages(rows, places)
        live.append(f"<details><summary>{head}</summary>{listed}</details>")
        still.append(f"<p><strong>{head}</strong></p>{listed}")
    return Output(f'<div class="wb passages">{"".join(live)}</div>', "".join(still), read_style())


def draw_rows(table, spans, sentences, *, by="actor", digits=2):
    """Draw a table each row of which opens into the passages behind it.

    `spans` are the rows that the table counts (for `count_actors(mentions)`:
    `select_counted(mentions)`), `by` the column that joins the two, "actor" by default. Numbers are
    rounded to `digits`, 2 by default. Rows open by mouse, touch or keyboard.
    """
    named = name_missing(spans, by)
    if by not in table:
        raise SchemaError(
            f"no column `{by}` in the table to open its rows by. "
            f"Choose from: {', '.join(map(str, table))}."
        )
    places = schema.check(sentences, "sentences").set_index(SENTENCE)
    groups = dict(list(named.groupby(by, sort=False)))
    looks = {column: NUMBER_CLASS if is_numeric_dtype(table[column]) else "" for column in table}
    others = max(len(looks) - 1, 0)
    width = f"grid-template-columns: minmax(10em, 2fr) repeat({others}, minmax(4em, 1fr));"
    head = draw_line({column: write_column(column) for column in table}, looks)
    rows = []
    for row in table.to_dict("records"):
        cells = draw_line({key: write_cell(value, digits) for key, value in row.items()}, looks)
        value = UNRESOLVED if pd.isna(row[by]) else row[by]
        listed = list_passages(groups.get(value, named.iloc[:0]), places)
        summary = f'<summary><span class="cells" style="{width}">{cells}</span></summary>'
        rows.append(f"<details>{summary}{listed}</details>")
    head = f'<div class="cells head" style="{width}">{head}</div>'
    return Output(f'<div class="wb rows">{head}{"".join(rows)}</div>', look=read_style())


def draw_line(cells, looks):
    """The cells of a row, {column: text}, each in the look of its column."""
    return "".join(f"<span{looks[column]}>{escape(said)}</span>" for column, said in cells.items())


def name_missing(spans, by):
    """The spans with "unresolved" where the column `by` is missing.

    SchemaError where there is no such column.
    """
    if by not in spans:
        raise SchemaError(
            f"no column `{by}` to group the passages by. Choose from: {', '.join(spans)}."
        )
    named = spans[by].astype("object").where(spans[by].notna(), UNRESOLVED)
    return spans.assign(**{by: named})


def list_passages(rows, places):
    """The sentences of some spans as a list, the spans marked."""
    items = []
    for place, spans in rows.groupby(SENTENCE, sort=False):
        sentence = places.loc[place]
        link = link_sentence(*place, sentence["paragraph_id"])
        items.append(f"<li>{link} {mark_spans(sentence, spans)}</li>")
    return f"<ul>{''.join(items)}</ul>"


def link_sentence(doc_id, sentence_id, paragraph_id):
    """A link to a sentence in the article, which says where it stands."""
    anchor = sentence_anchor(doc_id, sentence_id)
    return f'<a href="#{anchor}">¶{paragraph_id}, sentence {sentence_id}</a>'


def mark_spans(sentence, spans):
    """A sentence as HTML with its spans marked, nested ones too."""
    text, first = sentence["text"], sentence["start"]
    rules = spans["rule"].fillna("") if "rule" in spans else [""] * len(spans)
    marks = zip(spans["start"] - first, spans["end"] - first, rules, strict=True)
    marks = sorted(marks, key=lambda mark: (mark[0], -mark[1]))
    pieces, ends, position = [], [], 0
    # What stands at the end of the text is no mark: it closes those that are open.
    for start, end, rule in [*marks, (len(text), len(text), None)]:
        while ends and ends[-1] <= start:
            pieces += [escape(text[position : ends[-1]]), "</mark>"]
            position = ends.pop()
        pieces.append(escape(text[position:start]))
        position = start
        if rule is not None:
            pieces.append(f'<mark title="{escape(rule)}">' if rule else "<mark>")
            # A mark goes no further than the mark around it, and its sentence.
            around = ends[-1] if ends else len(text)
            ends.append(min(end, around))
    return "".join(pieces)


def draw_stance_words(words, stance, sentences):
    """Draw which words carry the tone towards each mention: its sentence, the mention framed, the
    words shaded by what they add.

    `words` comes from `score_stance_words`, `stance` are the rows asked about. A line below a word
    says that it makes the tone more negative (full) or more positive (dotted); pointing at it shows
    by how much.
    """
    places = schema.check(sentences, "sentences").set_index(SENTENCE)
    mentions = ["doc_id", "mention_start", "mention_end"]
    groups = schema.check(words, "stance_words").groupby(mentions, sort=False)
    groups = dict(list(groups))
    items = []
    for row in schema.check(stance, "stance").itertuples():
        weighed = groups.get((row.doc_id, row.start, row.end))
        if weighed is not None:
            link = link_sentence(row.doc_id, row.sentence_id, row.paragraph_id)
            who = escape(fill_missing(row.actor, UNRESOLVED))
            said = escape(describe_weights(row, weighed))
            shaded = shade_sentence(places.loc[(row.doc_id, row.sentence_id)], row, weighed)
            items.append(f"<li>{link} <strong>{who}</strong>: {said}<br>{shaded}</li>")
    if not items:
        return Output(NOTHING_TO_SHOW)
    return Output(f'<div class="wb carried"><ul>{"".join(items)}</ul></div>', look=read_style())


def describe_weights(mention, words):
    """The tone towards a mention, and whether no word carries it."""
    said = f"{fill_missing(mention.label, UNSURE)}, tone {mention.tone:+.2f}"
    if (words["weight"].abs() < SLIGHT).all():
        said += "; no single word carries it"
    return said


def shade_sentence(sentence, mention, words):
    """A sentence as HTML with the mention framed and each word shaded by its weight."""
    text, first = sentence["text"], sentence["start"]
    heavy = words[words["weight"].abs() >= SLIGHT]
    spans = [(row.start, row.end, row.weight) for row in heavy.itertuples()]
    spans.append((mention.start, mention.end, None))
    shown, position = [], 0
    for start, end, weight in sorted(spans, key=lambda span: span[0]):
        start, end = start - first, end - first
        shown.append(escape(text[position:start]))
        word = escape(text[start:end])
        shown.append(f"<b>{word}</b>" if weight is None else shade_word(word, weight))
        position = end
    shown.append(escape(text[position:]))
    return "".join(shown)


def shade_word(word, weight):
    """A word on a ground that is darker the more it moves the tone."""
    kind = "negative" if weight < 0 else "positive"
    share = min(LIGHTEST + DARKER * abs(weight), DARKEST)
    ground = f"color-mix(in srgb, var(--wb-{kind}) {share:.0f}%, transparent)"
    style = f"background: {ground}"
    return f'<span class="{kind}" style="{style}" title="{weight:+.2f}">{word}</span>'
