"""What becomes of the counts when somebody counts otherwise."""

import pandas as pd
from pandas.api.types import is_list_like

from .. import schema
from ..errors import SchemaError
from ..schema import ACTOR_TYPES, REFERRING
from ..text import how_many
from .actors import most_frequent_type, select_counted

OWN = "with pronouns"
# What counts as a mention: ways of referring (`kinds`), and values of any other column of the mentions.
CHOICES = {
    "names only": {"kinds": schema.NAMED},
    "with descriptions": {"kinds": (*schema.NAMED, "description")},
    OWN: {"kinds": REFERRING},
    "with nationality words": {"kinds": (*REFERRING, "adjective")},
    "without quotations": {"kinds": REFERRING, "quoted": False},
    "headline and lead only": {"kinds": REFERRING, "position": ("headline", "lead")},
}
# Of fewer actors no rank correlation tells anything.
FEWEST_RANKED = 3
MOST_LISTED = 5


def select_chosen(mentions, choice, types=ACTOR_TYPES):
    """Find the mentions that count under one choice: the rows behind its numbers in `compare_choices`.

    `choice` is one of the workbook's ("names only", "with descriptions" … : see `compare_choices`), or your own: a dict
    of `kinds` (by default all that the workbook counts) and of columns of the mentions with the values that count, or a
    function that takes the mentions and gives back those that count.

    >>> articles = read_texts("Iranian officials met Putin in Vienna.")
    >>> mentions = find_mentions(articles, split_tokens(articles))
    >>> find_chosen(mentions, "with nationality words")["text"].tolist(), find_chosen(mentions, {"position": "headline"})["text"].tolist()
    (['Iranian', 'Putin'], [])
    """
    if isinstance(choice, str):
        if choice not in CHOICES:
            raise SchemaError(f"no choice is called “{choice}”. Choose from: {', '.join(CHOICES)}.")
        choice = CHOICES[choice]
    if callable(choice):
        return select_counted(choice(mentions), None, types)
    rows = select_counted(mentions, choice.get("kinds", REFERRING), types)
    for column, values in choice.items():
        if column != "kinds":
            if column not in rows:
                raise SchemaError(
                    f"no column `{column}` in the mentions table to choose by. Choose from: kinds, {', '.join(mentions)}."
                )
            rows = rows[rows[column].isin(values if is_list_like(values) else [values])]
    return rows


def compare_choices(mentions, types=ACTOR_TYPES, choices=CHOICES):
    """Count actors under each choice of what is a mention: one row an actor and choice, most often mentioned first.

    Each choice adds to the one before: names only (acronyms and capitals for governments among them), with descriptions
    (“the general”), with pronouns (the workbook's own count), with nationality words. The last two take from the
    workbook's own count: without what stands in quotation marks; headline and lead only. Your own `choices` are
    {label: choice as for find_chosen}. An actor that a choice does not count has `n` 0 and no rank there. If a finding holds under
    every choice, it does not hang on the choice (a robustness check or multiverse analysis: Steegen, S., Tuerlinckx, F.,
    Gelman, A. & Vanpaemel, W. 2016. Perspectives on Psychological Science 11(5)).

    >>> articles = read_texts("Iranian officials met Putin in Vienna.")
    >>> mentions = find_mentions(articles, split_tokens(articles))
    >>> counts = compare_choices(mentions, choices={"mine": {}, "with nationality words": {"kinds": ["name", "adjective"]}})
    >>> counts[["choice", "actor", "n", "rank"]].values.tolist()
    [['mine', 'Putin', 1, 1.0], ['mine', 'Iran', 0, nan],
     ['with nationality words', 'Iran', 1, 1.0], ['with nationality words', 'Putin', 1, 1.0]]
    """
    schema.check(mentions, "mentions")
    chosen = {label: select_chosen(mentions, choice, types) for label, choice in choices.items()}
    kept = most_frequent_type(pd.concat([mentions.head(0), *chosen.values()]))
    tables = []
    for label, rows in chosen.items():
        n = rows["actor"].value_counts().reindex(kept.index, fill_value=0)
        counts = pd.DataFrame(
            {"choice": label, "actor": kept.index, "actor_type": kept.array, "n": n.array}
        )
        counts = counts.assign(
            rank=counts["n"].where(counts["n"] > 0).rank(ascending=False, method="min")
        )
        tables.append(counts.sort_values(["n", "actor"], ascending=[False, True]))
    return schema.table(pd.concat(tables, ignore_index=True) if tables else [], "choices")


