"""Mentions, quotations and tone against the hand codings in `data/gold`: ``python -m benchmarks.gold [article court sport]``, every miss listed.

A mention is found where its span is (of a description: at least half its letters) and the actor is the same; titles and
nationality words are mentions too, names inside other names are not coded. A quotation is found where its
content shares four fifths of its letters and digits with the one coded. Tone is compared on the mentions as coded, with the most
probable label where the workbook would rather give none; kappa is Cohen's. The rates are in percent.
"""

import argparse

import pandas as pd
from nltk.metrics.agreement import AnnotationTask

import analysis as wb
from analysis.lexicons import resource
from analysis.measure.talk import find_voice
from analysis.measure.tone.stance import METHODS
from analysis.measure.voices import read_spans
from analysis.schema import LABELS, SPEECH
from analysis.text import straighten
from benchmarks.predict import place
from benchmarks.score import f1, pair_contents

TEXTS = {
    "article": "seeds/000_ff539187bb1851f8.txt",
    "court": "data/gold/court.txt",
    "sport": "data/gold/sport.txt",
}


def read_coding(text_id):
    """The text and its coded mentions."""
    coded = pd.read_csv(resource("data") / "gold" / "mentions.csv", keep_default_na=False)
    folder, name = TEXTS[text_id].split("/", 1)
    return (resource(folder) / name).read_text(encoding="utf-8"), coded[
        coded["text_id"] == text_id
    ].to_dict("records")


def find_pairs(coded, found):
    """[(coded mention, found mention)] with the same span, and the rest of both."""
    pairs, free = [], list(found)
    for mention in coded:
        other = next((each for each in free if same_span(mention, each)), None)
        if other:
            free.remove(other)
        pairs.append((mention, other))
    return (
        [pair for pair in pairs if pair[1]],
        [mention for mention, other in pairs if not other],
        free,
    )


def same_span(coded, found):
    """Whether two mentions are in the same place; descriptions need to share half their letters."""
    shared = min(coded["end"], found["end"]) - max(coded["start"], found["start"])
    both = max(coded["end"], found["end"]) - min(coded["start"], found["start"])
    return shared == both or (
        coded["kind"] == found["kind"] == "description" and shared >= both / 2
    )


def compare(text, coded):
    """Rates, and the misses in words."""
    articles = wb.read_texts(text)
    mentions = wb.find_mentions(articles, wb.split_tokens(articles))
    found = mentions[mentions["kind"] != "part"].fillna({"actor": ""}).to_dict("records")
    pairs, missed, added = find_pairs(coded, found)
    added = [mention for mention in added if mention["actor"]]  # what is left open claims nothing
    right = [(c, f) for c, f in pairs if straighten(c["actor"]) == straighten(f["actor"])]
    claims = sum(f["actor"] != "" for f in found) + sum(
        c["actor"] == f["actor"] == "" for c, f in right
    )
    rates = {"mentions: F1, precision, recall": f1(len(right), claims, len(coded))}
    for column in ("kind", "actor_type", "role"):
        rates[f"{column} right"] = round(
            100 * sum(c[column] == f[column] for c, f in right) / max(len(right), 1), 1
        )
    said = [
        f"missed  {c['start']} {c['text']!r} ({c['kind']} of {c['actor'] or 'whom the text leaves open'})"
        for c in missed
    ]
    said += [
        f"other   {c['start']} {c['text']!r} is of {c['actor'] or 'nobody certain'}, not of {f['actor'] or 'nobody certain'}"
        for c, f in pairs
        if (c, f) not in right
    ]
    return rates, said + [
        f"added   {f['start']} {f['text']!r} ({f['kind']} of {f['actor'] or 'nobody certain'})"
        for f in added
    ]


def compare_quotes(text_id, text):
    """Rates of the quotations, and the misses in words."""
    coded = pd.read_csv(resource("data") / "gold" / "quotes.csv", keep_default_na=False)
    coded = coded[coded["text_id"] == text_id].reset_index(drop=True)
    articles = wb.read_texts(text)
    tokens = wb.split_tokens(articles)
    quotes = wb.find_quotes(articles, tokens, wb.find_mentions(articles, tokens)).reset_index(
        drop=True
    )
    wanted = [
        {
            "content": read_spans(row.content),
            "source": read_spans(row.speaker) if row.speaker else None,
        }
        for row in coded.itertuples()
    ]
    found = [
        {"content": read_spans(row.spans), "source": place(row, "speaker")}
        for row in quotes.itertuples()
    ]
    pairs = [(i, j) for share, _, i, j in pair_contents(text, wanted, found) if share >= SAME]
    speech = quotes["quote_type"].isin(SPEECH)
    right = sum(
        straighten(coded.loc[i, "actor"]) == straighten(quotes["actor"].fillna("")[j])
        for i, j in pairs
    )
    same = sum(coded.loc[i, "quote_type"] == quotes.loc[j, "quote_type"] for i, j in pairs)
    rates = {"quotations: F1, precision, recall": f1(len(pairs), int(speech.sum()), len(coded))}
    rates |= {
        "quotation's actor right": percent(right, pairs),
        "quote_type right": percent(same, pairs),
    }
    missed = sorted(set(range(len(coded))) - {i for i, _ in pairs})
    added = sorted(set(quotes.index[speech]) - {j for _, j in pairs})
    said = [
        f"missed  {coded.loc[i, 'content'].split('-')[0]} {coded.loc[i, 'content_text']!r} ({coded.loc[i, 'quote_type']})"
        for i in missed
    ]
    return rates, said + [
        f"added   {quotes.loc[j, 'start']} {quotes.loc[j, 'content']!r} ({quotes.loc[j, 'quote_type']})"
        for j in added
    ]


