"""How often the words of a dictionary are used: by category, voice, outlet, actor."""

from .. import schema
from ..errors import SchemaError
from ..find.quotes import find_voices
from .groups import with_groups
from .in_parts import add_up, name_stored
from .words import count_with_articles, finish_counts, word_rows

VOICE = "voice"


def count_terms(
    terms, tokens, *, by=None, table=None, whole_sentences=False, quotes=None, speech=None
):
    """Count the words of a dictionary: one row a category, or a value of `by` and category.

    `terms` comes from `find_terms`. `by` and `table` as in `count_words`; by="voice" counts apart
    in whose words they stand (with `quotes` and `speech`), the journalist's own from those of each
    speaker. `share` and `per_1000_words` are of all words of the same group, `articles` says in how
    many articles the category is.

    >>> tokens = split_tokens(read_texts("The court may wait. It must rule."))
    >>> terms = find_terms(tokens, "modality")
    >>> count_terms(terms, tokens)[["category", "n"]].values.tolist()
    [['doubt', 1], ['obligation', 1]]
    """
    schema.check(terms, "terms")
    wanted = [by] if isinstance(by, str) else list(by or [])
    if VOICE in wanted and VOICE not in tokens.columns and (quotes is None or speech is None):
        raise SchemaError('by="voice" needs quotes=… and speech=…, to count all words by voice.')
    options = {"by": wanted, "table": name_stored(table, by), "whole_sentences": whole_sentences}
    sums = add_up(tally_terms, terms, tokens, quotes=quotes, speech=speech, **options)
    return finish_counts(sums["terms"], sums["all words"], wanted, ["category"], "term_counts")


def tally_terms(sums, terms, tokens, *, by, table, whole_sentences, quotes, speech):
    """Note how often each category is there, in how many articles; how many words there are."""
    if VOICE in by and VOICE not in tokens:
        tokens = tokens.assign(voice=find_voices(tokens, quotes, speech))
    grouped, by = with_groups(tokens, by, table, whole_sentences=whole_sentences)
    sums.count("all words", grouped[word_rows(grouped)], by)
    # A hit belongs where its first token does.
    place = ["doc_id", "start"]
    of_token = grouped[[*place, *(column for column in by if column not in place)]]
    hits = terms.drop(columns=[column for column in by if column not in place], errors="ignore")
    hits = hits.merge(of_token.drop_duplicates(), on=place).dropna(subset=[*by, "category"])
    count_with_articles(sums, "terms", hits, [*by, "category"])
