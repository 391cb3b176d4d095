"""Counts over a stored corpus: batch by batch where they add up, in memory where they do not.

A batch holds whole articles, so numbers of mentions, words, sentences and articles add up; shares,
rates and intervals are worked out from the sums. What comes out is what the same function makes of
the whole tables.
"""

import numpy as np
import pandas as pd

from .. import schema
from ..errors import WorkbookError
from ..schema import ACTOR_TYPES, UNNAMED
from .actors import PLACES, choose_types, select_counted
from .outlets import tell_columns
from .tone.stance_counts import add_shares, count_stance, select_toned
from .voices import SIZES, finish_voices, order_of_speaking, select_spoken, sum_speech
from .words import finish_counts, tally_words, word_rows

# Of the memory that is free, what tables may take that are read whole.
SPARE = 0.6


def count_stored(function, given):
    """What a function makes of stored tables; `given` is {parameter: what was handed over}."""
    add_up = ADD_UP.get(function.__name__)
    is_asked_whole = given.get("coded") is not None
    if add_up and not is_asked_whole:
        return add_up(given)
    refuse_large(given)
    return function(**{name: read_whole_table(value) for name, value in given.items()})


def is_stored(value):
    """Whether a value is a table that is stored."""
    return getattr(value, "is_stored", False)


def read_whole_table(value):
    """A stored table as pandas; anything else as it is."""
    return value.read() if is_stored(value) else value


def refuse_large(given):
    """WorkbookError where stored tables would not fit into memory."""
    import psutil

    size = sum(value.size() for value in given.values() if is_stored(value))
    free = psutil.virtual_memory().available
    if size > SPARE * free:
        names = ", ".join(value.name for value in given.values() if is_stored(value))
        raise WorkbookError(
            f"{names}: about {size / 2**30:.0f} GB in memory, and {free / 2**30:.0f} GB are free. "
            f"Counted batch by batch are {', '.join(ADD_UP)}; any other number of a large corpus "
            'is one tables.query("SELECT …"), or of a part: hand over '
            'tables["tokens"].part(0), its first batch.'
        )


def go_through_batches(given):
    """What was handed over, batch by batch: stored tables as the rows of the batch."""
    stored = [name for name, value in given.items() if is_stored(value)]
    numbers = {len(given[name].files) for name in stored}
    if len(numbers) > 1:
        raise WorkbookError("these tables are of two corpora. Take all from one read_tables(…).")
    for number in range(numbers.pop()):
        parts = {name: rows_of_batch(value, number) for name, value in given.items()}
        yield keep_articles_of(parts[stored[0]], parts) if len(stored) < len(given) else parts


def rows_of_batch(value, number):
    """The rows of one batch of a stored table; anything else as it is."""
    return value.part(number) if is_stored(value) else value


def keep_articles_of(batch, parts):
    """The parts of one batch, tables in memory cut to the articles of its rows."""
    doc_ids = set(batch["doc_id"])
    return {
        name: value[value["doc_id"].isin(doc_ids)]
        if isinstance(value, pd.DataFrame) and "doc_id" in value
        else value
        for name, value in parts.items()
    }


def count_words_stored(given):
    """`count_words` batch by batch."""
    sums, totals, told = None, None, None
    for parts in go_through_batches(given):
        counts, total, *told = tally_words(**parts)
        by, keys, _ = told
        sums = add_rows(sums, counts, [*by, *keys], ["n", "articles"])
        totals = total if totals is None else add_totals(totals, total)
    return finish_counts(sums, totals, *told)


def add_totals(one, other):
    """Numbers of words of two batches, of each group or in all."""
    if isinstance(one, pd.Series):
        return one.add(other, fill_value=0).astype("int64")
    return one + other


def add_rows(sums, rows, keys, numbers):
    """The rows of a batch added to the sums so far, by their keys."""
    if sums is None:
        return rows.reset_index(drop=True)
    both = pd.concat([sums, rows], ignore_index=True)
    return both.groupby(keys, dropna=False, observed=True, sort=False)[numbers].sum().reset_index()


