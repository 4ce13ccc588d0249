"""Query budgets: what each page costs is recorded in query_budgets.json, and a page that costs
anything else fails with its statements printed.

After a change that was meant: RECORD_QUERY_BUDGETS=1 pytest -n0 -k budget, and commit the file.
"""

import json
import os
from collections.abc import Callable
from pathlib import Path

from django.db import connection
from django.http import HttpResponseBase, StreamingHttpResponse
from django.test.utils import CaptureQueriesContext

FILE = Path(__file__).with_name("query_budgets.json")
MOST = 12

Visit = Callable[[], HttpResponseBase]


def recorded() -> dict[str, int]:
    budgets: dict[str, int] = json.loads(FILE.read_text())
    return budgets


def assert_budget(page: str, visit: Visit) -> HttpResponseBase:
    """Counts the second visit: what a process reads once and keeps is no cost of the page. Its
    answer."""
    read(visit())
    with CaptureQueriesContext(connection) as captured:
        response = read(visit())
    assert response.status_code == 200, f"{page} answered {response.status_code}"
    if os.environ.get("RECORD_QUERY_BUDGETS"):
        record(page, len(captured))
    budget = recorded().get(page)
    assert len(captured) == budget, report(page, budget, captured)
    return response


def read(response: HttpResponseBase) -> HttpResponseBase:
    if isinstance(response, StreamingHttpResponse):
        response.getvalue()  # to its end, where its file is closed
    return response


def record(page: str, count: int) -> None:
    budgets = {**recorded(), page: count}
    FILE.write_text(json.dumps(budgets, indent=2, sort_keys=True) + "\n")


def report(page: str, budget: int | None, captured: CaptureQueriesContext) -> str:
    statements = "\n".join(
        f"{number:3}. {query['sql']}" for number, query in enumerate(captured, start=1)
    )
    return f"{page}: {len(captured)} queries, {budget} recorded.\n{statements}"