def compare_stance(text_id, text):
    """Agreement of two coders and of the methods with the coding in tone and voice, and the differences in words; nothing for a text without it."""
    coded = pd.read_csv(resource("data") / "gold" / "mentions.csv", keep_default_na=False)
    coded = (
        coded.merge(
            pd.read_csv(resource("data") / "gold" / "stance.csv", keep_default_na=False),
            on=["text_id", "start", "end"],
        )
        .query("text_id == @text_id")
        .reset_index(drop=True)
    )
    if coded.empty:
        return {}, []
    articles = wb.read_texts(text)
    sentences, tokens = wb.split_sentences(articles), wb.split_tokens(articles)
    quotes = wb.find_quotes(articles, tokens, wb.find_mentions(articles, tokens))
    placed = coded.merge(
        sentences[["doc_id", "sentence_id", "paragraph_id", "start", "end"]],
        how="cross",
        suffixes=["", "_of_sentence"],
    )
    placed = placed[
        (placed["start"] >= placed["start_of_sentence"])
        & (placed["end"] <= placed["end_of_sentence"])
    ].sort_values(["start", "end"])
    placed = placed.assign(rule=None, position="rest", quoted=False).reset_index(drop=True)
    assert len(placed) == len(coded), "a coded mention stands in no sentence"
    mentions = wb.schema.table(placed[wb.schema.columns("mentions")], "mentions")
    found = {method: wb.score_stance(mentions, sentences, method=method) for method in METHODS}
    labels = {method: table[list(LABELS)].idxmax(axis=1) for method, table in found.items()}
    rates = {
        "tone: agreement, kappa of the two coders": agreement(placed["coder_a"], placed["coder_b"])
    }
    rates |= {
        f"tone: agreement, kappa of the {method} with the coding": agreement(placed["label"], each)
        for method, each in labels.items()
    }
    said = found["model"]["label"].notna()
    rates["tone: the same where the model gives a label"] = agreement(
        placed["label"][said], labels["model"][said]
    )
    rates["tone: always neutral, agreement"] = percent((placed["label"] == "neutral").sum(), placed)
    voices = find_voice(quotes, mentions)["voice"].map(straighten)
    rates["voice right"] = percent((placed["voice"].map(straighten) == voices).sum(), placed)
    rows = zip(placed.itertuples(), labels["model"], found["model"]["tone"], strict=True)
    return rates, [
        f"tone    {c.start} {c.text!r} ({c.actor}) is {c.label}, not {label} ({tone:+.2f})"
        for c, label, tone in rows
        if c.label != label
    ]


def agreement(one, two):
    """Agreement in percent, and Cohen's kappa."""
    task = AnnotationTask(
        [
            (coder, str(item), label)
            for coder, labels in (("a", one), ("b", two))
            for item, label in enumerate(labels)
        ]
    )
    return round(100 * task.avg_Ao(), 1), round(task.kappa(), 2)


# Share of letters and digits that two contents of one quotation have in common.
SAME = 0.8


def percent(n, of):
    """How many in a hundred."""
    return round(100 * n / max(len(of), 1), 1)


def main(arguments=None):
    """Compare and print."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.gold",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("texts", nargs="*", default=list(TEXTS), metavar="|".join(TEXTS))
    for text_id in parser.parse_args(arguments).texts:
        if text_id not in TEXTS:
            parser.error(f"no coding of {text_id!r}. Choose from: {', '.join(TEXTS)}.")
        text, coded = read_coding(text_id)
        rates, misses = compare(text, coded)
        of_quotes, more = compare_quotes(text_id, text)
        of_tone, differences = compare_stance(text_id, text)
        rates, misses = rates | of_quotes | of_tone, misses + more + differences
        print(f"== {text_id}")
        for measure, value in rates.items():
            print(f"{measure}: {' '.join(map(str, value)) if isinstance(value, tuple) else value}")
        print("\n".join(misses))


if __name__ == "__main__":
    main()
