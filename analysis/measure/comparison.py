"""Groups of articles compared: what one has more of than the others, and how sure that is."""

import math

import numpy as np
import pandas as pd

from .. import schema
from ..errors import SchemaError
from ..read.articles import analysed
from .contrasts import correct_comparison
from .in_parts import add_up, is_stored, name_stored
from .inference import share_interval
from .keyness import FEWEST_COUNTED, NO_OCCURRENCE, fit
from .outlets import tell_columns
from .sums import GROUP_COLUMN, sum_rows
from .words import count_in_articles, word_rows

# From so many articles a group on, how much they differ among themselves can be told well enough:
# with outlets exchanged at random (BASIL), some difference held in 4 to 8 of 100 draws from 6 on,
# in 10 with 5, in 16 to 26 with fewer and the usual effect.
ENOUGH_ARTICLES = 6
# With fewer: how much more the mentions of an actor differ between articles of three outlets on one
# event than chance would have it (80 events of BASIL, 611 actors with 5 mentions; quotations 2.4,
# words 1.3).
USUAL_EFFECT = 4.2
# What is called a difference is due to chance in fewer than this of all comparisons together.
CHANCE = 0.05
# What is noted of the articles of a group.
ADDED_UP = dict.fromkeys(
    ["n", "base", "every", "articles", "with_base", "n_squared", "product", "base_squared"], "sum"
)
PER_WORDS, GROUP_SHARE, OWN_SHARE = "per 1,000 words", "share of the group", "share of the item"
RATES = ["rate", "low", "high", "rate_others"]
CORRECTED_RATES = [
    "corrected",
    "corrected_others",
    "difference",
    "difference_low",
    "difference_high",
]


def describe_groups(articles, tokens, *, by=None):
    """Describe which articles are compared: one row a group, in the order of the alphabet.

    `by` is a column of the articles table, or `article`: each for itself. Without it they are
    grouped by outlet where each has one and there are several, else each for itself. The first
    column has the name of what they are grouped by.

    >>> articles = read_texts(["Ann left.", "Bob left early."])
    >>> describe_groups(articles, split_tokens(articles))[["article", "words"]].values.tolist()
    [['text 1', 2], ['text 2', 3]]
    """
    known = analysed(articles)
    has_outlets = known["outlet"].notna().all() and known["outlet"].nunique() > 1
    by = by or ("outlet" if has_outlets else "article")
    words = count_in_articles(tokens)
    told = tell_columns(known).assign(words=lambda rows: rows["doc_id"].map(words).fillna(0))
    groups = (
        told.dropna(subset=by)
        .groupby(by)
        .agg(
            articles=("doc_id", "nunique"),
            words=("words", "sum"),
            first=("published", "min"),
            last=("published", "max"),
        )
    )
    groups = groups.reset_index()
    kinds = {name: schema.dtype_of(name, "groups") for name in schema.columns("groups")}
    return groups.astype({by: "str", **kinds})


