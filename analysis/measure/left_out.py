"""The loss ledger: what is not in the numbers, with how many, why, and where it stands."""

from typing import NamedTuple

from .. import schema
from ..find.boilerplate import find_boilerplate
from ..find.corrections import CORRECTED
from ..schema import SPEECH
from .actors import explain_uncounted, select_counted
from .addresses import COUNTED, TONED, address_of, boilerplate_anchor
from .tone.stance import CONFIDENCE, READ_AROUND, READ_WHOLE
from .tone.stance_counts import select_toned

# Values that a row of the ledger lists at most.
MOST_LISTED_VALUES = 10
# Why mentions are not counted: what they are, the column to list, what to say first.
UNCOUNTED = {
    "open": ("mentions that the text leaves open", "rule", ""),
    "adjective": ("nationality words", "text", "counted only when asked for: "),
    "title": ("titles beside a name", "text", "one act of naming with the name: "),
    "part": ("names inside another name", "text", "somebody else's name: "),
    "other": ("names of agreements, laws, events and of what is open", "actor", ""),
    "place": ("places", "actor", "they do not act: "),
    "unnamed": ("mentions of people and groups without a name", "actor", "counted apart: "),
}


class Loss(NamedTuple):
    """One row of the ledger."""

    what: str
    n: int
    passages: str | None
    why: str


def describe_left_out(articles, mentions=None, stance=None, quotes=None, dates=None):
    """Describe what is not in the numbers (the loss ledger): one row a kind of thing left out.

    `n` says how many, `why` the reason. `passages` is the address of what was left out, in a page
    with the reading view (`draw_article`); missing where there is none. A table that is not handed
    over has no rows.

    >>> describe_left_out(read_articles())[["what", "n"]].values.tolist()
    [['articles', 0], ['characters of the page outside the article', 0],
     ['of them, words in whole sentences', 0], ['passages of boilerplate', 1]]
    """
    rows = left_out_articles(schema.check(articles, "articles"))
    if mentions is not None:
        rows += left_out_mentions(schema.check(mentions, "mentions"))
    if stance is not None:
        rows += left_out_stance(schema.check(stance, "stance"))
    if quotes is not None:
        rows += left_out_quotes(schema.check(quotes, "quotes"))
    if dates is not None:
        left_open = schema.check(dates, "dates")[dates["value"].isna()]
        what = "expressions of time that stay open"
        said = list_counts(left_open["text"])
        rows.append(loss(what, len(left_open), said, "dates", resolved=False))
    return schema.table(rows, "left_out")


def loss(what, n, why, passages, adds="", **where):
    """A row of the ledger with the address of its passages, if there are any."""
    address = address_of(passages, n, adds, **where) if n else None
    return Loss(what, n, address, why if n else "")


def left_out_articles(articles):
    """Rows for whole articles, for what stands around them on their page, and for boilerplate."""
    out = articles["left_out"].dropna()
    outside = int(articles["outside"].sum())
    prose = int(articles["prose_outside"].sum())
    around = "navigation, adverts, captions, as trafilatura tells them" if outside else ""
    other = "comments, other articles, or a part of the article: compare with the page"
    page = find_boilerplate(articles)
    said = list_counts(page["rule"] + ": “" + page["text"] + "”")
    return [
        Loss("articles", len(out), None, list_counts(out)),
        Loss("characters of the page outside the article", outside, None, around),
        Loss("of them, words in whole sentences", prose, None, other if prose else ""),
        Loss("passages of boilerplate", len(page), boilerplate_anchor(page), said),
    ]


def left_out_mentions(mentions):
    """Rows for the mentions that are not counted; each stands in one row only."""
    why = explain_uncounted(mentions)
    rows = []
    for reason, (what, column, before) in UNCOUNTED.items():
        its = mentions[why == reason]
        said = before + list_counts(its[column])
        rows.append(loss(what, len(its), said, "mentions", uncounted=reason))
    return rows


def left_out_stance(stance):
    """Rows for the mentions that have no label of tone."""
    toned, counted = select_toned(stance), select_counted(stance)
    unscored = counted[counted["tone"].isna()]
    unsure = toned[toned["label"].isna()]
    cut = toned[toned["scored"] == READ_AROUND]
    own = len(counted) - len(unscored) - len(toned)
    return [
        loss(
            "mentions without a score of tone",
            len(unscored),
            list_counts(unscored["basis"]),
            "mentions",
            **COUNTED,
            scored=unscored["scored"].unique().tolist(),
        ),
        loss(
            "mentions too unsure for a label of tone",
            len(unsure),
            f"no tone has a probability of {CONFIDENCE}",
            "mentions",
            **TONED,
            label="",
        ),
        loss(
            "mentions whose sentence was too long to be read whole",
            len(cut),
            list_counts(cut["sentence_id"].map("sentence {}".format)),
            "mentions",
            **TONED,
            scored=READ_AROUND,
        ),
        loss(
            "a speaker's own pronouns, in counts of tone",
            own,
            "I and we, and other words for the speaker in its own words",
            "mentions",
            **COUNTED,
            toned="no",
            scored=[READ_WHOLE, READ_AROUND, CORRECTED],
        ),
    ]


def left_out_quotes(quotes):
    """Rows for what stands in quotation marks or is reported, and counts as nobody's words."""
    is_speech = quotes["quote_type"].isin(SPEECH)
    marked = quotes[~is_speech]
    unsaid = quotes[is_speech & (quotes["status"] != "asserted")]
    unnamed = quotes[is_speech & quotes["speaker"].isna()]
    speakers = list_counts(unnamed["speaker_text"].fillna("nobody"))
    return [
        loss(
            "words in quotation marks that nobody says",
            len(marked),
            list_counts(marked["content"]),
            "quotes",
            "first",
            quote_type=marked["quote_type"].unique().tolist(),
        ),
        loss(
            "speech denied or only possible",
            len(unsaid),
            list_counts(unsaid["content"]),
            "quotes",
            "first",
            quote_type=list(SPEECH),
            status=unsaid["status"].unique().tolist(),
        ),
        loss(
            "quotations whose speaker the text does not name",
            len(unnamed),
            f"counted as unnamed speakers: {speakers}",
            "quotes",
            "first",
            quote_type=list(SPEECH),
            speaker="",
        ),
    ]


def list_counts(values):
    """Values with how often each is there, most frequent first, as text; at most ten."""
    counts = values.value_counts(sort=False).sort_values(ascending=False, kind="stable")
    listed = []
    for value, n in counts.head(MOST_LISTED_VALUES).items():
        listed.append(f"{value} ({n})" if n > 1 else str(value))
    said = ", ".join(listed)
    more = len(counts) - MOST_LISTED_VALUES
    return f"{said} and {more} more" if more > 0 else said
