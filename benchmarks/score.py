"""Score predictions against annotations: ``python -m benchmarks.score TASK GOLD PREDICTED``.

GOLD holds one JSON object a line, PREDICTED what `benchmarks.predict` wrote for it. ``--genre
news``, ``--split dev-rw`` and ``--annotators 1`` take a part of GOLD. Its fields by TASK:

    segment  doc_id, sentences: [{"start", "end"}], tokens: [[start, end, ...]]
    names    doc_id, entities: [{"start", "end", "type": "PER" | "ORG" | "LOC"}]
    actors   doc_id, entities: [{"start", "end", "head": [start, end], "eid", "etype", "form"}];
             same eid, same actor
    quotes   doc_id, text, attributions: [{"content", "source": [[start, end], ...], "style"}]
    dates    doc_id, dates: [{"start", "end", "tag"}], of which those with the tag "date" count;
             its value is `when`, or `from` and `to`, or `notBefore` and `notAfter`
    tone     id, targets: [{"label"}]

Rates are in percent. `segment`: F1 of exact spans. `names`: F1 of exact spans of the right type.
`actors`: F1 of mentions of the people,
organisations and places that have a name, predicted and annotated actors being matched one to one
so that most mentions agree (CEAF-m, Luo 2005). `quotes`: F1 of contents that share so much of their
letters and digits with one annotated, matched best first, and of those whose speaker is right too
(half of the shorter one's letters shared), for what has quotation marks and for all. `dates`: how
many of the annotated ones are found, in part or whole, and how many with the right value. `tone`:
macro-F1.
"""

import re
from collections import Counter, defaultdict

import numpy as np
from scipy.optimize import linear_sum_assignment
from sklearn.metrics import accuracy_score, f1_score

from analysis.schema import LABELS
from benchmarks.commands import make_parser, percent, print_rates, read_records

KINDS = ("person", "organization", "place")
MARKS = re.compile("[\"“”]|''")
OVERLAPS = (0.8, 0.3)


def f1(hits, predicted, gold):
    """(F1, precision, recall) in percent, of how many were right, predicted and annotated."""
    precision, recall = hits / max(predicted, 1), hits / max(gold, 1)
    both = 2 * precision * recall / max(precision + recall, 1e-9)
    return round(100 * both, 1), round(100 * precision, 1), round(100 * recall, 1)


def score_segment(pairs):
    """F1 of sentences and tokens."""
    counts = defaultdict(Counter)
    for gold, predicted in pairs:
        sentences = {(sentence["start"], sentence["end"]) for sentence in gold["sentences"]}
        tokens = {tuple(token[:2]) for token in gold["tokens"]}
        for kind, spans in (("sentences", sentences), ("tokens", tokens)):
            found = set(map(tuple, predicted[kind]))
            counts[kind].update(hits=len(spans & found), predicted=len(found), gold=len(spans))
    return {f"{kind}: F1, precision, recall": f1(**count) for kind, count in counts.items()}


def score_names(pairs):
    """F1 of names: same span, same type."""
    count = Counter()
    for gold, predicted in pairs:
        wanted = {(each["start"], each["end"], each["type"]) for each in gold["entities"]}
        found = {(each["start"], each["end"], each["type"]) for each in predicted["names"]}
        count.update(hits=len(wanted & found), predicted=len(found), gold=len(wanted))
    return {"names: F1, precision, recall": f1(**count)}


def fits(entity, span):
    """How well a predicted span fits an annotated mention, 0 to 1.

    It fits where it lies inside and covers the head, or shares half the letters.
    """
    (start, end), (head, tail) = span, entity["head"]
    shared = max(0, min(end, entity["end"]) - max(start, entity["start"]))
    share = shared / (max(end, entity["end"]) - min(start, entity["start"]))
    inside = entity["start"] <= start and end <= entity["end"]
    covers_head = start <= head and tail <= end
    return share if share >= 0.5 or (inside and covers_head) else 0