def compare_groups(
    rows, table, *, by="outlet", of="actor", tokens=None, hit=None, weight=None, coded=None
):
    """Compare how much groups of articles have of something: one row an item and group.

    The most frequent items come first. `rows` is any table of what was found, a row each:
    `select_counted(mentions)`, quotations, labels, terms … `table` is the articles table, `by` its
    column that makes the groups (outlet, author, month, article …), `of` the column of the rows
    that is compared. `n` counts the rows, or adds up their column `weight`.

    What `n` is set against, `base`: with `tokens` the words of the group (`rate` is per 1,000 words
    then); with `hit`, {column: value}, `n` are the rows of the item that have that value, and
    `base` all of its rows; else all rows of the group, as for a share of voice.

    `low` to `high` is the 95 % interval of the rate (Wilson 1927). Articles differ, and what one
    repeats is no new evidence: from 6 articles a group on, counts are divided by how much more the
    articles of a group differ than chance would have it (design effect; Rao & Scott 1992). With
    fewer it cannot be told: intervals are as wide as is usual in news (by 4.2), and nothing is said
    to hold. `p` is the chance of such a difference from the other groups together if there were
    none (G² of the fourfold table, Dunning 1993), missing for fewer than 5 in all;
    `p_adjusted` allows for all `comparisons` that were made (Holm 1979), and `holds` says whether
    it is below 0.05.

    >>> texts = ["Joe Biden left. Biden slept. Iran waited.", "Iran spoke. Joe Biden rose."]
    >>> articles = read_texts(texts)
    >>> mentions = find_mentions(articles, split_tokens(articles))
    >>> compared = compare_groups(select_counted(mentions), articles, by="article")
    >>> compared[["actor", "article", "n", "base"]].values.tolist()[:2]
    [['Joe Biden', 'text 1', 2, 3], ['Joe Biden', 'text 2', 1, 2]]
    """
    of = [of] if isinstance(of, str) else list(of)
    if not is_stored(table):
        schema.check(table, "articles")
    options = {"by": by, "of": of, "hit": hit, "weight": weight}
    sums = add_up(tally_groups, rows, name_stored(table, by), tokens=tokens, **options)
    compared, items = compare_items(sums, of, by, own_base=bool(hit))
    rates = RATES if coded is None else [*RATES, *CORRECTED_RATES]
    if coded is not None:
        group_of, kept = group_articles(table, by), select_compared(rows)
        options = {"of": of, "hit": hit, "weight": weight, "coded": coded}
        compared = correct_comparison(compared, items, kept, group_of, **options)
    compared = adjust(compared)
    named = items.iloc[compared.pop("item").astype(int)].reset_index(drop=True)
    compared = pd.concat([named, compared.rename(columns={"group": by})], axis=1)
    compared["unit"] = OWN_SHARE if hit else GROUP_SHARE
    if tokens is not None and not hit:
        compared["unit"] = PER_WORDS
        compared[rates] *= 1000
    name = "comparison" if coded is None else "comparison_coded"
    measured = schema.columns(name)
    kinds = {column: schema.dtype_of(column, name) for column in measured}
    return compared[[*of, by, *measured]].astype({by: "str", **kinds})


def group_articles(table, by):
    """The group of each article that has one: a Series by doc_id."""
    told = tell_columns(table[table["left_out"].isna()])
    if by not in told:
        known = ", ".join(map(str, told))
        raise SchemaError(f"no column `{by}` in the articles to compare by. It has {known}.")
    kept = told.dropna(subset=by).drop_duplicates("doc_id")
    return kept.set_index("doc_id")[by].astype("str")


def select_compared(rows):
    """The rows that are compared: of tokens, words and not marks."""
    return rows[word_rows(rows)] if "token" in rows else rows


def tally_groups(sums, rows, table, *, tokens, by, of, hit, weight):
    """Note how much the articles of each group have of each item, `n`, and what that is set
    against, `base`; with the squares that say how much articles differ.
    """
    for column in ["doc_id", *of, *(hit or {}), *([weight] if weight else [])]:
        if column not in rows:
            raise SchemaError(
                f"no column `{column}` in the rows to compare. Choose from: {', '.join(rows)}."
            )
    group_of = group_articles(table, by)
    counts = count_by_article(select_compared(rows), group_of, of, hit=hit, weight=weight)
    base = counts.groupby("doc_id")["base"].sum() if tokens is None else count_in_articles(tokens)
    base = base.reindex(group_of.index, fill_value=0)
    if not hit:
        counts["base"] = counts["doc_id"].map(base).astype(base.dtype)
    counts[GROUP_COLUMN] = counts["doc_id"].map(group_of)
    sums.add("items", with_squares(counts), [*of, GROUP_COLUMN], ADDED_UP)
    articles = pd.DataFrame({GROUP_COLUMN: group_of, "n": 0, "base": base})
    sums.add("groups", with_squares(articles), [GROUP_COLUMN], ADDED_UP)


