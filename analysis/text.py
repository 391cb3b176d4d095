"""Text repaired in a shadow of the same length, so that every offset holds; paragraphs."""

import re
import unicodedata

# What a message quotes of the text.
LONGEST_QUOTE = 60
# What XML, and so a picture, a page or an Office file, cannot hold.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def in_xml(text):
    """A text as XML can hold it: � for control characters, noncharacters, halves of characters."""
    return FORBIDDEN.sub("\ufffd", text)


def plain_words(words):
    """Words as they are compared: straight quotation marks, single spaces."""
    return re.sub(r"\s+", " ", straighten(words))


def quote(words):
    """Words in quotation marks for a message, cut where they are long.

    “nobody” where an actor is left open.
    """
    if not isinstance(words, str):
        return "nobody (the text leaves it open)"
    words = re.sub(r"\s+", " ", words)
    if len(words) > LONGEST_QUOTE:
        words = words[: LONGEST_QUOTE - 1] + "…"
    return f"“{words}”"


# One character for one: the tokenisers know straight marks only.
ODD = "“”„‟«»‹›‘’‚‛`´\u00a0\u202f\u2009\u200a\u2010\u2011"
STRAIGHT = str.maketrans(ODD, "\"\"\"\"\"\"''''''''    --")
SENTENCE_END = re.compile(r"[.!?…][\])}\"'”’]*$")
# A block whose lines (but the last) all have such lengths was wrapped by a mail or terminal
# program, not by its author.
WRAPPED_LINE = range(45, 101)


def straighten(text):
    """`text` with quotation marks, apostrophes and odd spaces made plain.

    Each is replaced by one character, so that offsets hold.

    >>> straighten("“won’t”")
    '"won\\'t"'
    """
    if text.isascii() and "`" not in text:
        return text  # most texts, and much faster told
    return text.translate(STRAIGHT)


def trim_span(text, start, end):
    """The span `start, end` without white space at its edges."""
    piece = text[start:end]
    space_before = len(piece) - len(piece.lstrip())
    space_behind = len(piece) - len(piece.rstrip())
    return start + space_before, end - space_behind


def paragraph_spans(text):
    """Spans (start, end) of the paragraphs of `text`.

    A blank line ends a paragraph. A single line break does too, unless the block is hard-wrapped:
    every line but its last between 45 and 100 characters long, and not each the end of a sentence.
    Two lines alone may be a headline and a sentence: they are one paragraph only if the second
    begins with a small letter, or if a longer block is wrapped.

    >>> paragraph_spans("Headline\\nBy A. Writer\\n\\nIt rained.")
    [(0, 8), (9, 21), (23, 33)]
    """
    blocks = line_blocks(text)
    habit = any(len(lines) > 2 and has_wrapped_lines(text, lines) for lines in blocks)
    spans = []
    for lines in blocks:
        if is_wrapped(text, lines, habit):
            spans.append((lines[0][0], lines[-1][1]))
        else:
            spans += lines
    return spans


def line_blocks(text):
    """The lines between blank lines: one list of spans a block."""
    blocks, block, position = [], [], 0
    for line in [*text.splitlines(keepends=True), ""]:
        start, end = trim_span(text, position, position + len(line))
        position += len(line)
        if start < end:
            block.append((start, end))
        elif block:
            blocks.append(block)
            block = []
    return blocks


def has_wrapped_lines(text, lines):
    """Whether a block looks wrapped by the lengths of its lines, and not each ends a sentence.

    All lines have the length of wrapped lines; the last one may be shorter.
    """
    *lengths, last = [end - start for start, end in lines]
    if not lengths or last >= WRAPPED_LINE.stop:
        return False
    if not all(length in WRAPPED_LINE for length in lengths):
        return False
    # Below a headline, lines that each end a sentence are paragraphs.
    judged = lines[1:] if len(lines) > 2 else lines
    return not all(SENTENCE_END.search(text, start, end) for start, end in judged)


def is_wrapped(text, lines, habit):
    """Whether a program wrapped a block; `habit`: whether one did with a longer block of it all."""
    if not has_wrapped_lines(text, lines):
        return False
    if len(lines) > 2 or habit:
        return True
    return text[lines[1][0]].islower()


def how_many(n, thing):
    """A count with its noun: "1 sentence", "2 sentences"."""
    plural = "" if n == 1 else "s"
    return f"{n:,} {thing}{plural}"


def join_names(names):
    """Names as the subject of a sentence, with its verb.

    "A is", "A and B are", "A, B and 3 others are".
    """
    if len(names) == 1:
        return f"{names[0]} is"
    if len(names) > 3:
        names = [*names[:2], f"{len(names) - 2} others"]
    return f"{', '.join(names[:-1])} and {names[-1]} are"


def without_accents(text):
    """A text with its letters bare: "Raúl" as "Raul".

    >>> without_accents("Łukasz Müller, Raúl")
    'Łukasz Muller, Raul'
    """
    parted = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in parted if not unicodedata.combining(letter))
