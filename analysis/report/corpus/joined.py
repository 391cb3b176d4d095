"""What is known only of the corpus as a whole: who is one actor in all of it, and what is nearly a
copy. Each batch is read by whoever works; what comes of it is small.
"""

import hashlib
from array import array

import numpy as np

from ...engine import as_asked
from ...find.across import describe_called, join_called, list_joined, sum_called
from ...find.near_copies import group_near, sign_texts
from ...kept import Maker, name_maker
from ...partitions import is_complete, read_about, read_partition, write_partition
from ...read.stored import JOINS, NEAR_COPIES
from .work import place_of_table

JOIN_STAGE = "joined"
JOINER = Maker(("find/across.py", "find/near_copies.py", "find/names/*.py"), ("*.csv",), ())
# What tells who is who: an actor of an article, and how it is called there.
HOW_CALLED = ["doc_id", "actor", "text", "kind", "actor_type"]


def join_corpus(folder, batches, engine):
    """The batches, with the name of the files that say who is one actor over all of them.

    Near copies are written beside them.
    """
    whole = [name_maker(JOINER), *(f"{each.name} {each.files['people']}" for each in batches)]
    of_all = hashlib.sha256("\n".join(whole).encode()).hexdigest()
    joined = []
    for each in batches:
        name = hashlib.sha256(f"{of_all} {each.name}".encode()).hexdigest()[:32]
        joined.append(each._replace(files={**each.files, JOIN_STAGE: name}))
    places = [place_of_table(folder, JOINS, each.files[JOIN_STAGE]) for each in joined]
    near = folder / NEAR_COPIES
    if all(map(is_complete, places)) and is_complete(near) and read_about(near).get("of") == of_all:
        return joined
    copies = join_batches(folder, batches, places, engine)
    write_partition(near, copies, "near_copies", of=of_all)
    return joined


class CalledInAll:
    """How actors are called in all batches, each way once: its number, its mentions and articles.

    Of a batch only the numbers are remembered: much less than its mentions.
    """

    def __init__(self):
        self.number_of, self.n, self.articles = {}, array("q"), array("q")

    def add(self, sums):
        """The numbers of those of a batch, whose mentions and articles are added."""
        numbers = array("q")
        for called, n, articles in sums:
            number = self.number_of.setdefault(called, len(self.n))
            if number == len(self.n):
                self.n.append(0)
                self.articles.append(0)
            self.n[number] += n
            self.articles[number] += articles
            numbers.append(number)
        return numbers

    def join(self):
        """{number: (how an actor is called, what it is over all)} of those with another name."""
        names = join_called(zip(self.number_of, self.n, self.articles, strict=True))
        return {self.number_of[called]: (called, told) for called, told in names.items()}


def join_batches(folder, batches, places, engine):
    """Write who is one actor over all batches, batch by batch; the near copies."""
    every, parts = CalledInAll(), []
    whole = engine.run((read_whole_batch, str(folder), each) for each in batches)
    for sums, *rest in as_asked(whole):
        parts.append((every.add(sums), *rest))
    names = every.join()
    tasks = (
        (write_joins, str(folder), each, str(place), [names[one] for one in its if one in names])
        for each, place, (its, *_) in zip(batches, places, parts, strict=True)
    )
    for _ in as_asked(engine.run(tasks)):
        pass  # an error is raised
    doc_ids = [doc_id for _, its, _ in parts for doc_id in its]
    return group_near(doc_ids, np.concatenate([signatures for *_, signatures in parts]))


def read_called(folder, batch):
    """How the actors of each article of a batch are called."""
    path = place_of_table(folder, "mentions", batch.files["people"])
    mentions = read_partition(path, "mentions", HOW_CALLED)
    called = mentions.groupby(HOW_CALLED, sort=False, dropna=False).size().rename("n").reset_index()
    return list(describe_called(called))


def read_whole_batch(folder, batch):
    """(how its actors are called, its articles, numbers that stand for their texts) of a batch."""
    path = place_of_table(folder, "articles", batch.name)
    articles = read_partition(path, "articles", ["doc_id", "text", "left_out"])
    articles = articles[articles["left_out"].isna()]
    sums = sum_called(read_called(folder, batch))
    return sums, articles["doc_id"].tolist(), sign_texts(articles["text"])


def write_joins(folder, batch, place, names):
    """Write what the actors of a batch are called over all batches, of (called, its name …)."""
    if not is_complete(place):
        write_partition(place, list_joined(read_called(folder, batch), dict(names)), JOINS)
