"""The sentences behind a number, in lists: of one row or filter, of each value, of each row of a table. All text escaped."""

from html import escape

from pandas.api.types import is_numeric_dtype

from .. import schema
from ..errors import SchemaError
from ..measure.addresses import sentence_anchor
from ..text import how_many
from .output import Output
from .passages import select_rows
from .tables import cell
from .theme import read_style

NUMBER_CLASS = ' class="number"'
# A word that moves the tone by less than this, either way, is not shaded.
SLIGHT = 0.05


def show_passages(row, spans, sentences):
    """Show the sentences behind one row of a counted table, or behind a filter, the spans marked.

    `row` is a row (`actors.loc[0]`) or {column: value, or list of values}; `spans` are the rows that were counted (for
    `count_actors(mentions)`: `find_counted(mentions)`). Chosen are the spans that agree with the row in every column that both
    have, apart from measured numbers. If they are not as many as the row's `n` says, that is said.

    >>> articles = read_texts("Putin met Joe Biden. Putin left.")
    >>> mentions = find_mentions(articles, split_tokens(articles))
    >>> shown = show_passages(count_actors(mentions).loc[0], find_counted(mentions), split_sentences(articles))
    >>> shown.data.count("<mark")
    2
    """
    keys, rows = select_rows(row, spans)
    n = row.get("n")
    wrong = n is not None and n == n and n != len(rows)
    values = " · ".join(
        str(row[key]) if row[key] is not None and row[key] == row[key] else "left open"
        for key in keys
    )
    listed = passage_list(
        rows, schema.check(sentences, "sentences").set_index(["doc_id", "sentence_id"])
    )
    note = (
        f'<p class="wrong">The row says {n}. Hand over the rows that it counts, such as find_counted(mentions).</p>'
        if wrong
        else ""
    )
    listed = listed if len(rows) else "<p>Nothing to show.</p>"
    head = f"<strong>{escape(values)}: {how_many(len(rows), 'passage')}</strong>"
    return Output(f'<div class="wb passages"><p>{head}</p>{note}{listed}</div>', look=read_style())


def draw_passages(spans, sentences, by="actor", values=None):
    """Draw the passages behind a count: for each value of the column `by`, its sentences with the spans marked.

    `spans` is any table with doc_id, sentence_id, start and end (mentions, tone_words, hits); where it has a `rule`, pointing
    at a mark shows it. `values` chooses values and their order; by default all, the most frequent first. A missing value is
    shown as "unresolved".
    """
    named = name_missing(spans, by)
    if values is None:
        values = (
            named[by].value_counts(sort=False).sort_values(ascending=False, kind="stable").index
        )
    if not len(values):
        return Output("<p>Nothing to show.</p>")
    places = schema.check(sentences, "sentences").set_index(["doc_id", "sentence_id"])
    groups = dict(iter(named.groupby(by, sort=False)))
    live, still = [], []
    for value in values:
        rows = groups.get(value, named.iloc[:0])
        listed = passage_list(rows, places)
        live.append(
            f"<details><summary>{escape(str(value))}: {len(rows)}</summary>{listed}</details>"
        )
        still.append(f"<p><strong>{escape(str(value))}: {len(rows)}</strong></p>{listed}")
    return Output(f'<div class="wb passages">{"".join(live)}</div>', "".join(still), read_style())


def draw_rows(table, spans, sentences, by="actor", digits=2):
    """Draw a table each row of which opens into the passages behind it.

    `spans` are the rows that the table counts (for `count_actors(mentions)`: `find_counted(mentions)`), `by` the column that
    joins the two. Rows open by mouse, touch or keyboard.
    """
    named = name_missing(spans, by)
    if by not in table:
        raise SchemaError(
            f"no column `{by}` in the table to open its rows by. Choose from: {', '.join(map(str, table))}."
        )
    places = schema.check(sentences, "sentences").set_index(["doc_id", "sentence_id"])
    groups = dict(iter(named.groupby(by, sort=False)))
    numeric = {column: is_numeric_dtype(table[column]) for column in table}
    width = f"grid-template-columns: minmax(10em, 2fr) repeat({max(len(numeric) - 1, 0)}, minmax(4em, 1fr));"
    head = "".join(
        f"<span{NUMBER_CLASS * numeric[column]}>{escape(str(column).replace('_', ' '))}</span>"
        for column in table
    )
    rows = []
    for row in table.to_dict("records"):
        cells = "".join(
            f"<span{NUMBER_CLASS * numeric[column]}>{escape(cell(row[column], digits))}</span>"
            for column in table
        )
        value = row[by] if row[by] == row[by] and row[by] is not None else "unresolved"
        passages = passage_list(groups.get(value, named.iloc[:0]), places)
        rows.append(
            f'<details><summary><span class="cells" style="{width}">{cells}</span></summary>{passages}</details>'
        )
    return Output(
        f'<div class="wb rows"><div class="cells head" style="{width}">{head}</div>{"".join(rows)}</div>',
        look=read_style(),
    )


