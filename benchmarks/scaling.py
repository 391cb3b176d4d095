"""How time and memory grow with a text: ``python -m benchmarks.scaling [--shapes ...]``.

Everything that the report computes of one article is run on texts of five lengths, each twice the
one before, up to --longest characters. The texts are made up (see `benchmarks/shapes.py`), a shape
each: news, dense dialogue, one single paragraph, many short paragraphs, many actors, and text that
is all quotation marks. Each shape has a process of its own; times are of the processor, which other
programs disturb less than the clock.

Printed is, for each function, the seconds at each length and the exponent: the slope of the log of
the time over the log of the length, 1 where time grows as the text does, 2 where it grows with the
square. The command fails (exit status 1) where one is above 1.15, or memory above 1.5 GB. What
takes less than 0.2 seconds at the longest is shown and not judged: its time is noise.

Tone is scored by the lexicon: the model reads one sentence a mention, and would be most of the time
without telling anything of the rest. What the report reads of three mentions (the words behind
the tone) is left out for the same reason.
"""

import gc
import multiprocessing
import sys
import time
from concurrent.futures import ProcessPoolExecutor

import numpy as np

import analysis as wb
from benchmarks.commands import make_parser
from benchmarks.shapes import SHAPES, make_text
from benchmarks.speed import peak_memory

LENGTHS = 5
STEEPEST = 1.15
# Seconds at the longest text; below, a time tells nothing.
JUDGED = 0.2
MOST_MEMORY = 1_500  # MB
WHOLE = "whole"


def run(times, function, *given, **options):
    """Call a function and add its seconds to those of its name; returns what it returns."""
    gc.collect()  # what the function before left is not on this one's bill
    start = time.process_time()
    result = function(*given, **options)
    times[function.__name__] = times.get(function.__name__, 0) + time.process_time() - start
    return result


def time_article(text):
    """{function: seconds} of everything that the report computes and draws of one text."""
    times = {}
    articles = run(times, wb.read_texts, text)
    found = find_all(times, articles)
    count_all(times, articles, *found)
    return times | {WHOLE: sum(times.values())}


def find_all(times, articles):
    """The tables that all else reads, from the sentences to the tone."""
    sentences = run(times, wb.split_sentences, articles)
    tokens = run(times, wb.split_tokens, articles, sentences)
    speech = run(times, wb.find_speech, articles, tokens)
    mentions = run(times, wb.find_mentions, articles, tokens, speech)
    quotes = run(times, wb.find_quotes, articles, tokens, mentions, speech)
    dates = run(times, wb.find_dates, articles, tokens, speech)
    stance = run(times, wb.score_stance, mentions, sentences, quotes, speech, method="lexicon")
    run(times, wb.find_boilerplate, articles)
    run(times, wb.find_hearsay, tokens)
    run(times, wb.find_words, articles, tokens, ["the", "say", "no"])
    return sentences, tokens, speech, mentions, quotes, dates, stance


def count_all(times, articles, sentences, tokens, speech, mentions, quotes, dates, stance):
    """Count, describe and draw as the report does."""
    voices = run(times, wb.count_voices, quotes, speech, mentions)
    run(times, wb.draw_voices, voices)
    sentiment = run(times, wb.score_sentiment, sentences)
    run(times, wb.describe_article, sentences, tokens, mentions, sentiment, links=True)
    actions = run(times, wb.find_actions, mentions, tokens, quotes, speech)
    told = tokens, mentions, voices, actions, stance
    run(times, wb.describe_findings, *told, links=True)
    run(times, wb.draw_table, actions)
    run(times, wb.describe_source, articles)
    run(times, wb.describe_left_out, articles, mentions, stance, quotes, dates)
    run(times, wb.describe_corrections, articles, tokens, speech)
    count_actors(times, tokens, mentions, quotes)
    count_speech(times, sentences, speech, mentions, quotes)
    count_tone(times, stance)
    count_words(times, sentences, tokens, sentiment)
    run(times, wb.draw_article, articles, sentences, tokens, stance, quotes, speech, dates)


