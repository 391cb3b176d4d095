"""Tables, notes, folded texts and measured accuracy as they stand on a page, each number with its address. All text escaped."""

import re
from html import escape

import pandas as pd
from pandas.api.types import is_bool_dtype, is_numeric_dtype

from ..errors import SchemaError
from ..lexicons import read_accuracy
from ..measure.addresses import BEHIND, PREFIX, address_counts, sentence_anchor
from .output import Output
from .theme import read_style

# A number in a text with the address of its passages, as Markdown has it.
LINKED = re.compile(rf"\[([^\[\]]*)\]\(({PREFIX}[^()\s]*)\)")
PLACE_COLUMNS = {"doc_id", "sentence_id"}


def draw_table(table, digits=2):
    """Draw a table for reading: no row numbers, numbers rounded to `digits`, missing values as a dash.

    Where the table says in which sentence a row stands, the row begins with a link to it; a column `passages` with addresses
    makes the numbers of the column before it lead to their passages.
    """
    links = {}
    shown = table.drop(columns="passages", errors="ignore")
    if "passages" in table:
        before = table.columns[table.columns.get_loc("passages") - 1]
        links[before] = table["passages"].tolist()
    if set(table) >= PLACE_COLUMNS:
        shown = shown.drop(
            columns=["doc_id", "sentence_id", "paragraph_id", "start", "end"], errors="ignore"
        )
        places = zip(table["doc_id"], table["sentence_id"], strict=True)
        shown.insert(0, "sentence", table["sentence_id"].tolist())
        links["sentence"] = [f"#{sentence_anchor(*place)}" for place in places]
    return draw_cells(shown, links, digits)


def draw_counts(table, name, digits=2):
    """Draw a counted table each number of which leads to its passages in the article on the same page (see `draw_article`).

    `name` is what the codebook calls the table ("actors", "voices", "stance_counts" …); columns may have been left out.

    >>> draw_counts(read_accuracy("tone"), "tone")
    Traceback (most recent call last):
    ...
    analysis.errors.SchemaError: no counted table is called “tone”. Choose from: actors, prominence, roles, choices, voices, cues, talk, …
    """
    if name not in BEHIND:
        raise SchemaError(
            f"no counted table is called “{name}”. Choose from: {', '.join(list(BEHIND)[:7])}, …"
        )
    links = {
        column: address_counts(table, name, column) for column in BEHIND[name] if column in table
    }
    return draw_cells(table, links, digits)


def draw_cells(table, links, digits):
    """A table as HTML, the cells of some columns as links; on paper, links that lead to the drawer are plain."""
    if table.empty:
        return Output(
            '<div class="wb"><p class="note">None.</p></div>',
            '<p class="note">None.</p>',
            read_style(),
        )
    numeric = {
        column: is_numeric_dtype(table[column]) and not is_bool_dtype(table[column])
        for column in table
    }
    number = {
        column: ' class="number"' if numeric[column] and table[column].notna().any() else ""
        for column in table
    }
    head = "".join(
        f'<th scope="col"{number[column]}>{escape(str(column).replace("_", " "))}</th>'
        for column in table
    )
    aligned = {
        column: ' style="text-align: right"' if said else "" for column, said in number.items()
    }  # what paper understands
    live, still = [], []
    for place, row in enumerate(table.itertuples(index=False, name=None)):
        cells = {
            column: escape(cell(value, digits)) for column, value in zip(table, row, strict=True)
        }
        where = {
            column: links[column][place]
            for column in links
            if isinstance(links[column][place], str)
        }
        live.append(
            "".join(
                f"<td{number[column]}>{follow(said, where.get(column))}</td>"
                for column, said in cells.items()
            )
        )
        inside = {
            column: address for column, address in where.items() if not address.startswith(PREFIX)
        }
        still.append(
            "".join(
                f"<td{aligned[column]}>{follow(said, inside.get(column))}</td>"
                for column, said in cells.items()
            )
        )
    heads = [head, re.sub(' class="number"', ' style="text-align: right"', head)]
    pages = [
        f"<table><thead><tr>{names}</tr></thead><tbody>{''.join(f'<tr>{row}</tr>' for row in rows)}</tbody></table>"
        for names, rows in zip(heads, (live, still), strict=True)
    ]
    return Output(
        f'<div class="wb scroll" tabindex="0" role="group" aria-label="table">{pages[0]}</div>',
        pages[1],
        read_style(),
    )


def follow(said, address):
    """Something said as a link, if there is an address."""
    return f'<a class="n" href="{escape(address)}">{said}</a>' if address else said


def cell(value, digits):
    """A value as a reader wants to see it: no missing values as nan, no needless decimals."""
    if pd.isna(value):
        return "–"
    return (
        f"{value:.{digits}f}"
        if isinstance(value, float) and not value.is_integer()
        else f"{value:g}"
        if isinstance(value, float)
        else str(value)
    )


def draw_note(text):
    """Draw a sentence or two as a paragraph; numbers with an address, `[7 mentions](#find/…)`, lead to their passages."""
    live = LINKED.sub(lambda found: follow(found[1], found[2].replace("&amp;", "&")), escape(text))
    plain = LINKED.sub(r"\1", text)
    return Output(f'<div class="wb"><p>{live}</p></div>', f"<p>{escape(plain)}</p>", read_style())


def draw_accuracy(task):
    """Draw in plain words how well the workbook did at `task` on public data, to stand below a figure."""
    rows = read_accuracy(task)
    rows = rows[rows["meaning"] != ""]
    said = f"Measured accuracy ({'; '.join(rows['data'].unique())}): {' '.join(rows['meaning'])}"
    return Output(
        f'<div class="wb"><p class="note accuracy">{escape(said)}</p></div>',
        f'<p class="accuracy">{escape(said)}</p>',
        read_style(),
    )


def draw_text(title, text):
    """Draw a longer text in Markdown, folded under its title; HTML in it is shown as text."""
    from markdown_it import MarkdownIt

    page = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    page = re.sub(r"<(/?)h[1-6]>", r"<\1h4>", page)
    head = f"<summary>{escape(title)}</summary>"
    return Output(
        f'<div class="wb"><details>{head}{page}</details></div>',
        f"<h3>{escape(title)}</h3>{page}",
        read_style(),
    )
