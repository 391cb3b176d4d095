"""Mentions, quotations and tone against the hand codings in `data/gold`, every miss listed.

``python -m benchmarks.gold [article court sport wikinews]``

A mention is found where its span is (of a description: at least half its letters) and the actor is
the same; titles and nationality words are mentions too, names inside other names are not coded. A
quotation is found where its content shares four fifths of its letters and digits with the one
coded. Tone is compared on the mentions as coded, with the most probable label where the workbook
would rather give none; kappa is Cohen's. Of the ten articles of `wikinews`, the tone of people,
organisations and states is coded. The rates are in percent.
"""

from typing import NamedTuple

import pandas as pd
from sklearn.metrics import accuracy_score, cohen_kappa_score

import analysis as wb
from analysis.lexicons import resource
from analysis.measure.talk import add_speaker
from analysis.measure.tone.stance import METHODS
from analysis.schema import LABELS, SPEECH, UNNAMED
from analysis.text import straighten
from benchmarks.commands import make_parser, percent, print_rates
from benchmarks.predict import quote_spans
from benchmarks.score import f1, pair_contents

TEXTS = {
    "article": "seeds/000_ff539187bb1851f8.txt",
    "court": "data/gold/court.txt",
    "sport": "data/gold/sport.txt",
}
WIKINEWS = "wikinews"
# Share of letters and digits that two contents of one quotation have in common.
SAME = 0.8


class Found(NamedTuple):
    """What the workbook finds in a text."""

    articles: pd.DataFrame
    sentences: pd.DataFrame
    tokens: pd.DataFrame
    speech: pd.DataFrame
    mentions: pd.DataFrame
    quotes: pd.DataFrame


def text_path(text_id):
    """The file of a text."""
    folder, name = TEXTS[text_id].split("/", 1)
    return resource(folder) / name


def read_table(name):
    """One table of the coding; an empty cell is an empty string."""
    return pd.read_csv(resource("data") / "gold" / f"{name}.csv", keep_default_na=False)


def read_coding(table, text_id):
    """The rows of a text in one table of the coding."""
    coded = read_table(table)
    return coded[coded["text_id"] == text_id].reset_index(drop=True)


def analyse(text):
    """Find what was coded."""
    articles = wb.read_texts(text)
    sentences = wb.split_sentences(articles)
    tokens = wb.split_tokens(articles, sentences)
    speech = wb.find_speech(articles, tokens)
    mentions = wb.find_mentions(articles, tokens, speech)
    quotes = wb.find_quotes(articles, tokens, mentions, speech)
    return Found(articles, sentences, tokens, speech, mentions, quotes)


def find_pairs(coded, found):
    """[(coded mention, found mention)] with the same span, and the rest of both."""
    pairs, missed, free = [], [], list(found)
    for mention in coded:
        other = next((each for each in free if same_span(mention, each)), None)
        if other:
            free.remove(other)
            pairs.append((mention, other))
        else:
            missed.append(mention)
    return pairs, missed, free


def same_span(coded, found):
    """Whether two mentions are in the same place; descriptions need to share half their letters."""
    shared = min(coded["end"], found["end"]) - max(coded["start"], found["start"])
    both = max(coded["end"], found["end"]) - min(coded["start"], found["start"])
    if coded["kind"] == found["kind"] == "description":
        return shared >= both / 2
    return shared == both


def same_actor(one, other):
    """Whether two mentions are of the same actor, whatever the form of the apostrophes."""
    return straighten(one["actor"]) == straighten(other["actor"])


