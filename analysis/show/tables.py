"""Tables, notes, folded texts and measured accuracy as they stand on a page, each number with its
address. All text escaped."""

import re
from html import escape

import pandas as pd
from pandas.api.types import is_bool_dtype, is_numeric_dtype

from ..errors import SchemaError
from ..lexicons import read_accuracy
from ..measure.addresses import BEHIND, PREFIX, address_counts, sentence_anchor
from ..measure.outlets import names_by_article
from ..schema import PLACE, SENTENCE
from .output import Output
from .theme import read_style

# A number in a text with the address of its passages, as Markdown has it.
LINKED = re.compile(rf"\[([^\[\]]*)\]\(({PREFIX}[^()\s]*)\)")
# How a cell with a number is set to the right: on the screen by the page's style, and in what
# paper understands.
NUMBER_CLASS = ' class="number"'
NUMBER_STYLE = ' style="text-align: right"'


def draw_table(table, *, digits=2, articles=None):
    """Draw a table for reading: no row numbers, missing values as a dash.

    Numbers are rounded to `digits`, 2 by default. Where the table says in which sentence a row
    stands, the row begins with a link to it; a column `passages` with addresses makes the numbers
    of the column before it lead to their passages. With `articles` an article has its short name
    in the place of its `doc_id`.
    """
    links = {}
    shown = table.drop(columns="passages", errors="ignore")
    if "passages" in table:
        before = table.columns[table.columns.get_loc("passages") - 1]
        links[before] = table["passages"].tolist()
    if set(table) >= set(SENTENCE):
        dropped = PLACE if articles is None else [name for name in PLACE if name != "doc_id"]
        shown = shown.drop(columns=dropped, errors="ignore")
        shown.insert(0 if articles is None else 1, "sentence", table["sentence_id"].tolist())
        places = zip(table["doc_id"], table["sentence_id"], strict=True)
        links["sentence"] = [f"#{sentence_anchor(*place)}" for place in places]
    return draw_cells(with_names(shown, articles), links, digits)


def with_names(table, articles):
    """The table with short names in the place of the numbers of articles, which stay the keys."""
    if articles is None:
        return table
    names = names_by_article(articles)
    columns = [column for column in ("doc_id", "other_doc_id") if column in table]
    named = table.assign(**{column: table[column].map(names) for column in columns})
    return named.rename(columns={column: column.replace("doc_id", "article") for column in columns})


def draw_counts(table, name, *, digits=2, articles=None):
    """Draw a counted table each number of which leads to its passages in the article on the same
    page (see `draw_article`).

    `name` is what the codebook calls the table ("actors", "voices", "stance_counts" …); columns may
    be left out. `digits` and `articles` as in `draw_table`. An unknown name is a SchemaError.

    >>> draw_counts(read_accuracy("tone"), "tone")
    Traceback (most recent call last):
    ...
    analysis.errors.SchemaError: no counted table is called “tone”.
    Choose from: actors, unnamed, prominence, roles, choices, voices, cues, …
    """
    if name not in BEHIND:
        known = ", ".join(list(BEHIND)[:7])
        raise SchemaError(f"no counted table is called “{name}”. Choose from: {known}, …")
    counted = [column for column in BEHIND[name] if column in table]
    links = {column: address_counts(table, name, column) for column in counted}
    return draw_cells(with_names(table, articles), links, digits)


def draw_disputed(counts):
    """Draw what articles give different figures for, from `count_disputed(disputed, articles)`.

    A row a value, those of one thing below one another; the number of passages leads to them.
    """
    links = {"n": address_counts(counts, "disputed_counts")}
    is_first = ~counts["thing"].duplicated()
    shown = counts.assign(what=counts["what"].where(is_first, ""))
    shown = shown[["what", "text", "n", "voices", "articles"]]
    names = {"text": "figure", "articles": "told by", "voices": "in the words of"}
    return draw_cells(shown.rename(columns=names), links, 2)


def draw_cells(table, links, digits):
    """A table as HTML, the cells of some columns as links: {column: its addresses}."""
    if table.empty:
        nothing = '<p class="note">None.</p>'
        return Output(f'<div class="wb">{nothing}</div>', nothing, read_style())
    live = draw_grid(table, links, digits, NUMBER_CLASS)
    still = draw_grid(table, keep_on_paper(links), digits, NUMBER_STYLE)
    html = f'<div class="wb scroll" tabindex="0" role="group" aria-label="table">{live}</div>'
    return Output(html, still, read_style())


