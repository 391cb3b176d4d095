"""Text with what was found in it: passages behind a number, the article with numbered sentences, tables. All text escaped."""

from html import escape

from IPython.display import HTML
from pandas.api.types import is_numeric_dtype
from pandas.io.formats.style import Styler

from . import schema
from .errors import SchemaError
from .lexicons import read_accuracy

TABLE_LOOK = [
    {"selector": "", "props": "display: block; overflow-x: auto; max-width: 100%;"},
    {"selector": "th, td", "props": "text-align: left; white-space: normal;"},
    {"selector": "td.number", "props": "text-align: right; font-variant-numeric: tabular-nums;"},
]


def anchor(doc_id, sentence_id):
    """The id of a sentence in a page."""
    return f"s-{doc_id}-{sentence_id}"


def draw_article(articles, sentences):
    """Draw the text as it was analysed, sentence by sentence with numbers, to which the passages link."""
    texts = schema.check(articles, "articles").set_index("doc_id")
    parts = []
    for doc_id, rows in schema.check(sentences, "sentences").groupby("doc_id", sort=False):
        title = texts.loc[doc_id, "title"]
        parts.append(f"<h4>{escape(title)}</h4>" if isinstance(title, str) else "")
        for number, paragraph in rows.groupby("paragraph_id", sort=True):
            pieces = [
                f'<span id="{anchor(doc_id, row.sentence_id)}"><sup>{row.sentence_id}</sup> {escape(row.text)}</span>'
                for row in paragraph.itertuples()
            ]
            parts.append(f'<p><span class="number" title="paragraph {number}">¶{number}</span> {" ".join(pieces)}</p>')
    return HTML(f'<div class="article">{"".join(parts)}</div>')


def draw_passages(spans, sentences, by="actor", values=None):
    """Draw the passages behind a count: for each value of the column `by`, its sentences with the spans marked.

    `spans` is any table with doc_id, sentence_id, start and end (mentions, tone_words, hits); where it has a `rule`, pointing
    at a mark shows it. `values` chooses values and their order; by default all, the most frequent first. A missing value is
    shown as "unresolved".
    """
    named = name_missing(spans, by)
    if values is None:
        values = named[by].value_counts(sort=False).sort_values(ascending=False, kind="stable").index
    if not len(values):
        return HTML("<p>Nothing to show.</p>")
    places = schema.check(sentences, "sentences").set_index(["doc_id", "sentence_id"])
    groups = dict(iter(named.groupby(by, sort=False)))
    parts = []
    for value in values:
        rows = groups.get(value, named.iloc[:0])
        parts.append(f"<details><summary>{escape(str(value))}: {len(rows)}</summary>{passage_list(rows, places)}</details>")
    return HTML(f'<div class="passages">{"".join(parts)}</div>')


def draw_rows(table, spans, sentences, by="actor", digits=2):
    """Draw a table each row of which opens into the passages behind it.

    `spans` are the rows that the table counts (for `count_actors(mentions)`: `find_counted(mentions)`), `by` the column that
    joins the two. Rows open by mouse, touch or keyboard.
    """
    named = name_missing(spans, by)
    if by not in table:
        raise SchemaError(f"no column `{by}` in the table to open its rows by. Choose from: {', '.join(map(str, table))}.")
    places = schema.check(sentences, "sentences").set_index(["doc_id", "sentence_id"])
    groups = dict(iter(named.groupby(by, sort=False)))
    numeric = {column: is_numeric_dtype(table[column]) for column in table}
    width = f"grid-template-columns: minmax(10em, 2fr) repeat({max(len(numeric) - 1, 0)}, minmax(4em, 1fr));"
    head = "".join(f"<span{NUMBER * numeric[column]}>{escape(str(column).replace('_', ' '))}</span>" for column in table)
    rows = []
    for row in table.to_dict("records"):
        cells = "".join(f"<span{NUMBER * numeric[column]}>{escape(cell(row[column], digits))}</span>" for column in table)
        value = row[by] if row[by] == row[by] and row[by] is not None else "unresolved"
        passages = passage_list(groups.get(value, named.iloc[:0]), places)
        rows.append(f'<details><summary><span class="cells" style="{width}">{cells}</span></summary>{passages}</details>')
    return HTML(f'{ROWS_LOOK}<div class="rows"><div class="cells head" style="{width}">{head}</div>{"".join(rows)}</div>')


NUMBER = ' class="number"'
ROWS_LOOK = """<style>
.rows, .rows span { font-family: "Liberation Sans", Arial, Helvetica, sans-serif; font-size: 0.95rem; }
.rows { overflow-x: auto; }
.rows .cells { display: inline-grid; width: calc(100% - 2em); gap: 0.6em; }
.rows .head { padding-left: 1.3em; font-weight: bold; }
.rows .number { text-align: right; font-variant-numeric: tabular-nums; }
.rows details { border-top: 1px solid #ddd; padding: 0.2em 0; }
.rows summary { cursor: pointer; }
</style>"""


def cell(value, digits):
    """A value as a reader wants to see it: no missing values as nan, no needless decimals."""
    if value is None or value != value:
        return "–"
    return f"{value:.{digits}f}" if isinstance(value, float) and not value.is_integer() else f"{value:g}" if isinstance(value, float) else str(value)