def chains(gold, predicted):
    """Annotated named actors and predicted ones, each {actor: mentions}.

    A prediction that fits better what has no name is left out.
    """
    annotated, found, named = defaultdict(list), defaultdict(list), set()
    for entity in gold["entities"]:
        annotated[entity["eid"]].append(entity)
        if entity["form"] == "named":
            named.add(entity["eid"])
    kept = {}
    for eid, mentions in annotated.items():
        if eid in named and mentions[0]["etype"] in KINDS:
            kept[eid] = mentions
    for mention in predicted["mentions"]:
        span = mention["start"], mention["end"]
        best = find_best(span, gold["entities"], kept)
        if best is None or best["eid"] in kept:
            found[mention["actor"]].append(span)
    return kept, found


def find_best(span, entities, preferred):
    """The annotated mention that a span fits best, of equals one of a preferred actor; or None."""
    best, most = None, (0, False)
    for entity in entities:
        fit = fits(entity, span), entity["eid"] in preferred
        if fit[0] and fit > most:
            best, most = entity, fit
    return best


def count_agreeing(mentions, spans):
    """How many mentions of an annotated actor a predicted one finds, each span used once."""
    free, hits = set(spans), 0
    for mention in mentions:
        best = max(free, key=lambda span: fits(mention, span), default=None)
        if best and fits(mention, best):
            free.discard(best)
            hits += 1
    return hits


def match_actors(kept, found):
    """(mentions, mentions of the predicted actor matched with it, of these right) of each actor."""
    table = np.zeros((len(kept), len(found)), dtype=int)
    for row, mentions in enumerate(kept.values()):
        for column, spans in enumerate(found.values()):
            table[row, column] = count_agreeing(mentions, spans)
    sizes = np.array([len(mentions) for mentions in kept.values()], dtype=int)
    lengths = np.array([len(spans) for spans in found.values()], dtype=int)
    matched, right = np.zeros_like(sizes), np.zeros_like(sizes)
    rows, columns = linear_sum_assignment(-table)
    right[rows] = table[rows, columns]
    matched[rows] = np.where(right[rows] > 0, lengths[columns], 0)
    return sizes, matched, right


def score_actors(pairs):
    """F1 of mentions; the mean error of the counts of actors; how many of the top three are found.

    The error is of actors with two or more mentions.
    """
    total, errors, top, tops = Counter(), [], 0, 0
    for gold, predicted in pairs:
        kept, found = chains(gold, predicted)
        sizes, matched, right = match_actors(kept, found)
        lengths = sorted(map(len, found.values()), reverse=True)
        total.update(hits=right.sum(), predicted=sum(lengths), gold=sizes.sum())
        repeated = sizes > 1
        errors.extend(abs(matched - sizes)[repeated])
        first = np.argsort(-sizes, kind="stable")[:3]
        third = lengths[:3][-1] if lengths else 0
        top += ((matched[first] > 0) & (matched[first] >= third)).sum()
        tops += len(first)
    return {
        "actor mentions: F1, precision, recall": f1(**total),
        "mean error of an actor's count": round(float(sum(errors)) / max(len(errors), 1), 2),
        "three most mentioned actors found": percent(float(top), tops),
    }


def score_quotes(pairs):
    """F1 of contents at two overlaps, alone and with the right speaker."""
    rates = {}
    for subset in ("quoted", "all"):
        counts = Counter()
        for gold, predicted in pairs:
            wanted, found = choose_contents(gold, predicted, subset)
            counts.update(annotated=len(wanted), found=len(found))
            for share, right, _, _ in pair_contents(gold["text"], wanted, found):
                for least in OVERLAPS:
                    counts["content", least] += share >= least
                    counts["who said what", least] += share >= least and right
        for measure in ("content", "who said what"):
            for least in OVERLAPS:
                name = f"{subset}: {measure}, overlap {least}: F1, precision, recall"
                rates[name] = f1(counts[measure, least], counts["found"], counts["annotated"])
    return rates


def choose_contents(gold, predicted, subset):
    """Annotated and predicted quotations that have a content, and where asked for, marks."""
    wanted, found = [], []
    for attribution in gold["attributions"]:
        in_marks = attribution["style"] in ("direct", "mixed")
        if attribution["content"] and (subset == "all" or in_marks):
            wanted.append(attribution)
    for quote in predicted["quotes"]:
        in_marks = near_marks(gold["text"], quote["content"])
        if quote["content"] and (subset == "all" or in_marks):
            found.append(quote)
    return wanted, found


