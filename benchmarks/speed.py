"""How fast the workbook is: ``python -m benchmarks.speed [--copies N] [--text FILE]``.

Prints tokens a second of the whole analysis beside spaCy alone on the same text in the same run (their ratio is what to
compare between machines), the peak memory of this process, and the time of a cold `workbook report` and `import analysis`.
"""

import argparse
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import analysis as wb
from analysis.lexicons import resource


def analyse(articles):
    """The whole analysis; returns how many tokens there were."""
    sentences = wb.split_sentences(articles)
    tokens = wb.split_tokens(articles, sentences)
    mentions = wb.find_mentions(articles, tokens)
    wb.count_actors(mentions, tokens)
    wb.find_quotes(articles, tokens, mentions)
    wb.count_words(tokens)
    wb.score_sentiment(sentences)
    wb.score_tone_words(sentences)
    return len(tokens)


def find_actors(articles, tokens):
    """All that is known of the actors: mentions of every kind, roles, acts, counts."""
    mentions = wb.find_mentions(articles, tokens)
    (
        wb.find_actions(mentions, tokens),
        wb.count_roles(mentions),
        wb.count_prominence(mentions, tokens),
    )
    wb.count_comentions(mentions), wb.compare_choices(mentions)


def spacy_alone(texts):
    """spaCy's own pipeline, tokeniser included; returns how many tokens there were."""
    from analysis.parse.tokens import language_model

    return sum(len(doc) for doc in language_model().pipe(texts))


def tone_speed(rounds):
    """Mentions a second of the tone model, on the different mentions of the article that comes with the workbook."""
    from analysis.measure.tone import model as encoder
    from analysis.measure.tone.stance import place_in_sentences

    articles = wb.read_articles()
    sentences = wb.split_sentences(articles)
    placed = place_in_sentences(
        wb.find_mentions(articles, wb.split_tokens(articles, sentences)), sentences
    )
    texts, targets = (
        placed["sentence"].tolist(),
        list(zip(placed["left"], placed["right"], strict=True)),
    )
    encoder.score(texts[:1], targets[:1])  # load
    return len(texts) / min(seconds(encoder.score, texts, targets)[0] for _ in range(rounds))


FIRST_SCORE = "from analysis.measure.tone.model import score_with_model; score_with_model(['Biden left.'], [(0, 5)])"


def seconds(function, *arguments):
    """(seconds, result) of a call."""
    start = time.perf_counter()
    result = function(*arguments)
    return time.perf_counter() - start, result


def peak_memory():
    """Peak memory of this process in MB; missing where the system does not tell."""
    try:
        import resource
    except ImportError:
        return float("nan")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if platform.system() == "Darwin" else 2**10)


def cold(*command):
    """Seconds of a command in a fresh process."""
    return seconds(
        lambda: subprocess.run([sys.executable, *command], check=True, capture_output=True)
    )[0]


def main(arguments=None):
    """Measure and print."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.speed",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--copies",
        type=int,
        default=100,
        help="how many copies of the text to analyse (default: 100)",
    )
    parser.add_argument(
        "--text", type=Path, help="a text file (default: the article that comes with the workbook)"
    )
    parser.add_argument(
        "--rounds", type=int, default=3, help="rounds, of which the best counts (default: 3)"
    )
    args = parser.parse_args(arguments)
    text = args.text.read_text(encoding="utf-8") if args.text else wb.read_articles().loc[0, "text"]
    texts = [f"{text}\n\nCopy {number}." for number in range(args.copies)]
    articles = wb.read_texts(texts)
    analyse(articles.head(1)), spacy_alone(texts[:1])  # load what is loaded on first use
    whole, parse = [], []
    peak = None
    for _ in range(args.rounds):
        whole.append(seconds(analyse, articles))
        peak = peak or peak_memory()  # before spaCy alone has its turn
        parse.append(seconds(spacy_alone, texts))
    (whole_time, whole_tokens), (parse_time, parse_tokens) = min(whole), min(parse)
    print(f"whole analysis: {whole_tokens / whole_time:,.0f} tokens a second")
    print(f"spaCy alone: {parse_tokens / parse_time:,.0f} tokens a second")
    print(f"time of the whole analysis / time of spaCy alone: {whole_time / parse_time:.2f}")
    tokens = wb.split_tokens(articles)
    actors = min(seconds(find_actors, articles, tokens)[0] for _ in range(args.rounds))
    print(f"time of all about actors / time of spaCy alone: {actors / parse_time:.2f}")
    mentions = wb.find_mentions(articles, tokens)
    quotes = min(seconds(wb.find_quotes, articles, tokens, mentions)[0] for _ in range(args.rounds))
    print(f"time of find_quotes / time of spaCy alone: {quotes / parse_time:.3f}")
    print(f"tone towards actors: {tone_speed(args.rounds):,.0f} mentions a second")
    print(
        f"cold first score of tone: {cold('-c', FIRST_SCORE) - cold('-c', 'pass'):.2f} seconds more than an empty program"
    )
    print(
        f"size of the tone model: {sum(file.stat().st_size for file in (resource('data') / 'stance').iterdir()) / 1e6:.1f} MB"
    )
    print(f"peak memory: {peak:,.0f} MB for {whole_tokens:,} tokens")
    with tempfile.TemporaryDirectory() as folder:
        print(
            f"cold workbook report: {cold('-m', 'analysis', 'report', '--quiet', '--out', folder):.1f} seconds"
        )
    print(
        f"cold import analysis: {cold('-c', 'import analysis') - cold('-c', 'pass'):.3f} seconds more than an empty program"
    )


if __name__ == "__main__":
    main()
