"""`kill -9` of the server while people save: every save that was confirmed is there."""

import contextlib
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from http.cookies import SimpleCookie
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.test import Client

from assessments.models import Cycle, User
from tests.cast import SignIn

pytestmark = pytest.mark.django_db(transaction=True)


def database_url() -> str:
    """Of the test database that this process uses."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        return f"sqlite:///{database['NAME']}"
    user, host, port = database["USER"], database["HOST"], database["PORT"] or 5432
    return f"postgres://{user}@{host}:{port}/{database['NAME']}"


@contextlib.contextmanager
def server() -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """Gunicorn on a free port, as a process group of its own, killed in the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "prevent_toolkit.wsgi", "--bind", f"127.0.0.1:{port}"],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "PYTEST_XDIST_WORKER": "server",
            "DATABASE_URL": database_url(),
            "LOG_LEVEL": "WARNING",
        },
        start_new_session=True,
    )
    try:
        wait_for(port)
        yield port, process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_for(port: int) -> None:
    for _ in range(200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise AssertionError("The server did not start.")


def cookies(client: Client) -> str:
    jar: SimpleCookie = client.cookies
    return "; ".join(f"{name}={morsel.value}" for name, morsel in jar.items())


def save_until_killed(
    port: int, path: str, client: Client, kill_after: int, kill: Callable[[], None]
) -> list[str]:
    """Save new evidence again and again; the texts whose save the server confirmed.

    The kill falls into the middle of a save: the request has been sent, its answer not read.
    """
    page = client.get(path).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token
    confirmed = []
    for number in range(kill_after + 1):
        text = f"Saved before the crash, {number}"
        fields = {"evidence-new-1-text": text, "csrfmiddlewaretoken": token[1], "stay": "yes"}
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": cookies(client),
            "Host": "localhost",
        }
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
            connection.request("POST", path, urlencode(fields), headers)
            if number == kill_after:
                kill()
            elif connection.getresponse().status == 302:
                confirmed.append(text)
    return confirmed


@pytest.mark.parametrize("kill_after", [3, 12])
def test_every_confirmed_save_outlives_the_server(
    as_: SignIn, lead: User, cycle: Cycle, kill_after: int
) -> None:
    client = as_(lead)
    path = f"/councils/{cycle.council.slug}/cycles/{cycle.pk}/questions/1.1/"
    with server() as (port, process):

        def kill() -> None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

        confirmed = save_until_killed(port, path, client, kill_after, kill)
    saved = set(cycle.statements.values_list("text", flat=True))
    assert len(confirmed) == kill_after
    assert set(confirmed) <= saved
    assert len(saved) <= kill_after + 1