def part_groups(by, table):
    """(columns of the articles, columns of the rows) that are counted by."""
    by = [by] if isinstance(by, str) else list(by or [])
    groups = [] if table is None else [column for column in by if column in tell_columns(table)]
    return groups, [column for column in by if column not in groups]


def add_groups(rows, groups, table):
    """The rows with the columns of their articles that are counted by; those without are gone."""
    if not groups:
        return rows
    told = tell_columns(table).dropna(subset=groups).drop_duplicates("doc_id")
    rows = rows.drop(columns=groups, errors="ignore")
    return rows.merge(told[["doc_id", *groups]], on="doc_id", how="inner")


def count_actors_stored(given):
    """`count_actors` batch by batch."""
    counts, types, words = None, None, None
    groups, own = [], []
    chosen = {key: given[key] for key in ("kinds", "types") if key in given}
    for parts in go_through_batches(given):
        table = parts.get("table")
        groups, own = part_groups(parts.get("by"), table)
        schema.count_by(own, parts["mentions"], "mentions")
        rows = add_groups(select_counted(parts["mentions"], **chosen), groups, table)
        keys = list(dict.fromkeys([*groups, *own, "actor"]))
        counts = add_sizes(counts, rows, keys)
        types = add_sizes(types, rows, list(dict.fromkeys([*groups, "actor", "actor_type"])))
        if parts.get("tokens") is not None:
            spoken = add_groups(parts["tokens"][word_rows(parts["tokens"])], groups, table)
            place = [column for column in PLACES if column in own]
            words = add_sizes(words, spoken, [*groups, *place])
    finished = finish_actors(counts, types, words, groups, own)
    columns = list(dict.fromkeys([*groups, *own, *schema.columns("actors")]))
    return finished[columns].astype(types_of_columns("actors"))


def types_of_columns(name):
    """The types of the columns of a table."""
    return {column: schema.dtype_of(column, name) for column in schema.columns(name)}


def add_sizes(sums, rows, keys):
    """How many rows there are of each of some keys, added to the sums so far."""
    if not keys:
        return pd.DataFrame({"n": [len(rows) + (0 if sums is None else int(sums["n"].iloc[0]))]})
    sizes = rows.groupby(keys, dropna=False).size().rename("n").reset_index()
    return add_rows(sums, sizes, keys, ["n"])


def finish_actors(counts, types, words, groups, own):
    """Sums of mentions with type, share and rate, in order."""
    if "actor_type" not in own:
        counts = counts.merge(choose_types(types, groups), on=[*groups, "actor"], how="left")
    beside = counts["n"].sum()
    if groups or own:
        beside = counts.groupby([*groups, *own], dropna=False)["n"].transform("sum")
    counts = counts.assign(share=counts["n"] / beside, per_1000_words=float("nan"))
    if words is not None:
        place = [*groups, *(column for column in PLACES if column in own)]
        behind = words["n"].sum()
        if place:
            words = words.rename(columns={"n": "words"})
            behind = counts[place].merge(words, on=place, how="left")["words"]
        counts["per_1000_words"] = 1000 * counts["n"] / np.maximum(behind, 1)
    order = [*groups, *own, "n", "actor"]
    return counts.sort_values(order, ascending=[key != "n" for key in order], ignore_index=True)


