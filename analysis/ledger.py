"""The loss ledger: everything that is not in the numbers, with how many, why, and where it stands."""

import pandas as pd

from . import schema
from .articles import find_boilerplate
from .counts import explain_uncounted, find_counted
from .evidence import COUNTED, TONED, link
from .stance import CONFIDENCE, CUT, find_toned
from .voices import SPEECH


def describe_left_out(articles, mentions=None, stance=None, quotes=None, dates=None):
    """Describe what is not in the numbers (the loss ledger): one row a kind of thing left out, how many, and why.

    `passages` is the address of what was left out, in a page with the reading view (`draw_article`); missing where there is none.

    >>> describe_left_out(read_articles())[["what", "n"]].values.tolist()
    [['articles', 0], ['characters of the page outside the article', 0], ['passages of boilerplate', 1]]
    """
    out = schema.check(articles, "articles")["left_out"].dropna()
    pages, outside = find_boilerplate(articles), int(articles["outside"].sum())
    first = f"#out-{pages['doc_id'].iat[0]}-{pages['start'].iat[0]}" if len(pages) else None
    rows = [
        ("articles", len(out), None, counted(out)),
        (
            "characters of the page outside the article",
            outside,
            None,
            "navigation, adverts, comments, as trafilatura tells them" if outside else "",
        ),
        ("passages of boilerplate", len(pages), first, counted(pages["rule"] + ": “" + pages["text"] + "”")),
    ]
    rows += [] if mentions is None else left_out_mentions(schema.check(mentions, "mentions"))
    rows += [] if stance is None else left_out_stance(schema.check(stance, "stance"))
    rows += [] if quotes is None else left_out_quotes(schema.check(quotes, "quotes"))
    if dates is not None:
        address = link("dates", len(schema.check(dates, "dates"))) if len(dates) else None
        rows.append(("dates of which it is not worked out which day is meant", len(dates), address, counted(dates["text"])))
    return pd.DataFrame(rows, columns=["what", "n", "passages", "why"])


def left_out_mentions(mentions):
    """Rows for the mentions that are not counted; each stands in one row only."""
    why = explain_uncounted(mentions)
    told = {
        "open": ("mentions that the text leaves open", "rule", ""),
        "adjective": ("nationality words", "text", "counted only when asked for: "),
        "title": ("titles beside a name", "text", "one act of naming with the name: "),
        "part": ("names inside another name", "text", "somebody else's name: "),
        "other": ("names of agreements, laws, events and of what is open", "actor", ""),
        "place": ("places", "actor", "they do not act: "),
    }
    groups = [(*said, mentions[why == reason], link("mentions", int((why == reason).sum()), uncounted=reason)) for reason, said in told.items()]
    return [
        (what, len(rows), address if len(rows) else None, (before if len(rows) else "") + counted(rows[column]))
        for what, column, before, rows, address in groups
    ]


def left_out_stance(stance):
    """Rows for the mentions that have no label of tone."""
    toned, scored = find_toned(stance), find_counted(stance)
    unscored, unsure = scored[scored["tone"].isna()], toned[toned["label"].isna()]
    cut = toned[toned["basis"].str.contains(CUT, regex=False)]
    own = len(scored) - len(unscored) - len(toned)
    bases = unscored["basis"].unique().tolist()
    return [
        (
            "mentions without a score of tone",
            len(unscored),
            link("mentions", len(unscored), **COUNTED, basis=bases) if bases else None,
            counted(unscored["basis"]),
        ),
        (
            "mentions too unsure for a label of tone",
            len(unsure),
            link("mentions", len(unsure), **TONED, label="") if len(unsure) else None,
            f"no tone has a probability of {CONFIDENCE}" if len(unsure) else "",
        ),
        (
            "mentions whose sentence was too long to be read whole",
            len(cut),
            link("mentions", len(cut), **TONED, basis=cut["basis"].unique().tolist()) if len(cut) else None,
            counted(cut["sentence_id"].map("sentence {}".format)),
        ),
        (
            "a speaker's own pronouns, in counts of tone",
            own,
            link("mentions", own, **COUNTED, toned="no", basis=scored["basis"].drop_duplicates()[lambda b: ~b.isin(bases)].tolist()) if own else None,
            "I and we, and other words for the speaker in its own words" if own else "",
        ),
    ]


def left_out_quotes(quotes):
    """Rows for what stands in quotation marks or is reported and does not count as anybody's words."""
    speech = quotes["quote_type"].isin(SPEECH)
    marked, unsaid, unnamed = quotes[~speech], quotes[speech & (quotes["status"] != "asserted")], quotes[speech & quotes["actor"].isna()]
    types = marked["quote_type"].unique().tolist()
    return [
        (
            "words in quotation marks that nobody says",
            len(marked),
            link("quotes", len(marked), "first", quote_type=types) if types else None,
            counted(marked["content"]),
        ),
        (
            "speech denied or only possible",
            len(unsaid),
            link("quotes", len(unsaid), "first", quote_type=list(SPEECH), status=unsaid["status"].unique().tolist()) if len(unsaid) else None,
            counted(unsaid["content"]),
        ),
        (
            "quotations whose speaker the text does not name",
            len(unnamed),
            link("quotes", len(unnamed), "first", quote_type=list(SPEECH), actor="") if len(unnamed) else None,
            f"counted as unnamed speakers: {counted(unnamed['speaker'].fillna('nobody'))}" if len(unnamed) else "",
        ),
    ]


def counted(values):
    """Values with how often each is there, most frequent first, as text; at most ten."""
    counts = values.value_counts(sort=False).sort_values(ascending=False, kind="stable")
    listed = [f"{value} ({n})" if n > 1 else str(value) for value, n in counts.head(10).items()]
    return ", ".join(listed) + (f" and {len(counts) - 10} more" if len(counts) > 10 else "")