def compare_mentions(coded, mentions):
    """Rates, and the misses in words."""
    coded = coded.to_dict("records")
    # Not coded are names inside others, and who has no name; that its pronouns have none is.
    has_no_name = mentions["actor_type"] == UNNAMED
    is_left_out = (mentions["kind"] == "part") | (has_no_name & (mentions["kind"] != "pronoun"))
    found = mentions.assign(actor=mentions["actor"].where(~has_no_name))[~is_left_out]
    found = found.fillna({"actor": ""}).to_dict("records")
    pairs, missed, added = find_pairs(coded, found)
    # What is left open claims nothing, unless the coding leaves it open too.
    claims = sum(mention["actor"] != "" for mention in found)
    right, said = [], []
    for mention in missed:
        actor = mention["actor"] or "whom the text leaves open"
        said.append(f"missed  {quote_mention(mention)} ({mention['kind']} of {actor})")
    for mention, match in pairs:
        if same_actor(mention, match):
            right.append((mention, match))
            claims += match["actor"] == ""
        else:
            actor, instead = name_actor(mention), name_actor(match)
            said.append(f"other   {quote_mention(mention)} is of {actor}, not of {instead}")
    for mention in added:
        if mention["actor"]:
            of = f"{mention['kind']} of {mention['actor']}"
            said.append(f"added   {quote_mention(mention)} ({of})")
    rates = {"mentions: F1, precision, recall": f1(len(right), claims, len(coded))}
    for column in ("kind", "actor_type", "role"):
        same = sum(mention[column] == match[column] for mention, match in right)
        rates[f"{column} right"] = percent(same, len(right))
    return rates, said


def quote_mention(mention):
    """Where a mention stands and what it says."""
    return f"{mention['start']} {mention['text']!r}"


def name_actor(mention):
    """Of whom a mention is."""
    return mention["actor"] or "nobody certain"


def compare_quotes(coded, found, text):
    """Rates of the quotations, and the misses in words."""
    quotes = found.quotes.fillna({"speaker": ""}).reset_index(drop=True)
    pairs = pair_quotes(coded, quote_spans(quotes, found.speech), text)
    one = coded.loc[[i for i, _ in pairs]].reset_index(drop=True)
    two = quotes.loc[[j for _, j in pairs]].reset_index(drop=True)
    right = (one["actor"].map(straighten) == two["speaker"].map(straighten)).sum()
    same = (one["quote_type"] == two["quote_type"]).sum()
    is_speech = quotes["quote_type"].isin(SPEECH)
    rates = {
        "quotations: F1, precision, recall": f1(len(pairs), is_speech.sum(), len(coded)),
        "quotation's actor right": percent(right, len(pairs)),
        "quote_type right": percent(same, len(pairs)),
    }
    missed = coded.drop(index=[i for i, _ in pairs])
    added = quotes[is_speech].drop(index=[j for _, j in pairs], errors="ignore")
    said = []
    for row in missed.itertuples():
        start = row.content.split("-")[0]
        said.append(f"missed  {start} {row.content_text!r} ({row.quote_type})")
    for row in added.itertuples():
        said.append(f"added   {row.start} {row.content!r} ({row.quote_type})")
    return rates, said


def pair_quotes(coded, found, text):
    """[(row of the coding, row of the quotations found)] that have their contents in common."""
    wanted, pairs = [], []
    for row in coded.itertuples():
        content, source = read_spans(row.content), read_spans(row.speaker)
        wanted.append({"content": content, "source": source})
    for share, _, i, j in pair_contents(text, wanted, found):
        if share >= SAME:
            pairs.append((i, j))
    return pairs


def read_spans(coded):
    """The spans "120-180;201-230" as [(120, 180), (201, 230)]."""
    spans = []
    for span in filter(None, coded.split(";")):
        start, end = span.split("-")
        spans.append((int(start), int(end)))
    return spans


def place_coded(coded, sentences):
    """The coded mentions in order, each with the sentence in which it stands."""
    around = sentences[["doc_id", "sentence_id", "paragraph_id"]].assign(
        sentence_start=sentences["start"], sentence_end=sentences["end"]
    )
    placed = pd.merge_asof(
        coded.sort_values(["start", "end"]), around, left_on="start", right_on="sentence_start"
    )
    is_inside = placed["end"] <= placed["sentence_end"]
    assert is_inside.all(), "a coded mention stands in no sentence"
    return placed.assign(code=None, rule=None, position="rest", quoted=False)


def compare_stance(coded, found):
    """Agreement in tone and voice, of two coders and of the methods with the coding.

    Differences of the model are said in words; of a text without such a coding, nothing.
    """
    if coded.empty:
        return {}, []
    placed = place_coded(coded, found.sentences)
    mentions = wb.schema.table(placed[wb.schema.columns("mentions")], "mentions")
    rates, said = compare_tone(placed, mentions, found.sentences)
    speakers = add_speaker(mentions, found.quotes, found.speech)["speaker"].map(straighten)
    right = (placed["voice"].map(straighten) == speakers).sum()
    rates["voice right"] = percent(right, len(placed))
    return rates, said


