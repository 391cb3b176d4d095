"""What every command shares: how it is added, and how it speaks."""

import argparse
import re
import sys

ARTICLE = "the file with the article (default: the one that comes with the workbook)"

# Whether something works; None: it is not there, and not needed.
MARKS = {True: "✓", False: "✗", None: "–"}
PLAIN_MARKS = str.maketrans("✓✗–", "+x-")
# Of what a terminal takes for a command, or for a change of direction.
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def add_command(commands, name, said, description, run):
    """A command without arguments."""
    plain = argparse.RawDescriptionHelpFormatter
    command = commands.add_parser(name, help=said, description=description, formatter_class=plain)
    command.set_defaults(run=run)
    return command


def split_names(typed):
    """Names with commas between: each once, in the order given."""
    names = [name.strip().lower() for name in typed.split(",")]
    return tuple(dict.fromkeys(filter(None, names)))


def say(*lines, to=None):
    """Print lines: nothing in them is a command to the terminal.

    Marks are plain where it has no others.
    """
    to = to or sys.stdout
    encoding = to.encoding or "ascii"
    for line in lines:
        line = UNPRINTABLE.sub(lambda found: ascii(found[0])[1:-1], str(line))
        try:
            line.encode(encoding)
        except UnicodeEncodeError:
            line = line.translate(PLAIN_MARKS)
            line = line.encode(encoding, "backslashreplace").decode(encoding)
        print(line, file=to, flush=True)
