"""The command that checks the set-up."""

from itertools import chain

from .folders import list_lab_options
from .terminal import MARKS, add_command, say

DOCTOR = """Check whether all that the workbook needs is there and works, and say what to
do where not.

examples:
  workbook doctor
  workbook doctor --classroom               the day before: a notebook is run
  workbook doctor --classroom --stick DIR   also whether the stick is complete
"""


def add_doctor(commands):
    """The command `doctor`."""
    said = "check the set-up, and say how to mend it"
    command = add_command(commands, "doctor", said, DOCTOR, do_doctor)
    command.add_argument(
        "--classroom", action="store_true", help="also what a room full of laptops needs"
    )
    command.add_argument("--stick", metavar="DIR", help="the stick to check, too")


def do_doctor(args):
    """Check the set-up, a line each."""
    from ..report.doctor import check_setup
    from ..report.rehearsal import check_classroom

    checks = [check_setup()]
    if args.classroom or args.stick:
        checks.append(check_classroom(list_lab_options(), args.stick))
    wrong = 0
    for what, works, known, mend in chain(*checks):
        say(f"{MARKS[works]} {what}: {known}")
        if not works:
            say(f"    Do this: {mend}")
        if works is False:
            wrong += 1
    say("✓ network: none is needed, and none was used", "")
    say(f"{wrong} to mend." if wrong else "All is well.")
    return 1 if wrong else 0
