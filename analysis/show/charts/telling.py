"""Charts of how the story is told: who vouches, where the doer is missing, who is called what."""

import altair as alt
import pandas as pd

from ... import schema
from ...find.doers import ACT_NOUN, INTRANSITIVE, PARTICIPLE, PASSIVE
from ...find.quotes import JOURNALIST
from ...find.status import ASSERTED, DENIED
from ...find.vouching import ANONYMOUS, HEDGED, SECOND_HAND, UNATTRIBUTED
from ...measure.vouching import OWN_WORD, VOUCHING
from ...text import how_many
from ..figure import draw_nothing, finish_chart
from ..theme import BLUE, COAL, ORANGE, PALE, YELLOW
from .parts import draw_parts, lanes, shorten, stack_parts, with_addresses

CERTAINTY_COLOURS = {ASSERTED: BLUE, HEDGED: YELLOW, DENIED: COAL}
FORM_COLOURS = {PASSIVE: BLUE, PARTICIPLE: PALE, ACT_NOUN: ORANGE, INTRANSITIVE: COAL}
WHOSE_COLOURS = {"the journalist": BLUE, "somebody quoted": ORANGE}
NOBODY_NAMED = "nobody named"
# A part of a bar at least this long, as a share of the longest bar, has room for its number.
ROOM = 0.05
WITHOUT_NAME = (ANONYMOUS, SECOND_HAND, UNATTRIBUTED)


def draw_vouching(counts):
    """Draw how many words stand on whose word, from `count_vouching(vouching, speech, tokens)`."""
    schema.check(counts, "vouching_counts")
    if counts.empty:
        return draw_nothing("There are no words")
    parts = with_addresses(counts, "vouching_counts")
    parts = parts.rename(columns={"n": "statements"}).assign(n=counts["words"])
    total = parts["n"].sum()
    shares = parts.groupby("source")["n"].sum() / total
    own, unnamed = shares.get(OWN_WORD, 0), shares.reindex(WITHOUT_NAME).sum()
    rest = 1 - own - unnamed
    finding = (
        f"{own:.0%} of the words stand on the article's own word, {rest:.0%} on that of sources "
        f"named or described, {unnamed:.0%} on anonymous, second-hand or no sources"
    )
    source = f"{how_many(int(parts['statements'].sum()), 'statement')}, {total} words"
    order = [each for each in VOUCHING if each in set(parts["source"])]
    chart = draw_bars(parts, "source", order, "certainty", CERTAINTY_COLOURS, "words")
    return finish_chart(chart, "vouching", finding, source)


def draw_missing_doers(counts, *, top=10):
    """Draw to whom something is done without a doer, from `count_missing_doers(missing)`.

    `top`: how many of those to whom it is done, 10 by default.
    """
    schema.check(counts, "missing_doer_counts")
    if counts.empty:
        return draw_nothing("Every act has its doer")
    parts = []
    for form in FORM_COLOURS:
        part = with_addresses(counts.head(top), "missing_doer_counts", form)
        parts.append(part.assign(form=form, n=part[form]))
    parts = pd.concat(parts, ignore_index=True)
    parts["actor"] = parts["actor"].fillna(NOBODY_NAMED)
    counts = counts.assign(actor=counts["actor"].fillna(NOBODY_NAMED))
    shown = counts.head(top)
    first = counts[counts["actor"] != NOBODY_NAMED].head(1)
    total, harm = int(counts["n"].sum()), int(counts["n_harm"].sum())
    acts = how_many(total, "act")
    finding = f"{acts} without a doer, {harm} of harm or blame"
    if len(first):
        finding += f"; most often done to {shorten(first['actor'].iloc[0])}"
    source = f"Of {int(counts['n_told'].sum())} the article names the doer elsewhere"
    if len(shown) < len(counts):
        source += f"; the {top} to whom most is done"
    chart = draw_bars(parts, "actor", shown["actor"].tolist(), "form", FORM_COLOURS, "acts")
    return finish_chart(chart, "missing doers", finding, source)


def draw_labels(labels, *, top=12):
    """Draw by which words actors are called, in whose voice, from `find_labels(...)`.

    `top`: how many labels, those of the actors with most, 12 by default.
    """
    schema.check(labels, "labels")
    if labels.empty:
        return draw_nothing("Nobody is called anything but by name")
    is_own = labels["voice"].isna() | (labels["voice"] == JOURNALIST)
    by = is_own.map({True: "the journalist", False: "somebody quoted"})
    called = labels["actor"].map(shorten) + ": " + labels["label"].map(shorten)
    keys = ["actor", "label", "called", "by"]
    by_whom = labels.assign(called=called, by=by).groupby(keys)["voice"]
    counts = by_whom.agg(n="size", voice=lambda voices: list(voices.unique())).reset_index()
    total = counts.groupby("actor")["n"].transform("sum")
    ranked = counts.assign(total=total).sort_values(
        ["total", "actor", "n", "called"], ascending=[False, True, False, True]
    )
    order = ranked["called"].drop_duplicates().tolist()
    most = ranked["actor"].iloc[0]
    of_most = labels[labels["actor"] == most]
    finding = (
        f"{shorten(most)} is called by most labels: {len(of_most)}, "
        f"{of_most['label'].nunique()} of them different"
    )
    source = how_many(len(labels), "label")
    if len(order) > top:
        source += f"; the first {top}, of the actors with most"
    parts = ranked[ranked["called"].isin(order[:top])]
    parts = with_addresses(parts, "label_counts").drop(columns="voice")
    chart = draw_bars(parts, "called", order[:top], "by", WHOSE_COLOURS, "times")
    return finish_chart(chart, "labels", finding, source)


def draw_bars(parts, lane, order, part, palette, title):
    """A bar for each of the lanes, divided into parts, with the numbers that have room."""
    parts = parts[parts["n"] > 0].copy()
    rank = {key: number for number, key in enumerate(palette)}
    parts = parts.sort_values(part, key=lambda keys: keys.map(rank), kind="stable")
    longest = parts.groupby(lane)["n"].sum().max()
    parts = stack_parts(parts, room=ROOM * longest, column=lane)
    told = [lane, part, "n"]
    base = alt.Chart(parts).encode(y=lanes(order, column=lane), tooltip=told, href="href:N")
    return draw_parts(base, parts, part, palette, title=title, legend=None)
