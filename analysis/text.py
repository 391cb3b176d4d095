"""Text repaired in a shadow of the same length, so that every offset holds in the unmodified text; paragraphs."""

import re

# One character for one: the tokenisers know straight marks only.
STRAIGHT = str.maketrans("“”„‟«»‹›‘’‚‛`´\u00a0\u202f\u2009\u200a", "\"\"\"\"\"\"''''''''    ")

SENTENCE_END = re.compile(r"[.!?…][\])}\"'”’]*$")
# A block whose lines (but the last) all have such lengths was wrapped by a mail or terminal program, not by its author.
WRAPPED_LINE = range(45, 101)


def straighten(text):
    """`text` with quotation marks, apostrophes and odd spaces made plain, each by one character, so that offsets hold.

    >>> straighten("“won’t”")
    '"won\\'t"'
    """
    return text.translate(STRAIGHT)


# Shorter runs of capitals can be a name with its acronyms ("NATO, EU, US").
LOUD_WORDS = 4
KEPT_CAPITALS = {"US", "USA", "UK", "EU", "UN", "UAE", "NATO", "BBC", "CNN", "FBI", "CIA", "AP"}


def quieten(words):
    """The words of a sentence that is all in capitals, each with one capital only; of any other sentence, as they are.

    >>> quieten("IRAN AND THE U.S. HOLD TALKS".split())
    ['Iran', 'And', 'The', 'U.S.', 'Hold', 'Talks']
    """
    letters = [word for word in words if word[:1].isalpha()]
    loud = len(letters) >= LOUD_WORDS and all(word.isupper() for word in letters)
    return [word if "." in word or word in KEPT_CAPITALS else word.capitalize() for word in words] if loud else words


def tight(text, start, end):
    """The span `start, end` without white space at its edges."""
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))


def paragraph_spans(text):
    """Spans (start, end) of the paragraphs of `text`.

    A blank line ends a paragraph. A single line break does too, unless the block is hard-wrapped: every line but its last
    between 45 and 100 characters long, and not each the end of a sentence. Two lines alone may be a headline and a
    sentence: they are one paragraph only if the second begins with a small letter, or if a longer block is wrapped.

    >>> paragraph_spans("Headline\\nBy A. Writer\\n\\nIt rained.")
    [(0, 8), (9, 21), (23, 33)]
    """
    blocks, block, position = [], [], 0
    for line in [*text.splitlines(keepends=True), ""]:
        start, end = tight(text, position, position + len(line))
        position += len(line)
        if start < end:
            block.append((start, end))
        elif block:
            blocks.append(block)
            block = []
    habit = any(len(lines) > 2 and has_wrapped_lines(text, lines) for lines in blocks)
    return [span for lines in blocks for span in (join(lines) if is_wrapped(text, lines, habit) else lines)]


def has_wrapped_lines(text, lines):
    """Whether all lines of a block have the length of wrapped lines, the last one at most, and not each ends a sentence."""
    *lengths, last = [end - start for start, end in lines]
    wrapped = lengths and all(length in WRAPPED_LINE for length in lengths) and last < WRAPPED_LINE.stop
    ends = [bool(SENTENCE_END.search(text, start, end)) for start, end in lines]
    # Below a headline, lines that each end a sentence are paragraphs.
    return bool(wrapped) and not all(ends[1:] if len(lines) > 2 else ends)


def is_wrapped(text, lines, habit):
    """Whether a block was wrapped by a program; `habit`: whether a longer block of the same text was."""
    return has_wrapped_lines(text, lines) and (len(lines) > 2 or habit or text[lines[1][0]].islower())


def join(lines):
    """The lines of a block as one paragraph."""
    return [(lines[0][0], lines[-1][1])]


def how_many(n, thing):
    """A count with its noun: "1 sentence", "2 sentences"."""
    return f"{n:,} {thing}{'' if n == 1 else 's'}"


def join_names(names):
    """Names as the subject of a sentence, with its verb: "A is", "A and B are", "A, B and 3 others are"."""
    if len(names) == 1:
        return f"{names[0]} is"
    if len(names) > 3:
        names = [*names[:2], f"{len(names) - 2} others"]
    return f"{', '.join(names[:-1])} and {names[-1]} are"
