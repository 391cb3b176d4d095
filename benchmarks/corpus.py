"""How a whole corpus goes: ``python -m benchmarks.corpus TASK …``.

Different articles, as many as are asked for, are made of public ones: they come again and again,
each time with other names for the people in them.

  make FILES… --n 2000 --to CORPUS.jsonl   the corpus (--words: so many first words of each article)
  speed CORPUS.jsonl --first 60            articles a second on one core against spaCy's nlp.pipe
  workers CORPUS.jsonl --first 100         articles a second with one process and with two
  memory CORPUS.jsonl                      peak memory of a worker at 1,000 and at 10,000 articles
  resume CORPUS.jsonl --first 200          killed half way, what is done twice

FILES are JSON lines or CSV that `read_articles` reads. Times of `speed` are of the processor, which
other programs disturb less than the clock; those of `workers` of the clock.
"""

import csv
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

import analysis as wb
from analysis.lexicons import read_lexicon
from benchmarks.commands import make_parser, write_records
from benchmarks.speed import peak_memory

# A person's name in the middle of a sentence: two or three words with capitals.
WHOLE_NAME = re.compile(r"(?<=[a-z,] )([A-Z][a-z]+) (?:[A-Z]\. )?([A-Z][a-z]{2,})\b")
FIELDS = ("title", "outlet", "source", "date", "published", "url", "text")


def read_public(paths):
    """The articles of public files, as they are."""
    articles = []
    for path in paths:
        with open(path, encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file) if path.endswith(".csv") else map(json.loads, file)
            articles += [{name: row.get(name) for name in FIELDS if row.get(name)} for row in rows]
    return [each for each in articles if each.get("text", "").strip()]


def exchange_names(text, surnames, firsts, choose):
    """A text in which each person named in full has another name, the same all over it."""
    others = {}
    for found in WHOLE_NAME.finditer(text):
        if found[1] in firsts:
            others.setdefault(found[1], choose.choice(sorted(firsts)))
            others.setdefault(found[2], choose.choice(surnames))
    if not others:
        return text
    words = re.compile(rf"\b({'|'.join(map(re.escape, others))})\b")
    return words.sub(lambda found: others[found[0]], text)


def make_corpus(paths, n, words=None):
    """So many different articles, made of public ones."""
    public = read_public(paths)
    firsts = set(read_lexicon("given_names")["name"])
    surnames = set()
    for each in public:
        surnames.update(
            found[2] for found in WHOLE_NAME.finditer(each["text"]) if found[1] in firsts
        )
    surnames = sorted(surnames)
    for number in range(n):
        turn, place = divmod(number, len(public))
        record = dict(public[place])
        if words:
            record["text"] = cut_words(record["text"], words)
        if turn:
            choose = random.Random(number)
            record["text"] = exchange_names(record["text"], surnames, firsts, choose)
            record["text"] += f"\n\nThis was report {number}."
        yield record


def cut_words(text, n):
    """The first words of a text, to the end of a sentence."""
    cut = " ".join(text.split(" ")[:n])
    return cut[: cut.rfind(". ") + 1] or cut


def read_lines(path, first):
    """The first lines of a file."""
    with open(path, encoding="utf-8") as file:
        return list(islice(file, first))


def time_speed(path, first):
    """Articles a second of the processor: the corpus without and with tone, with whole and small
    models, each against spaCy's pipe alone on the same texts, just before and just after it.
    """
    import spacy

    from analysis.parse.tokens import MODEL

    records = [json.loads(line) for line in read_lines(path, first)]
    os.environ["WORKBOOK_CORES"] = "1"
    nlp = spacy.load(MODEL)

    def time_pipe():
        start = time.process_time()
        list(nlp.pipe(record["text"] for record in records))
        return time.process_time() - start

    ratios = {}
    with tempfile.TemporaryDirectory() as folder:
        few = Path(folder, "few.jsonl")
        write_records(few, records)
        write_records(Path(folder, "one.jsonl"), records[:1])
        options = {"workers": 0, "progress": False}
        for quick in (False, True):
            warm = Path(folder, f"warm {quick}")
            wb.write_corpus(Path(folder, "one.jsonl"), warm, quick=quick, **options)
        time_pipe()
        before = time_pipe()
        for quick in (False, True):
            for tone in (False, True):
                models, how = "small" if quick else "whole", "with" if tone else "without"
                name = f"{models} models, {how} tone"
                start = time.process_time()
                wb.write_corpus(few, Path(folder, name), tone=tone, quick=quick, **options)
                seconds = time.process_time() - start
                after = time_pipe()
                ratios[name] = (before + after) / 2 / seconds
                print(f"{name:27s} {len(records) / seconds:6.2f} articles a second,", end=" ")
                print(f"{ratios[name]:.2f} × nlp.pipe ({len(records) / after:.2f})", flush=True)
                before = after
    return ratios


