"""Commands watched while they run: which addresses they ask for, what they leave behind."""

import os
import re
import shutil
import signal
import subprocess


def listen():
    """Let Ctrl-C end this process, also where the tests run in the background and ignore it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def trace(command, home, cwd, **environment):
    """Which addresses a command asks for, and which files it leaves in a fresh home folder."""
    home.mkdir()
    log = home.parent / "trace"
    tracer = shutil.which("strace")
    watch = [tracer, "-f", "--seccomp-bpf", "-e", "trace=connect,sendto", "-o", log]
    env = {**os.environ, "HOME": str(home), **environment}
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "ORT_DISABLE_TELEMETRY"):
        env.pop(name, None)
    can_watch = tracer and not subprocess.run([*watch, "true"], check=False).returncode
    command = [*watch, *command] if can_watch else command
    options = {"capture_output": True, "check": False, "timeout": 300}
    if os.name == "posix":
        options["preexec_fn"] = listen
    done = subprocess.run(command, cwd=cwd, env=env, **options)
    asked = re.findall(r"sa_family=AF_INET6?,.*", log.read_text()) if can_watch else []
    outside = [line for line in asked if '"127.0.0.1"' not in line and '"::1"' not in line]
    files = [path.relative_to(home).parts[0] for path in home.rglob("*") if path.is_file()]
    return done, outside, set(files)
