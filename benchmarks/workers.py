"""Trials in a process of their own, which a library's fault may end and which is then started anew.

The process says what it is at, so that it is known what ended it.
"""

import multiprocessing
import signal
import sys
import tempfile
from pathlib import Path

from benchmarks import smaller, trial

# Seconds without a word until a process counts as hung.
PATIENCE = 180
AT, DONE = "at", "done"
# So much of what a process said last is told.
LAST_WORDS = 300


def serve(connection, errors):
    """Try what is sent, until nothing more comes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started this process ends it
    sys.stderr = open(errors, "w", encoding="utf-8", errors="replace")  # noqa: SIM115
    redirect(sys.stderr)

    def note(stage):
        connection.send((AT, stage))

    while True:
        try:
            parts_of, plan, known = connection.recv()
        except EOFError:
            return
        found = smaller.try_each(parts_of, plan, note, known)
        connection.send((DONE, [tuple(one) for one in found]))


def redirect(file):
    """Make what libraries write to standard error go to a file."""
    import os

    os.dup2(file.fileno(), 2)


class Worker:
    """A process for trials; started when it is needed."""

    def __init__(self):
        self.process = None
        self.errors = Path(tempfile.mkstemp(suffix=".log")[1])

    def start(self):
        """Start the process, if there is none."""
        if self.process is None:
            spawn = multiprocessing.get_context("spawn")
            self.connection, theirs = spawn.Pipe()
            target = (theirs, str(self.errors))
            self.process = spawn.Process(target=serve, args=target, daemon=True)
            self.process.start()
            theirs.close()

    def try_each(self, parts_of, plan, known):
        """(what was found, None), or (nothing, the failure that ended the process)."""
        self.start()
        self.connection.send((parts_of, plan, known))
        stage = "start"
        try:
            while self.connection.poll(PATIENCE):
                what, said = self.connection.recv()
                if what == DONE:
                    return said, None
                stage = said
            reason = f"no word for {PATIENCE} seconds"
        except (EOFError, OSError):
            self.process.join()
            reason = f"the process ended ({name_exit(self.process.exitcode)})"
        self.stop()
        return [], trial.Failure(stage, f"{reason} in {stage}", self.read_last_words())

    def read_last_words(self):
        """What the process said last, without the frames of a library's own code."""
        lines = self.errors.read_text(encoding="utf-8", errors="replace").splitlines()
        told = [line for line in lines if "<unknown>" not in line]
        return " ".join("\n".join(told)[-LAST_WORDS:].split())

    def dies(self, text, plan, death):
        """Whether a text ends the process in the same stage."""
        _, ended = self.try_each({0: [text]}, plan, {death.kind})
        return ended is not None and ended.kind == death.kind

    def stop(self):
        """End the process that this worker has started, and what that one has."""
        if self.process is not None:
            self.process.terminate()
            self.process.join(timeout=10)
            if self.process.is_alive():
                self.process.kill()
            self.process = None

    def close(self):
        """End the process for good."""
        if self.process is not None:
            self.connection.close()  # the process ends by itself, and its browser with it
            self.process.join(timeout=20)
        self.stop()
        self.errors.unlink(missing_ok=True)


def name_exit(code):
    """An exit status in words."""
    if code is not None and code < 0:
        return signal.Signals(-code).name
    return f"status {code}"
