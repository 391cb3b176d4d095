"""In which grammatical roles actors are named."""

from .. import schema
from ..find.quotes import JOURNALIST
from ..find.roles import ROLES
from ..find.status import ASSERTED
from ..schema import ACTOR_TYPES, REFERRING
from .actors import correct_actors, count_types, most_frequent_type, select_counted
from .groups import by_article
from .in_parts import add_up


@by_article
def count_roles(mentions, *, kinds=REFERRING, types=ACTOR_TYPES, coded=None):
    """Count in which grammatical roles actors are named: one row an actor and role.

    The most mentioned actor comes first. An article that shows one side as doing and the other as
    done to says so in its grammar (van Leeuwen 1996 on role allocation). `kinds` and `types` choose
    mentions as in `select_counted`; `share` is of the actor's own mentions. A role that an actor
    never has gets no row.

    With `coded`, codings of who is meant (`read_codings`), `corrected` is how often the actor is
    meant among all mentions in that role, and `low` to `high` its 95 % interval: see
    `count_actors`. The role itself is as read from the grammar.

    >>> articles = read_texts("Israel attacked Iran. Iran protested. Iran's army left.")
    >>> roles = count_roles(find_mentions(articles, split_tokens(articles)))
    >>> roles[["actor", "role", "n"]].values.tolist()
    [['Iran', 'agent', 1], ['Iran', 'patient', 1], ['Iran', 'possessor', 1], ['Israel', 'agent', 1]]
    """
    sums = add_up(tally_roles, mentions, kinds=kinds, types=types)
    counts = sums["roles"]
    total = counts.groupby("actor")["n"].transform("sum")
    order = {role: rank for rank, role in enumerate(ROLES)}
    counts = counts.assign(
        actor_type=counts["actor"].map(most_frequent_type(sums["types"])),
        share=counts["n"] / total,
        most=-total,
        order=counts["role"].map(order),
    )
    counts = counts.sort_values(["most", "actor", "order", "role"], ignore_index=True)
    counts = schema.table(counts, "roles")
    return (
        counts if coded is None else correct_actors(counts, mentions, ["role"], kinds, types, coded)
    )


def tally_roles(sums, mentions, *, kinds, types):
    """Note how often each actor is mentioned in each role, and as what type."""
    counted = select_counted(mentions, kinds=kinds, types=types)
    sums.count("roles", counted.dropna(subset=["actor", "role"]), ["actor", "role"])
    count_types(sums, counted)


def select_stated(actions):
    """Select the acts that the article itself states: asserted, in the journalist's own words.

    Where `find_actions` was not told who speaks, all that is asserted.
    """
    schema.check(actions, "actions")
    own = actions["voice"].isna() | (actions["voice"] == JOURNALIST)
    return actions[own & (actions["status"] == ASSERTED)]
