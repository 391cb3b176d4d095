"""A concordance as it is read: the keyword in one column, its contexts on either side."""

from functools import cache
from html import escape

from ..errors import SchemaError
from ..measure.addresses import sentence_anchor
from ..text import how_many
from .output import Output
from .theme import TEMPLATES, read_style

HEADS = ("sentence", "left", "keyword", "right")


def draw_concordance(hits, *, title=None):
    """Draw a concordance aligned, from `find_keyword` or `find_words`: a line a hit.

    The keyword stands in one column. Where scripts run, lines can be sorted by the words on the
    left or right, or by the keyword, by mouse or keyboard. Each begins with a link to its sentence
    in the article on the same page. Lines are read aloud in the order of the text. `title` stands
    above it, by default what was looked for and how often it was found.
    """
    for column in ("doc_id", "sentence_id", "paragraph_id", "left", "right"):
        if column not in hits:
            raise SchemaError(
                f"no column `{column}`: expected a concordance. "
                "Make one with find_keyword(tokens, 'word')."
            )
    if hits.empty:
        nothing = '<p class="note">No hits.</p>'
        return Output(f'<div class="wb">{nothing}</div>', nothing, read_style())
    keyword = "keyword" if "keyword" in hits else "hit"
    several = hits["doc_id"].nunique() > 1
    if title is None:
        title = name_search(hits)
    caption = f"<caption>{escape(title)}</caption>"
    heads = "".join(f'<th scope="col" class="{name}">{name}</th>' for name in HEADS)
    rows, still = [], []
    for row in hits.to_dict("records"):
        where = f"¶{row['paragraph_id']}, {row['sentence_id']}"
        if several:
            where = f"{row['doc_id'][:4]} {where}"
        anchor = sentence_anchor(row["doc_id"], row["sentence_id"])
        left, hit, right = (escape(row[name]) for name in ("left", keyword, "right"))
        rows.append(
            f'<tr><td class="where"><a href="#{escape(anchor)}">{escape(where)}</a></td>'
            f'<td class="left"><span>{left}</span></td> <td class="keyword">{hit}</td> '
            f'<td class="right"><span>{right}</span></td></tr>'
        )
        cells = f'<td style="text-align: right">{left}</td><td><b>{hit}</b></td><td>{right}</td>'
        still.append(f"<tr>{cells}</tr>")
    body = f"<thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody>"
    table = f"<table>{caption}{body}</table>"
    live = (
        '<div class="wb scroll concordance" tabindex="0" role="group" aria-label="concordance">'
        f"{table}<script>{read_sorting()}</script></div>"
    )
    return Output(live, f"<table>{caption}<tbody>{''.join(still)}</tbody></table>", read_style())


def name_search(hits):
    """What was looked for, and how often it was found."""
    lines = how_many(len(hits), "line")
    if "pattern" not in hits:
        return lines
    patterns = hits["pattern"].unique().tolist()
    named = ", ".join(f"“{pattern}”" for pattern in patterns[:5])
    return f"{named}{', …' if len(patterns) > 5 else ''}: {lines}"


@cache
def read_sorting():
    """The script that sorts a concordance."""
    return (TEMPLATES / "concordance.js").read_text(encoding="utf-8")
