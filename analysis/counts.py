"""How often actors are mentioned, where, and in which way."""

from . import schema
from .errors import SchemaError
from .words import word_rows

ACTOR_TYPES = ("person", "organisation", "state")
# Ways of referring that mean the actor itself. A nationality word ("Iranian officials") means somebody else; a title
# beside a name is the same act of naming.
REFERRING = ("name", "alias", "acronym", "metonym", "description", "pronoun")


def find_counted(mentions, kinds=REFERRING, types=ACTOR_TYPES):
    """Find the mentions that `count_actors` counts when given the same choices: the rows behind its numbers.

    `kinds` says which ways of naming count (by default not nationality words), `types` which actors (by default not
    places). Mentions that the text leaves open are never counted: see `mentions[mentions["actor"].isna()]`.

    >>> articles = read_texts("Iranian officials met Putin in Vienna.")
    >>> mentions = find_mentions(articles, split_tokens(articles))
    >>> find_counted(mentions)["text"].tolist(), find_counted(mentions, kinds=["adjective"])["text"].tolist()
    (['Putin'], ['Iranian'])
    """
    schema.check(mentions, "mentions")
    kinds, types = ([each] if isinstance(each, str) else each for each in (kinds, types))
    return mentions[mentions["kind"].isin(kinds) & mentions["actor_type"].isin(types)].dropna(subset="actor")


def count_actors(mentions, tokens=None, by=None, kinds=REFERRING, types=ACTOR_TYPES):
    """Count how often each actor is named: one row an actor (and a value of `by`), most often named first.

    `kinds` and `types` choose mentions as in `find_counted`. `by` is one or more columns of the mentions table, such as
    "paragraph_id" or "doc_id"; `share` and `per_1000_words` are then of that paragraph or article. `tokens` is needed
    for `per_1000_words`, which is missing otherwise.

    >>> articles = read_texts("Biden met Putin. Joe Biden left. Vladimir Putin stayed. Putin smiled.")
    >>> tokens = split_tokens(articles)
    >>> count_actors(find_mentions(articles, tokens), tokens)[["actor", "n"]].values.tolist()
    [['Vladimir Putin', 3], ['Joe Biden', 2]]
    """
    by = [by] if isinstance(by, str) else list(by or [])
    counted = find_counted(mentions, kinds, types)
    wrong = [column for column in by if column not in mentions]
    if wrong:
        raise SchemaError(f"no column `{wrong[0]}` in the mentions table to count by. Choose from: {', '.join(mentions)}.")
    kept = counted.groupby("actor")["actor_type"].agg(lambda values: values.mode().iat[0])
    counts = counted.groupby(list(dict.fromkeys(["actor", *by]))).size().rename("n").reset_index()
    if "actor_type" not in by:
        counts = counts.assign(actor_type=counts["actor"].map(kept))
    place = [column for column in by if column in ("doc_id", "paragraph_id", "sentence_id")]
    counts = counts.assign(share=counts["n"] / per_place(counts, place, counted), per_1000_words=float("nan"))
    if tokens is not None:
        counts["per_1000_words"] = 1000 * counts["n"] / per_place(counts, place, tokens[word_rows(tokens)])
    columns = list(dict.fromkeys([*by, *schema.columns("actors")]))
    return counts.sort_values([*by, "n", "actor"], ascending=[*[True] * len(by), False, True], ignore_index=True)[columns]


def per_place(counts, place, rows):
    """How many `rows` there are for each count: in all, or in the article, paragraph or sentence that was counted by."""
    if not place:
        return max(len(rows), 1)
    sizes = rows.groupby(place).size().rename("of").reset_index()
    return counts[place].merge(sizes, on=place, how="left")["of"].to_numpy()
