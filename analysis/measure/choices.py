"""What becomes of the counts when somebody counts otherwise."""

import pandas as pd
from pandas.api.types import is_list_like

from .. import schema
from ..errors import SchemaError
from ..schema import ACTOR_TYPES, REFERRING
from ..text import how_many
from .actors import count_types, most_frequent_type, select_counted
from .in_parts import add_up, read_whole_table

OWN = "with pronouns"
# What counts as a mention: ways of referring (`kinds`), and values of any other column of the
# mentions.
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


def select_chosen(mentions, choice, *, types=ACTOR_TYPES):
    """Select the mentions that count under one choice: the rows behind `compare_choices`.

    `choice` is one of the workbook's ("names only", "with descriptions" … : see
    `compare_choices`), or your own: a dict of `kinds` (by default all that the workbook counts) and
    of columns of the mentions with the values that count, or a function that takes the mentions and
    gives back those that count. An unknown choice or column raises SchemaError. `types` is as in
    `select_counted`.

    >>> articles = read_texts("Iranian officials met Putin in Vienna.")
    >>> mentions = find_mentions(articles, split_tokens(articles))
    >>> select_chosen(mentions, "with nationality words")["text"].tolist()
    ['Iranian', 'Putin']
    >>> select_chosen(mentions, {"position": "headline"})["text"].tolist()
    []
    """
    if isinstance(choice, str):
        if choice not in CHOICES:
            raise SchemaError(f"no choice is called “{choice}”. Choose from: {', '.join(CHOICES)}.")
        choice = CHOICES[choice]
    if callable(choice):
        return select_counted(choice(mentions), kinds=None, types=types)
    rows = select_counted(mentions, kinds=choice.get("kinds", REFERRING), types=types)
    for column, values in choice.items():
        if column == "kinds":
            continue
        if column not in rows:
            raise SchemaError(
                f"no column `{column}` in the mentions table to choose by. "
                f"Choose from: kinds, {', '.join(mentions)}."
            )
        rows = rows[rows[column].isin(values if is_list_like(values) else [values])]
    return rows


def compare_choices(mentions, *, types=ACTOR_TYPES, choices=CHOICES):
    """Count actors under each choice of what is a mention: one row an actor and choice.

    Most often mentioned first. Each choice adds to the one before: names only (acronyms and
    capitals for governments among them), with descriptions (“the general”), with pronouns (the
    workbook's own count), with nationality words. The last two take from the workbook's own count:
    without what stands in quotation marks; headline and lead only. Your own `choices` are
    {label: choice as for select_chosen}; `types` is as in `select_counted`. An actor that a choice
    does not count has `n` 0 and no rank there. If a finding holds under every choice, it does not
    hang on the choice (a robustness check or multiverse analysis: Steegen, S., Tuerlinckx, F.,
    Gelman, A. & Vanpaemel, W. 2016. Perspectives on Psychological Science 11(5)).

    >>> articles = read_texts("Iranian officials met Putin in Vienna.")
    >>> mentions = find_mentions(articles, split_tokens(articles))
    >>> choices = {"mine": {}, "with nationality words": {"kinds": ["name", "adjective"]}}
    >>> counts = compare_choices(mentions, choices=choices)
    >>> counts[["choice", "actor", "n", "rank"]].values.tolist()
    [['mine', 'Putin', 1, 1.0], ['mine', 'Iran', 0, nan],
     ['with nationality words', 'Iran', 1, 1.0], ['with nationality words', 'Putin', 1, 1.0]]
    """
    if any(callable(choice) for choice in choices.values()):
        mentions = read_whole_table(mentions)
    sums = add_up(tally_choices, mentions, types=types, choices=choices)
    kept, counts = most_frequent_type(sums["types"]), sums["chosen"]
    tables = [rank_actors(label, counts[counts["choice"] == label], kept) for label in choices]
    if not tables:
        return schema.table([], "choices")
    return schema.table(pd.concat(tables, ignore_index=True), "choices")


def tally_choices(sums, mentions, *, types, choices):
    """Note how often each actor is mentioned under each choice, and as what type."""
    schema.check(mentions, "mentions")
    chosen = [mentions.head(0).assign(choice="")]
    for label, choice in choices.items():
        chosen.append(select_chosen(mentions, choice, types=types).assign(choice=label))
    rows = pd.concat(chosen)
    sums.count("chosen", rows, ["choice", "actor"])
    count_types(sums, rows)


