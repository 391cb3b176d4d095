"""On whose word it stands: who vouches for each statement, and how surely."""

from bisect import bisect_left, bisect_right

import pandas as pd

from .. import schema
from ..errors import SchemaError
from ..lexicons import word_list
from ..parse.trees import read_trees
from ..schema import SPEECH, UNNAMED
from .hearsay import find_hearsay
from .speech.reports import sentence_run
from .status import ASSERTED, DENIED

BY_NAME, DESCRIBED, ANONYMOUS, SECOND_HAND, UNATTRIBUTED = (
    "named",
    "described",
    "anonymous",
    "second-hand",
    "unattributed",
)
HEDGED = "hedged"
OF_NAMED = ["start", "actor", "actor_type"]
# Words before what somebody reports at second hand: "a report in The Atlantic".
WHERE_REPORTED = ("in", "by", "from", "of")


def find_vouching(quotes, tokens, mentions):
    """Find who vouches for each statement that the article reports: one row a quotation.

    `source` says on whose word it stands: somebody `named`; a person or group `described` ("the
    police"); `anonymous` ("a source close to …"); `second-hand`, from somebody else's report
    ("according to a report in …"; what another outlet "reported"); or `unattributed` ("it was
    rumoured"). Of a rumour after a report, the report's outlet is the `speaker`. `certainty` is
    `denied` where nobody said it or the verb denies, `hedged` where a mark of hearsay stands beside
    it or the verb doubts, else `asserted`. `about` is the actor whom it mentions most often.
    Quotations within quotations are left out. Who vouches is not who is right: named sources lie,
    and anonymous ones tell the truth (Carlson 2011: On the condition of anonymity).

    >>> articles = read_texts("Joe Biden said Iran left. A source close to Iran reportedly agreed "
    ...                       "that Iran left.")
    >>> tokens = split_tokens(articles)
    >>> mentions = find_mentions(articles, tokens)
    >>> vouching = find_vouching(find_quotes(articles, tokens, mentions), tokens, mentions)
    >>> vouching[["source", "certainty", "about"]].values.tolist()
    [['named', 'asserted', 'Iran'], ['anonymous', 'hedged', 'Iran']]
    """
    said = schema.check(quotes, "quotes")
    said = said[said["quote_type"].isin(SPEECH) & (said["level"] == 1)]
    trees = read_trees(schema.check(tokens, "tokens"))
    marks = find_hearsay(tokens).groupby("doc_id", sort=False)["start"].agg(set)
    named = schema.rows_of_articles(mentions.dropna(subset=["actor"]), OF_NAMED)
    rows = []
    for doc_id, of_article in schema.rows_of_articles(said).items():
        if doc_id not in trees:
            raise SchemaError(
                f"the quotations are of another article ({doc_id}) than the tokens. Pass the two "
                "that belong together."
            )
        of_actors, its_marks = named.get(doc_id, ()), marks.get(doc_id, ())
        rows += vouch(of_article, trees[doc_id], of_actors, its_marks)
    columns = schema.columns("vouching")
    return schema.table(pd.DataFrame(rows, columns=columns), "vouching")


def vouch(quotes, tree, mentions, marks):
    """The quotations of one article with source, certainty and whom they are about."""
    types = {mention.actor: mention.actor_type for mention in mentions}
    named = sorted((mention.start, mention.actor) for mention in mentions)
    starts, known = [start for start, _ in named], dict(named)
    rows = []
    for quote in quotes:
        around = sentence_around(tree, quote)
        outlet = reported_in(tree, around, known)
        source, speaker = source_of(tree, quote, around, outlet, types)
        inside = named[bisect_left(starts, quote.start) : bisect_left(starts, quote.end)]
        actors = sorted(actor for _, actor in inside if actor != speaker)
        about = max(actors, key=actors.count, default=None)
        certainty = certainty_of(quote, around, tree, marks)
        told = {"source": source, "speaker": speaker, "certainty": certainty, "about": about}
        rows.append({**quote._asdict(), **told})
    return rows


def sentence_around(tree, quote):
    """The rows of the sentence of the cue (or else of the quotation) outside what is quoted."""
    at = quote.start if pd.isna(quote.cue_start) else quote.cue_start
    own = bisect_right(tree.ends, at)
    if own == len(tree.ends):
        return []
    rows = range(*sentence_run(tree, own))
    return [row for row in rows if not quote.start <= tree.starts[row] < quote.end]


def source_of(tree, quote, around, outlet, types):
    """(on whose word a quotation stands, who that is)."""
    speaker = None if pd.isna(quote.speaker) else quote.speaker
    if outlet is not None and speaker in (None, outlet):
        return SECOND_HAND, outlet
    if pd.isna(quote.speaker_text):
        return UNATTRIBUTED, None
    if speaker is not None and types.get(speaker) != UNNAMED:
        is_body = types.get(speaker) == "organisation"
        reports = is_body and (quote.cue_verb == "report" or quote.cue == "according to")
        reports = reports and not word_list("words in names of media").isdisjoint(speaker.split())
        return (SECOND_HAND if reports else BY_NAME), speaker
    return (ANONYMOUS if is_withheld(tree, quote, around) else DESCRIBED), speaker


def is_withheld(tree, quote, around):
    """Whether a speaker is called a source, or the sentence says that the name is withheld."""
    words = [tree.lemma[row] for row in around if tree.starts[row] < quote.speaker_end]
    text = " ".join(tree.words[row].lower() for row in around)
    listed = not word_list("nouns of sources").isdisjoint(words)
    return listed or any(phrase in text for phrase in word_list("phrases of anonymity"))


def reported_in(tree, rows, known):
    """The outlet in whose report a statement stands: the actor behind "a report in", or None.

    `rows` are those of the sentence, `known` is {where a mention begins: actor}.
    """
    for row in rows:
        if tree.lemma[row] not in word_list("nouns for reports"):
            continue
        for prep in tree.below[row]:
            where = tree.first[prep].get("pobj")
            if tree.lemma[prep] not in WHERE_REPORTED or where is None:
                continue
            inside = [each for each in range(prep, where + 1) if tree.starts[each] in known]
            if inside:
                return known[tree.starts[inside[-1]]]
    return None


def certainty_of(quote, around, tree, marks):
    """Whether a statement is asserted, hedged or denied, as far as the words around it tell."""
    if quote.status == DENIED or quote.cue_verb in word_list("words that deny an act"):
        return DENIED
    is_marked = any(tree.starts[row] in marks for row in around)
    is_doubted = quote.cue_class == "doubting" or quote.status == "hypothetical"
    return HEDGED if is_marked or is_doubted else ASSERTED
