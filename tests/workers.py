"""Job workers in processes of their own, on the database of the running test; a test may kill
them."""

import os
import subprocess
import sys
import time
from collections.abc import Callable

import pytest
from django.db import connection

from tests.serving import ROOT

Process = subprocess.Popen[bytes]


def start_worker(*options: str, program: str = "manage.py") -> Process:
    """`program`: what takes the place of `manage.py db_worker`."""
    command = [program, "db_worker"] if program == "manage.py" else ["-m", program]
    return subprocess.Popen(
        [sys.executable, *command, "--no-startup-delay", "-v0", *options],
        cwd=ROOT,
        env={
            **os.environ,
            "DATABASE_URL": database_address(),
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "PYTEST_XDIST_WORKER": "worker",  # keeps to the data folder of this test run
        },
    )


def database_address() -> str:
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    return f"postgres://{settings['USER']}@{settings['HOST']}:{settings['PORT']}/{settings['NAME']}"


def wait_until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if happened():
            return
        time.sleep(0.02)
    pytest.fail("It did not happen within a minute.")
