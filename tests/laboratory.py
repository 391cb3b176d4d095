"""JupyterLab for a browser to open."""

import contextlib
import secrets
import socket
import subprocess
import time


@contextlib.contextmanager
def running_lab(command, options, log, notebook):
    """Start JupyterLab with a command and its options on a free port; the notebook's address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(8)
    asked = [f"--port={port}", "--ip=127.0.0.1", f"--IdentityProvider.token={token}"]
    command = [*command, "--no-browser", "--allow-root", *asked, *options]
    with open(log, "w") as file:
        server = subprocess.Popen(command, stdout=file, stderr=file)
    try:
        until = time.monotonic() + 90
        while time.monotonic() < until:
            with socket.socket() as client:
                if not client.connect_ex(("127.0.0.1", port)):
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/lab/tree/{notebook}?token={token}&reset"
    finally:
        server.terminate()
        server.wait(30)