def count_actors(times, tokens, mentions, quotes):
    """Who is in it, and who acts."""
    run(times, wb.draw_actors, run(times, wb.count_actors, mentions, tokens, by="kind"))
    run(times, wb.draw_counts, run(times, wb.count_actors, mentions, tokens), "actors")
    run(times, wb.draw_roles, run(times, wb.count_roles, mentions))
    choices = run(times, wb.compare_choices, mentions)
    run(times, wb.describe_choices, choices)
    run(times, wb.draw_choices, choices)
    run(times, wb.count_prominence, mentions, tokens)
    run(times, wb.count_comentions, mentions)


def count_speech(times, sentences, speech, mentions, quotes):
    """Who speaks, and of whom."""
    run(times, wb.draw_cues, run(times, wb.count_cues, quotes))
    run(times, wb.select_anonymous, quotes)
    run(times, wb.draw_talk, run(times, wb.count_talk, quotes, speech, mentions))
    run(times, wb.select_voiced, quotes, speech, sentences)


def count_tone(times, stance):
    """In what tone, and in whose words."""
    run(times, wb.select_toned, stance)
    run(times, wb.draw_stance, run(times, wb.count_stance, stance))
    run(times, wb.draw_stance_matrix, run(times, wb.count_stance, stance, by="speaker"))


def count_words(times, sentences, tokens, sentiment):
    """In what words."""
    run(times, wb.draw_words, run(times, wb.count_words, tokens))
    run(times, wb.draw_tone, sentiment)
    tone_words = run(times, wb.score_tone_words, sentences)
    run(times, wb.draw_tone_words, run(times, wb.count_tone_words, tone_words), top=8)


def time_shape(shape, lengths):
    """The times at each length of texts of one shape, and the peak memory of this process in MB."""
    time_article(make_text(shape, min(lengths)))  # loads what is loaded on first use
    return [time_article(make_text(shape, length)) for length in lengths], peak_memory()


def time_apart(shape, lengths):
    """The same, in a process of its own: peaks do not mix."""
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=fresh) as process:
        return process.submit(time_shape, shape, lengths).result()


def exponent_of(lengths, seconds):
    """The slope of log time over log length by least squares: 1 linear, 2 with the square."""
    # A clock that has not moved has no logarithm.
    logs = np.log(np.maximum(seconds, 1e-6))
    return float(np.polyfit(np.log(lengths), logs, 1)[0])


def print_shape(shape, lengths, times, memory):
    """Print the table of one shape; what of it is too steep or too large, in words."""
    above = []
    for name in times[0]:
        seconds = [each[name] for each in times]
        exponent = exponent_of(lengths, seconds)
        mark = ""
        if seconds[-1] < JUDGED:
            mark = " not judged"
        elif exponent > STEEPEST:
            mark = " too steep"
            above.append(f"{shape}: {name} grows with exponent {exponent:.2f}")
        row = " ".join(f"{each:9.2f}" for each in seconds)
        print(f"{shape:<10} {name:<22} {row} {exponent:9.2f}{mark}")
    print(f"{shape:<10} peak memory: {memory:,.0f} MB", flush=True)
    if memory > MOST_MEMORY:
        above.append(f"{shape}: peak memory is {memory:,.0f} MB")
    return above


def main(arguments=None):
    """Measure and print."""
    parser = make_parser("benchmarks.scaling", __doc__)
    parser.add_argument("--shapes", nargs="+", choices=SHAPES, default=list(SHAPES))
    parser.add_argument(
        "--longest", type=int, default=320_000, help="characters of the longest text"
    )
    args = parser.parse_args(arguments)
    lengths = [args.longest // 2**halved for halved in reversed(range(LENGTHS))]
    print("tone by the lexicon; seconds of the processor at each length in characters")
    heads = " ".join(f"{length:>9,}" for length in lengths)
    print(f"{'shape':<10} {'function':<22} {heads} {'exponent':>9}")
    above = []
    for shape in args.shapes:
        above += print_shape(shape, lengths, *time_apart(shape, lengths))
    if above:
        sys.exit("\n".join(above))


if __name__ == "__main__":
    main()
