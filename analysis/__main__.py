"""The command line: ``workbook report my-article.html``."""

import _thread
import argparse
import contextlib
import os
import signal
import sys
import warnings
from threading import Timer

from . import __version__
from .commands.checkup import add_doctor
from .commands.corpus import add_analyse, add_export
from .commands.folders import add_fresh, add_lab, add_new
from .commands.reports import add_report, add_verify
from .commands.terminal import say
from .commands.workshop import add_class, add_handout, add_stick
from .errors import WorkbookError

HELP = """What an article does: who is in it, who gets to speak, in what tone, in what words.
Nothing here asks the network for anything, but for `stick`, once.

examples:
  workbook new my-story article.html   make a folder with your article and notebooks
  workbook lab my-story                open it
  workbook report article.html         a report that opens in any browser
  workbook analyse my-folder --out corpus   tables of a whole corpus
  workbook doctor                      something does not work? start here
  workbook stick DIR                   for laptops in a room without network
"""
# In the order in which they are listed.
COMMANDS = (
    add_report,
    add_verify,
    add_analyse,
    add_export,
    add_new,
    add_lab,
    add_fresh,
    add_handout,
    add_class,
    add_stick,
    add_doctor,
)
STOPPED = 130  # the status of what Ctrl-C ended


def main(arguments=None):
    """Run the command line; returns the exit status."""
    open_streams()
    for asked in (signal.SIGINT, signal.SIGTERM):
        signal.signal(asked, interrupt)
    try:
        args = read_arguments(arguments)
        with warnings.catch_warnings():
            warnings.showwarning = warn
            return args.run(args)
    except WorkbookError as error:
        return complain(error)
    except KeyboardInterrupt:
        stop_at_once()
    except BrokenPipeError:  # whoever read what is printed is gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        return complain(f"{error.strerror or error}: {error.filename or 'what was asked for'}.")
    except MemoryError:
        return complain("there is not enough memory. Close other programs, or take a shorter text.")
    except ImportError as error:
        return complain(f"a package is missing or broken ({error}). Install the workbook again.")
    except Exception as error:
        if "WORKBOOK_TRACEBACK" in os.environ:
            raise
        return complain(
            f"this should not have happened ({type(error).__name__}: {error}). Nothing was lost. "
            "Type `workbook doctor`; if all is well, please report it, with what "
            "WORKBOOK_TRACEBACK=1 shows."
        )


def warn(message, *_, **__):
    """Say a warning in one line."""
    say(f"workbook: {' '.join(str(message).split())}", to=sys.stderr)


def complain(error):
    """Say in one line what is wrong; the status."""
    say(f"workbook: {' '.join(str(error).split())}", to=sys.stderr)
    return 1


def open_streams():
    """Give what is printed a place where there is none, as in a program without a terminal."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115


def interrupt(*_):
    """Break off what is being done, so that what is half done is taken away.

    Again after a second, until it is heeded: where a library is at work that ignores what is raised
    in it, the first is lost.
    """
    again = Timer(1, _thread.interrupt_main)
    again.daemon = True
    again.start()
    raise KeyboardInterrupt


def stop_at_once():
    """End this process and all that it started, and say so in one line.

    Python's own way of ending would wait for what libraries do in threads, or break off in them.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # once is enough
    import psutil

    children = psutil.Process().children(recursive=True)
    for child in children:
        with contextlib.suppress(psutil.Error):
            child.kill()
    psutil.wait_procs(children, timeout=1)
    with contextlib.suppress(OSError, ValueError):
        say("workbook: stopped", to=sys.stderr)
    os._exit(STOPPED)


def read_arguments(arguments):
    """What was typed, with the function that does it as `run`."""
    plain = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="workbook", description=HELP, formatter_class=plain)
    parser.add_argument("--version", action="version", version=f"workbook {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", title="commands")
    for add in COMMANDS:
        add(commands)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
