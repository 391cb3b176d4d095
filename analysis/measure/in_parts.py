"""Counts over a stored corpus, batch by batch: what adds up is never in memory as a whole.

A function that counts asks `add_up` for what its tally makes of its tables, and finishes the sums:
so tables in memory and stored ones are counted by the same code.
"""

import warnings

import numpy as np
import pandas as pd
from tqdm import tqdm

from .. import schema
from ..engine import as_asked, refuse_other
from ..errors import WorkbookError
from ..kept import Maker, name_maker
from ..read.stored import OfBatch
from .outlets import tell_columns
from .sums import Sums

# What counts batch by batch. Anything else gets stored tables whole.
IN_PARTS = (
    "count_words",
    "count_actors",
    "count_voices",
    "count_stance",
    "count_roles",
    "count_prominence",
    "count_comentions",
    "count_cues",
    "count_talk",
    "count_terms",
    "count_collocates",
    "count_copies",
    "count_labels",
    "count_matrix",
    "count_missing_doers",
    "count_places",
    "count_vouching",
    "compare_choices",
    "compare_groups",
    "compare_headline",
    "compare_methods",
    "compare_words",
)
# Of the memory that is free, what tables may take that are read whole.
SPARE = 0.6


def count_stored(function, given):
    """What a function makes of stored tables; `given` is {parameter: what was handed over}.

    What a coder answers is matched with single rows: with `coded`, tables are read whole.
    """
    if function.__name__ in IN_PARTS and given.get("coded") is None:
        return function(**given)
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
            f"Counted batch by batch are {', '.join(IN_PARTS)} (without `coded`); any other "
            'number of a large corpus is one tables.query("SELECT …"), or of a part: hand over '
            'tables["tokens"].part(0), its first batch.'
        )


def add_up(tally, *given, **options):
    """What a tally makes of tables, by name; of stored ones batch by batch.

    `tally` takes `Sums` to note in, and the tables and options.
    """
    named = {**dict(enumerate(given)), **options}
    stored = [value for value in named.values() if is_stored(value)]
    if not stored:
        sums = Sums()
        tally(sums, *given, **options)
        return sums.total()
    for value in stored:
        if isinstance(value, OfGroup):
            return value.apart.look_up(value.values, tally, named)
    return sum_batches(tally, named).total()


def sum_batches(tally, named, articles=None, groups=()):
    """The sums of all batches; of each group of articles apart where there are `groups`.

    Whoever counts for these tables counts a batch at a time; what comes of it is added in order.
    """
    given = {**named, GROUPED: articles}
    stored = [value for value in given.values() if is_stored(value)]
    folders = {value.tables.folder for value in stored}
    if len(folders) > 1:
        raise WorkbookError("these tables are of two corpora. Take all from one read_tables(…).")
    sums, warned = Sums(), None
    version = name_maker(COUNTER)
    tasks = ((tally_batch, tally, parts, groups, version) for parts in part_batches(given))
    counted = as_asked(stored[0].tables.open_engine().run(tasks))
    bar = {"total": len(stored[0].files), "desc": "Counting", "unit": " batches"}
    for its, messages in tqdm(counted, delay=2, leave=False, **bar):
        sums.merge(its)
        warned = (
            messages if warned is None else {key: warned[key] for key in warned if key in messages}
        )
    # What is said of every batch is so of them all.
    for message in (warned or {}).values():
        warnings.warn(message, stacklevel=4)
    return sums


def tally_batch(tally, parts, groups, version):
    """(the sums of one batch, what was warned of); `parts` is what the tally takes, by name."""
    if version != name_maker(COUNTER):
        refuse_other("the counts")
    sums = Sums()
    parts = {key: read_batch(value) for key, value in parts.items()}
    its_articles = parts.pop(GROUPED)
    if groups:
        sums.place(tell_columns(its_articles), list(groups))
    given = [parts[key] for key in parts if isinstance(key, int)]
    options = {key: value for key, value in parts.items() if isinstance(key, str)}
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        tally(sums, *given, **options)
    return sums, {str(each.message).partition(". ")[0]: each.message for each in caught}


# The place of the articles among what goes batch by batch.
GROUPED = "articles in groups"
# What the sums of a batch depend on, beside its rows.
COUNTER = Maker(("**/*.py",), ("*.csv",), ("numpy", "pandas"))


