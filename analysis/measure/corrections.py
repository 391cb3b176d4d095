"""What became of the corrections that a reader made by hand."""

from .. import schema
from ..find.mentions import find_with_log
from ..find.speakers import log_speakers
from ..read.corrections import corrections_table, read_corrections


def describe_corrections(
    articles, tokens, speech=None, quotes=None, *, actors=None, titles="apart"
):
    """Describe what became of the corrections made by hand: one row a correction.

    `n` mentions changed, `outcome` says how. One that does not fit the text or the mentions (any
    more) changes nothing: `outcome` says why and, where it can, the mend. The mentions are found
    anew, as `find_mentions` finds them with the same arguments; of speakers it is said with
    `quotes`.

    >>> articles = read_texts("It rained in Vienna.")
    >>> len(describe_corrections(articles, split_tokens(articles)))
    0
    """
    if read_corrections(articles).empty:
        return corrections_table([], schema.columns("corrections_made"))
    log = find_with_log(articles, tokens, speech, actors=actors, titles=titles)[1]
    return log_speakers(log, quotes)
