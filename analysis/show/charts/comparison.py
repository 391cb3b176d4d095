"""The chart of what groups of articles have more or less of."""

import altair as alt

from ...errors import SchemaError
from ...measure.addresses import BEHIND, address_counts
from ...measure.comparison import (
    ENOUGH_ARTICLES,
    GROUP_SHARE,
    OWN_SHARE,
    PER_WORDS,
    list_items,
)
from ...measure.keyness import FEWEST_COUNTED
from ...text import how_many
from ..figure import draw_nothing, finish_chart
from ..theme import BLUE, INK
from .parts import names_above, names_beside, shorten

# In pixels, of a cell.
COMPARED_WIDTH, COMPARED_HEIGHT = 74, 26
MOST_GROUPS = 12
EMPTY_CELL = "–"
# A cell is so dark from here on that its number is white.
DARK_CELLS = 0.6
RATE_SHADES = alt.Scale(domain=[0, 1], range=["#F7F7F7", BLUE])
# What is compared: one, several.
ACTORS = ("actor", "actors")
CALLED = {
    "actors": ACTORS,
    "unnamed": ("person or group without a name", "people and groups without a name"),
    "stance_counts": ACTORS,
    "voices": ("speaker", "speakers"),
    "words": ("word", "words"),
    "label_counts": ("label", "labels"),
    "missing_doer_counts": ("act told without who did it", "acts told without who did them"),
    "vouching_counts": ("kind of source", "kinds of source"),
    "term_counts": ("category", "categories"),
    "place_counts": ("place", "places"),
}
TOO_FEW_ARTICLES = f"fewer than {ENOUGH_ARTICLES} articles each, too few to tell from chance"


def draw_comparison(compared, name, *, column="n", top=12):
    """Draw what groups of articles have of some items, from `compare_groups(…)`.

    A row an item, a column a group, in the cell how many, the darker the higher the rate. A frame
    is around what holds after all comparisons. `name` and `column` say what was counted, as in
    `draw_counts`: "actors", "voices", "stance_counts" …; `top`: how many items, 12 by default:
    what holds, and the most frequent. Of more than 12 groups those with the most are shown. Of a
    table compared with `coded=`, in the cell stands the corrected rate, a dash where too little is
    coded.
    """
    if name not in BEHIND or column not in BEHIND[name]:
        raise SchemaError(f"nothing that is counted is called “{name}”, with a column “{column}”.")
    told = name_compared(compared)
    if told.empty:
        return draw_nothing("There is nothing to compare")
    items = choose_items(told, top)
    groups = choose_largest(told)
    shown = told[told["item"].isin(items) & told["group"].isin(groups)].reset_index(drop=True)
    addresses = address_counts(shown.rename(columns={"n": column}), name, column)
    rate = shown["corrected"].fillna(0) if "corrected" in shown else shown["rate"]
    rate = rate.where(shown["base"] >= FEWEST_COUNTED, 0)
    highest = rate.groupby(shown["item"]).transform("max")
    shade = (rate / highest.where(highest > 0)).fillna(0)
    shown = shown.assign(href=addresses, said=say_cells(shown), shade=shade)
    one, many = CALLED.get(name, ("item", "items"))
    n_items, n_groups = told["item"].nunique(), told["group"].nunique()
    source = f"{len(items)} of {n_items} {one if n_items == 1 else many}"
    if len(groups) < n_groups:
        source += f", {len(groups)} of {n_groups} groups"
    source += f"; {say_unit(shown)}"
    if shown["holds"].any():
        source += "; framed: holds after all comparisons"
    if "corrected" in told:
        source += "; as corrected by what was coded"
    elif not told["comparisons"].max():
        source += f"; {TOO_FEW_ARTICLES}"
    by = list_items(compared)[-1]
    finding = describe_compared(told, by, many)
    chart = draw_cells_compared(shown, items, groups)
    return finish_chart(chart, f"compared-{name}".replace("_", "-"), finding, source)


def name_compared(compared):
    """The rows with `item` and `group`, without items that are missing or nowhere."""
    *of, by = list_items(compared)
    told = compared.dropna(subset=of)
    if told.empty:
        return told
    told = told.assign(item=told[of].astype("str").agg(": ".join, axis=1), group=told[by])
    present = told["base"] if (told["unit"] == OWN_SHARE).all() else told["n"]
    return told[present.groupby(told["item"]).transform("sum") > 0]