def time_workers(path, first):
    """Articles a second of the clock with one process and with two, with small models.

    Of twice as many articles less those once: starting processes and loading models is left out.
    """
    rates = {}
    options = {"batch": max(first // 20, 1), "tone": False, "quick": True, "progress": False}
    with tempfile.TemporaryDirectory() as folder:
        for workers in (1, 2):
            seconds = []
            for n in (first, 2 * first):
                few, out = Path(folder, f"{n}.jsonl"), Path(folder, f"{workers} {n}")
                few.write_text("".join(read_lines(path, n)), encoding="utf-8")
                start = time.perf_counter()
                wb.write_corpus(few, out, workers=workers, **options)
                seconds.append(time.perf_counter() - start)
            rates[workers] = first / (seconds[1] - seconds[0])
            took = " and ".join(f"{each:.1f}" for each in seconds)
            print(
                f"{workers} workers: {rates[workers]:.2f} articles a second ({took} s)", flush=True
            )
    print(f"1 → 2 workers: {rates[2] / rates[1]:.2f} ×")
    return rates


def measure_memory(path, sizes=(1_000, 10_000)):
    """Peak memory of a process that analyses so many articles, each in a process of its own."""
    peaks = {}
    for n in sizes:
        code = "import sys; from benchmarks.corpus import run_alone; run_alone(*sys.argv[1:])"
        done = subprocess.run(
            [sys.executable, "-c", code, str(path), str(n)], capture_output=True, text=True
        )
        peaks[n] = float(done.stdout.split()[-1])
        print(f"{n:,} articles: {peaks[n]:,.0f} MB at most")
    one, other = sizes
    print(f"{peaks[other] / peaks[one]:.2f} ×")
    return peaks


def run_alone(path, n):
    """Analyse so many articles in this process, and print its peak memory in MB."""
    os.environ["WORKBOOK_CORES"] = "1"
    with tempfile.TemporaryDirectory() as folder:
        few = Path(folder, "few.jsonl")
        few.write_text("".join(read_lines(path, int(n))), encoding="utf-8")
        wb.write_corpus(few, Path(folder, "out"), workers=0, tone=False, progress=False)
    print(peak_memory())


def measure_resume(path, first, batch=10):
    """How many articles are analysed twice when the work is killed half way."""
    with tempfile.TemporaryDirectory() as folder:
        few, out = Path(folder, "few.jsonl"), Path(folder, "out")
        few.write_text("".join(read_lines(path, first)), encoding="utf-8")
        command = [sys.executable, "-m", "analysis", "analyse", str(few), "--out", str(out)]
        command += ["--workers", "2", "--batch", str(batch), "--without-tone", "--quiet"]
        started = subprocess.Popen(command, start_new_session=True)
        while started.poll() is None and len(list(out.glob("articles/*"))) < first // batch // 2:
            time.sleep(0.2)
        os.killpg(started.pid, signal.SIGKILL)
        started.wait()
        there = len(list(out.glob("articles/*.parquet")))
        subprocess.run(command, check=True)
        whole = len(list(out.glob("articles/*.parquet")))
    print(f"killed at {there} of {whole} batches; {whole - there} were analysed after it")
    return there, whole


def main():
    """Run the benchmark that is asked for."""
    parser = make_parser("benchmarks.corpus", __doc__)
    parser.add_argument("task", choices=["make", "speed", "workers", "memory", "resume"])
    parser.add_argument("files", nargs="+")
    parser.add_argument("--n", type=int, default=2_000)
    parser.add_argument("--words", type=int)
    parser.add_argument("--to", default="corpus.jsonl")
    parser.add_argument("--first", type=int, default=100)
    parser.add_argument("--sizes", type=int, nargs=2, default=(1_000, 10_000))
    args = parser.parse_args()
    if args.task == "make":
        write_records(args.to, make_corpus(args.files, args.n, args.words))
    elif args.task == "speed":
        time_speed(args.files[0], args.first)
    elif args.task == "workers":
        time_workers(args.files[0], args.first)
    elif args.task == "memory":
        measure_memory(args.files[0], args.sizes)
    else:
        measure_resume(args.files[0], args.first)


if __name__ == "__main__":
    main()