def keep_on_paper(links):
    """The links but for those to passages, which paper cannot open."""
    kept = {}
    for column, addresses in links.items():
        kept[column] = [None if is_to_passages(address) else address for address in addresses]
    return kept


def is_to_passages(address):
    """Whether an address leads to passages, not to a place in the page."""
    return isinstance(address, str) and address.startswith(PREFIX)


def draw_grid(table, links, digits, number_look):
    """The rows and cells of a table; `number_look` is in the tags of cells with numbers."""
    looks = {column: number_look if holds_numbers(table[column]) else "" for column in table}
    heads = []
    for column, look in looks.items():
        name = escape(write_column(column))
        heads.append(f'<th scope="col"{look}>{name}</th>')
    rows = []
    for place, values in enumerate(table.itertuples(index=False, name=None)):
        cells = []
        for column, value in zip(table, values, strict=True):
            address = links[column][place] if column in links else None
            said = link_to(address, escape(write_cell(value, digits)))
            cells.append(f"<td{looks[column]}>{said}</td>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    head = f"<thead><tr>{''.join(heads)}</tr></thead>"
    return f"<table>{head}<tbody>{''.join(rows)}</tbody></table>"


def holds_numbers(column):
    """Whether a column is of numbers, at least one of them known."""
    is_number = is_numeric_dtype(column) and not is_bool_dtype(column)
    return is_number and column.notna().any()


def link_to(address, said):
    """Something said as a link, if there is an address."""
    if isinstance(address, str) and address:
        return f'<a class="n" href="{escape(address)}">{said}</a>'
    return said


def write_column(column):
    """The name of a column as a reader wants to see it."""
    return str(column).replace("_", " ")


def write_cell(value, digits):
    """A value as a reader wants to see it: no missing values as nan, no needless decimals."""
    if pd.isna(value):
        return "–"
    if not isinstance(value, float):
        return str(value)
    if value.is_integer():
        return f"{value:g}"
    return f"{value:.{digits}f}"


def draw_note(text):
    """Draw a sentence or two as a paragraph; of several lines, each as a point of a list.

    Numbers with an address, `[7 mentions](#find/…)`, lead to their passages; `**words**` are bold.
    """

    def link(found):
        return link_to(found[2].replace("&amp;", "&"), found[1])

    lines = text.split("\n")
    live = as_points(LINKED.sub(link, escape(line)) for line in lines)
    still = as_points(escape(LINKED.sub(r"\1", line)) for line in lines)
    return Output(f'<div class="wb">{live}</div>', still, read_style())


def as_points(lines):
    """Lines of HTML as a list, a line alone as a paragraph; what stands between ** is bold."""
    lines = [re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", line) for line in lines]
    if len(lines) == 1:
        return f"<p>{lines[0]}</p>"
    return f'<ul class="findings">{"".join(f"<li>{line}</li>" for line in lines)}</ul>'


def draw_accuracy(task):
    """Draw in plain words how well the workbook did at `task` on public data, to stand below a
    figure: a line, and folded below it the rest."""
    rows = read_accuracy(task)
    rows = rows[rows["meaning"] != ""]
    first, *rest = re.split(r"(?<=\.) (?=[A-Z(])", " ".join(rows["meaning"]))
    said = f"Measured accuracy: {first}"
    more = " ".join([*rest, f"({'; '.join(rows['data'].unique())})"])
    html = f"<details><summary>{escape(said)}</summary><p>{escape(more)}</p></details>"
    html = f'<div class="wb note accuracy">{html}</div>'
    return Output(html, f'<p class="accuracy">{escape(said)}</p>', read_style())


def draw_folded(title, drawn, *, on_paper=True):
    """Draw what was drawn as a table or note folded under a title.

    On paper, where nothing folds, it stands in full, or not at all without `on_paper`: a report as
    a page has it.
    """
    title = escape(title)
    folded = f"<details><summary>{title}</summary>{drawn.data}</details>"
    still = f"<h3>{title}</h3>{drawn.still}" if on_paper else ""
    return Output(f'<div class="wb">{folded}</div>', still, read_style())


def draw_text(title, text, *, on_paper=True):
    """Draw a longer text in Markdown, folded under its title; HTML in it is shown as text.

    `on_paper` as in `draw_folded`.
    """
    from markdown_it import MarkdownIt

    page = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    page = re.sub(r"<(/?)h[1-6]>", r"<\1h4>", page)
    return draw_folded(title, Output(page), on_paper=on_paper)
