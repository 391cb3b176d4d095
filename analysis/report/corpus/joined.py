"""What is known only of the corpus as a whole: who is one actor in all of it, and what is nearly a
copy. Each batch is read by whoever works; what comes of it is small.
"""

import hashlib

import numpy as np
import pandas as pd

from ...find.across import find_joins
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
    read = dict(engine.run((read_whole_batch, str(folder), each) for each in batches))
    parts = []
    for number in range(len(batches)):
        if isinstance(read[number], Exception):
            raise read[number]
        parts.append(read[number])
    write_joins(parts, places)
    doc_ids = [doc_id for part in parts for doc_id in part.doc_ids]
    copies = group_near(doc_ids, np.concatenate([part.signatures for part in parts]))
    write_partition(near, copies, "near_copies", of=of_all)
    return joined


class Called:
    """What is asked of a batch: how its actors are called, and numbers that stand for its texts."""

    def __init__(self, called, doc_ids, signatures):
        self.called, self.doc_ids, self.signatures = called, doc_ids, signatures


def read_whole_batch(folder, batch):
    """How the actors of a batch are called, and numbers that stand for its texts."""
    mentions = read_partition(
        place_of_table(folder, "mentions", batch.files["people"]), "mentions", HOW_CALLED
    )
    called = mentions.groupby(HOW_CALLED, sort=False, dropna=False).size().rename("n").reset_index()
    path = place_of_table(folder, "articles", batch.name)
    articles = read_partition(path, "articles", ["doc_id", "text", "left_out"])
    articles = articles[articles["left_out"].isna()]
    return Called(called, articles["doc_id"].tolist(), sign_texts(articles["text"]))


def write_joins(parts, places):
    """Find who is one actor over all batches, and write it batch by batch."""
    called = pd.concat([part.called for part in parts], ignore_index=True)
    joins = find_joins(called)
    batch_of = {doc_id: number for number, part in enumerate(parts) for doc_id in part.doc_ids}
    number = joins["doc_id"].map(batch_of)
    for each, place in enumerate(places):
        write_partition(place, joins[number == each].reset_index(drop=True), JOINS)
