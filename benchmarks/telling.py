"""How the story is told, against what people coded.

    python -m benchmarks.telling doers GUM.jsonl          passives without "by" in gold trees
    python -m benchmarks.telling headlines WIKINEWS       true headlines and edited ones
    python -m benchmarks.telling article                  the article in seeds, as coded by hand
    python -m benchmarks.telling sentences                104 sentences of Wikinews, the same

GUM.jsonl holds documents with `text`, `genre` and `tokens` (start, end, form, lemma, pos, tag,
head, relation, sentence), as converted from GUM (Zeldes 2017). WIKINEWS is a folder of CSV files
with `title` and `text`. A headline is edited in one place: another article's headline, another
name, another number; the doer left out ("Bombs kill 20" becomes "20 killed"); or an act that the
body tells as alleged, denied or planned, told as done. What is printed is the area under the curve:
how often an edited headline shares less with the body than a true one.
"""

import json
import random
import re
from pathlib import Path

import pandas as pd
from sklearn.metrics import roc_auc_score
from tqdm import tqdm

import analysis as wb
from analysis.lexicons import resource
from analysis.schema import NAMED
from benchmarks.commands import make_parser, percent
from benchmarks.gold import TEXTS, analyse, read_coding, read_table, text_path
from benchmarks.score import f1

PASSIVE, AGENT = "aux:pass", "obl:agent"
KINDS = ("another headline", "another name", "another number", "doer left out", "told as done")
# What a headline lacks does not make it an edited one.
LEFT_OUT = "not in the headline"
NUMBER = re.compile(r"\b\d[\d,]*\b")
# Headlines of Wikinews tell in the present: "kills", "shoots".
ACTIVE = re.compile(
    r"^(?P<doer>.+?) (?P<verb>kill|injure|arrest|attack|wound|bomb)s? (?P<whom>.+)$"
)
# Of shorter bodies nothing is asked.
FEWEST_WORDS = 80
OTHERS = 3  # articles from which other headlines and names are taken
# What of a row is compared with the coding, of a passage that both have.
KIND_OF = {"doers": "form", "labels": "form", "vouching": "source"}


def read_documents(path, genre=None):
    """The documents of a file of JSON lines, of one genre or all."""
    with open(path, encoding="utf-8") as lines:
        documents = [json.loads(line) for line in lines]
    return [each for each in documents if genre in (None, each["genre"])]


def gold_passives(document):
    """Where the verbs of passives without "by" begin, by the gold tree."""
    children, rows, offset, sentence = {}, document["tokens"], 0, None
    for number, token in enumerate(rows):
        if token[8] != sentence:
            offset, sentence = number, token[8]
        if token[6]:
            children.setdefault(offset + token[6] - 1, set()).add(token[7])
    return {
        rows[number][0]
        for number, below in children.items()
        if PASSIVE in below and AGENT not in below
    }


def found_passives(document):
    """Where the verbs of passives without "by" begin, by the workbook."""
    articles = wb.read_texts(document["text"])
    tokens = wb.split_tokens(articles)
    missing = wb.find_missing_doers(articles, tokens, wb.find_mentions(articles, tokens))
    return set(missing.loc[missing["form"] == "passive", "start"])


def measure_doers(args):
    """Print F1 of passives without "by", a line a genre."""
    documents = read_documents(args.documents)
    for genre in sorted({each["genre"] for each in documents}):
        both = gold = found = 0
        for document in (each for each in documents if each["genre"] == genre):
            known, made = gold_passives(document), found_passives(document)
            both, gold, found = both + len(known & made), gold + len(known), found + len(made)
        print(f"{genre}: F1 {f1(both, found, gold)[0]} ({both} of {found} found, {gold} coded)")


class Headlined:
    """An article with its headline, analysed."""

    def __init__(self, title, body):
        self.title, self.body = title, body
        articles = wb.read_texts(f"{title}\n\n{body}")
        self.tokens = wb.split_tokens(articles)
        speech = wb.find_speech(articles, self.tokens)
        self.mentions = wb.find_mentions(articles, self.tokens, speech)
        quotes = wb.find_quotes(articles, self.tokens, self.mentions, speech)
        self.compared = wb.compare_headline(articles, self.tokens, self.mentions, quotes, speech)

    def score(self):
        """How little the headline shares with the body: things that only it has.

        Of words, the share.
        """
        counts = self.compared["aspect"].where(self.compared["finding"] != LEFT_OUT).value_counts()
        words = max(len(self.title.split()), 1)
        return counts.drop("word", errors="ignore").sum() + counts.get("word", 0) / words


def read_wikinews(folder):
    """(title, body) of the articles, without the line of the date."""
    tables = [pd.read_csv(path) for path in sorted(Path(folder).glob("*.csv"))]
    pairs = []
    for row in pd.concat(tables).itertuples():
        body = "\n\n".join(row.text.strip().split("\n\n")[1:]).strip()
        if len(body.split()) >= FEWEST_WORDS:
            pairs.append((row.title, body))
    return pairs