def count_stance_stored(given):
    """`count_stance` batch by batch."""
    sums, types, groups, own = None, None, [], []
    chosen = {key: given[key] for key in ("kinds", "types") if key in given}
    numbers = ["n", "sentences", "n_negative", "n_neutral", "n_positive", "n_unsure"]
    for parts in go_through_batches(given):
        table = parts.get("table")
        groups, own = part_groups(parts.get("by"), table)
        keys = list(dict.fromkeys([*groups, *own, "actor"]))
        rows = count_stance(**parts)
        sums = add_rows(sums, rows[[*keys, *numbers]], keys, numbers)
        toned = add_groups(select_toned(parts["stance"], **chosen), groups, table)
        types = add_sizes(types, toned, list(dict.fromkeys([*groups, "actor", "actor_type"])))
    if "actor_type" not in own:
        sums = sums.merge(choose_types(types, groups), on=[*groups, "actor"], how="left")
    sums = add_shares(sums)
    order = [*groups, *own, "n", "actor"]
    sums = sums.sort_values(order, ascending=[key != "n" for key in order], ignore_index=True)
    columns = [*groups, *own, *schema.columns("stance_counts")]
    return sums[list(dict.fromkeys(columns))].astype(types_of_columns("stance_counts"))


def count_voices_stored(given):
    """`count_voices` batch by batch."""
    sizes, counted, types, shown = None, None, None, None
    groups, order = [], {}
    for parts in go_through_batches(given):
        table, mentions = parts.get("table"), parts["mentions"]
        groups, own = part_groups(parts.get("by"), table)
        if own:
            raise WorkbookError(f"voices are counted by columns of the articles, not by {own[0]}.")
        said = add_groups(select_spoken(parts["quotes"], parts["speech"]), groups, table)
        sizes = add_speech(sizes, sum_speech(said, [*groups, "speaker"]), groups)
        note_order(order, said, groups)
        rows = select_counted(mentions, types=(*ACTOR_TYPES, UNNAMED))
        keys = [*groups, "actor"]
        counted = add_sizes(counted, add_groups(rows, groups, table), keys)
        shown = add_sizes(shown, add_groups(rows, groups, table), [*keys, "actor_type"])
        known = mentions.dropna(subset=["actor", "actor_type"])
        types = add_sizes(types, add_groups(known, groups, table), [*keys, "actor_type"])
    counted = counted.merge(choose_types(shown, groups), on=keys, how="left")
    types = choose_types(types, groups)
    if not groups:
        return finish_voices(sizes, counted, map_types(types), order.get((), {}))
    parts = []
    every = pd.concat([sizes[groups], counted[groups]]).drop_duplicates().sort_values(groups)
    for key in every.itertuples(index=False, name=None):
        its = [select_group(each, groups, key) for each in (sizes, counted, types)]
        voices = finish_voices(*its[:2], map_types(its[2]), order.get(key, {}))
        heads = pd.DataFrame(dict(zip(groups, key, strict=True)), index=voices.index)
        parts.append(pd.concat([heads, voices], axis=1))
    return pd.concat(parts, ignore_index=True)


def add_speech(sums, sizes, groups):
    """Sums of what is said in a batch added to those so far; of the longest, the longer."""
    if sums is None:
        return sizes
    both = pd.concat([sums, sizes], ignore_index=True)
    how = {name: "max" if name == "longest" else "sum" for name in SIZES}
    return both.groupby([*groups, "speaker"], dropna=False, sort=False).agg(how).reset_index()


def note_order(order, said, groups):
    """Note the ranks of the speakers who speak first in a batch, behind those before."""
    parts = said.groupby(groups, sort=False) if groups else [((), said)]
    for key, rows in parts:
        known = order.setdefault(key, {})
        for speaker in order_of_speaking(rows):
            known.setdefault(speaker, len(known) + 1)


def select_group(rows, groups, key):
    """The rows of one group, without the columns that name it."""
    is_its = (rows[groups] == list(key)).all(axis=1)
    return rows[is_its].drop(columns=groups).reset_index(drop=True)


def map_types(types):
    """{actor: its type}."""
    return dict(zip(types["actor"], types["actor_type"], strict=True))


ADD_UP = {
    "count_words": count_words_stored,
    "count_actors": count_actors_stored,
    "count_stance": count_stance_stored,
    "count_voices": count_voices_stored,
}
