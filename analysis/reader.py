"""Text with what was found in it: passages behind a number, the article with numbered sentences, tables. All text escaped."""

from html import escape

from IPython.display import HTML
from pandas.api.types import is_numeric_dtype
from pandas.io.formats.style import Styler

from . import schema
from .errors import SchemaError
from .lexicons import read_accuracy

TABLE_LOOK = [
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

    `spans` is any table with doc_id, sentence_id, start and end (mentions, tone_words, hits). `values` chooses values and
    their order; by default all, the most frequent first. A missing value is shown as "unresolved".
    """
    if by not in spans:
        raise SchemaError(f"no column `{by}` to group the passages by. Choose from: {', '.join(spans)}.")
    places = schema.check(sentences, "sentences").set_index(["doc_id", "sentence_id"])
    named = spans.assign(**{by: spans[by].astype("object").where(spans[by].notna(), "unresolved")})
    if values is None:
        values = named[by].value_counts(sort=False).sort_values(ascending=False, kind="stable").index
    if not len(values):
        return HTML("<p>Nothing to show.</p>")
    parts = []
    for value in values:
        rows = named[named[by] == value]
        items = [
            passage(places.loc[place], place, list(zip(group["start"], group["end"], strict=True)))
            for place, group in rows.groupby(["doc_id", "sentence_id"], sort=False)
        ]
        parts.append(f"<details><summary>{escape(str(value))}: {len(rows)}</summary><ul>{''.join(items)}</ul></details>")
    return HTML(f'<div class="passages">{"".join(parts)}</div>')


def passage(sentence, place, spans):
    """One sentence as a list item, its spans marked, with a link to the sentence in the article."""
    pieces, position = [], sentence["start"]
    for start, end in sorted(spans):
        before = sentence["text"][position - sentence["start"] : start - sentence["start"]]
        pieces += [escape(before), f"<mark>{escape(sentence['text'][start - sentence['start'] : end - sentence['start']])}</mark>"]
        position = end
    rest = escape(sentence["text"][position - sentence["start"] :])
    where = f"¶{sentence['paragraph_id']}, sentence {place[1]}"
    return f'<li><a href="#{anchor(*place)}">{where}</a> {"".join(pieces)}{rest}</li>'


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
