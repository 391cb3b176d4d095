"""How often actors are mentioned, where, and in which way."""

import pandas as pd

from .. import schema
from ..errors import SchemaError
from ..find.mentions import choose_mentions
from ..schema import ACTOR_TYPES, REFERRING
from .words import word_rows

PLACES = ("doc_id", "paragraph_id", "sentence_id")


def select_counted(mentions, kinds=REFERRING, types=ACTOR_TYPES):
    """Find the mentions that are counted under the same choices: the rows behind the numbers of every `count_` function.

    `kinds` says which ways of referring count (by default neither nationality words nor titles beside a name nor names
    inside another name), `types` which actors (by default neither places nor others); None counts all. Mentions that the
    text leaves open are never counted: see `mentions[mentions["actor"].isna()]`.

    >>> articles = read_texts("Iranian officials met Putin in Vienna.")
    >>> mentions = find_mentions(articles, split_tokens(articles))
    >>> find_counted(mentions)["text"].tolist(), find_counted(mentions, kinds=["adjective"])["text"].tolist()
    (['Putin'], ['Iranian'])
    """
    return choose_mentions(mentions, kinds, types)


def explain_uncounted(mentions):
    """Why each mention is not counted by default: open, adjective, title, part, place, other; nothing for those that are."""
    why = (
        mentions["actor_type"].where(~mentions["actor_type"].isin(ACTOR_TYPES), "").fillna("other")
    )
    why = mentions["kind"].where(~mentions["kind"].isin(REFERRING), why)
    return why.where(mentions["actor"].notna(), "open")


def count_actors(mentions, tokens=None, by=None, kinds=REFERRING, types=ACTOR_TYPES):
    """Count how often each actor is mentioned: one row an actor (and a value of `by`), most often mentioned first.

    `kinds` and `types` choose mentions as in `find_counted`. `by` is one or more columns of the mentions table:
    "position", "quoted", "kind", "role", "paragraph_id", "doc_id" … `n` adds up to the number of mentions counted.
    `share` is of the mentions with the same value of `by`, so that it adds up to 1 within each: by="role" says what part
    of all agents an actor is, by="quoted" of all mentions in quotation marks, without `by` of all mentions.
    `per_1000_words` needs `tokens` and is missing otherwise; it is per 1,000 words of the article, paragraph or sentence
    that `by` names, else of all words: a rate by position or role is per 1,000 words of the text, not of that position.

    >>> articles = read_texts("Biden met Putin. Joe Biden left. Vladimir Putin stayed. Putin left.")
    >>> tokens = split_tokens(articles)
    >>> count_actors(find_mentions(articles, tokens), tokens)[["actor", "n", "share"]].values.tolist()
    [['Vladimir Putin', 3, 0.6], ['Joe Biden', 2, 0.4]]
    """
    by = [by] if isinstance(by, str) else list(by or [])
    counted = select_counted(mentions, kinds, types)
    for wrong in (column for column in by if column not in mentions):
        raise SchemaError(
            f"no column `{wrong}` in the mentions table to count by. Choose from: {', '.join(mentions)}."
        )
    counts = (
        counted.groupby(list(dict.fromkeys(["actor", *by])), dropna=False)
        .size()
        .rename("n")
        .reset_index()
    )
    if "actor_type" not in by:
        counts = counts.assign(actor_type=counts["actor"].map(most_frequent_type(counted)))
    beside = counts.groupby(by, dropna=False)["n"].transform("sum") if by else counts["n"].sum()
    counts = counts.assign(share=counts["n"] / beside, per_1000_words=float("nan"))
    if tokens is not None:
        counts["per_1000_words"] = (
            1000
            * counts["n"]
            / words_behind(counts, [column for column in PLACES if column in by], tokens)
        )
    columns = list(dict.fromkeys([*by, *schema.columns("actors")]))
    return counts.sort_values(
        [*by, "n", "actor"], ascending=[*[True] * len(by), False, True], ignore_index=True
    )[columns]


