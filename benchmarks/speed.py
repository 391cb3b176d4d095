"""How fast the workbook is: ``python -m benchmarks.speed [ARTICLES]``.

ARTICLES is a folder of texts or a table with a column `text` (JSON lines among them); without it,
the three texts that come with the project. Timed is everything that the report computes, part by
part, of all articles at once and without drawing: each as a ratio to spaCy alone on the same texts
in the same run, which is what to compare between machines. Then the peak memory of this process,
and the time of a cold first score and of a cold `import analysis`.
"""

import platform
import subprocess
import sys
import time
from contextlib import contextmanager

import pandas as pd
import spacy

import analysis as wb
from analysis.parse.tokens import MODEL
from benchmarks.commands import make_parser
from benchmarks.gold import TEXTS, text_path

# Parts that are asked for by name.
QUOTES = "find_quotes (and find_speech)"
TONE = "tone model (score_stance)"
ASKED = 3  # mentions of an article whose words the report asks about


@contextmanager
def timed(times, part):
    """Add the seconds of a block to a part."""
    start = time.perf_counter()
    yield
    times[part] = times.get(part, 0) + time.perf_counter() - start


def analyse(articles):
    """All that the report computes: the seconds of each part, and how many tokens and mentions."""
    times = {}
    with timed(times, "parse (split_sentences, split_tokens)"):
        sentences = wb.split_sentences(articles)
        tokens = wb.split_tokens(articles, sentences)
    with timed(times, QUOTES):
        speech = wb.find_speech(articles, tokens)
    with timed(times, "find_mentions"):
        mentions = wb.find_mentions(articles, tokens, speech)
    with timed(times, QUOTES):
        quotes = wb.find_quotes(articles, tokens, mentions, speech)
    with timed(times, "find_dates"):
        dates = wb.find_dates(articles, tokens, speech)
    with timed(times, TONE):
        stance = wb.score_stance(mentions, sentences, quotes, speech)
    with timed(times, f"words behind the tone (score_stance_words, {ASKED} mentions an article)"):
        wb.score_stance_words(choose_asked(stance), sentences, speech)
    with timed(times, "VADER (score_sentiment, score_tone_words)"):
        sentiment = wb.score_sentiment(sentences)
        tone_words = wb.score_tone_words(sentences)
    with timed(times, "counts (voices, actors, roles, actions, choices, words, ...)"):
        voices = wb.count_voices(quotes, speech, mentions)
        actions = wb.find_actions(mentions, tokens, quotes, speech)
        count_rest(tokens, mentions, quotes, stance, tone_words)
    with timed(times, "how it is told (vouching, doers, headline, labels, salience)"):
        vouching = wb.find_vouching(quotes, tokens, mentions)
        wb.count_vouching(vouching, speech, tokens)
        missing = wb.find_missing_doers(articles, tokens, mentions, quotes, speech)
        wb.compare_headline(articles, tokens, mentions, quotes, speech, missing)
        wb.find_labels(articles, tokens, mentions, quotes, speech)
        wb.score_salience(mentions)
    with timed(times, "descriptions (article, what is left out, corrections, methods, run)"):
        wb.describe_source(articles)
        wb.describe_article(sentences, tokens, mentions, sentiment, links=True)
        wb.describe_findings(tokens, mentions, voices, actions, stance, links=True)
        wb.describe_left_out(articles, mentions, stance, quotes, dates)
        wb.describe_corrections(articles, tokens, speech)
        wb.describe_methods()
        wb.describe_models()
        wb.describe_run(articles)
    return times, len(tokens), len(stance)


def count_rest(tokens, mentions, quotes, stance, tone_words):
    """What the report counts beside the voices."""
    wb.count_cues(quotes)
    wb.select_anonymous(quotes)
    wb.count_actors(mentions, tokens)
    wb.count_actors(mentions, tokens, by="kind")
    wb.count_roles(mentions)
    wb.compare_choices(mentions)
    wb.count_stance(stance)
    wb.count_stance(stance, by="speaker")
    wb.count_words(tokens)
    wb.count_tone_words(tone_words)


def choose_asked(stance):
    """The mentions whose words the report shows: of each article those with the strongest tone."""
    toned = wb.select_toned(stance)
    order = toned["tone"].abs().sort_values(ascending=False, kind="stable").index
    strongest = toned.loc[order].drop_duplicates(["doc_id", "sentence_id"])
    return strongest.groupby("doc_id", sort=False).head(ASKED)


def parse_alone(texts):
    """Seconds of spaCy's own pipeline on the running text, its tokeniser included."""
    nlp = spacy.load(MODEL)
    start = time.perf_counter()
    for _ in nlp.pipe(texts):
        pass
    return time.perf_counter() - start


def peak_memory():
    """Peak memory of this process in MB; missing where the system does not tell."""
    try:
        import resource
    except ImportError:
        return float("nan")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if platform.system() == "Darwin":  # counts bytes, others kilobytes
        peak /= 2**10
    return peak / 2**10


def cold(*command):
    """Seconds of a command in a fresh process."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *command], check=True, capture_output=True)
    return time.perf_counter() - start


def least_cold(code, rounds):
    """The least seconds of some lines of code in fresh processes."""
    return min(cold("-c", code) for _ in range(rounds))


FIRST_SCORE = (
    "from analysis.measure.tone.model import score_with_model;"
    "score_with_model(['Biden left.'], [(0, 5)])"
)


def print_ratios(articles, rounds):
    """Print what each part takes, in units of spaCy alone: the least of some rounds."""
    texts = articles["text"].tolist()
    analyse(articles.head(1))  # loads what is loaded on first use
    parse_alone(texts[:1])
    alone, found = [], []
    for _ in range(rounds):
        times, tokens, mentions = analyse(articles)
        found.append(times)
        if not alone:
            memory = peak_memory()  # before spaCy alone has its turn
        alone.append(parse_alone(texts))
    parts = pd.DataFrame(found)
    tone = parts[TONE].min()
    print(f"articles: {len(texts)} ({tokens:,} tokens, {mentions:,} mentions)")
    print(f"spaCy alone: {tokens / min(alone):,.0f} tokens a second")
    least = parts.min()
    least["whole analysis"] = parts.sum(axis=1).min()
    for part, seconds in least.items():
        print(f"{part} / spaCy alone: {seconds / min(alone):.2f}")
    print(f"tone model: {mentions / tone:,.0f} mentions a second")
    print(f"peak memory: {memory:,.0f} MB")


def read_different(path, first):
    """The articles to analyse: the `first` of those at a path (None: all), or the project's own."""
    articles = wb.read_articles(path or list(map(text_path, TEXTS)))
    return articles[articles["left_out"].isna()].head(first)


def main(arguments=None):
    """Measure and print."""
    parser = make_parser("benchmarks.speed", __doc__)
    parser.add_argument("articles", nargs="?")
    parser.add_argument("--first", type=int, help="only so many articles (default: all)")
    parser.add_argument(
        "--rounds", type=int, default=3, help="of which the best counts (default: 3)"
    )
    args = parser.parse_args(arguments)
    print_ratios(read_different(args.articles, args.first), args.rounds)
    empty = least_cold("pass", args.rounds)
    for what, code in (
        ("first score of tone", FIRST_SCORE),
        ("import analysis", "import analysis"),
    ):
        more = least_cold(code, args.rounds) - empty
        print(f"cold {what}: {more:.3f} seconds more than an empty program")


if __name__ == "__main__":
    main()
