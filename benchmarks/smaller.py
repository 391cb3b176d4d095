"""What fails in a batch of strange articles, article by article, and made smaller."""

from functools import partial
from itertools import islice

from benchmarks import chain, trial

# Stages in which the tone model may be what fails.
OF_MODEL = {"find_tables", "score_words"}
# So many trials to make a failing text smaller.
MOST_STEPS = 60


def try_each(parts_of, plan, note, known, last=None):
    """Failures of articles, given as {number: parts}: [(failure, number, smallest text)].

    All are taken together first; where that fails each half, down to a single article, whose text
    is made smaller unless the failure's kind is among the `known`. What fails only together keeps
    all its texts. Nothing is tried behind the stage `last`.
    """
    texts = ["".join(parts) for parts in parts_of.values()]
    failures = trial.try_texts(texts, plan, note, last)
    if not failures:
        return []
    if len(texts) == 1:
        ((number, parts),) = parts_of.items()
        return [(one, number, make_smaller(one, parts, plan, note, known)) for one in failures]
    found = []
    asked, last = narrow(plan, failures), failures[-1].stage
    for half in split(list(parts_of)):
        own = plan_alone(asked, half[0], parts_of)
        found += try_each({number: parts_of[number] for number in half}, own, note, known, last)
    kinds = {failure.kind for failure, _, _ in found}
    together = [failure for failure in failures if failure.kind not in kinds]
    return found + [(failure, min(parts_of), "".join(texts)) for failure in together]


def split(numbers):
    """Both halves."""
    middle = len(numbers) // 2
    return numbers[:middle], numbers[middle:]


def make_smaller(failure, parts, plan, note, known):
    """The smallest text that fails so; the whole one where the kind is known."""
    if failure.kind in known:
        return "".join(parts)
    known.add(failure.kind)
    return shrink(parts, partial(still_fails, failure, plan, note))


def plan_alone(plan, number, numbers):
    """What is done with one article of a batch; a report is made of the first only."""
    return plan._replace(report=plan.report and number == min(numbers))


def narrow(plan, failures):
    """Of a plan, what is needed to see some failures again."""
    stages = {failure.stage for failure in failures}
    drawn = " ".join(stages).split()
    return plan._replace(
        method=plan.method if stages & OF_MODEL else chain.LEXICON,
        charts=tuple(name for name in plan.charts if name in drawn),
        exports="write_data" in stages,
        report="build_report" in stages,
        browser=plan.browser if "script" in stages else None,
    )


def still_fails(failure, plan, note, text):
    """Whether a text fails in the same way."""
    found = trial.try_texts([text], narrow(plan, [failure]), note, failure.stage)
    return any(one.kind == failure.kind for one in found)


def shrink(parts, fails, steps=MOST_STEPS):
    """The smallest text that still fails, found by removing parts, then characters."""
    tries = count_down(fails, steps)
    parts = remove_pieces(list(parts), tries)
    return "".join(remove_pieces(list("".join(parts)), tries))


def count_down(fails, steps):
    """`fails`, which after some steps says no."""
    left = iter(range(steps))

    def try_text(pieces):
        is_left = next(left, None) is not None
        return is_left and fails("".join(pieces))

    return try_text


def remove_pieces(pieces, fails):
    """The pieces without those that are not needed: first halves, then ever smaller runs."""
    size = len(pieces) // 2
    while size:
        start = 0
        while start < len(pieces):
            fewer = [*islice(pieces, start), *pieces[start + size :]]
            if fewer and fails(fewer):
                pieces = fewer
            else:
                start += size
        size //= 2
    return pieces
