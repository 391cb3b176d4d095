"""What became of the corrections that a reader made by hand."""

from .. import schema
from ..find.acts import find_actions
from ..find.corrected_acts import make_acts
from ..find.corrections import log_outcomes
from ..find.mentions import find_with_log
from ..find.speakers import log_speakers
from ..find.speech.stretches import correct_speech
from ..read.corrections import corrections_table, read_corrections
from .tone.corrected_tone import log_tones


def describe_corrections(
    articles, tokens, speech=None, quotes=None, *, stance=None, actors=None, titles="apart"
):
    """Describe what became of the corrections made by hand: one row a correction.

    `n` rows changed, `outcome` says how. One that does not fit the text or its table (any more)
    changes nothing: `outcome` says why and, where it can, the mend. The mentions, the speech and
    the acts are found anew, as `find_mentions` and `find_actions` find them with the same
    arguments; of speakers it is said with `quotes`, of the tone with `stance`.

    >>> articles = read_texts("It rained in Vienna.")
    >>> len(describe_corrections(articles, split_tokens(articles)))
    0
    """
    if read_corrections(articles).empty:
        return corrections_table([], schema.columns("corrections_made"))
    mentions, log = find_with_log(articles, tokens, speech, actors=actors, titles=titles)

    def find_spoken(asked):
        """Of the corrections of speech: what becomes of each."""
        its = tokens[tokens["doc_id"].isin(asked["doc_id"])]
        return correct_speech(articles, its, asked)[1]

    def find_acted(asked):
        """The same of acts."""
        its = [table[table["doc_id"].isin(asked["doc_id"])] for table in (mentions, tokens)]
        return make_acts(find_actions(*its), asked, mentions, articles)[1]

    log = log_outcomes(log, "speech", find_spoken)
    log = log_outcomes(log, "actions", find_acted)
    if quotes is not None:
        log = log_outcomes(
            log, "quotes", lambda asked: log_speakers(asked, quotes, articles, mentions)
        )
    if stance is None:
        return log
    return log_outcomes(log, "stance", lambda asked: log_tones(asked, stance, articles))
