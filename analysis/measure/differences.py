"""What several articles do differently, in a few sentences, each number with its address."""

import pandas as pd

from ..text import how_many
from .addresses import COUNTED, SPOKEN
from .comparison import ENOUGH_ARTICLES, group_articles, list_items
from .outlets import names_by_article
from .summary import caveat, number_writer

# How many items a sentence names, and below so many mentions none.
MOST_NAMED, FEWEST_NAMED = 3, 3
# Below this share, what two articles have word for word is chance and common phrases.
LEAST_COPIED = 0.1


def describe_differences(
    articles,
    tokens,
    actors,
    voices,
    disputed=None,
    alone=None,
    copied=None,
    *,
    others=(),
    links=False,
):
    """Describe what groups of articles do differently, as a text of one line a finding.

    What they give different figures for, what one alone tells, who is mentioned and who found
    quoted by one only, what stands word for word in two articles, what holds beyond chance.
    `actors` and `voices` come from `compare_groups`, `others` are further comparisons of which it
    is said what holds; `disputed` comes from `select_disputed`, `alone` from `find_told_alone`,
    `copied` from `count_copies`. With `links` each number is written with its address, as in
    `describe_findings`. Said is only what was counted: of somebody who is mentioned by one only, no
    other has the name in its text.
    """
    number = number_writer(links)
    by = list_items(actors)[-1]
    found = {}
    if disputed is not None:
        found["What they contradict each other in"] = describe_disputed(disputed, number)
    if alone is not None:
        found["What one alone tells"] = describe_alone(alone, articles, by, number)
    found["Who is in it"] = describe_named(articles, tokens, actors, by, number)
    found["Who speaks"] = describe_quoted(voices, by, number)
    if copied is not None:
        found["Word for word"] = describe_copied(articles, copied, number)
    found["What is beyond chance"] = describe_holding([actors, voices, *others])
    return "\n".join(f"**{what}.** {said}" for what, said in found.items())


def describe_disputed(disputed, number):
    """Of how many things articles give different figures, and the first of them."""
    things = disputed["thing"].nunique()
    if not things:
        return "No figure is found for which two articles give different values."
    said = []
    for thing, rows in list(disputed.groupby("thing"))[:MOST_NAMED]:
        ranked = rows.assign(size=pd.to_numeric(rows["value"], errors="coerce"))
        ranked = ranked.sort_values(["size", "start"], kind="stable").drop_duplicates("value")
        texts = " / ".join(ranked["text"])
        n = number(len(rows), "disputed", "passage", thing=int(thing))
        said.append(f"{rows['what'].iat[0]}, {texts} ({n})")
    more = f"; and {things - len(said)} more" * (things > len(said))
    return f"{how_many(things, 'thing')} with different figures: {'; '.join(said)}{more}."


def describe_alone(alone, articles, by, number):
    """How many sentences have no counterpart in any other article, and who has most."""
    if alone.empty:
        return "No sentence is found that tells what no other article does."
    total = number(len(alone), "told_alone", "sentence")
    counts = alone["doc_id"].map(group_articles(articles, by)).value_counts()
    first = counts.index[0]
    most = number(int(counts.iloc[0]), "told_alone", **{by: first})
    return (
        f"{total} tell something for which no other article on the event has a counterpart, most "
        f"of them in {first} ({most})."
    )


def describe_named(articles, tokens, actors, by, number):
    """Who is mentioned by one group only; no other has the last word of the name in its text."""
    present = actors[actors["n"] > 0]
    total = present["actor"].nunique()
    alone = present[~present["actor"].duplicated(keep=False) & (present["n"] >= FEWEST_NAMED)]
    words = words_by_group(articles, tokens, by)
    is_own = [
        is_nowhere_else(actor, group, words)
        for actor, group in zip(alone["actor"], alone[by], strict=True)
    ]
    alone = alone[pd.Series(is_own, alone.index, dtype=bool)]
    if alone.empty:
        return (
            f"Of {how_many(total, 'actor')} none is mentioned {FEWEST_NAMED} times and in one {by} "
            "only."
        )
    asked = {"passages": "mentions", "noun": "mention", **COUNTED}
    named = list_most(alone, "actor", by, number, asked)
    more = f" and {len(alone) - len(named)} more" * (len(alone) > len(named))
    return (
        f"{len(alone)} of {how_many(total, 'actor')} are mentioned {FEWEST_NAMED} times or more, "
        f"and in one {by} only: {', '.join(named)}{more}. ({caveat('actors')}.)"
    )


