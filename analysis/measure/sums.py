"""Numbers that add up: rows counted by keys, of one table or of batch after batch of articles.

What a function counts is noted here by its tally; shares, rates and order are made of the sums. As
a batch holds whole articles, numbers of words, mentions, sentences and articles add up.
"""

import pandas as pd

# The column that says of which group of articles a row is, where groups are counted apart.
GROUP_COLUMN = "group of articles"
# So many rows may wait before they are added to the sums.
WAITING = 20_000


class Sums:
    """What a tally notes: tables of numbers by keys, by name."""

    def __init__(self):
        self.parts, self.keys, self.how = {}, {}, {}
        self.group_of, self.numbers, self.split = None, {}, {}

    def place(self, articles, groups):
        """Say of which group each article is of which rows are noted next: the values of columns.

        Rows of articles that are in no group are not noted.
        """
        told = articles.dropna(subset=groups).drop_duplicates("doc_id")
        self.group_of = {}
        for doc_id, *values in told[["doc_id", *groups]].itertuples(index=False, name=None):
            number = self.numbers.setdefault(tuple(values), len(self.numbers))
            self.group_of[doc_id] = number

    def count(self, name, rows, keys):
        """Note how many rows there are of each of some keys, as `n`."""
        self.add(name, rows.assign(n=1), keys, {"n": "sum"})

    def add(self, name, rows, keys, how):
        """Note numbers of rows by keys; `how` is {column: sum, max or first}.

        Sums are in the order in which their keys first come.
        """
        rows, keys = self.apart(rows, list(dict.fromkeys(keys)))
        self.note(name, sum_rows(rows, keys, how), keys, how)

    def keep(self, name, rows):
        """Note rows as they are, below those before."""
        rows, _ = self.apart(rows, [])
        self.note(name, rows, None, None)

    def apart(self, rows, keys):
        """The rows that are of some group, and the keys with it."""
        if self.group_of is None:
            return rows, keys
        number = rows["doc_id"].map(self.group_of).astype("float64")
        rows = rows.assign(**{GROUP_COLUMN: number})[number.notna()]
        return rows.astype({GROUP_COLUMN: "int64"}), [GROUP_COLUMN, *keys]

    def note(self, name, summed, keys, how):
        """Note what is summed already."""
        self.keys[name], self.how[name] = keys, how
        parts = self.parts.setdefault(name, [])
        parts.append(summed)
        waiting = sum(map(len, parts[1:]))
        if keys is not None and waiting > max(len(parts[0]), WAITING):
            self.parts[name] = [self.sum_up(name)]

    def merge(self, others):
        """Note what others have noted, below what is here."""
        numbers = {
            n: self.numbers.setdefault(told, len(self.numbers))
            for told, n in others.numbers.items()
        }
        for name, summed in others.total().items():
            if others.group_of is not None:
                group = summed[GROUP_COLUMN].map(numbers).astype("int64")
                summed = summed.assign(**{GROUP_COLUMN: group})
            self.note(name, summed, others.keys[name], others.how[name])

    def sum_up(self, name):
        """The sums of one name, all parts together."""
        first, *others = self.parts[name]
        if not others:
            return first
        below = pd.concat([first, *others], ignore_index=True)
        keys = self.keys[name]
        return below if keys is None else sum_rows(below, keys, self.how[name])

    def total(self):
        """All sums: {name: table}."""
        return {name: self.sum_up(name) for name in self.parts}

    def of_group(self, values):
        """The sums of one group of articles: {name: table}."""
        if not self.split:
            for name, table in self.total().items():
                self.split[name] = table, dict(list(table.groupby(GROUP_COLUMN, sort=False)))
        number, found = self.numbers.get(values), {}
        for name, (table, parts) in self.split.items():
            rows = parts.get(number, table.iloc[:0])
            found[name] = rows.drop(columns=GROUP_COLUMN).reset_index(drop=True)
        return found


def sum_rows(rows, keys, how):
    """The rows of the same keys together, in the order of the first; without keys, one row."""
    if not keys:
        return pd.DataFrame({column: [rows[column].agg(way)] for column, way in how.items()})
    grouped = rows.groupby(keys, dropna=False, observed=True, sort=False)
    return grouped.agg(how).reset_index()


def mark_first(rows, keys):
    """1 for the first row of each of some keys, 0 for the others."""
    return (~rows.duplicated(list(dict.fromkeys(keys)))).astype("int64")
