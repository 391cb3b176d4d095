"""Who is meant and who speaks, as the workbook has it and as readers coded it, item by item.

What `benchmarks.borrowed` counts errors of. A row is an item that is found in a text and can be
drawn for a coder (`sample_rows`): `text_id`, `said` (whom the workbook names, "nobody" where it
leaves it open), `true` (whom the readers name, by the workbook's name for the same actor), `size`
(of quotations the words in marks) and `asked` (whether whom the workbook names is coded at all). An
item that the readers do not have is nobody's.
"""

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment
from tqdm import tqdm

from analysis.lexicons import resource
from analysis.measure.actors import select_meant
from analysis.measure.voices import select_spoken
from analysis.read.codings import NO_ONE
from analysis.schema import UNNAMED
from analysis.text import straighten
from benchmarks.commands import read_records
from benchmarks.gold import TEXTS, analyse, read_spans, read_table, text_path
from benchmarks.predict import quote_spans
from benchmarks.score import letters, pair_contents, same_speaker

# Of the letters of a quotation so many are shared with the one that readers have.
SHARED_CONTENT = 0.3
COLUMNS = ["text_id", "said", "true", "size", "asked"]


def wikinews_texts():
    """{name: text} of the ten articles of Wikinews, and the mentions coded in them."""
    coded = read_table("wikinews_stance")
    folder = resource("data") / "gold" / "wikinews"
    names = coded["text_id"].unique()
    return {name: (folder / f"{name}.txt").read_bytes().decode() for name in names}, coded


def hand_texts():
    """{name: text} of the three texts whose mentions and quotations are coded, and the mentions."""
    return {name: text_path(name).read_text("utf-8") for name in TEXTS}, read_table("mentions")


def read_who_is_meant(texts, coded):
    """The mentions found in some texts, with whom each means as coded."""
    parts = []
    for text_id, text in tqdm(texts.items(), desc="who is meant", delay=2):
        items = select_meant(analyse(text).mentions)
        its = coded[coded["text_id"] == text_id].to_dict("records")
        true = [find_coded(row, its) for row in items.itertuples()]
        said = items["actor"].fillna(NO_ONE).tolist()
        rows = pd.DataFrame({"text_id": text_id, "said": said, "true": true, "size": 1})
        # Who has no name is not coded.
        rows["asked"] = (items["actor_type"] != UNNAMED).to_numpy() & (rows["said"] != NO_ONE)
        parts.append(name_alike(rows))
    return pd.concat(parts, ignore_index=True)[COLUMNS]


def find_coded(row, coded):
    """Whom a mention means as coded: that of the coded one that it shares most letters with.

    At least half the letters of both together.
    """
    most, who = 0.5, ""
    for each in coded:
        shared = min(each["end"], row.end) - max(each["start"], row.start)
        share = shared / (max(each["end"], row.end) - min(each["start"], row.start))
        if share >= most:
            most, who = share, each["actor"]
    return straighten(who) or NO_ONE


def name_alike(rows):
    """The rows of a text with coded names turned into the workbook's: most items agree then."""
    table = pd.crosstab(rows["true"], rows["said"])
    table = table.drop(index=NO_ONE, errors="ignore").drop(columns=NO_ONE, errors="ignore")
    one, other = linear_sum_assignment(-table.to_numpy()) if table.size else ([], [])
    same = {
        table.index[i]: table.columns[j] for i, j in zip(one, other, strict=True) if table.iat[i, j]
    }
    true = [same.get(name, name if name == NO_ONE else f"coded: {name}") for name in rows["true"]]
    return rows.assign(true=true)


def read_who_speaks(texts):
    """The quotations found in the three texts coded by hand, with who speaks as coded."""
    coded, parts = read_table("quotes"), []
    for text_id, text in texts.items():
        found = analyse(text)
        quotes = select_spoken(found.quotes, found.speech)
        its = coded[coded["text_id"] == text_id].reset_index(drop=True)
        wanted = [
            {"content": read_spans(row.content), "source": read_spans(row.speaker)}
            for row in its.itertuples()
        ]
        true = [NO_ONE] * len(quotes)
        spans = quote_spans(quotes, found.speech)
        for share, _, i, j in pair_contents(text, wanted, spans):
            if share >= SHARED_CONTENT:
                # Who has no name in the coding is told apart by the words.
                who = its.loc[i, "actor"] or its.loc[i, "speaker_text"]
                true[j] = straighten(who) or NO_ONE
        parts.append(name_alike(speaker_rows(text_id, quotes, true)))
    return pd.concat(parts, ignore_index=True)[COLUMNS]


def speaker_rows(text_id, quotes, true):
    """Items of quotations in marks."""
    said = quotes["speaker"].fillna(NO_ONE).tolist()
    size = quotes["quoted_words"].tolist()
    rows = pd.DataFrame({"text_id": text_id, "said": said, "true": true, "size": size})
    rows["asked"] = rows["said"] != NO_ONE
    return rows[rows["size"] > 0].reset_index(drop=True)


def read_polnear_speakers(path):
    """The quotations found in PolNeAR's dev articles, with who speaks as annotated.

    The annotation has the words that name the source, not whom they mean: that is taken from the
    workbook, so that its errors of who "he" is are not in here.
    """
    parts = []
    records = read_records(path, split="dev", n_annotators=1)
    for record in tqdm(records, desc="who speaks", delay=2):
        found = analyse(record["text"])
        quotes = select_spoken(found.quotes, found.speech)
        spans = quote_spans(quotes, found.speech)
        wanted = [each for each in record["attributions"] if each["content"]]
        true = [NO_ONE] * len(quotes)
        for share, _, i, j in pair_contents(record["text"], wanted, spans):
            if share >= SHARED_CONTENT and wanted[i]["source"]:
                said = quotes["speaker"].fillna(NO_ONE).iat[j]
                true[j] = find_source(record["text"], wanted[i], spans[j], said, found.mentions)
        parts.append(speaker_rows(record["doc_id"], quotes, true))
    return pd.concat(parts, ignore_index=True)[COLUMNS]


def find_source(text, wanted, quote, said, mentions):
    """Whom the annotated source means: who is said to speak, where that is the same place."""
    if same_speaker(text, wanted["source"], quote["source"]):
        return said
    places = letters(text, wanted["source"])
    most, who = 0, NO_ONE
    for row in mentions.dropna(subset=["actor"]).itertuples():
        shared = len(places & set(range(row.start, row.end)))
        if shared > most:
            most, who = shared, row.actor
    return who if who != NO_ONE else "annotated: " + text[slice(*wanted["source"][0])]


def count_named(rows):
    """(n_true, found, n_other, wrongly) of all items and all whom the workbook names in a text."""
    counts = np.zeros(4, dtype=int)
    for _, its in rows.groupby("text_id"):
        for name in set(its.loc[its["asked"], "said"]):
            true, said = its["true"] == name, its["said"] == name
            counts += [true.sum(), (true & said).sum(), (~true).sum(), (~true & said).sum()]
    return counts.tolist()
