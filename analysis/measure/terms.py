"""How often the words of a dictionary are used: by category, voice, outlet, actor."""

from .. import schema
from ..errors import SchemaError
from ..find.quotes import find_voices
from .groups import with_groups
from .words import finish_counts, word_rows

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
    if VOICE in wanted and VOICE not in tokens:
        if quotes is None or speech is None:
            raise SchemaError(
                'by="voice" needs quotes=… and speech=…, to count all words by voice.'
            )
        tokens = tokens.assign(voice=find_voices(tokens, quotes, speech))
    grouped, by = with_groups(tokens, wanted, table, whole_sentences=whole_sentences)
    words = grouped[word_rows(grouped)]
    totals = words.groupby(by).size() if by else len(words)
    # A hit belongs where its first token does.
    place = ["doc_id", "start"]
    of_token = grouped[[*place, *(column for column in by if column not in place)]]
    hits = terms.drop(columns=[column for column in by if column not in place], errors="ignore")
    hits = hits.merge(of_token.drop_duplicates(), on=place)
    counts = hits.groupby([*by, "category"])["doc_id"].agg(n="size", articles="nunique")
    return finish_counts(counts.reset_index(), totals, by, ["category"], "term_counts")
