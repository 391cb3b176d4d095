"""What tells articles apart: a short name for each, and year, month and day of publication."""

from pathlib import Path

import pandas as pd

# What is told from a date of publication as YYYY-MM-DD: so many of its characters.
DATED = {"year": 4, "month": 7, "day": 10}
# A short name has no more letters than a chart has room for.
SHORT_NAME = 40


def tell_columns(table):
    """The table with what its columns say of an article: `year`, `month`, `day` of publication, and
    `article`, a short name of its own.
    """
    if "article" not in table and "source" in table:
        table = table.assign(article=name_articles(table))
    if "published" not in table:
        return table
    date = table["published"].astype("str").where(table["published"].notna())
    is_date = date.str.match(r"\d{4}-\d{2}-\d{2}").fillna(False).astype(bool)
    told = {name: date.str[:letters].where(is_date) for name, letters in DATED.items()}
    return table.assign(**{name: each for name, each in told.items() if name not in table})


def name_articles(articles):
    """A short name for each article that no other has.

    The outlet; where an outlet has several, with the date; else the title, the file, its row.
    """
    forms = [
        articles["outlet"],
        articles["outlet"] + ", " + articles["published"],
        articles["title"],
        articles["source"].map(name_file, na_action="ignore"),
    ]
    names = pd.Series(pd.NA, index=articles.index, dtype="str")
    for form in forms:
        form = form.astype("str").map(shorten_name, na_action="ignore")
        is_own = form.notna() & ~form.duplicated(keep=False) & ~form.isin(names)
        names = names.where(names.notna() | ~is_own, form)
    return names.fillna(articles["doc_id"])


def names_by_article(articles):
    """{doc_id: the article's short name}."""
    return dict(zip(articles["doc_id"], name_articles(articles), strict=True))


def name_file(source):
    """The name of an article's file without folder and ending."""
    return Path(source).stem


def shorten_name(name):
    """A name on one line, cut where it is too long."""
    name = " ".join(name.split())
    return name if len(name) <= SHORT_NAME else f"{name[: SHORT_NAME - 1]}…"