def name_missing(spans, by):
    """The spans with "unresolved" where the column `by` is missing; SchemaError where there is no such column."""
    if by not in spans:
        raise SchemaError(
            f"no column `{by}` to group the passages by. Choose from: {', '.join(spans)}."
        )
    return spans.assign(**{by: spans[by].astype("object").where(spans[by].notna(), "unresolved")})


def passage_list(rows, places):
    """The sentences of some spans as a list, the spans marked."""
    items = [
        passage(places.loc[place], place, group)
        for place, group in rows.groupby(["doc_id", "sentence_id"], sort=False)
    ]
    return f"<ul>{''.join(items)}</ul>"


def passage(sentence, place, spans):
    """One sentence as a list item, its spans marked (nested ones too), with a link to the sentence in the article."""
    text, first = sentence["text"], sentence["start"]
    rules = spans["rule"].fillna("") if "rule" in spans else [""] * len(spans)
    marks = sorted(
        zip(spans["start"] - first, spans["end"] - first, rules, strict=True),
        key=lambda mark: (mark[0], -mark[1]),
    )
    pieces, open_marks, position = [], [], 0
    for start, end, rule in [*marks, (len(text), len(text), None)]:
        while open_marks and open_marks[-1] <= start:
            pieces += [escape(text[position : open_marks[-1]]), "</mark>"]
            position = open_marks.pop()
        pieces.append(escape(text[position:start]))
        position = start
        if rule is not None:
            pieces.append(f'<mark title="{escape(rule)}">' if rule else "<mark>")
            open_marks.append(min([end, *open_marks[-1:]]))
    where = f"¶{sentence['paragraph_id']}, sentence {place[1]}"
    return f'<li><a href="#{sentence_anchor(*place)}">{where}</a> {"".join(pieces)}</li>'


def draw_stance_words(words, stance, sentences):
    """Draw which words carry the tone towards each mention: its sentence, the mention framed, the words shaded by what they add.

    `words` comes from `find_stance_words`, `stance` are the rows asked about. A line below a word says that it makes the tone
    more negative (full) or more positive (dotted); pointing at it shows by how much.
    """
    places = schema.check(sentences, "sentences").set_index(["doc_id", "sentence_id"])
    groups = dict(
        iter(
            schema.check(words, "stance_words").groupby(
                ["doc_id", "mention_start", "mention_end"], sort=False
            )
        )
    )
    items = []
    for row in schema.check(stance, "stance").itertuples():
        group = groups.get((row.doc_id, row.start, row.end))
        if group is not None:
            sentence = places.loc[(row.doc_id, row.sentence_id)]
            who = escape(row.actor if isinstance(row.actor, str) else "unresolved")
            said = f"{row.label if isinstance(row.label, str) else 'too unsure to call'}, tone {row.tone:+.2f}"
            said += "" if (group["weight"].abs() >= SLIGHT).any() else "; no single word carries it"
            link = f'<a href="#{sentence_anchor(row.doc_id, row.sentence_id)}">¶{row.paragraph_id}, sentence {row.sentence_id}</a>'
            items.append(
                f"<li>{link} <strong>{who}</strong>: {escape(said)}<br>{shade(sentence, row, group)}</li>"
            )
    if not items:
        return Output("<p>Nothing to show.</p>")
    return Output(f'<div class="wb carried"><ul>{"".join(items)}</ul></div>', look=read_style())


def shade(sentence, mention, words):
    """A sentence as HTML with the mention framed and each word shaded by its weight."""
    text, first = sentence["text"], sentence["start"]
    pieces = [
        (row.start - first, row.end - first, row.weight)
        for row in words.itertuples()
        if abs(row.weight) >= SLIGHT
    ]
    pieces = sorted(
        [*pieces, (mention.start - first, mention.end - first, None)], key=lambda piece: piece[0]
    )
    shown, position = [], 0
    for start, end, weight in pieces:
        shown.append(escape(text[position:start]))
        if weight is None:
            shown.append(f"<b>{escape(text[start:end])}</b>")
        else:
            kind = "negative" if weight < 0 else "positive"
            ground = f"background: color-mix(in srgb, var(--wb-{kind}) {min(12 + 50 * abs(weight), 60):.0f}%, transparent)"
            shown.append(
                f'<span class="{kind}" style="{ground}" title="{weight:+.2f}">{escape(text[start:end])}</span>'
            )
        position = end
    return "".join(shown) + escape(text[position:])