def describe_choices(choices, top=3, own=OWN):
    """Describe how far the ranking hangs on what is counted: one row a choice, compared with the workbook's own count.

    `n` mentions of how many `actors`; `correlation` of the two rankings over all actors (Spearman's: 1 the same order, 0
    no relation, -1 the reverse; missing for fewer than 3 actors, and of many actors mentioned once it says little); the
    `leaders`, all those on the first `top` ranks; and what `changes` among them. `own` is the choice that the others are
    compared with; where the table lacks it, its first.

    >>> mine = schema.table([("a", "Iran", "state", 3, 1), ("a", "Raisi", "person", 1, 2), ("b", "Raisi", "person", 2, 1),
    ...                      ("b", "Iran", "state", 1, 2)], "choices")
    >>> describe_choices(mine, top=1)[["choice", "leaders", "changes"]].values.tolist()
    [['a', 'Iran (3)', 'what the others are compared with'], ['b', 'Raisi (2)', 'Raisi up to 1 (from 2), Iran down to 2 (from 1)']]
    """
    schema.check(choices, "choices")
    own = own if own in set(choices["choice"]) else next(iter(choices["choice"]), own)
    counts = choices.pivot(index="actor", columns="choice", values="n")
    alike = counts.corr(method="spearman", min_periods=FEWEST_RANKED)
    ranks = choices.pivot(index="actor", columns="choice", values="rank")
    leading = find_leaders(choices, top)
    rows = []
    for label, leaders in leading.items():
        changes = (
            "what the others are compared with"
            if label == own
            else describe_changes(leading[own], leaders, ranks[own], ranks[label])
        )
        listed = join_few([f"{actor} ({counts.loc[actor, label]})" for actor in leaders])
        rows.append(
            (
                label,
                counts[label].sum(),
                (counts[label] > 0).sum(),
                alike.loc[own, label],
                listed,
                changes,
            )
        )
    return pd.DataFrame(
        rows, columns=["choice", "n", "actors", "correlation", "leaders", "changes"]
    )


def find_leaders(choices, top):
    """{choice: {actor: rank}} of the first `top` ranks, in order; of those who share the last of these ranks, all."""
    leading = choices[choices["rank"] <= top]
    return {
        label: leading[leading["choice"] == label].set_index("actor")["rank"].to_dict()
        for label in choices["choice"].unique()
    }


def describe_changes(before, after, old, new):
    """What changes among the leaders from one ranking to another, in words."""
    if not after:
        return "nobody is counted"
    moved = []
    for actor in (actor for actor in dict.fromkeys([*after, *before]) if new[actor] != old[actor]):
        now = (
            "no longer counted"
            if pd.isna(new[actor])
            else f"{'down' if new[actor] > old[actor] else 'up'} to {new[actor]:.0f}"
        )
        moved.append(
            f"{actor} {now} (from {old[actor]:.0f})"
            if pd.notna(old[actor])
            else f"{actor} {now} (not counted before)"
        )
    return (
        join_few(moved)
        if moved
        else f"nothing: the same {how_many(len(after), 'leader')} in the same order"
    )


def join_few(parts):
    """Parts as a list in words, the first few of them."""
    more = [f"{len(parts) - MOST_LISTED} more"] if len(parts) > MOST_LISTED else []
    return ", ".join([*parts[:MOST_LISTED], *more])