def most_frequent_type(counted):
    """The type that most mentions of an actor have, by actor."""
    return counted.groupby("actor")["actor_type"].agg(lambda values: values.mode().iat[0])


def words_behind(counts, place, tokens):
    """How many words there are behind each count: in all, or in the article, paragraph or sentence that was counted by."""
    words = tokens[word_rows(tokens)]
    if not place:
        return max(len(words), 1)
    sizes = words.groupby(place).size().rename("words").reset_index()
    return counts[place].merge(sizes, on=place, how="left")["words"].to_numpy()


def count_prominence(mentions, tokens, kinds=REFERRING, types=ACTOR_TYPES):
    """Count what makes an actor prominent: one row an actor, most often mentioned first.

    How often it is mentioned (`n`, `share` of all mentions counted), who is mentioned first (`order`), how often in the
    headline and in the lead, in how many paragraphs, and how evenly over them (`dispersion`). That is Gries' deviation of
    proportions (DP): half the sum, over all paragraphs, of the difference between a paragraph's share of the actor's
    mentions and its share of the words. 0: the actor is spread as the words are; near 1: all in one short paragraph. An
    actor mentioned once or twice cannot be spread: read DP beside `n`. Of several articles, all paragraphs count
    together, and `order` is that of the articles in `tokens`.

    Gries, S. Th. 2008: Dispersions and adjusted frequencies in corpora. International Journal of Corpus Linguistics 13(4).

    >>> articles = read_texts("Putin met Joe Biden.\\n\\nPutin met reporters again.")
    >>> tokens = split_tokens(articles)
    >>> count_prominence(find_mentions(articles, tokens), tokens)[["actor", "n", "order", "paragraphs", "dispersion"]].values.tolist()
    [['Putin', 2, 1, 2, 0.0], ['Joe Biden', 1, 2, 1, 0.5]]
    """
    counted = select_counted(mentions, kinds, types)
    check_same_articles(counted, tokens)
    place = {doc_id: number for number, doc_id in enumerate(tokens["doc_id"].unique())}
    first = (
        counted.assign(article=counted["doc_id"].map(place))
        .sort_values(["article", "start", "end"], kind="stable")
        .drop_duplicates("actor")
    )
    order = pd.Series(range(1, len(first) + 1), index=first["actor"])
    counts = count_actors(counted, kinds=None, types=None)
    columns = {
        column: counted[counted["position"] == column]["actor"].value_counts()
        for column in ("headline", "lead")
    }
    columns |= {
        "order": order,
        "paragraphs": counted.drop_duplicates(["actor", "doc_id", "paragraph_id"])[
            "actor"
        ].value_counts(),
    }
    columns["dispersion"] = measure_dispersion(counted, tokens[word_rows(tokens)])
    return schema.table(
        counts.assign(
            **{column: counts["actor"].map(values).fillna(0) for column, values in columns.items()}
        ),
        "prominence",
    )


def check_same_articles(mentions, tokens):
    """Refuse tokens that lack an article of the mentions."""
    if not mentions["doc_id"].isin(schema.check(tokens, "tokens")["doc_id"].unique()).all():
        raise SchemaError(
            "the tokens are not of the article that the mentions are of. Make the mentions with find_mentions(articles, tokens)."
        )


def measure_dispersion(counted, words):
    """Gries' DP of each actor over the paragraphs that have words."""
    paragraph = ["doc_id", "paragraph_id"]
    expected = words.groupby(paragraph).size() / max(len(words), 1)
    seen = counted.groupby(["actor", *paragraph]).size().rename("n").reset_index()
    observed = seen["n"] / seen.groupby("actor")["n"].transform("sum")
    here = expected.reindex(pd.MultiIndex.from_frame(seen[paragraph])).fillna(0).to_numpy()
    # Paragraphs without the actor add what is expected of them: all there is, less what is expected where it is.
    return (((observed - here).abs() - here).groupby(seen["actor"]).sum() + expected.sum()) / 2