def list_most(alone, item, by, number, asked):
    """Those with most: "Iran in Echo (3 mentions)"; `asked` says which passages are counted."""
    most = alone.sort_values("n", ascending=False, kind="stable").head(MOST_NAMED)
    said = []
    for who, group, n in zip(most[item], most[by], most["n"], strict=True):
        said.append(f"{who} in {group} ({number(n, **asked, **{item: who, by: group})})")
    return said


def words_by_group(articles, tokens, by):
    """{group: the words in its articles}."""
    group_of = group_articles(articles, by)
    groups = tokens["doc_id"].map(group_of)
    return tokens.groupby(groups)["token"].agg(set).to_dict()


def is_nowhere_else(actor, group, words):
    """Whether no other group has the last word of a name in its texts."""
    last = actor.split()[-1]
    return not any(last in its for other, its in words.items() if other != group)


def describe_quoted(voices, by, number):
    """Who is found quoted by one group only, with most words."""
    said = voices[(voices["n"] > 0) & voices["speaker"].notna()]
    total = said["speaker"].nunique()
    alone = said[~said["speaker"].duplicated(keep=False)]
    if not total:
        return "Nobody is found quoted in quotation marks."
    if alone.empty:
        return f"None of {how_many(total, 'speaker')} is found quoted by one only."
    asked = {"passages": "quotes", "noun": "word", "adds": "inside", **SPOKEN}
    named = list_most(alone, "speaker", by, number, asked)
    return (
        f"{len(alone)} of {how_many(total, 'speaker')} are found quoted in one {by} only, with "
        f"most words {', '.join(named)}. ({caveat('quotes')}.)"
    )


def describe_holding(compared):
    """What holds after all comparisons, of several tables of comparisons."""
    made = sum(int(table["comparisons"].max()) for table in compared if len(table))
    if not made:
        return (
            f"With fewer than {ENOUGH_ARTICLES} articles each it cannot be told which differences "
            "are chance: read the numbers as counts of these articles alone."
        )
    holding = []
    for table in compared:
        *of, by = list_items(table)
        rows = table[table["holds"] & (table["log_likelihood"] > 0)]
        for _, row in rows.sort_values("p_adjusted", kind="stable").iterrows():
            holding.append(f"{' '.join(str(row[column]) for column in of)} in {row[by]}")
    if not holding:
        return f"Of {how_many(made, 'comparison')} none holds: all differences may be chance."
    named = ", ".join(holding[:MOST_NAMED])
    more = f" and {len(holding) - MOST_NAMED} more" * (len(holding) > MOST_NAMED)
    return (
        f"Of {how_many(made, 'comparison')} {len(holding)} hold, more than elsewhere: "
        f"{named}{more}."
    )


def describe_copied(articles, copied, number):
    """Which article has most of its words word for word from another's."""
    names = names_by_article(articles)
    much = copied[copied["share"] >= LEAST_COPIED]
    if much.empty:
        return f"No article has {LEAST_COPIED:.0%} of its words word for word in another."
    row = much.iloc[0]
    where = {"doc_id": row["doc_id"], "other_doc_id": row["other_doc_id"]}
    n = number(int(row["n"]), "copies", "passage", **where)
    return (
        f"{row['share']:.0%} of {names[row['doc_id']]} stand in {names[row['other_doc_id']]}, too "
        f"({n}); {how_many(len(much), 'pair')} share {LEAST_COPIED:.0%} or more."
    )