def name_missing(spans, by):
    """The spans with "unresolved" where the column `by` is missing; SchemaError where there is no such column."""
    if by not in spans:
        raise SchemaError(f"no column `{by}` to group the passages by. Choose from: {', '.join(spans)}.")
    return spans.assign(**{by: spans[by].astype("object").where(spans[by].notna(), "unresolved")})


def passage_list(rows, places):
    """The sentences of some spans as a list, the spans marked."""
    items = [passage(places.loc[place], place, group) for place, group in rows.groupby(["doc_id", "sentence_id"], sort=False)]
    return f"<ul>{''.join(items)}</ul>"


def passage(sentence, place, spans):
    """One sentence as a list item, its spans marked (nested ones too), with a link to the sentence in the article."""
    text, first = sentence["text"], sentence["start"]
    rules = spans["rule"].fillna("") if "rule" in spans else [""] * len(spans)
    marks = sorted(zip(spans["start"] - first, spans["end"] - first, rules, strict=True), key=lambda mark: (mark[0], -mark[1]))
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
    return f'<li><a href="#{anchor(*place)}">{where}</a> {"".join(pieces)}</li>'


def draw_table(table, digits=2):
    """Draw a table for reading: no row numbers, numbers rounded to `digits`, missing values as a dash."""
    shown = table.rename(columns=lambda name: str(name).replace("_", " ")).reset_index(drop=True)
    classes = (
        shown.apply(lambda column: ["number" if is_numeric_dtype(column) and column.notna().any() else ""] * len(column)) if len(shown) else None
    )
    style = Styler(shown, uuid_len=0, cell_ids=False).format(precision=digits, na_rep="–", escape="html").format_index(escape="html", axis=1)
    style = style.hide(axis="index").set_table_styles(TABLE_LOOK)
    return HTML((style if classes is None else style.set_td_classes(classes)).to_html())


def draw_note(text):
    """Draw a sentence or two as a paragraph."""
    return HTML(f"<p>{escape(text)}</p>")


def draw_accuracy(task):
    """Draw in plain words how well the workbook did at `task` on public data, to stand below a figure."""
    rows = read_accuracy(task)
    rows = rows[rows["meaning"] != ""]
    said = f"Measured accuracy ({'; '.join(rows['data'].unique())}): {' '.join(rows['meaning'])}"
    return HTML(f'<p class="accuracy"><small>{escape(said)}</small></p>')


# A word that moves the tone by less than this, either way, is not shaded.
SLIGHT = 0.05
WORDS_LOOK = """<style>
.carried { font-family: "Liberation Sans", Arial, Helvetica, sans-serif; font-size: 0.95rem; line-height: 1.9; }
.carried li { margin-bottom: 0.5em; }
.carried b { outline: 1.5px solid #333; padding: 0 0.2em; margin: 0 0.15em; }
.carried span { padding: 0 0.1em; color: #000; }
.carried .down { border-bottom: 3px solid #D55E00; }
.carried .up { border-bottom: 3px dotted #0072B2; }
</style>"""


def draw_stance_words(words, stance, sentences):
    """Draw which words carry the tone towards each mention: its sentence, the mention framed, the words shaded by what they add.

    `words` comes from `find_stance_words`, `stance` are the rows asked about. A line below a word says that it makes the tone
    more negative (full) or more positive (dotted); pointing at it shows by how much.
    """
    places = schema.check(sentences, "sentences").set_index(["doc_id", "sentence_id"])
    groups = dict(iter(schema.check(words, "stance_words").groupby(["doc_id", "mention_start", "mention_end"], sort=False)))
    items = []
    for row in schema.check(stance, "stance").itertuples():
        group = groups.get((row.doc_id, row.start, row.end))
        if group is not None:
            sentence = places.loc[(row.doc_id, row.sentence_id)]
            who = escape(row.actor if isinstance(row.actor, str) else "unresolved")
            said = f"{row.label if isinstance(row.label, str) else 'too unsure to call'}, tone {row.tone:+.2f}"
            said += "" if (group["weight"].abs() >= SLIGHT).any() else "; no single word carries it"
            link = f'<a href="#{anchor(row.doc_id, row.sentence_id)}">¶{row.paragraph_id}, sentence {row.sentence_id}</a>'
            items.append(f"<li>{link} <strong>{who}</strong>: {escape(said)}<br>{shade(sentence, row, group)}</li>")
    return HTML(f'{WORDS_LOOK}<ul class="carried">{"".join(items)}</ul>' if items else "<p>Nothing to show.</p>")


def shade(sentence, mention, words):
    """A sentence as HTML with the mention framed and each word shaded by its weight."""
    text, first = sentence["text"], sentence["start"]
    pieces = [(row.start - first, row.end - first, row.weight) for row in words.itertuples() if abs(row.weight) >= SLIGHT]
    pieces = sorted([*pieces, (mention.start - first, mention.end - first, None)], key=lambda piece: piece[0])
    shown, position = [], 0
    for start, end, weight in pieces:
        shown.append(escape(text[position:start]))
        if weight is None:
            shown.append(f"<b>{escape(text[start:end])}</b>")
        else:
            red, green, blue = (213, 94, 0) if weight < 0 else (0, 114, 178)
            colour = f"rgba({red},{green},{blue},{min(0.12 + abs(weight) / 2, 0.6):.2f})"
            kind = "down" if weight < 0 else "up"
            shown.append(f'<span class="{kind}" style="background:{colour}" title="{weight:+.2f}">{escape(text[start:end])}</span>')
        position = end
    return "".join(shown) + escape(text[position:])