def near_marks(text, spans):
    """Whether a content has quotation marks in it or at its edges."""
    return any(MARKS.search(text[max(0, start - 2) : end + 2]) for start, end in spans)


def letters(text, spans):
    """The places of the letters and digits in spans."""
    places = set()
    for start, end in spans or []:
        places.update(filter(lambda place: text[place].isalnum(), range(start, end)))
    return places


def pair_contents(text, wanted, found):
    """Match contents one to one, best first.

    Gives (share of letters in both, whether the speaker is right, index, index) of each pair.
    """
    annotated = [letters(text, attribution["content"]) for attribution in wanted]
    predicted = [letters(text, quote["content"]) for quote in found]
    candidates = []
    for i, one in enumerate(annotated):
        for j, other in enumerate(predicted):
            if one & other:
                candidates.append((len(one & other) / len(one | other), i, j))
    taken_wanted, taken_found = set(), set()
    for share, i, j in sorted(candidates, reverse=True):
        if i not in taken_wanted and j not in taken_found:
            taken_wanted.add(i)
            taken_found.add(j)
            yield share, same_speaker(text, wanted[i]["source"], found[j]["source"]), i, j


def same_speaker(text, wanted, found):
    """Whether two speakers share half the letters of the shorter one, or neither is given."""
    who, said = letters(text, wanted), letters(text, found)
    if not who and not said:
        return True
    shared = len(who & said)
    return shared > 0 and shared >= 0.5 * min(len(who), len(said))


def score_tone(pairs):
    """Macro-F1 and accuracy of the labels."""
    wanted, found = [], []
    for gold, predicted in pairs:
        for target, label in zip(gold["targets"], predicted["labels"], strict=True):
            wanted.append(target["label"])
            found.append(label)
    macro = f1_score(wanted, found, labels=list(LABELS), average="macro", zero_division=0)
    return {
        "macro-F1": round(100 * macro, 1),
        "accuracy": round(100 * accuracy_score(wanted, found), 1),
        "targets": len(wanted),
    }


def score_dates(pairs):
    """How many annotated dates are found, and how many with the right value.

    The annotation marks mainly explicit ones, so what else is found is no error.
    """
    annotated = found = right = 0
    for gold, predicted in pairs:
        for date in gold["dates"]:
            if date["tag"] == "date":
                over = [other for other in predicted["dates"] if overlap(date, other)]
                annotated += 1
                found += bool(over)
                right += any(other["value"] == value_of(date) for other in over)
    return {
        "found": percent(found, annotated),
        "value right": percent(right, annotated),
        "dates": annotated,
    }


def value_of(date):
    """The value of an annotated date: `when`, or the first and last day, `..` for one not told."""
    first = date.get("from") or date.get("notBefore") or ".."
    last = date.get("to") or date.get("notAfter") or ".."
    return date.get("when") or f"{first}/{last}"


def overlap(one, other):
    """Whether two spans share a character."""
    return one["start"] < other["end"] and other["start"] < one["end"]


TASKS = {
    "segment": score_segment,
    "names": score_names,
    "actors": score_actors,
    "quotes": score_quotes,
    "dates": score_dates,
    "tone": score_tone,
}


def main(arguments=None):
    """Read, score and print."""
    parser = make_parser("benchmarks.score", __doc__)
    parser.add_argument("task", choices=TASKS)
    parser.add_argument("gold")
    parser.add_argument("predicted")
    parser.add_argument("--genre", help="only gold records of this genre")
    parser.add_argument("--split", help="only gold records of this split")
    parser.add_argument("--annotators", type=int, help="only gold records with so many annotators")
    args = parser.parse_args(arguments)
    key = "id" if args.task == "tone" else "doc_id"
    wanted = {"genre": args.genre, "split": args.split, "n_annotators": args.annotators}
    gold = {record[key]: record for record in read_records(args.gold, **wanted)}
    predicted = {record[key]: record for record in read_records(args.predicted)}
    missing = [name for name in gold if name not in predicted]
    if missing or not gold:
        parser.error(
            f"{len(missing)} of {len(gold)} gold records have no prediction, "
            f"{missing[:1]} among them."
        )
    pairs = [(gold[name], predicted[name]) for name in gold]
    print_rates(TASKS[args.task](pairs))


if __name__ == "__main__":
    main()