def choose_items(told, top):
    """The items to show in their order: half of the room is for what holds, the rest for the most
    frequent."""
    items = list(dict.fromkeys(told["item"]))
    holding = told[told["holds"]].sort_values("p_adjusted", kind="stable")["item"].unique()
    chosen = dict.fromkeys([*holding[: top // 2], *items])
    kept = set(list(chosen)[:top])
    return [item for item in items if item in kept]


def choose_largest(told):
    """The groups in their order; of very many those with most."""
    base = told.groupby("group", sort=False)["base"].max()
    kept = base.sort_values(ascending=False, kind="stable").index[:MOST_GROUPS]
    return [group for group in base.index if group in kept]


def say_cells(shown):
    """What stands in each cell: how many, or how many of how many; a dash for none.

    Where something was coded, the corrected rate.
    """
    n, base, unit = shown["n"].astype("str"), shown["base"].astype("str"), shown["unit"].iat[0]
    if "corrected" in shown:
        factor, mark = (1, "") if unit == PER_WORDS else (100, " %")
        rate = (factor * shown["corrected"]).map(
            lambda each: f"{each:.{'0' if mark else '1'}f}{mark}"
        )
        return rate.where(shown["corrected"].notna(), EMPTY_CELL)
    if unit == OWN_SHARE:
        return (n + " of " + base).where(shown["base"] > 0, EMPTY_CELL)
    if unit == GROUP_SHARE:
        percent = (100 * shown["rate"]).round().fillna(0).astype(int)
        n = percent.astype("str").replace("0", "<1") + " %"
    return n.where(shown["n"] > 0, EMPTY_CELL)


def say_unit(shown):
    """What the numbers and the shades say, in words."""
    unit = shown["unit"].iat[0]
    if unit == OWN_SHARE:
        return f"shaded from {FEWEST_COUNTED} on: the darker, the larger the share in its row"
    if unit == GROUP_SHARE:
        return "share of all in its column; the darker, the larger in its row"
    return "how often; the darker, the more per 1,000 words in its row"


def draw_cells_compared(shown, items, groups):
    """A cell an item and group, shaded within its row, framed where the difference holds."""
    numbers = ["rate", "low", "high", "rate_others"]
    if "corrected" in shown:
        numbers += ["corrected", "difference", "difference_low", "difference_high"]
    tooltip = ["item", "group", "n", "base", "unit"]
    tooltip += [alt.Tooltip(column, format=".2f") for column in numbers]
    kept = [*tooltip[:5], *numbers, "holds", "href", "said", "shade"]
    size = {"width": alt.Step(COMPARED_WIDTH), "height": alt.Step(COMPARED_HEIGHT)}
    base = alt.Chart(shown[kept], **size).encode(
        x=names_above("group", groups, None),
        y=names_beside("item", items),
        href="href:N",
        tooltip=tooltip,
    )
    cells = base.mark_rect(stroke="white", strokeWidth=1).encode(
        color=alt.Color("shade:Q", scale=RATE_SHADES, legend=None)
    )
    framed = base.transform_filter("datum.holds")
    frames = framed.mark_rect(fillOpacity=0, stroke=INK, strokeWidth=2)
    is_dark = f"datum.shade > {DARK_CELLS}"
    words = base.mark_text(fontSize=12).encode(
        text="said:N", color=alt.condition(is_dark, alt.value("white"), alt.value("black"))
    )
    # A layer without marks would be an image without words.
    return alt.layer(cells, words, *[frames] * bool(shown["holds"].any()))


def describe_compared(told, by, many):
    """What holds; else what only one group has, which is counted, not claimed to be no chance."""
    made = int(told["comparisons"].max())
    if "corrected" in told and not made:
        return describe_apart(told)
    if made:
        holding = told[told["holds"] & (told["log_likelihood"] > 0)]
        if holding.empty:
            return f"None of {how_many(made, 'difference')} holds: all may be chance"
        first = holding.sort_values("p_adjusted", kind="stable").head(2)
        pairs = zip(first["item"], first["group"], strict=True)
        said = ", ".join(f"{shorten(item)} in {shorten(group)}" for item, group in pairs)
        more = f" and {len(holding) - len(first)} more" * (len(holding) > len(first))
        return f"More than elsewhere, beyond chance: {said}{more}"
    if told["unit"].iat[0] == OWN_SHARE:
        return f"Fewer than {ENOUGH_ARTICLES} articles each: too few to tell whether they differ"
    present = told[told["n"] > 0]
    alone = present[~present["item"].duplicated(keep=False)]
    said = f"{len(alone)} of {present['item'].nunique()} {many} are in one {by} only"
    if len(alone):
        most = alone.sort_values("n", ascending=False, kind="stable").iloc[0]
        said += f", most often {shorten(most['item'])} ({most['n']} in {shorten(most['group'])})"
    return said


def describe_apart(told):
    """Of few articles: in how many cells these differ as corrected, whatever others might have."""
    known = told.dropna(subset=["difference"])
    if known.empty:
        return "Too few of each group are coded to compare them"
    more = known[known["difference_low"] > 0]
    few = f"fewer than {ENOUGH_ARTICLES} articles each, so others may differ"
    if more.empty:
        return f"As corrected, no group is known to have more than the others; {few}"
    first = more.sort_values("difference", ascending=False, kind="stable").iloc[0]
    rest = f" and {len(more) - 1} more" * (len(more) > 1)
    return (
        f"In these articles, as corrected, more than elsewhere: {shorten(first['item'])} in "
        f"{shorten(first['group'])}{rest}; {few}"
    )