def compare_tone(placed, mentions, sentences):
    """Agreement in tone of two coders and of the methods with the coding; the model's misses."""
    gold = placed["label"]
    rates = {
        "tone: agreement, kappa of the two coders": agreement(placed["coder_a"], placed["coder_b"])
    }
    for method in METHODS:
        stance = wb.score_stance(mentions, sentences, method=method, kinds=None, types=None)
        labels = stance[list(LABELS)].idxmax(axis=1)
        rates[f"tone: agreement, kappa of the {method} with the coding"] = agreement(gold, labels)
        if method == "model":
            model, model_labels = stance, labels
    given = model["label"].notna()
    rates["tone: the same where the model gives a label"] = agreement(
        gold[given], model_labels[given]
    )
    rates["tone: always neutral, agreement"] = percent((gold == "neutral").sum(), len(gold))
    is_negative, called = gold == "negative", model_labels == "negative"
    rates["tone: negative, F1, precision, recall"] = f1(
        (is_negative & called).sum(), called.sum(), is_negative.sum()
    )
    rates["tone: share of negative mentions, as coded, by the model"] = (
        percent(is_negative.sum(), len(gold)),
        percent(called.sum(), len(gold)),
    )
    said = []
    for row in placed.assign(found=model_labels, tone=model["tone"]).itertuples():
        if row.label != row.found:
            said.append(
                f"tone    {row.start} {row.text!r} ({row.actor}) is {row.label}, "
                f"not {row.found} ({row.tone:+.2f})"
            )
    return rates, said


def place_wikinews():
    """The mentions coded in ten articles of Wikinews, in their sentences; the sentences."""
    coded = read_table("wikinews_stance")
    texts = {}
    for text_id in coded["text_id"].unique():
        path = resource("data") / "gold" / "wikinews" / f"{text_id}.txt"
        texts[text_id] = path.read_bytes().decode()
    articles = pd.DataFrame({"doc_id": list(texts), "text": list(texts.values())})
    sentences = wb.split_sentences(articles.reindex(columns=wb.schema.columns("articles")))
    parts = []
    for text_id, rows in coded.groupby("text_id", sort=False):
        placed = place_coded(rows, sentences[sentences["doc_id"] == text_id])
        parts.append(placed.assign(doc_id=text_id, role="other"))
    return pd.concat(parts, ignore_index=True), sentences


def compare_wikinews():
    """Rates of the tone in ten articles of Wikinews, and every miss in words."""
    placed, sentences = place_wikinews()
    mentions = wb.schema.table(placed[wb.schema.columns("mentions")], "mentions")
    return compare_tone(placed, mentions, sentences)


def agreement(one, two):
    """Agreement in percent, and Cohen's kappa."""
    return round(100 * accuracy_score(one, two), 1), round(cohen_kappa_score(one, two), 2)


def compare(text_id):
    """Rates of one text, and every miss in words."""
    text = text_path(text_id).read_text(encoding="utf-8")
    found = analyse(text)
    coded = read_coding("mentions", text_id)
    toned = coded.merge(read_coding("stance", text_id), on=["text_id", "start", "end"])
    rates, misses = {}, []
    for part in (
        compare_mentions(coded, found.mentions),
        compare_quotes(read_coding("quotes", text_id), found, text),
        compare_stance(toned, found),
    ):
        rates |= part[0]
        misses += part[1]
    return rates, misses


def main(arguments=None):
    """Compare and print."""
    parser = make_parser("benchmarks.gold", __doc__)
    known = [*TEXTS, WIKINEWS]
    parser.add_argument("texts", nargs="*", default=known, metavar="|".join(known))
    for text_id in parser.parse_args(arguments).texts:
        if text_id not in known:
            parser.error(f"no coding of {text_id!r}. Choose from: {', '.join(known)}.")
        rates, misses = compare_wikinews() if text_id == WIKINEWS else compare(text_id)
        print(f"== {text_id}")
        print_rates(rates)
        print("\n".join(misses))


if __name__ == "__main__":
    main()