def count_by_article(rows, group_of, of, *, hit, weight):
    """How much each article of a group has of each item: `n`, and of all its rows `base`."""
    rows = rows[rows["doc_id"].isin(group_of.index)]
    is_hit = pd.Series(True, index=rows.index)
    for column, value in (hit or {}).items():
        is_hit &= rows[column].eq(value).fillna(False).astype(bool)
    size = rows[weight] if weight else pd.Series(1, index=rows.index)
    sizes = rows[["doc_id", *of]].assign(n=size.where(is_hit, 0), base=size)
    return sum_rows(sizes, list(dict.fromkeys(["doc_id", *of])), {"n": "sum", "base": "sum"})


def with_squares(counts):
    """Counts of articles with what adds up to how much they differ."""
    n, base = counts["n"], counts["base"]
    return counts.assign(
        every=1,
        articles=(n > 0).astype("int64"),
        with_base=(base > 0).astype("int64"),
        n_squared=n**2,
        product=n * base,
        base_squared=base**2,
    )


def spread_items(sums, of, by, own_base):
    """({what is noted: groups by items}, the groups, how many articles each has, the items).

    The items with most come first. Where they have no `own_base`, it is that of the group.
    """
    known = sums["groups"].sort_values(GROUP_COLUMN, ignore_index=True)
    if len(known) < 2:
        raise SchemaError(
            f"nothing to compare: all articles have the same `{by}`. "
            'Compare by another column, or each for itself: by="article".'
        )
    noted = sums["items"]
    number = noted.groupby(of, dropna=False, sort=False).ngroup()
    items = noted[of].drop_duplicates().reset_index(drop=True)
    totals = noted.groupby(number)["base" if own_base else "n"].sum()
    order = sorted(items.index, key=lambda item: (-totals[item], *map(str, items.loc[item])))
    column = pd.Series(range(len(order)), index=order, dtype="int64")
    column = number.map(column).to_numpy("int64")
    row = (
        noted[GROUP_COLUMN].map(pd.Series(known.index, index=known[GROUP_COLUMN])).to_numpy("int64")
    )
    spread = {}
    for name in ADDED_UP:
        spread[name] = np.zeros((len(known), len(items)))
        spread[name][row, column] = noted[name]
    if not own_base:
        for name in ("base", "with_base", "base_squared"):
            spread[name][:] = known[name].to_numpy(float)[:, None]
    items = items.iloc[order].reset_index(drop=True)
    return spread, known[GROUP_COLUMN].tolist(), known["every"].to_numpy(), items


def compare_items(sums, of, by, *, own_base):
    """(each item in each group, set against the others together: one row an item and group; the
    items).
    """
    spread, groups, several, items = spread_items(sums, of, by, own_base)
    n, size = spread["n"], spread["base"]
    effect = design_effects(spread)
    with np.errstate(divide="ignore", invalid="ignore"):
        low, high = share_interval(n / size, size / effect)
        low = np.where(n > 0, low, 0)
        others, size_others = n.sum(axis=0) - n, size.sum(axis=0) - size
        less = np.maximum(others, NO_OCCURRENCE) / size_others
        evidence = weigh(n / effect, size / effect)
        is_more = n / size >= others / size_others
        found = {
            "n": n,
            "base": size,
            "articles": spread["articles"],
            "rate": n / size,
            "low": low,
            "high": high,
            "n_others": others,
            "base_others": size_others,
            "rate_others": others / size_others,
            "log_ratio": np.log2(np.maximum(n, NO_OCCURRENCE) / size / less),
            "log_likelihood": np.where(is_more, evidence, -evidence),
            "p": chances(n, evidence, several),
            "effect": effect,
        }
    compared = {name: values.T.ravel() for name, values in found.items()}
    compared["item"] = np.repeat(np.arange(len(items)), len(groups))
    compared["group"] = np.tile(np.array(groups, dtype=object), len(items))
    compared["flag"] = explain_weak(n, several)
    return pd.DataFrame(compared), items