def read_batch(value):
    """The rows of a batch of a stored table; anything else as it is."""
    return value.read() if isinstance(value, OfBatch) else value


def part_batches(given):
    """What is given, {key: value}, batch by batch: of stored tables where the rows of the batch
    are, of tables in memory those of its articles; last, rows in memory that are of no batch.
    """
    stored = {key: value for key, value in given.items() if is_stored(value)}
    beside = {key: InMemory(value) for key, value in given.items() if is_by_article(value)}
    first = next(iter(stored.values()))
    for number in range(len(first.files)):
        parts = {key: value.batch(number) for key, value in stored.items()}
        if beside:
            doc_ids = first.tables["articles"].part(number, ["doc_id"])["doc_id"].tolist()
            parts |= {key: value.take(doc_ids) for key, value in beside.items()}
        yield {key: parts.get(key, value) for key, value in given.items()}
    if any(value.places for value in beside.values()):
        parts = {key: schema.table([], value.name) for key, value in stored.items()}
        parts |= {key: value.take(list(value.places)) for key, value in beside.items()}
        yield {key: parts.get(key, value) for key, value in given.items()}


def is_by_article(value):
    """Whether a value is a table in memory whose rows are of articles."""
    return isinstance(value, pd.DataFrame) and "doc_id" in value


class InMemory:
    """A table in memory beside stored ones: its rows, each taken once."""

    def __init__(self, table):
        self.table = table
        self.places = dict(table.groupby("doc_id", sort=False).indices)

    def take(self, doc_ids):
        """The rows of some articles, in the order of the table."""
        found = [self.places.pop(doc_id) for doc_id in doc_ids if doc_id in self.places]
        rows = np.sort(np.concatenate(found)) if found else []
        return self.table.iloc[rows].reset_index(drop=True)


class Apart:
    """Groups of articles that are counted apart: all are added up in one pass."""

    def __init__(self, articles, groups):
        self.articles, self.groups, self.known = articles, groups, {}

    def look_up(self, values, tally, named):
        """What a tally makes of one group. A function asks for a tally with the same options once
        a group, so that the first asks for all.
        """
        if tally not in self.known:
            whole = {}
            for key, value in named.items():
                whole[key] = value.table if isinstance(value, OfGroup) else value
            self.known[tally] = sum_batches(tally, whole, self.articles, self.groups)
        return self.known[tally].of_group(values)

    def list_groups(self):
        """The groups that were met, as tuples of values, in order."""
        return sorted(next(iter(self.known.values())).numbers)


class OfGroup:
    """A stored table, of which the articles of one group count."""

    is_stored = True

    def __init__(self, table, apart, values):
        self.table, self.apart, self.values = table, apart, values
        self.columns = table.columns

    def __iter__(self):
        return iter(self.columns)


def count_groups(count, articles, groups, args, options):
    """What `count` makes of each group of articles, one below the other, with its values first."""
    apart = Apart(leave_text(articles), groups)

    def count_group(values):
        def narrow(value):
            return OfGroup(value, apart, values) if is_stored(value) else value

        named = {name: narrow(value) for name, value in options.items()}
        counts = count(*map(narrow, args), **named)
        return counts.drop(columns=groups, errors="ignore")

    nothing, parts = count_group(None), []
    for values in apart.list_groups():
        counts = count_group(values)
        heads = dict(zip(groups, values, strict=True))
        parts.append(pd.concat([pd.DataFrame(heads, index=counts.index), counts], axis=1))
    if parts:
        return pd.concat(parts, ignore_index=True)
    return pd.concat([pd.DataFrame(columns=groups, dtype="str"), nothing], axis=1)


def leave_text(articles):
    """A table of articles without the texts, where it is stored: they need not be read."""
    if not is_stored(articles) or articles.name != "articles":
        return articles
    return articles.narrow([column for column in articles.columns if column != "text"])


def name_stored(articles, by):
    """Stored articles in memory with their short names, where these are counted by; else as is.

    A short name is one that no other article of the whole corpus has.
    """
    by = [by] if isinstance(by, str) else list(by or [])
    if not is_stored(articles) or articles.name != "articles" or "article" not in by:
        return leave_text(articles)
    return tell_columns(leave_text(articles).read())
