"""Workers of the queue as processes of their own, which a test may kill."""

import os
import subprocess
import sys
import time
from collections.abc import Callable

import pytest
from django.db import connection

from tests.serving import ROOT


def start_worker() -> "subprocess.Popen[bytes]":
    """On the database of this test."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        address = f"sqlite:///{name}"
    else:
        settings = connection.settings_dict
        address = f"postgres://{settings['USER']}@{settings['HOST']}:{settings['PORT']}/{name}"
    return subprocess.Popen(
        [sys.executable, "manage.py", "db_worker", "--no-startup-delay", "-v0"],
        cwd=ROOT,
        env={
            **os.environ,
            "DATABASE_URL": address,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "PYTEST_XDIST_WORKER": "worker",  # keeps to the data folder of this test run
        },
    )


def wait_until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if happened():
            return
        time.sleep(0.02)
    pytest.fail("The worker did not take the job up.")