def design_effects(noted):
    """How much more each item's rate varies from article to article than chance would have it.

    `noted` has the sums over a group's articles (ratio estimate, Rao & Scott 1992). Never below 1;
    of fewer than 6 articles it cannot be told, and is taken to be as usual in news.
    """
    several, base = noted["with_base"], noted["base"]
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = noted["n"] / base
        squares = noted["n_squared"] - 2 * rate * noted["product"] + rate**2 * noted["base_squared"]
        spread = np.maximum(squares, 0) * several / (several - 1)
        effect = spread / (base * rate * (1 - rate))
    effect = np.where(np.isfinite(effect), np.maximum(effect, 1), 1)
    return np.where(several < ENOUGH_ARTICLES, USUAL_EFFECT, effect)


def weigh(n, base):
    """G² of each item and group against the others together (Dunning 1993).

    Missing where there is nothing to compare with.
    """
    others, others_base = n.sum(axis=0) - n, base.sum(axis=0) - base
    together = (n + others) / (base + others_base)
    evidence = fit(n, base, together) + fit(others, others_base, together)
    is_known = (base > 0) & (others_base > 0) & (together > 0)
    return np.where(is_known, np.maximum(np.nan_to_num(evidence), 0), np.nan)


def chances(n, evidence, several):
    """The chance of such evidence if there is no difference.

    Missing where there are too few in all, or a group has too few articles.
    """
    p = [math.erfc(math.sqrt(each / 2)) for each in evidence.ravel()]
    is_enough = (n.sum(axis=0) >= FEWEST_COUNTED) & (several >= ENOUGH_ARTICLES).all()
    return np.where(is_enough, np.reshape(p, n.shape), np.nan)


def explain_weak(n, several):
    """What is too little for each item and group, in words; None where nothing is."""
    flags = []
    for total in n.sum(axis=0):
        few = [f"fewer than {FEWEST_COUNTED} in all"] * bool(total < FEWEST_COUNTED)
        for articles in several:
            alone = [f"fewer than {ENOUGH_ARTICLES} articles"] * bool(articles < ENOUGH_ARTICLES)
            flags.append("; ".join(few + alone) or None)
    return flags


def adjust(compared):
    """The chances allowed for the number of comparisons (Holm 1979), and what holds then.

    Of two groups, the second says the same as the first: they are one comparison.
    """
    each = 2 if compared["group"].nunique() == 2 else 1
    ranked = compared["p"].dropna().sort_values(kind="stable")
    made = len(ranked) // each
    left = made - np.arange(len(ranked)) // each
    adjusted = np.minimum(np.maximum.accumulate(ranked * left), 1)
    adjusted = adjusted.reindex(compared.index)
    return compared.assign(p_adjusted=adjusted, comparisons=made, holds=adjusted < CHANCE)


def select_typical(compared, *, top=4, min_n=3):
    """Select what marks each group: rows of `compare_groups(…)`, of all groups.

    Of each group the `top` items that it has most beyond the others (`log_likelihood`) and at least
    `min_n` times; key words, where words were compared.

    >>> articles = read_texts(["We saw snow, snow and snow.", "We saw rain, rain and rain."])
    >>> tokens = split_tokens(articles)
    >>> nouns = tokens[tokens["pos"] == "NOUN"]
    >>> words = compare_groups(nouns, articles, by="article", of="lemma", tokens=tokens)
    >>> select_typical(words)["lemma"].unique().tolist()
    ['snow', 'rain']
    """
    *of, by = list_items(compared)
    more = compared[(compared["log_likelihood"] > 0) & (compared["n"] >= min_n)]
    most = more.sort_values("log_likelihood", ascending=False, kind="stable")
    most = most[most.groupby(by).cumcount() < top]
    order = {group: place for place, group in enumerate(dict.fromkeys(compared[by]))}
    most = most.sort_values(by, key=lambda groups: groups.map(order), kind="stable")
    chosen = most[of].drop_duplicates().reset_index(drop=True)
    ranked = compared.merge(chosen.reset_index(names="rank"), on=of, how="inner")
    ranked = ranked.sort_values("rank", kind="stable", ignore_index=True)
    return ranked.drop(columns="rank")


def list_items(compared):
    """The columns of a comparison that say which item, and the one that says which group."""
    measured = {*schema.columns("comparison"), *schema.columns("comparison_coded")}
    return [column for column in compared if column not in measured]
