"""The application served as deployed, for what drives it from another process."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
START_LIMIT = 60  # seconds


@contextmanager
def server() -> Iterator[int]:
    """gunicorn on a free port of this machine, with this process's environment."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--log-level"]
    process = subprocess.Popen([*command, "warning", "prevent_toolkit.wsgi"], cwd=ROOT)
    try:
        wait_until_up(f"http://127.0.0.1:{port}/health/", process)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=30)


def wait_until_up(address: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START_LIMIT
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urlopen(address, timeout=5).close()
            return
        except OSError:  # not listening yet, or too busy to answer
            time.sleep(0.2)
    raise SystemExit("The server did not start: see above.")