def rank_actors(label, counts, kept):
    """The counts and ranks under one choice, for every actor that some choice counts.

    `kept` are the types of these actors, by actor.
    """
    n = counts.set_index("actor")["n"].reindex(kept.index, fill_value=0)
    counts = pd.DataFrame({"choice": label, "actor": kept.index, "actor_type": kept.array})
    counts["n"] = n.array
    counted = counts["n"].where(counts["n"] > 0)
    counts["rank"] = counted.rank(ascending=False, method="min")
    return counts.sort_values(["n", "actor"], ascending=[False, True])


def describe_choices(choices, *, top=3, own=OWN):
    """Describe how far the ranking hangs on what is counted: one row a choice.

    Each is compared with the workbook's own count. `n` mentions of how many `actors`;
    `correlation` of the two rankings over all actors (Spearman's: 1 the same order, 0 no relation,
    -1 the reverse; missing for fewer than 3 actors, and of many actors mentioned once it says
    little); the `leaders`, all those on the first `top` ranks (3 by default); and what `changes`
    among them. `own` is the choice that the others are compared with; where the table lacks it, its
    first.

    >>> rows = [("a", "Iran", "state", 3, 1), ("a", "Raisi", "person", 1, 2)]
    >>> rows += [("b", "Raisi", "person", 2, 1), ("b", "Iran", "state", 1, 2)]
    >>> described = describe_choices(schema.table(rows, "choices"), top=1)
    >>> described[["choice", "leaders", "changes"]].values.tolist()
    [['a', 'Iran (3)', 'what the others are compared with'],
     ['b', 'Raisi (2)', 'Raisi up to 1 (from 2), Iran down to 2 (from 1)']]
    """
    schema.check(choices, "choices")
    if own not in set(choices["choice"]):
        own = next(iter(choices["choice"]), own)
    counts = choices.pivot(index="actor", columns="choice", values="n")
    alike = counts.corr(method="spearman", min_periods=FEWEST_RANKED)
    ranks = choices.pivot(index="actor", columns="choice", values="rank")
    leading = find_leaders(choices, top)
    rows = []
    for label, leaders in leading.items():
        n = counts[label]
        changes = "what the others are compared with"
        if label != own:
            changes = describe_changes(leading[own], leaders, ranks[own], ranks[label])
        listed = join_few([f"{actor} ({n[actor]})" for actor in leaders])
        rows.append((label, n.sum(), (n > 0).sum(), alike.loc[own, label], listed, changes))
    return schema.table(rows, "choices_described")


def find_leaders(choices, top):
    """{choice: {actor: rank}} of the first `top` ranks, in order.

    Of those who share the last of these ranks, all.
    """
    leading = choices[choices["rank"] <= top]
    leaders = {}
    for label in choices["choice"].unique():
        under = leading[leading["choice"] == label]
        leaders[label] = under.set_index("actor")["rank"].to_dict()
    return leaders


def describe_changes(before, after, old, new):
    """What changes among the leaders from one ranking to another, in words."""
    if not after:
        return "nobody is counted"
    moved = []
    for actor in dict.fromkeys([*after, *before]):
        if new[actor] != old[actor]:
            moved.append(describe_move(actor, old[actor], new[actor]))
    if not moved:
        return f"nothing: the same {how_many(len(after), 'leader')} in the same order"
    return join_few(moved)


def describe_move(actor, old, new):
    """From which rank to which an actor moves, in words; a missing rank is not counted."""
    if pd.isna(new):
        now = "no longer counted"
    elif new > old:
        now = f"down to {new:.0f}"
    else:
        now = f"up to {new:.0f}"
    before = "not counted before" if pd.isna(old) else f"from {old:.0f}"
    return f"{actor} {now} ({before})"


def join_few(parts):
    """Parts as a list in words, the first few of them."""
    shown = parts[:MOST_LISTED]
    if len(parts) > MOST_LISTED:
        shown = [*shown, f"{len(parts) - MOST_LISTED} more"]
    return ", ".join(shown)
