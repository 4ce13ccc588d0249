"""`make demo` as a person sees it: what it prints, what answers, and that it ends whole."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.workers import wait_until

ROOT = Path(__file__).resolve().parent.parent
Start = Callable[[], subprocess.Popen[str]]


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def start(tmp_path: Path, port: int) -> Iterator[Start]:
    """Starts the demo on one data folder, each time in a session of its own, as in a terminal.

    It heeds Ctrl-C there: tests that run in the background were told to ignore it, and a shell
    script can't undo that for itself.
    """
    started: list[subprocess.Popen[str]] = []
    variables = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), "PORT": str(port)}

    def begin() -> subprocess.Popen[str]:
        process = subprocess.Popen(
            ["env", "--default-signal=INT", ".ci/demo"],
            cwd=ROOT,
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        for number in members(process):
            with suppress(ProcessLookupError):  # it may end with the one before it
                os.kill(number, signal.SIGKILL)
        process.communicate()


def members(process: subprocess.Popen[str]) -> dict[int, str]:
    """The command of each process that still runs in the session of a demo, by its number."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # a process that has just ended
            number = int(folder.name)
            command = (folder / "cmdline").read_bytes()  # empty once a process has ended
            if command and os.getsid(number) == process.pid:
                found[number] = command.decode().replace("\0", " ")
    return found


def printed_until_ready(process: subprocess.Popen[str]) -> str:
    """Everything printed up to the last line of the welcome."""
    lines: list[str] = []
    assert process.stdout
    for line in process.stdout:
        lines.append(line)
        if "Press Ctrl-C" in line:
            return "".join(lines)
    raise AssertionError("the demo ended early:\n" + "".join(lines))


def worker_of(process: subprocess.Popen[str]) -> int:
    [worker] = [number for number, command in members(process).items() if "db_worker" in command]
    return worker


def what_was_said_at_the_end(process: subprocess.Popen[str], timeout: int = 20) -> str:
    """Waits so many seconds for a demo to end, whole: nothing that it started runs on."""
    said = process.communicate(timeout=timeout)[0]
    assert members(process) == {}
    return said


def test_the_demo_serves_until_it_is_interrupted_and_starts_again(start, port, tmp_path):
    first = start()
    welcome = printed_until_ready(first)
    accounts = re.findall(r"\S+@\S+\.example", welcome)
    assert len(set(accounts)) >= 6
    assert welcome.index(accounts[-1]) < welcome.index(f"Open http://127.0.0.1:{port}/")
    with urlopen(f"http://127.0.0.1:{port}/account/login/", timeout=10) as page:
        html = page.read().decode()
    style = re.search(r'href="(/static/[^"]+\.css)"', html)[1]
    with urlopen(f"http://127.0.0.1:{port}{style}", timeout=10) as sheet:
        assert sheet.headers["Content-Type"].startswith("text/css")

    clash = start()
    assert f"Port {port} can't be used" in what_was_said_at_the_end(clash)
    assert clash.returncode == 1

    os.killpg(first.pid, signal.SIGINT)
    said = what_was_said_at_the_end(first)
    assert first.returncode == 130, said

    second = start()
    assert set(re.findall(r"\S+@\S+\.example", printed_until_ready(second))) == set(accounts)
    os.kill(worker_of(second), signal.SIGKILL)
    said = what_was_said_at_the_end(second)
    assert "The job worker ended with status 137: stopping both." in said
    assert second.returncode == 1

    third = start()
    printed_until_ready(third)
    with closing(sqlite3.connect(tmp_path / "prevent-toolkit.sqlite3")) as database:
        database.execute("BEGIN IMMEDIATE")
        time.sleep(3)  # the job worker looks for jobs, and now waits 20 seconds for the database
        os.killpg(third.pid, signal.SIGINT)
        wait_until(lambda: not any("gunicorn" in command for command in members(third).values()))
        os.killpg(third.pid, signal.SIGINT)
        said = what_was_said_at_the_end(third, timeout=10)
    assert third.returncode == 130, said


@pytest.mark.parametrize("text", ["", "0", "65536", "http", "-1", "8000 "])
def test_a_port_that_cannot_be_is_named(text):
    done = subprocess.run(
        [ROOT / ".venv/bin/python", ROOT / ".ci/free_port.py", text], capture_output=True, text=True
    )
    assert done.returncode == 1
    assert done.stderr == f"PORT must be a number from 1 to 65535, not {text}.\n"
