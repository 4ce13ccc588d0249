"""Several people at the same instant, each on a database connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

RACE = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql",
        reason="SQLite has one writer at a time: there is no race to lose",
    ),
]


def race(test: Callable[..., None]) -> Callable[..., None]:
    """For one test among others; a module of nothing else has `pytestmark = RACE`."""
    for mark in RACE:
        test = mark(test)
    return test


def at_once(*deeds: Callable[[], Any], refusals: tuple[type[Exception], ...] = ()) -> list[Any]:
    """What each returned, or which of these refusals it met; any other error is raised."""
    start = Barrier(len(deeds))

    def run(deed: Callable[[], Any]) -> Any:
        start.wait(timeout=60)
        try:
            return deed()
        except refusals as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))
