"""Score predictions against annotations: ``python -m benchmarks.score TASK GOLD.jsonl PREDICTED.jsonl [--genre news] [--split dev-rw]``.

GOLD holds one JSON object a line, PREDICTED what `benchmarks.predict` wrote for it. Fields of GOLD by TASK:

    segment  doc_id, sentences: [{"start", "end"}], tokens: [[start, end, ...]]
    actors   doc_id, entities: [{"start", "end", "head": [start, end], "eid", "etype", "form"}]; same eid, same actor
    quotes   doc_id, text, attributions: [{"content", "source": [[start, end], ...], "style"}]
    dates    doc_id, dates: [{"start", "end", "tag"}], of which those with the tag "date" count
    tone     id, targets: [{"label"}]

Rates are in percent. `segment`: F1 of exact spans. `actors`: F1 of mentions of the people, organisations and places that have a
name, predicted and annotated actors being matched one to one so that most mentions agree (CEAF-m, Luo 2005). `quotes`: F1 of
contents that share so much of their letters and digits with one annotated, matched best first, and of those whose speaker is
right too (half of the shorter one's letters shared), for what has quotation marks and for all. `dates`: how many of the
annotated ones are found, in part or whole. `tone`: macro-F1.
"""

import argparse
import json
import re
from collections import Counter, defaultdict

KINDS = ("person", "organization", "place")


def f1(hits, predicted, gold):
    """(F1, precision, recall) in percent."""
    precision, recall = hits / max(predicted, 1), hits / max(gold, 1)
    return tuple(
        round(100 * rate, 1)
        for rate in (2 * precision * recall / max(precision + recall, 1e-9), precision, recall)
    )


def score_segment(pairs):
    """F1 of sentences and tokens."""
    counts = defaultdict(Counter)
    for gold, predicted in pairs:
        annotated = {
            "sentences": {(s["start"], s["end"]) for s in gold["sentences"]},
            "tokens": {tuple(t[:2]) for t in gold["tokens"]},
        }
        for kind, spans in annotated.items():
            found = set(map(tuple, predicted[kind]))
            counts[kind].update(hits=len(spans & found), predicted=len(found), gold=len(spans))
    return {f"{kind}: F1, precision, recall": f1(**count) for kind, count in counts.items()}


def fits(entity, span):
    """How well a predicted span fits an annotated mention, 0 to 1: it lies inside and covers the head, or shares half the letters."""
    (start, end), (head, tail) = span, entity["head"]
    shared = max(0, min(end, entity["end"]) - max(start, entity["start"]))
    share = shared / (max(end, entity["end"]) - min(start, entity["start"]))
    inside = entity["start"] <= start <= head and tail <= end <= entity["end"]
    return share if inside or share >= 0.5 else 0


def chains(gold, predicted):
    """Annotated named actors and predicted ones, each {actor: mentions}; a prediction that fits better what has no name is left out."""
    named = {e["eid"] for e in gold["entities"] if e["form"] == "named"}
    annotated, found = defaultdict(list), defaultdict(list)
    for entity in gold["entities"]:
        annotated[entity["eid"]].append(entity)
    kept = {
        eid: mentions
        for eid, mentions in annotated.items()
        if eid in named and mentions[0]["etype"] in KINDS
    }
    for mention in predicted["mentions"]:
        span = mention["start"], mention["end"]
        best = max(
            gold["entities"],
            key=lambda e, span=span: (fits(e, span), e["eid"] in kept),
            default=None,
        )
        if not best or not fits(best, span) or best["eid"] in kept:
            found[mention["actor"]].append(span)
    return kept, found


def agreement(mentions, spans):
    """How many mentions of an annotated actor a predicted one finds, each span used once."""
    free, hits = set(spans), 0
    for mention in mentions:
        best = max(free, key=lambda span: fits(mention, span), default=None)
        if best and fits(mention, best):
            free.discard(best)
            hits += 1
    return hits


def score_actors(pairs):
    """F1 of mentions, mean error of the counts of actors with two or more mentions, and how many of the top three are found."""
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    total, errors, top, tops = Counter(), [], 0, 0
    for gold, predicted in pairs:
        kept, found = chains(gold, predicted)
        table = np.array(
            [
                [agreement(mentions, spans) for spans in found.values()]
                for mentions in kept.values()
            ],
            dtype=int,
        ).reshape(len(kept), len(found))
        matched = {
            row: column
            for row, column in zip(*linear_sum_assignment(-table), strict=True)
            if table[row, column]
        }
        sizes = [len(spans) for spans in found.values()]
        counted = [sizes[matched[row]] if row in matched else 0 for row in range(len(kept))]
        of = [len(mentions) for mentions in kept.values()]
        total.update(
            hits=int(sum(table[row, column] for row, column in matched.items())),
            predicted=sum(sizes),
            gold=sum(of),
        )
        errors += [abs(n - true) for n, true in zip(counted, of, strict=True) if true > 1]
        third = sorted(sizes, reverse=True)[:3][-1:] or [0]
        first = sorted(range(len(of)), key=lambda row: -of[row])[:3]
        top, tops = top + sum(0 < third[0] <= counted[row] for row in first), tops + len(first)
    return {
        "actor mentions: F1, precision, recall": f1(**total),
        "mean error of an actor's count": round(sum(errors) / max(len(errors), 1), 2),
        "three most mentioned actors found": round(100 * top / max(tops, 1), 1),
    }