def edited(article, others, chance):
    """{kind: edited headline} of those kinds that can be made of an article."""
    made = {"another headline": chance.choice(others).title}
    above = article.mentions[article.mentions["position"] == "headline"]
    named = above[above["kind"].isin(NAMED)]
    known = set(article.mentions["actor"].dropna())
    names = {row.text for other in others for row in other.mentions.itertuples() if is_name(row)}
    strange = sorted(name for name in names if name not in article.body and name not in known)
    if len(named) and strange:
        name = named.iloc[0]
        title = article.title
        made["another name"] = title[: name.start] + chance.choice(strange) + title[name.end :]
    number = NUMBER.search(article.title)
    if number:
        value = int(number[0].replace(",", ""))
        changed = str(value + chance.randint(1, max(9, value // 2)))
        made["another number"] = article.title.replace(number[0], changed, 1)
    active = ACTIVE.match(article.title)
    if active:
        past = active["verb"].rstrip("e") + "ed"
        made["doer left out"] = f"{active['whom']} {past}"
    acts = wb.find_actions(article.mentions, article.tokens)
    for act in acts[acts["status"] != "asserted"].head(1).itertuples():
        verb = act.verb.split()[-1]
        if len(verb) > len("to"):
            made["told as done"] = f"{act.actor} {verb} {act.target}"
    return made


def is_name(mention):
    """Whether a mention is a full name of somebody or some body."""
    return mention.kind == "name" and mention.actor_type in ("person", "organisation", "state")


def measure_headlines(args):
    """Print the area under the curve of each kind of edit."""
    chance = random.Random(0)
    pairs = read_wikinews(args.folder)[: args.first]
    articles = [Headlined(*pair) for pair in tqdm(pairs, desc="Reading", unit=" articles")]
    scores = {kind: [] for kind in KINDS}
    for article in tqdm(articles, desc="Editing", unit=" articles"):
        rest = [each for each in articles if each is not article]
        others = chance.sample(rest, min(OTHERS, len(rest)))
        for kind, title in edited(article, others, chance).items():
            scores[kind].append((article.score(), Headlined(title, article.body).score()))
    for kind, found in scores.items():
        true, wrong = zip(*found, strict=True) if found else ((), ())
        area = roc_auc_score([0] * len(true) + [1] * len(wrong), [*true, *wrong]) if found else 0
        print(f"{kind}: area under the curve {area:.2f} ({len(found)} headlines)")


def measure_article(args):
    """Print what was found of the acts without a doer, labels and vouching coded by hand."""
    text = text_path(args.text).read_text(encoding="utf-8")
    found = analyse(text)
    own = found.articles, found.tokens, found.mentions
    made = {
        "doers": wb.find_missing_doers(*own),
        "labels": wb.find_labels(*own),
        "vouching": wb.find_vouching(found.quotes, found.tokens, found.mentions),
    }
    for name, table in made.items():
        compare_rows(name, read_coding(name, args.text), table, KIND_OF[name], {args.text: text})


def measure_sentences(_):
    """Print what was found in the sentences of Wikinews coded for acts without a doer."""
    texts, parts = {}, []
    for text_id in read_table("telling")["text_id"]:
        path = resource("data") / "gold" / "telling" / f"{text_id}.txt"
        texts[text_id] = path.read_text(encoding="utf-8")
        found = analyse(texts[text_id])
        missing = wb.find_missing_doers(found.articles, found.tokens, found.mentions)
        parts.append(missing.assign(text_id=text_id))
    missing = pd.concat(parts, ignore_index=True)
    sentences = read_table("telling_sentences")
    read = [is_inside(row, sentences) for row in missing.itertuples()]
    told = missing[read].query("form != 'passive'").reset_index(drop=True)
    compare_rows("acts of harm", read_table("telling_doers"), told, "form", texts)


def is_inside(row, spans):
    """Whether a row stands in one of the spans of its text."""
    same = spans[spans["text_id"] == row.text_id]
    return bool(((same["start"] <= row.start) & (row.end <= same["end"])).any())


def compare_rows(name, coded, table, kind, texts):
    """Print how many coded rows a table has, how many of its rows are coded, and all misses.

    Rows are of a text in `texts` by their `text_id`, which a table of one text lacks.
    """
    if "text_id" not in table:
        table = table.assign(text_id=next(iter(texts)))
    met, right, missed = set(), 0, []
    for row in coded.itertuples():
        touching = (table["start"] < row.end) & (table["end"] > row.start)
        same = table[touching & (table["text_id"] == row.text_id)]
        met.update(same.index)
        right += getattr(row, kind) in set(same[kind])
        if same.empty:
            missed.append(row)
    strange = table.drop(index=met)
    print(f"{name}: {len(coded)} coded, {percent(len(coded) - len(missed), len(coded))} found,")
    print(f"  {percent(right, len(coded))} with the same {kind}; {len(strange)} not coded")
    for said, rows in (("missed", missed), ("not coded", strange.itertuples())):
        for row in rows:
            text = texts[row.text_id]
            before, words = text[max(0, row.start - 30) : row.start], text[row.start : row.end]
            around = " ".join(f"{before}[{words}]{text[row.end : row.end + 20]}".split())
            print(f"  {said}: …{around}… ({getattr(row, kind)})")


def main(arguments=None):
    """Measure and print."""
    parser = make_parser("benchmarks.telling", __doc__)
    steps = parser.add_subparsers(required=True)
    doers = steps.add_parser("doers")
    doers.add_argument("documents")
    doers.set_defaults(run=measure_doers)
    headlines = steps.add_parser("headlines")
    headlines.add_argument("folder")
    headlines.add_argument("--first", type=int, help="only so many articles (default: all)")
    headlines.set_defaults(run=measure_headlines)
    article = steps.add_parser("article")
    article.add_argument("text", nargs="?", choices=TEXTS, default="article")
    article.set_defaults(run=measure_article)
    sentences = steps.add_parser("sentences")
    sentences.set_defaults(run=measure_sentences)
    args = parser.parse_args(arguments)
    args.run(args)


if __name__ == "__main__":
    main()
