"""How often the doer is missing, and to whom it is done."""

from .. import schema
from ..find.doers import DOERLESS_FORMS
from .groups import by_article
from .in_parts import add_up

ACTS_TOLD = (*DOERLESS_FORMS, "n", "n_harm", "n_told")
DOERS_BY = ("actor", "position", "voice", "act", "doc_id")


@by_article
def count_missing_doers(missing, *, by="actor"):
    """Count the acts told without a doer: one row an actor to whom they are done.

    By default by `actor`, who is missing where the article names nobody; `by` can also be one or
    more of position, voice, act and doc_id. A column a form, `n` in all; of these, `n_harm` have a
    word of harm or blame, and `n_told` are those whose doer the article names elsewhere.

    >>> articles = read_texts("Ann Lee was shot. Ann Lee was seen. Bob Reed shot Ann Lee.")
    >>> tokens = split_tokens(articles)
    >>> missing = find_missing_doers(articles, tokens, find_mentions(articles, tokens))
    >>> count_missing_doers(missing)[["actor", "passive", "n", "n_harm", "n_told"]].values.tolist()
    [['Ann Lee', 2, 2, 1, 1]]
    """
    by = schema.count_by(by, DOERS_BY, "missing_doers")
    counts = add_up(tally_doers, missing, by=by)["acts"]
    counts = counts.sort_values(["n", *by], ascending=[False, *[True] * len(by)])
    return schema.typed(counts[[*by, *ACTS_TOLD]], "missing_doer_counts")


def tally_doers(sums, missing, *, by):
    """Note how many acts without a doer there are, of each form."""
    rows = schema.check(missing, "missing_doers")
    rows = rows.assign(n_harm=rows["harm"], n_told=rows["doer"].notna(), n=1)
    rows = rows.assign(**{form: rows["form"] == form for form in DOERLESS_FORMS})
    rows = rows.astype(dict.fromkeys(ACTS_TOLD, "int64"))
    sums.add("acts", rows, by, dict.fromkeys(ACTS_TOLD, "sum"))