MARKS = re.compile("[\"“”]|''")


def score_quotes(pairs):
    """F1 of contents at two overlaps, alone and with the right speaker."""
    rates = {}
    for subset in ("quoted", "all"):
        counts = Counter()
        for gold, predicted in pairs:
            wanted = [
                a
                for a in gold["attributions"]
                if a["content"] and (subset == "all" or a["style"] in ("direct", "mixed"))
            ]
            found = [
                q
                for q in predicted["quotes"]
                if q["content"] and (subset == "all" or near_marks(gold["text"], q["content"]))
            ]
            counts.update(annotated=len(wanted), found=len(found))
            for share, right, _, _ in pair_contents(gold["text"], wanted, found):
                for least in (0.8, 0.3):
                    counts[f"content, overlap {least}"] += share >= least
                    counts[f"who said what, overlap {least}"] += share >= least and right
        for measure in ("content", "who said what"):
            for least in (0.8, 0.3):
                name = f"{measure}, overlap {least}"
                rates[f"{subset}: {name}: F1, precision, recall"] = f1(
                    counts[name], counts["found"], counts["annotated"]
                )
    return rates


def near_marks(text, spans):
    """Whether a content has quotation marks in it or at its edges."""
    return any(MARKS.search(text[max(0, start - 2) : end + 2]) for start, end in spans)


def letters(text, spans):
    """The places of the letters and digits in spans."""
    return {
        place for start, end in spans or [] for place in range(start, end) if text[place].isalnum()
    }


def pair_contents(text, wanted, found):
    """(share of letters in both, whether the speaker is right, index, index) of the contents matched one to one, best first."""
    one, two = (
        [letters(text, a["content"]) for a in wanted],
        [letters(text, q["content"]) for q in found],
    )
    both = sorted(
        (
            (len(w & f) / len(w | f), i, j)
            for i, w in enumerate(one)
            for j, f in enumerate(two)
            if w & f
        ),
        reverse=True,
    )
    taken = set()
    for share, i, j in both:
        if ("w", i) not in taken and ("f", j) not in taken:
            taken |= {("w", i), ("f", j)}
            who, said = letters(text, wanted[i]["source"]), letters(text, found[j]["source"])
            right = (not who and not said) or (
                bool(who & said) and len(who & said) >= 0.5 * min(len(who), len(said))
            )
            yield share, right, i, j


def score_tone(pairs):
    """Macro-F1 and accuracy of the labels."""
    labels = [
        (t["label"], label)
        for gold, predicted in pairs
        for t, label in zip(gold["targets"], predicted["labels"], strict=True)
    ]
    rates = [
        f1(
            sum(g == p == c for g, p in labels),
            sum(p == c for _, p in labels),
            sum(g == c for g, _ in labels),
        )[0]
        for c in ("negative", "neutral", "positive")
    ]
    right = sum(g == p for g, p in labels)
    return {
        "macro-F1": round(sum(rates) / 3, 1),
        "accuracy": round(100 * right / max(len(labels), 1), 1),
        "targets": len(labels),
    }


def score_dates(pairs):
    """How many annotated dates are found; the annotation marks mainly explicit ones, so what else is found is no error."""
    found = [
        any(
            date["start"] < other["end"] and other["start"] < date["end"]
            for other in predicted["dates"]
        )
        for gold, predicted in pairs
        for date in gold["dates"]
        if date["tag"] == "date"
    ]
    return {"found": round(100 * sum(found) / max(len(found), 1), 1), "dates": len(found)}


TASKS = {
    "segment": score_segment,
    "actors": score_actors,
    "quotes": score_quotes,
    "dates": score_dates,
    "tone": score_tone,
}


def main(arguments=None):
    """Read, score and print."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.score",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("task", choices=TASKS)
    parser.add_argument("gold")
    parser.add_argument("predicted")
    parser.add_argument("--genre", help="only gold records of this genre")
    parser.add_argument("--split", help="only gold records of this split")
    parser.add_argument("--annotators", type=int, help="only gold records with so many annotators")
    args = parser.parse_args(arguments)
    key = "id" if args.task == "tone" else "doc_id"
    records = []
    for path in (args.gold, args.predicted):
        with open(path, encoding="utf-8") as lines:
            records.append(
                {record[key]: record for record in map(json.loads, filter(str.strip, lines))}
            )
    gold, predicted = records
    wanted = [
        g
        for g in gold.values()
        if args.genre in (None, g.get("genre"))
        and args.split in (None, g.get("split"))
        and args.annotators in (None, g.get("n_annotators"))
    ]
    missing = [g[key] for g in wanted if g[key] not in predicted]
    if missing or not wanted:
        parser.error(
            f"{len(missing)} of {len(wanted)} gold records have no prediction, {missing[:1]} among them."
        )
    for measure, value in TASKS[args.task]([(g, predicted[g[key]]) for g in wanted]).items():
        print(f"{measure}: {' '.join(map(str, value)) if isinstance(value, tuple) else value}")


if __name__ == "__main__":
    main()
